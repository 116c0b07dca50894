"""Fonts a project is given, inside a Word document: for the characters nobody else has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from markupsafe import escape

from helpers import fonts
from helpers.fonts.cutting import cut
from helpers.fonts.given import GivenFont

KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
HIDDEN = 32
"""Bytes at the beginning of an embedded font that the format mixes with its key."""


def embed(document: Any, given: Sequence[GivenFont]) -> None:  # noqa: ANN401 - python-docx has no type for it
    """Set what ours lack in the fonts given, and put these, cut to that, into the document."""
    texts = "".join(text.text or "" for text in document.element.iter(qn("w:t")))
    used = fonts.by_given(texts, given)
    for number, (font, characters) in enumerate(used.items(), 1):
        for run in list(document.element.iter(qn("w:r"))):
            _set_in(run, font.family, characters)
        _carry(document, font, cut(font.path, characters, None), number)
    if used:  # or Word leaves them out when it saves
        zoom = document.settings.element.find(qn("w:zoom"))
        zoom.addnext(OxmlElement("w:embedTrueTypeFonts"))


def _set_in(run: Any, family: str, characters: frozenset[str]) -> None:  # noqa: ANN401 - as above
    """Divide a run so that the characters stand in runs of their own, in that font."""
    if characters.isdisjoint("".join(text.text or "" for text in run.iter(qn("w:t")))):
        return
    for child in [child for child in run if child.tag != qn("w:rPr")]:
        for piece, rare in _pieces(child, characters):
            made = deepcopy(run)
            for old in [old for old in made if old.tag != qn("w:rPr")]:
                made.remove(old)
            made.append(piece)
            if rare:
                named = made.get_or_add_rPr().get_or_add_rFonts()
                for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                    named.set(qn(f"w:{script}"), family)
            run.addprevious(made)
    run.getparent().remove(run)


def _pieces(child: Any, characters: frozenset[str]) -> Iterator[tuple[Any, bool]]:  # noqa: ANN401 - as above
    """A part of a run, a text in pieces: each with whether it is of the characters."""
    if child.tag != qn("w:t"):
        yield child, False
        return
    rare = f"[{re.escape(''.join(sorted(characters)))}]"
    for piece in filter(None, re.split(f"({rare}+)", child.text or "")):
        text = OxmlElement("w:t")
        text.text = piece
        text.set(qn("xml:space"), "preserve")
        yield text, piece[0] in characters


def _carry(document: Any, font: GivenFont, data: bytes, number: int) -> None:  # noqa: ANN401 - as above
    """Put a font into the document, as Word does: its beginning mixed with a key."""
    key = hashlib.sha256(data).hexdigest()[:32].upper()
    guid = "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))
    mixed = bytes(a ^ b for a, b in zip(data[:HIDDEN], bytes.fromhex(key)[::-1] * 2, strict=False))
    name = PackURI(f"/word/fonts/given{number}.odttf")
    part = Part(name, KIND, mixed + data[HIDDEN:], document.part.package)
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    link = table.relate_to(part, RELATED)
    listed = (
        f'<w:font w:name="{escape(font.family)}">'
        f'<w:embedRegular r:id="{link}" w:fontKey="{{{guid}}}"/></w:font>'
    )
    table._blob = table.blob.replace(b"</w:fonts>", f"{listed}</w:fonts>".encode())  # noqa: SLF001 - it has no other way in
