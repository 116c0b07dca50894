"""Fonts cut down to the characters of a document."""

import brotli
import pytest
from fontTools.ttLib import woff2

from helpers import fonts
from helpers.fonts import cutting


def test_the_quality_of_compression_is_ours_for_the_call_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """FontTools asks the module it imported for `compress`; afterwards that is brotli again."""
    asked: list[int] = []

    def compress(data: bytes, mode: int) -> bytes:
        asked.append(len(data))
        return brotli.compress(data, mode, quality=cutting.QUALITY)

    monkeypatch.setattr(cutting._Brotli, "compress", staticmethod(compress))  # noqa: SLF001 - whether fontTools asks it
    cut = cutting.cut(fonts.path("Regular"), frozenset("预算"), "woff2")
    assert cut.startswith(b"wOF2")
    assert len(asked) == 1
    assert woff2.brotli is brotli
