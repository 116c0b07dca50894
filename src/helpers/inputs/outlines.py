"""The outline of a report as data: which notebooks in which order, under which headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.yaml_files import complaints, read_mapping

OUTLINE = "params/outlines/beijing-township.yaml"
MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，可能是拼写有误",
    "dict_type": "应为标题，下级标题写在它下面",
    "string_type": "应为文字",
}

HeadingPath = tuple[str, ...]
"""A heading with those it stands under, the section's title first."""


class Outline(BaseModel):
    """The official outline: for each notebook, by its file's name, its headings and theirs.

    `sections` are numbered 一、二、…, `annexes` 附件1, 附件2, …; `monitoring` is what is handed
    in in August, numbered as sections are. A notebook that is not listed is an annex of its
    own, after all others, with headings of its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    sections: dict[str, dict[str, Any]]
    annexes: dict[str, dict[str, Any]]
    monitoring: dict[str, dict[str, Any]]

    @property
    def listed(self) -> Mapping[str, dict[str, Any]]:
        """The headings of every notebook that is listed, in order."""
        return self.sections | self.annexes | self.monitoring

    def in_order(self, notebooks: Iterable[Path]) -> list[Path]:
        """Notebooks in the order of the report."""
        order = list(self.listed)
        return sorted(
            notebooks,
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


def _paths(headings: Mapping[str, Any] | None, above: HeadingPath = ()) -> Iterator[HeadingPath]:
    for text, below in (headings or {}).items():
        yield (*above, text)
        yield from _paths(below, (*above, text))


def read_outline(root: Path) -> Outline:
    """Read the outline of a project, given its root.

    Raises `UnreadableInputError` naming every wrong key at once.
    """
    place = Place(OUTLINE)
    try:
        outline = Outline.model_validate(read_mapping(root / OUTLINE, OUTLINE))
    except ValidationError as error:
        lines = complaints(error, MESSAGES)
        raise UnreadableInputError(f"报告结构有误：\n{lines}", place=place) from None
    for notebook, headings in outline.listed.items():
        if not headings or not _are_headings(headings):
            hint = "每个标题一行，以冒号结尾"
            raise UnreadableInputError(f"{notebook} 的标题写法不对", place=place, hint=hint)
    return outline


def _are_headings(headings: Mapping[str, Any]) -> bool:
    return all(
        isinstance(text, str)
        and (below is None or (isinstance(below, dict) and _are_headings(below)))
        for text, below in headings.items()
    )
