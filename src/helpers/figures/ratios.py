"""The ratio functions: plain arithmetic, each defined here and nowhere else.

Every function takes numbers, texts of decimals, whole numbers and columns of numbers, and
answers in kind: with a number, or with a column. Without value, and with the reason, where
a denominator is zero or an input blank. Rates are in percent; what a rate compares must be
of one unit. `docs/methods.md` says the same to analysts, in Chinese, and is tested against
this module.
"""

from __future__ import annotations

from helpers.figures.arithmetic import in_points, larger, ratio, rounded, smaller, total
from helpers.figures.exact import WAN
from helpers.figures.national_ratios import (
    absolute_adjustment_rate,
    budget_completion_rate,
    budget_control_rate,
    carryover_change_rate,
    fixed_asset_utilisation_rate,
    key_expenditure_rate,
    key_task_completion_rate,
    operating_expense_control_rate,
    procurement_execution_rate,
    quality_attainment_rate,
    staff_control_rate,
    three_public_expense_change_rate,
    three_public_expense_control_rate,
    timely_completion_rate,
    work_completion_rate,
)
from helpers.figures.number import PERCENT, Number


@ratio("预算执行率", unit="%")
def execution_rate(executed: Number, budget: Number) -> Number:
    """预算执行率: share of the year's adjusted budget that was spent.

    Formula: executed ÷ budget × 100, in %; may exceed 100.
    Denominator: 全年预算数, after adjustment, not the initial budget.
    Undefined: the budget is zero.
    Source: Beijing rubric as filled in by the township's 2023 report.
    """
    return executed / budget * PERCENT


@ratio("结转结余率", unit="%")
def carryover_rate(balance: Number, budget: Number) -> Number:
    """结转结余率: what is left at the end of the year, against the adjusted budget.

    Formula: balance ÷ budget × 100, in %.
    Denominator: 支出调整预算数总计, which is the adjusted budget.
    Undefined: the budget is zero.
    Source: formula printed in the township's 2023 report.
    """
    return balance / budget * PERCENT


@ratio("部门预决算差异率", unit="%")
def budget_variance_rate(final_account: Number, initial_budget: Number) -> Number:
    """部门预决算差异率: how far the final account lies from the initial budget.

    Formula: (final account − initial budget) ÷ initial budget × 100, in %, signed.
    Denominator: 年初预算数, before any adjustment.
    Undefined: the initial budget is zero.
    Source: formula printed in the township's 2023 report.
    """
    return (final_account - initial_budget) / initial_budget * PERCENT


@ratio("预算调整率", unit="%")
def budget_adjustment_rate(budget: Number, initial_budget: Number) -> Number:
    """预算调整率: how far the adjusted budget lies from the initial budget.

    Formula: (budget − initial budget) ÷ initial budget × 100, in %, signed.
    Denominator: 年初预算数.
    Undefined: the initial budget is zero.
    Source: follows from 部门预决算差异率 by arithmetic; 财预〔2013〕53号 takes the absolute
    adjustment, `absolute_adjustment_rate`.
    """
    return (budget - initial_budget) / initial_budget * PERCENT


@ratio("支付进度率", unit="%")
def payment_progress(actual: Number, plan: Number) -> Number:
    """支付进度率: what was paid to date, against what was planned to date.

    Formula: actual ÷ plan × 100, in %.
    Denominator: 计划数 to the same month.
    Undefined: nothing was planned yet.
    Source: 财预〔2013〕53号 names the ratio.
    """
    return actual / plan * PERCENT


@ratio(unit="%", units={"rate": "%"})
def weighted_rate(rate: Number, population: Number, whole: Number) -> Number:
    """加权满意率的一层: what a stratum adds to the rate of the whole population.

    Formula: rate × population of the stratum ÷ whole population, in %.
    Undefined: the population is zero.
    Source: stratified estimation, general usage.
    """
    return rate * population / whole


@ratio("未执行占比", unit="%")
def unexecuted_share(unexecuted: Number, initial_budget: Number) -> Number:
    """未执行占比: what was not spent, against the initial budget.

    Formula: unexecuted ÷ initial budget × 100, in %.
    Denominator: 年初预算数. With it, 差异率 = 调整率 − 未执行占比 exactly.
    Undefined: the initial budget is zero.
    Source: follows from the definitions by arithmetic.
    """
    return unexecuted / initial_budget * PERCENT


@ratio("占比", unit="%")
def share(part: Number, whole: Number) -> Number:
    """占比: a part against its whole.

    Formula: part ÷ whole × 100, in %.
    Denominator: the whole, named where the share is shown.
    Undefined: the whole is zero.
    Source: general usage.
    """
    return part / whole * PERCENT


@ratio("同比增长", unit="%")
def year_on_year_growth(current: Number, previous: Number) -> Number:
    """同比增长: change against the year before.

    Formula: (current − previous) ÷ previous × 100, in %, signed.
    Denominator: the previous year's value.
    Undefined: the previous year is zero; never printed as 0 % or 100 %.
    Source: general usage; the zero base is the published slip it guards against.
    """
    return (current - previous) / previous * PERCENT


@ratio("完成率", unit="%")
def completion_rate(actual: Number, target: Number) -> Number:
    """完成率: what was reached, against what was planned.

    Formula: actual ÷ target × 100, in %.
    Denominator: the planned value (指标值, or 年初预算数 for 完成年初预算).
    Undefined: the planned value is zero.
    Source: Beijing rubric, 计划完成率.
    """
    return actual / target * PERCENT


