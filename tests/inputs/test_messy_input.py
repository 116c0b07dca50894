"""Input as analysts have it: each mess is read right or refused, none silently wrong."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from project_copies import ROOT, Copy

from helpers.errors import UnreadableInputError
from helpers.figures import exact
from helpers.inputs import cells
from helpers.inputs.project import Project
from helpers.inputs.workbooks import WORKBOOK

HEAD = ["支出类别", "年初预算数", "全年预算数", "全年执行数", "年末结转结余数"]
ROWS: list[list[Any]] = [
    ["基本支出", None, 5275.741749, 5275.741749, None],
    ["项目支出", None, 17911.276641, 17825.571703, None],
    ["合计", None, 23187.01839, 23101.313452, None],
]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234.50", "1,234.50"),
        ("１，２３４．５", "1,234.5"),
        ("（123）", "-123"),
        ("(1,234)", "-1,234"),
        ("－5", "-5"),
        ("−5", "-5"),
        ("—5", "-5"),
        (" 1 234.5 ", "1234.5"),
        ("1\u00a0234", "1234"),
        ("99.63％", "99.63%"),
        ("-0", "-0"),
    ],
)
def test_a_number_is_read_however_it_was_typed(typed: str, number: str) -> None:
    """Full-width digits, separators, brackets and dashes for minus, spaces."""
    assert cells.plain(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "—", "——", "-", "－", "/", "／".replace("／", "/"), "无", " "]
)
def test_a_dash_or_a_stroke_is_blank_and_not_zero(typed: str) -> None:
    """What is not known is not nought."""
    assert cells.plain(typed) == ""


@pytest.mark.parametrize(
    "typed",
    ["1e400", "NaN", "Infinity", "1.2.3", "12万", "1,23", "一百", "1-2", "--5", "(5", "0x1F"],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Never a guess."""
    with pytest.raises(ValueError, match=r".*"):
        exact.parse(cells.plain(typed))


@given(
    value=st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6
    ),
    grouped=st.booleans(),
    wide=st.booleans(),
    bracketed=st.booleans(),
)
def test_every_way_of_writing_gives_the_same_number(
    value: Decimal, *, grouped: bool, wide: bool, bracketed: bool
) -> None:
    """Against Python's own decimals."""
    text = f"{abs(value):,f}" if grouped else f"{abs(value):f}"
    sign = "-" if value < 0 else ""
    text = f"（{text}）" if bracketed and value < 0 else sign + text
    if wide:
        text = text.translate(str.maketrans("0123456789,.-", "０１２３４５６７８９，．－"))
    assert exact.parse(cells.plain(text)) == Fraction(value)


def budget(project: Copy, content: bytes) -> Fraction:
    """The budget of the run after 预算执行.csv was replaced."""
    project.path("预算执行").write_bytes(content)
    run = project.load()
    assert not run.errors, run.errors
    return run.facts["budget"].known


