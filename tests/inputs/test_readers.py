"""Accept what is fully understood, refuse or name the rest: numbers, formats, units, names."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_workbooks import GOOD, SHEET, in_workbook, inside
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.formatting.rule import DataBarRule, IconSetRule, Rule
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from project_copies import ROOT, Copy

from helpers import characters
from helpers.errors import ReportError, UnreadableInputError
from helpers.figures import exact
from helpers.inputs import cells, names
from helpers.inputs.number_formats import (
    UnclearFormatError,
    check_day,
    is_shown_in_full,
    seen_number,
    seen_text,
)
from helpers.inputs.schema import COUNTED, TABLES
from helpers.inputs.survey_answers import read_answers
from helpers.inputs.units import UnitError, stated_unit
from helpers.inputs.workbooks import WORKBOOK, workbook_sheets

BUDGET = Fraction("23187.018390")


@pytest.mark.parametrize(
    "typed",
    [
        *("88 49", "8849 1", "1 2345", "12 34 567", "1  234", "1\t234", "1\n234", "8\r\n8"),
        *("0,175", "00,123", "1,234,56", "1,2345", ",123", "1 234,567", "1,234 567", "1\u3000234"),
        *(
            "12 .5",
            "12. 5",
            "- 5",
            "5-",
            "1.234,5",
            "1'234",
            "1，23",
            "５ ５",
            "(5",
            "((5))",
            "(-5)",
        ),
        *("5元", "¥5", "约5", "5±1", "1/2", "1:2", "5e3", "٣", "②", "Ⅷ", "½", "五", "\ufeff5"),
    ],
)
def test_what_is_not_surely_one_number_is_none(typed: str) -> None:
    """White space only around it or between proper thousands."""
    with pytest.raises(ValueError, match=r".*"):
        exact.parse(cells.fit(cells.plain(typed)))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("88 490", "88490"), ("1 234 567.5", "1234567.5"), ("1\u202f234", "1234")),
        *(("\u3000 12.5 \n", "12.5"), ("－1，234", "-1,234"), ("（1 234）", "-1234")),
        *(("‐5", "-5"), ("―5", "-5"), ("+5", "+5"), ("007", "007"), ("0.175", "0.175")),
    ],
)
def test_a_number_with_its_thousands_set_apart_is_read(typed: str, number: str) -> None:
    """By one kind of space, or commas, or nothing."""
    assert cells.plain(typed) == number
    assert exact.parse(number) is not None


FORMATS: list[tuple[str, str, str]] = [
    # code, stored, seen; an empty text where what is seen is not what is stored
    *(("General", "12.5", "12.5"), ("G/通用格式", "-3", "-3"), ("@", "7", "7")),
    *(("0.00", "1.005", "1.005"), ("#,##0.00", "1234567.891", "1234567.891")),
    *(("0", "-0.4", "-0.4"), ("0.00\\ ", "5", "5")),
    *(("0.0%", "0.9963", "99.63%"), ("0%", "1.2", "120%"), ("0%%", "1", "10000%%")),
    *(('0.0"%"', "95.5", "95.5%"), (r"0.0\%", "95.5", "95.5%"), ("0.0!%", "95.5", "95.5%")),
    *(('0.0"（%）"', "95.5", "95.5（%）"), ("0.0\\ \\%", "95.5", "95.5%")),
    *(("0!.0,", "123456", ""), ("0!.0000", "5", ""), ("#,##0,", "5", ""), ("0.0,,", "5", "")),
    *(("0,", "5", ""), ('#,##0.00,"千元"', "5", ""), ('0!.0000"万"', "5", ""), ("0,.00", "5", "")),
    *(('0.00"元"', "5", "5元"), ('#,##0"万元"', "-5", "-5万元"), ("0亿", "5", "5亿")),
    *(('"约"0', "5", "约5"), ("¥#,##0.00", "5", "¥5"), ("[$¥-804]0.00", "5", "¥5")),
    *((r"_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * \-??_ ;_ @_ ", "0", "0"),),
    *((r"_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * \-??_ ;_ @_ ", "-8.5", "-8.5"),),
    *(("#,##0.00_);(#,##0.00)", "-8", "(8)"), ("0.00;[Red]0.00", "-8", "-8"), ("0;0", "-8", "")),
    *(("0;[Blue]0", "-8", ""), ("-0", "8", "")),
    *(('0"000"', "8", ""), ('0".5"', "8", ""), ("\\10", "8", "")),
    *((";;;", "8", ""), ("0;;", "-8", ""), ("0;-0;;@", "0", "0"), ('"-"', "8", "")),
    *(("[>=10000]0!.0,;0", "8", ""), ("[<100]0.0;0", "8", "8"), ("[<100]0.0;0", "-8", "")),
    *(("[>1]0;[<0]0", "0.5", ""), ("0000000", "2010301", "2010301"), ("00000", "12", "00012")),
    *(("0.00E+00", "5275.74", "5275.74"), ("# ?/?", "0.5", ""), ("[DBNum1]0", "5", "")),
    *(("[h]:mm", "1.5", ""), ("0x", "5", ""), ('0"', "5", ""), ("0;0;0;0;0", "5", "")),
    *(("0‰", "5", "5‰"), ("000-000", "8", "")),
    *(('0;-0;"无"', "0", ""), ('0;-0;"100"', "0", ""), ('[=0]"未填";0', "0", "")),
    *(('"无"??', "0", ""), ('"待定";"待定";"待定"', "0", "")),
    *(('0;-0;"-"', "0", "0"), ('0;-0;"—"', "0", "0"), ("0;-0;－", "0", "0"), ("0;-0;", "0", "0")),
    *(('_ ¥* "-"??_ ', "0", "¥0"), ('0"元"', "0", "0元"), ('#"元"', "0", ""), ("#,##0", "0", "0")),
    *(("0*元", "5", "5元"), ("*元0", "5", "元5"), ("*00", "5", ""), ("* 0", "5", "5")),
    *(("[White]0", "5", ""), ("[白色]0", "5", ""), ("[Color2]0", "5", "")),
    *(("0;[White]0", "5", "5"), ("0;[White]-0", "-5", "")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "stored", "seen"), FORMATS)
def test_a_number_is_read_as_its_format_shows_it_or_not_at_all(
    code: str, stored: str, seen: str
) -> None:
    """With the words around it; what shows another number than is stored is refused."""
    if seen:
        assert seen_number(Decimal(stored), code) == seen
    else:
        with pytest.raises(UnclearFormatError, match="单元格的格式"):
            seen_number(Decimal(stored), code)


@pytest.mark.parametrize(
    ("code", "stored", "told"),
    [
        *(("General", "5", True), ("General", "3.1", True), ("@", "7", True), ("0", "5", True)),
        *(("General", "12345678901", True), ("General", "123456789012", False)),
        *(("0", "123456789012345", True), ("0", "202300000000000000", False)),
        *(("General", "3.1234567", False), ("General", "0.00001", False), ("0.0", "3.1", True)),
        *(("0.00", "3.1", False), ("0", "3.7", False), ("#,##0", "12345", False)),
        *(("#,##0", "123", True), ("00000", "12", True), ("0,000", "12", False)),
        *(("0%", "0.5", True), ("0%", "0.505", False), ("#", "0", False), ("0.00E+00", "5", False)),
        *(('0"年"', "2023", True), ("#.0", "0.5", False), ("0;-0;", "0", False)),
    ],
)
def test_a_number_is_shown_in_full_where_the_cell_shows_every_character_of_it(
    code: str, stored: str, *, told: bool
) -> None:
    """In a column of the usual width."""
    assert is_shown_in_full(Decimal(stored), code, 8) == told


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        *(("yyyy-mm-dd", True), ("yyyy/m/d;@", True), ('[$-804]yyyy"年"m"月"d"日"', True)),
        *(("m/d/yy h:mm", True), ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", True)),
        *(("yyyy-mm-dd;;;", False), ("yyyy-mm-dd;", False), ("[White]yyyy-mm-dd", False)),
        *(
            ("[$-404]e/m/d", False),
            ("[$-107041E]yyyy-mm-dd", False),
            ("[<9]yyyy;yyyy-mm-dd", False),
        ),
        *(('yyyy-mm-d"5"', False), ("[$-411]ge.m.d", False)),
    ],
)
def test_a_day_is_read_only_under_a_format_that_shows_it(code: str, *, seen: bool) -> None:
    """In our calendar, without white, empty sections, conditions or digits of its own."""
    if seen:
        check_day(code)
    else:
        with pytest.raises(UnclearFormatError, match="格式"):
            check_day(code)


@given(
    value=st.decimals(-(10**9), 10**9, places=4, allow_nan=False),
    code=st.lists(
        st.sampled_from(
            ['"%"', "\\%", "%", "0", "#,##0", ".00", ",", "!.", '"元"', "[Red]", ";", "-"]
        ),
        max_size=6,
    ).map("".join),
)
def test_no_format_makes_another_number_of_a_cell(value: Decimal, code: str) -> None:
    """What is read as a number is the one stored, a percent of it, or refused."""
    try:
        text = cells.plain(seen_number(value, code))
        read = exact.parse(text.removesuffix("%")) if text else None
    except ValueError:
        return
    scales = {1, 100} if "%" in code else {1}
    assert read in {Fraction(value) * scale for scale in scales}


def test_a_text_hidden_or_added_to_by_its_format_is_not_read_without_it() -> None:
    """The fourth section, or one with @."""
    assert seen_text("甲", "General") == seen_text("甲", "0;-0;0;@") == "甲"
    assert seen_text("5", '@"万"') == "5万"
    for code in (";;;", '0;0;0;"x"'):
        with pytest.raises(UnclearFormatError, match="文字不显示"):
            seen_text("甲", code)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *(("单位：元", "元"), ("金额单位 元", "元"), ("（元）", "元"), ("单位:万元", "万元")),
        *(("计量单位：人民币元", "元"), ("单 位：万 元", "万元"), ("以元为单位", "元")),
        *(("注：本表金额以“万元”为单位。", "万元"), ("單位：萬元", "万元")),
        *(("单位：[元]", "元"), ("资金单位：元（保留两位小数）", "元")),
        *(("预算执行表（单位：元）", "元"), ("金额/元", "元")),
        *(("编制单位：示例乡　　单位：元", "元"), ("编制单位：示例乡　　金额单位：万元", "万元")),
        *(("币种：人民币（元）", "元"), ("人民币万元", "万元"), ("单位：\n元", "元")),
        *(("", ""), ("2023年预算执行表", ""), ("编制单位：元谋县", "")),
        *(("编制单位：广元市财政局", ""), ("填报单位：开元街道", "")),
        *(("注：不足500元的不列", ""), ("注：单元测试", ""), ("单位：示例乡人民政府", "")),
        *(("北京市朝阳区广元路街道办事处", ""), ("附表（第3号）", ""), ("（十）其他", "")),
        *(("2023年元旦", ""), ("三元区2023年预算", ""), ("注：单价8.5元、3万元", "")),
    ],
)  # fmt: skip
def test_a_unit_is_understood_however_it_is_stated(text: str, unit: str) -> None:
    """And an amount, a word or a place with a 元 in it is no unit."""
    assert stated_unit([text]) == unit


@pytest.mark.parametrize(
    "texts",
    [
        *(["单位：千元"], ["单位：亿元"], ["单位：美元"], ["单位：10万元"], ["以10万元为单位"]),
        *(["单位：万"], ["单位：人"], ["全年预算数元"], ["精确到元"], ["金额均为元"], ["元/万元"]),
        *(["单位：元", "单位：万元"], ["单位：元", "（万元）"], ["RMB"], ["Unit: yuan"], ["￥"]),
        *(["百元"], ["（千元）"], ["金额单位：元（万元）"], ["（亿）"], ["（圆）"], ["（千）"]),
        *(["单位（千）"], ["单位 千"], ["金额：千"], ["计量：百万"]),
        *(["Unit: 10k"], ["in thousands"]),
        *(["单位元海淀区"], ["数字均用元填列含所属站所"]),
    ],
)  # fmt: skip
def test_a_unit_that_is_not_understood_is_refused(texts: list[str]) -> None:
    """Others than ours, two at once, and every 元 nobody can place."""
    with pytest.raises(UnitError, match="单位"):
        stated_unit(texts)


def budget_csv(project: Copy, *above: str, below: str = "", beside: str = "") -> str:
    """What is wrong with 预算执行 after something was written around it; empty for nothing."""
    rows = [[*row, beside if at == 2 else ""] for at, row in enumerate(GOOD)]
    buffer = io.StringIO()
    wide = [[text, *[""] * 5] for text in above]
    csv.writer(buffer).writerows([*wide, *rows, *([[below, *[""] * 5]] if below else [])])
    project.path("预算执行").write_text(buffer.getvalue(), encoding="utf-8")
    try:
        run = project.load()
    except ReportError as error:
        return str(error)
    return "；".join(str(each) for each in run.errors) or str(run.facts["budget"].known)


def test_a_unit_is_found_above_below_and_beside(project: Copy) -> None:
    """Wherever it stands it is obeyed, and two that differ are refused."""
    in_yuan = str(BUDGET / 10000)
    assert budget_csv(project, "（单位：元）") == in_yuan
    assert budget_csv(project, below="注：金额单位为元") == in_yuan
    assert budget_csv(project, beside="单位：元") == in_yuan
    assert budget_csv(project, below="单位：元") == in_yuan
    assert budget_csv(project) == str(BUDGET)
    assert "写有“元”和“万元”两种单位" in budget_csv(project, "单位：元", below="注：单位：万元")
    assert "第3行" in budget_csv(project, beside="千元")


def test_a_table_all_in_yuan_with_no_other_to_compare_is_asked_about(project: Copy) -> None:
    """By what a year costs for one member of staff."""
    rows = [[cell * 10000 if isinstance(cell, float) else cell for cell in row] for row in GOOD]
    with project.path("预算执行").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    said = [each.problem for each in project.load().errors]
    assert any("人均超过 1,000 万元，是否以元填写" in each for each in said)


def message(project: Copy) -> str:
    """What the command says of the run."""
    done = project.report("check", project.run)
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


Mess = Callable[[Any], object]


def style(name: str, value: object) -> Mess:
    """Give the first amount a style."""
    return lambda sheet: setattr(sheet["C2"], name, value)


def typed(value: object) -> Mess:
    """Type something else into the first amount."""
    return lambda sheet: sheet.__setitem__("C2", value)


def when(look: DifferentialStyle) -> Mess:
    """Give the first amount a look on a condition."""
    rule = Rule("expression", formula=["TRUE"], dxf=look)
    return lambda sheet: sheet.conditional_formatting.add("B2:C3", rule)


def raised(by: str) -> CellRichText:
    """100.5 with a mark for a note."""
    return CellRichText("100.5", TextBlock(InlineFont(vertAlign=by), "1"))


BLEMISHES: dict[str, tuple[Mess, str]] = {
    "a scaled format": (style("number_format", "0!.0,"), "C2：单元格的格式“0!.0,”按千缩小显示"),
    "a unit in the format": (style("number_format", '0.00"元"'), "“5275.741749元”写法不对"),
    "a percent as text": (style("number_format", '0.00"%"'), "“5275.741749%”写法不对"),
    "a hidden number": (style("number_format", ";;;"), "C2：单元格的格式使数字不显示"),
    "a struck number": (style("font", Font(strike=True)), "C2 带删除线"),
    "an array formula": (typed(ArrayFormula("C2", "=SUM(1)")), "C2 的公式没有保存结果"),
    "a data table": (typed(DataTableFormula("C2", r1="A1")), "C2 的公式没有保存结果"),
    "an error value": (typed("#N/A"), "C2 是 Excel 的错误值 #N/A"),
    "columns hidden together": (
        lambda sheet: sheet.column_dimensions.group("C", "D", hidden=True),
        "C、D 列被隐藏",
    ),
    "a hidden sheet": (lambda sheet: setattr(sheet, "sheet_state", "hidden"), "工作表被隐藏"),
    "a very hidden sheet": (
        lambda sheet: setattr(sheet, "sheet_state", "veryHidden"),
        "工作表被隐藏",
    ),
    "merged rows": (lambda sheet: sheet.merge_cells("C2:C3"), "C2:C3 是合并单元格"),
    "a merged row": (lambda sheet: sheet.merge_cells("A3:B3"), "A3:B3 是合并单元格"),
    "a merged heading": (lambda sheet: sheet.merge_cells("D1:E1"), "D1:E1 是合并单元格"),
    "merged with blanks below": (lambda sheet: sheet.merge_cells("E4:E6"), "E4:E6 是合并单元格"),
}


@pytest.mark.parametrize("blemish", BLEMISHES)
def test_what_a_reader_does_not_see_in_a_workbook_is_named_by_its_cell(
    project: Copy, blemish: str
) -> None:
    """Formats, hidden parts, merged cells, formulas without a result; not those of other sheets."""
    spoil, said = BLEMISHES[blemish]
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    other = book.create_sheet("别的")
    for row in GOOD:
        other.append(row)
    book.create_sheet("空")
    spoil(other)
    book.save(path)
    assert "错误 0 项" in message(project)
    spoil(book["预算执行"])
    book.save(path)
    complaint = message(project)
    assert "data/2023/数据.xlsx “预算执行”表" in complaint
    assert said in complaint


def told_as_text(project: Copy, value: object, code: str) -> str:
    """What the command says of a number, a day or a truth in a column of texts."""
    path = in_workbook(project, GOOD)
    project.path("职责").unlink()
    book = load_workbook(path)
    sheet = book.create_sheet("职责")
    for row in (["主体", "职责"], ["党委", value], ["政府", "乙"]):
        sheet.append(row)
    sheet["B2"].number_format = code
    book.save(path)
    return message(project)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *((3.1, "0.00"), (3.7, "0"), (12345, "#,##0"), (202300000000000123, "0"), (0, "0;-0;")),
        *(
            (202300000000, "General"),
            (0.5, "# ?/?"),
            (True, "General"),
            (date(2023, 1, 2), 'm"月"'),
        ),
        *(
            (date(2023, 1, 2), "yyyy/m/d"),
            (datetime.fromisoformat("2023-01-02 08:00"), "yyyy-mm-dd"),
            (time(8), "h:mm"),
        ),
    ],
)
def test_what_a_column_of_texts_does_not_show_as_it_is_read_is_refused(
    project: Copy, value: object, code: str
) -> None:
    """Rounded, with commas, beyond the digits of Excel, a day told otherwise, a truth."""
    said = told_as_text(project, value, code)
    assert "“职责”表 第2行 “职责”列：B2" in said, said


@pytest.mark.parametrize(
    ("value", "code"),
    [(7, "General"), (12, "0"), (3.1, "General"), (7, "000"), (date(2023, 1, 2), "yyyy-mm-dd")],
)
def test_a_number_or_a_day_shown_in_full_may_stand_among_texts(
    project: Copy, value: object, code: str
) -> None:
    """As codes and years do."""
    assert "错误 0 项" in told_as_text(project, value, code)


def test_a_column_of_numbers_is_read_exactly_however_it_is_rounded(project: Copy) -> None:
    """What is shown is short of digits; what is stored is the number."""
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    for row in ("C2", "C3", "C4"):
        book["预算执行"][row].number_format = "#,##0"
    book.save(path)
    assert project.load().facts["budget"].known == BUDGET


@pytest.mark.parametrize(
    ("cell", "value", "look"),
    [
        *((cell, '="单位："&"元"', {}) for cell in ("F1", "B1", "G2", "F5", "G7", "A9", "C9")),
        ("F1", "单位：元", {"number_format": ";;;"}),
        ("F4", "单位：元", {"number_format": ";;;"}),
        ("A2", 1, {"number_format": '"单位：元"'}),
        ("E3", 0, {"number_format": '"单位：元"'}),
        ("C9", "单位：元", {"font": Font(strike=True)}),
        ("F6", "单位：元", {"font": Font(color="FFFFFFFF")}),
    ],
)
def test_what_may_be_the_unit_of_amounts_and_cannot_be_read_is_refused(
    project: Copy, cell: str, value: object, look: dict[str, object]
) -> None:
    """Above the table, beside its heading and its rows, below it, in a note."""
    rows = [["标题"], [], [], *GOOD, [], ["注：数据来自决算"]]
    path = in_workbook(project, rows)
    book = load_workbook(path)
    sheet = book["预算执行"]
    sheet[cell] = value
    for name, each in look.items():
        setattr(sheet[cell], name, each)
    book.save(path)
    said = message(project)
    assert re.search(rf"“预算执行”表 第{cell[1:]}行(?: “\w+”列)?：{cell}[ ：]", said), said


def test_a_heading_that_cannot_be_read_is_no_missing_column(project: Copy) -> None:
    """It is told by its cell, in a table without amounts too."""
    in_workbook(project, GOOD)
    path = project.root / "data" / "2023" / WORKBOOK
    project.path("职责").unlink()
    book = load_workbook(path)
    sheet = book.create_sheet("职责")
    for row in (["主体", "职责"], ["党委", "甲"]):
        sheet.append(row)
    sheet["B1"].font = Font(strike=True)
    book.save(path)
    assert "“职责”表 第1行：B1 带删除线" in message(project)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('<row r="3"', '<row r="3" ht="0" customHeight="1"', "第3行：这一行被隐藏"),
        ('<row r="3"', '<row r="3" ht="0.2" customHeight="1"', "第3行：这一行被隐藏"),
        ("<sheetData>", '<cols><col min="4" max="4" width="0"/></cols><sheetData>', "D 列被隐藏"),
        ("<sheetData>", '<cols><col min="2" max="3" width="0.1"/></cols><sheetData>', "B、C 列被"),
        ("<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" ', "这一行被隐藏"),
        ('defaultRowHeight="15"', 'defaultRowHeight="0"', "这一行被隐藏"),
        ('baseColWidth="8"', 'baseColWidth="8" defaultColWidth="0"', "A、B、C、D、E 列被隐藏"),
        ('baseColWidth="8"', 'baseColWidth="0"', "A、B、C、D、E 列被隐藏"),
    ],
)
def test_rows_without_height_and_columns_without_width_are_hidden(
    project: Copy, before: str, after: str, said: str
) -> None:
    """Nobody sees them either."""
    inside(in_workbook(project, GOOD), SHEET, lambda xml: xml.replace(before, after))
    assert said in message(project)


WHITE = Font(color="FFFFFFFF")
LOOKS: dict[str, Mess] = {
    "white on nothing": style("font", WHITE),
    "white of the theme": style("font", Font(color=Color(theme=0))),
    "nearly white": style("font", Font(color="FFFDFDFD")),
    "white of the palette": style("font", Font(color=Color(indexed=9))),
    "white on white": lambda sheet: (
        style("font", WHITE)(sheet),
        style("fill", PatternFill("solid", fgColor="FFFFFFFF"))(sheet),
    ),
    "black on black": style("fill", PatternFill("solid", fgColor="FF000000")),
    "one point": style("font", Font(sz=1)),
    "filled with itself": style("alignment", Alignment(horizontal="fill")),
    "a format by condition": when(DifferentialStyle(numFmt=NumberFormat(164, '"无"'))),
    "struck by condition": when(DifferentialStyle(font=Font(strike=True))),
    "white by condition": when(DifferentialStyle(font=WHITE)),
    "white ground by condition": lambda sheet: (
        style("font", WHITE)(sheet),
        style("fill", PatternFill("solid", fgColor="FF4472C4"))(sheet),
        when(DifferentialStyle(fill=PatternFill(bgColor="FFFFFFFF")))(sheet),
    ),
    "icons without numbers": lambda sheet: sheet.conditional_formatting.add(
        "C2", IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False)
    ),
    "bars without numbers": lambda sheet: sheet.conditional_formatting.add(
        "A1:D9", DataBarRule("min", None, "max", None, "FF638EC6", showValue=False)
    ),
    "a raised digit": typed(raised("superscript")),
    "a lowered digit": typed(raised("subscript")),
    "a digit struck out": typed(CellRichText(TextBlock(InlineFont(strike=True), "1"), "154.78")),
    "a white digit": typed(CellRichText(TextBlock(InlineFont(color="FFFFFFFF"), "1"), "154.78")),
}


@pytest.mark.parametrize("look", LOOKS)
def test_what_a_look_hides_strikes_or_raises_is_refused(project: Copy, look: str) -> None:
    """By colour, size, alignment, condition, or in a part of a text."""
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    LOOKS[look](book["预算执行"])
    book.save(path)
    assert re.search(r"第2行 “全年预算数”列：C2 (?:的|中|带|按|字)", message(project))


@pytest.mark.parametrize(
    ("look", "refused"),
    [
        ("<x14:dxf><font><strike/></font></x14:dxf>", True),
        ('<x14:dxf><numFmt numFmtId="164" formatCode="&quot;无&quot;"/></x14:dxf>', True),
        ('<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>', True),
        ('<x14:iconSet iconSet="3Stars" showValue="0"/>', True),
        ('<x14:iconSet iconSet="3Stars"/>', False),
        ('<x14:dxf><font><color rgb="FFFF0000"/></font></x14:dxf>', False),
    ],
)
def test_conditions_that_excel_keeps_apart_are_judged_like_the_others(
    project: Copy, look: str, *, refused: bool
) -> None:
    """Those that look at another sheet, and the newer icons."""
    kept = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>'
        "<x14:conditionalFormatting "
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        f'<x14:cfRule type="expression" priority="1" id="x">{look}</x14:cfRule>'
        "<xm:sqref>C2:D2 C4</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    path = in_workbook(project, GOOD)
    inside(path, SHEET, lambda xml: xml.replace("</worksheet>", kept))
    assert ("C2 的条件格式" in message(project)) == refused


def test_colours_that_are_seen_refuse_nothing(project: Copy) -> None:
    """White on a dark heading, red by condition, a bold part of a text, numbers beside icons."""
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    sheet = book["预算执行"]
    for cell in sheet[1]:
        cell.font, cell.fill = WHITE, PatternFill("solid", fgColor="FF4472C4")
    red = DifferentialStyle(font=WHITE, fill=PatternFill(bgColor="FFFF0000"))
    when(red)(sheet)
    sheet.conditional_formatting.add("C2", IconSetRule("3Arrows", "percent", [0, 33, 67]))
    sheet["A2"] = CellRichText(TextBlock(InlineFont(b=True), "基本"), "支出")
    book.save(path)
    assert project.load().facts["budget"].known == BUDGET
    assert not project.load().errors


def test_a_formula_that_gives_no_text_is_blank(project: Copy) -> None:
    """`=IF(…, "")` as Excel saves it; without a saved result it is refused."""
    path = in_workbook(project, GOOD)
    formula = '<c r="E2" t="str"><f>IF(TRUE,"")</f><v></v></c></row>'
    inside(path, SHEET, lambda xml: re.sub(r'(?s)(<row r="2".*?)</row>', rf"\1{formula}", xml))
    assert "错误 0 项" in message(project)
    inside(path, SHEET, lambda xml: xml.replace(' t="str"><f>IF', "><f>IF"))
    assert "E2 的公式没有保存结果" in message(project)


def test_a_date_format_that_has_no_code_is_refused(project: Copy) -> None:
    """Excel keeps numbers 27 to 36 and 50 to 58 for each language's dates."""
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    book["预算执行"]["C2"].number_format = "0.00"
    book.save(path)
    inside(path, "xl/styles.xml", lambda xml: xml.replace('numFmtId="2"', 'numFmtId="31"'))
    assert "C2：单元格的日期格式不能识别" in message(project)


