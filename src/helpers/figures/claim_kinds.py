"""What a printed figure may claim to be: every kind by its Chinese names, with its inputs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from helpers.figures import ratios
from helpers.figures.exact import printed_decimals
from helpers.figures.number import Number

PART = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|(?:部分|分项|加数)\s*\d+")
"""How the parts of a sum may be called; a sum has as many as are given."""

WHOLE_POINTS = {"分值", "适用分值", "满分"}
COUNTS = {
    "在职人员数", "编制数", "本层总体", "全部总体", "实际完成工作数", "及时完成实际工作数",
    "质量达标实际工作数", "计划工作数", "重点工作实际完成数", "交办或下达数",
}  # fmt: skip
"""Inputs that are as printed, and no rounded figures, where they are whole."""


@dataclass(frozen=True)
class ClaimKind:
    """A kind of figure: how it is computed from its inputs, each with the names it may have.

    The first name of an input is that in docs/methods.md. A kind without inputs adds up all
    parts. A fall of an `unsigned` kind may be printed without its minus, as in 下降5%.
    """

    name: str
    compute: Callable[..., Number]
    inputs: tuple[tuple[str, ...], ...] = ()
    also: tuple[str, ...] = ()
    unsigned: bool = False

    def given(self, names: Collection[str]) -> list[str] | None:
        """Which of the names are its inputs, in order; None where one is lacking."""
        if not self.inputs:
            return [name for name in names if PART.fullmatch(name)] or None
        found = [next((word for word in words if word in names), "") for words in self.inputs]
        return found if all(found) else None

    def computed(self, numbers: Sequence[Number]) -> Number:
        """What comes of its inputs, in order."""
        return replace(self.compute(*numbers), unsigned=self.unsigned)

    @property
    def asks_for(self) -> str:
        """Its inputs, as a reader is told them."""
        return "、".join(words[0] for words in self.inputs) or "甲、乙……"

    def is_exact(self, at: int, text: str) -> bool:
        """Whether an input is no rounded figure: points, and whole counts."""
        name = self.inputs[at][0] if self.inputs else ""
        return name in WHOLE_POINTS or (name in COUNTS and not printed_decimals(text))


def _kind(
    name: str,
    compute: Callable[..., Number],
    *inputs: str,
    also: str = "",
    unsigned: bool = False,
) -> ClaimKind:
    return ClaimKind(
        name, compute, tuple(tuple(each.split()) for each in inputs), tuple(also.split()), unsigned
    )


def _execution_score(executed: Number, budget: Number, points: Number) -> Number:
    return ratios.rate_score(ratios.execution_rate(executed, budget).named(""), points)


def _completion_score(actual: Number, target: Number, points: Number) -> Number:
    return ratios.rate_score(ratios.completion_rate(actual, target).named(""), points)


def _reverse_score(target: Number, actual: Number, points: Number) -> Number:
    return ratios.rate_score(ratios.reverse_completion_rate(target, actual).named(""), points)


def _growth_from_change(current: Number, change: Number) -> Number:
    return ratios.year_on_year_growth(current, ratios.difference(current, change))


SPENT = "支出 执行数 全年执行数 预算执行数"
BUDGET = "全年预算数 预算数 调整后预算数 调整预算数"
INITIAL = "年初预算数 年初预算"
CURRENT, PREVIOUS = "本年数 本年", "上年数 上年"
ACTUAL, TARGET = "完成值 实际完成值", "指标值 年度指标值"

CLAIM_KINDS = (
    _kind("预算执行率", ratios.execution_rate, SPENT, BUDGET, also="执行率"),
    _kind("结转结余率", ratios.carryover_rate, "年末结转结余数 结转结余数", BUDGET),
    _kind("部门预决算差异率", ratios.budget_variance_rate, "决算数", INITIAL),
    _kind("预算调整率", ratios.budget_adjustment_rate, BUDGET, INITIAL),
    _kind("支付进度率", ratios.payment_progress, "累计实际支出", "累计计划支出", also="支付进度"),
    _kind("加权满意率的一层", ratios.weighted_rate, "满意率", "本层总体", "全部总体"),
    _kind("未执行占比", ratios.unexecuted_share, "预算未执行数", INITIAL),
    _kind("占比", ratios.share, "部分", "整体 总数", also="比重 占比率"),
    _kind(
        "同比增长", ratios.year_on_year_growth, CURRENT, PREVIOUS,
        also="增长率 同比增长率 同比 增幅 增减率 变动率", unsigned=True,
    ),
    _kind(
        "同比增长（由增减额）", _growth_from_change, CURRENT, "增减额",
        also="增长率 同比增长率 同比 增幅 增减率 变动率 同比增长", unsigned=True,
    ),
    _kind("完成率", ratios.completion_rate, ACTUAL, TARGET, also="计划完成率"),
    _kind(
        "差额", ratios.difference, "被减数 本年数", "减数 上年数",
        also="增减额 之差 百分点 增减百分点",
    ),
    _kind("增减幅度", ratios.size, "增减"),
    _kind("合计", ratios.sum_of_parts, also="总计 总分 小计"),
    _kind("反向完成率", ratios.reverse_completion_rate, TARGET, ACTUAL),
    _kind("超额率", ratios.excess_rate, ACTUAL, TARGET),
    _kind("按比率得分", ratios.rate_score, "预算执行率 执行率 完成率 比率", "分值 权重"),
    _kind("执行率得分", _execution_score, SPENT, BUDGET, "分值 权重"),
    _kind("完成率得分", _completion_score, ACTUAL, TARGET, "分值 权重"),
    _kind("反向完成率得分", _reverse_score, TARGET, ACTUAL, "分值 权重"),
    _kind("按比例得分", ratios.share_score, "得分比例", "分值 权重"),
    _kind("扣减得分", ratios.deducted_score, "分值 权重", "扣减比例"),
    _kind("折算得分", ratios.rescaled_score, "得分", "适用分值", "满分"),
    _kind("按公开比率倒推的年末结转结余数", ratios.implied_balance, "结转结余率", BUDGET),
    _kind("按公开比率倒推的年初预算数", ratios.implied_initial_budget, "差异率", "决算数"),
    _kind("在职人员控制率", ratios.staff_control_rate, "在职人员数 在职人数", "编制数"),
    _kind(
        "三公经费变动率", ratios.three_public_expense_change_rate,
        "本年度三公经费总额", "上年度三公经费总额",
    ),
    _kind("重点支出安排率", ratios.key_expenditure_rate, "重点项目支出", "项目总支出"),
    _kind("预算完成率", ratios.budget_completion_rate, "预算完成数", "预算数"),
    _kind(
        "预算调整率（绝对值）", ratios.absolute_adjustment_rate,
        "预算调整数 调整数", f"预算数 {INITIAL}", also="预算调整率 调整率",
    ),
    _kind("预算控制率", ratios.budget_control_rate, "本年追加预算 追加数", INITIAL),
    _kind(
        "结转结余变动率", ratios.carryover_change_rate,
        "本年度累计结转结余", "上年度累计结转结余",
    ),
    _kind(
        "公用经费控制率", ratios.operating_expense_control_rate,
        "实际支出公用经费总额 公用经费支出", "预算安排公用经费总额 公用经费预算",
    ),
    _kind(
        "三公经费控制率", ratios.three_public_expense_control_rate,
        "三公经费实际支出数 三公经费支出", "三公经费预算安排数 三公经费预算",
    ),
    _kind(
        "政府采购执行率", ratios.procurement_execution_rate,
        "实际政府采购金额", "政府采购预算数",
    ),
    _kind(
        "固定资产利用率", ratios.fixed_asset_utilisation_rate,
        "实际在用固定资产总额", "所有固定资产总额",
    ),
    _kind("实际完成率", ratios.work_completion_rate, "实际完成工作数", "计划工作数"),
    _kind("完成及时率", ratios.timely_completion_rate, "及时完成实际工作数", "计划工作数"),
    _kind("质量达标率", ratios.quality_attainment_rate, "质量达标实际工作数", "计划工作数"),
    _kind("重点工作办结率", ratios.key_task_completion_rate, "重点工作实际完成数", "交办或下达数"),
    _kind("换算万元", lambda yuan: yuan / 10_000, "元"),
    _kind("照录", lambda table: table, "表中数"),
)  # fmt: skip
"""Every ratio function under its name in docs/methods.md, and what forms make of several."""
