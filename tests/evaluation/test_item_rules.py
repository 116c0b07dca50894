"""The rules of rubrics at their bounds, and published score sheets as they were printed."""

import copy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from project_copies import ROOT

from helpers.evaluation.evaluate import Evaluation, Rubrics, evaluate_run
from helpers.evaluation.score_lines import ScoringContext
from helpers.evaluation.scoring import score
from helpers.figures.facts import Facts
from helpers.figures.number import Number, number
from helpers.inputs.project import Project
from helpers.inputs.rubrics import Rubric, read_rubric
from helpers.inputs.schema import TABLES
from helpers.inputs.survey_answers import Answers
from helpers.inputs.table_files import read_tables
from helpers.inputs.tables import Table

ABSENT = {spec.name: Table.absent(spec, "data/x") for spec in TABLES}
WORDS = {"group": "组", "explanation": "解释", "standard": "标准"}
SHEET: dict[str, Any] = {
    "name": "表",
    "scope": "department",
    "source": "测试",
    "rounding": {"rate_decimals": None, "score_decimals": 2},
    "rescale": False,
    "over_target": {"confirmed": True, "steps": []},
    "qualitative": {"confirmed": True, "levels": [{"name": "好", "from": "0", "to": "100"}]},
    "grades": [],
}


def scored(item: dict[str, Any], figures: dict[str, str], **rounding: object) -> Number:
    """The score of an item, of ten points unless it says so, by these figures."""
    first = {"id": "item", "name": "指标", "points": "10", **WORDS, **item}
    left = str(100 - Fraction(first["points"]))
    rest = {"id": "rest", "name": "其余", "points": left, **WORDS, "rule": "unpublished"}
    values = copy.deepcopy(SHEET) | {
        "parts": [{"id": "part", "name": "部分", "points": "100", "items": [first, rest]}]
    }
    values["rounding"] |= rounding
    facts = Facts()
    for id, text in figures.items():
        facts.name(id, f"{id}的数", number(text))
    score(ScoringContext(facts, ABSENT, Rubric.model_validate(values), "x.yaml", "", []))
    return facts["item_score"]


def lost(figure: str, **loss: object) -> str:
    """The score where half a point is lost for every percentage point beyond 100 %."""
    usual = {"worse": "above", "start": "100%", "per": "1%", "points": "0.5", "rest": "part"}
    item = {"rule": "per_point", "fact": "rate", "loss": usual | loss}
    return scored(item, {"rate": figure}).exact


@pytest.mark.parametrize(
    ("figure", "loss", "points"),
    [
        ("95.10%", {}, "10"),  # on the good side nothing is lost, nor gained
        ("100%", {}, "10"),
        ("100.5%", {}, "9.75"),  # half a point of the percentage: half of 0.5
        ("100.5%", {"rest": "none"}, "10"),
        ("100.5%", {"rest": "all"}, "9.5"),
        ("101%", {"rest": "none"}, "9.5"),  # a whole one is one, however the rest counts
        ("101%", {"rest": "all"}, "9.5"),
        ("120%", {}, "0"),
        ("300%", {}, "0"),  # until nothing is left
        ("300%", {"up_to": "4"}, "6"),
        ("95.1%", {"worse": "below", "per": "5%", "points": "2", "rest": "none"}, "10"),
        ("95%", {"worse": "below", "per": "5%", "points": "2", "rest": "none"}, "8"),
        ("-27.04%", {"start": "0%"}, "10"),  # a fall is no rise, unless the rubric says so
    ],
)
def test_points_are_lost_by_the_step(figure: str, loss: dict[str, str], points: str) -> None:
    """From the start on, for the rest of a step as the rubric says, up to the cap."""
    assert lost(figure, **loss) == points


CLOSED_ABOVE = [
    {"equals": "0%", "points": "8"},
    {"above": "0%", "to": "10%", "points": "6"},
    {"above": "10%", "points": "0"},
]
CLOSED_BELOW = [
    {"from": "90%", "points": "5"},
    {"from": "80%", "below": "90%", "points": "4"},
    {"points": "1"},
]


