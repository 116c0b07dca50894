"""What every process of ours does first: spare itself what no report needs."""

from __future__ import annotations

import gc
import sys


def lighten() -> None:
    """Collect unused cycles seldom, and leave a grammar out that nothing here is written in.

    What a report is made of is used to the end, so a collection finds next to nothing. The
    grammar is of IRIs: nbformat imports jsonschema, which would build it on import, wherever
    jupyterlab has brought one along, for over a second.
    """
    gc.set_threshold(50_000, 20, 50)
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # means "not to be had"
