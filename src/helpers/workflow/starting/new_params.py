"""The parameters of a new run: those of the run it comes from, but for what each gives anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpers.inputs.params import Params, read_params
from helpers.inputs.params_sheet import PARAMETERS
from helpers.inputs.project import Project
from helpers.inputs.yaml_files import as_yaml, mapping_text, reads_as
from helpers.workflow.starting.origins import MADE_UP, NewRun

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


def new_params(project: Project, old: Params, new: NewRun) -> dict[str, object]:
    """The parameters of the new run: those of the old one, but for what is given anew.

    Raises `UnreadableInputError` for values no parameter may have, such as a department's
    name in two lines.
    """
    meant = {**project.params_values(new.source), **_own_values(project, old, new)}
    read_params(meant, f"params/{new.name}.yaml")
    return meant


def _own_values(project: Project, old: Params, new: NewRun) -> dict[str, object]:
    """What each run gives anew; another unit gives all that nobody has set for it."""
    other = new.relation(old) == "other unit"
    runs = {name: project.params(name).year for name in (*old.earlier_runs, new.source)}
    earlier = [name for name, year in runs.items() if year < new.year and not other][-4:]
    values: dict[str, object] = {
        "run": new.name,
        "year": new.year,
        "department": new.department if other else old.department,
        "data": f"data/{new.name}",
        "status": "草稿",
        "outline": new.outline or old.outline,
        "started_from": new.source,
        "earlier_runs": earlier,
        **dict.fromkeys((*BLANKED, *(OF_ANOTHER if other else ())), ""),
    }
    if MADE_UP in old.notice and not other:
        values["notice"] = old.notice
    return values


def params_text(project: Project, old: Params, new: NewRun, meant: Mapping[str, object]) -> str:
    """The parameters of the new run as a file says them.

    Of the same unit the lines of the old file with their comments, where what becomes of them
    reads as meant, otherwise the values alone; of another unit with comments of our own.
    """
    first = f"# {origin(new, str(meant['department']))}小数和日期加引号；空引号表示未知。"
    if new.relation(old) == "other unit":
        return "\n".join([first, *_commented(meant)]) + "\n"
    own = _own_values(project, old, new)
    lines = (project.root / "params" / f"{new.source}.yaml").read_text("utf-8").splitlines()
    body = [
        f"{key}: {as_yaml(own[key])}" if (key := line.partition(":")[0]) in own else line
        for line in (lines[1:] if lines[0].startswith("#") else lines)
    ]
    written = {line.partition(":")[0] for line in lines}
    added = [f"{key}: {as_yaml(own[key])}" for key in own if key not in written]
    updated = "\n".join([first, *body, *added]) + "\n"
    return updated if reads_as(updated, meant) else f"{first}\n{mapping_text(meant)}"


def origin(new: NewRun, department: str) -> str:
    """What a file of parameters says first: whose it is, and where it comes from."""
    return f"{' '.join(department.split())} {new.year} 年度，由 {new.source} 建立。"


def _commented(values: Mapping[str, object]) -> Iterator[str]:
    """Parameters a line each, in the order of the model, with what they are above them."""
    meanings = {each.key: f"{each.name}：{each.meaning}" for each in PARAMETERS}
    for key in [key for key in Params.model_fields if key in values]:
        if key in meanings:
            yield f"# {meanings[key]}"
        yield f"{key}: {as_yaml(values[key])}"
