"""Start the next year, or another department: parameters, tables to fill in, and a checklist."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.params import Params, read_params
from helpers.inputs.project import NAME, Project
from helpers.inputs.raw_tables import BESIDE
from helpers.inputs.table_files import WORKBOOK
from helpers.inputs.yaml_files import as_yaml, reads_as
from helpers.run import Run
from helpers.workflow.starting.carry_over import BlankTable, next_year

CHECKLIST = "填报清单.md"
MADE_UP = "虚构"
"""A notice with this word goes on: what comes of made-up data is made-up data."""

BLANKED = (
    "notice",
    "prepared_by",
    "reviewed_by",
    "head",
    "secrecy_reviewed_by",
    "report_date",
    "monitoring_date",
)


@dataclass(frozen=True)
class NewRun:
    """A run to be started: its name, the run it comes from, and another department's name."""

    name: str
    source: str
    department: str = ""

    @property
    def year(self) -> int:
        """The year in its name; raises `UnreadableInputError` if there is none."""
        found = re.search(r"(?:19|20)\d\d", self.name)
        if not found or not NAME.fullmatch(self.name):
            place, hint = Place(f"params/{self.name}.yaml"), "例如 2024，或 demo-2024"
            raise UnreadableInputError("名称中没有年度，或有不能用的字符", place=place, hint=hint)
        return int(found[0])


def start_run(project: Project, new: NewRun, run: Run, *, excel: bool) -> list[Path]:
    """Write `params/NAME.yaml` and `data/NAME/` from a loaded run; gives the files written.

    Raises `UnreadableInputError` for a name without a year, or one whose outputs would lie
    where another run's do, or if anything of it is already there: nothing is ever overwritten.
    """
    project.refuse_name(new.name)
    params_file = project.root / "params" / f"{new.name}.yaml"
    folder = project.root / "data" / new.name
    for path in (params_file, folder):
        if path.exists():
            place = Place(project.relative(path))
            raise UnreadableInputError("已经存在，不覆盖", place=place, hint="换一个名称")
    blanks = next_year(run.tables)
    text = (project.root / "params" / f"{new.source}.yaml").read_text(encoding="utf-8")
    params_text = _params(text, project.params_values(new.source), run.params, new)
    folder.mkdir(parents=True)
    if excel:
        from helpers.workflow.starting.fill_in_workbook import write_workbook

        written = [folder / WORKBOOK]
        write_workbook(written[0], blanks)
    else:
        written = [_write_csv(folder, blank) for blank in blanks]
    checklist = folder / CHECKLIST
    checklist.write_text(_checklist(new.name, blanks), encoding="utf-8", newline="\n")
    params_file.write_text(params_text, encoding="utf-8", newline="\n")
    return [params_file, *written, checklist]


def _params(text: str, had: Mapping[str, object], old: Params, new: NewRun) -> str:
    """The parameters of the new run: those of the old, but for what each year gives anew.

    The lines of the old file, with their comments, where what becomes of them reads as
    meant; otherwise the values alone. Raises `UnreadableInputError` for values no parameter
    may have, such as a department's name in two lines.
    """
    other = new.department not in {"", old.department}
    department = new.department or old.department
    values: dict[str, object] = {
        "run": new.name,
        "year": new.year,
        "department": department,
        "data": f"data/{new.name}",
        "status": "草稿",
        "earlier_runs": [] if other else [*old.earlier_runs, new.source][-4:],
        **dict.fromkeys(BLANKED, ""),
    }
    if other:
        values |= {"budget_code": "", "kind": ""}
    if MADE_UP in old.notice:
        values["notice"] = old.notice
    meant = {**had, **values}
    read_params(meant, f"params/{new.name}.yaml")
    origin = f"# {' '.join(department.split())} {new.year} 年度，由 {new.source} 建立。"
    first = f"{origin}小数和日期加引号；空引号表示未知。"
    lines = text.splitlines()
    body = [
        f"{key}: {as_yaml(values[key])}" if (key := line.partition(":")[0]) in values else line
        for line in (lines[1:] if lines[0].startswith("#") else lines)
    ]
    updated = "\n".join([first, *body]) + "\n"
    if reads_as(updated, meant):
        return updated
    return "\n".join([first, *(f"{key}: {as_yaml(each)}" for key, each in meant.items())]) + "\n"


def _write_csv(folder: Path, blank: BlankTable) -> Path:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([blank.head, *blank.rows])
    path = folder / f"{blank.spec.name}.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8-sig", newline="")
    return path


def _checklist(name: str, blanks: list[BlankTable]) -> str:
    """What a person has to supply, table by table."""
    lines = [
        f"# {name} 填报清单",
        "",
        f"逐表填写；`report check {name}` 列出还缺什么。“{BESIDE}”开头的列只供对照，不读入。",
        "叙述逐段重写，或核实后填写确认人和确认日期；与上年相同而未经确认的不能生成正式报告。",
        "",
    ]
    for blank in blanks:
        needed = [
            column.name
            for column in blank.spec.columns
            if column.required and column.name not in blank.spec.kept
        ]
        rows = f"已列 {len(blank.rows)} 行" if blank.rows else "逐行填写"
        must = f"；必填：{'、'.join(needed)}" if needed else ""
        lines.append(f"- [ ] {blank.spec.name}：{blank.spec.holds}（{rows}{must}）")
    return "\n".join(lines) + "\n"
