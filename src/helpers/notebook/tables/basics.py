"""Tables of management work and of published ratios, each row with a verdict."""

from __future__ import annotations

import pandas as pd

from helpers.checks import years
from helpers.evaluation.evaluate import published_pairs
from helpers.evaluation.fact_ids import duty_count_id
from helpers.figures import rounding_intervals
from helpers.inputs.data_frames import explained
from helpers.inputs.schema.report import DUTIES, MANAGEMENT_WORK
from helpers.run import Run


def duty_counts(run: Run) -> pd.DataFrame:
    """How many duties each body has, by its name."""
    table = run.tables[DUTIES.name]
    bodies = dict.fromkeys(table.string(line, "主体") for line in table.lines)
    rows = [(body, run.facts[duty_count_id(body)]) for body in bodies if body]
    frame = pd.DataFrame(rows, columns=["主体", "项数"]).set_index("主体")
    return explained(frame, f"本年度未提供“{DUTIES.name}”。")


def management_work(run: Run) -> pd.DataFrame:
    """The management work done, with the year as written and whether it fits."""
    table = run.tables[MANAGEMENT_WORK.name]
    rows = []
    for line in table.lines:
        work, year = table.string(line, "工作"), str(table.value(line, "所写年度") or "")
        fits = bool(year) and years.fits(work, int(year), run.params.year)
        verdict = "与报告年度相符" if fits else years.PENDING if year else "没有写年度"
        rows.append((f"{table.string(line, '对象')}{work}", f"{year}年" if year else "", verdict))
    frame = pd.DataFrame(rows, columns=["工作", "所写年度", "核对"])
    return explained(frame, f"本年度未提供“{MANAGEMENT_WORK.name}”。")


def published_ratios(run: Run) -> pd.DataFrame:
    """Each published ratio beside the recomputed one."""
    rows = [
        (
            shown.label.removeprefix("公开报告所印"),
            computed.denominator,
            shown,
            computed,
            rounding_intervals.judge_fact(shown, computed).words,
        )
        for shown, computed in published_pairs(run.facts)
    ]
    frame = pd.DataFrame(rows, columns=["比率", "分母", "公开数", "复核数", "核对"])
    return explained(frame, "没有已公开的比率可供复核。")
