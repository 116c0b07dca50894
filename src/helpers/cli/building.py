"""The commands that build, check and verify a report."""

from __future__ import annotations

import sys
from typing import Any

import click

from helpers.cli.group import (
    FAILED,
    announce,
    cli,
    counted,
    help_option,
    name_strangers,
    refuse_errors,
    say,
)

SCRIPT = "helpers.cli"
"""What the command's own script imports: every process of multiprocessing imports that anew."""


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="运行")
@click.option("--force", is_flag=True, help="全部重新运行，不沿用上次结果。")
@click.option("--watch", is_flag=True, help="保存即重新生成，按 Ctrl-C 停止。")
@click.option(
    "--stage",
    type=click.Choice(["monitoring"]),
    help="只生成 8 月的监控情况，写入 outputs/运行-monitoring/。",
)
@click.option("--draft", is_flag=True, help="数据未填全时先生成草稿，空缺处显示待补充。")
@click.option(
    "--edition", type=click.Choice(["public"]), help="另生成公开版 public.html，不含复核内容。"
)
@click.option("--pdf", is_flag=True, help="另生成 PDF，A4 版式。")
@click.option("--docx", is_flag=True, help="另生成 Word 报告，及评分表、自评表的 Word 和 Excel。")
@help_option
def build(run: str, watch: bool, **formats: Any) -> None:  # noqa: FBT001, ANN401 - click gives them by name
    """生成报告，写入 outputs/运行/。

    “运行”是 params/ 下参数文件的名称，例如 2023。输入、程序和版本都没有变化时不重新生成；
    只有一部分变化时，只重新运行受影响的部分。
    """
    if watch:
        from helpers.inputs.project import find_project
        from helpers.workflow.watch import build_on_save

        flags = [f"--{name}" for name, given in formats.items() if given is True]
        named = [f"--{name}={value}" for name, value in formats.items() if isinstance(value, str)]
        build_on_save(find_project(), run, [*flags, *named], say)
        return
    _build(run, **formats)


def _build(
    run: str,
    *,
    force: bool,
    stage: str | None,
    draft: bool,
    edition: str | None,
    pdf: bool,
    docx: bool,
) -> None:
    """Build a run, unless all that is asked for stands."""
    from helpers.inputs.params import ANNUAL, MONITORING
    from helpers.inputs.project import find_project
    from helpers.publishing.formats import OutputFormats
    from helpers.workflow.up_to_date import check_freshness

    if stage and (edition or docx):
        raise click.UsageError("stage")
    project, wanted = find_project(), OutputFormats(edition is not None, pdf, docx)
    options = {"stage": MONITORING if stage else ANNUAL, "draft": draft}
    params = project.params(run).model_copy(update=options)
    again = force or draft
    freshness = None if again else check_freshness(project, run, params, wanted)
    if freshness and freshness.manifest:
        levels = [finding["level"] for finding in freshness.manifest["findings"]]
        say(f"没有变化：outputs/{run}{params.suffix}/report.html（{counted(levels)}，见报告附件）")
        name_strangers(f"outputs/{run}{params.suffix}", freshness.strangers)
        return
    if freshness and freshness.why:
        say(f"{freshness.why}，重新生成")
    from helpers.execution import processes

    processes.start_server((*processes.SECTIONS, SCRIPT))
    from helpers.publishing.editions import refuse_public
    from helpers.publishing.page_size import size_budget
    from helpers.run import load_run
    from helpers.workflow.build import build as build_run

    loaded = load_run(project, params)
    refuse_errors(loaded.refused, run)
    if wanted.public:
        refuse_public(loaded)
    announce(loaded)
    folder = build_run(project, run, loaded, say, formats=wanted, reuse=not force)
    summary = counted([finding.level for finding in loaded.findings])
    where = project.relative(folder)
    say(f"已生成 {where}/report.html（{summary}，见报告附件）")
    say(f"页面 {size_budget(folder / 'report.html')}")
    for file in wanted.files[1:]:
        say(f"已生成 {where}/{file}")


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="运行")
@help_option
def check(run: str) -> None:
    """核对数据和文字，列出发现，不运行笔记本。同类的空缺合为一行，写明各在哪几行。

    有错误时退出码为 1；只有警告和提示时为 0；用法有误或输入无法读取时为 2。
    """
    from helpers.checks.agenda import agenda
    from helpers.inputs.project import find_project
    from helpers.run import load_run

    project = find_project()
    loaded = load_run(project, project.params(run))
    announce(loaded)
    lines, following = agenda(loaded.findings)
    for line in lines:
        say(line)
    say(counted([finding.level for finding in loaded.findings]))
    if following:
        say(f"另有 {following} 项由上面的空缺引起，未列；全部见报告附件")
    if loaded.errors:
        sys.exit(FAILED)


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="运行")
@help_option
def verify(run: str) -> None:
    """重新生成报告并逐字节比较，不改动现有报告。

    与 outputs/运行/ 相同为“一致”，退出码 0；有任何不同则逐项列出，退出码 1。
    """
    from helpers.execution import processes

    processes.start_server((*processes.SECTIONS, SCRIPT))
    from helpers.inputs.project import find_project
    from helpers.run import load_run
    from helpers.workflow.verify import verify as verify_run

    project = find_project()
    loaded = load_run(project, project.params(run))
    refuse_errors(loaded.errors, run)
    differences = verify_run(project, run, loaded, say)
    for difference in differences:
        say(difference)
    say(f"{len(differences)} 处不同" if differences else "一致")
    if differences:
        sys.exit(FAILED)
