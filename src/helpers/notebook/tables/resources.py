"""Tables of expenses, posts, funds and key projects, with their totals; and of their ratios."""

from __future__ import annotations

import pandas as pd

from helpers.evaluation.fact_ids import resource_id
from helpers.evaluation.resource_ratios import RATES
from helpers.evaluation.resources import Resource, filled, row_key
from helpers.inputs.data_frames import TOTALLED, explained
from helpers.inputs.schema.resources import FUNDS, TOTAL
from helpers.run import Run

NOTHING_SHOWN = ""
"""What stands in place of a table the run was not given: nothing at all."""


def amounts(run: Run, resource: Resource) -> pd.DataFrame:
    """The rows of a table and their total; columns nobody filled in are left out."""
    table, facts = run.tables[resource.spec.name], run.facts
    names = [each.name for each in resource.spec.columns if filled(table, each.name)]
    texts = [name for name in names if name not in resource.columns]
    told = dict(resource.columns)
    if resource.spec is FUNDS:
        told["预算执行率"] = "execution_rate"
    suffixes = {name: id for name, id in told.items() if f"{resource.prefix}_{id}" in facts}
    rows = [
        [
            *(table.string(line, column) for column in texts),
            *(
                facts[resource_id(resource.prefix, row_key(table, line), id)]
                for id in suffixes.values()
            ),
        ]
        for line in table.lines
        if table.row_name(line) != TOTAL
    ]
    if table.given:
        named = [TOTAL if each == resource.spec.named_by else "" for each in texts]
        rows.append([*named, *(facts[f"{resource.prefix}_{id}"] for id in suffixes.values())])
    frame = pd.DataFrame(rows, columns=[*texts, *suffixes])
    frame.attrs[TOTALLED] = True
    return explained(frame, NOTHING_SHOWN)


def ratios(run: Run) -> pd.DataFrame:
    """Every ratio of the tables that are given, with what it divides by."""
    found = [run.facts[id] for id in RATES if id in run.facts]
    rows = [(rate.label, rate, rate.denominator) for rate in found]
    return explained(pd.DataFrame(rows, columns=["比率", "数值", "分母"]), NOTHING_SHOWN)
