"""What the things of forms are called in a run: listed ones by their ids, new ones by free ids."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from helpers.inputs.row_ids import ID, INDICATOR, NAMED, OUTSIDE, REFERRING, derived
from helpers.inputs.schema import TableSpec
from helpers.workflow.importing.import_result import Row

NUMBERED = re.compile(r"(.*?)(\d*)")


@dataclass(frozen=True)
class NamesInRun:
    """The ids of things by their kind, and by how forms and how the tables of the run name them."""

    forms: defaultdict[str, Row] = field(default_factory=lambda: defaultdict(dict))
    tables: defaultdict[str, Row] = field(default_factory=lambda: defaultdict(dict))

    def of_form(self, spec: TableSpec, row: Row) -> Row:
        """A row of a form, with the run's ids for what it refers to."""
        return _referring(spec, row, self.forms)

    def of_table(self, spec: TableSpec, row: Row) -> Row:
        """A row of a table, with ids for what it refers to by name."""
        return _referring(spec, row, self.tables)

    def note_table(self, spec: TableSpec, rows: Mapping[int, Row]) -> dict[int, str]:
        """Note what a table's rows are called; gives their ids, those of names too."""
        kind, columns = NAMED.get(spec.name, ("", ()))
        if not kind or kind in OUTSIDE:
            return {}
        often = Counter(row[columns[-1]] for row in rows.values())
        ids = {}
        for line, row in rows.items():
            cells = self.of_table(spec, row)
            ids[line] = row[ID] or derived(
                "、".join(filter(None, (cells[each] for each in columns)))
            )
            self.tables[kind][row[ID] or ids[line]] = ids[line]
            if often[name := row[columns[-1]]] == 1:
                self.tables[kind][name] = ids[line]
        return ids

    def note_form(self, spec: TableSpec, written: Row, row: Row, ids: Iterable[str]) -> str:
        """Note and give a free id for a new row: that of an indicator begins with its project's."""
        id, owner = written.get(ID, ""), written.get("所属", "")
        kind, _ = NAMED.get(spec.name, ("", ()))
        if not kind or kind in OUTSIDE:
            return row.get(ID, "")
        if kind == INDICATOR and owner:
            id = row["所属"] + id.removeprefix(owner)
        while id in ids:
            parts = NUMBERED.fullmatch(id)
            assert parts
            id = f"{parts[1]}{int(parts[2] or 1) + 1}"
        self.forms[kind][written[ID]] = id
        return id


def _referring(spec: TableSpec, row: Row, names: Mapping[str, Row]) -> Row:
    return row | {
        column: names[kind].get(row[column], row[column])
        for column, kind in REFERRING.get(spec.name, {}).items()
        if column in row
    }
