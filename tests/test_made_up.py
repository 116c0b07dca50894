"""The made-up township: the same from its seed, every planted problem found, nothing else."""

import csv
import json
import re
import zipfile
from pathlib import Path

import pytest
from made_up.files import YEARS, write_project
from made_up.texts import NOTICE
from project_copies import ROOT, Copy, copy_project

PLANTED = list(
    csv.DictReader((ROOT / "tests" / "planted.csv").read_text(encoding="utf-8").splitlines())
)


def test_the_committed_township_is_what_the_seed_makes(tmp_path: Path) -> None:
    """Nobody mended a made-up table by hand."""
    write_project(tmp_path)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    committed = {
        path.relative_to(ROOT) for path in (ROOT / "data").glob("demo-*/*") if path.is_file()
    }
    assert committed <= made
    for path in made:
        assert (tmp_path / path).read_bytes() == (ROOT / path).read_bytes(), path


def test_another_seed_makes_another_township(tmp_path: Path) -> None:
    """With figures of its own that agree among themselves as well."""
    project = copy_project(tmp_path)
    write_project(tmp_path, seed=7)
    assert project.of("demo-2023").load().findings == ()
    assert (
        project.of("demo-2023").path("预算执行").read_bytes()
        != (ROOT / "data" / "demo-2023" / "预算执行.csv").read_bytes()
    )


def test_check_lists_exactly_what_is_planted(project: Copy) -> None:
    """As warnings, each at its place, and the run still builds."""
    done = project.report("check", "demo-2024")
    assert done.returncode == 0
    listed = re.findall(r"^(\S+) (\S+) (.+?)：", done.stdout, re.MULTILINE)
    found = [(check, place) for level, check, place in listed if level in {"警告", "错误", "提示"}]
    assert sorted(found) == sorted((row["check"], row["place"]) for row in PLANTED)
    assert len(PLANTED) >= 12


@pytest.mark.parametrize("year", YEARS[:-1])
def test_in_the_good_years_nothing_is_found(project: Copy, year: int) -> None:
    """No false alarm."""
    assert project.of(f"demo-{year}").load().findings == ()


def test_the_notice_stands_in_every_output(made_up: Copy) -> None:
    """Page, facts, manifest, notebooks, comparison, bundle and terminal."""
    folder = made_up.root / "outputs" / "demo-2024"
    for path in folder.rglob("*"):
        if path.is_file():
            assert NOTICE in path.read_text(encoding="utf-8"), path.name
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    assert all(fact["notice"] == NOTICE for fact in facts)
    message = made_up.report("diff", "demo-2023", "demo-2024").stdout
    assert NOTICE in message
    assert NOTICE in (made_up.root / "outputs" / "diff.html").read_text(encoding="utf-8")
    assert NOTICE in made_up.report("check", "demo-2024").stdout
    assert made_up.report("bundle", "demo-2024").returncode == 0
    archive = made_up.root / "outputs" / "demo-2024-绩效资料.zip"
    with zipfile.ZipFile(archive) as bundle:
        assert "inputs/params/demo-2023.yaml" in bundle.namelist()
        assert "inputs/params/rubrics/beijing.yaml" in bundle.namelist()
        assert "inputs/data/demo-2022/预算执行.csv" in bundle.namelist()


def test_the_report_has_every_annex_the_run_has_data_for(made_up: Copy) -> None:
    """Numbered through, the sources last."""
    page = (made_up.root / "outputs" / "demo-2024" / "report.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>(附件\d+ .+?)</h2>", page) == [
        "附件1 整体绩效评价指标体系评分表",
        "附件2 绩效目标申报与审核",
        "附件3 项目支出绩效自评",
        "附件4 部门决算",
        "附件5 历年对比",
        "附件6 绩效运行监控",
        "附件7 满意度调查",
        "附件8 资产核对",
        "附件9 绩效资料清单",
        "附件10 经费、编制和重点项目",
        "附件11 数据来源及复核说明",
    ]


def test_a_reader_learns_what_went_wrong(made_up: Copy) -> None:
    """The lagging project, its cause, its measure, its price in points, and the false claim."""
    page = (made_up.root / "outputs" / "demo-2024" / "report.html").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", "", page)
    assert re.search(r"社区服务设施改造最低，为\d\d\.\d\d%", text)
    assert "设计深度不够，招标两次流标，九月开工。" in text
    assert "拟于次年六月前完工" in text
    assert re.search(r"测算得分（口径待财政部门确认）8\d\.\d\d分，满分100分，等级：良。", text)
    assert re.search(r"年度绩效目标全部完成.{0,30}与数据不符", text)


def test_the_township_scores_are_those_worked_out_by_hand(made_up: Copy) -> None:
    """One line of each rule, from the figures in the tables."""
    facts = made_up.load().facts
    # 养护里程: 88 ÷ 86 > 1, capped at 6; 文化活动: 112 ÷ 120 × 5 = 4.666…
    assert facts["road_length_score"].display == "6.00"
    assert facts["culture_events_score"].display == "4.67"
    # 按期完成率: 72 ÷ 90 × 4 = 3.2; 单位成本 (less is better): 8.5 ÷ 8.2 > 1, capped at 4
    assert facts["on_time_score"].display == "3.20"
    assert facts["green_cost_score"].display == "4.00"
    # 安全事故: target 0, actual 0: met; 长效机制: 75 % of 4; 满意度: 80.5 ÷ 90 × 6 = 5.366…
    assert facts["accidents_score"].display == "4.00"
    assert facts["upkeep_score"].display == "3.00"
    assert facts["satisfied_score"].display == "5.37"
    # 隐患整改: 280 % over, but nobody has found the target too low: full points
    assert facts["hazards_fixed_score"].display == "3.00"
