"""Whether the report that stands is still that of its run and inputs, so that nothing need run."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.inputs.fingerprints import input_sha256, installed, made_from
from helpers.inputs.params import Params
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow.record import (
    RECORD,
    BrokenRecordError,
    altered_output,
    read_record,
    strangers,
)


@dataclass(frozen=True)
class FreshnessCheck:
    """The manifest of a report that stands, whole and current; or why it does not."""

    manifest: dict[str, Any] | None = None
    why: str = ""
    """Empty where there is no report at all, or not all that is asked for."""
    strangers: Sequence[str] = ()
    """Files in the folder of the report that are none of its own."""


def check_freshness(
    project: Project, name: str, params: Params, formats: OutputFormats
) -> FreshnessCheck:
    """Look at the report of a run and stage in `outputs/`, for all that is asked for.

    Whole: every output as it was written. Its own: of this run and stage, with the same
    parameters. Current: the same tables, notebooks, code, fonts, pins and installed
    versions. What cannot be read is not trusted.
    """
    folder = project.output(name + params.suffix)
    if not folder.is_dir():
        return FreshnessCheck()
    try:
        manifest = read_record(folder)
        why = _why_not(project, name, params, manifest)
        had = {"facts.json", *formats.files} <= set(manifest["outputs"])
        others = strangers(folder, manifest["outputs"])
    except BrokenRecordError as error:
        return FreshnessCheck(why=f"原有的 {RECORD} {error}，不可信")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return FreshnessCheck(why=f"原有的 {RECORD} 不完整，不可信")
    if why or not had:
        return FreshnessCheck(why=why)
    return FreshnessCheck(manifest, strangers=others)


def _why_not(project: Project, name: str, params: Params, manifest: Mapping[str, Any]) -> str:
    """Why a report is not to be kept; empty if it is whole, the run's own, and current."""
    if (manifest["run"], manifest["params"]["stage"]) != (name, params.stage):
        return "原有的是另一个运行的报告"
    altered = altered_output(project.output(name + params.suffix), manifest["outputs"])
    if altered:
        return f"原有的 {altered} 与 {RECORD} 的记录不符，不可信"
    inputs = [(file["file"], input_sha256(project, file["file"])) for file in manifest["inputs"]]
    current = (
        manifest["params"] == params.model_dump()
        and manifest["made_from"] == made_from(project, inputs).to_json()
        and manifest["python"] == platform.python_version()
        and manifest["packages"] == installed()
    )
    return "" if current else "输入、程序或版本有变化"
