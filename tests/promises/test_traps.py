"""The classic traps, by name: each is read right or refused in one screen, soon."""

import re
import time
import zipfile
from collections.abc import Callable
from fractions import Fraction

import pytest
from made_workbooks import BASIC, GOOD, HEAD, PROJECT, SHEET, in_workbook, inside
from openpyxl import Workbook, load_workbook
from project_copies import ROOT, Copy

from helpers.errors import SCREEN, ReportError
from helpers.inputs.workbooks import WORKBOOK


def refused(project: Copy, said: str) -> None:
    """File, place and cause are named, in one screen, within ten seconds."""
    begun = time.monotonic()
    try:
        message = "\n".join(str(error) for error in project.load().errors[:SCREEN])
    except ReportError as error:
        message = str(error)
    assert said in message
    assert len(message.splitlines()) <= SCREEN + 1
    assert max(map(len, message.splitlines())) < 500
    assert time.monotonic() - begun < 10


def csv_table(rows: str = "") -> str:
    """预算执行 with rows of one's own."""
    own = rows or f"基本支出,,{BASIC},{BASIC},\n项目支出,,{PROJECT},{PROJECT},\n"
    return ",".join(HEAD) + "\n" + own + "合计,,23187.01839,23187.01839,\n"


CSV_TRAPS: dict[str, tuple[bytes, str]] = {
    "UTF-16": (csv_table().encode("utf-16"), "预算执行.csv：是 UTF-16 编码"),
    "NUL bytes": (csv_table().replace("基本", "基\0本").encode(), "预算执行.csv：是 UTF-16 编码"),
    "neither UTF-8 nor GBK": (csv_table().encode() + b"\xff\xff", "不是 UTF-8 或 GBK 编码"),
    "duplicate headers": (
        csv_table().replace("年初预算数", "全年预算数").encode(),
        "第1行：列名重复：全年预算数",
    ),
    "a quote that never ends": (csv_table().encode() + b'"', "引号不配对"),
    "1e400": (csv_table("基本支出,,1e400,1,\n").encode(), "“1e400”写法不对（应为数字"),
    "NaN": (csv_table("基本支出,,NaN,1,\n").encode(), "“NaN”写法不对"),
    "Infinity": (csv_table("基本支出,,Infinity,1,\n").encode(), "“Infinity”写法不对"),
    "thousands of digits": (csv_table(f"基本支出,,{'9' * 5000},1,\n").encode(), "写法不对"),
    "a rate where an amount belongs": (csv_table("基本支出,,12.3%,1,\n").encode(), "写法不对"),
    "a cell of a million characters": (csv_table(f"{'长' * 10**6},,1,1,\n").encode(), "无法读取"),
    "a formula": (csv_table("=cmd|' /C calc'!A0,,1,1,\n").encode(), "以公式的写法开头"),
    "a control character": (csv_table("基本\x1b[31m支出,,1,1,\n").encode(), "U+001B"),
    "text that runs backwards": (csv_table("基本\u202e支出,,1,1,\n").encode(), "U+202E"),
}


@pytest.mark.parametrize("trap", CSV_TRAPS)
def test_a_csv_that_cannot_be_read_surely_is_refused(project: Copy, trap: str) -> None:
    """By the command, with the place."""
    content, said = CSV_TRAPS[trap]
    project.path("预算执行").write_bytes(content)
    refused(project, said)


def test_a_table_wrong_in_every_row_is_one_screen(project: Copy) -> None:
    """The command tells the first errors, and how to see them all."""
    project.path("预算执行").write_text(csv_table("x,y,z,u,v\n" * 5000), encoding="utf-8")
    done = project.report("build", "2023")
    assert done.returncode == 1
    assert "report check 2023 列出全部发现" in done.stderr
    assert len((done.stdout + done.stderr).splitlines()) == SCREEN + 1


def test_a_million_rows_are_refused_before_they_are_read(project: Copy) -> None:
    """No table of a department has as many."""
    rows = "项目支出,,17911.276641,17825.571703,\n" * 1_000_000
    project.path("预算执行").write_text(csv_table(rows), encoding="utf-8")
    refused(project, "预算执行.csv：文件过大（请核对是不是数据表）")


