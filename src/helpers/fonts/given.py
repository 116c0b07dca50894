"""Fonts a project is given: files in its `fonts/`, for the characters ours lack.

A font file is data from outside: it is read within limits, and whatever it breaks is reported as
a fault of that file.
"""

from __future__ import annotations

import hashlib
import io
import logging
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from helpers.errors import Place, UnreadableInputError

logging.getLogger("fontTools").setLevel(logging.CRITICAL)
"""What is odd about a font is no message of ours."""

FOLDER = "fonts"
NOTES = {".txt", ".md", ".pdf"}
"""Files that may lie beside a font: its licence, who gave it."""
OUTLINES = (b"\0\1\0\0", b"OTTO", b"true")
"""How a file with one font of outlines begins."""
LARGEST = 64_000_000
ALL_CHARACTERS = 0x110000
RANGES = {12, 13}
"""Formats of a map of characters that are lists of ranges."""
NOT_EMBEDDED, NOT_CUT = 0x0002, 0x0100
"""What a font may forbid in `OS/2.fsType`."""
LONGEST = 200


@dataclass(frozen=True)
class GivenFont:
    """A font file: its name from the root and its fingerprint, its own name and licence."""

    file: str
    path: Path
    sha256: str
    family: str
    licence: str

    @property
    def alias(self) -> str:
        """What page and charts call it; of its own, whatever the font calls itself."""
        return f"Report Given {self.sha256[:8]}"


def given_fonts(root: Path, *, outside: bool = False) -> tuple[GivenFont, ...]:
    """Read the fonts of a project, by name; `outside` allows links out of it.

    Raises `UnreadableInputError` for a file that is no font, or none that may be embedded.
    """
    return tuple(_each(root, outside=outside))


def _each(root: Path, *, outside: bool) -> Iterator[GivenFont]:
    for path in sorted((root / FOLDER).glob("*")):
        if path.name.startswith(".") or path.suffix.lower() in NOTES:
            continue
        file = f"{FOLDER}/{path.name}"
        if not outside and not path.resolve().is_relative_to(root.resolve()):
            raise _refused(file, "指向项目之外", "确需如此，用 report --outside")
        if not path.is_file() or path.suffix.lower() not in {".ttf", ".otf"}:
            raise _refused(file, "不是字体文件", "只放 .ttf 或 .otf，许可说明用 .txt")
        if path.stat().st_size > LARGEST:
            raise _refused(file, "文件过大", f"不超过 {LARGEST // 1_000_000} MB")
        yield _font(file, path, path.read_bytes())


def _font(file: str, path: Path, data: bytes) -> GivenFont:
    """Look into a font; whatever cannot be read of it is refused."""
    if not data.startswith(OUTLINES):
        raise _refused(file, "不是单个字体的文件", "请给 .ttf 或 .otf，不是字体集合或网页字体")
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            characters = _characters(font)
            rights = int(font["OS/2"].fsType)
            names = {number: font["name"].getDebugName(number) or "" for number in (1, 13, 14)}
            variable, drawn = "fvar" in font, {"glyf", "CFF "} & set(font.keys())
    except Exception:  # noqa: BLE001 - whatever a broken file makes of its reader
        raise _refused(file, "不是可读的字体文件", "文件可能已损坏") from None
    if rights & (NOT_EMBEDDED | NOT_CUT):
        raise _refused(file, "字体的许可不允许嵌入文件", "请换用允许嵌入的字体")
    if variable or not drawn or not characters:
        raise _refused(file, "不是单一字重的轮廓字体，或没有字", "请给固定字重的 .ttf 或 .otf")
    family, licence = _plain(names[1]), _plain(names[13] or names[14])
    return GivenFont(file, path, hashlib.sha256(data).hexdigest(), family or path.stem, licence)


def _characters(font: TTFont) -> int:
    """How many characters a font has; raises `ValueError` where it claims more than there are.

    A map of ranges is some bytes, and unrolled it may be billions.
    """
    table: bytes = font.reader["cmap"]
    (count,) = struct.unpack_from(">H", table, 2)
    for _, _, at in struct.iter_unpack(">HHL", table[4 : 4 + 8 * count]):
        if struct.unpack_from(">H", table, at)[0] in RANGES:
            (groups,) = struct.unpack_from(">L", table, at + 12)
            ranges = struct.iter_unpack(">LLL", table[at + 16 : at + 16 + 12 * groups])
            if sum(max(0, last - first) + 1 for first, last, _ in ranges) > ALL_CHARACTERS:
                raise ValueError(font)
    return len(font.getBestCmap())


def _plain(text: str) -> str:
    """A name of a font as one short line."""
    line = " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


@lru_cache(maxsize=256)
def drawn_by(font: GivenFont, characters: frozenset[str]) -> frozenset[str]:
    """Those of the characters that a font has, and draws more than nothing for.

    Raises `UnreadableInputError` where one cannot be drawn.
    """
    try:
        with TTFont(font.path, lazy=True) as opened:
            names, glyphs = opened.getBestCmap(), opened.getGlyphSet()
            found = []
            for char in characters & set(map(chr, names)):
                pen = BoundsPen(glyphs)
                glyphs[names[ord(char)]].draw(pen)
                if pen.bounds and names[ord(char)] != ".notdef":
                    found.append(char)
            return frozenset(found)
    except Exception:  # noqa: BLE001 - as above
        raise _refused(font.file, "不是可读的字体文件", "文件可能已损坏") from None


def _refused(file: str, problem: str, hint: str) -> UnreadableInputError:
    return UnreadableInputError(problem, place=Place(file), hint=hint)