@pytest.mark.parametrize(
    ("bands", "figure", "points"),
    [
        (CLOSED_ABOVE, "0%", "8"),
        (CLOSED_ABOVE, "0.001%", "6"),
        (CLOSED_ABOVE, "10%", "6"),  # 10%（含）
        (CLOSED_ABOVE, "10.001%", "0"),
        (CLOSED_BELOW, "90%", "5"),
        (CLOSED_BELOW, "89.999%", "4"),
        (CLOSED_BELOW, "80%", "4"),
        (CLOSED_BELOW, "79.999%", "1"),  # what no other band holds
        ([{"to": "other", "points": "3"}, {"points": "0"}], "7%", "3"),  # a bound is a formula
        ([{"to": "other / 2", "points": "3"}, {"points": "0"}], "7%", "0"),
        ([{"from": "60%", "points": "10"}, {"points": "0"}], "60%", "10"),  # pass or fail
        ([{"from": "60%", "points": "10"}, {"points": "0"}], "59.99%", "0"),
    ],
)
def test_a_band_is_closed_where_it_is_written_so(
    bands: list[dict[str, str]], figure: str, points: str
) -> None:
    """In either direction; the first that holds counts."""
    item = {"rule": "bands", "fact": "rate", "bands": bands}
    assert scored(item, {"rate": figure, "other": "7%"}).exact == points


def test_what_lies_in_no_band_has_no_score() -> None:
    """A sheet that gives points at 0 and above says nothing of −5 %."""
    item = {"rule": "bands", "fact": "rate", "bands": CLOSED_ABOVE}
    found = scored(item, {"rate": "-5%"})
    assert (found.display, found.reason) == ("资料不足，暂不评分", "rate的数不在各档之内")
    assert scored(item | {"absolute": True}, {"rate": "-5%"}).exact == "6"


@pytest.mark.parametrize(
    ("moved", "points"),
    [
        ("0", "10"),
        ("1", "9"),  # 1 ÷ 100 × 10 = 0.1: 90 % of the points
        ("10", "0"),
        ("30", "0"),  # never below zero: a share above 10 % gets nothing
        ("-1", "10"),  # never above the points
    ],
)
def test_a_formula_gives_the_points_themselves(moved: str, points: str) -> None:
    """（1 − 10 × 调剂额 ÷ 年初预算）× 分值, as 四川 prints it."""
    item = {"rule": "formula", "formula": "（1 − 10 × moved ÷ initial） × 分值"}
    found = scored(item, {"moved": moved, "initial": "100"})
    assert found.exact == points
    assert found.formula == (
        "四舍五入（较大者（0，较小者（指标分值，"
        "（1 − 10 × moved的数 ÷ initial的数） × 指标分值）），2位小数）"
    )


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("rate + moved", "单位不同"),
        ("rate * 分值", "单位不同"),
        ("rate + missing", "没有名为“missing”的数据项"),
    ],
)
def test_a_formula_that_cannot_be_is_told_with_its_item(formula: str, said: str) -> None:
    """And the item alone has no score."""
    found = scored({"rule": "formula", "formula": formula}, {"rate": "90%", "moved": "1"})
    assert not found.defined
    assert said in found.reason
    assert found.reason.startswith("“指标”：")


def test_a_sheet_foots_because_items_are_rounded_before_they_are_added() -> None:
    """Three thirds of ten points are 3.33 each, unless the rubric adds them unrounded."""
    item = {"rule": "rate", "fact": "rate"}
    assert scored(item, {"rate": "33.335%"}).exact == "3.33"
    assert scored(item, {"rate": "33.35%"}).exact == "3.34"  # half up
    assert scored(item, {"rate": "33.335%"}, added_up="unrounded").exact == "3.3335"
    assert scored(item, {"rate": "33.335%"}, rate_decimals=0).exact == "3.3"


def evaluated(folder: Path, rubric: str) -> Evaluation:
    """The tables of a folder, be they few, scored by a shipped rubric."""
    specs = [replace(spec, optional=True) for spec in TABLES]
    tables, _ = read_tables(folder, "data/x", specs)
    sheets = Rubrics(
        rubric,
        read_rubric(ROOT, rubric, "department"),
        "project-self-evaluation",
        read_rubric(ROOT, "project-self-evaluation", "project"),
    )
    params = Project(ROOT).params("2023")
    return evaluate_run(tables, Answers("data/x"), sheets, params, {})