def test_titles_and_notes_may_be_merged_and_codes_keep_their_zeros(project: Copy) -> None:
    """What official forms do above and below a table."""
    path = in_workbook(project, [["预算执行表"], *GOOD, ["注：数据来自决算"]])
    book = load_workbook(path)
    for span in ("A1:E1", "A6:E6"):
        book["预算执行"].merge_cells(span)
    book.save(path)
    assert project.load().facts["budget"].known == BUDGET


UNUSED = [
    *("项目自评 .csv", "项目自评.CSV", "项目自评(1).csv", "项目自评表.csv", "項目自評.csv"),
    *("项目自评.xlsx", "数据 (2).xlsx", "项目自评 - 副本.csv", "預算執行.txt", "随便什么.dat"),
]  # fmt: skip


def test_a_file_nobody_reads_is_named_with_what_it_resembles(project: Copy) -> None:
    """Once each, as a warning; what the system puts there is none."""
    folder = project.root / "data" / "2023"
    for name in (*UNUSED, ".DS_Store", "~$数据.xlsx"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "旧").mkdir()
    found = [each for each in project.load().findings if each.check == "未读入"]
    assert sorted(each.place.file.rpartition("/")[2] for each in found) == sorted([*UNUSED, "旧"])
    hints = {each.place.file.rpartition("/")[2]: each.hint for each in found}
    assert {hints[name] for name in UNUSED[:6]} == {"是否应为“项目自评.csv”"}
    assert hints["数据 (2).xlsx"] == "是否应为“数据.xlsx”"
    assert hints["預算執行.txt"] == "是否应为“预算执行.csv”"
    assert all(each.level == "warning" for each in found)


