"""The executed notebooks of a report as its sections, and the figures they make themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.blocks.model import Heading, Paragraph
from helpers.blocks.words import Styled, words
from helpers.errors import Place, ReportError, SectionFailedError
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs import headings
from helpers.publishing.exporter import PerformanceReportExporter
from helpers.publishing.section import Section, SectionBlock, section_id
from helpers.run import Run


def read_sections(
    executed: Sequence[Path], run: Run, failed: dict[str, SectionFailedError]
) -> tuple[list[Section], Facts]:
    """The sections of executed notebooks, and the facts with those the notebooks made.

    Failures are by file name; a failed notebook gives its title, and what and why. One that
    shows anything but our own blocks has failed as well, and is added to the failures, as has
    one that cannot be read.
    """
    exporter, sections, made = PerformanceReportExporter(), list[Section](), dict[str, Number]()
    for path in executed:
        if path.name not in failed:
            place = Place(f"notebooks/{path.name}")
            try:
                section = exporter.read(path, run)
                _refuse_other_numbers(section, path, made, sections)
            except ReportError as error:
                problem, place, hint = error.problem, error.place or place, error.hint
            except Exception as error:  # noqa: BLE001 - whatever one section shows, the others go on
                problem, hint = f"不能放入报告（{type(error).__name__}）", "请查看该笔记本的输出"
            else:
                sections.append(section)
                made |= {number.id: number for number in section.numbers}
                continue
            failed[path.name] = SectionFailedError(problem, place=place, hint=hint)
        sections.append(_failed(path.stem, run, failed[path.name]))
    return sections, Facts({**run.facts, **made}) if made else run.facts


def _refuse_other_numbers(
    section: Section, path: Path, made: Mapping[str, Number], before: Sequence[Section]
) -> None:
    """Refuse a number whose id another notebook gave to another number, and a section twice."""
    if section.id in {each.id for each in before}:
        place, hint = Place(f"notebooks/{path.name}"), "文件名开头的两位数各不相同"
        raise ReportError(f"有两个笔记本的编号是“{path.name[:2]}”", place=place, hint=hint)
    for number in section.numbers:
        other = made.get(number.id, number)
        if other.to_json() != number.to_json():
            [where] = [each.title for each in before if other in each.numbers]
            raise ReportError(
                f"两个数的编号都是“{number.id}”：这里是{number.label} {number}，"
                f"“{where}”中是{other.label} {other}",
                place=Place(f"notebooks/{path.name}"),
                hint="换一个编号",
            )


def _failed(notebook: str, run: Run, error: SectionFailedError) -> Section:
    [title, *_] = titles(run, notebook)
    id = section_id(notebook)
    told = (
        words(Styled(f"{headings.part(title.numbered)}未能生成", "strong")),
        words(str(error)),
    )
    blocks: list[SectionBlock] = [
        Heading(1, title.text, f"{id}-title"),
        *(Paragraph(f"{id}-failed-{at}", each, "failed") for at, each in enumerate(told, 1)),
    ]
    return Section(id, title.text, run.contents.outline.is_annex(notebook), blocks)


def titles(run: Run, notebook: str) -> list[headings.Heading]:
    """The titles a notebook of a run has."""
    return [
        heading
        for heading in run.contents.headings
        if heading.level == 1 and Path(heading.place.file).stem == notebook
    ]
