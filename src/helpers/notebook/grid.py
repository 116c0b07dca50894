"""Official tables: one description of head, rows and notes, and its HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import Markup

from helpers.figures.number import InexactNumberError, Number
from helpers.notebook import markup

GridCell = str | Number
WIDE = 9
"""From how many columns on a table needs the long side of the paper."""


@dataclass(frozen=True)
class Grid:
    """A table of the report.

    The first cell of a row names it (a row header); facts are figures, aligned right. In
    the first `merged` columns, cells that repeat the one above are merged with it. `groups`
    names neighbouring columns together, in a head above theirs. Without rows, the sentence
    `absent` stands in its place. One `for_review` is not for the public edition.
    """

    id: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[GridCell]]
    unit: str = ""
    total: bool = False
    note: str = ""
    absent: str = ""
    merged: int = 0
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    for_review: bool = False

    def html(self, *, numbered: bool = True) -> Markup:
        """The table as HTML with caption, scopes and a scrollable frame a keyboard can reach.

        A table that only repeats a chart's numbers has no number of its own.
        """
        if self.absent and not self.rows:
            return Markup('<p class="absent{}">{}</p>').format(self._reader, self.absent)
        number = Markup('<span class="number">表</span>') if numbered else ""
        unit = Markup('<span class="unit">单位：{}</span>').format(self.unit) if self.unit else ""
        body = self.rows[:-1] if self.total else self.rows
        foot = Markup("<tfoot>{}</tfoot>").format(_row(self.rows[-1])) if self.total else ""
        note = Markup('<p class="note">注：{}</p>').format(self.note) if self.note else ""
        return Markup(
            '<div class="grid{kind}" role="region" tabindex="0" aria-labelledby="{id}-caption">'
            '<table id="{id}"><caption id="{id}-caption">{number}'
            '<span class="title">{title}</span>{unit}</caption>'
            "<thead>{head}</thead><tbody>{body}</tbody>{foot}</table>{note}</div>"
        ).format(
            id=f"table-{self.id}",
            kind=(" wide" if len(self.head) >= WIDE else "") + self._reader,
            number=number,
            title=self.title,
            unit=unit,
            head=self._head_rows(),
            body=markup.join(map(_row, body, self._spans(body))),
            foot=foot,
            note=note,
        )

    @property
    def _reader(self) -> str:
        return " for-review" if self.for_review else ""

    def _head_rows(self) -> Markup:
        """The head: a row, or two where columns are grouped."""
        if not self.groups:
            return _head_row(Markup('<th scope="col">{}</th>').format(name) for name in self.head)
        grouped = {name: group for group, names in self.groups.items() for name in names}
        above = dict.fromkeys(grouped.get(name, name) for name in self.head)
        return _head_row(
            Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(self.groups[name]), name)
            if name in self.groups
            else Markup('<th scope="col" rowspan="2">{}</th>').format(name)
            for name in above
        ) + _head_row(
            Markup('<th scope="col">{}</th>').format(name) for name in self.head if name in grouped
        )

    def _spans(self, rows: Sequence[Sequence[GridCell]]) -> list[dict[int, int]]:
        """For each row, how many rows its merged cells span; 0 for a cell merged into one above."""
        spans: list[dict[int, int]] = [{} for _ in rows]
        begun: dict[int, int] = {}
        for at, row in enumerate(rows):
            for column in range(self.merged):
                above = rows[at - 1][: column + 1] if at else None
                if above == row[: column + 1]:
                    spans[begun[column]][column] += 1
                    spans[at][column] = 0
                else:
                    begun[column] = at
                    spans[at][column] = 1
        return spans


def _head_row(cells: Iterable[Markup]) -> Markup:
    return Markup("<tr>{}</tr>").format(markup.join(cells))


def _row(cells: Sequence[GridCell], spans: Mapping[int, int] = MappingProxyType({})) -> Markup:
    shown = [
        _head(cell, spans.get(at, 1)) if at == 0 else _cell(cell, spans.get(at, 1))
        for at, cell in enumerate(cells)
        if spans.get(at, 1)
    ]
    return Markup("<tr>{}</tr>").format(markup.join(shown))


def _head(cell: GridCell, span: int) -> Markup:
    scope, text = "rowgroup" if span > 1 else "row", _text(cell)
    return Markup('<th scope="{}"{}>{}</th>').format(scope, _rowspan(span), text)


def _cell(cell: GridCell, span: int) -> Markup:
    kind = Markup(' class="figure"') if isinstance(cell, Number) else ""
    return Markup("<td{}{}>{}</td>").format(kind, _rowspan(span), _text(cell))


def _text(cell: GridCell) -> str:
    if isinstance(cell, Number):
        return markup.figure(cell)
    if not isinstance(cell, str):
        raise InexactNumberError(f"表中只能有数和文字，现有 {cell!r}", hint="写成精确数或文字")
    return cell


def _rowspan(span: int) -> Markup:
    return Markup(' rowspan="{}"').format(span) if span > 1 else Markup()
