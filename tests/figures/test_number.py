"""Numbers that know where they come from: one value, one print, all behind it."""

import operator
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import Place
from helpers.figures.arithmetic import larger, rounded, smaller, total
from helpers.figures.cell import Cell
from helpers.figures.conditions import how_many, reads, text_in
from helpers.figures.number import (
    PERCENT,
    InexactNumberError,
    NoValueError,
    Number,
    constant,
    ink,
    lacking,
    number,
)
from helpers.figures.units import UnitMismatchError

FRACTIONS = st.fractions(max_denominator=1000)


def named(label: str, text: str = "1", unit: str = "") -> Number:
    """A number read from a cell of that name."""
    cell = Cell(Place("data/2023/预算执行.csv", 2, label), text)
    return Number(number(text).value, unit, label, id=label, cell=cell)


A, B, C = named("a", "8"), named("b", "4"), named("c", "2")


@pytest.mark.parametrize("sign", ["add", "sub", "mul", "truediv"])
@given(left=FRACTIONS, right=FRACTIONS.filter(bool))
def test_arithmetic_is_exact(sign: str, left: Fraction, right: Fraction) -> None:
    """No digit is lost in any of the four operations, from either side."""
    work = getattr(operator, sign)
    assert work(number(left), number(right)).value == work(left, right)
    assert work(left, number(right)).value == work(left, right)


@given(st.lists(FRACTIONS, min_size=1))
def test_sum_smallest_and_largest_take_any_number_of_parts(values: list[Fraction]) -> None:
    """They are what they are called."""
    assert total(*values) == sum(values)
    assert smaller(*values) == min(values)
    assert larger(*values) == max(values)


