"""A new run as files: a table to fill in as a CSV each, and a checklist of what to supply."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from helpers.inputs.raw_tables import BESIDE
from helpers.workflow.starting.carry_over import BlankTable

CHECKLIST = "填报清单.md"


def write_csv(folder: Path, blank: BlankTable) -> Path:
    """Write a table to be filled in as a CSV that Excel takes for UTF-8."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([blank.head, *blank.rows])
    path = folder / f"{blank.spec.name}.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8-sig", newline="")
    return path


def checklist(name: str, blanks: Sequence[BlankTable], told: Sequence[str]) -> str:
    """What a person has to supply, table by table."""
    lines = [
        f"# {name} 填报清单",
        "",
        f"逐表填写；`report check {name}` 列出还缺什么。“{BESIDE}”开头的列只供对照，不读入。",
        "叙述逐段重写，或核实后填写确认人和确认日期；与上年相同而未经确认的不能生成正式报告。",
        "",
        *(f"- [ ] 核对：{each}。" for each in told),
    ]
    for blank in blanks:
        needed = [
            column.name
            for column in blank.spec.columns
            if column.required and not (blank.rows and column.name in blank.spec.kept)
        ]
        rows = f"已列 {len(blank.rows)} 行" if blank.rows else "逐行填写"
        must = f"；必填：{'、'.join(needed)}" if needed else ""
        lines.append(f"- [ ] {blank.spec.name}：{blank.spec.holds}（{rows}{must}）")
    return "\n".join(lines) + "\n"
