"""Files offices hold, taken into the tables; what could not be placed is listed, nothing guessed.

The files are made up here in the layouts of the real forms: 虚构数据.
"""

import csv
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from project_copies import Copy

from helpers.inputs.workbooks import WORKBOOK

SUMMARY: list[list[Any]] = [
    ["收入支出决算总表"],
    ["编制单位：示例乡", None, None, None, None, "单位：元"],
    ["收入", None, None, "支出", None, None],
    ["项目", "行次", "决算数", "项目", "行次", "决算数"],
    ["栏次", None, 1, "栏次", None, 2],
    ["一、一般公共预算财政拨款收入", 1, 1000000.5, "一、一般公共服务支出", 32, 600000],
    ["二、政府性基金预算财政拨款收入", 2, None, "十二、城乡社区支出", 43, 380000.25],
    ["本年收入合计", 27, 1000000.5, "本年支出合计", 58, 980000.25],
    ["使用非财政拨款结余（含专用结余）", 28, None, "结余分配", 59, None],
    ["年初结转和结余", 29, 20000, "年末结转和结余", 60, 40000.25],
    ["总计", 31, "1,020,000.50", "总计", 62, 1020000.5],
    ["注：本表反映部门本年度的总收支和年末结转结余情况。"],
]
EXPENDITURE: list[list[Any]] = [
    ["支出决算表"],
    ["编制单位：示例乡", None, None, None, None, None, "金额单位：元"],
    ["项目", None, None, None, "本年支出合计", "基本支出", "项目支出"],
    ["支出功能分类科目编码", None, None, "科目名称", None, None, None],
    ["类", "款", "项", None, None, None, None],
    ["栏次", None, None, None, 1, 2, 3],
    ["合计", None, None, None, 980000.25, 600000, 380000.25],
    ["201", None, None, "一般公共服务支出", 600000, 600000, None],
    ["201", "03", None, "政府办公厅（室）及相关机构事务", 600000, 600000, None],
    ["201", "03", "01", "行政运行", 600000, 600000, None],
    ["2120303", None, None, "小城镇基础设施建设", 380000.25, None, 380000.25],
    ["212", "05", "01", "城乡社区环境卫生", "约三万", None, None],
]
SELF: list[list[Any]] = [
    ["项目支出绩效自评表"],
    ["（2024年度）", None, None, None, None, None, None, None],
    ["项目名称", "乡村道路养护", None, None, None, None, None, None],
    [
        "项目资金（万元）",
        None,
        "年初预算数",
        "全年预算数（A）",
        "全年执行数（B）",
        "分值",
        "执行率（B/A）",
        "得分",
    ],
    [None, "年度资金总额", 120, 130.5, "125.25", 10, "95.98%", 9.6],
    [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    ["产出指标", "数量指标", "养护里程", "≥86公里", "88公里", 20, 20, None],
    [None, None, "巡查次数", "不低于50次", "48次", 20, 19.2, "雨季道路封闭"],
    [None, "成本指标", "单位成本", "≤8.5元", "8.2元", 10, 10, None],
    ["效益指标", "社会效益指标", "居民出行", "明显改善", "达成", 30, 30, None],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "≥90%", "92%", 10, 10, None],
    ["总分", None, None, None, None, 100, 98.8, None],
]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write a workbook with XlsxWriter, titles merged as forms have them."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.merge_range(0, 0, 0, 6, rows[0][0])
            for number, row in enumerate(rows[1:], 1):
                sheet.write_row(number, 0, row)
    return path


def imported(project: Copy, path: Path) -> tuple[Copy, str]:
    """A new run that lists no names, with a file imported into it, and what the command said."""
    words = ("new", "demo-2025", "--from", "demo-2024", "--csv", "--department", "示例县某局")
    assert project.report(*words).returncode == 0
    year = project.of("demo-2025")
    done = year.report("import", str(path), "--year", "demo-2025")
    assert done.returncode == 0, done.stderr
    return year, done.stdout


def rows(year: Copy, table: str) -> list[dict[str, str]]:
    """The rows of a table by heading, blanks left out."""
    with year.path(table).open(encoding="utf-8-sig", newline="") as file:
        return [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]


