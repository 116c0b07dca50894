"""What a build hands out: the page of each edition asked for, and its paper forms."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.publishing.editions import PUBLIC, REVIEW, Edition
from helpers.publishing.formats import OutputFormats
from helpers.publishing.page import Body, Material, edition_body, render_page


def documents(material: Material, formats: OutputFormats) -> Iterator[tuple[str, bytes]]:
    """Make everything asked for; gives names and contents."""
    for edition in (REVIEW, PUBLIC) if formats.public else (REVIEW,):
        body = edition_body(material, edition)
        yield f"{edition.stem}.html", render_page(material, edition, body).encode()
        if formats.pdf or formats.word:
            yield from _on_paper(material, edition, body, formats)


def _on_paper(
    material: Material, edition: Edition, body: Body, formats: OutputFormats
) -> Iterator[tuple[str, bytes]]:
    from helpers.publishing.paper import forms, pdf, word
    from helpers.publishing.paper.document import read_document

    document = read_document(material.run.params, edition, body.html)
    if formats.pdf:
        yield f"{edition.stem}.pdf", pdf.typeset(document, material.run.fonts)
    if formats.word:
        yield f"{edition.stem}.docx", word.write_word(document, material.run.fonts)
    if formats.word and edition is REVIEW:
        yield from forms.official_forms(material.run, document)
