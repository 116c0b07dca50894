"""What changed between two runs, fact by fact, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from helpers.blocks.html import HtmlWriter
from helpers.blocks.model import Grid
from helpers.errors import Place, UnreadableInputError
from helpers.inputs.plain_files import parsed_json, read_plain
from helpers.inputs.project import Project
from helpers.publishing import page_fonts
from helpers.publishing.bold import bold_in
from helpers.publishing.rendering import environment, own_file

Fact = Mapping[str, Any]
"""A fact as `facts.json` holds it."""

NEW, GONE = "新增", "取消"
NEEDED: dict[str, type] = {
    "id": str,
    "label": str,
    "value": str,
    "display": str,
    "unit": str,
    "formula": str,
    "tree": object,
    "decimals": int,
    "rounding": str,
    "inputs": list,
}
"""What each fact has, and of which kind."""

LARGEST = 1_000_000_000
"""Bytes of a `facts.json`; that of twenty thousand projects has a fifth of it."""


@dataclass(frozen=True)
class Change:
    """One fact that is not what it was: as shown before and after, and why."""

    id: str
    label: str
    old: str
    new: str
    why: str


def read_facts(project: Project, name: str) -> list[Fact]:
    """Read the facts of a run by its name, or of a `facts.json` by its path.

    Raises `UnreadableInputError` if there are none, or they are not whole.
    """
    built = project.output(name) / "facts.json"
    path = built if built.is_file() else Path(name)
    place = Place(name)
    broken = UnreadableInputError("不是完整的 facts.json", place=place)
    try:
        facts: list[Fact] = parsed_json(read_plain(path, place, LARGEST))
    except OSError:
        raise UnreadableInputError(
            "找不到可比较的数据项", place=place, hint="写运行名称（已生成报告）或 facts.json 的路径"
        ) from None
    except ValueError:
        raise broken from None
    if not isinstance(facts, list) or not all(map(_whole, facts)):
        raise broken
    ids = {fact["id"] for fact in facts}
    if len(ids) < len(facts) or not all(ids.issuperset(fact["inputs"]) for fact in facts):
        raise broken
    return facts


def _whole(fact: object) -> bool:
    """Whether this is a fact with all its parts."""
    return (
        isinstance(fact, dict)
        and all(isinstance(fact.get(key), kind) for key, kind in NEEDED.items())
        and all(isinstance(name, str) for name in fact["inputs"])
    )


def changes(old: Sequence[Fact], new: Sequence[Fact]) -> list[Change]:
    """Every fact that changed, came or went, in the order of the new run, gone ones last."""
    before = {fact["id"]: fact for fact in old}
    after = {fact["id"]: fact for fact in new}
    found = [
        Change(id, fact["label"], "—", _shown(fact), NEW)
        if id not in before
        else Change(id, fact["label"], _shown(before[id]), _shown(fact), why)
        for id, fact in after.items()
        if (why := NEW if id not in before else _why(before, after, id))
    ]
    gone = [
        Change(id, fact["label"], _shown(fact), "—", GONE)
        for id, fact in before.items()
        if id not in after
    ]
    return found + gone


def _shown(fact: Fact) -> str:
    """The figure as the page shows it, with its unit."""
    unit = "" if fact["unit"] == "%" or not fact["value"] else fact["unit"]
    return f"{fact['display']}{unit}"


def _why(before: Mapping[str, Fact], after: Mapping[str, Fact], id: str) -> str:
    """Why a fact is not what it was; empty if it is."""
    old, new = before[id], after[id]
    reasons = []
    if _shape(old["tree"]) != _shape(new["tree"]) or old["unit"] != new["unit"]:
        reasons.append("算式改变")
    if old["value"] != new["value"]:
        moved = [
            after[name]["label"]
            for name in new["inputs"]
            if name in before and before[name]["value"] != after[name]["value"]
        ]
        if moved:
            reasons.append(f"数据改变：{'、'.join(moved)}")
        elif not reasons:
            reasons.append("数据改变")
    if (old["decimals"], old["rounding"]) != (new["decimals"], new["rounding"]):
        reasons.append("舍入改变")
    return "；".join(reasons)


def _shape(tree: object) -> object:
    """A formula but for how many cells it takes: another row is other data, no other formula."""
    if not isinstance(tree, Mapping) or "op" not in tree:
        return "cell" if isinstance(tree, Mapping) and "cell" in tree else tree
    shapes = [_shape(arg) for arg in tree["args"]]
    return tree["op"], [each for at, each in enumerate(shapes) if each not in shapes[:at]]


def notices(*runs: Sequence[Fact]) -> list[str]:
    """The notices the facts carry, each once."""
    found = (str(fact.get("notice", "")) for run in runs for fact in run)
    return [notice for notice in dict.fromkeys(found) if notice]


def diff_page(title: str, found: Sequence[Change], notices: Sequence[str]) -> str:
    """The changes as a page of their own, under the runs' notices: no script, no request."""
    rows = [(c.label, c.old, c.new, c.why, c.id) for c in found] or [("没有变化", "", "", "", "")]
    head = ("数据项", "原", "现", "原因", "名称")
    grid = Grid("table-changes", "数据项变化", head, rows)
    template = environment().get_template("diff.html.j2")
    context = {"title": title, "notices": notices, "grid": HtmlWriter().grid(grid)}
    text = Markup(template.render(context, style="")).striptags()  # noqa: S704 - escapes everything
    faces = Markup(page_fonts.own_faces(text, title + "".join(bold_in(grid))))  # noqa: S704 - base64 of our own fonts
    return template.render(context, style=faces + own_file("page.css"))
