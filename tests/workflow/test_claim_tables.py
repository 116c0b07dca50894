"""Tables of published figures under Chinese kinds: judged row by row, the verdicts put beside."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from project_copies import ROOT, Copy, report

from helpers.figures import ratios
from helpers.figures.claim_kinds import CLAIM_KINDS
from helpers.figures.claims import ClaimError, find_kind, judge_claim
from helpers.notebook.tables.basics import published_ratios

EXAMPLES = ROOT / "docs" / "examples" / "公开数.csv"
LISTED = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
METHODS = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


def written(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV of verdicts below its head."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_kind_has_an_example_that_agrees(tmp_path: Path) -> None:
    """As docs/audit.md lists them, with the names of their inputs."""
    done = report("audit", shutil.copy(EXAMPLES, tmp_path), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = written(tmp_path / "公开数-复核.csv")
    assert [row["复核结果"] for row in rows] == ["一致"] * len(CLAIM_KINDS)
    examples = [
        (row["种类"], [cell for name, cell in row.items() if cell and name in names], row["公开数"])
        for row, kind in zip(rows, CLAIM_KINDS, strict=True)
        for names in [{words[0] for words in kind.inputs} or {"甲", "乙"}]
    ]
    listed = re.findall(r"^\| (\S+) \| (.*?) ?\| (.+) \| (.+) → (.+) \|$", LISTED, re.MULTILINE)
    assert [(name, out) for name, *_, out in listed] == [(name, out) for name, _, out in examples]
    for (_, also, inputs, given, _), kind, (_, cells, _) in zip(
        listed, CLAIM_KINDS, examples, strict=True
    ):
        assert set(given.split("、")) == set(cells)
        assert tuple(filter(None, also.split("、"))) == kind.also
        assert not kind.inputs or inputs == "、".join(
            words[0] + (f"（{'、'.join(words[1:])}）" if words[1:] else "") for words in kind.inputs
        )


def test_every_ratio_is_a_kind_under_its_name_and_inputs_in_the_methods() -> None:
    """None is left out."""
    named = {
        function: (name, tuple(inputs.split("、")))
        for name, function, inputs in re.findall(
            r"^## (\S+) `(\w+)`\n\n- 含义.*\n- 参数：(.+)$", METHODS, re.MULTILINE
        )
    }
    ours = {each.compute: each for each in CLAIM_KINDS}
    for function in ratios.RATIOS:
        kind = ours[function]
        inputs = tuple(words[0] for words in kind.inputs) or ("甲", "乙")
        assert (kind.name, inputs) == named[function.__name__]


def test_the_end_of_a_name_will_do_where_the_inputs_tell() -> None:
    """控制率 of people and of expenses; 得分 by what it is worked out from."""
    for said, names, meant in (
        ("控制率", ("在职人员数", "编制数"), "在职人员控制率"),
        ("控制率", ("三公经费支出", "三公经费预算", "公用经费支出"), "三公经费控制率"),
        ("变动率", ("本年度累计结转结余", "上年度累计结转结余"), "结转结余变动率"),
        ("变动率", ("本年数", "上年数", "增减额"), "同比增长"),
        ("预算调整率", ("预算调整数", "年初预算"), "预算调整率（绝对值）"),
        ("得分", ("执行数", "预算数", "权重"), "执行率得分"),
        ("合计", ("部分1", "丙", "备注"), "合计"),
    ):
        assert find_kind(said, names)[0].name == meant
    for said, names, why in (
        ("得分", ("完成值", "指标值", "分值"), "可能是完成率得分、反向完成率得分，请写全称"),
        ("控制率", ("编制数",), "缺少所需的数：在职人员控制率要有在职人员数、编制数"),
        ("跑步", ("编制数",), "没有这种种类：跑步"),
    ):
        with pytest.raises(ClaimError, match=why):
            find_kind(said, names)


def test_people_are_whole_and_amounts_are_rounded() -> None:
    """136 of 143 is 95.10 % and nothing near; 1.4 of 1.4 may be a little more than all."""
    people = {"在职人员数": "136", "编制数": "143"}
    assert judge_claim("控制率", people, "95.1%")[1].verdict == "consistent"
    assert judge_claim("控制率", people, "95.3%")[1].verdict == "inconsistent"
    spent = {"支出": "1.4", "预算数": "1.4"}
    assert judge_claim("执行率", spent, "101%")[1].verdict == "rounding"


SIGNS = [
    ("增长率", "本年数=95；上年数=100", "5%", "一致"),
    ("增长率", "本年数=95；上年数=100", "-5%", "一致"),
    ("增长率", "本年数=105；上年数=100", "-5%", "不一致"),
    ("增长率", "本年数=105；增减额=5", "-5%", "不一致"),
    ("差额", "本年数=95；上年数=100", "5", "不一致"),
    ("差额", "本年数=95；上年数=100", "-5", "一致"),
    ("变动率", "本年度三公经费总额=95；上年度三公经费总额=100", "5%", "不一致"),
    ("变动率", "本年度累计结转结余=95；上年度累计结转结余=100", "5%", "不一致"),
]
"""Kinds with their numbers, a figure printed with a minus or without one, and its verdict."""


def test_a_sign_counts_alike_in_an_audit_and_in_a_run(project: Copy) -> None:
    """A fall may lack its minus where the kind says so; a wrong sign is never called cut off."""
    rows = [
        f"s{at},某数{at},{out},{kind},{given}" for at, (kind, given, out, _) in enumerate(SIGNS)
    ]
    text = "\n".join(["编号,比率,公开数,种类,各数", *rows])
    project.path("公开比率").write_text(text, encoding="utf-8")
    in_run = published_ratios(project.load()).set_index("比率")["核对"]
    for at, (kind, given, out, verdict) in enumerate(SIGNS):
        pairs = dict(pair.split("=") for pair in given.split("；"))
        judgement = judge_claim(kind, pairs, out)[1]
        assert (judgement.words, in_run[f"某数{at}"]) == (verdict, verdict), SIGNS[at]
        assert "疑似截位" not in judgement.reason


ROWS = [
    ["公开数一览"],
    ["单位：万元"],
    ["项目", "种类", "支出 （万元）", "全年预算数", "本年数", "上年数", "公开数", "备注"],
    ["暖通改造", "执行率", 37.24, 43.2, None, None, "86%", "=1+1"],
    ["截位", "执行率", 8770.81, "10000.00", None, None, "87.70%", None],
    ["零基数", "增长率", None, None, 5, 0, "100%", None],
    ["认不出", "跑步", None, None, 5, 0, "1", None],
    ["注：本表为虚构数据"],
]


def test_a_workbook_gets_its_verdicts_beside_in_a_new_workbook(tmp_path: Path) -> None:
    """Title and notes stay; other sheets are named; nothing is ever overwritten."""
    book = Workbook()
    sheet, other = book.worksheets[0], book.create_sheet("说明")
    for row in ROWS:
        sheet.append(row)
    sheet["H4"].data_type = "s"
    other.append(["填报说明"])
    book.save(tmp_path / "公开数.xlsx")
    before = (tmp_path / "公开数.xlsx").read_bytes()
    done = report("audit", "公开数.xlsx", cwd=tmp_path)
    assert done.returncode == 1
    assert "未复核 公开数.xlsx “说明”表：表头没有“种类”和“公开数”" in done.stdout
    assert "一致 1 条，不一致（疑似截位） 1 条，不一致 1 条，无法读取 1 条" in done.stdout
    assert "第7行：无法读取，没有这种种类：跑步" in done.stderr
    made = load_workbook(tmp_path / "公开数-复核.xlsx").worksheets[0]
    assert [cell.value for cell in made[3]][-4:] == ["复核结果", "复核数", "算式", "说明"]
    assert [cell.value for cell in made[4]][-5:] == [
        None,
        "一致",
        "86%",
        "支出 ÷ 全年预算数 × 100% ＝ 37.24 ÷ 43.2 × 100%",
        None,
    ]
    assert [made.cell(line, 9).value for line in (5, 6)] == ["不一致（疑似截位）", "不一致"]
    assert made["A8"].value == "注：本表为虚构数据"
    again = report("audit", "公开数.xlsx", cwd=tmp_path)
    assert (again.returncode, "已有复核结果，从不覆盖" in again.stderr) == (1, True)
    assert (tmp_path / "公开数.xlsx").read_bytes() == before


def test_a_figure_shown_otherwise_than_it_is_stored_is_not_judged(tmp_path: Path) -> None:
    """86.2 shown as 86 %: which one was published is not sure."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["种类", "支出", "全年预算数", "公开数"])
    sheet.append(["执行率", 37.24, 43.2, 0.862])
    sheet["D2"].number_format = "0%"
    book.save(tmp_path / "公开数.xlsx")
    done = report("audit", "公开数.xlsx", cwd=tmp_path)
    assert (done.returncode, "D2 存的是 86.2%，显示的不是这样" in done.stderr) == (2, True)


