"""Many departments at once: one failure stops nothing, nothing is done twice, Dask is the same."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import duckdb
import nbformat
import pytest
from bs4 import BeautifulSoup
from distributed import Client
from faults import until
from made_up.files import write_departments
from nbclient import NotebookClient
from project_copies import ROOT, Copy, contents, report

from helpers.errors import UnreadableInputError
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow.batch import tasks, workers
from helpers.workflow.batch.run import run_names
from helpers.workflow.batch.workers import DAEMON, perform_all

BIN = Path(sys.executable).parent
DOCS = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")


def departments(folder: Path, count: int) -> list[str]:
    """A project of made-up departments alone; their runs."""
    for part in ("notebooks", "params/rubrics", "params/outlines"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "constraints.txt", folder)
    Copy(folder).sections(3)
    return write_departments(folder, count)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Four departments built in a batch; the second has no budget, the third wrong parameters."""
    project = Copy(tmp_path_factory.mktemp("district"))
    runs = departments(project.root, 4)
    project.of(runs[1]).path("预算执行").unlink()
    project.of(runs[2]).param("year", "year: 二〇二四")
    done = project.command("batch", "params/*.yaml")
    assert done.returncode == 1, done.stdout + done.stderr
    (project.root / "said.txt").write_text(done.stdout, encoding="utf-8")
    return project


def test_a_broken_department_is_named_and_the_rest_are_whole(district: Copy) -> None:
    """Every run has its line; the summary at the end says why two failed."""
    said = (district.root / "said.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^\[\d/4\] ", said, re.MULTILINE)) == 4
    assert "失败 u00002-2024：data/u00002-2024/预算执行.csv：找不到这个文件" in said
    assert "失败 u00003-2024：params/u00003-2024.yaml" in said
    assert "4 次运行：完成 2，未变 0，失败 2" in said
    outputs = district.root / "outputs"
    assert sorted(path.name for path in outputs.iterdir()) == [
        ".aside",
        "facts.parquet",
        "index.html",
        "u00001-2024",
        "u00004-2024",
    ]


def test_a_report_of_a_batch_is_the_report_of_its_own_build(district: Copy, tmp_path: Path) -> None:
    """To the byte; the manifest too, but for nothing."""
    batch = contents(district.root / "outputs" / "u00001-2024")
    shutil.copytree(district.root, tmp_path / "project", ignore=shutil.ignore_patterns("outputs"))
    done = report("build", "u00001-2024", cwd=tmp_path / "project")
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "project" / "outputs" / "u00001-2024") == batch


def test_resume_does_only_what_is_missing_or_changed(district: Copy) -> None:
    """What stands is left alone; a report that was altered is made again."""
    runs = ("u00001-2024", "u00004-2024")
    again = district.report("batch", *runs, "--resume")
    assert "2 次运行：完成 0，未变 2，失败 0" in again.stdout
    page = district.root / "outputs" / "u00004-2024" / "report.html"
    whole = page.read_bytes()
    page.write_bytes(whole + b" ")
    mended = district.report("batch", *runs, "--resume")
    assert "2 次运行：完成 1，未变 1，失败 0" in mended.stdout
    assert page.read_bytes() == whole


