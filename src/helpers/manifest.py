"""What went into a run and what came out, by SHA-256: `manifest.json`."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from importlib.metadata import distributions
from pathlib import Path

from helpers.project import Project
from helpers.runs import Run


def sha256(path: Path) -> str:
    """Fingerprint of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def manifest(project: Project, name: str, run: Run, folder: Path) -> dict[str, object]:
    """Everything needed to tell whether a report still belongs to its inputs."""
    inputs = [
        project.root / "params" / f"{name}.yaml",
        project.root / "notebooks" / "叙述.csv",
        *project.notebooks,
        *(project.root / table.file for table in run.tables.values()),
    ]
    outputs = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "run": name,
        "title": run.params.title,
        "params": run.params.model_dump(),
        "inputs": {project.relative(path): sha256(path) for path in sorted(inputs)},
        "outputs": {path.relative_to(folder).as_posix(): sha256(path) for path in outputs},
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
        "commit": _commit(project.root),
        "python": platform.python_version(),
        "packages": dict(sorted((d.metadata["Name"].lower(), d.version) for d in distributions())),
    }


def _commit(root: Path) -> str:
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