def test_a_table_without_the_two_heads_is_refused(tmp_path: Path) -> None:
    """And says what the head should say."""
    book = Workbook()
    book.worksheets[0].append(["种类", "数"])
    book.save(tmp_path / "公开数.xlsx")
    done = report("audit", "公开数.xlsx", cwd=tmp_path)
    assert (done.returncode, "表头写“种类”“公开数”" in done.stderr) == (2, True)
    assert report("audit", "没有.xlsx", cwd=tmp_path).returncode == 2


PUBLISHED = """编号,比率,公开数,种类,各数
execution_rate,预算执行率,99.63%,,
basic_execution_rate,基本支出预算执行率,98.39%,,
heating,暖通改造执行率,86%,执行率,支出=37.24；全年预算数=43.2
points,暖通改造得分,10,得分,支出＝37.24；全年预算数＝43.2；分值＝10
people,在职人员控制率,95.3%,控制率,在职人员数:136;编制数:143
fell,办公费增长率,-12.5%,增长率,本年数=10.5；上年数=12
"""


def test_a_run_compares_figures_published_of_any_kind(project: Copy) -> None:
    """By the id of any figure, or by a kind with its numbers; both stand in the table."""
    project.path("公开比率").write_text(PUBLISHED, encoding="utf-8")
    run = project.load()
    rows = published_ratios(run)
    words = {row["比率"]: (str(row["复核数"]), row["核对"]) for _, row in rows.iterrows()}
    assert words["暖通改造执行率"] == ("86.20%", "一致")
    assert words["暖通改造得分"] == ("8.62分", "不一致")
    assert words["在职人员控制率"] == ("95.10%", "不一致")
    assert words["办公费增长率"] == ("−12.50%", "一致")
    assert "基本支出预算执行率" in words
    assert run.facts["claim_heating"].formula == "所印支出 ÷ 所印全年预算数 × 100%"
    told = [str(each) for each in run.findings if each.check == "公开数复核"]
    assert [each for each in told if "暖通改造得分 10，不一致：应为9" in each]
    assert not [each for each in run.findings if each.check == "数值范围" and "增长" in str(each)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,某率,1%,跑步,支出=1", "没有这种种类：跑步"),
        ("x,某率,1%,执行率,支出=1", "缺少所需的数：预算执行率要有支出、全年预算数"),
        ("x,某率,1%,执行率,支出一百", "各数写作“名称=数”，以分号隔开，现有“支出一百”"),
        ("x,某率,1%,,", "没有编号为“x”的比率（可填：execution_rate"),
    ],
)
def test_a_published_figure_that_cannot_be_recomputed_is_an_error(
    project: Copy, row: str, said: str
) -> None:
    """With its cell."""
    head = PUBLISHED.partition("\n")[0]
    project.path("公开比率").write_text(f"{head}\n{row}\n", encoding="utf-8")
    [found] = [each for each in project.load().findings if said in str(each)]
    assert (found.level, found.place.line) == ("error", 2)


