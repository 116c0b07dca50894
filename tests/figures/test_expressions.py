"""Formula trees: one tree, one value, one print."""

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.expressions import (
    Name,
    Operation,
    Undefined,
    denominator,
    evaluate,
    formula,
    larger,
    names,
    smaller,
    to_json,
    total,
    tree,
)

NUMBERS = st.fractions(max_denominator=1000)
A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
@given(left=NUMBERS, right=NUMBERS.filter(bool))
def test_a_tree_works_out_as_exact_arithmetic_does(
    op: str, left: Fraction, right: Fraction
) -> None:
    """No digit is lost in any of the four operations."""
    plain = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
    assert evaluate(Operation(op, (A, B)), {"a": left, "b": right}) == plain[op](left, right)


@given(st.lists(NUMBERS, min_size=1))
def test_sum_smallest_and_largest_take_any_number_of_parts(values: list[Fraction]) -> None:
    """They are what they are called."""
    known = {f"x{i}": value for i, value in enumerate(values)}
    parts = [Name(id) for id in known]
    assert evaluate(total(*parts), known) == sum(values)
    assert evaluate(smaller(*parts), known) == min(values)
    assert evaluate(larger(*parts), known) == max(values)


def test_a_zero_denominator_is_an_answer_with_a_reason() -> None:
    """Not a crash, not zero."""
    answer = evaluate(A / B, {"a": Fraction(1), "b": Fraction(0)}, {"b": "上年数"}.get)
    assert answer == Undefined("上年数为零")


def test_an_undefined_input_makes_the_result_undefined_for_the_same_reason() -> None:
    """The reason travels to whatever rests on it."""
    missing = Undefined("年初预算数未填", missing=True)
    assert (
        evaluate((A - B) / C * 100, {"a": Fraction(1), "b": missing, "c": Fraction(2)}) == missing
    )


def test_a_formula_prints_with_just_the_brackets_it_needs() -> None:
    """Subtraction and division on the right keep theirs."""
    assert formula((A - B) / B * 100) == "（a − b） ÷ b × 100"
    assert formula(A - (B - C)) == "a − （b − c）"
    assert formula(A / (B / C)) == "a ÷ （b ÷ c）"
    assert formula(smaller(A, tree(1) + B)) == "较小者（a，1 + b）"


def test_a_tree_tells_what_it_rests_on_and_divides_by() -> None:
    """Names in reading order; a division by a plain number names no denominator."""
    assert list(names((A - B) / B)) == ["a", "b", "b"]
    assert denominator(A / B * 100) == B
    assert denominator(A / 100) is None


def test_a_tree_is_kept_as_json() -> None:
    """Ids stay ids, constants are exact text."""
    assert to_json(A / "0.5") == {"op": "/", "args": ["a", {"number": "0.5"}]}
