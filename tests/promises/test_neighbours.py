"""Runs beside each other: no output of one lies where another's does."""

import pytest
from faults import spoil
from project_copies import Copy, contents

from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow.batch.run import _gathered
from helpers.workflow.batch.tasks import ReportResult


@pytest.mark.parametrize(
    "name",
    ["2023-failed", "2023-monitoring", "2023-monitoring-failed", "2023-Failed", "2023-MONITORING"],
)
@pytest.mark.parametrize("words", [["check"], ["build"], ["new", "--from", "2023"], ["bundle"]])
def test_a_name_that_ends_as_the_folders_of_others_do_is_refused(
    project: Copy, name: str, words: list[str]
) -> None:
    """By every command, before anything is made; the message says what to do."""
    if words[0] != "new":
        project.also(name)
    done = project.report(words[0], name, *words[1:])
    assert done.returncode == 2
    assert f"params/{name}.yaml：运行名称不能以" in done.stderr
    assert "请给参数文件改名" in done.stderr
    assert not (project.root / "outputs").exists()


@pytest.mark.parametrize(
    ("one", "other"), [("X-2023", "x-2023"), ("caf\u00e9", "cafe\u0301"), ("甲A", "甲a")]
)
def test_names_that_a_disk_may_take_for_the_same_are_refused(
    project: Copy, one: str, other: str
) -> None:
    """In another case, or composed otherwise; each by name, as long as both are there."""
    project.also(one)
    Project(project.root).params(one)
    project.also(other)
    for name in (one, other):
        done = project.report("check", name)
        assert done.returncode == 2
        assert "只差大小写" in done.stderr or "不是运行名称" in done.stderr


def test_no_run_is_started_beside_one_that_differs_in_case(project: Copy) -> None:
    """Both would be refused from then on."""
    done = project.report("new", "DEMO-2024", "--from", "demo-2023")
    assert done.returncode == 2
    assert "与 params/demo-2024.yaml 只差大小写" in done.stderr
    assert not (project.root / "params" / "DEMO-2024.yaml").exists()


def test_a_batch_names_those_that_clash_and_takes_the_rest(project: Copy) -> None:
    """One failure does not stop the others."""
    project.also("2023-failed", "x", "X")
    clashing: list[ReportResult] = []
    names = ["2023-failed", "x", "2023", "X"]
    gathered = _gathered(Project(project.root), names, OutputFormats(), clashing)
    assert [task.name for task in gathered] == ["2023"]
    assert [made.name for made in clashing] == ["2023-failed", "x", "X"]
    for made in clashing:
        assert made.error.startswith(f"params/{made.name}.yaml：")


def test_a_failed_build_and_both_stages_stand_beside_each_other(project: Copy) -> None:
    """And beside runs whose names begin alike."""
    outputs = project.root / "outputs"
    demo = project.of("demo-2023")
    for name in ("demo-2023", "demo-2023x", "demo-2023_failed", "demo-2023-Failed2"):
        (outputs / name).mkdir(parents=True)
        (outputs / name / "report.html").write_text(name, encoding="utf-8")
    before = contents(outputs)
    keep = ("01-", "31-")
    for path in Project(project.root).notebooks:
        if not path.name.startswith(keep):
            path.unlink()
    assert demo.report("build", "demo-2023", "--stage", "monitoring").returncode == 0
    spoil(project, "01-overview.ipynb", "1 / 0")
    spoil(project, "31-monitoring.ipynb", "1 / 0")
    assert demo.report("build", "demo-2023").returncode == 1
    assert demo.report("build", "demo-2023", "--stage", "monitoring").returncode == 1
    found = {path.name for path in outputs.iterdir()}
    ends = ("", "-failed", "-monitoring", "-monitoring-failed")
    assert {f"demo-2023{end}" for end in ends} <= found
    after = contents(outputs)
    assert {name: after.get(name) for name in before} == before
