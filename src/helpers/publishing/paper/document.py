"""The sections of an edition as they stand on paper, which says what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from helpers.blocks import model
from helpers.blocks.words import Part, Styled, plain
from helpers.publishing.body import Body
from helpers.publishing.editions import REVIEW, Edition
from helpers.publishing.page_fingerprint import PAGE_FINGERPRINT
from helpers.publishing.paper.blocks import (
    Block,
    Document,
    Figure,
    Heading,
    Paragraph,
    Piece,
    Section,
    Table,
)
from helpers.publishing.paper.tables import entries_table, line_by_line, table
from helpers.publishing.section import Entries, Line, Listing, SectionBlock
from helpers.run import Run


def paper_document(run: Run, edition: Edition, body: Body, fingerprint: str) -> Document:
    """The numbered sections of an edition as a document, with the fingerprint of its page."""
    params, review = run.params, edition is REVIEW
    return Document(
        title=run.title,
        department=params.department,
        notice=params.notice,
        standing=f"{params.standing}（{edition.name}）" if review else "",
        sign_off=tuple((label, filled or "待补充") for label, _, filled in params.sign_off),
        fingerprint=fingerprint,
        sections=tuple(_sections(body, fingerprint)),
    )


def _sections(body: Body, fingerprint: str) -> Iterator[Section]:
    for section in body.sections:
        blocks = tuple(made for block in section.blocks for made in _blocks(block, fingerprint))
        wide = any(isinstance(block, Table) and block.wide for block in blocks)
        yield Section(section.id, section.annex, wide, blocks)


def _blocks(block: SectionBlock, fingerprint: str) -> Iterator[Block]:
    """What a block is on paper; the blocks of a card stand below its title."""
    match block:
        case model.Heading():
            yield Heading(block.level, line_by_line(block.text))
        case model.Paragraph():
            yield _paragraph(block)
        case model.Grid():
            absent = Paragraph((Piece(line_by_line(block.absent)),))
            yield table(block) if block.shown else absent
        case model.Figure():
            yield _figure(block)
        case model.Card():
            yield Heading(3, line_by_line(block.title))
            for each in block.blocks:
                yield from _blocks(each, fingerprint)
        case Listing():
            yield from (_line(line, fingerprint) for line in block.lines)
        case Entries():
            yield entries_table(block.figures)


def _line(line: Line, fingerprint: str) -> Paragraph:
    said = fingerprint if line.id == PAGE_FINGERPRINT else line.words.text
    return Paragraph((Piece(f"{line.name}："), Piece(said, "strong")), "note")


def _paragraph(paragraph: model.Paragraph) -> Paragraph:
    if paragraph.role in {"signature", "failed"}:
        return Paragraph((Piece(line_by_line(paragraph.words.text)),), paragraph.role)
    pieces = [_piece(part) for part in paragraph.words.parts]
    for mark in paragraph.marks:
        pieces += [Piece(" "), Piece(mark, "pending")]
    if paragraph.basis:
        pieces.append(Piece(f"依据：{'；'.join(paragraph.basis)}", "basis"))
    return Paragraph(tuple(_joined(pieces)))


def _piece(part: Part) -> Piece:
    strong = isinstance(part, Styled) and part.role == "strong"
    return Piece(re.sub(r"\s+", " ", plain(part)), "strong" if strong else "")


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one role together; nothing of white space alone."""
    for role, together in groupby(pieces, key=lambda piece: piece.role):
        text = "".join(piece.text for piece in together)
        if text.strip():
            yield Piece(text, role)


def _figure(figure: model.Figure) -> Figure:
    return Figure(
        id=figure.id,
        number=figure.number,
        title=line_by_line(figure.title),
        alt=line_by_line(figure.alt),
        svg=figure.svg.replace("<svg ", '<svg stroke-linejoin="round" ', 1),
        reading=line_by_line(figure.reading.text),
        numbers=table(figure.numbers),
    )
