"""The facts of a satisfaction survey: recovery, rate by stratum, weighted rate, intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from helpers.errors import Place
from helpers.evaluation.fact_ids import high_id, low_id, stratum_id, survey_id
from helpers.figures import ratios
from helpers.figures.cell import Cell
from helpers.figures.confidence import stratified_interval, wilson_interval
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.schema.process import GRADES, SAMPLE
from helpers.inputs.survey_answers import Answers
from helpers.inputs.tables import Table

COUNTED = ("population", "valid", "satisfied")
"""What the interval of the whole survey is worked out from, stratum by stratum."""


def survey_facts(facts: Facts, design: Table, answers: Answers, satisfied_from: str) -> None:
    """Enter the facts of every stratum and of the survey as a whole.

    An answer counts as satisfied from `satisfied_from` upwards. The weighted rate is the
    sum over strata of rate × population ÷ whole population.
    """
    satisfied = GRADES[: GRADES.index(satisfied_from) + 1]
    for line in design.lines:
        _stratum(facts, design, line, answers, satisfied)
    strata = [design.string(line, "编号") for line in design.lines]
    for what, label, unit in (
        ("population", "调查总体", "人"),
        ("sent", "发放问卷", "份"),
        ("returned", "回收问卷", "份"),
        ("valid", "有效问卷", "份"),
        ("satisfied", "满意答卷", "份"),
    ):
        id = survey_id(what)
        if strata:
            parts = [facts[stratum_id(stratum, what)] for stratum in strata]
            facts.name(id, label, ratios.sum_of_parts(*parts), decimals=0)
        else:
            facts.lack(id, label, design.file, unit=unit)
    _rates(facts, "survey_", "全部")
    for stratum in strata:
        _weighted(facts, stratum)
    parts = [facts[stratum_id(stratum, "weighted")] for stratum in strata]
    if parts:
        facts.name("survey_weighted_rate", "加权满意率", ratios.sum_of_parts(*parts))
        _overall_interval(facts, design, strata)
    else:
        facts.lack("survey_weighted_rate", "加权满意率", design.file, unit="%")


def _stratum(
    facts: Facts, design: Table, line: int, answers: Answers, satisfied: Sequence[str]
) -> None:
    stratum, name = design.string(line, "编号"), design.string(line, "层")
    for column, what in (("总体", "population"), ("发放", "sent")):
        number = design.number(line, column)
        facts.name(stratum_id(stratum, what), f"{name}{column}", number, decimals=None)
    counted = {grade: answers.valid.get((name, grade), 0) for grade in GRADES}
    for what, label, counted_rows in (
        ("returned", "回收", answers.returned.get(name, 0)),
        ("valid", "有效", sum(counted.values())),
        ("satisfied", "满意", sum(counted[grade] for grade in satisfied)),
    ):
        id, called = stratum_id(stratum, what), f"{name}{label}份数"
        if answers.given:
            source = Cell(Place(answers.file, column="总体满意度"))
            read = Number(Fraction(counted_rows), "份", cell=source, words="行数")
            facts.name(id, called, read, decimals=0)
        else:
            facts.lack(id, called, answers.file, unit="份")
    _rates(facts, stratum_id(stratum, ""), name)
    if design.string(line, "方式") == SAMPLE:
        _interval(facts, stratum, name)


def _rates(facts: Facts, prefix: str, name: str) -> None:
    for what, label, top, below in (
        ("recovery", "回收率", "returned", "sent"),
        ("rate", "满意率", "satisfied", "valid"),
    ):
        rate = ratios.share(facts[prefix + top], facts[prefix + below])
        facts.name(prefix + what, name + label, rate)


def _weighted(facts: Facts, stratum: str) -> None:
    rate, population = (facts[stratum_id(stratum, what)] for what in ("rate", "population"))
    weighted = ratios.weighted_rate(rate, population, facts["survey_population"])
    facts.name(stratum_id(stratum, "weighted"), f"{rate.label}×人口比重", weighted)


def _interval(facts: Facts, stratum: str, name: str) -> None:
    """Enter both ends of the interval of a sampled stratum, if anyone answered."""
    basis = [facts[stratum_id(stratum, what)] for what in ("satisfied", "valid")]
    satisfied, valid = (int(each.known) if each.defined else 0 for each in basis)
    if valid:
        ends = wilson_interval(satisfied, valid)
        id, label = stratum_id(stratum, "interval"), f"{name}满意率"
        _ends(facts, id, label, ends, formula="威尔逊区间，95%", basis=basis)


def _overall_interval(facts: Facts, design: Table, strata: Sequence[str]) -> None:
    """Enter the interval of the weighted rate; a stratum asked in full adds no uncertainty."""
    sampled = {
        design.string(line, "编号")
        for line in design.lines
        if design.string(line, "方式") == SAMPLE
    }
    counts = [_counts(facts, stratum) for stratum in strata]
    if not sampled or any(valid < 2 or whole < valid for whole, valid, _ in counts):
        return  # too few answers, or more than there are people: no interval is right
    formats = [
        count if stratum in sampled else (count[1], *count[1:])
        for stratum, count in zip(strata, counts, strict=True)
    ]
    ends = stratified_interval(formats, [population for population, _, _ in counts])
    basis = [
        *(facts[stratum_id(stratum, what)] for stratum in strata for what in COUNTED),
        *(design.text_cell(line, "方式") for line in design.lines),
    ]
    formula = "分层抽样的正态近似区间，95%"
    _ends(facts, "survey_interval", "加权满意率", ends, formula=formula, basis=basis)


def _counts(facts: Facts, stratum: str) -> tuple[int, int, int]:
    """Population, valid and satisfied answers of a stratum; what is not known counts as none."""
    known = (facts[stratum_id(stratum, what)] for what in COUNTED)
    whole, valid, satisfied = (int(each.known) if each.defined else 0 for each in known)
    return whole, valid, satisfied


def _ends(
    facts: Facts,
    id: str,
    label: str,
    ends: tuple[Fraction, Fraction],
    *,
    formula: str,
    basis: Iterable[Number],
) -> None:
    """Enter both ends of an interval, and what it was worked out from."""
    for end, word, value in ((low_id, "下限", ends[0]), (high_id, "上限", ends[1])):
        facts.name(end(id), label + word, Number(value, "%", args=tuple(basis), words=formula))