def test_a_line_of_a_gigabyte_is_refused_before_it_is_read(project: Copy) -> None:
    """By its size alone."""
    with project.path("预算执行").open("wb") as file:
        file.truncate(10**9)
    refused(project, "预算执行.csv：文件过大")


READ_RIGHT: dict[str, bytes] = {
    "GBK": csv_table().encode("gbk"),
    "a byte order mark": csv_table().encode("utf-8-sig"),
    "mixed line ends": csv_table().replace("\n", "\r\n", 1).encode(),
    "全角 digits": csv_table(
        "基本支出,,５２７５．７４１７４９,5275.741749,\n项目支出,,17911.276641,17911.276641,\n"
    ).encode(),
    "thousands": csv_table(
        '基本支出,,"5,275.741749","5,275.741749",\n项目支出,,"17,911.276641","17,911.276641",\n'
    ).encode(),
    "a dash for nothing": csv_table(
        f"基本支出,—,{BASIC},{BASIC},-\n项目支出,/,{PROJECT},{PROJECT},－\n"
    ).encode(),
    "minus zero": csv_table(
        f"基本支出,,{BASIC},{BASIC},-0\n项目支出,,{PROJECT},{PROJECT},-0\n"
    ).encode(),
}


@pytest.mark.parametrize("way", READ_RIGHT)
def test_what_people_do_write_is_read_right(project: Copy, way: str) -> None:
    """To the last digit."""
    project.path("预算执行").write_bytes(READ_RIGHT[way])
    run = project.load()
    assert run.facts["budget"].known == Fraction("23187.018390")
    assert "-0" not in run.facts["budget"].display


def test_brackets_mean_minus(project: Copy) -> None:
    """As accountants write it."""
    project.set("预算执行", 0, "年末结转结余数", "（123）")
    assert project.load().tables["预算执行"].value(2, "年末结转结余数") == -123


PARAM_TRAPS: dict[str, tuple[str, str]] = {
    "a year as text": ('year: "2023"', "year：应为整数，不加引号"),
    "a year with a zero in front": ("year: 02023", "year：年度应为四位数字（现为 1043）"),
    "a key twice": ("year: 2023\nyear: 2024", "params/2023.yaml 第4行：“year”写了两次"),
    "aliases that multiply": (
        "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]",
        "用了别名（*）",
    ),
    "a merge": ("<<: {year: 2022}", "用了合并（<<）"),
    "nesting without end": ("year: " + "[" * 100_000, "层次过多"),
    "a date that is none": ("report_date: 2024-99-99", "没有“2024-99-99”这一天"),
    "thousands of digits": ("year: " + "9" * 9000, "不能读的字符或值"),
    "an object of Python": ("year: !!python/object/apply:os.system ['touch x']", "YAML 写法有误"),
    "a control character": ('head: "\\e[31m"', "head：含有不能用的字符 U+001B（控制字符）"),
    "a NUL": ("head: \0", "不能读的字符或值"),
    "half a character": ('head: "\\ud800"', "params/2023.yaml"),
    "a formula": ('department: "=cmd|x!A0"', "department：以公式的写法开头"),
    "a draft by file": ("draft: true", "不能写 draft"),
    "a text that YAML cuts": ("department: 示例乡 #一分局", "“示例乡”后面的 # 会截断文字"),
    "a list that YAML cuts": ("earlier_runs: [a #1\n]", "“a”后面的 # 会截断文字"),
    "no mapping": ("- a", "params/2023.yaml"),
}


@pytest.mark.parametrize("trap", PARAM_TRAPS)
def test_parameters_that_could_be_misread_are_refused(project: Copy, trap: str) -> None:
    """With the line or the key."""
    line, said = PARAM_TRAPS[trap]
    path = project.root / "params" / "2023.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    if trap == "no mapping":
        lines = []
    key = line.partition(":")[0]
    at = next((at for at, old in enumerate(lines) if old.startswith(f"{key}:")), len(lines))
    lines[at : at + 1] = [line]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    refused(project, said)


def test_a_file_of_parameters_of_megabytes_is_refused(project: Copy) -> None:
    """Before it is read."""
    (project.root / "params" / "2023.yaml").write_text("# " + "x" * 2_000_000, encoding="utf-8")
    refused(project, "params/2023.yaml：文件过大")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
