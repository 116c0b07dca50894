"""What a notebook may put on the page: wrong numbers, forged outputs and foreign HTML tried."""

import json
from typing import Any

import matplotlib as mpl
import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell
from project_copies import Copy

from helpers.blocks import travelling
from helpers.blocks.drawings import refuse_foreign
from helpers.errors import ReportError
from helpers.figures.travelling import packed, unpacked
from helpers.notebook import charts
from helpers.notebook.drawing import use_house_style
from helpers.notebook.identity import Shapes
from helpers.notebook.report import Report
from helpers.run import Run

TABLE = {
    "kind": "table", "id": "table-x", "title": "x", "head": ["a"], "rows": [], "unit": "",
    "total": False, "note": [], "absent": "", "merged": 0, "groups": {}, "for_review": False,
}  # fmt: skip


def appended(project: Copy, *sources: str) -> None:
    """Put cells of code at the end of the first section, and leave the others out."""
    project.sections(1)
    path = project.root / "notebooks" / "01-overview.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [new_code_cell(source) for source in sources]
    nbformat.write(notebook, path)


def test_figures_of_one_formula_are_of_one_value(real_run: Run, demo_run: Run) -> None:
    """No two figures that differ could be taken for each other."""
    for run in (real_run, demo_run):
        shapes = Shapes(run.facts)
        seen: dict[int, Any] = {}
        for fact in run.facts.values():
            other = seen.setdefault(shapes.of(fact), fact)
            assert (other.value, other.unit, other.words) == (fact.value, fact.unit, fact.words)


def test_a_count_under_another_name_is_still_that_count(demo_run: Run) -> None:
    """Not another one over the same column."""
    other = demo_run.facts["other_body_count"].named("其他机构数量", "others")
    said = str(Report(demo_run, strict=True).say("其他机构{other}。", other=other))
    assert said == f"其他机构{demo_run.facts['other_body_count'].with_unit}。"


