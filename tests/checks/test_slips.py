"""What is filled in and cannot be: names no row has, months, days, percentages, keys, headers."""

import pytest
from project_copies import Copy

from helpers.errors import UnreadableInputError
from helpers.inputs.params import MONITORING
from helpers.inputs.project import Project
from helpers.run import load_run

DEMO = "demo-2024"


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        ("月度执行 roads 编号", "raods", "error roads"),
        ("运行监控 safety 编号", "saftey", "warning safety"),
        ("项目自评 roads 实施科室", "城乡建设室", "warning 城乡建设办公室"),
        ("比率说明 execution_rate 编号", "exec_rate", "warning execution_rate"),
        ("整体绩效目标 facilities 职责", "做好民生保障", "error 做好民生保障和公共文化服务"),
        ("项目目标申报 roads 整体目标", "facility", "error facilities"),
        ("项目目标申报 roads 编号", "rods", "warning roads"),
        ("绩效指标 roads_work 所属", "rods", "error roads"),
        ("绩效指标 road_length 对应支出", "项目开支", "warning 项目支出"),
        ("指标完成 road_length 编号", "road_lenght", "error road_length"),
        ("资料清单 road_length 对应", "on_time、road_lenght", "warning road_length"),
        ("资料清单 road_length 保管科室", "综合办", "warning 综合办公室"),
        ("资产 GZ0001 预算项目", "road", "warning roads"),
        ("整改台账 cards_2024 责任科室", "综合办", "warning 综合办公室"),
    ],
)
def test_a_name_that_no_row_has_is_found_at_its_cell(
    project: Copy, cell: str, text: str, said: str
) -> None:
    """The finding says how grave it is, and the nearest known name."""
    demo, (table, key, column) = project.of(DEMO), cell.split(" ")
    row = demo.row(table, key)
    new = demo.new_findings(lambda p: p.set(table, row, column, text))
    [found] = [each for each in new if each.check == "编号对应" and each.place.line == row + 2]
    level, near = said.split(" ")
    assert (found.level, found.hint) == (level, f"是否应为“{near}”")
    assert found.place.column == column


@pytest.mark.parametrize("absent", ["运行监控", "项目自评", "项目目标申报"])
def test_a_table_a_run_does_without_is_no_reason_to_complain(project: Copy, absent: str) -> None:
    """What would name its rows has nothing to be compared with."""
    demo = project.of(DEMO)
    new = demo.new_findings(lambda p: p.path(absent).unlink())
    assert [each for each in new if each.check == "编号对应"] == []


def test_several_names_in_one_cell_are_each_looked_up(project: Copy) -> None:
    """A document may be the evidence of two indicators."""
    new = project.of(DEMO).new_findings(
        lambda p: p.set("资料清单", 0, "对应", "road_length、on_time")
    )
    assert new == []


@pytest.mark.parametrize("table", ["运行监控", "项目目标申报"])
def test_a_project_of_two_names_is_found(project: Copy, table: str) -> None:
    """The same id with another name."""
    [found] = project.of(DEMO).new_findings(lambda p: p.set(table, 0, "项目名称", "道路养护"))
    assert (found.check, found.level, found.place.line) == ("项目名称", "warning", 2)
    assert found.problem == "项目 roads 写作“道路养护”，“项目自评”表写作“乡村道路养护”"


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("13", "error", "没有13月"),
        ("0", "error", "没有0月"),
        ("8", "warning", "“乡村道路养护”缺2月"),
    ],
)
def test_a_month_there_is_not_is_found(project: Copy, text: str, level: str, said: str) -> None:
    """As is a month that is missing between the first and the last."""
    spoilt = project.of(DEMO)
    new = spoilt.new_findings(lambda p: p.set("月度执行", 1, "月份", text))
    assert (level, said) in [(each.level, each.problem) for each in new if each.check == "月份"]


def test_what_is_not_done_has_no_day_on_which_it_was(project: Copy) -> None:
    """The reverse, done and without a day, is found as well."""
    row = project.of(DEMO).row("整改台账", "cards_2024")
    [found] = project.of(DEMO).new_findings(
        lambda p: p.set("整改台账", row, "完成日期", "2025-01-05")
    )
    assert "有完成日期 2025-01-05，完成情况却不是已完成" in found.problem


def test_a_paragraph_nobody_asks_for_is_found(project: Copy) -> None:
    """A misspelt key would be left out of the report without a word."""
    new = project.of(DEMO).new_findings(lambda p: p.say("文字。", "社会效果"))
    assert [(each.check, each.hint) for each in new] == [("段落", "是否应为“社会效益”")]
    assert str(new[0].place).startswith(f"data/{DEMO}/叙述.csv 第")


@pytest.mark.parametrize("table", ["叙述", "预算执行", "月度执行", "资产"])
def test_a_header_among_the_rows_is_refused(project: Copy, table: str) -> None:
    """Excel repeats it on every printed page."""
    demo = project.of(DEMO)
    header, *_ = demo.path(table).read_text(encoding="utf-8").splitlines()
    demo.add(table, *header.split(","))
    with pytest.raises(UnreadableInputError, match=r"第\d+行：这一行与表头相同"):
        demo.load()


