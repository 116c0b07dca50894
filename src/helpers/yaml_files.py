"""Read a YAML file as a plain mapping, and say what is wrong with it, for a person to act on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where it was compiled in
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

from helpers.errors import Place, UnreadableInputError


def read_mapping(path: Path, file: str) -> dict[str, object]:
    """The mapping in a YAML file; `file` is how users see its path.

    Raises `UnreadableInputError` if it is missing, not UTF-8, no YAML, or no mapping.
    """
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), SafeLoader)
    except FileNotFoundError:
        known = "、".join(sorted(each.stem for each in path.parent.glob("*.yaml"))) or "无"
        raise UnreadableInputError("找不到文件", place=Place(file), hint=f"现有：{known}") from None
    except UnicodeDecodeError:
        raise UnreadableInputError(
            "不是 UTF-8 编码", place=Place(file), hint="请另存为 UTF-8"
        ) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise UnreadableInputError(
            "YAML 写法有误", place=Place(file, line), hint="每行写作“键: 值”"
        ) from None
    if not isinstance(values, dict):
        raise UnreadableInputError("应为“键: 值”的形式", place=Place(file))
    return values


def complaints(error: ValidationError, messages: Mapping[str, str]) -> str:
    """Everything pydantic found wrong with a mapping, a line each, in Chinese."""
    return "\n".join(f"  {_explain(detail, messages)}" for detail in error.errors())


def _explain(detail: ErrorDetails, messages: Mapping[str, str]) -> str:
    name = ".".join(map(str, detail["loc"])) or "整体"
    said = str(detail.get("ctx", {}).get("error", ""))
    known = messages.get(detail["type"], "写法不对")
    if detail["type"] == "literal_error":
        choices = str(detail["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
        known = f"应为 {choices.replace(', ', '、')} 之一"
    given = "" if detail["type"] == "missing" else f"（现为 {detail['input']!r}）"
    return f"{name}：{said or known + given}" if _whole(detail) else f"{name}：{known}{given}"


def _whole(detail: ErrorDetails) -> bool:
    """Whether the complaint is about a mapping as a whole, whose own words say it best."""
    return isinstance(detail["input"], dict)
