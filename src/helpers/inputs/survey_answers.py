"""Survey answers counted as they are read: any number of rows in the memory of a few thousand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from helpers.errors import Place, ReportError, UnreadableInputError, brief
from helpers.inputs import cells
from helpers.inputs.csv_files import stream_csv
from helpers.inputs.raw_tables import RawTable, check_header, check_width
from helpers.inputs.schema.evaluation import NO
from helpers.inputs.schema.process import ANSWERS, GRADES

HEADINGS = ("层", "总体满意度")
"""Without these a file holds no answers."""

NO_ANSWER = {"(空)", "(跳过)", "（空）", "（跳过）"}
"""What survey platforms write where nothing was answered."""

RULED = "有效"
JUDGED = re.compile("有效|无效|作废|剔除|审核")
"""What the heading of a column says by which answers were ruled out."""


@dataclass(frozen=True)
class Answers:
    """The answers of a survey: how many came back, how many of each valid answer, by stratum."""

    file: str
    returned: Mapping[str, int] = field(default_factory=dict)
    valid: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(self.returned.values())

    @property
    def given(self) -> bool:
        """Whether there are any; a file without rows counts as not given."""
        return bool(self.returned)


def read_answers(folder: Path, file_prefix: str) -> tuple[Answers, list[ReportError]]:
    """Count the answers in `答卷.csv`, whose other columns are never kept.

    Gives the counts and an error for each kind of wrong cell, with the first row it is in.
    Raises `UnreadableInputError` where the file cannot be read at all; without a file
    there are no answers.
    """
    file = f"{file_prefix}/{ANSWERS.name}.csv"
    counted: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], int] = {}
    try:
        for line, answer in _answers(folder / f"{ANSWERS.name}.csv", file):
            counted[answer] += 1
            first.setdefault(answer, line)
    except FileNotFoundError:
        return Answers(file), []
    returned: Counter[str] = Counter()
    valid: Counter[tuple[str, str]] = Counter()
    for (stratum, grade, ruled), count in counted.items():
        if stratum:
            returned[stratum] += count
        if grade in GRADES and ruled != NO:
            valid[stratum, grade] += count
    return Answers(file, dict(returned), dict(valid)), list(_errors(file, first))


def _answers(path: Path, file: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each answer with its line: its declared cells, a missing 选填 column blank."""
    records = stream_csv(path, file, HEADINGS)
    line, header = next(records, (0, []))
    raw = RawTable(file, "", [])
    if not set(HEADINGS) <= set(header):
        problem, hint = f"现有的列：{'、'.join(header)}", f"须有列：{'、'.join(HEADINGS)}"
        raise UnreadableInputError(problem, place=raw.place(line), hint=hint)
    check_header(raw, line, header, ANSWERS)
    _check_judged(raw, line, header)
    places = [
        header.index(column.name) if column.name in header else None for column in ANSWERS.columns
    ]
    width = len(header)
    for line, row in records:
        if len(row) != width:
            check_width(raw, line, row, header)
        answer = ["" if at is None else row[at] for at in places]
        if not NO_ANSWER.isdisjoint(answer):
            answer = ["" if text in NO_ANSWER else text for text in answer]
        yield line, tuple(answer)


def _check_judged(raw: RawTable, line: int, header: Sequence[str]) -> None:
    """See that no column rules answers out that is not the one we read.

    The other columns of a survey are its questions and are left unread; that one may not be.
    """
    for name in header:
        if name != RULED and JUDGED.search(name):
            hint = f"判定答卷是否有效的列写作“{RULED}”，填是或否；无关的列请删去或改名"
            raise UnreadableInputError(f"“{name}”列未读入", place=raw.place(line), hint=hint)


def _errors(file: str, first: Mapping[tuple[str, ...], int]) -> Iterator[ReportError]:
    """Every kind of wrong cell once: a choice that is none, a blank stratum, an unfit text."""
    first_lines: dict[tuple[str, str], int] = {}
    for answer, line in first.items():
        for column, text in zip(ANSWERS.columns, answer, strict=True):
            first_lines.setdefault((column.name, text), line)
    columns = {column.name: column for column in ANSWERS.columns}
    for (name, text), line in first_lines.items():
        place, column = Place(file, line, name), columns[name]
        if not text and column.required:
            yield ReportError("必填，现为空", place=place)
        elif text and column.choices and text not in column.choices:
            hint = f"可填：{'、'.join(column.choices)}"
            yield ReportError(f"“{brief(text)}”写法不对", place=place, hint=hint)
        elif text:
            try:
                cells.fit(text)
            except ValueError as error:
                yield ReportError(str(error), place=place, hint="请删去或改写")


def declared_only(path: Path) -> bytes:
    """The file with its declared columns alone: what may be kept and passed on."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.name for column in ANSWERS.columns])
    writer.writerows(answer for _, answer in _answers(path, path.name))
    return buffer.getvalue().encode("utf-8-sig")
