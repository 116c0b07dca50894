"""Characters our fonts lack: reported with their place, and printed with a font that is given."""

import io
import json
import re
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup
from faults import spoil
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser
from project_copies import Copy
from publishing.made_font import LICENCE, data, made_font

from helpers import fonts
from helpers.blocks.model import Figure, Grid, Heading, Paragraph
from helpers.blocks.words import words
from helpers.errors import ReportError, UnreadableInputError
from helpers.fonts import given
from helpers.fonts.given import given_fonts
from helpers.inputs.fingerprints import SourceFingerprints, made_from
from helpers.inputs.project import Project
from helpers.notebook.drawing import beside, canvas, use_house_style
from helpers.notebook.svg import svg
from helpers.publishing.documents import documents
from helpers.publishing.executed import read_sections
from helpers.publishing.facts_file import facts_json
from helpers.publishing.formats import OutputFormats
from helpers.publishing.material import Material
from helpers.publishing.page_fonts import faces
from helpers.publishing.section import Section
from helpers.run import Run
from helpers.workflow.batch.summary import write_summary

RARE = "𠮷𰻝"
BOXES = (
    *"𠮷㛃⿰😀€\ue000\U000f0000\ufffc\u0301\ufffe\U000e0100\ufe0f\x85\x01\u3164\u0378",
    *"\U00031350\ud800\u0f40\u115f\ufdd0",
)


def give(project: Copy, content: bytes, name: str = "rare.ttf") -> Path:
    """Put a file into the project's folder of fonts."""
    path = project.root / "fonts" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def rewritten(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_character_without_a_glyph_is_reported_with_its_place(project: Copy) -> None:
    """Wherever it reaches the page from: every kind of input, before anything is run."""
    project.param("head", f"head: 张{RARE[1]}")
    project.param("notice", f"notice: {RARE[0]}乡")
    project.set("机构", 0, "机构名称", "㛃办公室")
    project.say("⿰的说明")
    rewritten(project.root / "notebooks" / "01-overview.ipynb", "名称见下表", "名称䶮见下表")
    rewritten(project.root / "params" / "rubrics" / "beijing.yaml", "预算执行率", "预算執龢行率")
    rewritten(
        project.root / "notebooks" / "02-budget-execution.ipynb", "当年预算执行", "当年预算😀执行"
    )
    spoil(project, "03-performance-targets.ipynb", "# 鿏")
    done = project.report("check", "2023")
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if "字体没有的字" in line]
    for place, char in (
        ("params（head）", "𰻝（U+30EDD）"),
        ("params（notice）", "𠮷（U+20BB7）"),
        ("data/2023/机构.csv 第2行 “机构名称”列", "㛃（U+36C3）"),
        ("“文字”列", "⿰（U+2FF0）"),
        ("notebooks/01-overview.ipynb", "䶮（U+4DAE）"),
        ("params/rubrics/beijing.yaml", "龢（U+9FA2）"),
        ("notebooks/02-budget-execution.ipynb", "😀（U+1F600）"),
        ("notebooks/03-performance-targets.ipynb", "鿏（U+9FCF）"),
    ):
        assert len([line for line in lines if place in line and char in line]) == 1, (
            place,
            lines,
        )
    assert len(lines) == 8
    assert "放入项目的 fonts 文件夹" in lines[0]


@pytest.mark.parametrize("char", BOXES)
def test_what_would_be_a_box_is_missing(char: str) -> None:
    """Private, unassigned, controls, joined marks, halves of a character: whatever it is."""
    assert fonts.missing(f"甲{char}乙·〇々") == [char]


@pytest.mark.parametrize("char", sorted(fonts.NOT_DRAWN | set("\u3000\xa0")))
def test_what_is_not_drawn_needs_no_glyph(char: str) -> None:
    """And a program that wants one for everything does not get it, or a space."""
    assert fonts.missing(f"甲{char}乙") == []
    assert fonts.missing(fonts.plain(f"甲{char}乙")) == []


