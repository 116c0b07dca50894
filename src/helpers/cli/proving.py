"""The commands that prove: published figures judged, runs compared, all packed for the file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from helpers.cli.group import FAILED, UNREADABLE, cli, hand_out, help_option, refuse_errors, say


@cli.command(options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@help_option
def audit(file: Path) -> None:
    """复核一份公开数：xlsx 或 csv，表头写“种类”“公开数”，各种类所需的数各占一列。

    种类用中文，如执行率、增长率、占比、差额、合计、得分，见 docs/audit.md。结果写入同一文件夹的
    “文件名-复核”，与原表并列：一致、尾差、不一致（疑似截位的注明），复核数，算式。从不覆盖。

    列为 id、kind、inputs、published、decimals 的 csv：标准输出为 CSV：
    id,verdict,recomputed,reason；verdict 为 consistent（一致）、rounding（尾差）或
    inconsistent（不一致）。无法读取的行列在标准错误输出。

    退出码：有不一致为 1，否则有无法读取的行为 2，否则为 0。
    """
    from helpers.workflow.claim_tables import names_kinds

    if names_kinds(file):
        _audit_table(file)
    else:
        _audit_claims(file)


def _audit_table(file: Path) -> None:
    """Write the verdicts beside the rows of a table, and list what is not as it should be."""
    from collections import Counter

    from helpers.workflow.claim_tables import judge_tables, verdict_file, write_beside

    verdict_file(file)
    tables, left = judge_tables(file)
    rows = [row for table in tables for row in table.rows.values()]
    for each in left:
        say(f"未复核 {each}")
    for row in rows:
        if row.inconsistent or not row.readable:
            say(f"{row.place}：{row.beside[0]}，{row.beside[3]}", error=not row.readable)
    say(f"写入 {write_beside(file, tables).name}")
    counts = Counter(row.beside[0] for row in rows)
    say("，".join(f"{verdict} {count} 条" for verdict, count in counts.items()) or "没有公开数")
    _leave([row.inconsistent for row in rows], [row.readable for row in rows])


def _audit_claims(file: Path) -> None:
    """Print the verdicts of a CSV of claims as CSV."""
    import csv
    import io

    from helpers.figures.rounding_intervals import INCONSISTENT
    from helpers.workflow.audit import audit as audit_file

    rows = list(audit_file(file))
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("id", "verdict", "recomputed", "reason"))
    for row in rows:
        if row.judgement:
            judged = row.judgement
            writer.writerow((row.id, judged.verdict, judged.recomputed, judged.reason))
        else:
            say(f"{file.name} 第{row.line}行：{row.unreadable}", error=True)
    hand_out(table.getvalue())
    wrong = [bool(row.judgement and row.judgement.verdict == INCONSISTENT) for row in rows]
    _leave(wrong, [bool(row.judgement) for row in rows])


def _leave(inconsistent: list[bool], readable: list[bool]) -> None:
    """End with the code of the worst row."""
    if any(inconsistent):
        sys.exit(FAILED)
    if not all(readable):
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
    from helpers.inputs.project import find_project
    from helpers.workflow.atomic import replace_file
    from helpers.workflow.diff import changes, diff_page, notices, read_facts

    project = find_project()
    before, after = read_facts(project, old), read_facts(project, new)
    found, run_notices = changes(before, after), notices(before, after)
    for notice in run_notices:
        say(notice)
    for change in found:
        say(f"{change.label}（{change.id}）：{change.old} → {change.new}　{change.why}")
    page = project.root / "outputs" / "diff.html"
    page.parent.mkdir(exist_ok=True)
    title = f"{Path(old).name} 与 {Path(new).name} 的数据项变化"
    replace_file(page, diff_page(title, found, run_notices).encode())
    say(f"{len(found)} 项变化，见 {project.relative(page)}")


@cli.command(options_metavar="[选项]")
@click.argument("run", metavar="运行")
@help_option
def bundle(run: str) -> None:
    """把报告、输入、笔记本、数据项和目录装成一个 zip，供留存审核。

    只装 manifest.json 列出的文件，其余的指出来。数据表只含规定的列；报告生成后输入或
    程序有改动的，先重新生成。
    """
    from helpers.inputs.project import find_project
    from helpers.run import load_run
    from helpers.workflow.bundle import bundle as bundle_run

    project = find_project()
    loaded = load_run(project, project.params(run))
    refuse_errors(loaded.errors, run)
    say(f"已生成 {project.relative(bundle_run(project, run, loaded, say))}")
