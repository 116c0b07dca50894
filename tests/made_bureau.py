"""A made-up bureau as its clerk types it into a workbook, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook

Rows = Sequence[Mapping[str, str]]

BUREAU: Mapping[str, Rows] = {
    "参数": [
        {"参数": "单位类别", "填写": "委办局"},
        {"参数": "首页声明", "填写": "虚构数据，不对应任何单位"},
    ],
    "预算执行": [
        {"支出类别": "基本支出", "全年预算数": "1,200.5", "全年执行数": "1190"},
        {"支出类别": "项目支出", "全年预算数": "800", "全年执行数": "760.25"},
        {"支出类别": "合计", "全年预算数": "2000.5", "全年执行数": "1950.25"},
    ],
    "人员": [{"人员类别": "行政编制在职人员", "人数": "45"}],
    "机构": [
        {"类别": "内设机构", "机构名称": "规划科"},
        {"类别": "其他机构", "机构名称": "信息中心"},
    ],
    "职责": [
        {"主体": "局机关", "职责": "拟订行业规划"},
        {"主体": "局机关", "职责": "办理行政许可"},
        {"主体": "信息中心", "职责": "运行业务系统"},
    ],
    "绩效指标": [
        {
            "二级指标": "数量指标",
            "三级指标": "办结许可",
            "方向": "正向",
            "指标值": "300",
            "计量单位": "件",
            "依据": "年初目标表",
        }
    ],
    "指标完成": [{"编号": "办结许可", "完成值": "312", "佐证编号": "台账1"}],
    "绩效工作": [
        {"工作": "绩效自评", "对象": "全部项目", "所写年度": "2024", "依据": "自评报告"},
        {"工作": "运行监控", "对象": "全部项目", "所写年度": "2024", "依据": "监控表"},
    ],
    "问题与措施": [
        {"问题": "验收偏晚", "原因": "合同签订较迟", "措施": "按季度排期", "依据": "自评报告"}
    ],
}
"""A made-up bureau, as its clerk types it: what it does not know is not there."""


def type_into(path: Path, sheets: Mapping[str, Rows], paragraph: str = "") -> None:
    """Type rows into a workbook: into the row that begins so where there is one, or a new one."""
    book = load_workbook(path)
    for name, rows in sheets.items():
        sheet = book[name]
        head = [cell.value for cell in sheet[3]]
        for row in rows:
            first = next(iter(row.values()))
            named = range(4, sheet.max_row + 1) if name in {"参数", "预算执行"} else ()
            listed = [number for number in named if sheet.cell(number, 1).value == first]
            number = (
                listed[0]
                if listed
                else next(n for n in range(4, 99) if not any(cell.value for cell in sheet[n]))
            )
            for column, text in row.items():
                sheet.cell(number, head.index(column) + 1).value = text
    if paragraph:
        sheet = book["叙述"]
        head = [cell.value for cell in sheet[3]]
        for number in range(4, sheet.max_row + 1):
            sheet.cell(number, head.index("文字") + 1).value = paragraph
            sheet.cell(number, head.index("依据") + 1).value = "单位自述"
    book.save(path)
