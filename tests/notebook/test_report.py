"""What a cell shows with `report`: sentences, tables, figures, and which number is which."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from project_copies import ROOT

from helpers.blocks import travelling
from helpers.blocks.model import Figure, Grid, Paragraph
from helpers.errors import ReportError
from helpers.figures.facts import UnknownFactError
from helpers.figures.number import Number, number
from helpers.figures.ratios import difference, execution_rate, share
from helpers.inputs.data_frames import data_frame
from helpers.notebook import open_run
from helpers.notebook.drawing import use_house_style
from helpers.notebook.report import Report
from helpers.notebook.shown import Shown
from helpers.run import Run

Frame: TypeAlias = Any
"""A DataFrame of exact numbers, whose columns pandas' stubs do not know."""


@pytest.fixture
def report(demo_run: Run) -> Iterator[Report]:
    """The report of the year in which things went wrong, as a build has it."""
    with mpl.rc_context():
        use_house_style()
        yield Report(demo_run, strict=True)
    plt.close("all")


@pytest.fixture
def in_lab(demo_run: Run) -> Report:
    """The same as JupyterLab has it."""
    return Report(demo_run)


@pytest.fixture
def budget(report: Report) -> Frame:
    """Budget and spending by category, without the total."""
    return report.data("预算执行").set_index("支出类别").drop("合计")


