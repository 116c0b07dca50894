"""The facts of the real 2023 run: a back test against the published report."""

import pytest
from project_copies import Copy

from helpers.errors import ReportError
from helpers.figures.facts import Facts
from helpers.figures.number import number
from helpers.run import Run

PUBLISHED = {
    "budget": ("23187.018390", "23,187.02"),
    "basic_budget": ("5275.741749", "5,275.74"),
    "project_budget": ("17911.276641", "17,911.28"),
    "executed": ("23101.313452", "23,101.31"),
    "basic_executed": ("5275.741749", "5,275.74"),
    "project_executed": ("17825.571703", "17,825.57"),
    "unexecuted": ("85.704938", "85.70"),
    "project_unexecuted": ("85.704938", "85.70"),
    "basic_unexecuted": ("0.000000", "0.00"),
    "execution_rate": ("231013134520/2318701839", "99.63%"),
    "basic_execution_rate": ("100", "100.00%"),
    "project_execution_rate": ("1782557170300/17911276641", "99.52%"),
    "staff_administrative": ("88", "88"),
    "staff_public_institution": ("49", "49"),
    "staff_other": ("283", "283"),
    "staff_total": ("420", "420"),
    "office_count": ("7", "7"),
    "other_body_count": ("7", "7"),
    "district_revenue": ("8.8", "8.8"),
    "district_revenue_growth": ("11.4", "11.4%"),
    "collective_income": ("1.75", "1.75"),
    "occupancy_rate": ("95", "95%"),
    "open_parks": ("2", "2"),
    "published_execution_rate": ("99.63", "99.63%"),
    "published_carryover_rate": ("0.37", "0.37%"),
    "published_budget_variance_rate": ("107.49", "107.49%"),
    "assumed_carryover_rate": ("857049380/2318701839", "0.37%"),
    "execution_score": ("19.93", "19.93"),
    "execution_points": ("20", "20"),
}
"""Exact value and display of what the report prints or what follows from it."""

IMPLIED = {
    "implied_balance_low": "84.63",
    "implied_balance_high": "86.96",
    "implied_initial_low": "11,133.43",
    "implied_initial_high": "11,133.97",
    "implied_adjustment_rate": "108.26%",
    "implied_unexecuted_share": "0.77%",
}


@pytest.mark.parametrize("id", PUBLISHED)
def test_a_figure_of_the_published_report_comes_out(real_run: Run, id: str) -> None:
    """Exact and as displayed."""
    fact = real_run.facts[id]
    assert (fact.exact, fact.display) == PUBLISHED[id]


@pytest.mark.parametrize("id", IMPLIED)
def test_what_the_printed_ratios_imply_is_rounded_outward(real_run: Run, id: str) -> None:
    """Lower ends down, upper ends up."""
    assert real_run.facts[id].display == IMPLIED[id]


@pytest.mark.parametrize(
    "id", ["initial_budget", "carryover_balance", "carryover_rate", "budget_variance_rate"]
)
def test_what_was_not_published_has_no_value_but_a_reason(real_run: Run, id: str) -> None:
    """Blank stays blank through every computation."""
    fact = real_run.facts[id]
    assert (fact.exact, fact.display) == ("", "待补充")
    assert "未填（data/2023/预算执行.csv 第4行" in fact.reason


def test_every_fact_is_traceable_to_a_cell(real_run: Run) -> None:
    """Readings stand in a cell; computed facts carry the cells of what they rest on."""
    for fact in real_run.facts.values():
        assert fact.sources
        for source in fact.sources:
            place = source.place
            cell = place.file.startswith("data/2023/") and place.line > 1 and place.column
            not_given = place.file.startswith("data/2023/") and not fact.defined
            of_rubric = place.file == "params/rubrics/beijing.yaml"
            assert cell or not_given or of_rubric, fact.id
    budget = real_run.facts["budget"]
    assert [source.text for source in budget.sources] == ["5275.741749", "17911.276641"]


def test_every_rate_names_its_denominator(real_run: Run) -> None:
    """Computed percentages carry the label of what they divide by."""
    for fact in real_run.facts.values():
        if fact.unit == "%" and fact.op and not fact.id.endswith("_size"):
            assert fact.denominator, fact.id


def test_a_filled_in_initial_budget_is_used(project: Copy) -> None:
    """The variance is then computed, signed, and its identity holds."""
    project.set("预算执行", 2, "年初预算数", "11133.70")
    facts = project.load().facts
    assert facts["budget_variance_rate"].display == "107.49%"
    assert facts["budget_variance_rate"].known == (
        facts["budget_adjustment_rate"].known - facts["unexecuted_share"].known
    )


def test_a_filled_in_balance_is_used(project: Copy) -> None:
    """The carry-over rate is then computed."""
    project.set("预算执行", 2, "年末结转结余数", "85.704938")
    assert project.load().facts["carryover_rate"].display == "0.37%"


def test_a_zero_budget_gives_no_rate(project: Copy) -> None:
    """Neither 0 % nor 100 %, but the reason."""
    for column in ("全年预算数", "全年执行数"):
        project.set("预算执行", 0, column, "0")
    fact = project.load().facts["basic_execution_rate"]
    assert fact.display == "无法计算（基本支出全年预算数为零）"
    assert fact.exact == ""


def test_a_further_category_joins_the_totals(project: Copy) -> None:
    """其他支出 is optional."""
    project.add("预算执行", "其他支出", "", "100", "50", "")
    facts = project.load().facts
    assert facts["budget"].exact == "23287.018390"
    assert facts["other_executed"].display == "50.00"


def test_an_unknown_fact_is_a_clear_error() -> None:
    """Not a KeyError."""
    with pytest.raises(ReportError, match="没有名为“x”的数据项"):
        Facts()["x"]


def test_a_fact_is_entered_once() -> None:
    """Two rows cannot fight over one id."""
    facts = Facts()
    facts.name("x", "甲", number(1, "个"))
    with pytest.raises(ReportError, match="数据项“x”重复定义"):
        facts.name("x", "乙", number(2, "个"))
