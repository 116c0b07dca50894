"""The rules of scoring, each against an example worked out by hand."""

from fractions import Fraction
from pathlib import Path

import pytest
from project_copies import Copy

from helpers.figures.number import Number
from helpers.run import Run

# An indicator of 10 points: target, result and what else is filled in are given; the other
# 20 points of 产出 stand in a second indicator that is met exactly.
TARGETS = "编号,二级指标,三级指标,方向,指标值,计量单位,分值,依据\n"
RESULTS = "编号,完成值,定性等次,评定比例,指标值偏低,认定理由\n"
FILLER = "filler,产出质量,另一指标,正向,1,项,20,单位自述\n"


def scored(project: Copy, target: str, result: str, direction: str = "正向") -> Run:
    """A run whose first indicator has this target (指标值) and these cells of its result."""
    row = f"first,产出数量,甲指标,{direction},{target},项,10,单位自述\n"
    project.path("绩效指标").write_text(TARGETS + row + FILLER, encoding="utf-8")
    text = f"{RESULTS}first,{result}\nfiller,1,,,,\n"
    project.path("指标完成").write_text(text, encoding="utf-8")
    notes = "编号,情形,原因\neffects,暂不评分,无资料\nmanagement,暂不评分,无资料\n"
    project.path("评分说明").write_text(notes, encoding="utf-8")
    return project.load()


def score(run: Run, id: str = "first") -> Number:
    """The score of an indicator, item or part."""
    return run.facts[f"{id}_score"]


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("50", "45", "9"),  # 45 ÷ 50 × 10 = 9
        ("50", "50", "10"),  # met: full points
        ("50", "60", "10"),  # 120 % is capped at the points
        ("3", "1", "3.33"),  # 1 ÷ 3 × 10 = 3.333…, rounded before anything is added
        ("50", "0", "0"),  # nothing done
    ],
)
def test_larger_is_better_by_share_of_the_target(
    project: Copy, target: str, actual: str, points: str
) -> None:
    """完成值 ÷ 指标值 × 分值, never above the points."""
    assert score(scored(project, target, f"{actual},,,,")).known == Fraction(points)


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("8", "10", "8"),  # 8 ÷ 10 × 10 = 8
        ("8", "8", "10"),  # met
        ("8", "4", "10"),  # 200 % is capped
        ("8", "0", "10"),  # actual zero: no ratio, and zero is the best there is
        ("0", "0", "10"),  # target zero met
        ("0", "1", "0"),  # target zero missed: nothing, not a division by zero
    ],
)
def test_smaller_is_better_turns_the_ratio_round(
    project: Copy, target: str, actual: str, points: str
) -> None:
    """指标值 ÷ 完成值 × 分值; zeros are met or not."""
    assert score(scored(project, target, f"{actual},,,,", "反向")).known == Fraction(points)


def test_a_target_of_zero_where_more_is_better_is_met_by_anything(project: Copy) -> None:
    """There is no ratio to take, and zero is reached."""
    assert score(scored(project, "0", "3,,,,")).known == 10


@pytest.mark.parametrize(
    ("actual", "points"),
    [
        # target 100: an excess of 200 % is a result of 300, not of 200
        ("299.99", "10"),  # excess 199.99 %: nothing is lost
        ("300", "9"),  # excess exactly 200 %: 10 − 10 × 10 % = 9
        ("399.99", "9"),  # excess 299.99 %: still 10 %
        ("400", "8"),  # excess 300 %: 10 − 10 × 20 % = 8
        ("599.99", "8"),  # excess 499.99 %
        ("600", "7"),  # excess 500 %: 10 − 10 × 30 % = 7
        ("99999", "7"),  # never more than 30 %
    ],
)
def test_a_target_found_too_low_costs_points_by_the_excess(
    project: Copy, actual: str, points: str
) -> None:
    """10 %, 20 %, 30 % of the points at 200 %, 300 %, 500 % over the target."""
    run = scored(project, "100", f"{actual},,,是,比照上年偏低")
    assert score(run).known == Fraction(points)


