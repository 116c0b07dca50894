"""Blocks as plain JSON, and back: how they travel in the outputs of an executed notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.blocks.drawings import refuse_foreign
from helpers.blocks.model import Card, Figure, Grid, GridCell, OutputBlock, Paragraph, numbers_in
from helpers.blocks.words import Link, Part, Styled, Words, words
from helpers.figures.number import Number

MIME = "application/vnd.performance-report.blocks+json"
"""The type of a cell's output that holds blocks: `{"blocks": […], "numbers": […]}`."""

Json = dict[str, Any]


def packed(block: OutputBlock) -> Json:
    """A block as JSON; a number is its id and what is displayed of it."""
    match block:
        case Paragraph():
            return {
                "kind": "paragraph",
                "id": block.id,
                "words": _packed_words(block.words),
                "role": block.role,
                "marks": list(block.marks),
                "basis": list(block.basis),
                "own": block.own,
                "for_review": block.for_review,
            }
        case Grid():
            return {
                "kind": "table",
                "id": block.id,
                "title": block.title,
                "head": list(block.head),
                "rows": [[_packed_cell(cell) for cell in row] for row in block.rows],
                "unit": block.unit,
                "total": block.total,
                "note": _packed_words(words(block.note)),
                "absent": block.absent,
                "merged": block.merged,
                "groups": {name: list(heads) for name, heads in block.groups.items()},
                "for_review": block.for_review,
            }
        case Figure():
            return {
                "kind": "figure",
                "id": block.id,
                "title": block.title,
                "alt": block.alt,
                "svg": block.svg,
                "reading": _packed_words(block.reading),
                "numbers": packed(block.numbers),
            }
        case Card():
            return {
                "kind": "card",
                "id": block.id,
                "title": block.title,
                "blocks": [packed(each) for each in block.blocks],
            }


def _packed_cell(cell: GridCell) -> Any:  # noqa: ANN401 - JSON
    """A cell: a text, a number, or a list of words."""
    return _packed_words(cell) if isinstance(cell, Words) else _packed_part(cell)


def _packed_words(given: Words) -> list[Any]:
    return [_packed_part(part) for part in given.parts]


def _packed_part(part: Part) -> Any:  # noqa: ANN401 - JSON
    match part:
        case Number():
            return {"figure": part.id, "text": part.display}
        case Styled():
            return {part.role: part.text}
        case Link():
            return {"link": part.target, "text": part.text}
    return part


def unpacked(data: Mapping[str, Any], figures: Mapping[str, Number]) -> OutputBlock:
    """The block of `packed`, its numbers looked up among `figures`.

    Raises `KeyError` for a figure there is not, or a kind or field there is not, and
    `ValueError` for a figure that is displayed otherwise now.
    """
    reader = _Reader(figures)
    return reader.block(data)


class _Reader:
    """Reads blocks with the figures they name."""

    def __init__(self, figures: Mapping[str, Number]) -> None:
        self._figures = figures

    def block(self, data: Mapping[str, Any]) -> OutputBlock:
        match data["kind"]:
            case "figure":
                return self._figure(data)
            case "card":
                blocks = [self.block(each) for each in data["blocks"]]
                held = [each for each in blocks if isinstance(each, (Paragraph, Grid, Figure))]
                return Card(data["id"], data["title"], held)
            case "table":
                return self._grid(data)
            case "paragraph":
                return self._paragraph(data)
        raise KeyError(data["kind"])

    def _paragraph(self, data: Mapping[str, Any]) -> Paragraph:
        told = {name: data[name] for name in ("role", "marks", "basis", "own", "for_review")}
        return Paragraph(data["id"], self._words(data["words"]), **told)

    def _grid(self, data: Mapping[str, Any]) -> Grid:
        plain = ("title", "head", "unit", "total", "absent", "merged", "groups", "for_review")
        told = {name: data[name] for name in plain}
        rows = [[self._cell(cell) for cell in row] for row in data["rows"]]
        return Grid(data["id"], rows=rows, note=self._words(data["note"]), **told)

    def _figure(self, data: Mapping[str, Any]) -> Figure:
        numbers = self._grid(data["numbers"])
        chart = f"chart-{data['id'].removeprefix('figure-')}-"
        refuse_foreign(data["svg"], chart, {number.id for number in numbers_in(numbers)})
        return Figure(
            id=data["id"],
            title=data["title"],
            alt=data["alt"],
            svg=data["svg"],
            reading=self._words(data["reading"]),
            numbers=numbers,
        )

    def _cell(self, cell: Any) -> GridCell:  # noqa: ANN401 - JSON
        if isinstance(cell, list):
            return self._words(cell)
        part = self._part(cell)
        return part if isinstance(part, (str, Number)) else words(part)

    def _words(self, parts: list[Any]) -> Words:
        return words(*map(self._part, parts))

    def _part(self, part: Any) -> Part:  # noqa: ANN401 - JSON
        if isinstance(part, str):
            return part
        if "figure" in part:
            figure = self._figures[part["figure"]]
            if figure.display != part["text"]:
                raise ValueError(f"{figure.label}：{part['text']} → {figure.display}")
            return figure
        if "link" in part:
            return Link(part["text"], part["link"])
        [(role, text)] = part.items()
        return Styled(text, role)
