"""Process and evidence: what a department does through the year, and what is found in it."""

import re
import shutil
import zipfile
from collections.abc import Callable
from fractions import Fraction
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebook_cells import executed
from playwright.sync_api import Browser
from project_copies import Copy
from scipy.stats import binomtest, norm

from helpers.checks import checks_of
from helpers.errors import UnreadableInputError
from helpers.figures.confidence import stratified_interval, wilson_interval
from helpers.inputs.survey_answers import read_answers
from helpers.run import Run

HEAD = "姓名,手机号,层,总体满意度,有效\n"


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3
        (81, 263, "25.53", "36.62"),
        (15, 148, "6.24", "16.05"),
        (0, 20, "0.00", "16.11"),
        (1, 29, "0.61", "17.18"),
    ],
)
def test_the_interval_is_that_of_the_published_examples(
    successes: int, trials: int, low: str, high: str
) -> None:
    """To the digits that were printed."""
    ends = wilson_interval(successes, trials)
    assert [f"{float(end):.2f}" for end in ends] == [low, high]


@given(st.integers(1, 5000), st.floats(0, 1))
def test_the_interval_is_that_of_a_second_implementation(trials: int, share: float) -> None:
    """As scipy's own binomial test gives it."""
    successes = int(trials * share)
    ours = wilson_interval(successes, trials)
    theirs = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
    assert float(ours[0]) == pytest.approx(theirs.low * 100, abs=1e-4)
    assert float(ours[1]) == pytest.approx(theirs.high * 100, abs=1e-4)


def test_the_stratified_interval_is_worked_out_by_hand() -> None:
    """Two strata, weights 0.75 and 0.25, rates 0.8 and 0.5, samples of 101 of 3000 and 51 of 1000.

    Variance 0.75² × (1 − 101/3000) × 0.16 ÷ 100 + 0.25² × (1 − 51/1000) × 0.25 ÷ 50, the
    rates being 80.8 of 101 and 25.5 of 51 (fractions stand in for counts).
    """
    variance = 0.75**2 * (1 - 101 / 3000) * 0.16 / 100 + 0.25**2 * (1 - 51 / 1000) * 0.25 / 50
    reach = norm.ppf(0.975) * sqrt(variance) * 100
    low, high = stratified_interval([(3000, 101, 80.8), (1000, 51, 25.5)], [3000, 1000])  # type: ignore[list-item]
    assert float(low) == pytest.approx(72.5 - reach, abs=1e-4)
    assert float(high) == pytest.approx(72.5 + reach, abs=1e-4)


def test_a_census_has_no_interval(demo_run: Run) -> None:
    """辖区单位 were asked one and all."""
    assert "survey_residents_interval_low" in demo_run.facts
    assert "survey_firms_interval_low" not in demo_run.facts


def test_the_weighted_rate_is_worked_out_by_hand(demo_run: Run) -> None:
    """Each stratum's rate times its share of the 21 726 people."""
    expected = (
        Fraction(352, 396) * 9800
        + Fraction(79, 108) * 11600
        + Fraction(69, 78) * 86
        + Fraction(16, 18) * 240
    ) / (9800 + 11600 + 86 + 240)
    assert demo_run.facts["survey_weighted_rate"].known == expected * 100
    assert demo_run.facts["survey_rate"].known == Fraction(352 + 79 + 69 + 16, 600) * 100


def answers(folder: Path, text: str) -> Path:
    """Write 答卷.csv into a folder."""
    (folder / "答卷.csv").write_text(text, encoding="utf-8")
    return folder


def test_personal_columns_are_never_kept(made_up: Copy, tmp_path: Path) -> None:
    """Names and phones stand in the export, and in no output of ours."""
    shutil.copytree(made_up.root, tmp_path / "project")  # with the sections it keeps
    demo = Copy(tmp_path / "project", "demo-2024")
    text = demo.path("答卷").read_text(encoding="utf-8").replace("虚构17,", "张三丰,")
    demo.path("答卷").write_text(text.replace("00000000000", "13800000000"), encoding="utf-8")
    assert demo.report("build", "demo-2024").returncode == 0
    assert demo.report("bundle", "demo-2024").returncode == 0
    outputs = demo.root / "outputs"
    with zipfile.ZipFile(outputs / "demo-2024-绩效资料.zip") as archive:
        archive.extractall(outputs / "unpacked")
    for path in outputs.rglob("*"):
        if path.is_file() and path.suffix != ".zip":
            content = path.read_bytes()
            assert "张三丰".encode() not in content, path
            assert b"13800000000" not in content, path


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("甲,1,户籍居民,非常满意,\n", "第2行 “总体满意度”列：“非常满意”写法不对"),
        ("甲,1,户籍居民,满意,\n乙,2,户籍居民,满意,无效\n", "第3行 “有效”列：“无效”写法不对"),
        ("甲,1,,满意,\n", "第2行 “层”列：必填，现为空"),
    ],
)
def test_a_wrong_answer_is_reported_with_its_row(tmp_path: Path, rows: str, said: str) -> None:
    """Each kind once, however many rows it is in."""
    _, errors = read_answers(answers(tmp_path, HEAD + rows), "data")
    assert [said in str(error) for error in errors] == [True]


def test_blank_and_invalid_answers_are_returned_but_not_valid(tmp_path: Path) -> None:
    """回收 counts every form, 有效 those with an answer that nobody ruled out."""
    rows = "甲,1,一,满意,\n乙,2,一,,\n丙,3,一,满意,否\n丁,4,一,不满意,是\n"
    counted, errors = read_answers(answers(tmp_path, HEAD + rows), "data")
    assert not errors
    assert counted.returned == {"一": 4}
    assert counted.valid == {("一", "满意"): 1, ("一", "不满意"): 1}


