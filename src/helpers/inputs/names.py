"""Names of files, sheets and columns compared as people mistype them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from helpers.errors import ReportError

T = TypeVar("T")

_TRADITIONAL = (
    "產産內寫決況憑別務動單發變敘號員備實對層屬應開總執報數無時條標滿點現監盤碼稱類級組細織經結績編繳職營補計"
    "認設證評說調財責賬資轉過運釋鉤長問際項預領題額驗據萬圓術證與為賑帳購費質濟來達進狀"
)
_SIMPLIFIED = (
    "产产内写决况凭别务动单发变叙号员备实对层属应开总执报数无时条标满点现监盘码称类级组细织经结绩编缴职营补计"
    "认设证评说调财责账资转过运释钩长问际项预领题额验据万元术证与为账账购费质济来达进状"
)
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""Traditional forms of the characters in the names of our tables and columns."""

_UNIT = re.compile(r"[(\[【](?:单位:?)?[十百千万亿]*元[)\]】]")
_COPY = re.compile(r"[(\[【][^)\]】]*[)\]】]|副本|copy|[-_\s.·]|\d+$")
ALIKE = 0.6


def folded(name: str) -> str:
    """A name without what sets two spellings of it apart.

    Width, case, traditional forms, white space, invisible characters, brackets with what is
    in them, the marks of a copy.
    """
    narrow = unicodedata.normalize("NFKC", name).casefold().translate(SIMPLIFIED)
    seen = "".join(char for char in narrow if char.isprintable())
    return _COPY.sub("", _UNIT.sub("", seen))


def same(name: str, other: str) -> bool:
    """Whether two names are one but for the way they are written."""
    return folded(name) == folded(other)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like another, or empty where none is like it."""
    ours = folded(name)
    rated = ((SequenceMatcher(None, ours, folded(each)).ratio(), each) for each in known)
    ratio, best = max(rated, default=(0, ""))
    return best if ratio >= ALIKE else ""


def known(registry: Mapping[str, T], name: str, kind: str) -> T:
    """What stands under a name; raises `ReportError` with the nearest name, or all there are."""
    if name not in registry:
        near = nearest(name, list(registry))
        hint = f"是否应为“{near}”" if near else f"可用：{'、'.join(registry)}"
        raise ReportError(f"没有名为“{name}”的{kind}", hint=hint)
    return registry[name]
