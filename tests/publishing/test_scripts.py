"""The page's scripts and style keep to what an engine of 2018 reads."""

import re
from collections import Counter
from pathlib import Path

import pytest

from helpers.publishing.rendering import TEMPLATES

SCRIPTS = sorted(TEMPLATES.glob("*.js"))
STYLES = sorted(TEMPLATES.glob("*.css"))
NEWER = {
    "?.": r"\?\.(?!\d)",
    "??": r"\?\?",
    "||= &&= ??=": r"(?:\|\||&&|\?\?)=",
    "a literal of BigInt": r"\b\d+n\b",
    "catch without a name": r"\bcatch\s*\{",
    "a number in parts": r"\b\d+_\d",
    "a private member": r"\bthis\.#|^\s*#\w+",
    "import() or export": r"\b(?:import|export)\b",
    "await of a module": r"^(?:const .*= )?await\b",
    "a newer expression": r"\(\?<|/[a-z]*[sdv][a-z]*(?=[;,)])",
    "a newer method": (
        r"\.(?:at|flat|flatMap|matchAll|replaceAll|fromEntries|hasOwn|trimStart|trimEnd"
        r"|toSorted|toReversed|findLast|allSettled|any|replaceChildren|toggleAttribute"
        r"|structuredClone|queueMicrotask|arrayBuffer)\("
    ),
}
"""Of what came after Chromium 69, what somebody may write without thinking; the engine itself,
in `tests/surroundings`, knows the rest."""


def code(text: str) -> str:
    """A script without its comments and texts."""
    return re.sub(r'^\s*//.*$|"(?:\\.|[^"\\\n])*"', '""', text, flags=re.MULTILINE)


@pytest.mark.parametrize("what", NEWER)
def test_no_script_uses_newer_language(what: str) -> None:
    """One such word, and an old engine reads nothing of the script."""
    found = {
        path.name: hits
        for path in SCRIPTS
        if (hits := re.findall(NEWER[what], code(path.read_text(encoding="utf-8")), re.MULTILINE))
    }
    assert found == {}


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_every_rule_of_a_style_is_closed(style: Path) -> None:
    """An open one makes what follows part of it: an engine that drops the rule drops the rest."""
    assert style.read_text(encoding="utf-8").count("{") == style.read_text(encoding="utf-8").count(
        "}"
    )


def test_no_two_scripts_have_a_name_in_common() -> None:
    """They share one room: the later would take the place of the earlier, or not be read at all."""
    named = Counter(
        name
        for path in SCRIPTS
        for name in re.findall(
            r"^(?:async )?(?:const|let|function|class) (\w+)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    assert [name for name, times in named.items() if times > 1] == []
