"""What the look of a cell of Excel does to what is in it: struck out, unseen, changed at times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.worksheet.worksheet import Worksheet

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
Colour = tuple[int, int, int] | str | None
"""Red, green, blue; the name of one a theme decides on; None where it is no single colour."""

CONTRAST = 24
"""Steps of 256 by which a colour must differ from the one behind it, to be seen at all."""

READABLE = 3
"""Points of height below which a text is a line."""

THEME = {0: WHITE, 1: BLACK}
"""The colours of every theme's paper and ink; the others differ."""

SYSTEM = {64: BLACK, 65: WHITE}
"""Numbers of the colours a system writes and paints with."""


class Looks:
    """The looks of a sheet's cells; each style is judged once, however many cells have it."""

    def __init__(self, sheet: Worksheet) -> None:
        self._known: dict[int, str] = {}
        self._conditional = list(_conditional(sheet))

    def problem(self, cell: Cell) -> str:
        """Why the look of a filled cell keeps a reader from what is in it; empty where it doesn't.

        A conditional format is judged as if its condition held: whether it does is Excel's to say.
        """
        style = cell.style_id
        if style not in self._known:
            self._known[style] = _of_cell(cell)
        if problem := self._known[style] or _of_runs(cell):
            return problem
        for (left, top, right, bottom), rule in self._conditional:
            if left <= cell.column <= right and top <= cell.row <= bottom:
                problem = problem or _of_rule(cell, rule)
        return problem


def _of_cell(cell: Cell) -> str:
    if cell.alignment.horizontal == "fill":
        return "按“填充”对齐，内容会重复显示"
    return _of_font(cell.font, cell.font.color, _ground(cell))


def _of_runs(cell: Cell) -> str:
    """Of the parts of a text, each of which may have a look of its own."""
    if not isinstance(cell.value, CellRichText):
        return ""
    for run in cell.value:
        if isinstance(run, TextBlock) and run.text.strip():
            if run.font.vertAlign in {"superscript", "subscript"}:
                return "中有上标或下标"
            if problem := _of_font(run.font, run.font.color, _ground(cell)):
                return problem
    return ""


def _of_font(font: Any, color: Color | None, ground: Colour) -> str:  # noqa: ANN401 - three kinds of it
    """What a font does, before a ground; empty for nothing."""
    if font and font.strike:
        return "带删除线"
    if font and font.sz is not None and font.sz < READABLE:
        return "字号过小，看不见"
    return "的文字与底色相同，看不见" if _alike(_colour(color, BLACK), ground) else ""


def _conditional(sheet: Worksheet) -> Iterator[tuple[tuple[int, int, int, int], Any]]:
    """The conditional formats of a sheet, each with a range it is for."""
    for formats in sheet.conditional_formatting:
        for rule in formats.rules:
            for span in formats.sqref.ranges:
                yield span.bounds, rule


def _of_rule(cell: Cell, rule: Any) -> str:  # noqa: ANN401 - openpyxl does not type it
    """What a conditional format may do to a cell; empty for nothing but a colour that is seen."""
    for picture in (rule.iconSet, rule.dataBar):
        is_text = isinstance(cell.value, str | CellRichText)
        if picture is not None and picture.showValue is False and not is_text:
            return "的条件格式不显示数字"
    style = rule.dxf
    if style is None:
        return ""
    if style.numFmt is not None:
        return "的条件格式会改变显示的内容"
    color = style.font.color if style.font and style.font.color else cell.font.color
    painted = style.fill and _colour(getattr(style.fill, "bgColor", None), None)
    # openpyxl gives black to a fill without a colour, which leaves the cell its own
    ground = painted if painted and painted != BLACK else _ground(cell)
    problem = _of_font(style.font, color, ground)
    return f"的条件格式可能使内容{problem.removeprefix('的文字')}" if problem else ""


def _ground(cell: Cell) -> Colour:
    """The colour behind a cell; None where it is a pattern."""
    kind = getattr(cell.fill, "patternType", "gradient")
    if kind in {None, "none"}:
        return WHITE
    return _colour(cell.fill.fgColor, BLACK) if kind == "solid" else None


def _colour(color: Color | None, automatic: Colour) -> Colour:
    """A colour of a style as it is painted."""
    found: Colour
    if color is None or color.type == "auto":
        return automatic
    if color.type == "theme":
        found = THEME.get(color.theme, f"theme {color.theme} {color.tint:.2f}")
    elif color.type == "indexed":
        known = color.indexed < min(SYSTEM)
        found = _rgb(COLOR_INDEX[color.indexed]) if known else SYSTEM.get(color.indexed)
    else:
        found = _rgb(str(color.rgb))
    if not isinstance(found, tuple) or not color.tint:
        return found
    toward = 255 if color.tint > 0 else 0
    red, green, blue = (round(each + (toward - each) * abs(color.tint)) for each in found)
    return red, green, blue


def _rgb(text: str) -> Colour:
    """A colour from its last six hexadecimal digits; what is before them says how opaque it is."""
    red, green, blue = bytes.fromhex(text[-6:])
    return red, green, blue


def _alike(ink: Colour, ground: Colour) -> bool:
    """Whether nobody can tell two colours apart."""
    if isinstance(ink, tuple) and isinstance(ground, tuple):
        return max(abs(one - other) for one, other in zip(ink, ground, strict=True)) < CONTRAST
    return ink is not None and ink == ground
