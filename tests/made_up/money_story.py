"""What 示例乡 was given and spent in a year: projects, adjustments, final accounts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from made_up.money import about, portion, wan

Rows = list[list[str]]


@dataclass(frozen=True)
class Project:
    """A project that runs through the years: what it is, what it costs, how it is booked."""

    id: str
    name: str
    field: str
    office: str
    base: float
    rate: tuple[float, float]
    code: str


PROJECTS = (
    Project("roads", "乡村道路养护", "城乡建设", "城乡建设办公室", 1480, (0.97, 0.995), "2120399"),
    Project(
        "community", "社区服务设施改造", "城乡建设", "社区建设办公室", 1900, (0.95, 0.99), "2120303"
    ),
    Project(
        "greening", "绿化养护和环境整治", "生态环境", "城乡建设办公室", 1650, (0.96, 1), "2120501"
    ),
    Project("culture", "文化活动中心运营", "文化体育", "综合办公室", 560, (0.93, 0.97), "2070109"),
    Project("elderly", "养老助残服务", "民生保障", "民生保障办公室", 980, (0.97, 1), "2081002"),
    Project(
        "safety", "安全生产和消防检查", "公共安全", "平安建设办公室", 420, (0.95, 0.99), "2240106"
    ),
)
LAGGING = {"community": (0.24, 0.27), "culture": (0.85, 0.88)}
"""What was spent of two budgets in the year things went wrong."""

BASIC = (
    ("2010301", "行政运行", 0.72),
    ("2080505", "机关事业单位基本养老保险缴费支出", 0.11),
    ("2101101", "行政单位医疗", 0.07),
    ("2210201", "住房公积金", 0.10),
)
FUNCTIONS = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "207": "文化旅游体育与传媒支出",
    "20701": "文化和旅游",
    "2070109": "群众文化",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "20810": "社会福利",
    "2081002": "老年福利",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "212": "城乡社区支出",
    "21203": "城乡社区公共设施",
    "2120303": "小城镇基础设施建设",
    "2120399": "其他城乡社区公共设施支出",
    "21205": "城乡社区环境卫生",
    "2120501": "城乡社区环境卫生",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "224": "灾害防治及应急管理支出",
    "22401": "应急管理事务",
    "2240106": "安全监管",
}


@dataclass(frozen=True)
class Money:
    """A year's amounts in 分: by project, for basic spending, and what was brought forward."""

    initial: dict[str, int]
    budget: dict[str, int]
    executed: dict[str, int]
    adjustments: list[tuple[str, str, str, str, int]]
    opening: int

    @property
    def left(self) -> int:
        """What was not spent, all of it carried forward."""
        return sum(self.budget.values()) - sum(self.executed.values())


def money(random: Random, year: int, opening: int, *, bad_year: bool) -> Money:
    """Draw a year's amounts; `opening` is what the year before left over."""
    initial = {p.id: about(random, p.base * (1 + (year - 2022) * 0.03)) for p in PROJECTS}
    initial["basic"] = about(random, 3180 * (1 + (year - 2022) * 0.02))
    adjustments = [
        (
            f"{year}-03-18",
            f"示财〔{year}〕16号",
            "上年项目结转资金",
            "上年结转",
            opening,
            "community",
        ),
        (
            f"{year}-05-22",
            f"示财〔{year}〕41号",
            "追加道路养护市级补助",
            "追加",
            about(random, 210),
            "roads",
        ),
        (
            f"{year}-08-09",
            f"示财〔{year}〕73号",
            "追加防汛抢险和消防经费",
            "追加",
            about(random, 85),
            "safety",
        ),
        (
            f"{year}-10-15",
            f"示财〔{year}〕98号",
            "追加人员调资",
            "追加",
            about(random, 96),
            "basic",
        ),
        (
            f"{year}-11-20",
            f"示财〔{year}〕112号",
            "收回培训结余指标",
            "收回",
            -about(random, 24),
            "elderly",
        ),
    ]
    budget = dict(initial)
    for *_, amount, target in adjustments:
        budget[target] += amount
    executed = {
        p.id: portion(random, budget[p.id], *(LAGGING.get(p.id, p.rate) if bad_year else p.rate))
        for p in PROJECTS
    }
    executed["basic"] = budget["basic"]
    return Money(
        initial, budget, executed, [(a, b, c, d, e) for a, b, c, d, e, _ in adjustments], opening
    )


def budget_rows(year: Money) -> Rows:
    """预算执行."""
    kinds = {"基本支出": ["basic"], "项目支出": [p.id for p in PROJECTS]}
    rows = [
        [kind, *(wan(sum(part[id] for id in ids)) for part in _parts(year)), ""]
        for kind, ids in kinds.items()
    ]
    total = [wan(sum(part.values())) for part in _parts(year)]
    return [
        ["支出类别", "年初预算数", "全年预算数", "全年执行数", "年末结转结余数"],
        *rows,
        ["合计", *total, wan(year.left)],
    ]


def _parts(year: Money) -> tuple[dict[str, int], ...]:
    return year.initial, year.budget, year.executed


def adjustment_rows(year: Money) -> Rows:
    """预算调整明细."""
    rows = [
        [date, number, what, kind, wan(amount)]
        for date, number, what, kind, amount in year.adjustments
    ]
    return [["日期", "文号", "事项", "类型", "金额"], *rows]


def account_rows(year: Money) -> Rows:
    """收入支出决算总表."""
    spent, budget = sum(year.executed.values()), sum(year.budget.values())
    income = budget - year.opening
    classes = [
        (FUNCTIONS[code], amount) for code, amount in _booked(year).items() if len(code) == 3
    ]
    return [
        ["方向", "项目", "决算数"],
        ["收入", "一般公共预算财政拨款收入", wan(income)],
        ["收入", "本年收入合计", wan(income)],
        ["收入", "年初结转和结余", wan(year.opening)],
        ["收入", "总计", wan(budget)],
        *(["支出", name, wan(amount)] for name, amount in classes),
        ["支出", "本年支出合计", wan(spent)],
        ["支出", "年末结转和结余", wan(year.left)],
        ["支出", "总计", wan(budget)],
    ]


def function_rows(year: Money) -> Rows:
    """支出决算表."""
    basic = {code for code, _, _ in BASIC}
    booked = _booked(year)
    rows = []
    for code, amount in booked.items():
        of_basic = sum(
            part for other, part in booked.items() if other in basic and other.startswith(code)
        )
        rows.append([code, FUNCTIONS[code], wan(amount), wan(of_basic), wan(amount - of_basic)])
    return [["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"], *rows]


def _booked(year: Money) -> dict[str, int]:
    """Spending by function code at all three levels, in the order of the codes."""
    items = {p.code: 0 for p in PROJECTS}
    for project in PROJECTS:
        items[project.code] += year.executed[project.id]
    rest = year.executed["basic"]
    for code, _, share in BASIC[1:]:
        items[code] = int(year.executed["basic"] * share)
        rest -= items[code]
    items[BASIC[0][0]] = rest
    return {
        code: sum(amount for item, amount in items.items() if item.startswith(code))
        for code in FUNCTIONS
    }
