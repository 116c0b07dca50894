"""What an analyst wants of a run, each in one to three lines, on the made-up bad year."""

from collections.abc import Iterator

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import font_manager
from matplotlib import pyplot as plt

from helpers.errors import ReportError
from helpers.figures.ratios import execution_rate, share
from helpers.notebook.drawing import BLUE
from helpers.notebook.report import Report
from helpers.run import Run

PROJECT, COLUMN = "社区服务设施改造", "全年执行数"


@pytest.fixture
def run(demo_run: Run) -> Iterator[Report]:
    """The run, opened; what it sets for plotting is undone."""
    with mpl.rc_context():
        yield Report(demo_run)
    plt.close("all")


@pytest.fixture
def projects(run: Report) -> pd.DataFrame:
    """The table of projects."""
    return run.data("项目自评")


def test_see_a_table(run: Report, projects: pd.DataFrame) -> None:
    """Amounts grouped and rounded, texts as texts, dates as dates, by the line of the file."""
    assert "1,722.40" in repr(projects[["项目名称", COLUMN]])
    assert str(projects.dtypes[COLUMN]) == "number[万元]"
    assert projects.dtypes["项目名称"] == "str"
    assert run.data("预算调整明细").dtypes["日期"].kind == "M"
    assert projects.loc[3, "项目名称"] == PROJECT


def test_work_out_the_rate_of_each_row_by_the_helper(projects: pd.DataFrame) -> None:
    """Exactly, in per cent, each naming its row."""
    rates = execution_rate(projects[COLUMN], projects["全年预算数"])
    assert str(rates.loc[3]) == "24.42%"
    assert rates.loc[3].label == f"{PROJECT}预算执行率"
    assert rates.name == "预算执行率"


def test_work_out_one_rate_from_what_was_typed() -> None:
    """Texts of decimals will do, and the answer explains itself."""
    rate = execution_rate("23101.313452", "23187.018390")
    assert repr(rate) == "99.63%"
    assert "23101.313452 ÷ 23187.01839 × 100%" in repr(rate.explain())


def test_sort_and_plot(projects: pd.DataFrame) -> None:
    """In the face and the colours of the report, without a word about either."""
    projects["执行率"] = execution_rate(projects[COLUMN], projects["全年预算数"])
    axes = projects.sort_values("执行率").plot.barh(x="项目名称", y="执行率")
    assert next(label.get_text() for label in axes.get_yticklabels()) == PROJECT
    assert axes.patches[0].get_width() == pytest.approx(24.42, abs=0.01)
    assert mpl.colors.to_hex(axes.patches[0].get_facecolor()) == BLUE.lower()
    assert "ReportSansSC" in font_manager.findfont(axes.get_yticklabels()[0].get_fontproperties())


def test_plot_by_matplotlib_alone(projects: pd.DataFrame) -> None:
    """Columns are placed as they are."""
    bars = plt.bar(projects["项目名称"], projects[COLUMN])
    assert bars[1].get_height() == pytest.approx(515.599015)


def test_group_and_share(projects: pd.DataFrame) -> None:
    """The shares of the fields add up to the whole, exactly."""
    spent = projects.groupby("领域")[COLUMN].sum()
    shares = share(spent, spent.sum())
    assert shares.sum() == 100
    assert str(shares["城乡建设"]) == "37.59%"


def test_see_three_years_in_one_frame(run: Report) -> None:
    """A row a year, a column a figure."""
    years = run.over_years("executed", "execution_rate")
    assert list(years.index) == [2022, 2023, 2024]
    assert [str(rate) for rate in years["预算执行率"]] == ["98.43%", "98.61%", "83.82%"]
    assert years["全年执行数"].loc[2022].sources[0].place.file == "data/demo-2022/预算执行.csv"


def test_see_the_strata_with_their_intervals(run: Report) -> None:
    """A row a stratum; one asked in full has none."""
    strata = run.strata()[["有效", "满意率", "满意率下限", "满意率上限"]]
    assert [str(number) for number in strata.loc["户籍居民"]] == [
        *("396份", "88.89%"),
        *("85.41%", "91.62%"),
    ]
    assert not strata.loc["辖区单位", "满意率下限"].defined


def test_ask_what_would_be_if(run: Report) -> None:
    """Totals follow, scores move, and what no longer agrees is found; the run stays as it was."""
    changed = run.what_if("项目自评", PROJECT, COLUMN, "+100").set_index("编号")
    moved = changed.loc[["project_executed", "executed", "execution_rate", "total_score"], "现"]
    assert list(map(str, moved)) == ["6,054.41万元", "9,405.96万元", "84.72%", "88.68分"]
    assert "决算勾稽" in set(changed.loc[changed["类别"] == "复核发现", "名称"])
    assert str(run.run.facts["execution_rate"]) == "83.82%"


@pytest.mark.parametrize(
    ("cell", "change", "said"),
    [
        (
            ("项目自平", PROJECT, COLUMN),
            "+1",
            "可以试算（是否应为“项目自评”）",
        ),
        (("项目自评", "社区服务", COLUMN), "+1", "没有“社区服务”一行"),
        (("项目自评", PROJECT, "执行数"), "+1", "没有“执行数”一列"),
        (("项目自评", 99, COLUMN), "+1", "没有“99”一行"),
        (("项目自评", PROJECT, COLUMN), "+一百", "不是数字"),
        (("项目自评", PROJECT, COLUMN), "很多", "写法不对"),
        (("项目自评", PROJECT, COLUMN), "", "必填"),
        (("月度执行", "roads、13", "实际数"), "+1", "没有“roads、13”一行"),
    ],
)
def test_is_told_what_there_is_not(
    run: Report, cell: tuple[str, str, str], change: str, said: str
) -> None:
    """A slip changes nothing without a word."""
    with pytest.raises(ReportError, match=said):
        run.what_if(*cell, change)


def test_change_a_cell_in_any_way(run: Report) -> None:
    """To a value, by a part, of a row found by its key, its name or its line."""
    to = run.what_if("项目自评", "community", COLUMN, "615.599015")
    by = run.what_if("项目自评", 3, COLUMN, "+100")
    assert to.astype(str).equals(by.astype(str))
    half = run.what_if("月度执行", ("roads", "3"), "实际数", "-50%")
    assert half.loc[0, "现"] * 2 == half.loc[0, "原"]
    met = run.what_if("指标完成", "hazards_fixed", "指标值偏低", "否")
    assert list(met["类别"][:1]) == ["单元格"]


def test_ask_what_depends_on_a_cell(run: Report) -> None:
    """Every figure that a change of it could move."""
    resting = run.dependents("项目自评", PROJECT, COLUMN)
    assert {"p_community_execution_rate", "projects_executed"} <= set(resting.index)
    assert "executed" not in resting.index


def test_have_a_figure_explained(run: Report) -> None:
    """From the score down to file, line, column and text."""
    told = str(run.facts.loc["execution_score", "数值"].explain())
    assert told.startswith("预算执行率得分 ＝ 较小者（预算执行率分值，预算执行率 ÷ 100% × ")
    assert "← data/demo-2024/预算执行.csv 第3行 “全年执行数”列“" in told
