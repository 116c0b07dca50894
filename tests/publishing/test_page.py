"""The built page: one self-contained file whose figures are the facts."""

import base64
import hashlib
import json
import re
import threading
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from page_changes import data_text, facts_of
from project_copies import Copy

from helpers import fonts
from helpers.blocks.html import HtmlWriter
from helpers.blocks.model import Grid
from helpers.errors import ReportError
from helpers.publishing import page_fonts
from helpers.publishing.page_fonts import faces


@pytest.fixture(scope="module")
def html(built: Path) -> str:
    """The page as text."""
    return (built / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html: str) -> BeautifulSoup:
    """The page, parsed."""
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def facts(built: Path) -> dict[str, dict[str, object]]:
    """facts.json by id."""
    listed = json.loads((built / "facts.json").read_text(encoding="utf-8"))
    return {fact["id"]: fact for fact in listed}


def test_the_figures_of_the_page_are_those_of_facts_json(
    page: BeautifulSoup, facts: dict[str, dict[str, object]]
) -> None:
    """Same ids, same shown text; every fact is listed in the appendix."""
    shown = page.select("a.fact")
    assert len(shown) > 100
    for element in shown:
        assert element.get_text() == facts[str(element["href"]).removeprefix("#fact-")]["display"]
    listed = {str(line["id"]): line.get_text() for line in page.select(".facts dt")}
    assert list(listed) == [f"fact-{id}" for id in facts]
    for fact in facts.values():
        unit = "" if fact["unit"] == "%" or not fact["value"] else fact["unit"]
        assert listed[f"fact-{fact['id']}"] == f"{fact['label']} {fact['display']}{unit}"


def test_a_fact_says_all_that_stands_behind_it(facts: dict[str, dict[str, object]]) -> None:
    """The keys readers of facts.json may count on; a reason where there is no value."""
    wanted = {"id", "label", "value", "display", "unit", "formula", "inputs", "sources"}
    for fact in facts.values():
        assert wanted <= set(fact)
        assert bool(fact["value"]) != bool(fact["reason"])
    assert facts["execution_rate"]["formula"] == "全年执行数 ÷ 全年预算数 × 100%"
    assert facts["execution_rate"]["inputs"] == ["executed", "budget"]


def test_the_page_is_chinese_and_titled(page: BeautifulSoup) -> None:
    """Language, title and heading."""
    assert page.html
    assert page.title
    assert page.h1
    assert page.html["lang"] == "zh-CN"
    assert page.title.string == page.h1.string == "太阳宫乡2023年度部门整体绩效评价报告"


def test_the_first_lines_say_what_the_report_is(page: BeautifulSoup) -> None:
    """Made from published figures, not confirmed, a draft."""
    [cover] = page.select(".cover")
    lines = [line for line in cover.get_text().splitlines() if line.strip()]
    assert (
        lines[0]
        == "依据已公开报告数据重新编制，文字未经太阳宫乡确认，仅供演示与复核，不作为正式文件。"
    )
    assert "草稿" in lines[2]


def test_the_page_asks_for_nothing_from_anywhere(html: str, page: BeautifulSoup) -> None:
    """No address but fragments and data, and a policy that forbids the rest."""
    for attribute in ("src", "href", "xlink:href", "action", "srcset", "poster"):
        for element in page.select(f"[{attribute.replace(':', chr(92) + ':')}]"):
            assert str(element[attribute]).startswith(("#", "data:")), element
    assert not re.search(r"@import|url\((?!data:|#)", html)
    assert not page.select("link, iframe, object, embed, base")


def test_the_policy_allows_just_our_scripts(page: BeautifulSoup) -> None:
    """Its hashes are those of the scripts in the page; the facts beside them are data."""
    [meta] = page.select('meta[http-equiv="Content-Security-Policy"]')
    assert [block["type"] for block in page.select("script[type]")] == ["application/x-deflate"]
    digests = [
        base64.b64encode(hashlib.sha256(script.get_text().encode()).digest()).decode()
        for script in page.select("script:not([type])")
    ]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert meta["content"] == (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; form-action 'none'; base-uri 'none'"
    )


def test_figures_and_tables_are_numbered_through_the_report(page: BeautifulSoup) -> None:
    """图1, 图2, … and 表1, 表2, …, in the order of the page."""
    for kind, selector in (("图", "figcaption .number"), ("表", "caption .number")):
        numbers = [element.get_text() for element in page.select(selector)]
        assert numbers == [f"{kind}{n}" for n in range(1, len(numbers) + 1)]
        assert len(numbers) >= 4


