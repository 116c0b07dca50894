"""Spoilt inputs by the thousand: read right, as a second reader agrees, or refused in plain words.

`tests/campaign.py` runs the long form. Every count and seed is recorded.
"""

import csv
import html
import io
import os
import re
import signal
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pytest
from fuzzing import mutations, oracle, ways
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from project_copies import ROOT, Copy

from helpers.errors import SCREEN, ReportError, UnreadableInputError
from helpers.figures.rounding_intervals import CONSISTENT
from helpers.inputs.narrative import read_paragraphs
from helpers.inputs.number_formats import UnclearFormatError, seen_number
from helpers.inputs.project import Project
from helpers.inputs.rubrics import read_rubric
from helpers.inputs.schema import COUNTED, NUMERIC, TABLES, TableSpec
from helpers.inputs.table_files import read_tables, unused_in
from helpers.inputs.tables import Table
from helpers.inputs.units import UnitError, stated_unit
from helpers.inputs.workbooks import WORKBOOK
from helpers.notebook.prose import fill
from helpers.run import Run
from helpers.workflow.audit import audit

SEED = int(os.environ.get("FUZZ_SEED", "20241010"))
SECONDS = 20
RIGHT, REFUSED = "read right", "refused"
FILES = [
    (run, spec)
    for run in ("2023", "demo-2024")
    for spec in TABLES
    if (ROOT / "data" / run / f"{spec.name}.csv").is_file()
]


@dataclass
class Tally:
    """What became of the inputs of a campaign, and what went wrong with some of them."""

    kind: str
    seed: str
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def one(self, number: int) -> Iterator[None]:
        """Try one input: a crash, a hang or a wrong reading is noted with its number."""

        def overtime(_: int, __: FrameType | None) -> None:
            raise TimeoutError

        signal.signal(signal.SIGALRM, overtime)
        signal.alarm(SECONDS)
        try:
            yield
        except ReportError as error:
            self.refused(number, error)
        except Exception:  # noqa: BLE001 - whatever it is, no input may cause it
            self.wrong.append(f"{self.kind} {number}: {traceback.format_exc(limit=-4)}")
        finally:
            signal.alarm(0)

    def refused(self, number: int, error: ReportError) -> None:
        """Count a refusal; it must be one screen in Chinese and say where."""
        self.counts[REFUSED] += 1
        said = str(error)
        if not error.place or not re.search(r"[\u4e00-\u9fff]", error.problem):
            self.wrong.append(f"{self.kind} {number}: no place or no words: {said}")
        if len(said.splitlines()) > SCREEN + 1 or re.search(r"Traceback|\x1b", said):
            self.wrong.append(f"{self.kind} {number}: no screen: {said[:500]}")

    def report(self, record: Callable[[str, object], None]) -> None:
        """Record the counts, and fail with the first few inputs that went wrong."""
        record("inputs", {"kind": self.kind, "seed": self.seed, **self.counts})
        record("wrong", len(self.wrong))
        assert not self.wrong, f"{len(self.wrong)} wrong:\n" + "\n".join(self.wrong[:5])


def campaign(kind: str, count: int) -> Iterator[tuple[Tally, int, Random]]:
    """Numbers and sources of chance, the same for the same seed."""
    tally = Tally(kind, f"{SEED}-{kind}")
    for number in range(count):
        yield tally, number, Random(f"{tally.seed}-{number}")