@pytest.mark.parametrize(("finding", "reason"), [("", ""), ("否", "政策变化"), ("是", "")])
def test_without_a_persons_finding_and_reason_nothing_is_deducted(
    project: Copy, finding: str, reason: str
) -> None:
    """The excess alone decides nothing; a finding or a reason that is lacking is asked for."""
    run = scored(project, "100", f"400,,,{finding},{reason}")
    assert score(run).known == 10
    formats = [each for each in run.findings if each.check == "指标值偏低"]
    assert bool(formats) == (not reason)


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        (",达成年度指标,90%,,", "9"),  # 90 % of 10
        (",部分达成并具有一定效果,60%,,", "6"),  # both ends belong to the grade
        (",部分达成并具有一定效果,80%,,", "8"),
        (",未达成且效果较差,0%,,", "0"),
    ],
)
def test_a_qualitative_grade_gives_the_share_a_person_set(
    project: Copy, cells: str, points: str
) -> None:
    """Within the range of the grade."""
    assert score(scored(project, "", cells, "定性")).known == Fraction(points)


@pytest.mark.parametrize(
    ("direction", "target", "cells", "why"),
    [
        ("定性", "", ",达成年度指标,79%,,", "评定比例应在“达成年度指标”的80%～100%之内"),
        ("定性", "", ",很好,90%,,", "定性等次“很好”不在评分表中"),
        ("定性", "", ",,,,", "未填定性等次"),
        ("正向", "", "5,,,,", "甲指标指标值未填"),
        ("正向", "5", ",,,,", "甲指标未填"),
        ("", "5", "5,,,,", "甲指标未填方向"),
        ("正向", "-5", "5,,,,", "不能按比例计分，由人工评定"),
    ],
)
def test_what_cannot_be_scored_is_said_with_its_reason(
    project: Copy, direction: str, target: str, cells: str, why: str
) -> None:
    """资料不足，暂不评分, and neither item, part nor total gets a score."""
    run = scored(project, target, cells, direction)
    assert score(run).display == "资料不足，暂不评分"
    assert why in score(run).reason
    assert not score(run, "outputs").defined
    assert not score(run, "performance").defined
    assert not score(run, "total").defined
    assert run.evaluation.sheet.grade == ""


def test_points_that_do_not_add_up_are_reported_and_give_no_score(project: Copy) -> None:
    """Thirty points belong to 产出; 10 and 19 are no sheet."""
    scored(project, "50", "45,,,,")
    project.set("绩效指标", 1, "分值", "19")
    run = project.load()
    assert not score(run, "outputs").defined
    assert [each.problem for each in run.findings if each.check == "指标分值"] == [
        "产出指标各指标分值合计 29，应为 30"
    ]


@pytest.mark.parametrize(
    ("rounding", "points"),
    [
        # 2 ÷ 3 = 66.666…%; of 10 points
        ("rate_decimals: null, score_decimals: 2", "6.67"),  # 6.666…
        ("rate_decimals: 2, score_decimals: 3", "6.667"),  # 66.67 % first
        ("rate_decimals: 0, score_decimals: 1", "6.7"),  # 67 % first
        ("rate_decimals: null, score_decimals: 0", "7"),
        ("rate_decimals: null, score_decimals: 2, added_up: unrounded", "20/3"),
    ],
)
def test_the_rounding_step_is_a_setting(project: Copy, rounding: str, points: str) -> None:
    """Rate first or last, and how many digits the score shows."""
    set_rubric(
        project,
        "rounding: {rate_decimals: null, score_decimals: 2, added_up: rounded}",
        f"rounding: {{{rounding}}}",
    )
    fact = score(scored(project, "3", "2,,,,"))
    assert fact.known == Fraction(points)
    assert fact.formula.startswith("四舍五入（") == ("unrounded" not in rounding)


def test_what_does_not_apply_is_dropped(project: Copy) -> None:
    """Without a rule to rescale the total stands over fewer points, and is not graded."""
    run = without_first(project)
    assert score(run, "outputs").known == 20
    assert not run.evaluation.sheet.lines[2].applicable
    assert run.facts["outputs_score"].inputs == ("filler_score",)


def test_a_rubric_may_ask_to_rescale_what_is_left(project: Copy) -> None:
    """All of 90 points that apply were earned: 90 ÷ 90 × 100 = 100, and a grade."""
    set_rubric(project, "rescale: false", "rescale: true")
    run = complete(project, applicable=False)
    # 20 × 23101.313452 ÷ 23187.018390 = 19.926…, rounded; (19.93 + 20 + 30 + 20) ÷ 90 × 100
    assert score(run, "total").known == (Fraction("19.93") + 70) / 90 * 100
    assert run.evaluation.sheet.grade == "优"


