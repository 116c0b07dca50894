"""Rebuild a run from scratch elsewhere and compare it, byte for byte, with the report there is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.plain_files import parsed_json, read_plain
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.run import Run
from helpers.workflow.diff import LARGEST, changes
from helpers.workflow.record import (
    OF_ITS_TIME,
    RECORD,
    BrokenRecordError,
    read_record,
    record_differences,
)
from helpers.workflow.report_files import write_report
from helpers.workflow.section_runs import Progress


def verify(project: Project, name: str, run: Run, progress: Progress) -> list[str]:
    """Every difference between the report in `outputs/NAME/` and a rebuilt one; none if the same.

    Of the manifest, what is of its time and place is reported and no difference: versions and
    the commit. Raises `UnreadableInputError` if there is no report.
    """
    last = project.output(name)
    if not (last / "facts.json").is_file() or not (last / "report.html").is_file():
        raise UnreadableInputError(
            "没有可核对的报告",
            place=Place(project.relative(last)),
            hint=f"先运行 report build {name}",
        )
    record, formats = _recorded(last)
    with tempfile.TemporaryDirectory() as folder:
        rebuilt = Path(folder)
        write_report(project, name, run, rebuilt, progress, formats=formats)
        anew = read_record(rebuilt)
        for message in _other_times(record, anew):
            progress(message)
        return [*_record_mismatches(record, anew), *_differences(last, rebuilt)]


def _recorded(last: Path) -> tuple[dict[str, Any], OutputFormats]:
    """The record of a report, empty where it cannot be trusted, and what the report was made of."""
    try:
        record = read_record(last)
        return record, OutputFormats.of(record)
    except (BrokenRecordError, OSError, ValueError):
        made = {path.name for path in last.iterdir()}
        return {}, OutputFormats("public.html" in made, "report.pdf" in made, "report.docx" in made)


def _record_mismatches(record: dict[str, Any], anew: dict[str, Any]) -> Iterator[str]:
    """What the record says otherwise than the one of the rebuilt report."""
    if not record:
        yield f"{RECORD}：不完整，或被改动过"
        return
    for what in record_differences(record, anew):
        yield f"{RECORD}：{what}与重新核对的不同"


def _other_times(record: dict[str, Any], anew: dict[str, Any]) -> Iterator[str]:
    """What a record says of its own time and place that is not so here; no difference in itself."""
    for key, word in OF_ITS_TIME.items():
        if record and record.get(key) != anew[key]:
            yield f"{RECORD} 所记的{word}与这里的不同"


def _differences(last: Path, rebuilt: Path) -> Iterator[str]:
    yield from _fact_differences(last / "facts.json", rebuilt / "facts.json")
    files = {
        path.relative_to(folder).as_posix()
        for folder in (last, rebuilt)
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    if last.is_symlink():
        yield f"{last.name}：是链接"
    for file in sorted(files - {RECORD}):
        old, new = last / file, rebuilt / file
        if old.is_symlink() or (old.exists() and not old.is_file()):
            yield f"{file}：不是普通文件"
        elif not old.is_file() or not new.is_file():
            yield f"{file}：{'多出' if old.is_file() else '缺少'}"
        elif old.read_bytes() != new.read_bytes():
            yield f"{file}：{_where(old.read_bytes(), new.read_bytes())}"


def _fact_differences(old: Path, new: Path) -> Iterator[str]:
    place = Place("facts.json")
    try:
        before, after = (parsed_json(read_plain(path, place, LARGEST)) for path in (old, new))
        found = changes(before, after)
    except (UnreadableInputError, ValueError, KeyError, TypeError, AttributeError):
        yield "facts.json：内容不完整，无法逐项比较"
        return
    for change in found:
        yield f"数据项 {change.label}：{change.old} → {change.new}（{change.why}）"


def _where(old: bytes, new: bytes) -> str:
    """The first byte that differs, and the sizes."""
    pairs = zip(old, new, strict=False)
    first = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
    return f"第{first + 1}字节起不同（现有{len(old)}字节，重新生成{len(new)}字节）"
