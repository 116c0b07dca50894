"""Start the next year, or another department: parameters, tables to fill in, and a checklist."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.characters import trimmed
from helpers.errors import Place, UnreadableInputError
from helpers.inputs.outlines import read_outline
from helpers.inputs.params import Params, read_params
from helpers.inputs.project import NAME, Project
from helpers.inputs.raw_tables import BESIDE
from helpers.inputs.table_files import WORKBOOK
from helpers.inputs.yaml_files import as_yaml, reads_as
from helpers.run import Run
from helpers.workflow.starting.carry_over import BlankTable, Relation, carried

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
OF_ANOTHER = (
    "budget_code",
    "kind",
    "execution_rate_floor",
    "carryover_rate_ceiling",
    "variance_rate_ceiling",
    "change_rate_ceiling",
    "progress_floor",
    "small_stratum",
    "weighting_gap",
)
"""What another unit gives itself, or leaves unknown: nobody has set these thresholds for it."""

COMMENTS = {
    "budget_code": "预算编码和单位类别（例如 乡镇）只用于多单位汇总，空引号表示未知。",
    "notice": "首页声明；本单位自行编制的正式报告留空。",
    "execution_rate_floor": "超过（执行率为低于）该百分数须说明，口径待财政部门确认；空为未设。",
    "change_rate_ceiling": "比上年变动超过该百分数（比率为百分点）须说明。",
    "progress_floor": "支付进度率（累计实际支出÷累计计划支出）低于该百分数的项目须提醒。",
    "satisfied_from": "满意度调查：从哪一档起算作满意。",
    "small_stratum": "有效答卷少于多少份的层不单独下结论；加权与未加权相差多少个百分点须指出。",
    "outline": "报告结构在 params/outlines/，写文件名；是否适用于本单位，请核对。",
    "rubric": "评分表在 params/rubrics/，写文件名；是否适用于本单位，请核对。",
    "earlier_runs": "以前年度写运行名称，由远到近，最多四个，没有写 []。",
}
"""What stands above a parameter of another unit's run; the old file's comments are its own."""

NOT_LAST_YEAR = (
    "{source} 是 {year} 年度，不是上一年度：不列上年数和上年文字；"
    "名称和没有完成的整改事项沿用，请逐项核对"
)
NO_LATER = (
    "{source} 是 {year} 年度，不早于 {new} 年度：只沿用本单位的名称，"
    "不列上年数、上年文字和整改事项，不与它比较；名称请按当年核对"
)
OTHER_UNIT = (
    "{source} 是另一单位：只取表头、可选的值和段落名称，"
    "机构、职责、指标、数字、依据、文字、声明和阈值都不沿用"
)
SHARED = "参数 {shared}与 {source} 相同，原单位类别为{kind}；地区或类别不同的，请核对这些参数"


@dataclass(frozen=True)
class NewRun:
    """A run to be started: its name, the run it comes from, what another department is called.

    Without an outline of its own it has that of the run it comes from.
    """

    name: str
    source: str
    department: str = ""
    outline: str = ""

    @property
    def year(self) -> int:
        """The year in its name; raises `UnreadableInputError` if there is none."""
        found = re.search(r"(?:19|20)\d\d", self.name)
        if not found or not NAME.fullmatch(self.name):
            place, hint = Place(f"params/{self.name}.yaml"), "例如 2024，或 demo-2024"
            raise UnreadableInputError("名称中没有年度，或有不能用的字符", place=place, hint=hint)
        return int(found[0])

    def relation(self, old: Params) -> Relation:
        """What it is to the run it is started from."""
        if trimmed(self.department) not in {"", old.department}:
            return "other unit"
        if self.year <= old.year:
            return "no later year"
        return "next year" if self.year == old.year + 1 else "later year"


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
    if new.outline:
        read_outline(project.root, new.outline)
    blanks = carried(run.tables, new.relation(run.params), run.contents.paragraph_keys)
    params_text = _params(project, run.params, new)
    folder.mkdir(parents=True)
    if excel:
        from helpers.workflow.starting.fill_in_workbook import write_workbook

        written = [folder / WORKBOOK]
        write_workbook(written[0], blanks)
    else:
        written = [_write_csv(folder, blank) for blank in blanks]
    checklist = folder / CHECKLIST
    told = consequences(new, run.params)
    checklist.write_text(_checklist(new.name, blanks, told), encoding="utf-8", newline="\n")
    params_file.write_text(params_text, encoding="utf-8", newline="\n")
    return [params_file, *written, checklist]


def consequences(new: NewRun, old: Params) -> list[str]:
    """What a person must know of where a run is started from; nothing of the year before."""
    said: dict[Relation, list[str]] = {
        "next year": [],
        "later year": [NOT_LAST_YEAR.format(source=new.source, year=old.year)],
        "no later year": [NO_LATER.format(source=new.source, year=old.year, new=new.year)],
        "other unit": [
            OTHER_UNIT.format(source=new.source),
            SHARED.format(source=new.source, shared=_shared(old, new), kind=old.kind or "未填"),
        ],
    }
    told = said[new.relation(old)]
    if MADE_UP not in old.notice:
        return told
    if new.relation(old) == "other unit":
        return [*told, f"{new.source} 为虚构数据，其中的数据一概没有带来，新运行不标“虚构数据”"]
    return [*told, f"{new.source} 为虚构数据：首页声明沿用，新运行也标为虚构数据"]


def _shared(old: Params, new: NewRun) -> str:
    """The parameters another unit has from the old run, since it must have some."""
    outline = () if new.outline else ("outline",)
    names = (*outline, "rubric", "project_rubric", "satisfied_from")
    return "、".join(f"{name}（{getattr(old, name)}）" for name in names)


def _params(project: Project, old: Params, new: NewRun) -> str:
    """The parameters of the new run, as a file says them.

    Of the same unit those of the old run, but for what each year gives anew: the lines of the
    old file with their comments, where what becomes of them reads as meant, otherwise the
    values alone. Of another unit what it shares with the old run, with comments of our own.
    Raises `UnreadableInputError` for values no parameter may have, such as a department's
    name in two lines.
    """
    other = new.relation(old) == "other unit"
    department = new.department if other else old.department
    runs = {name: project.params(name).year for name in (*old.earlier_runs, new.source)}
    values: dict[str, object] = {
        "run": new.name,
        "year": new.year,
        "department": department,
        "data": f"data/{new.name}",
        "status": "草稿",
        "outline": new.outline or old.outline,
        "started_from": new.source,
        "earlier_runs": [name for name, year in runs.items() if year < new.year and not other][-4:],
        **dict.fromkeys((*BLANKED, *(OF_ANOTHER if other else ())), ""),
    }
    if MADE_UP in old.notice and not other:
        values["notice"] = old.notice
    meant = {**project.params_values(new.source), **values}
    read_params(meant, f"params/{new.name}.yaml")
    origin = f"# {' '.join(department.split())} {new.year} 年度，由 {new.source} 建立。"
    first = f"{origin}小数和日期加引号；空引号表示未知。"
    if other:
        return "\n".join([first, *_commented(meant)]) + "\n"
    lines = (project.root / "params" / f"{new.source}.yaml").read_text("utf-8").splitlines()
    body = [
        f"{key}: {as_yaml(values[key])}" if (key := line.partition(":")[0]) in values else line
        for line in (lines[1:] if lines[0].startswith("#") else lines)
    ]
    written = {line.partition(":")[0] for line in lines}
    added = [f"{key}: {as_yaml(values[key])}" for key in values if key not in written]
    updated = "\n".join([first, *body, *added]) + "\n"
    if reads_as(updated, meant):
        return updated
    return "\n".join([first, *(f"{key}: {as_yaml(each)}" for key, each in meant.items())]) + "\n"


def _commented(values: Mapping[str, object]) -> Iterator[str]:
    """Parameters a line each, in the order of the model, with what they are above them."""
    for key in [key for key in Params.model_fields if key in values]:
        if key in COMMENTS:
            yield f"# {COMMENTS[key]}"
        yield f"{key}: {as_yaml(values[key])}"


def _write_csv(folder: Path, blank: BlankTable) -> Path:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([blank.head, *blank.rows])
    path = folder / f"{blank.spec.name}.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8-sig", newline="")
    return path


def _checklist(name: str, blanks: Sequence[BlankTable], told: Sequence[str]) -> str:
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
