"""nbconvert's way to a section: `jupyter nbconvert --to performance-report` makes it a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers import startup
from helpers.errors import Place, ReportError
from helpers.inputs.params import Params, read_params
from helpers.inputs.project import Project, find_project
from helpers.inputs.sections import INJECTED, PARAMETERS, assigned
from helpers.publishing.section import Section
from helpers.publishing.sections import section_of
from helpers.run import Run

with startup.without_grammar():
    import nbformat
    from nbconvert.exporters import Exporter
    from nbconvert.preprocessors import TagRemovePreprocessor


class PerformanceReportExporter(Exporter):
    """Makes an executed notebook a section of a report, or a page of that section alone.

    The cells of an analyst's own (`analyst-note`) are left out, and what one tagged
    `remove-output` shows on the way.
    """

    export_from_notebook = "performance-report"

    def _file_extension_default(self) -> str:
        return ".html"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - nbconvert's own
        super().__init__(**options)  # type: ignore[no-untyped-call] # nbconvert is hardly typed
        tagged = TagRemovePreprocessor(
            remove_cell_tags={"analyst-note"}, remove_all_outputs_tags={"remove-output"}
        )
        self.register_preprocessor(tagged, enabled=True)  # type: ignore[no-untyped-call] # as above

    def read(self, executed: Path, run: Run) -> Section:
        """The section of a run's executed notebook; raises `ReportError` as `section_of` does."""
        notebook = nbformat.read(executed, as_version=4)
        kept, _ = super().from_notebook_node(notebook)
        return section_of(kept, executed.stem, run.facts, run.contents.outline)

    def from_notebook_node(  # type: ignore[override] # as every exporter of nbconvert's gives text
        self,
        nb: nbformat.NotebookNode,
        resources: Any = None,  # noqa: ANN401 - nbconvert's own
        **options: Any,  # noqa: ANN401 - as above
    ) -> tuple[str, Any]:
        """A page of the section alone, with the entries of its figures."""
        from helpers.publishing.section_page import section_page

        kept, resources = super().from_notebook_node(nb, resources, **options)
        about = resources["metadata"]
        name = str(about.get("name", ""))
        place = Place(f"{name}.ipynb")
        if not name[:2].isdecimal():
            hint = "文件名为 NN-名称.ipynb，放在项目中"
            raise ReportError("不是报告的一个部分", place=place, hint=hint)
        project = find_project(Path(about["path"]) if about.get("path") else None)
        return section_page(project, _params(project, kept, place), kept, name), resources


def _params(project: Project, notebook: nbformat.NotebookNode, place: Place) -> Params:
    """The parameters a notebook was executed with, by its cells of parameters."""
    given: dict[str, object] = {}
    for tag in (PARAMETERS, INJECTED):
        for cell in notebook.cells:
            if tag in cell.metadata.get("tags", []):
                given |= assigned(cell.source, place)
    if not given.get("run"):
        raise ReportError("参数单元格没有写 run", place=place, hint='写 run = "运行名称"')
    of_file = project.params(str(given["run"])).model_dump()
    named = {name: value for name, value in given.items() if name in of_file and value != ""}
    return read_params({**of_file, **named}, str(place))
