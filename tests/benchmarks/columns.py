"""What exact columns cost against columns of bare fractions, in one run.

`python tests/benchmarks/columns.py` prints a Markdown table for 20 000 rows: milliseconds, the
best of several turns taken by turns, and MB that stay. Floats are there for comparison only.
"""
# ruff: noqa: ANN401, PLW0108 - three kinds of columns, and what is timed is called by name

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pandas as pd

from helpers.figures.columns import read_column
from helpers.figures.exact import parse
from helpers.figures.histories import Read
from helpers.figures.number import PERCENT

FILE, ROWS, TURNS = "data/项目.csv", 20_000, 9
RANDOM = Random(1)
SPENT = [f"{RANDOM.randrange(1, 10**9) / 10**6:.6f}" for _ in range(ROWS)]
BUDGET = [f"{RANDOM.randrange(10**6, 10**9) / 10**6:.6f}" for _ in range(ROWS)]
GROUPS = [f"领域{RANDOM.randrange(500)}" for _ in range(ROWS)]
NAMES = [f"项目{row}" for row in range(ROWS)]
LIMITS = {"make": 1, "ratio": 1.25, "groupby-sum": 1.5, "sort": 0.1, "MB": 2.5}
"""How many times the bare fractions' cost exact columns may have."""


def table(column: Callable[[str, list[str]], Any]) -> pd.DataFrame:
    """A table of a kind of column."""
    columns = {"支出": column("支出", SPENT), "预算": column("预算", BUDGET)}
    return pd.DataFrame({"领域": GROUPS, **columns})


def exact(name: str, texts: list[str]) -> Any:
    """A column of numbers with all that stands behind them."""
    values = [parse(text) for text in texts]
    return read_column(Read(texts, values, FILE, range(2, ROWS + 2), name, "万元", NAMES))


def bare(name: str, texts: list[str]) -> pd.Series:
    """A column of bare fractions."""
    return pd.Series([Fraction(text) for text in texts], dtype=object, name=name)


def floats(name: str, texts: list[str]) -> pd.Series:
    """A column of floats."""
    return pd.Series([float(text) for text in texts], name=name)


KINDS = {"exact": (exact, PERCENT), "Fraction": (bare, 100), "float": (floats, 100)}


def work(column: Callable[[str, list[str]], Any], percent: Any) -> dict[str, Callable[[], object]]:
    """What is timed, on one kind of column."""
    made = table(column)
    rate = made["支出"] / made["预算"] * percent
    rated = made.assign(rate=rate)
    return {
        "make": lambda: table(column),
        "ratio": lambda: made["支出"] / made["预算"] * percent,
        "groupby-sum": lambda: made.groupby("领域")["支出"].sum(),
        "sort": lambda: rated.sort_values("rate"),
    }


def milliseconds(run: Callable[[], object]) -> float:
    """How long it takes once."""
    gc.collect()
    begin = time.perf_counter()
    run()
    return (time.perf_counter() - begin) * 1000


def megabytes(column: Callable[[str, list[str]], Any], percent: Any) -> float:
    """What a table and a ratio of its columns keep in memory."""
    gc.collect()
    tracemalloc.start()
    made = table(column)
    kept = made.assign(rate=made["支出"] / made["预算"] * percent)
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    return megabytes


def measured() -> dict[str, dict[str, float]]:
    """The best time of each work on each kind of column, and its memory."""
    works = {kind: work(*made) for kind, made in KINDS.items()}
    best: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    for _ in range(TURNS):
        for name in next(iter(works.values())):
            for kind, runs in works.items():
                now = milliseconds(runs[name])
                best[kind][name] = min(now, best[kind].get(name, now))
    for kind, made in KINDS.items():
        best[kind]["MB"] = megabytes(*made)
    return best


def main() -> None:
    """Print the table, and whether every limit is kept."""
    best = measured()
    print(f"| {ROWS} rows | exact | Fraction | float | times | limit |  |")
    print("|---|---:|---:|---:|---:|---:|---|")
    for name, limit in LIMITS.items():
        figures = [best[kind][name] for kind in KINDS]
        times = figures[0] / figures[1]
        kept = "kept" if times <= limit else "**broken**"
        shown = " | ".join(f"{figure:.1f}" for figure in figures)
        print(f"| {name} | {shown} | {times:.2f} | {limit} | {kept} |")


if __name__ == "__main__":
    main()
