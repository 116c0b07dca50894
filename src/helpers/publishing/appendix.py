"""The last annex, 数据来源及复核说明: inputs, findings, and every fact with all behind it."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment

from helpers import fonts
from helpers.checks import checks_of
from helpers.checks.finding import CELLS, UNUSED
from helpers.errors import LEVELS
from helpers.figures.cell import Cell
from helpers.figures.number import Number
from helpers.inputs.fingerprints import SourceFingerprints
from helpers.notebook.grid import Grid
from helpers.run import InputFile, Run

MOST_SOURCES = 12
ROUNDINGS = {"half_up": "四舍五入", "down": "向下舍入", "up": "向上舍入"}


def appendix(
    environment: Environment,
    run: Run,
    inputs: Sequence[InputFile],
    made: SourceFingerprints,
    fingerprint: str,
) -> str:
    """The appendix as a section of the page."""
    return environment.get_template("appendix.html.j2").render(
        inputs=_inputs(inputs).html(),
        made=made,
        fingerprint=fingerprint,
        fonts=_fonts(run).html() if run.fonts else None,
        checks=_checks(run).html(),
        findings=_findings(run).html(),
        facts=run.facts,
        sources=_sources,
        rounding=_rounding,
    )


def _inputs(inputs: Sequence[InputFile]) -> Grid:
    rows = [
        (file.file, "—" if file.rows is None else str(file.rows), file.sha256 or "未提供")
        for file in inputs
    ]
    return Grid("inputs", "输入文件", ("文件", "行数", "SHA-256"), rows)


def _fonts(run: Run) -> Grid:
    """The fonts the project was given; of what they say of themselves, what can be printed."""
    rows = [
        tuple(
            "".join(char for char in text if not fonts.missing(char, run.fonts))
            for text in (font.file, font.family, font.licence or "未写明", font.sha256)
        )
        for font in run.fonts
    ]
    return Grid("fonts", "项目自备的字体", ("文件", "字体", "许可", "SHA-256"), rows)


def _checks(run: Run) -> Grid:
    rows = []
    for name, promise in [
        (CELLS, "单元格写法正确，必填不空"),
        (UNUSED, "数据文件夹中的文件、工作表和列都已读入"),
        *((c.name, c.promise) for c in checks_of(run.params)),
    ]:
        levels = [finding.level for finding in run.findings if finding.check == name]
        counted = [
            f"{word}{levels.count(level)}项" for level, word in LEVELS.items() if level in levels
        ]
        rows.append((name, promise, "、".join(counted) or "通过"))
    return Grid("checks", "检查结果", ("检查", "保证", "结果"), rows)


def _findings(run: Run) -> Grid:
    rows = [
        (
            LEVELS[finding.level],
            finding.check,
            f"{finding.problem}（{finding.hint}）" if finding.hint else finding.problem,
            str(finding.place),
        )
        for finding in sorted(run.findings, key=lambda finding: list(LEVELS).index(finding.level))
    ]
    head = ("级别", "检查", "发现", "位置")
    return Grid("findings", "复核发现", head, rows or [("无", "", "", "")])


def _rounding(fact: Number) -> str:
    return (
        f"{ROUNDINGS[fact.rounding]}，保留{fact.decimals}位小数"
        if fact.decimals
        else ROUNDINGS[fact.rounding]
    )


def _sources(fact: Number) -> list[str]:
    """The first cells for a reader; those of one column and text once, by their lines."""
    alike: dict[tuple[str, str, str], list[Cell]] = {}
    for source in fact.sources:
        alike.setdefault((source.place.file, source.place.column, source.text), []).append(source)
    lines = [
        f"{_places(file, column, sources)}：{text or '（空）'}"
        for (file, column, text), sources in alike.items()
    ]
    rest = (
        [f"等共{len(fact.sources)}个单元格，逐个列在 facts.json"]
        if len(lines) > MOST_SOURCES
        else []
    )
    return [*lines[:MOST_SOURCES], *rest]


def _places(file: str, column: str, sources: Sequence[Cell]) -> str:
    """A file, its lines and its column, as far as they are known."""
    lines = [str(source.place.line) for source in sources if source.place.line]
    return (
        file + (f" 第{'、'.join(lines)}行" if lines else "") + (f"“{column}”列" if column else "")
    )