def test_a_file_that_comes_later_is_noticed(project: Copy) -> None:
    """A report that says nothing of it is not called unchanged."""
    project.sections(1)
    assert project.report("build", "2023").returncode == 0
    assert project.report("build", "2023").stdout.startswith("没有变化")
    (project.root / "data" / "2023" / "项目自评(1).csv").write_text("x", encoding="utf-8")
    assert not project.report("build", "2023").stdout.startswith("没有变化")


def test_a_sheet_nobody_reads_is_named(project: Copy) -> None:
    """Empty ones are nothing; a hidden one is named too."""
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    book.create_sheet("空")
    for name in ("项目自评(元)", "其他"):
        book.create_sheet(name).append(["x"])
    book["其他"].sheet_state = "hidden"
    book.save(path)
    found = [each for each in project.load().findings if each.check == "未读入"]
    assert [(each.place.sheet, each.hint) for each in found] == [
        ("项目自评(元)", "是否应为“项目自评”"),
        ("其他", "不需要的请移走或删去"),
    ]


def test_a_sheet_that_is_a_chart_is_named_too(project: Copy) -> None:
    """And holds no table, whatever its name."""
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    chart = book.create_chartsheet("项目自评图")
    chart.add_chart(BarChart())
    book.save(path)
    found = [each for each in project.load().findings if each.check == "未读入"]
    assert [(each.place.sheet, each.problem, each.hint) for each in found] == [
        ("项目自评图", "没有用到这张工作表", "是否应为“项目自评”")
    ]
    chart.title = "项目自评"
    book.save(path)
    assert "“项目自评”表：这张工作表是图表，没有单元格" in message(project)


