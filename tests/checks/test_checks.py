"""The checks: each finds what it promises; the sixteen defects of the source among them."""

import json
import re
from collections.abc import Callable

import pytest
from project_copies import ROOT, Copy

from helpers.checks import CHECKS
from helpers.checks.finding import CELLS, Finding
from helpers.run import Run

DOCS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def found(project: Copy, *checks: str) -> list[Finding]:
    """What the named checks find in a project."""
    return [finding for finding in project.load().findings if finding.check in checks]


def rewrite(project: Copy, notebook: str, old: str, new: str) -> None:
    """Put another text into the cells of a notebook."""
    path = project.root / "notebooks" / f"{notebook}.ipynb"
    held = json.loads(path.read_text(encoding="utf-8"))
    assert any(old in line for cell in held["cells"] for line in cell["source"])
    for cell in held["cells"]:
        cell["source"] = [line.replace(old, new) for line in cell["source"]]
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")


def retitle(project: Copy) -> None:
    """Number a heading of a notebook by hand, and wrongly."""
    rewrite(project, "04-budget-management", "## 资产管理", "## （2） 资产管理")


Plant = Callable[[Copy], None]

DEFECTS: list[tuple[str, Plant, str]] = [
    ("1", lambda p: p.say("部门预决算差异率为107.49。"), "率为107.49”的比率没有标%"),
    ("1", lambda p: p.set("公开比率", 0, "公开数", "99.63"), "99.63 未标%"),
    ("2", retitle, "报告结构中没有标题“（2） 资产管理”"),
    ("3", lambda p: p.say("开展2021年部门项目绩效自评。"), "2021年部门项目绩效自评"),
    ("3", lambda p: p.say("做好2022年部门预算绩效运行监控。"), "2022年部门预算绩效运行监控"),
    ("3", lambda p: p.set("绩效工作", 2, "所写年度", "2020"), "写作 2020 年"),
    ("4", lambda p: p.path("评分说明").unlink(), "没有写明暂不评分的原因"),
    ("5", lambda p: p.set("指标完成", 1, "完成值", ""), "“集体经济总收入”没有完成值"),
    ("6", lambda p: p.set("公开比率", 2, "公开数", "-31.5%"), "−31.5%，高于阈值 30%，未说明原因"),
    ("8", lambda p: p.say("指标有较为清晰的的细化。"), "“的的”"),
    ("9", lambda p: p.say("[bookmark: _GoBack]实行资产管理。"), "转换残留"),
    (
        "10",
        lambda p: p.say("支出23101.313452万元。"),
        "23101.313452”是手工填写的数字，且超过两位小数",
    ),
    ("11", lambda p: p.say("群众普遍满意度较高。"), "没有满意度数据支撑"),
    (
        "12",
        lambda p: p.say("与预期的偏离程度较低。"),
        "“偏离程度较低”与部门预决算差异率 107.49% 不符",
    ),
    ("13", lambda p: p.say("我乡和本单位、我部门一起推进。"), "“我部门”应统一为单位名称"),
    ("14", lambda p: p.say("项目经费实行专户管理。"), "国库集中支付下请人工核实"),
    ("15", lambda p: p.say("依据《北京市项目支出绩效评价管理办法》评价。"), "项目支出的办法"),
    ("16", lambda p: p.set("问题与措施", 0, "原因", ""), "问题没有写明原因"),
]


@pytest.mark.parametrize(("number", "plant", "said"), DEFECTS)
def test_a_defect_of_the_source_is_caught(
    project: Copy, number: str, plant: Plant, said: str
) -> None:
    """Planted again, each of the sixteen is found by the check docs/checks.md names for it."""
    row = re.search(rf"^\| {number} \| .+? \| (.+?) \|$", DOCS, re.MULTILINE)
    assert row
    checks = row[1].split("、")
    before = {str(finding) for finding in found(project, *checks)}
    plant(project)
    new = [finding for finding in found(project, *checks) if str(finding) not in before]
    assert [finding for finding in new if said in finding.problem]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("（2） 资产管理", "是否应为“资产管理”；编号由程序生成，不要写"),
        ("资产管理情况", "是否应为“资产管理”；编号由程序生成，不要写"),
        ("食堂", "标题见 params/outlines/beijing-township.yaml"),
    ],
)
def test_a_heading_the_outline_does_not_have_is_an_error(
    project: Copy, title: str, said: str
) -> None:
    """With its notebook and the nearest there is; so is the one it stands in the place of."""
    rewrite(project, "04-budget-management", "## 资产管理", f"## {title}")
    unknown, lacking = found(project, "标题")
    assert (unknown.problem, unknown.hint) == (f"报告结构中没有标题“{title}”", said)
    assert lacking.problem == "缺少标题“资产管理”"
    for each in (unknown, lacking):
        assert (each.level, each.place.file) == ("error", "notebooks/04-budget-management.ipynb")


def test_a_heading_below_another_than_its_own_is_an_error(project: Copy) -> None:
    """The same words at another level are another heading."""
    rewrite(project, "04-budget-management", "## 资产管理", "### 资产管理")
    assert [each.level for each in found(project, "标题")] == ["error", "error"]


