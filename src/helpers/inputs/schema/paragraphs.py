"""The paragraphs that the notebooks ask a department for: their keys, and what to write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ParagraphKey:
    """A paragraph of the department's own by its key: what it says, and whether it must."""

    key: str
    holds: str
    needed: bool = True

    @property
    def described(self) -> str:
        """What is asked for, as a person is told."""
        return f"{'须写' if self.needed else '可不写'}：{self.holds}"


PARAGRAPHS = (
    ParagraphKey("机构设置", "机构设置的依据和概况；个数和名称另有表"),
    ParagraphKey("绩效目标", "整体绩效目标依据什么设立，怎样报审"),
    ParagraphKey("产出数量", "表中的指标以外做了哪些工作", needed=False),
    ParagraphKey("产出质量", "按什么标准验收，结果怎样"),
    ParagraphKey("产出进度", "是否按计划的时间完成"),
    ParagraphKey("产出成本", "成本怎样控制，与什么比较", needed=False),
    ParagraphKey("经济效益", "带来什么经济效益；没有的写明不涉及"),
    ParagraphKey("社会效益", "带来什么社会效益；没有的写明不涉及"),
    ParagraphKey("环境效益", "带来什么环境效益；没有的写明不涉及"),
    ParagraphKey("可持续性影响", "效果靠什么制度和人员保持"),
    ParagraphKey("服务对象满意度", "怎样调查，结果用在哪里；没有调查的写明"),
    ParagraphKey("财务管理制度健全性", "有哪些财务和内部控制制度，何时修订"),
    ParagraphKey("资金使用合规性和安全性", "怎样审批，支出是否符合批复的用途"),
    ParagraphKey("会计基础信息完善性", "会计资料是否真实、完整、及时"),
    ParagraphKey("资产管理", "谁管资产，怎样登记和清查"),
    ParagraphKey("绩效管理", "目标、监控、自评、结果应用各做了什么"),
    ParagraphKey("管理情况", "评分表中其他管理指标的情况；北京的报告没有这一段", needed=False),
    ParagraphKey("结转结余率", "结转结余的原因", needed=False),
    ParagraphKey("差异率", "预决算差异的原因", needed=False),
    ParagraphKey("支出领域", "钱花在哪些方面；有“项目自评”表的不必写", needed=False),
    ParagraphKey("问题概述", "本年最突出的问题"),
    ParagraphKey("原因说明", "这些问题共同的原因，不写工作要求"),
    ParagraphKey("措施概述", "已经采取和准备采取的措施"),
    ParagraphKey("后续安排", "下一年度要做的事，不写已取得的成效"),
)
"""Every key, in the order of the report; a notebook of an analyst's own may ask for others."""

KEYS = {each.key: each for each in PARAGRAPHS}


def may_be_left_out(key: str) -> bool:
    """Whether the report is whole without the paragraph; not so one we do not know."""
    return key in KEYS and not KEYS[key].needed