@pytest.mark.parametrize(
    "name", ["年初预算数（万元）", "年初預算數", "年初 预算数", "年初预算", "年初预算数*"]
)
def test_a_column_that_is_nearly_ours_is_refused(project: Copy, name: str) -> None:
    """A slip would lose it."""
    text = project.path("预算执行").read_text(encoding="utf-8")
    project.path("预算执行").write_text(text.replace("年初预算数", name, 1), encoding="utf-8")
    assert f"没有名为“{name}”的列（是否应为“年初预算数”）" in message(project)


def test_a_column_nobody_reads_is_named(project: Copy) -> None:
    """With the one it resembles; those for comparison are meant to be dropped."""
    text = project.path("预算执行").read_text(encoding="utf-8").splitlines()
    text[0] = text[0].replace("年初预算数", "年初批复预算") + ",上年·全年预算数,,电话"
    for at in range(1, len(text)):
        text[at] += ",1,x,y"
    project.path("预算执行").write_text("\n".join(text), encoding="utf-8")
    found = [each for each in project.load().findings if each.check == "未读入"]
    assert [(each.place.column, each.problem, each.hint) for each in found] == [
        ("年初批复预算", "没有这一列，未读入", "是否应为“年初预算数”"),
        ("", "第 7 列没有列名，未读入", "不需要的请移走或删去"),
        ("电话", "没有这一列，未读入", "不需要的请移走或删去"),
    ]


