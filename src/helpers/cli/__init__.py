"""The `report` command: reads words, calls the helpers, prints in plain Chinese."""

from __future__ import annotations

import sys

import click

from helpers.cli import building, many, proving, starting
from helpers.cli.group import FAILED, UNREADABLE, cli
from helpers.errors import ReportError, UnreadableInputError

__all__ = ["building", "cli", "main", "many", "proving", "starting"]


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
