"""A report that still belongs to its inputs is not built again; any other is."""

import json
import shutil
from pathlib import Path

import pytest
from project_copies import Copy, copy_project

from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow.record import as_text
from helpers.workflow.up_to_date import check_freshness

UNCHANGED = "没有变化：outputs/2023/report.html（错误 0 项，警告 14 项，提示 9 项，见报告附件）"


@pytest.fixture
def finished(tmp_path: Path, built: Path) -> Copy:
    """A copy of the project with the finished report in place."""
    project = copy_project(tmp_path)
    shutil.copytree(built, project.root / "outputs" / "2023")
    return project


def stands(project: Copy) -> bool:
    """Whether the report of a project is taken as current."""
    here = Project(project.root)
    return check_freshness(here, "2023", here.params("2023"), OutputFormats()).manifest is not None


def test_nothing_changed_is_said_and_nothing_is_run(finished: Copy) -> None:
    """In no time, with the findings of the report that stands."""
    done = finished.report("build", "2023")
    assert done.stdout.strip() == UNCHANGED
    assert done.returncode == 0


def test_force_builds_all_the_same(finished: Copy) -> None:
    """Every section is run again, to the same bytes."""
    page = finished.root / "outputs" / "2023" / "report.html"
    before = page.read_bytes()
    done = finished.report("build", "2023", "--force")
    assert done.stdout.count("完成（") == 7
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    "file",
    [
        *("params/2023.yaml", "params/outlines/beijing-township.yaml"),
        *("data/2023/人员.csv", "data/2023/叙述.csv", "notebooks/06-measures.ipynb"),
    ],
)
def test_a_changed_input_is_noticed(finished: Copy, file: str) -> None:
    """Parameters, outline, tables, texts, notebooks: one byte is enough."""
    assert stands(finished)
    path = finished.root / file
    path.write_bytes(path.read_bytes() + b"\n")
    assert not stands(finished)


@pytest.mark.parametrize("file", ["report.html", "facts.json", "notebooks/01-overview.ipynb"])
def test_a_tampered_output_is_never_trusted(finished: Copy, file: str) -> None:
    """Nor a missing one."""
    path = finished.root / "outputs" / "2023" / file
    path.write_bytes(path.read_bytes()[:-1])
    assert not stands(finished)
    path.unlink()
    assert not stands(finished)


@pytest.mark.parametrize("spoil", ["", "{", "[]", '{"inputs": 3}', '{"outputs": {}}'])
def test_a_spoilt_manifest_is_ignored(finished: Copy, spoil: str) -> None:
    """Truncated, empty, or of another shape."""
    (finished.root / "outputs" / "2023" / "manifest.json").write_text(spoil, encoding="utf-8")
    assert not stands(finished)


def test_another_version_of_a_library_is_noticed(finished: Copy) -> None:
    """The report says what it was made with."""
    path = finished.root / "outputs" / "2023" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["packages"]["pandas"] = "0.1"
    path.write_text(as_text(manifest), encoding="utf-8")
    assert not stands(finished)