@pytest.mark.parametrize("text", ["", "姓名,满意吗\n甲,是\n"])
def test_answers_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    """With the columns that are wanted."""
    with pytest.raises(UnreadableInputError, match="须有列：层、总体满意度"):
        read_answers(answers(tmp_path, text), "data")


def test_without_a_survey_there_is_none(tmp_path: Path) -> None:
    """An absent file is no error."""
    counted, errors = read_answers(tmp_path, "data")
    assert (len(counted), errors) == (0, [])


Spoil = Callable[[Copy], None]


@pytest.mark.parametrize(
    ("check", "level", "spoil", "said"),
    [
        (
            "满意度调查",
            "error",
            lambda p: p.set("调查设计", 0, "层", "户籍住户"),
            "答卷中的层“户籍居民”不在调查设计中",
        ),
        (
            "满意度调查",
            "warning",
            lambda p: p.set("调查设计", 0, "发放", "99999"),
            "户籍居民发放 99,999 多于户籍居民总体 9,800",
        ),
        (
            "满意率加权",
            "warning",
            lambda p: p.set("指标完成", p.row("指标完成", "satisfied"), "完成值", "86"),
            "“居民满意度”完成值 86%，调查加权满意率为 80.48%",
        ),
        (
            "资料齐全",
            "warning",
            lambda p: p.set("指标完成", 0, "佐证编号", "示佐〔2024〕99号"),
            "佐证 示佐〔2024〕99号 不在资料清单中",
        ),
        (
            "整改落实",
            "warning",
            lambda p: p.set("整改台账", 0, "编号", "other"),
            "上年未完成的“满意度调查未分层”本年台账没有续列",
        ),
        (
            "整改落实",
            "warning",
            lambda p: p.set("整改台账", 0, "完成日期", ""),
            "已完成，没有完成日期",
        ),
        (
            "运行监控",
            "warning",
            lambda p: p.set("运行监控", p.row("运行监控", "community"), "措施", ""),
            "“社区服务设施改造”进度滞后，没有填写措施",
        ),
    ],
)
def test_a_fault_of_the_process_is_found(
    project: Copy, check: str, level: str, spoil: Spoil, said: str
) -> None:
    """Beyond those that are planted."""
    new = project.of("demo-2024").new_findings(spoil)
    assert [each.level for each in new if each.check == check and said in each.problem] == [level]


def test_without_a_floor_nobody_is_to_be_reminded(project: Copy) -> None:
    """The rule is a setting; unknown, it reminds of nothing and says so."""
    demo = project.of("demo-2024")
    demo.param("progress_floor", 'progress_floor: ""')
    run = demo.load()
    assert not [each for each in run.findings if each.check == "支出提醒"]
    said = executed(run, "16-monitoring").table("table-reminders")
    assert not said.rows
    assert "提醒标准未设" in said.absent


def test_what_last_year_left_open_is_followed(demo_run: Run) -> None:
    """The item of 2023 stands with what became of it in 2024."""
    rows = executed(demo_run, "06-measures").table("table-followed-up").rows
    [row] = [row for row in rows if row[0] == "满意度调查未分层"]
    assert row[1:] == ["民生保障办公室", "进行中", "已完成"]


@pytest.fixture(scope="module")
def august(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A township in August: nothing of the year's end is there yet."""
    from project_copies import copy_project

    project = copy_project(tmp_path_factory.mktemp("august")).of("demo-2024")
    for path in (project.root / "data" / "demo-2024").iterdir():
        if path.stem not in {"月度执行", "运行监控"}:
            path.unlink()
    monthly = project.path("月度执行")
    lines = monthly.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not re.match(r"\w+,(8|9|1[012]),", line)]
    monthly.write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = project.report("build", "demo-2024", "--stage", "monitoring")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


def test_monitoring_needs_nothing_of_the_years_end(august: Copy) -> None:
    """Two tables and the parameters make the document of August, in a folder of its own."""
    folder = august.root / "outputs" / "demo-2024-monitoring"
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "示例乡2024年1—7月绩效运行监控情况" in page
    assert "2024年8月12日" in page
    assert "社区服务设施改造" in page
    assert "到8月" not in page
    assert [path.name for path in (folder / "notebooks").iterdir()] == ["31-monitoring.ipynb"]
    assert not (august.root / "outputs" / "demo-2024").exists()


def test_the_same_monitoring_comes_out_at_the_years_end(august: Copy, project: Copy) -> None:
    """What was sent in August can be made again later, figure for figure."""
    demo = project.of("demo-2024")
    assert demo.report("build", "demo-2024", "--stage", "monitoring").returncode == 0
    bodies = []
    for root in (august.root, demo.root):
        page = root / "outputs" / "demo-2024-monitoring" / "report.html"
        body = page.read_text(encoding="utf-8").partition('<main id="main"')[2]
        bodies.append(re.findall(r'href="#fact-(\w+)">(.*?)<', body))
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) > 50


def test_monitoring_runs_the_checks_its_tables_allow(demo_run: Run) -> None:
    """Reminders and measures, and how it is written."""
    names = {
        check.name for check in checks_of(demo_run.params.model_copy(update={"stage": "监控"}))
    }
    assert {"支出提醒", "运行监控", "标题", "手工数字"} <= names
    assert not {"合计勾稽", "决算勾稽", "资产核对"} & names


def test_the_document_of_august_prints_on_two_pages(august: Copy, browser: Browser) -> None:
    """As a browser prints it."""
    page = browser.new_page()
    page.goto((august.root / "outputs/demo-2024-monitoring/report.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
