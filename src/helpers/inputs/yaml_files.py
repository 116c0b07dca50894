"""Read a YAML file as a plain mapping, and say what is wrong with it, for a person to act on."""

from __future__ import annotations

import math
import re
import reprlib
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where it was compiled in
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

from helpers.errors import Place, UnreadableInputError, brief
from helpers.inputs.plain_files import read_plain

MERGE = "tag:yaml.org,2002:merge"
WHOLE = re.compile(r"[-+]?[\d.]+%?|\d{4}-\d\d?-\d\d?|true|false")
COMMENT = re.compile(r"\s+#")
"""Values that cannot be the beginning of a longer text, and where a comment begins."""

LARGEST, DEEPEST = 1_000_000, 20
"""Bytes and levels; parameters and rubrics need a hundredth and a third of it."""


class _Loader(SafeLoader):
    """Safe loader. Duplicate keys raise, instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        keys = [key.value for key, _ in node.value]
        for at, (key, _) in enumerate(node.value):
            if key.tag == MERGE:
                raise _RefusedError("用了合并（<<）", key.start_mark, "请写出全部内容")
            if key.value in keys[:at]:
                raise _RefusedError(f"“{key.value}”写了两次", key.start_mark, "只留一处")
        return super().construct_mapping(node, deep)


def _date(loader: _Loader, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - a day or a moment
    try:
        return loader.construct_yaml_timestamp(node)
    except (ValueError, OverflowError):
        hint = "例如 2024年3月15日"
        raise _RefusedError(f"没有“{node.value}”这一天", node.start_mark, hint) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


class _RefusedError(yaml.MarkedYAMLError):
    """What is well-formed, and still not what these files may hold."""

    def __init__(self, problem: str, mark: Any, hint: str) -> None:  # noqa: ANN401 - the compiled parser has marks of its own
        super().__init__(problem=problem, problem_mark=mark)
        self.line, self.hint = mark.line + 1, hint


def read_mapping(path: Path, file: str) -> dict[str, object]:
    """The mapping in a YAML file; `file` is how users see its path.

    Raises `UnreadableInputError` if it is missing, no plain file, not UTF-8, no YAML, no
    mapping, or holds what could be misread or never end: a key twice, aliases, endless nesting.
    """
    place = Place(file)
    try:
        text = read_plain(path, place, LARGEST).decode("utf-8")
    except FileNotFoundError:
        known = "、".join(sorted(each.stem for each in path.parent.glob("*.yaml"))) or "无"
        raise UnreadableInputError("找不到文件", place=place, hint=f"现有：{known}") from None
    except UnicodeDecodeError:
        hint = "请另存为 UTF-8"
        raise UnreadableInputError("不是 UTF-8 编码", place=place, hint=hint) from None
    except OSError:
        raise UnreadableInputError("无法读取这个文件", place=place) from None
    return parsed_mapping(text, file)


def parsed_mapping(text: str, file: str) -> dict[str, object]:
    """The mapping in a YAML text; raises as `read_mapping` does."""
    try:
        _refuse_traps(text)
        values = yaml.load(text, _Loader)  # noqa: S506 - a safe loader of our own
    except _RefusedError as error:
        raise UnreadableInputError(
            str(error.problem), place=Place(file, error.line), hint=error.hint
        ) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise UnreadableInputError(
            "YAML 写法有误", place=Place(file, line), hint="每行写作“键: 值”"
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):  # a control character
        hint = "文字、日期和小数加引号"
        raise UnreadableInputError(
            "含有 YAML 不能读的字符或值", place=Place(file), hint=hint
        ) from None
    if not isinstance(values, dict):
        raise UnreadableInputError("应为“键: 值”的形式", place=Place(file))
    return values


def line_of(path: Path, key: str) -> int:
    """The line on which a plain file gives a key; 0 where it cannot be told."""
    lines = path.read_text("utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.partition(":")[0] == key), 0)


def as_yaml(value: object) -> str:
    """A value as YAML on one line: a text bare where that reads as itself, else in quotes."""
    if isinstance(value, list):
        return f"[{', '.join(map(as_yaml, value))}]"
    plain = yaml.safe_dump(value, allow_unicode=True, width=math.inf)
    if not isinstance(value, str) or plain == f"{value}\n...\n":
        return plain.partition("\n")[0]
    quoted = yaml.safe_dump(value, allow_unicode=True, width=math.inf, default_style='"')
    return quoted.removesuffix("\n")


def mapping_text(values: Mapping[str, object]) -> str:
    """A flat mapping as a YAML file, a line a key."""
    return "".join(f"{key}: {as_yaml(value)}\n" for key, value in values.items())


def reads_as(text: str, meant: Mapping[str, object]) -> bool:
    """Whether a YAML text says just this."""
    try:
        return parsed_mapping(text, "") == meant
    except UnreadableInputError:
        return False


def _refuse_traps(text: str) -> None:
    """Refuse what grows or nests without end, or may be cut, before anything is made of it."""
    depth, lines = 0, text.split("\n")
    for event in yaml.parse(text, SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError("用了别名（*）", event.start_mark, "请写出全部内容")
        if isinstance(event, yaml.ScalarEvent) and _may_be_cut(event, lines):
            hint = "文字里有 # 的，整个值加引号；注释另起一行"
            raise _RefusedError(
                f"“{brief(event.value)}”后面的 # 会截断文字", event.start_mark, hint
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _RefusedError("层次过多", event.start_mark, "请核对括号")


def _may_be_cut(event: yaml.ScalarEvent, lines: Sequence[str]) -> bool:
    """Whether a text without quotes ends where YAML begins a comment: nobody knows which it is."""
    mark = event.end_mark
    after = lines[mark.line][mark.column :] if mark and mark.line < len(lines) else ""
    bare = event.value and not event.style
    return bool(bare) and not WHOLE.fullmatch(event.value) and bool(COMMENT.match(after))


def complaints(
    error: ValidationError, messages: Mapping[str, str], names: Mapping[str, str] | None = None
) -> str:
    """Everything pydantic found wrong with a mapping, a line each, in Chinese.

    Keys go by `names`, where a reader knows them by others.
    """
    return "\n".join(f"  {_explain(detail, messages, names or {})}" for detail in error.errors())


def _explain(detail: ErrorDetails, messages: Mapping[str, str], names: Mapping[str, str]) -> str:
    keys = map(str, detail["loc"])
    name = ".".join(names.get(key, key) for key in keys) or "整体"
    said = str(detail.get("ctx", {}).get("error", ""))
    known = messages.get(detail["type"], "写法不对")
    if said and said != str(detail["input"]):
        known = said
    if detail["type"] == "literal_error":
        choices = str(detail["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
        known = f"应为 {choices.replace(', ', '、')} 之一"
    silent = detail["type"] == "missing" or (said and _whole(detail))
    value = detail["input"]
    shown = "空" if value is None else f" {reprlib.repr(value)}"
    given = "" if silent else f"（现为{shown}）"
    return f"{name}：{known}{given}"


def _whole(detail: ErrorDetails) -> bool:
    """Whether the complaint is about a mapping as a whole, whose own words say it best."""
    return isinstance(detail["input"], dict)
