"""The report on paper: PDF, Word and Excel say what the page says, in the official form."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook
from project_copies import Copy

from helpers.publishing.paper.word_reference import REFERENCE, make_reference

SCREEN_ONLY = ".basis, details.code, svg, summary, figure caption, #summary, #appendix"


@pytest.fixture(scope="module")
def folder(made_up: Copy) -> Path:
    """Everything the made-up year that went well was asked for."""
    return made_up.root / "outputs" / "demo-2023"


@pytest.fixture(scope="module")
def word(folder: Path) -> Document:
    """The Word report."""
    return docx.Document(str(folder / "report.docx"))


def page_text(page: Path) -> str:
    """What a page says, without what only a screen has, and without any white space."""
    html = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for element in html.select(SCREEN_ONLY):
        element.decompose()
    [report] = html.select("#report")
    return squeezed(report.get_text(" "))


def word_text(document: Document) -> str:
    """What a Word report says; merged cells once."""
    parts: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts += cells(block)
    return squeezed(" ".join(parts))


def cells(table: Table) -> Iterator[str]:
    """The texts of a table's cells, each once."""
    for cell in table._tbl.iter(qn("w:tc")):  # noqa: SLF001 - python-docx repeats merged cells
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is None or merged.get(qn("w:val")) == "restart":
            yield "".join(text.text or "" for text in cell.iter(qn("w:t")))


def squeezed(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s+", "", text)


def bare(text: str) -> str:
    """A text without the brackets and words paper puts around a unit, a mark or a note."""
    return re.sub(r"[（）]|单位：|注：", "", text)


@pytest.mark.parametrize("edition", ["report", "public"])
def test_word_says_what_the_page_says(folder: Path, edition: str) -> None:
    """Every word and figure of every section, in its order, and nothing else."""
    page = bare(page_text(folder / f"{edition}.html"))
    written = bare(word_text(docx.Document(str(folder / f"{edition}.docx"))))
    assert page[-2000:] == written[-2000:]
    assert written.endswith(page)
    assert len(page) > 15_000


def test_every_fact_of_the_page_stands_in_word(folder: Path, word: Document) -> None:
    """In the same order, digit by digit."""
    html = BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "html.parser")
    for element in html.select(SCREEN_ONLY):
        element.decompose()
    facts = [link.get_text() for link in html.select("#report a.fact")]
    text, at = word_text(word), 0
    for shown in facts:
        at = text.index(squeezed(shown), at) + len(shown)
    assert len(facts) > 500


def test_headings_are_headings_with_their_numbers_as_text(word: Document) -> None:
    """One style a level, so that Word's own contents can be made of them."""
    titles = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 1"]
    assert titles[:2] == ["一、部门概况", "二、当年预算执行情况"]
    assert titles[6] == "附件1 整体绩效评价指标体系评分表"
    below = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 2"]
    assert below[0] == "（一）机构设置及职责工作任务情况"


def test_word_keeps_to_the_standard_for_official_documents(word: Document) -> None:
    """Margins, title, body, headings and page numbers of GB/T 9704."""
    first = word.sections[0]
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(margin.mm) for margin in margins if margin] == [37, 35, 28, 26]
    assert [round(side.mm) for side in (first.page_width, first.page_height) if side] == [210, 297]
    for name, font, size in (
        ("Title", "方正小标宋简体", 22),
        ("Body Text", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
    ):
        style = word.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert style.font.size == Pt(size)  # type: ignore[attr-defined]
    assert word.styles["Body Text"].paragraph_format.line_spacing == Pt(28.5)  # type: ignore[attr-defined]
    assert word.styles["Body Text"].element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert [p.text for p in first.footer.paragraphs] == ["—  —"]
    assert "PAGE" in first.footer._element.xml  # noqa: SLF001 - the field is in the XML


def test_word_is_chinese_to_its_spelling_checker(word: Document) -> None:
    """And fonts a machine lacks have a stand-in."""
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}")
    [language] = defaults.iter(qn("w:lang"))
    assert {language.get(qn(f"w:{script}")) for script in ("val", "eastAsia")} == {"zh-CN"}
    with zipfile.ZipFile(REFERENCE) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in fonts


def test_charts_are_pictures_with_a_description(word: Document, folder: Path) -> None:
    """As many as on the page, sharp in print, each reported in words."""
    html = BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "html.parser")
    descriptions = [desc.get_text() for desc in html.select("figure desc")]
    drawn = [each.get("descr") for each in word.element.iter(qn("wp:docPr"))]
    assert drawn == descriptions
    assert all(shape.width > Mm(140) for shape in word.inline_shapes)
    pictures = [part for part in word.part.package.parts if part.partname.endswith(".png")]
    assert all(int.from_bytes(part.blob[16:20]) > 1200 for part in pictures)


