"""Blocks as the output of a cell: to look at in a notebook, and as data for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from helpers.blocks import travelling
from helpers.blocks.html import HtmlWriter, joined
from helpers.blocks.model import Grid, OutputBlock, Paragraph
from helpers.figures.number import Number
from helpers.figures.travelling import packed
from helpers.notebook.section_dependencies import MARK

STYLE = Path(__file__).parent / "blocks.css"


class Shown:
    """Blocks that a notebook shows.

    `made` are the numbers among theirs that the notebook made itself, `known` those of the
    run, and `opened` the names of what the cell opened of it. `differences` and `why` there
    is nothing to show are told in the notebook alone.
    """

    def __init__(
        self,
        blocks: Sequence[OutputBlock],
        *,
        made: Sequence[Number] = (),
        known: Mapping[str, Number] | None = None,
        opened: Mapping[str, list[str]] | None = None,
        differences: Sequence[str] = (),
        why: str = "",
    ) -> None:
        self.blocks = tuple(blocks)
        self._made, self._known, self._opened = made, known or {}, opened or {}
        self._differences, self._why = differences, why

    @property
    def html(self) -> Markup:
        """The blocks as HTML, without any style."""
        return joined(map(HtmlWriter().block, self.blocks))

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, object]]:
        """The blocks as data, as styled HTML and as text; and as metadata what they rest on."""
        data = {
            "blocks": [travelling.packed(block) for block in self.blocks],
            "numbers": packed(self._made, self._known),
        }
        told = [Markup('<p class="difference">{}</p>').format(each) for each in self._differences]
        told += [Markup('<p class="absent">{}</p>').format(self._why)] if self._why else []
        inside = joined([*told, self.html])
        styled = f'<style>{_style()}</style><div class="report-blocks">{inside}</div>'
        shown = {travelling.MIME: data, "text/html": styled, "text/plain": repr(self)}
        return shown, {MARK: self._opened}

    def __repr__(self) -> str:
        return "\n".join(filter(None, [*self._differences, self._why, *map(_text, self.blocks)]))


@cache
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


def _text(block: OutputBlock) -> str:
    """What a block is, in a line."""
    match block:
        case Paragraph():
            return block.words.text
        case Grid(rows=()) | Grid(rows=[]):
            return block.absent
    return block.title
