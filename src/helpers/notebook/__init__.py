"""What a notebook calls and shows: a run opened, its prose, tables and charts, and exploring.

In: a run (`helpers.run`). Out: blocks of HTML, DataFrames, charts. May use every room below.
"""

from __future__ import annotations

from helpers.figures.columns import inks
from helpers.figures.conversions import in_yi, in_yuan
from helpers.figures.number import PERCENT, ink, number
from helpers.notebook.opening import open_report, open_run

__all__ = ["PERCENT", "in_yi", "in_yuan", "ink", "inks", "number", "open_report", "open_run"]
