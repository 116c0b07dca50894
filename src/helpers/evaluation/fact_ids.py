"""How the ids of figures are built from parts, each kind in one place."""

from __future__ import annotations

import re


def points_id(id: str) -> str:
    """分值 of an indicator, an item, a part or a whole score sheet."""
    return f"{id}_points"


def score_id(id: str) -> str:
    """得分 of an indicator, an item, a part or a whole score sheet."""
    return f"{id}_score"


def target_id(id: str) -> str:
    """指标值 of an indicator, or of what is counted against a plan."""
    return f"{id}_target"


def completion_id(id: str) -> str:
    """完成率 of an indicator."""
    return f"{id}_completion"


def excess_id(id: str) -> str:
    """超额率 of an indicator."""
    return f"{id}_excess"


def share_id(id: str) -> str:
    """Share of a part in its whole, or 评定比例 of an indicator."""
    return f"{id}_share"


def change_id(id: str) -> str:
    """Change of a figure against the year before."""
    return f"{id}_change"


def low_id(id: str) -> str:
    """Lower end of the interval of a figure."""
    return f"{id}_low"


def high_id(id: str) -> str:
    """Upper end of the interval of a figure."""
    return f"{id}_high"


def earlier_id(id: str, year: int) -> str:
    """A figure of an earlier year, as it stands in this run."""
    return f"{id}_in_{year}"


OFFICIAL_BODIES = {"党委": "party", "人大": "congress", "政府": "government"}
"""Bodies of a township, and what the ids of their figures begin with."""


NOT_OF_AN_ID = re.compile(r"\W")


def duty_count_id(body: str) -> str:
    """主要职责项数 of a body."""
    if body in OFFICIAL_BODIES:
        return f"{OFFICIAL_BODIES[body]}_duty_count"
    return f"duty_count_{id_of(body)}"


def id_of(name: str) -> str:
    """A name as part of an id: what no id may have is an underscore."""
    return NOT_OF_AN_ID.sub("_", name)


def staff_id(number: str) -> str:
    """人数 of a group of 人员, by its 编号."""
    return f"staff_{number}"


def published_id(ratio: str) -> str:
    """A ratio as the published report printed it."""
    return f"published_{ratio}"


def claim_id(number: str) -> str:
    """What a published figure of a kind is recomputed as, by its 编号 in 公开比率."""
    return f"claim_{number}"


def claim_input_id(number: str, at: int) -> str:
    """The n-th input of a published figure, as printed."""
    return f"{claim_id(number)}_input_{at}"


def printed_id(column: str) -> str:
    """A total as 预算执行 printed it."""
    return f"printed_{column}"


def adjustment_id(number: int) -> str:
    """The n-th row of 预算调整明细."""
    return f"adjustment_{number}"


def adjusted_id(kind: str) -> str:
    """Sum of the adjustments of a kind."""
    return f"adjusted_{kind}"


def account_line_id(number: int) -> str:
    """The n-th row of 收入支出决算总表."""
    return f"account_line_{number}"


def function_id(code: str) -> str:
    """本年支出合计 of a code of 支出决算表."""
    return f"function_{code}"


def project_prefix(project: str) -> str:
    """What the ids of a project's figures begin with."""
    return f"p_{project}_"


def field_prefix(number: int) -> str:
    """What the ids of the n-th field's figures begin with."""
    return f"field_{number}_"


def projects_id(column: str) -> str:
    """Sum of an amount over all projects."""
    return f"projects_{column}"


def monitored_id(project: str, what: str) -> str:
    """A figure of a project of 运行监控."""
    return f"m_{project}_{what}"


def plan_to_id(month: int) -> str:
    """计划数 of all projects to the end of a month."""
    return f"plan_to_{month}"


def actual_to_id(month: int) -> str:
    """实际数 of all projects to the end of a month."""
    return f"actual_to_{month}"


def asset_id(what: str) -> str:
    """A figure of 资产."""
    return f"asset_{what}"


def survey_id(what: str) -> str:
    """A figure of the whole survey."""
    return f"survey_{what}"


def stratum_id(stratum: str, what: str) -> str:
    """A figure of a stratum of the survey, by the stratum's 编号."""
    return f"survey_{stratum}_{what}"


def resource_id(prefix: str, row: str, column: str) -> str:
    """A cell of a table of expenses, posts, funds or key projects, by its row and column."""
    return f"{prefix}_{row}_{column}"


def measured_id(item: str) -> str:
    """What an item of a rubric works out by a formula of its own."""
    return f"{item}_measured"
