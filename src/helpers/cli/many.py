"""The command for many runs at once."""

from __future__ import annotations

import sys

import click

from helpers.cli.group import FAILED, cli, help_option, say


@cli.command(options_metavar="[选项]")
@click.argument("wanted", metavar="参数文件...", nargs=-1, required=True)
@click.option("--resume", is_flag=True, help="只做缺少的和有变化的。")
@click.option("--jobs", type=click.IntRange(min=1), metavar="数目", help="同时做几份，缺省为核数。")
@click.option(
    "--cluster", default="", metavar="地址", help="交给 Dask 集群，例如 tcp://主机:8786。"
)
@click.option("--edition", type=click.Choice(["public"]), help="另生成公开版。")
@click.option("--pdf", is_flag=True, help="另生成 PDF。")
@click.option("--docx", is_flag=True, help="另生成 Word 和表格。")
@help_option
def batch(  # noqa: PLR0917 - click gives them by name
    wanted: tuple[str, ...],
    resume: bool,  # noqa: FBT001 - as above
    jobs: int | None,
    cluster: str,
    edition: str | None,
    pdf: bool,  # noqa: FBT001 - as above
    docx: bool,  # noqa: FBT001 - as above
) -> None:
    """一次生成多份报告，例如 'params/*.yaml'，也可写文件夹、运行名称或每行一个运行的清单文件。

    一份失败不影响其余。各份写入 outputs/运行/，汇总写入 outputs/index.html 和
    outputs/facts.parquet。有失败的退出码为 1。
    """
    from helpers.inputs.project import find_project
    from helpers.publishing.formats import OutputFormats
    from helpers.workflow.batch.run import WorkerOptions, run_batch, run_names

    project = find_project()
    formats = OutputFormats(edition is not None, pdf, docx)
    names = run_names(project, wanted)
    results = run_batch(project, names, formats, WorkerOptions(jobs, cluster), say, resume=resume)
    finished = [name for name in names if name not in results.failed]
    for name, error in results.failed.items():
        say(f"失败 {name}：{error}")
    if results.made or results.failed or not (project.root / "outputs" / "index.html").is_file():
        from helpers.workflow.batch.summary import write_summary

        for name, error in write_summary(project, finished, results.failed).items():
            results.failed[name] = error
            say(f"失败 {name}：{error}")
    message = f"完成 {len(results.made)}，未变 {len(results.unchanged)}，失败 {len(results.failed)}"
    say(f"{len(names)} 次运行：{message}。汇总见 outputs/index.html")
    if results.failed:
        sys.exit(FAILED)
