"""Official tables: one description of head, rows and notes, and its HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from helpers import markup
from helpers.facts import Fact

GridCell = str | Fact


@dataclass(frozen=True)
class Grid:
    """A table of the report.

    The first cell of a row names it (a row header); facts are figures, aligned right.
    Without rows, the sentence `absent` stands in its place.
    """

    id: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[GridCell]]
    unit: str = ""
    total: bool = False
    note: str = ""
    absent: str = ""

    def html(self, *, numbered: bool = True) -> Markup:
        """The table as HTML with caption, scopes and a scrollable frame a keyboard can reach.

        A table that only repeats a chart's numbers has no number of its own.
        """
        if self.absent and not self.rows:
            return Markup('<p class="absent">{}</p>').format(self.absent)
        number = Markup('<span class="number">表</span>') if numbered else ""
        unit = Markup('<span class="unit">单位：{}</span>').format(self.unit) if self.unit else ""
        head = markup.join(Markup('<th scope="col">{}</th>').format(name) for name in self.head)
        body = self.rows[:-1] if self.total else self.rows
        foot = Markup("<tfoot>{}</tfoot>").format(_row(self.rows[-1])) if self.total else ""
        note = Markup('<p class="note">注：{}</p>').format(self.note) if self.note else ""
        return Markup(
            '<div class="grid" role="region" tabindex="0" aria-labelledby="{id}-caption">'
            '<table id="{id}"><caption id="{id}-caption">{number}'
            '<span class="title">{title}</span>{unit}</caption>'
            "<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table>{note}</div>"
        ).format(
            id=f"table-{self.id}",
            number=number,
            title=self.title,
            unit=unit,
            head=head,
            body=markup.join(_row(row) for row in body),
            foot=foot,
            note=note,
        )


def _row(cells: Sequence[GridCell]) -> Markup:
    first, *rest = cells
    name = Markup('<th scope="row">{}</th>').format(
        markup.figure(first) if isinstance(first, Fact) else first
    )
    return Markup("<tr>{}</tr>").format(markup.join([name, *map(_cell, rest)]))


def _cell(cell: GridCell) -> Markup:
    if isinstance(cell, Fact):
        return Markup('<td class="figure">{}</td>').format(markup.figure(cell))
    return Markup("<td>{}</td>").format(cell)
