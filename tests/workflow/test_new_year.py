"""The next year in minutes: templates to fill in, nothing inherited unseen, drafts that say so."""

import csv
import re
import shlex
from pathlib import Path

import pytest
from notebook_cells import executed
from openpyxl import load_workbook
from project_copies import ROOT, Copy

from helpers.blocks.model import Figure
from helpers.figures.number import MISSING
from helpers.inputs.project import Project
from helpers.inputs.schema import COUNTED, TABLES
from helpers.inputs.workbooks import WORKBOOK
from helpers.workflow.starting.carry_over import BESIDE

GUIDE = (ROOT / "docs" / "new-year.md").read_text(encoding="utf-8")


def started(project: Copy, name: str, *words: str, form: str = "--csv") -> Copy:
    """The project with a new run started by the command, as CSVs or as a workbook."""
    done = project.report("new", name, *words, *filter(None, [form]))
    assert done.returncode == 0, done.stderr
    return project.of(name)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_guide_leads_to_a_draft(project: Copy) -> None:
    """Its commands, in its order; the last one refuses, as nothing has been filled in."""
    commands = re.findall(r"^```sh\n(.+?)\n```$", GUIDE, re.MULTILINE)
    codes = [project.report(*shlex.split(command)[1:]).returncode for command in commands]
    assert codes == [0, 1, 0, 1]
    page = (project.root / "outputs" / "2024" / "report.html").read_text(encoding="utf-8")
    assert '<strong class="stamp">草稿</strong>' in page
    assert page.count(MISSING) > 50


def test_a_draft_of_every_table_builds(project: Copy) -> None:
    """With all its numbers blank, each of them 待补充 and no picture; the missing are errors."""
    started(project, "demo-2025", "--from", "demo-2024")
    done = project.report("build", "demo-2025", "--draft")
    assert done.returncode == 0, done.stderr
    page = (project.root / "outputs" / "demo-2025" / "report.html").read_text(encoding="utf-8")
    assert page.count(MISSING) > 300
    assert "<svg" not in page


def test_a_run_builds_without_any_table_it_may_do_without(project: Copy) -> None:
    """But those its other tables name: its annexes are left out, and it says what is missing."""
    run, named = project.of("demo-2024"), {"项目自评", "整体绩效目标"}
    for table in (*TABLES, *COUNTED):
        if table.optional and table.name not in named:
            run.path(table.name).unlink(missing_ok=True)
    done = run.report("build", "demo-2024")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "附件4 历年对比" in done.stdout
    assert "附件5" not in done.stdout
    page = (project.root / "outputs" / "demo-2024" / "report.html").read_text(encoding="utf-8")
    assert "本年度未提供“项目目标申报”。" in page


def test_a_table_of_staff_without_a_row_builds_and_the_page_says_so(project: Copy) -> None:
    """No sum of nothing, and no picture of it."""
    project.sections(1)
    path = project.path("人员")
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    done = project.report("build", "2023")
    assert done.returncode == 0, done.stderr
    assert not project.load().facts["staff_total"].defined
    page = (project.root / "outputs" / "2023" / "report.html").read_text(encoding="utf-8")
    assert "年末人员没有提供，或没有填全。" in page
    assert "<svg" not in page


def test_no_figure_and_no_sentence_is_inherited(project: Copy) -> None:
    """Names stay, last year's figures and words stand beside, and are not read."""
    year = started(project, "2024", "--from", "2023")
    [basic, *_] = rows(year.path("预算执行"))
    assert (basic["支出类别"], basic["全年预算数"]) == ("基本支出", "")
    assert basic[f"{BESIDE}全年预算数"] == "5275.741749"
    said = rows(year.path("叙述"))
    assert {row["文字"] for row in said} == {""}
    assert {row["上年文字"] for row in said} >= {row["文字"] for row in rows(project.path("叙述"))}
    [first, *_] = rows(year.path("绩效指标"))
    assert (first["三级指标"], first["指标值"], first["上年数"]) == ("区级财政收入", "", "8.8")
    params = (project.root / "params" / "2024.yaml").read_text(encoding="utf-8")
    assert "year: 2024\n" in params
    assert 'prepared_by: ""' in params
    assert 'earlier_runs: ["2023"]' in params
    facts = year.load().facts
    assert not facts["basic_budget"].defined
    assert facts["budget_in_2023"].display == "23,187.02"


