"""The tables of the satisfaction survey: by stratum, weighted, and what was done with it."""

from __future__ import annotations

from helpers.evaluation.fact_ids import high_id, low_id, stratum_id, survey_id
from helpers.figures.number import MISSING
from helpers.inputs.schema.process import STRATA
from helpers.notebook import markup
from helpers.notebook.grid import Grid, GridCell
from helpers.run import Run

COUNTED = ("population", "sent", "returned", "recovery", "valid", "rate")


def satisfaction(run: Run) -> Grid:
    """The survey by stratum: population, forms, recovery, rate, interval where sampled."""
    table, facts = run.tables[STRATA.name], run.facts
    least = run.params.threshold("small_stratum")
    rows: list[tuple[GridCell, ...]] = []
    for line in table.lines:
        stratum = table.string(line, "编号")
        valid = facts[stratum_id(stratum, "valid")]
        small = least is not None and valid.known < least
        rows.append(
            (
                table.string(line, "层") + ("（样本过少）" if small else ""),
                table.string(line, "方式"),
                *(facts[stratum_id(stratum, what)] for what in COUNTED),
                _interval(run, stratum_id(stratum, "interval")),
            )
        )
    if rows:
        rows.append(
            (
                "合计（未加权）",
                "",
                *(facts[survey_id(what)] for what in COUNTED),
                "—",
            )
        )
    head = ("层", "方式", "总体", "发放", "回收", "回收率", "有效", "满意率", "95%区间")
    note = (
        "满意率＝满意答卷÷有效答卷。抽样的层列威尔逊区间，普查的层没有抽样误差。"
        "样本过少的层不单独下结论。"
    )
    absent = f"本年度未提供“{STRATA.name}”。"
    return Grid(
        "satisfaction",
        "满意度调查情况",
        head,
        rows,
        total=True,
        note=note,
        absent=absent,
        groups={"问卷（份）": head[3:7]},
    )


def _interval(run: Run, id: str) -> GridCell:
    if low_id(id) not in run.facts:
        return "—"
    low, high = run.facts[low_id(id)], run.facts[high_id(id)]
    return markup.join([markup.figure(low), "～", markup.figure(high)])


def weighted_satisfaction(run: Run) -> Grid:
    """The rate weighted by the strata, beside the plain one."""
    facts = run.facts
    if not run.tables[STRATA.name].given:
        return Grid("weighted", "", (), [], absent="没有可加权的满意度调查。")
    rows: list[tuple[GridCell, ...]] = [
        ("未加权满意率", facts["survey_rate"], "—", "各层按答卷份数计，答得多的层分量偏重"),
        (
            "加权满意率",
            facts["survey_weighted_rate"],
            _interval(run, "survey_interval"),
            "各层按总体人数计，代表全体",
        ),
    ]
    head = ("口径", "满意率", "95%区间", "说明")
    return Grid("weighted", "加权与未加权满意率", head, rows, note="对外使用加权满意率。")


def survey_use(run: Run) -> Grid:
    """What was done with the results, by stratum."""
    table = run.tables[STRATA.name]
    rows = [(table.string(n, "层"), table.string(n, "结果应用") or MISSING) for n in table.lines]
    absent = f"本年度未提供“{STRATA.name}”。"
    return Grid("survey-use", "调查结果应用", ("层", "结果应用"), rows, absent=absent)
