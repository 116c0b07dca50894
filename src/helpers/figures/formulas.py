"""What stands behind a number, told: its formula for people, its tree for programs, its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from helpers.figures.exact import exact_text
from helpers.figures.operations import OPERATIONS

if TYPE_CHECKING:
    from helpers.figures.cell import Cell
    from helpers.figures.number import Number

Json = str | dict[str, "int | str | list[Json]"]

SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
CALLS = {"sum": "合计", "min": "较小者", "max": "较大者", "mean": "平均"}
WHOLE = {"floor": "舍尾取整", "ceil": "进一取整"}
COMPARED = {">=": " ≥ ", ">": " > ", "<=": " ≤ ", "<": " < ", "=": " = "}
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
COUNTED = "行数"
OTHERWISE = "其余"
LISTED = 24
"""Parts of a sum that a formula lists; of more it names these and says how many there are."""


def formula(whole: Number, show: Callable[[Number], str] | None = None, *, top: bool = True) -> str:
    """Print a formula down to the next names: `支出 ÷ 全年预算数 × 100%`."""
    return _printed(whole, show or (lambda part: part.label), 0, top=top)


def substituted(whole: Number) -> str:
    """The formula with exact numbers for the names; a negative one or a fraction in brackets."""
    return formula(whole, _put_in)


def _put_in(part: Number) -> str:
    text, percent = part.exact or "待补充", "%" if part.unit == "%" and part.exact else ""
    if "/" in text:
        return f"（{text}）{percent}"
    return f"（{text}{percent}）" if text.startswith("-") else text + percent


def _printed(
    part: Number, show: Callable[[Number], str], strength: int, *, top: bool = False
) -> str:
    if (part.label and not top) or not part.op:
        return show(part) if part.label else _constant(part)
    if part.op in CALLS and len(part.args) == 1:
        return _printed(part.args[0], show, strength)
    if part.op not in STRENGTH:
        return _called(part, show)
    own = STRENGTH[part.op]
    left, right = part.args
    text = f"{_printed(left, show, own)}{SIGNS[part.op]}{_printed(right, show, own + 1)}"
    return f"（{text}）" if own < strength else text


def _called(part: Number, show: Callable[[Number], str]) -> str:
    """An operation written as a word with what it is of."""
    if part.op in {*COMPARED, "and", "first"}:
        return _chosen(part, show)
    if part.op not in {"round", *WHOLE, *CALLS}:
        return _counted(part)
    if part.op == "round":
        value, decimals = part.args
        return f"四舍五入（{_printed(value, show, 0)}，{exact_text(decimals.known)}位小数）"
    listed = "，".join(_printed(arg, show, 0) for arg in part.args[:LISTED])
    more = f"等{len(part.args)}项" if len(part.args) > LISTED else ""
    return f"{(CALLS | WHOLE)[part.op]}（{listed}{more}）"


def _chosen(part: Number, show: Callable[[Number], str]) -> str:
    """A comparison, several that hold together, or the cases of a choice with what each gives."""
    told = [_printed(arg, show, 0) for arg in part.args]
    if part.op == "and":
        return "且".join(told)
    if part.op in COMPARED:
        return COMPARED[part.op].join(told)
    cases = zip(told[::2], told[1::2], strict=True)
    return f"分档（{'；'.join(f'{when or OTHERWISE}为{then}' for when, then in cases)}）"


def _counted(part: Number) -> str:
    """What is counted, where it is rows that read alike."""
    asked = {tuple(word.words for word in arg.args[1:]) for arg in part.args if arg.op == "is"}
    if len(asked) == 1 and all(arg.op == "is" for arg in part.args):
        return f"“{'”或“'.join(asked.pop())}”的{COUNTED}"
    return COUNTED if part.op == "rows" else f"符合条件的{COUNTED}"


def _constant(part: Number) -> str:
    if part.value is None:
        return part.reason
    return exact_text(part.value) + ("%" if part.unit == "%" else "")


def denominator(whole: Number) -> str:
    """What the outermost division divides by; empty where that is a constant, or there is none."""
    below = _divisor(whole, top=True)
    return "" if below is None else formula(below, top=False)


def _divisor(part: Number, *, top: bool = False) -> Number | None:
    if not part.op or (part.label and not top):
        return None
    if part.op == "/" and not _is_constant(part.args[1]):
        return part.args[1]
    return next((found for arg in part.args if (found := _divisor(arg)) is not None), None)


def _is_constant(part: Number) -> bool:
    return not (part.label or part.cell) and all(map(_is_constant, part.args))


def named_parts(whole: Number) -> Iterator[Number]:
    """The nearest named numbers and cells under a number, in order, as often as they occur."""
    for arg in whole.args:
        if arg.label or arg.cell:
            yield arg
        else:
            yield from named_parts(arg)


def figures_in(whole: Number) -> list[Number]:
    """The nearest parts that are figures of their own, each once."""
    found = (part for part in _parts_of(whole) if part.id and part is not whole)
    return list({part.id: part for part in found}.values())


def own_cells(whole: Number) -> Iterator[Cell]:
    """The cells a formula names itself, not by way of another figure, in order."""
    own = (part for part in _parts_of(whole) if part is whole or not part.id)
    return (part.cell for part in own if part.cell)


def _parts_of(whole: Number) -> Iterator[Number]:
    """A number, the parts of its own formula, and the figures these end at, each once."""
    waiting, seen = [whole], set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        if part is whole or not part.id:
            waiting += reversed(part.args)


def sources(whole: Number) -> tuple[Cell, ...]:
    """Every cell a number rests on, once; those its own formula names come first."""
    below = (cell for part in figures_in(whole) for cell in part.sources)
    return tuple(dict.fromkeys((*own_cells(whole), *below)))


def tree(whole: Number) -> Json:
    """A formula as JSON.

    An id for another figure, `{"number": …}` for a constant, `{"text": …}` for a text,
    `{"cell": n}` for the n-th of the number's sources, else `{"op": …, "args": […]}`.
    """
    places = {cell: at for at, cell in enumerate(whole.sources)}

    def node(part: Number, *, top: bool = False) -> Json:
        if part.id and not top:
            return part.id
        if part.op:
            return {"op": part.op, "args": [node(arg) for arg in part.args]}
        if part.cell:
            return {"cell": places[part.cell]}
        return (
            {"number": exact_text(part.value)} if part.value is not None else {"text": part.words}
        )

    return node(whole, top=True)


class Explanation(str):
    """A text of several lines that a notebook and a terminal show as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def explanation(whole: Number) -> Explanation:
    """Label, formula, numbers put in, and every part down to file, line, column and text."""
    return Explanation("\n".join(_explained(whole, 0, set())))


def _explained(part: Number, depth: int, told: set[object]) -> Iterator[str]:
    pad, name = "　" * depth, part.label or "结果"
    same = part.id or (part.label, part.cell or id(part))
    if same in told:
        return
    told.add(same)
    if part.op in OPERATIONS:
        yield f"{pad}{name} ＝ {formula(part)}"
        yield f"{pad}　　＝ {substituted(part)} ＝ {part.with_unit}"
    elif part.op:
        yield f"{pad}{name} ＝ {formula(part)} ＝ {part.with_unit}"
    elif part.cell and part.words and not part.defined:
        yield f"{pad}{part.cell}"
    elif part.cell:
        yield f"{pad}{name} ＝ {part.with_unit} ← {part.cell}"
    else:
        yield f"{pad}{name} ＝ {part.with_unit}{f'（{part.words}）' if part.words else ''}"
    for below in named_parts(part):
        yield from _explained(below, depth + 1, told)
