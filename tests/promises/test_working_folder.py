"""Nothing of a project's folders is imported, whatever it is called and wherever one starts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest
from faults import COMMAND, WITHOUT_FORK
from matplotlib.figure import Figure
from project_copies import Copy, copy_project

from helpers import startup
from helpers.inputs.project import Project, find_project
from helpers.notebook import charts, open_report
from helpers.startup import SAFE
from helpers.workflow import watch

BIN = Path(sys.executable).parent
FOLDERS = (".", "params", "params/rubrics", "notebooks", "data", "data/2023", "outputs/2023")
MODULES = (
    *("json", "re", "abc", "site", "sitecustomize", "usercustomize", "runpy", "signal", "codecs"),
    *("pandas", "yaml", "click", "filelock", "duckdb", "matplotlib", "evil", "_pydevd_bundle"),
    *("IPython", "ipykernel", "ipykernel_launcher", "papermill", "nbclient", "zmq", "ipywidgets"),
    *("startup", "ipython_config", "ipython_kernel_config", "jupyter_config"),
)
PACKAGES = ("helpers", "multiprocessing", "numpy", "encodings", "watchfiles")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A project with modules, packages and settings in every folder that tell when they are run.

    The variable that a test's own process has from `main` is taken away.
    """
    project = copy_project(tmp_path_factory.mktemp("planted"))
    project.sections(1)
    tell = f"import os; os.open({str(project.root / 'ran')!r}, os.O_CREAT)\nraise SystemExit(7)\n"
    for folder in (project.root / name for name in FOLDERS):
        folder.mkdir(parents=True, exist_ok=True)
        for name in MODULES:
            (folder / f"{name}.py").write_text(tell, encoding="utf-8")
        for name in PACKAGES:
            (folder / name).mkdir()
            (folder / name / "__init__.py").write_text(tell, encoding="utf-8")
        dist_info = folder / "evil-1.0.dist-info"
        dist_info.mkdir()
        (dist_info / "METADATA").write_text("Name: evil\nVersion: 1.0\n", encoding="utf-8")
        (dist_info / "entry_points.txt").write_text("[papermill.engine]\nforked = evil:Engine\n")
        (folder / "matplotlibrc").write_text("backend: module://evil\n", encoding="utf-8")
        (folder / "evil.pth").write_text("import evil\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(SAFE, raising=False)
        yield project


def said(project: Copy, folder: str, *words: object) -> str:
    """What a command prints that was started in a folder; nothing planted there has run."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=project.root / folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert not (project.root / "ran").exists(), done.stdout + done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_build_imports_nothing_of_the_folder_it_was_started_in(planted: Copy) -> None:
    """Neither the command, nor its fork server, nor a section."""
    assert "一、部门概况　完成" in said(planted, "data/2023", BIN / "report", "build", "2023")


@pytest.mark.surroundings
def test_nor_do_ordinary_kernels(planted: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor do they run what their owner lets other kernels run when they start."""
    evil = str(planted.root / "data" / "evil.py")
    monkeypatch.setenv("PYTHONSTARTUP", evil)
    monkeypatch.setenv("IPYTHONDIR", str(planted.root / "ipython"))
    start = planted.root / "ipython" / "profile_default" / "startup" / "evil.py"
    start.parent.mkdir(parents=True)
    start.write_bytes(Path(evil).read_bytes())
    command = [sys.executable, "-P", "-c", WITHOUT_FORK + COMMAND, "build", "2023", "--force"]
    assert "一、部门概况　完成" in said(planted, "outputs/2023", *command)


@pytest.mark.parametrize("folder", [".", "params", "notebooks"])
def test_nor_does_a_check(planted: Copy, folder: str) -> None:
    """In the folders of a project in which people stand."""
    assert "错误 0 项" in said(planted, folder, BIN / "report", "check", "2023")


def test_nor_does_a_batch(planted: Copy) -> None:
    """Nor its fork server, nor a report's process."""
    assert "完成 1" in said(planted, "notebooks", BIN / "report", "batch", "2023")


def test_nor_does_the_stock_papermill_with_our_engine(planted: Copy, tmp_path: Path) -> None:
    """A program that is not ours, as a worker of a cluster is."""
    out = tmp_path / "out.ipynb"
    notebook = "../../notebooks/01-overview.ipynb"
    said(planted, "data/2023", BIN / "papermill", "--engine", "forked", notebook, out)
    assert out.is_file()


def test_nor_does_a_build_on_save(planted: Copy, capfd: pytest.CaptureFixture[str]) -> None:
    """Each is a process of its own, started in the project; here one that ends soon."""
    watch._build(Project(planted.root), "2032", [])  # noqa: SLF001 - what each save does
    assert "params/2032.yaml：找不到文件" in capfd.readouterr().err
    assert not (planted.root / "ran").exists()


def test_the_variable_is_left_as_it_was_in_a_program_that_is_not_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A session that runs one of our notebooks may go on importing what lies beside it."""
    for before in (None, "", "1"):
        monkeypatch.delenv(SAFE, raising=False)
        if before is not None:
            monkeypatch.setenv(SAFE, before)
        with startup.without_working_folder():
            assert os.environ[SAFE] == "1"
        assert os.environ.get(SAFE) == before


@pytest.mark.parametrize("inner", ["data/2023", "outputs/2023/inputs", "params/x", "notebooks/x/y"])
def test_a_project_within_the_folders_of_another_is_none(project: Copy, inner: str) -> None:
    """Its notebooks would run: an unpacked bundle among the outputs, a gift among the data."""
    for part in ("params", "notebooks"):
        (project.root / inner / part).mkdir(parents=True, exist_ok=True)
    assert find_project(project.root / inner).root == project.root.resolve()
    beside = project.root / "another"
    for part in ("params", "notebooks"):
        (beside / part).mkdir(parents=True)
    assert find_project(beside).root == beside.resolve()


def test_a_chart_is_drawn_alike_whatever_settings_lie_about(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a `matplotlibrc` in the working directory, or the user's own, would change them."""
    monkeypatch.chdir(project.root)

    def drawn() -> list[str]:
        report = open_report("demo-2024")
        rates = report.frame("项目").set_index("项目名称")["预算执行率"]
        axes = {"各项目执行率": charts.rate_dots(rates), "自己画的图": Figure().add_subplot()}
        axes["自己画的图"].plot([1, 2])
        return [str(report.figure(each, rates, title).html) for title, each in axes.items()]

    with mpl.rc_context():
        plain = drawn()
    with mpl.rc_context({"axes.grid": True, "lines.linewidth": 9, "font.weight": "bold"}):
        assert drawn() == plain


def test_the_command_alone_keeps_out_what_a_session_has_on_its_path(tmp_path: Path) -> None:
    """`python -c`, as some start it, has the working directory first on its path."""
    (tmp_path / "evil.py").write_text("print('ran')", encoding="utf-8")
    source = "import helpers.startup as s; s.keep_out(); import importlib.util as u; "
    done = subprocess.run(
        [sys.executable, "-c", source + "print(u.find_spec('evil'))"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != SAFE},
        check=True,
    )
    assert done.stdout == "None\n"
