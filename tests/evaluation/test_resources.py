"""Expenses, posts, funds and key projects: totals, ratios, and nothing where nothing is given."""

import re

import pytest
from notebook_cells import executed
from project_copies import Copy

from helpers.blocks.html import HtmlWriter
from helpers.run import Run

EXPENSES = "项目,上年预算数,上年决算数,本年预算数,本年决算数\n"
FOUR = "因公出国（境）,0,0,0,0\n公务用车购置,0,0,0,0\n公务用车运行维护,3,2,5,4\n公务接待,1,1,1,1\n"


def given(project: Copy, **tables: str) -> Run:
    """The 2023 run with other tables beside its own."""
    for name, text in tables.items():
        project.path(name).write_text(text, encoding="utf-8")
    return project.load()


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        (FOUR, "5.000000"),  # computed
        (FOUR + "合计,4,3,6,5\n", "5.000000"),
        (FOUR.replace("4\n", "\n") + "合计,4,3,6,5\n", "5.000000"),  # a part is not known
        ("公务接待,1,1,1,1\n合计,4,3,6,5\n", "5.000000"),  # not all parts are there
        ("公务接待,1,1,1,1\n", ""),  # then the part is not the whole
        (FOUR.replace("4\n", "\n"), ""),
    ],
)
def test_a_total_is_that_of_all_parts_or_as_printed(project: Copy, rows: str, total: str) -> None:
    """Unknown is never zero."""
    run = given(project, 三公经费=EXPENSES + rows)
    assert run.facts["three_public_final"].exact == total
    assert not [each for each in run.errors if each.check == "经费合计"]


def test_a_printed_total_that_is_not_the_sum_is_found(project: Copy) -> None:
    """With its cell."""
    run = given(project, 三公经费=EXPENSES + FOUR + "合计,4,3,6,7\n")
    [found] = [each for each in run.findings if each.check == "经费合计"]
    assert (found.level, found.place.line, found.place.column) == ("error", 6, "本年决算数")
    assert found.problem == "本年决算数合计为 7.000000，各项相加为 5.000000"


def test_funds_that_are_not_the_budget_are_asked_about(project: Copy) -> None:
    """The same money is told twice."""
    run = given(project, 资金来源="来源,全年预算数,全年执行数\n财政拨款,23187.01839,23101\n")
    [found] = [each for each in run.findings if each.check == "资金勾稽"]
    assert found.problem == (
        "资金来源全年执行数合计 23101.000000，预算执行表全年执行数为 23101.313452"
    )


def test_classes_are_added_and_not_what_is_listed_below_them(project: Copy) -> None:
    """款 of 经济分类 are parts of their 类."""
    rows = "301,工资福利支出,10,9\n30101,基本工资,6,6\n302,商品和服务支出,5,4\n"
    run = given(project, 经济分类="科目编码,科目名称,预算数,决算数\n" + rows)
    assert run.facts["economic_class_final"].exact == "13.000000"
    assert (
        run.facts["economic_class_final"].formula
        == "合计（经济分类：工资福利支出决算数，经济分类：商品和服务支出决算数）"
    )


def test_ratios_of_posts_and_key_projects_say_what_they_divide_by(project: Copy) -> None:
    """编制 are posts, and no target of anything."""
    run = given(
        project,
        编制="类别,编制数,在职人数\n行政编制,100,98\n事业编制,43,38\n",
        重点项目="项目名称,预算数,执行数,完成,按时完成,质量达标,按进度支付\n甲,9000,8000,是,是,否,否\n"
        "乙,1000,900,是,否,是,\n",
    )
    facts = run.facts
    assert (facts["staff_control_rate"].display, facts["staff_control_rate"].denominator) == (
        "95.10%",
        "编制数合计",
    )
    assert facts["key_expenditure_rate"].display == "55.83%"  # 10000 ÷ 17911.28
    shown = [facts[f"key_{each}_rate"].display for each in ("completion", "timeliness", "quality")]
    assert shown == ["100.00%", "50.00%", "50.00%"]
    assert facts["key_projects_behind"].display == "待补充"  # one cell is blank
    assert not any(id.endswith("_target") and "posts" in id for id in facts)


def test_assets_in_use_are_those_still_there(project: Copy) -> None:
    """Against all that is still there, by the cards; a blank leaves it unknown."""
    head = "资产编号,资产名称,类别,财务账,卡片账,实物盘点,变动,批复文号,使用状况\n"
    rows = "1,车,车辆,20,20,有,,,在用\n2,楼,房屋,60,60,有,,,闲置\n"
    rows += "3,旧车,车辆,9,9,无,处置,示资1号,在用\n"
    run = given(project, 资产=head + rows)
    assert run.facts["fixed_asset_utilisation_rate"].display == "25.00%"
    blank = given(project, 资产=head + rows.replace("闲置", ""))
    assert blank.facts["fixed_asset_utilisation_rate"].display == "待补充"
    none = given(project, 资产=(head + rows).replace("在用", "").replace("闲置", ""))
    assert "fixed_asset_utilisation_rate" not in none.facts


def test_the_annex_shows_what_is_given_and_nothing_else(project: Copy, real_run: Run) -> None:
    """No empty table, no sentence about one; a run without any has no such annex."""
    run = given(project, 编制="类别,编制数,在职人数\n行政编制,100,98\n")
    shown = "".join(
        map(str, map(HtmlWriter().block, executed(run, "20-resources").blocks.values()))
    )
    assert re.findall(r"<caption[^>]*>.*?</caption>", shown) != []
    assert "编制和在职人数" in shown
    assert "没有数据" not in shown
    assert not {"三公", "公用经费", "采购"} & set(re.findall(r"三公|公用经费|采购", shown))
    assert not [each for each in real_run.notebooks if each.stem == "20-resources"]


def test_a_budget_without_kinds_has_its_totals(project: Copy) -> None:
    """基本 and 项目 are lacking then, not zero; a budget with one of them alone is refused."""
    text = project.path("预算执行").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("基本", "项目"))]
    run = given(project, 预算执行="\n".join(kept) + "\n")
    assert run.facts["execution_rate"].display == "99.63%"
    assert run.facts["project_budget"].display == "待补充"
    assert not [each for each in run.errors if "一行" in each.problem]
    blocks = executed(run, "02-budget-execution").blocks
    assert "没有分列基本支出和项目支出" in str(HtmlWriter().block(blocks["table-budget-execution"]))
    alone = given(project, 预算执行=text.replace("基本支出,", "其他支出,"))
    assert any(each.problem == "缺少“基本支出”一行" for each in alone.errors)


def test_national_wording_of_kinds_is_taken_and_shown_as_written(project: Copy) -> None:
    """时效指标 is scored as 产出进度 and stands in the sheet as 时效指标."""
    head = "编号,二级指标,三级指标,方向,指标值,计量单位,分值,依据\n"
    rows = "one,时效指标,按期完成,正向,10,项,30,单位自述\n"
    rows += "two,生态效益指标,绿化,正向,4,项,30,单位自述\n"
    run = given(
        project,
        绩效指标=head + rows,
        指标完成="编号,完成值\none,9\ntwo,4\n",
        评分说明="编号,情形,原因\nmanagement,暂不评分,无资料\n",
    )
    assert (run.facts["outputs_score"].exact, run.facts["effects_score"].exact) == ("27", "30")
    assert run.facts["progress_count"].exact == "1"
    [line] = [each for each in run.evaluation.indicators if each.id == "one"]
    assert (line.kind, line.written) == ("产出进度", "时效指标")
