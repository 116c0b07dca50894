"""The words of forms for indicators: headings, signs, kinds, deadlines, points."""

from __future__ import annotations

import re

from helpers.inputs import cells
from helpers.inputs.schema.evaluation import GROUPS, LARGER, NATIONAL_KINDS, SMALLER
from helpers.workflow.importing.form_rows import item

MORE = (
    *(
        "≥",
        ">=",
        "＞",
        ">",
        "大于等于",
        "不低于",
        "不少于",
        "不小于",
        "至少",
        "高于",
        "超过",
        "大于",
    ),
    *("正向", "正向指标"),
)
LESS = (
    *(
        "≤",
        "<=",
        "＜",
        "<",
        "小于等于",
        "不高于",
        "不超过",
        "不多于",
        "不大于",
        "至多",
        "低于",
        "小于",
    ),
    *("反向", "反向指标"),
)
MORE_AFTER, LESS_AFTER = ("以上",), ("以内", "之内", "以下", "内")
SIGNS = dict.fromkeys((*MORE, *MORE_AFTER), LARGER) | dict.fromkeys((*LESS, *LESS_AFTER), SMALLER)
EQUAL, ABOUT = ("=", "＝", "等于"), ("左右", "上下")
IN_WORDS = ("定性", "定性指标")

_SIGN = "|".join(sorted((*MORE, *LESS, *EQUAL), key=len, reverse=True))
_AFTER = "|".join((*MORE_AFTER, *LESS_AFTER, *ABOUT))
TARGET = re.compile(
    rf"(?:控制在)?({_SIGN})?\s*([-−]?[\d,，.０-９]+)\s*(\S*?)(?:[（(]含[）)]|及|\s)*({_AFTER})?"
)
"""A target that is a number: a sign before it or none, it, its unit, a sign after it or none."""

UNIT = re.compile(r"(?:[^\W\d_]|[%％‰℃°㎡])(?:\D|(?<=[a-z])[23])*")
"""A unit; with another number in it, or begun by a dash, a target was no single number."""

DEADLINE = re.compile(
    r"(?:19|20)\d\d\s*(?:年|[-/.]\s*\d)|\d\s*月(?:底|末|初|前|中|\s*\d)|\d\s*日前"
)
"""A day or month by which something is due: its numbers measure nothing."""

KINDS = NATIONAL_KINDS | {
    "产出时效": "产出进度",
    "进度指标": "产出进度",
    "经济成本指标": "产出成本",
    "环境效益指标": "环境效益",
    "可持续性影响指标": "可持续性影响",
    "满意度指标": "服务对象满意度",
}

TARGET_WORDS = ("年度指标值", "指标值", "预期指标值", "年初指标值", "目标值", "年度目标值")
INDICATOR_HEADS = {
    "kind": ("二级指标",),
    "name": ("三级指标", "三级指标名称"),
    "sign": ("指标性质", "指标方向"),
    "target": TARGET_WORDS,
    "unit": ("度量单位", "计量单位"),
    "actual": ("实际完成值", "完成值", "全年完成值", "全年实际完成值", "实际完成指标值"),
    "points": ("分值", "权重", "分值权重", "标准分"),
    "score": ("得分", "自评得分", "评分", "评价得分"),
    "why": (
        "偏差原因分析及改进措施",
        "偏差原因分析",
        "未完成原因分析",
        "未完成原因分析及改进措施",
        "扣分原因",
        "扣分理由",
        "原因说明",
        "原因分析",
        "原因",
    ),
}
"""What forms call the columns of indicators; the first there is counts."""


def kind_of(text: str) -> str:
    """The kind of indicator a form's 二级指标 means; empty if it is none we know."""
    bare = item(text)
    if bare in GROUPS:
        return bare
    return KINDS.get(bare) or KINDS.get(f"{bare}指标", "")


def points_of(text: str) -> str:
    """Points as a number, without the unit some forms write."""
    return cells.plain(text).removesuffix("分").removesuffix("%")