def bundle(shown: Shown) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a cell puts out: by type, and the metadata."""
    data, metadata = shown._repr_mimebundle_()  # as IPython asks
    return data, metadata


def paragraph(shown: Shown) -> Paragraph:
    """The one paragraph that is shown."""
    [block] = shown.blocks
    assert isinstance(block, Paragraph)
    return block


def grid(shown: Shown) -> Grid:
    """The one table that is shown."""
    [block] = shown.blocks
    assert isinstance(block, Grid)
    return block


def drawn(shown: Shown) -> Figure:
    """The one figure that is shown."""
    [block] = shown.blocks
    assert isinstance(block, Figure)
    return block


def rows(table: Grid) -> list[list[str]]:
    """The rows of a table as a reader sees them."""
    return [
        [cell.display if isinstance(cell, Number) else str(cell) for cell in row]
        for row in table.rows
    ]


# Sentences


def test_a_sentence_is_filled_with_numbers_given_figures_and_words(
    report: Report, budget: Frame
) -> None:
    """A number given by name, a figure by its id, a word of the run; each with its unit."""
    total = budget["全年预算数"].sum()
    said = report.say(
        "{department}{year}年全年预算数{total}，执行率{execution_rate}。", total=total
    )
    assert repr(said) == "示例乡2024年全年预算数11,102.71万元，执行率83.82%。"
    assert [each.id for each in paragraph(said).words.numbers] == ["budget", "execution_rate"]


def test_a_column_is_given_by_the_names_of_its_rows(report: Report, budget: Frame) -> None:
    """`**column`: each row's number under the row's name."""
    said = report.say("基本支出{基本支出}，项目支出{项目支出}。", **budget["全年执行数"])
    assert repr(said) == "基本支出3,351.55万元，项目支出5,954.41万元。"


def test_dates_and_texts_are_given_too(report: Report) -> None:
    """A date is marked as one, which no reviewer need take for a figure."""
    day = pd.Timestamp(2024, 12, 31)
    said = report.say("{name}盘点于{day}。", name="资产", day=day)
    assert repr(said) == "资产盘点于2024-12-31。"
    assert '<time datetime="2024-12-31">' in said.html


@pytest.mark.parametrize("typed", ["35", "３５", "9.5%", "2024年"])
def test_a_digit_typed_into_a_sentence_is_refused(report: Report, typed: str) -> None:
    """With what to type instead."""
    with pytest.raises(
        ReportError, match=r"手工写了数字“.+”.*写作占位符，如 \{total\}，并给出 total=…；年度写"
    ):
        report.say(f"共{typed}，支出{{executed}}。")


@pytest.mark.parametrize(
    "sentence", ["预算{budgte}。", "预算{全年预算}。", "{budget:增加}", "预算{budget。"]
)
def test_a_name_there_is_not_is_refused(report: Report, sentence: str) -> None:
    """In plain words, and not with a traceback."""
    with pytest.raises(ReportError):
        report.say(sentence)


def test_a_number_that_is_no_figure_is_refused_with_what_to_type(report: Report) -> None:
    """It gets a name and an id; the hint can be copied."""
    each = report.fact("executed") / report.fact("staff_total")
    with pytest.raises(ReportError, match="没有编号") as refused:
        report.say("人均支出{each}。", each=each)
    assert '.named("人均支出", "per_head")' in str(refused.value)
    assert "人均支出37.68万元/人" in repr(
        report.say("人均支出{each}。", each=each.named("人均支出", "per_head"))
    )


def test_a_sentence_is_said_where_its_figures_are_and_where_others_are_not(
    report: Report, real_run: Run
) -> None:
    """`when` and `unless`, one or several; in the notebook it says why it is not said."""
    without = Report(real_run, strict=True)
    for when in ("total_score", ("budget", "total_score")):
        assert paragraph(report.say("总分{total_score}。", when=when))
        assert repr(without.say("总分。", when=when)) == "这一句不写：没有合计得分"
    for unless in ("total_score", ("adjustment_count", "total_score")):
        assert paragraph(without.say("没有总分。", unless=unless))
        assert not report.say("没有总分。", unless=unless).blocks
    assert "这一句不写：已有合计得分" in repr(report.say("没有总分。", unless="total_score"))


def test_a_sentence_that_is_not_said_needs_no_figures(real_run: Run) -> None:
    """A notebook opens on a run without its data; what it would give is then no figure."""
    report = Report(real_run, strict=True)
    none: Any = report.data("项目自评")["全年执行数"].sum()
    assert report.say("支出{spent}。", when="project_count", spent=none).blocks == ()


def test_what_a_sentence_rests_on_follows_from_its_numbers(report: Report) -> None:
    """The tables of their cells, each once; nobody types them."""
    each = (report.fact("executed") / report.fact("staff_total")).named("人均支出", "per_head")
    said = report.say("支出{executed}，执行率{execution_rate}，人均{each}。", each=each)
    assert paragraph(said).basis == ["预算执行.csv", "人员.csv"]
    assert "依据：预算执行.csv；人员.csv" in said.html
    assert paragraph(report.say("没有数字的句子。")).basis == []


def test_a_sentence_on_what_others_printed_is_for_reviewers(real_run: Run) -> None:
    """The public edition leaves it out by that mark."""
    report = Report(real_run, strict=True)
    assert paragraph(report.say("所印为{published_execution_rate}。")).for_review
    assert not paragraph(report.say("执行率{execution_rate}。")).for_review


def test_a_sentence_keeps_its_id_wherever_it_stands(report: Report) -> None:
    """By its key, or by its words before they are filled in."""
    first, again = (report.say("支出{executed}。") for _ in range(2))
    assert paragraph(first).id == paragraph(again).id
    assert paragraph(report.say("支出{executed}。", key="spent")).id == "text-spent"


def test_what_the_department_wrote_itself_is_marked(real_run: Run) -> None:
    """As its own statement; a key nobody wrote under shows nothing and says so."""
    report = Report(real_run)
    [block, *_] = report.text("财务管理制度健全性").blocks
    assert isinstance(block, Paragraph)
    assert block.own
    assert repr(report.text("没有")) == "data/2023/叙述.csv 中没有“没有”的文字"


def test_an_unknown_name_lists_what_there_is(report: Report) -> None:
    """For forms, tables and data alike; or names the nearest."""
    with pytest.raises(ReportError, match="没有名为“x”的表（可用：评价得分、"):
        report.table("x")
    with pytest.raises(ReportError, match="没有名为“x”的表（可用：产出指标、"):
        report.frame("x")
    with pytest.raises(ReportError, match="没有名为“x”的数据表（可用：预算执行、"):
        report.data("x")
    with pytest.raises(ReportError, match="没有名为“产出指”的表（是否应为“产出指标”）"):
        report.frame("产出指")
    with pytest.raises(UnknownFactError, match="budgte"):
        report.fact("budgte")


# Tables


def test_a_unit_of_all_amounts_stands_above_the_table(report: Report, budget: Frame) -> None:
    """Percentages tell theirs; the index that names the rows is the first column."""
    budget["预算执行率"] = execution_rate(budget["全年执行数"], budget["全年预算数"])
    shown = grid(report.show(budget[["全年预算数", "预算执行率"]], "{year}年执行", key="x"))
    assert (shown.id, shown.title, shown.unit) == ("table-x", "2024年执行", "万元")
    assert list(shown.head) == ["支出类别", "全年预算数", "预算执行率"]
    assert rows(shown)[0] == ["基本支出", "3,351.55", "100.00%"]


def test_a_unit_of_one_column_stands_in_its_head(report: Report) -> None:
    """Where columns have several units, none is above them."""
    staff = report.data("人员").set_index("人员类别")[["人数"]]
    money = report.data("预算执行")["全年预算数"].head(len(staff))
    mixed = staff.head(len(money)).assign(预算=list(money))
    mixed["预算"] = money.array
    shown = grid(report.show(mixed, "两种单位"))
    assert shown.unit == ""
    assert list(shown.head) == ["人员类别", "人数（人）", "预算（万元）"]


def test_a_total_is_the_last_row_by_itself(report: Report, budget: Frame) -> None:
    """Below a line, its numbers figures like all others; there is none below no rows."""
    spent = budget[["全年执行数"]]
    total = ["合计", spent["全年执行数"].sum()]
    shown = grid(report.show(spent, "支出", total=total))
    [foot] = shown.foot
    assert [str(cell) for cell in foot] == ["合计", "9,305.96万元"]
    assert isinstance(foot[1], Number)
    assert foot[1].id == "executed"
    assert "<tfoot>" in report.show(spent, "支出", total=total).html
    assert grid(report.show(spent.head(0), "支出", total=total)).rows == []
    loose = (total[1] * 2, "x")
    with pytest.raises(ReportError, match="没有编号"):
        report.show(spent, "支出", total=loose)


def test_an_empty_cell_says_what_it_is_told_to(report: Report) -> None:
    """Nothing known is a dash, and never zero; a column may have a word of its own."""
    table = pd.DataFrame(
        {"甲": ["一", ""], "乙": [None, "二"], "丙": [pd.NaT, pd.Timestamp(2024, 1, 2)]}
    )
    assert rows(grid(report.show(table, "题"))) == [["一", "—", "—"], ["—", "二", "2024-01-02"]]
    everywhere = rows(grid(report.show(table, "题", blank="待补充")))
    assert everywhere[0] == ["一", "待补充", "待补充"]
    by_column = rows(grid(report.show(table, "题", blank={"乙": "无"})))
    assert by_column == [["一", "无", "—"], ["—", "二", "2024-01-02"]]


def test_dates_and_codes_are_no_figures(report: Report) -> None:
    """They are marked as what they are; codes in the columns that are said to hold them."""
    table = pd.DataFrame(
        {
            "日期": [pd.Timestamp(2024, 1, 2)],
            "科目编码": ["2010301"],
            "名称": ["第五次普查"],
        }
    )
    html = report.show(table, "题", codes=["科目编码"]).html
    assert '<time datetime="2024-01-02">' in html
    assert "<code>2010301</code>" in html
    assert "<td>第五次普查</td>" in html


def test_a_table_without_rows_says_so_in_one_sentence(report: Report, real_run: Run) -> None:
    """The table's own where it has one, else the notebook's, else that there are no data."""
    none = pd.DataFrame({"甲": []})
    assert grid(report.show(none, "题", absent="没有这样的项目。")).absent == "没有这样的项目。"
    assert report.show(none, "题").html == '<p class="absent">没有数据。</p>'
    own = Report(real_run).show(Report(real_run).data("项目自评"), "项目")
    assert own.html == '<p class="absent">本年度未提供“项目自评”。</p>'


def test_columns_are_grouped_and_cells_merged_as_told(report: Report) -> None:
    """By the names the columns have in the notebook."""
    table = pd.DataFrame(
        {"类": ["甲", "甲", "乙"], "发放": ["一", "二", "三"], "回收": ["四", "五", "六"]}
    )
    shown = grid(report.show(table, "题", groups={"问卷": ["发放", "回收"]}, merged=1))
    assert shown.groups == {"问卷": ["发放", "回收"]}
    assert shown.spans() == [{0: 2}, {0: 0}, {0: 1}]


def test_a_number_without_an_id_gets_into_no_table(report: Report, budget: Frame) -> None:
    """A column is named at once: its numbers by their rows."""
    half = budget[["全年执行数"]] / 2
    with pytest.raises(ReportError, match=r"列用 \.num\.named"):
        report.show(half, "一半")
    half["全年执行数"] = half["全年执行数"].num.named("一半", "half")
    shown = grid(report.show(half, "一半"))
    assert [row[1].id for row in shown.rows if isinstance(row[1], Number)] == [
        "half_基本支出",
        "half_项目支出",
    ]


def test_no_float_gets_into_a_table(report: Report) -> None:
    """What is no exact number is refused, not printed."""
    with pytest.raises(ReportError):
        report.show(pd.DataFrame({"甲": ["一"], "乙": [0.1]}), "题")


# Figures


def test_the_axes_of_pandas_are_a_figure(report: Report, budget: Frame) -> None:
    """`frame.plot.barh` and nothing else; its data below it, and in words."""
    money = budget[["全年预算数", "全年执行数"]]
    reading = "项目支出{spent}。"
    spent = money.loc["项目支出", "全年执行数"]
    figure = drawn(report.figure(money.plot.barh(), money, "{year}年预算", reading, spent=spent))
    assert figure.title == "2024年预算"
    assert figure.reading.text == "项目支出5,954.41万元。"
    assert list(figure.numbers.head) == ["支出类别", "全年预算数", "全年执行数"]
    assert figure.alt.startswith("基本支出：全年预算数3,351.55万元，全年执行数3,351.55万元；")
    assert f">{figure.alt}</desc>" in figure.svg
    assert ">2024年预算</title>" in figure.svg


@pytest.mark.parametrize("panels", [False, True])
def test_the_axes_of_matplotlib_are_a_figure(
    report: Report,
    budget: Frame,
    panels: bool,  # noqa: FBT001 - a case table
) -> None:
    """One or an array of them, drawn as text, and closed: it is not shown a second time."""
    spent = budget["全年执行数"]
    axes: Any = plt.subplots(1, 2)[1] if panels else plt.subplots()[1]
    (axes[0] if panels else axes).bar(list(spent.index), spent)
    figure = drawn(report.figure(axes, spent, "支出"))
    assert ">项目支出</text>" in figure.svg
    assert [str(row[0]) for row in figure.numbers.rows] == ["基本支出", "项目支出"]
    assert plt.get_fignums() == []


def test_a_figure_drawn_twice_is_the_same(report: Report, budget: Frame) -> None:
    """To the byte, whoever draws it."""
    money = budget[["全年预算数", "全年执行数"]]
    first, second = (
        bundle(report.figure(money.plot.barh(), money, "预算"))[0][travelling.MIME]
        for _ in range(2)
    )
    assert first == second


def test_where_there_is_nothing_to_draw_it_says_so(report: Report, budget: Frame) -> None:
    """Without axes, without data, or without the figure it is about."""
    spent, nothing = budget["全年执行数"], "没有可画的数据：支出"
    assert repr(report.figure(None, spent, "支出")) == nothing
    assert repr(report.figure(spent.plot.barh(), spent.head(0), "支出")) == nothing
    shown = report.figure(spent.plot.barh(), spent, "支出", when="published_execution_rate")
    assert shown.blocks == ()
    assert nothing in bundle(shown)[0]["text/html"]


def test_a_digit_typed_into_what_reads_a_figure_is_refused(report: Report, budget: Frame) -> None:
    """It is a sentence like any other."""
    spent = budget["全年执行数"]
    with pytest.raises(ReportError, match="手工写了数字"):
        report.figure(spent.plot.barh(), spent, "支出", "项目支出5954万元。")


# Which figure a number is


def test_a_number_of_a_formula_of_the_evaluation_is_that_figure(
    report: Report, budget: Frame
) -> None:
    """Without id, by the cells and operations alone, under the evaluation's name and display."""
    rate = execution_rate(budget["全年执行数"].sum(), budget["全年预算数"].sum())
    [own] = paragraph(report.say("{rate}", rate=rate)).words.numbers
    assert own is report.fact("execution_rate")
    cell = budget.loc["项目支出", "全年执行数"]
    [own] = paragraph(report.say("{cell}", cell=cell)).words.numbers
    assert own.id == "project_executed"


