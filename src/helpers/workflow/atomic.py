"""Replace outputs atomically, under a lock per run."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

ASIDE = ".aside"
"""Folder in `outputs/` where reports are made, a folder for each."""

OLD = "-old"
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Linux constants of `renameat2`: paths relative to the working directory; swap two names."""


@contextmanager
def locked_workspace(output: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """An empty folder in which to make what is to stand at `output`; gone afterwards.

    One command at a time has it: a second says so and waits. What commands that were killed
    have left behind is cleared away.
    """
    if output.exists() and not output.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(output))
    mine = output.parent / ASIDE / output.name
    mine.mkdir(parents=True, exist_ok=True)
    lock = FileLock(mine / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"另一个命令正在生成 {output.name}，等它结束")
        lock.acquire()
    try:
        _clear(mine, output)
        yield Path(tempfile.mkdtemp(dir=mine))
    finally:
        _clear(mine, output)
        lock.release()


def _clear(mine: Path, output: Path) -> None:
    """Remove every folder made aside; an old report that lost its place gets it back."""
    for folder in (path for path in mine.iterdir() if path.is_dir()):
        if folder.is_symlink():
            folder.unlink()
        elif folder.name.endswith(OLD) and not output.exists():
            folder.rename(output)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def replace_folder(last: Path, new: Path) -> None:
    """Put a finished folder in the place of the last one, which takes the place of the new."""
    new.chmod(0o755)
    for path in (*new.rglob("*"), new):
        _flush(path)
    if not last.exists():
        new.rename(last)
    elif not _exchange(new, last):
        last.rename(new.with_name(new.name + OLD))
        new.rename(last)
    _flush(last.parent)


def replace_file(last: Path, content: bytes) -> None:
    """Write a file aside, then put it in the place of the last one."""
    aside = last.with_name(f".{last.name}.{os.getpid()}.partial")
    try:
        aside.write_bytes(content)
        _flush(aside)
        aside.replace(last)
    finally:
        aside.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """See that a file or the names in a folder are on the disk, and not only on their way."""
    if os.name == "nt":
        return  # neither a folder nor a file open for reading can be flushed there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return bool(
        rename
        and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0
    )
