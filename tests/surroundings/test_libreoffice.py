"""What we write opens in LibreOffice, and what it saves again is read the same."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from project_copies import Copy

from helpers.run import Run

pytestmark = pytest.mark.surroundings


def figures(run: Run) -> dict[str, str]:
    """What a run displays, by id."""
    return {name: each.display for name, each in run.facts.items()}


def choices(sheet: Worksheet) -> list[tuple[str, str]]:
    """What may be chosen, and in which cells."""
    found = sheet.data_validations.dataValidation
    return sorted((str(each.sqref), str(each.formula1)) for each in found)


def converted(file: Path, target: str, folder: Path) -> Path:
    """A file as LibreOffice writes it in another format."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={profile}"),
            *(["--infilter=CSV:44,34,76"] if file.suffix == ".csv" else []),
            *("--convert-to", target, "--outdir", folder, file),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{file.stem}.{target}"


def words(file: Path) -> list[str]:
    """Texts of the paragraphs of a Word file, and of its tables' cells."""
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text.strip() for text in [*(each.text for each in document.paragraphs), *cells]]


def test_a_word_report_goes_through_libreoffice_whole(made_up: Copy, tmp_path: Path) -> None:
    """Every paragraph and cell is still there when it has opened and saved the report."""
    report = made_up.root / "outputs" / "demo-2023" / "report.docx"
    saved = converted(Path(shutil.copy(report, tmp_path / "ours.docx")), "odt", tmp_path)
    again = converted(saved, "docx", tmp_path / "again")
    lost = set(filter(None, words(report))) - set(words(again))
    assert len(words(report)) > 500
    assert lost == set()


def test_a_workbook_that_libreoffice_saved_again_gives_the_same_figures(
    project: Copy, tmp_path: Path
) -> None:
    """The workbook of a new run, opened and saved: its sheets, units and choices are as before."""
    assert project.report("new", "2024", "--from", "2023").returncode == 0
    path = project.root / "data" / "2024" / "数据.xlsx"
    before, ours = project.of("2024").load(), load_workbook(path)
    shutil.copy(converted(path, "xlsx", tmp_path), path)
    after = project.of("2024").load()
    assert [str(each) for each in after.findings] == [str(each) for each in before.findings]
    assert figures(after) == figures(before)
    saved = load_workbook(path)
    assert saved.sheetnames == ours.sheetnames
    for sheet in ours.worksheets:
        again = saved[sheet.title]
        assert again.protection.sheet
        assert again["A3"].protection.locked
        assert choices(again) == choices(sheet)
    assert not saved["预算执行"]["B4"].protection.locked
    assert not saved["预算执行"].column_dimensions["B"].protection.locked


@pytest.mark.parametrize("table", ["预算执行", "人员", "绩效指标"])
def test_a_table_opened_and_saved_as_a_workbook_is_read_as_its_csv_file(
    project: Copy, tmp_path: Path, table: str
) -> None:
    """Its sheet has the table's name; the workbook is the run's."""
    before = project.load()
    saved = converted(project.path(table), "xlsx", tmp_path)
    shutil.copy(saved, project.root / "data" / "2023" / "数据.xlsx")
    project.path(table).unlink()
    after = project.load()
    assert figures(after) == figures(before)
    assert not after.errors
