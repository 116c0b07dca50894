"""Forms of other provinces, rebuilt from their published figures; what is not known is blank.

- Hunan 2018: 基础数据表 and 评分表 attached to wanglu.net thread 462766 (edited 2019-07).
- Sichuan 2023: headings and 工资性支出 of 自评表, scqs.gov.cn 13206/211004 and
  nyj.dazhou.gov.cn xxgk-show-16453. Rows of indicators are made up: 虚构数据.
- Langfang 2019: 项目自评表 of 廊坊市食品工程学校, lfsp.cn newsinfo/1158053.
- Yueyang: 评分表 of 岳阳市科技局, yueyang.gov.cn content_1344912.
"""

from pathlib import Path
from typing import Any

import docx
from openpyxl import Workbook

Rows = list[list[Any]]

HUNAN_DATA: Rows = [
    ["部门整体支出绩效评价基础数据表"],
    ["填报单位：某单位"],
    ["财政供养人员情况（人）", "编制数", "2018年实际在职人数", "控制率"],
    [None, 143, 136, "95.10%"],
    ["经费控制情况（万元）", "2017年决算数", "2018年预算数", "2018年决算数"],
    ["三公经费", "29.08", "63.46", "44.29"],
    ["    1、公务用车购置和维护经费", "11.86", "41.46", "39.30"],
    ["    其中：公车购置", "–", "29.46", "29.46"],
    ["         公车运行维护", "11.86", "12", "9.84"],
    ["    2、出国经费", "–", "–", "–"],
    ["    3、公务接待", "17.22", "22", "4.99"],
    ["项目支出："],
    ["    1、业务工作专项", "938.8", "320", "689.16"],
    ["公用经费："],
    ["    其中：办公经费", "14.44", "10", "0.68"],
    ["    水费、电费、差旅费", "17.92", "7.50", "25.36"],
    ["    会议费、培训费", "0", "0.8", "0"],
    ["政府采购金额", "16.14", "30.66", "30.66"],
    ["部门整体支出预算调整", "年初预算数", "调整后预算数", "本年追加"],
    [None, "1922.76", "2690.62", "767.86"],
    ["说明：“项目支出”需要填报基本支出以外的所有项目支出情况。"],
]

HUNAN_SCORES: Rows = [
    ["部门整体支出绩效评价评分表"],
    [
        "一级指标", "分值", "二级指标", "分值", "三级指标", "分值",
        "评价标准", "完成值", "得分",
    ],
    ["投入", 16, "预算配置", 16, "在职人员控制率", 8, "≤100%计8分", "95.10%", 8],
    [None, None, None, None, "三公经费变动率", 8, "≤0计8分", "98.31%", 0],
    ["过程", 58, "预算执行", 16, "预算完成率", 8, "100%计满分", "99.27%", 8],
    [None, None, None, None, "预算控制率", 8, "等于0计8分", None, None],
]  # fmt: skip

SICHUAN_FUNDS: Rows = [
    ["部门整体支出绩效自评表（2023年度）"],
    ["部门名称", "某单位", None, None, None, None, None, "单位：万元"],
    [
        "预算执行情况", None, "年初预算", "调整后预算数", "预算执行数", "预算执行率",
        "权重", "得分", "原因",
    ],
    [None, "总额", "238.93", "251.89", "251.89", "100.00%", 10, 10],
    [None, "其中：财政资金", "238.93", "251.89", "251.89", "100.00%"],
    [None, "财政专户管理资金"],
    [None, "单位资金"],
    [None, "其他资金"],
]  # fmt: skip

SICHUAN_INDICATORS: Rows = [
    [
        "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位",
        "完成值", "权重", "得分",
    ],
    ["产出指标", "数量指标", "发放工资人数", "＝", "36", "人", "36", 20, 20],
    [None, "质量指标", "发放准确率", "≥", "98", "%", "98.5%", 20, 20],
    [None, "时效指标", "按月发放", "定性", "及时", None, "达成预期指标", 20, 20],
    [None, "数量指标", "指标2"],
    [None, None, "……"],
    ["效益指标", "社会效益指标", "队伍稳定", "定性", "良好", "", "基本达成", 20, 18],
    ["满意度指标", "满意度指标", "职工满意度", "≥", "90", "%", "80", 10, 9],
    ["合计", None, None, None, None, None, None, 100, 97],
]  # fmt: skip

LANGFANG: Rows = [
    ["项目支出绩效自评表"],
    ["（2019年度）"],
    ["项目名称", "暖通改造"],
    [
        "项目资金（万元）", None, "年初预算数", "全年预算数（A）", "全年执行数（B）",
        "分值", "执行率（B/A）", "得分",
    ],
    [None, "年度资金总额", "43.2", "43.2", "37.24", "10", "86%", "9"],
    ["绩效指标", None, None, None, None, None, None, None],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "原因"],
    ["产出指标", "质量指标", "指标1：完工率", "100%", "100%"],
    [None, None, "指标2："],
]  # fmt: skip

YUEYANG: Rows = [
    ["一级指标", "二级指标", "三级指标", "分值", "得分"],
    ["投入（15分）", "预算配置", "财政供养人员控制率", "5分", "5分"],
    [None, None, "三公经费变动率", "5分", "5分"],
    [None, None, "重点支出安排率", "5分", "5分"],
    ["小计", None, None, "15分", "15分"],
]


def workbook(path: Path, *sheets: Rows) -> Path:
    """Write forms as sheets of a workbook, numbers as they were printed."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def document(path: Path, *tables: Rows, above: str = "") -> Path:
    """Write tables of a document under a line, a row of one cell merged over all columns."""
    made = docx.Document()
    if above:
        made.add_paragraph(above)
    for rows in tables:
        made.add_paragraph()
        width = max(map(len, rows))
        table = made.add_table(len(rows), width)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = "" if cell is None else str(cell)
            if len(row) == 1:
                table.cell(at, 0).merge(table.cell(at, width - 1))
    made.save(str(path))
    return path
