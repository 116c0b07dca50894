"""A finished report's record of itself: `manifest.json`, sealed, and compared with its folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.fingerprints import sha256
from helpers.inputs.plain_files import parsed_json, read_plain

RECORD = "manifest.json"
SEAL = "seal"
OF_ITS_TIME = {
    "commit": "提交",
    "python": "Python 版本",
    "packages": "程序包",
    "licences": "许可",
}
WORDS = {
    "run": "运行名称",
    "title": "标题",
    "params": "参数",
    "options": "选项",
    "made_from": "指纹",
    "inputs": "输入文件",
    "outputs": "输出文件",
    "checks": "核对项目",
    "findings": "核对结果",
}
LARGEST = 100_000_000
"""Bytes of a record; that of twenty thousand projects has a tenth of it."""


class BrokenRecordError(ValueError):
    """A record that cannot be read, or was altered after it was written."""


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """A record with the SHA-256 of all else in it, so that a slip of an editor is noticed.

    Whoever means to alter it can seal it anew: against that, `report verify` makes it again.
    """
    rest = {key: value for key, value in content.items() if key != SEAL}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True)
    return rest | {SEAL: hashlib.sha256(text.encode()).hexdigest()}


def as_text(content: Mapping[str, Any]) -> str:
    """A record, sealed, as it is written."""
    return json.dumps(sealed(content), ensure_ascii=False, indent=1) + "\n"


def read_record(folder: Path) -> dict[str, Any]:
    """The record of the report in a folder.

    Raises `BrokenRecordError` if it is damaged or no plain file, `OSError` if it cannot be
    read.
    """
    place = Place(f"outputs/{folder.name}/{RECORD}")
    if (folder / RECORD).is_symlink():
        raise BrokenRecordError("是链接")
    try:
        text = read_plain(folder / RECORD, place, LARGEST).decode("utf-8")
        record = parsed_json(text)
        whole = record[SEAL] and text == as_text(record)  # to the byte: no name stands twice
        outputs = record["outputs"]
    except (UnreadableInputError, ValueError, KeyError, TypeError, AttributeError):
        raise BrokenRecordError("不完整") from None
    if not whole or not isinstance(outputs, dict):
        raise BrokenRecordError("被改动过")
    return dict(record)


def record_differences(record: Mapping[str, Any], made: Mapping[str, Any]) -> list[str]:
    """What a record says otherwise than one made of the same run anew, in words.

    Versions and the commit are of the time and place it was made at, and left out.
    """
    anew = json.loads(json.dumps(made, ensure_ascii=False))
    keys = sorted((set(record) | set(anew)) - {*OF_ITS_TIME, SEAL})
    return [
        _words(key, record.get(key), anew.get(key))
        for key in keys
        if record.get(key) != anew.get(key)
    ]


def _words(key: str, old: object, new: object) -> str:
    """What differs under a key, down to the names within it."""
    label = WORDS.get(key, key)
    if isinstance(old, dict) and isinstance(new, dict):
        names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
        return f"{label}（{'、'.join(names)}）"
    return label


def altered_output(folder: Path, recorded: Mapping[str, str]) -> str:
    """The first output of a report that is not as its record says; empty if all are.

    One that is a link, or lies behind one, is not: what it shows may change without it.
    """
    plain = set(_plain(folder))
    return next(
        (
            file
            for file, sha in recorded.items()
            if file not in plain or sha256(folder / file) != sha
        ),
        "",
    )


def strangers(folder: Path, recorded: Mapping[str, str]) -> list[str]:
    """What lies in the folder of a report and is not in its record: it belongs to nobody."""
    known = {RECORD, *recorded}
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or not path.is_dir())
        and (path.relative_to(folder).as_posix() not in known or path.is_symlink())
    ]


def _plain(folder: Path) -> list[str]:
    """The plain files in a folder that is no link, by name; nothing behind a link."""
    if folder.is_symlink():
        return []
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    ]
