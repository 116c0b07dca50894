"""The commands that start a run: templates to fill in, files to take over."""

from __future__ import annotations

from pathlib import Path

import click

from helpers.cli.group import cli, help_option, say


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="新运行")
@click.option("--from", "source", required=True, metavar="运行", help="由哪个运行建立。")
@click.option("--department", default="", metavar="单位", help="另一单位的名称；缺省为同一单位。")
@click.option(
    "--outline", default="", metavar="结构", help="报告结构，见 params/outlines/；缺省与来源相同。"
)
@click.option("--csv", is_flag=True, help="写成参数文件和每张表一个 CSV，不用工作簿。")
@help_option
def new(run: str, source: str, department: str, outline: str, csv: bool) -> None:  # noqa: FBT001 - click gives them by name
    """建立下一年度（或另一单位）的填报工作簿：参数、叙述、全部数据表，带说明、单位和下拉选项。

    同一单位的下一年度：名称和结构沿用，数字和文字留空，上年数列在旁边对照，未完成的整改事项续列。
    另一单位：只取表头、可选的值和段落名称，不带来原单位的任何内容。
    从不覆盖已有文件。填写后用 report check 新运行 核对，report build 新运行 --draft 先看草稿。
    """
    from helpers.inputs.project import find_project
    from helpers.run import load_run
    from helpers.workflow.starting.new_run import start_run
    from helpers.workflow.starting.origins import NewRun, consequences

    project = find_project()
    loaded = load_run(project, project.params(source))
    started = NewRun(run, source, department, outline)
    written = start_run(project, started, loaded, workbook=not csv)
    for path in written:
        say(project.relative(path))
    for each in consequences(started, loaded.params):
        say(f"注意：{each}")
    say(f"已建立 {run}，请照 {project.relative(written[-1])} 填写")


@cli.command("import", options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--year", "run", required=True, metavar="运行", help="写入哪个运行的数据表。")
@help_option
def import_(file: Path, run: str) -> None:
    """把现成的表（xlsx、docx）导入数据表：决算报表、绩效自评表、基础数据表、评分表。

    认不出、放不下的逐项列出，不作猜测；所印的比率、得分、合计与复算不同的列为“复核”；
    占位的空行列为“跳过”。已列出的行按名称对应，照留表中没有给的格；已有数据的从不覆盖。
    """
    from helpers.inputs.project import find_project
    from helpers.inputs.rubrics import read_rubric
    from helpers.workflow.importing import import_file, write_tables
    from helpers.workflow.importing.telling import told

    project = find_project()
    params = project.params(run)
    placed = import_file(file, read_rubric(project.root, params.rubric, "department"), params.year)
    written = write_tables(placed, project.data(params))
    for line, _ in told(placed, written, project.relative):
        say(line)
    say(f"{len(placed.left)} 处须人工处理；report check {run} 核对")
