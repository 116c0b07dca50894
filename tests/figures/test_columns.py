"""Columns of exact numbers: ordinary pandas columns that know where every number comes from."""
# ruff: noqa: ANN401, SLF001 - a column, a number or an operator is passed as it comes

from __future__ import annotations

import csv
import io
import operator
import pickle
import tracemalloc
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies
from openpyxl import load_workbook

from helpers.errors import Place
from helpers.figures.arithmetic import larger, rounded, smaller, total
from helpers.figures.columns import (
    NumberArray,
    NumberDtype,
    inks,
    labelled,
    read_column,
)
from helpers.figures.conversions import in_yi, in_yuan
from helpers.figures.exact import parse
from helpers.figures.histories import Read
from helpers.figures.number import PERCENT, InexactNumberError, number
from helpers.figures.ratios import difference, execution_rate, rate_score
from helpers.figures.units import UnitMismatchError

mpl.use("Agg")
FILE, NAMES = "data/项目.csv", ["道路", "绿化", "图书馆", "路灯"]


def read(
    column: str, *texts: str, unit: str = "万元", names: list[str] | None = None
) -> NumberArray:
    """A column of an input file."""
    names = NAMES[: len(texts)] if names is None else names
    values = [parse(text) if text else None for text in texts]
    lines = range(2, len(texts) + 2)
    return read_column(Read(texts, values, FILE, lines, column, unit, names))


def series(*texts: str, unit: str = "万元", column: str = "支出") -> pd.Series:
    """The same as a Series."""
    return pd.Series(read(column, *texts, unit=unit), name=column)


@pytest.fixture
def table() -> pd.DataFrame:
    """Four projects; one blank, one zero divisor."""
    return pd.DataFrame(
        {
            "领域": ["城建", "城建", "文化", "城建"],
            "支出": read("支出", "1", "1,722.40", "", "0.1"),
            "预算": read("预算", "3", "2000", "50", "0"),
        },
        index=NAMES,
    )


# ---- what was read
def test_a_read_number_names_its_cell() -> None:
    """Label, place, text, digits."""
    made = read("支出", "1,722.4")[0]
    assert made.label == "道路支出"
    assert made.cell is not None
    assert made.cell.place == Place(FILE, 2, "支出")
    assert (made.cell.text, made.display, made.exact) == ("1,722.4", "1,722.40", "1722.400000")


def test_a_number_of_another_unit_shows_its_digits_as_typed() -> None:
    """Money has two digits; a count has none."""
    assert [each.display for each in read("人数", "1200", "3.5", unit="人")] == ["1,200", "3.5"]


def test_a_row_without_name_is_named_by_its_line() -> None:
    """A label needs no name column."""
    assert read("支出", "1", names=[])[0].label == "第2行支出"


def test_a_text_in_another_way_of_writing_keeps_its_plain_number() -> None:
    """壹佰元 in 万元 is 0.01."""
    values, plain = [Fraction(1, 100)], ["0.01"]
    made = read_column(Read(["壹佰元"], values, FILE, [2], "支出", "万元", (), plain, "表一"))[0]
    assert made == number("0.01")
    assert made.cell is not None
    assert (made.cell.plain, made.cell.place.sheet) == ("0.01", "表一")


def test_a_blank_cell_has_a_reason() -> None:
    """It is missed under its label and place."""
    made = read("支出", "")[0]
    assert (made.value, made.lack) == (None, "missing")
    assert made.reason == f"道路支出未填（{FILE} 第2行 “支出”列）"


def test_a_text_that_is_no_number_is_refused() -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="约三"):
        read("支出", "约三")


# ---- arithmetic
def test_a_column_computes_exactly_and_keeps_its_formula(table: pd.DataFrame) -> None:
    """Each row's number is what the numbers alone would give."""
    rate = table["支出"] / table["预算"] * PERCENT
    assert rate.dtype == NumberDtype("%")
    assert rate.iloc[0].value == Fraction(100, 3)
    assert rate.iloc[0].formula == "道路支出 ÷ 道路预算 × 100%"
    assert [cell.place.column for cell in rate.iloc[0].sources] == ["支出", "预算"]


