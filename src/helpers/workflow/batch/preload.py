"""What the fork server of a batch has ready before a report starts: all that makes one."""

from __future__ import annotations

import gc
from importlib import import_module

MODULES = (
    "helpers.execution.preload",  # first, as it leaves out what the others would load
    "helpers.workflow.manifest",
    "helpers.publishing.documents",
    "helpers.execution.runner",
)

for _name in MODULES:
    import_module(_name)
gc.freeze()  # as in helpers.execution.preload
