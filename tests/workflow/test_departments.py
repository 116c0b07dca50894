"""Other departments than the first: from nothing but a workbook, as their guide has it."""

import re
import shutil
from collections.abc import Mapping
from html import unescape

from made_bureau import BUREAU, Rows, type_into
from openpyxl import load_workbook
from project_copies import ROOT, Copy

GUIDE = (ROOT / "docs" / "new-department.md").read_text(encoding="utf-8")
REBUILT = "按公开数字重编，仅供试验"
TAGS = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.DOTALL)


def started(project: Copy, name: str, department: str, outline: str) -> Copy:
    """A run of another department, started from the real one."""
    words = ("--from", "2023", "--department", department, "--outline", outline)
    done = project.report("new", name, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return project.of(name)


def fill_in(run: Copy, sheets: Mapping[str, Rows], paragraph: str = "") -> None:
    """Type rows into the workbook of a run."""
    type_into(run.root / "data" / run.run / "数据.xlsx", sheets, paragraph)


def page_text(run: Copy) -> str:
    """What the page of a run reads."""
    page = run.root / "outputs" / run.run / "report.html"
    return unescape(TAGS.sub("\n", page.read_text(encoding="utf-8")))


def assert_of_nobody_else(run: Copy) -> None:
    """No word of the unit it was started from, no body it did not name, no empty table."""
    text, page = page_text(run), run.root / "outputs" / run.run / "report.html"
    for word in ("太阳宫", "党委", "人大", "示例乡"):
        assert word not in text, word
    assert "<tbody></tbody></table>" not in page.read_text(encoding="utf-8")


def test_the_guide_leads_a_newcomer_from_a_workbook_to_a_report(project: Copy) -> None:
    """Every command of it, and nothing typed but cells: a bureau without a township's bodies."""
    new, check, draft, build = re.findall(r"^```sh\nreport (.+)\n```$", GUIDE, re.MULTILINE)
    run = project.of(new.split()[1])
    assert project.report(*new.split()).returncode == 0
    done = project.report(*check.split())
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) <= 25
    assert project.report(*draft.split()).returncode == 0
    fill_in(run, BUREAU, "全年预算执行率为{预算执行率}。")
    done = project.report(*build.split())
    assert done.returncode == 0, done.stdout
    assert_of_nobody_else(run)
    text = " ".join(page_text(run).split())
    assert "以三定方案为准：局机关 2 项、信息中心 1 项。" in text
    assert "97.49%" in text  # 1950.25 ÷ 2000.5
    facts = run.load().facts
    assert facts["outputs_score"].display == "资料不足，暂不评分"
    assert not facts["initial_budget"].defined


def test_the_hunan_unit_is_rebuilt_from_its_published_figures(project: Copy) -> None:
    """Its sections and scores as far as published; what is not is said to be lacking."""
    run = started(project, "hunan-2018", "某单位", "hunan")
    chosen = [{"参数": "评分表", "填写": "hunan-2018"}, {"参数": "首页声明", "填写": REBUILT}]
    fill_in(run, {"参数": chosen})
    folder = run.root / "data" / run.run
    published = ROOT / "tests" / "departments" / "hunan-2018"
    book = load_workbook(folder / "数据.xlsx")
    for path in published.glob("*.csv"):
        del book[path.stem]
        shutil.copy(path, folder / path.name)
    book.save(folder / "数据.xlsx")
    done = project.report("build", run.run, "--draft")
    assert done.returncode == 0, done.stdout
    assert_of_nobody_else(run)
    loaded = run.load()
    assert loaded.title == "某单位2018年度部门整体支出绩效自评报告"
    assert loaded.facts["staff_control_score"].display == "8.00"
    assert loaded.facts["three_public_change_score"].display == "0.00"
    assert not loaded.facts["total_score"].defined
    text = page_text(run)
    assert REBUILT in text
    assert "资料不足，暂不评分" in text
    assert [each for each in loaded.findings if each.check == "未显示"] == []


def test_the_yueyang_sheet_is_built_without_a_figure(project: Copy) -> None:
    """Its rules are known, its figures are not: no score, no zero, no table of nothing."""
    run = started(project, "yueyang-2018", "某科技局", "hunan")
    chosen = [{"参数": "评分表", "填写": "yueyang"}, {"参数": "首页声明", "填写": REBUILT}]
    fill_in(run, {"参数": chosen})
    assert project.report("build", run.run, "--draft").returncode == 0
    assert_of_nobody_else(run)
    facts = run.load().facts
    assert {id for id, fact in facts.items() if fact.value == 0} == set()
    assert not facts["total_score"].defined
    assert "0.00分" not in page_text(run)


def test_the_year_after_begins_from_numbers_as_they_were_typed(project: Copy) -> None:
    """Thousands set apart stand beside as numbers; a run that cannot begin leaves nothing."""
    run = started(project, "bureau-2024", "某某局", "beijing-bureau")
    fill_in(run, BUREAU, "全年预算执行率为{预算执行率}。")
    assert project.report("new", "bureau-2025", "--from", "bureau-2024").returncode == 0
    book = load_workbook(project.root / "data" / "bureau-2025" / "数据.xlsx")
    head = [cell.value for cell in book["预算执行"][3]]
    assert book["预算执行"].cell(4, head.index("上年·全年预算数") + 1).value == 1200.5
    done = project.report("new", "bureau-2026", "--from", "bureau-2024", "--outline", "没有")
    assert done.returncode == 2
    assert not (project.root / "data" / "bureau-2026").exists()


def test_a_placeholder_where_nothing_is_filled_in_is_an_error(project: Copy) -> None:
    """It would be printed as it stands."""
    demo = project.of("demo-2024")
    demo.set("管理情况", 0, "发现问题", "执行率为{预算执行率}")
    [error] = demo.load().errors
    assert error.problem == "“{预算执行率}”会照样印出：占位符只在“叙述”中填入"
    assert error.place.column == "发现问题"
