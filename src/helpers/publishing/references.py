"""Cross references: 附件“满意度调查” in a text becomes 附件7“满意度调查”, and leads there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from helpers.blocks.model import Figure, Grid, Heading, Paragraph
from helpers.blocks.words import Link, Part, Words, words
from helpers.inputs.headings import ANNEX
from helpers.publishing.section import Section, SectionBlock

REFERENCE = re.compile(rf"{ANNEX}“([^“”]+)”")
NUMBERED = re.compile(rf"({ANNEX}\d+) (.+)")


def referenced(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Numbered sections with every reference to an annex of theirs numbered too.

    One to an annex the report does not have stays as it is written.
    """
    annexes = {
        found[2]: (found[1], block.id)
        for section in sections
        for block in section.blocks
        if isinstance(block, Heading) and (found := NUMBERED.fullmatch(block.text))
    }
    return tuple(
        replace(section, blocks=tuple(_block(block, annexes) for block in section.blocks))
        for section in sections
    )


def _block(block: SectionBlock, annexes: Mapping[str, tuple[str, str]]) -> SectionBlock:
    match block:
        case Paragraph():
            return replace(block, words=_words(block.words, annexes))
        case Grid():
            return replace(block, note=_words(words(block.note), annexes))
        case Figure():
            return replace(block, reading=_words(block.reading, annexes))
    return block


def _words(given: Words, annexes: Mapping[str, tuple[str, str]]) -> Words:
    pieces = (
        piece
        for part in given.parts
        for piece in (_split(part, annexes) if isinstance(part, str) else (part,))
    )
    return words(*pieces)


def _split(text: str, annexes: Mapping[str, tuple[str, str]]) -> Iterator[Part]:
    end = 0
    for found in REFERENCE.finditer(text):
        if found[1] in annexes:
            number, target = annexes[found[1]]
            yield text[end : found.start()]
            yield Link(f"{number}“{found[1]}”", target)
            end = found.end()
    yield text[end:]
