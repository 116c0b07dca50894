"""A cell of an input file, as a number remembers it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.errors import Place


@dataclass(frozen=True)
class Cell:
    """A cell as it stood in an input file: its place and its text.

    `plain` is the number in our own unit, where the text does not say it in plain digits.
    """

    place: Place
    text: str = ""
    plain: str = ""

    def __str__(self) -> str:
        return f"{self.place}“{self.text}”" if self.text else f"{self.place}（空）"

    def to_json(self) -> dict[str, object]:
        """One source of `facts.json`."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "text": self.text,
            **({"sheet": self.place.sheet} if self.place.sheet else {}),
            **({"plain": self.plain} if self.plain else {}),
        }
