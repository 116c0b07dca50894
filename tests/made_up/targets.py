"""What 示例乡 set out to do in a year and what came of it: goals, indicators, results, scores."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from made_up.money_story import LAGGING, PROJECTS, Money, Rows, wan

POLICY = "《示例区乡镇绩效管理办法》"
GOALS = (
    (
        "facilities",
        "完善乡村公共设施，按期完成道路养护和社区设施改造",
        "道路和社区设施使用年限较长，居民诉求集中",
        "养护乡村道路，改造社区服务设施",
        "道路验收合格，社区设施投入使用",
        "推进村（社区）建设，统筹公共设施管护",
    ),
    (
        "environment",
        "改善环境质量，巩固绿化和垃圾分类成果",
        "绿化面积增加，垃圾分类须长期坚持",
        "绿化养护、环境整治、垃圾分类指导",
        "绿化养护达标，分类达标小区增加",
        "做好生态环境保护和环境卫生工作",
    ),
    (
        "livelihood",
        "保障和改善民生，办好养老助残和文化服务",
        "老年人口增加，文化服务供给不足",
        "居家养老和助残服务，文化活动中心运营",
        "服务覆盖面扩大，居民满意度提高",
        "做好民生保障和公共文化服务",
    ),
    (
        "safety_goal",
        "维护公共安全，不发生生产安全责任事故",
        "小场所多，隐患排查任务重",
        "安全生产检查、消防设施维护、接诉即办",
        "隐患及时整改，诉求按期办结",
        "履行安全生产属地责任，做好社会治安综合治理",
    ),
)


@dataclass(frozen=True)
class Target:
    """An indicator: how it is set, and its result in an ordinary year and in the bad one."""

    id: str
    goal: str
    kind: str
    name: str
    direction: str
    target: str
    unit: str
    points: str
    usual: str
    bad: str = ""
    why: str = ""
    spending: str = "项目支出"


TARGETS = (
    Target(
        "road_length", "facilities", "产出数量", "乡村道路养护里程", "正向", "86", "公里", "6", "88"
    ),
    Target(
        "culture_events",
        "livelihood",
        "产出数量",
        "文化活动场次",
        "正向",
        "120",
        "场",
        "5",
        "124",
        "112",
        "活动中心消防改造闭馆，部分活动取消",
    ),
    Target(
        "elderly_visits",
        "livelihood",
        "产出数量",
        "养老助残服务人次",
        "正向",
        "9000",
        "人次",
        "4",
        "9450",
    ),
    Target(
        "hazards_fixed",
        "safety_goal",
        "产出数量",
        "安全隐患整改数",
        "正向",
        "200",
        "处",
        "3",
        "214",
        "760",
    ),
    Target(
        "road_quality", "facilities", "产出质量", "道路养护验收合格率", "正向", "95", "%", "4", "97"
    ),
    Target(
        "on_time",
        "facilities",
        "产出进度",
        "年度任务按期完成率",
        "正向",
        "90",
        "%",
        "4",
        "93",
        "72",
        "社区服务设施改造招标两次流标，开工推迟",
    ),
    Target(
        "green_cost",
        "environment",
        "产出成本",
        "绿化养护单位成本",
        "反向",
        "8.5",
        "元/平方米",
        "4",
        "8.2",
    ),
    Target(
        "farm_income",
        "livelihood",
        "经济效益",
        "参训农户户均增收",
        "正向",
        "1500",
        "元",
        "5",
        "1620",
    ),
    Target(
        "requests_closed",
        "safety_goal",
        "社会效益",
        "接诉即办按期办结率",
        "正向",
        "92",
        "%",
        "6",
        "95",
    ),
    Target(
        "accidents", "safety_goal", "社会效益", "生产安全责任事故起数", "反向", "0", "起", "4", "0"
    ),
    Target(
        "sorted_waste",
        "environment",
        "环境效益",
        "生活垃圾分类达标小区比例",
        "正向",
        "85",
        "%",
        "5",
        "88",
    ),
    Target(
        "upkeep",
        "facilities",
        "可持续性影响",
        "公共设施长效管护机制",
        "定性",
        "",
        "定性",
        "4",
        "达成年度指标",
        "部分达成并具有一定效果",
        "管护责任已分到村，考核办法年底前未印发",
    ),
    Target(
        "satisfied",
        "livelihood",
        "服务对象满意度",
        "居民满意度",
        "正向",
        "90",
        "%",
        "6",
        "91.2",
        "81.3",
        "社区设施改造延期，居民意见较多",
    ),
)
SHARES = {"达成年度指标": "95%", "部分达成并具有一定效果": "75%"}


def goal_rows() -> Rows:
    """整体绩效目标."""
    head = ["编号", "绩效目标", "立项背景和需求", "主要内容", "年度成果", "职责", "政策依据"]
    return [head, *([*goal, POLICY] for goal in GOALS)]


def project_goal_rows() -> Rows:
    """项目目标申报."""
    serves = {
        "roads": ("facilities", "养护乡村道路，修补破损路面"),
        "community": ("facilities", "改造社区服务设施，增设便民服务点"),
        "greening": ("environment", "养护公共绿地，整治环境死角"),
        "culture": ("livelihood", "运营文化活动中心，组织文体活动"),
        "elderly": ("livelihood", "为老年人和残疾人提供居家服务"),
        "safety": ("safety_goal", "检查小场所安全，维护消防设施"),
    }
    head = ["编号", "项目名称", "立项背景和需求", "主要内容", "年度成果", "整体目标", "政策依据"]
    rows = [
        [
            p.id,
            p.name,
            "居民需求持续增加，原有投入不足",
            content,
            "按年度计划完成并通过验收",
            goal,
            POLICY,
        ]
        for p in PROJECTS
        for goal, content in [serves[p.id]]
    ]
    return [head, *rows]


def indicator_rows() -> Rows:
    """绩效指标: those of the department, then four of each project."""
    head = [
        "编号",
        "所属",
        "整体目标",
        "二级指标",
        "三级指标",
        "方向",
        "指标值",
        "计量单位",
        "分值",
        "上年数",
        "政策依据",
        "对应支出",
        "评分标准",
        "依据",
    ]
    own = [
        [
            t.id,
            "",
            t.goal,
            t.kind,
            t.name,
            t.direction,
            t.target,
            t.unit,
            t.points,
            "" if t.direction == "定性" else t.usual,
            POLICY,
            t.spending,
            "按等次评定" if t.direction == "定性" else "",
            "虚构数据",
        ]
        for t in TARGETS
    ]
    projects = [
        [
            f"{p.id}_{id}",
            p.id,
            "",
            kind,
            f"{p.name}{name}",
            "正向",
            target,
            "%",
            points,
            "95",
            POLICY,
            "",
            "",
            "虚构数据",
        ]
        for p in PROJECTS
        for id, kind, name, target, points in PROJECT_TARGETS
    ]

    return [head, *own, *projects]


PROJECT_TARGETS = (
    ("work", "产出数量", "任务完成率", "100", "30"),
    ("passed", "产出质量", "验收合格率", "95", "20"),
    ("effect", "社会效益", "受益居民覆盖率", "90", "30"),
    ("liked", "服务对象满意度", "服务对象满意度", "90", "10"),
)
PROJECT_RESULTS = {"work": "100", "passed": "97", "effect": "93", "liked": "92"}
BAD_RESULTS = {
    ("community", "work"): ("40", "招标两次流标，九月开工"),
    ("community", "effect"): ("35", "改造未完成，便民服务点未全部启用"),
    ("community", "liked"): ("78", "工期延长，居民意见较多"),
    ("culture", "work"): ("93.3", "闭馆两个月"),
}


def result_rows(year: int, satisfied: str, *, bad_year: bool) -> Rows:
    """指标完成, every result with its evidence and every miss with its reason.

    `satisfied` is what the survey gave.
    """
    head = [
        "编号",
        "完成值",
        "定性等次",
        "评定比例",
        "佐证编号",
        "偏差原因",
        "指标值偏低",
        "认定理由",
    ]
    rows = []
    for number, t in enumerate(TARGETS, 1):
        result = satisfied if t.id == "satisfied" else (bad_year and t.bad) or t.usual
        graded = t.direction == "定性"
        rows.append(
            [
                t.id,
                "" if graded else result,
                result if graded else "",
                SHARES[result] if graded else "",
                f"示佐〔{year}〕{number}号",
                t.why if bad_year else "",
                "",
                "",
            ]
        )
    for p in PROJECTS:
        for id, *_ in PROJECT_TARGETS:
            usual = (PROJECT_RESULTS[id], "")
            result, why = BAD_RESULTS.get((p.id, id), usual) if bad_year else usual
            number = len(rows) + 1
            rows.append([f"{p.id}_{id}", result, "", "", f"示佐〔{year}〕{number}号", why, "", ""])
    return [head, *rows]


def project_rows(year: Money, *, bad_year: bool) -> Rows:
    """项目自评."""
    reasons = {
        "community": "施工招标两次流标，九月开工，年底完成主体，余款按合同次年支付",
        "culture": "消防改造闭馆两个月，部分活动经费未使用",
    }
    plan = ["组织机构", "人员分工", "具体实施", "执行标准", "过程控制", "支付监管", "总结验收"]
    head = [
        "编号",
        "项目名称",
        "领域",
        "实施科室",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "偏差原因",
    ]
    rows = [
        [
            p.id,
            p.name,
            p.field,
            p.office,
            wan(year.initial[p.id]),
            wan(year.budget[p.id]),
            wan(year.executed[p.id]),
            reasons[p.id] if bad_year and p.id in LAGGING else "",
            *("有" for _ in plan),
        ]
        for p in PROJECTS
    ]
    return [[*head, *plan], *rows]


def management_rows(year: int, *, bad_year: bool) -> Rows:
    """管理情况."""
    head = ["编号", "指标", "要求", "情况", "依据文号", "发现问题", "得分", "扣分理由"]
    found = "两处活动器材调拨未及时登记卡片"
    late = "社区服务设施改造未在运行监控中及时纠偏"
    assets = [found, "3.5", "卡片登记滞后，已于次年一月补记"] if bad_year else ["", "4", ""]
    performance = [late, "3", "监控发现偏差后未按期整改"] if bad_year else ["", "4", ""]
    rows = [
        [
            "finance_system",
            "财务管理制度健全性",
            "内控和财务制度健全",
            "制度齐全并按年修订",
            "示内控〔2022〕3号",
            "",
            "1",
            "",
        ],
        [
            "fund_use",
            "资金使用合规性和安全性",
            "资金使用合规、审批齐全",
            "抽查凭证均有审批",
            f"示审〔{year}〕5号",
            "",
            "2",
            "",
        ],
        [
            "accounting",
            "会计基础信息完善性",
            "会计资料真实完整",
            "账簿凭证齐全",
            f"示审〔{year}〕6号",
            "",
            "1",
            "",
        ],
        [
            "assets",
            "资产管理情况",
            "账证、账实、账账相符",
            "年末清查一次",
            f"示资〔{year}〕9号",
            *assets,
        ],
        [
            "performance_management",
            "绩效管理情况",
            "目标、监控、自评、应用齐全",
            "八月监控，次年自评",
            f"示绩〔{year}〕2号",
            *performance,
        ],
    ]
    return [head, *rows]


def step_rows() -> Rows:
    """评分标准: made-up steps, marked as not confirmed."""
    basis = "虚构数据，演示分档"
    return [
        ["编号", "不高于", "得分比例", "依据", "已确认"],
        ["carryover", "5%", "100%", basis, "否"],
        ["carryover", "15%", "60%", basis, "否"],
        ["carryover", "", "0%", basis, "否"],
        ["variance", "15%", "100%", basis, "否"],
        ["variance", "30%", "50%", basis, "否"],
        ["variance", "", "0%", basis, "否"],
    ]


def staff_rows(random: Random) -> Rows:
    """人员."""
    return [
        ["编号", "人员类别", "指标值", "人数"],
        ["administrative", "行政编制在职人员", "62", str(60 + random.randint(0, 2))],
        ["public_institution", "事业编制在职人员", "38", str(36 + random.randint(0, 2))],
        ["other", "其他人员", "150", str(146 + random.randint(0, 4))],
    ]