def test_published_figures_may_be_called_by_name_alone(project: Copy) -> None:
    """Claims by their 比率, figures of the run by their label; a wrong row alone is lost."""
    year = project.of("demo-2024")
    head = PUBLISHED.partition("\n")[0]
    rows = (
        (",预算执行率,90%,,", ""),
        (",基本支出预算执行率,98.39%,,", ""),
        (",甲增长,-5%,增长率,本年数=95；上年数=100", ""),
        (",乙增长,5%,增长率,本年数=105；上年数=100", ""),
        (",丙增长,5%,增长率,本年数=105；上年数=100", "“丙增长”不止一行：第6行、第7行（"),
        (",丙增长,5%,增长率,本年数=105；上年数=100", "“丙增长”不止一行：第6行、第7行（"),
        ("basic_execution_rate,基本支出执行率,98.39%,,", "“基本支出预算执行率”已有一行（另见"),
        (",没有的率,1%,,", "没有名为“没有的率”的数据项"),
        (
            ",预算执行率得分,8,,",
            "的数据项有 7 个（写编号：execution_score、p_roads_execution_score、",
        ),
    )
    lines = [head, *(row for row, _ in rows)]
    year.path("公开比率").write_text("\n".join(lines), encoding="utf-8-sig")
    run = year.load()
    told = [str(each) for each in run.errors if "公开比率" in str(each)]
    said = [why for _, why in rows if why]
    assert [each for each, why in zip(told, said, strict=True) if why not in each] == []
    shown = published_ratios(run)["比率"].tolist()
    assert {"预算执行率", "基本支出预算执行率", "甲增长", "乙增长"} <= set(shown)
    assert any(each.level != "error" for each in run.findings)