WORKBOOK_TRAPS: dict[str, tuple[Callable[[str], str], str]] = {
    "a stray cell at the far end": (
        lambda xml: xml.replace(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
        "范围过大，到第 1048576 行第 16384 列",
    ),
    "all cells merged": (
        lambda xml: xml.replace(
            "</sheetData>",
            '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "文件过大",
    ),
    "all columns merged": (
        lambda xml: xml.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A:XFD"/></mergeCells>'
        ),
        "文件过大",
    ),
    "a link over all cells": (
        lambda xml: xml.replace(
            "</sheetData>",
            '</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
        ),
        "文件过大",
    ),
    "a cell twice": (
        lambda xml: re.sub(r'(<c r="C2".*?</c>)', r"\1\1", xml),
        "C2 在文件里出现两次",
    ),
    "a billion laughs": (
        lambda xml: re.sub(
            r"^(<\?xml.*?\?>)?",
            f'<!DOCTYPE x [<!ENTITY l0 "{"ha" * 50}">{LAUGHS}]>',
            xml.replace("<v>5275.741749</v>", "<v>&l11;</v>"),
        ),
        "不是可读的 xlsx 工作簿",
    ),
    "a file from elsewhere": (
        lambda xml: re.sub(
            r"^(<\?xml.*?\?>)?",
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            xml.replace("<v>5275.741749</v>", "<v>&e;</v>"),
        ),
        "不是可读的 xlsx 工作簿",
    ),
    "a number beyond all numbers": (
        lambda xml: xml.replace("<v>5275.741749</v>", "<v>1e999</v>", 1),
        "写法不对",
    ),
}


@pytest.mark.parametrize("trap", WORKBOOK_TRAPS)
def test_a_workbook_made_to_harm_is_refused(project: Copy, trap: str) -> None:
    """Soon, and by its name."""
    change, said = WORKBOOK_TRAPS[trap]
    inside(in_workbook(project, GOOD), SHEET, change)
    refused(project, said)


def test_a_workbook_of_a_million_rows_is_refused(project: Copy) -> None:
    """By its size unpacked, before it is made into cells."""
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><v>{at}</v></c><c r="B{at}"><v>1</v></c></row>'
        for at in range(10, 1_000_010)
    )
    path = in_workbook(project, GOOD)
    inside(path, SHEET, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))
    refused(project, "文件过大")


def test_a_workbook_with_macros_is_read_and_they_are_not(project: Copy) -> None:
    """Its cells are what they show."""
    path = in_workbook(project, GOOD)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    assert project.load().facts["budget"].known == Fraction("23187.018390")


def test_merged_cells_in_a_title_are_read_and_in_the_rows_refused(project: Copy) -> None:
    """A title may span columns; a merged amount belongs to nobody."""
    path = in_workbook(project, [["2023年预算执行表"], *GOOD])
    book = load_workbook(path)
    book.worksheets[0].merge_cells("A1:E1")
    book.save(path)
    assert project.load().facts["budget"].known == Fraction("23187.018390")
    rows = [["其他", None, 1, 1, None] for _ in range(12)]
    path = project.root / "data" / "2023" / WORKBOOK
    project.path("预算执行").write_text("", encoding="utf-8")
    in_workbook(project, [*GOOD, *rows])
    book = load_workbook(path)
    book.worksheets[0].merge_cells("C12:C13")
    book.save(path)
    refused(project, "C13 是合并单元格")


def test_codes_that_became_numbers_are_codes_again(project: Copy) -> None:
    """2010301 and not 2010301.0 or 2.01E+06."""
    demo = project.of("demo-2024")
    text = demo.path("支出决算表").read_text(encoding="utf-8")
    demo.path("支出决算表").unlink()
    rows = [line.split(",") for line in text.splitlines()]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "支出决算表"
    for row in rows:
        sheet.append([float(cell) if re.fullmatch(r"[\d.]+", cell) else cell for cell in row])
    book.save(project.root / "data" / "demo-2024" / WORKBOOK)
    before = [each.problem for each in Copy(ROOT, "demo-2024").load().errors]
    assert [each.problem for each in demo.load().errors] == before