DAYS = (
    ("叙述", "确认日期"),
    ("资产", "盘点日期"),
    ("资产", "变动日期"),
    ("整改台账", "时限"),
    ("资料清单", "形成日期"),
    ("月度执行", "提醒日期"),
)


@pytest.mark.parametrize("day", ["2018-12-31", "2028-01-01", "1024-05-05"])
def test_a_day_far_from_the_year_is_found(project: Copy, day: str) -> None:
    """Five years before and three after it are near."""

    def spoil(demo: Copy) -> None:
        for table, column in DAYS:
            demo.set(table, 0, column, day)

    found = [each for each in project.of(DEMO).new_findings(spoil) if each.check == "日期范围"]
    places = {(each.place.file.rpartition("/")[2], each.place.column) for each in found}
    assert places == {(f"{table}.csv", column) for table, column in DAYS}
    assert {(each.level, each.place.line) for each in found} == {("warning", 2)}


@pytest.mark.parametrize(
    ("run", "key", "text", "said"),
    [
        ("demo-2024", "report_date", "2024年12月30日", "早于所报告期间的结束"),
        ("demo-2024", "report_date", "2029年1月5日", "与报告年度 2024 相差过远"),
        ("demo-2024", "monitoring_date", "2042年8月12日", "与报告年度 2024 相差过远"),
        ("2023", "execution_rate_floor", '"0.9"', "（是否应为 90）"),
        ("2023", "execution_rate_floor", '"-90"', "-90 为负数"),
        ("2023", "execution_rate_floor", '"900"', "900 超过 100%"),
        ("2023", "progress_floor", '"1"', "（是否应为 100）"),
        ("2023", "variance_rate_ceiling", '"0.30"', "（是否应为 30）"),
        ("2023", "weighting_gap", '"-1"', "-1 为负数"),
    ],
)
def test_a_parameter_out_of_bounds_is_found(
    project: Copy, run: str, key: str, text: str, said: str
) -> None:
    """A warning with the parameter's name."""
    new = project.of(run).new_findings(lambda p: p.param(key, f"{key}: {text}"))
    [found] = [str(each) for each in new if each.check in {"日期范围", "阈值写法"}]
    assert f"params（{key}）" in found
    assert said in found


@pytest.mark.parametrize(
    ("column", "text", "hint"),
    [
        ("得分比例", "0.6", "是否应为 60"),
        ("得分比例", "160%", ""),
        ("不高于", "0.05", "是否应为 5"),
    ],
)
def test_a_step_out_of_bounds_is_found(project: Copy, column: str, text: str, hint: str) -> None:
    """A percentage is typed as one."""
    new = project.of(DEMO).new_findings(lambda p: p.set("评分标准", 0, column, text))
    [found] = [each for each in new if each.check == "阈值写法"]
    assert (found.place.line, found.place.column, found.hint) == (2, column, hint)


def test_a_small_step_that_says_percent_is_let_be(project: Copy) -> None:
    """Its sign leaves no doubt."""
    new = project.of(DEMO).new_findings(lambda p: p.set("评分标准", 0, "不高于", "0.5%"))
    assert [each for each in new if each.check == "阈值写法"] == []


BASES = (
    ("叙述", "依据"),
    ("绩效指标", "依据"),
    ("整体绩效目标", "政策依据"),
    ("问题与措施", "依据"),
    ("管理情况", "依据文号"),
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("；", "没有写出依据"),
        ("《》", "没有写出依据"),
        ("《办法》；《 》", "中的《》是空的"),
        ("《办法", "的书名号不成对"),
        ("《办法》；《规定", "的书名号不成对"),
        ("《关于印发《办法》的通知》", ""),
    ],
)
def test_a_basis_that_names_nothing_is_found(project: Copy, text: str, said: str) -> None:
    """At its cell, and a title within a title is let be."""

    def spoil(demo: Copy) -> None:
        for table, column in BASES:
            demo.set(table, 0, column, text)

    new = project.of(DEMO).new_findings(spoil)
    found = [each for each in new if each.check == "依据" and each.level == "warning"]
    places = {(each.place.file.rpartition("/")[2], each.place.column) for each in found}
    assert places == ({(f"{table}.csv", column) for table, column in BASES} if said else set())
    assert {each.problem for each in found} == ({f"“{text}”{said}"} if said else set())
    assert all(each.place.line == 2 for each in found)


def test_monitoring_looks_at_its_own_ids_months_and_days(project: Copy) -> None:
    """At that stage too, with the two tables it has."""
    demo = project.of(DEMO)
    demo.set("月度执行", 0, "编号", "raods")
    demo.set("月度执行", 1, "月份", "13")
    demo.param("monitoring_date", "monitoring_date: 2024年7月12日")
    params = Project(demo.root).params(DEMO).model_copy(update={"stage": MONITORING})
    found = {each.check for each in load_run(Project(demo.root), params).findings}
    assert found >= {"编号对应", "月份", "日期范围"}
