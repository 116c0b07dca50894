"""Whatever happens ends as one plain sentence and an exit code; no traceback reaches a terminal."""

import subprocess
import sys
from pathlib import Path

import pytest
from faults import COMMAND
from project_copies import Copy, contents

from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow import unforeseen
from helpers.workflow.batch import run as batch_run
from helpers.workflow.batch import tasks
from helpers.workflow.batch.run import WorkerOptions, run_batch

REPORT = Path(sys.executable).parent / "report"


class OddError(Exception):
    """An error whose own text fails."""

    def __str__(self) -> str:
        raise ValueError


def deep(left: int = 10**6) -> None:
    """Recursion without end."""
    deep(left - 1)


ERRORS: dict[str, tuple[BaseException | None, str]] = {
    "a wrong type": (TypeError("x" * 10_000), "没有预料的错误（TypeError）"),
    "no such key": (KeyError("列"), "没有预料的错误（KeyError）"),
    "an assertion": (AssertionError(), "没有预料的错误（AssertionError）"),
    "half a character": (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "x"), "UnicodeEncodeError"),
    "all memory": (MemoryError(), "内存不足，请关闭其他程序后重试"),
    "recursion": (None, "层次过多，无法处理"),
    "an error of an error's own": (OddError(), "没有预料的错误（OddError）"),
    "a stop": (StopIteration(), "没有预料的错误（StopIteration）"),
    "several at once": (ExceptionGroup("x", [ValueError("y")]), "ExceptionGroup"),
    "a pipe of our own": (BrokenPipeError(32, "Broken pipe"), "BrokenPipeError"),
    "an odd word of the system's": (OSError(95, "Operation not supported"), "OSError"),
}


@pytest.mark.parametrize("what", ERRORS)
@pytest.mark.parametrize("words", [["check", "2023"], ["diff", "2023", "2023"]])
def test_what_nobody_foresaw_is_one_sentence_and_exit_2(
    project: Copy, what: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is and wherever it comes up; the details go to a file of the project."""
    error, said = ERRORS[what]

    def fail(*_: object, **__: object) -> None:
        if error is None:
            deep()
        assert error
        raise error

    monkeypatch.setattr("helpers.run.load_run", fail)
    monkeypatch.setattr("helpers.workflow.diff.read_facts", fail)
    done = project.report(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("错误：")
    assert said in line
    assert line.endswith("，详情已写入 outputs/report.log")
    log = (project.root / "outputs" / "report.log").read_text(encoding="utf-8")
    assert f" {' '.join(words)}\n" in log
    assert ("in deep" if error is None else "in fail") in log


def test_the_log_stays_small_and_keeps_the_latest(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it follow a link, or stop anything where it cannot be written."""
    monkeypatch.chdir(project.root)
    for number in range(40):
        unforeseen.log_details(f"the error {number} " + "很长" * 5_000)
    log = project.root / "outputs" / "report.log"
    text = log.read_text(encoding="utf-8")
    assert len(text) == unforeseen.LARGEST
    assert "the error 39" in text
    assert "the error 3 " not in text
    target = project.root / "kept.txt"
    target.write_text("别人的", encoding="utf-8")
    log.unlink()
    log.symlink_to(target)
    unforeseen.log_details("x")
    assert target.read_text(encoding="utf-8") == "别人的"
    log.unlink()
    log.mkdir()
    assert unforeseen.log_details("x") == "详情未能写入日志"


def test_details_are_brief_however_deep_the_error_lay() -> None:
    """The last frames alone."""
    with pytest.raises(RecursionError) as failed:
        deep()
    details = unforeseen.details(failed.value)
    assert len(details) < 10_000
    assert "RecursionError" in details


def test_an_unforeseen_error_in_a_task_is_that_reports_failure(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In making it, in reading its inputs, in putting it in its place; the others are done."""
    here = Project(project.root)
    monkeypatch.chdir(project.root)
    monkeypatch.setattr("helpers.run.load_run", lambda *_: {}["no such key"])
    made = tasks.make(tasks.task(here, "2023", OutputFormats()), alone=False)
    assert made.error == "程序遇到没有预料的错误（KeyError）"
    assert "no such key" in made.details
    monkeypatch.setattr(
        batch_run,
        "perform_all",
        lambda *_: iter([made, tasks.ReportResult("demo-2023", {"manifest.json": b"x"})]),
    )
    said: list[str] = []
    results = run_batch(
        here, ["2023", "demo-2023"], OutputFormats(), WorkerOptions(1), said.append, resume=False
    )
    assert results.made == []
    assert set(results.failed) == {"2023", "demo-2023"}
    for message in results.failed.values():
        assert message.startswith("程序遇到没有预料的错误（")
        assert message.endswith("，详情已写入 outputs/report.log")
    assert len(said) == 2


def test_inputs_that_cannot_be_gathered_are_their_own_reports_failure(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one's are."""
    taken = tasks.task
    formats: list[str] = []

    def fail_once(*words: object) -> tasks.ReportTask:
        formats.append(str(words[1]))
        if len(formats) == 1:
            raise ZeroDivisionError
        return taken(Project(project.root), str(words[1]), OutputFormats())

    monkeypatch.setattr(batch_run, "task", fail_once)
    put_aside: list[tasks.ReportResult] = []
    names = ["2023", "demo-2023"]
    gathered = batch_run._gathered(Project(project.root), names, OutputFormats(), put_aside)  # noqa: SLF001 - what a batch does
    assert [task.name for task in gathered] == ["demo-2023"]
    assert [made.name for made in put_aside] == ["2023"]
    assert "ZeroDivisionError" in put_aside[0].error


STREAMS = {
    "output closed": ("check 2023 >&-", 0, ""),
    "all closed": ("build 2023 --force <&- >&- 2>&-", 0, ""),
    "errors closed": ("check 2032 2>&-", 2, ""),
    "input and output closed": ("check 2032 <&- >&-", 2, "错误：params/2032.yaml：找不到文件"),
    "a reader that leaves": ("check 2023 | head -1 >/dev/null", 0, ""),
    "a reader that never came": ("audit published.csv | true", 0, ""),
    "a reader of the help": ("--help | true", 0, ""),
    "a full disk": ("check 2023 >/dev/full", 2, "错误：磁盘空间不足"),
    "a full disk for errors": ("check 2032 2>/dev/full", 2, ""),
}


@pytest.mark.parametrize("what", STREAMS)
def test_closed_left_or_full_streams_end_nothing_otherwise(project: Copy, what: str) -> None:
    """The same exit code, no traceback, no remark of the interpreter's; the report is whole."""
    words, code, said = STREAMS[what]
    project.sections(1)
    rows = "".join(
        f'{n},delta,"{{""current"": ""2"", ""previous"": ""1""}}",1,0\n' for n in range(9)
    )
    published = f"id,kind,inputs,published,decimals\n{rows}"
    (project.root / "published.csv").write_text(published, encoding="utf-8")
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{REPORT}' {words}"],
        cwd=project.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == bool(said)
    if words.startswith("build"):
        assert set(contents(project.root / "outputs" / "2023")) >= {"report.html", "manifest.json"}


def test_a_remark_of_a_library_is_not_for_the_terminal(project: Copy) -> None:
    """Nor the interpreter's own."""
    before = "import helpers.run as r, warnings; load = r.load_run; r.load_run = "
    remark = "lambda *a: (warnings.warn('REMARK'), load(*a))[1]\n"
    done = subprocess.run(
        [sys.executable, "-c", before + remark + COMMAND, "check", "2023"],
        cwd=project.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == ""
