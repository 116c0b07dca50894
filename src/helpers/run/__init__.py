"""A run: its inputs read, evaluated and checked.

In: a project and parameters. Out: a `Run`, with every figure and every finding. May use `checks`
and every room below it.
"""

from __future__ import annotations

from helpers.run.files import InputFile, files_of_run, input_files
from helpers.run.loaded import Run
from helpers.run.loading import load_run

__all__ = ["InputFile", "Run", "files_of_run", "input_files", "load_run"]
