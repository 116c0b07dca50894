"""Rebuild a run from scratch elsewhere and compare it, byte for byte, with the report there is."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers.asked import Asked
from helpers.build import Progress, write_report
from helpers.diff import changes
from helpers.errors import Place, UnreadableInputError
from helpers.project import Project
from helpers.runs import Run


def verify(project: Project, name: str, run: Run, progress: Progress) -> list[str]:
    """Every difference between the report in `outputs/NAME/` and a rebuilt one; none if the same.

    `manifest.json` names versions and is left out. Raises `UnreadableInputError` if there
    is no report.
    """
    last = project.output(name)
    if not (last / "facts.json").is_file() or not (last / "report.html").is_file():
        raise UnreadableInputError(
            "没有可核对的报告",
            place=Place(project.relative(last)),
            hint=f"先运行 report build {name}",
        )
    with tempfile.TemporaryDirectory() as folder:
        rebuilt = Path(folder)
        write_report(project, name, run, rebuilt, progress, asked=Asked.of(last))
        return list(_differences(last, rebuilt))


def _differences(last: Path, rebuilt: Path) -> Iterator[str]:
    yield from _fact_differences(last / "facts.json", rebuilt / "facts.json")
    files = {
        path.relative_to(folder).as_posix()
        for folder in (last, rebuilt)
        for path in folder.rglob("*")
        if path.is_file()
    }
    for file in sorted(files - {"manifest.json"}):
        old, new = last / file, rebuilt / file
        if not old.is_file() or not new.is_file():
            yield f"{file}：{'多出' if old.is_file() else '缺少'}"
            continue
        if old.read_bytes() != new.read_bytes():
            yield f"{file}：{_where(old.read_bytes(), new.read_bytes())}"


def _fact_differences(old: Path, new: Path) -> Iterator[str]:
    try:
        before, after = (json.loads(path.read_text(encoding="utf-8")) for path in (old, new))
        found = changes(before, after)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "facts.json：内容不完整，无法逐项比较"
        return
    for change in found:
        yield f"数据项 {change.label}：{change.old} → {change.new}（{change.why}）"


def _where(old: bytes, new: bytes) -> str:
    """The first byte that differs, and the sizes."""
    pairs = zip(old, new, strict=False)
    first = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
    return f"第{first + 1}字节起不同（现有{len(old)}字节，重新生成{len(new)}字节）"