def test_every_simplified_character_of_our_names_has_its_traditional_form() -> None:
    """Those that Big5, the traditional encoding, does not have."""
    ours = {spec.name for spec in (*TABLES, *COUNTED)}
    ours |= {column.name for spec in (*TABLES, *COUNTED) for column in spec.columns}
    known = set(names.SIMPLIFIED.values())
    for char in set("".join(ours)):
        try:
            char.encode("big5")
        except UnicodeEncodeError:
            assert ord(char) in {
                ord(chr(each)) if isinstance(each, int) else ord(each) for each in known
            }, char


def test_every_character_is_of_a_known_kind() -> None:
    """All of Unicode: no control, format, private, lost or undefined one passes."""
    for number in range(0x110000):
        char = chr(number)
        kind = unicodedata.category(char)
        if kind in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}:
            assert bool(characters.first_fault(f"甲{char}")) == (char not in "\t\n"), hex(number)
        elif kind[0] in "LNPS" and characters.fault(char):
            assert not char.isalnum() or "HANGUL" in unicodedata.name(char), hex(number)


@pytest.mark.parametrize(
    "char",
    [
        "\ufeff",
        "\u061c",
        "\U000e0041",
        "\ue000",
        "\u200b",
        "\u00ad",
        "\u2028",
        "\ufe0f",
        "\ufffd",
        "\u3164",
    ],
)
def test_a_character_nobody_sees_is_named_wherever_it_stands(project: Copy, char: str) -> None:
    """In a text, a number, a heading, a title, a parameter."""
    code = f"U+{ord(char):04X}"
    project.set("职责", 0, "职责", f"主管{char}工作")
    project.set("预算执行", 0, "全年预算数", f"5275.741749{char}")
    said = message(project)
    assert said.count(code) == 2
    plain = project.path("人员").read_text(encoding="utf-8")
    project.path("人员").write_text(
        plain.replace("人员类别", f"人员{char}类别", 1), encoding="utf-8"
    )
    assert f"第1行：列名“人员<{code}>类别”含有不能用的字符 {code}" in message(project)
    project.path("人员").write_text(f"标{char}题,,,\n{plain}", encoding="utf-8")
    assert f"人员.csv 第1行：含有不能用的字符 {code}" in message(project)
    project.param("head", f'head: "张\\U{ord(char):08X}三"')
    assert f"head：含有不能用的字符 {code}" in message(project)


