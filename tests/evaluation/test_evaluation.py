"""The tables of the evaluation: each optional, each checked, each shown where it belongs."""

import re
from collections.abc import Callable

import pytest
from notebook_cells import executed
from project_copies import Copy

from helpers.blocks.html import HtmlWriter
from helpers.notebook.report import Report
from helpers.run import Run

OPTIONAL = {
    "01-overview goals": "本年度未提供“整体绩效目标”。",
    "04-budget-management adjustments": "本年度未提供“预算调整明细”，不列"
    "年初预算数到全年预算数的调整过程。",
    "04-budget-management management-finance": "本年度未提供“管理情况”中的财务管理部分。",
    "05-conclusions fields": "本年度未提供“项目自评”。",
    "13-projects projects": "本年度未提供“项目自评”。",
    "12-performance-goals project-goals": "本年度未提供“项目目标申报”。",
    "14-final-accounts summary-account": "本年度未提供“收入支出决算总表”。",
    "14-final-accounts expenditure-account": "本年度未提供“支出决算表”。",
    "15-years years": "没有以前年度的数据可比。",
}


def shown(run: Run, table: str) -> str:
    """A table of a notebook, as HTML."""
    notebook, key = table.split()
    return str(HtmlWriter().block(executed(run, notebook).blocks[f"table-{key}"]))


@pytest.mark.parametrize("table", OPTIONAL)
def test_a_run_without_a_table_says_so_in_one_sentence(real_run: Run, table: str) -> None:
    """And shows no empty table."""
    assert shown(real_run, table) == f'<p class="absent">{OPTIONAL[table]}</p>'


@pytest.mark.parametrize("table", OPTIONAL)
def test_a_run_with_the_table_shows_it(demo_run: Run, table: str) -> None:
    """Caption, head and rows."""
    html = shown(demo_run, table)
    assert "<caption" in html
    assert html.count("<tr>") > 1


def test_the_score_sheet_has_the_official_columns(demo_run: Run) -> None:
    """Of the first block and of the other two."""
    html = str(Report(demo_run).table("评分表").html)
    heads = [
        re.findall(r'<th scope="col"[^>]*>(.+?)</th>', head)
        for head in re.findall(r"<thead>.*?</thead>", html)
    ]
    assert '<th scope="rowgroup" rowspan=' in html
    common = ["指标解释", "评分标准", "扣分原因"]
    assert [head[-3:] for head in heads] == [common] * 3
    assert {"预算数（万元）", "执行数（万元）", "预算执行率", "分值", "得分"} <= set(heads[0])
    assert {"一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"} <= set(heads[1])


def test_every_project_has_a_page_in_the_official_columns(demo_run: Run) -> None:
    """Money, goal, indicators with points and scores, plan."""
    html = str(Report(demo_run).projects().html)
    pages = html.split('<article class="project">')[1:]
    assert len(pages) == len(demo_run.tables["项目自评"])
    for page in pages:
        for head in ("全年预算数（A）", "执行率（B/A）", "年度指标值", "实际完成值", "总结验收"):
            assert head in page


def test_the_worst_executed_project_comes_first(demo_run: Run) -> None:
    """With what explains it, or 待补充 where nothing does."""
    html = shown(demo_run, "13-projects projects")
    first = re.findall(r'<th scope="row"[^>]*>(.+?)</th>', html)[0]
    assert first == "社区服务设施改造"
    assert "待补充" in html


def test_the_balance_comes_from_the_final_account_where_the_budget_table_has_none(
    project: Copy,
) -> None:
    """One figure, one source: the account's cell stands behind it."""
    demo = project.of("demo-2024")
    before = demo.load().facts["carryover_balance"].known
    demo.set("预算执行", 2, "年末结转结余数", "")
    fact = demo.load().facts["carryover_balance"]
    assert fact.known == before
    assert fact.sources[0].place.file == "data/demo-2024/收入支出决算总表.csv"