SENTENCE = "全年预算数{total}，其中基本支出{基本支出}，项目支出{项目支出}。"


@pytest.mark.parametrize(
    ("said", "check", "level", "problem"),
    [
        ("全年预算数{budgte}。", "占位符", "error", "没有名为“budgte”的数据项"),
        ("全年预算数{budget。", "占位符", "error", "花括号不配对"),
        ("全年预算数｛budget｝。", "占位符写法", "error", "“｛”是全角花括号"),
        ("全年预算数{budget}万元。", "占位符写法", "warning", "后面的“万元”会重复"),
        ("全年预算数为三千余万元。", "手工数字", "warning", "“三千余万元”是手工"),
        ("全年的的预算数{budget}。", "叠字", "warning", "“的的”"),
        ("我乡全年预算数{budget}。", "单位名称", "warning", "“我乡”应统一为单位名称"),
        ("全年预算数{budget}，群众满意度较高。", "判断与数据", "warning", "没有满意度数据支撑"),
        ("全年预算数{budget}，𠮷。", "缺字", "error", "字体没有的字"),
    ],
)
def test_a_slip_in_a_sentence_of_a_notebook_is_found(
    project: Copy, said: str, check: str, level: str, problem: str
) -> None:
    """With its notebook, before anything is run."""
    rewrite(project, "01-overview", "主要职责按短标题列示，以三定方案为准：", said)
    new = [each for each in found(project, check) if problem in each.problem]
    assert [(each.level, each.place.file) for each in new] == [
        (level, "notebooks/01-overview.ipynb")
    ]


def test_what_a_notebook_gives_to_a_sentence_is_known_to_it_alone(project: Copy) -> None:
    """A name it gives is no slip, and none in a sentence that is not given it."""
    assert found(project, "占位符") == []
    rewrite(project, "01-overview", ", total=total)", ")")
    assert {each.problem for each in found(project, "占位符")} == {
        "没有名为“total”的数据项，占位符无法填入"
    }


def test_a_condition_of_a_sentence_names_a_figure(project: Copy) -> None:
    """As one of a paragraph does."""
    rewrite(project, "03-performance-targets", 'when="quantity_count"', 'when="quantity"')
    [finding] = found(project, "占位符")
    assert finding.problem == "没有名为“quantity”的数据项"


def test_a_cost_without_comparator_is_caught(project: Copy) -> None:
    """Defect 7 stands in the real data; a cost indicator with a target ends it."""
    said = "没有带指标值的成本指标，支出总额不能说明成本高低"
    assert said in [finding.problem for finding in found(project, "成本与满意度")]
    cells = ("cost", "产出成本", "每平方米保洁成本", "12", "元", "11.5", "单位自述")
    project.add("绩效指标", *cells)
    assert said not in [finding.problem for finding in found(project, "成本与满意度")]


def test_all_sixteen_defects_are_planted() -> None:
    """None is left out; the seventh has a test of its own."""
    assert {number for number, _, _ in DEFECTS} | {"7"} == {str(n) for n in range(1, 17)}


def test_docs_list_every_check_with_its_promise() -> None:
    """docs/checks.md and the code name the same checks."""
    promises = dict(
        re.findall(r"^\| (\S+) \| (.+) \|$", DOCS.partition("## 原报告")[0], re.MULTILINE)
    )
    promises = {name: promise for name, promise in promises.items() if name not in {"检查", "---"}}
    assert promises == {check.name: check.promise for check in CHECKS}


def test_check_names_are_unique() -> None:
    """A finding's check can be looked up."""
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)


def test_the_real_run_has_no_error(real_run: Run) -> None:
    """What is known to be lacking in 2023 is a warning or a note."""
    assert real_run.errors == []


def test_the_real_run_is_warned_of_what_its_source_lacks(real_run: Run) -> None:
    """Exactly these, so that a new warning is noticed."""
    warned = [finding.check for finding in real_run.findings if finding.level == "warning"]
    assert sorted(warned) == sorted(
        [
            "超阈值说明",
            *["指标值与完成值"] * 7,
            *["成本与满意度"] * 2,
            *["问题与原因"] * 2,
            *["工作年度"] * 2,
        ]
    )


