"""Published figures judged by intervals, and the command that does it."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_copies import ROOT, report

from helpers.figures.exact import parse, round_to
from helpers.figures.number import Number, number
from helpers.figures.ratios import share, year_on_year_growth
from helpers.figures.rounding_intervals import Interval, judge, point, read_printed, span
from helpers.workflow.audit import KINDS, audit

FIGURES = ROOT / "tests" / "published-figures.csv"
PRINTED = st.decimals(min_value=1, max_value=10**6, places=2).map(str)


def one(tmp_path: Path, kind: str, inputs: object, published: str, decimals: str = "2") -> str:
    """Audit one row and give its verdict, or why it is unreadable."""
    file = tmp_path / "x.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "kind", "inputs", "published", "decimals"))
        writer.writerow(("X", kind, json.dumps(inputs), published, decimals))
    [row] = audit(file)
    return row.judgement.verdict if row.judgement else row.unreadable


def test_every_real_published_figure_gets_its_verdict() -> None:
    """All 166, without a false alarm."""
    rows = csv.DictReader(FIGURES.read_text(encoding="utf-8").splitlines())
    wanted = {row["id"]: row["verdict"] for row in rows}
    given_verdicts = {row.id: row.judgement and row.judgement.verdict for row in audit(FIGURES)}
    assert given_verdicts == wanted
    assert len(wanted) == 166


def test_a_cut_off_figure_is_said_to_be_one() -> None:
    """87.708 printed as 87.70."""
    judged = {row.id: row.judgement for row in audit(FIGURES)}
    cut = {id for id, judgement in judged.items() if judgement and "疑似截位" in judgement.reason}
    assert cut == {"V126", "V212", "V216", "V218"}


@pytest.mark.parametrize(
    ("kind", "inputs", "published", "verdict"),
    [
        ("exec_score_from_rate", {"rate": "99.63", "weight": "20"}, "19.93", "consistent"),
        ("exec_score_from_rate", {"rate": "120", "weight": "20"}, "20.00", "consistent"),
        ("exec_score_from_rate", {"rate": "99.6", "weight": "20"}, "19.93", "rounding"),
        ("exec_score_from_rate", {"rate": "99.6", "weight": "20"}, "19.94", "inconsistent"),
        ("exec_score", {"budget": "100", "executed": "0", "weight": "20"}, "0.00", "consistent"),
        ("exec_rate", {"budget": "0", "executed": "0"}, "0.00", "inconsistent"),
        ("carryover_rate", {"balance": "85.70", "budget": "23187.02"}, "0.37", "consistent"),
        ("pp_diff", {"a": "10.54", "b": "11.32"}, "0.78", "consistent"),
        ("delta", {"current": "10.00", "previous": "12.50"}, "2.50", "consistent"),
        ("delta", {"current": "10.00", "previous": "12.50"}, "-2.50", "consistent"),
        ("share", {"part": "1", "whole": "3"}, "-33.33", "inconsistent"),
        ("match", {"table": "326.72"}, "326.71", "rounding"),
        ("match", {"table": "326.72"}, "326.70", "inconsistent"),
        ("yoy_prev", {"current": "0.31", "previous": "0"}, "100.00", "inconsistent"),
        ("completion_initial", {"initial": "0.00", "final": "5"}, "100.00", "inconsistent"),
        ("sum", {"parts": ["0.125", "0"], "_item": "ignored"}, "0.13", "consistent"),
        ("sum", {"parts": ["0.33", "0.33", "0.33"]}, "1.00", "rounding"),
    ],
)
def test_a_verdict_follows_from_the_digits_alone(
    tmp_path: Path, kind: str, inputs: object, published: str, verdict: str
) -> None:
    """Worked by hand: intervals that touch at one point agree."""
    assert one(tmp_path, kind, inputs, published) == verdict


@pytest.mark.parametrize(
    ("kind", "inputs", "published", "decimals", "said"),
    [
        ("exec_rat", {}, "1", "2", "没有这种 kind：exec_rat"),
        ("exec_rate", {"budget": "1"}, "1", "2", "inputs 缺少 executed"),
        ("exec_rate", {"budget": "一", "executed": "1"}, "1", "2", "budget 不是数字：“一”"),
        ("exec_rate", {"budget": "1", "executed": "1"}, "NaN", "2", "published 不是数字：“NaN”"),
        ("exec_rate", {"budget": "1", "executed": "1"}, "1", "x", "decimals 应为 0 至 12 的整数"),
        ("sum", {"parts": []}, "1", "2", "inputs 缺少 数值"),
        ("sum", {"parts": "1"}, "1", "2", "parts 应为数组"),
        ("sum", [1], "1", "2", "inputs 应为 JSON 对象"),
    ],
)
def test_an_unreadable_row_is_named_and_not_guessed(  # noqa: PLR0917 - one case a row
    tmp_path: Path, kind: str, inputs: object, published: str, decimals: str, said: str
) -> None:
    """Each with what is wrong."""
    assert said in one(tmp_path, kind, inputs, published, decimals)


def named(id: str, text: str) -> Number:
    """A printed number under a name."""
    return number(text).named(id, id=id)


@given(PRINTED, PRINTED, st.fractions(-1, 1), st.fractions(-1, 1))
def test_no_true_figure_is_ever_called_inconsistent(
    current: str, previous: str, a: Fraction, b: Fraction
) -> None:
    """Whatever the hidden digits were, the growth printed from them is not refused."""
    half = Fraction(1, 200)
    true = year_on_year_growth(parse(current) + a * half, parse(previous) + b * half)
    published = Fraction(round_to(true.known, 2))
    computed = year_on_year_growth(named("c", current), named("p", previous))
    spans = {"c": read_printed(current), "p": read_printed(previous)}
    assert judge(computed, spans, published, 2).verdict != "inconsistent"


def test_a_span_is_as_narrow_as_the_formula_allows() -> None:
    """A name that stands twice moves once: current and previous at 10 ± 0.5."""
    around_ten = Interval(Fraction(19, 2), Fraction(21, 2))
    around_zero = Interval(Fraction(-1), Fraction(1))
    c, p, z = named("c", "10"), named("p", "10"), named("z", "0")
    growth = span(year_on_year_growth(c, p), {"c": around_ten, "p": around_ten})
    assert growth == Interval(Fraction(-200, 21), Fraction(200, 19))
    assert span(share(c, z), {"c": around_ten, "z": around_zero}) is None
    assert span(share(c, c), {"c": point(Fraction(3))}) == point(Fraction(100))


def test_the_kinds_are_those_the_format_knows() -> None:
    """Thirteen."""
    assert set(KINDS) == {
        "exec_rate", "carryover_rate", "completion_initial", "delta", "yoy_prev", "yoy_delta",
        "share", "sum", "unit_wan", "match", "exec_score", "exec_score_from_rate", "pp_diff",
    }  # fmt: skip


def test_the_command_prints_nothing_but_csv() -> None:
    """Exit 1: some figures are inconsistent."""
    done = report("audit", str(FIGURES), cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr == ""
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == ["id", "verdict", "recomputed", "reason"]
    assert len(rows) == 166


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (['A,match,"{""table"": ""1""}",1,0'], 0),
        (['A,match,"{""table"": ""1""}",1,0', "B,match,x,1,0"], 2),
        (['A,match,"{""table"": ""1""}",9,0', "B,match,x,1,0"], 1),
    ],
)
def test_the_exit_code_tells_the_worst(tmp_path: Path, lines: list[str], code: int) -> None:
    """Inconsistent before unreadable before sound; the readable rows are judged all the same."""
    file = tmp_path / "公开数.csv"
    file.write_text("\n".join(["id,kind,inputs,published,decimals", *lines]), encoding="utf-8")
    done = report("audit", file.name, cwd=tmp_path)
    assert done.returncode == code
    assert done.stdout.count("\nA,") == 1
    assert ("公开数.csv 第3行：inputs 不是 JSON" in done.stderr) == (len(lines) == 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,kind\n", "缺少列：inputs、published、decimals"),
        ("表".encode("utf-16"), "是 UTF-16 编码，或不是文本文件"),
        (b"\xff\xff", "不是 UTF-8 或 GBK 编码"),
    ],
)
def test_a_file_that_cannot_be_audited_exits_2(tmp_path: Path, content: bytes, said: str) -> None:
    """And says why."""
    (tmp_path / "x.csv").write_bytes(content)
    done = report("audit", "x.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert report("audit", "y.csv", cwd=tmp_path).returncode == 2
