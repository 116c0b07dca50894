"""What 示例乡 has to work with: 三公经费, 公用经费, 政府采购, 编制, funds, key projects."""

from __future__ import annotations

from random import Random

from made_up.money import about, portion, wan
from made_up.money_story import Money, Rows

EXPENSES = {
    "因公出国（境）": 0,
    "公务用车购置": 0,
    "公务用车运行维护": 12.6,
    "公务接待": 1.8,
}
OPERATING = {"办公费": 86, "水电费": 54, "差旅费": 18, "培训费": 12, "其他商品和服务": 95}
PROCUREMENT = {"货物": 64, "工程": 380, "服务": 210}
POSTS = {"行政编制": 62, "事业编制": 38}
KEY = ("roads", "community", "elderly")


def _drawn(seed: int, year: int, usual: dict[str, float]) -> dict[str, tuple[int, int]]:
    """Budget and what was spent of it, by row; a year draws the same whoever asks."""
    random = Random(f"{seed}-resources-{year}-{next(iter(usual))}")
    budgets = {row: about(random, each) if each else 0 for row, each in usual.items()}
    return {row: (each, portion(random, each, 0.90, 0.99)) for row, each in budgets.items()}


def expense_rows(seed: int, year: int) -> Rows:
    """三公经费: last year's budget and final account beside this year's, and the totals."""
    last, now = _drawn(seed, year - 1, EXPENSES), _drawn(seed, year, EXPENSES)
    head = ["项目", "上年预算数", "上年决算数", "本年预算数", "本年决算数"]
    rows = [(row, *last[row], *now[row]) for row in EXPENSES]
    return [head, *_with_total(rows)]


def operating_rows(seed: int, year: int) -> Rows:
    """公用经费."""
    return [["项目", "上年决算数", "预算数", "决算数"], *_with_total(_three(seed, year, OPERATING))]


def procurement_rows(seed: int, year: int) -> Rows:
    """政府采购."""
    rows = _with_total(_three(seed, year, PROCUREMENT))
    return [["类别", "上年决算数", "预算数", "执行数"], *rows]


def _three(seed: int, year: int, usual: dict[str, float]) -> list[tuple[str, int, int, int]]:
    last, now = _drawn(seed, year - 1, usual), _drawn(seed, year, usual)
    return [(row, last[row][1], *now[row]) for row in usual]


def _with_total(rows: list[tuple[str, *tuple[int, ...]]]) -> Rows:
    columns = list(zip(*(amounts for _, *amounts in rows), strict=True))
    listed = [*rows, ("合计", *map(sum, columns))]
    return [[name, *map(wan, amounts)] for name, *amounts in listed]


def post_rows(staff: Rows) -> Rows:
    """编制, beside the people of 人员 who hold them."""
    held = {row[0]: row[3] for row in staff[1:]}
    counts = (held["administrative"], held["public_institution"])
    rows = [[kind, str(POSTS[kind]), count] for kind, count in zip(POSTS, counts, strict=True)]
    return [["类别", "编制数", "在职人数"], *rows]


def fund_rows(year: Money) -> Rows:
    """资金来源: the township has appropriations alone."""
    parts = (year.initial, year.budget, year.executed)
    return [
        ["来源", "年初预算数", "全年预算数", "全年执行数"],
        ["财政拨款", *(wan(sum(part.values())) for part in parts)],
    ]


def economic_rows(seed: int, year: int, spent: Money) -> Rows:
    """经济分类: the classes of basic spending, whose 302 is 公用经费, and of the projects."""
    operating = _drawn(seed, year, OPERATING).values()
    columns = []
    for at, part in enumerate((spent.budget, spent.executed)):
        basic, whole = part["basic"], sum(part.values())
        everyday, families = sum(each[at] for each in operating), basic // 25
        building = (whole - basic) * 2 // 5
        bought = everyday + whole - basic - building
        columns.append([whole - bought - families - building, bought, families, building])
    named = {
        "301": "工资福利支出",
        "302": "商品和服务支出",
        "303": "对个人和家庭的补助",
        "310": "资本性支出",
    }
    return [
        ["科目编码", "科目名称", "预算数", "决算数"],
        *(
            [code, name, *map(wan, amounts)]
            for (code, name), amounts in zip(named.items(), zip(*columns, strict=True), strict=True)
        ),
    ]


def key_project_rows(projects: Rows, *, bad_year: bool) -> Rows:
    """重点项目, from the rows of 项目自评; in the bad year one of them lags."""
    head = ["项目名称", "预算数", "执行数", "完成", "按时完成", "质量达标", "按进度支付"]
    rows = []
    for id, name, *row in projects[1:]:
        if id in KEY:
            done = "否" if bad_year and id == "community" else "是"
            rows.append([name, row[3], row[4], *[done] * 4])
    return [head, *rows]
