"""The outputs of the cells that run in a forked shell, as a kernel would send them."""

from __future__ import annotations

from typing import Any

from helpers.execution.limits import Limits, Meter, make_reportable

Output = dict[str, Any]


class Collector:
    """The outputs of the cell that runs, in the order in which a kernel would send them."""

    def __init__(self, limits: Limits) -> None:
        self.outputs: list[Output] = []
        self.count = 0
        self.errors: list[BaseException] = []
        self._meter = Meter(limits)

    def begin(self, count: int) -> None:
        """A cell begins, the n-th that runs."""
        self.outputs, self.errors, self.count = [], [], count

    def add(self, kind: str, **parts: Any) -> None:  # noqa: ANN401 - nbformat's own fields
        """Add an output with the fields nbformat wants; it is not imported, being slow to."""
        self._meter.shown(parts.get("data", {}))
        self.outputs.append({"output_type": kind, **parts})

    def write(self, name: str, text: str) -> None:
        """Add printed text; to the last output where that is text of the same stream."""
        self._meter.printed(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"].append(text)
        elif text:
            self.add("stream", name=name, text=[text])

    def fail(self, shell: Any, error: BaseException) -> None:  # noqa: ANN401 - IPython's classes are hardly typed
        """Add an error, once, wherever in a cell it came up."""
        if all(error is not known for known in self.errors):
            self.errors.append(error)
            self.add("error", **_error(shell, error, make_reportable(error)))

    def cell_outputs(self) -> list[Output]:
        """The outputs of the cell, printed texts in one piece."""
        return [
            each | {"text": "".join(each["text"])} if each["output_type"] == "stream" else each
            for each in self.outputs
        ]


class Stream:
    """Standard output or error of a cell."""

    encoding = "utf-8"

    def __init__(self, collector: Collector, name: str) -> None:
        self.collector, self.name = collector, name

    def write(self, text: str) -> int:
        """Collect a text."""
        self.collector.write(self.name, text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        """Nobody types here."""
        return False


def _error(shell: Any, error: BaseException, text: str) -> dict[str, Any]:  # noqa: ANN401 - as above
    """An error as a kernel sends it: name, text, traceback."""
    render = getattr(error, "_render_traceback_", None)
    trace = shell.InteractiveTB.structured_traceback
    try:
        frames = list(render() if render else trace(type(error), error, error.__traceback__))
    except Exception:  # noqa: BLE001 - an error of an error's own
        frames = []
    return {"ename": type(error).__name__, "evalue": text, "traceback": frames}
