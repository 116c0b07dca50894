"""What an import did, told line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from helpers.workflow.importing.import_result import ImportResult


def told(
    placed: ImportResult, written: Sequence[tuple[Path, str, int]], relative: Callable[[Path], str]
) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it asks for a person: what was known, written, left, compared."""
    for kind in placed.kinds:
        yield f"识别 {kind}", False
    for path, table, rows in written:
        sheet = "" if path.stem == table else f" “{table}”表"
        yield f"写入 {relative(path)}{sheet}，{rows} 行", False
    for left in placed.left:
        yield f"未导入 {left}", True
    for difference in placed.differences:
        yield f"复核 {difference}", True
    for skipped in placed.skipped:
        yield f"跳过 {skipped}", False
    if compared := placed.agreed + len(placed.differences):
        yield f"所印的 {compared} 个比率、得分、合计中，{placed.agreed} 个与复算一致", False