FOREIGN = {
    "a script": "<script>alert(1)</script>",
    "HTML": "<p>甲</p>",
    "an event": '<rect onload="x"/>',
    "a link": '<use href="https://example.org/#a"/>',
    "a picture": '<image href="x.png"/>',
    "a style from elsewhere": '<rect style="fill: url(https://example.org/x)"/>',
    "its own style": "<style>p { display: none }</style>",
    "a foreign object": "<foreignObject><p>甲</p></foreignObject>",
    "an entity": "&x;",
    "a link in capitals": '<use HREF="https://example.org/#a"/>',
    "an id twice": '<g id="a"/><g id="a"/>',
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_drawing_holds_shapes_and_texts_alone(kind: str) -> None:
    """Whoever wrote the output."""
    with pytest.raises(ValueError, match=r"."):
        refuse_foreign(f'<svg xmlns="http://www.w3.org/2000/svg">{FOREIGN[kind]}</svg>')
    with pytest.raises(ValueError, match=r"."):
        refuse_foreign(f"<svg>{FOREIGN[kind]}</svg>")


FORGED_MARKS = {
    "of no figure": '<g data-fact="other"><path d=""/></g>',
    "with a number of its own": '<g data-fact="a"><text>1</text></g>',
    "with a number from elsewhere": (
        '<g id="c-x"><text>1</text></g><g data-fact="a"><use href="#c-x"/></g>'
    ),
    "within another": '<g data-fact="a"><g data-fact="a"><path d=""/></g></g>',
    "in other letters": '<g DATA-FACT="a"><text>1</text></g>',
    "that is a text": '<text data-fact="a">1</text>',
}


@pytest.mark.parametrize("kind", FORGED_MARKS)
def test_a_mark_of_a_drawing_says_no_number_of_its_own(kind: str) -> None:
    """It is shapes alone, and stands for a figure that the chart tells."""

    def drawing(inside: str) -> str:
        return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'

    refuse_foreign(drawing('<g data-fact="a"><path d=""/></g>'), "c-", {"a"})
    with pytest.raises(ValueError, match=r"."):
        refuse_foreign(drawing(FORGED_MARKS[kind]), "c-", {"a"})


def test_a_chart_whose_mark_leads_to_a_figure_of_another_is_refused(demo_run: Run) -> None:
    """When it is read, whatever it was when it was drawn."""
    report = Report(demo_run)
    rates = pd.DataFrame({"x": [report.fact("execution_rate")]}, index=["a"])
    [chart] = report.figure(charts.rate_bars(rates["x"]), rates, "图", key="x").blocks
    data = travelling.packed(chart)
    assert travelling.unpacked(data, demo_run.facts).id == chart.id
    forged = data | {"svg": data["svg"].replace('"execution_rate"', '"budget"')}
    with pytest.raises(ValueError, match="budget"):
        travelling.unpacked(forged, demo_run.facts)


def test_a_forged_block_fails_its_section_alone(project: Copy) -> None:
    """With its notebook; nothing of it is on the page."""
    figure = {
        "kind": "figure", "id": "figure-x", "title": "x", "alt": "", "reading": [],
        "svg": "<p>全年支出<b>一</b>万元</p>", "numbers": TABLE,
    }  # fmt: skip
    data = {travelling.MIME: {"numbers": [], "blocks": [figure]}, "text/plain": "x"}
    appended(project, f"display({data!r}, raw=True)")
    done = project.report("build", "2023")
    assert done.returncode == 1
    assert "notebooks/01-overview.ipynb" in done.stderr
    page = (project.root / "outputs/2023-failed/report.html").read_text(encoding="utf-8")
    assert "<b>一</b>" not in page


def test_a_forged_number_is_refused(demo_run: Run) -> None:
    """One its cell does not say, one its operation does not give, an operation there is not."""
    budget = demo_run.facts["basic_budget"].named("x", "x")
    [read] = packed([budget], {})
    [*parts, ratio] = packed([(budget / budget).named("y", "y")], {})
    assert unpacked([*parts, ratio], {})[-1].value == 1
    for forged in (
        [read | {"value": "999"}],
        [*parts, ratio | {"value": "2"}],
        [*parts, ratio | {"op": "eval"}],
    ):
        with pytest.raises(ValueError, match=r"."):
            unpacked(forged, {})


def test_grouped_columns_stand_beside_each_other(demo_run: Run) -> None:
    """Or their heads would stand above others."""
    report = Report(demo_run)
    table = report.data("预算执行").drop(columns="年末结转结余数").iloc[:2]
    with pytest.raises(ReportError, match="不相邻"):
        report.show(table, "分组", groups={"预算和支出": ["年初预算数", "全年执行数"]})
    with pytest.raises(ReportError, match="没有列“年初”"):
        report.show(table, "分组", groups={"预算和支出": ["年初"]})


@pytest.mark.parametrize("key", ['"><img src=x>', "a\\1", "甲 乙", "a b"])
def test_a_key_is_letters_digits_and_hyphens(demo_run: Run, key: str) -> None:
    """An id is made of it, and a pattern."""
    report = Report(demo_run)
    rates = pd.DataFrame({"x": [report.fact("execution_rate")]}, index=["a"])
    with pytest.raises(ReportError, match="只用英文字母、数字和连字符"):
        report.figure(charts.rate_bars(rates["x"]), rates, "图", key=key)


def test_a_chart_is_the_same_whatever_a_cell_sets_and_names_hold(demo_run: Run) -> None:
    """Settings of matplotlib from elsewhere, and a dollar sign, which is one."""
    use_house_style()
    report = Report(demo_run)
    rates = pd.DataFrame({"x": [report.fact("execution_rate")]}, index=["费用$a_$乙 $\\frac$"])

    def drawn() -> str:
        return str(report.figure(charts.rate_bars(rates["x"]), rates, "图", key="x").html)

    first = drawn()
    hashsalt = {"svg.hashsalt": None, "svg.fonttype": "path"}
    with mpl.rc_context(hashsalt):
        assert drawn() == first
    assert "费用$a_$乙 $\\frac$" in first


def test_what_a_cell_opens_counts_though_it_shows_nothing(project: Copy) -> None:
    """A sentence that was left out comes when the table says so."""
    appended(
        project,
        'n = report.data("人员")["人数"].sum()',
        'report.say("人员增加了。") if n > 500 else None',
    )
    assert project.report("build", "2023").returncode == 0
    project.set("人员", 0, "人数", "900")
    done = project.report("build", "2023")
    assert "沿用" not in done.stdout
    page = (project.root / "outputs/2023/report.html").read_text(encoding="utf-8")
    assert "人员增加了。" in page


def test_another_run_that_is_opened_is_an_input(project: Copy) -> None:
    """However it is opened: a change there is noticed, and the manifest lists its files."""
    appended(
        project,
        "from helpers.notebook import open_run",
        'there = open_run("demo-2023").data("人员")["人数"].sum()',
        'report.say("那里人员{there}。", there=there.named("那里人员", "demo_staff"))',
    )
    assert project.report("build", "2023").returncode == 0
    manifest = json.loads((project.root / "outputs/2023/manifest.json").read_bytes())
    listed = {file["file"] for file in manifest["inputs"]}
    assert {"params/demo-2023.yaml", "data/demo-2023/人员.csv"} <= listed
    project.of("demo-2023").set("人员", 0, "人数", "70")
    assert project.report("verify", "2023").returncode == 1
    done = project.report("build", "2023")
    assert "没有变化" not in done.stdout
    assert "沿用" not in done.stdout
