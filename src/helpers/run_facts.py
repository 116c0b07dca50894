"""Which facts a run has: every figure of the report, from the tables by the ratios."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from helpers import ratios
from helpers.budget_facts import budget_facts
from helpers.expressions import Name, Number, larger
from helpers.facts import Fact, Facts
from helpers.readings import count, reading
from helpers.tables import Table

Tables = dict[str, Table]


def run_facts(tables: Tables) -> Facts:
    """Enter every fact of a run, readings before what is computed from them.

    A blank cell gives a fact without a value; what rests on it has none either.
    Raises `ReportError` where two rows would give the same fact.
    """
    facts = Facts()
    _organisation(facts, tables)
    _staff(facts, tables["人员"])
    budget_facts(facts, tables["预算执行"], tables["公开比率"])
    _indicators(facts, tables["绩效指标"])
    _scores(facts, tables["评分项目"])
    return facts


def _organisation(facts: Facts, tables: Tables) -> None:
    bodies, duties = tables["机构"], tables["职责"]
    for id, text in {"office_count": "内设机构", "other_body_count": "其他机构"}.items():
        count(facts, bodies, "类别", text, id=id, label=f"{text}数", unit="个")
    for id, text in {
        "party_duty_count": "党委",
        "congress_duty_count": "人大",
        "government_duty_count": "政府",
    }.items():
        count(facts, duties, "主体", text, id=id, label=f"{text}主要职责项数", unit="项")


def _staff(facts: Facts, table: Table) -> None:
    groups: list[Name] = []
    for line in table.lines:
        id, label = f"staff_{table.string(line, '编号')}", table.string(line, "人员类别")
        facts.add(reading(table, line, "人数", id=id, label=label, unit="人", section="一"))
        facts.add(
            reading(
                table,
                line,
                "指标值",
                id=f"{id}_target",
                label=f"{label}指标值",
                unit="人",
                section="三",
            )
        )
        groups.append(Name(id))
    facts.compute(
        "staff_total", "人员合计", ratios.sum_of_parts(*groups), unit="人", section="一", decimals=0
    )
    for group in groups:
        facts.compute(
            f"{group.id}_share",
            f"{facts[group.id].label}占比",
            ratios.share(group, Name("staff_total")),
            unit="%",
            section="一",
        )


def _indicators(facts: Facts, table: Table) -> None:
    for line in table.lines:
        id, label = table.string(line, "编号"), table.string(line, "三级指标")
        unit = table.string(line, "计量单位")
        for column, suffix, of in (
            ("完成值", "", unit),
            ("指标值", "_target", unit),
            ("上年数", "_previous", unit),
            ("同比增长", "_growth", "%"),
        ):
            name = label if not suffix else f"{label}{column}"
            facts.add(
                reading(table, line, column, id=id + suffix, label=name, unit=of, section="三")
            )
        growth = facts[f"{id}_growth"]
        facts.compute(
            f"{id}_growth_recomputed",
            f"{label}同比增长（复核）",
            ratios.year_on_year_growth(Name(id), Name(f"{id}_previous")),
            unit="%",
            section="三",
        )
        if growth.defined:
            facts.compute(
                f"{id}_growth_size",
                f"{label}同比增减幅度",
                larger(Name(growth.id), Number(Fraction(0)) - Name(growth.id)),
                unit="%",
                section="三",
                decimals=growth.decimals,
            )


def published_pairs(facts: Facts) -> Iterator[tuple[Fact, Fact]]:
    """Give each ratio the published report printed, with the fact that recomputes it."""
    for id in facts:
        if id.startswith("published_"):
            recomputed = id.removeprefix("published_")
        elif id.endswith("_growth"):
            recomputed = f"{id}_recomputed"
        else:
            continue
        if facts[id].defined:
            yield facts[id], facts[recomputed]


def _scores(facts: Facts, table: Table) -> None:
    for line in table.lines:
        label = table.string(line, "一级指标")
        facts.add(
            reading(
                table,
                line,
                "分值",
                id=f"{table.string(line, '编号')}_points",
                label=f"{label}分值",
                unit="分",
                section="五",
            )
        )
    facts.compute(
        "execution_score",
        "预算执行率得分",
        ratios.execution_score(Name("execution_rate"), Name("execution_points")),
        unit="分",
        section="五",
    )