def test_the_index_lists_by_budget_code_and_ranks_nobody(district: Copy) -> None:
    """Each line leads to its report; what is made up says so; failures are reported on top."""
    district.report("batch", "params/*.yaml", "--resume")
    html = (district.root / "outputs" / "index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    codes = [head.get_text() for head in page.select("tbody th")]
    assert codes == ["900001", "900004"]
    for link in page.select("tbody a"):
        assert (district.root / "outputs" / str(link["href"])).is_file()
    assert "虚构数据" in page.select(".notice")[0].get_text()
    assert "u00002-2024" in page.select(".failed")[0].get_text()
    assert "不排名次" in page.get_text()
    assert not page.select("script")


def test_one_parquet_file_holds_every_fact_exactly(district: Copy) -> None:
    """The exact value as text, the same as decimal, whose it is, and the notice."""
    file = str(district.root / "outputs" / "facts.parquet")
    rows = duckdb.sql(
        f"SELECT department, year, exact, value, notice FROM '{file}' "
        "WHERE fact = 'execution_rate' ORDER BY department"
    ).fetchall()
    assert [row[:2] for row in rows] == [("示例单位0001", 2024), ("示例单位0004", 2024)]
    for _, _, exact, value, notice in rows:
        top, bottom = map(int, exact.split("/"))
        assert abs(value * bottom - top) <= bottom * 10**-10
        assert "虚构数据" in notice
    [(facts, runs)] = duckdb.sql(f"SELECT count(*), count(DISTINCT run) FROM '{file}'").fetchall()
    assert runs == 2
    assert facts > 1000


@pytest.mark.parametrize("question", re.findall(r"```sql\n(.*?)```", DOCS, re.DOTALL))
def test_the_questions_of_the_docs_have_answers(
    district: Copy, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they stand there, in the project's folder."""
    monkeypatch.chdir(district.root)
    columns = duckdb.sql(question).columns
    assert len(columns) >= 3


def test_the_district_notebook_runs_from_top_to_bottom(district: Copy) -> None:
    """In an ordinary kernel, on the facts of the last batch."""
    notebook = nbformat.read(ROOT / "notebooks" / "district.ipynb", as_version=4)
    assert not [cell for cell in notebook.cells if cell.get("outputs")]
    folder = {"metadata": {"path": str(district.root / "notebooks")}}
    NotebookClient(notebook, timeout=120, resources=folder).execute()
    shown = [output["data"] for cell in notebook.cells for output in cell.get("outputs", [])]
    assert sum("image/png" in data for data in shown) == 1


def test_runs_are_named_by_pattern_folder_or_list(project: Copy) -> None:
    """Each once, in order; rubrics are no runs; a name of nothing is an error."""
    listed = project.root / "list.txt"
    listed.write_text("# 本区\ndemo-2023\n\n2023\n", encoding="utf-8")
    here = Project(project.root)
    assert run_names(here, ["params/demo-*.yaml"]) == ["demo-2022", "demo-2023", "demo-2024"]
    assert run_names(here, ["params"])[0] == "2023"
    assert run_names(here, ["list.txt", "params/*.yaml"])[:2] == ["demo-2023", "2023"]
    with pytest.raises(UnreadableInputError, match="没有对应的参数文件"):
        run_names(here, ["params/none-*.yaml"])
    with pytest.raises(UnreadableInputError, match="不在项目文件夹内"):
        run_names(here, ["../elsewhere/*.yaml"])


def test_a_report_whose_process_dies_is_tried_again_and_then_failed(
    district: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others do not notice."""
    tried: list[str] = []
    monkeypatch.setattr(tasks, "_in_process", lambda task: tried.append(task.name))
    made = tasks.perform(tasks.task(Project(district.root), "u00001-2024", OutputFormats()))
    assert made.error == tasks.DIED
    assert tried == ["u00001-2024"] * 2


def test_another_version_of_the_program_is_refused(district: Copy) -> None:
    """Before anything is made."""
    task = tasks.task(Project(district.root), "u00001-2024", OutputFormats())
    other = tasks.ReportTask(task.name, task.files, task.formats, "0" * 64)
    assert tasks.perform(other).error == tasks.OTHER_VERSION


def test_few_tasks_are_in_hand_at_a_time() -> None:
    """So that the parent does not grow with their number."""
    gathered = 0

    def endless() -> Iterator[tasks.ReportTask]:
        nonlocal gathered
        for _ in range(50):
            gathered += 1
            yield tasks.ReportTask("x", {}, OutputFormats(), "another version")

    with ThreadPoolExecutor(2) as pool:
        results = perform_all(pool, endless(), 2)
        next(results)
        assert gathered <= 2 * 2 + 2
        assert len(list(results)) == 49


def test_a_cluster_that_is_not_there_is_one_plain_message(
    district: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, exit 2."""
    monkeypatch.setattr(workers, "CONNECT_TIMEOUT", "1s")
    done = district.report("batch", "u00001-2024", "--cluster", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert "连不上集群" in done.stderr
    assert "Traceback" not in done.stderr


@contextmanager
def started_cluster(folder: Path, number: int, **settings: str) -> Iterator[str]:
    """A real scheduler with worker processes; its address."""
    address = folder / "scheduler.json"
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    words = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0"]
    scheduler = subprocess.Popen(  # type: ignore[call-overload]
        [BIN / "dask", "scheduler", *words, "--scheduler-file", address], **quiet
    )
    each = ["--nworkers", str(number), "--nthreads", "1", "--dashboard-address", ":0"]
    worker = subprocess.Popen(  # type: ignore[call-overload]
        [BIN / "dask", "worker", "--scheduler-file", address, *each],
        **quiet | {"env": os.environ | settings},
    )
    try:
        with Client(scheduler_file=str(address), timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(number, timeout=60)
            yield str(client.scheduler.address)
    finally:
        for process in (worker, scheduler):
            process.terminate()
            process.wait(30)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A cluster as docs/batch.md starts it."""
    with started_cluster(tmp_path, 2, **{DAEMON: "False"}) as address:
        yield address


@pytest.mark.surroundings
def test_workers_that_may_not_start_processes_are_refused(district: Copy, tmp_path: Path) -> None:
    """Before anything is sent, with the setting that lets them."""
    with started_cluster(tmp_path, 1) as address:
        done = district.report("batch", "u00001-2024", "--cluster", address)
    assert done.returncode == 2
    assert f"工作机不能派生进程（启动工作机前设置 {DAEMON}=False" in done.stderr


def kill_a_worker(address: str) -> None:
    """Kill one worker's process once each has a report in hand."""
    with Client(address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        until(lambda: all(client.processing().values()))
        os.kill(next(iter(pids.values())), signal.SIGKILL)


@pytest.mark.surroundings
def test_on_a_cluster_with_a_worker_killed_the_bytes_are_the_same(
    district: Copy, cluster: str, tmp_path: Path
) -> None:
    """A retry, not a lost report."""
    shutil.copytree(district.root, tmp_path / "project", ignore=shutil.ignore_patterns("outputs"))
    killer = Thread(target=kill_a_worker, args=[cluster])
    killer.start()
    runs = ("u00001-2024", "u00004-2024")
    done = report("batch", *runs, "--cluster", cluster, cwd=tmp_path / "project")
    killer.join()
    assert done.returncode == 0, done.stdout + done.stderr
    for run in runs:
        made = contents(tmp_path / "project" / "outputs" / run)
        assert made == contents(district.root / "outputs" / run)
