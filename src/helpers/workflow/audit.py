"""Judge a file of published figures: CSV in, verdicts out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.figures import exact, ratios
from helpers.figures.expressions import Name, Tree, names
from helpers.figures.rounding_intervals import Judgement, judge, point, read_printed
from helpers.inputs.cells import fit
from helpers.inputs.csv_files import LARGEST, decoded
from helpers.inputs.plain_files import read_plain
from helpers.inputs.units import YUAN_IN_WAN

COLUMNS = ("id", "kind", "inputs", "published", "decimals")
EXACT_INPUTS = {"weight"}
DECIMALS = re.compile(r"[0-9]|1[0-2]", re.ASCII)
UNSIGNED = {"delta", "pp_diff", "yoy_prev", "yoy_delta"}
"""Kinds that are printed without a sign where the sentence says 下降 or 减少."""


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


KINDS: dict[str, Callable[[list[str]], Tree]] = {
    "exec_rate": lambda _: ratios.execution_rate(Name("executed"), Name("budget")),
    "carryover_rate": lambda given: ratios.carryover_rate(
        Name("balance")
        if "balance" in given
        else ratios.difference(Name("budget"), Name("executed")),
        Name("budget"),
    ),
    "completion_initial": lambda _: ratios.completion_rate(Name("final"), Name("initial")),
    "delta": lambda _: ratios.difference(Name("current"), Name("previous")),
    "pp_diff": lambda _: ratios.difference(Name("a"), Name("b")),
    "yoy_prev": lambda _: ratios.year_on_year_growth(Name("current"), Name("previous")),
    "yoy_delta": lambda _: ratios.year_on_year_growth(
        Name("current"), ratios.difference(Name("current"), Name("delta"))
    ),
    "share": lambda _: ratios.share(Name("part"), Name("whole")),
    "sum": lambda given: ratios.sum_of_parts(*map(Name, given)),
    "unit_wan": lambda _: Name("yuan") / YUAN_IN_WAN,
    "match": lambda _: Name("table"),
    "exec_score": lambda _: ratios.rate_score(
        ratios.execution_rate(Name("executed"), Name("budget")), Name("weight")
    ),
    "exec_score_from_rate": lambda _: ratios.rate_score(Name("rate"), Name("weight")),
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
    tree = KINDS[kind](list(texts))
    lacking = [name for name in dict.fromkeys(names(tree)) if name not in texts]
    if lacking or not texts:
        raise ValueError(f"inputs 缺少 {'、'.join(lacking) or '数值'}")
    values = {name: _number(name, text) for name, text in texts.items()}
    spans = {
        name: point(values[name]) if name in EXACT_INPUTS else read_printed(text)
        for name, text in texts.items()
    }
    figure = _number("published", published)
    return judge(
        tree, values, spans, figure, int(decimals), unsigned=kind in UNSIGNED, label=_label
    )


def _label(name: str) -> str:
    return LABELS.get(name, name)


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
