"""The two editions: what the public one leaves out, and when it is refused."""

import re
from copy import copy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from project_copies import Copy

from helpers.inputs.fingerprints import SourceFingerprints
from helpers.publishing.editions import PUBLIC, REVIEW
from helpers.publishing.executed import read_sections
from helpers.publishing.material import Material
from helpers.publishing.page import edition_body, render_page
from helpers.run import Run

APPARATUS = (
    ".csv",
    "facts.json",
    "SHA-256",
    "复核",
    "倒推",
    "暂不评分",
    "待补充",
    "依据：",
    "公开数",
    "警告",
    "单元格",
    "data/",
    "查看本部分代码",
    "审核版",
    "草稿",
)


@pytest.fixture(scope="module")
def public(made_up: Copy) -> BeautifulSoup:
    """The public page of the made-up year that went well."""
    page = made_up.root / "outputs" / "demo-2023" / "public.html"
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def review(made_up: Copy) -> BeautifulSoup:
    """The reviewers' page of the same year."""
    page = made_up.root / "outputs" / "demo-2023" / "report.html"
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("words", APPARATUS)
def test_nothing_of_the_reviewers_stands_in_the_public_page(
    public: BeautifulSoup, review: BeautifulSoup, words: str
) -> None:
    """No finding, file, cell, code, fingerprint or mark, in the text or behind it."""
    assert words not in re.sub(r"data:font[^)]*", "", str(public))
    if words not in {"暂不评分", "待补充", "草稿", "倒推", "单元格"}:
        assert words in review.get_text()


def test_the_public_page_carries_no_hash_and_no_fact(public: BeautifulSoup) -> None:
    """Figures are words there: no ids, exact values, panel or data block."""
    assert not public.select(".fact, #facts, #panel, #appendix, .basis, .pending, mark")
    [report] = public.select("#report")
    assert not re.search(r"\b[0-9a-f]{32,}\b", str(report))


def test_no_mark_of_a_public_chart_leads_anywhere(public: BeautifulSoup) -> None:
    """There is nothing for it to lead to; the chart is a picture with its words."""
    assert public.select("svg.chart[role=img]")
    assert public.select("[data-fact]") == []


def test_both_editions_tell_the_same_figures(public: BeautifulSoup, review: BeautifulSoup) -> None:
    """The public text is the reviewers' without their part, in the same order."""
    review = copy(review)  # the other tests want it whole
    for part in review.select(".basis, .pending, details.code, #appendix, .for-review"):
        part.decompose()
    [mine], [theirs] = public.select("#report"), review.select("#report")
    texts = [section.get_text() for section in mine.select("section")[1:]]
    meant = [section.get_text() for section in theirs.select("section")[1:]]
    assert len(texts) == 15
    numbers = r"[\d,]+(?:\.\d+)?%?"
    assert [re.findall(numbers, text) for text in texts] == [
        re.findall(numbers, text) for text in meant
    ]


def test_the_public_page_is_signed(public: BeautifulSoup) -> None:
    """Five names and a date on top, department and date below the last section."""
    assert [dd.get_text() for dd in public.select(".sign-off dd")] == [
        "示例编制人",
        "示例审核人",
        "示例负责人",
        "示例保密审查人",
        "2024年8月20日",
    ]
    [signature] = public.select("#s06 .signature")
    assert signature.get_text("|", strip=True) == "示例乡|2024年8月20日"


def test_the_real_report_has_no_public_edition(project: Copy) -> None:
    """It is reported everything that is open, and nothing is built."""
    done = project.report("build", "2023", "--edition", "public")
    assert done.returncode == 1
    assert "不是定稿" in done.stderr
    assert "“产出指标”暂未评分" in done.stderr
    assert "落款未填：保密审查人（secrecy_reviewed_by）" in done.stderr
    assert not (project.root / "outputs" / "2023").exists()


@pytest.mark.parametrize(
    ("key", "line", "message"),
    [
        ("status", "status: 送审稿", "报告还是送审稿，不是定稿"),
        ("head", 'head: ""', "落款未填：单位负责人（head）"),
        ("secrecy_reviewed_by", 'secrecy_reviewed_by: ""', "落款未填：保密审查人"),
    ],
)
def test_a_public_edition_wants_everything_signed(
    project: Copy, key: str, line: str, message: str
) -> None:
    """One blank is enough to refuse it."""
    demo = project.of("demo-2023")
    demo.param(key, line)
    done = demo.report("build", "demo-2023", "--edition", "public")
    assert done.returncode == 1
    assert message in done.stdout + done.stderr


def test_an_item_without_a_score_keeps_the_report_from_the_public(project: Copy) -> None:
    """It names the item."""
    demo = project.of("demo-2023")
    demo.set("管理情况", demo.row("管理情况", "finance_system"), "得分", "")
    done = demo.report("build", "demo-2023", "--edition", "public")
    assert done.returncode == 1
    assert "“财务管理制度健全性”暂未评分" in done.stdout + done.stderr


def test_what_was_published_is_not_judged_in_public(built: Path, real_run: Run) -> None:
    """Printed ratios and what is worked back from them stay with the reviewers."""
    executed = sorted((built / "notebooks").glob("*.ipynb"))
    sections, _ = read_sections(executed, real_run, {})
    material = Material(real_run, sections, [], SourceFingerprints("", "", ""), "[]")
    theirs, public = (
        render_page(material, edition, edition_body(material, edition)).text
        for edition in (REVIEW, PUBLIC)
    )
    for words in (
        "公开报告所印预算执行率",
        "按公开比率倒推",
        "公开数与复核数对照",
        "应在年中预算调整中查找",
    ):
        assert words in theirs
        assert words not in public
    assert "（四）结转结余率" in public
