"""The `report` command: plain Chinese, honest exit codes, and never a lost report."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from project_copies import Copy

TRACES = ("Traceback", "site-packages", "/tmp", 'File "')


def assert_plain(output: str) -> None:
    """No traceback and no local path reaches a reader."""
    assert not any(trace in output for trace in TRACES), output


def spoil(project: Copy, notebook: str, old: str, new: str) -> None:
    """Change the code of a notebook."""
    path = project.root / "notebooks" / notebook
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_help_is_chinese(project: Copy) -> None:
    """For the command and for each of its own."""
    for words in ((), ("build",), ("check",)):
        done = project.report(*words, "--help")
        assert done.returncode == 0
        assert "用法：report" in done.stdout
        assert "显示本说明" in done.stdout
        assert not any(word in done.stdout for word in ("Usage", "Options", "Commands", "Show"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build"], "缺少参数“运行”"),
        (["biuld", "2023"], "没有命令“biuld”"),
        (["build", "2023", "--fast"], "没有选项 --fast"),
        (["build", "2023", "2024"], "多余的参数"),
        (["check", "2032"], "params/2032.yaml：找不到文件（现有：2023、demo-2022"),
    ],
)
def test_wrong_use_exits_2_and_says_what_is_right(
    project: Copy, words: list[str], said: str
) -> None:
    """On standard error, in one line."""
    done = project.report(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert_plain(done.stderr)


def test_check_lists_all_findings_and_exits_0_without_an_error(project: Copy) -> None:
    """Warnings and notes do not fail a run."""
    done = project.report("check", "2023")
    assert done.returncode == 0
    assert "错误 0 项，警告 14 项" in done.stdout
    assert "警告 工作年度 data/2023/绩效工作.csv 第2行 “所写年度”列" in done.stdout


def test_check_exits_1_with_an_error_and_still_lists_the_rest(project: Copy) -> None:
    """All findings at once."""
    project.set("人员", 0, "人数", "八十八")
    project.set("预算执行", 2, "全年预算数", "1")
    done = project.report("check", "2023")
    assert done.returncode == 1
    assert "错误 单元格 data/2023/人员.csv 第2行 “人数”列" in done.stdout
    assert "错误 合计勾稽 data/2023/预算执行.csv 第4行 “全年预算数”列" in done.stdout
    assert "警告 指标值与完成值" in done.stdout


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("head", 'haed: ""', "haed：没有这个参数"),
        ("year", "year: 二〇二三", "year：应为整数"),
        ("year", "year: 2022", "与文件名不符"),
        ("data", "data: data/2022", "找不到数据文件夹"),
    ],
)
def test_unreadable_parameters_exit_2(project: Copy, key: str, line: str, said: str) -> None:
    """Named by key, with what to do."""
    project.param(key, line)
    done = project.report("build", "2023")
    assert done.returncode == 2
    assert said in done.stderr
    assert_plain(done.stderr)


def test_an_unreadable_table_exits_2(project: Copy) -> None:
    """A missing column is reported with those there are."""
    path = project.path("人员")
    path.write_text(path.read_text(encoding="utf-8").replace("人数", "数量"), encoding="utf-8")
    done = project.report("check", "2023")
    assert done.returncode == 2
    assert (
        "data/2023/人员.csv 第1行：缺少列：人数（现有的列：编号、人员类别、指标值、数量）"
        in done.stderr
    )


def test_a_build_with_an_error_in_the_data_writes_nothing(project: Copy) -> None:
    """Text where a number belongs stops it before any notebook runs."""
    project.set("预算执行", 0, "全年预算数", "五千万")
    done = project.report("build", "2023")
    assert done.returncode == 1
    assert "“五千万”写法不对" in done.stdout
    assert not (project.root / "outputs").exists()
    assert_plain(done.stdout + done.stderr)


def test_a_failed_section_is_named_and_the_last_report_stays(project: Copy) -> None:
    """Notebook, heading, cause; the rest goes to a folder of its own, nothing is left about."""
    project.sections(2)
    last = project.root / "outputs" / "2023" / "report.html"
    last.parent.mkdir(parents=True)
    last.write_text("上一次的报告", encoding="utf-8")
    spoil(project, "01-overview.ipynb", 'report.data(\\"职责\\")', 'report.data(\\"职则\\")')
    done = project.report("build", "2023")
    assert done.returncode == 1
    assert "notebooks/01-overview.ipynb：“机构设置及职责工作任务情况”下的单元格出错" in done.stderr
    assert "没有名为“职则”的数据表（可用：预算执行、" in done.stderr
    assert last.read_text(encoding="utf-8") == "上一次的报告"
    made = {path.name for path in (project.root / "outputs").iterdir()}
    assert made == {"2023", "2023-failed", ".aside", ".cache"}
    assert "outputs/2023-failed/report.html" in done.stderr
    assert_plain(done.stdout + done.stderr)


def test_the_page_of_a_failed_build_says_which_part_is_missing_and_keeps_the_rest(
    project: Copy,
) -> None:
    """What and why stand in place of the section; a later good build takes the page away."""
    project.sections(4)
    spoil(project, "03-performance-targets.ipynb", 'report.frame(\\"效果指标\\")', "1 / 0")
    assert project.report("build", "2023").returncode == 1
    outputs = project.root / "outputs"
    page = BeautifulSoup(
        (outputs / "2023-failed" / "report.html").read_text("utf-8"), "html.parser"
    )
    [cover, part] = page.select(".failed")
    assert "第三部分未能生成" in cover.get_text()
    assert "第三部分未能生成" in part.get_text()
    assert "“效果实现情况分析”" in part.get_text()
    assert "ZeroDivisionError" in part.get_text()
    titles = [heading.get_text() for heading in page.select("main h2")]
    assert titles[3:5] == ["三、整体绩效目标实现情况", "四、预算管理情况分析"]
    assert page.select("#s04 a.fact")
    spoil(project, "03-performance-targets.ipynb", "1 / 0", 'report.frame(\\"效果指标\\")')
    assert project.report("build", "2023").returncode == 0
    assert not (outputs / "2023-failed").exists()


def test_a_figure_there_is_not_is_our_own_error(project: Copy) -> None:
    """Known by its mark, so that no reader meets the English name of its class."""
    project.sections(1)
    spoil(project, "01-overview.ipynb", 'report.fact(\\"office_count\\")', 'report.fact(\\"x\\")')
    done = project.report("build", "2023")
    assert "没有名为“x”的数据项（数据项名称见 facts.json）" in done.stderr
    assert "UnknownFactError" not in done.stdout + done.stderr


def test_any_python_error_in_a_cell_is_reported_without_a_traceback(project: Copy) -> None:
    """The kind of error and the code, no local path."""
    spoil(project, "01-overview.ipynb", 'report.data(\\"职责\\")', "open(report.run.missing)")
    done = project.report("build", "2023")
    assert done.returncode == 1
    assert "单元格出错：AttributeError" in done.stderr
    assert_plain(done.stdout + done.stderr)


def test_the_build_writes_its_four_outputs(built: Path) -> None:
    """Page, facts, manifest, executed notebooks; nothing else."""
    assert sorted(path.name for path in built.iterdir()) == [
        "facts.json",
        "manifest.json",
        "notebooks",
        "report.html",
    ]
    assert len(list((built / "notebooks").glob("*.ipynb"))) == 7


def test_the_manifest_tells_inputs_outputs_and_findings(built: Path) -> None:
    """By SHA-256, without a path of the machine."""
    text = (built / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert "data/2023/预算执行.csv" in [file["file"] for file in manifest["inputs"]]
    assert len(manifest["outputs"]) == 9
    assert len([f for f in manifest["findings"] if f["level"] == "warning"]) == 14
    assert manifest["packages"]["papermill"]
    assert str(built.parents[1]) not in text


def test_no_output_holds_a_local_path(built: Path) -> None:
    """Neither folder nor user name."""
    for path in built.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert str(built.parents[1]) not in text, path.name
        assert str(Path.home()) + "/" not in text, path.name