@pytest.mark.parametrize(
    "text", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#SPILL!", "########", "#n/a"]
)
def test_a_text_that_is_an_error_of_excel_is_refused(project: Copy, text: str) -> None:
    """A CSV holds them as text."""
    project.set("职责", 0, "职责", text)
    assert "是 Excel 的错误值，或没有显示全" in message(project)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("层,总体满意度\n一,满意\n".encode("gbk"), ""),
        ("调查结果;\n层;总体满意度\n一;满意\n".encode(), ""),
        ('层,总体满意度\n一,"满意\n'.encode(), "第2行：引号不配对"),
        ("层,总体满意度\n一,满意,x\n".encode(), "第2行：这一行有 3 格，表头有 2 格"),
        ("层,总体满意度,有效性\n一,满意,\n".encode(), "没有名为“有效性”的列（是否应为“有效”）"),
        ("层,总体满意度,是否有效\n一,满意,否\n".encode(), "“是否有效”列未读入"),
        ("层,总体满意度,审核结果\n一,满意,通过\n".encode(), "“审核结果”列未读入"),
        ("层,层,总体满意度\n一,一,满意\n".encode(), "列名重复：层"),
        ("层,总体满意度\n一\u200b,满意\n".encode(), "含有不能用的字符 U+200B"),
        ("层,总体满意度\n一,满意\n".encode("utf-16"), "是 UTF-16 编码"),
        (b"\xff\xff", "不是 UTF-8 或 GBK 编码"),
    ],
)
def test_answers_are_read_as_every_table_is(tmp_path: Path, content: bytes, said: str) -> None:
    """Encoding, separator, title, quotes, width, characters."""
    (tmp_path / "答卷.csv").write_bytes(content)
    try:
        counted, errors = read_answers(tmp_path, "data")
    except UnreadableInputError as error:
        counted, errors = None, [error]
    assert [said in str(error) for error in errors] == ([True] if said else [])
    assert said or (counted and counted.valid == {("一", "满意"): 1})


