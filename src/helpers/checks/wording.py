"""Checks on words: what an official text must not carry over, repeat, or claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.checks import years
from helpers.checks.figures import best_known
from helpers.checks.finding import Check, Finding, RunContents, table_texts, texts
from helpers.checks.glyphs import GLYPH_CHECKS
from helpers.checks.paragraphs import PARAGRAPH_CHECKS
from helpers.errors import Level, Place, brief
from helpers.figures.facts import Facts
from helpers.inputs.narrative import NAME_AND_FORM, PLACEHOLDER
from helpers.inputs.schema.evaluation import GROUPS

DOUBLED = ("的的", "了了", "和和", "是是", "在在", "与与", "及及", "对对", "为为")
LEFTOVERS = re.compile(
    r"\[bookmark|_Hlk|_GoBack|[Xx]{2,}|[×＊*]{2,}|待填写|此处|TODO|#REF|#DIV", re.IGNORECASE
)
OTHER_NAMES = ("本单位", "我单位", "本部门", "我部门", "我地区", "我乡", "我局", "我街道")
TREASURY = re.compile(r"专户")
PROJECT_BASIS = "项目支出绩效评价管理办法"
NOT_FIGURES = re.compile(
    r"《[^》]*》|〔\d{4}〕\d+号|\*100%|(?:19|20)\d\d\s*年|\d{1,2}(?:—\d{1,2})?月"
)
DIGITS = "[零〇一二两三四五六七八九十百千]"
FIGURE = re.compile(
    rf"\d[\d,.]*|百分之[点{DIGITS[1:-1]}]+"
    rf"|{DIGITS}+[余多几]?[万亿]?[余多]?[万亿]?元(?!化|结构|论)"
    rf"|[约近达超]{DIGITS}成|{DIGITS}成(?=以上|以下|左右|多)"
)
"""A figure in digits, or a rate, an amount or a share in Chinese numerals."""
RATE_WITHOUT_SIGN = re.compile(r"率[^，。；、%％]{0,12}?\d+(?:\.\d+)?(?![\d.%％])")

SATISFACTION_CLAIM = re.compile(
    r"(?<!未附)满意(?:度|率)[^，。；]{0,4}(?:较高|很高|良好|提升)|普遍满意|群众满意"
)
SMALL_DEVIATION_CLAIM = re.compile(
    r"偏离[^，。；]{0,4}(?:较低|较小|不大)|(?:设立|编制)[^，。；]{0,2}(?:全面|准确|合理)"
)
ALL_MET_CLAIM = re.compile(
    r"(?:目标|指标|任务)[^，。；]{0,6}(?:全部|全面|均已)(?:完成|达成|实现)"
    r"|(?:全部|全面)(?:完成|达成|实现)[^，。；]{0,8}(?:目标|指标)"
)
RISE, FALL = ("增长", "提高", "上升", "增加"), ("下降", "减少", "降低")


def _each(pattern: re.Pattern[str], checked: RunContents) -> Iterator[tuple[Place, str]]:
    """Give the place and the hit of every match of a pattern in the run's texts."""
    for place, text in texts(checked):
        for match in pattern.finditer(text):
            yield place, match[0]


