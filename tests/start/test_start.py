"""The start notebook: its forms in a real JupyterLab, and what stands behind them."""

import shutil
import time
from pathlib import Path

import openpyxl
import pytest
from project_copies import Copy

from helpers.errors import Place, ReportError
from helpers.inputs.fingerprints import sha256
from helpers.inputs.project import Project
from helpers.start.jobs import Job
from helpers.start.state import report_state
from helpers.workflow.correcting import correct


def corrected(project: Copy, place: Place, text: str) -> bytes:
    """A file after a correction of one of its cells."""
    path = project.root / place.file
    correct(Project(project.root), place, text, sha256(path))
    return path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_corrected_cell_is_all_that_changes_in_its_file(
    project: Copy, encoding: str, ending: str
) -> None:
    """Encoding, mark, ends of lines and every other cell stay, quoted ones too."""
    text = '编号,人员类别,指标值,人数\na,"行政,编制",,88\nb,"事业\n编制",,49\n'.replace(
        "\n", ending
    )
    project.path("人员").write_bytes(text.encode(encoding))
    place = Place("data/2023/人员.csv", 3, "人数")
    expected = text.replace("49", "50").encode(encoding)
    assert corrected(project, place, " 50 ") == expected


def test_a_cell_of_a_workbook_is_corrected_where_it_stands(project: Copy) -> None:
    """Below a title; a workbook with a formula is left to Excel."""
    path = project.root / "data" / "2023" / "数据.xlsx"
    book = openpyxl.Workbook()
    for row in (["人员表"], ["编号", "人数"], ["a", "88"]):
        book.worksheets[0].append(row)
    book.worksheets[0].title = "人员"
    book.save(path)
    place = Place("data/2023/数据.xlsx", 3, "人数", "人员")
    corrected(project, place, "90")
    assert openpyxl.load_workbook(path)["人员"]["B3"].value == "90"
    book["人员"]["C3"] = "=1+1"
    book.save(path)
    with pytest.raises(ReportError, match="工作簿里有公式"):
        corrected(project, place, "91")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("data/2023/人员.csv", "=1+1", "以公式的写法开头"),
        ("params/2023.yaml", "1", "这里不能改"),
        ("data/../params/2023.csv", "1", "这里不能改"),
    ],
)
def test_what_no_cell_may_hold_is_not_written(
    project: Copy, file: str, text: str, said: str
) -> None:
    """Nor anything outside the data."""
    with pytest.raises(ReportError, match=said):
        correct(Project(project.root), Place(file, 2, "人数"), text, sha256(project.path("人员")))


def test_a_file_changed_since_it_was_checked_is_not_written_over(project: Copy) -> None:
    """Somebody else has it open in Excel."""
    seen = sha256(project.path("人员"))
    project.set("人员", 0, "人数", "89")
    with pytest.raises(ReportError, match="在核对之后有改动"):
        correct(Project(project.root), Place("data/2023/人员.csv", 2, "人数"), "90", seen)


def ended(job: Job) -> Job:
    """A job once it has ended."""
    deadline = time.monotonic() + 60
    while job.running:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return job


def test_a_command_goes_on_beside_whoever_started_it(project: Copy) -> None:
    """It is found again by its name, with what it said and how it ended; there is one at a time."""
    job = Job(Project(project.root), "check")
    assert (job.running, job.lines, job.code) == (False, [], None)
    job.start(["check", "2023"])
    found = Job(Project(project.root), "check")
    if found.running:
        with pytest.raises(ReportError, match="正在运行"):
            found.start(["check", "2023"])
    assert ended(found).code == 0
    assert found.lines[0] == "太阳宫乡2023年度部门整体绩效评价报告"
    found.start(["check", "没有"])
    assert ended(found).code == 2
    assert "找不到文件" in found.lines[-1]


def test_a_stopped_build_leaves_the_report_as_it_was(project: Copy) -> None:
    """As Ctrl-C does."""
    job = Job(Project(project.root), "build")
    job.start(["build", "2023"])
    while not job.lines:
        time.sleep(0.05)
    job.stop()
    assert ended(job).code != 0
    assert not (project.root / "outputs" / "2023").exists()


def test_the_state_tells_whether_a_report_is_that_of_its_data(project: Copy, built: Path) -> None:
    """Built, current, out of date."""
    here = Project(project.root)
    assert report_state(here, "2023") == "报告还没有生成"
    output = project.root / "outputs" / "2023"
    shutil.copytree(built, output)
    assert "与现在的数据和程序一致" in report_state(here, "2023")
    project.set("人员", 0, "人数", "89")
    assert "输入、程序或版本有变化" in report_state(here, "2023")
