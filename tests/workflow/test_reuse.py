"""Sections that would show the same are not run again; those that would not, are."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from project_copies import Copy, copy_project

from helpers.inputs.project import Project
from helpers.notebook.section_dependencies import opened_by
from helpers.workflow.section_cache import SectionCache


def ran(project: Copy, *words: str) -> set[str]:
    """Build, and give the numbers of the sections that were run."""
    done = project.report("build", "2023", *words)
    assert done.returncode == 0, done.stderr
    return {line[0] for line in done.stdout.splitlines() if "完成（" in line}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A project built once, with its sections kept."""
    project = copy_project(tmp_path_factory.mktemp("kept"))
    assert ran(project) == set("一二三四五六附")
    return project


def outdated(project: Copy) -> str:
    """The numbers of the sections that a build would run."""
    run = project.load()
    cache = SectionCache(Project(project.root), "2023", run)
    notebooks = run.notebooks
    numbered = zip("一二三四五六附", notebooks, strict=True)
    return "".join(number for number, each in numbered if cache.fetch(each, print) is None)


@pytest.mark.parametrize(
    ("table", "column", "text", "sections"),
    [
        ("人员", "人数", "89", "一三"),
        ("绩效指标", "三级指标", "区级收入", "三四"),
        ("指标完成", "完成值", "8.9", "三四"),
        ("绩效工作", "所写年度", "2022", "四"),
        ("问题与措施", "措施", "改进措施。", "五六"),
        ("叙述", "文字", "{department}设置机构。", "一"),
        ("预算执行", "全年预算数", "5275.741750", "二四五附"),
        ("预算执行", "全年预算数", "5275.741749", ""),
    ],
)
def test_one_changed_cell_outdates_just_what_shows_it(
    kept: Copy, table: str, column: str, text: str, sections: str
) -> None:
    """What follows from the cell, and no more."""
    path = kept.path(table)
    before = path.read_bytes()
    kept.set(table, 0, column, text)
    try:
        assert outdated(kept) == sections
    finally:
        path.write_bytes(before)
    assert outdated(kept) == ""


