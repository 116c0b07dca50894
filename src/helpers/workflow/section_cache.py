"""Executed sections kept for the next build, each under a key of all it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from helpers.errors import ReportError
from helpers.inputs.fingerprints import installed, made_from, sha256
from helpers.inputs.plain_files import parsed_json
from helpers.inputs.project import Project
from helpers.notebook.section_dependencies import Shown, fingerprint, opened_by
from helpers.run import Run, files_of_run
from helpers.workflow.atomic import replace_file


class SectionCache:
    """The executed sections of one run.

    A section's key is its notebook, the parameters, the facts, tables, texts and other runs
    it opened, whole, the helper modules with the fonts, the pins and the installed versions.
    An entry that cannot be read, or was altered, is reported and never used.
    """

    def __init__(self, project: Project, name: str, run: Run) -> None:
        self._folder = project.root / "outputs" / ".cache" / name
        self._project, self._run = project, run
        made = made_from(project, [], notebooks=())
        self._common = json.dumps(
            [made.code, made.pins, installed(), run.params.model_dump()], sort_keys=True
        )

    def fetch(self, notebook: Path, say: Callable[[str], None]) -> str | None:
        """The executed notebook's text, if what it was made from is still the same.

        Says so if an entry was damaged.
        """
        path = self._entry(notebook)
        if not path.is_file():
            return None
        try:
            entry = parsed_json(path.read_bytes())
            text: str = entry["executed"]
            key, shown = entry["key"], entry["shown"]
            whole = entry["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            whole = False
        if not whole:
            say(f"{notebook.name} 的缓存已损坏，不用")
            return None
        try:
            return text if key == self._key(notebook, shown) else None
        except (ReportError, ValueError, KeyError, TypeError, AttributeError):
            return None  # it shows what this run has not

    def keep(self, notebook: Path, executed: str) -> None:
        """Keep an executed notebook, written aside first so that no half entry ever stands."""
        try:
            shown = opened_by(executed)
            key = self._key(notebook, shown)
        except (ReportError, ValueError, KeyError, TypeError, AttributeError):
            return  # it says to show what no block of ours could
        entry = {
            "key": key,
            "shown": shown,
            "sha256": hashlib.sha256(executed.encode()).hexdigest(),
            "executed": executed,
        }
        with suppress(OSError):  # what cannot be kept is made again
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(self._entry(notebook), json.dumps(entry, ensure_ascii=False).encode())

    def _entry(self, notebook: Path) -> Path:
        return self._folder / f"{notebook.stem}.json"

    def _key(self, notebook: Path, shown: Shown) -> str:
        others = [
            f"{file.file} {file.sha256}"
            for name in shown["runs"]
            for file in files_of_run(self._project, name)
        ]
        parts = [self._common, sha256(notebook), fingerprint(self._run, shown), *others]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
