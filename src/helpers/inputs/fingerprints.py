"""SHA-256 fingerprints of what a run is made from: inputs, pins, code and notebooks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from email.message import Message
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import cast

from helpers.errors import Place
from helpers.inputs.plain_files import refuse_special
from helpers.inputs.project import Project, is_system_file

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class SourceFingerprints:
    """What a report is made from, as three fingerprints."""

    inputs: str
    """Of the parameters and every input table."""
    pins: str
    """Of the file that pins the versions; empty where the project has none."""
    code: str
    """Of `src/helpers` with `notebooks`, and of the fonts the project was given."""

    def to_json(self) -> dict[str, str]:
        """As each fact in `facts.json` carries it."""
        return asdict(self)


def sha256(path: Path, place: Place | None = None) -> str:
    """Fingerprint of a file; empty if there is none.

    Raises `UnreadableInputError` at its `place` for what is no plain file.
    """
    refuse_special(path, place or Place(path.name))
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def input_sha256(project: Project, file: str) -> str:
    """Fingerprint of an input by its name from the root; of a folder, `NAME/`, its files' names."""
    path = project.root / file
    if not file.endswith("/"):
        return sha256(path, Place(file))
    names = (each.name for each in path.glob("*") if each.is_file())
    listed = "\n".join(sorted(name for name in names if not is_system_file(name)))
    return hashlib.sha256(listed.encode()).hexdigest()


def made_from(
    project: Project,
    inputs: Iterable[tuple[str, str]],
    notebooks: Sequence[Path] | None = None,
) -> SourceFingerprints:
    """Fingerprint everything a run is made from; `inputs` are names and fingerprints.

    `notebooks` are those of the project, unless others are given.
    """
    listed = project.notebooks if notebooks is None else notebooks
    pins = project.root / "constraints.txt"
    given = (project.root / "fonts").glob("[!.]*")
    return SourceFingerprints(
        inputs=_together(inputs),
        pins=sha256(pins) if pins.is_file() else "",
        code=_together(
            [
                *_code(),
                *((path.name, sha256(path, Place(f"notebooks/{path.name}"))) for path in listed),
                *((path.name, sha256(path)) for path in given if path.is_file()),
            ]
        ),
    )


@cache
def _metadata() -> list[Message]:
    """What every installed distribution says of itself."""
    return [cast("Message", found.metadata) for found in distributions()]


def installed() -> dict[str, str]:
    """Every installed distribution and its version."""
    return dict(sorted((text["Name"].lower(), text["Version"]) for text in _metadata()))


def licences() -> dict[str, str]:
    """Every installed distribution and the licence it states, empty where it states none."""
    return dict(sorted((text["Name"].lower(), _licence(text)) for text in _metadata()))


def _licence(text: Message) -> str:
    """The licence as an expression, in a few words, or as classified; never a whole text."""
    if stated := text.get("License-Expression"):
        return str(stated)
    words = str(text.get("License") or "")
    if words and len(words) <= 60 and words != "UNKNOWN" and not words.startswith("Copyright"):
        return words
    classified = (each for each in text.get_all("Classifier", []) if each.startswith("License ::"))
    return "、".join(each.rpartition(" :: ")[2] for each in classified)


@cache
def _code() -> tuple[tuple[str, str], ...]:
    """The files of the package and their fingerprints, without what Python makes of them.

    Read once: a process runs the code it began with.
    """
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), sha256(path))
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    )


def code_fingerprint() -> str:
    """Of the package alone, to tell whether two machines run the same program."""
    return _together(_code())


def _together(named: Iterable[tuple[str, str]]) -> str:
    """One fingerprint of many, by name."""
    lines = "".join(f"{sha}  {name}\n" for name, sha in sorted(named))
    return hashlib.sha256(lines.encode()).hexdigest()
