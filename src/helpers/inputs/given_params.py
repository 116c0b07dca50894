"""A run's parameters as they are given: in its own file, or in the workbook that this names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.params import Params, is_inside
from helpers.inputs.yaml_files import line_of, read_mapping

NAMING = "workbook"
"""The key by which a file of parameters leaves them to a workbook."""


@dataclass(frozen=True)
class GivenParams:
    """The plain values of parameters, where they stand, and what they are called there."""

    values: Mapping[str, object]
    file: str
    names: Mapping[str, str] | None = None


def read(root: Path, run: str) -> GivenParams:
    """The parameters of a run, unchecked.

    Raises `UnreadableInputError` for a file or a workbook that cannot be read, and for a key
    given in both.
    """
    file = f"params/{run}.yaml"
    values = read_mapping(root / file, file)
    return _of_workbook(root, run, values) if NAMING in values else GivenParams(values, file)


def workbook_of(root: Path, run: str) -> str:
    """The workbook that a run's file of parameters names, as it is written; empty for none.

    Raises `UnreadableInputError` for a file that cannot be read, or names none in the project.
    """
    file = f"params/{run}.yaml"
    values = read_mapping(root / file, file)
    if NAMING not in values:
        return ""
    from helpers.inputs.workbooks import WORKBOOK

    named = str(values[NAMING])
    folder, _, name = named.rpartition("/")
    if name != WORKBOOK or not folder or not is_inside(folder):
        hint = f"写作 data/{run}/{WORKBOOK}"
        raise UnreadableInputError(f"{NAMING} 写法不对", place=Place(file), hint=hint)
    return named


def department_in(path: Path, file: str) -> str:
    """The department that a workbook names, found without reading it; empty where it is not."""
    from helpers.inputs.glance import text_beside
    from helpers.inputs.params_sheet import NAME, NAMES, VALUE
    from helpers.inputs.workbooks import SETTINGS

    return text_beside(path, Place(file, sheet=SETTINGS), NAMES["department"], (NAME, VALUE))


def _of_workbook(root: Path, run: str, values: Mapping[str, object]) -> GivenParams:
    """The parameters that a file leaves to a workbook, and those it gives itself."""
    from helpers.inputs import params_sheet  # with it all that reads tables
    from helpers.inputs.workbooks import workbook_sheets

    file, named = f"params/{run}.yaml", workbook_of(root, run)
    if not (root / named).exists():
        hint = f"请核对 {file} 中的 {NAMING}"
        raise UnreadableInputError("找不到这个工作簿", place=Place(named), hint=hint)
    folder = named.rpartition("/")[0]
    sheet = params_sheet.settings_sheet(workbook_sheets(root / folder, folder), named)
    own, places = params_sheet.read_settings(sheet)
    places_of = {"data": Place(named), **places}
    for key in (key for key in values if key in {"data", *own}):
        called, line = params_sheet.NAMES.get(key, key), line_of(root / file, key)
        problem = f"“{called}”（{key}）写了两处：{Place(file, line)}，{places_of[key]}"
        raise UnreadableInputError(problem, hint="只留一处")
    blank = dict(params_sheet.blanks(places))
    given = {"run": run, **blank, **own, **values, "data": folder}
    ordered = {key: given[key] for key in Params.model_fields if key in given} | given
    del ordered[NAMING]
    return GivenParams(ordered, str(sheet.place()), params_sheet.NAMES)