def test_the_summary_account_is_taken_from_both_halves(project: Copy, tmp_path: Path) -> None:
    """元 become 万元; 栏次, 行次, blanks and notes are no rows."""
    year, said = imported(project, workbook(tmp_path / "决算.xlsx", {"财决01": SUMMARY}))
    assert "识别 决算.xlsx “财决01”表：收入支出决算总表" in said
    assert [tuple(row.values()) for row in rows(year, "收入支出决算总表")] == [
        ("收入", "一般公共预算财政拨款收入", "100.000050"),
        ("收入", "本年收入合计", "100.000050"),
        ("收入", "年初结转和结余", "2.000000"),
        ("收入", "总计", "102.000050"),
        ("支出", "一般公共服务支出", "60.000000"),
        ("支出", "城乡社区支出", "38.000025"),
        ("支出", "本年支出合计", "98.000025"),
        ("支出", "年末结转和结余", "4.000025"),
        ("支出", "总计", "102.000050"),
    ]
    assert not [each for each in year.load().findings if each.check == "决算勾稽"][3:]


def test_the_expenditure_account_joins_its_code_columns(project: Copy, tmp_path: Path) -> None:
    """类 款 项 become one code; an amount that is no number is listed with its row."""
    year, said = imported(project, workbook(tmp_path / "决算.xlsx", {"财决04": EXPENDITURE}))
    assert [(row["科目编码"], row["本年支出合计"]) for row in rows(year, "支出决算表")] == [
        ("201", "60.000000"),
        ("20103", "60.000000"),
        ("2010301", "60.000000"),
        ("2120303", "38.000025"),
    ]
    assert "未导入 决算.xlsx “财决04”表 第12行：2120501 的本年支出合计读不出" in said
    assert "1 处须人工处理" in said


def test_each_sheet_of_self_evaluations_is_a_project(project: Copy, tmp_path: Path) -> None:
    """Funds, targets with their direction and unit, results, reasons; words are listed."""
    second = [[("绿化养护" if cell == "乡村道路养护" else cell) for cell in row] for row in SELF]
    year, said = imported(project, workbook(tmp_path / "自评.xlsx", {"1": SELF, "2": second}))
    first, other = rows(year, "项目自评")
    assert (first["项目名称"], other["项目名称"]) == ("乡村道路养护", "绿化养护")
    assert (first["年初预算数"], first["全年预算数"], first["全年执行数"]) == (
        "120.000000",
        "130.500000",
        "125.250000",
    )
    targets = {row["三级指标"]: row for row in rows(year, "绩效指标")[:5]}
    assert (
        targets["养护里程"]["方向"],
        targets["养护里程"]["指标值"],
        targets["养护里程"]["计量单位"],
    ) == (
        "正向",
        "86",
        "公里",
    )
    assert targets["巡查次数"]["二级指标"] == "产出数量"
    assert (targets["单位成本"]["方向"], targets["单位成本"]["二级指标"]) == ("反向", "产出成本")
    results = {row["编号"]: row for row in rows(year, "指标完成")}
    assert (results["import_1_2"]["完成值"], results["import_1_2"]["偏差原因"]) == (
        "48",
        "雨季道路封闭",
    )
    assert "“居民出行”的指标值“明显改善”不是数字" in said
    assert results["import_1_4"]["定性等次"] == "达成年度指标"
    assert "所印的 16 个比率、得分、合计中，16 个与复算一致" in said
    assert "“乡村道路养护”的领域和实施方案七项不在表中，请补填" in said


