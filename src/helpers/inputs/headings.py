"""The headings of the notebooks and their official numbering: 一、（一）1.（1）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.notebooks import read_notebook

HEADING = re.compile(r"(#{1,4})\s+(.+)")
DIGITS = "一二三四五六七八九"
ANNEX = "附件"


@dataclass(frozen=True)
class Heading:
    """A heading as it stands in a notebook; `level` 1 is the section's title."""

    level: int
    text: str
    place: Place


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook, as written: Markdown or code, and both reach the page."""

    kind: str
    text: str
    place: Place


def cells(notebook: Path, place: Place) -> Iterator[Cell]:
    """Give the cells of a notebook, but for an analyst's own notes.

    Raises `UnreadableInputError` if the file is no notebook, or has no title.
    """
    found = [
        Cell(cell["cell_type"], "".join(cell["source"]), place)
        for cell in read_notebook(notebook, place)["cells"]
        if "analyst-note" not in cell["metadata"].get("tags", [])
    ]
    if not any(heading.level == 1 for heading in read(found)):
        hint = "第一个单元格写标题，例如 # 一、部门概况"
        raise UnreadableInputError("笔记本没有标题", place=place, hint=hint)
    yield from found


def read(cells: Iterable[Cell]) -> Iterator[Heading]:
    """Give the headings of Markdown cells."""
    for cell in cells:
        for line in cell.text.splitlines() if cell.kind == "markdown" else ():
            if match := HEADING.fullmatch(line.strip()):
                yield Heading(len(match[1]), match[2], cell.place)


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


def annex(title: str, number: int) -> str:
    """The title of the n-th annex: notebooks say 附件 alone, as not every run has them all."""
    return f"{ANNEX}{number} {title.removeprefix(ANNEX).strip()}"


def part(title: str) -> str:
    """What a section is called for short: 三、… → 第三部分, 附件3 … → 附件3."""
    number, _, _ = title.partition("、")
    return title.split(" ", maxsplit=1)[0] if title.startswith(ANNEX) else f"第{number}部分"


def out_of_sequence(headings: Iterable[Heading]) -> Iterator[tuple[Heading, str]]:
    """Give each heading whose number is not the next one, with the number it should have.

    Annexes are numbered by the report itself; what stands in them counts from the start.
    """
    counts = [0, 0, 0, 0]
    for heading in headings:
        if heading.level == 1 and heading.text.startswith(ANNEX):
            counts[1:] = [0, 0, 0]
            continue
        counts[heading.level - 1] += 1
        counts[heading.level :] = [0] * (4 - heading.level)
        expected = prefix(heading.level, counts[heading.level - 1])
        if not heading.text.startswith(expected):
            yield heading, expected
