"""What is not known is said to be unknown: no table, no row and no blank ever makes a zero."""

import csv
import re

import pytest
from project_copies import Copy

from helpers.figures.number import Number
from helpers.figures.ratios import execution_rate
from helpers.inputs.schema import TABLES
from helpers.notebook.report import Report


def headings_alone(project: Copy, *names: str) -> None:
    """Leave tables their headings alone."""
    for name in names:
        head = project.path(name).read_text(encoding="utf-8").splitlines()[0]
        project.path(name).write_text(head + "\n", encoding="utf-8")


def lacks(number: Number, *reasons: str) -> bool:
    """Whether a number has no value, and its reason says why."""
    return not number.defined and all(reason in number.reason for reason in reasons)


def bare(project: Copy) -> Copy:
    """A run that has its budget, and the headings of what every run must have."""
    needed = {spec.name for spec in TABLES if not spec.optional}
    for path in (project.root / "data" / project.run).glob("*.csv"):
        if path.stem not in needed:
            path.unlink()
    headings_alone(project, *(needed - {"预算执行"}))
    return project


def test_of_tables_without_rows_no_number_is_known(project: Copy) -> None:
    """Neither how many bodies, duties and people there are, nor what was scored of them."""
    facts = bare(project).load().facts
    for id in ("office_count", "duty_count", "staff_total", "indicator_count"):
        assert lacks(facts[id]), id
    assert {id for id, fact in facts.items() if fact.value == 0} == {"basic_unexecuted"}


def test_a_table_without_rows_is_a_warning(project: Copy) -> None:
    """One for each that every run must have."""
    bare(project)
    empty = [each for each in project.load().findings if each.check == "空表"]
    assert {each.level for each in empty} == {"warning"}
    assert len(empty) == len([spec for spec in TABLES if not spec.optional]) - 1


def test_a_page_of_tables_without_rows_says_that_nothing_was_given(project: Copy) -> None:
    """Built in full, with no zero and no empty list."""
    bare(project)
    done = project.report("build", "2023")
    assert done.returncode == 0, done.stdout
    page = (project.root / "outputs" / "2023" / "report.html").read_text(encoding="utf-8")
    for said in ("本年度未提供“机构”。", "本年度未提供“职责”。", "本年度未提供“绩效指标”。"):
        assert said in page
    for words in ("NaT至", "没有数据。"):
        assert words not in page, words
    assert re.findall(r"(?<!\d)0(?:</data></a>)?[个项人份]", page) == []


def test_where_nothing_could_be_scored_there_is_no_score_so_far(project: Copy) -> None:
    """No points of nothing, and the page says why instead."""
    bare(project)
    for row in range(3):
        project.set("预算执行", row, "全年执行数", "")
    run = project.load()
    for id in ("scored_score", "scored_points"):
        assert lacks(run.facts[id], "没有已评分的项目")
    report = Report(run)
    said = "已评分的项目得{scored_score}。"
    assert report.say(said, when="scored_score").blocks == ()


def test_answers_that_were_not_given_are_not_none(project: Copy) -> None:
    """Without 答卷 nobody knows how many came back; with some, a stratum may have none."""
    demo = project.of("demo-2024")
    demo.path("答卷").unlink()
    facts = demo.load().facts
    for id in ("survey_residents_returned", "survey_valid", "survey_rate", "survey_weighted_rate"):
        assert lacks(facts[id], "答卷.csv"), id
    assert "survey_residents_interval_low" not in facts
    demo.path("答卷").write_text("层,总体满意度\n户籍居民,满意\n", encoding="utf-8")
    assert demo.load().facts["survey_firms_returned"] == 0


def test_no_stratum_is_called_small_whose_answers_are_not_known(project: Copy) -> None:
    """Neither by the check nor in the table."""
    demo = project.of("demo-2024")
    demo.path("答卷").unlink()
    run = demo.load()
    assert not [each for each in run.findings if "少于" in each.problem]
    assert set(Report(run).strata()["说明"]) == {""}


def test_a_count_with_a_blank_among_what_it_counts_is_not_known(project: Copy) -> None:
    """A blank 有无 is neither there nor lacking."""
    demo = project.of("demo-2024")
    assert demo.load().facts["evidence_missing"].defined
    demo.set("资料清单", 1, "有无", "")
    missing = demo.load().facts["evidence_missing"]
    assert lacks(missing, "有无未填", "第3行")


