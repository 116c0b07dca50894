"""What a column of exact numbers tells of many rows: of all, of those so far, of groups.

A column answers exactly or not at all. One blank leaves a statistic without value, whatever
`skipna` says: it is pandas' default and cannot be told from a wish.
"""
# ruff: noqa: ANN401, ARG002 - signatures and hooks are those of pandas

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from helpers.figures import column_values
from helpers.figures.column_base import ColumnBase
from helpers.figures.column_values import RUNNING, STATISTICS, stored
from helpers.figures.histories import Grouped, RowNumbers, statistic
from helpers.figures.number import InexactNumberError


class ColumnStatistics(ColumnBase):
    """The half of `NumberArray` that looks at many rows."""

    def _reduce(
        self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any
    ) -> Any:
        """A statistic of the column, as pandas asks for it; floats are refused."""
        if name == "count":
            return int((~self.isna()).sum())
        known(name, kwargs.get("min_count", 0))
        result = statistic(name, list(self), self.unit)
        return self._from_numbers([result], self.unit) if keepdims else result

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs: Any) -> Self:
        """A statistic of the rows so far, as pandas asks for it."""
        return self._running(name, np.arange(len(self), dtype=np.int32), [(0, len(self))])

    def _groupby_op(self, *, how: str, ngroups: int, ids: NDArray[np.intp], **kwargs: Any) -> Any:
        """A statistic of every group, or of its rows so far, as pandas asks for it."""
        if how in {"first", "last"}:
            return super()._groupby_op(  # type: ignore[misc]
                how=how, ngroups=ngroups, ids=ids, **kwargs
            )
        order = np.argsort(ids, kind="stable").astype(np.int32)
        edges = np.searchsorted(ids[order], np.arange(ngroups + 1)).astype(np.int32)
        starts, ends = edges[:-1], edges[1:]
        if how in RUNNING:
            return self._running(how, order, list(zip(starts, ends, strict=True)))
        known(how, kwargs.get("min_count", 0))
        groups = (order[start:end] for start, end in zip(starts, ends, strict=True))
        values = column_values.grouped(how, self._exact, groups)
        history = Grouped(how, self._rows.snapshot(), self.unit, order, starts, ends)
        return self._made(values, self.unit, history)

    def _running(self, name: str, order: RowNumbers, groups: list[tuple[int, int]]) -> Self:
        """A statistic of the rows so far of every group; a row of no group has none."""
        if name not in RUNNING:
            raise inexact(name)
        values = np.full(len(self), None, dtype=object)
        starts, ends = np.zeros((2, len(self)), dtype=np.int32)
        for start, end in groups:
            rows = order[start:end]
            so_far = column_values.running(name, self._exact[rows].tolist())
            values[rows], starts[rows] = stored(list(so_far)), start
            ends[rows] = np.arange(start + 1, end + 1)
        history = Grouped(
            RUNNING[name][0], self._rows.snapshot(), self.unit, order, starts, ends, every_row=True
        )
        made = self._made(values, self.unit, history)
        made[ends == 0] = None
        return made

    def _quantile(self, qs: Any, interpolation: str) -> Any:
        raise inexact("quantile")

    def _groupby_quantile(self, **kwargs: Any) -> Any:
        raise inexact("quantile")


def known(name: str, min_count: int = 0) -> None:
    """Refuse a statistic that has no exact value."""
    if name not in STATISTICS:
        raise inexact(name)
    if min_count > 0 and name == "sum":
        raise TypeError("数列的合计不支持 min_count：有一格空白，就没有合计")


def inexact(name: str) -> InexactNumberError:
    """What a statistic is refused with that would be a float."""
    return InexactNumberError(
        f"精确数的数列没有 {name}：只有 sum、min、max、mean、median 及其累计",
        hint=f"只看分布可用浮点数：pd.Series(inks(…)).{name}()",
    )
