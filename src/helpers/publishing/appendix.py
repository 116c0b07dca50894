"""The last annex, 数据来源及复核说明: inputs, findings, and every fact with all behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from helpers import fonts
from helpers.blocks.model import Grid, Heading, Paragraph
from helpers.blocks.words import words
from helpers.checks import checks_of
from helpers.checks.finding import CELLS, UNUSED
from helpers.errors import LEVELS
from helpers.publishing.material import Material
from helpers.publishing.page_fingerprint import PAGE_FINGERPRINT
from helpers.publishing.section import APPENDIX, Entries, Line, Listing, Section, SectionBlock
from helpers.run import InputFile, Run

TITLE = "数据来源及复核说明"
FOUND = "以下由程序逐项检查得出。警告须说明或改正，提示供核对。"
LISTED = "列出本报告全部数字。比率的精确值除不尽时写作分数；以万元为单位的金额精确到分。"


def appendix(material: Material) -> Section:
    """The appendix as a section; its page's fingerprint is not known yet."""
    run = material.run
    blocks: list[SectionBlock] = [
        Heading(1, TITLE, f"{APPENDIX}-title"),
        Heading(2, "输入文件", f"{APPENDIX}-inputs"),
        Paragraph("", words(_outline(run))),
        _inputs(material.inputs),
        _fingerprints(material),
        *([_fonts(run)] if run.fonts else []),
        Heading(2, "复核发现", f"{APPENDIX}-findings"),
        Paragraph("", words(FOUND)),
        _findings(run),
        _checks(run),
        Heading(2, "数据项", f"{APPENDIX}-facts"),
        Paragraph("", words(LISTED)),
        Entries(tuple(run.facts.values())),
    ]
    return Section(APPENDIX, TITLE, annex=True, blocks=blocks)


def _outline(run: Run) -> str:
    outline = run.contents.outline
    unconfirmed = "" if outline.confirmed else "，未核实"
    return f"报告结构：{outline.name}（{outline.source}{unconfirmed}）。"


def _fingerprints(material: Material) -> Listing:
    made = material.made
    report = hashlib.sha256(material.facts.encode()).hexdigest()
    return Listing(
        "fingerprints",
        (
            Line("输入指纹", words(made.inputs)),
            Line("版本清单指纹", words(made.pins or "无")),
            Line("程序和笔记本指纹", words(made.code)),
            Line("报告指纹（facts.json）", words(report), "fingerprint"),
            Line("网页指纹", words(), PAGE_FINGERPRINT),
        ),
    )


def _inputs(inputs: Sequence[InputFile]) -> Grid:
    rows = [
        (file.file, "—" if file.rows is None else str(file.rows), file.sha256 or "未提供")
        for file in inputs
    ]
    return Grid("table-inputs", "输入文件", ("文件", "行数", "SHA-256"), rows)


def _fonts(run: Run) -> Grid:
    """The fonts the project was given; of what they say of themselves, what can be printed."""
    rows = [
        tuple(
            "".join(char for char in text if not fonts.missing(char, run.fonts))
            for text in (font.file, font.family, font.licence or "未写明", font.sha256)
        )
        for font in run.fonts
    ]
    return Grid("table-fonts", "项目自备的字体", ("文件", "字体", "许可", "SHA-256"), rows)


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
    return Grid("table-checks", "检查结果", ("检查", "保证", "结果"), rows)


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
    return Grid("table-findings", "复核发现", head, rows or [("无", "", "", "")])
