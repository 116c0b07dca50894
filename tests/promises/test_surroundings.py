"""Where a build may find itself: full and read-only disks, strange folders, clocks and locales."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from project_copies import Copy, contents, copy_project, difference

REPORT = Path(sys.executable).parent / "report"
Completed = subprocess.CompletedProcess[str]
OWN_DISK = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
"""Even root has then no more rights than the owner of a file."""


def has(*words: str) -> bool:
    """Whether a command works here."""
    if not shutil.which(words[0]):
        return False
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


needs_disk = pytest.mark.skipif(
    not has(*OWN_DISK, "mount -t tmpfs tmpfs /mnt"), reason="这里不能挂载临时磁盘"
)


def on_disk(project: Copy, built: Path, size: str, *then: str) -> Completed:
    """Build where `outputs/` is a disk of its own with a report on it; tells what is there then."""
    project.sections(1)
    (project.root / "outputs").mkdir()
    steps = [
        f"mount -t tmpfs -o size={size} tmpfs outputs",
        f"cp -r '{built}' outputs/2023",
        *then,
        f"'{REPORT}' build 2023 --force",
        "echo 退出码 $?",
        f"diff -r '{built}' outputs/2023 && echo 原有报告完整",
        "ls -A outputs/.aside/2023 2>&1",
    ]
    return subprocess.run(
        [*OWN_DISK, "; ".join(steps)],
        cwd=project.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@needs_disk
def test_a_full_disk_is_reported_and_costs_no_report(project: Copy, built: Path) -> None:
    """A small disk that holds one report and not two."""
    size = sum(len(content) for content in contents(built).values()) // 1024 + 150
    done = on_disk(project, built, f"{size}k")
    assert "退出码 2" in done.stdout, done.stdout + done.stderr
    assert "错误：磁盘空间不足，请清理后重试，原有报告未动" in done.stderr
    assert "原有报告完整" in done.stdout
    assert done.stdout.splitlines()[-1] == "lock"
    assert "Traceback" not in done.stderr


@needs_disk
def test_a_disk_that_is_read_only_is_reported(project: Copy, built: Path) -> None:
    """Nothing is touched."""
    done = on_disk(project, built, "50m", "mount -o remount,ro outputs")
    assert "退出码 2" in done.stdout, done.stdout + done.stderr
    assert "错误：这里是只读的，无法写入" in done.stderr
    assert "原有报告完整" in done.stdout
    assert "Traceback" not in done.stderr


def refused(project: Copy, said: str) -> None:
    """A build that ends with one plain message."""
    done = subprocess.run(
        [*WITHOUT_RIGHTS, REPORT, "build", "2023", "--force"],
        cwd=project.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_outputs_that_may_not_be_written_are_reported(project: Copy) -> None:
    """By their owner's wish."""
    outputs = project.root / "outputs"
    outputs.mkdir()
    outputs.chmod(0o555)
    refused(project, f"错误：没有权限：{outputs}")
    outputs.chmod(0o755)


@pytest.mark.skipif(os.getuid() != 0, reason="只有 root 能把文件交给别人")
def test_a_report_of_another_user_is_left_alone(project: Copy, built: Path) -> None:
    """It cannot be replaced, so it is not."""
    project.sections(1)
    last = project.root / "outputs" / "2023"
    shutil.copytree(built, last)
    for path in (*last.rglob("*"), last):
        os.chown(path, 54321, 54321)
    refused(project, "错误：没有权限")
    assert contents(last) == contents(built)


def test_a_file_where_a_folder_should_be_is_reported(project: Copy) -> None:
    """And left alone."""
    (project.root / "outputs").mkdir()
    (project.root / "outputs" / "2023").write_text("别人的文件", encoding="utf-8")
    refused(project, "错误：这里应为文件夹")
    assert (project.root / "outputs" / "2023").read_text(encoding="utf-8") == "别人的文件"


STRANGE = {
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "12345",
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
}
LONG = Path("绩效 评价" * 10, "二〇二三 年度" * 8, "a b" * 60)


@pytest.mark.surroundings
def test_strange_places_and_times_change_no_byte(
    tmp_path: Path, built: Path, record_property: Callable[[str, object], None]
) -> None:
    """A long path with Chinese and spaces, 1970, another locale, time zone and seed of hashes."""
    record_property("faults", 5)
    assert len(str(LONG)) > 250
    (tmp_path / LONG).mkdir(parents=True)
    project = copy_project(tmp_path / LONG)
    done = subprocess.run(
        ["faketime", "1970-01-02 00:00:00", REPORT, "build", "2023"],
        cwd=project.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **STRANGE},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert difference(project.root / "outputs" / "2023", contents(built)) == ""
