"""docs/extend.md carried out in a copy: each of its boxes put where it says, then a build."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from project_copies import ROOT, Copy

BOX = re.compile(r"^```\w+ (\S+) (.+?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CELL = re.compile(r"^# %%(.*)\n", re.MULTILINE)
MOST_FILES = {"一": 1, "三": 1, "四": 5, "五": 3}


@dataclass(frozen=True)
class Box:
    """A box of the page: its file, where in it, and what."""

    file: str
    where: str
    text: str

    def apply(self, root: Path) -> None:
        """Put it there."""
        path = root / self.file
        if self.where == "新单元格":
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.append(new_code_cell(self.text.rstrip("\n")))
            nbformat.write(notebook, path)
        elif self.where.startswith("新笔记本"):
            nbformat.write(self._notebook(), path)
        elif self.where == "新文件":
            path.write_text(self.text, encoding="utf-8")
        elif self.where == "末尾":
            path.write_text(f"{path.read_text('utf-8')}\n\n{self.text}", encoding="utf-8")
        else:
            self._insert(path)

    def _insert(self, path: Path) -> None:
        [(mark, side)] = re.findall(r"^“(.+)”之(前|后)$", self.where)
        lines = path.read_text("utf-8").splitlines(keepends=True)
        [at] = [number for number, line in enumerate(lines) if mark in line][:1]
        lines.insert(at + (side == "后"), self.text)
        path.write_text("".join(lines), encoding="utf-8")

    def _notebook(self) -> nbformat.NotebookNode:
        cells = []
        _, *parts = CELL.split(self.text)
        for head, body in zip(parts[::2], parts[1::2], strict=True):
            tag = head.split()[-1] if head.split() else ""
            tags = {"metadata": {"tags": [tag]}} if tag in {"parameters", "analyst-note"} else {}
            if "[markdown]" in head:
                cells.append(
                    new_markdown_cell(re.sub(r"^# ", "", body, flags=re.MULTILINE).strip(), **tags)
                )
            else:
                cells.append(new_code_cell(body.strip(), **tags))
        _, _, needs = self.where.partition("needs=")
        metadata = {"kernelspec": {"name": "python3", "language": "python", "display_name": "x"}}
        return new_notebook(cells=cells, metadata=metadata | ({"needs": [needs]} if needs else {}))


def boxes(section: str) -> list[Box]:
    """The boxes of a section of the page."""
    text = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^## (?=.、)", text, flags=re.MULTILINE)
    [part] = [part for part in parts if part.startswith(f"{section}、")]
    return [Box(*found) for found in BOX.findall(part)]


def own_code(project: Copy) -> None:
    """Give a copy the code, its tests and its pages too, for them to be changed."""
    for name in ("src", "docs", "tests", ".ci", "pyproject.toml", "README.md", "README.zh-CN.md"):
        path = ROOT / name
        if path.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, project.root / name, ignore=ignored)
        else:
            shutil.copy(path, project.root)


def with_own_code(project: Copy, *words: str) -> subprocess.CompletedProcess[str]:
    """Python with the code of the copy."""
    settings = os.environ | {"PYTHONPATH": str(project.root / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=project.root,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("section", MOST_FILES)
def test_no_recipe_touches_more_files_than_it_says(section: str) -> None:
    """A chart and a section one notebook, a table with its annex five files, a check three."""
    assert len({box.file for box in boxes(section)}) == MOST_FILES[section]


def test_a_chart_a_ratio_and_a_section_need_the_notebook_alone(project: Copy) -> None:
    """They stand in the report, and the ratio in facts.json with its formula."""
    project.sections(2)
    for section in "一二三":
        for box in boxes(section):
            if box.file.startswith("notebooks/"):
                box.apply(project.root)
    done = project.report("build", "2023")
    assert done.returncode == 0, done.stderr
    page = (project.root / "outputs/2023/report.html").read_text(encoding="utf-8")
    for shown in ("2023年各类支出执行率", "附件1 公务出行"):
        assert shown in page
    facts = json.loads((project.root / "outputs/2023/facts.json").read_bytes())
    [per_head] = [fact for fact in facts if fact["id"] == "spending_per_head"]
    assert per_head["unit"] == "万元/人"
    assert f"即{per_head['formula']}。" in page
    assert per_head["formula"].endswith(" ÷ 人员合计")
    assert per_head["inputs"] == ["executed", "staff_total"]


def test_a_ratio_is_shared_by_a_function_and_its_description(project: Copy) -> None:
    """The tests on ratios and methods accept it."""
    own_code(project)
    for box in boxes("二")[1:]:
        box.apply(project.root)
    tests = ["tests/figures/test_ratios.py", "-n0", "-p", "no:cacheprovider"]
    done = with_own_code(project, "-m", "pytest", *tests)
    assert done.returncode == 0, done.stdout


def test_a_table_with_its_annex_and_a_check_are_a_few_files(project: Copy) -> None:
    """The annex shows the table; the check finds the blank; the docs still describe all."""
    project.sections(1)
    own_code(project)
    for section in "四五":
        for box in boxes(section):
            box.apply(project.root)
    done = with_own_code(project, "-c", "from helpers.cli import main; main()", "build", "2023")
    assert done.returncode == 0, done.stderr
    page = (project.root / "outputs/2023/report.html").read_text(encoding="utf-8")
    assert "附件1 培训情况" in page
    assert "“安全生产培训”没有填写人次" in page
    facts = {
        fact["id"]: fact
        for fact in json.loads((project.root / "outputs/2023/facts.json").read_bytes())
    }
    assert facts["training_cost_total"]["display"] == "5.05"
    tests = [
        "tests/checks/test_training.py",
        "tests/test_docs.py::test_docs_describe_every_table_and_column",
        "tests/checks/test_checks.py::test_docs_list_every_check_with_its_promise",
    ]
    done = with_own_code(project, "-m", "pytest", "-n0", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout
