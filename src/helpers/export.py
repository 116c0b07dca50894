"""One executed notebook → the HTML of its section, by nbconvert with our own template."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor

from helpers.errors import Place, ReportError

TEMPLATES = Path(__file__).parent / "templates"


class SectionExporter:
    """Exports sections one after the other, with the template compiled once."""

    def __init__(self) -> None:
        self._exporter = HTMLExporter(
            template_name="section",
            extra_template_basedirs=[str(TEMPLATES)],
            exclude_anchor_links=True,
        )
        self._exporter.register_preprocessor(
            TagRemovePreprocessor(remove_cell_tags={"analyst-note"}), enabled=True
        )
        self._exporter.environment.globals["refuse"] = self._refuse
        self._place = Place("notebooks")

    def section_html(self, id: str, executed: Path) -> str:
        """Export a notebook's body and wrap it as a section.

        Raises `ReportError` where a cell shows anything but our own blocks.
        """
        self._place = Place(f"notebooks/{executed.name}")
        body, _ = self._exporter.from_notebook_node(nbformat.read(executed, as_version=4))
        return f'<section id="{id}">{body}</section>'

    def _refuse(self, kind: str) -> None:
        raise ReportError(
            f"单元格输出了报告不能收录的内容（{kind}）",
            place=self._place,
            hint="每格只用 report.text、report.table、report.chart",
        )