@pytest.fixture(scope="module")
def everything(made_up: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A run with every table, built once, with its sections kept."""
    folder = tmp_path_factory.mktemp("everything") / "project"
    shutil.copytree(made_up.root, folder)
    return Copy(folder, made_up.run)


def opening(executed: Path, table: str) -> set[str]:
    """The numbers of the executed notebooks whose cells opened a table."""
    return {
        path.name[:2]
        for path in executed.glob("*.ipynb")
        if table in opened_by(path.read_text(encoding="utf-8"))["tables"]
    }


@pytest.mark.parametrize(
    ("table", "column", "text", "notebooks"),
    [
        ("机构", "机构名称", "另一机构", "01"),
        ("整体绩效目标", "年度成果", "另一成果", "01 12"),
        ("预算调整明细", "金额", "1", "02 04"),
        ("管理情况", "情况", "另一情况", "04 11"),
        ("项目自评", "全年执行数", "1", "05 13"),
        ("整改台账", "措施", "另一措施", "06"),
        ("项目目标申报", "主要内容", "另一内容", "12 13"),
        ("运行监控", "措施", "另一措施", "16"),
        ("调查设计", "结果应用", "另一用处", "17"),
        ("资产", "资产名称", "另一资产", "18"),
        ("资料清单", "保管科室", "另一科室", "19"),
    ],
)
def test_one_changed_cell_of_a_table_outdates_the_sections_that_open_it(
    everything: Copy, table: str, column: str, text: str, notebooks: str
) -> None:
    """And those that show a figure or a score that follows from it; none besides."""
    path = everything.path(table)
    before = path.read_bytes()
    everything.set(table, 0, column, text)
    try:
        run = everything.load()
        cache = SectionCache(Project(everything.root), everything.run, run)
        found = {each.name[:2] for each in run.notebooks if cache.fetch(each, print) is None}
    finally:
        path.write_bytes(before)
    assert found == set(notebooks.split())
    executed = everything.root / "outputs" / everything.run / "notebooks"
    assert opening(executed, table) <= found


def test_another_run_a_section_opens_is_an_input_of_the_report(project: Copy) -> None:
    """A change there is seen by `verify`, and reruns the section that opened it, and no other."""
    project.sections(2)
    path = project.root / "notebooks" / "02-budget-execution.ipynb"
    notebook = nbformat.read(path, as_version=4)
    source = 'report.show(report.compare("demo-2023").loc[["budget"]], "与另一次运行比较")'
    notebook.cells.append(new_code_cell(source))
    nbformat.write(notebook, path)
    assert ran(project) == {"一", "二"}
    manifest = json.loads((project.root / "outputs" / "2023" / "manifest.json").read_bytes())
    inputs = {file["file"] for file in manifest["inputs"]}
    assert {"params/demo-2023.yaml", "data/demo-2023/预算执行.csv"} <= inputs
    assert project.report("verify", "2023").returncode == 0
    assert project.report("build", "2023").stdout.startswith("没有变化")
    project.of("demo-2023").set("预算执行", 0, "全年预算数", "1")
    done = project.report("verify", "2023")
    assert done.returncode == 1
    assert "demo-2023的全年预算数" in done.stdout
    assert ran(project) == {"二"}
    assert project.report("verify", "2023").returncode == 0


def test_a_changed_parameter_or_notebook_outdates_what_it_may_change(kept: Copy) -> None:
    """A parameter all sections, a notebook itself alone."""
    kept.param("status", "status: 送审稿")
    assert outdated(kept) == "一二三四五六附"
    kept.param("status", "status: 草稿")
    notebook = kept.root / "notebooks" / "06-measures.ipynb"
    before = notebook.read_bytes()
    notebook.write_bytes(before + b"\n")
    assert outdated(kept) == "六"
    notebook.write_bytes(before)


def test_a_build_runs_just_what_is_outdated(kept: Copy) -> None:
    """And says of the rest that it was kept."""
    before = kept.path("人员").read_bytes()
    kept.set("人员", 0, "人数", "89")
    assert ran(kept) == {"一", "三"}
    kept.path("人员").write_bytes(before)
    assert ran(kept) == {"一", "三"}


@pytest.mark.parametrize("spoil", ["half", "altered", "another shape"])
def test_a_spoilt_entry_is_noticed_and_ignored(
    kept: Copy, spoil: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half written, tampered with, or of another version: the section is run."""
    [entry] = (kept.root / "outputs" / ".cache" / "2023").glob("06-*.json")
    text = entry.read_text(encoding="utf-8")
    spoilt = {
        "half": text[: len(text) // 2],
        "altered": text.replace("措施", "办法"),
        "another shape": json.dumps([1]),
    }[spoil]
    before = entry.read_bytes()
    entry.write_text(spoilt, encoding="utf-8")
    assert outdated(kept) == "六"
    assert "06-measures.ipynb 的缓存已损坏，不用" in capsys.readouterr().out
    entry.write_bytes(before)


def test_a_reused_report_is_the_same_to_the_byte(kept: Copy) -> None:
    """As one built from scratch."""
    (kept.root / "outputs" / "2023" / "facts.json").unlink()
    assert ran(kept) == set()
    page = kept.root / "outputs" / "2023" / "report.html"
    reused = page.read_bytes()
    assert ran(kept, "--force") == set("一二三四五六附")
    assert page.read_bytes() == reused


def test_watching_builds_again_on_save(project: Copy) -> None:
    """Until interrupted, and then leaves nothing running."""
    project.sections(1)
    command = [Path(sys.executable).parent / "report", "build", "2023", "--watch"]
    watching = subprocess.Popen(
        command, cwd=project.root, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    facts = project.root / "outputs" / "2023" / "facts.json"
    try:
        assert watching.stdout
        while "等待改动" not in watching.stdout.readline():
            assert watching.poll() is None
        time.sleep(1.5)  # until the watcher listens
        project.set("人员", 0, "人数", "89")
        deadline = time.monotonic() + 30
        while '"421"' not in facts.read_text(encoding="utf-8"):
            assert time.monotonic() < deadline
            time.sleep(0.2)
    finally:
        os.kill(watching.pid, signal.SIGINT)
        watching.communicate(timeout=20)
    assert watching.returncode == 0
