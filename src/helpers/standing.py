"""Whether the report that stands is still that of its inputs, so that nothing need be run."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.fingerprints import installed, made_from, sha256
from helpers.project import Project


@dataclass(frozen=True)
class Standing:
    """The manifest of a report that stands, whole and current; or why it does not."""

    manifest: dict[str, Any] | None = None
    why: str = ""
    """Empty where there is no report at all, or not all that is asked for."""


def standing_report(project: Project, name: str, files: list[str]) -> Standing:
    """Look at the report in `outputs/NAME/`; `files` are those asked for.

    Whole: every output as it was written, and all of `files` among them. Current: no draft,
    the same parameters, tables, notebooks, code, fonts, pins and installed versions. What
    cannot be read is not trusted.
    """
    folder = project.output(name)
    if not folder.is_dir():
        return Standing()
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
        inputs = [
            (file["file"], sha256(project.root / file["file"])) for file in manifest["inputs"]
        ]
        current = (
            not manifest["params"]["draft"]
            and manifest["made_from"] == made_from(project, inputs).to_json()
            and manifest["python"] == platform.python_version()
            and manifest["packages"] == installed()
        )
        altered = altered_output(folder, manifest["outputs"])
        had = {"facts.json", *files} <= set(manifest["outputs"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Standing(why="原有的 manifest.json 不完整，不可信")
    if altered:
        return Standing(why=f"原有的 {altered} 与 manifest.json 的记录不符，不可信")
    if not current:
        return Standing(why="输入、程序或版本有变化")
    return Standing(manifest) if had else Standing()


def altered_output(folder: Path, recorded: Mapping[str, str]) -> str:
    """The first output of a report that is not as its manifest records it; empty if all are."""
    return next((file for file, sha in recorded.items() if sha256(folder / file) != sha), "")
