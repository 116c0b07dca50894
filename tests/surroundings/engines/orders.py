"""What every engine's program does: read an order in JSON a line, answer in JSON a line."""

from __future__ import annotations

import json
import sys
from typing import Any

ANSWERS, sys.stdout = sys.stdout, sys.stderr
"""Answers alone go out; what libraries print does not."""


def obey(browser: Any) -> None:  # noqa: ANN401 - any object whose methods are the orders
    """Do what is told until nobody tells more."""
    for line in sys.stdin:
        order, *words = json.loads(line)
        print(json.dumps(getattr(browser, order)(*words)), file=ANSWERS, flush=True)