def test_check_lists_every_blank_by_its_cell(project: Copy) -> None:
    """A 必填 blank is an error, exit 1; a wrong file would be 2."""
    year = started(project, "2024", "--from", "2023")
    done = year.report("check", "2024")
    assert done.returncode == 1
    blanks = re.findall(
        r"^错误 \S+ (data/2024/\S+\.csv .+)：必填，现为空，(\d+) 处", done.stdout, re.MULTILINE
    )
    assert blanks[0] == ("data/2024/预算执行.csv “全年预算数”“全年执行数”列第2—4行", "6")
    assert sum(int(count) for _, count in blanks) == len(year.load().errors)


@pytest.mark.parametrize("words", ["2024 2023", "demo-2025 demo-2024", "bureau-2024 2023 某某局"])
def test_what_there_is_to_do_first_fits_a_screen(project: Copy, words: str) -> None:
    """Errors first, each table's blanks in one line; nothing that follows from them."""
    name, source, *department = words.split()
    more = ("--department", *department) if department else ()
    year = started(project, name, "--from", source, *more, form="")
    lines = year.report("check", name).stdout.splitlines()
    assert len(lines) <= 25
    levels = [line[:2] for line in lines if line[:3] in {"错误 ", "警告 ", "提示 "}]
    assert levels[:-1] == sorted(levels[:-1], key=["错误", "警告", "提示"].index)
    assert all(str(year.load().params.year) in line or "params" in line for line in lines[2:-2])
    assert "预算执行率”没有得分" not in "".join(lines)
    assert lines[-1].startswith("另有 ")


def test_nothing_is_ever_overwritten(project: Copy) -> None:
    """Neither parameters nor a folder with data."""
    assert (
        "params/2023.yaml：已经存在，不覆盖"
        in project.report("new", "2023", "--from", "2023").stderr
    )
    (project.root / "data" / "2024").mkdir()
    done = project.report("new", "2024", "--from", "2023")
    assert (done.returncode, "data/2024：已经存在" in done.stderr) == (2, True)
    assert not (project.root / "params" / "2024.yaml").exists()
    assert "名称中没有年度" in project.report("new", "next", "--from", "2023").stderr


def test_another_department_starts_without_a_past(project: Copy) -> None:
    """Its name, no years of somebody else's, and no threshold that nobody set for it."""
    year = started(project, "somewhere-2024", "--from", "2023", "--department", "某某乡")
    params = year.load().params
    assert (params.department, params.earlier_runs, params.notice) == ("某某乡", [], "")
    assert {params.execution_rate_floor, params.variance_rate_ceiling, params.kind} == {""}
    assert params.rubric == "beijing"


SAME_FOR_ALL = {
    "预算执行": "支出类别",
    "叙述": "段落",
    "三公经费": "项目",
    "资金来源": "来源",
}
"""The tables whose rows are no unit's own, with the column that says so."""


def cells(project: Copy, run: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a run's tables, of its workbook as of its CSVs."""
    loaded = project.of(run).load()
    return {
        name: [
            {column: table.string(line, column) for column in table.texts} for line in table.lines
        ]
        for name, table in loaded.tables.items()
    }


@pytest.mark.parametrize("form", ["", "--csv"])
@pytest.mark.parametrize(("source", "year"), [("2023", "2024"), ("demo-2024", "2020")])
def test_another_department_gets_structure_and_nothing_else(
    project: Copy, source: str, year: str, form: str
) -> None:
    """No cell of the old run, whatever its year, in the new one but kinds of spending and keys."""
    words = ("--from", source, "--department", "某某局")
    started(project, f"bureau-{year}", *words, form=form)
    for name, found in cells(project, f"bureau-{year}").items():
        filled = {column for row in found for column, text in row.items() if text}
        assert filled <= {SAME_FOR_ALL.get(name)}, name
    assert [row["支出类别"] for row in cells(project, f"bureau-{year}")["预算执行"]] == [
        *("基本支出", "项目支出", "合计")
    ]
    keys = [row["段落"] for row in cells(project, f"bureau-{year}")["叙述"]]
    assert len(keys) == len(set(keys)) > 10


def test_no_file_of_another_department_names_the_one_it_comes_from(project: Copy) -> None:
    """Neither its parameters with their comments, nor a heading, nor the checklist."""
    path = project.root / "params" / "2023.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 太阳宫乡自定的口径\n", encoding="utf-8")
    started(project, "bureau-2024", "--from", "2023", "--department", "某某局")
    folder = project.root / "data" / "bureau-2024"
    for file in (project.root / "params" / "bureau-2024.yaml", *folder.iterdir()):
        text = file.read_text(encoding="utf-8")
        assert "太阳宫" not in text, file
        assert BESIDE not in text or file.suffix == ".md", file


