"""Which facts a run has: every figure of the report, from the tables by the ratios."""

from __future__ import annotations

from fractions import Fraction

from helpers import printed, ratios
from helpers.errors import ReportError
from helpers.exact import printed_decimals
from helpers.expressions import Name, Number, Operation, Undefined, Value, larger
from helpers.facts import Fact, Facts, Source
from helpers.schema import CATEGORIES
from helpers.tables import Table

Tables = dict[str, Table]

PUBLISHED_RATIOS = {
    "execution_rate": ("预算执行率", "二"),
    "carryover_rate": ("结转结余率", "四"),
    "budget_variance_rate": ("部门预决算差异率", "四"),
}


def run_facts(tables: Tables) -> Facts:
    """Enter every fact of a run, readings before what is computed from them.

    A blank cell gives a fact without a value; what rests on it has none either.
    Raises `ReportError` where two rows would give the same fact.
    """
    facts = Facts()
    _organisation(facts, tables)
    _staff(facts, tables["人员"])
    _budget(facts, tables["预算执行"])
    _indicators(facts, tables["绩效指标"])
    _published(facts, tables["公开比率"])
    _execution(facts)
    _carryover(facts)
    _variance(facts)
    _scores(facts, tables["评分项目"])
    return facts


def _reading(
    table: Table, line: int, column: str, *, id: str, label: str, unit: str, section: str,
    decimals: int | None = None,
) -> Fact:
    """Make a fact of one cell; without `decimals` it shows as many as were typed."""
    source, cell = table.source(line, column), table.value(line, column)
    value: Value = (
        cell if isinstance(cell, Fraction) else Undefined(f"{label}未填（{source.place}）", missing=True)
    )
    shown = printed_decimals(source.text) if decimals is None else decimals
    return Fact(id, label, value, unit, section, shown, sources=(source,))


def _count(
    facts: Facts, table: Table, column: str, text: str, *, id: str, label: str, unit: str
) -> None:
    """Enter the number of rows of which `column` reads `text`; each row is a source."""
    lines = table.where(column, text)
    sources = tuple(table.source(line, column) for line in lines)
    facts.add(
        Fact(id, label, Fraction(len(lines)), unit, "一", 0, formula="行数", sources=sources)
    )


def _organisation(facts: Facts, tables: Tables) -> None:
    bodies, duties = tables["机构"], tables["职责"]
    for id, text in {"office_count": "内设机构", "other_body_count": "其他机构"}.items():
        _count(facts, bodies, "类别", text, id=id, label=f"{text}数", unit="个")
    for id, text in {
        "party_duty_count": "党委",
        "congress_duty_count": "人大",
        "government_duty_count": "政府",
    }.items():
        _count(facts, duties, "主体", text, id=id, label=f"{text}主要职责项数", unit="项")


def _staff(facts: Facts, table: Table) -> None:
    groups: list[Name] = []
    for line in table.lines:
        id, label = f"staff_{table.string(line, '编号')}", table.string(line, "人员类别")
        facts.add(_reading(table, line, "人数", id=id, label=label, unit="人", section="一"))
        facts.add(
            _reading(
                table, line, "指标值",
                id=f"{id}_target", label=f"{label}指标值", unit="人", section="三",
            )
        )
        groups.append(Name(id))
    facts.compute(
        "staff_total", "人员合计", ratios.sum_of_parts(*groups), unit="人", section="一", decimals=0
    )
    for group in groups:
        facts.compute(
            f"{group.id}_share", f"{facts[group.id].label}占比",
            ratios.share(group, Name("staff_total")), unit="%", section="一",
        )


BUDGET_COLUMNS = {
    "initial_budget": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "carryover_balance": "年末结转结余数",
}

SUMMED = ("budget", "executed")
"""Columns whose total is computed from the categories; the other totals are readings."""


def _budget(facts: Facts, table: Table) -> None:
    """Enter the amounts by category, the totals as printed, and the totals computed."""
    lines = {table.string(line, "支出类别"): line for line in table.lines}
    for category in ("基本支出", "项目支出", "合计"):
        if category not in lines:
            raise ReportError(f"缺少“{category}”一行", place=table.place)
    for category, line in lines.items():
        for column_id, column in BUDGET_COLUMNS.items():
            id, label = _budget_name(CATEGORIES[category], column_id)
            facts.add(
                _reading(
                    table, line, column,
                    id=id, label=label or f"{category}{column}",
                    unit="万元", section="二", decimals=2,
                )
            )
    parts = [prefix for category, prefix in CATEGORIES.items() if prefix and category in lines]
    for id in SUMMED:
        tree = ratios.sum_of_parts(*(Name(f"{part}_{id}") for part in parts))
        facts.compute(id, BUDGET_COLUMNS[id], tree, unit="万元", section="二")


def _budget_name(prefix: str, column_id: str) -> tuple[str, str]:
    """Id of one amount, and its label where it is not category and column."""
    column = BUDGET_COLUMNS[column_id]
    if prefix:
        return f"{prefix}_{column_id}", ""
    if column_id in SUMMED:
        return f"printed_{column_id}", f"表中所印{column}合计"
    return column_id, column


