"""Judge a file of published figures: CSV in, verdicts out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.figures import exact, ratios
from helpers.figures.number import Number
from helpers.figures.rounding_intervals import Judgement, judge, point, read_printed
from helpers.inputs.cells import fit
from helpers.inputs.csv_files import LARGEST, decoded
from helpers.inputs.plain_files import read_plain
from helpers.inputs.units import YUAN_IN_WAN

COLUMNS = ("id", "kind", "inputs", "published", "decimals")
EXACT_INPUTS = {"weight"}
DECIMALS = re.compile(r"[0-9]|1[0-2]", re.ASCII)
UNSIGNED = {"delta", "pp_diff", "yoy_prev", "yoy_delta"}
"""Kinds whose falls may be printed without a minus, as the sentence says 下降 or 减少."""


LABELS = {
    "budget": "预算数",
    "current": "本年数",
    "delta": "增减额",
    "initial": "年初预算数",
    "previous": "上年数",
    "whole": "整体",
}


@dataclass(frozen=True)
class Row:
    """One judged row: its id and the judgement, or what makes it unreadable."""

    line: int
    id: str
    judgement: Judgement | None
    unreadable: str = ""


class PrintedInputs(dict[str, Number]):
    """The printed inputs of a figure by name; one that is asked for and not given is noted."""

    def __init__(self, values: Mapping[str, Fraction]) -> None:
        super().__init__({name: _input(name, value) for name, value in values.items()})
        self.lacking: list[str] = []

    def __missing__(self, name: str) -> Number:
        if name not in self.lacking:
            self.lacking.append(name)
        return _input(name, None)


def _input(name: str, value: Fraction | None) -> Number:
    return Number(
        value, label=LABELS.get(name, name), id=name, lack="missing" if value is None else ""
    )


KINDS: dict[str, Callable[[PrintedInputs], Number]] = {
    "exec_rate": lambda given: ratios.execution_rate(given["executed"], given["budget"]),
    "carryover_rate": lambda given: ratios.carryover_rate(
        given["balance"]
        if "balance" in given
        else ratios.difference(given["budget"], given["executed"]),
        given["budget"],
    ),
    "completion_initial": lambda given: ratios.completion_rate(given["final"], given["initial"]),
    "delta": lambda given: ratios.difference(given["current"], given["previous"]),
    "pp_diff": lambda given: ratios.difference(given["a"], given["b"]),
    "yoy_prev": lambda given: ratios.year_on_year_growth(given["current"], given["previous"]),
    "yoy_delta": lambda given: ratios.year_on_year_growth(
        given["current"], ratios.difference(given["current"], given["delta"])
    ),
    "share": lambda given: ratios.share(given["part"], given["whole"]),
    "sum": lambda given: ratios.sum_of_parts(*given.values()),
    "unit_wan": lambda given: given["yuan"] / YUAN_IN_WAN,
    "match": lambda given: given["table"],
    "exec_score": lambda given: ratios.rate_score(
        ratios.execution_rate(given["executed"], given["budget"]), given["weight"]
    ),
    "exec_score_from_rate": lambda given: ratios.rate_score(given["rate"], given["weight"]),
}
"""What each kind recomputes, from the names of its inputs."""


def audit(path: Path) -> Iterator[Row]:
    """Judge every row of a CSV with the columns `id, kind, inputs, published, decimals`.

    `inputs` is a JSON object of printed numbers as text. Columns beyond these are ignored.
    Raises `UnreadableInputError` if the file cannot be read at all.
    """
    place = Place(path.name)
    try:
        text = decoded(read_plain(path, place, LARGEST), place)
    except OSError:
        raise UnreadableInputError("找不到或无法读取这个文件", place=place) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="", strict=True)
    try:
        _check_header(reader.fieldnames or [], place)
        for row in reader:
            yield _judge_row(reader.line_num, row)
    except csv.Error:
        line = replace(place, line=reader.line_num)
        raise UnreadableInputError("引号不配对，或含有无法读取的字符", place=line) from None


def _check_header(names: Sequence[str], place: Place) -> None:
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise UnreadableInputError(f"缺少列：{'、'.join(missing)}", place=place)
    repeated = [column for column in COLUMNS if names.count(column) > 1]
    if repeated:
        raise UnreadableInputError(f"列名重复：{'、'.join(repeated)}", place=place)


def _judge_row(line: int, row: dict[str, str]) -> Row:
    id = row["id"]
    try:
        judgement = _judge(row["kind"], row["inputs"], row["published"], row["decimals"])
        return Row(line, fit(id), judgement)
    except ValueError as error:
        return Row(line, id, None, str(error))


def _judge(kind: str, inputs: str, published: str, decimals: str) -> Judgement:
    """Judge one published figure; raises `ValueError`, in Chinese, if it cannot be read."""
    if kind not in KINDS:
        raise ValueError(f"没有这种 kind：{kind}")
    if not DECIMALS.fullmatch(decimals):
        raise ValueError(f"decimals 应为 0 至 12 的整数，现为“{decimals}”")
    texts = _inputs(inputs)
    given = PrintedInputs({name: _number(name, text) for name, text in texts.items()})
    computed = KINDS[kind](given) if texts else given["数值"]
    if given.lacking:
        raise ValueError(f"inputs 缺少 {'、'.join(given.lacking)}")
    spans = {
        id: point(part.known) if id in EXACT_INPUTS else read_printed(texts[id])
        for id, part in given.items()
    }
    figure = _number("published", published)
    computed = replace(computed, unsigned=kind in UNSIGNED)
    return judge(computed, spans, figure, int(decimals))


def _inputs(text: str) -> dict[str, str]:
    """The named numbers of an `inputs` cell; the parts of a sum are named by position."""
    try:
        given = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("inputs 不是 JSON") from None
    if not isinstance(given, dict):
        raise ValueError("inputs 应为 JSON 对象")  # noqa: TRY004 - one kind of error for a row
    if "parts" in given:
        if not isinstance(given["parts"], list):
            raise ValueError("parts 应为数组")
        given = {f"part {number}": part for number, part in enumerate(given["parts"], 1)}
    return {name: str(value) for name, value in given.items() if not name.startswith("_")}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose names each stand once; JSON itself would let the last one win."""
    given = dict(pairs)
    if len(given) < len(pairs):
        raise ValueError("inputs 中有重复的名称")
    return given


def _number(name: str, text: str) -> Fraction:
    try:
        return exact.parse(text)
    except ValueError:
        raise ValueError(f"{name} 不是数字：“{text}”") from None
