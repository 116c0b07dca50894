"""Inputs that mean harm: text stays text, paths stay inside, nothing runs, nothing leaks."""

import ast
import csv
import io
import json
import os
import re
import socket
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup
from faults import WITHOUT_FORK, spoil, started, until
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser
from project_copies import ROOT, Copy, contents, left_running, listening

from helpers.errors import UnreadableInputError
from helpers.inputs.project import Project
from helpers.publishing.office_files import workbook_bytes
from helpers.workflow.batch.summary import write_summary
from helpers.workflow.diff import Change, diff_page
from helpers.workflow.starting.new_run import start_run
from helpers.workflow.starting.origins import NewRun

TITLE = "太阳宫乡2023年度部门整体绩效评价报告"
ATTACKS = (
    "<script>document.title='ran'</script>",
    "<img src='//127.0.0.1:PORT/a' onerror=\"document.title='ran'\">",
    "\"><svg onload=\"document.title='ran'\"><image href='http://127.0.0.1:PORT/b'/></svg>",
    "<a href=\"javascript:document.title='ran'\">链接</a>",
    "</script></style></title><script>document.title='ran'</script>",
    "<style>@import url(http://127.0.0.1:PORT/c); body { display: none }</style>",
    "<iframe src='http://127.0.0.1:PORT/d'></iframe>",
    "<!--<base href='http://127.0.0.1:PORT/'>--!><meta http-equiv=refresh content='0;url=//x'>",
    "' onmouseover='document.title=1' x='",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#x6A;",
    "$\\mathbf{x}$ \\input{/etc/passwd} #eval(read(1)) `x` *b* _i_",
)
PLACES = (
    ("职责", 0, "职责"),
    ("机构", 0, "机构名称"),
    ("人员", 0, "人员类别"),
    ("绩效工作", 0, "对象"),
    ("问题与措施", 0, "问题"),
    ("问题与措施", 0, "原因"),
    ("问题与措施", 0, "措施"),
    ("绩效指标", 0, "三级指标"),
    ("绩效指标", 0, "计量单位"),
    ("比率说明", 0, "原因说明"),
    ("评分说明", 0, "原因"),
)


def attacked(project: Copy, port: int) -> list[str]:
    """Put an attack into every kind of text; gives the texts."""
    texts = [attack.replace("PORT", str(port)) for attack in ATTACKS]
    for (table, row, column), text in zip(PLACES, texts, strict=True):
        project.set(table, row, column, f"字{text}")
    for key, text in zip(("notice", "prepared_by", "head"), texts, strict=False):
        project.param(key, f"{key}: {json.dumps('字' + text)}")
    project.say("字" + "".join(texts).replace("{", "（").replace("}", "）"))
    return texts


def test_text_of_an_input_is_text_on_the_page(
    project: Copy, browser: Browser, record_property: Callable[[str, object], None]
) -> None:
    """Scripts, handlers, links, frames: in Chromium and Word nothing runs, nobody is called."""
    with listening() as (port, reached):
        texts = attacked(project, port)
        record_property("attacks", 2 * len(texts) + 4)
        done = project.report("build", "2023", "--docx", "--pdf")
        assert done.returncode == 0, done.stdout + done.stderr
        file = project.root / "outputs" / "2023" / "report.html"
        page = browser.new_page()
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.mouse.move(400, 400)
        page.wait_for_timeout(500)
        assert page.title() == TITLE
        assert [url for url in requests if not url.startswith("data:")] == [file.as_uri()]
        assert complaints == []
        assert not reached.is_set()
        shown = page.text_content("body") or ""
        for text in texts:
            assert "字" + " ".join(text.split()) in " ".join(shown.split())
        foreign = "[onerror], [onload], [onmouseover], a[href^=javascript], iframe, base, image"
        assert page.locator(foreign).count() == 0
        assert page.get_attribute("html", "data-recheck") == "ok"
        page.close()
        no_markup_of_theirs(file.with_name("report.docx"), texts[:3])


def no_markup_of_theirs(word: Path, texts: list[str]) -> None:
    """No field, object or foreign part in a Word report, and the text as it was given."""
    with zipfile.ZipFile(word) as archive:
        document = BeautifulSoup(archive.read("word/document.xml"), "xml")
    assert not document.find_all(["object", "altChunk"])
    assert {field.text.split()[0] for field in document.find_all("instrText")} <= {"TOC", "PAGE"}
    said = "".join(element.text for element in document.find_all("t"))
    for text in texts:
        assert "".join(text.split()) in "".join(said.split())


def test_a_hostile_name_is_text_in_the_lists_of_many_reports(tmp_path: Path, built: Path) -> None:
    """The index of a batch and the page of differences have no script at all."""
    attack = ATTACKS[0]
    output = tmp_path / "outputs" / "x"
    output.mkdir(parents=True)
    for name in ("manifest.json", "facts.json"):
        content = json.loads((built / name).read_text(encoding="utf-8"))
        if name == "manifest.json":
            content["params"]["department"] = content["params"]["notice"] = attack
        (output / name).write_text(json.dumps(content), encoding="utf-8")
    write_summary(Project(tmp_path), ["x"], {attack: attack})
    index = (tmp_path / "outputs" / "index.html").read_text(encoding="utf-8")
    page = diff_page(attack, [Change("x", attack, attack, attack, attack)], [attack])
    for html in (index, page):
        assert not BeautifulSoup(html, "html.parser").select("script")
        assert attack in BeautifulSoup(html, "html.parser").get_text()