def score_sheet(path: Path) -> Path:
    """A score sheet in Word, its group cells merged downwards."""
    document = docx.Document()
    lines = [
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "扣分原因"],
        ["整体绩效目标实现情况", "产出数量", "养护里程", "≥86公里", "88公里", "10", "10", ""],
        [
            "整体绩效目标实现情况",
            "产出数量",
            "文化活动场次",
            "≥120场",
            "112场",
            "20",
            "18.67",
            "闭馆",
        ],
        [
            "预算管理情况",
            "资产管理",
            "资产管理情况",
            "账实相符",
            "两件未登记",
            "4",
            "3.5",
            "卡片登记滞后",
        ],
        ["预算管理情况", "其他", "创新做法", "有", "有", "1", "1", ""],
        ["合计", "", "", "", "", "100", "", ""],
    ]
    table = document.add_table(rows=len(lines), cols=8)
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            table.cell(number, at).text = text
    table.cell(1, 1).merge(table.cell(2, 1)).text = "产出数量"
    document.save(str(path))
    return path


def test_a_score_sheet_in_word_becomes_targets_results_and_assessments(
    project: Copy, tmp_path: Path
) -> None:
    """Own indicators and assessed items each in their table; what neither is, is listed."""
    year, said = imported(project, score_sheet(tmp_path / "评分表.docx"))
    assert [row["三级指标"] for row in rows(year, "绩效指标")] == ["养护里程", "文化活动场次"]
    assert rows(year, "指标完成")[1] == {"编号": "import_2", "完成值": "112", "偏差原因": "闭馆"}
    [assets] = rows(year, "管理情况")
    assert (assets["编号"], assets["得分"], assets["扣分理由"]) == ("assets", "3.5", "卡片登记滞后")
    assert "“创新做法”不是自设指标，评分表 部门整体绩效评价指标体系 中也没有" in said


def test_data_that_is_there_is_never_overwritten(project: Copy, tmp_path: Path) -> None:
    """The command names the table and writes nothing."""
    path = workbook(tmp_path / "决算.xlsx", {"财决01": SUMMARY})
    before = project.of("demo-2024").path("收入支出决算总表").read_bytes()
    done = project.report("import", str(path), "--year", "demo-2024")
    assert done.returncode == 1
    assert "收入支出决算总表.csv：已有数据，未导入（先移走原表）" in done.stderr
    assert project.of("demo-2024").path("收入支出决算总表").read_bytes() == before


HEAD = "方向,项目,决算数"
FILLED: dict[str, bytes] = {
    "semicolons": "方向;项目;决算数\n收入;总计;5\n".encode(),
    "tabs": "方向\t项目\t决算数\n收入\t总计\t5\n".encode(),
    "a title": f"收入支出决算总表,,\n单位：元,,\n{HEAD}\n收入,总计,5\n".encode(),
    "GBK": f"{HEAD}\n收入,总计,5\n".encode("gbk"),
    "UTF-16": f"{HEAD}\n收入,总计,5\n".encode("utf-16"),
    "no text": b"\xff\xff\x00",
    "an open quote": f'{HEAD}\n收入,"总计,5\n'.encode(),
    "another heading": "方向,项目,决算\n收入,总计,5\n".encode(),
    "a shorter row": f"{HEAD}\n收入\n".encode(),
    "text in a nameless column": f"{HEAD},\n收入,总计,,5\n".encode(),
}


@pytest.mark.parametrize("way", FILLED)
def test_a_filled_table_is_never_overwritten_however_it_was_written(
    project: Copy, tmp_path: Path, way: str
) -> None:
    """What cannot be read counts as filled."""
    path = workbook(tmp_path / "决算.xlsx", {"财决01": SUMMARY})
    table = project.of("demo-2024").path("收入支出决算总表")
    table.write_bytes(FILLED[way])
    done = project.report("import", str(path), "--year", "demo-2024")
    assert (done.returncode, "已有数据，未导入" in done.stderr) == (1, True)
    assert table.read_bytes() == FILLED[way]


