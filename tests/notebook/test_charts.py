"""Charts: real text, the same bytes every time, and never an empty box."""

import ast
import re

import pandas as pd
import pytest
from notebook_cells import executed
from project_copies import ROOT, Copy

from helpers.blocks.html import HtmlWriter
from helpers.blocks.model import Figure, Grid, numbers_in
from helpers.errors import ReportError
from helpers.figures.facts import Facts
from helpers.figures.number import InexactNumberError, Number, number
from helpers.notebook import charts
from helpers.notebook.drawing import canvas, money_scale, pixels, use_house_style
from helpers.notebook.marks import mark
from helpers.notebook.report import Report
from helpers.run import Run

FIGURES = {
    "01-overview": ["staff"],
    "02-budget-execution": [
        *("budget-composition", "budget-and-spending", "waterfall", "execution-rates"),
    ],
    "05-conclusions": ["scores", "project-rates"],
    "15-years": ["years"],
    "16-monitoring": ["progress"],
    "17-satisfaction": ["satisfaction"],
}
MARKED = re.compile(r'<g data-fact="([^"]+)">')
each = pytest.mark.parametrize("notebook", FIGURES)


def figures(run: Run, notebook: str) -> dict[str, Figure]:
    """The charts a notebook shows of a run, by their keys."""
    blocks = executed(run, notebook).blocks.values()
    return {
        block.id.removeprefix("figure-"): block for block in blocks if isinstance(block, Figure)
    }


@each
def test_a_chart_drawn_twice_is_the_same(demo_run: Run, notebook: str) -> None:
    """To the byte."""
    first, second = figures(demo_run, notebook), figures(demo_run, notebook)
    assert list(first) == FIGURES[notebook]
    assert [chart.svg for chart in first.values()] == [chart.svg for chart in second.values()]


@each
def test_the_alt_text_tells_the_numbers(demo_run: Run, notebook: str) -> None:
    """What it shows, not that it is a chart; it stands in the drawing."""
    for chart in figures(demo_run, notebook).values():
        assert sum(char.isdigit() for char in chart.alt) > 6
        assert f">{chart.alt}</desc>" in chart.svg


@each
def test_every_bar_and_point_stands_for_a_figure_of_its_chart(demo_run: Run, notebook: str) -> None:
    """Each by its id, and once; a threshold is no figure."""
    for chart in figures(demo_run, notebook).values():
        marks = MARKED.findall(chart.svg)
        assert len(marks) > 1
        assert len(marks) == len(set(marks))
        assert set(marks) <= {number.id for number in numbers_in(chart.numbers)}


def test_a_shape_stands_for_the_number_it_is_drawn_by_alone(demo_run: Run) -> None:
    """One of another size is refused, and one of a number that the chart does not tell is none."""
    report = Report(demo_run, strict=True)
    rate, other = report.fact("execution_rate"), report.fact("budget")
    data = pd.DataFrame({"执行率": [rate]}, index=["合计"])

    def drawn(size: float, *numbers: Number) -> list[str]:
        axes = canvas(height=1)
        for each in numbers:
            mark(axes.barh(0, size), each)
        axes.patches[0].set_gid("mark-7")
        return MARKED.findall(str(report.figure(axes, data, "图", key="x").html))

    assert drawn(pixels(rate), rate) == ["execution_rate"]
    assert drawn(pixels(other), other) == []
    with pytest.raises(ReportError, match="不是按“预算执行率”"):
        drawn(pixels(rate) + 1, rate)


def test_the_bars_that_pandas_draws_of_a_column_stand_for_its_figures(demo_run: Run) -> None:
    """In a chart of an analyst's own; not where the table says others than are drawn."""
    use_house_style()
    report = Report(demo_run, strict=True)
    rates = report.data("项目自评").set_index("项目名称")[["全年预算数", "全年执行数"]]

    def marks(shown: pd.DataFrame) -> int:
        drawn = report.figure(rates.plot.barh(), shown, "图", key="x")
        return len(MARKED.findall(str(drawn.html)))

    assert marks(rates) == 2 * len(rates)
    assert marks(rates[::-1]) == 0
    assert marks(rates[["全年执行数"]]) == len(rates)


def test_the_reports_charts_draw_every_shape_there_is(demo_run: Run) -> None:
    """No shape is kept that nothing uses."""
    drawn = [len(figures(demo_run, notebook)) for notebook in FIGURES]
    assert sum(drawn) == len(charts.__all__)


@pytest.mark.parametrize(
    ("notebook", "key"),
    [
        ("02-budget-execution", "waterfall"),
        ("05-conclusions", "project-rates"),
        ("05-conclusions", "scores"),
        ("15-years", "years"),
    ],
)
def test_a_chart_without_data_is_not_drawn(real_run: Run, notebook: str, key: str) -> None:
    """No empty axes, and no picture of an adjustment nobody listed."""
    assert key not in figures(real_run, notebook)


def test_a_character_without_a_glyph_is_an_error(project: Copy) -> None:
    """It would be an empty box on every machine without Chinese fonts."""
    project.set("人员", 0, "人员类别", "𠮷类人员")
    with pytest.raises(ReportError, match="图“年末人员构成（人）”有字体中没有的字：𠮷"):
        executed(project.load(), "01-overview")


def test_a_low_rate_stretches_the_axis(project: Copy) -> None:
    """The axis begins lower, at zero if need be, and says when it does not begin there."""
    said = "横轴不从零起"
    assert said in figures(project.load(), "02-budget-execution")["execution-rates"].svg
    project.set("预算执行", 1, "全年执行数", "9000")
    project.set("预算执行", 2, "全年执行数", "14275.741749")
    assert said not in figures(project.load(), "02-budget-execution")["execution-rates"].svg


def test_amounts_are_shown_in_yi_where_each_is_one_at_least() -> None:
    """Two decimals, rounded once from the exact amount; otherwise as the report shows them."""
    facts = Facts()
    for id, wan in (("large", "1234567.89"), ("one", "10000"), ("small", "85.70"), ("none", "0")):
        facts.name(id, id, number(wan, "万元"))
    large = money_scale([facts["large"], facts["one"], facts["none"]])
    assert large.unit == "亿元"
    assert [large.text(facts[id]) for id in ("large", "one", "none")] == ["123.46", "1.00", "0.00"]
    mixed = money_scale([facts["large"], facts["small"]])
    assert mixed.unit == "万元"
    assert mixed.text(facts["large"]) == "1,234,567.89"


def test_what_falls_short_differs_in_shape_as_well(demo_run: Run) -> None:
    """Below the threshold a dot is a diamond, so that grey print and every eye tell it apart."""
    svg = figures(demo_run, "05-conclusions")["project-rates"].svg
    low = [row for row in svg.split("<text") if "◆" in row]
    assert len(low) == 2
    assert "阈值 90%" in svg


def test_floats_exist_for_ink_alone() -> None:
    """Floats are made where ink is placed, and nowhere else."""
    for path in (ROOT / "src" / "helpers").rglob("*.py"):
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "float" not in calls or path.name == "column_ink.py"


def test_no_float_gets_into_a_table_of_the_page() -> None:
    """What is no exact number is refused, not printed."""
    grid = Grid("x", "表", ("甲", "乙"), [("一", 0.1)])  # type: ignore[list-item] # the slip
    with pytest.raises(InexactNumberError, match="精确数"):
        HtmlWriter().grid(grid)