@ratio()
def difference(minuend: Number, subtrahend: Number) -> Number:
    """差额: one amount less another, in their unit; of two rates, in 百分点.

    Formula: minuend − subtrahend.
    Undefined: never.
    Source: general usage.
    """
    return in_points(minuend - subtrahend)


@ratio()
def size(change: Number) -> Number:
    """增减幅度: a change without its sign, which a word such as 下降 then carries.

    Formula: the larger of the change and its opposite, in its unit.
    Undefined: where the change is.
    Source: general usage.
    """
    return larger(change, 0 - change)


@ratio()
def sum_of_parts(*parts: Number) -> Number:
    """合计: the parts added up, in their unit.

    Formula: sum of the parts.
    Undefined: never.
    Source: general usage.
    """
    return total(*parts)


@ratio("反向完成率", unit="%")
def reverse_completion_rate(target: Number, actual: Number) -> Number:
    """反向完成率: what was planned, against what was reached, where less is better.

    Formula: target ÷ actual × 100, in %.
    Denominator: the value reached (完成值).
    Undefined: the value reached is zero; the indicator is then met or not.
    Source: Beijing rubric, 反向指标.
    """
    return target / actual * PERCENT


@ratio("超额率", unit="%")
def excess_rate(actual: Number, target: Number) -> Number:
    """超额率: how far the value reached lies above the planned one.

    Formula: (actual − target) ÷ target × 100, in %; three times the target is 200 %.
    Denominator: the planned value (指标值).
    Undefined: the planned value is zero.
    Source: Beijing rubric, over-achievement caused by a target set too low.
    """
    return (actual - target) / target * PERCENT


@ratio(unit="分", units={"rate": "%", "points": "分"})
def rate_score(rate: Number, points: Number, rate_decimals: int | None = None) -> Number:
    """按比率得分: points earned by a rate, never above the points.

    Formula: the smaller of points and rate ÷ 100 × points, in 分. The rate is taken
    unrounded, or rounded first to `rate_decimals` digits where a rubric says so.
    Undefined: where the rate is.
    Source: Beijing rubric (执行率 × 20, 完成值 ÷ 指标值 × 分值, capped).
    """
    taken = rate if rate_decimals is None else rounded(rate, rate_decimals)
    return smaller(points, taken / PERCENT * points)


@ratio(unit="分", units={"share_of_points": "%", "points": "分"})
def share_score(share_of_points: Number, points: Number) -> Number:
    """按比例得分: the share of the points that a grade, a step or pass/fail gives.

    Formula: share ÷ 100 × points, in 分.
    Undefined: never.
    Source: general usage; 财预〔2020〕10号 for the grades of qualitative indicators.
    """
    return share_of_points / PERCENT * points


@ratio(unit="分", units={"share_of_points": "%", "points": "分"})
def deducted_score(points: Number, share_of_points: Number) -> Number:
    """扣减得分: the points less the share lost because the target was set too low.

    Formula: points − points × share ÷ 100, in 分.
    Undefined: never.
    Source: Beijing rubric, deductions of 10 %, 20 %, 30 % of the points.
    """
    return points - points * share_of_points / PERCENT


@ratio(unit="分", units={"score": "分", "applicable": "分", "full": "分"})
def rescaled_score(score: Number, applicable: Number, full: Number) -> Number:
    """折算得分: a score over the points that apply, carried to the full points.

    Formula: score ÷ applicable × full, in 分.
    Undefined: no points apply.
    Source: one project form; not confirmed for Beijing, so a rubric must ask for it.
    """
    return score / applicable * full


@ratio(units={"rate": "%", "budget": WAN})
def implied_balance(rate: Number, budget: Number) -> Number:
    """按公开比率倒推的年末结转结余数: the balance a printed carry-over rate stands for.

    Formula: budget × rate ÷ 100, in 万元; taken at both ends of the printed digits.
    Undefined: never.
    Source: `carryover_rate` solved for the balance.
    """
    return budget * rate / PERCENT


@ratio(units={"rate": "%", "final_account": WAN})
def implied_initial_budget(rate: Number, final_account: Number) -> Number:
    """按公开比率倒推的年初预算数: the initial budget a printed variance rate stands for.

    Formula: final account ÷ (1 + rate ÷ 100), in 万元; taken at both ends of the digits.
    Undefined: the rate is −100 %.
    Source: `budget_variance_rate` solved for the initial budget.
    """
    return final_account / (1 + rate / PERCENT)


RATIOS = (
    execution_rate,
    carryover_rate,
    budget_variance_rate,
    budget_adjustment_rate,
    payment_progress,
    weighted_rate,
    unexecuted_share,
    share,
    year_on_year_growth,
    completion_rate,
    difference,
    size,
    sum_of_parts,
    reverse_completion_rate,
    excess_rate,
    rate_score,
    share_score,
    deducted_score,
    rescaled_score,
    implied_balance,
    implied_initial_budget,
    staff_control_rate,
    three_public_expense_change_rate,
    key_expenditure_rate,
    budget_completion_rate,
    absolute_adjustment_rate,
    budget_control_rate,
    carryover_change_rate,
    operating_expense_control_rate,
    three_public_expense_control_rate,
    procurement_execution_rate,
    fixed_asset_utilisation_rate,
    work_completion_rate,
    timely_completion_rate,
    quality_attainment_rate,
    key_task_completion_rate,
)