def as_read(table: Table, errors: list[ReportError], rows: oracle.Rows) -> list[str]:
    """Where our reading of a table differs from the second reader's."""
    error_places = {(error.place.line, error.place.column) for error in errors if error.place}
    unit, cells = oracle.table(rows, table.spec.needed)
    lines = {line for line, _ in cells}
    named = {line for line in lines if (line, "编号") in error_places}  # may be left out for it
    kept = set(table.lines)
    wrong = lines - kept - named or kept - lines
    differ = [f"rows {sorted(lines)} {sorted(kept)}"] if wrong else []
    for column in table.spec.columns:
        for line in sorted(lines & set(table.lines)):
            text = cells.get((line, column.name), "")
            if text == oracle.UNKNOWN or (line, column.name) in error_places:
                continue
            value: object = table.value(line, column.name)
            meant: object = text or None
            if column.kind in NUMERIC:
                yuan = column.kind == "number" and unit == "元" and table.spec.has_amounts
                try:
                    meant = oracle.number(text.lstrip("¥￥") if yuan else text)
                except oracle.NotReadableError:
                    meant = "no number"
                if yuan and isinstance(meant, Fraction):
                    meant /= 10000
            elif column.kind == "date":
                continue
            if value != meant:
                differ.append(f"{line} {column.name}: {value!r}, meant {meant!r}")
    return differ


def read_one(folder: Path, spec: TableSpec) -> tuple[Table, list[ReportError]]:
    """Read one table of a folder."""
    tables, errors = read_tables(folder, "data/x", (spec,))
    return tables[spec.name], errors


def judge_table(
    tally: Tally, number: int, folder: Path, spec: TableSpec, rows: Callable[[], oracle.Rows]
) -> None:
    """Read a table and have the second reader agree, cell by cell."""
    table, errors = read_one(folder, spec)
    try:
        differ = as_read(table, errors, rows())
    except (oracle.NotReadableError, AttributeError) as error:
        differ = [f"should be refused: {error}"] if len(table) else []
    if differ:
        tally.wrong.append(f"{tally.kind} {number} {spec.name}: {differ[:3]}")
    elif errors:
        tally.refused(number, errors[0])
    else:
        tally.counts[RIGHT] += 1


def csv_rows_of(content: bytes, spec: TableSpec) -> oracle.Rows:
    """The second reader's rows, by the separator that finds the header."""
    for separator in ",\t;":
        try:
            rows = oracle.csv_rows(content, separator)
            oracle.table(rows, spec.needed)
        except oracle.NotReadableError:
            continue
        return rows
    raise oracle.NotReadableError