def test_every_chart_has_caption_alt_text_reading_and_numbers(page: BeautifulSoup) -> None:
    """Real text in the drawing, a name and a description, a sentence, and a table."""
    charts = page.select("figure")
    assert len(charts) == 4
    for chart in charts:
        drawing = chart.svg
        assert drawing
        assert drawing["role"] == "img"
        for id in str(drawing["aria-labelledby"]).split():
            assert len(page.select(f"#{id}")) == 1
            assert len(page.select(f"#{id}")[0].get_text()) > 8
        assert chart.select("svg text")
        assert chart.select_one("figcaption .title")
        assert chart.select_one("p.reading a.fact")
        assert chart.select("details table a.fact")


def test_the_numbers_in_a_chart_are_those_of_its_table(page: BeautifulSoup) -> None:
    """What is written into the drawing is what the facts display."""
    chart = page.select_one("#s02-figure-budget-and-spending")
    assert chart
    drawn = {text.get_text().split()[-1] for text in chart.select("svg text")}
    listed = {link.get_text() for link in chart.select("details a.fact")}
    assert {"17,911.28", "17,825.57", "5,275.74"} <= drawn & listed


def test_the_page_carries_the_facts_and_their_fingerprint(
    html: str, page: BeautifulSoup, facts: dict[str, dict[str, object]], built: Path
) -> None:
    """Every figure with all that is told of it as in facts.json, and every cell once."""
    told = facts_of(html)
    same = ("label", "value", "reason", "display", "unit", "decimals", "rounding", "tree")
    also = ("formula", "substituted", "denominator")
    for fact in told:
        for name in (*same, *also):
            assert fact[name] == facts[fact["id"]][name]
    assert [fact["id"] for fact in told] == list(facts)
    cells = {json.dumps(each) for fact in facts.values() for each in fact["sources"]}  # type: ignore[attr-defined]
    data = json.loads(data_text(html))
    assert len(data["cells"]) == len(data["origins"]) == len(cells)
    fingerprint = hashlib.sha256((built / "facts.json").read_bytes()).hexdigest()
    assert page.select("#fingerprint")[0].get_text() == fingerprint


def test_page_and_facts_say_what_they_are_made_from(
    page: BeautifulSoup, facts: dict[str, dict[str, object]], built: Path
) -> None:
    """Fingerprints of inputs, pins and code; versions and commit stand in the manifest alone."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    made = manifest["made_from"]
    assert set(made) == {"inputs", "pins", "code"}
    shown = page.select(".fingerprints")[0].get_text()
    assert all((fingerprint or "无") in shown for fingerprint in made.values())
    assert all(fact["made_from"] == made for fact in facts.values())
    assert manifest["python"]
    assert manifest["commit"] == "" or manifest["commit"] not in page.get_text()
    for path in (built / "notebooks").glob("*.ipynb"):
        assert manifest["python"] not in path.read_text(encoding="utf-8")


def test_the_appendix_tells_formula_and_source_of_a_figure(page: BeautifulSoup) -> None:
    """Of what is computed its formula and its lines, of what was read its cell and its text."""

    def told(id: str) -> str:
        line = page.select_one(f"#fact-{id} + dd")
        assert line
        return line.get_text()

    assert told("execution_rate") == "全年执行数 ÷ 全年预算数 × 100%；预算执行.csv第2—3行"
    assert told("project_executed") == "预算执行.csv 第3行 “全年执行数”列：17825.571703"
    assert told("carryover_balance") == (
        "年末结转结余数未填（预算执行.csv 第4行 “年末结转结余数”列）"
    )


def test_without_scripts_every_figure_leads_to_its_line(page: BeautifulSoup) -> None:
    """Which is there for each."""
    for link in page.select("a.fact"):
        assert page.select(str(link["href"]))


def test_every_input_file_and_every_check_is_listed(page: BeautifulSoup, built: Path) -> None:
    """With fingerprint and rows; with result."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    inputs = page.select_one("#table-inputs")
    checks = page.select_one("#table-checks")
    assert inputs
    assert checks
    for file in manifest["inputs"]:
        assert file["file"] in inputs.get_text()
        assert file["sha256"] in inputs.get_text()
    assert all(check["check"] in checks.get_text() for check in manifest["checks"])


def test_ids_are_unique_and_links_lead_somewhere(page: BeautifulSoup) -> None:
    """Sections, figures and charts do not clash."""
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    targets = [str(link["href"]).removeprefix("#") for link in page.select('a[href^="#"]')]
    assert targets
    assert set(targets) <= set(ids)


def test_the_contents_list_every_section_and_part(page: BeautifulSoup) -> None:
    """Down to （一）, with the appendix."""
    listed = [link.get_text() for link in page.select(".contents a")]
    heads = [head.get_text() for head in page.select("main h2, main h3")]
    assert listed == heads
    assert listed[:2] == ["要点", "一、部门概况"]
    assert "附件2 数据来源及复核说明" in listed


