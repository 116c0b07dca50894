"""The marks of a chart: shapes that stand for a figure each, so that a page can lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isclose
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.blocks.drawings import MARK
from helpers.errors import ReportError
from helpers.figures.number import Number, ink

_numbers: WeakKeyDictionary[Artist, Number] = WeakKeyDictionary()


def mark(shapes: Iterable[Artist], number: Number) -> None:
    """Say by which number bars or single points were drawn."""
    for shape in shapes:
        _numbers[shape] = number


def mark_columns(figure: Figure, table: pd.DataFrame) -> None:
    """Mark the bars that pandas drew of a column of numbers: those it names after the column."""
    for bars in (each for axes in figure.axes for each in axes.containers):
        column = list(table[bars.get_label()]) if bars.get_label() in table else []
        pairs = list(zip(bars.get_children(), column, strict=False))
        if len(bars.get_children()) == len(column) and all(
            isinstance(number, Number) and _drawn_by(bar, number) for bar, number in pairs
        ):
            for bar, number in pairs:
                mark([bar], number)


def named_marks(figure: Figure, figure_of: Callable[[Number], str]) -> dict[str, str]:
    """The id of the figure each marked shape stands for, by the name it gets in the drawing.

    A shape whose number is no figure has no name, nor has one that somebody else named. Raises
    `ReportError` for a shape that its number does not place.
    """
    marks: dict[str, str] = {}
    for shape in figure.findobj():
        number = _numbers.get(shape)
        shape.set_gid(None)
        if number is not None and (id := figure_of(number)):
            if not _drawn_by(shape, number):
                raise ReportError(f"图中的一处不是按“{number.label}”（{number}）画的")
            name = f"mark-{len(marks)}"
            shape.set_gid(name)
            marks[name] = id
    return marks


def _drawn_by(shape: Artist, number: Number) -> bool:
    """Whether a bar is as long as a number, or a single point stands where it is."""
    places: Iterable[float] = ()
    if isinstance(shape, Rectangle):
        places = (shape.get_width(), shape.get_height())
    elif isinstance(shape, Line2D):
        points: Any = shape.get_xydata()
        places = points[0] if len(points) == 1 else ()
    # matplotlib adds up a bar and where it begins
    return number.defined and any(
        isclose(place, ink(number), rel_tol=1e-6, abs_tol=1e-6) for place in places
    )


def with_marks(svg: str, marks: Mapping[str, str]) -> str:
    """A drawing whose groups of these names tell the figures they stand for instead."""
    for name, id in marks.items():
        svg = svg.replace(f'<g id="{name}">', f'<g {MARK}="{id}">', 1)
    return svg
