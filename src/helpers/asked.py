"""What a build is asked for, and the files that makes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Asked:
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
    def of(cls, folder: Path) -> Asked:
        """What was asked for when a folder of outputs was made."""
        made = {path.name for path in folder.iterdir()}
        return cls("public.html" in made, "report.pdf" in made, "report.docx" in made)
