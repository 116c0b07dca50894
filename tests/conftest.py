"""Fixtures of every room's tests: copies of the project, loaded runs, built reports, Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from project_copies import (
    CHROMIUM,
    FLAGS,
    ROOT,
    Copy,
    built_once,
    command,
    copy_project,
    report,
)

from helpers.inputs.project import Project
from helpers.run import Run, load_run


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `tests/campaign.py` ask for the long form of the tests that have one."""
    parser.addoption("--campaign", action="store_true", help="the long form of every campaign")


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often: the first number in the suite, the second in the campaign."""
    return lambda short, long: long if request.config.getoption("--campaign") else short


@pytest.fixture
def project(tmp_path: Path) -> Copy:
    """A copy of the project that a test may spoil."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def real_run() -> Run:
    """The real 2023 run, loaded."""
    project = Project(ROOT)
    return load_run(project, project.params("2023"))


@pytest.fixture(scope="session")
def demo_run() -> Run:
    """The made-up year in which things went wrong, loaded."""
    project = Project(ROOT)
    return load_run(project, project.params("demo-2024"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 2023 report, built once by the command."""
    return built_once(tmp_path_factory, "built", command, ("2023",)).root / "outputs" / "2023"


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The last two made-up years, built by the command; the good one with all it can give."""
    everything = ("demo-2023", "--edition", "public", "--pdf", "--docx")
    return built_once(tmp_path_factory, "made-up", report, everything, ("demo-2024",)).of(
        "demo-2024"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; ended with each file, since its greenlets crash later builds.

    CPython 3.11 was seen to crash in its garbage collector while a build ran in a process that
    had a browser open.
    """
    if not CHROMIUM and os.environ.get("REPORT_NEED_BROWSER") != "1":
        pytest.skip("没有 Chromium，浏览器测试跳过")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
