"""What an analyst wants of a run, each in a few lines, in cells of a section's notebook.

The cells below are added to the notebook as it is committed, and run on the made-up bad year in
the kernel JupyterLab would use; what is tested is what the analyst reads below each.
"""

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from project_copies import ROOT

NOTEBOOK = ROOT / "notebooks" / "02-budget-execution.ipynb"
WHAT_IF = 'report.what_if("项目自评", "社区服务设施改造", "全年执行数", "+100")'

CELLS = {
    "a table": """
projects = report.data("项目自评")
projects[["项目名称", "全年执行数"]]
""",
    "its types": "projects.dtypes",
    "a row by its line": 'projects.loc[3, "项目名称"]',
    "dates": 'report.data("预算调整明细").dtypes["日期"].kind',
    "the rate of each row": """
rates = execution_rate(projects["全年执行数"], projects["全年预算数"])
rates.loc[3].explain()
""",
    "a rate of what is typed": """
rate = execution_rate("23101.313452", "23187.018390")
rate.explain()
""",
    "sort": """
projects["执行率"] = execution_rate(projects["全年执行数"], projects["全年预算数"])
projects.sort_values("执行率")[["项目名称", "执行率"]].head(1)
""",
    "plot": """
import matplotlib as mpl
axes = projects.sort_values("执行率").plot.barh(x="项目名称", y="执行率")
bar = axes.patches[0]
print(axes.get_yticklabels()[0].get_text(), bar.get_width(), mpl.colors.to_hex(bar.get_facecolor()))
print(mpl.font_manager.findfont(axes.get_yticklabels()[0].get_fontproperties()))
""",
    "plot by matplotlib alone": """
import matplotlib.pyplot as plt
plt.bar(projects["项目名称"], projects["全年执行数"])[1].get_height()
""",
    "a plot in the report": """
report.figure(axes, projects[["项目名称", "执行率"]], "{year}年各项目执行率")
""",
    "group": """
spent = projects.groupby("领域")["全年执行数"].sum()
shares = share(spent, spent.sum())
shares
""",
    "what shares add up to": "shares.sum()",
    "three years": 'report.over_years("executed", "execution_rate")',
    "where a year's figure comes from": """
years = report.over_years("executed")
years["全年执行数"].loc[2022].sources[0].place.file
""",
    "the strata": 'report.strata().loc["户籍居民", ["有效", "满意率", "满意率下限", "满意率上限"]]',
    "a stratum asked in full": 'report.strata().loc["辖区单位", "满意率下限"].defined',
    "what if": f"""
changed = {WHAT_IF}.set_index("编号")
changed.loc[["project_executed", "executed", "execution_rate", "total_score"], "现"]
""",
    "what is found then": 'changed.loc[changed["类别"] == "复核发现", "名称"]',
    "the run afterwards": 'report.fact("execution_rate")',
    "what if by a value": """
to = report.what_if("项目自评", "community", "全年执行数", "615.599015")
by = report.what_if("项目自评", 3, "全年执行数", "+100")
to.astype(str).equals(by.astype(str))
""",
    "what if by a part": """
half = report.what_if("月度执行", ("roads", "3"), "实际数", "-50%")
half.loc[0, "现"] * 2 == half.loc[0, "原"]
""",
    "what if by a word": """
report.what_if("指标完成", "hazards_fixed", "指标值偏低", "否")["类别"][0]
""",
    "what rests on a cell": """
set(report.dependents("项目自评", "社区服务设施改造", "全年执行数").index)
""",
    "a figure explained": 'report.facts.loc["execution_score", "数值"].explain()',
    "a figure found": 'report.find("项目支出预算执行率")[["名称", "数值"]]',
    "a sentence": """
each = (report.fact("executed") / report.fact("staff_total")).named("人均支出", "per_head")
all_of_it = spent.sum().named("项目支出", "projects_executed")
report.say("项目支出{spent}，人均支出{each}。", spent=all_of_it, each=each)
""",
    "a table of one's own": """
report.show(spent.to_frame().assign(占比=shares.num.named("占比", "field_share")), "各领域支出")
""",
}
SLIPS = {
    'report.what_if("项目自平", "社区服务设施改造", "全年执行数", "+1")': "（是否应为“项目自评”）",
    'report.what_if("项目自评", "社区服务", "全年执行数", "+1")': "没有“社区服务”一行",
    'report.what_if("项目自评", "社区服务设施改造", "执行数", "+1")': "没有“执行数”一列",
    'report.what_if("项目自评", 99, "全年执行数", "+1")': "没有“99”一行",
    'report.what_if("项目自评", "社区服务设施改造", "全年执行数", "+一百")': "不是数字",
    'report.what_if("项目自评", "社区服务设施改造", "全年执行数", "很多")': "写法不对",
    'report.what_if("项目自评", "社区服务设施改造", "全年执行数", "")': "必填",
    'report.what_if("月度执行", "roads、13", "实际数", "+1")': "没有“roads、13”一行",
    'report.data("项目自平")': "（是否应为“项目自评”）",
    'report.fact("exec_rate")': "exec_rate",
    'report.say("支出{exectued}。")': "exectued",
    'report.say("支出9305万元。")': "手工写了数字“9305”",
    'report.say("{each}", each=all_of_it / 3)': "没有编号",
}

