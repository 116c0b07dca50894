"""Rebuilt to the same bytes, compared fact by fact, and bundled for the file."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from project_copies import Copy, copy_project

from helpers.inputs.fingerprints import SourceFingerprints
from helpers.publishing.facts_file import facts_json
from helpers.run import Run
from helpers.workflow.diff import changes


@pytest.fixture
def finished(tmp_path: Path, built: Path) -> Copy:
    """A copy of the project, elsewhere, with the finished report in place."""
    project = copy_project(tmp_path / "另一处 文件夹")
    shutil.copytree(built, project.root / "outputs" / "2023")
    return project


def test_a_rebuild_elsewhere_gives_the_same_bytes(finished: Copy) -> None:
    """Another folder, time zone, locale and hash seed; `report verify` finds nothing."""
    environment = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "4711",
    }
    done = subprocess.run(
        [Path(sys.executable).parent / "report", "verify", "2023"],
        cwd=finished.root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "一致", done.stdout + done.stderr
    assert done.returncode == 0


def test_a_changed_input_is_a_difference(finished: Copy) -> None:
    """Named by fact, with what moved it, and by file; exit 1, and the report untouched."""
    before = (finished.root / "outputs" / "2023" / "report.html").read_bytes()
    finished.set("人员", 0, "人数", "89")
    done = finished.report("verify", "2023")
    assert done.returncode == 1
    assert "数据项 行政编制在职人员：88人 → 89人（数据改变）" in done.stdout
    assert "数据项 人员合计：420人 → 421人（数据改变：行政编制在职人员）" in done.stdout
    assert "report.html：第" in done.stdout
    assert (finished.root / "outputs" / "2023" / "report.html").read_bytes() == before


def test_there_must_be_a_report_to_verify(project: Copy) -> None:
    """Exit 2, and what to do first."""
    done = project.report("verify", "2023")
    assert done.returncode == 2
    assert "没有可核对的报告（先运行 report build 2023）" in done.stderr


def facts_of(run: Run) -> list[dict[str, Any]]:
    """The facts of a run as facts.json holds them."""
    listed: list[dict[str, Any]] = json.loads(
        facts_json(run.facts, SourceFingerprints("", "", ""), "")
    )
    return listed


def test_changes_are_reported_with_their_reason(real_run: Run) -> None:
    """Data, formula, rounding, new and gone."""
    old = facts_of(real_run)
    new = facts_of(real_run)
    by_id = {fact["id"]: fact for fact in new}
    by_id["open_parks"].update(value="3", display="3")
    by_id["execution_score"].update(tree="execution_points")
    by_id["execution_rate"].update(decimals=1, display="99.6%")
    new = [fact for fact in new if fact["id"] != "occupancy_rate"]
    new.append({**by_id["open_parks"], "id": "more", "label": "另一项"})
    found = {change.id: (change.old, change.new, change.why) for change in changes(old, new)}
    assert found == {
        "open_parks": ("2处", "3处", "数据改变"),
        "execution_score": ("19.93分", "19.93分", "算式改变"),
        "execution_rate": ("99.63%", "99.6%", "舍入改变"),
        "occupancy_rate": ("95%", "—", "取消"),
        "more": ("—", "3处", "新增"),
    }


def test_another_row_is_other_data_and_no_other_formula(real_run: Run, project: Copy) -> None:
    """A count or a sum takes one cell more by the formula of before."""
    project.add("机构", "内设机构", "新设科室")
    old, new = (
        [fact.to_json() for fact in run.facts.values()] for run in (real_run, project.load())
    )
    assert {change.id: change.why for change in changes(old, new)} == {"office_count": "数据改变"}


def test_nothing_changed_is_no_change(real_run: Run) -> None:
    """A cell that only moved to another line is none either."""
    moved = facts_of(real_run)
    for fact in moved:
        for source in fact["sources"]:
            source["line"] += 5
    assert changes(facts_of(real_run), moved) == []


def test_the_diff_command_lists_and_writes_a_page(finished: Copy, tmp_path: Path) -> None:
    """A run by name, another by path."""
    facts = json.loads((finished.root / "outputs/2023/facts.json").read_text(encoding="utf-8"))
    changed = next(fact for fact in facts if fact["id"] == "office_count")
    changed["value"] = changed["display"] = "<8>"
    other = tmp_path / "facts.json"
    other.write_text(json.dumps(facts), encoding="utf-8")
    done = finished.report("diff", "2023", str(other))
    assert done.returncode == 0
    assert "内设机构数（office_count）：7个 → <8>个　数据改变" in done.stdout
    page = (finished.root / "outputs" / "diff.html").read_text(encoding="utf-8")
    assert "&lt;8&gt;个" in page
    assert "http" not in page.partition("</style>")[2]


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "找不到可比较的数据项"), ("[{}]", "不是完整的"), ("[", "不是完整的")],
)
def test_facts_that_are_not_whole_are_refused(
    project: Copy, content: str | None, said: str
) -> None:
    """A truncated facts.json is named, not trusted."""
    if content:
        (project.root / "x.json").write_text(content, encoding="utf-8")
    done = project.report("diff", "x.json", "x.json")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_bundle_holds_all_and_nothing_undeclared(finished: Copy) -> None:
    """Report, facts, notebooks, inputs and an index; names and phones stay out."""
    path = finished.path("人员")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0] + ",电话", *(f"{line},13800000000" for line in lines[1:])]))
    assert finished.report("build", "2023").returncode == 0
    assert finished.report("bundle", "2023").returncode == 0
    target = finished.root / "outputs" / "2023-绩效资料.zip"
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        content = {name: archive.read(name) for name in names}
    assert {"目录.xlsx", "report.html", "facts.json", "manifest.json"} <= set(names)
    assert "inputs/data/2023/预算执行.csv" in names
    assert "inputs/notebooks/02-budget-execution.ipynb" in names
    assert not any(b"13800000000" in data for data in content.values())
    sheet = load_workbook(io.BytesIO(content["目录.xlsx"])).worksheets[0]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert sorted(str(row[1]) for row in rows) == sorted(set(names) - {"目录.xlsx"})
    printed = re.search(r'id="page-fingerprint">([0-9A-F ]{29})<', content["report.html"].decode())
    assert printed
    assert {row[1]: row[5] for row in rows if row[5]} == {"report.html": printed[1]}


def test_a_stale_report_is_not_bundled(finished: Copy) -> None:
    """The inputs must be those the report was made from."""
    finished.set("人员", 0, "人数", "89")
    done = finished.report("bundle", "2023")
    assert done.returncode == 2
    assert "报告生成后输入或程序有改动（先运行 report build 2023）" in done.stderr
