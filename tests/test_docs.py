"""The documentation says what the code does."""

import pkgutil
import re
import subprocess
import sys
import threading
import tomllib
from types import FrameType

import matplotlib as mpl
import pytest
from notebook_cells import executed
from project_copies import ROOT, Copy

from helpers.cli import cli
from helpers.execution import runner
from helpers.execution.limits import Limits
from helpers.figures import exact
from helpers.inputs import csv_files, excel_files, yaml_files
from helpers.inputs.schema import COUNTED, KINDS, TABLES
from helpers.notebook import open_report
from helpers.workflow import unforeseen

READMES = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
}
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    """The fenced code blocks of a README."""
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_both_readmes_begin_with_the_same_two_commands() -> None:
    """One line each, no prompt sign, .venv made by themselves."""
    english, chinese = (blocks(text)[:2] for text in READMES.values())
    assert english == chinese
    for command in english:
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install")
        assert "-c constraints.txt" in command
    assert english[0].endswith(".venv/bin/report build 2023\n")
    assert english[1].endswith(".venv/bin/pytest\n")


def test_ci_runs_the_readme_and_nothing_of_its_own() -> None:
    """Both blocks are read out of README.md."""
    assert 'bash -c "$(block 1)"' in CI
    assert 'bash -c "$(block 2)"' in CI
    assert "REPORT_NEED_BROWSER=1" in CI


@pytest.mark.parametrize("name", READMES)
def test_the_windows_commands_are_the_same_commands(name: str) -> None:
    """With Windows' paths and quotes."""
    windows = [
        line.strip()
        .replace("py -m", "python3 -m", 1)
        .replace("\\Scripts\\", "/bin/")
        .replace('"', "'")
        for line in READMES[name].splitlines()
        if line.startswith("    py -m venv")
    ]
    assert windows == [block.strip() for block in blocks(READMES[name])[:2]]


@pytest.mark.parametrize("name", READMES)
def test_every_place_a_readme_names_exists(name: str) -> None:
    """Files, folders and links."""
    named = re.findall(r"\]\(([^)]+)\)|^\| `([^`]+)` \|", READMES[name], re.MULTILINE)
    places = {link or place for link, place in named}
    assert {"params/2023.yaml", "data/2023/", "docs/data.md"} <= places
    for place in places:
        found = (ROOT / place).exists() or (ROOT / "src" / "helpers" / place).exists()
        assert " " in place or "/" not in place or found, place


