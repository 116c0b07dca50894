"""Prose as data: placeholders filled from facts, and from nothing else."""

import pytest
from project_copies import Copy

from helpers.blocks.html import HtmlWriter
from helpers.errors import ReportError
from helpers.inputs.narrative import PLACEHOLDER
from helpers.notebook.prose import fill
from helpers.run import Run


def filled(run: Run, text: str) -> str:
    """A text filled from a run, as HTML."""
    return str(HtmlWriter().words(fill(text, run.facts, run.words)))


def plain(run: Run, text: str) -> str:
    """A text filled from a run, as a reader sees it."""
    return fill(text, run.facts, run.words).text


def test_a_placeholder_becomes_the_figure_and_its_unit(real_run: Run) -> None:
    """The element holds display and exact value; the unit follows it."""
    html = filled(real_run, "预算{budget}。")
    assert html.startswith('预算<data class="fact" data-fact="budget" value="23187.018390" title=')
    assert html.endswith(">23,187.02</data>万元。")
    assert plain(real_run, "执行率{execution_rate}") == "执行率99.63%"


def test_a_figure_tells_formula_and_sources_where_a_pointer_rests(real_run: Run) -> None:
    """In JupyterLab there is no panel; the title says the same."""
    html = filled(real_run, "{execution_rate}")
    assert "＝全年执行数 ÷ 全年预算数 × 100%＝23101.313452 ÷ 23187.018390 × 100%" in html
    assert "来源：data/2023/预算执行.csv“全年执行数”列" in html


def test_words_of_the_run_are_filled_in(real_run: Run) -> None:
    """Year, the year before, and the one name of the body."""
    assert (
        filled(real_run, "{department}{year}年，上年{last_year}年") == "太阳宫乡2023年，上年2022年"
    )


@pytest.mark.parametrize(
    ("growth", "shown"), [("11.4%", "增长11.4%"), ("-3.2%", "下降3.2%"), ("0%", "持平")]
)
def test_the_direction_follows_the_sign(project: Copy, growth: str, shown: str) -> None:
    """增长, 下降 or 持平, and the size without a sign."""
    project.set("指标完成", 0, "同比增长", growth)
    run = project.load()
    assert plain(run, "{district_revenue_growth:增减}") == shown


@pytest.mark.parametrize(
    ("printed", "verdict"), [("99.63%", "一致"), ("99.6%", "一致"), ("99.64%", "不一致")]
)
def test_a_printed_figure_is_judged_by_its_interval(
    project: Copy, printed: str, verdict: str
) -> None:
    """Half a unit of its last digit to either side."""
    project.set("公开比率", 0, "公开数", printed)
    run = project.load()
    assert plain(run, "{published_execution_rate:核对}") == verdict


def test_what_cannot_be_judged_is_said_to_be_so(real_run: Run) -> None:
    """Without an initial budget the variance cannot be recomputed."""
    assert filled(real_run, "{published_budget_variance_rate:核对}") == "资料不足，无法复核"


@pytest.mark.parametrize("text", ["{budgte}", "{budget", "budget}", "{预算}", "{budget:四舍五入}"])
def test_a_placeholder_nobody_fills_is_an_error(real_run: Run, text: str) -> None:
    """A typo never reaches the page."""
    with pytest.raises(ReportError):
        fill(text, real_run.facts, real_run.words)


def test_text_from_a_table_is_text(real_run: Run) -> None:
    """Markup in a cell is shown, not obeyed."""
    assert filled(real_run, "<b>") == "&lt;b&gt;"


def test_sentences_are_short(real_run: Run) -> None:
    """Sixty characters at most, as the house style asks, of the department and of notebooks."""
    assert real_run.contents.sentences
    for paragraph in (*real_run.paragraphs, *real_run.contents.sentences):
        for sentence in paragraph.text.split("。"):
            assert len(PLACEHOLDER.sub("", sentence)) <= 60, sentence


NAMED = {
    "{预算执行率}": "99.63%",
    "{ 预算执行率 }": "99.63%",
    "{公开报告所印预算执行率：核对}": "一致",
    "{公开报告所印预算执行率:核对=预算执行率}": "一致",
    "{决算收入：总计}": "待补充",
    "{单位名称}{年度}年，上年{上年}年": "太阳宫乡2023年，上年2022年",
    "{execution_rate}": "99.63%",
}


@pytest.mark.parametrize("text", NAMED)
def test_a_text_calls_figures_by_their_names(project: Copy, text: str) -> None:
    """With a form or without, with the colons people type; ids still work."""
    project.say(f"据表{text}。")
    run = project.load()
    assert not [each for each in run.errors if each.check == "占位符"]
    assert plain(run, run.paragraphs[-1].text) == f"据表{NAMED[text]}。"


def test_a_condition_names_a_figure_too(project: Copy) -> None:
    """Said where it has a value."""
    project.add("叙述", "经济效益", "有 预算执行率；无 结转结余率", "有执行率。", "单位自述")
    run = project.load()
    assert run.paragraphs[-1].conditions == ("有 execution_rate", "无 carryover_rate")
    assert not [each for each in run.errors if each.check == "占位符"]


def test_a_name_of_several_figures_is_refused_with_their_ids(project: Copy) -> None:
    """And one of none with what it resembles."""
    year = project.of("demo-2024")
    year.say("得分{预算执行率得分}，见{预算执行绿}。")
    found = [str(each) for each in year.load().errors if each.check == "占位符"]
    assert "名为“预算执行率得分”的数据项有 7 个（改写编号：p_roads_execution_score、" in found[0]
    year.say("见{预算执行绿}。")
    found = [str(each) for each in year.load().errors if each.check == "占位符"]
    assert "是否应为“预算执行率”" in found[1]
