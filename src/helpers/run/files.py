"""The files a run rests on, by name, and their fingerprints."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.errors import Place
from helpers.inputs.fingerprints import input_sha256, sha256
from helpers.inputs.outlines import outline_file
from helpers.inputs.params import Params
from helpers.inputs.project import Project
from helpers.inputs.raw_tables import LARGEST
from helpers.inputs.rubrics import rubric_file
from helpers.inputs.schema import COUNTED, TABLES
from helpers.inputs.workbooks import WORKBOOK
from helpers.run.loaded import Run


@dataclass(frozen=True)
class InputFile:
    """An input file of a run: its name from the root, its fingerprint, its data rows.

    An optional table the run does without has an empty fingerprint, so that its coming
    is noticed.
    """

    file: str
    sha256: str
    rows: int | None


def settings_files(params: Params) -> tuple[str, ...]:
    """Files of a run that are neither tables nor its own parameters."""
    rubrics = dict.fromkeys((rubric_file(params.rubric), rubric_file(params.project_rubric)))
    return (
        *rubrics,
        outline_file(params.outline),
        *(f"params/{name}.yaml" for name in params.earlier_runs),
    )


def fingerprints_of_inputs(project: Project, params: Params) -> dict[str, str]:
    """The fingerprints of all files a run may read, by name; its own parameters aside."""
    runs = (params, *(project.params(name) for name in params.earlier_runs))
    folders = [project.relative(project.data(run)) for run in runs]
    names = [*(f"{spec.name}.csv" for spec in (*TABLES, *COUNTED)), WORKBOOK]
    files = [
        *settings_files(params),
        *(f"{folder}/{name}" for folder in folders for name in names),
    ]
    paths = {file: project.root / file for file in files}
    # A file too large for any reader is left to its own, which refuses it unread.
    return {
        file: sha256(path, Place(file))
        for file, path in paths.items()
        if not (path.is_file() and path.stat().st_size > LARGEST)
    }


def files_of_run(project: Project, name: str) -> list[InputFile]:
    """Every file another run may read, its parameters first."""
    params = project.params(name)
    found = {f"params/{name}.yaml": sha256(project.root / f"params/{name}.yaml")}
    found |= fingerprints_of_inputs(project, params)
    return [InputFile(file, digest, None) for file, digest in found.items() if digest]


def input_files(project: Project, name: str, run: Run) -> list[InputFile]:
    """Every input file of a run: parameters and rubrics first, then the tables by name."""
    rows: dict[str, int | None] = dict.fromkeys((f"params/{name}.yaml", *run.settings))
    tables: dict[str, int] = dict.fromkeys(run.workbooks, 0)
    for table in run.input_tables:
        tables[table.file] = tables.get(table.file, 0) + len(table)
    rows[f"{run.params.data.rstrip('/')}/"] = None
    rows |= {file: tables[file] for file in sorted(tables)}
    digests = {file: input_sha256(project, file) for file in rows}
    return [InputFile(file, digests[file], rows[file] if digests[file] else None) for file in rows]
