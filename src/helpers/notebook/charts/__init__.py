"""The shapes of charts the report draws: columns of exact numbers in, matplotlib axes out.

Each gives None where there is nothing to draw. The index of a column names its bars.
"""

from __future__ import annotations

from helpers.notebook.charts.bars import (
    bars,
    paired_bars,
    rate_bars,
    score_bars,
    share_bar,
    waterfall,
)
from helpers.notebook.charts.lines import intervals, progress_lines, rate_dots, year_panels

__all__ = [
    "bars",
    "intervals",
    "paired_bars",
    "progress_lines",
    "rate_bars",
    "rate_dots",
    "score_bars",
    "share_bar",
    "waterfall",
    "year_panels",
]
