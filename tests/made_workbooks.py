"""预算执行 in a workbook, for tests to spoil."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from project_copies import Copy

from helpers.inputs.workbooks import WORKBOOK

HEAD = ["支出类别", "年初预算数", "全年预算数", "全年执行数", "年末结转结余数"]
BASIC, PROJECT = 5275.741749, 17911.276641
SHEET = "xl/worksheets/sheet1.xml"


def in_workbook(project: Copy, rows: list[list[Any]]) -> Path:
    """Put 预算执行 into a workbook."""
    project.path("预算执行").unlink()
    book = Workbook()
    book.worksheets[0].title = "预算执行"
    for row in rows:
        book.worksheets[0].append(row)
    path = project.root / "data" / "2023" / WORKBOOK
    book.save(path)
    return path


GOOD: list[list[Any]] = [
    HEAD,
    ["基本支出", None, BASIC, BASIC, None],
    ["项目支出", None, PROJECT, PROJECT, None],
    ["合计", None, 23187.01839, 23187.01839, None],
]


def inside(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the XML of a part of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == part else data)
    path.write_bytes(made.getvalue())
