"""The unit a table tells its amounts in: every 元 around the table understood, or refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from helpers.figures.exact import WAN
from helpers.inputs.names import SIMPLIFIED

YUAN = "元"
YUAN_IN_WAN = 10_000

_UNIT = r"(?P<unit>[十百千万亿]*\s*元)"
_UNIT_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"单\s*位\s*(?:为|是|[:：])?\s*[(（]?\s*(?:人民币)?\s*{_UNIT}(?![\u4e00-\u9fff])",
        rf"[(\[【〔「“\"]\s*(?:人民币|金额)?[:：]?\s*{_UNIT}\s*[)\]】〕」”\"]",
        rf"^(?:人民币)?\s*{_UNIT}$",
        rf"[以按]\s*(?:人民币)?\s*{_UNIT}\s*(?:为|作|计|列|填|反映)",
        rf"人民币\s*{_UNIT}(?![\u4e00-\u9fff])",
        rf"(?<=[\u4e00-\u9fff])\s*[,、/_:\-]\s*(?:人民币)?\s*{_UNIT}$",
    )
]
"""The ways of telling a unit: 单位：元, （万元）, 元, 以万元为单位, 人民币元, 金额/元."""

_ENDS = "省|市|县|区|旗|乡|镇|街道|村|社区|局|委|办|院|校|所|站|中心|公司|政府"
_NO_UNIT = re.compile(
    r"\d\s*[十百千万亿]*\s*元(?!\s*[为计])"  # an amount
    r"|(?:元\s*)?(?:转换|换算|折算|折合|转)\s*[为成]?\s*万\s*元"  # why sums are off by a little
    r"|单元|多元|二元|元旦|元月|元宵|元素|公元|元件|元器件|纪元|元首|状元|元老|次元|元年"
    r"|(?<![\u4e00-\u9fff])(?:(?!单位|金额|数额|数字|[币均用以按为计是填])[\u4e00-\u9fff]){0,20}元"
    rf"[\u4e00-\u9fff]{{0,12}}(?:{_ENDS})"
)
"""Amounts, words, and names of places and bodies that hold a 元."""

_OTHER = re.compile(
    r"(?<!编制)(?<!填报)(?<!填表)(?<!编报)(?<!主管)(?<!预算)(?<!实施)(?<!责任)(?<!评价)(?<!部门)"
    r"单\s*位\s*[:：]\s*(?:人民币)?\s*(?P<unit>[^\s,，;；。)]+)"
)
_FOREIGN = re.compile(
    r"\b(?:yuan|rmb|cny|usd|hkd|units?|thousands?|millions?|billions?)\b|\d\s*k\b|[¥$€£]"
    r"|[万亿千百]圆|人民币圆|[(\[【〔]\s*(?!十\s*[)\]】〕])[十百千万亿圆]+\s*[)\]】〕]"
    r"|(?:单\s*位|金\s*额|数\s*额|计\s*量)\s*[为是:]?\s*[(\[]?\s*[十百千万亿圆]+(?![\u4e00-\u9fff])",
    re.IGNORECASE,
)
"""Foreign money, and multiples that leave the 元 to be guessed; （十） is the number of an item."""
_BODY = re.compile(rf".*(?:{_ENDS}|部|厅|处|会|队|团|库|馆)")


class UnitError(ValueError):
    """A mention that is not understood, or a unit we do not convert; its text is the reason."""


def stated_unit(texts: Iterable[str]) -> str:
    """The unit that the texts around a table tell: 元, 万元, or empty where none tells any.

    Raises `UnitError` for another unit, for two different ones, and for a 元 that is neither
    a unit stated in a known way nor part of an amount, a word or a name.
    """
    folded = (unicodedata.normalize("NFKC", text).translate(SIMPLIFIED) for text in texts if text)
    found = {unit for text in folded for unit in _units(text)}
    if strange := sorted(found - {WAN, YUAN}):
        raise UnitError(f"单位“{strange[0]}”不能识别")
    if len(found) > 1:
        raise UnitError("写有“元”和“万元”两种单位")
    return next(iter(found), "")


def _units(text: str) -> list[str]:
    """Every unit a text tells."""
    found, rest = [], text
    for pattern in _UNIT_PATTERNS:
        found += [re.sub(r"\s", "", each["unit"]) for each in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    if "元" in _NO_UNIT.sub("", rest):
        raise UnitError(f"“{text[:40]}”中的“元”不知是不是金额单位")
    if not found and (foreign := _FOREIGN.search(rest)):
        raise UnitError(f"“{text[:40]}”中的“{foreign[0]}”不知是不是金额单位")
    others = [] if found else [each["unit"] for each in _OTHER.finditer(rest)]
    return found + [unit for unit in others if not _BODY.fullmatch(unit)]
