"""How much a section may use besides its time: memory, and what it prints and shows."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from helpers.errors import ReportError

try:
    import resource
except ImportError:  # Windows sets no such limit
    resource = None  # type: ignore[assignment] # see the module

COLUMNS = 20
"""Of a table shown as text: else it would be the terminal that decides, or who imports pandas."""

FRAMES, LONGEST = 20, 2_000
"""Of a traceback that are reported, as endless recursion has millions; characters of its text."""


@dataclass(frozen=True)
class Limits:
    """What one section may use, some three times what the largest one measured does.

    That one, of twenty thousand projects, takes 2.2 GB of address space and shows 180 MB.
    No section of a report prints at all.
    """

    memory: int = 6 * 2**30
    """Bytes of address space of its process, wherever the system sets such a limit."""
    printed: int = 1_000_000
    """Characters of printed text."""
    shown: int = 500_000_000
    """Characters of what its cells show."""


def limit_memory(most: int | None) -> None:
    """Let this process ask for no more memory, or for all there is.

    Python then raises `MemoryError`. A system that sets no such limit goes without.
    """
    with suppress(AttributeError, ValueError, OSError):
        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        wanted = hardest if most is None else most
        bounded = wanted if hardest == resource.RLIM_INFINITY else min(wanted, hardest)
        resource.setrlimit(resource.RLIMIT_AS, (bounded, hardest))


def make_reportable(error: BaseException) -> str:
    """Let an error be reported, however large, and give its text.

    That takes memory where there is none left; its frames may be millions, its text endless,
    or no text at all.
    """
    limit_memory(None)
    frames = deque[TracebackType](maxlen=FRAMES)
    trace = error.__traceback__
    while trace:
        frames.append(trace)
        trace = trace.tb_next
    error.__traceback__ = frames[0] if frames else None
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - an error of an error's own
        return ""
    short_text = text[:LONGEST].encode("utf-8", "backslashreplace").decode()
    if short_text != text:
        error.args = (short_text,)  # what most errors give as their text
    return short_text


class Meter:
    """Counts what a section prints and shows, and refuses what is no text."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._printed = self._shown = 0

    def printed(self, text: str) -> None:
        """Count a printed text; raises `ReportError` where that is too much, or no text."""
        self._printed += len(text)
        if self._printed > self._limits.printed:
            raise ReportError(f"打印的内容过多，超过 {self._limits.printed} 字")
        _refuse_half_characters(text)

    def shown(self, data: Mapping[str, object]) -> None:
        """Count what a cell shows; raises as `printed` does."""
        for text in (each for each in data.values() if isinstance(each, str | bytes)):
            self._shown += len(text)
            if self._shown > self._limits.shown:
                raise ReportError(f"显示的内容过多，超过 {self._limits.shown} 字")
            if isinstance(text, str):
                _refuse_half_characters(text)


def _refuse_half_characters(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReportError(f"输出含有不成字的编码 U+{ord(text[error.start]):04X}") from None
