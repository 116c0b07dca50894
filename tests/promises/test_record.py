"""A report's record of itself: what was put in its place, altered or added is noticed."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from project_copies import Copy, copy_project

from helpers.errors import UnreadableInputError
from helpers.inputs.fingerprints import sha256
from helpers.inputs.params import MONITORING
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow.batch.summary import write_summary
from helpers.workflow.bundle import bundle
from helpers.workflow.record import RECORD, as_text
from helpers.workflow.up_to_date import FreshnessCheck, check_freshness

Record = dict[str, Any]
Change = Callable[[Record], object]


@pytest.fixture
def finished(tmp_path: Path, built: Path) -> Copy:
    """A copy of the project with the finished report in place."""
    project = copy_project(tmp_path)
    shutil.copytree(built, project.root / "outputs" / "2023")
    return project


def output(project: Copy) -> Path:
    """The folder of the run's report."""
    return project.root / "outputs" / project.run


def rewrite(project: Copy, change: Change, *, seal: bool = True) -> None:
    """Change the record of the report, as one who knows how it is sealed would, or not."""
    path = output(project) / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    text = as_text(record) if seal else json.dumps(record, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


def freshness(project: Copy, **updates: object) -> FreshnessCheck:
    """What is thought of the report."""
    here = Project(project.root)
    params = here.params(project.run).model_copy(update=updates)
    return check_freshness(here, project.run, params, OutputFormats())


def packed(project: Copy) -> tuple[list[str], list[str]]:
    """The names a bundle packs, and what is said."""
    said: list[str] = []
    path = bundle(Project(project.root), project.run, project.load(), said.append)
    with zipfile.ZipFile(path) as archive:
        return archive.namelist(), said


def test_the_finished_report_of_another_run_is_not_taken_for_this_ones(finished: Copy) -> None:
    """Copied over it, whole and current as it is; by a build and by a batch that goes on."""
    finished.also("other")
    shutil.copytree(output(finished), finished.root / "outputs" / "other")
    assert "没有变化" in finished.report("build", "2023").stdout
    finished.sections(1)
    done = finished.report("build", "other")
    assert "原有的是另一个运行的报告，重新生成" in done.stdout
    shutil.rmtree(finished.root / "outputs" / "2023")
    shutil.copytree(finished.root / "outputs" / "other", output(finished))
    done = finished.report("batch", "2023", "other", "--resume")
    assert "2023　原有的是另一个运行的报告，重新生成" in done.stdout
    assert "完成 1，未变 1" in done.stdout


@pytest.mark.parametrize(
    "line", ['department: "另一个乡"', "status: 定稿", 'notice: ""', "data: data/demo-2023"]
)
def test_a_report_of_the_same_name_with_other_parameters_is_another_ones(
    finished: Copy, line: str
) -> None:
    """As copied from another project, whose parameters its manifest fingerprints."""
    assert freshness(finished).manifest
    finished.param(line.partition(":")[0], line)
    params = f"params/{finished.run}.yaml"
    sha = sha256(finished.root / params)

    def with_our_fingerprint(record: Record) -> None:
        record["inputs"] = [
            {**file, "sha256": sha} if file["file"] == params else file for file in record["inputs"]
        ]

    rewrite(finished, with_our_fingerprint)
    assert freshness(finished).why == "输入、程序或版本有变化"


def test_the_other_stage_and_a_draft_are_other_reports(finished: Copy) -> None:
    """Though it be the same run's."""
    monitored = finished.root / "outputs" / "2023-monitoring"
    shutil.copytree(output(finished), monitored)
    assert freshness(finished, stage=MONITORING).why == "原有的是另一个运行的报告"
    rewrite(finished, lambda record: record["params"].update(draft=True))
    assert freshness(finished).why == "输入、程序或版本有变化"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{\n "run"', '{\n "findings": [],\n "run"'),
        ('{\n "run": "2023"', '{\n "run": "2024",\n "run": "2023"'),
        ("\n}\n", "\n}\n\n"),
        ('"run": ', '"run":'),
    ],
)
def test_a_manifest_is_compared_to_the_byte(finished: Copy, old: str, new: str) -> None:
    """A name that stands twice would be read in one way here and in another elsewhere."""
    path = output(finished) / RECORD
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert freshness(finished).why == "原有的 manifest.json 被改动过，不可信"


CHANGES: dict[str, Change] = {
    "核对结果 ": lambda record: record["findings"][0].update(problem="无"),
    "核对结果": lambda record: record["findings"].clear(),
    "核对项目": lambda record: record["checks"].pop(),
    "参数（status）": lambda record: record["params"].update(status="定稿"),
    "参数（head）": lambda record: record["params"].update(head="某某"),
    "标题": lambda record: record.update(title="另一个题目"),
    "运行名称": lambda record: record.update(run="2024"),
    "输入文件": lambda record: record["inputs"].pop(),
    "signed": lambda record: record.update(signed="某某"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_manifest_that_was_altered_is_not_trusted(finished: Copy, what: str) -> None:
    """Nor packed, even by one who seals it anew."""
    rewrite(finished, CHANGES[what], seal=False)
    assert freshness(finished).why == "原有的 manifest.json 被改动过，不可信"
    with pytest.raises(UnreadableInputError, match="没有完整的报告"):
        packed(finished)
    rewrite(finished, lambda _: None)
    with pytest.raises(UnreadableInputError, match="与重新核对的不同") as refused:
        packed(finished)
    assert what.strip() in str(refused.value)


def test_verify_makes_the_manifest_again_and_compares_it(project: Copy) -> None:
    """All that follows from the run is a difference; versions and the commit are reported."""
    project.sections(1)
    assert project.report("build", "2023").returncode == 0
    assert project.report("verify", "2023").stdout.splitlines()[-1] == "一致"
    rewrite(project, lambda record: record.update(commit="abc", packages={}))
    done = project.report("verify", "2023")
    assert done.returncode == 0
    assert "manifest.json 所记的提交与这里的不同" in done.stdout
    assert "manifest.json 所记的程序包与这里的不同" in done.stdout
    for change in CHANGES.values():
        rewrite(project, change)
    rewrite(project, lambda record: record["outputs"].update({"facts.json": "0"}))
    rewrite(project, lambda record: record["options"].update(pdf=True))
    done = project.report("verify", "2023")
    assert done.returncode == 1
    changed = {"核对结果", "参数（head、status）", "输出文件（facts.json、report.pdf）", *CHANGES}
    for what in changed - {"参数（head）", "参数（status）", "核对结果 "}:
        assert f"manifest.json：{what}与重新核对的不同" in done.stdout, what
    rewrite(project, lambda record: record.update(title=""), seal=False)
    done = project.report("verify", "2023")
    assert done.returncode == 1
    assert "manifest.json：不完整，或被改动过" in done.stdout


ADDED = ("report.pdf", "notebooks/99-x.ipynb", "forms/评分表.xlsx", ".hidden", "inputs/x.csv")


def add(project: Copy, file: str) -> Path:
    """Put a file into the folder of the report."""
    path = output(project) / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("伪造", encoding="utf-8")
    return path


def test_what_is_not_in_the_manifest_is_named_and_not_packed(finished: Copy) -> None:
    """A forged PDF, a stray notebook, a pipe, links to files and folders; nothing is lost."""
    outside = finished.root.parent / f"{finished.root.name}-outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("秘密", encoding="utf-8")
    before, _ = packed(finished)
    for file in ADDED:
        add(finished, file)
    (output(finished) / "link.txt").symlink_to(outside / "secret.txt")
    (output(finished) / "folder").symlink_to(outside)
    os.mkfifo(output(finished) / "pipe")
    others = sorted((*ADDED, "folder", "link.txt", "pipe"))
    after, [said] = packed(finished)
    assert after == before
    assert sorted(said.partition("：")[2].split("、")) == others
    assert sorted(freshness(finished).strangers) == others
    done = finished.report("build", "2023")
    assert "没有变化" in done.stdout
    assert "outputs/2023 中有不属于报告的文件：.hidden、folder、" in done.stdout
    assert (output(finished) / "report.pdf").is_file()


@pytest.mark.parametrize("file", ["report.html", "facts.json", "notebooks/01-overview.ipynb"])
@pytest.mark.parametrize("how", ["altered", "gone", "a link", "behind a link", "a pipe"])
def test_a_listed_file_that_is_not_as_it_was_written_is_refused(
    finished: Copy, file: str, how: str
) -> None:
    """By the bundle, and not taken for a report that stands; a link, whatever it shows today."""
    path = output(finished) / file
    kept = finished.root / "kept"
    if how == "altered":
        path.write_bytes(path.read_bytes() + b" ")
    elif how == "behind a link":
        path.parent.rename(kept)
        path.parent.symlink_to(kept)
    else:
        path.rename(kept)
        if how == "a link":
            path.symlink_to(kept)
        elif how == "a pipe":
            os.mkfifo(path)
    with pytest.raises(UnreadableInputError, match=r"与 manifest.json 的记录不符|是链接"):
        packed(finished)
    assert not freshness(finished).manifest


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record["outputs"].pop("report.html"),
        lambda record: record["outputs"].pop("notebooks/01-overview.ipynb"),
        lambda record: record["outputs"].update({"../../params/2023.yaml": "0"}),
        lambda record: record["outputs"].update({"report.pdf": "0"}),
        lambda record: record["options"].update(public=True),
        lambda record: record["options"].update(more=True),
        lambda record: record.pop("options"),
        lambda record: record.update(outputs=[]),
        lambda record: record.update(outputs={}),
    ],
)
def test_a_manifest_that_lists_other_files_than_a_report_has_is_refused(
    finished: Copy, change: Change
) -> None:
    """Fewer, more, or out of the folder, though they be as it says."""
    add(finished, "report.pdf")

    def with_true_fingerprints(record: Record) -> None:
        change(record)
        for file in record["outputs"]:
            record["outputs"][file] = sha256(output(finished) / file)

    rewrite(finished, with_true_fingerprints)
    with pytest.raises(UnreadableInputError, match=r"所列不是完整的报告|没有完整的报告"):
        packed(finished)


def test_a_folder_that_is_a_link_is_no_report_to_pack(finished: Copy) -> None:
    """Whoever owns what it leads to could change it; a build takes the link's place alone."""
    elsewhere = finished.root / "elsewhere"
    output(finished).rename(elsewhere)
    output(finished).symlink_to(elsewhere)
    with pytest.raises(UnreadableInputError, match="outputs/2023：是链接"):
        packed(finished)
    finished.sections(1)
    assert finished.report("build", "2023").returncode == 0
    assert not output(finished).is_symlink()
    assert (elsewhere / "report.html").is_file()
    assert [path.name for path in (finished.root / "outputs" / ".aside" / "2023").iterdir()] in (
        [],
        ["lock"],
    )


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe\x00",
        b"\x00" * 1000,
        b'{"seal": "\\ud800"}',
        b'{"outputs": NaN}',
        b"1" * 10_000,
        b"",
    ],
    ids=["deep", "deep objects", "UTF-16", "binary", "half a character", "NaN", "digits", "empty"],
)
def test_a_record_that_is_none_is_reported_and_never_a_traceback(
    finished: Copy, content: bytes
) -> None:
    """Deep, binary, of half characters."""
    (output(finished) / RECORD).write_bytes(content)
    assert "不完整，不可信" in freshness(finished).why
    with pytest.raises(UnreadableInputError, match="没有完整的报告"):
        packed(finished)