def test_a_number_under_its_id_equals_the_figure(report: Report, budget: Frame) -> None:
    """Computed another way, it is the figure of the evaluation all the same."""
    column: Any = difference(budget["全年预算数"], budget["全年执行数"])
    named = column.sum().named("未执行", "unexecuted")
    [own] = paragraph(report.say("{left}", left=named)).words.numbers
    assert own is report.fact("unexecuted")


def test_a_number_that_differs_from_its_figure_stops_a_build(report: Report, budget: Frame) -> None:
    """Both values with their formulas; in a sentence, a table and a figure."""
    column = budget[["全年执行数"]].head(1)
    wrong = execution_rate(column["全年执行数"].iloc[0], report.fact("budget"))
    wrong = wrong.named("预算执行率", "execution_rate")
    said = re.escape(
        "“预算执行率”（execution_rate）算出两个数："
        "这里 30.19%＝基本支出全年执行数 ÷ 全年预算数 × 100%，"
        "评价 83.82%＝全年执行数 ÷ 全年预算数 × 100%"
    )
    table = pd.DataFrame({"甲": ["一"], "乙": [wrong]})
    with pytest.raises(ReportError, match=said):
        report.say("{wrong}", wrong=wrong)
    with pytest.raises(ReportError, match=said):
        report.show(table, "题")
    with pytest.raises(ReportError, match=said):
        report.figure(column.plot.barh(), table, "题")


