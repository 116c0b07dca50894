"""Which characters a text may hold: those a reader sees, and plain white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

SPACES = f" \t\u00a0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u202f\u205f\u3000"
"""White space within a line; `\\n` alone ends a line."""

WHITE = re.compile(f"[{SPACES}\n]")
AROUND = SPACES + "\n\r"

UNSEEN = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\ufffc\ufffd\U000e0000-\U000e0fff]"
)
"""What Unicode calls letters, marks and symbols although nobody sees them, or what they stand for:
fillers, selectors of variants, tags, placeholders of what was lost."""

RARE_HAN = re.compile(r"[\U00020000-\U0002fffd\U00030000-\U0003fffd]")
"""The planes of rare Han characters: names hold some that Python's tables do not know yet."""

NAMES = {
    "\u00ad": "软连字符",
    "\u061c": "阿拉伯文方向标记",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u2060": "零宽不折行",
    "\ufeff": "文件开头的标记",
    "\ufffd": "未能识别的字",
}
CATEGORIES = {
    "Cc": "控制字符",
    "Cf": "看不见的格式符",
    "Cn": "没有定义的字符",
    "Co": "私用字符，各处显示不同",
    "Cs": "不成字的编码",
    "Zl": "行分隔符",
    "Zp": "段分隔符",
}
"""Categories of Unicode of which no text of a report needs a character."""


def fault(char: str) -> str:
    """What is wrong with a character, in Chinese; empty where a reader sees what it is."""
    if WHITE.match(char) or RARE_HAN.match(char):
        return ""
    problem = CATEGORIES.get(
        unicodedata.category(char), "看不见的字符" if UNSEEN.match(char) else ""
    )
    return problem and NAMES.get(char, problem)


def first_fault(text: str) -> str:
    """The first character that may not stand in a text, by its number and name; empty if none."""
    if text.isprintable() and not UNSEEN.search(text):
        return ""
    found = next(filter(fault, text), "")
    return f"U+{ord(found):04X}（{fault(found)}）" if found else ""


def trimmed(text: str) -> str:
    """A text without the plain white space around it; nothing else is taken off."""
    return text.strip(AROUND)


def named(text: str) -> str:
    """A text with every character that may not stand in one replaced by its number."""
    if not first_fault(text):
        return text
    return "".join(f"<U+{ord(char):04X}>" if fault(char) else char for char in text)


NO_GLYPH_HINT = "换用通用字，或把含有这些字的字体文件（.ttf 或 .otf）放入项目的 fonts 文件夹"
"""What to do about a character that no font has."""


def by_itself(characters: Collection[str]) -> str:
    """Characters for a person to read: those that cannot be seen alone by their number."""
    unseen = {char for char in characters if unicodedata.category(char)[0] in "CMZ"}
    return " ".join(f"U+{ord(char):04X}" if char in unseen else char for char in characters)
