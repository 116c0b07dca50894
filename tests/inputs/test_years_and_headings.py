"""Years judged by activity; headings read from notebooks, and numbered by the report."""

import pytest

from helpers.checks.years import fits, mentions
from helpers.errors import Place
from helpers.inputs.headings import Cell, chinese, number, read


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


ANNEX = Place("annex")


def numbered(*cells: tuple[Place, str]) -> list[str]:
    """The headings of Markdown cells, as the report has them."""
    found = read(Cell("markdown", text, place) for place, text in cells)
    return [each.numbered for each in number(found, lambda place: place == ANNEX)]


def test_the_official_numbering_is_made() -> None:
    """一、（一）1.（1）, each level starting anew below the one above."""
    text = "# 甲\n## 乙\n### 丙\n#### 丁\n#### 戊\n## 己\n### 庚\n# 辛\n## 壬"
    assert numbered((Place("x"), text)) == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "（1）丁",
        "（2）戊",
        "（二）己",
        "1.庚",
        "二、辛",
        "（一）壬",
    ]


def test_annexes_are_counted_by_themselves() -> None:
    """附件1, 附件2, …, and what stands below their titles as in sections."""
    first, last = (ANNEX, "# 乙\n## 丙"), (ANNEX, "# 丁\n## 戊\n## 己")
    assert numbered((Place("x"), "# 甲"), first, (Place("y"), "# 庚"), last) == [
        *("一、甲", "附件1 乙", "（一）丙", "二、庚"),
        *("附件2 丁", "（一）戊", "（二）己"),
    ]


def test_a_heading_knows_those_it_stands_under() -> None:
    """By it the outline tells two headings of one name apart."""
    cells = [Cell("markdown", "# 甲\n\n## 乙\n### 丙", ANNEX), Cell("code", "# 丁", ANNEX)]
    assert [each.path for each in read(cells)] == [("甲",), ("甲", "乙"), ("甲", "乙", "丙")]