@pytest.mark.parametrize(
    "row", [["经营支出", "1", "1", "1", ""], ["合计", "", "1", "1", ""], ["", "", "1", "1", ""]]
)
def test_a_row_after_the_totals_is_reported_and_is_no_crash(project: Copy, row: list[str]) -> None:
    """Whatever stands in it."""
    project.add("预算执行", *row)
    assert "错误 0 项" not in message(project)


def test_a_date_in_a_workbook_is_a_date(project: Copy) -> None:
    """As Excel keeps it."""
    demo = project.of("demo-2024")
    rows = list(csv.reader(demo.path("预算调整明细").read_text(encoding="utf-8").splitlines()))
    demo.path("预算调整明细").unlink()
    book = Workbook()
    book.worksheets[0].title = "预算调整明细"
    for row in rows:
        made = [date.fromisoformat(cell) if cell[:3] == "202" else cell for cell in row]
        book.worksheets[0].append(made)
    book.save(project.root / "data" / "demo-2024" / WORKBOOK)
    before = [each.problem for each in Copy(ROOT, "demo-2024").load().findings]
    assert [each.problem for each in demo.load().findings] == before


@pytest.mark.parametrize("name", ["7-新.ipynb", "07-新.ipynb.txt"])
def test_what_lies_among_the_notebooks_unused_is_named(project: Copy, name: str) -> None:
    """A number makes a section; a notebook of one's own may be called as one likes."""
    (project.root / "notebooks" / "我的分析.ipynb").write_text("{}", encoding="utf-8")
    (project.root / "notebooks" / name).write_text("x", encoding="utf-8")
    found = [each for each in project.load().findings if "没有用到" in each.problem]
    assert [each.place.file for each in found] == [f"notebooks/{name}"]


