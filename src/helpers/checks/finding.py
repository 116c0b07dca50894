"""What a check looks at and what it says: `RunContents` in, `Finding`s out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from helpers.errors import LEVELS, Level, Place, ReportError, visible
from helpers.evaluation.evaluate import Evaluation
from helpers.figures.facts import Facts
from helpers.inputs.headings import Cell, Heading
from helpers.inputs.narrative import Paragraph
from helpers.inputs.outlines import Outline
from helpers.inputs.params import Params
from helpers.inputs.raw_tables import UnusedInput
from helpers.inputs.schema.evaluation import ELEMENTS
from helpers.inputs.survey_answers import Answers
from helpers.inputs.tables import Table

CELLS, UNUSED = "单元格", "未读入"
"""What reading finds, before any check: cells that are wrong, and what no table reads."""


@dataclass(frozen=True)
class RunContents:
    """Everything of a run that a check may look at."""

    params: Params
    tables: dict[str, Table]
    answers: Answers
    evaluation: Evaluation
    last_year_tables: dict[str, Table]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Paragraph, ...]
    """Those the notebooks say, as templates."""
    stray_names: tuple[tuple[Place, str], ...]
    """What a notebook gives to a sentence by a name for which there is no place in it."""
    outline: Outline
    headings: tuple[Heading, ...]
    cells: tuple[Cell, ...]
    paragraph_keys: frozenset[str]
    """The keys by which the project's notebooks ask for paragraphs, those of no use here too."""
    unprintable: Callable[[str], list[str]]
    """The characters of a text that no font of the report has."""
    other_departments: Mapping[str, str]
    """The other departments of the project, each with a file of parameters that names it."""
    bodies_of_source: Mapping[str, str]
    """The 机构 of the other department a run was started from, each with the file that has it."""

    @property
    def facts(self) -> Facts:
        """The ledger."""
        return self.evaluation.facts

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.outline.title_of(self.params)

    @property
    def words(self) -> dict[str, str]:
        """The placeholders that are words of the run rather than facts."""
        sheet = self.evaluation.sheet
        return {
            "year": str(self.params.year),
            "last_year": str(self.params.year - 1),
            "department": self.params.department,
            "total_label": sheet.total_label,
            "grade": sheet.grade or "暂不评定",
            "checked_months": "1—7月",
        }


@dataclass(frozen=True)
class Finding:
    """One thing a check found: which check, how grave, where, what, and what to do.

    `mark` is put beside the text at that place in the report, where there is one. A `gap` is
    something not yet given or confirmed, which a draft may lack; `blanks` are the cells and
    tables it follows from, which are found themselves.
    """

    check: str
    level: Level
    place: Place
    problem: str
    hint: str = ""
    mark: str = ""
    gap: bool = False
    blanks: tuple[Place, ...] = ()

    @classmethod
    def of_error(cls, error: ReportError, check: str = CELLS) -> Finding:
        """The finding an input error is."""
        place = error.place or Place("数据")
        return cls(check, "error", place, error.problem, error.hint, gap=error.gap)

    @classmethod
    def of_unused(cls, unused: UnusedInput) -> Finding:
        """The finding that nothing reads a file, a sheet or a column."""
        hint = f"是否应为“{unused.resembles}”" if unused.resembles else "不需要的请移走或删去"
        return cls(UNUSED, "warning", unused.place, unused.problem, hint)

    def __str__(self) -> str:
        hint = f"（{self.hint}）" if self.hint else ""
        return visible(f"{LEVELS[self.level]} {self.check} {self.place}：{self.problem}{hint}")


@dataclass(frozen=True)
class Check:
    """A check by name, with what it promises; `find` gives findings and changes nothing."""

    name: str
    promise: str
    find: Callable[[RunContents, str], Iterator[Finding]]


def texts(checked: RunContents) -> Iterator[tuple[Place, str]]:
    """Give every piece of free text that reaches the page, with its place."""
    for paragraph in (*checked.sentences, *checked.paragraphs):
        yield paragraph.place, paragraph.text
    for cell in checked.cells:
        if cell.kind == "markdown":
            yield from ((cell.place, line) for line in cell.text.splitlines() if line[:1] != "#")
    yield from table_texts(checked)


def table_texts(checked: RunContents) -> Iterator[tuple[Place, str]]:
    """Give the texts of tables that reach the page as they are: nothing is filled in there."""
    for name, columns in {
        "问题与措施": ("问题", "原因", "措施"),
        "比率说明": ("原因说明",),
        "评分说明": ("原因",),
        "职责": ("职责",),
        "指标完成": ("偏差原因", "认定理由"),
        "项目自评": ("偏差原因",),
        "管理情况": ("要求", "情况", "发现问题", "扣分理由"),
        "整体绩效目标": ("绩效目标", *ELEMENTS),
        "项目目标申报": ELEMENTS,
        "运行监控": ("原因说明", "措施"),
        "调查设计": ("结果应用",),
        "整改台账": ("问题", "原因", "措施", "与下年预算挂钩", "经验做法"),
    }.items():
        table = checked.tables[name]
        for line in table.lines:
            for column in columns:
                if text := table.string(line, column):
                    yield table.source(line, column).place, text