def test_a_placeholder_of_a_template_is_refused_not_run(project: Copy) -> None:
    """`{{ 7 * 7 }}` is not forty-nine."""
    project.say("结果为{{ 7 * 7 }}。")
    done = project.report("build", "2023")
    assert done.returncode == 1
    assert "占位符" in done.stdout or "花括号" in done.stdout


FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C x'!A0")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_gets_into_no_table_and_no_parameter(project: Copy, formula: str) -> None:
    """Refused where it stands."""
    project.set("职责", 0, "职责", formula)
    done = project.report("check", "2023")
    assert "data/2023/职责.csv 第2行 “职责”列：以公式的写法开头" in done.stdout
    project.param("head", f'head: "{formula}"')
    assert "head：以公式的写法开头" in project.report("check", "2023").stderr


def test_what_excel_would_run_is_text_in_every_file_we_write(made_up: Copy) -> None:
    """Forms, index and tables of the bundle; a formula that got in would be text."""
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    assert load_workbook(io.BytesIO(workbook_bytes(book))).worksheets[0]["A1"].data_type == "s"
    demo = made_up.of("demo-2023")
    assert demo.report("bundle", "demo-2023").returncode == 0
    path = demo.root / "outputs" / "demo-2023-绩效资料.zip"
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".xlsx"):
                sheets = load_workbook(io.BytesIO(content)).worksheets
                cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
                assert not [cell.value for cell in cells if cell.data_type == "f"], name
            if name.endswith(".csv"):
                rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
                cells = [cell for row in rows for cell in row]
                assert not [cell for cell in cells if re.match(r"[=@]|[+-].*[(|!]", cell)], name


def test_no_name_steers_the_terminal(project: Copy, tmp_path: Path) -> None:
    """Escape sequences in headers, cells, parameters and published figures are named."""
    steer = "\x1b[2J\x1b[31m"
    published = tmp_path / "x.csv"
    published.write_text(
        f'id,kind,inputs,published,decimals\n{steer},{steer},"{{}}",1,1\n', encoding="utf-8"
    )
    project.set("职责", 0, "职责", steer)
    said = [project.report("check", "2023"), project.report("audit", str(published))]
    project.path("职责").write_text(f"主体,{steer}\n党委,x\n", encoding="utf-8")
    said.append(project.report("check", "2023"))
    project.param("department", f'department: "{steer}"'.replace("\x1b", "\\e"))
    said += [project.report("check", "2023"), project.report("check", steer)]
    for done in said:
        assert done.returncode != 0
        assert "\x1b" not in done.stdout + done.stderr
        assert re.search(r"U\+001B", done.stdout + done.stderr)


@pytest.mark.parametrize(
    "path", ["../elsewhere", "/etc", "data/../../x", "C:\\x", "\\\\host\\x", "~"]
)
def test_a_path_that_leads_out_is_refused(project: Copy, path: str) -> None:
    """Above, absolute, of Windows."""
    project.param("data", f"data: {json.dumps(path)}")
    done = project.report("check", "2023")
    assert done.returncode == 2
    assert "data：写法不对" in done.stderr or "找不到数据文件夹" in done.stderr


@pytest.mark.parametrize("key", ["rubric", "project_rubric"])
def test_a_rubric_is_a_name_and_no_path(project: Copy, key: str) -> None:
    """Nor is an earlier run."""
    project.param(key, f"{key}: ../../x")
    assert f"{key}：应为文件名" in project.report("check", "2023").stderr


@pytest.mark.parametrize("run", ["../2023", ".cache", "/etc/x", "a/b", "..\\x", "", "a b"])
def test_a_run_is_a_name_and_no_path(project: Copy, run: str) -> None:
    """Whoever asks for it, and whoever starts it."""
    here = Project(project.root)
    with pytest.raises(UnreadableInputError, match="不是运行名称"):
        here.params(run)
    with pytest.raises(UnreadableInputError, match="有不能用的字符"):
        start_run(here, NewRun(f"{run}/2024", "2023"), project.load(), workbook=False)


def test_a_link_out_of_the_project_needs_a_word(project: Copy, tmp_path: Path) -> None:
    """A folder or a file; `report --outside` allows both."""
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    (project.root / "data" / "2023").rename(elsewhere)
    (project.root / "data" / "2023").symlink_to(elsewhere)
    done = project.report("check", "2023")
    assert done.returncode == 2
    assert "data/2023：指向项目之外（确需如此，用 report --outside）" in done.stderr
    assert project.command("--outside", "check", "2023").returncode == 0
    (project.root / "data" / "2023").unlink()
    elsewhere.rename(project.root / "data" / "2023")
    project.path("人员").rename(elsewhere)
    project.path("人员").symlink_to(elsewhere)
    assert "人员.csv：指向项目之外" in project.report("build", "2023").stderr
    assert "2023　失败" in project.report("batch", "2023").stdout