def test_a_number_that_differs_from_its_figure_is_told_in_jupyterlab(in_lab: Report) -> None:
    """The number is shown and the difference above it, which is no part of the report."""
    wrong = in_lab.fact("budget").named("全年支出", "executed")
    shown = in_lab.say("支出{wrong}。", wrong=wrong)
    assert paragraph(shown).words.text == "支出11,102.71万元。"
    data, _ = bundle(shown)
    told = "“全年执行数”（executed）算出两个数：这里 11,102.71万元"
    assert f'<p class="difference">{told}' in data["text/html"]
    assert "评价 9,305.96万元" in data["text/plain"]
    assert "算出两个数" not in str(data[travelling.MIME])
    assert "算出两个数" not in repr(in_lab.say("支出{executed}。"))


def test_one_id_for_two_numbers_is_refused(report: Report) -> None:
    """Within a notebook; the same number twice is one figure."""
    spent, staff = report.fact("executed"), report.fact("staff_total")
    for _ in range(2):
        report.say("{each}", each=(spent / staff).named("人均支出", "per_head"))
    other = (report.fact("budget") / staff).named("人均预算", "per_head")
    with pytest.raises(
        ReportError, match=r"两个数的编号都是“per_head”：人均支出 37\.68万元/人，人均预算"
    ):
        report.say("{other}", other=other)


