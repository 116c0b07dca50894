"""One executed notebook → the HTML of its section, by nbconvert with our own template."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor

from helpers.errors import Place, ReportError

TEMPLATES = Path(__file__).parent / "templates"


def section_html(id: str, executed: Path) -> str:
    """Export a notebook's body and wrap it as a section.

    Raises `ReportError` where a cell shows anything but our own blocks.
    """
    place = Place(f"notebooks/{executed.name}")

    def refuse(kind: str) -> None:
        raise ReportError(
            f"单元格输出了报告不能收录的内容（{kind}）",
            place=place,
            hint="每格只用 report.text、report.table、report.chart",
        )

    exporter = HTMLExporter(
        template_name="section",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
    )
    exporter.register_preprocessor(
        TagRemovePreprocessor(remove_cell_tags={"analyst-note"}), enabled=True
    )
    exporter.environment.globals["refuse"] = refuse
    body, _ = exporter.from_notebook_node(nbformat.read(executed, as_version=4))
    return f'<section id="{id}">{body}</section>'
