"""The check on other units: nothing in a run names another department of the project unawares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.checks.finding import Check, Finding, RunContents
from helpers.checks.references import BETWEEN
from helpers.errors import Place
from helpers.inputs.raw_tables import MENTIONED
from helpers.inputs.schema.report import ORGANISATION
from helpers.inputs.tables import Table

LEAST = 2
"""Letters of a name: a department called by one would be found in every text."""


def other_units(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find the name of another department of the project in parameters, tables and notebooks.

    A row that means another unit says so itself, in a column 涉及单位 that any table may have:
    the texts stay as they are to be printed, whoever reads the finding writes it beside the
    cell, it moves with its row, and rows taken over from another unit do not have it.
    Parameters and notebooks never mean one. The own name wins where it holds another's
    (某某乡财政所 and 某某乡). Names of 机构 are those of the unit the run was started from alone,
    and none that this unit lists as its own: every township has a 综合办公室.
    """
    bodies = checked.tables[ORGANISATION.name]
    listed = {bodies.string(line, "机构名称") for line in bodies.lines}
    known = {
        **{name: f"另一单位的机构（{file}）" for name, file in checked.bodies_of_source.items()},
        **dict.fromkeys(listed, ""),
        **{name: f"另一单位（{file}）" for name, file in checked.other_departments.items()},
    }
    units = {unit for unit, what in known.items() if what and sum(map(str.isalpha, unit)) >= LEAST}
    if not units:
        return
    own = checked.params.department
    longest_first = sorted({*units, own}, key=lambda unit: (-len(unit), unit))
    names = re.compile("|".join(map(re.escape, longest_first)))
    for place, text, declared in _texts(checked, names):
        for unit in dict.fromkeys(names.findall(text)):
            if unit != own and unit not in BETWEEN.split(declared):
                problem = f"“{unit}”是{known[unit]}"
                yield Finding(name, "error", place, problem, _hint(place))


def _hint(place: Place) -> str:
    """What to do about a name at a place."""
    if place.line:
        return f"不是本单位的内容请删去或改写；确要提到它，在本行加“{MENTIONED}”列，填它的名称"
    return "不是本单位的内容，请删去或改写；确是同一单位，各运行的 department 请写成一样"


def _texts(checked: RunContents, names: re.Pattern[str]) -> Iterator[tuple[Place, str, str]]:
    """Every text in which a name stands, and the units its row says it means."""
    for key, value in checked.params.model_dump(mode="json").items():
        yield Place(f"params（{key}）"), str(value), ""
    for table in checked.tables.values():
        if names.search("\n".join(map("\n".join, table.rows()))):
            yield from _cells(table)
    for cell in checked.cells:
        yield cell.place, cell.text, ""


def _cells(table: Table) -> Iterator[tuple[Place, str, str]]:
    for column in table.texts:
        for line in table.lines:
            declared = table.mentioned.get(line, "")
            yield table.source(line, column).place, table.string(line, column), declared


PROMISE = "参数、数据表和笔记本中没有项目中其他单位的名称，写明涉及的除外"
OTHER_UNIT_CHECKS = (Check("其他单位", PROMISE, other_units),)
