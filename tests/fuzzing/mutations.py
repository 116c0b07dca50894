"""Ways to spoil an input: bytes, cells, lines, and ways of writing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from random import Random

NASTY = (
    "", "-", "—", "/", "无", "0", "-0", "1,234.5", "１，２３４．５", "（123）", "12.3%", "1e5",
    "1e400", "NaN", "Infinity", "-Infinity", "0x1F", "1_000", "٣", "②", "1,23", "1.2.3", "--5",
    "(5", "+7", "99999999999999999999", "9" * 200, "0.1234567890123456789", "1 234", "12万",
    "100元", "是", "否", "2023", "2024-02-30", "2023/1/2", "2023年12月31日", "=1+1",
    "=cmd|' /C calc'!A0", "@SUM(1)", "+1+cmd|x!A1", "<script>alert(1)</script>",
    "{execution_rate}", "{{ 7 * 7 }}", "{nothing}", "{", "}", "{a:增减}", "a\nb", 'a"b', "a,b",
    "a;b", "\u202e123", "\u200b", "\ufeff1", "\x07", "\x1b[31m", "‰", "¥5", "$x$", "\\",
    "\u00a05", "１２％", "−5", "(1,234.50)", "注：说明", "单位：元", "长" * 3000,
)  # fmt: skip
"""Cells as nobody should write them, and some that people do write."""

LINES = (
    "year: 2023", "year: '2023'", "year: 02023", "year: 1:30", "year: 1e3", "year: 2023-01-01",
    "data: ../..", "data: /etc", "data: data/2023", "data: C:\\x", "notice: !!python/object:os.x",
    "notice: *a", "notice: &a x", "notice: [1", "status: 定稿", "status: 完成", 'head: "\\e[31m"',
    "head: '=1+1'", "report_date: 2024-99-99", "earlier_runs: [x, x]", "earlier_runs: ['../a']",
    "rubric: ../../x", "unknown: 1", "draft: yes", "stage: 监控", "execution_rate_floor: 90",
    'execution_rate_floor: "90"', 'execution_rate_floor: "1e400"', 'head: "\\ud800"', "- a",
    "? b", "<<: {year: 1}", "notice: |", "\tnotice: x", 'notice: "a\\u202eb"',
    "year: " + "9" * 5000, "head: " + "[" * 200, "{a: b}", "%YAML 9.9", "---", "...",
    "notice: .nan", "notice: ~",
)  # fmt: skip
"""Lines for a file of parameters."""


def spoil_bytes(random: Random, content: bytes) -> bytes:
    """Flip, cut out, repeat or put in some bytes."""
    data = bytearray(content)
    for _ in range(random.choice((1, 1, 1, 2, 5, 20))):
        at = random.randrange(len(data) + 1)
        kind = random.randrange(5)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << random.randrange(8)
        elif kind == 1:
            del data[at : at + random.choice((1, 1, 3, 40))]
        elif kind == 2:
            data[at:at] = data[at : at + random.choice((1, 3, 40))]
        elif kind == 3:
            data[at:at] = bytes(random.choices(b'",\n\r\t;\xef\xbb\xbf\x00\xff\x81 -0129', k=2))
        else:
            del data[at:]
    return bytes(data)


def spoil_table(random: Random, content: bytes) -> bytes:  # noqa: C901 - one way to spoil a line
    """Spoil a CSV: some cells, its shape, its way of writing, or its bytes."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    for _ in range(random.choice((0, 1, 1, 1, 2, 6))):
        row = random.choice(rows[1:] or rows)
        if row:
            row[random.randrange(len(row))] = random.choice(NASTY)
    shape = random.randrange(14)
    if shape == 0:
        rows.insert(0, ["单位：元", *[""] * (len(rows[0]) - 1)])
    elif shape == 1:
        rows.insert(0, ["单位：万元"])
    elif shape == 2:
        rows.append(["注：数据来自决算", *[""] * (len(rows[0]) - 1)])
    elif shape == 3:
        rows[0].append(random.choice([*rows[0], "电话"]))
        rows = [rows[0], *([*row, "x"] for row in rows[1:])]
    elif shape == 4:
        order = random.sample(range(len(rows[0])), len(rows[0]))
        rows = [[row[at] for at in order if at < len(row)] for row in rows]
    elif shape == 5:
        random.choice(rows).append("多")
    elif shape == 6:
        rows.insert(random.randrange(len(rows)), [""] * len(rows[0]))
    elif shape == 7:
        rows = [[cell.center(len(cell) + 2, "\u3000") for cell in row] for row in rows]
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=random.choice(",,,,\t;"),
        quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        lineterminator=random.choice(("\n", "\r\n", "\r")),
    )
    writer.writerows(rows)
    encoding = random.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"))
    written = buffer.getvalue().encode(encoding, "replace")
    return spoil_bytes(random, written) if random.random() < 0.4 else written


