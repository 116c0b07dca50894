"""Inputs are plain files of sane size; whatever else stands in their place is refused, unopened."""

from __future__ import annotations

import errno
import json
import re
import stat
from pathlib import Path
from typing import Any

from helpers.errors import Place, UnreadableInputError

KINDS = {
    stat.S_IFDIR: "文件夹",
    stat.S_IFIFO: "管道",
    stat.S_IFSOCK: "套接字",
    stat.S_IFCHR: "设备",
    stat.S_IFBLK: "设备",
}
HINT = "请换成普通文件"
HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


def refuse_special(path: Path, place: Place, *, folders: bool = False) -> None:
    """Refuse what is there and is no plain file: whoever opened it might wait for ever.

    A folder, unless `folders` may stand there; a pipe, a device, a socket; a link that leads
    nowhere or in a circle. What is not there at all its reader has words for.
    """
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except OSError as error:
        if error.errno == errno.ELOOP or (error.errno == errno.ENOENT and path.is_symlink()):
            hint = "请换成文件本身"
            raise UnreadableInputError("是链接，所指的文件不存在", place=place, hint=hint) from None
        return
    if kind != stat.S_IFREG and not (folders and kind == stat.S_IFDIR):
        label = KINDS.get(kind, "特殊文件")
        raise UnreadableInputError(f"是{label}，不是文件", place=place, hint=HINT)


def read_plain(path: Path, place: Place, largest: int) -> bytes:
    """The bytes of a plain file no larger than `largest`.

    Raises `UnreadableInputError` for any other, `OSError` where the system says no.
    """
    refuse_special(path, place)
    if path.stat().st_size > largest:
        raise UnreadableInputError("文件过大", place=place, hint="请核对是不是这个文件")
    return path.read_bytes()


def parsed_json(content: bytes | str) -> Any:  # noqa: ANN401 - JSON is anything
    """What a JSON text holds; raises `ValueError`, and nothing else, for what cannot be read.

    Refused as well: nesting beyond measure, halves of characters, numbers without a value.
    """
    text = content if isinstance(content, str) else content.decode("utf-8")
    try:
        found = json.loads(text, parse_constant=_no_number)
        if HALF_PAIR.search(text):
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise ValueError("层次过多") from None
    return found


def _no_number(name: str) -> None:
    raise ValueError(name)