@pytest.mark.parametrize("kind", ["pipe", "folder", "huge", "link", "link to a whole one"])
def test_a_record_that_is_no_plain_file_of_its_size_is_not_trusted(
    finished: Copy, kind: str
) -> None:
    """Not waited for, not read into memory, not followed; a build makes it again."""
    path = output(finished) / RECORD
    whole = path.read_bytes()
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(path)
    elif kind == "link to a whole one":
        (finished.root / "kept.json").write_bytes(whole)
        path.symlink_to(finished.root / "kept.json")
    else:
        with path.open("wb") as file:
            file.truncate(2**40)
    said = "是链接" if "link" in kind else "不完整"
    assert freshness(finished).why == f"原有的 manifest.json {said}，不可信"
    with pytest.raises(UnreadableInputError, match="没有完整的报告"):
        packed(finished)
    if kind == "pipe":
        done = finished.report("build", "2023")
        assert "原有的 manifest.json 不完整，不可信，重新生成" in done.stdout
        assert path.read_bytes() == whole


def test_facts_that_cannot_be_read_are_left_out_of_the_summary_and_named(
    built: Path, tmp_path: Path
) -> None:
    """Though they be as a manifest says, sealed anew; the others are in it."""
    for name in ("one", "other", "third"):
        shutil.copytree(built, tmp_path / "outputs" / name)
    (tmp_path / "outputs" / "one" / "facts.json").write_bytes(b"[" * 100_000)
    (tmp_path / "outputs" / "third" / "manifest.json").write_text("{}", encoding="utf-8")
    unread = write_summary(Project(tmp_path), ["one", "other", "third"], {})
    assert unread == {name: f"outputs/{name} 不能读取，请重新生成" for name in ("one", "third")}
    index = (tmp_path / "outputs" / "index.html").read_text(encoding="utf-8")
    assert "other/report.html" in index
    assert "outputs/one 不能读取" in index
