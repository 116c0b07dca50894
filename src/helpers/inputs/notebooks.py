"""Read a section's notebook as the plain data it is: nothing is run, nothing is taken on trust."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.plain_files import parsed_json, read_plain

LARGEST = 20_000_000
"""Bytes; a notebook of ours has some ten thousand, as its outputs are never kept."""

KINDS = {"code", "markdown", "raw"}


def read_notebook(path: Path, place: Place) -> dict[str, Any]:
    """A notebook of format 4, with cells each of which has a kind, a source and metadata.

    Raises `UnreadableInputError` for any other file.
    """
    refused = UnreadableInputError(
        "不是可读的笔记本文件", place=place, hint="请在 JupyterLab 中打开并另存"
    )
    try:
        found = parsed_json(read_plain(path, place, LARGEST))
    except (OSError, ValueError):
        raise refused from None
    if not isinstance(found, dict) or found.get("nbformat") != 4:
        raise refused
    cells = found.get("cells")
    if not isinstance(found.get("metadata"), dict) or not isinstance(cells, list):
        raise refused
    if not all(map(_is_cell, cells)):
        raise refused
    if not cells:
        raise UnreadableInputError("笔记本是空的", place=place, hint="删去，或写上标题和内容")
    return found


def _is_cell(cell: object) -> bool:
    if not isinstance(cell, dict) or cell.get("cell_type") not in KINDS:
        return False
    source, metadata = cell.get("source"), cell.get("metadata")
    lines = [source] if isinstance(source, str) else source
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else None
    return isinstance(tags, list) and _texts(lines)


def _texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) for each in found)
