"""The facts of many runs: whose they are, how they lie, which lie far out."""

from fractions import Fraction

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from project_copies import Copy

from helpers.errors import UnreadableInputError
from helpers.inputs.project import Project
from helpers.notebook.district import District, open_district

RATES = ("98.5", "98.1", "98.4", "98.2", "295/3", "60")


@pytest.fixture
def district() -> District:
    """Six departments of two kinds, the last one far from the others, and one without a value."""
    rows = [
        (f"u{place}", f"90000{place}", f"单位{place}", ("乡镇", "街道")[place % 2], 2024, exact)
        for place, exact in enumerate((*RATES, None))
    ]
    columns = ["run", "budget_code", "department", "kind", "year", "exact"]
    facts = pd.DataFrame(rows, columns=columns)
    return District(facts.assign(fact="execution_rate", label="预算执行率", unit="%"))


def test_a_fact_of_every_run_that_has_it_is_exact(district: District) -> None:
    """As it was computed, a third too, and with the run to open."""
    rates = district.of("execution_rate")
    assert [rate.known for rate in rates["value"]] == list(map(Fraction, RATES))
    assert str(rates["value"].iloc[4]) == "98.33%"
    assert list(rates["run"]) == ["u0", "u1", "u2", "u3", "u4", "u5"]
    with pytest.raises(UnreadableInputError, match="没有数据项“speed”"):
        district.of("speed")


def test_kinds_outliers_and_years(district: District) -> None:
    """What is counted, what lies far out, and a column a year."""
    assert list(district.by_kind("execution_rate").loc["街道"]) == [3, "60.00", "98.10", "98.20"]
    assert list(district.outliers("execution_rate")["run"]) == ["u5"]
    assert list(district.years("execution_rate")[2024])[:2] == ["98.50%", "98.10%"]


def test_the_distribution_tells_its_ends_and_its_middle(district: District) -> None:
    """One picture: a dot a run, a row a kind."""
    axes = district.distribution("execution_rate")
    assert [label.get_text() for label in axes.get_xticklabels()] == ["60.00", "98.50"]
    assert axes.get_title() == "预算执行率（%），6次运行，中位数98.27"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["乡镇", "街道"]
    plt.close("all")


def test_without_a_batch_there_is_nothing_to_open(project: Copy) -> None:
    """What to do is said."""
    with pytest.raises(UnreadableInputError, match="还没有汇总"):
        open_district(Project(project.root))