@pytest.mark.parametrize(
    ("plant", "check", "level", "said"),
    [
        (
            lambda p: p.set("预算执行", 2, "全年预算数", "23187.01839"),
            "合计勾稽",
            None,
            "",
        ),
        (
            lambda p: p.set("预算执行", 2, "全年预算数", "23187.018391"),
            "合计勾稽",
            "error",
            "全年预算数合计为 23187.018391，各类相加为 23187.018390",
        ),
        (
            lambda p: p.set("预算执行", 1, "全年执行数", "17911.276642"),
            "支出与预算",
            "warning",
            "项目支出支出超过全年预算数，执行率 100.00%，须说明",
        ),
        (
            lambda p: p.set("预算执行", 1, "全年执行数", "178255717.03"),
            "支出与预算",
            "error",
            "单元格是否以元填写",
        ),
        (lambda p: p.set("预算执行", 0, "全年执行数", "-1"), "数值范围", "error", "为负数 −1.00"),
        (lambda p: p.set("指标完成", 2, "完成值", "950"), "数值范围", "warning", "950%，超过100%"),
        (
            lambda p: p.set("指标完成", 0, "同比增长", "-140%"),
            "数值范围",
            "error",
            "下降不可能超过100%",
        ),
        (
            lambda p: p.set("预算执行", 2, "年末结转结余数", "99999"),
            "数值范围",
            "error",
            "大于全年预算数",
        ),
        (lambda p: p.set("公开比率", 0, "公开数", "98.63%"), "公开数复核", "warning", "不一致"),
        (lambda p: p.param("status", "status: 定稿"), "落款", "error", "编制人（prepared_by）"),
        (
            lambda p: p.set("评分说明", 0, "编号", "performence"),
            "评分编号",
            "error",
            "评分表中没有编号“performence”",
        ),
        (lambda p: p.say("预算{budgte}。"), "占位符", "error", "没有名为“budgte”的数据项"),
        (
            lambda p: p.add("叙述", "甲", "若 budget", "文字。", "单位自述"),
            "占位符",
            "error",
            "条件“若 budget”写法不对",
        ),
        (
            lambda p: p.add("叙述", "甲", "有 budgte", "文字。", "单位自述"),
            "占位符",
            "error",
            "没有名为“budgte”的数据项",
        ),
        (
            lambda p: p.add("叙述", "甲", "", "文字。", "听说"),
            "依据",
            "error",
            "依据“听说”写法不对",
        ),
        (lambda p: p.say("完成百分之九十八。"), "手工数字", "warning", "“百分之九十八”是手工"),
        (lambda p: p.say("节约三千余万元。"), "手工数字", "warning", "“三千余万元”是手工"),
        (lambda p: p.say("｛budget｝。"), "占位符写法", "error", "“｛”是全角花括号"),
        (
            lambda p: p.say("【execution_rate】。"),
            "占位符写法",
            "error",
            "“execution_rate”没有写在花括号里",
        ),
        (lambda p: p.say("{budget}元。"), "占位符写法", "warning", "后面的“万元”会重复"),
        (lambda p: p.say("{execution_rate}％。"), "占位符写法", "warning", "后面的“%”会重复"),
        (lambda p: p.say("{department:增减}。"), "占位符写法", "error", "“department”是文字"),
        (lambda p: p.say("共检查35次。"), "手工数字", "warning", "“35”是手工填写的数字"),
        (lambda p: p.say("完成2023年任务。"), "文字年度", "note", "来年会过时"),
        (
            lambda p: p.say("收入下降{district_revenue_growth}。"),
            "判断与数据",
            "warning",
            "“下降”与数据不符",
        ),
        (lambda p: p.set("人员", 0, "人数", "八十八"), CELLS, "error", "“八十八”写法不对"),
        (
            lambda p: p.set("公开比率", 0, "编号", "exec_rate"),
            CELLS,
            "error",
            "没有编号为“exec_rate”的比率",
        ),
    ],
)
def test_a_check_finds_what_it_promises(
    project: Copy, plant: Plant, check: str, level: str | None, said: str
) -> None:
    """One planted fault a case; None where nothing is wrong."""
    plant(project)
    hits = [finding for finding in found(project, check) if said in finding.problem]
    assert [finding.level for finding in hits][:1] == ([level] if level else [])


@pytest.mark.parametrize(
    "clean",
    [
        "按京财绩效〔2020〕2146号办理。",
        "圆满完成“两会”任务。",
        "增长率{execution_rate}。",
        "做好第五次全国经济普查。",
    ],
)
def test_sound_wording_raises_no_finding(project: Copy, clean: str) -> None:
    """No false alarm for document numbers, quotations and filled-in rates."""
    before = len(project.load().findings)
    project.say(clean)
    assert len(project.load().findings) == before


def test_an_explained_ratio_is_no_longer_warned_of(project: Copy) -> None:
    """A reason beside the ratio is what the threshold asks for."""
    project.set("比率说明", 0, "原因说明", "年中追加区级专项。")
    assert all(finding.level == "note" for finding in found(project, "超阈值说明"))


def test_a_year_in_a_text_is_marked_on_the_page(project: Copy) -> None:
    """The reader sees 年度待核实 beside the paragraph, not only in the appendix."""
    from helpers.notebook.report import Report

    project.say("开展2021年部门项目绩效自评。")
    assert '<mark class="pending">年度待核实</mark>' in Report(project.load()).text("经济效益").html


def test_an_indicator_is_never_taken_for_a_ratio_of_a_rubric(project: Copy) -> None:
    """Its id may not be one that a rubric asks for: 8.8 亿元 is no share of posts."""
    project.set("绩效指标", 0, "编号", "staff_control_rate")
    project.set("指标完成", 0, "编号", "staff_control_rate")
    [finding] = found(project, "占用编号")
    assert finding.level == "error"
    assert "编号 staff_control_rate 是“在职人员控制率”的" in finding.problem
