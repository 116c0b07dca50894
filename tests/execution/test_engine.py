"""The forked engine: what a kernel would give, in a fresh process, and nothing left behind."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from faults import WITHOUT_FORK, command, signed
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError
from project_copies import Copy, difference, left_running

from helpers.execution.engines import CellStoppedError
from helpers.execution.kernels import private_kernel
from helpers.execution.limits import Limits

INTERRUPTED = "import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(2)"
CASES = {
    "text": "print('一'); print('二', end='')",
    "error stream": "import sys; print('b', file=sys.stderr)",
    "value": "1 + 1",
    "frame": "import pandas as pd; pd.DataFrame({'a': [1]})",
    "display": "display({'text/plain': 'x'}, raw=True, metadata={'k': 1}); 5",
    "silenced": "7;",
    "magic": "%%capture seen\nprint('x')",
    "captured": "%%capture seen\nprint('x')",
    "figure": "import matplotlib.pyplot as plt; plt.plot([1, 2]); None",
    "quiet": "x = 3",
}


def execute(notebook: Any, folder: Path, engine: str) -> Any:  # noqa: ANN401 - notebook nodes
    """Run a notebook by an engine and give it back."""
    source, target = folder / "in.ipynb", folder / f"{engine}.ipynb"
    nbformat.write(notebook, source)
    papermill.execute_notebook(
        source, target, engine_name=engine, kernel_name="python3", progress_bar=False
    )
    return nbformat.read(target, as_version=4)


def outputs(notebook: Any) -> list[Any]:  # noqa: ANN401 - notebook nodes
    """Counts and outputs of the code cells."""
    return [(c.execution_count, c.outputs) for c in notebook.cells if c.cell_type == "code"]


def test_cells_behave_as_in_a_kernel(tmp_path: Path) -> None:
    """Streams in order, values, rich display with metadata, magics, figures."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in CASES.values()])
    forked, kernel = (outputs(execute(notebook, tmp_path, e)) for e in ("forked", "nbclient"))
    for name, ours, theirs in zip(CASES, forked, kernel, strict=True):
        assert ours == theirs, name


@pytest.mark.parametrize(
    "source", ["1 / 0", "raise SystemExit(0)", "def f(:", "%nosuchmagic", INTERRUPTED]
)
def test_an_error_ends_the_run_as_in_a_kernel(tmp_path: Path, source: str) -> None:
    """Same name, same words; the cells after it are not run."""
    notebook = new_notebook(
        cells=[new_code_cell("a = 1"), new_code_cell(source), new_code_cell("2")]
    )
    message = []
    for engine in ("forked", "nbclient"):
        try:
            last = execute(notebook, tmp_path, engine).cells[-1]
            message.append(("no error", last.execution_count))
        except PapermillExecutionError as error:
            message.append((error.ename, error.evalue))
    assert message[0] == message[1]


def test_nothing_leaks_from_one_notebook_to_the_next(tmp_path: Path) -> None:
    """Each has a process of its own."""
    first = new_notebook(cells=[new_code_cell("import builtins; builtins.leak = 1; leak")])
    second = new_notebook(cells=[new_code_cell("'leak' in dir(__builtins__)")])
    execute(first, tmp_path, "forked")
    [(_, [shown])] = outputs(execute(second, tmp_path, "forked"))
    assert shown.data["text/plain"] == "False"


def test_a_process_that_dies_is_an_error_not_a_hang(tmp_path: Path) -> None:
    """Killed in the middle of a cell."""
    notebook = new_notebook(cells=[new_code_cell("import os, signal; os.kill(os.getpid(), 9)")])
    with pytest.raises(CellStoppedError, match="被系统终止"):
        execute(notebook, tmp_path, "forked")


def test_no_process_outlives_the_command(project: Copy) -> None:
    """Neither the server nor a section."""
    project.sections(1)
    command = [Path(sys.executable).parent / "report", "build", "2023"]
    subprocess.run(command, cwd=project.root, check=True, capture_output=True)
    assert left_running(project.root) == []


def test_without_fork_the_ordinary_kernel_gives_the_same_report(project: Copy) -> None:
    """As on Windows: the same bytes in every file, executed notebooks included; a note says so."""
    project.sections(2)
    whole = signed(project, "甲")
    done = subprocess.run(
        command(WITHOUT_FORK, "build", "2023", "--force"),
        cwd=project.root,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "用普通内核运行" in done.stdout
    assert not list(project.root.glob("**/*socket*"))
    assert difference(project.root / "outputs" / "2023", whole) == ""


def test_an_ordinary_kernel_listens_on_no_network(tmp_path: Path) -> None:
    """Its sockets lie in a folder of its own, which is gone afterwards."""
    ask = "from ipykernel.connect import get_connection_info as info; info(unpack=True)"
    notebook = new_notebook(cells=[new_code_cell(ask)])
    nbformat.write(notebook, tmp_path / "in.ipynb")
    with private_kernel(tmp_path, Limits()) as options:
        done = papermill.execute_notebook(
            tmp_path / "in.ipynb",
            tmp_path / "out.ipynb",
            kernel_name="python3",
            progress_bar=False,
            **options,
        )
    shown = done.cells[0].outputs[-1]["data"]["text/plain"]
    message = ast.literal_eval(shown)
    assert message["transport"] == "ipc"
    assert not Path(message["ip"]).parent.exists()