def test_a_paragraph_key_of_one_unit_alone_does_not_go_on(project: Copy) -> None:
    """Only the keys that the notebooks ask for are everybody's."""
    project.say("本乡特有的一段。", key="太阳宫广场")
    started(project, "bureau-2024", "--from", "2023", "--department", "某某局")
    assert "太阳宫广场" not in {row["段落"] for row in cells(project, "bureau-2024")["叙述"]}


def test_the_page_of_another_department_has_no_word_of_the_first(project: Copy) -> None:
    """A draft of it, its code included, and no zero for what nobody gave."""
    started(project, "bureau-2024", "--from", "2023", "--department", "某某局")
    done = project.report("build", "bureau-2024", "--draft")
    assert done.returncode == 0, done.stdout
    page = (project.root / "outputs" / "bureau-2024" / "report.html").read_text(encoding="utf-8")
    for row in rows(project.path("机构")):
        assert row["机构名称"] not in page
    for words in ("太阳宫", "run = &#34;2023&#34;", "0.00分", "没有数据。"):
        assert words not in page, words
    assert re.findall(r"(?<!\d)0(?:</data></a>)?[个项人份]", page) == []
    assert "run = &#34;bureau-2024&#34;" in page
    assert "本年度未提供“机构”。" in page


def people_read(folder: Path) -> list[str]:
    """What a new run's checklist says, or the first sheet of its workbook."""
    if (folder / WORKBOOK).exists():
        return [str(row[0].value) for row in load_workbook(folder / WORKBOOK)["填报说明"]]
    return (folder / "填报清单.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("words", "said", "earlier"),
    [
        ("demo-2026 demo-2024", "不是上一年度", ["demo-2022", "demo-2023", "demo-2024"]),
        ("demo-2026 demo-2024 --csv", "不是上一年度", ["demo-2022", "demo-2023", "demo-2024"]),
        ("demo2-2024 demo-2024", "不早于 2024 年度", ["demo-2022", "demo-2023"]),
        ("demo-2021 demo-2022 --csv", "不早于 2021 年度", []),
    ],
)
def test_last_years_values_come_from_the_year_before_alone(
    project: Copy, words: str, said: str, earlier: list[str]
) -> None:
    """From any other year of the unit its names go on, and what does not is told."""
    name, source, *form = words.split()
    done = project.report("new", name, "--from", source, *form)
    assert f"注意：{source}" in done.stdout
    assert said in done.stdout
    assert any(said in text for text in people_read(project.root / "data" / name))
    assert Project(project.root).params(name).earlier_runs == earlier
    found = cells(project, name)
    assert {row["上年数"] for row in found["绩效指标"]} == {""}
    assert {row["上年文字"] for row in found["叙述"]} == {""}
    assert found["机构"] == cells(project, source)["机构"]
    assert bool(found["整改台账"]) == (name == "demo-2026")


def test_from_the_year_before_nothing_need_be_told(project: Copy) -> None:
    """A notice would be read no more."""
    assert "注意" not in project.report("new", "2024", "--from", "2023").stdout


def test_the_same_department_by_its_name_is_no_other(project: Copy) -> None:
    """Typed with a space around it as well."""
    year = started(project, "2024", "--from", "2023", "--department", " 太阳宫乡 ")
    assert year.load().params.earlier_runs == ["2023"]


def test_what_comes_of_made_up_data_says_so(project: Copy) -> None:
    """The notice goes on with it, and no further than its own made-up unit."""
    done = project.report("new", "demo-2025", "--from", "demo-2024")
    assert "新运行也标为虚构数据" in done.stdout
    assert "虚构数据" in Project(project.root).params("demo-2025").notice
    done = project.report("new", "a-2025", "--from", "demo-2024", "--department", "某某局")
    assert "其中的数据一概没有带来" in done.stdout
    assert Project(project.root).params("a-2025").notice == ""


def test_the_checklist_names_every_column_that_must_be_filled_in(project: Copy) -> None:
    """Of a table without rows those as well that the same unit would find filled in."""
    started(project, "bureau-2024", "--from", "2023", "--department", "某某局")
    folder = project.root / "data" / "bureau-2024"
    assert "机构：内设机构和其他机构（逐行填写；必填：类别、机构名称）" in (
        folder / "填报清单.md"
    ).read_text(encoding="utf-8")