DANGEROUS = {"eval", "exec", "compile", "system", "popen", "unsafe_load", "extractall"}


def test_nothing_is_executed_or_unpacked_from_data() -> None:
    """No call in the package could: neither code, nor a shell, nor pickles, nor archives."""
    found = []
    for path in sorted((ROOT / "src" / "helpers").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                owner = getattr(getattr(node.func, "value", None), "id", "")
                shell = any(word.arg == "shell" for word in node.keywords)
                if (name in DANGEROUS and owner not in {"re", "typst"}) or shell:
                    found.append(f"{path.name}:{node.lineno} {name}")
            if isinstance(node, ast.Import) and {each.name for each in node.names} & {
                "pickle",
                "marshal",
                "shelve",
            }:
                found.append(f"{path.name}:{node.lineno} import")
    assert found == []


def sockets(pids: set[int]) -> tuple[list[int], list[Path]]:
    """The TCP ports processes listen on, and their sockets in the file system."""
    ports: list[int] = []
    paths: list[Path] = []
    for process in (psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)):
        for each in process.net_connections("all"):
            if each.family in {socket.AF_INET, socket.AF_INET6} and each.status == "LISTEN":
                ports.append(each.laddr.port)
            elif each.family == socket.AF_UNIX and str(each.laddr).startswith("/"):
                paths.append(Path(str(each.laddr)))
    return ports, paths


def private(path: Path) -> bool:
    """Whether its owner alone can reach a file: by its own mode or a folder's above."""
    folders = [path, *path.parents]
    return any(not stat.S_IMODE(each.stat().st_mode) & 0o077 for each in folders if each.exists())


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="forked"),
        pytest.param(WITHOUT_FORK, id="kernels", marks=pytest.mark.surroundings),
    ],
)
def test_a_build_listens_on_no_network_and_its_sockets_are_private(
    project: Copy, tmp_path: Path, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No TCP port; sockets and connection files for their owner alone, and gone afterwards."""
    project.sections(1)
    waiting, runtime = tmp_path / "waiting", tmp_path / "runtime"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    seen = tmp_path / "seen"
    source = (
        f"import pathlib, time; open({str(waiting)!r}, 'w')\n"
        f"while not pathlib.Path({str(seen)!r}).exists(): time.sleep(0.02)"
    )
    spoil(project, "01-overview.ipynb", source)
    process = started(project, "build", "2023", before=before)
    until(waiting.exists)
    pids = {
        process.pid,
        *(each.pid for each in psutil.Process(process.pid).children(recursive=True)),
    }
    ports, paths = sockets(pids)
    assert ports == []
    files = [*runtime.glob("*.json"), *tmp_path.glob("*.json")]
    assert paths
    assert bool(files) == bool(before)
    assert all(private(path) for path in [*paths, *files])
    seen.touch()
    process.communicate(timeout=60)
    assert not [path for path in [*paths, *files] if path.exists()]
    assert left_running(project.root) == []


def test_nothing_of_this_machine_gets_into_what_is_passed_on(
    project: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No variable, user, host or path in report, facts, manifest, documents or bundle."""
    secrets = {
        "REPORT_TEST_TOKEN": "token-5f1d7a",
        "USER": "user-8c2e91",
        "LOGNAME": "user-8c2e91",
        "HOSTNAME": "host-77ab3d",
        "HOME": str(project.root / "home-1b9f20"),
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    project.sections(2)
    assert project.command("build", "2023", "--pdf", "--docx").returncode == 0
    assert project.report("bundle", "2023").returncode == 0
    assert project.report("batch", "2023", "--resume").returncode == 0
    passed_on = {
        name: content
        for name, content in contents(project.root / "outputs").items()
        if not name.startswith(".")
    }
    words = [*secrets.values(), *secrets, str(project.root), str(ROOT), str(Path.home())]
    words = [word for word in words if word not in {"USER", "HOME"}]
    host = socket.gethostname()
    words += [host] if len(host) > 5 else []
    for name, content in list(passed_on.items()):
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                passed_on |= {f"{name}/{each}": archive.read(each) for each in archive.namelist()}
    assert len(passed_on) > 30
    assert os.environ["USER"] == "user-8c2e91"
    for name, content in passed_on.items():
        for word in words:
            assert word.encode() not in content, f"{word} in {name}"


def test_every_licence_is_named_in_the_manifest(built: Path) -> None:
    """For every package that was installed; what states none is left empty."""
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["licences"]) == set(manifest["packages"])
    stated = [licence for licence in manifest["licences"].values() if licence]
    assert len(stated) > 0.9 * len(manifest["packages"])
    assert manifest["licences"]["pandas"] == "BSD-3-Clause"
