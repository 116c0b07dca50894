"""Where a project is and where its runs are: the root folder, `params/` and `outputs/`."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs import given_params
from helpers.inputs.given_params import GivenParams
from helpers.inputs.params import MONITORED, Params, read_params
from helpers.inputs.plain_files import refuse_special

NAME = re.compile(r"\w[\w-]*")
"""A valid run name: word characters and hyphens, so neither a path nor a hidden file."""

SPOILT = "-failed"
"""What the folder has after its name that holds what could be made of a report that failed."""

ANALYSED = "-分析"
"""What the folder has that holds copies of a run's notebooks for its analysts."""

RESERVED = (SPOILT, MONITORED, ANALYSED)
"""What no run's name ends in: the folder would be that of another run's report."""

PARTS = ("params", "notebooks", "data", "outputs")
"""The folders of a project; no other project lies in them."""

SECTION_NAMES = "[0-9][0-9]-*.ipynb"
"""What the notebooks of a report are called: by their order, then anything."""

START = "00"
"""How the name of the notebook begins that one starts from: no section of a report."""

OUTSIDE = "REPORT_OUTSIDE"
"""The environment variable by which `report --outside` reaches every process it starts."""


def is_system_file(name: str) -> bool:
    """Whether the system or Excel put a file there for themselves: it is no data."""
    return name.startswith((".", "~$")) or name in {"Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Project:
    """A folder that holds `params/` and `notebooks/`.

    With `outside`, links may lead the data out of it.
    """

    root: Path
    outside: bool = False

    @property
    def notebooks(self) -> list[Path]:
        """The section notebooks, in the order of the report."""
        found = (self.root / "notebooks").glob(SECTION_NAMES)
        return sorted(path for path in found if path.name[:2] != START)

    def output(self, run: str) -> Path:
        """Folder of a run's finished report."""
        return self.root / "outputs" / run

    def relative(self, path: Path) -> str:
        """A path as users and outputs see it: from the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def params_values(self, run: str) -> dict[str, object]:
        """A run's parameters as plain values, unchecked: of its file, and the workbook it names.

        Raises `UnreadableInputError` if the file is missing, no YAML, or no mapping, for a name
        whose outputs would lie where another run's do, and for a key given in both.
        """
        return dict(self._given(run).values)

    def department(self, run: str) -> str:
        """The department that a run's parameters name, unchecked, at a glance where that will do.

        Raises as `params_values` does.
        """
        named = given_params.workbook_of(self.root, run)
        seen = named and self._is_inside(self.root / named)
        if seen and (found := given_params.department_in(self.root / named, named)):
            return found
        return str(self.params_values(run).get("department") or "")

    def _given(self, run: str) -> GivenParams:
        if not NAME.fullmatch(run):
            hint = "只写参数文件的名称，例如 2023"
            raise UnreadableInputError(f"“{run}”不是运行名称", hint=hint)
        self.refuse_name(run)
        if named := given_params.workbook_of(self.root, run):
            self._refuse_link(self.root / named)
        return given_params.read(self.root, run)

    def refuse_name(self, run: str) -> None:
        """Refuse a name whose outputs would lie where those of another run do."""
        place = Place(f"params/{run}.yaml")
        if found := [end for end in RESERVED if _folded(run).endswith(end)]:
            raise UnreadableInputError(
                f"运行名称不能以 {found[0]} 结尾，这样的文件夹留给另一个运行的输出",
                place=place,
                hint="请给参数文件改名",
            )
        if others := [name for name in self._spelt.get(_folded(run), ()) if name != run]:
            raise UnreadableInputError(
                f"与 params/{others[0]}.yaml 只差大小写",
                place=place,
                hint="许多磁盘不分大小写，两份报告会互相覆盖，请改名",
            )

    @cached_property
    def _spelt(self) -> dict[str, list[str]]:
        """The names of all runs by what a disk that tells no case apart takes them for."""
        names: dict[str, list[str]] = {}
        for file in (self.root / "params").glob("*.yaml"):
            names.setdefault(_folded(file.stem), []).append(file.stem)
        return names

    def data(self, params: Params) -> Path:
        """Folder of a run's tables.

        Raises `UnreadableInputError` if it, or a file in it, is a link out of the project, or
        if what stands in place of a table is no plain file.
        """
        folder = self.root / params.data
        if folder.is_file():
            hint = "参数 data 填放数据表的文件夹"
            raise UnreadableInputError("不是文件夹", place=Place(params.data), hint=hint)
        for path in (folder, *sorted(folder.glob("*"))):
            folders = path == folder or path.suffix.lower() not in {".csv", ".xlsx"}
            refuse_special(path, Place(self.relative(path)), folders=folders)
            self._refuse_link(path)
        return folder

    def _refuse_link(self, path: Path) -> None:
        """Refuse what leads out of the project, unless that was asked for."""
        if not self._is_inside(path):
            raise UnreadableInputError(
                "指向项目之外",
                place=Place(self.relative(path)),
                hint="确需如此，用 report --outside",
            )

    def _is_inside(self, path: Path) -> bool:
        return self.outside or path.resolve().is_relative_to(self.root.resolve())

    def params(self, run: str) -> Params:
        """Read and check the parameters of a run; its name, and a year in it, must be its own."""
        file = f"params/{run}.yaml"
        found = self._given(run)
        values = found.values
        if given := sorted({"stage", "draft"} & set(values)):
            hint = "由命令的 --stage 和 --draft 给出"
            raise UnreadableInputError(f"不能写 {'、'.join(given)}", place=Place(file), hint=hint)
        params = read_params(values, found.file, found.names)
        if params.run != run:
            raise UnreadableInputError(
                f"run 为 {params.run}，与文件名不符", place=Place(file), hint=f'应为 "{run}"'
            )
        named = re.search(r"(?<!\d)\d{4}(?!\d)", run)
        if named and int(named[0]) != params.year:
            raise UnreadableInputError(
                f"year 为 {params.year}，与文件名不符", place=Place(file), hint=f"应为 {named[0]}"
            )
        return params


def find_project(start: Path | None = None) -> Project:
    """Find the nearest folder at or above `start` (the working directory) with a project in it.

    What lies among the data or outputs of another project is none, whatever it holds: its
    notebooks would run. Falls back to the folder the package was installed from. Raises
    `UnreadableInputError` if neither is a project.
    """
    here = (start or Path.cwd()).resolve()
    installed = Path(__file__).resolve().parents[3]
    found = [folder for folder in (here, *here.parents, installed) if _is_project(folder)]
    for folder in found:
        if not any(folder.is_relative_to(outer / part) for outer in found for part in PARTS):
            return Project(folder, outside=os.environ.get(OUTSIDE) == "1")
    raise UnreadableInputError("找不到项目", hint="请在含有 params 和 notebooks 的文件夹中运行")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _is_project(folder: Path) -> bool:
    return (folder / "params").is_dir() and (folder / "notebooks").is_dir()
