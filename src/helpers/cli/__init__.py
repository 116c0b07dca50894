"""The `report` command: reads words, calls the rooms below, prints in plain Chinese.

In: the words of the command line. Out: lines of text and an exit code; nothing is worked out here.
May use every room, and loads one only when a command needs it.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from contextlib import suppress

import click

from helpers import startup
from helpers.cli import building, lab, many, proving, starting, streams
from helpers.cli.group import FAILED, UNREADABLE, cli, say
from helpers.errors import ReportError, UnreadableInputError

SYSTEM = {
    errno.ENOSPC: "磁盘空间不足，请清理后重试，原有报告未动",
    errno.EDQUOT: "磁盘配额已满，请清理后重试，原有报告未动",
    errno.EROFS: "这里是只读的，无法写入",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENAMETOOLONG: "路径过长",
    errno.ENOTDIR: "这里应为文件夹",
    errno.EISDIR: "这里应为文件",
    errno.EEXIST: "有同名的文件或文件夹",
    errno.ENOENT: "找不到文件或文件夹",
    errno.ELOOP: "链接指向自己",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件过多",
    errno.ENOMEM: "内存不足，请关闭其他程序后重试",
}
"""What the system says no with, as people know it."""

__all__ = ["building", "cli", "lab", "main", "many", "proving", "starting"]


def main() -> None:
    """Run the command; whatever becomes of it is one plain message and an exit code."""
    if sys.getfilesystemencoding() != "utf-8":  # Chinese file names could not be printed
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - itself
    streams.prepare()
    startup.keep_out()
    startup.lighten()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside: as Ctrl-C
    code = _ended()
    streams.finish()
    sys.exit(code)


def _ended() -> int:
    """Run the command to its end, whichever that is; gives its exit code."""
    try:  # not by click's own main, which takes any broken pipe for a reader who has left
        with cli.make_context("report", sys.argv[1:]) as context:
            cli.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except BaseException as error:  # noqa: BLE001 - the one net, for what nobody foresaw as well
        message, code = _meaning(error)
        with suppress(OSError, ValueError):  # where nobody can be reached, the code still says it
            say(f"错误：{message}", error=True)
        return code
    return 0


def _meaning(error: BaseException) -> tuple[str, int]:
    """What an error means to people, and the exit code."""
    match error:
        case click.UsageError():
            message, code = f"用法有误：{_explain(error)}。用 report --help 查看用法", UNREADABLE
        case click.Abort() | KeyboardInterrupt():
            message, code = "已中断，原有报告未动", FAILED
        case ReportError():
            message = str(error)
            code = UNREADABLE if isinstance(error, UnreadableInputError) else FAILED
        case OSError() if error.errno in SYSTEM:
            message, code = _system(error), UNREADABLE
        case _:
            message, code = _unforeseen(error), UNREADABLE
    return message, code


def _unforeseen(error: BaseException) -> str:
    try:
        from helpers.workflow import unforeseen

        return unforeseen.describe(error)
    except Exception:  # noqa: BLE001 - where memory is at an end, this fails as well
        return f"程序遇到没有预料的错误（{type(error).__name__}），详情未能写入日志"


def _system(error: OSError) -> str:
    """What the system refused, in Chinese, and the file it was about."""
    message = SYSTEM[error.errno or 0]
    return f"{message}：{error.filename}" if error.filename else message


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