def test_spoilt_csv_tables_are_read_right_or_refused(
    tmp_path: Path,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Cells, shape, encoding, separators, bytes."""
    for tally, number, random in campaign("CSV", times(120, 6000)):
        run, spec = random.choice(FILES)
        original = (ROOT / "data" / run / f"{spec.name}.csv").read_bytes()
        content = mutations.spoil_table(random, original)
        (tmp_path / f"{spec.name}.csv").write_bytes(content)
        with tally.one(number):
            judge_table(tally, number, tmp_path, spec, lambda c=content, s=spec: csv_rows_of(c, s))
        (tmp_path / f"{spec.name}.csv").unlink()
    tally.report(record_property)


def workbook_of(run: str, spec: TableSpec) -> bytes:
    """A table as a workbook with that sheet alone, its numbers as numbers."""
    text = (ROOT / "data" / run / f"{spec.name}.csv").read_text(encoding="utf-8")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = spec.name
    for row in list(csv.reader(io.StringIO(text, newline="")))[:40]:
        sheet.append([_typed(cell) for cell in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _typed(cell: str) -> object:
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def test_spoilt_workbooks_are_read_right_or_refused(
    tmp_path: Path,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Cells in their XML, parts of the archive, its bytes."""
    path = tmp_path / WORKBOOK
    for tally, number, random in campaign("XLSX", times(25, 1200)):
        run, spec = random.choice(FILES)
        path.write_bytes(mutations.spoil_workbook(random, workbook_of(run, spec)))
        with tally.one(number):
            judge_table(
                tally, number, tmp_path, spec, lambda s=spec: oracle.workbook_rows(path, s.name)
            )
    tally.report(record_property)


def test_spoilt_parameters_are_read_right_or_refused(
    tmp_path: Path,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Lines, keys, values, bytes."""
    path = tmp_path / "params" / "x.yaml"
    path.parent.mkdir()
    files = sorted((ROOT / "params").glob("*.yaml"))
    originals = [re.sub(rb"(?m)^run: .*", b"run: x", path.read_bytes()) for path in files]
    for tally, number, random in campaign("params", times(80, 3000)):
        path.write_bytes(mutations.spoil_lines(random, random.choice(originals)))
        with tally.one(number):
            params = Project(tmp_path).params("x")
            reread = oracle.yaml_values(path.read_bytes().decode())
            ours = params.model_dump(exclude={"stage", "draft"})
            reread.setdefault("started_from", "")
            theirs = {
                key: int(value, 0)
                if key == "year"
                else value.strip()
                if isinstance(value, str)
                else value
                for key, value in reread.items()
            }
            for day in ("report_date", "monitoring_date"):  # read in any form, kept in one
                ours[day], theirs[day] = (
                    re.findall(r"[1-9]\d*", each[day]) for each in (ours, theirs)
                )
            if ours != theirs:
                differ = {key for key in ours if ours[key] != theirs.get(key)}
                tally.wrong.append(f"params {number}: {differ}")
            tally.counts[RIGHT] += 1
    tally.report(record_property)


def flat(value: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
    """A mapping with every value as text, as the second reader gives it."""
    if isinstance(value, dict):
        return {key: flat(each) for key, each in value.items()}
    if isinstance(value, list):
        return [flat(each) for each in value]
    return str(value)


WORDS = {"true": "True", "false": "False", "null": "None", "~": "None", "": "None"}


def test_spoilt_rubrics_are_read_right_or_refused(
    tmp_path: Path,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """What is accepted has the second reader's points, item by item."""
    folder = tmp_path / "params" / "rubrics"
    folder.mkdir(parents=True)
    originals = sorted((ROOT / "params" / "rubrics").glob("*.yaml"))
    for tally, number, random in campaign("rubrics", times(12, 800)):
        original = random.choice(originals)
        (folder / "x.yaml").write_bytes(mutations.spoil_lines(random, original.read_bytes()))
        with tally.one(number):
            kind = "project" if "project" in original.stem else "department"
            rubric = read_rubric(tmp_path, "x", kind)  # type: ignore[arg-type]
            reread = oracle.yaml_values((folder / "x.yaml").read_bytes().decode())
            dumped = flat(rubric.model_dump(by_alias=True, exclude_unset=True))
            for key, value in reread.items():
                if not same(dumped.get(key), value):
                    tally.wrong.append(f"rubrics {number}: {key}")
            tally.counts[RIGHT] += 1
    tally.report(record_property)


def same(ours: Any, theirs: Any) -> bool:  # noqa: ANN401 - as above
    """Whether two readings of a YAML value agree; only texts are compared in the end."""
    if isinstance(theirs, dict):
        return isinstance(ours, dict) and all(same(ours.get(k), v) for k, v in theirs.items())
    if isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return ours == theirs or WORDS.get(theirs.lower()) == ours or ours == str(_whole(theirs))


def _whole(text: str) -> object:
    try:
        return int(text, 0)
    except ValueError:
        return text


def test_spoilt_paragraphs_are_shown_as_written_or_refused(
    real_run: Run,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
    tmp_path: Path,
) -> None:
    """The words around the figures come out as they went in, and nothing else does."""
    spec = next(spec for spec in TABLES if spec.name == "叙述")
    texts = [paragraph.text for paragraph in real_run.paragraphs]
    for tally, number, random in campaign("narrative", times(50, 1500)):
        text = random.choice(texts)
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(mutations.NASTY) + text[at + random.choice((0, 0, 2)) :]
        with (tmp_path / "叙述.csv").open("w", encoding="utf-8", newline="") as file:
            names = [column.name for column in spec.columns]
            cells = {"段落": "概况", "文字": text, "依据": "单位自述"}
            csv.writer(file).writerows([names, [cells.get(name, "") for name in names]])
        with tally.one(number):
            table, errors = read_one(tmp_path, spec)
            for error in errors:
                raise error
            [paragraph] = read_paragraphs(table)
            try:
                shown = fill(paragraph.text, real_run.facts, real_run.words)
            except ReportError as error:
                error.place = paragraph.place
                raise
            literal = re.split(r"\{[^{}]*\}", text.strip())
            plain = html.unescape(re.sub(r"<data [^>]*>|</data>", "", str(shown)))
            pattern = ".*".join(re.escape(piece) for piece in literal)
            if not re.fullmatch(pattern, plain, re.DOTALL):
                tally.wrong.append(f"narrative {number}: {text!r} → {plain!r}")
            tally.counts[RIGHT] += 1
    tally.report(record_property)


def test_spoilt_published_figures_are_judged_right_or_refused(
    tmp_path: Path,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """A figure is called consistent exactly where a second computation prints the same."""
    path = tmp_path / "figures.csv"
    original = (ROOT / "tests" / "published-figures.csv").read_bytes()
    for tally, number, random in campaign("audit", times(60, 2500)):
        path.write_bytes(mutations.spoil_figures(random, original))
        with tally.one(number):
            judged = list(audit(path))
            rows = list(csv.DictReader(io.StringIO(_decoded(path), newline=""), restval=""))
            for row, ours in zip(rows, judged, strict=True):
                if ours.judgement is None:
                    tally.counts[REFUSED] += 1
                    continue
                meant = second_verdict(row)
                if meant is not None and meant != (ours.judgement.verdict == CONSISTENT):
                    tally.wrong.append(f"audit {number}: {row} → {ours.judgement}")
                tally.counts[RIGHT] += 1
    tally.report(record_property)


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def second_verdict(row: dict[str, str]) -> bool | None:
    """Whether a figure is consistent, worked out with decimals; None for kinds not judged here."""
    import json

    formula = oracle.FORMULAS.get(row["kind"])
    if not formula:
        return None
    given = json.loads(row["inputs"], parse_float=str, parse_int=str)
    values = {name: oracle.number(str(text)) for name, text in given.items() if name[:1] != "_"}
    try:
        value = Fraction(formula(values))
    except ZeroDivisionError:
        return False
    printed = oracle.number(row["published"])
    recomputed = Fraction(oracle.half_up(value, int(row["decimals"])))
    unsigned = row["kind"] in {"delta", "pp_diff", "yoy_prev"}
    return printed == recomputed or (unsigned and 0 < printed == -recomputed)


def clean(project: Copy, spec: TableSpec, content: bytes) -> None:
    """Write a table anew, plainly, as the second reader understands it."""
    unit, cells = oracle.table(csv_rows_of(content, spec), spec.needed)
    names = list(dict.fromkeys(name for _, name in cells))
    kinds = {column.name: column.kind for column in spec.columns}
    lines = sorted({line for line, _ in cells})
    rows = [names]
    for line in lines:
        row = []
        for name in names:
            text = cells[line, name]
            if kinds.get(name) in NUMERIC:
                value = oracle.number(text)
                scale = (
                    10000 if unit == "元" and spec.has_amounts and kinds[name] == "number" else 1
                )
                text = "" if value is None else _plain(value / scale)
            row.append(text)
        rows.append(row)
    with project.path(spec.name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _plain(value: Fraction) -> str:
    from decimal import Decimal, getcontext

    getcontext().prec = 60
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def figures(run: Run) -> dict[str, tuple[str, str | None]]:
    """Every figure as it would be printed, and its exact value."""
    return {
        id: (fact.display, str(fact.value) if fact.defined else None)
        for id, fact in run.facts.items()
    }


def test_no_printed_figure_changes_silently(
    project: Copy,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """A whole run with a spoilt table prints what the same table, written plainly, prints."""
    specs = [spec for run, spec in FILES if run == "2023"]
    for tally, number, random in campaign("whole runs", times(8, 400)):
        spec = random.choice([*specs, *[each for each in specs if each.has_amounts] * 3])
        path = project.path(spec.name)
        original = path.read_bytes()
        content = mutations.spoil_table(random, original)
        path.write_bytes(content)
        with tally.one(number):
            run = project.load()
            if run.errors:
                place = run.errors[0].place
                tally.refused(number, ReportError(run.errors[0].problem, place=place))
            else:
                clean(project, spec, content)
                again = project.load()
                if figures(run) != figures(again) or again.errors:
                    differ = dict(set(figures(run).items()) ^ set(figures(again).items()))
                    tally.wrong.append(f"whole run {number} {spec.name}: {list(differ)[:5]}")
                tally.counts[RIGHT] += 1
        path.write_bytes(original)
    tally.report(record_property)


def test_a_format_shows_what_it_was_put_together_to_show(
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """The number in full with its words, or a refusal where another number is seen."""
    for tally, number, random in campaign("Excel formats", times(400, 20000)):
        code, shown, value = ways.number_format(random)
        with tally.one(number):
            try:
                seen = seen_number(value, code)
            except UnclearFormatError:
                seen = ""
            tally.counts[RIGHT if seen else REFUSED] += 1
            if seen != shown:
                tally.wrong.append(f"format {number}: {value} {code} → {seen!r}, not {shown!r}")
    tally.report(record_property)


def test_a_unit_is_understood_or_refused_wherever_it_is_stated(
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Among titles, names and notes."""
    for tally, number, random in campaign("units", times(200, 10000)):
        texts, meant = ways.unit_texts(random)
        with tally.one(number):
            try:
                unit = stated_unit(texts)
            except UnitError:
                unit = None
            tally.counts[REFUSED if unit is None else RIGHT] += 1
            if unit != meant:
                tally.wrong.append(f"units {number}: {texts} → {unit!r}, not {meant!r}")
    tally.report(record_property)


def test_every_file_of_a_data_folder_is_read_or_named(
    tmp_path: Path,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """However its name came about; a mistyped table is reported by the name it resembles."""
    read = {f"{spec.name}.csv" for spec in (*TABLES, *COUNTED)} | {WORKBOOK}
    for tally, number, random in campaign("unused names", times(40, 2000)):
        name = ways.file_name(random)
        (tmp_path / name).write_text("x", encoding="utf-8")
        with tally.one(number):
            named = {each.place.file: each.resembles for each in unused_in(tmp_path, "x")}
            if (f"x/{name}" in named) == (name in read):
                tally.wrong.append(f"unused names {number}: {name} {named}")
            elif name not in read and named[f"x/{name}"] not in read:
                tally.wrong.append(f"unused names {number}: {name} resembles nothing")
            tally.counts[RIGHT if name in read else REFUSED] += 1
        (tmp_path / name).unlink()
    tally.report(record_property)


def test_no_row_makes_a_whole_run_crash(
    project: Copy,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Rows left out, repeated, blanked and mixed, in a run with every table."""
    demo = project.of("demo-2024")
    specs = [spec for run, spec in FILES if run == "demo-2024"]
    for tally, number, random in campaign("whole demo runs", times(6, 600)):
        path = demo.path(random.choice(specs).name)
        original = path.read_bytes()
        path.write_bytes(mutations.spoil_rows(random, original))
        with tally.one(number):
            errors = demo.load().errors
            tally.counts[REFUSED if errors else RIGHT] += 1
        path.write_bytes(original)
    tally.report(record_property)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_in_a_cell_comes_back_as_it_was_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Whatever Unicode has."""
    folder = tmp_path_factory.mktemp("cell")
    spec = next(spec for spec in TABLES if spec.name == "职责")
    names = [column.name for column in spec.columns]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([names, ["x" if name != "职责" else text for name in names]])
    try:
        (folder / "职责.csv").write_bytes(buffer.getvalue().encode("utf-8"))
    except UnicodeEncodeError:
        return
    try:
        table, errors = read_one(folder, spec)
    except UnreadableInputError:
        return
    shown = [table.string(line, "职责") for line in table.lines]
    assert errors or shown in ([text.strip()], [])
    assert Project(ROOT).notebooks
