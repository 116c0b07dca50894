"""The ratios of the national framework 财预〔2013〕53号 that are defined nowhere else here."""

from __future__ import annotations

from helpers.figures.arithmetic import larger, ratio
from helpers.figures.number import PERCENT, Number


@ratio("在职人员控制率", unit="%")
def staff_control_rate(staff: Number, posts: Number) -> Number:
    """在职人员控制率: people in post, against the posts approved.

    Formula: staff ÷ posts × 100, in %; above 100 is overstaffed.
    Denominator: 编制数.
    Undefined: no posts are approved.
    Source: 财预〔2013〕53号, from general knowledge; one Hunan form of 2018 computes it so.
    """
    return staff / posts * PERCENT


@ratio("三公经费变动率", unit="%")
def three_public_expense_change_rate(current: Number, previous: Number) -> Number:
    """三公经费变动率: change of spending on travel abroad, vehicles and receptions.

    Formula: (current − previous) ÷ previous × 100, in %, signed.
    Denominator: 上年度三公经费总额; both years budgets, or both final accounts.
    Undefined: the previous year is zero.
    Source: 财预〔2013〕53号, from general knowledge; budgets or final accounts not confirmed.
    """
    return (current - previous) / previous * PERCENT


@ratio("重点支出安排率", unit="%")
def key_expenditure_rate(key_projects: Number, projects: Number) -> Number:
    """重点支出安排率: what goes to key projects, of all that goes to projects.

    Formula: key projects ÷ projects × 100, in %.
    Denominator: 项目总支出, without basic expenditure.
    Undefined: there is no project expenditure.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return key_projects / projects * PERCENT


@ratio("预算完成率", unit="%")
def budget_completion_rate(completed: Number, budget: Number) -> Number:
    """预算完成率: how much of the budget was carried out.

    Formula: completed ÷ budget × 100, in %.
    Denominator: 预算数; whether before or after adjustment is not confirmed, so it is named.
    Undefined: the budget is zero.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return completed / budget * PERCENT


@ratio("预算调整率（绝对值）", unit="%")
def absolute_adjustment_rate(adjustment: Number, budget: Number) -> Number:
    """预算调整率, national form: how much of the budget was adjusted, up or down.

    Formula: |adjustment| ÷ budget × 100, in %, never negative.
    Denominator: 预算数.
    Undefined: the budget is zero.
    Source: 财预〔2013〕53号, from general knowledge; `budget_adjustment_rate` is the signed form.
    """
    return larger(adjustment, 0 - adjustment) / budget * PERCENT


@ratio("预算控制率", unit="%")
def budget_control_rate(added: Number, initial_budget: Number) -> Number:
    """预算控制率: what was added to the budget in the year, against the initial budget.

    Formula: added ÷ initial budget × 100, in %, signed.
    Denominator: 年初预算数.
    Undefined: the initial budget is zero.
    Source: forms of Hunan name the ratio and its bands; the formula from general knowledge.
    """
    return added / initial_budget * PERCENT


@ratio("结转结余变动率", unit="%")
def carryover_change_rate(current: Number, previous: Number) -> Number:
    """结转结余变动率: change of what is carried over, against the year before.

    Formula: (current − previous) ÷ previous × 100, in %, signed.
    Denominator: 上年度累计结转结余.
    Undefined: nothing was carried over the year before.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return (current - previous) / previous * PERCENT


@ratio("公用经费控制率", unit="%")
def operating_expense_control_rate(spent: Number, budget: Number) -> Number:
    """公用经费控制率: operating expenses spent, against those budgeted.

    Formula: spent ÷ budget × 100, in %; above 100 is overspent.
    Denominator: 预算安排公用经费总额.
    Undefined: none were budgeted.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return spent / budget * PERCENT


@ratio("三公经费控制率", unit="%")
def three_public_expense_control_rate(spent: Number, budget: Number) -> Number:
    """三公经费控制率: spent on travel abroad, vehicles and receptions, against the budget.

    Formula: spent ÷ budget × 100, in %; above 100 is overspent.
    Denominator: 三公经费预算安排数.
    Undefined: none were budgeted.
    Source: 财预〔2013〕53号, from general knowledge; a form of 岳阳 has the ratio.
    """
    return spent / budget * PERCENT


@ratio("政府采购执行率", unit="%")
def procurement_execution_rate(procured: Number, budget: Number) -> Number:
    """政府采购执行率: government procurement done, against its budget.

    Formula: procured ÷ budget × 100, in %.
    Denominator: 政府采购预算数.
    Undefined: no procurement was budgeted.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return procured / budget * PERCENT


@ratio("固定资产利用率", unit="%")
def fixed_asset_utilisation_rate(in_use: Number, assets: Number) -> Number:
    """固定资产利用率: fixed assets in use, of all fixed assets.

    Formula: in use ÷ assets × 100, in %.
    Denominator: 所有固定资产总额; original or net value alike above and below.
    Undefined: there are no fixed assets.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return in_use / assets * PERCENT


@ratio("实际完成率", unit="%")
def work_completion_rate(completed: Number, planned: Number) -> Number:
    """实际完成率: pieces of work completed, against those planned.

    Formula: completed ÷ planned × 100, in %.
    Denominator: 计划工作数.
    Undefined: no work was planned.
    Source: 财预〔2013〕53号, from general knowledge; local forms: 项目支出绩效目标完成率.
    """
    return completed / planned * PERCENT


@ratio("完成及时率", unit="%")
def timely_completion_rate(in_time: Number, planned: Number) -> Number:
    """完成及时率: pieces of work completed in time, against those planned.

    Formula: in time ÷ planned × 100, in %.
    Denominator: 计划工作数, not what was completed.
    Undefined: no work was planned.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return in_time / planned * PERCENT


@ratio("质量达标率", unit="%")
def quality_attainment_rate(up_to_standard: Number, planned: Number) -> Number:
    """质量达标率, national form: work completed up to standard, against what was planned.

    Formula: up to standard ÷ planned × 100, in %.
    Denominator: 计划工作数; Beijing divides by 实际完成工作数 instead.
    Undefined: no work was planned.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return up_to_standard / planned * PERCENT


@ratio("重点工作办结率", unit="%")
def key_task_completion_rate(completed: Number, assigned: Number) -> Number:
    """重点工作办结率: key tasks completed, of those assigned from above.

    Formula: completed ÷ assigned × 100, in %.
    Denominator: 交办或下达数.
    Undefined: no key task was assigned.
    Source: 财预〔2013〕53号, from general knowledge.
    """
    return completed / assigned * PERCENT
