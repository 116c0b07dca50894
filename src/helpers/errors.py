"""The one error a user sees: in plain Chinese, with the place and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from helpers.characters import named

OWN_MARK = "错误："
"""What the traceback of an error of ours begins with, wherever it is sent: it is the message."""

SCREEN, LONGEST = 20, 400
"""Lines of a message, and characters of a line, that a person still reads."""


Level = Literal["error", "warning", "note"]
LEVELS: dict[Level, str] = {"error": "错误", "warning": "警告", "note": "提示"}
"""How grave a finding is, gravest first, and what it is called."""


def brief(text: str) -> str:
    """A cell as a message quotes it: its beginning is enough to find it."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def listed(texts: Sequence[str], most: int = 8) -> str:
    """Several things as a message names them: the first of many are enough."""
    return "、".join(texts[:most]) + ("等" if len(texts) > most else "")


def visible(text: str) -> str:
    """A text for a terminal: what would steer it is named, what would flood it is cut."""
    escaped = named(text.replace("\r\n", "\n"))
    lines = [
        line if len(line) <= LONGEST else f"{line[:LONGEST]}…（共 {len(line)} 字）"
        for line in escaped.split("\n")
    ]
    more = len(lines) - SCREEN
    return "\n".join([*lines[:SCREEN], *([f"…（另有 {more} 行）"] if more > 0 else [])])


@dataclass(frozen=True)
class Place:
    """Where something stands: a file relative to the project root, a line, a column.

    `line` counts from 1 as an editor shows it; 0 means the file as a whole. `sheet` names
    the sheet of a workbook; of a notebook, `line` counts its cells.
    """

    file: str
    line: int = 0
    column: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        sheet = f" “{self.sheet}”表" if self.sheet else ""
        kind = "格" if self.file.endswith(".ipynb") else "行"
        line = f" 第{self.line}{kind}" if self.line else ""
        column = f" “{self.column}”列" if self.column else ""
        file = self.file.replace("\n", "\\n")  # a name may hold any character but a slash
        return f"{file}{sheet}{line}{column}"


class ReportError(Exception):
    """What stops a run: what is wrong, where, and what to do about it.

    `str(error)` is the whole message. In JupyterLab it stands in place of a traceback. A `gap`
    is a cell that was left blank.
    """

    def __init__(
        self, problem: str, *, place: Place | None = None, hint: str = "", gap: bool = False
    ) -> None:
        self.problem, self.place, self.hint, self.gap = problem, place, hint, gap
        super().__init__(problem)

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        hint = f"（{self.hint}）" if self.hint else ""
        return visible(f"{where}{self.problem}{hint}")

    def _render_traceback_(self) -> list[str]:
        """Tell IPython to show the message alone; `is_own` knows an error by this mark."""
        return [f"{OWN_MARK}{self}"]


def is_own(traceback: Sequence[str]) -> bool:
    """Whether a traceback is that of an error of ours, whatever its class."""
    return bool(traceback) and traceback[0].startswith(OWN_MARK)


class UnreadableInputError(ReportError):
    """An input that cannot be read at all, or a command used wrongly: exit code 2."""


class SectionFailedError(ReportError):
    """A notebook that did not run to its end: which one, under which heading, and why."""
