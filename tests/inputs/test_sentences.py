"""The sentences of notebooks, read as data: nothing is run."""

import pytest

from helpers.errors import Place
from helpers.inputs.headings import Cell
from helpers.inputs.narrative import Paragraph
from helpers.inputs.sentences import sentences


def read(code: str, kind: str = "code") -> list[Paragraph]:
    """The sentences of one cell."""
    return list(sentences([Cell(kind, code, Place("x.ipynb"))]))


def test_a_sentence_is_read_with_its_conditions_and_what_it_is_given() -> None:
    """Where it is said, when, unless, and under which names its notebook gives numbers."""
    code = """
report.say("预算{total}。", total=budget.sum(), when="budget", unless=("a_b", "c"), key="x")
"""
    [found] = read(code)
    assert (found.text, found.place) == ("预算{total}。", Place("x.ipynb"))
    assert found.conditions == ("有 budget", "无 a_b", "无 c")
    assert found.given == {"total"}


@pytest.mark.parametrize(
    "code",
    [
        'text = "预算{total}。"\nreport.say(text, total=1)',
        'report.figure(axes, frame, "题", "预算{total}。", total=1)',
        'report.say("预算{total}，"\n    "支出另计。", total=1)',
    ],
)
def test_a_sentence_is_found_wherever_it_stands_in_its_cell(code: str) -> None:
    """Under a name, as what reads a figure, or in several pieces."""
    [found] = read(code)
    assert found.text.startswith("预算{total}")
    assert found.given == {"total"}


def test_pieces_of_a_sentence_are_each_read() -> None:
    """One with a placeholder or a full stop is a sentence's; titles and names are not."""
    code = 'a = "预算{b}，"\nc = "支出另计。"\nreport.show(frame, "题", key="d")\nreport.say(a + c)'
    assert [each.text for each in read(code)] == ["预算{b}，", "支出另计。"]


def test_what_may_be_given_any_name_says_so() -> None:
    """`**column` is known only when it runs."""
    [found] = read('report.say("预算{基本支出}。", total=1, **budget)')
    assert found.given == {"total", "*"}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("report.say(", "code"),
        ('print("支出。")', "code"),
        ('report.say("支出。")', "markdown"),
    ],
)
def test_what_is_no_sentence_is_passed_over(code: str, kind: str) -> None:
    """Code that is none, cells without the report, and Markdown."""
    assert read(code, kind) == []
