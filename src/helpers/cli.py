"""The `report` command: reads words, calls the helpers, prints in plain Chinese."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpers.errors import ReportError, UnreadableInputError

if TYPE_CHECKING:
    from helpers.checks.finding import Finding
    from helpers.params import Params

FAILED, UNREADABLE = 1, 2


class ChineseHelp(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - click's signature
        """Write the usage line."""
        super().write_usage(prog, args, prefix="用法：")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading({"Options": "选项", "Commands": "命令"}.get(heading, heading))


class ChineseContext(click.Context):
    """A context whose help is Chinese."""

    formatter_class = ChineseHelp


class Group(click.Group):
    """The command group, in Chinese."""

    context_class = ChineseContext


class Command(click.Command):
    """A command, in Chinese."""

    context_class = ChineseContext


Group.command_class = Command
help_option = click.help_option("--help", help="显示本说明。")


@click.group(cls=Group, options_metavar="[选项]", subcommand_metavar="命令 [参数]")
@help_option
def cli() -> None:
    """生成和核对部门整体绩效评价报告。"""


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
@help_option
def build(run: str, force: bool, watch: bool, stage: str | None, draft: bool) -> None:  # noqa: FBT001 - click gives them by name
    """生成报告，写入 outputs/运行/。

    “运行”是 params/ 下参数文件的名称，例如 2023。输入、程序和版本都没有变化时不重新生成；
    只有一部分变化时，只重新运行受影响的部分。
    """
    if watch:
        from helpers.project import find_project
        from helpers.watch import build_on_save

        build_on_save(find_project(), run, click.echo)
        return
    _build(run, force=force, monitoring=stage is not None, draft=draft)


def _build(run: str, *, force: bool, monitoring: bool, draft: bool) -> None:
    """Build a run, unless its report stands."""
    from helpers.params import ANNUAL, MONITORING
    from helpers.project import find_project
    from helpers.standing import standing_report

    project = find_project()
    asked = {"stage": MONITORING if monitoring else ANNUAL, "draft": draft}
    params = project.params(run).model_copy(update=asked)
    standing = None if force or draft else standing_report(project, run + params.suffix)
    if standing:
        levels = [finding["level"] for finding in standing["findings"]]
        click.echo(
            f"没有变化：outputs/{run}{params.suffix}/report.html（{_summary(levels)}，见报告附件）"
        )
        return
    from helpers import forking

    forking.start_server()
    from helpers.build import build as build_run
    from helpers.runs import load_run

    loaded = load_run(project, params)
    _refuse_errors(loaded.refused, run)
    _announce(loaded.params)
    folder = build_run(project, run, loaded, click.echo, reuse=not force)
    summary = _summary([finding.level for finding in loaded.findings])
    click.echo(f"已生成 {project.relative(folder)}/report.html（{summary}，见报告附件）")


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="新运行")
@click.option("--from", "source", required=True, metavar="运行", help="由哪个运行建立。")
@click.option("--department", default="", metavar="单位", help="另一单位的名称；缺省为同一单位。")
@click.option("--excel", is_flag=True, help="写成一个 Excel 工作簿，带单位、说明和下拉选项。")
@help_option
def new(run: str, source: str, department: str, excel: bool) -> None:  # noqa: FBT001 - click gives them by name
    """建立下一年度（或另一单位）的参数和数据表，供填写。

    名称和结构沿用，数字和文字留空，上年数列在旁边对照；整改台账中未完成的事项续列。
    从不覆盖已有文件。填写后用 report check 新运行 核对，report build 新运行 --draft 先看草稿。
    """
    from helpers.new_run import NewRun, start_run
    from helpers.project import find_project
    from helpers.runs import load_run

    project = find_project()
    loaded = load_run(project, project.params(source))
    for path in start_run(project, NewRun(run, source, department), loaded, excel=excel):
        click.echo(project.relative(path))
    click.echo(f"已建立 {run}，请照 data/{run}/填报清单.md 填写")


@cli.command("import", options_metavar="[选项]")
@click.argument(
    "file", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--year", "run", required=True, metavar="运行", help="写入哪个运行的数据表。")
@help_option
def import_(file: Path, run: str) -> None:
    """把现成的表导入数据表：决算报表、项目支出绩效自评表（xlsx），评分表（docx）。

    认不出、放不下的逐项列出，不作猜测；已有数据的表从不覆盖。
    """
    from helpers.importing import import_file, write_tables
    from helpers.project import find_project
    from helpers.rubrics import read_rubric

    project = find_project()
    params = project.params(run)
    placed = import_file(file, read_rubric(project.root, params.rubric, "department"))
    for kind in placed.kinds:
        click.echo(f"识别 {kind}")
    for path, rows in write_tables(placed, project.root / params.data):
        click.echo(f"写入 {project.relative(path)}，{rows} 行")
    for left in placed.left:
        click.echo(f"未导入 {left}")
    click.echo(f"{len(placed.left)} 处须人工处理；report check {run} 核对")


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="运行")
@help_option
def check(run: str) -> None:
    """核对数据和文字，列出全部发现，不运行笔记本。

    有错误时退出码为 1；只有警告和提示时为 0；用法有误或输入无法读取时为 2。
    """
    from helpers.project import find_project
    from helpers.runs import load_run

    project = find_project()
    loaded = load_run(project, project.params(run))
    _announce(loaded.params)
    for finding in loaded.findings:
        click.echo(finding)
    click.echo(_summary([finding.level for finding in loaded.findings]))
    if loaded.errors:
        sys.exit(FAILED)


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="运行")
@help_option
def verify(run: str) -> None:
    """重新生成报告并逐字节比较，不改动现有报告。

    与 outputs/运行/ 相同为“一致”，退出码 0；有任何不同则逐项列出，退出码 1。
    """
    from helpers import forking

    forking.start_server()
    from helpers.project import find_project
    from helpers.runs import load_run
    from helpers.verify import verify as verify_run

    project = find_project()
    loaded = load_run(project, project.params(run))
    _refuse_errors(loaded.errors, run)
    differences = verify_run(project, run, loaded, click.echo)
    for difference in differences:
        click.echo(difference)
    click.echo(f"{len(differences)} 处不同" if differences else "一致")
    if differences:
        sys.exit(FAILED)


@cli.command(options_metavar="[选项]")
@click.argument("file", metavar="文件.csv", type=click.Path(path_type=Path))
@help_option
def audit(file: Path) -> None:
    """复核一份公开数：列 id、kind、inputs、published、decimals。

    标准输出为 CSV：id,verdict,recomputed,reason；verdict 为 consistent（一致）、
    rounding（尾差）或 inconsistent（不一致）。无法读取的行列在标准错误输出。
    退出码：有不一致为 1，否则有无法读取的行为 2，否则为 0。
    """
    import csv

    from helpers.audit import audit as audit_file
    from helpers.printed import INCONSISTENT

    rows = list(audit_file(file))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("id", "verdict", "recomputed", "reason"))
    for row in rows:
        if row.judgement:
            judged = row.judgement
            writer.writerow((row.id, judged.verdict, judged.recomputed, judged.reason))
        else:
            click.echo(f"{file.name} 第{row.line}行：{row.unreadable}", err=True)
    if any(row.judgement and row.judgement.verdict == INCONSISTENT for row in rows):
        sys.exit(FAILED)
    if any(not row.judgement for row in rows):
        sys.exit(UNREADABLE)


@cli.command(options_metavar="[选项]")
@click.argument("old", metavar="甲")
@click.argument("new", metavar="乙")
@help_option
def diff(old: str, new: str) -> None:
    """比较两次运行的数据项，说明变化和原因。

    甲、乙为运行名称（已生成报告）或 facts.json 的路径。结果列在终端，
    并写入 outputs/diff.html。
    """
    from helpers.diff import changes, diff_page, notices, read_facts
    from helpers.project import find_project

    project = find_project()
    before, after = read_facts(project, old), read_facts(project, new)
    found, told = changes(before, after), notices(before, after)
    for notice in told:
        click.echo(notice)
    for change in found:
        click.echo(f"{change.label}（{change.id}）：{change.old} → {change.new}　{change.why}")
    page = project.root / "outputs" / "diff.html"
    page.parent.mkdir(exist_ok=True)
    title = f"{Path(old).name} 与 {Path(new).name} 的数据项变化"
    page.write_text(diff_page(title, found, told), encoding="utf-8", newline="\n")
    click.echo(f"{len(found)} 项变化，见 {project.relative(page)}")


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="运行")
@help_option
def bundle(run: str) -> None:
    """把报告、输入、笔记本、数据项和目录装成一个 zip，供留存审核。

    数据表只含规定的列；报告生成后输入有改动的，先重新生成。
    """
    from helpers.bundle import bundle as bundle_run
    from helpers.project import find_project
    from helpers.runs import load_run

    project = find_project()
    loaded = load_run(project, project.params(run))
    _refuse_errors(loaded.errors, run)
    click.echo(f"已生成 {project.relative(bundle_run(project, run, loaded))}")


def _announce(params: Params) -> None:
    """Say which report this is, and its notice, so that made-up figures are never mistaken."""
    click.echo(params.title)
    if params.notice:
        click.echo(params.notice)


def _refuse_errors(errors: list[Finding], run: str) -> None:
    """List the errors of a run and stop, if there are any."""
    for error in errors:
        click.echo(error)
    if errors:
        hint = f"report check {run} 列出全部发现"
        raise ReportError(f"有 {len(errors)} 处错误，未生成报告", hint=hint)


def _summary(levels: list[str]) -> str:
    counts = Counter(levels)
    return f"错误 {counts['error']} 项，警告 {counts['warning']} 项，提示 {counts['note']} 项"


def main() -> None:
    """Run the command; every error becomes one plain message and an exit code."""
    # nbformat imports jsonschema, which would build a grammar of IRIs on import, wherever
    # jupyterlab has brought one along: over a second, for a format no notebook uses.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # means "not to be had"
    try:
        cli(prog_name="report", standalone_mode=False)
    except click.UsageError as error:
        _fail(f"用法有误：{_explain(error)}。用 report --help 查看用法", UNREADABLE)
    except click.Abort:
        _fail("已中断", FAILED)
    except UnreadableInputError as error:
        _fail(str(error), UNREADABLE)
    except ReportError as error:
        _fail(str(error), FAILED)


def _fail(message: str, code: int) -> None:
    click.echo(f"错误：{message}", err=True)
    sys.exit(code)


def _explain(error: click.UsageError) -> str:
    """Say in Chinese what click says in English."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"没有命令“{error.command_name}”"
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        return f"“{error.param.metavar or error.param.name}”的值不对" if error.param else "值不对"
    if isinstance(error, click.MissingParameter):
        return f"缺少参数“{error.param.metavar or error.param.name}”" if error.param else "缺少参数"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return "缺少命令"
    return "多余的参数或选项"