@pytest.mark.parametrize(
    ("operand", "exact"),
    [
        ("23,187.018390", "23187.01839"),
        ("99.63%", "99.63"),
        (Decimal("0.10"), "0.1"),
        (7, "7"),
        (np.int64(7), "7"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_a_number_is_made_from_what_is_exact(operand: object, exact: str) -> None:
    """Text of a decimal, Decimal, whole numbers, fractions."""
    assert number(operand).exact == exact


@pytest.mark.parametrize("inexact", [0.1, np.float64(0.1), np.float32(1), float("nan")])
def test_a_float_is_refused_with_what_to_type(inexact: float) -> None:
    """Made from one, added to one, compared with one, or turned into one."""
    with pytest.raises(InexactNumberError, match="写成文字"):
        number(inexact)
    with pytest.raises(InexactNumberError):
        A + inexact
    with pytest.raises(InexactNumberError):
        assert inexact > A
    if inexact == inexact:  # noqa: PLR0124 - not-a-number is like no number
        with pytest.raises(InexactNumberError):
            assert inexact == A
    with pytest.raises(InexactNumberError, match="ink"):
        float(A)
    assert isinstance(ink(A), float)


@pytest.mark.parametrize("text", ["", "12元", "1e3", "一", "１２", "NaN"])
def test_a_text_that_is_no_decimal_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"^"):
        number(text)


def test_a_zero_denominator_is_an_answer_with_a_reason() -> None:
    """Not a crash, not zero; and what rests on it has the same reason."""
    answer = A / named("上年数", "0")
    assert not answer.defined
    assert answer.reason == "上年数为零"
    assert str(answer) == "无法计算（上年数为零）"
    assert (answer * 2 + B).reason == "上年数为零"


def test_a_blank_makes_the_result_blank_and_is_named() -> None:
    """What is unknown is never zero."""
    blank = lacking("年初预算数", "年初预算数未填（data/2023/预算执行.csv 第2行）", "missing")
    assert str(total(A, blank)) == "待补充"
    assert total(A, blank).reason == blank.reason
    with pytest.raises(NoValueError, match="年初预算数未填"):
        assert blank > 1
    assert blank != 0
    assert not blank == blank  # noqa: SIM201, PLR0124 - the very question


def test_units_are_kept_cancelled_and_never_mixed() -> None:
    """万元 and 人 are not added or compared; a quotient has both, or none."""
    money, people = named("支出", "10", "万元"), named("人数", "4", "人")
    assert (money / people).unit == "万元/人"
    assert (money / people * people).unit == "万元"
    assert (money / money * PERCENT).unit == "%"
    assert (money + 1).unit == "万元"
    for mixed in (lambda: money + people, lambda: money > people, lambda: smaller(money, people)):
        with pytest.raises(UnitMismatchError, match="单位不同"):
            mixed()
    assert money != named("人数", "10", "人")


def test_a_quotient_of_like_amounts_is_so_many_times_and_no_percentage() -> None:
    """Nothing takes 0.9 for 0.9 %, or for 0.9万元."""
    part = named("支出", "9", "万元") / named("预算", "10", "万元")
    assert str(part) == "0.90倍"
    assert (part * PERCENT) == number("90%")
    for mixed in (lambda: part >= number("80%"), lambda: part + number("80%")):
        with pytest.raises(UnitMismatchError, match="PERCENT"):
            mixed()
    with pytest.raises(UnitMismatchError):
        total(named("支出", "9", "万元"), part)


def test_a_number_shows_itself_grouped_rounded_and_with_its_unit() -> None:
    """In a notebook, a format and a text alike."""
    amount = named("支出", "23187.015", "万元")
    assert repr(amount) == str(amount) == f"{amount}" == "23,187.02万元"
    assert f"{amount:.3}" == "23,187.015万元"
    assert f"{number('-0.125'):.2}" == "−0.13"
    assert f"{A / B * PERCENT}" == "200.00%"
    assert str(total(named("男", "3", "人").named("男", decimals=0), 0)) == "3人"
    with pytest.raises(ValueError, match="格式"):
        format(amount, "e")


@pytest.mark.parametrize("text", ["8", "8.00", "8.0"])
def test_a_number_is_like_the_text_of_its_value(text: str) -> None:
    """From either side, as with every other operand; another text is like no number."""
    assert text == A
    assert text == A
    assert A != "八"
    assert A in {8, 9}


def test_a_count_explains_what_was_counted() -> None:
    """Each row's text with its cell, and by what it was counted."""
    cells = [
        Cell(Place("data/2023/机构.csv", line, "类别"), text)
        for line, text in ((2, "甲"), (3, "乙"))
    ]
    counted = how_many([reads(text_in(cell), "甲") for cell in cells]).named("甲数", unit="个")
    assert str(counted.explain()).splitlines() == [
        "甲数 ＝ “甲”的行数 ＝ 1个",
        "　data/2023/机构.csv 第2行 “类别”列“甲”",
        "　data/2023/机构.csv 第3行 “类别”列“乙”",
    ]


def test_a_number_is_neither_true_nor_false() -> None:
    """`if rate` would take what is unknown, or zero, for no."""
    with pytest.raises(TypeError, match=r"\.defined"):
        assert A


def test_a_formula_prints_with_just_the_brackets_it_needs() -> None:
    """Subtraction and division on the right keep theirs."""
    assert ((A - B) / B * PERCENT).formula == "（a − b） ÷ b × 100%"
    assert (A - (B - C)).formula == "a − （b − c）"
    assert (A / (B / C)).formula == "a ÷ （b ÷ c）"
    assert smaller(A, constant(1) + B).formula == "较小者（a，1 + b）"
    assert rounded(A / B, 1).formula == "四舍五入（a ÷ b，1位小数）"
    assert total(*[A] * 30).formula == f"合计（{'，'.join('a' * 24)}等30项）"


def test_a_formula_stops_at_names_and_shows_what_is_put_in() -> None:
    """A negative number and a fraction in brackets."""
    rate = (A / B).named("倍数", id="times")
    assert (rate * C).formula == "倍数 × c"
    assert (rate * named("d", "-3")).substituted == "2 × （-3）"
    assert ((A / named("e", "3")).named("三分", id="f") + 1).substituted == "（8/3） + 1"


def test_a_number_tells_what_it_rests_on_and_divides_by() -> None:
    """Figures once, in reading order; a division by a constant names no denominator."""
    rate = ((A - B) / B * PERCENT).named("率", id="rate")
    assert rate.inputs == ("a", "b")
    assert rate.denominator == "b"
    assert (A / 100 * constant(1, "%")).denominator == ""
    assert [source.place.column for source in (rate * C).sources] == ["a", "b", "c"]
    assert rate.depends_on(Place("data/2023/预算执行.csv", 2, "b"))
    assert not rate.depends_on(C.sources[0])


def test_a_tree_is_kept_as_json() -> None:
    """Ids stay ids, constants are exact text, a cell is one of the number's sources."""
    assert (A / "0.5").to_json()["tree"] == {"op": "/", "args": ["a", {"number": "0.5"}]}
    cells = total(A.named("第2行"), B.named("第3行"))
    assert cells.to_json()["tree"] == {"op": "sum", "args": [{"cell": 0}, {"cell": 1}]}
    assert A.to_json()["tree"] is None


def test_an_explanation_goes_down_to_the_cells() -> None:
    """Formula, numbers put in, and every part with file, line, column and text, each once."""
    rate = (named("支出", "3") / named("预算", "4") * PERCENT).named("执行率", id="r")
    assert repr((rate - rate).explain()).splitlines() == [
        "结果 ＝ 执行率 − 执行率",
        "　　＝ 75% − 75% ＝ 0.00%",
        "　执行率 ＝ 支出 ÷ 预算 × 100%",
        "　　　＝ 3 ÷ 4 × 100% ＝ 75.00%",
        "　　支出 ＝ 3.00 ← data/2023/预算执行.csv 第2行 “支出”列“3”",
        "　　预算 ＝ 4.00 ← data/2023/预算执行.csv 第2行 “预算”列“4”",
    ]