def test_a_zero_divisor_and_a_blank_give_a_reason(table: pd.DataFrame) -> None:
    """A row without value says why, and the others are computed."""
    rate = table["支出"] / table["预算"]
    assert rate["路灯"].reason == "路灯预算为零"
    assert rate["图书馆"].reason.startswith("图书馆支出未填")
    assert rate["绿化"].value == Fraction("0.8612")


@pytest.mark.parametrize("other", [2, Fraction(2), number("2"), np.int64(2)], ids=repr)
@pytest.mark.parametrize("op", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_whole_numbers_and_fractions_compute_from_both_sides(op: Any, other: Any) -> None:
    """A column on the left, on the right."""
    column = series("1.5", "3")
    ours = number(other)
    assert list(op(column, other)) == [op(each, ours) for each in column]
    assert list(op(other, column)) == [op(ours, each) for each in column]


@pytest.mark.parametrize("inexact", [0.5, np.float64(0.5), [0.5, 1.0], np.array([0.5, 1.0])])
def test_a_float_is_refused(inexact: Any) -> None:
    """Arithmetic, comparison, assignment."""
    column = series("1", "2")
    for op in (operator.mul, operator.lt):
        with pytest.raises(InexactNumberError, match="浮点数"):
            op(column, inexact)
    with pytest.raises(InexactNumberError):
        column.array[:] = inexact


def test_a_text_is_no_number_to_compute_with() -> None:
    """Unless it is that of a decimal, which stands for one everywhere."""
    assert (series("1") * "0.5").iloc[0] == number("0.5")
    with pytest.raises(TypeError, match="“道路”不是数字"):
        _ = series("1") * "道路"


def test_the_row_by_row_functions_take_columns_and_numbers() -> None:
    """Sum, smaller, larger, rounded; the index stays."""
    one, two = series("1.005", "-3"), series("2", "")
    one.index = two.index = ["甲", "乙"]
    assert list(smaller(one, 1)) == [1, -3]
    assert [each.value for each in larger(one, two)] == [2, None]
    assert total(one, two, 1).iloc[0] == number("4.005")
    assert list(rounded(one, 2).index) == ["甲", "乙"]
    assert rounded(one, 2).iloc[0].formula == "四舍五入（道路支出，2位小数）"
    assert list(one.array.round(2)) == list(round(one, 2)) == [number("1.01"), -3]


def test_rows_of_other_tables_are_not_mixed() -> None:
    """Row by row means the same rows."""
    with pytest.raises(ValueError, match="行不同"):
        total(series("1"), series("1").set_axis(["甲"]))
    for op in (operator.add, operator.lt, smaller):
        with pytest.raises(ValueError, match="行数不同"):
            op(read("支出", "1"), read("预算", "1", "2"))
    with pytest.raises(TypeError, match="整张表"):
        total(series("1").to_frame(), 1)


def test_a_number_meets_a_table() -> None:
    """Number with DataFrame, from both sides."""
    frame = pd.DataFrame({"支出": series("1", "2")})
    assert list((number(2) * frame)["支出"]) == list((frame * number(2))["支出"]) == [2, 4]


# ---- many rows
def test_statistics_are_exact_and_name_their_rows(table: pd.DataFrame) -> None:
    """Sum, smallest, largest, mean, median."""
    budget = table["预算"]
    assert budget.sum() == 2053
    assert budget.sum().formula == "合计（道路预算，绿化预算，图书馆预算，路灯预算）"
    assert (budget.min(), budget.max()) == (0, 2000)
    assert budget.mean() == Fraction(2053, 4)
    assert budget.median() == Fraction(53, 2)
    assert len(budget.median().sources) == 4
    assert budget.iloc[:1].min() == 3


def test_of_no_rows_the_sum_is_zero_and_the_rest_unknown(table: pd.DataFrame) -> None:
    """An empty selection is no error."""
    none = table["预算"].iloc[:0]
    assert (none.sum().value, none.sum().unit) == (0, "万元")
    assert none.mean().reason == none.median().reason == "没有数据"


def test_groups_are_summed_with_their_rows(table: pd.DataFrame) -> None:
    """Every statistic of a group, exact, with its cells."""
    groups = table.groupby("领域")["预算"]
    assert groups.sum()["城建"].formula == "合计（道路预算，绿化预算，路灯预算）"
    for how in ("sum", "min", "max", "mean", "median", "first", "last"):
        result = getattr(groups, how)()
        assert result.dtype == NumberDtype("万元")
        assert result["文化"] == 50
    assert list(groups.size()) == list(groups.count()) == [3, 1]
    assert list(groups.cumsum()) == [3, 2003, 50, 2003]
    assert len(groups.cumsum().iloc[3].sources) == 3
    assert list(table.groupby("领域")["预算"].agg(["sum", "max"])["max"]) == [2000, 50]


def test_columns_are_summed_across(table: pd.DataFrame) -> None:
    """`axis=1` is a sum of each row's numbers, with their cells; units are checked there too."""
    across = table[["支出", "预算"]].sum(axis=1)
    assert across["道路"].formula == "合计（道路支出，道路预算）"
    assert across["图书馆"].lack == "missing"
    with pytest.raises(UnitMismatchError):
        table.assign(人数=read("人数", *"1234", unit="人"))[["支出", "人数"]].sum(axis=1)


def test_shares_of_groups_and_running_sums_keep_to_the_rows(table: pd.DataFrame) -> None:
    """What pandas spreads over the rows of a group; a row of no group has no value."""
    share = table["预算"] / table.groupby("领域")["预算"].transform("sum")
    assert share["绿化"].value == Fraction(2000, 2003)
    keys = [None, "b", "a", "b"]
    so_far = table.groupby(pd.Series(keys, table.index))["预算"].cumsum()
    assert [each.value for each in so_far] == [None, 2000, 50, 2000]
    pivot = table.pivot_table(values="预算", index="领域", aggfunc="sum", margins=True)["预算"]
    assert list(pivot) == [2003, 50, 2053]


def test_the_rows_so_far_are_summed_in_little_memory() -> None:
    """The history of a running sum grows with its rows, not with their square."""
    ones = Read(["1"] * 20_000, [Fraction(1)] * 20_000, FILE, range(20_000), "支出")
    column = pd.Series(read_column(ones))
    tracemalloc.start()
    so_far = column.cumsum()
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 5_000_000
    assert so_far.iloc[99].value == 100
    assert so_far.iloc[2].formula == "合计（第0行支出，第1行支出，第2行支出）"
    assert list(series("3", "1", "2").cummin()) == [3, 1, 1]
    assert [each.value for each in series("1", "", "2").cumsum()] == [1, None, None]


@pytest.mark.parametrize("name", ["std", "var", "prod", "sem", "skew", "kurt", "any", "quantile"])
def test_what_would_be_a_float_is_refused(name: str, table: pd.DataFrame) -> None:
    """Of a column and of groups, with what to do instead."""
    with pytest.raises(InexactNumberError, match=rf"没有 {name}.*inks"):
        getattr(table["预算"], name)()
    if name != "kurt":
        with pytest.raises(InexactNumberError):
            getattr(table.groupby("领域")["预算"], name)()


def test_describe_rolling_and_correlation_are_refused(table: pd.DataFrame) -> None:
    """What pandas computes in floats never begins."""
    with pytest.raises(InexactNumberError):
        table["预算"].describe()
    with pytest.raises(InexactNumberError):
        table["预算"].corr(table["支出"])
    with pytest.raises(Exception, match=r"number|numeric"):
        table["预算"].rolling(2).mean()


@settings(max_examples=50, deadline=None)
@given(strategies.data())
def test_values_and_histories_agree(data: strategies.DataObject) -> None:
    """Whatever is done to a column, each row's formula gives the value the column holds."""
    texts = strategies.lists(
        strategies.sampled_from(["1", "-0.5", "0", "", "3.333333"]), min_size=3, max_size=5
    )
    column = read("支出", *data.draw(texts), names=[])
    for step in data.draw(strategies.lists(strategies.sampled_from(STEPS), max_size=4)):
        column = step(column)
    assert column.texts() == [each.exact for each in column]


def _changed(column: NumberArray) -> NumberArray:
    column = column.copy()
    column[[0, -1]] = [Fraction(1, 3), None]
    return column


STEPS = (
    lambda column: column + column[::-1],
    lambda column: 2 - column,
    lambda column: column / column[::-1] * number(3),
    lambda column: (column * Fraction(2, 7)).round(1),
    abs,
    lambda column: pd.Series(column).cumsum().array,
    lambda column: pd.Series(column).groupby(np.arange(len(column)) % 2).cummax().array,
    lambda column: pd.concat([pd.Series(column[:2]), pd.Series(column[1:])]).array,
    lambda column: column.take([2, -1, 0, 1], allow_fill=True),
    lambda column: column[np.argsort(column)],
    lambda column: pd.Series(column).shift(1, fill_value=number(8)).array,
    lambda column: labelled(column, "甲"),
    _changed,
)
"""What may be done to a column of three rows or more."""


# ---- order and choice
def test_order_is_exact_where_floats_tie() -> None:
    """Two numbers one float apart in no digit are still sorted, ranked and compared."""
    column = series("0.30000000000000000002", "0.30000000000000000001", "", "0.3", "-1")
    assert list(column.sort_values().index) == [4, 3, 1, 0, 2]
    assert list(column.sort_values(ascending=False).index) == [0, 1, 3, 4, 2]
    assert list(column.dropna().rank()) == [4, 3, 2, 1]
    assert (column.idxmax(), column.idxmin()) == (0, 4)
    assert list(series("2", "1", "3").nlargest(3)) == [3, 2, 1]


def test_a_blank_compares_as_nothing(table: pd.DataFrame) -> None:
    """Masks are plain booleans, a blank is never in them."""
    assert list(table["支出"] > 1) == [False, True, False, False]
    assert list(table["支出"] <= table["预算"]) == [True, True, False, False]
    assert list(table["支出"] == 1) == [True, False, False, False]
    assert list(table["支出"] == "1") == [True, False, False, False]
    assert list(table["支出"] == "道路") == [False] * 4
    assert table[table["支出"] > 1].index == ["绿化"]
    with pytest.raises(InexactNumberError):
        _ = table["支出"] == 0.1


def test_concat_merge_and_take_keep_every_source(table: pd.DataFrame) -> None:
    """A row goes on knowing its cell wherever it moves."""
    both = pd.concat([table["支出"], table["预算"]])
    assert both.dtype == NumberDtype("万元")
    assert both.iloc[4].cell.place.column == "预算"
    merged = table[["支出"]].merge(
        pd.DataFrame({"名": ["x"]}, index=["绿化"]),
        "right",
        None,
        left_index=True,
        right_index=True,
    )
    assert merged["支出"].iloc[0].label == "绿化支出"
    wider = table["支出"].reindex(["绿化", "桥"])
    assert (wider["绿化"].label, wider["桥"].value) == ("绿化支出", None)
    assert list(pd.concat([table["预算"], pd.Series([7])]))[-1] == 7


def test_unstacking_leaves_blanks(table: pd.DataFrame) -> None:
    """A pivot keeps the type; what is not there is a number without value."""
    wide = table.set_index("领域", append=True)["预算"].unstack()  # noqa: PD010 - what is tested
    assert set(wide.dtypes) == {NumberDtype("万元")}
    assert wide.loc["道路", "城建"].label == "道路预算"
    assert wide["文化"].dropna().index.tolist() == ["图书馆"]


# ---- what if
def test_a_number_put_in_is_a_number_of_its_own(table: pd.DataFrame) -> None:
    """The other rows keep their cells; what was computed before does not move."""
    before = table["预算"].sum()
    rate = table["支出"] / table["预算"]
    table.loc["路灯", "预算"] = number("100.5")
    assert table.loc["路灯", "预算"].cell is None
    assert table.loc["道路", "预算"].cell is not None
    assert (before, table["预算"].sum()) == (2053, Fraction("2153.5"))
    assert rate["路灯"].reason == "路灯预算为零"
    table.loc["绿化", "预算"] = None
    assert table["预算"].isna().tolist() == [False, True, False, False]
    assert labelled(table["预算"] + 1, "加一")["路灯"].label == "路灯加一"


def test_views_see_what_is_put_in_and_copies_do_not() -> None:
    """As pandas has it, with copy on write."""
    column = read("支出", "1", "2")
    view, copy = column[:], column.copy()
    column[0] = 5
    assert (view[0], copy[0], copy[0].label) == (5, 1, "道路支出")
    one = series("1", "2")
    other = one.iloc[:]
    other.iloc[0] = 9
    assert (one.iloc[0], other.iloc[0]) == (1, 9)
    column._readonly = True
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 1


# ---- ink and files
def test_a_column_never_becomes_floats_unseen() -> None:
    """`inks` is the one way, and says so."""
    column = series("1.5", "")
    for become in (
        lambda: column.astype(float),
        lambda: column.to_numpy(float),
        lambda: np.asarray(column, int),
    ):
        with pytest.raises(InexactNumberError, match="inks"):
            become()
    with pytest.raises(TypeError):
        float(column.iloc[0])
    assert inks(column)[0] == 1.5
    assert np.isnan(inks(column)[1])


@pytest.mark.parametrize("kind", ["line", "bar", "barh", "area", "pie", "box"])
def test_every_kind_of_plot_draws_a_column(kind: str) -> None:
    """A Series, and a table by its columns' names."""
    from matplotlib import pyplot as plt

    column = series("1", "3", "2.5")
    axes = column.plot(kind=kind)
    if kind.startswith("bar"):
        sides = [
            patch.get_width() if kind == "barh" else patch.get_height() for patch in axes.patches
        ]
        assert sides == [1.0, 3.0, 2.5]
    plt.close("all")


def test_a_table_is_plotted_by_its_columns(table: pd.DataFrame) -> None:
    """With a blank, and with numbers on both axes."""
    from matplotlib import pyplot as plt

    widths = [bar.get_width() for bar in table.plot.barh(y="支出").patches]
    assert widths[:2] == [1.0, 1722.4]
    table.plot.scatter(x="支出", y="预算")
    plt.close("all")


def test_matplotlib_draws_a_column_itself(table: pd.DataFrame) -> None:
    """Bars, lines, single numbers."""
    from matplotlib import pyplot as plt

    _, axes = plt.subplots()
    bars = axes.bar(["a", "b"], series("1", "2.5"))
    assert [bar.get_height() for bar in bars] == [1.0, 2.5]
    axes.plot([0, 1, 2, 3], table["支出"])
    axes.axhline(number("1.25"))
    axes.figure.canvas.draw()
    plt.close("all")


def test_a_csv_holds_every_digit(table: pd.DataFrame) -> None:
    """Finite decimals or p/q, blanks empty; read back it is the same column."""
    table["占比"] = table["支出"] / 3
    text = table[["支出", "占比"]].to_csv(index=False)
    assert text.splitlines()[1:3] == ["1.000000,1/3", "1722.400000,8612/15"]
    assert text.splitlines()[3] == ","
    back = pd.read_csv(io.StringIO(text), dtype={"支出": "number[万元]", "占比": "number[万元]"})
    assert [each.value for each in back["占比"]] == [each.value for each in table["占比"]]


def test_a_csv_in_quotes_is_refused_rather_than_rounded(table: pd.DataFrame) -> None:
    """What pandas would write stands on the page; in full it goes by way of texts."""
    with pytest.raises(InexactNumberError, match="astype"):
        table.to_csv(quoting=csv.QUOTE_ALL)
    assert '"1722.400000"' in table[["支出"]].astype("str").to_csv(quoting=csv.QUOTE_ALL)


def test_a_workbook_holds_every_digit(table: pd.DataFrame, tmp_path: Path) -> None:
    """As numbers Excel adds up, shown as on the page; rounded where Excel would round."""
    table["三分"] = table["支出"] / 3
    table.to_excel(tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet["C"]] == ["支出", 1, 1722.4, None, 0.1]
    assert [cell.number_format for cell in sheet["C"]][2] == "#,##0.00"
    assert sheet["E2"].value == pytest.approx(1 / 3, abs=1e-15)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert b"<v>1722.4</v>" in book.read("xl/worksheets/sheet1.xml")


def test_json_holds_texts(table: pd.DataFrame) -> None:
    """Never silently a float."""
    assert '"绿化":"1722.400000","图书馆":null' in table["支出"].to_frame().to_json(
        force_ascii=False
    )


def test_a_column_shows_grouped_and_rounded_once() -> None:
    """What stands in a notebook is what stands in the report."""
    shown = repr(pd.DataFrame({"支出": series("1722.405", "", "-0.125")}))
    assert "1,722.41" in shown
    assert "待补充" in shown
    assert "−0.13" in shown
    assert list(series("1722.405").astype(str)) == ["1722.405000"]


# ---- the pitfalls of notebooks.md, one by one
def test_pitfall_1_a_shown_text_is_not_parsed_back() -> None:
    """`map(str)` gives texts; 1,722.40 does not become exact."""
    texts = series("1722.401").map(str)
    assert not isinstance(texts.dtype, NumberDtype)
    assert list(texts) == ["1,722.40万元"]


def test_pitfall_2_a_number_without_value_keeps_its_reason(table: pd.DataFrame) -> None:
    """It is unlike itself, as not-a-number is, and yet not taken for a mere blank."""
    rate = (table["支出"] / table["预算"]).tolist()
    again = pd.Series(rate, dtype="number")
    assert again.iloc[3].reason == "路灯预算为零"
    assert again.map(lambda each: each).iloc[3].reason == "路灯预算为零"


def test_pitfall_3_a_derived_column_is_labelled_by_its_rows(table: pd.DataFrame) -> None:
    """The rows' own names come along; groups are named by the index."""
    rate = labelled(table["支出"] / table["预算"] * PERCENT, "执行率")
    assert rate.name == "执行率"
    assert rate.sort_values().iloc[0].label == "道路执行率"
    assert (rate + rate).iloc[0].formula == "道路执行率 + 道路执行率"
    groups = table.groupby("领域")["预算"].sum()
    assert labelled(groups, "预算").iloc[0].label == "城建预算"
    assert labelled(groups.array, "预算")[0].label == "预算"
    assert labelled(table["支出"].cumsum(), "累计").iloc[1].label == "绿化累计"


def test_pitfall_4_a_blank_wins(table: pd.DataFrame) -> None:
    """`skipna` is not obeyed: the sum over a blank has no value and names the cell."""
    for result in (table["支出"].sum(), table["支出"].max(skipna=True), table["支出"].median()):
        assert result.value is None
        assert result.reason.startswith("图书馆支出未填")
    assert table.groupby("领域")["支出"].sum()["文化"].lack == "missing"
    with pytest.raises(TypeError, match="min_count"):
        table["支出"].sum(min_count=1)


def test_pitfall_5_a_blank_is_missing_while_pandas_keeps_the_type(table: pd.DataFrame) -> None:
    """Through concat, merge, apply and filters; a column of objects asks `defined`."""
    assert table["支出"].isna().tolist() == [False, False, True, False]
    assert pd.concat([table, table])["支出"].isna().sum() == 2
    assert table["支出"].map(lambda each: each).isna().sum() == 1
    assert table.dropna().index.tolist() == ["道路", "绿化", "路灯"]
    assert table["支出"].astype(object).map(lambda each: each.defined).tolist().count(False) == 1


def test_pitfall_6_histories_pickle(table: pd.DataFrame) -> None:
    """Every kind of column goes to another process and back, with its formulas."""
    made = labelled(
        pd.concat([table["支出"] / table["预算"], table["支出"].cumsum() / table["预算"]]), "甲"
    )
    made.iloc[1] = 3
    again = pickle.loads(pickle.dumps(made))
    assert again.iloc[0].explain() == made.iloc[0].explain()
    assert again.dtype == made.dtype
    sums = pickle.loads(pickle.dumps(table.groupby("领域")["预算"].sum()))
    assert sums.iloc[0].formula.startswith("合计")


def test_pitfall_7_what_was_broken_works_or_is_refused() -> None:
    """`abs` and negation; the largest few by sorting, as pandas counts them in floats."""
    column = series("-2", "1.5", "")
    assert [each.value for each in column.abs()] == [2, Fraction(3, 2), None]
    assert (-column).iloc[0] == 2
    with pytest.raises(TypeError):
        column.nlargest(1)
    assert column.sort_values(ascending=False).head(1).iloc[0] == number("1.5")


def test_pitfall_8_units_are_checked_and_declared() -> None:
    """万元 and 人 are not added, compared, joined or put in; a bare column takes a unit."""
    money, people = series("6", "8"), series("3", "4", unit="人")
    for op in (operator.add, operator.sub, operator.lt):
        with pytest.raises(UnitMismatchError):
            op(money, people)
    with pytest.raises(UnitMismatchError):
        money.iloc[0] = people.iloc[0]
    with pytest.raises(UnitMismatchError):
        money.astype("number[人]")
    assert not (money == people).any()
    assert (money / people).dtype == "number[万元/人]"
    assert (money / money).astype("number[倍]").iloc[0].unit == "倍"
    with pytest.raises(UnitMismatchError, match="PERCENT"):
        (money / money).astype("number[%]")
    assert pd.concat([money, people]).dtype == object


def test_a_bare_part_of_one_beside_rates_is_refused() -> None:
    """0.95 might be meant for 95 %."""
    rates = execution_rate(series("95", "50"), series("100", "100"))
    assert list(rates < 90) == list(rates < "90%") == [False, True]
    with pytest.raises(UnitMismatchError, match=r"0\.95% 还是 95%"):
        _ = rates < number("0.95")
    with pytest.raises(UnitMismatchError, match=r"0\.95% 还是 95%"):
        _ = rates.iloc[0] < number("0.95")


def test_a_difference_of_rates_is_in_points() -> None:
    """Of numbers and of columns."""
    rates = execution_rate(series("95", "50"), series("100", "100"))
    assert str(difference("99%", "98.5%")) == "0.50个百分点"
    assert str(difference(rates, "50%").iloc[0]) == "45.00个百分点"


def test_money_is_said_in_another_unit() -> None:
    """In 元 and in 亿元, of numbers and of columns."""
    assert str(in_yuan(number("1.5", "万元"))) == "15,000.00元"
    assert str(in_yi(series("15000")).iloc[0]) == "1.50亿元"


def test_a_rate_goes_to_excel_as_a_percentage(tmp_path: Path) -> None:
    """Which Excel shows, sums and charts; what has no value is an empty cell."""
    rates = execution_rate(series("1", ""), series("3", "4"))
    rates.to_frame().to_excel(tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx").active["B2"]
    assert cell.value == pytest.approx(1 / 3, abs=1e-15)
    assert cell.number_format == "0.00%"
    assert load_workbook(tmp_path / "a.xlsx").active["B3"].value is None


def test_no_number_takes_the_unit_of_its_neighbours(table: pd.DataFrame) -> None:
    """What pandas makes of several columns, or a function of one, keeps its own unit, or none."""
    spent, rates = table["支出"], execution_rate(table["支出"], table["预算"])
    both = pd.DataFrame({"支出": spent, "执行率": rates, "年度": [2021, 2022, 2023, 2024]})
    assert [str(each) for each in both.iloc[0]][:2] == ["1.00万元", str(rates.iloc[0])]
    assert both.iloc[0]["年度"] == 2021
    assert spent.iloc[:2].map(lambda each: each / spent.iloc[0]).iloc[1].unit == "倍"
    joined = pd.concat([spent / table["预算"], spent])
    assert [joined.iloc[0].unit, joined.iloc[4].unit] == ["倍", "万元"]
    with pytest.raises(UnitMismatchError):
        rates.iloc[0] = spent.iloc[0] / spent.iloc[1]
    with pytest.raises(UnitMismatchError):
        rates.iloc[0] = number("0.85")


def test_a_ratio_of_columns_answers_in_the_unit_of_that_of_numbers() -> None:
    """Also where one operand is bare."""
    spent, bare = series("50", "60"), series("100", "200", unit="")
    assert execution_rate(spent, 100).dtype == "number[%]"
    assert execution_rate(spent, bare).iloc[1] == number("30%")
    assert rate_score(bare, 10).dtype == "number[分]"
    with pytest.raises(UnitMismatchError):
        rate_score(spent, 10)
