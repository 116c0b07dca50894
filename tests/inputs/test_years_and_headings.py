"""Years judged by activity; headings numbered one after the other."""

import pytest

from helpers.checks.years import fits, mentions
from helpers.errors import Place
from helpers.inputs.headings import Heading, chinese, out_of_sequence


@pytest.mark.parametrize(
    ("activity", "year", "good"),
    [
        ("绩效自评", 2023, True),
        ("绩效自评", 2022, True),
        ("绩效自评", 2021, False),
        ("运行监控", 2023, True),
        ("运行监控", 2022, False),
        ("工作", 2022, True),
        ("工作", 2024, False),
    ],
)
def test_a_year_fits_by_what_was_done(activity: str, year: int, good: bool) -> None:  # noqa: FBT001 - a case table
    """Monitoring is of the report year; self-evaluation may be of the year before."""
    assert fits(activity, year, 2023) is good


def test_a_year_governs_the_words_up_to_the_next() -> None:
    """As in the source's own sentence of two years."""
    found = list(mentions("开展2021年项目自评及2022年部门预算监控"))
    assert [(mention.year, "自评" in mention.words) for mention in found] == [
        (2021, True),
        (2022, False),
    ]


def test_titles_and_document_numbers_are_exempt() -> None:
    """《…2018年…》 and 〔2020〕 are names."""
    assert not list(mentions("按《2018年方案》和京财绩效〔2020〕2146号办理"))


def test_chinese_numbers() -> None:
    """As headings use them."""
    assert [chinese(n) for n in (1, 9, 10, 11, 20, 35)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "三十五",
    ]


def headings(*texts: str) -> list[Heading]:
    """Headings from Markdown lines."""
    return [Heading(text.count("#"), text.strip("# "), Place("x")) for text in texts]


def test_official_numbering_is_accepted() -> None:
    """一、（一）1.（1）, each level starting anew below the one above."""
    good = headings(
        "# 一、甲", "## （一）乙", "### 1.丙", "#### （1）丁", "## （二）戊", "### 1.己", "# 二、庚"
    )
    assert not list(out_of_sequence(good))


@pytest.mark.parametrize("slip", ["## （2） 乙", "## （三）乙", "## 二、乙", "## 乙"])
def test_a_numbering_slip_is_found(slip: str) -> None:
    """The source's own （一） followed by （2） among them."""
    [(heading, expected)] = out_of_sequence(headings("# 一、甲", "## （一）甲", slip))
    assert heading.text == slip.strip("# ")
    assert expected == "（二）"
