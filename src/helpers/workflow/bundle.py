"""One zip for the file the auditors keep: report, facts, inputs, notebooks, and an index."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.fingerprints import made_from
from helpers.inputs.project import Project
from helpers.inputs.survey_answers import declared_only
from helpers.inputs.tables import Table
from helpers.inputs.yaml_files import mapping_text
from helpers.publishing.formats import OutputFormats
from helpers.publishing.office_files import DATE, workbook_bytes
from helpers.publishing.page_fingerprint import page_fingerprint
from helpers.run import Run, input_files
from helpers.workflow.atomic import replace_file
from helpers.workflow.manifest import reproducible_entries
from helpers.workflow.record import (
    RECORD,
    altered_output,
    read_record,
    record_differences,
    strangers,
)

HOLDS = {
    "report.": "绩效评价报告（审核版）",
    "public.": "绩效评价报告（公开版）",
    "forms/": "评分表和自评表",
    "facts.json": "全部数据项：精确值、算式、来源",
    "manifest.json": "输入输出指纹、检查结果、版本",
    "notebooks/": "已运行的笔记本",
    "inputs/params/": "运行参数和评分表",
    "inputs/data/": "数据表（只含规定的列）",
    "inputs/notebooks/": "笔记本和共用文字原件",
}


def bundle(project: Project, name: str, run: Run, say: Callable[[str], None]) -> Path:
    """Write `outputs/NAME-绩效资料.zip` from a finished report and give its path.

    What the manifest lists is packed, and nothing else that lies there. Input tables are
    written anew from what was read, so that columns no table declares never get in. Raises
    `UnreadableInputError` if there is no report of just this run, its inputs have changed
    since, or it is not as its manifest says.
    """
    folder = project.output(name)
    record = _trusted(project, name, run, folder)
    if others := strangers(folder, record["outputs"]):
        say(f"未装入不属于报告的文件：{'、'.join(others)}")
    files = {file: (folder / file).read_bytes() for file in sorted({RECORD, *record["outputs"]})}
    for file in (f"params/{name}.yaml", *run.settings):
        files[f"inputs/{file}"] = _settings(project, file)
    for table in run.input_tables:
        path = project.root / table.file
        if isinstance(table, Table) and path.is_file():
            files[f"inputs/{table.csv_file}"] = _as_csv(table)
        elif path.is_file():
            files[f"inputs/{table.file}"] = declared_only(path)
    for notebook in project.notebooks:  # a check looks at those of other reports too
        files[f"inputs/notebooks/{notebook.name}"] = notebook.read_bytes()
    target = project.root / "outputs" / f"{name}-绩效资料.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file, content in {"目录.xlsx": _index(run, files), **files}.items():
            archive.writestr(zipfile.ZipInfo(file, DATE), content, zipfile.ZIP_DEFLATED)
    replace_file(target, packed.getvalue())
    return target


def _trusted(project: Project, name: str, run: Run, folder: Path) -> dict[str, Any]:
    """The record of a report that is still what a check of its run, made anew, would have it be."""
    again = f"先运行 report build {name}"
    place = Place(project.relative(folder))
    if folder.is_symlink():
        raise UnreadableInputError("是链接，不是报告的文件夹", place=place, hint=again)
    try:
        record = read_record(folder)
        formats = OutputFormats.of(record)
        altered = altered_output(folder, record["outputs"])
    except (OSError, ValueError):
        raise UnreadableInputError("没有完整的报告", place=place, hint=again) from None
    if not _all_and_nothing_else(set(record["outputs"]), run, formats):
        raise UnreadableInputError(f"{RECORD} 所列不是完整的报告", place=place, hint=again)
    if altered:
        where = Place(f"{place.file}/{altered}")
        raise UnreadableInputError(f"与 {RECORD} 的记录不符", place=where, hint=again)
    inputs = input_files(project, name, run)
    made = made_from(project, ((file.file, file.sha256) for file in inputs))
    anew = reproducible_entries(name, run, formats, inputs, made) | {"outputs": record["outputs"]}
    if record["made_from"] != made.to_json():
        raise UnreadableInputError("报告生成后输入或程序有改动", place=place, hint=again)
    if others := record_differences(record, anew):
        where = Place(f"{place.file}/{RECORD}")
        raise UnreadableInputError(f"{'、'.join(others)}与重新核对的不同", place=where, hint=again)
    return record


def _all_and_nothing_else(outputs: set[str], run: Run, formats: OutputFormats) -> bool:
    """Whether these are the files of a report of which just so much was asked for."""
    notebooks = (f"notebooks/{notebook.name}" for notebook in run.notebooks)
    forms = {file for file in outputs if file.startswith("forms/") and formats.word}
    return outputs - forms == {"facts.json", *formats.files, *notebooks}


def _settings(project: Project, file: str) -> bytes:
    """A file of settings; what it leaves to a workbook is written out, as its tables are."""
    folder, _, name = file.rpartition("/")
    run = name.removesuffix(".yaml")
    if folder == "params" and project.leaves_params_to_workbook(run):
        return mapping_text(project.params_values(run)).encode()
    return (project.root / file).read_bytes()


def _as_csv(table: Table) -> bytes:
    """A table with its declared columns alone, for Excel as well."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.texts)
    writer.writerows(table.rows())
    return buffer.getvalue().encode("utf-8-sig")


def _index(run: Run, files: dict[str, bytes]) -> bytes:
    """`目录.xlsx`: every file, what it holds, size and fingerprint; of the page what it tells."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "目录"
    notice = f"（{run.params.notice}）" if run.params.notice else ""
    sheet.append([f"{run.title}{notice}"])
    sheet.append(["序号", "文件", "内容", "字节数", "SHA-256", "网页指纹"])
    for number, (file, content) in enumerate(files.items(), 1):
        holds = next((words for start, words in HOLDS.items() if file.startswith(start)), "")
        fingerprint = page_fingerprint(content.decode()) if file == "report.html" else ""
        sha256 = hashlib.sha256(content).hexdigest()
        sheet.append([number, file, holds, len(content), sha256, fingerprint])
    for row in (1, 2):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    for column, width in zip("ABCDEF", (6, 44, 34, 10, 70, 32), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    return workbook_bytes(book)