def test_earlier_years_are_computed_from_their_own_data(project: Copy) -> None:
    """A change of last year's table changes what this year's report says of it."""
    demo = project.of("demo-2024")
    before = demo.load().facts["execution_rate_in_2023"]
    project.of("demo-2023").set("预算执行", 0, "全年执行数", "1")
    after = demo.load().facts["execution_rate_in_2023"]
    assert before.known != after.known
    assert all("demo-2023" in source.place.file for source in before.sources)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("earlier_runs: [demo-2024]", "年度 2024 不早于 2024"),
        ("earlier_runs: [demo-2023, demo-2023]", "与其他以前年度重复"),
        ("earlier_runs: ['2023']", "单位为“太阳宫乡”，不是“示例乡”"),
        ("earlier_runs: [demo-2021]", "params/demo-2021.yaml：找不到文件"),
        ("earlier_runs: demo-2023", "应为列表"),
    ],
)
def test_a_run_that_is_no_earlier_year_is_refused(project: Copy, line: str, said: str) -> None:
    """Another body's, a later or a missing one."""
    demo = project.of("demo-2024")
    demo.param("earlier_runs", line)
    done = demo.report("check", "demo-2024")
    assert done.returncode == 2
    assert said in done.stderr


Spoil = Callable[[Copy], None]

FAULTS: list[tuple[str, str, Spoil, str]] = [
    (
        "调整勾稽",
        "warning",
        lambda p: p.set("预算调整明细", 1, "金额", "-5"),
        "追加的金额为 -5.000000，正负号不符",
    ),
    (
        "调整勾稽",
        "warning",
        lambda p: p.set("预算调整明细", 1, "日期", "2023-05-22"),
        "日期 2023-05-22 不在 2024 年",
    ),
    (
        "项目勾稽",
        "warning",
        lambda p: p.set("项目自评", 0, "全年执行数", "1"),
        "各项目全年执行数合计",
    ),
    (
        "项目执行",
        "warning",
        lambda p: p.set("项目自评", 0, "全年执行数", "9999"),
        "支出超过全年预算数",
    ),
    (
        "决算勾稽",
        "warning",
        lambda p: p.set(
            "收入支出决算总表", p.row("收入支出决算总表", "年初结转和结余"), "决算数", "1"
        ),
        "决算收入：总计为",
    ),
    (
        "功能科目",
        "warning",
        lambda p: p.set("支出决算表", p.row("支出决算表", "2010301"), "基本支出", "1"),
        "2010301 合计为",
    ),
    (
        "功能科目",
        "warning",
        lambda p: p.set("支出决算表", p.row("支出决算表", "20701"), "科目编码", "20799"),
        "2070109 没有上级科目 20701",
    ),
    (
        "功能科目",
        "warning",
        lambda p: p.set("支出决算表", p.row("支出决算表", "2081002"), "本年支出合计", "1"),
        "20810社会福利支出为",
    ),
    (
        "编号对应",
        "error",
        lambda p: p.set("绩效指标", 0, "整体目标", "facilites"),
        "没有与“facilites”对应的行",
    ),
    (
        "目标对应",
        "warning",
        lambda p: p.set("整体绩效目标", 0, "职责", ""),
        "绩效目标没有对应的职责",
    ),
    (
        "目标对应",
        "warning",
        lambda p: p.add("整体绩效目标", "new_goal", "新目标", "一", "二", "三", "", ""),
        "“新目标”没有绩效指标来衡量",
    ),
    (
        "指标值偏低",
        "warning",
        lambda p: p.set("指标完成", p.row("指标完成", "hazards_fixed"), "指标值偏低", "是"),
        "指标值偏低的认定没有理由，未扣分",
    ),
    (
        "评定得分",
        "error",
        lambda p: p.set("管理情况", 0, "得分", "1.5"),
        "“财务管理制度健全性”得分 1.5，超过分值 1",
    ),
    (
        "得分或原因",
        "warning",
        lambda p: p.set("管理情况", 0, "得分", ""),
        "“财务管理制度健全性”没有得分",
    ),
    (
        "指标值与完成值",
        "warning",
        lambda p: p.set("指标完成", p.row("指标完成", "upkeep"), "定性等次", ""),
        "“公共设施长效管护机制”没有定性等次",
    ),
]


@pytest.mark.parametrize(("check", "level", "spoil", "said"), FAULTS)
def test_a_fault_is_found_by_its_check(
    project: Copy, check: str, level: str, spoil: Spoil, said: str
) -> None:
    """One more than what is planted, at its level."""
    new = project.of("demo-2024").new_findings(spoil)
    hits = [each for each in new if each.check == check and said in each.problem]
    assert [each.level for each in hits] == [level], [str(each) for each in new]


def test_a_claim_of_full_success_is_held_against_the_indicators(project: Copy) -> None:
    """In the good year the same sentence is true."""
    claim = "年度绩效目标全部完成。"
    good = project.of("demo-2023")
    good.say(claim)
    assert [each.check for each in good.load().findings] == []
