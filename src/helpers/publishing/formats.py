"""What a build is asked for, and the files that makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class OutputFormats:
    """What is asked for besides the reviewers' page."""

    public: bool = False
    pdf: bool = False
    word: bool = False

    @property
    def files(self) -> list[str]:
        """The documents a build of this makes, the reviewers' page first."""
        kinds = ("html", *(["pdf"] if self.pdf else []), *(["docx"] if self.word else []))
        stems = ("report", "public") if self.public else ("report",)
        return [f"{stem}.{kind}" for kind in kinds for stem in stems]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> OutputFormats:
        """What was asked for, by a report's record; raises `ValueError` if it does not say."""
        options = record.get("options")
        if not isinstance(options, dict) or set(options) != {each.name for each in fields(cls)}:
            raise ValueError("options")
        return cls(**{name: options[name] is True for name in options})
