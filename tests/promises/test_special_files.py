"""Inputs that are no plain files, or nest and grow beyond measure: refused with their place."""

import json
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from openpyxl import Workbook
from project_copies import Copy

from helpers.errors import UnreadableInputError
from helpers.inputs.plain_files import parsed_json
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow.batch.run import run_names
from helpers.workflow.batch.tasks import task
from helpers.workflow.up_to_date import check_freshness


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Whoever waits for a pipe would wait for ever."""

    def late(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def listen(path: Path) -> None:
    """Put a socket there; its name may be long, so it is reported from its folder."""
    here = Path.cwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(here)


def beside(path: Path) -> Path:
    """Where a link at a path of a project, some folders deep, leads: a new name above them."""
    root = next(folder for folder in path.parents if (folder / "params").is_dir())
    (root / "aside").mkdir(exist_ok=True)
    return root / "aside" / str(len(list((root / "aside").iterdir())))


def circle(path: Path) -> None:
    """Put a link there that leads to another, and that one back."""
    path.symlink_to(other := beside(path))
    other.symlink_to(path)


def to_a_pipe(path: Path) -> None:
    """Put a link there to a pipe elsewhere."""
    path.symlink_to(pipe := beside(path))
    os.mkfifo(pipe)


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "是管道，不是文件"),
    "folder": (Path.mkdir, "是文件夹，不是文件"),
    "socket": (listen, "是套接字，不是文件"),
    "link to itself": (lambda path: path.symlink_to(path), "是链接，所指的文件不存在"),
    "links in a circle": (circle, "是链接，所指的文件不存在"),
    "link to nothing": (lambda path: path.symlink_to("nowhere"), "是链接，所指的文件不存在"),
    "link to a pipe": (to_a_pipe, "是管道，不是文件"),
}
INPUTS = (
    "params/2023.yaml",
    "params/rubrics/beijing.yaml",
    "params/outlines/beijing-township.yaml",
    "data/2023/预算执行.csv",
    "data/2023/资产.csv",
    "data/2023/答卷.csv",
    "data/2023/数据.xlsx",
    "data/2023/叙述.csv",
    "notebooks/07-x.ipynb",
)


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_that_is_no_plain_file_is_refused_with_its_place(project: Copy, kind: str) -> None:
    """Every input of a run, by check and by a batch; nobody waits for it."""
    make, said = KINDS[kind]
    for input in INPUTS:
        path = project.root / input
        kept = path.read_bytes() if path.exists() else None
        path.unlink(missing_ok=True)
        make(path)
        done = project.report("check", "2023")
        assert done.returncode == 2, input
        assert f"错误：{input}：{said}" in done.stderr
        with pytest.raises(UnreadableInputError, match=said):
            task(Project(project.root), "2023", OutputFormats())
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
        if kept is not None:
            path.write_bytes(kept)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_named_on_the_command_line_is_refused_likewise(project: Copy, kind: str) -> None:
    """Published figures, forms to import, facts to compare."""
    make, said = KINDS[kind]
    make(project.root / "x.xlsx")
    for words in (["audit"], ["import", "--year", "2023"], ["diff", "x.xlsx"]):
        done = project.report(words[0], "x.xlsx", *words[1:])
        assert done.returncode == 2
        assert f"错误：x.xlsx：{said}" in done.stderr


def test_a_device_is_refused_and_so_is_a_data_folder_that_leads_in_a_circle(project: Copy) -> None:
    """The one never ends, the other never begins."""
    done = project.report("audit", "/dev/zero")
    assert "错误：zero：是设备，不是文件" in done.stderr
    params = project.root / "params" / "2023.yaml"
    params.unlink()
    params.symlink_to("/dev/zero")
    assert "params/2023.yaml：是设备，不是文件" in project.report("check", "2023").stderr
    demo = project.root / "data" / "demo-2023"
    shutil.rmtree(demo)
    demo.symlink_to(demo)
    done = project.report("check", "demo-2023")
    assert done.returncode == 2
    assert "data/demo-2023：是链接，所指的文件不存在" in done.stderr


def test_an_input_that_became_a_pipe_is_refused_though_a_report_stands(
    project: Copy, built: Path
) -> None:
    """It is fingerprinted before anything is read."""
    shutil.copytree(built, project.root / "outputs" / "2023")
    table = project.path("人员")
    table.unlink()
    os.mkfifo(table)
    here = Project(project.root)
    with pytest.raises(UnreadableInputError, match=r"data/2023/人员\.csv：是管道"):
        check_freshness(here, "2023", here.params("2023"), OutputFormats())


@pytest.mark.parametrize(
    "content", [b"\xff\xfe2\x000\x00", bytes(range(256)), b"2023\x00"], ids=["UTF-16", "all", "NUL"]
)
def test_a_list_of_runs_that_is_no_text_is_refused(project: Copy, content: bytes) -> None:
    """And so is a pattern that is none."""
    (project.root / "runs.txt").write_bytes(content)
    done = project.report("batch", "runs.txt")
    assert done.returncode == 2
    assert "runs.txt：" in done.stderr
    for wanted in ("**2023", "[", "params/***.yaml"):
        with pytest.raises(UnreadableInputError):
            run_names(Project(project.root), [wanted])


NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
TITLE = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# 七、其他"}
CODE = {"cell_type": "code", "id": "b", "metadata": {}, "source": "1", "outputs": []}
NONE = "不是可读的笔记本文件"
NOTEBOOKS: dict[str, tuple[object, str]] = {
    "no title": (NOTEBOOK | {"cells": [TITLE | {"source": "## 小标题"}, CODE]}, "没有标题"),
    "a title that is code": (NOTEBOOK | {"cells": [CODE | {"source": "# 七、其他"}]}, "没有标题"),
    "a title without words": (NOTEBOOK | {"cells": [TITLE | {"source": "# "}]}, "没有标题"),
    "a title for analysts": (
        NOTEBOOK | {"cells": [TITLE | {"metadata": {"tags": ["analyst-note"]}}]},
        "没有标题",
    ),
    "no cell": (NOTEBOOK, "笔记本是空的"),
    "nothing": (b"", NONE),
    "no JSON": (b'{"cells": [', NONE),
    "another encoding": ("{}".encode("utf-16"), NONE),
    "deep": (b'{"cells":' + b"[" * 100_000, NONE),
    "deep within": (
        json.dumps(NOTEBOOK)[:-3].encode() + b"[" * 100_000 + b"]" * 100_000 + b"]}",
        NONE,
    ),
    "a list": ([], NONE),
    "null": (None, NONE),
    "of format 3": ({"nbformat": 3, "worksheets": [{"cells": []}], "metadata": {}}, NONE),
    "cells by name": (NOTEBOOK | {"cells": {"a": TITLE}}, NONE),
    "a cell that is none": (NOTEBOOK | {"cells": ["# 七"]}, NONE),
    "a cell without a kind": (NOTEBOOK | {"cells": [{"source": "", "metadata": {}}]}, NONE),
    "an unknown kind": (NOTEBOOK | {"cells": [TITLE | {"cell_type": "sql"}]}, NONE),
    "no source": (NOTEBOOK | {"cells": [{"cell_type": "markdown", "metadata": {}}]}, NONE),
    "numbers for lines": (NOTEBOOK | {"cells": [TITLE | {"source": [1]}]}, NONE),
    "metadata that are none": (NOTEBOOK | {"metadata": [], "cells": [TITLE]}, NONE),
    "tags that are none": (NOTEBOOK | {"cells": [TITLE | {"metadata": {"tags": 5}}]}, NONE),
    "half a character": (b'{"nbformat": 4, "x": "\\ud800"}', NONE),
    "another stage": (NOTEBOOK | {"metadata": {"stage": "年终"}, "cells": [TITLE]}, "stage"),
    "needs as a text": (NOTEBOOK | {"metadata": {"needs": "资产"}, "cells": [TITLE]}, "needs"),
}


@pytest.mark.parametrize("what", NOTEBOOKS)
def test_a_notebook_that_is_none_is_refused_by_name(project: Copy, what: str) -> None:
    """By a check, before anything is run."""
    content, said = NOTEBOOKS[what]
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    (project.root / "notebooks" / "07-x.ipynb").write_bytes(raw)
    with pytest.raises(UnreadableInputError) as refused:
        project.load()
    assert str(refused.value).startswith("notebooks/07-x.ipynb：")
    assert said in str(refused.value)


def test_a_notebook_with_a_title_alone_is_one(project: Copy) -> None:
    """What is refused above is refused for its fault."""
    path = project.root / "notebooks" / "07-x.ipynb"
    path.write_text(json.dumps(NOTEBOOK | {"cells": [TITLE, CODE]}), encoding="utf-8")
    assert project.load().contents.headings[-1].text


FACT = {
    **dict.fromkeys(("id", "label", "value", "display", "unit", "formula", "rounding"), "x"),
    "tree": None,
    "decimals": 2,
    "inputs": [],
}
FACTS: dict[str, bytes | list[object]] = {
    "deep": b"[" * 100_000,
    "deep within": b'[{"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
    "binary": bytes(range(256)) * 1000,
    "an input that is none": [FACT | {"inputs": ["y"]}],
    "an input that is a list": [FACT | {"inputs": [["x"]]}],
    "a list as a name": [FACT | {"id": []}],
    "a number as a text": [FACT | {"display": 5}],
    "the same twice": [FACT, FACT],
    "half a character": [FACT | {"label": "\ud800"}],
    "a value without end": [FACT | {"decimals": float("nan")}],
    "a number for all": b"5",
}


@pytest.mark.parametrize("what", FACTS)
def test_facts_that_are_none_are_refused(project: Copy, what: str) -> None:
    """By a comparison, in one sentence."""
    content = FACTS[what]
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    (project.root / "x.json").write_bytes(raw)
    done = project.report("diff", "x.json", "x.json")
    assert done.returncode == 2
    assert done.stderr == "错误：x.json：不是完整的 facts.json\n"
    (project.root / "x.json").write_text(json.dumps([FACT]), encoding="utf-8")
    assert project.report("diff", "x.json", "x.json").returncode == 0


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "NaN", '"\\ud83d"', "1" * 9999])
def test_json_that_cannot_be_read_is_a_value_error(text: str) -> None:
    """And nothing else, whatever Python makes of it; a whole pair of halves is a character."""
    with pytest.raises(ValueError, match=r".*"):
        parsed_json(text)
    assert parsed_json('"\\ud83d\\ude00"') == "\U0001f600"


def test_a_kept_section_that_is_deep_is_run_again(project: Copy) -> None:
    """As any that is damaged, and said to be."""
    project.sections(1)
    assert project.report("build", "2023").returncode == 0
    [entry] = (project.root / "outputs" / ".cache" / "2023").glob("*.json")
    entry.write_bytes(b'{"executed":' + b"[" * 100_000)
    (project.root / "outputs" / "2023" / "facts.json").unlink()
    done = project.report("build", "2023")
    assert done.returncode == 0
    assert "01-overview.ipynb 的缓存已损坏，不用" in done.stdout


def test_a_form_that_is_not_there_is_reported(project: Copy) -> None:
    """By its name; one that is there is read."""
    done = project.report("import", "x.xlsx", "--year", "2023")
    assert done.returncode == 2
    assert "错误：x.xlsx：找不到这个文件" in done.stderr
    Workbook().save(project.root / "x.xlsx")
    assert "没有能识别的表" in project.report("import", "x.xlsx", "--year", "2023").stderr
