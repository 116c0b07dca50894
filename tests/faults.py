"""What the tests of faults share: ways to spoil a notebook, and commands as process groups."""

import json
import subprocess
import sys
import time
from collections.abc import Callable

from project_copies import Copy, contents

WITHOUT_FORK = "import helpers.execution.processes as f; f.available = lambda: False; "
"""Said before the command: ordinary kernels, as on Windows."""

COMMAND = "import sys; import helpers.cli as c; sys.argv = ['report', *sys.argv[1:]]; c.main()"


def spoil(project: Copy, notebook: str, source: str) -> str:
    """Put a cell behind the second heading of a notebook; gives that heading."""
    path = project.root / "notebooks" / notebook
    content = json.loads(path.read_text(encoding="utf-8"))
    cells = content["cells"]
    titled = [at for at, each in enumerate(cells) if "".join(each["source"]).startswith("#")]
    at = titled[min(1, len(titled) - 1)]
    at = max(at, 5)  # below the cell that opens the report
    cell = {"cell_type": "code", "execution_count": None, "id": "00-spoilt", "metadata": {}}
    cells.insert(at, cell | {"outputs": [], "source": source})
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    above = [each for each in cells[:at] if each["cell_type"] == "markdown"]
    lines = [line for each in above for line in "".join(each["source"]).splitlines()]
    return [line.lstrip("# ") for line in lines if line.startswith("#")][-1]


def command(before: str, *words: str) -> list[str]:
    """The command, with something about it changed first."""
    return [sys.executable, "-c", before + COMMAND, *words]


def started(project: Copy, *words: str, before: str = "") -> subprocess.Popen[str]:
    """Start the command as a process group of its own."""
    return subprocess.Popen(
        command(before, *words),
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def until(found: Callable[[], bool]) -> None:
    """Wait for something to be so."""
    ends = time.monotonic() + 60
    while not found():
        assert time.monotonic() < ends
        time.sleep(0.02)


def signed(project: Copy, name: str) -> dict[str, bytes]:
    """The report's files once it is whole, with another name in its sign-off."""
    project.param("prepared_by", f'prepared_by: "{name}"')
    done = project.report("build", project.run, "--force")
    assert done.returncode == 0, done.stderr
    return contents(project.root / "outputs" / project.run)