HUNAN = {
    "staff_control": ("staff_control_rate", "95.10%", "8"),
    "three_public_change": ("three_public_budget_change_rate", "98.31%", "0"),
    "budget_completion": ("budget_completion_measured", "99.27%", "8"),
    "budget_control": ("budget_control_rate", "39.94%", "0"),  # the printed score is cut off
}


def test_the_hunan_sheet_comes_out_as_printed() -> None:
    """Its four published rules; everything else of it has no score, and no figure."""
    made = evaluated(ROOT / "tests" / "departments" / "hunan-2018", "hunan-2018")
    for item, (figure, shown, points) in HUNAN.items():
        assert made.facts[figure].display == shown
        assert made.facts[f"{item}_score"].exact == points
    unscored = {line.item.id for line in made.sheet.lines} - HUNAN.keys()
    assert {made.facts[f"{item}_score"].display for item in unscored} == {"资料不足，暂不评分"}
    assert not made.facts["total_score"].defined
    assert not made.sheet.errors
    assert made.facts["three_public_final"].exact == "44.290000"  # as printed: parts are unknown
    assert made.facts["operating_control_rate"].display == "142.30%"  # 26.04 ÷ 18.3
    assert not {id for id in made.facts if id.startswith(("funds", "economic_class", "key"))}


def test_the_yueyang_sheet_invents_nothing(tmp_path: Path) -> None:
    """Its rules are published, the figures are not: no item has a score, each says why."""
    for name in ("预算执行", "收入支出决算总表"):
        spec = next(each for each in TABLES if each.name == name)
        head = ",".join(column.name for column in spec.columns)
        row = "合计,,,," if name == "预算执行" else "收入,年初结转和结余,"
        (tmp_path / f"{name}.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    made = evaluated(tmp_path, "yueyang")
    reasons = {
        line.item.id: made.facts[f"{line.item.id}_score"].reason for line in made.sheet.lines
    }
    assert reasons["staff_control"] == "没有在职人员控制率（data/x/编制.csv）"
    assert reasons["key_expenditure"] == "没有重点支出安排率（data/x/重点项目.csv）"
    assert reasons["results_rest"] == "评分标准未见公布"
    assert all(reasons.values())
    assert not made.sheet.errors


@pytest.mark.parametrize(
    ("item", "figure", "points"),
    [
        ("key_expenditure", "90%", "5"),
        ("key_expenditure", "89.99%", "4"),
        ("key_expenditure", "60%", "2"),
        ("key_expenditure", "59.99%", "0"),
        ("budget_adjustment", "0%", "3"),
        ("budget_adjustment", "10%", "2"),
        ("budget_adjustment", "10.01%", "1"),
        ("budget_adjustment", "20%", "1"),
        ("budget_adjustment", "30%", "0.5"),
        ("budget_adjustment", "30.01%", "0"),
        ("staff_control", "100%", "5"),
        ("staff_control", "101%", "4.5"),
        ("three_public_change", "0%", "5"),
        ("three_public_change", "1%", "4.5"),
        ("three_public_change", "-27.04%", "5"),
        ("three_public_control", "106%", "0"),
        ("payment_progress", "2", "2"),
        ("payment_progress", "7", "0"),
        ("carryover", "0", "3"),
        ("carryover", "50", "2"),  # as much as last year left
        ("carryover", "50.01", "0"),
    ],
)
def test_the_rules_of_yueyang_hold_at_their_bounds(item: str, figure: str, points: str) -> None:
    """With figures of the test's own: those of the sheet were not published."""
    [rule] = [
        each for _, each in read_rubric(ROOT, "yueyang", "department").items if each.id == item
    ]
    given = rule.model_dump(by_alias=True, exclude_defaults=True) | {"id": "item"}
    found = scored(given, {rule.fact: figure, "account_opening_balance": "50"})
    assert found.exact == points
