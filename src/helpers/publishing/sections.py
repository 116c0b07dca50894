"""One executed notebook → the HTML of its section, by nbconvert with our own template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mistune import BlockState, HTMLRenderer, Markdown

from helpers import startup
from helpers.errors import Place, ReportError
from helpers.inputs.headings import HEADING
from helpers.notebook.markup import is_block

with startup.without_grammar():
    import nbformat
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import TagRemovePreprocessor

TEMPLATES = Path(__file__).parent / "templates"
PROSE = {
    *("heading", "paragraph", "text", "strong", "emphasis", "codespan", "blank_line"),
    *("linebreak", "softbreak"),
}
"""What Markdown may hold: what page, PDF and Word can all carry."""
FOREIGN = {
    **dict.fromkeys(("block_html", "inline_html"), "HTML"),
    "link": "链接",
    "image": "图片",
    "list": "列表",
    "block_quote": "引文",
    "block_code": "代码",
    "thematic_break": "分隔线",
}
"""What else it may hold elsewhere, for a person to read."""


class SectionExporter:
    """Exports sections one after the other, with the template compiled once."""

    def __init__(self) -> None:
        self._exporter = HTMLExporter(
            template_name="section", extra_template_basedirs=[str(TEMPLATES)]
        )
        self._exporter.register_preprocessor(
            TagRemovePreprocessor(remove_cell_tags={"analyst-note"}), enabled=True
        )
        self._exporter.register_filter("prose", self._prose)
        self._exporter.register_filter("block", self._block)
        self._place, self._heading = Place("notebooks"), ""

    def section_html(self, id: str, executed: Path) -> str:
        """Export a notebook's body and wrap it as a section.

        Raises `ReportError` where a cell shows anything but our own blocks, or Markdown is
        more than headings and paragraphs: no HTML of others enters a page.
        """
        self._place, self._heading = Place(f"notebooks/{executed.name}"), ""
        body, _ = self._exporter.from_notebook_node(nbformat.read(executed, as_version=4))
        return f'<section id="{id}">{body}</section>'

    def _prose(self, source: str) -> str:
        """A Markdown cell as HTML."""
        found = [
            match[2] for line in source.splitlines() if (match := HEADING.fullmatch(line.strip()))
        ]
        self._heading = [self._heading, *found][-1]
        try:
            return str(Markdown(_Prose())(source))
        except _ForeignError as foreign:
            raise self._refused("写了", str(foreign), "文字只写标题和段落") from None

    def _block(self, output: dict[str, Any]) -> str:
        """The HTML of an output."""
        data = output.get("data", {})
        if is_block(data, output.get("metadata", {})):
            return str(data["text/html"])
        kinds = [kind for kind in data if kind != "text/plain"] or [*data, output["output_type"]]
        raise self._refused("输出了", kinds[0], "每格只用 report.text、report.table、report.chart")

    def _refused(self, how: str, kind: str, hint: str) -> ReportError:
        under = f"“{self._heading}”下的" if self._heading else ""
        problem = f"{under}单元格{how}报告不能收录的内容（{kind}）"
        return ReportError(problem, place=self._place, hint=hint)


class _ForeignError(Exception):
    """Something in Markdown that is no prose."""


class _Prose(HTMLRenderer):
    """Headings and paragraphs, as HTML."""

    def render_token(self, token: dict[str, Any], state: BlockState) -> str:
        if token["type"] not in PROSE:
            raise _ForeignError(FOREIGN.get(token["type"], token["type"]))
        return str(super().render_token(token, state))
