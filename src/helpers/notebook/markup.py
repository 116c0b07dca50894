"""Facts as HTML: the one way a figure gets into prose, a table or a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from helpers.figures.number import Number


def figure(fact: Number) -> Markup:
    """The figure itself, as tables show it: `<data …>23,187.02</data>`.

    Its title tells formula and sources where a pointer rests on it in JupyterLab; the page
    has the panel instead, and leaves it out.
    """
    missing = "" if fact.defined else " missing"
    return Markup('<data class="fact{}" data-fact="{}" value="{}" title="{}">{}</data>').format(
        missing, fact.id, fact.exact, _description(fact), fact.display
    )


def _description(fact: Number) -> str:
    """What a figure is, how it came about, and the columns it rests on."""
    columns = dict.fromkeys(f"{s.place.file}“{s.place.column}”列" for s in fact.sources)
    formula = f"＝{fact.formula}＝{fact.substituted}" if fact.op else ""
    sources = "；".join(list(columns)[:6])
    return f"{fact.label}{formula}（{fact.reason or '来源'}：{sources}）"


def with_unit(fact: Number) -> Markup:
    """The figure and its unit, as prose shows it: `<data …>23,187.02</data>万元`."""
    unit = "" if fact.unit == "%" or not fact.defined else fact.unit
    return figure(fact) + unit


def day(text: str) -> Markup:
    """A date as a date, which no reviewer need take for a figure."""
    return Markup('<time datetime="{0}">{0}</time>').format(text)


def code(text: str) -> Markup:
    """An account code, which is a name made of digits."""
    return Markup("<code>{}</code>").format(text)


def join(parts: Iterable[str | Markup]) -> Markup:
    """Put pieces one after the other, escaping what is plain text."""
    return Markup("").join(escape(part) for part in parts)


MARK = "shown"


def is_block(data: Mapping[str, object], metadata: Mapping[str, object]) -> bool:
    """Whether an output of a notebook is a block of ours, not HTML of somebody else's.

    A notebook is a program and may imitate one; nothing does by accident.
    """
    return isinstance(metadata.get(MARK), Mapping) and "text/html" in data


class Html:
    """A block of HTML that a notebook shows."""

    def __init__(self, html: Markup, shown: Mapping[str, list[str]] | None = None) -> None:
        self.html = html
        self.shown = shown or {}

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, object]]:
        """The block, and as its metadata what it shows: ids of facts, tables and texts."""
        data = {"text/html": str(self.html), "text/plain": repr(self)}
        return data, {MARK: self.shown}

    def __repr__(self) -> str:
        return str(self.html.striptags())