def test_a_form_that_tells_no_unit_or_two_is_refused(project: Copy, tmp_path: Path) -> None:
    """Forms are printed in 元 as well as in 万元."""
    for words, said in (("", "没有写明金额单位"), ("单位：元、万元", "金额单位")):
        sheet = [[words if cell == "单位：元" else cell for cell in row] for row in SUMMARY]
        path = workbook(tmp_path / "决算.xlsx", {"财决01": sheet})
        done = project.report("import", str(path), "--year", "demo-2024")
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_what_nobody_sees_in_a_form_is_listed_and_not_imported(
    project: Copy, tmp_path: Path
) -> None:
    """Hidden sheets and numbers that show as others."""
    path = workbook(tmp_path / "决算.xlsx", {"财决01": SUMMARY, "财决02": SUMMARY})
    book = load_workbook(path)
    book["财决02"].sheet_state = "hidden"
    book["财决01"]["C6"].number_format = "0!.0,"
    book.save(path)
    year, said = imported(project, path)
    assert "未导入 决算.xlsx “财决02”表：这张工作表被隐藏，未导入" in said
    assert "未导入 决算.xlsx “财决01”表 第6行：C6：单元格的格式“0!.0,”按千缩小显示" in said
    assert "一般公共预算财政拨款收入" not in {row["项目"] for row in rows(year, "收入支出决算总表")}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("表.xls", "只能导入 xlsx 和 docx（旧版 xls、doc 请先另存）"),
        ("表.docx", "不是 docx 文件，或已加密"),
        ("表.xlsx", "不是 xlsx 文件，或已加密"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    project: Copy, tmp_path: Path, name: str, said: str
) -> None:
    """In one line, exit 2."""
    (tmp_path / name).write_bytes(b"nothing")
    done = project.report("import", str(tmp_path / name), "--year", "demo-2024")
    assert (done.returncode, said in done.stderr) == (2, True)


def test_a_workbook_with_nothing_we_know_is_refused(project: Copy, tmp_path: Path) -> None:
    """And says what could be imported."""
    book = Workbook()
    book.worksheets[0].append(["姓名", "电话"])
    book.save(tmp_path / "名单.xlsx")
    done = project.report("import", str(tmp_path / "名单.xlsx"), "--year", "demo-2024")
    assert done.returncode == 2
    assert "没有能识别的表\n可导入的表，和由哪些表头认出：\n收入支出决算总表：" in done.stderr


TRAPS = ("@SUM(A1)", "=1+1", "+1+cmd|' /C calc'!A0", "-2+3(", "=HYPERLINK(1)", "\u202e乡")


@pytest.mark.parametrize("trap", TRAPS)
def test_what_excel_would_run_is_left_and_never_written(project: Copy, trap: str) -> None:
    """An item, a project's name, a reason: named with its table and column, the cell blank."""
    accounts = [list(row) for row in EXPENDITURE]
    accounts[7][3] = trap
    forms = [list(row) for row in SELF]
    forms[2][1] = trap
    book = Workbook()
    for sheet, rows in ((book.active, accounts), (book.create_sheet("自评"), forms)):
        assert sheet is not None
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column, value)
                cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(project.root / "forms.xlsx")
    started = project.of("x-2024")
    assert project.report("new", "x-2024", "--from", "2023", "--csv").returncode == 0
    done = started.report("import", "forms.xlsx", "--year", "x-2024")
    assert done.returncode == 0, done.stderr
    for table, column in (("支出决算表", "科目名称"), ("项目自评", "项目名称")):
        assert f"未导入 {table}“{column}”列：“" in done.stdout
        with started.path(table).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows[0][column] == ""
        assert all(row[column] not in {"", row.get("科目编码")} for row in rows[1:])
        assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=@+\u202e")]


CODES: list[tuple[tuple[object, ...], str]] = [
    (("201", "3", None), "20103"),
    ((201, 3, 1), "2010301"),
    ((201, 3, 50), "2010350"),
    (("205", "20502", "2050201"), "2050201"),
    ((None, None, 2120303), "2120303"),
    (("201", None, "1"), ""),
    (("201", "三", "01"), ""),
    (("201", "03", "001"), ""),
    (("20", "03", "01"), ""),
]


def test_a_code_is_understood_whole_or_left(project: Copy, tmp_path: Path) -> None:
    """Excel makes 3 of 03; what is surely no code is left, not cut down to one."""
    lines = [[*typed, "行政运行", 600000, 600000, None] for typed, _ in CODES]
    path = workbook(tmp_path / "决算.xlsx", {"支出": [*EXPENDITURE[:6], *lines]})
    year, said = imported(project, path)
    codes = [row["科目编码"] for row in rows(year, "支出决算表")]
    assert codes == [code for _, code in CODES if code]
    assert said.count("读不出") == sum(not code for _, code in CODES)


def test_no_amount_of_an_account_is_lost_without_a_word(project: Copy, tmp_path: Path) -> None:
    """Items that begin with 注, amounts without an item, and a second copy of the sheet."""
    sheet = [
        *SUMMARY[:5],
        ["注册费收入", 1, 5000, "注销支出", 32, 6000],
        [None, 2, 7000, None, None, None],
        ["注：本表", None, None, None, None, None],
    ]
    book = workbook(tmp_path / "决算.xlsx", {"总表": sheet, "总表 (2)": sheet})
    year, said = imported(project, book)
    items = [row["项目"] for row in rows(year, "收入支出决算总表")]
    assert items == ["注册费收入", "注销支出"]
    assert "收入的金额 7000 没有项目名称" in said
    assert "已有一张收入支出决算总表，这一张未导入" in said


def test_a_row_that_is_listed_keeps_what_the_form_does_not_give(
    project: Copy, tmp_path: Path
) -> None:
    """In a CSV and in a workbook alike: ids, goals, last year's; new rows follow, others stay."""
    lines = [
        ["二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出数量", "乡村道路养护 里程", "≥90公里", "91公里", 7, 7],
        [None, "新增的指标", "≥3次", "3次", 3, 3],
    ]
    form = workbook(tmp_path / "评分.xlsx", {"一": [["评分表"], *lines]})
    read = []
    for run, *words in (("demo-2025", "--csv"), ("demo2-2025",)):
        assert project.report("new", run, "--from", "demo-2024", *words).returncode == 0
        before = project.of(run).load().tables["绩效指标"]
        done = project.report("import", str(form), "--year", run)
        assert done.returncode == 0, done.stderr
        assert "原有、而导入的表中没有的行照留：文化活动场次、" in done.stdout
        data = project.of(run).load()
        table = data.tables["绩效指标"]
        road, *_, new = list(table.lines)
        old = next(iter(before.lines))
        kept = ["编号", "整体目标", "三级指标", "上年数", "对应支出", "依据"]
        assert [table.string(road, name) for name in kept] == [
            before.string(old, name) for name in kept
        ]
        assert [table.string(road, name) for name in ("指标值", "分值")] == ["90", "7"]
        assert table.string(new, "三级指标") == "新增的指标"
        assert len(list(table.lines)) == len(list(before.lines)) + 1
        results = data.tables["指标完成"]
        assert results.string(next(iter(results.lines)), "完成值") == "91"
        read.append([list(table.rows()), list(results.rows())])
    assert read[0] == read[1]


def test_a_second_project_is_added_to_the_first(project: Copy, tmp_path: Path) -> None:
    """With ids of its own; one that is there with figures is refused by its name."""
    first = workbook(tmp_path / "一.xlsx", {"一": SELF})
    second = [[("绿化养护" if cell == "乡村道路养护" else cell) for cell in row] for row in SELF]
    year, _ = imported(project, first)
    other = workbook(tmp_path / "二.xlsx", {"一": second})
    assert year.report("import", str(other), "--year", "demo-2025").returncode == 0
    assert [(row["编号"], row["项目名称"]) for row in rows(year, "项目自评")] == [
        ("import_1", "乡村道路养护"),
        ("import_2", "绿化养护"),
    ]
    owners = [(row["编号"], row["所属"]) for row in rows(year, "绩效指标")]
    assert owners == [(f"import_{p}_{n}", f"import_{p}") for p in (1, 2) for n in range(1, 6)]
    assert [row["编号"] for row in rows(year, "指标完成")] == [id for id, _ in owners]
    before = year.path("绩效指标").read_bytes()
    again = year.report("import", str(other), "--year", "demo-2025")
    assert (again.returncode, "“绿化养护”已有数据，未导入" in again.stderr) == (1, True)
    assert year.path("绩效指标").read_bytes() == before


