"""What 示例乡 says of itself: bodies, duties, work done, problems, and prose. All 虚构数据."""

from __future__ import annotations

from dataclasses import dataclass

from made_up.money_story import Rows
from made_up.targets import GOALS

MADE_UP = "《虚构数据》"
NOTICE = "演示样例，均为虚构数据，不对应任何单位"

OFFICES = ("综合办公室", "平安建设办公室", "城乡建设办公室", "民生保障办公室", "社区建设办公室")
BODIES = ("综合行政执法队", "便民服务中心", "文化活动中心")

PROSE = (
    ("机构设置", "{department}按机构编制部门批复设置机构。"),
    ("绩效目标", "{department}按主要职责和{year}年工作计划设定整体绩效目标，报财政部门备案。"),
    ("产出质量", "道路养护、绿化养护按合同约定的标准验收。"),
    ("产出进度", "按年度计划逐月调度项目进度。"),
    ("经济效益", "组织农业技术培训，帮助农户增收。"),
    ("社会效益", "办理群众诉求，检查安全生产。"),
    ("环境效益", "开展垃圾分类指导和环境整治。"),
    ("可持续性影响", "建立公共设施管护责任制度。"),
    ("服务对象满意度", "年末开展居民满意度调查，结果用于改进服务。"),
    ("财务管理制度健全性", "{department}按内部控制规范建立财务制度，每年修订。"),
    ("资金使用合规性和安全性", "支出按批复的用途使用，大额支出集体决定。"),
    ("会计基础信息完善性", "会计资料按规定保管，账簿记录完整。"),
    ("资产管理", "固定资产由专人登记，年末清查。"),
    ("绩效管理", "{department}开展绩效运行监控和绩效自评，年度与核对情况见下表。"),
    ("措施概述", "针对本年自评发现的问题，拟采取下列措施。"),
    ("后续安排", "下一年度重点抓好项目前期准备和支出进度。"),
)
GOOD_YEAR = (
    ("问题概述", "本年项目执行较好，仍有下列问题有待完善。"),
    ("原因说明", "上述问题主要与项目前期准备时间不足有关。"),
)
BAD_YEAR = (
    ("问题概述", "本年最突出的问题是社区服务设施改造进度滞后，并由此影响按期完成率和居民满意度。"),
    (
        "原因说明",
        "社区服务设施改造年初未完成设计，招标两次流标，九月才开工，是支出和指标偏低的共同原因。",
    ),
)
PROBLEMS = [
    [
        "个别项目前期准备不足，上半年支出偏慢。",
        "设计和招标安排在预算批复之后。",
        "提前一年完成设计，预算批复后即招标。",
        MADE_UP,
    ]
]
BAD_PROBLEMS = [
    [
        "社区服务设施改造执行率偏低，年末形成较多结转。",
        "设计深度不够，招标两次流标，九月开工。",
        "开工前完成设计审查；流标一次即调整招标条件，拟于次年六月前完工。",
        MADE_UP,
    ],
    [
        "文化活动场次未达到指标值。",
        "活动中心消防改造闭馆两个月，没有备用场地。",
        "与学校共用场地，改造安排在活动淡季。",
        MADE_UP,
    ],
    [
        "居民满意度低于指标值。",
        "工期延长，便民服务点未全部启用，沟通不够。",
        "公示工期和进度，每月听取居民意见。",
        MADE_UP,
    ],
    [
        "活动器材调拨后卡片登记滞后。",
        "调拨由使用科室办理，未同时通知资产管理员。",
        "调拨单由资产管理员会签，按月核对卡片。",
        MADE_UP,
    ],
]


def organisation_rows() -> Rows:
    """机构."""
    rows = [["内设机构", name] for name in OFFICES] + [["其他机构", name] for name in BODIES]
    return [["类别", "机构名称"], *rows]


def duty_rows() -> Rows:
    """职责."""
    duties = [
        ["党委", "宣传和执行党的路线、方针、政策，领导基层治理"],
        ["人大", "依照有关法律规定履行职责"],
        *(["政府", goal[-1]] for goal in GOALS),
    ]
    return [["主体", "职责"], *duties]


def work_rows(year: int) -> Rows:
    """绩效工作."""
    return [
        ["编号", "工作", "对象", "所写年度", "依据"],
        ["self_evaluation", "绩效自评", "部门项目", str(year - 1), MADE_UP],
        ["monitoring", "运行监控", "部门预算", str(year), MADE_UP],
    ]


def problem_rows(*, bad_year: bool) -> Rows:
    """问题与措施."""
    return [["问题", "原因", "措施", "依据"], *(BAD_PROBLEMS if bad_year else PROBLEMS)]


def prose_rows(year: int, *, bad_year: bool) -> Rows:
    """叙述, every paragraph confirmed by its author."""
    paragraphs = (*PROSE, *(BAD_YEAR if bad_year else GOOD_YEAR))
    by = ["示例编制人", f"{year + 1}-08-15"]
    head = ["段落", "条件", "文字", "依据", "确认人", "确认日期"]
    return [head, *([key, "", text, MADE_UP, *by] for key, text in paragraphs)]


def explanation_rows(*, bad_year: bool) -> Rows:
    """比率说明."""
    head = ["编号", "比率", "原因说明", "依据"]
    why = "社区服务设施改造推迟到九月开工，余款按合同次年支付"
    rows = [
        ["execution_rate", "预算执行率", why, MADE_UP],
        ["carryover_rate", "结转结余率", why, MADE_UP],
        ["carryover_balance_change", "年末结转结余数同比增长", why, MADE_UP],
    ]
    return [head, *(rows if bad_year else [])]


@dataclass(frozen=True)
class Body:
    """A made-up department: its runs' name without the year, and what the index sorts by."""

    run: str = "demo"
    department: str = "示例乡"
    budget_code: str = "900001"
    kind: str = "乡镇"


def params_text(year: int, earlier: list[str], body: Body) -> str:
    """params/RUN-YEAR.yaml."""
    return f"""\
# {NOTICE}。由 tests/made_up 生成，不要手工修改。
run: {body.run}-{year}
year: {year}
department: {body.department}
budget_code: "{body.budget_code}"
kind: {body.kind}
data: data/{body.run}-{year}
notice: {NOTICE}
status: 定稿
prepared_by: 示例编制人
reviewed_by: 示例审核人
head: 示例负责人
secrecy_reviewed_by: 示例保密审查人
report_date: {year + 1}年8月20日
monitoring_date: {year}年8月12日
execution_rate_floor: "90"
carryover_rate_ceiling: "5"
variance_rate_ceiling: "30"
change_rate_ceiling: "30"
progress_floor: "80"
satisfied_from: 满意
small_stratum: "30"
weighting_gap: "1"
outline: beijing-township
rubric: beijing
project_rubric: project-self-evaluation
earlier_runs: [{", ".join(earlier)}]
"""