def test_code_is_there_but_folded(page: BeautifulSoup) -> None:
    """One fold a section, closed."""
    folds = page.select("section > details.code")
    assert len(folds) == 7
    assert all("open" not in fold.attrs for fold in folds)
    assert 'key="execution-rates"' in folds[1].get_text()


def test_keyboard_readers_are_not_sent_through_every_cell(page: BeautifulSoup) -> None:
    """Only what scrolls takes a tab stop of its own."""
    assert {element["class"][0] for element in page.select("[tabindex]")} == {"grid"}


def test_statements_without_data_are_marked(page: BeautifulSoup) -> None:
    """单位自述 stands beside them."""
    marked = page.select("p.own-statement .basis")
    assert len(marked) > 20
    assert all("单位自述" in basis.get_text() for basis in marked)


def test_what_cannot_be_scored_says_so(page: BeautifulSoup) -> None:
    """One score, two reasons, no total and no grade."""
    table = page.select_one("#s05-table-scores")
    assert table
    assert "19.93" in table.get_text()
    assert table.get_text().count("资料不足，暂不评分") == 3
    assert not re.search(r"评价等级为|总分为|（优）|（良）", page.get_text())


def test_every_finding_stands_in_the_appendix(page: BeautifulSoup, built: Path) -> None:
    """What the check listed, the reviewer reads."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    table = page.select_one("#table-findings")
    assert table
    assert len(table.select("tbody tr")) == len(manifest["findings"])
    assert all(finding["problem"] in table.get_text() for finding in manifest["findings"])


def test_years_to_verify_are_marked(page: BeautifulSoup) -> None:
    """The two of the source that do not fit, and not the third."""
    table = page.select_one("#s04-table-work-years")
    assert table
    assert table.get_text().count("年度待核实") == 2


def test_no_figure_is_spelt_out_of_style(page: BeautifulSoup) -> None:
    """No six-decimal amount, no rate without its sign, no missing value dressed as a number."""
    body = "".join(section.get_text() for section in page.select("main section:not(.appendix) p"))
    assert not re.search(r"\d\.\d{3,}", body)
    assert not re.search(r"nan|None|inf|Decimal|Fraction", body)


def test_a_character_without_a_glyph_stops_the_build() -> None:
    """Named, with the words around it."""
    with pytest.raises(ReportError, match="字体中没有的字：𠮷，见“本乡有一处𠮷野家门店”"):
        faces("本乡有一处𠮷野家门店", "")


def test_the_fonts_come_with_their_licence() -> None:
    """SIL OFL beside the files."""
    assert "SIL OPEN FONT LICENSE" in (fonts.path("Bold").parent / "OFL.txt").read_text().upper()


def test_the_page_has_panels_and_no_titles(built: Path) -> None:
    """A title is for JupyterLab; on the page the panel tells more, to the keyboard as well."""
    page = (built / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"<data[^>]* title=", page)


def test_columns_that_belong_together_share_a_head() -> None:
    """Two rows of head: single columns span both, a group spans its columns."""
    grid = Grid("x", "题", ("层", "发放", "回收", "率"), [], groups={"问卷": ("发放", "回收")})
    head = BeautifulSoup(HtmlWriter().grid(grid), "html.parser").select("thead tr")
    first = [(th.get_text(), th.get("rowspan"), th.get("colspan")) for th in head[0].select("th")]
    assert first == [("层", "2", None), ("问卷", None, "2"), ("率", "2", None)]
    assert [th.get_text() for th in head[1].select("th")] == ["发放", "回收"]


def test_a_table_for_reviewers_says_so_with_or_without_rows() -> None:
    """The public edition leaves it out by that mark."""
    for rows in ([], [("甲",)]):
        grid = Grid("x", "题", ("列",), rows, absent="没有。", for_review=True)
        assert BeautifulSoup(HtmlWriter().grid(grid), "html.parser").select(".for-review")


def test_faces_are_made_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads at once spoil a list that fontTools fills on first use: other bytes, seldom."""
    made_by = []
    monkeypatch.setattr(
        page_fonts, "_face", lambda *_: made_by.append(threading.current_thread()) or ""
    )
    faces("一", "")
    assert made_by == [threading.main_thread()] * 2


def test_the_code_of_a_section_shows_the_parameters_of_its_run(made_up: Copy) -> None:
    """Never the run that its notebook opens by itself, which may be another unit's."""
    page = (made_up.root / "outputs" / "demo-2024" / "report.html").read_text(encoding="utf-8")
    code = re.findall(r'<details class="code">.+?</details>', page, re.DOTALL)
    assert len(code) > 10
    for section in code:
        assert "run = &#34;demo-2024&#34;" in section
        assert "run = &#34;2023&#34;" not in section
