"""Which notebooks a run's report is made of: the six sections, and the annexes it has data for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.notebooks import read_notebook
from helpers.inputs.params import ANNUAL, MONITORING, Params
from helpers.inputs.project import SECTION_NAMES, is_system_file
from helpers.inputs.raw_tables import UnusedInput
from helpers.inputs.tables import Table

EARLIER_RUNS = "earlier_runs"

PARAMETERS = "parameters"
"""The tag of the cell whose values papermill replaces."""

INJECTED = "injected-parameters"
"""The tag of the cell it puts behind that one, with the values of a run."""

ASKING = ".text("
"""How a notebook asks for the paragraphs of a key."""

QUOTED = re.compile(r"""(["'])([^"'\n]+)\1""")


@dataclass(frozen=True)
class SectionNeeds:
    """What a notebook is for: its stage, and what it needs of a run.

    Needs are names of tables, or `earlier_runs`; one of them is enough, none is needed by
    a section every run has.
    """

    stage: str
    needs: tuple[str, ...]

    def by(self, tables: Mapping[str, Table], params: Params) -> bool:
        """Whether a run's report has the notebook."""
        return self.stage == params.stage and (
            not self.needs
            or any(
                bool(params.earlier_runs)
                if name == EARLIER_RUNS
                else name in tables and tables[name].given
                for name in self.needs
            )
        )


def unused_in(folder: Path) -> Iterator[UnusedInput]:
    """What lies among the notebooks under a name by which no report takes it.

    Notebooks of an analyst's own have names of their own; a number in front makes a section.
    """
    for path in sorted(folder.iterdir()):
        if is_system_file(path.name) or path.is_dir():
            continue
        misnamed = path.name[0].isdecimal() and not path.match(SECTION_NAMES)
        if misnamed or path.suffix != ".ipynb":
            place = Place(f"{folder.name}/{path.name}")
            yield UnusedInput(place, "没有用到这个文件", "NN-名称.ipynb")


def paragraph_keys(notebook: Path, place: Place) -> Iterator[str]:
    """The texts in quotes of the cells that ask for paragraphs: their keys are among them.

    Raises `UnreadableInputError` if the file is no notebook.
    """
    for cell in read_notebook(notebook, place)["cells"]:
        if cell["cell_type"] == "code":
            yield from keys_in("".join(cell["source"]))


def keys_in(source: str) -> Iterator[str]:
    """The texts in quotes of a cell's code, if it asks for paragraphs."""
    if ASKING in source:
        yield from (found[2] for found in QUOTED.finditer(source))


def declared_parameters(notebook: Path, place: Place) -> frozenset[str]:
    """The names that the parameters cell of a notebook gives values to.

    Raises `UnreadableInputError` if the file is no notebook, or the cell no Python.
    """
    names: set[str] = set()
    for cell in read_notebook(notebook, place)["cells"]:
        if PARAMETERS in cell["metadata"].get("tags", []):
            names |= set(assigned("".join(cell["source"]), place))
    return frozenset(names)


def assigned(source: str, place: Place) -> dict[str, object]:
    """The plain values a cell gives to names; raises `UnreadableInputError` for other code."""
    try:
        return {
            name.id: ast.literal_eval(statement.value)
            for statement in ast.parse(source).body
            if isinstance(statement, ast.Assign)
            for name in statement.targets
            if isinstance(name, ast.Name)
        }
    except (SyntaxError, ValueError):
        hint = "每行写作 名称 = 值"
        raise UnreadableInputError("参数单元格写法不对", place=place, hint=hint) from None


def wanted(notebook: Path, place: Place) -> SectionNeeds:
    """What a notebook's metadata say it is for.

    Raises `UnreadableInputError` if the file is no notebook, or they cannot be understood:
    it would be left out without a word.
    """
    metadata = read_notebook(notebook, place)["metadata"]
    stage, needs = metadata.get("stage", ANNUAL), metadata.get("needs", [])
    if stage not in {ANNUAL, MONITORING} or not isinstance(needs, list):
        hint = f"stage 为 {ANNUAL} 或 {MONITORING}，needs 为数据表名称的列表"
        raise UnreadableInputError("笔记本的 stage 或 needs 写法不对", place=place, hint=hint)
    return SectionNeeds(stage, tuple(map(str, needs)))