Outputs = list[dict[str, Any]]


@pytest.fixture(scope="module")
def shown() -> dict[str, Outputs]:
    """What stands below each cell, by what it is for, or a slip by its code."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace('run = "2023"', 'run = "demo-2024"')
    own = {**CELLS, **{slip: slip for slip in SLIPS}}
    notebook.cells += [new_code_cell(source.strip()) for source in own.values()]
    folder = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, allow_errors=True, kernel_name="python3", resources=folder).execute()
    ours, theirs = notebook.cells[-len(own) :], notebook.cells[: -len(own)]
    assert not [each for cell in theirs for each in cell.get("outputs", []) if "ename" in each]
    return {name: cell.outputs for name, cell in zip(own, ours, strict=True)}


def told(outputs: Outputs) -> str:
    """What is told below a cell: its prints and its value as text."""
    assert not [each for each in outputs if "ename" in each], outputs
    return "".join(each.get("text") or each["data"]["text/plain"] for each in outputs)


def test_see_a_table(shown: dict[str, Outputs]) -> None:
    """Amounts grouped and rounded, texts as texts, dates as dates, by the line of the file."""
    assert "1,722.40" in told(shown["a table"])
    types = dict(line.split() for line in told(shown["its types"]).splitlines()[:-1])
    assert (types["全年执行数"], types["项目名称"]) == ("number[万元]", "str")
    assert told(shown["dates"]) == "'M'"
    assert told(shown["a row by its line"]) == "'社区服务设施改造'"


def test_work_out_the_rate_of_each_row_by_the_helper(shown: dict[str, Outputs]) -> None:
    """Exactly, in per cent, each naming its row."""
    rate = told(shown["the rate of each row"])
    assert rate.startswith("社区服务设施改造预算执行率 ＝ ")
    assert "24.42%" in rate


def test_work_out_one_rate_from_what_was_typed(shown: dict[str, Outputs]) -> None:
    """Texts of decimals will do, and the answer explains itself."""
    rate = told(shown["a rate of what is typed"])
    assert "99.63%" in rate
    assert "23101.313452 ÷ 23187.01839 × 100%" in rate


def test_sort_and_plot(shown: dict[str, Outputs]) -> None:
    """In the face and the colours of the report, without a word about either."""
    assert "社区服务设施改造  24.42%" in told(shown["sort"])
    [printed, picture] = shown["plot"]
    lowest, font = printed["text"].splitlines()
    name, width, color = lowest.split()
    assert (name, color) == ("社区服务设施改造", "#1b4f8a")
    assert float(width) == pytest.approx(24.42, abs=0.01)
    assert "ReportSansSC" in font
    assert "image/png" in picture["data"]


def test_plot_by_matplotlib_alone(shown: dict[str, Outputs]) -> None:
    """Columns are placed as they are."""
    [value, picture] = shown["plot by matplotlib alone"]
    assert "515.599015" in value["data"]["text/plain"]
    assert "image/png" in picture["data"]


def test_put_a_plot_of_pandas_into_the_report(shown: dict[str, Outputs]) -> None:
    """With its data and nothing else."""
    [figure] = shown["a plot in the report"]
    assert figure["data"]["text/plain"] == "2024年各项目执行率"
    assert '<svg class="chart"' in figure["data"]["text/html"]


def test_group_and_share(shown: dict[str, Outputs]) -> None:
    """The shares of the fields add up to the whole, exactly."""
    assert "城乡建设    37.59%" in told(shown["group"])
    assert told(shown["what shares add up to"]) == "100.00%"


def test_see_three_years_in_one_frame(shown: dict[str, Outputs]) -> None:
    """A row a year, a column a figure."""
    _, _, *years = told(shown["three years"]).splitlines()
    assert [(line.split()[0], line.split()[-1]) for line in years] == [
        ("2022", "98.43%"),
        ("2023", "98.61%"),
        ("2024", "83.82%"),
    ]
    assert told(shown["where a year's figure comes from"]) == "'data/demo-2022/预算执行.csv'"


def test_see_the_strata_with_their_intervals(shown: dict[str, Outputs]) -> None:
    """A row a stratum; one asked in full has none."""
    lines = told(shown["the strata"]).splitlines()
    assert [line.split()[-1] for line in lines[:4]] == ["396份", "88.89%", "85.41%", "91.62%"]
    assert told(shown["a stratum asked in full"]) == "False"


def test_ask_what_would_be_if(shown: dict[str, Outputs]) -> None:
    """Totals follow, scores move, and what no longer agrees is found; the run stays as it was."""
    _, *moved = told(shown["what if"]).splitlines()
    now = [line.split()[-1] for line in moved[:4]]
    assert now == ["6,054.41万元", "9,405.96万元", "84.72%", "88.68分"]
    assert "决算勾稽" in told(shown["what is found then"])
    assert told(shown["the run afterwards"]) == "83.82%"


@pytest.mark.parametrize("slip", SLIPS)
def test_is_told_what_there_is_not(shown: dict[str, Outputs], slip: str) -> None:
    """A slip changes nothing without a word: one plain message, and no traceback."""
    [error] = shown[slip]
    [message] = error["traceback"]
    assert message.startswith("错误：")
    assert SLIPS[slip] in message


def test_change_a_cell_in_any_way(shown: dict[str, Outputs]) -> None:
    """To a value, by a part, of a row found by its key, its name or its line."""
    assert told(shown["what if by a value"]) == "True"
    assert told(shown["what if by a part"]) == "True"
    assert told(shown["what if by a word"]) == "'单元格'"


def test_ask_what_depends_on_a_cell(shown: dict[str, Outputs]) -> None:
    """Every figure that a change of it could move."""
    resting = told(shown["what rests on a cell"])
    assert "'p_community_execution_rate'" in resting
    assert "'projects_executed'" in resting
    assert "'executed'" not in resting


def test_have_a_figure_explained(shown: dict[str, Outputs]) -> None:
    """From the score down to file, line, column and text."""
    explained = told(shown["a figure explained"])
    assert explained.startswith("预算执行率得分 ＝ 四舍五入（较小者（预算执行率分值，预算执行率 ÷ ")
    assert "← data/demo-2024/预算执行.csv 第3行 “全年执行数”列“" in explained


def test_find_a_figure_by_its_name(shown: dict[str, Outputs]) -> None:
    """With its id, to be said, explained or compared."""
    assert "project_execution_rate" in told(shown["a figure found"])


def test_say_a_sentence_and_show_a_table_of_ones_own(shown: dict[str, Outputs]) -> None:
    """As they would stand in the report."""
    assert told(shown["a sentence"]) == "项目支出5,954.41万元，人均支出37.68万元/人。"
    [table] = shown["a table of one's own"]
    assert '<table id="table-' in table["data"]["text/html"]
    assert ">37.59%</data>" in table["data"]["text/html"]
