"""What 示例乡 did through a year: months, survey, assets, evidence, rectification. 虚构数据."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from made_up.money import wan
from made_up.money_story import LAGGING, PROJECTS, Money, Rows

PLAN = (3, 5, 7, 8, 9, 10, 9, 9, 10, 10, 10, 10)
"""Percent of the year's budget planned for each month."""

LATE = (0, 1, 1, 1, 2, 2, 2, 3, 16, 22, 25, 25)
"""Percent of the year's spending month by month where work began in September."""


def month_rows(year: int, money: Money, *, bad_year: bool) -> Rows:
    """月度执行: whoever lags was reminded on the fifth of the next month."""
    rows = []
    for project in PROJECTS:
        late = bad_year and project.id == "community"
        budget, executed = money.budget[project.id], money.executed[project.id]
        spread = LATE if late else PLAN
        for month in range(1, 13):
            plan, actual = (
                _share(amount, parts, month)
                for amount, parts in ((budget, PLAN), (executed, spread))
            )
            reminded = f"{year}-{month + 1:02d}-05" if late and month < 12 else ""
            rows.append([project.id, str(month), wan(plan), wan(actual), reminded])
    return [["编号", "月份", "计划数", "实际数", "提醒日期"], *rows]


def _share(amount: int, parts: tuple[int, ...], month: int) -> int:
    """A month's share; December takes what is left, so that the year adds up."""
    if month == 12:
        return amount - sum(amount * part // 100 for part in parts[:11])
    return amount * parts[month - 1] // 100


def monitoring_rows(money: Money, *, bad_year: bool) -> Rows:
    """运行监控."""
    head = [
        "编号",
        "项目名称",
        "全年预算数",
        "全年预计执行数",
        "偏差原因",
        "原因说明",
        "完成可能性",
        "措施",
    ]
    rows = []
    for project in PROJECTS:
        budget = money.budget[project.id]
        said = ["", "", "确定能", ""]
        expected = budget
        if bad_year and project.id == "community":
            expected = budget // 2
            said = ["其他", "设计深度不够，招标两次流标", "有可能", "调整招标条件，力争九月开工"]
        elif bad_year and project.id in LAGGING:
            said = ["硬件条件保障", "活动中心将闭馆改造", "有可能", "与学校共用场地"]
        rows.append([project.id, project.name, wan(budget), wan(expected), *said])
    return [head, *rows]


# id, name, population, way of asking; then sent, valid and satisfied in a good and a bad year
STRATA = (
    ("residents", "户籍居民", 9800, "抽样", (330, 300, 273), (420, 396, 352)),
    ("migrants", "流动居民", 11600, "抽样", (390, 352, 320), (130, 108, 79)),
    ("firms", "辖区单位", 86, "普查", (86, 80, 74), (86, 78, 69)),
    ("elders", "居家养老服务对象", 240, "抽样", (60, 52, 48), (20, 18, 16)),
)


def _numbers(stratum: tuple, *, bad_year: bool) -> tuple[int, int, int]:
    return stratum[5 if bad_year else 4]


def satisfied_rate(*, bad_year: bool) -> str:
    """The rate weighted by population, in percent with one decimal."""
    whole = sum(stratum[2] for stratum in STRATA)
    rate = sum(
        Decimal(100) * satisfied / valid * stratum[2] / whole
        for stratum in STRATA
        for _, valid, satisfied in [_numbers(stratum, bad_year=bad_year)]
    )
    return str(Decimal(rate).quantize(Decimal("0.1"), ROUND_HALF_UP))


def stratum_rows(*, bad_year: bool) -> Rows:
    """调查设计."""
    use = "结果交各项目科室，列入下年工作安排"
    rows = [
        [id, name, str(population), str(_numbers(stratum, bad_year=bad_year)[0]), way, use]
        for stratum in STRATA
        for id, name, population, way, *_ in [stratum]
    ]
    return [["编号", "层", "总体", "发放", "方式", "结果应用"], *rows]


def answer_rows(year: int, *, bad_year: bool) -> Rows:
    """答卷, as a survey service exports it: with columns that must never be kept."""
    head = ["序号", "提交时间", "来源IP", "姓名", "手机号", "层", "总体满意度", "有效"]
    rows: Rows = []
    for stratum in STRATA:
        sent, valid, satisfied = _numbers(stratum, bad_year=bad_year)
        returned = min(sent, valid + 3)
        for number in range(returned):
            answer = (
                ("很满意", "满意")[number % 2]
                if number < satisfied
                else ("基本满意", "不满意")[number % 2]
            )
            serial = len(rows) + 1
            person = [
                str(serial),
                f"{year}-12-05",
                f"192.0.2.{serial % 250}",
                f"虚构{serial}",
                "00000000000",
            ]
            rows.append(
                [
                    *person,
                    stratum[1],
                    answer if number < valid else "",
                    "" if number < valid else "否",
                ]
            )
    return [head, *rows]


ASSETS = (
    ("GZ0001", "办公楼", "房屋", 1286.4),
    ("GZ0002", "便民服务大厅", "房屋", 412.75),
    ("GZ0003", "环卫作业车", "车辆", 38.6),
    ("GZ0004", "消防摩托车", "车辆", 6.2),
    ("GZ0005", "绿化养护机械", "专用设备", 21.35),
    ("GZ0006", "活动中心音响", "专用设备", 9.8),
    ("GZ0007", "健身器材甲", "文体设备", 3.15),
    ("GZ0008", "健身器材乙", "文体设备", 2.9),
    ("GZ0009", "服务器", "通用设备", 15.5),
    ("GZ0010", "旧打印机", "通用设备", 0.8),
)


def asset_rows(year: int) -> Rows:
    """资产: every record agrees; one asset was disposed of with approval."""
    head = [
        "资产编号",
        "资产名称",
        "类别",
        "财务账",
        "卡片账",
        "实物盘点",
        "盘点日期",
        "凭证号",
        "凭证金额",
        "变动",
        "变动日期",
        "批复文号",
        "预算项目",
    ]
    rows = []
    for number, (code, name, kind, value) in enumerate(ASSETS, 1):
        amount, counted = f"{value:.6f}", f"{year}-12-20"
        change = (
            ["处置", f"{year}-09-10", f"示资〔{year}〕21号", ""]
            if code == "GZ0010"
            else ["", "", "", ""]
        )
        there = "无" if code == "GZ0010" else "有"
        rows.append(
            [
                code,
                name,
                kind,
                amount,
                amount,
                there,
                counted,
                f"记{year}{number:03d}",
                amount,
                *change,
            ]
        )
    return [head, *rows]


def evidence_rows(results: Rows, year: int) -> Rows:
    """资料清单: one document for every result."""
    offices = ("城乡建设办公室", "民生保障办公室", "平安建设办公室", "社区建设办公室")
    rows = [
        [row[4], row[0], "完成情况统计表", f"{year}-12-25", offices[number % 4], "有"]
        for number, row in enumerate(results[1:])
    ]
    return [["编号", "对应", "资料名称", "形成日期", "保管科室", "有无"], *rows]


def rectification_rows(year: int) -> Rows:
    """整改台账: what last year left open goes on under its number."""
    head = [
        "编号",
        "问题",
        "原因",
        "措施",
        "责任科室",
        "时限",
        "完成情况",
        "完成日期",
        "与下年预算挂钩",
        "经验做法",
    ]
    plan = [
        "plan_2022",
        "个别项目实施方案不完整",
        "立项时间紧",
        "补齐方案并报备",
        "综合办公室",
        "2023-06-30",
    ]
    survey = [
        "survey_2023",
        "满意度调查未分层",
        "沿用旧问卷",
        "按居民类别分层设计问卷",
        "民生保障办公室",
        "2024-12-31",
    ]
    bidding = [
        "bidding_2024",
        "社区服务设施改造招标流标",
        "设计深度不够",
        "完成设计审查，重新招标",
        "社区建设办公室",
        "2024-08-31",
    ]
    cards = [
        "cards_2024",
        "资产卡片登记滞后",
        "调拨未会签资产管理员",
        "调拨单会签，按月核对",
        "综合办公室",
        "2025-12-31",
    ]
    listed = {
        2022: [[*plan, "已完成", "2023-05-18", "", "方案先审后报"]],
        2023: [[*survey, "进行中", "", "", ""]],
        2024: [
            [*survey, "已完成", "2024-11-20", "下年安排调查经费", "分层设计问卷，按各层人口加权"],
            [*bidding, "已完成", "2024-08-26", "余款列入下年预算", ""],
            [*cards, "进行中", "", "", ""],
        ],
    }
    return [head, *listed[year]]
