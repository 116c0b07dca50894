"""Headings with nothing below them: left out, or said to be open, as the outline has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.blocks.model import Block, Heading, Paragraph
from helpers.blocks.words import words

OPEN = "待补充"
"""What stands below a bare heading, where the outline keeps it."""


def settled(blocks: Sequence[Block], empty: str) -> Iterator[Block]:
    """Give the blocks of a section, with what becomes of its bare headings.

    `empty` is 待补充 or 略去. A title stays in any case: a section that says nothing says so.
    """
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and _is_bare(blocks[at:]):
            if empty == OPEN or block.level == 1:
                yield block
                if empty != OPEN or not any(True for _ in _below(blocks[at:])):
                    yield Paragraph(f"{block.id}-open", words(f"{OPEN}。"))
        else:
            yield block


def _below(blocks: Sequence[Block]) -> Iterator[Block]:
    """What stands below the heading that comes first, down to the next of its level."""
    heading, *rest = blocks
    assert isinstance(heading, Heading)
    for block in rest:
        if isinstance(block, Heading) and block.level <= heading.level:
            return
        yield block


def _is_bare(blocks: Sequence[Block]) -> bool:
    return all(isinstance(block, Heading) for block in _below(blocks))
