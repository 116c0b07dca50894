"""The text of `facts.json`: every figure with all behind it, for people and programs."""

from __future__ import annotations

import json

from helpers.figures.facts import Facts
from helpers.inputs.fingerprints import SourceFingerprints


def facts_json(facts: Facts, made: SourceFingerprints, notice: str) -> str:
    """The text of `facts.json`: a list of facts, one a line.

    Each says what it is made from and carries the run's notice, so that no figure travels
    without it.
    """
    common = {"made_from": made.to_json(), "notice": notice}
    listed = [fact.to_json() | common for fact in facts.values()]
    lines = ",\n".join(json.dumps(fact, ensure_ascii=False) for fact in listed)
    return f"[\n{lines}\n]\n".replace("<", "\\u003c")