def spoil_rows(random: Random, content: bytes) -> bytes:
    """Spoil a CSV that stays one: rows left out, repeated, made up, cells blanked and mixed."""
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for _ in range(random.choice((1, 1, 2, 3))):
        row, other = random.choice(rows or [head]), random.choice(rows or [head])
        at, kind = random.randrange(len(head)), random.randrange(6)
        if kind == 0:
            rows = random.sample(rows, random.randrange(len(rows) + 1))
        elif kind == 1:
            rows.append(list(row))
        elif kind == 2:
            rows.append([random.choice((*NASTY, *[""] * 40)) for _ in head])
        elif kind == 3:
            row[at] = ""
        elif kind == 4:
            row[at] = other[at]
        else:
            row[at] = random.choice(NASTY)
    buffer = io.StringIO()
    csv.writer(buffer).writerows([head, *rows])
    return buffer.getvalue().encode()


def spoil_lines(random: Random, content: bytes) -> bytes:
    """Spoil a YAML file: its lines or its bytes."""
    lines = content.decode("utf-8").splitlines()
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(lines))
        kind = random.randrange(9)
        if kind >= 5:
            lines = _gently(random, lines, at)
        elif kind == 0:
            lines[at] = random.choice(LINES)
        elif kind == 1:
            lines.insert(at, random.choice(LINES))
        elif kind == 2:
            lines.insert(at, random.choice(lines))
        elif kind == 3:
            del lines[at]
            lines = lines or [""]
        else:
            key, colon, _ = lines[at].partition(":")
            lines[at] = f"{key}{colon} {random.choice(NASTY)}"
    written = ("\n".join(lines) + "\n").encode()
    return spoil_bytes(random, written) if random.random() < 0.3 else written


def _gently(random: Random, lines: list[str], at: int) -> list[str]:
    """Change lines in ways people do, most of which are right."""
    key, colon, value = lines[at].partition(":")
    if value.strip().startswith('"'):
        said = random.choice(("张三", "90.5", " a b ", "2024-03-15", "“引号”", "1,000", ""))
        lines[at] = f'{key}{colon} "{said}"'
    elif not lines[at].startswith(" "):
        lines.insert(at, random.choice(("", "# 说明", "  ", "# a: b")))
    return lines


def spoil_workbook(random: Random, content: bytes) -> bytes:
    """Spoil a workbook: the cells in its XML, a part of it, or the bytes of the archive."""
    if random.random() < 0.2:
        return spoil_bytes(random, content)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        victim = random.choice([name for name in old.namelist() if name.endswith(".xml")])
        sheets = [name for name in old.namelist() if name.startswith("xl/worksheets/")]
        victim = random.choice([victim, *sheets * 4])
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _spoil_xml(random, data) if name == victim else data)
    return made.getvalue()


def _spoil_xml(random: Random, data: bytes) -> bytes:
    kind = random.randrange(6)
    values = list(re.finditer(rb"<v>([^<]*)</v>", data))
    if kind <= 2 and values:
        hit = random.choice(values)
        plain = [text for text in NASTY if not set(text) & set("<&\x07\x1b")]
        value = random.choice(plain).encode("utf-8", "replace")
        if random.random() < 0.3:
            value = hit[1].replace(random.choice(b"0123456789.").to_bytes(1, "big"), b"7")
        return data[: hit.start(1)] + value + data[hit.end(1) :]
    cells = list(re.finditer(rb"<c [^>]*>.*?</c>", data))
    if kind == 3 and cells:
        hit = random.choice(cells)
        return data[: hit.end()] + hit[0] + data[hit.end() :]
    if kind == 4 and cells:
        hit = random.choice(cells)
        kinds = (b"n", b"s", b"str", b"b", b"e", b"inlineStr", b"d", b"x")
        changed = re.sub(rb't="[^"]*"', b't="' + random.choice(kinds) + b'"', hit[0])
        return data[: hit.start()] + changed + data[hit.end() :]
    return spoil_bytes(random, data)


def spoil_figures(random: Random, content: bytes) -> bytes:
    """Spoil a list of published figures for `report audit`."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    head, row = rows[0], list(random.choice(rows[1:]))
    for _ in range(random.choice((1, 1, 2))):
        at = random.randrange(1, min(len(head), len(row)))
        name = head[at]
        if name == "inputs" and random.random() < 0.7:
            old = random.choice(re.findall(r'"[^"]*"', row[at]) or ['"'])
            nasty = random.choice((*NASTY, "123.45", "0", "1000"))
            row[at] = row[at].replace(old, random.choice((f'"{nasty}"', nasty)), 1)
        elif name in {"published", "inputs", "decimals", "kind"}:
            row[at] = random.choice((*NASTY, "1", "2", "99.63", "exec_rate", "[[[[", '{"a": 1}'))
    buffer = io.StringIO()
    csv.writer(buffer).writerows([head, row])
    written = buffer.getvalue().encode("utf-8", "replace")
    return spoil_bytes(random, written) if random.random() < 0.2 else written
