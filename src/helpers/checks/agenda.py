"""Findings as a person works through them: gravest first, blanks of a kind in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from helpers.checks.finding import Finding
from helpers.errors import LEVELS, Place, visible

GRAVEST_FIRST = list(LEVELS)
SUBJECT = re.compile(r"“[^”]+”")

Group = list[Finding]


def agenda(findings: Iterable[Finding]) -> tuple[list[str], int]:
    """What there is to do, a line each, and how many findings follow from blanks among it.

    What is wrong stands alone, before what is blank; blanks that a check finds are one line,
    errors one for each table. What follows from a blank that is named is not told again.
    """
    listed = list(findings)
    named = {each.place for each in listed if each.gap and not each.blanks}
    told = [each for each in listed if not named.intersection(each.blanks)]
    groups: dict[tuple[object, ...], Group] = {}
    for number, each in enumerate(told):
        table = (each.place.file, each.place.sheet) if each.level == "error" else ()
        key = (each.level, each.check, *table) if each.gap else (number,)
        groups.setdefault(key, []).append(each)
    ordered = sorted(groups.values(), key=_weight)
    return [_line(group) for group in ordered], len(listed) - len(told)


def _weight(group: Group) -> tuple[int, bool]:
    return GRAVEST_FIRST.index(group[0].level), group[0].gap


def _line(group: Group) -> str:
    first, more = group[0], len(group) - 1
    if not more:
        return str(first)
    places = list(dict.fromkeys(each.place for each in group))
    where = "；".join(_tables(places))
    same = len({each.problem for each in group}) == 1
    count = f"，{len(group)} 处" if same else f"，等 {len(group)} 处"
    others = [found[0] for each in group[1:] if (found := SUBJECT.match(each.problem))]
    listed = f"：{'、'.join(others)}" if others and len(places) == 1 else ""
    hint = f"（{first.hint}）" if len({each.hint for each in group}) == 1 and first.hint else ""
    level = LEVELS[first.level]
    return visible(f"{level} {first.check} {where}：{first.problem}{count}{listed}{hint}")


def _tables(places: Sequence[Place]) -> Iterator[str]:
    """The places by table: the first with its whole path, the others by their names."""
    tables: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        tables.setdefault((place.file, place.sheet), []).append(place)
    for number, ((file, sheet), held) in enumerate(tables.items()):
        short = f"“{sheet}”表" if sheet else file.rpartition("/")[2]
        yield (short if number else str(Place(file, sheet=sheet))) + _cells(held)


def _cells(places: Sequence[Place]) -> str:
    """The cells of a table: its columns that are blank in the same rows together."""
    columns: dict[str, list[int]] = {}
    for place in places:
        columns.setdefault(place.column, []).append(place.line)
    rows: dict[str, list[str]] = {}
    for column, lines in columns.items():
        rows.setdefault(_rows(sorted(set(lines))), []).append(column)
    parts = [
        "".join(f"“{name}”" for name in names if name) + ("列" if any(names) else "") + lines
        for lines, names in rows.items()
    ]
    return f" {'，'.join(parts)}" if any(parts) else ""


def _rows(lines: Sequence[int]) -> str:
    """Rows as people write them: 第4—6、9行; nothing for a table as a whole."""
    if not any(lines):
        return ""
    begins = [lines[0], *(after for before, after in pairwise(lines) if after - before > 1)]
    spans = []
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        end = max(line for line in lines if following is None or line < following)
        spans.append(str(begin) if end == begin else f"{begin}—{end}")
    return f"第{'、'.join(spans)}行"
