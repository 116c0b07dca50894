"""Cross references: 附件“满意度调查” in a text becomes 附件7“满意度调查”, and leads there.

Where the outline words the title otherwise, or has the notebook as a section, so does the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from helpers.blocks.model import Figure, Grid, Heading, Paragraph
from helpers.blocks.words import Link, Part, Words, words
from helpers.inputs.headings import ANNEX, DIGITS, part
from helpers.inputs.outlines import Outline
from helpers.publishing.section import Section, SectionBlock

REFERENCE = re.compile(rf"{ANNEX}“([^“”]+)”")
NUMBERED = re.compile(rf"({ANNEX}\d+ |[{DIGITS}十]+、)(.+)")


def referenced(sections: Sequence[Section], outline: Outline) -> tuple[Section, ...]:
    """Numbered sections with every reference to one of them numbered too.

    One to an annex the report does not have stays as it is written.
    """
    titles = {
        found[2]: Link(f"{part(block.text)}“{found[2]}”", block.id)
        for section in sections
        for block in section.blocks
        if isinstance(block, Heading) and (found := NUMBERED.fullmatch(block.text))
    }
    links = titles | {
        heading: titles[shown] for heading, shown in outline.titles.items() if shown in titles
    }
    return tuple(
        replace(section, blocks=tuple(_block(block, links) for block in section.blocks))
        for section in sections
    )


def _block(block: SectionBlock, links: Mapping[str, Link]) -> SectionBlock:
    match block:
        case Paragraph():
            return replace(block, words=_words(block.words, links))
        case Grid():
            return replace(block, note=_words(words(block.note), links))
        case Figure():
            return replace(block, reading=_words(block.reading, links))
    return block


def _words(given: Words, links: Mapping[str, Link]) -> Words:
    pieces = (
        piece
        for part in given.parts
        for piece in (_split(part, links) if isinstance(part, str) else (part,))
    )
    return words(*pieces)


def _split(text: str, links: Mapping[str, Link]) -> Iterator[Part]:
    end = 0
    for found in REFERENCE.finditer(text):
        if found[1] in links:
            yield text[end : found.start()]
            yield links[found[1]]
            end = found.end()
    yield text[end:]
