"""Whether the report that stands is still that of its inputs, so that nothing need be run."""

from __future__ import annotations

import json
import platform
from typing import Any

from helpers.fingerprints import installed, made_from, sha256
from helpers.project import Project


def standing_report(project: Project, name: str, files: list[str]) -> dict[str, Any] | None:
    """The manifest of the report in `outputs/NAME/` if it is whole and current, else None.

    Whole: every output as it was written, and all of `files` among them.

    Current: no draft, the same parameters, tables, notebooks, code, fonts, pins and installed
    versions. What cannot be read is not trusted.
    """
    folder = project.output(name)
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
        outputs = manifest["outputs"]
        whole = {"facts.json", *files} <= set(outputs) and all(
            sha256(folder / file) == recorded for file, recorded in outputs.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return manifest if current and whole else None
