"""Send the standard streams of this process, and of those forked from it, to nowhere.

Imported by the fork server alone, and first: what sections print is collected before it gets here.
"""

from __future__ import annotations

import os

_nowhere = os.open(os.devnull, os.O_RDWR)
for _number in range(3):
    os.dup2(_nowhere, _number)
os.close(_nowhere)