def test_without_rescaling_an_inapplicable_item_leaves_no_grade(project: Copy) -> None:
    """优, 良, 中, 差 only when all hundred points were scored."""
    run = complete(project, applicable=False)
    assert score(run, "total").defined
    assert run.evaluation.sheet.grade == ""


def test_a_total_that_rests_on_an_unconfirmed_setting_says_so(project: Copy) -> None:
    """The points of 预算管理 are not confirmed in the Beijing rubric."""
    run = complete(project, applicable=True)
    assert run.evaluation.sheet.total_label == "测算得分（口径待财政部门确认）"
    assert run.evaluation.sheet.grade == "优"


@pytest.mark.parametrize(
    ("shown", "grade"),
    [("90", "优"), ("89.996", "优"), ("89.99", "良"), ("60", "中"), ("59.99", "差")],
)
def test_the_grade_is_that_of_the_score_as_it_is_shown(
    real_run: Run, shown: str, grade: str
) -> None:
    """89.996 is printed as 90.00, and a reader who sees 90.00 must find 优."""
    assert real_run.evaluation.sheet.rubric.grade(Fraction(shown)) == grade


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        # a carry-over rate of 4 %, four points
        (["5%,100%", "10%,50%", ",0%"], "4"),
        (["4%,100%", ",0%"], "4"),  # the bound itself is not exceeded
        (["3.99%,100%", "10%,50%"], "2"),
        (["1%,100%", ",25%"], "1"),
    ],
)
def test_steps_take_the_first_bound_the_ratio_does_not_exceed(
    project: Copy, rows: list[str], points: str
) -> None:
    """A blank bound holds for whatever is left."""
    stepped(project, [f"carryover,{row},《通知》,是" for row in rows])
    assert score(project.load(), "carryover").known == Fraction(points)


def test_an_unknown_standard_is_not_guessed(project: Copy) -> None:
    """Without steps the ratio is computed and not scored."""
    stepped(project, [])
    run = project.load()
    assert run.facts["carryover_rate"].defined
    assert score(run, "carryover").reason == "评分标准未定，口径待财政部门确认"


def without_first(project: Copy) -> Run:
    """A run in which the first indicator does not apply."""
    scored(project, "50", "45,,,,")
    with project.path("评分说明").open("a", encoding="utf-8") as file:
        file.write("first,不适用,本年无此项工作\n")
    return project.load()


def complete(project: Copy, *, applicable: bool) -> Run:
    """A run with every item scored in full, but that the first indicator may not apply."""
    scored(project, "50", "50,,,,")
    with project.path("绩效指标").open("a", encoding="utf-8") as file:
        file.write("effect,社会效益,效果,正向,1,项,30,单位自述\n")
    with project.path("指标完成").open("a", encoding="utf-8") as file:
        file.write("effect,1,,,,\n")
    notes = "编号,情形,原因\n" + ("" if applicable else "first,不适用,本年无此项工作\n")
    project.path("评分说明").write_text(notes, encoding="utf-8")
    project.set("预算执行", 2, "年末结转结余数", "0")
    project.set("预算执行", 2, "年初预算数", "23101.313452")
    assessed = (
        "finance_system,1",
        "fund_use,2",
        "accounting,1",
        "assets,4",
        "performance_management,4",
    )
    rows = [
        f"{id},指标,要求,情况,{points}" for id, points in (each.split(",") for each in assessed)
    ]
    text = "\n".join(["编号,指标,要求,情况,得分", *rows]) + "\n"
    project.path("管理情况").write_text(text, encoding="utf-8")
    steps = ["carryover,,100%,《通知》,是", "variance,,100%,《通知》,是"]
    write_steps(project.path("评分标准"), steps)
    return project.load()


def stepped(project: Copy, rows: list[str]) -> None:
    """Give the run a carry-over rate of exactly 4 % and steps to score it by."""
    project.path("评分说明").unlink()
    balance = Fraction("23187.018390") * 4 / 100
    project.set("预算执行", 2, "年末结转结余数", f"{balance.numerator / balance.denominator:.10f}")
    write_steps(project.path("评分标准"), rows)


def write_steps(path: Path, rows: list[str]) -> None:
    """Write 评分标准.csv."""
    path.write_text("\n".join(["编号,不高于,得分比例,依据,已确认", *rows]) + "\n", encoding="utf-8")


def set_rubric(project: Copy, old: str, new: str) -> None:
    """Change a line of the Beijing rubric."""
    path = project.root / "params" / "rubrics" / "beijing.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
