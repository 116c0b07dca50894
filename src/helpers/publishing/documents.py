"""What a build hands out: the page of each edition asked for, and its paper forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.publishing.editions import PUBLIC, REVIEW, Edition
from helpers.publishing.formats import OutputFormats
from helpers.publishing.material import Material
from helpers.publishing.page import edition_body, render_page

if TYPE_CHECKING:
    from helpers.publishing.paper.blocks import Document  # paper is slow to import


def documents(material: Material, formats: OutputFormats) -> Iterator[tuple[str, bytes]]:
    """Make everything asked for; gives names and contents."""
    for edition in (REVIEW, PUBLIC) if formats.public else (REVIEW,):
        body = edition_body(material, edition)
        page = render_page(material, edition, body)
        yield f"{edition.stem}.html", page.text.encode()
        if formats.pdf or formats.word:
            from helpers.publishing.paper.document import paper_document

            document = paper_document(material.run, edition, body, page.fingerprint)
            yield from _on_paper(material, edition, document, formats)


def _on_paper(
    material: Material, edition: Edition, document: Document, formats: OutputFormats
) -> Iterator[tuple[str, bytes]]:
    from helpers.publishing.paper import forms, pdf, word

    if formats.pdf:
        yield f"{edition.stem}.pdf", pdf.typeset(document, material.run.fonts)
    if formats.word:
        yield f"{edition.stem}.docx", word.write_word(document, material.run.fonts)
    if formats.word and edition is REVIEW:
        yield from forms.official_forms(material.run, document)
