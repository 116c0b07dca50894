"""The headings of the notebooks and their official numbering: 一、（一）1.（1）."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.notebooks import read_notebook

HEADING = re.compile(r"(#{1,4})\s+(.+)")
DIGITS = "一二三四五六七八九"
ANNEX = "附件"
NOT_SHOWN = {"analyst-note", "parameters"}
"""Tags of the cells that no page shows: in place of the second stand the parameters of the run."""


HeadingPath = tuple[str, ...]
"""A heading with those it stands under, the section's title first."""


@dataclass(frozen=True)
class Heading:
    """A heading as it stands in a notebook, and with the number the report gives it.

    `level` 1 is a section's title; `path` is the heading as its notebook words it, with those
    it stands under; `text` is how the report does.
    """

    level: int
    text: str
    place: Place
    path: HeadingPath = ()
    numbered: str = ""

    @property
    def notebook(self) -> str:
        """The name of its notebook, without the ending."""
        return Path(self.place.file).stem


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook, as written: Markdown or code, and both reach the page."""

    kind: str
    text: str
    place: Place


def cells(notebook: Path, place: Place) -> Iterator[Cell]:
    """Give the cells of a notebook that reach the page: no notes, and no declared parameters.

    Raises `UnreadableInputError` if the file is no notebook, or has no title.
    """
    found = [
        Cell(cell["cell_type"], "".join(cell["source"]), replace(place, line=number))
        for number, cell in enumerate(read_notebook(notebook, place)["cells"], 1)
        if NOT_SHOWN.isdisjoint(cell["metadata"].get("tags", []))
    ]
    if not any(heading.level == 1 for heading in read(found)):
        hint = "第一个单元格写标题，例如 # 部门概况"
        raise UnreadableInputError("笔记本没有标题", place=place, hint=hint)
    yield from found


def read(cells: Iterable[Cell]) -> Iterator[Heading]:
    """Give the headings of Markdown cells, not yet numbered."""
    path: HeadingPath = ()
    for cell in cells:
        for heading in _in_cell(cell, path):
            path = heading.path
            yield heading


def kept(cells: Iterable[Cell], has: Callable[[HeadingPath], bool]) -> Iterator[Cell]:
    """Give the cells of a notebook that stand under a heading its report has, or are above all."""
    path: HeadingPath = ()
    for cell in cells:
        if found := list(_in_cell(cell, path)):
            path = found[-1].path
        if not path or any(has(each) for each in (*(heading.path for heading in found), path)):
            yield cell


def _in_cell(cell: Cell, path: HeadingPath) -> Iterator[Heading]:
    """The headings of a cell below one that stands before it."""
    for line in cell.text.splitlines() if cell.kind == "markdown" else ():
        if match := HEADING.fullmatch(line.strip()):
            path = (*path[: len(match[1]) - 1], match[2])
            yield Heading(len(match[1]), match[2], cell.place, path)


def chinese(number: int) -> str:
    """A whole number from 1 to 99 in Chinese: 7 → 七, 12 → 十二, 30 → 三十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens - 1]}十"
    return head + (DIGITS[ones - 1] if ones else "")


def prefix(level: int, number: int) -> str:
    """The official number of the n-th heading of a level."""
    return {
        1: f"{chinese(number)}、",
        2: f"（{chinese(number)}）",
        3: f"{number}.",
        4: f"（{number}）",
    }[level]


def part(title: str) -> str:
    """What a section is called for short: 三、… → 第三部分, 附件3 … → 附件3."""
    number, _, _ = title.partition("、")
    return title.split(" ", maxsplit=1)[0] if title.startswith(ANNEX) else f"第{number}部分"


def number(headings: Iterable[Heading], annexes: Callable[[Place], bool]) -> Iterator[Heading]:
    """Give each heading its number: 一、（一）1.（1）, and 附件1, … to the title of an annex.

    `annexes` tells by its place whether a notebook is one. What stands below a title counts
    from the start.
    """
    titles, below = {False: 0, True: 0}, [0, 0, 0, 0]
    for heading in headings:
        is_annex, at = annexes(heading.place), heading.level - 1
        below[at + 1 :] = [0] * (3 - at)
        if at:
            below[at] += 1
            numbered = f"{prefix(heading.level, below[at])}{heading.text}"
        else:
            titles[is_annex] += 1
            count = titles[is_annex]
            numbered = (
                f"{ANNEX}{count} {heading.text}"
                if is_annex
                else f"{prefix(1, count)}{heading.text}"
            )
        yield replace(heading, numbered=numbered)
