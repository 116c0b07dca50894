"""What a build hands out: the page of each edition asked for, and its paper forms."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.publishing.editions import PUBLIC, REVIEW, Edition
from helpers.publishing.formats import Asked
from helpers.publishing.page import Body, Material, edition_body, render_page


def documents(material: Material, asked: Asked) -> Iterator[tuple[str, bytes]]:
    """Make everything asked for; gives names and contents."""
    for edition in (REVIEW, PUBLIC) if asked.public else (REVIEW,):
        body = edition_body(material, edition)
        yield f"{edition.stem}.html", render_page(material, edition, body).encode()
        if asked.pdf or asked.word:
            yield from _on_paper(material, edition, body, asked)


def _on_paper(
    material: Material, edition: Edition, body: Body, asked: Asked
) -> Iterator[tuple[str, bytes]]:
    from helpers.publishing.paper import forms, pdf, word
    from helpers.publishing.paper.document import read_document

    document = read_document(material.run.params, edition, body.html)
    if asked.pdf:
        yield f"{edition.stem}.pdf", pdf.typeset(document, material.run.fonts)
    if asked.word:
        yield f"{edition.stem}.docx", word.write_word(document, material.run.fonts)
    if asked.word and edition is REVIEW:
        yield from forms.official_forms(material.run, document)
