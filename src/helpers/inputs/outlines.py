"""The outline of a report as data: its title, which notebooks in which order, which headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.headings import HeadingPath
from helpers.inputs.names import nearest
from helpers.inputs.params import MONITORING, Params
from helpers.inputs.yaml_files import complaints, read_mapping

MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，可能是拼写有误",
    "dict_type": "应为标题，下级标题写在它下面",
    "string_type": "应为文字",
    "bool_type": "应为 true 或 false",
}

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
Headings = dict[str, dict[str, Any] | None]


def outline_file(name: str) -> str:
    """The file of an outline by its name, from the root."""
    return f"params/outlines/{name}.yaml"


class Outline(BaseModel):
    """What a report of a kind consists of: for each notebook, by its file's name, its headings.

    `sections` are numbered 一、二、…, `annexes` 附件1, 附件2, …; `monitoring` is what is handed
    in in August, numbered as sections are. `without` are notebooks the report does not have,
    and headings that stand in a notebook and not in the report, with all below them. Headings
    are those of the notebooks; `titles` says how this report words some. A notebook that is
    listed nowhere is an annex of its own, after all others, with headings of its own. `empty`
    says what becomes of a heading with nothing below it. `confirmed` is false where nobody has
    seen the original; `source` says what is known of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    source: str
    confirmed: bool
    title: str
    monitoring_title: str
    empty: Literal["待补充", "略去"]
    sections: dict[str, Headings]
    annexes: dict[str, Headings]
    monitoring: dict[str, Headings]
    without: dict[str, Headings | None] = {}
    titles: dict[str, str] = {}
    file: str = ""

    def title_of(self, params: Params) -> str:
        """The title of a run's report."""
        monitoring = params.stage == MONITORING
        title = self.monitoring_title if monitoring else self.title
        return title.replace("{department}", params.department).replace("{year}", f"{params.year}")

    @property
    def listed(self) -> Mapping[str, Headings]:
        """The headings of every notebook that is listed, in order."""
        return self.sections | self.annexes | self.monitoring

    def in_order(self, notebooks: Iterable[Path]) -> list[Path]:
        """The notebooks the report has, in its order."""
        order = list(self.listed)
        return sorted(
            (path for path in notebooks if self.without.get(path.stem, {}) is not None),
            key=lambda path: (
                (0, order.index(path.stem), "") if path.stem in order else (1, 0, path.name)
            ),
        )

    def is_annex(self, notebook: str) -> bool:
        """Whether a notebook is one of the annexes."""
        return notebook not in self.sections and notebook not in self.monitoring

    def headings(self, notebook: str) -> list[HeadingPath] | None:
        """The official headings of a notebook in order; None for one that is not listed."""
        return list(_paths(self.listed[notebook])) if notebook in self.listed else None

    def has(self, notebook: str, path: HeadingPath) -> bool:
        """Whether what stands in a notebook under a heading is part of the report."""
        left_out = set(_ends(self.without.get(notebook)))
        return not any(path[:depth] in left_out for depth in range(1, len(path) + 1))

    def shown(self, heading: str) -> str:
        """How the report words a heading of a notebook."""
        return self.titles.get(heading, heading)


def _paths(headings: Mapping[str, Any] | None, above: HeadingPath = ()) -> Iterator[HeadingPath]:
    for text, below in (headings or {}).items():
        yield (*above, text)
        yield from _paths(below, (*above, text))


def _ends(headings: Mapping[str, Any] | None, above: HeadingPath = ()) -> Iterator[HeadingPath]:
    """The headings with none below them."""
    for text, below in (headings or {}).items():
        yield from _ends(below, (*above, text)) if below else [(*above, text)]


def read_outline(root: Path, name: str) -> Outline:
    """Read an outline of a project by its name, given the project's root.

    Raises `UnreadableInputError` naming every wrong key at once.
    """
    if not NAME.fullmatch(name):
        raise UnreadableInputError(f"“{name}”不是报告结构的名称", hint="只写文件名，不带后缀")
    file = outline_file(name)
    place = Place(file)
    try:
        outline = Outline.model_validate({**read_mapping(root / file, file), "file": file})
    except ValidationError as error:
        lines = complaints(error, MESSAGES)
        raise UnreadableInputError(f"报告结构有误：\n{lines}", place=place) from None
    for notebook, headings in outline.listed.items():
        if not headings or not _are_headings(headings):
            hint = "每个标题一行，以冒号结尾"
            raise UnreadableInputError(f"{notebook} 的标题写法不对", place=place, hint=hint)
    for title in (outline.title, outline.monitoring_title):
        if not _is_title(title):
            hint = "例如 {department}{year}年度部门整体绩效评价报告"
            raise UnreadableInputError(f"标题“{title}”写法不对", place=place, hint=hint)
    known = {path[-1] for listed in outline.listed.values() for path in _paths(listed)}
    if stray := [heading for heading in outline.titles if heading not in known]:
        near = nearest(stray[0], known)
        hint = f"是否应为“{near}”" if near else "写笔记本中的标题"
        problem = f"titles 中的“{stray[0]}”不是本报告的标题"
        raise UnreadableInputError(problem, place=place, hint=hint)
    if both := sorted(outline.listed.keys() & {n for n, h in outline.without.items() if h is None}):
        problem = f"{both[0]} 又列为一个部分，又列为不写"
        raise UnreadableInputError(problem, place=place, hint="只留一处")
    return outline


def _is_title(title: str) -> bool:
    """Whether a title names department and year, and has no other place for a word."""
    named = [title.count(f"{{{word}}}") for word in ("department", "year")]
    return named == [1, 1] and title.count("{") == title.count("}") == len(named)


def _are_headings(headings: Mapping[str, Any]) -> bool:
    return all(
        isinstance(text, str)
        and (below is None or (isinstance(below, dict) and _are_headings(below)))
        for text, below in headings.items()
    )
