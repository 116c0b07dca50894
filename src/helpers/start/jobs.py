"""A `report` command beside the kernel: started, followed by its words, stopped, found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.errors import ReportError
from helpers.inputs.project import Project

JOBS = ".jobs"
"""Folder in `outputs/` where commands write what they say."""

_begun: list[subprocess.Popen[bytes]] = []
"""What this process has started: the system keeps what has ended until it is asked for."""


class Job:
    """A command of a project by a name of its own; there is one of a name at a time.

    It goes on when the notebook, its tab or its kernel is closed, and whoever opens the notebook
    again finds it: what runs holds a lock, what it says stands in a file.
    """

    def __init__(self, project: Project, name: str) -> None:
        folder = project.root / "outputs" / JOBS
        self._root = project.root
        self.log, self.lock = folder / f"{name}.log", folder / f"{name}.lock"
        self.code_file, self.pid_file = folder / f"{name}.code", folder / f"{name}.pid"

    @property
    def running(self) -> bool:
        """Whether it is at work."""
        if not self.lock.exists():
            return False
        lock = FileLock(self.lock)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        return False

    @property
    def lines(self) -> list[str]:
        """What it has said, line by line."""
        return self.log.read_text("utf-8", "replace").splitlines() if self.log.exists() else []

    @property
    def code(self) -> int | None:
        """The exit code of the last time it ran to its end; None before."""
        return int(self.code_file.read_text("utf-8")) if self.code_file.exists() else None

    def start(self, words: Sequence[str]) -> None:
        """Begin `report` with some words; raises `ReportError` where it is at work already."""
        if self.running:
            raise ReportError("正在运行", hint="等它结束，或先停止")
        self.log.parent.mkdir(parents=True, exist_ok=True)
        for file in (self.code_file, self.pid_file):
            file.unlink(missing_ok=True)
        self.log.write_bytes(b"")
        begun = subprocess.Popen(  # noqa: S603 - our own module, and words of its command
            [sys.executable, "-m", "helpers.start.jobs", *map(str, self._files), *words],
            cwd=self._root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert begun.stdout
        begun.stdout.readline()  # it holds its lock from here on
        begun.stdout.close()
        _begun[:] = [each for each in (*_begun, begun) if each.poll() is None]

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C does; nothing half done is left."""
        if self.running and self.pid_file.exists():
            os.kill(int(self.pid_file.read_text("utf-8")), signal.SIGTERM)

    @property
    def _files(self) -> tuple[Path, Path, Path, Path]:
        return self.lock, self.log, self.pid_file, self.code_file


def supervise(lock: Path, log: Path, pid: Path, code: Path, words: Sequence[str]) -> None:
    """Run a command to its end with what it says in a file, under a lock."""
    with FileLock(lock), log.open("wb") as said:
        command = [str(Path(sys.executable).parent / "report"), *words]
        with subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT) as process:  # noqa: S603 - as above
            pid.write_text(str(process.pid), "utf-8")
            sys.stdout.write("\n")
            sys.stdout.flush()
            process.wait()
        code.write_text(str(process.returncode), "utf-8")


if __name__ == "__main__":
    *files, _ = map(Path, [*sys.argv[1:5], ""])
    supervise(files[0], files[1], files[2], files[3], sys.argv[5:])