def test_the_readme_names_every_room_with_its_job() -> None:
    """A newcomer finds the room by its name; no module lies outside of one."""
    rows = re.findall(r"^\| (`.+?`) \| .+ \|$", READMES["README.md"], re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`([\w/.]+)`", row)}
    package = ROOT / "src" / "helpers"
    rooms = {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    assert rooms | modules <= named


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_documented_and_has_help(name: str) -> None:
    """In both languages."""
    for command in cli.commands.values():
        assert command.help
        assert (
            f"`report {command.name} " in READMES[name]
            or f"/report {command.name} " in READMES[name]
        )


def test_docs_describe_every_table_and_column() -> None:
    """docs/data.md is the schema in words."""
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    for table in (*TABLES, *COUNTED):
        optional = "本表可以没有。" if table.optional else ""
        head, _, rest = text.partition(f"## {table.name}.csv\n\n{table.holds}。{optional}\n")
        assert head != text, table.name
        listed = re.findall(
            r"^\| (\S+) \| (必填|选填) \| (.+) \|$", rest.partition("\n## ")[0], re.MULTILINE
        )
        assert listed == [
            (
                column.name,
                "必填" if column.required else "选填",
                "、".join(column.choices) or KINDS[column.kind],
            )
            for column in table.columns
        ]


def test_the_shared_and_own_tables_use_the_documented_headers() -> None:
    """The real run has at least what every run must have, 示例乡 all but what others published."""
    wanted = {table.name for table in TABLES if not table.optional}
    known = {table.name for table in (*TABLES, *COUNTED)}
    real = {path.stem for path in (ROOT / "data" / "2023").glob("*.csv")}
    made_up = {path.stem for path in (ROOT / "data" / "demo-2024").glob("*.csv")}
    assert wanted <= real <= known
    assert made_up == known - {"公开比率", "评分说明"}


def test_every_dependency_is_pinned() -> None:
    """Constraints hold one version each; the build backend is pinned too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in lines if re.match(r"[a-z0-9]", line)}
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["test"],
    ]
    assert {name.lower() for name in wanted} <= pinned
    assert all("==" in line for line in lines if re.match(r"[a-z0-9]", line))
    assert all("==" in name for name in project["build-system"]["requires"])


def test_the_changelog_speaks_of_this_version() -> None:
    """And of every release before it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"## {project['project']['version']}" in (ROOT / "CHANGELOG.md").read_text(
        encoding="utf-8"
    )


def test_no_file_names_a_package_index() -> None:
    """Where packages come from is the user's business."""
    hosts = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix not in {".ttf", ".png", ".xlsx", ".docx"} and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not any(host in text for host in hosts), name


def test_the_promises_name_tests_and_limits_that_are_there() -> None:
    """docs/reliability.md against the tests and the constants."""
    message = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:\w+/)?test_\w+\.py)`", message)
    assert len(named) > 10
    for name in named:
        assert (ROOT / "tests" / name).is_file(), name
    assert f"CSV above {csv_files.LARGEST // 10**6} MB" in message
    assert f"workbooks above {excel_files.LARGEST // 10**6} MB" in message
    assert f"a time limit of {runner.TIME_LIMIT} seconds" in message
    limits = Limits()
    assert f"{limits.memory // 2**30} GB of address space" in message
    assert f"{limits.printed // 10**6} million characters printed" in message
    assert f"{limits.shown // 10**6} million characters shown" in message
    assert f"at most {unforeseen.LARGEST} characters" in message
    assert (exact.LONGEST, yaml_files.DEEPEST) == (40, 20)
    assert "more than forty characters" in message
    assert "more than twenty levels" in message


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_walk_of_a_figure_names_what_there_is() -> None:
    """Every module, class and function on the way of 预算执行率."""
    named = re.findall(r"`(helpers(?:\.\w+)+)`", ARCHITECTURE)
    assert len(named) > 15
    for name in named:
        pkgutil.resolve_name(name)  # a module's function or class, or a function of a class


def test_the_rooms_of_the_walk_are_those_of_the_linter() -> None:
    """In the same order."""
    rows = re.findall(r"^\| \d+ \| (.+?) \|", ARCHITECTURE, re.MULTILINE)
    rooms = [re.findall(r"`(\w+)/`", row) for row in rows]
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = layers["tool"]["importlinter"]["contracts"][0]["layers"]
    assert rooms == [layer.split(" | ") for layer in listed[: len(rooms)]]


def test_the_steps_of_the_walk_are_called_on_the_way_of_a_figure(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Building 2023 goes through each: here, in a thread, or, as told apart, in a section."""
    named = set(re.findall(r"`(helpers(?:\.\w+)+)`", ARCHITECTURE))
    project.sections(2)
    seen: set[str] = set()

    def notice(frame: FrameType, event: str, _: object) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith("helpers."):
            owner, _, _ = frame.f_code.co_qualname.rpartition(".")
            seen.update(f"{module}.{each}" for each in (frame.f_code.co_qualname, owner))

    def in_a_section() -> None:
        monkeypatch.chdir(project.root)
        report = open_report("2023")
        for shown in executed(report.run, "02-budget-execution").shown:
            shown._repr_mimebundle_()

    threading.setprofile(notice)
    sys.setprofile(notice)
    try:
        assert project.report("build", "2023").returncode == 0
        with mpl.rc_context():
            in_a_section()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    assert named <= seen
