"""Forms of other provinces taken into the tables; what they print is compared with itself."""

from pathlib import Path

import pytest
from department_forms import (
    HUNAN_DATA,
    HUNAN_SCORES,
    LANGFANG,
    SICHUAN_FUNDS,
    SICHUAN_INDICATORS,
    YUEYANG,
    Rows,
    document,
    workbook,
)
from project_copies import ROOT, Copy

from helpers.errors import UnreadableInputError
from helpers.inputs.rubrics import read_rubric
from helpers.workflow.importing import ImportResult, import_file

SICHUAN = SICHUAN_FUNDS + SICHUAN_INDICATORS


def imported(path: Path, rubric: str = "beijing", year: int = 0) -> ImportResult:
    """What an import finds in a file."""
    return import_file(path, read_rubric(ROOT, rubric, "department"), year)


@pytest.mark.parametrize("write", [workbook, document])
def test_the_hunan_basic_data_go_to_their_tables(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - two writers of one kind
    """Posts, the three expenses, operating expenses, procurement, the adjusted budget."""
    path = write(tmp_path / f"湖南.{'xlsx' if write is workbook else 'docx'}", HUNAN_DATA)
    placed = imported(path, "hunan-2018", 2018)
    assert placed.tables["编制"] == [{"类别": "合计", "编制数": "143", "在职人数": "136"}]
    assert [row["项目"] for row in placed.tables["三公经费"]] == [
        "合计", "公务用车购置", "公务用车运行维护", "公务接待",
    ]  # fmt: skip
    assert placed.tables["三公经费"][0]["本年预算数"] == "63.460000"
    assert "上年决算数" not in placed.tables["三公经费"][1]
    assert [row["决算数"] for row in placed.tables["公用经费"]] == [
        "0.680000", "25.360000", "0.000000",
    ]  # fmt: skip
    [bought] = placed.tables["政府采购"]
    assert (bought["上年决算数"], bought["执行数"]) == ("16.140000", "30.660000")
    [budget] = placed.tables["预算执行"]
    assert (budget["年初预算数"], budget["全年预算数"]) == ("1922.760000", "2690.620000")
    assert [left for left in placed.left if "“业务工作专项”上年决算 938.8、预算 320" in left]
    assert (placed.agreed, placed.differences) == (8, [])


def test_sums_and_rates_of_the_basic_data_are_compared(tmp_path: Path) -> None:
    """With the cell, what is printed and what comes out; years of another run are told."""
    wrong = [list(row) for row in HUNAN_DATA]
    wrong[3][3], wrong[5][2], wrong[19][3] = "95.01%", "64.36", "776.86"
    placed = imported(workbook(tmp_path / "湖南.xlsx", wrong), "hunan-2018", 2023)
    assert [each.partition("；")[0] for each in placed.differences] == [
        "湖南.xlsx “表1”表 D4：在职人员控制率印 95.01%，算得 95.10%，不一致",
        "湖南.xlsx “表1”表 D20：本年追加印 776.86，算得 767.86，不一致",
        "湖南.xlsx “表1”表 C6：三公经费合计预算印 64.36，算得 63.46，不一致",
    ]
    assert "湖南.xlsx “表1”表：表的年度是 2018，运行的年度是 2023，请核对" in placed.left


def test_years_may_stand_above_the_accounts(tmp_path: Path) -> None:
    """Merged over two columns; a year's second figure that no table has is left with its cell."""
    blocks: Rows = [
        ["单位：万元"],
        ["人员", "编制数", "在职人数"],
        [None, 12, 13],
        ["经费", "2023年", "2024年", None, "备注"],
        [None, "决算数", "预算数", "决算数", None],
        ["“三公”经费", 3, 4, 2.5, None],
        ["因公出国（境）费", None, 1, 0.5, None],
        ["公务用车运行费", 3, 3, 2, None],
        ["办公设备购置", 3, 3, 2, None],
    ]
    placed = imported(workbook(tmp_path / "基础.xlsx", blocks), year=2024)
    assert placed.tables["三公经费"][1:] == [
        {"项目": "因公出国（境）", "本年预算数": "1.000000", "本年决算数": "0.500000"},
        {
            "项目": "公务用车运行维护",
            "上年决算数": "3.000000",
            "本年预算数": "3.000000",
            "本年决算数": "2.000000",
        },
    ]
    assert [each for each in placed.left if "B9：“办公设备购置”上年决算 3、预算 3" in each]
    assert placed.differences == []


def test_scores_of_a_published_sheet_come_out_by_the_published_rules(tmp_path: Path) -> None:
    """Of figures it prints: 95.10 % → 8, 98.31 % → 0, 99.27 % → 8; three columns say 分值."""
    placed = imported(workbook(tmp_path / "评分.xlsx", HUNAN_SCORES), "hunan-2018")
    assert placed.tables == {}
    assert "由数据计算得分，不导入：在职人员控制率、三公经费变动率" in placed.skipped[0]
    assert [each.partition("；")[0] for each in placed.differences] == [
        "评分.xlsx “表1”表 B5：“过程”的分值印 58，算得 16，不一致"
    ]
    wrong = [list(row) for row in HUNAN_SCORES]
    wrong[3][8] = 0.8
    [told, _] = imported(workbook(tmp_path / "错.xlsx", wrong), "hunan-2018").differences
    assert "I4：三公经费变动率得分印 0.8，算得 0.00分，不一致" in told
    assert imported(workbook(tmp_path / "岳阳.xlsx", YUEYANG), "yueyang").agreed == 2


@pytest.mark.parametrize("write", [workbook, document])
def test_a_sichuan_form_of_a_department_is_its_budget_sources_and_indicators(
    tmp_path: Path,
    write,  # type: ignore[no-untyped-def] # noqa: ANN001 - two writers of one kind
) -> None:
    """Words are kept as grades and never as numbers; rows of spares are skipped and listed."""
    path = write(tmp_path / f"四川.{'xlsx' if write is workbook else 'docx'}", SICHUAN)
    placed = imported(path, "sichuan-2023")
    assert [row["来源"] for row in placed.tables["资金来源"]] == ["合计", "财政拨款"]
    assert placed.tables["预算执行"][0]["全年执行数"] == "251.890000"
    targets = {row["三级指标"]: row for row in placed.tables["绩效指标"]}
    assert list(targets) == [
        "发放工资人数", "发放准确率", "按月发放", "队伍稳定", "职工满意度",
    ]  # fmt: skip
    assert (targets["按月发放"]["方向"], targets["按月发放"]["指标解释"]) == ("定性", "及时")
    assert (targets["职工满意度"]["方向"], targets["职工满意度"]["计量单位"]) == ("正向", "%")
    assert targets["发放工资人数"]["方向"] == ""
    results = [(row.get("完成值"), row.get("定性等次")) for row in placed.tables["指标完成"]]
    assert results == [
        ("36", None), ("98.5", None), (None, "达成年度指标"), (None, "基本达成"), ("80", None),
    ]  # fmt: skip
    assert "占位的行：第13行“指标2”、第14行“……”" in placed.skipped[0]
    assert [each for each in placed.left if "“基本达成”不是数字，照写在“定性等次”" in each]
    assert (placed.agreed, placed.differences) == (10, [])


def test_a_form_in_yuan_a_project_and_a_blank_one(tmp_path: Path) -> None:
    """工资性支出 is a project where the form says 项目名称; a blank form is named and skipped."""
    project = [list(row) for row in SICHUAN]
    project[1] = ["项目名称", "工资性支出", None, None, None, None, None, "单位：元"]
    project[3][2:5] = project[4][2:5] = ["2389300", "2,518,900.00", "2518900"]
    blank = [list(row) for row in LANGFANG]
    blank[2][1], blank[4][2:] = "……", []
    placed = imported(workbook(tmp_path / "自评.xlsx", project, blank))
    [row] = placed.tables["项目自评"]
    assert (row["项目名称"], row["全年预算数"]) == ("工资性支出", "251.890000")
    assert {each["所属"] for each in placed.tables["绩效指标"]} == {"import_1"}
    assert [each for each in placed.left if "按来源的“财政资金”" in each]
    assert "自评.xlsx “表2”表 第3行：没有项目名称，是空白的表" in placed.skipped


def test_a_printed_rate_and_score_in_whole_points_agree(tmp_path: Path) -> None:
    """86 % and 9 points of 37.24 in 43.2; 指标1： goes, 完工率 stays."""
    placed = imported(workbook(tmp_path / "廊坊.xlsx", LANGFANG))
    assert (placed.agreed, placed.differences) == (2, [])
    assert [row["三级指标"] for row in placed.tables["绩效指标"]] == ["完工率"]
    wrong = [list(row) for row in LANGFANG]
    wrong[4][6:8] = ["87%", "10"]
    told = imported(workbook(tmp_path / "错.xlsx", wrong)).differences
    assert "G5：年度资金总额执行率印 87%，算得 86.20%，不一致；支出 ÷ 全年预算数" in told[0]
    assert "H5：年度资金总额执行率得分印 10，算得 8.62分，不一致" in told[1]


def test_headings_over_two_rows_are_found(tmp_path: Path) -> None:
    """绩效指标 over three columns, 权重 and 得分 over both rows."""
    rows: Rows = [
        ["评分表"],
        ["绩效指标", None, None, "权重（分）", "得分"],
        ["一级指标", "二级指标", "三级指标", None, None],
        ["产出", "产出数量", "培训\n场次", "10", "9.5"],
        [None, None, "指标3", None, None],
        ["小计", None, None, "10", "9.6"],
    ]
    placed = imported(workbook(tmp_path / "评分.xlsx", rows))
    assert [row["三级指标"] for row in placed.tables["绩效指标"]] == ["培训场次"]
    assert [each.partition("；")[0] for each in placed.differences] == [
        "评分.xlsx “表1”表 E6：小计的得分印 9.6，算得 9.5，不一致"
    ]


def test_blocks_under_repeated_headings_and_sums_above_their_groups_are_read(
    tmp_path: Path,
) -> None:
    """As our own sheet has them; a kind merged over rows, a dash for no reason, none for nought."""
    heads = ["二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "扣分原因"]
    rows: Rows = [
        heads,
        ["产出", "小计", None, None, 10, 9, None],
        ["产出数量", "巡查次数", "≥10次", "9次", 5, 4.5, "雨季"],
        [None, "培训场次", "≥2场", "2场", 5, 5, "—"],
        ["效果", "小计", None, None, 10, 10, None],
        ["社会效益", "事故起数", "≤0起", "0起", 10, 10, "—"],
        ["注：本表为虚构数据"],
        heads,
        ["资产管理", "资产管理情况", "账实相符", "相符", 4, 4, "—"],
    ]
    placed = imported(workbook(tmp_path / "评分.xlsx", rows))
    kinds = [(row["三级指标"], row["二级指标"]) for row in placed.tables["绩效指标"]]
    assert kinds == [
        ("巡查次数", "产出数量"), ("培训场次", "产出数量"), ("事故起数", "社会效益"),
    ]  # fmt: skip
    assert [row["偏差原因"] for row in placed.tables["指标完成"]] == ["雨季", "", ""]
    assert placed.tables["管理情况"][0]["扣分理由"] == ""
    assert [each.partition("；")[0] for each in placed.differences] == [
        "评分.xlsx “表1”表 F2：小计的得分印 9，算得 9.5，不一致"
    ]


def test_a_name_may_stand_in_the_cell_of_its_label_and_the_rate_among_the_indicators(
    tmp_path: Path,
) -> None:
    """The score of the rate counts once; what has no kind counts in the sum and is left."""
    rows: Rows = [
        ["项目名称：河道保洁", None, None, None, None, None, "单位：万元"],
        [None, "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分"],
        ["年度资金总额", 100, 120, 114, "95%", 10, 9.5],
        ["其中：当年财政拨款", 100, 120, 114, None, "—", "—"],
        ["其他资金", 0, 0, 0, None, "—", "—"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["预算执行", "预算执行", "预算执行率", "—", "—", 10, 9.5],
        ["产出", "数量指标", "保洁里程", "≥35公里", "35公里", 60, 60],
        ["成本", "社会成本指标", "扰民", "少", "少", 30, 30],
        ["总分", None, None, None, None, 100, 99.5],
    ]
    placed = imported(workbook(tmp_path / "自评.xlsx", rows))
    assert placed.tables["项目自评"][0]["项目名称"] == "河道保洁"
    assert [row["三级指标"] for row in placed.tables["绩效指标"]] == ["保洁里程"]
    assert [each.rpartition("：")[2] for each in placed.left] == [
        "项目资金按来源的“当年财政拨款”100、120、114，没有可放的数据表",
        "“河道保洁”的领域和实施方案七项不在表中，请补填",
        "“扰民”的二级指标“社会成本指标”不能识别",
    ]
    assert (placed.agreed, placed.differences) == (8, [])


WAYS = {
    "10天以内": ("10", "天", "反向"),
    "控制在5%（含）以下": ("5", "%", "反向"),
    "不超过3个工作日": ("3", "个工作日", "反向"),
    "30日内": ("30", "日", "反向"),
    "至少12场": ("12", "场", "正向"),
    "95%及以上": ("95", "%", "正向"),
    "≥200m2": ("200", "m2", "正向"),
    "12场": ("12", "场", ""),
    "8.5万元": ("8.5", "万元", ""),
    "10天左右": ("10", "天", ""),
    "≥10天以内": ("10", "天", ""),
    "10-12场": ("", "待填", ""),
    "10至12场": ("", "待填", ""),
    "10～12场": ("", "待填", ""),
}


def test_a_direction_is_read_from_a_sign_and_never_guessed(tmp_path: Path) -> None:
    """A sign may stand after the unit; without one, or with two, it is blank and listed."""
    head = ["二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
    rows: Rows = [head, *(["成本指标", f"按{each}", each, None, 1, None] for each in WAYS)]
    placed = imported(workbook(tmp_path / "评分.xlsx", rows))
    read = [
        (row.get("指标值", ""), row["计量单位"], row.get("方向", ""))
        for row in placed.tables["绩效指标"]
    ]
    assert read == list(WAYS.values())
    listed = [name for name in WAYS if any(f"“按{name}”" in left for left in placed.left)]
    assert listed == [name for name, (*_, way) in WAYS.items() if not way]


def test_the_tables_of_a_document_below_a_project_are_one_form(tmp_path: Path) -> None:
    """Funds in one, indicators in the next; the rows are counted on."""
    funds: Rows = [["单位：万元"], *LANGFANG[3:5]]
    path = document(tmp_path / "自评.docx", funds, LANGFANG[6:], above="项目名称：暖通改造")
    placed = imported(path)
    assert placed.kinds == ["自评.docx “第1至2个表格”表：项目支出绩效自评表（暖通改造）"]
    assert placed.tables["绩效指标"][0]["所属"] == "import_1"
    assert placed.skipped == ["自评.docx “第1至2个表格”表：占位的行：第6行“指标2：”"]


def test_a_form_that_is_none_we_know_is_told_what_it_lacks(tmp_path: Path) -> None:
    """The sheet that came nearest, and the headings of every known form."""
    rows = [[cell for cell in row if cell not in {"权重", "分值"}] for row in SICHUAN_INDICATORS]
    with pytest.raises(UnreadableInputError) as refused:
        imported(workbook(tmp_path / "表.xlsx", [["通讯录"]], rows))
    lines = str(refused.value).splitlines()
    funds = "全年预算数或调整后预算数、全年执行数或预算执行数、年度资金总额或资金总额"
    indicators = "三级指标或三级指标名称、年度指标值或指标值、分值或权重"
    assert lines[1] == "表.xlsx “表2”表与评分表最接近，缺少表头：分值或权重"
    assert lines[2:] == [
        "可导入的表，和由哪些表头认出：",
        "收入支出决算总表：项目、决算数或金额、收入、支出",
        "支出决算表：类、款、项、本年支出合计、基本支出、项目支出",
        f"项目支出绩效自评表：项目名称、{funds}、{indicators}",
        f"部门整体绩效自评表：{funds}、{indicators}",
        "部门整体支出绩效评价基础数据表：编制数、实际在职人数或在职人数、预算数、决算数",
        "评分表：三级指标或三级指标名称、分值或权重、得分或自评得分",
    ]


def test_the_command_writes_the_tables_and_tells_what_differs(
    project: Copy, tmp_path: Path
) -> None:
    """Rows of last year that no form has are named."""
    assert project.report("new", "demo-2025", "--from", "demo-2024", "--csv").returncode == 0
    year = project.of("demo-2025")
    wrong = [list(row) for row in SICHUAN]
    wrong[3][5] = "99.00%"
    path = workbook(tmp_path / "湖南.xlsx", HUNAN_DATA, wrong, HUNAN_DATA)
    done = year.report("import", str(path), "--year", "demo-2025")
    assert done.returncode == 0, done.stderr
    assert "写入 data/demo-2025/三公经费.csv，4 行" in done.stdout
    assert "预算执行.csv 原有、而导入的表中没有的行照留：基本支出、项目支出" in done.stdout
    assert "复核 湖南.xlsx “表2”表 F4：总额执行率印 99.00%，算得 100.00%，不一致" in done.stdout
    assert "预算执行的全年预算数为 251.890000，前面的表为 2690.620000，照前面的表" in done.stdout
    assert "已有一张基础数据表，这一张未导入" in done.stdout
    assert "个比率、得分、合计中，" in done.stdout
    assert "跳过 湖南.xlsx “表2”表：占位的行" in done.stdout