def test_a_figure_a_notebook_made_travels_with_its_formula(report: Report) -> None:
    """Its parts too; those of the run are but named."""
    spent, staff = report.fact("executed"), report.fact("staff_total")
    each = (spent / staff).named("人均支出", "per_head")
    part = share(each, number("40", "万元/人")).named("占比", "per_head_share")
    data, _ = bundle(report.say("{part}", part=part))
    sent = str(data[travelling.MIME]["numbers"])
    assert "per_head" in sent
    assert "per_head_share" in sent
    assert "预算执行.csv" not in sent


def test_a_cell_notes_what_it_opened(report: Report) -> None:
    """By which a build knows whether a section must run again."""
    report.data("人员")
    _, metadata = bundle(report.say("支出{executed}。"))
    assert metadata["opened"] == {
        "facts": ["executed"],
        "tables": ["人员"],
        "texts": [],
        "runs": [],
    }
    _, metadata = bundle(report.say("没有。"))
    assert metadata["opened"]["facts"] == []


# Exploring


def test_two_runs_are_compared_figure_by_figure(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What differs, of both, and by how much; what is the same is not listed."""
    monkeypatch.chdir(ROOT)
    changes = report.compare("demo-2023")
    assert list(changes.columns) == ["名称", "demo-2024", "demo-2023", "相差"]
    rate = changes.loc["execution_rate"]
    assert [str(each) for each in rate[1:]] == ["83.82%", "98.61%", "−14.79个百分点"]
    assert rate["demo-2023"].sources[0].place.file == "data/demo-2023/预算执行.csv"
    assert all(
        (row["demo-2024"].value, row["demo-2024"].unit)
        != (row["demo-2023"].value, row["demo-2023"].unit)
        for _, row in changes.iterrows()
    )


def test_a_difference_from_another_run_can_be_said(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a figure with an id of its own."""
    monkeypatch.chdir(ROOT)
    less: Any = report.compare("demo-2023").loc["execution_rate", "相差"]
    assert repr(report.say("执行率相差{less}。", less=less)) == "执行率相差−14.79个百分点。"


def test_figures_are_found_by_a_part_of_their_names(report: Report) -> None:
    """Or of their ids; where none is found it says so."""
    assert "execution_rate" in report.find("执行率").index
    assert {"名称", "数值", "算式"} <= set(report.find("staff_").columns)
    with pytest.raises(ReportError, match="没有名称含“不存在”的数据项"):
        report.find("不存在")


def test_a_figure_is_explained_down_to_its_cells(report: Report) -> None:
    """Formula, parts, file, line, column."""
    told = str(report.explain("execution_rate"))
    assert told.startswith("预算执行率 ＝ 全年执行数 ÷ 全年预算数 × 100%")
    assert "← data/demo-2024/预算执行.csv 第" in told
    with pytest.raises(UnknownFactError):
        report.explain("exec_rate")


def test_data_are_what_the_file_says(demo_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the run; a copy, so that nothing written into it reaches the report."""
    monkeypatch.chdir(ROOT)
    with mpl.rc_context():
        opened = open_run("demo-2024")
    table = opened.data("项目自评")
    assert table.equals(data_frame(demo_run.tables["项目自评"]))
    table["项目名称"] = ""
    assert opened.data("项目自评")["项目名称"].all()