def table(separator: str = ",", rows: list[list[Any]] = ROWS) -> str:
    """预算执行 as a CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows([HEAD, *rows])
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        table().encode(),
        table().encode("utf-8-sig"),
        table().encode("gbk"),
        table().encode("gb18030"),
        table("\t").encode(),
        table(";").encode("gbk"),
        ("2023年预算执行表,,,,\n,,,,\n单位：万元,,,,\n" + table()).encode("gbk"),
        (table() + "注：数据来自决算,,,,\n").encode(),
        table().replace("\r\n", "\n", 1).encode(),
    ],
)
def test_a_csv_is_read_as_excel_and_wps_save_it(project: Copy, content: bytes) -> None:
    """UTF-8 or GBK, commas, tabs or semicolons, titles above, notes below, mixed line ends."""
    assert budget(project, content) == Fraction("23187.018390")


def test_amounts_in_yuan_are_converted_and_their_cells_stay_as_typed(project: Copy) -> None:
    """A sheet that says 单位：元 is obeyed, to the fen."""
    rows = [
        [
            row[0],
            *("" if cell is None else f"{Decimal(str(cell)) * 10000:,.2f}" for cell in row[1:]),
        ]
        for row in ROWS
    ]
    content = "单位：元,,,,\n" + table(rows=rows)
    assert budget(project, content.encode("gbk")) == Fraction("23187.018390")
    [source] = project.load().facts["basic_budget"].sources
    assert (source.text, source.plain) == ("52,757,417.49元", "5275.741749")


def test_a_unit_we_do_not_know_is_refused(project: Copy) -> None:
    """千元 is not guessed at."""
    content = "单位：千元,,,,\n" + table()
    project.path("预算执行").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInputError, match="第1行：单位“千元”不能识别"):
        project.load()


def test_yuan_without_a_unit_are_asked_about(project: Copy) -> None:
    """Ten thousand times the budget: a question, and no report."""
    project.set("预算执行", 1, "全年执行数", "178255717.03")
    assert [each.problem for each in project.load().errors if "是否以元填写" in each.problem]


def in_yuan(project: Copy, run: str, *names: str) -> Copy:
    """A run whose tables were typed in 元 without saying so."""
    year = project.of(run)
    for name in names:
        rows = list(csv.reader(year.path(name).read_text(encoding="utf-8").splitlines()))
        for number, row in enumerate(rows[1:]):
            for column, cell in zip(rows[0], row, strict=True):
                if "." in cell:
                    year.set(name, number, column, f"{Decimal(cell) * 10000:.2f}")
    return year


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (["项目自评"], "各项目全年预算数合计"),
        (["收入支出决算总表"], "决算支出：本年支出合计"),
        (["预算执行"], "是2023年全年预算数的千倍以上，是否以元填写"),
    ],
)
def test_yuan_in_one_table_are_noticed_by_another_or_by_last_year(
    project: Copy, tables: list[str], said: str
) -> None:
    """Even where all the figures of the table are in 元 and agree among themselves."""
    formats = [
        each.problem
        for each in in_yuan(project, "demo-2024", *tables).load().errors
        if each.check == "金额单位"
    ]
    assert any(said in problem for problem in formats), formats


Sheets = dict[str, list[list[Any]]]


def sheets(project: Copy) -> Sheets:
    """All tables of the run as a person would keep them in one workbook."""
    found: Sheets = {}
    for path in sorted((project.root / "data" / "2023").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = [[_typed(cell) for cell in row] for row in csv.reader(file)]
        path.unlink()
    return found


def _typed(cell: str) -> Any:  # noqa: ANN401 - what Excel makes of it
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def by_openpyxl(path: Path, tables: Sheets) -> None:
    """Write a workbook with the library we read with."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def by_xlsxwriter(path: Path, tables: Sheets) -> None:
    """Write a workbook with another library."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_a_workbook_gives_the_same_facts_as_the_csvs(
    project: Copy, write: Callable[[Path, Sheets], None]
) -> None:
    """Whoever wrote it; the cells are reported by file, sheet, row and column."""
    before = {
        id: (fact.value, fact.display) for id, fact in project.load().facts.items() if fact.defined
    }
    write(project.root / "data" / "2023" / WORKBOOK, sheets(project))
    run = project.load()
    assert {id: (f.value, f.display) for id, f in run.facts.items() if f.defined} == before
    assert str(run.facts["basic_budget"].sources[0].place) == (
        "data/2023/数据.xlsx “预算执行”表 第2行 “全年预算数”列"
    )


def test_a_workbook_builds_verifies_and_is_noticed_when_it_changes(project: Copy) -> None:
    """One input file like any other; the bundle keeps its tables, not the workbook."""
    project.sections(1)
    path = project.root / "data" / "2023" / WORKBOOK
    by_xlsxwriter(path, sheets(project))
    assert project.report("build", "2023").returncode == 0
    assert project.report("bundle", "2023").returncode == 0
    with zipfile.ZipFile(project.root / "outputs" / "2023-绩效资料.zip") as archive:
        names = archive.namelist()
    assert "inputs/data/2023/预算执行.csv" in names
    assert not [name for name in names if name.endswith(WORKBOOK)]
    assert project.report("build", "2023").stdout.startswith("没有变化")
    book = load_workbook(path)
    book["预算执行"]["C2"] = 5275.741750
    book.save(path)
    assert not project.report("build", "2023").stdout.startswith("没有变化")


def test_a_table_given_twice_is_refused(project: Copy) -> None:
    """Nobody can say which of the two is meant."""
    by_openpyxl(project.root / "data" / "2023" / WORKBOOK, {"预算执行": [HEAD, *ROWS]})
    with pytest.raises(UnreadableInputError, match="“预算执行”表 重复（一张表只留一处）"):
        project.load()


Mess = Callable[[Any], None]


def spoilt(project: Copy, mess: Mess) -> None:
    """Put 预算执行 into a workbook with something about it."""
    project.path("预算执行").unlink()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "预算执行"
    for row in [HEAD, *ROWS]:
        sheet.append(row)
    mess(sheet)
    book.save(project.root / "data" / "2023" / WORKBOOK)


def _percent(sheet: Any) -> None:  # noqa: ANN401 - a worksheet
    sheet["C2"].number_format = "0.00%"


def _truth(sheet: Any) -> None:  # noqa: ANN401 - a worksheet
    sheet["C2"] = True


MESSES: list[tuple[Mess, str]] = [
    (
        lambda s: s.__setitem__("C2", "=1+1"),
        "第2行 “全年预算数”列：C2 的公式没有保存结果（用 Excel 打开并保存一次",
    ),
    (lambda s: s.__setitem__("C2", date(2023, 1, 2)), "“2023-01-02”写法不对（应为数字"),
    (_percent, "“527574.1749%”写法不对"),
    (
        lambda s: setattr(s.row_dimensions[3], "hidden", True),
        "第3行：这一行被隐藏（请取消隐藏或筛选，或删去）",
    ),
    (lambda s: setattr(s.column_dimensions["D"], "hidden", True), "D 列被隐藏"),
    (lambda s: s.__setitem__("C1", "全年预算"), "没有名为“全年预算”的列（是否应为“全年预算数”）"),
    (_truth, "C2 是逻辑值 TRUE（请填写文字或数字，如“是”“否”）"),
]


@pytest.mark.parametrize(("mess", "said"), MESSES)
def test_a_mess_in_a_workbook_is_named_by_its_cell(project: Copy, mess: Mess, said: str) -> None:
    """File, sheet, row, and what to do."""
    spoilt(project, mess)
    done = project.report("check", "2023")
    message = done.stdout + done.stderr
    assert done.returncode in {1, 2}
    assert "data/2023/数据.xlsx “预算执行”表" in message
    assert said in message


def test_numbers_of_a_workbook_lose_and_gain_no_digit(project: Copy) -> None:
    """0.1 + 0.2 is what Excel shows, 0.3; codes stay whole; percent cells are percent."""
    spoilt(project, lambda s: s.__setitem__("C2", 0.1 + 0.2 + 5275.441749))
    assert project.load().facts["basic_budget"].known == Fraction("5275.741749")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04broken", "不是 xlsx 文件，或已加密"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是 xlsx 文件，或已加密"),
        (b"", "不是 xlsx 文件，或已加密"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(project: Copy, content: bytes, said: str) -> None:
    """Broken, encrypted or of the old kind."""
    (project.root / "data" / "2023" / WORKBOOK).write_bytes(content)
    with pytest.raises(UnreadableInputError, match=said):
        project.load()


def test_a_workbook_that_would_fill_the_memory_is_refused(project: Copy) -> None:
    """A zip bomb is measured before anything is unpacked."""
    path = project.root / "data" / "2023" / WORKBOOK
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(400):
            file.write(b" " * 1_000_000)
    with pytest.raises(UnreadableInputError, match="文件过大"):
        project.load()


def test_a_whole_zip_without_a_workbook_is_refused(project: Copy) -> None:
    """Any archive is not an Excel file."""
    with zipfile.ZipFile(project.root / "data" / "2023" / WORKBOOK, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(UnreadableInputError, match="不是可读的 xlsx 工作簿"):
        project.load()


def test_a_workbook_written_by_libreoffice_is_read_right(project: Copy) -> None:
    """A real file, saved from a spreadsheet with a title, a unit row in 元 and a note below."""
    project.path("预算执行").unlink()
    made = ROOT / "tests" / "files" / "libreoffice.xlsx"
    (project.root / "data" / "2023" / WORKBOOK).write_bytes(made.read_bytes())
    run = project.load()
    assert not run.errors
    assert run.facts["budget"].known == Fraction("23187.018390")
    assert run.facts["basic_budget"].sources[0].place.line == 4


def test_the_project_knows_the_workbook_before_it_is_there(project: Copy) -> None:
    """So that a workbook that comes later is noticed."""
    run = project.load()
    assert run.workbooks == ("data/2023/数据.xlsx",)
    assert Project(project.root).notebooks
