"""Where a project is and where its runs are: the root folder, `params/` and `outputs/`."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.params import MONITORED, Params, is_inside, read_params
from helpers.inputs.plain_files import refuse_special
from helpers.inputs.yaml_files import line_of, read_mapping

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

NAMING = "workbook"
"""The key by which a file of parameters leaves them to a workbook."""


def is_system_file(name: str) -> bool:
    """Whether the system or Excel put a file there for themselves: it is no data."""
    return name.startswith((".", "~$")) or name in {"Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class GivenParams:
    """The plain values of parameters, where they stand, and what they are called there."""

    values: Mapping[str, object]
    file: str
    names: Mapping[str, str] | None = None


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
        """The department a run's parameters name, unchecked; a workbook is not read for it.

        Raises as `params_values` does where that is the only way to tell.
        """
        from helpers.inputs.glance import text_beside
        from helpers.inputs.params_sheet import NAMES
        from helpers.inputs.workbooks import SETTINGS

        file = f"params/{run}.yaml"
        values = read_mapping(self.root / file, file)
        named = str(values.get(NAMING, ""))
        if named and is_inside(named) and "department" not in values:
            place = Place(named, sheet=SETTINGS)
            if found := text_beside(self.root / named, place, NAMES["department"]):
                return found
        return str(self.params_values(run).get("department") or "")

    def leaves_params_to_workbook(self, run: str) -> bool:
        """Whether a run's file of parameters names the workbook that has them."""
        file = f"params/{run}.yaml"
        return NAMING in read_mapping(self.root / file, file)

    def _given(self, run: str) -> GivenParams:
        if not NAME.fullmatch(run):
            hint = "只写参数文件的名称，例如 2023"
            raise UnreadableInputError(f"“{run}”不是运行名称", hint=hint)
        file = f"params/{run}.yaml"
        self.refuse_name(run)
        values = read_mapping(self.root / file, file)
        if NAMING in values:
            return self._of_workbook(run, values)
        return GivenParams(values, file)

    def _of_workbook(self, run: str, values: Mapping[str, object]) -> GivenParams:
        """The parameters that a file leaves to a workbook, and those it gives itself."""
        from helpers.inputs import params_sheet  # with it all that reads tables
        from helpers.inputs.workbooks import WORKBOOK, workbook_sheets

        file, named = f"params/{run}.yaml", str(values[NAMING])
        folder, _, name = named.rpartition("/")
        if name != WORKBOOK or not folder or not is_inside(folder):
            hint = f"写作 data/{run}/{WORKBOOK}"
            raise UnreadableInputError(f"{NAMING} 写法不对", place=Place(file), hint=hint)
        if not (self.root / named).exists():
            hint = f"请核对 {file} 中的 {NAMING}"
            raise UnreadableInputError("找不到这个工作簿", place=Place(named), hint=hint)
        self._refuse_link(self.root / named)
        sheet = params_sheet.settings_sheet(workbook_sheets(self.root / folder, folder), named)
        own, places = params_sheet.read_settings(sheet)
        places_of = {"data": Place(named), **places}
        for key in (key for key in values if key in {"data", *own}):
            first = Place(file, line_of(self.root / file, key))
            problem = (
                f"“{params_sheet.NAMES.get(key, key)}”（{key}）写了两处：{first}，{places_of[key]}"
            )
            raise UnreadableInputError(problem, hint="只留一处")
        blank = dict(params_sheet.blanks(places))
        given = {"run": run, **blank, **own, **values, "data": folder}
        del given[NAMING]
        return GivenParams(given, str(sheet.place()), params_sheet.NAMES)

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
        if not self.outside and not path.resolve().is_relative_to(self.root.resolve()):
            raise UnreadableInputError(
                "指向项目之外",
                place=Place(self.relative(path)),
                hint="确需如此，用 report --outside",
            )

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
