"""The command group in Chinese, and what its commands have in common."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from helpers.cli import streams
from helpers.errors import LEVELS, SCREEN, ReportError, visible

if TYPE_CHECKING:
    from helpers.checks.finding import Finding
    from helpers.run import Run

FAILED, UNREADABLE = 1, 2
"""Exit codes: an error or a failed section; wrong use or an input that cannot be read."""


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


def _show_help(context: click.Context, _: click.Parameter, formats: bool) -> None:  # noqa: FBT001 - click's signature
    if formats:
        hand_out(f"{context.get_help()}\n")
        context.exit()


help_option = click.option(
    "--help",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help="显示本说明。",
)


@click.group(cls=Group, options_metavar="[选项]", subcommand_metavar="命令 [参数]")
@click.option("--outside", is_flag=True, help="允许数据文件夹或其中的文件是指向项目之外的链接。")
@help_option
def cli(outside: bool) -> None:  # noqa: FBT001 - click gives it by name
    """生成和核对部门整体绩效评价报告。"""
    if outside:
        from helpers.inputs.project import OUTSIDE

        os.environ[OUTSIDE] = "1"


def say(text: object, *, error: bool = False) -> None:
    """Print a message; nothing in it steers the terminal or floods it."""
    hand_out(f"{visible(str(text))}\n", error=error)


def hand_out(text: str, *, error: bool = False) -> None:
    """Print a text as it is; a reader who has left does not end what is being done."""
    try:
        click.echo(text, nl=False, err=error)
    except BrokenPipeError:
        streams.abandon(sys.stderr if error else sys.stdout)


def announce(run: Run) -> None:
    """Say which report this is, and its notice, so that made-up figures are never mistaken."""
    say(run.title)
    if run.params.notice:
        say(run.params.notice)


def refuse_errors(errors: list[Finding], run: str) -> None:
    """List the errors of a run and stop, if there are any."""
    from helpers.checks.agenda import agenda

    for line in agenda(errors)[0][:SCREEN]:
        say(line)
    if errors:
        hint = f"report check {run} 列出全部发现"
        raise ReportError(f"有 {len(errors)} 处错误，未生成报告", hint=hint)


def name_strangers(folder: str, strangers: Sequence[str]) -> None:
    """Say which files in the folder of a report are none of its own."""
    if strangers:
        say(f"{folder} 中有不属于报告的文件：{'、'.join(strangers)}")


def counted(levels: list[str]) -> str:
    """How many findings of each level."""
    counts = Counter(levels)
    return "，".join(f"{word} {counts[level]} 项" for level, word in LEVELS.items())