def test_a_plan_item_left_blank_is_not_one_that_is_lacking(project: Copy) -> None:
    """无 counts as lacking, a blank makes the number unknown."""
    demo = project.of("demo-2024")
    assert demo.load().facts["p_culture_plan_items"] == 6
    demo.set("项目自评", 3, "总结验收", "")
    assert lacks(demo.load().facts["p_culture_plan_items"], "总结验收未填")


def test_assets_nobody_looked_at_have_no_number_of_differences(project: Copy) -> None:
    """And no table says that there are none."""
    demo = project.of("demo-2024")
    rows = list(csv.reader(demo.path("资产").read_text(encoding="utf-8").splitlines()))
    blank = [rows[0], *([*row[:3], *[""] * (len(row) - 3)] for row in rows[1:])]
    with demo.path("资产").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(blank)
    run = demo.load()
    assert lacks(run.facts["asset_missing"], "实物盘点未填")
    shown = str(Report(run).show(Report(run).frame("差异资产"), "差异").html)
    assert "不能判断有无差异" in shown


def test_reminders_are_not_known_before_the_months_are_filled_in(project: Copy) -> None:
    """Nobody to be reminded is said of full months alone."""
    demo = project.of("demo-2023")
    said = str(Report(demo.load()).show(Report(demo.load()).frame("提醒"), "提醒").html)
    assert "没有须提醒的项目" in said
    demo.set("月度执行", 2, "实际数", "")
    said = str(Report(demo.load()).show(Report(demo.load()).frame("提醒"), "提醒").html)
    assert "不能判断有无须提醒的项目" in said


@pytest.mark.parametrize(
    ("floor", "said"), [('""', "未设阈值"), ('"1"', "无"), ('"100"', "城乡建设")]
)
def test_no_field_below_the_floor_is_said_only_where_there_is_a_floor(
    project: Copy, floor: str, said: str
) -> None:
    """Without one nobody can say so."""
    demo = project.of("demo-2024")
    demo.param("execution_rate_floor", f"execution_rate_floor: {floor}")
    report = Report(demo.load())
    rates = report.data("项目自评").set_index("领域")
    rates = execution_rate(rates["全年执行数"], rates["全年预算数"])
    named = report.named_below(rates, "execution_rate_floor")
    assert said in named


def test_a_project_whose_rate_is_unknown_has_no_deviation_yet(project: Copy) -> None:
    """无 is said of a rate that reaches the floor; without a floor nothing is."""
    demo = project.of("demo-2023")
    demo.set("项目自评", 0, "全年执行数", "")
    deviations = Report(demo.load()).frame("项目").set_index("项目名称")["偏差原因"]
    assert deviations["乡村道路养护"] == "待补充"
    assert "无" in set(deviations)
    demo.param("execution_rate_floor", 'execution_rate_floor: ""')
    assert "无" not in set(Report(demo.load()).frame("项目")["偏差原因"])


def test_a_year_that_was_left_out_is_said_to_be(project: Copy) -> None:
    """Neither the finding nor the table writes of a year 空."""
    project.set("绩效工作", 2, "所写年度", "")
    [finding] = [
        each
        for each in project.load().findings
        if each.check == "工作年度" and each.place.line == 4
    ]
    assert finding.problem.endswith("没有写年度，无从核对")
    work = Report(project.load()).frame("绩效管理工作")
    assert list(work.iloc[2])[1:] == ["", "没有写年度"]


def test_the_sum_of_no_rows_is_the_figure_the_run_does_not_know(project: Copy) -> None:
    """A notebook that adds up a table without rows shows the figure, and no zero."""
    headings_alone(project, "人员")
    report = Report(project.load(), strict=True)
    total = report.data("人员")["人数"].sum().named("人员合计", "staff_total")
    assert total.value == 0
    assert "待补充" in str(report.say("年末{total}。", total=total).html)


def test_no_rows_are_counted_of_a_file_that_was_not_given(project: Copy) -> None:
    """The list of files says that it was not given, and nothing more."""
    from helpers.inputs.project import Project
    from helpers.run import input_files

    files = {each.file: each for each in input_files(Project(project.root), "2023", project.load())}
    assert files["data/2023/资产.csv"].rows is None
    assert files["data/2023/机构.csv"].rows == 14
