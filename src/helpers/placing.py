"""Puts a finished folder of outputs in the place of the last one, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path


def replace_output(last: Path, new: Path) -> None:
    """Put a finished folder in the place of the last one."""
    new.chmod(0o755)
    if not last.exists():
        new.rename(last)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{last.name}-old-", dir=last.parent)) / "old"
    last.rename(old)
    new.rename(last)
    shutil.rmtree(old.parent, ignore_errors=True)
