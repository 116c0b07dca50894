"""What nobody foresaw: reported in one sentence, with the details in a file of the project."""

from __future__ import annotations

import sys
import traceback
from datetime import datetime

from helpers.errors import ReportError
from helpers.inputs.project import find_project
from helpers.workflow.atomic import replace_file

LOG = "report.log"
LARGEST = 200_000
"""Characters kept, the latest last; one report's details are a tenth of it at most."""

FRAMES = 20
WORDS = {
    MemoryError: "内存不足，请关闭其他程序后重试",
    RecursionError: "层次过多，无法处理",
}


def describe(error: BaseException) -> str:
    """One sentence for an error nobody foresaw, with where its details are to be found."""
    return f"{sentence(error)}，{log_details(details(error))}"


def sentence(error: BaseException) -> str:
    """An error nobody foresaw, in a few words of its own kind."""
    known = (word for kind, word in WORDS.items() if isinstance(error, kind))
    return next(known, f"程序遇到没有预料的错误（{type(error).__name__}）")


def details(error: BaseException) -> str:
    """Where an error came from, for those who mend it; brief, however deep it lay."""
    try:
        text = "".join(traceback.format_exception(error, limit=-FRAMES))
    except Exception:  # noqa: BLE001 - its own text may fail
        text = "".join(traceback.format_tb(error.__traceback__, limit=-FRAMES))
    return text if len(text) <= LARGEST // 10 else f"…{text[-LARGEST // 10 :]}"


def log_details(what: str) -> str:
    """Add details to `outputs/report.log`; gives a sentence that says where they are.

    The file is the project's own, never passed on, and holds the latest alone.
    """
    try:
        path = find_project().output(LOG)
        path.parent.mkdir(exist_ok=True)
        had = path.read_text("utf-8") if path.is_file() and not path.is_symlink() else ""
        when = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
        entry = f"{when} {' '.join(sys.argv[1:])}\n{what.rstrip()}\n\n"
        replace_file(path, (had + entry)[-LARGEST:].encode("utf-8", "backslashreplace"))
    except (OSError, ValueError, ReportError):
        return "详情未能写入日志"
    return f"详情已写入 outputs/{LOG}"
