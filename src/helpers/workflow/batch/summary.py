"""What is reported of many runs together: `outputs/index.html` and `outputs/facts.parquet`."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from markupsafe import Markup

from helpers.errors import LEVELS, Place, ReportError
from helpers.figures import exact
from helpers.inputs.plain_files import parsed_json, read_plain
from helpers.inputs.project import Project
from helpers.publishing import page_fonts
from helpers.publishing.rendering import environment, own_file
from helpers.workflow import diff, record
from helpers.workflow.atomic import replace_file
from helpers.workflow.record import RECORD

DECIMALS = 10
AT_ONCE, GROUP = 2_000_000, 20_480
"""Bytes read and rows written at a time, so that memory does not grow with the departments."""

COLUMNS = {
    "run": "VARCHAR",
    "budget_code": "VARCHAR",
    "department": "VARCHAR",
    "kind": "VARCHAR",
    "year": "INTEGER",
    "fact": "VARCHAR",
    "label": "VARCHAR",
    "unit": "VARCHAR",
    "exact": "VARCHAR",
    "value": f"DECIMAL(38,{DECIMALS})",
    "reason": "VARCHAR",
    "notice": "VARCHAR",
}
"""Columns of the Parquet file: `exact` is the exact value as text, `value` the same as decimal."""


TITLE, CAPTION, FAILED = "部门整体绩效评价报告内部汇总", "各单位报告", "未能生成"
HEAD = (
    *("预算编码", "单位", "类别", "年度", "状态"),
    *("预算执行率", "评价得分（分）", "复核发现"),
)
"""What the index page sets in bold."""


@dataclass(frozen=True)
class Report:
    """A finished report as its outputs tell it."""

    run: str
    manifest: dict[str, Any]
    facts: list[dict[str, Any]]

    @property
    def params(self) -> dict[str, Any]:
        """The parameters it was made with."""
        params: dict[str, Any] = self.manifest["params"]
        return params

    def fact(self, id: str) -> dict[str, Any]:
        """One of its facts; empty where it has none of that name."""
        return next((fact for fact in self.facts if fact["id"] == id), {})


def _read(project: Project, name: str) -> Report:
    """Read the outputs of a finished run."""
    found = [
        parsed_json(read_plain(project.output(name) / file, Place(f"outputs/{name}/{file}"), most))
        for file, most in ((RECORD, record.LARGEST), ("facts.json", diff.LARGEST))
    ]
    return Report(name, *found)


def write_summary(
    project: Project, names: Sequence[str], failed: Mapping[str, str]
) -> dict[str, str]:
    """Write the index page and the Parquet file of a batch's finished runs.

    Gives those whose outputs cannot be read, with why; they stand among the failed.
    """
    lines, unread = [], dict[str, str]()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "facts.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for name in names:
                try:
                    report = _read(project, name)
                    rows, line = list(_rows(report)), _line(report)
                except (ReportError, OSError, ValueError, KeyError, TypeError, AttributeError):
                    unread[name] = f"outputs/{name} 不能读取，请重新生成"
                    continue
                writer.writerows(rows)
                lines.append(line)
        _to_parquet(table, project.root / "outputs" / "facts.parquet")
    page = _index(sorted(lines, key=_place), {**failed, **unread})
    replace_file(project.root / "outputs" / "index.html", page.encode())
    return unread


def _rows(report: Report) -> Iterator[list[object]]:
    """The rows of a report's facts, in the columns of the file."""
    params = report.params
    about = [report.run, *(params[key] for key in ("budget_code", "department", "kind", "year"))]
    for fact in report.facts:
        value = fact["value"]
        rounded = exact.round_to(Fraction(value), DECIMALS) if value else ""
        cells = [fact["id"], fact["label"], fact["unit"], value, rounded, fact["reason"]]
        yield [*about, *cells, fact["notice"]]


def _to_parquet(table: Path, target: Path) -> None:
    """Turn a CSV into a Parquet file, then put it in its place."""
    import duckdb

    made = table.with_suffix(".parquet")
    with duckdb.connect(config={"threads": 1}) as database:
        rows = database.read_csv(str(table), header=True, dtype=COLUMNS, buffer_size=AT_ONCE)
        rows.write_parquet(str(made), compression="zstd", row_group_size=GROUP)
    replace_file(target, made.read_bytes())


def _line(report: Report) -> dict[str, Any]:
    """What the index tells of a report."""
    levels = [finding["level"] for finding in report.manifest["findings"]]
    rate, score = report.fact("execution_rate"), report.fact("total_score")
    return {
        "run": report.run,
        **{key: report.params[key] for key in ("budget_code", "department", "kind", "year")},
        "notice": report.params["notice"],
        "standing": report.params["status"],
        "rate": rate.get("display", "—"),
        "score": score.get("display", "—"),
        "flags": "、".join(
            f"{word}{levels.count(level)}" for level, word in LEVELS.items() if level in levels
        )
        or "无",
    }


def _place(line: dict[str, Any]) -> tuple[bool, str, str, int]:
    """Where a run stands in the index: by budget code; those without one come last."""
    return not line["budget_code"], line["budget_code"], line["department"], line["year"]


def _index(lines: Sequence[dict[str, Any]], failed: dict[str, str]) -> str:
    template = environment().get_template("index.html.j2")
    context: dict[str, Any] = {
        "title": TITLE,
        "failed_title": FAILED,
        "caption": CAPTION,
        "head": HEAD,
        "lines": lines,
        "failed": {name: " ".join(error.split()) for name, error in failed.items()},
        "notices": list(dict.fromkeys(line["notice"] for line in lines if line["notice"])),
    }
    text = Markup(template.render(context, fonts="", style="")).striptags()  # noqa: S704 - escapes everything
    faces = page_fonts.own_faces(text, "".join((TITLE, CAPTION, *HEAD, FAILED, *failed)))
    return template.render(context, fonts=Markup(faces), style=own_file("page.css"))  # noqa: S704 - our own fonts
