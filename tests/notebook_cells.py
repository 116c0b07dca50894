"""The section notebooks read cell by cell, and run in this process, as a build runs them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
import pytest
from project_copies import ROOT

from helpers.blocks.model import Block, Grid
from helpers.notebook.drawing import use_house_style
from helpers.notebook.report import Report
from helpers.notebook.shown import Shown
from helpers.run import Run

APART = {"analyst-note", "parameters"}
"""Tags of cells that are no part of the report."""


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    """The cells of a kind."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def reported(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    """The cells of a kind that are part of the report: neither notes nor parameters."""
    return [cell for cell in cells(path, kind) if not APART & set(cell.metadata.get("tags", []))]


@dataclass
class Executed:
    """What a notebook showed, and the texts it gave to `say`, `figure` and `show`."""

    shown: list[Shown] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def blocks(self) -> dict[str, Block]:
        """Its blocks by id."""
        return {block.id: block for each in self.shown for block in each.blocks}

    def table(self, id: str) -> Grid:
        """A table by its id."""
        block = self.blocks[id]
        assert isinstance(block, Grid)
        return block


def executed(run: Run, notebook: str) -> Executed:
    """Run the cells of a notebook, by its name, on a run, strictly; gives all that it showed."""
    found, names = Executed(), dict[str, Any]()
    with pytest.MonkeyPatch.context() as patch, mpl.rc_context():
        use_house_style()
        patch.setattr("helpers.notebook.open_report", lambda *_, **__: Report(run, strict=True))
        for name in ("say", "figure", "show"):
            patch.setattr(Report, name, _listening(getattr(Report, name), found.texts))
        for cell in cells(ROOT / "notebooks" / f"{notebook}.ipynb", "code"):
            value = _run(cell.source, names)
            if isinstance(value, Shown) and "remove-output" not in cell.metadata.get("tags", []):
                found.shown.append(value)
    return found


def _listening(method: Callable[..., Shown], texts: list[str]) -> Callable[..., Shown]:
    def call(report: Report, *given: object, **named: object) -> Shown:
        texts.extend(text for text in (*given, named.get("note")) if isinstance(text, str))
        return method(report, *given, **named)

    return call


def _run(source: str, names: dict[str, Any]) -> object:
    """Run a cell; gives the value of its last line."""
    lines = ast.parse(source).body
    last = lines.pop() if lines and isinstance(lines[-1], ast.Expr) else None
    exec(compile(ast.Module(lines, []), "cell", "exec"), names)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    return None


def statements(path: Path) -> Iterator[ast.stmt]:
    """Every statement of the code cells of a notebook, in order."""
    for cell in cells(path, "code"):
        yield from ast.parse(cell.source).body


def typed_digits(text: str) -> list[str]:
    """The digits of a text outside its placeholders."""
    return re.findall(r"\d", re.sub(r"\{[^{}]*\}", "", text))
