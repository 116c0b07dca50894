"""Join the rows of forms with those a table holds, by what a row is called: nothing is lost."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from helpers.inputs.raw_tables import FramedTable
from helpers.inputs.row_ids import ID, NAMED, OUTSIDE, PROJECT, REFERRING
from helpers.inputs.schema import TABLES, TableSpec
from helpers.inputs.schema.evaluation import INDICATORS, PROJECTS, RESULTS
from helpers.workflow.importing.import_result import Row
from helpers.workflow.importing.names_in_run import NamesInRun
from helpers.workflow.importing.targets import UNKNOWN
from helpers.workflow.starting.carry_over import FROM_LAST_YEAR

SHARED = (PROJECTS, INDICATORS, RESULTS)
"""Tables that many forms fill in, one for each project and one for the department."""

OURS = "依据"
"""The column that an import fills in and no form gives."""

ORDER = list(dict.fromkeys([*NAMED, *REFERRING, *(spec.name for spec in TABLES)]))
"""Every table after those it refers to."""


@dataclass
class Joined:
    """What an import does to a table: cells to put by line, and rows to add.

    `filled` names what has data already, `staying` the listed rows that no form has.
    """

    changed: dict[int, Row] = field(default_factory=dict)
    added: list[Row] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    staying: list[str] = field(default_factory=list)


def join(spec: TableSpec, held: FramedTable, rows: Sequence[Row], names: NamesInRun) -> Joined:
    """Match rows with those of a table; what these name is noted for the tables that refer."""
    texts = _rows_of(held)
    ids = names.note_table(spec, texts)
    taken = {*ids.values(), *(row[ID] for row in texts.values() if ID in row)}
    own = [names.of_form(spec, row) for row in rows]
    lines = _lines(spec, {line: names.of_table(spec, row) for line, row in texts.items()}, own)
    joined = Joined()
    for written, row, line in zip(rows, own, lines, strict=True):
        if line is not None:
            joined.changed[line] = _news(spec, row, texts[line])
            if line in ids:
                names.forms[NAMED[spec.name][0]][written[ID]] = ids[line]
            continue
        if ID in row:
            row[ID] = names.note_form(spec, written, row, taken)
            taken.add(row[ID])
        joined.added.append(row)
    full = _filled_lines(spec, held, texts)
    about = {row.get("所属", "") for row in own} if spec == INDICATORS else joined.changed
    joined.filled = list(dict.fromkeys(_in_the_way(spec, texts, full, about, names)))
    if spec.named_by:
        joined.staying = [
            row[spec.named_by]
            for line, row in texts.items()
            if row[spec.named_by] and line not in {*full, *joined.changed}
        ]
    return joined


def _rows_of(held: FramedTable) -> dict[int, Row]:
    lines = next(iter(held.texts.values()), {})
    return {line: {name: cells[line] for name, cells in held.texts.items()} for line in lines}


def _known_by(spec: TableSpec) -> tuple[str, ...]:
    """The columns a row is known by, the last of them never blank: its name, and whose it is."""
    named = NAMED[spec.name][1] if spec.name in NAMED else ()
    return spec.key or named or (spec.named_by or ID,)


def _lines(spec: TableSpec, texts: Mapping[int, Row], rows: Sequence[Row]) -> Iterator[int | None]:
    """The line that each row is, if any; none is two rows."""
    taken, ways = set[int](), [_known_by(spec)]
    if NAMED.get(spec.name, ("",))[0] in OUTSIDE:
        ways.append((ID,))
    by_name = defaultdict[object, list[int]](list)
    for line, held in texts.items():
        for way in ways:
            by_name[way, _identity(held, way)].append(line)
    for row in rows:
        named = [(way, each) for way in ways if (each := _identity(row, way))]
        found = (line for each in named for line in by_name[each] if line not in taken)
        match = next(found, None)
        if match is not None:
            taken.add(match)
        yield match


def _identity(row: Row, columns: Sequence[str]) -> tuple[str, ...] | None:
    """What sets a row apart, however it is spaced; nothing where it has no name."""
    cells = [unicodedata.normalize("NFKC", row.get(column, "")) for column in columns]
    bare = tuple(re.sub(r"\s", "", cell) for cell in cells)
    return bare if bare[-1] else None


def _news(spec: TableSpec, row: Row, held: Row) -> Row:
    """The cells a form gives that the table has not; names and ids stay as they are written."""
    stays = {ID, *_known_by(spec)}
    return {
        column: text
        for column, text in row.items()
        if text and text != held[column] and column not in stays
        if not (held[column] and (column == OURS or text == UNKNOWN))
    }


def _filled_lines(spec: TableSpec, held: FramedTable, texts: Mapping[int, Row]) -> set[int]:
    """The lines with anything but what `report new` put there, or with what cannot be read."""
    given = {*spec.kept, *FROM_LAST_YEAR}
    return {line for line, _ in held.faults} | {
        line
        for line, row in texts.items()
        if any(text for name, text in row.items() if name not in given)
    }


def _in_the_way(
    spec: TableSpec,
    texts: Mapping[int, Row],
    full: AbstractSet[int],
    about: Container[object],
    names: NamesInRun,
) -> Iterator[str]:
    """What has data already: of a table that forms share, only what these are `about`."""
    known = {id: name for name, id in names.tables[PROJECT].items() if id != name}
    for line in sorted(full):
        if spec not in SHARED:
            yield ""
        elif spec == INDICATORS:
            owner = names.of_table(spec, texts[line])["所属"]
            if owner in about:
                yield known.get(owner, owner)
        elif line in about:
            yield texts[line][spec.named_by or ID]
