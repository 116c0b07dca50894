"""The facts of many runs, opened to look at: distributions, outliers, years, kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
from matplotlib.axes import Axes

from helpers.errors import Place, UnreadableInputError
from helpers.figures.columns import column_of
from helpers.figures.exact import grouped, round_to
from helpers.figures.number import constant
from helpers.inputs.project import Project, find_project
from helpers.notebook.drawing import AMBER, BLUE, LIGHT, WIDTH, name_rows, pixels, use_house_style

FILE = "outputs/facts.parquet"
WHO = ["budget_code", "department", "kind", "year", "run"]
FENCES = Fraction(3, 2)
"""How many interquartile ranges beyond the quartiles an outlier lies."""


@dataclass(frozen=True)
class District:
    """The facts of a batch, one a row; for looking only, nothing here is printed or signed."""

    facts: pd.DataFrame

    def of(self, fact: str) -> pd.DataFrame:
        """One fact of every run that has a value for it: whose it is, and the exact value.

        Raises `UnreadableInputError` for a fact no run has.
        """
        rows = self.facts[(self.facts["fact"] == fact) & self.facts["exact"].fillna("").ne("")]
        if rows.empty:
            raise UnreadableInputError(f"没有数据项“{fact}”", place=Place(FILE))
        unit = rows["unit"].iloc[0]
        exact = column_of([constant(Fraction(each), unit) for each in rows["exact"]], unit)
        return rows[[*WHO, "label"]].assign(value=exact).sort_values(WHO, ignore_index=True)

    def by_kind(self, fact: str) -> pd.DataFrame:
        """For each kind of department: how many, the lowest, the median, the highest."""
        rows = self.of(fact)
        summary = {
            kind or "未分类": [len(group), *map(_two, _three(_values(group)))]
            for kind, group in rows.groupby(rows["kind"].fillna(""))
        }
        return pd.DataFrame.from_dict(
            summary, orient="index", columns=["单位数", "最低", "中位数", "最高"]
        )

    def outliers(self, fact: str) -> pd.DataFrame:
        """Runs beyond one and a half interquartile ranges from the quartiles."""
        rows = self.of(fact)
        low, high = _fences(_values(rows))
        return rows[[not low <= value <= high for value in _values(rows)]]

    def years(self, fact: str) -> pd.DataFrame:
        """A fact by department and year, a year a column."""
        rows = self.of(fact)
        shown = rows.assign(value=[value.display for value in rows["value"]])
        return shown.pivot_table(
            index=["budget_code", "department"], columns="year", values="value", aggfunc="first"
        )

    def distribution(self, fact: str) -> Axes:
        """Every run as a dot, a row a kind; outliers as diamonds. JupyterLab shows it."""
        from matplotlib import pyplot as plt

        rows = self.of(fact)
        low, high = _fences(_values(rows))
        kinds = sorted(set(rows["kind"].fillna("")))
        _, axes = plt.subplots(figsize=(WIDTH, 1.3 + 0.5 * len(kinds)))
        for position, kind in enumerate(kinds):
            values = _values(rows[rows["kind"].fillna("") == kind])
            ends = [pixels(_three(values)[0]), pixels(_three(values)[2])]
            axes.plot(ends, [position] * 2, color=LIGHT, linewidth=7, solid_capstyle="round")
            for value in values:
                dot, color = ("o", BLUE) if low <= value <= high else ("D", AMBER)
                axes.plot(pixels(value), position, dot, color=color, markersize=5, alpha=0.6)
        name_rows(axes, [kind or "未分类" for kind in kinds])
        least, middle, most = _three(_values(rows))
        axes.set_xticks([pixels(least), pixels(most)], [_two(least), _two(most)])
        axes.spines["bottom"].set_visible(True)
        title = f"{rows['label'].iloc[0]}（{rows['value'].iloc[0].unit}），{len(rows)}次运行"
        axes.set_title(f"{title}，中位数{_two(middle)}", fontsize=10)
        return axes


def open_district(project: Project | None = None) -> District:
    """Open the facts of the last batch.

    Raises `UnreadableInputError` if there has been none.
    """
    use_house_style()
    root = (project or find_project()).root
    if not (root / FILE).is_file():
        hint = "先运行 report batch 'params/*.yaml'"
        raise UnreadableInputError("还没有汇总", place=Place(FILE), hint=hint)
    import duckdb

    with duckdb.connect() as database:
        return District(database.read_parquet(str(root / FILE)).df())


def _values(rows: pd.DataFrame) -> list[Fraction]:
    """The exact values."""
    return [value.known for value in rows["value"]]


def _three(values: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """The lowest, the median and the highest."""
    return min(values), _quantile(values, Fraction(1, 2)), max(values)


def _fences(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Between which values nothing is an outlier."""
    lower, upper = (_quantile(values, Fraction(part, 4)) for part in (1, 3))
    reach = FENCES * (upper - lower)
    return lower - reach, upper + reach


def _quantile(values: Sequence[Fraction], part: Fraction) -> Fraction:
    """The value at a part of the sorted values, on the line between its neighbours."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _two(value: Fraction) -> str:
    """A value with two decimals."""
    return grouped(round_to(value, 2))