def test_open_problems_go_on_and_closed_ones_do_not(project: Copy) -> None:
    """The ledger of 2024 leaves one open item."""
    year = started(project, "demo-2025", "--from", "demo-2024")
    assert [row["编号"] for row in rows(year.path("整改台账"))] == ["cards_2024"]
    assert "GZ0010" not in {row["资产编号"] for row in rows(year.path("资产"))}


def fill(year: Copy, old: Copy) -> None:
    """Fill the CSVs in with what the old year had, as an analyst types."""
    for path in (year.root / "data" / year.run).glob("*.csv"):
        before = old.path(path.stem)
        if not before.exists():
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = next(csv.reader(file))
        source = rows(before)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            for row in source:
                cells = {name: row.get(name, "") for name in head}
                if path.stem == "叙述":
                    cells |= {"上年文字": row["文字"], "确认人": "甲", "确认日期": "2025-03-01"}
                writer.writerow([cells[name] for name in head])


def test_a_filled_template_builds(project: Copy) -> None:
    """By CSV: the same figures under the next year's name."""
    project.sections(1)
    year = started(project, "2024", "--from", "2023")
    fill(year, project)
    done = year.report("build", "2024")
    assert done.returncode == 0, done.stdout
    assert year.load().facts["budget"].display == "23,187.02"


def test_a_sentence_of_last_year_needs_somebody_to_confirm_it(project: Copy) -> None:
    """Copied and unconfirmed it is an error, even without the column beside it."""
    year = started(project, "2024", "--from", "2023")
    fill(year, project)
    row = year.row("叙述", "社会效益")
    for column in ("确认人", "上年文字"):
        year.set("叙述", row, column, "")
    done = year.report("build", "2024")
    assert done.returncode == 1
    assert "沿用文字" in done.stdout
    assert "与上年文字相同，未经确认（核实后填写确认人和确认日期，或改写）" in done.stdout
    assert year.report("build", "2024", "--draft").returncode == 0


def test_a_filled_workbook_builds(project: Copy) -> None:
    """By Excel: the workbook's own sheets, filled in by program, give the same figures."""
    project.sections(1)
    year = started(project, "2024", "--from", "2023", form="")
    path = project.root / "data" / "2024" / "数据.xlsx"
    book = load_workbook(path)
    for path_of_table in (project.root / "data" / "2023").glob("*.csv"):
        sheet = book[path_of_table.stem]
        head = [cell.value for cell in sheet[3]]
        for number, row in enumerate(rows(path_of_table), 4):
            cells = dict(row)
            if sheet.title == "叙述":
                cells |= {"上年文字": row["文字"], "确认人": "甲", "确认日期": "2025-03-01"}
            for at, name in enumerate(head, 1):
                if cells.get(name):
                    sheet.cell(number, at).value = cells[name]
        for row in sheet.iter_rows(min_row=4 + len(rows(path_of_table))):
            for cell in row:
                cell.value = None
    book.save(path)
    done = year.report("build", "2024")
    assert done.returncode == 0, done.stdout
    fact = year.load().facts["basic_budget"]
    assert fact.display == "5,275.74"
    assert str(fact.sources[0].place) == "data/2024/数据.xlsx “预算执行”表 第4行 “全年预算数”列"


def test_the_workbook_tells_units_and_offers_choices(project: Copy) -> None:
    """Units above, comments at the headings, drop-downs where there are choices."""
    started(project, "demo-2025", "--from", "demo-2024", form="")
    book = load_workbook(project.root / "data" / "demo-2025" / "数据.xlsx")
    sheet = book["预算调整明细"]
    assert "单位：万元" in sheet["A1"].value
    assert sheet["D2"].value == "必填：下拉选择"
    assert sheet["D3"].comment.text == "必填：下拉选择：追加、调剂、上年结转、收回"
    assert [v.formula1 for v in sheet.data_validations.dataValidation] == [
        '"追加,调剂,上年结转,收回"'
    ]
    assert book["支出决算表"]["A4"].value == "201"
    assert book["预算执行"]["E3"].value == f"{BESIDE}全年预算数"
    assert (book["预算执行"]["E4"].value, book["预算执行"]["D4"].value) == (5275.741749, None) or (
        isinstance(book["预算执行"]["E4"].value, float)
    )


