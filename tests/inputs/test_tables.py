"""Input tables: read exactly, every cell with its place, every fault named."""

from fractions import Fraction

import pytest
from project_copies import Copy

from helpers.errors import UnreadableInputError
from helpers.inputs.schema import TABLES
from helpers.inputs.schema.report import BUDGET, NARRATIVE
from helpers.inputs.table_files import read_tables
from helpers.inputs.tables import Table

HEAD = "支出类别,年初预算数,全年预算数,全年执行数,年末结转结余数\n"


def read(project: Copy, content: str | bytes) -> tuple[Table, list[str]]:
    """Write the budget table and read it; give it and what is wrong with it."""
    data = content.encode() if isinstance(content, str) else content
    project.path("预算执行").write_bytes(data)
    tables, errors = read_tables(project.root / "data" / "2023", "data/2023", (BUDGET,))
    return tables["预算执行"], [str(error) for error in errors]


def test_a_cell_keeps_its_text_its_exact_value_and_its_place(project: Copy) -> None:
    """Text first, then exact; blank is None, never zero."""
    table, errors = read(project, HEAD + '基本支出,,5275.741749,"5,275.74",\n')
    assert not errors
    assert table.value(2, "全年预算数") == Fraction(5275741749, 10**6)
    assert table.value(2, "全年执行数") == Fraction(527574, 100)
    assert table.value(2, "年初预算数") is None
    source = table.source(2, "全年预算数")
    assert str(source) == "data/2023/预算执行.csv 第2行 “全年预算数”列“5275.741749”"


def test_lines_are_those_an_editor_shows(project: Copy) -> None:
    """Blank lines and cells that break lines do not shift the rest."""
    project.path("叙述").write_text(
        '段落,条件,文字,依据\n\n甲,,"两\n行",单位自述\n乙,,一行,单位自述\n', encoding="utf-8"
    )
    tables, _ = read_tables(project.root / "data" / "2023", "data/2023", (NARRATIVE,))
    assert list(tables["叙述"].lines) == [3, 5]


def test_a_byte_order_mark_is_no_part_of_the_header(project: Copy) -> None:
    """Excel's “CSV UTF-8” begins with one."""
    table, errors = read(project, b"\xef\xbb\xbf" + (HEAD + "基本支出,,1,1,\n").encode())
    assert not errors
    assert len(table) == 1


def test_columns_that_no_table_declares_are_dropped(project: Copy) -> None:
    """They never reach the run."""
    table, _ = read(project, HEAD.strip() + ",电话\n基本支出,,1,1,,13800000000\n")
    assert "电话" not in table.texts


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "文件是空的"),
        ("支出类别,年初预算数\n", "第1行：缺少列：全年预算数、全年执行数"),
        (
            HEAD.strip().replace("年初预算数", "年初预算") + "\n",
            "没有名为“年初预算”的列（是否应为“年初预算数”）",
        ),
        (HEAD.strip() + ",全年预算数\n", "第1行：列名重复：全年预算数"),
        (HEAD + "基本支出,1,2\n", "第2行：这一行有 3 格，表头有 5 格"),
        (HEAD + '基本支出,"1,2,3,\n', "第2行：引号不配对"),
        (HEAD.encode("utf-16"), "是 UTF-16 编码，或不是文本文件（请用 Excel 另存为“CSV UTF-8”）"),
        (HEAD.encode() + b"\0", "是 UTF-16 编码，或不是文本文件"),
        (b"\xff\xff\xff", "不是 UTF-8 或 GBK 编码"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    project: Copy, content: str | bytes, said: str
) -> None:
    """With file, line, what is wrong and what to do."""
    with pytest.raises(UnreadableInputError) as caught:
        read(project, content)
    assert str(caught.value).startswith("data/2023/预算执行.csv")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("基本支出,,五千,1,", "第2行 “全年预算数”列：“五千”写法不对（应为数字，如 5275.741749）"),
        ("基本支出,,12万,1,", "“12万”写法不对"),
        ("基本支出,,12%,1,", "“12%”写法不对"),
        ("基本支出,,1-2,1,", "“1-2”写法不对"),
        ("基本支出,,—,1,", "第2行 “全年预算数”列：必填，现为空"),
        ("基本支出,,1e400,1,", "“1e400”写法不对"),
        ("基本支出,,NaN,1,", "“NaN”写法不对"),
        ("基本支出,,,1,", "第2行 “全年预算数”列：必填，现为空"),
        ("经营支出,,1,1,", "“经营支出”不在可选范围内（可填：基本支出、项目支出"),
    ],
)
def test_a_wrong_cell_is_an_error_at_its_place(project: Copy, row: str, said: str) -> None:
    """File, line, column, what stands there and what should."""
    _, errors = read(project, HEAD + row + "\n")
    assert len(errors) == 1
    assert said in errors[0]


def test_all_wrong_cells_are_reported_at_once(project: Copy) -> None:
    """Nobody mends one cell only to hear of the next."""
    _, errors = read(project, HEAD + "基本支出,x,y,z,\n项目支出,,,1,\n")
    assert len(errors) == 4


@pytest.mark.parametrize(
    ("table", "row", "column", "text", "said"),
    [
        ("人员", 0, "人数", "88.5", "“88.5”写法不对（应为非负整数）"),
        ("人员", 0, "人数", "-1", "“-1”写法不对"),
        ("人员", 1, "编号", "administrative", "“administrative”与前面的行重复"),
        ("人员", 0, "编号", "行政", "“行政”写法不对（应为小写英文字母"),
        ("指标完成", 0, "同比增长", "百分之十", "“百分之十”写法不对（应为百分数，如 11.4%）"),
        ("绩效工作", 0, "所写年度", "21", "“21”写法不对（应为四位年度，如 2023）"),
    ],
)
def test_each_kind_of_cell_refuses_what_it_is_not(  # noqa: PLR0917 - one case a row
    project: Copy, table: str, row: int, column: str, text: str, said: str
) -> None:
    """Counts are whole, ids unique, rates and years written as such."""
    project.set(table, row, column, text)
    _, errors = read_tables(project.root / "data" / "2023", "data/2023", TABLES)
    assert [said in str(error) for error in errors] == [True]


def test_a_missing_table_says_what_header_it_wants(project: Copy) -> None:
    """So that it can be made at once."""
    project.path("人员").unlink()
    with pytest.raises(
        UnreadableInputError, match=r"人员.csv：找不到这个文件（表头为 编号,人员类别"
    ):
        project.load()


def test_a_run_may_do_without_an_optional_table(project: Copy) -> None:
    """It then has no rows, and nothing is wrong with it."""
    project.path("公开比率").unlink()
    run = project.load()
    assert not run.tables["公开比率"].given
    assert not run.errors


def test_a_column_that_may_be_blank_may_be_left_out(project: Copy) -> None:
    """Its cells then count as blank."""
    table, errors = read(project, "支出类别,全年预算数,全年执行数\n基本支出,2,1\n")
    assert not errors
    assert table.string(2, "年初预算数") == ""
    assert table.value(2, "年初预算数") is None


def test_a_missing_folder_points_to_the_parameter(project: Copy) -> None:
    """The folder is named by `data`."""
    project.param("data", "data: data/2033")
    with pytest.raises(
        UnreadableInputError, match="data/2033：找不到数据文件夹（请核对参数 data）"
    ):
        project.load()
