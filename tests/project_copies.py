"""Copies of the project for tests to spoil, the command called in them, and built reports."""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
import pytest

from helpers import startup
from helpers.checks.finding import Finding
from helpers.cli import main
from helpers.cli.building import SCRIPT
from helpers.execution import processes
from helpers.inputs.project import OUTSIDE, Project
from helpers.run import Run, load_run
from helpers.workflow.batch.tasks import REPORTS

startup.lighten()
Completed = subprocess.CompletedProcess[str]
ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Copy:
    """A project of its own for one test, with ways to change its inputs."""

    root: Path
    run: str = "2023"

    def sections(self, count: int) -> None:
        """Leave the report its first sections alone."""
        for path in Project(self.root).notebooks[count:]:
            path.unlink()

    def of(self, run: str) -> Copy:
        """The same project, for changes to another run."""
        return Copy(self.root, run)

    def path(self, table: str) -> Path:
        """File of a table of the run."""
        return self.root / "data" / self.run / f"{table}.csv"

    def row(self, table: str, key: str) -> int:
        """Number of the data row (the first is 0) in which a cell reads `key`."""
        rows = list(csv.reader(self.path(table).read_text(encoding="utf-8").splitlines()))
        return next(number for number, row in enumerate(rows[1:]) if key in row)

    def set(self, table: str, row: int, column: str, text: str) -> None:
        """Put a text into the cell of a data row (the first is 0)."""
        rows = list(csv.reader(self.path(table).read_text(encoding="utf-8").splitlines()))
        rows[row + 1][rows[0].index(column)] = text
        self._write(table, rows)

    def add(self, table: str, *cells: str) -> None:
        """Add a row at the end of a table; cells that are not given are blank."""
        rows = list(csv.reader(self.path(table).read_text(encoding="utf-8").splitlines()))
        blank = [""] * (len(rows[0]) - len(cells))
        self._write(table, [*rows, [*cells, *blank]])

    def say(self, text: str, key: str = "经济效益") -> None:
        """Add a paragraph of the department's own."""
        self.add("叙述", key, "", text, "单位自述")

    def param(self, key: str, line: str) -> None:
        """Replace a line of the parameters."""
        path = self.root / "params" / f"{self.run}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line if old.startswith(f"{key}:") else old for old in lines]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")

    def also(self, *names: str) -> None:
        """Give the run's parameters other names as well."""
        values = (self.root / "params" / f"{self.run}.yaml").read_text(encoding="utf-8")
        [line] = [line for line in values.splitlines() if line.startswith("run:")]
        for name in names:
            path = self.root / "params" / f"{name}.yaml"
            path.write_text(values.replace(line, f'run: "{name}"'), encoding="utf-8")

    def load(self) -> Run:
        """Load and check the run."""
        project = Project(self.root)
        return load_run(project, project.params(self.run))

    def new_findings(self, spoil: Callable[[Copy], object]) -> list[Finding]:
        """What is found after a change that was not found before."""
        spoil(self)
        before = as_committed(self.run)
        return [each for each in self.load().findings if str(each) not in before]

    def report(self, *words: str) -> Completed:
        """Call the command in this project, within this process."""
        return report(*words, cwd=self.root)

    def command(self, *words: str) -> Completed:
        """Call the installed command in this project, in a process of its own."""
        return command(*words, cwd=self.root)

    def _write(self, table: str, rows: list[list[str]]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        self.path(table).write_text(buffer.getvalue(), encoding="utf-8")


@cache
def as_committed(run: str) -> frozenset[str]:
    """What is found in a run before anybody spoils it."""
    return frozenset(map(str, Copy(ROOT, run).load().findings))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def difference(ours: Path, theirs: dict[str, bytes]) -> str:
    """Where a folder's files first differ from others; empty if they are the same."""
    mine = contents(ours)
    if set(mine) != set(theirs):
        return f"other files: {sorted(set(mine) ^ set(theirs))}"
    for file in sorted(mine, key=lambda file: file == "manifest.json"):
        pairs = enumerate(zip(mine[file], theirs[file], strict=False))
        if mine[file] != theirs[file]:
            at = next((at for at, (a, b) in pairs if a != b), 0)
            excerpts = [each[file][max(0, at - 200) : at + 200] for each in (mine, theirs)]
            return f"{file} at {at}: {excerpts[0]!r}\ninstead of\n{excerpts[1]!r}"
    return ""


def left_running(folder: Path) -> list[psutil.Process]:
    """Processes that still work in a folder a moment after all should have ended.

    One that has ended, and that the system has not yet taken off its list, works no more.
    """
    found = [
        process
        for process in psutil.process_iter(["cwd"])
        if process.info["cwd"] and Path(process.info["cwd"]).is_relative_to(folder)
    ]
    return [each for each in psutil.wait_procs(found, timeout=3)[1] if _works(each)]


def _works(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def listening() -> Iterator[tuple[int, threading.Event]]:
    """A port that tells whether anybody came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        reached = threading.Event()

        def listen() -> None:
            try:
                server.accept()
            except OSError:
                return
            reached.set()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], reached
        server.close()


def report(*words: str, cwd: Path) -> Completed:
    """Call `report` within this process, which has loaded all it needs: a third of the time."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    code, ended_before = 0, signal.getsignal(signal.SIGTERM)
    processes.start_server((*REPORTS, SCRIPT))  # not in the project, whose processes tests look for
    with (
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
        chdir(cwd),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", ["report", *words])
        patch.setenv(OUTSIDE, "0")  # --outside sets it
        patch.setenv(startup.SAFE, "")  # as every command does
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    signal.signal(signal.SIGTERM, ended_before)
    for stream in streams:
        stream.seek(0)
    return subprocess.CompletedProcess(words, code, *(stream.read() for stream in streams))


def command(*words: str, cwd: Path) -> Completed:
    """Call the installed `report` command, as a user does."""
    installed = Path(sys.executable).parent / "report"
    return subprocess.run(
        [installed, *words], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )


def copy_project(folder: Path) -> Copy:
    """Copy the inputs of the project, nothing built."""
    for name in ("params", "notebooks", "data"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
    return Copy(folder)


def built_once(
    factory: pytest.TempPathFactory,
    name: str,
    call: Callable[..., Completed],
    *builds: tuple[str, ...],
) -> Copy:
    """A project with reports built in it, shared by all workers: the first to come builds."""
    workers = os.environ.get("PYTEST_XDIST_WORKER") is not None
    shared = factory.getbasetemp().parent if workers else factory.getbasetemp()
    folder, finished = shared / name, shared / f"{name}-finished"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(1200):
            if finished.exists():
                break
            time.sleep(0.2)
        assert finished.read_text(encoding="utf-8") == ""
        return Copy(folder)
    project = copy_project(folder)
    complaints = ""
    for words in builds:
        done = call("build", *words, cwd=folder)
        complaints += "" if done.returncode == 0 else done.stdout + done.stderr
    finished.write_text(complaints, encoding="utf-8")
    assert complaints == ""
    return project
