"""What went into a run and what came out: `manifest.json`."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from helpers.checks import checks_of
from helpers.inputs.fingerprints import SourceFingerprints, installed, licences, sha256
from helpers.publishing.formats import OutputFormats
from helpers.run import InputFile, Run


def manifest(root: Path, entries: Mapping[str, object], folder: Path) -> dict[str, object]:
    """Everything needed to tell whether a report still belongs to its run and inputs.

    `entries` follow from the run alone; `folder` holds the finished outputs. Commit, Python
    and versions stand here alone.
    """
    outputs = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        **entries,
        "outputs": {path.relative_to(folder).as_posix(): sha256(path) for path in outputs},
        "commit": commit_of(root),
        "python": platform.python_version(),
        "packages": installed(),
        "licences": licences(),
    }


def reproducible_entries(
    name: str,
    run: Run,
    formats: OutputFormats,
    inputs: Sequence[InputFile],
    made: SourceFingerprints,
) -> dict[str, object]:
    """What a manifest says that follows from the run alone, wherever and whenever it is made."""
    return {
        "run": name,
        "title": run.title,
        "params": run.params.model_dump(),
        "options": asdict(formats),
        "made_from": made.to_json(),
        "inputs": [asdict(file) for file in inputs],
        "checks": [
            {
                "check": check.name,
                "promise": check.promise,
                "findings": sum(finding.check == check.name for finding in run.findings),
            }
            for check in checks_of(run.params)
        ],
        "findings": [
            {
                "level": finding.level,
                "check": finding.check,
                "place": str(finding.place),
                "problem": finding.problem,
                "hint": finding.hint,
            }
            for finding in run.findings
        ],
    }


def commit_of(root: Path) -> str:
    """The commit the project stands at, or empty where git does not say."""
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607 - git, wherever it is installed
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.strip()
