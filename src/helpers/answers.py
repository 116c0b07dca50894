"""Survey answers counted as they are read: any number of rows in the memory of a few thousand."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.errors import Place, ReportError, UnreadableInputError, brief
from helpers.schema.evaluation import NO, YES
from helpers.schema.process import ANSWERS, GRADES

CHUNK = 100_000
COLUMNS = tuple(column.name for column in ANSWERS.columns)


@dataclass(frozen=True)
class Answers:
    """The answers of a survey: how many came back, how many of each valid answer, by stratum."""

    file: str
    returned: Mapping[str, int] = field(default_factory=dict)
    valid: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(self.returned.values())


def read_answers(folder: Path, file_prefix: str) -> tuple[Answers, list[ReportError]]:
    """Count the answers in `答卷.csv`, whose other columns are never kept.

    Gives the counts and an error for each kind of wrong cell, with the first row it is in.
    Raises `UnreadableInputError` where the file cannot be read at all; without a file
    there are no answers.
    """
    file = f"{file_prefix}/{ANSWERS.name}.csv"
    returned: Counter[str] = Counter()
    valid: Counter[tuple[str, str]] = Counter()
    wrong: dict[tuple[str, str], int] = {}
    try:
        for chunk in _chunks(folder / f"{ANSWERS.name}.csv"):
            _check(chunk, wrong)
            for stratum, count in chunk["层"].value_counts().items():
                returned[str(stratum)] += int(count)
            kept = chunk[chunk["有效"].ne(NO) & chunk["总体满意度"].isin(GRADES)]
            for stratum, answers in kept.groupby("层"):
                for grade, count in answers["总体满意度"].value_counts().items():
                    valid[str(stratum), str(grade)] += int(count)
    except FileNotFoundError:
        return Answers(file), []
    except UnicodeDecodeError:
        hint = "请用 Excel 另存为“CSV UTF-8”"
        raise UnreadableInputError("不是 UTF-8 编码", place=Place(file), hint=hint) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        hint = f"须有列：{'、'.join(ANSWERS.needed)}、总体满意度"
        raise UnreadableInputError(f"无法读取（{error}）", place=Place(file), hint=hint) from None
    returned.pop("", None)
    errors = [
        ReportError(
            f"“{brief(text)}”写法不对" if text else "必填，现为空", place=Place(file, line, column)
        )
        for (column, text), line in wrong.items()
    ]
    return Answers(file, dict(returned), dict(valid)), errors


def _chunks(path: Path) -> Iterator[pd.DataFrame]:
    """The declared columns, as text, some rows at a time; a missing 选填 column counts as blank."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = [name.strip() for name in next(csv.reader(file), [])]
    present = [name for name in header if name in COLUMNS]
    if not {"层", "总体满意度"} <= set(present):
        raise ValueError(f"现有的列：{'、'.join(header)}")
    with pd.read_csv(
        path,
        header=0,
        names=header,
        usecols=present,
        dtype="category",
        encoding="utf-8-sig",
        keep_default_na=False,
        chunksize=CHUNK,
    ) as reader:
        for chunk in reader:
            yield chunk.astype(str).reindex(columns=COLUMNS, fill_value="")


def _check(chunk: pd.DataFrame, wrong: dict[tuple[str, str], int]) -> None:
    """Note the first row of every text that is none of the choices, and of a blank stratum."""
    for column, allowed in (("总体满意度", {*GRADES, ""}), ("有效", {YES, NO, ""})):
        bad = chunk.loc[~chunk[column].isin(allowed), column]
        for text in bad.unique():
            wrong.setdefault((column, text), int(bad.index[bad == text][0]) + 2)
    blank = chunk.index[chunk["层"].eq("")]
    if len(blank):
        wrong.setdefault(("层", ""), int(blank[0]) + 2)


def declared_only(path: Path) -> bytes:
    """The file with its declared columns alone: what may be kept and passed on."""
    written = (
        chunk.to_csv(index=False, header=not number, lineterminator="\n")
        for number, chunk in enumerate(_chunks(path))
    )
    return "".join(written).encode("utf-8-sig")
