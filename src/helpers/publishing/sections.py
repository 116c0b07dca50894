"""One executed notebook → its section: Markdown and the blocks of its outputs, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from helpers.blocks import travelling
from helpers.blocks.model import Block, Card, Figure, Grid, Heading, Paragraph, sentence_id
from helpers.errors import Place, ReportError
from helpers.figures import travelling as numbers
from helpers.figures.number import Number
from helpers.inputs.outlines import Outline
from helpers.inputs.sections import INJECTED, PARAMETERS
from helpers.publishing.bare_headings import settled
from helpers.publishing.markdown import ForeignError, prose
from helpers.publishing.section import Section, section_id

Json = Mapping[str, Any]
OURS = {travelling.MIME, "text/html", "text/plain"}
"""What an output of ours consists of; the page is made of the first alone."""

HOW = (
    "写进报告用 report.say、report.show、report.figure；只给自己看的，"
    "给单元格加标签 remove-output：JupyterLab 右侧齿轮，Cell Tags；"
)


def section_of(
    notebook: Json, name: str, figures: Mapping[str, Number], outline: Outline
) -> Section:
    """The section of an executed notebook by its name, its numbers those of the run.

    Its headings are worded as in the outline, and what the report does not have is left out.

    Raises `ReportError` where a cell shows anything but our own blocks, or Markdown is more
    than headings and paragraphs, where numbers are others than the run's, or blocks have one
    id. No HTML of others enters a page.
    """
    reader = _Reader(name, figures, outline)
    blocks = tuple(settled(list(reader.blocks(notebook["cells"])), outline.empty))
    title = next((b.text for b in blocks if isinstance(b, Heading) and b.level == 1), name)
    code = tuple(_code(notebook["cells"]))
    annex = outline.is_annex(name)
    return Section(reader.id, title, annex, blocks, code, tuple(reader.made.values()))


def _code(cells: Iterable[Json]) -> Iterator[str]:
    """The sources of the cells of code, with the parameters of this run.

    Those a notebook was given stand in place of those it declares, which are another run's.
    """
    given = any(INJECTED in cell["metadata"].get("tags", []) for cell in cells)
    for cell in cells:
        if cell["cell_type"] == "code":
            declared = PARAMETERS in cell["metadata"].get("tags", [])
            if not (given and declared):
                yield cell["source"]


class _Reader:
    """Reads the cells of a notebook, and knows under which heading it is."""

    def __init__(self, name: str, figures: Mapping[str, Number], outline: Outline) -> None:
        self.id, self._place = section_id(name), Place(f"notebooks/{name}.ipynb")
        self._name, self._outline = name, outline
        self._figures = dict(figures)
        self.made: dict[str, Number] = {}
        self._headings: list[str] = []
        self._known: dict[str, str] = {}

    def blocks(self, cells: Iterable[Json]) -> Iterator[Block]:
        """The blocks of the cells, with the ids they have in the report."""
        for cell in cells:
            for block in self._shown(cell):
                if isinstance(block, Heading):
                    self._headings = [*self._headings[: block.level - 1], block.text]
                if self._outline.has(self._name, tuple(self._headings)):
                    yield self._own(block)

    def _shown(self, cell: Json) -> Iterator[Block]:
        match cell["cell_type"]:
            case "markdown":
                try:
                    yield from prose(cell["source"])
                except ForeignError as foreign:
                    self._refuse("写了", str(foreign), "文字只写标题和段落")
            case "code":
                for output in cell["outputs"]:
                    yield from self._output(output, cell)
            case "raw":
                pass
            case kind:
                self._refuse("输出了", kind, "单元格只用文字和代码")

    def _output(self, output: Json, cell: Json) -> Iterator[Block]:
        data = output.get("data", {})
        if travelling.MIME not in data or not OURS.issuperset(data):
            ours = OURS if travelling.MIME in data else {"text/plain"}
            kinds = [kind for kind in data if kind not in ours] or [*data, output["output_type"]]
            self._refuse("输出了", kinds[0], f"{HOW}出错的代码：{_brief(cell)}")
        shown = data[travelling.MIME]
        try:
            self._take(numbers.unpacked(shown["numbers"], self._figures))
            yield from [travelling.unpacked(block, self._figures) for block in shown["blocks"]]
        except ValueError as differing:
            raise self._unlike(f"的数与现在的不同：{differing}") from None
        except (KeyError, TypeError, IndexError, AttributeError) as missing:
            raise self._unlike(f"不完整，或有没有的数据项（{missing}）") from None

    def _take(self, found: Iterable[Number]) -> None:
        """Keep the numbers a notebook made itself; later outputs repeat those of earlier ones."""
        for number in found:
            if number.id and number.id not in self._figures:
                self._figures[number.id] = self.made[number.id] = number

    def _own(self, block: Block) -> Block:
        """A block with its section's name before its ids, those of the drawing as well."""
        match block:
            case Heading():
                named = sentence_id("/".join(self._headings)) if self._known else "title"
                shown = self._outline.shown(block.text)
                return replace(block, text=shown, id=self._new(named))
            case Figure():
                chart = block.id.removeprefix("figure-")
                inside = re.compile(rf'(?<=["#\s])chart-{re.escape(chart)}-')
                svg = inside.sub(lambda found: f"{self.id}-{found[0]}", block.svg)
                table = self._own(block.numbers)
                assert isinstance(table, Grid)
                return replace(block, id=self._new(block.id), svg=svg, numbers=table)
            case Card():
                held = [self._own(each) for each in block.blocks]
                kept = [each for each in held if isinstance(each, (Paragraph, Grid, Figure))]
                return replace(block, id=self._new(block.id), blocks=kept)
        return replace(block, id=self._new(block.id))

    def _new(self, id: str) -> str:
        """An id in the report; raises `ReportError` where another block of the section has it."""
        place = f"“{self._headings[-1]}”下" if self._headings else "开头"
        if id in self._known:
            places = dict.fromkeys((self._known[id], place))
            problem = f"{'和'.join(places)}有两处内容的编号都是“{id}”"
            hint = "编号（key）各不相同；同一句话、同一张表只写一次"
            raise ReportError(problem, place=self._place, hint=hint)
        self._known[id] = place
        return f"{self.id}-{id}"

    def _unlike(self, what: str) -> ReportError:
        """What an output has wrong that was written by another run, or by hand."""
        problem = f"{self._under}单元格的输出{what}"
        return ReportError(problem, place=self._place, hint="请重新运行笔记本")

    def _refuse(self, how: str, kind: str, hint: str) -> None:
        problem = f"{self._under}单元格{how}报告不能收录的内容（{kind}）"
        raise ReportError(problem, place=self._place, hint=hint)

    @property
    def _under(self) -> str:
        return f"“{self._headings[-1]}”下的" if self._headings else ""


def _brief(cell: Json) -> str:
    """The beginning of a cell's code, on a line."""
    return " ".join(cell["source"].split())[:60]