def test_table_heads_repeat_and_rows_are_not_cut(word: Document) -> None:
    """On every page a table goes on to."""
    for table in word.tables:
        first = table.rows[0]._tr.trPr  # noqa: SLF001 - the marks are in the XML
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None
        assert first.find(qn("w:cantSplit")) is not None


def test_the_committed_reference_is_the_one_its_module_makes(tmp_path: Path) -> None:
    """Style by style."""
    made = tmp_path / "reference.docx"
    make_reference(made)
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(REFERENCE) as old:
        assert {name: new.read(name) for name in new.namelist()} == {
            name: old.read(name) for name in old.namelist()
        }


def test_the_score_sheet_is_handed_in_as_word_and_excel(folder: Path) -> None:
    """Official columns, figures as numbers shown as the report shows them."""
    sheet = load_workbook(folder / "forms" / "评分表.xlsx").active
    assert sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "三级指标" in row)
    assert head[:10] == [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "分值",
        "得分",
        "指标解释",
        "评分标准",
        "扣分原因",
    ]
    [rate] = [c for row in sheet.iter_rows() for c in row if c.number_format == "#,##0.00%"][:1]
    assert float(str(rate.value)) == pytest.approx(0.9861)
    form = docx.Document(str(folder / "forms" / "评分表.docx"))
    assert form.paragraphs[0].text == "部门整体绩效评价指标体系评分表"
    assert [cell.text for cell in form.tables[1].rows[0].cells] == head[:10]
    assert not any(p.text.startswith("表") for p in form.paragraphs)


def test_every_project_has_its_self_evaluation_form(folder: Path) -> None:
    """Word and Excel, with funds, goal and indicators in the official columns."""
    forms = sorted(path.name for path in (folder / "forms").glob("自评表-*"))
    assert len(forms) == 12
    form = docx.Document(str(folder / "forms" / "自评表-roads.docx"))
    assert form.paragraphs[0].text == "项目支出绩效自评表"
    assert any("项目名称：乡村道路养护" in p.text for p in form.paragraphs)
    assert any("虚构数据" in p.text for p in form.paragraphs)
    heads = [[cell.text for cell in table.rows[0].cells] for table in form.tables]
    assert heads[0][1:4] == ["年初预算数", "全年预算数（A）", "全年执行数（B）"]
    assert heads[2][3:5] == ["年度指标值", "实际完成值"]


def test_a_project_without_annexes_has_no_forms(project: Copy) -> None:
    """Somebody took the notebooks out; the report is made all the same."""
    project.sections(1)
    assert project.report("build", "2023", "--docx").returncode == 0
    assert not (project.root / "outputs" / "2023" / "forms").exists()


def pdf_text(path: Path) -> str:
    """What a PDF says, without white space."""
    if not shutil.which("pdftotext"):
        pytest.skip("没有 pdftotext")
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def test_the_pdf_has_every_section_a_contents_and_page_numbers(folder: Path) -> None:
    """Department and notice in the margin, the fonts our own."""
    text = pdf_text(folder / "public.pdf")
    assert "目录" in text
    assert re.search(r"二、当年预算执行情况[.·\u2060]+\d", text)
    assert text.count("示例乡2023年度部门整体绩效评价报告演示样例，均为虚构数据") > 10
    assert "—12—" in text
    assert text.count("附件9绩效资料清单") == 2
    assert "10,968.28" in text


def test_a_signed_report_is_archival_pdf(folder: Path) -> None:
    """PDF/A-2a with the date it was signed on, tagged, without a foreign font."""
    pdf = (folder / "public.pdf").read_bytes()
    assert b"pdfaid:part" in pdf
    assert b"/ReportSansSC" in re.sub(rb"[A-Z]{6}\+", b"/", pdf) or b"ReportSansSC" in pdf
    assert b"2024-08-20" in pdf


def test_verify_rebuilds_every_document_to_the_same_bytes(project: Copy) -> None:
    """Page, public page, PDF, Word, forms: nothing in them depends on the day."""
    project.sections(3)
    every = ("--edition", "public", "--pdf", "--docx")
    built = project.report("build", "demo-2023", *every)
    assert built.returncode == 0, built.stdout + built.stderr
    assert len(list((project.root / "outputs" / "demo-2023").glob("*.docx"))) > 1
    done = project.report("verify", "demo-2023")
    assert done.stdout.splitlines()[-1] == "一致", done.stdout


def test_a_draft_report_in_word_says_it_is_one(project: Copy) -> None:
    """The real report too: a draft, with its notice."""
    project.sections(1)
    assert project.report("build", "2023", "--docx", "--pdf").returncode == 0
    made = docx.Document(str(project.root / "outputs" / "2023" / "report.docx"))
    opening = [paragraph.text for paragraph in made.paragraphs[:3]]
    assert opening[0] == "太阳宫乡2023年度部门整体绩效评价报告"
    assert "仅供演示与复核" in opening[1]
    assert opening[2] == "草稿（审核版）"
    again = project.report("build", "2023", "--docx", "--pdf")
    assert "没有变化" in again.stdout
