"""Build again whenever an input is saved."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import watch

from helpers.inputs.project import Project

COMMAND = "import helpers.cli as c; c.main()"


def build_on_save(
    project: Project, name: str, options: Sequence[str], say: Callable[[str], None]
) -> None:
    """Build a run, and again on every save of its inputs, until interrupted.

    `options` are those of the command that ask for more than the page.

    Each build is a process of its own, so that changed helper code is seen as well, and an
    error ends that build alone.
    """
    package = Path(__file__).resolve().parents[1]
    folders = [project.root / part for part in ("params", "data", "notebooks")]
    try:
        _build(project, name, options)
        say("等待改动，按 Ctrl-C 停止")
        for changes in watch(*folders, package):
            say(f"已保存：{'、'.join(sorted({Path(path).name for _, path in changes}))}")
            _build(project, name, options)
    except KeyboardInterrupt:
        say("已停止")


def _build(project: Project, name: str, options: Sequence[str]) -> None:
    command = [sys.executable, "-P", "-c", COMMAND, "build", name, *options]
    subprocess.run(command, cwd=project.root, check=False)  # noqa: S603 - our own command
