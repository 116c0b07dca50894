"""Markdown cells as blocks: headings and paragraphs, what page, PDF and Word can all carry."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any

from mistune import Markdown

from helpers.blocks.model import Heading, Paragraph, sentence_id
from helpers.blocks.words import Part, Role, Styled, words

STYLES: dict[str, Role] = {"strong": "strong", "emphasis": "emphasis", "codespan": "code"}
LEVELS = 4
FOREIGN = {
    **dict.fromkeys(("block_html", "inline_html"), "HTML"),
    "link": "链接",
    "image": "图片",
    "list": "列表",
    "block_quote": "引文",
    "block_code": "代码",
    "thematic_break": "分隔线",
}
"""What else Markdown may hold elsewhere, for a person to read."""

Token = dict[str, Any]


class ForeignError(Exception):
    """Something in Markdown that is neither a heading nor a paragraph, by what it is called."""


def prose(source: str) -> Iterator[Heading | Paragraph]:
    """The headings and paragraphs of Markdown; raises `ForeignError` for anything else."""
    tokens = Markdown(renderer=None)(source)
    assert isinstance(tokens, list)
    for token in tokens:
        match token["type"]:
            case "heading":
                if token["attrs"]["level"] > LEVELS or token.get("style") == "setext":
                    raise ForeignError(f"不是 1 到 {LEVELS} 个 # 的标题")
                yield Heading(token["attrs"]["level"], _text(token["children"]))
            case "paragraph":
                said = words(*map(_part, token["children"]))
                yield Paragraph(f"text-{sentence_id(said.text)}", said)
            case "blank_line":
                pass
            case kind:
                raise ForeignError(FOREIGN.get(kind, kind))


def _part(token: Token) -> Part:
    if role := STYLES.get(token["type"]):
        return Styled(_text([token | {"type": "text"}]), role)
    return _text([token])


def _text(tokens: Sequence[Token]) -> str:
    """The plain text of tokens, of styled ones as well."""
    pieces = []
    for token in tokens:
        if token["type"] in {"linebreak", "softbreak"}:
            pieces.append("\n")
        elif "children" in token and token["type"] in {"text", *STYLES}:
            pieces.append(_text(token["children"]))
        elif token["type"] in {"text", "codespan"}:
            pieces.append(html.unescape(token["raw"]))
        else:
            raise ForeignError(FOREIGN.get(token["type"], token["type"]))
    return "".join(pieces)