def test_a_font_that_is_given_prints_what_ours_lack(project: Copy, browser: Browser) -> None:
    """On the page, in its charts, in PDF and Word; reported in the appendix; the rest as ever."""
    project.sections(1)
    project.param("department", f"department: {RARE[0]}乡")
    project.param("head", f"head: 张{RARE[1]}")
    project.set("人员", 0, "人员类别", f"行政{RARE[0]}人员")
    path = give(project, data(made_font(RARE)))
    give(project, b"Reserved.", "LICENCE.txt")
    done = project.report("build", "2023", "--pdf", "--docx")
    assert done.returncode == 0, done.stdout + done.stderr
    folder = project.root / "outputs" / "2023"
    html = (folder / "report.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    [font] = given_fonts(project.root)
    assert [cell.get_text() for cell in page.select("#table-fonts tbody tr > *")] == [
        *("fonts/rare.ttf", "Rare Test", LICENCE, font.sha256)
    ]
    [label] = [text for text in page.select("svg text") if RARE[0] in text.get_text()]
    assert font.alias in str(label["style"])
    assert drawn_with(browser, folder / "report.html", "h1, #s01-figure-staff text, dd") == {
        "Report Sans SC",
        "Rare Test",
    }
    assert b"/RareTest" in re.sub(rb"[A-Z]{6}\+", b"/", (folder / "report.pdf").read_bytes())
    carried(folder / "report.docx")
    path.write_bytes(data(made_font(RARE + "㛃")))
    assert "没有变化" not in project.report("build", "2023").stdout


def drawn_with(browser: Browser, file: Path, selector: str) -> set[str]:
    """The names of the fonts that the browser draws these elements with, all of the page's own."""
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.get_attribute("html", "data-recheck") == "ok"
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    found = client.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    used = [
        font
        for node in found
        for font in client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    ]
    assert all(font["isCustomFont"] for font in used), used
    page.close()
    return {font["familyName"] for font in used}


def carried(word: Path) -> None:
    """The Word report sets the characters in the font, and holds it as Word does."""
    with zipfile.ZipFile(word) as archive:
        document = BeautifulSoup(archive.read("word/document.xml"), "xml")
        table = BeautifulSoup(archive.read("word/fontTable.xml"), "xml")
        mixed = archive.read("word/fonts/given1.odttf")
    runs = [run for run in document.find_all("r") if set(RARE) & set(run.get_text())]
    assert runs
    assert {run.get_text() for run in runs} <= set(RARE)
    assert {run.rFonts["w:eastAsia"] for run in runs} == {"Rare Test"}
    [link] = table.find_all("embedRegular")
    assert link.parent["w:name"] == "Rare Test"
    key = bytes.fromhex(re.sub(r"[{}-]", "", link["w:fontKey"]))[::-1]
    clear = bytes(a ^ b for a, b in zip(mixed[:32], key * 2, strict=True)) + mixed[32:]
    assert set(map(chr, TTFont(io.BytesIO(clear)).getBestCmap())) == set(RARE)


def claiming(characters: int) -> bytes:
    """A font whose map of characters says it holds so many."""
    font = made_font(RARE).font
    ranges = struct.pack(">LLL", 0x20000, 0x20000 + characters, 1)
    head = struct.pack(">HHHHL", 0, 1, 3, 10, 12) + struct.pack(">HHLLL", 12, 0, 28, 0, 1)
    font["cmap"] = _Raw("cmap", head + ranges)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


class _Raw:
    """A table of a font as bytes."""

    def __init__(self, tag: str, content: bytes) -> None:
        self.tableTag, self.content = tag, content

    def compile(self, _: TTFont) -> bytes:
        """The bytes."""
        return self.content


WHOLE = data(made_font(RARE))
REFUSED = {
    "text": ("x.ttf", "甲".encode(), "不是单个字体的文件"),
    "nothing": ("x.ttf", b"", "不是单个字体的文件"),
    "of the web": ("x.otf", b"wOF2" + WHOLE, "不是单个字体的文件"),
    "a collection": ("x.ttf", b"ttcf" + WHOLE, "不是单个字体的文件"),
    "of another kind": ("x.woff2", WHOLE, "不是字体文件"),
    "a zip": ("x.zip", b"PK", "不是字体文件"),
    "cut short": ("x.ttf", WHOLE[:300], "不是可读的字体文件"),
    "a beginning alone": ("x.ttf", WHOLE[:12], "不是可读的字体文件"),
    "of billions of characters": ("x.ttf", claiming(4_000_000_000), "不是可读的字体文件"),
    "of two millions": ("x.ttf", claiming(2_000_000), "不是可读的字体文件"),
    "not to be embedded": ("x.ttf", data(made_font(RARE, rights=0x0002)), "许可不允许嵌入"),
    "not to be cut": ("x.ttf", data(made_font(RARE, rights=0x0108)), "许可不允许嵌入"),
    "of many weights": ("x.ttf", data(made_font(RARE, variable=True)), "不是单一字重"),
    "empty": ("x.ttf", data(made_font("")), "没有字"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_font_to_print_with_is_refused(project: Copy, what: str) -> None:
    """By name, as an input that cannot be read; nothing of it reaches anything."""
    name, content, said = REFUSED[what]
    give(project, content, name)
    with pytest.raises(UnreadableInputError, match=rf"^fonts/{name}：.*{said}"):
        given_fonts(project.root)


def test_more_files_that_are_no_fonts(project: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a link out of the project, too large; hidden files are nobody's."""
    give(project, b"", ".DS_Store")
    assert given_fonts(project.root) == ()
    path = give(project, WHOLE)
    with monkeypatch.context() as patch:
        patch.setattr(given, "LARGEST", len(WHOLE) - 1)
        with pytest.raises(UnreadableInputError, match="文件过大"):
            given_fonts(project.root)
    outside = project.root.parent / f"{project.root.name}.ttf"
    path.rename(outside)
    path.symlink_to(outside)
    with pytest.raises(UnreadableInputError, match="指向项目之外"):
        given_fonts(project.root)
    assert len(given_fonts(project.root, outside=True)) == 1
    path.unlink()
    path.mkdir()
    done = project.report("check", "2023")
    assert (done.returncode, "fonts/rare.ttf：不是字体文件" in done.stderr) == (2, True)


def test_every_bit_of_a_font_may_be_wrong(project: Copy) -> None:
    """It is refused, or used, or its characters stay missing; it never ends in anything else."""
    outcomes = set()
    for at in range(12, len(WHOLE), 7):
        path = give(project, WHOLE[:at] + bytes([WHOLE[at] ^ 0xFF]) + WHOLE[at + 1 :])
        try:
            faces(RARE, "", given=given_fonts(project.root))
            outcomes.add("used")
        except ReportError as error:
            outcomes.add("missing" if "字体中没有的字" in str(error) else f"refused {error.place}")
        path.unlink()
    assert outcomes == {"used", "missing", "refused fonts/rare.ttf"}


def test_a_glyph_that_draws_nothing_is_none(project: Copy) -> None:
    """A name with a gap in it would be printed as if it were whole."""
    give(project, data(made_font(RARE, empty=RARE[0])))
    assert fonts.missing(f"甲{RARE}", given_fonts(project.root)) == [RARE[0]]


def test_the_first_font_that_has_a_character_prints_it(project: Copy) -> None:
    """By the names of the files; what ours have is never set in another; the same bytes again."""
    give(project, data(made_font("㛃甲", family="乙")), "2.ttf")
    give(project, data(made_font(f"{RARE}㛃", family="甲")), "1.otf")
    both = given_fonts(project.root)
    used = fonts.by_given(f"甲乙㛃{RARE[0]}", both)
    assert {font.family: found for font, found in used.items()} == {"甲": {"㛃", RARE[0]}}
    made = faces(f"甲㛃{RARE}", "", given=both)
    assert made == faces(f"甲㛃{RARE}", "", given=given_fonts(project.root))
    assert made.count("@font-face") == 3


def test_a_font_counts_among_what_a_report_is_made_from(project: Copy) -> None:
    """Its coming, changing and going; not what an office's machine leaves beside it."""
    here = Project(project.root)
    before = made_from(here, [])
    give(project, WHOLE)
    given_one = made_from(here, [])
    give(project, b"x", ".DS_Store")
    assert given_one.code != before.code
    assert made_from(here, []) == given_one
    give(project, data(made_font("㛃")))
    assert made_from(here, []) != given_one


def test_no_character_stops_the_list_of_many_reports(tmp_path: Path, built: Path) -> None:
    """What a report failed for, and whose it is, stand there all the same."""
    output = tmp_path / "outputs" / "x"
    output.mkdir(parents=True)
    for name in ("manifest.json", "facts.json"):
        content = json.loads((built / name).read_text(encoding="utf-8"))
        if name == "manifest.json":
            content["params"]["department"] = f"{RARE}😀乡"
        (output / name).write_text(json.dumps(content), encoding="utf-8")
    write_summary(Project(tmp_path), ["x"], {"y": f"没有的字：{RARE}"})
    assert f"没有的字：{RARE}" in (tmp_path / "outputs" / "index.html").read_text(encoding="utf-8")


ODD = "".join(sorted(fonts.NOT_DRAWN - set("\t\n\f\r")))


def test_characters_nobody_sees_stop_nothing(
    real_run: Run, built: Path, tmp_path: Path, browser: Browser
) -> None:
    """In title, notice, sign-off, prose and a chart, whatever the readers of inputs let through."""
    odd = dict.fromkeys(("department", "notice", "head"), f"甲{ODD}乙")
    params = real_run.params.model_copy(update=odd)
    run = replace(real_run, contents=replace(real_run.contents, params=params))
    notebooks = sorted((built / "notebooks").glob("*.ipynb"))[:2]
    sections, _ = read_sections(notebooks, run, {})
    use_house_style()
    axes = canvas(height=1)
    beside(axes, 0, 0, f"丙{ODD}丁")
    drawn = svg(axes.get_figure(), "odd", f"丙{ODD}丁", f"丙{ODD}丁")
    numbers = Grid("table-odd", f"丙{ODD}丁", ("列",), [(f"丙{ODD}丁",)])
    sections.append(
        Section(
            "s99",
            "戊",
            annex=True,
            blocks=[
                Heading(1, "戊", "s99-title"),
                Paragraph("s99-text", words(f"甲{ODD}乙")),
                Figure("figure-odd", "己", f"丙{ODD}丁", drawn, words(), numbers),
            ],
        )
    )
    facts = facts_json(run.facts, SourceFingerprints("", "", ""), run.params.notice)
    material = Material(run, sections, [], SourceFingerprints("", "", ""), facts)
    made = dict(documents(material, OutputFormats(pdf=True, word=True)))
    (tmp_path / "report.html").write_bytes(made["report.html"])
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    assert page.get_attribute("html", "data-recheck") == "ok", page.inner_text("#recheck")
    assert page.text_content("#s99-text") == f"甲{ODD}乙"
    page.close()
    assert made["report.pdf"].startswith(b"%PDF")
    word = docx.Document(io.BytesIO(made["report.docx"]))
    assert f"甲{ODD}乙" in [paragraph.text for paragraph in word.paragraphs]