def test_rows_go_into_the_sheet_of_a_workbook_once(project: Copy, tmp_path: Path) -> None:
    """As they would into a CSV; what is there then is not overwritten, and all else stays."""
    assert project.report("new", "demo-2025", "--from", "demo-2024").returncode == 0
    path = project.root / "data" / "demo-2025" / WORKBOOK
    before = load_workbook(path)
    posts: list[list[Any]] = [
        ["单位：万元"],
        ["人员", "编制数", "在职人数"],
        [None, 143, 136],
        ["经费", "2024年决算数", "2025年预算数", "2025年决算数"],
        ["公务接待", 3, 4, 2.5],
    ]
    book = workbook(tmp_path / "决算.xlsx", {"总表": SUMMARY, "基础": posts})
    done = project.report("import", str(book), "--year", "demo-2025")
    assert done.returncode == 0, done.stderr
    assert f"写入 data/demo-2025/{WORKBOOK} “收入支出决算总表”表，9 行" in done.stdout
    table = project.of("demo-2025").load().tables["收入支出决算总表"]
    assert list(table.rows()) == [list(row.values()) for row in imported_summary(project, book)]
    after = load_workbook(path)
    assert after["编制"].column_dimensions["B"].number_format == "General"
    assert 143 in [cell.value for cell in after["编制"]["B"]]
    assert after.sheetnames == before.sheetnames
    assert after["叙述"]["A4"].value == before["叙述"]["A4"].value
    again = project.report("import", str(book), "--year", "demo-2025")
    assert again.returncode == 1
    assert "“收入支出决算总表”表：已有数据，未导入" in again.stderr


def test_a_workbook_with_formulas_is_left_as_it_is(project: Copy, tmp_path: Path) -> None:
    """Saved by us they would be texts; which cell is told, and nothing is written."""
    assert project.report("new", "demo-2025", "--from", "demo-2024").returncode == 0
    path = project.root / "data" / "demo-2025" / WORKBOOK
    book = load_workbook(path)
    book["预算执行"]["B4"] = "=1+2"
    book.save(path)
    before = path.read_bytes()
    form = workbook(tmp_path / "决算.xlsx", {"总表": SUMMARY})
    done = project.report("import", str(form), "--year", "demo-2025")
    assert done.returncode == 2
    assert "“预算执行”表 B4 是公式" in done.stderr
    assert path.read_bytes() == before


def imported_summary(project: Copy, book: Path) -> list[dict[str, str]]:
    """The rows of the same form in a CSV."""
    words = ("new", "demo2-2025", "--from", "demo-2024", "--csv")
    assert project.report(*words).returncode == 0
    assert project.report("import", str(book), "--year", "demo2-2025").returncode == 0
    columns = ("方向", "项目", "决算数")
    with project.of("demo2-2025").path("收入支出决算总表").open(encoding="utf-8-sig") as file:
        return [{name: row[name] for name in columns} for row in csv.DictReader(file)]


def test_a_deadline_is_no_number(project: Copy, tmp_path: Path) -> None:
    """It is left for a person, as a result that is a month is."""
    days = ["2024年12月底前", "2024.12.31", "12月底前完成", "6月30日前", "2024-06"]
    lines = [[None, "时效指标", f"按期{day}", day, None, 1, 1, None] for day in days]
    path = workbook(tmp_path / "自评.xlsx", {"一": [*SELF[:-1], *lines, SELF[-1]]})
    _, said = imported(project, path)
    assert all(f"的指标值“{day}”不是数字" in said for day in days)


def test_cells_merged_within_a_row_lose_nothing(project: Copy, tmp_path: Path) -> None:
    """As official codes are; over rows they do, and are listed once."""
    path = workbook(tmp_path / "决算.xlsx", {"支出": EXPENDITURE})
    book = load_workbook(path)
    book["支出"].merge_cells("A8:C8")
    book["支出"].merge_cells("E9:E10")
    book.save(path)
    _, said = imported(project, path)
    assert "A8:C8" not in said
    assert said.count("E9:E10 是跨行的合并单元格") == 1
