"""Imported by the fork server alone, and first: nothing it says gets into a terminal.

Nor does anything its processes print past what is collected of them: they have their answers.
"""

from __future__ import annotations

import os

_nowhere = os.open(os.devnull, os.O_RDWR)
for _number in range(3):
    os.dup2(_nowhere, _number)
os.close(_nowhere)
