"""The ratio functions against worked examples, published figures and docs/methods.md."""

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from project_copies import ROOT

from helpers.figures import ratios
from helpers.figures.arithmetic import Ratio
from helpers.figures.exact import round_to
from helpers.figures.number import Number, lacking, number
from helpers.figures.units import UnitMismatchError

METHODS = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
FIGURES = list(
    csv.DictReader(
        (ROOT / "tests" / "published-figures.csv").read_text(encoding="utf-8").splitlines()
    )
)

Inputs = dict[str, str]
KINDS: dict[str, Callable[[Inputs], Number]] = {
    "exec_rate": lambda i: ratios.execution_rate(i["executed"], i["budget"]),
    "completion_initial": lambda i: ratios.completion_rate(i["final"], i["initial"]),
    "delta": lambda i: ratios.difference(i["current"], i["previous"]),
    "pp_diff": lambda i: ratios.difference(*list(i.values())[:2]),
    "yoy_prev": lambda i: ratios.year_on_year_growth(i["current"], i["previous"]),
    "yoy_delta": lambda i: ratios.year_on_year_growth(
        i["current"], ratios.difference(i["current"], i["delta"])
    ),
    "share": lambda i: ratios.share(i["part"], i["whole"]),
    "sum": lambda i: ratios.sum_of_parts(*i["parts"]),
    "exec_score": lambda i: ratios.rate_score(
        ratios.execution_rate(i["executed"], i["budget"]), i["weight"]
    ),
    "carryover_rate": lambda i: ratios.carryover_rate(
        i["balance"] if "balance" in i else ratios.difference(i["budget"], i["executed"]),
        i["budget"],
    ),
}


def recomputed(row: dict[str, str]) -> Decimal | None:
    """What our function gives for a published row, as it would be printed, unsigned."""
    value = KINDS[row["kind"]](json.loads(row["inputs"])).value
    return None if value is None else round_to(abs(value), int(row["decimals"]))


def rows(verdict: str) -> list[dict[str, str]]:
    """The published rows of a verdict whose kind is a ratio of ours."""
    return [row for row in FIGURES if row["verdict"] == verdict and row["kind"] in KINDS]


@pytest.mark.parametrize("row", rows("consistent"), ids=lambda row: row["id"])
def test_a_sound_published_figure_comes_out_digit_for_digit(row: dict[str, str]) -> None:
    """Back test: real published rates, sums, shares, growths and scores."""
    assert recomputed(row) == abs(Decimal(row["published"]))


@pytest.mark.parametrize("row", rows("inconsistent"), ids=lambda row: row["id"])
def test_a_wrong_published_figure_does_not_come_out(row: dict[str, str]) -> None:
    """Rates copied, truncated, or printed on a zero base are not reproduced."""
    assert recomputed(row) != abs(Decimal(row["published"]))


def test_the_back_test_covers_the_kinds_it_should() -> None:
    """Most of the file is ratios of ours, so that the back test says something."""
    assert len(rows("consistent")) >= 100
    assert len(rows("inconsistent")) >= 10


@pytest.mark.parametrize(
    "growth",
    [
        ratios.year_on_year_growth("5", "0"),
        ratios.completion_rate("5", "0"),
        ratios.share("0", "0"),
    ],
)
def test_a_zero_base_has_no_percentage(growth: Number) -> None:
    """Never 0 %, never 100 %."""
    assert not growth.defined
    assert growth.display == "无法计算（除数为零）"


def test_a_score_is_capped_but_the_rate_is_not() -> None:
    """Spending over budget earns no extra points."""
    rate = ratios.execution_rate("120", "100")
    assert rate == number("120%")
    assert ratios.rate_score(rate, "20") == 20


def test_a_score_comes_from_the_unrounded_rate() -> None:
    """77.775 % of 10 points is 7.7775, printed 7.78; the rounded rate would give 7.779."""
    rate = ratios.execution_rate("77.775", "100")
    assert ratios.rate_score(rate, "10") == Fraction(77775, 10000)


def test_the_variance_is_the_adjustment_less_what_was_not_spent() -> None:
    """差异率 = 调整率 − 未执行占比 holds exactly."""
    initial, budget, executed = "111.3", "231.87", "231.01"
    variance = ratios.budget_variance_rate(executed, initial)
    adjustment = ratios.budget_adjustment_rate(budget, initial)
    unexecuted = ratios.unexecuted_share(ratios.difference(budget, executed), initial)
    assert variance == adjustment - unexecuted


@pytest.mark.parametrize("change", ["20", "-20"])
def test_the_national_adjustment_rate_has_no_sign(change: str) -> None:
    """It is the size of the signed one where the adjustment is a net amount."""
    signed = ratios.budget_adjustment_rate(ratios.sum_of_parts("80", change), "80")
    assert ratios.absolute_adjustment_rate(change, "80") == ratios.size(signed) == number("25%")


