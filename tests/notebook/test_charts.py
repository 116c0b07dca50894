"""Charts: real text, the same bytes every time, and never an empty box."""

import ast

import pytest
from project_copies import ROOT, Copy

from helpers.errors import ReportError
from helpers.figures.facts import Facts
from helpers.figures.number import InexactNumberError, number
from helpers.notebook.charts import CHARTS
from helpers.notebook.drawing import money_scale
from helpers.notebook.grid import Grid
from helpers.notebook.report import Report
from helpers.run import Run


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_drawn_twice_is_the_same(demo_run: Run, name: str) -> None:
    """To the byte."""
    report = Report(demo_run)
    assert report.chart(name).html == report.chart(name).html


@pytest.mark.parametrize("name", CHARTS)
def test_the_alt_text_tells_the_numbers(demo_run: Run, name: str) -> None:
    """What it shows, not that it is a chart."""
    html = str(Report(demo_run).chart(name).html)
    alt = html.partition("<desc")[2].partition("</desc>")[0]
    assert sum(char.isdigit() for char in alt) > 6


@pytest.mark.parametrize("name", ["waterfall", "project_rates", "scores", "years"])
def test_a_chart_without_data_is_not_drawn(real_run: Run, name: str) -> None:
    """No empty axes, and no picture of an adjustment nobody listed."""
    assert not Report(real_run).chart(name).html


def test_a_character_without_a_glyph_is_an_error(project: Copy) -> None:
    """It would be an empty box on every machine without Chinese fonts."""
    project.set("人员", 0, "人员类别", "𠮷类人员")
    with pytest.raises(ReportError, match="图“年末人员构成（人）”有字体中没有的字：𠮷"):
        Report(project.load()).chart("staff")


def test_a_low_rate_stretches_the_axis(project: Copy) -> None:
    """The axis begins lower, at zero if need be, and says when it does not begin there."""
    project.set("预算执行", 1, "全年执行数", "9000")
    assert "不从零起" not in str(Report(project.load()).chart("execution_rates").html)


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
    html = str(Report(demo_run).chart("project_rates").html)
    low = [row for row in html.split("<text") if "◆" in row]
    assert len(low) == 2
    assert "阈值 90%" in html


def test_an_unknown_name_lists_what_there_is(real_run: Run) -> None:
    """For charts, tables, texts and data alike."""
    report = Report(real_run)
    with pytest.raises(ReportError, match="没有名为“x”的图（可用：staff、"):
        report.chart("x")
    with pytest.raises(ReportError, match="没有名为“x”的表（可用：organisation、"):
        report.table("x")
    with pytest.raises(ReportError, match=r"没有名为“x”的段落（请在 data/2023/叙述\.csv 中补充）"):
        report.text("x")
    with pytest.raises(ReportError, match="没有名为“x”的数据表（可用：预算执行、"):
        report.data("x")


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
    with pytest.raises(InexactNumberError, match="精确数"):
        Grid("x", "表", ("甲", "乙"), [("一", 0.1)]).html()  # type: ignore[list-item] # the slip