def test_a_draft_is_no_report(project: Copy) -> None:
    """A later build without the word builds anew, and a wrong number is no gap."""
    project.sections(1)
    project.report("build", "2023", "--draft")
    page = project.root / "outputs" / "2023" / "report.html"
    assert 'content: "草稿　依据已公开' in page.read_text(encoding="utf-8")
    assert not project.report("build", "2023").stdout.startswith("没有变化")
    project.set("人员", 0, "人数", "八十八")
    assert project.report("build", "2023", "--draft").returncode == 1


CHARTS = {
    "01-overview": ["年末人员构成（人）"],
    "02-budget-execution": [
        *("2024年全年预算数构成", "2024年全年预算数与全年支出"),
        *("2024年预算从年初到年末", "2024年预算执行率"),
    ],
    "15-years": ["2024年及以前各年预算、支出和得分（各图纵轴不同）"],
}


@pytest.mark.parametrize("notebook", CHARTS)
def test_a_chart_waits_for_its_figures(project: Copy, notebook: str) -> None:
    """No empty picture: nothing in the report, and in the notebook one sentence why."""
    year = started(project, "2024", "--from", "2023")
    done = executed(year.load(), notebook)
    assert not [block for block in done.blocks.values() if isinstance(block, Figure)]
    said = [repr(shown) for shown in done.shown if not shown.blocks]
    assert [f"没有可画的数据：{title}" for title in CHARTS[notebook]] == [
        each for each in said if "没有可画的数据" in each
    ]


NAMES = (
    *("某'乡", '某"乡', "'", '"乡"', "某\\乡", "C:\\x", "乡\\n", "乡\\", "某: 乡", "a:", ": b"),
    *("某 # 乡", "#乡", "乡#", "{乡}", "[乡]", "[a, b", "a, b", "&乡", "*乡", "!乡", "!!str x"),
    *("%乡", "`乡", "? x", "- x", "-", "~", "null", "yes", "No", "2024", "1e3", "0x1F", "1:30"),
    *("2024-01-01", ".inf", "<<", "---", "...", "|", ">", "乡　一", "𠮷乡", "{{ 7 }}", "x" * 300),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_department_of_any_name_is_written_as_it_is(project: Copy, name: str) -> None:
    """Read back, it is the same to the character, and so is all else."""
    year = started(project, "x-2024", "--from", "2023", "--department", name)
    params = Project(project.root).params(year.run)
    assert (params.department, params.year, params.data) == (name, 2024, "data/x-2024")
    text = (project.root / "params" / "x-2024.yaml").read_text(encoding="utf-8")
    assert text.startswith(f"# {' '.join(name.split())} 2024 年度，由 2023 建立。")


NO_NAMES = (
    *("某\n乡", "某乡\nstatus: 定稿", "某\r乡", "某\u2028乡", "某\x85乡", "某\x0b乡", "\x1b[31m乡"),
    *("=1+1", "@SUM(A1)", "某\ud800乡", "\u202e乡", "乡\udcff", "+1(", "-1|x"),
)


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_name_that_is_none_starts_nothing(project: Copy, name: str) -> None:
    """Line breaks, formulas, control characters, halves of characters: nothing is written."""
    done = project.report("new", "x-2024", "--from", "2023", "--department", name)
    assert done.returncode == 2
    assert "department：" in done.stderr
    assert not (project.root / "params" / "x-2024.yaml").exists()
    assert not (project.root / "data" / "x-2024").exists()


def test_parameters_written_in_other_ways_go_on_all_the_same(project: Copy) -> None:
    """A notice of several lines, keys in quotes, comments within: the values go on."""
    path = project.root / "params" / "2023.yaml"
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("notice:", "kind:"))]
    odd = ['"kind": 乡镇', "notice: >-", "  虚构数据: 甲", '  "乙" # 丙']
    path.write_text("\n".join([*lines, *odd]) + "\n", encoding="utf-8")
    before = Project(project.root).params("2023")
    started(project, "2024", "--from", "2023")
    after = Project(project.root).params("2024")
    assert after.notice == before.notice == '虚构数据: 甲 "乙" # 丙'
    assert (after.kind, after.department) == ("乡镇", before.department)
    assert after.earlier_runs == ["2023"]


def test_a_run_with_a_chinese_name_leads_to_the_next(project: Copy) -> None:
    """Whose comparison with it names it."""
    project.also("某乡-2023")
    started(project, "某乡-2024", "--from", "某乡-2023")
    assert Project(project.root).params("某乡-2024").earlier_runs == ["某乡-2023"]