def doubled_words(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find words typed twice."""
    for place, hit in _each(re.compile("|".join(DOUBLED)), checked):
        yield Finding(name, "warning", place, f"“{hit}”疑为叠字")


def leftovers(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find what a conversion or a template left behind."""
    for place, hit in _each(LEFTOVERS, checked):
        yield Finding(name, "error", place, f"“{hit}”是转换残留或未填的占位符", "请删去或补全")
    known = {*checked.facts, *checked.words, *(fact.label for fact in checked.facts.values())}
    for place, text in table_texts(checked):
        for found in PLACEHOLDER.finditer(text):
            if named := NAME_AND_FORM.fullmatch(found[1]):
                problem = f"“{brief(found[0])}”会照样印出：占位符只在“叙述”中填入"
                level: Level = "error" if named[1] in known else "warning"
                yield Finding(name, level, place, problem, "写成文字，或把这句话移到“叙述”")


def one_name(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find other names for the body than the one in the parameters."""
    for place, hit in _each(re.compile("|".join(OTHER_NAMES)), checked):
        yield Finding(name, "warning", place, f"“{hit}”应统一为单位名称", "写作 {department}")


def text_years(checked: RunContents, name: str) -> Iterator[Finding]:
    """Judge the years typed into texts by their activity."""
    now = checked.params.year
    for place, text in texts(checked):
        for mention in years.mentions(text):
            if not years.fits(mention.words, mention.year, now):
                problem = f"“{mention.year}年{mention.words[:12]}”与报告年度 {now} 不符"
                yield Finding(name, "warning", place, problem, "请核实年度", years.PENDING)
            elif mention.year in {now, now - 1}:
                problem = f"“{mention.year}年”是手工填写的年度，来年会过时"
                yield Finding(name, "note", place, problem, "写作 {year}年 或 {last_year}年")


def typed_figures(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find figures typed into texts instead of filled in from facts."""
    in_tables = {place for place, _ in table_texts(checked)}
    for place, text in texts(checked):
        for match in FIGURE.finditer(NOT_FIGURES.sub("", PLACEHOLDER.sub("", text))):
            long = "，且超过两位小数" if len(match[0].partition(".")[2]) > 2 else ""
            problem = f"“{match[0]}”是手工填写的数字{long}，未经计算和核对"
            hint = "请核对，或不写数字" if place in in_tables else "填入数据表，此处写 {名称}"
            yield Finding(name, "warning", place, problem, hint)


def rate_sign(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find rates typed without their % sign."""
    for place, hit in _each(RATE_WITHOUT_SIGN, checked):
        yield Finding(name, "warning", place, f"“{hit}”的比率没有标%")


def claims(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find judgements without data, and judgements the data contradict."""
    own = [each for each in checked.evaluation.indicators if each.kind == "服务对象满意度"]
    if not any(checked.facts[each.id].defined for each in own):
        for place, hit in _each(SATISFACTION_CLAIM, checked):
            problem = f"“{hit}”没有满意度数据支撑"
            yield Finding(name, "warning", place, problem, "补充调查数据或删去")
    yield from _all_met(checked, name)
    limit, variance = (
        checked.params.threshold("variance_rate_ceiling"),
        best_known(checked, "budget_variance_rate"),
    )
    if limit is not None and variance.defined and abs(variance.known) > limit:
        for place, hit in _each(SMALL_DEVIATION_CLAIM, checked):
            problem = f"“{hit}”与部门预决算差异率 {variance.display} 不符"
            yield Finding(name, "warning", place, problem)
    for place, text in texts(checked):
        for word, id in re.findall(r"(\w\w)\{([a-z][a-z0-9_]*_growth)\}", text):
            yield from _direction(name, place, word, id, checked.facts)


def _all_met(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold a claim that everything was reached against the indicators that were not."""
    counts = [
        (checked.facts[f"{group}_count"], checked.facts[f"{group}_met"])
        for group in GROUPS.values()
    ]
    missed = sum(judged.known - met.known for judged, met in counts if judged.defined)
    if missed:
        for place, hit in _each(ALL_MET_CLAIM, checked):
            problem = f"“{hit}”与数据不符：有 {missed} 项指标未达到指标值"
            yield Finding(name, "warning", place, problem, mark="与数据不符")


def _direction(name: str, place: Place, word: str, id: str, facts: Facts) -> Iterator[Finding]:
    """Compare a typed 增长 or 下降 with the sign of the growth it stands before."""
    if id not in facts or not facts[id].defined:
        return
    growth = facts[id]
    if (word in RISE and growth.known < 0) or (word in FALL and growth.known > 0):
        problem = f"“{word}”与数据不符：{growth.label}为 {growth.display}"
        yield Finding(name, "warning", place, problem, f"写作 {{{id}:增减}}")


def queries(checked: RunContents, name: str) -> Iterator[Finding]:
    """Put to a person what no program can decide."""
    for place, _ in _each(TREASURY, checked):
        yield Finding(name, "note", place, "提到专户管理，国库集中支付下请人工核实")
    for place, _ in _each(re.compile(PROJECT_BASIS), checked):
        problem = "引用的是项目支出的办法，作为部门整体评价的依据请人工核实"
        yield Finding(name, "note", place, problem)


SPELLING_CHECKS = (
    *GLYPH_CHECKS,
    *PARAGRAPH_CHECKS,
    Check("叠字", "没有叠字", doubled_words),
    Check("残留", "没有转换残留和未填的占位符", leftovers),
    Check("单位名称", "单位名称全文统一", one_name),
    Check("文字年度", "文字中的年度与报告年度相符", text_years),
    Check("手工数字", "文字中没有手工填写的数字", typed_figures),
    Check("文字百分号", "文字中的比率都标%", rate_sign),
)
WORDING_CHECKS = (
    *SPELLING_CHECKS,
    Check("判断与数据", "判断有数据支撑，且与数据相符", claims),
    Check("人工核实", "须由人判断的说法都列出", queries),
)
