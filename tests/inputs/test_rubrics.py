"""Rubrics are data: validated when read, and another one needs no code."""

import re
from pathlib import Path

import pytest
from project_copies import ROOT, Copy

from helpers.errors import UnreadableInputError
from helpers.figures.exact import parse
from helpers.inputs.rubrics import Rubric, read_rubric

SHIPPED = {"beijing": "department", "project-self-evaluation": "project"}
THIRD = """\
name: 另一地区的评分表
scope: department
source: 测试
rounding: {rate_decimals: null, score_decimals: 1}
rescale: true
over_target: {confirmed: true, steps: []}
qualitative: {confirmed: true, levels: [{name: 好, from: "0", to: "100"}]}
grades: [{name: 合格, from: "60"}, {name: 不合格, from: "0"}]
parts:
  - id: money
    name: 资金
    points: "70"
    items:
      - {id: spent, name: 支出进度, group: 资金, points: "70", rule: rate, fact: execution_rate,
         explanation: 支出快慢, standard: 执行率×分值}
  - id: people
    name: 人员
    points: "30"
    items:
      - {id: staff, name: 行政人员占比, group: 人员, points: "30", rule: rate,
         fact: staff_administrative_share, explanation: 人员构成, standard: 占比×分值}
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_rubric_is_valid(name: str) -> None:
    """Its points add up to 100, part by part and item by item."""
    rubric = read_rubric(ROOT, name, "project" if SHIPPED[name] == "project" else "department")
    assert sum(parse(item.points) for _, item in rubric.items) == 100


def test_the_beijing_parts_are_those_of_the_rules() -> None:
    """20 / 60 / 20, the seven items of 预算管理 marked as not confirmed."""
    rubric = read_rubric(ROOT, "beijing", "department")
    assert [(part.name, part.points) for part in rubric.parts] == [
        ("当年预算执行情况", "20"),
        ("整体绩效目标实现情况", "60"),
        ("预算管理情况", "20"),
    ]
    assert [item.name for _, item in rubric.items if not item.confirmed] == [
        "财务管理制度健全性",
        "资金使用合规性和安全性",
        "会计基础信息完善性",
        "资产管理情况",
        "绩效管理情况",
        "结转结余率",
        "部门预决算差异率",
    ]


def test_the_self_evaluation_is_ten_fifty_thirty_ten() -> None:
    """The second rubric, for projects."""
    rubric = read_rubric(ROOT, "project-self-evaluation", "project")
    assert [part.points for part in rubric.parts] == ["10", "50", "30", "10"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('points: "70"\n    items', 'points: "60"\n    items', "“资金”各项分值合计 70，应为 60"),
        ('"30"', '"20"', "分值合计为 90，应为 100"),
        (
            "rule: rate, fact: execution_rate",
            "rule: guess",
            "应为 rate、bands、per_point、formula、indicators、assessed、steps、unpublished 之一",
        ),
        ("rule: rate, fact: execution_rate", "rule: rate", "按rate计分，须有 fact 或 formula 之一"),
        ("rule: rate, fact: execution_rate", "rule: indicators, kinds: [产值]", "kinds 应取自"),
        ("id: people", "id: money", "编号重复：money"),
        ("rescale: true", "rescale: maybe", "rescale"),
        ("rescale: true", "rescale: true\nbonus: 5", "bonus：没有这一项，可能是拼写有误"),
        ('points: "70"\n    items', "points: 70.5\n    items", "应为文字；数字要加引号"),
        ("scope: department", "scope: project", "scope 为 project，这里需要 department"),
        ('{name: 不合格, from: "0"}', '{name: 不合格, from: "60"}', "grades的分界有重复"),
    ],
)
def test_a_rubric_that_does_not_hold_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """With the file, the key, and what it should be."""
    assert old in THIRD
    folder = tmp_path / "params" / "rubrics"
    folder.mkdir(parents=True)
    (folder / "third.yaml").write_text(THIRD.replace(old, new), encoding="utf-8")
    with pytest.raises(UnreadableInputError, match=re.escape(said)) as caught:
        read_rubric(tmp_path, "third", "department")
    assert str(caught.value).startswith("params/rubrics/third.yaml：")


def test_another_rubric_needs_no_code(project: Copy) -> None:
    """A file and a parameter: the report is built, scored and graded by it."""
    path = project.root / "params" / "rubrics" / "third.yaml"
    path.write_text(THIRD, encoding="utf-8")
    project.param("rubric", "rubric: third")
    project.path("评分说明").unlink()
    done = project.report("build", "2023")
    assert done.returncode == 0, done.stdout + done.stderr
    sheet = project.load().evaluation.sheet
    assert isinstance(sheet.rubric, Rubric)
    assert (sheet.grade, sheet.total_label) == ("合格", "评价得分")
    page = (project.root / "outputs" / "2023" / "report.html").read_text(encoding="utf-8")
    # 70 × 99.63…% + 30 × 88 ÷ 420 = 69.74… + 6.28… = 76.0
    assert re.search(r'href="#fact-total_score">76\.0<', page)
    assert "支出进度" in page


def test_an_unknown_rubric_names_those_there_are(project: Copy) -> None:
    """A mistyped name says which exist."""
    project.param("rubric", "rubric: peking")
    with pytest.raises(
        UnreadableInputError, match=r"params/rubrics/peking\.yaml：找不到文件（现有：beijing、"
    ):
        project.load()


def test_a_fact_no_run_has_is_reported(project: Copy) -> None:
    """With file, item and near names; every wrong item, and what else is wrong with the run."""
    text = THIRD.replace("staff_administrative_share", "staff_share")
    given = text.replace("fact: execution_rate", "formula: 全年执行数 / 全年预算 * 100%")
    path = project.root / "params" / "rubrics" / "third.yaml"
    path.write_text(given, encoding="utf-8")
    project.param("rubric", "rubric: third")
    errors = project.load().errors
    assert [(each.place.file, each.problem, each.hint) for each in errors[:2]] == [
        (
            "params/rubrics/third.yaml",
            "“支出进度”：没有名为“全年预算”的数据项",
            "是否应为：全年预算数、年初预算数、项目支出全年预算数",
        ),
        (
            "params/rubrics/third.yaml",
            "“行政人员占比”：没有名为“staff_share”的数据项",
            "是否应为：staff_other_share、staff_other、staff_other_target",
        ),
    ]
    assert any("评分表中没有编号" in each.problem for each in errors[2:])


def test_a_rubrics_fault_is_told_once_with_what_to_do(project: Copy) -> None:
    """Earlier years share the rubric; an ambiguous label lists its ids, no points say how."""
    path = project.root / "params" / "rubrics" / "beijing.yaml"
    text = path.read_text(encoding="utf-8")
    given = {
        "fact: carryover_rate": "fact: 预算执行率分值",
        "rule: steps\n        fact: budget_variance_rate\n        absolute: true": (
            "rule: formula\n        formula: executed/budget*20"
        ),
    }
    for old, new in given.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    year = project.of("demo-2024")
    told = [each for each in year.load().errors if "beijing.yaml" in each.place.file]
    assert [(each.problem, each.hint.partition("、p_")[0]) for each in told] == [
        ("“结转结余率”：名为“预算执行率分值”的数据项不止一个", "写编号：execution_points"),
        (
            "“部门预决算差异率”：单位不同，不能相加减或比较：分、倍",
            "得分写作……× 分值，如 executed ÷ budget × 分值；百分数先 ÷ 100%",
        ),
    ]