def test_quality_of_the_plan_is_not_quality_of_what_was_done() -> None:
    """The national form divides by the plan, Beijing's by what was completed."""
    assert ratios.quality_attainment_rate("36", "50") == number("72%")
    assert ratios.share("36", "45") == number("80%")


FRAMEWORK = (
    "在职人员控制率",
    "三公经费变动率",
    "重点支出安排率",
    "预算完成率",
    "预算调整率（绝对值）",
    "支付进度率",
    "结转结余率",
    "结转结余变动率",
    "公用经费控制率",
    "三公经费控制率",
    "政府采购执行率",
    "固定资产利用率",
    "实际完成率",
    "完成及时率",
    "质量达标率",
    "重点工作办结率",
)
"""The ratios of 财预〔2013〕53号, in its order; the fifth as told from the signed form."""


def test_the_national_framework_is_complete() -> None:
    """Each of its ratios is the label of exactly one function."""
    made = [
        function(*["1"] * len(section(function)["参数"].split("、"))).label
        for function in ratios.RATIOS
    ]
    assert [made.count(name) for name in FRAMEWORK] == [1] * len(FRAMEWORK)


def section(function: Ratio) -> dict[str, str]:
    """The lines of a function's section in docs/methods.md, by their heads."""
    found = re.search(
        rf"^## .*`{function.__name__}`\n(.*?)(?=^## |\Z)", METHODS, re.MULTILINE | re.DOTALL
    )
    assert found, f"docs/methods.md has no section for {function.__name__}"
    return dict(re.findall(r"^- (.+?)：(.+)$", found[1], re.MULTILINE))


@pytest.mark.parametrize("function", ratios.RATIOS, ids=lambda f: f.__name__)
def test_methods_say_what_the_function_does(function: Ratio) -> None:
    """Formula, denominator, undefined case and example in docs/methods.md are the function's."""
    entry = section(function)
    assert set(entry) == {
        "含义",
        "参数",
        "公式",
        "分母",
        "无法计算",
        "来源",
        "别处的口径",
        "算例",
    }
    labels = entry["参数"].split("、")
    inputs, _, outcome = entry["算例"].partition(" → ")
    given = [
        number(text).named(label) for text, label in zip(inputs.split("、"), labels, strict=True)
    ]
    made = function(*given)
    assert entry["公式"] == made.formula
    assert entry["分母"] == (made.denominator or "无")
    assert format(made.named("", unit=""), ".2").replace(",", "") == outcome


@pytest.mark.parametrize("function", ratios.RATIOS, ids=lambda f: f.__name__)
def test_methods_say_when_there_is_no_answer(function: Ratio) -> None:
    """With the denominator at zero, the reason is the one docs/methods.md gives."""
    entry = section(function)
    labels = entry["参数"].split("、")
    zeros = [number("-100" if label == "差异率" else "0").named(label) for label in labels]
    if entry["无法计算"] == "无":
        assert function(*zeros) == 0
    elif entry["无法计算"].endswith("时"):
        blank = [lacking(label, "全年预算数为零", "undefined") for label in labels]
        assert function(*blank).reason == "全年预算数为零"
    else:
        answer = function(*zeros)
        assert not answer.defined
        assert answer.reason == entry["无法计算"]


def test_methods_describe_no_function_that_does_not_exist() -> None:
    """Every section of docs/methods.md is a function of ours."""
    named = set(re.findall(r"^## .*`(\w+)`$", METHODS, re.MULTILINE))
    assert named == {function.__name__ for function in ratios.RATIOS}


@pytest.mark.parametrize("function", ratios.RATIOS, ids=lambda f: f.__name__)
def test_a_ratio_function_documents_itself(function: Ratio) -> None:
    """Formula, undefined case and source stand in the docstring."""
    doc = function.__doc__ or ""
    assert all(f"{head}:" in doc for head in ("Formula", "Undefined", "Source"))


def test_what_a_ratio_compares_must_be_of_its_units() -> None:
    """Bare operands are taken to be in them; any other is refused."""
    people, money = number("50", "人"), number("100", "万元")
    for wrong in (
        lambda: ratios.execution_rate(people, money),
        lambda: ratios.rate_score(people, 10),
        lambda: ratios.share_score("50%", money),
        lambda: ratios.rescaled_score(money, 10, 100),
    ):
        with pytest.raises(UnitMismatchError):
            wrong()
    assert str(ratios.execution_rate(money, "200")) == "50.00%"
    assert str(ratios.rate_score("50", "10")) == "5.00分"
