"""What a notebook calls and shows: a run opened, its prose, tables and charts, and exploring.

In: a run (`helpers.run`). Out: blocks of HTML, DataFrames, charts. May use every room below.
"""

from __future__ import annotations

from helpers.notebook.report import open_report

__all__ = ["open_report"]