def test_answers_in_the_workbook_are_not_passed_over(project: Copy) -> None:
    """They are read from a file of their own."""
    path = in_workbook(project, GOOD)
    book = load_workbook(path)
    book.create_sheet("答卷").append(["层", "总体满意度"])
    book.save(path)
    [found] = [each for each in project.load().findings if "没有用到" in each.problem]
    assert "答卷只从文件读取" in found.problem


def test_a_file_in_place_of_the_data_folder_is_refused_by_its_name(project: Copy) -> None:
    """Not by a path of the machine."""
    project.param("data", "data: data/2023/预算执行.csv")
    with pytest.raises(UnreadableInputError, match=r"^data/2023/预算执行\.csv：不是文件夹"):
        project.load()


def test_a_published_percent_may_be_of_full_width(project: Copy) -> None:
    """No finding says it has no sign."""
    project.set("公开比率", 0, "公开数", "99.63％")
    assert not [
        each for each in project.load().findings if "未标%" in each.problem and "99" in each.problem
    ]


@pytest.mark.parametrize("code", ["yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]aaaa;@", "h:mm"])
def test_a_text_is_read_whatever_numbers_its_cell_would_show(code: str) -> None:
    """A format of days changes days alone."""
    assert seen_text("2025年3月1日", code.replace(";@", "")) == "2025年3月1日"


@pytest.mark.parametrize(
    ("number", "day"), [(31, "2024-03-18"), (58, "2024-03-18"), (57, ""), (27, "")]
)
def test_a_day_in_a_format_of_each_language_is_read_where_it_is_shown(
    project: Copy, number: int, day: str
) -> None:
    """长日期 and 月日 have numbers and no code; one that does not show the day is refused."""
    demo = project.of("demo-2024")
    rows = list(csv.reader(demo.path("预算调整明细").read_text(encoding="utf-8").splitlines()))
    demo.path("预算调整明细").unlink()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "预算调整明细"
    for row in rows:
        sheet.append([45369 if cell[:3] == "202" else cell for cell in row])
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value == 45369):
        cell.number_format = "mm-dd-yy"
    path = project.root / "data" / "demo-2024" / WORKBOOK
    book.save(path)
    inside(path, "xl/styles.xml", lambda xml: xml.replace('numFmtId="14"', f'numFmtId="{number}"'))
    table = demo.load().tables["预算调整明细"]
    assert {table.string(line, "日期") for line in table.lines} == {day}


def test_what_stands_below_a_table_is_none_of_its_rows(project: Copy) -> None:
    """Notes, and who filled it in and when."""
    for first in (
        "注1：不含上年结转",
        "审核：王五",
        "数据来源：决算报表",
        "※ 四舍五入",
        "以下空白",
    ):
        project.add("预算执行", first)
    project.add("预算执行", "注：金额转换为万元时，因四舍五入可能存在尾差。")
    project.add("预算执行", "填表人：李四", "", "审核人：王五", "", "填表日期：2024年3月1日")
    assert not project.load().errors


def test_a_percent_in_a_column_of_numbers_is_refused_with_what_to_write(project: Copy) -> None:
    """The sign belongs to the unit."""
    project.set("绩效指标", 0, "指标值", "95%")
    assert "只填数字，如 95，%写在计量单位里" in message(project)


def test_what_a_survey_platform_writes_for_no_answer_is_blank(tmp_path: Path) -> None:
    """And another answer is refused with those there are."""
    content = "层,总体满意度\n一,(跳过)\n一,满意\n一,一般\n"
    (tmp_path / "答卷.csv").write_text(content, encoding="utf-8")
    counted, [error] = read_answers(tmp_path, "data")
    assert counted.valid == {("一", "满意"): 1}
    assert error.place
    assert error.place.line == 4
    assert "可填：" in error.hint


def test_a_run_and_four_earlier_years_parse_each_workbook_once(tmp_path: Path) -> None:
    """For parameters and tables, in turn, the same sheets are handed out."""
    folders = [tmp_path / str(year) for year in range(5)]
    for folder in folders:
        folder.mkdir()
        book = Workbook()
        book.worksheets[0].append([folder.name])
        book.save(folder / WORKBOOK)
    first = [workbook_sheets(folder, folder.name) for folder in folders]
    again = [workbook_sheets(folder, folder.name) for folder in folders]
    assert [a is b for a, b in zip(first, again, strict=True)] == [True] * 5
