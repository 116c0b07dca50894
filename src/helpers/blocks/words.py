"""Words with numbers among them: what a paragraph or a cell of a table says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from helpers.figures.number import InexactNumberError, Number

Role = Literal["code", "date", "strong", "emphasis"]


@dataclass(frozen=True)
class Styled:
    """A text that is no plain one, such as a date, which no reviewer need take for a figure."""

    text: str
    role: Role


@dataclass(frozen=True)
class Link:
    """A text that leads to another place of the report, by its id."""

    text: str
    target: str


Part = str | Number | Styled | Link


@dataclass(frozen=True)
class Words:
    """Texts and numbers in their order; a number stands there as it is displayed."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "".join(map(plain, self.parts))

    @property
    def numbers(self) -> Iterator[Number]:
        """The numbers among the words."""
        return (part for part in self.parts if isinstance(part, Number))

    def __bool__(self) -> bool:
        return any(not isinstance(part, str) or part for part in self.parts)

    def __str__(self) -> str:
        return self.text


def words(*given: Part | Words) -> Words:
    """Words of texts, numbers and other words, neighbouring texts in one piece.

    Raises `InexactNumberError` for anything else, such as a float.
    """
    parts: list[Part] = []
    for part in _flat(given):
        if not isinstance(part, Part):
            hint = "写成精确数或文字"
            raise InexactNumberError(f"报告中只能有数和文字，现有 {part!r}", hint=hint)
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "" or not isinstance(part, str):
            parts.append(part)
    return Words(tuple(parts))


def _flat(given: Iterable[Part | Words]) -> Iterator[object]:
    for part in given:
        if isinstance(part, Words):
            yield from part.parts
        else:
            yield part


def joined(between: str, given: Iterable[Part | Words]) -> Words:
    """Words one after the other with a text between them."""
    listed = list(given)
    pairs = [(between if at else "", part) for at, part in enumerate(listed)]
    return words(*(each for pair in pairs for each in pair))


def with_unit(number: Number) -> Words:
    """A number and its unit, as prose shows it."""
    return words(number, "" if number.unit == "%" or not number.defined else number.unit)


def day(text: str) -> Words:
    """A date."""
    return words(Styled(text, "date"))


def code(text: str) -> Words:
    """An account code or the like, which is a name made of digits."""
    return words(Styled(text, "code"))


def plain(part: Part) -> str:
    """A part as plain text."""
    if isinstance(part, str):
        return part
    return part.display if isinstance(part, Number) else part.text
