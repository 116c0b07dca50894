"""Formulas as people write them: read by a grammar of our own, exact, and never run."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.number import Number, number
from helpers.inputs.formula_text import DEEPEST, LONGEST, parsed

FIGURES = {
    "a": Fraction(7, 3),
    "b": Fraction(-2),
    "年初预算数": Fraction("1922.76"),
    "零": Fraction(0),
}
Case = tuple[str, Fraction | None]


def figure(name: str) -> Number:
    """A figure by its name, which it is called by as well."""
    return Number(FIGURES[name], label=name)


def grown(cases: st.SearchStrategy[Case]) -> st.SearchStrategy[Case]:
    """Longer formulas, with what each gives in exact fractions; nothing by zero."""

    def joined(left: Case, sign: str, right: Case) -> Case:
        (a, x), (b, y) = left, right
        text = f"（{a}）{sign}({b})"
        if x is None or y is None or (sign in "/÷" and not y):
            return text, None
        made = {"+": x + y, "-": x - y, "−": x - y, "*": x * y, "×": x * y}
        return text, made[sign] if sign in made else x / y

    def called(name: str, one: Case, other: Case) -> Case:
        (a, x), (b, y) = one, other
        least, most = {"min": min, "较小者": min}, {"max": max, "较大者": max}
        value = None if x is None or y is None else (least | most)[name](x, y)
        return f"{name}({a}, {b})", value

    signs, names = st.sampled_from("+-−*×/÷"), st.sampled_from(["min", "max", "较小者", "较大者"])
    return st.builds(joined, cases, signs, cases) | st.builds(called, names, cases, cases)


NUMBERS = st.decimals(0, 999, places=3).map(lambda each: (str(each), Fraction(each)))
NAMES = st.sampled_from(list(FIGURES.items()))
CASES = st.recursive(NUMBERS | NAMES, grown, max_leaves=8)


@given(CASES)
def test_a_formula_gives_what_fractions_give(case: Case) -> None:
    """Whatever it is made of; and what it prints is read again as the same."""
    text, value = case
    made = parsed(text).worked_out(figure)
    assert made.value == value
    if made.op and value is not None:
        assert parsed(made.formula).worked_out(figure).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", "14"),
        ("10 - 4 - 3", "3"),  # from the left
        ("-2 * -3", "6"),
        ("a / 年初预算数 * 100%", "7/57.6828"),
        ("四舍五入（2.345，2位小数）", "2.35"),  # as formulas are printed
        ("round(-2.5, 0)", "-3"),
        ("舍尾取整(-0.5)", "-1"),
        ("ceil(0.01)", "1"),
        ("绝对值(b)", "2"),
        ("合计(1, 2, 3)", "6"),
        ("“年初预算数” * 2", "3845.52"),
    ],
)
def test_formulas_of_score_sheets_are_read(text: str, value: str) -> None:
    """Latin or Chinese signs, words and names."""
    above, _, below = value.partition("/")
    assert parsed(text).worked_out(figure).value == Fraction(above) / Fraction(below or 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "末尾"),
        ("a +", "末尾"),
        ("a b", "b"),
        ("a ** b", "* b"),
        ("(a", "缺少“)”"),
        ("1.2.3", ".3"),
        ("1,000", ",000"),
        ("__import__('os')", "没有名为“__import__”的函数"),
        ("a.real", ".real"),
        ("a if b else 1", "if b else 1"),
        ("round(a, b)", "后一个为位数"),
        ("round(a, 7)", "后一个为位数"),
        ("abs(a, b)", "应有 1 个数"),
        ("9" * 60, "不是数字"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "层次过多"),
        ("a+" * LONGEST + "a", "超过"),
    ],
)
def test_what_is_no_formula_is_refused_with_the_place(text: str, said: str) -> None:
    """Nothing of it is ever run."""
    with pytest.raises(ValueError, match=r"算式|数") as caught:
        parsed(text)
    assert said in str(caught.value)


def test_a_division_by_zero_has_no_value_and_says_so() -> None:
    """Undefined is an answer."""
    made = parsed("a / 零").worked_out(figure)
    assert (made.value, made.reason) == (None, "零为零")


def test_percent_is_a_unit() -> None:
    """A rate is written `* 100%`, and its share of the points `/ 100%`."""
    rate = parsed("a / 年初预算数 * 100%").worked_out(lambda name: number(figure(name), "万元"))
    assert rate.unit == "%"
    assert list(parsed("a / b + a").names) == ["a", "b", "a"]
