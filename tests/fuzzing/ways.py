"""Ways of writing whose meaning is known because they are put together here, piece by piece."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from helpers.inputs.schema import TABLES

WORDS = ("", "元", "万元", "%", "（%）", "约", "人", "kg", "5", ".", "-")
DIGITS = ("0", "0.00", "#,##0", "#,##0.00", "0.0##", "General", "0.00E+00", "#")
SCALED = ("0,", "#,##0,", "0.0,", "0!.0", "0!.0,", "0.0,,", "0\\.0", '0"."0')


def number_format(random: Random) -> tuple[str, str, Decimal]:
    """A format, what it shows of a value, and the value; nothing where it shows another one."""
    value = Decimal(random.choice(("0.5", "1234.5", "-7", "95.5", "23187.01839")))
    before, after = random.choice(WORDS), random.choice(WORDS[:-1])
    scaled = random.random() < 0.3
    digits = random.choice(SCALED if scaled else DIGITS)
    percent = random.random() < 0.2
    colour = random.choice(("", "", "[Red]", "[蓝色]", "[$-804]"))
    code = colour + _said(random, before) + digits + ("%" if percent else "") + _said(random, after)
    padded = random.random() < 0.3
    code = f"_ * {code}_ " if padded else code
    plain = before + after
    clear = (
        not scaled and not any(char in plain for char in "5.") and not ("-" in before and value > 0)
    )
    clear = clear and not ("-" in after and value > 0)
    size = abs(value) * (100 if percent else 1)
    text = f"{size:f}".rstrip("0").rstrip(".") if "." in f"{size:f}" else f"{size:f}"
    sign = "-" if value < 0 and "-" not in plain else ""
    shown = f"{sign}{before}{text}{'%' if percent else ''}{after}"
    return code, shown if clear else "", value


def _said(random: Random, words: str) -> str:
    """Words as a format holds them: quoted, or each character escaped."""
    if not words:
        return ""
    escape = random.choice(("\\", "!", ""))
    return "".join(escape + char for char in words) if escape else f'"{words}"'


UNITS = ("元", "万元", "千元", "亿元", "百万元", "十万元", "")
TELLING = (
    *("单位：{}", "单位:{}", "金额单位：{}", "金额单位 {}", "计量单位:人民币{}", "（{}）", "({})"),
    *(
        "（单位：{}）",
        "【{}】",
        "以{}为单位",
        "人民币{}",
        "{}",
        "单 位：{}",
        "金额（{}）",
        "金额/{}",
    ),
    *("编制单位：示例乡　单位：{}", "注：本表以{}为单位列示", "单位：{}（保留两位）"),
    *("预算表（单位：{}）", "單位：{}", "金额/{}"),
)
NOISE = (
    "",
    "2023年预算执行表",
    "编制单位：开元街道",
    "注：不足500元的不列",
    "编制日期：2024年元月",
)


def unit_texts(random: Random) -> tuple[list[str], str | None]:
    """Texts around a table, and the unit they tell; None where they must be refused."""
    units = [random.choice(UNITS) for _ in range(random.choice((0, 1, 1, 1, 2)))]
    mentions = [random.choice(TELLING).format(unit) for unit in units if unit]
    given = {unit for unit in units if unit}
    texts = [*mentions, random.choice(NOISE), random.choice(NOISE)]
    random.shuffle(texts)
    return texts, None if len(given) > 1 or given - {"元", "万元"} else "".join(given)


def file_name(random: Random) -> str:
    """The name of a table's file as people end up with it, or another one."""
    name = random.choice([spec.name for spec in TABLES])
    kind = random.choice((".csv", ".CSV", ".xlsx", ".xls", ".txt", ".csv.bak", ""))
    way = random.choice(
        ("{}", "{} ", " {}", "{}(1)", "{} (2)", "{}表", "{}2023", "副本{}", "{}-最终")
    )
    return way.format(name) + kind