def _execution(facts: Facts) -> None:
    for prefix, kind in {"basic_": "基本支出", "project_": "项目支出", "": ""}.items():
        budget, executed = Name(f"{prefix}budget"), Name(f"{prefix}executed")
        facts.compute(
            f"{prefix}execution_rate", f"{kind}预算执行率",
            ratios.execution_rate(executed, budget), unit="%", section="二",
        )
        facts.compute(
            f"{prefix}unexecuted", f"{kind}预算未执行数",
            ratios.difference(budget, executed), unit="万元", section="二",
        )
    for prefix, kind in {"basic_": "基本支出", "project_": "项目支出"}.items():
        facts.compute(
            f"{prefix}budget_share", f"{kind}占全年预算数比重",
            ratios.share(Name(f"{prefix}budget"), Name("budget")), unit="%", section="二",
        )
    facts.compute(
        "project_unexecuted_share", "项目支出占预算未执行数比重",
        ratios.share(Name("project_unexecuted"), Name("unexecuted")), unit="%", section="二",
    )


def _indicators(facts: Facts, table: Table) -> None:
    for line in table.lines:
        id, label = table.string(line, "编号"), table.string(line, "三级指标")
        unit = table.string(line, "计量单位")
        for column, suffix, of in (
            ("完成值", "", unit),
            ("指标值", "_target", unit),
            ("同比增长", "_growth", "%"),
        ):
            name = label if not suffix else f"{label}{column}"
            facts.add(
                _reading(table, line, column, id=id + suffix, label=name, unit=of, section="三")
            )
        growth = facts[f"{id}_growth"]
        if growth.defined:
            size = larger(Name(growth.id), Number(Fraction(0)) - Name(growth.id))
            facts.compute(
                f"{id}_growth_size", f"{label}同比增减幅度", size,
                unit="%", section="三", decimals=growth.decimals,
            )


def _published(facts: Facts, table: Table) -> None:
    """Enter the printed ratios, and the ends of the interval each printed figure stands for."""
    lines = {table.string(line, "编号"): line for line in table.lines}
    for unknown in lines.keys() - PUBLISHED_RATIOS.keys():
        raise ReportError(
            f"没有编号为“{unknown}”的比率", place=table.source(lines[unknown], "编号").place,
            hint=f"可填：{'、'.join(PUBLISHED_RATIOS)}",
        )
    for ratio, (label, section) in PUBLISHED_RATIOS.items():
        id, label = f"published_{ratio}", f"公开报告所印{label}"
        if ratio not in lines:
            reason = Undefined(f"{label}未填（{table.file}）", missing=True)
            facts.add(Fact(id, label, reason, "%", section))
            continue
        facts.add(
            _reading(table, lines[ratio], "公开数", id=id, label=label, unit="%", section=section)
        )


def _carryover(facts: Facts) -> None:
    facts.compute(
        "carryover_rate", "结转结余率",
        ratios.carryover_rate(Name("carryover_balance"), Name("budget")), unit="%", section="四",
    )
    facts.compute(
        "assumed_carryover_rate", "结转结余率（假定未执行数全部结转）",
        ratios.carryover_rate(Name("unexecuted"), Name("budget")), unit="%", section="四",
    )
    low, high = printed.ends(facts["published_carryover_rate"])
    facts.compute(
        "implied_balance_low", "按公开比率倒推的年末结转结余数下限",
        ratios.implied_balance(low, Name("budget")), unit="万元", section="四", rounding="down",
    )
    facts.compute(
        "implied_balance_high", "按公开比率倒推的年末结转结余数上限",
        ratios.implied_balance(high, Name("budget")), unit="万元", section="四", rounding="up",
    )


def _variance(facts: Facts) -> None:
    executed, initial = Name("executed"), Name("initial_budget")
    for id, label, tree in (
        ("budget_variance_rate", "部门预决算差异率", ratios.budget_variance_rate(executed, initial)),
        ("budget_adjustment_rate", "预算调整率", ratios.budget_adjustment_rate(Name("budget"), initial)),
        ("unexecuted_share", "未执行占比", ratios.unexecuted_share(Name("unexecuted"), initial)),
    ):
        facts.compute(id, label, tree, unit="%", section="四")
    low, high = printed.ends(facts["published_budget_variance_rate"])
    facts.compute(
        "implied_initial_low", "按公开比率倒推的年初预算数下限",
        ratios.implied_initial_budget(high, executed), unit="万元", section="四", rounding="down",
    )
    facts.compute(
        "implied_initial_high", "按公开比率倒推的年初预算数上限",
        ratios.implied_initial_budget(low, executed), unit="万元", section="四", rounding="up",
    )
    implied = ratios.implied_initial_budget(Name("published_budget_variance_rate"), executed)
    facts.compute(
        "implied_initial_budget", "按公开比率倒推的年初预算数（取所印数）",
        implied, unit="万元", section="四",
    )
    of = Name("implied_initial_budget")
    facts.compute(
        "implied_adjustment_rate", "按公开比率倒推的预算调整率",
        ratios.budget_adjustment_rate(Name("budget"), of), unit="%", section="四",
    )
    facts.compute(
        "implied_unexecuted_share", "按公开比率倒推的未执行占比",
        ratios.unexecuted_share(Name("unexecuted"), of), unit="%", section="四",
    )


def _scores(facts: Facts, table: Table) -> None:
    for line in table.lines:
        label = table.string(line, "一级指标")
        facts.add(
            _reading(
                table, line, "分值",
                id=f"{table.string(line, '编号')}_points", label=f"{label}分值", unit="分", section="五",
            )
        )
    facts.compute(
        "execution_score", "预算执行率得分",
        ratios.execution_score(Name("execution_rate"), Name("execution_points")),
        unit="分", section="五",
    )
