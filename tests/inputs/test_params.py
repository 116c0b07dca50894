"""Run parameters: few, flat, typed; anything else is refused by name."""

from pathlib import Path

import pytest
import yaml
from project_copies import ROOT, Copy

from helpers.errors import UnreadableInputError
from helpers.inputs.params import Params, read_params
from helpers.inputs.project import Project, find_project


@pytest.fixture
def values() -> dict[str, object]:
    """The real parameters as plain values."""
    text = (ROOT / "params" / "2023.yaml").read_text(encoding="utf-8")
    loaded: dict[str, object] = yaml.safe_load(text)
    return loaded


def test_the_real_parameters_are_accepted(values: dict[str, object]) -> None:
    """Every one as it is written."""
    params = read_params(values, "x")
    assert {name: getattr(params, name) for name in values} == values


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("yaer", 2023, "yaer：没有这个参数"),
        ("year", "2023", "year：应为整数"),
        ("year", 23, "year：年度应为四位数字"),
        ("department", "", "department：不能为空"),
        ("status", "终稿", "status：应为 草稿、送审稿、定稿"),
        ("execution_rate_floor", 90, "execution_rate_floor：应为文字；小数和日期要加引号"),
        ("execution_rate_floor", "九成", "execution_rate_floor：写法不对"),
        ("data", "../other", "data：写法不对"),
        ("data", "/etc", "data：写法不对"),
        ("data", "C:\\data", "data：写法不对"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(
    values: dict[str, object], key: str, value: object, said: str
) -> None:
    """The message names the key, what it should be, and what stands there."""
    with pytest.raises(UnreadableInputError) as caught:
        read_params({**values, key: value}, "params/2023.yaml")
    assert said in str(caught.value)
    assert repr(value) in str(caught.value)


def test_every_wrong_parameter_is_listed_at_once(values: dict[str, object]) -> None:
    """Nobody mends one key only to hear of the next."""
    del values["head"]
    with pytest.raises(UnreadableInputError) as caught:
        read_params({**values, "x": 1, "year": None}, "params/2023.yaml")
    assert all(f"  {key}：" in str(caught.value) for key in ("head", "x", "year"))


def test_an_unset_threshold_is_none(values: dict[str, object]) -> None:
    """Unknown is not zero."""
    params = read_params({**values, "carryover_rate_ceiling": ""}, "x")
    assert params.threshold("carryover_rate_ceiling") is None
    assert params.threshold("execution_rate_floor") == 90


DAYS = {
    "2024年2月29日": "2024年2月29日",
    "2024-03-05": "2024年3月5日",
    "2024/3/5": "2024年3月5日",
    "2024.03.05": "2024年3月5日",
    "２０２４年３月５日": "2024年3月5日",
    " 2024 年 03 月 05 日 ": "2024年3月5日",
    "": "",
}
NO_DAYS = (
    *("2024年2月30日", "2023年2月29日", "2024-02-30", "2024/2/30", "2024.13.01", "2024年0月1日"),
    *("2024年4月31日", "２０２４年２月３０日", "2024年2月30", "2024-2-30", "0000年1月1日"),
    *("二〇二四年二月三十日", "2024年8月", "2024-08", "20240230", "2024-W05-1", "8月20日"),
    *("30/2/2024", "2024年8月20日前", "去年", "2024-08-20 10:00", "12024年1月1日"),
)


@pytest.mark.parametrize("key", ["report_date", "monitoring_date"])
def test_a_day_is_one_that_there_is_and_is_printed_in_one_way(
    values: dict[str, object], key: str
) -> None:
    """However it is written; what cannot be understood, or never was, is refused by name."""
    for given, printed in DAYS.items():
        assert getattr(read_params({**values, key: given}, "x"), key) == printed
    for given in NO_DAYS:
        with pytest.raises(UnreadableInputError) as caught:
            read_params({**values, key: given}, "params/2023.yaml")
        assert f"{key}：没有这一天，或写法不对，例如 2024年3月15日" in str(caught.value)
        assert given in str(caught.value)


@pytest.mark.parametrize(
    "day", ["2024-02-30", "2024-13-01", "2024-02-30 10:00:00", "2024-02-30T00:00:00Z"]
)
def test_a_day_without_quotes_that_never_was_is_refused_with_its_line(
    project: Copy, day: str
) -> None:
    """YAML reads it as a date before anybody else does."""
    project.param("report_date", f"report_date: {day}")
    with pytest.raises(UnreadableInputError, match=r"params/2023\.yaml 第17行：没有“"):
        Project(project.root).params("2023")


def test_a_missing_run_names_those_there_are(project: Copy) -> None:
    """A mistyped year says which years exist."""
    with pytest.raises(
        UnreadableInputError, match=r"params/2032\.yaml：找不到文件（现有：2023、demo-2022"
    ):
        Project(project.root).params("2032")


@pytest.mark.parametrize(
    ("text", "said"),
    [("year: [", "第2行：YAML 写法有误"), ("- a\n", "应为“键: 值”的形式")],
)
def test_a_file_that_is_no_yaml_mapping_is_refused(project: Copy, text: str, said: str) -> None:
    """With the line where there is one."""
    (project.root / "params" / "2023.yaml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(UnreadableInputError, match=said.replace("[", r"\[")):
        Project(project.root).params("2023")


def test_parameters_in_another_encoding_are_refused(project: Copy) -> None:
    """GBK is named, not misread."""
    path = project.root / "params" / "2023.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    with pytest.raises(UnreadableInputError, match="不是 UTF-8 编码"):
        Project(project.root).params("2023")


def test_the_year_must_be_that_of_the_file_name(project: Copy) -> None:
    """A copied file whose year was forgotten is caught."""
    project.param("year", "year: 2022")
    with pytest.raises(UnreadableInputError, match="year 为 2022，与文件名不符（应为 2023）"):
        Project(project.root).params("2023")


def test_the_nearest_folder_with_params_and_notebooks_is_the_project(
    project: Copy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From inside it, from below it, and from elsewhere the one the package came from."""
    assert find_project(project.root / "data" / "2023").root == project.root.resolve()
    elsewhere: Path = tmp_path_factory.mktemp("elsewhere")
    assert find_project(elsewhere).root == ROOT


def test_every_parameter_has_a_comment_or_a_place_in_the_file() -> None:
    """params/2023.yaml holds the model's keys, in its order, but for what commands give."""
    text = (ROOT / "params" / "2023.yaml").read_text(encoding="utf-8")
    assert [*yaml.safe_load(text), "started_from", "stage", "draft"] == list(Params.model_fields)


def test_a_day_without_quotes_is_a_day(project: Copy) -> None:
    """YAML makes a date of it, which is printed as every day is."""
    project.param("report_date", "report_date: 2024-08-20  # 落款")
    assert Project(project.root).params("2023").report_date == "2024年8月20日"


def test_a_value_left_out_is_called_blank(project: Copy) -> None:
    """Also where a comment stands in its place."""
    project.param("head", "head: # 待定")
    with pytest.raises(UnreadableInputError, match=r"head：.+（现为空）"):
        Project(project.root).params("2023")
