"""Every question gives, on the published marts of the sample province, the answer that follows from its truth."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from simulate.answers.book import ANSWERS, FIRST_ANSWERS
from simulate.answers.known import expected_before_correction, moment_before_correction

pytestmark = pytest.mark.slow

APRIL, JUNE, DECEMBER = date(2023, 4, 12), date(2023, 6, 30), date(2023, 12, 31)
CLOSING = date(2023, 12, 14)  # later reports name titles given between it and the end of the year

Ask = Callable[..., list[dict[str, Any]]]


def plain(value: Any) -> Any:
    """A value without what differs between engines: kinds of null, kinds of whole number, time of a day."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


def is_same(got: Any, expected: Any) -> bool:
    """Equal; shares and averages to the last printed digit, money to the đồng."""
    if isinstance(got, float) or isinstance(expected, float):
        return got is not None and expected is not None and abs(float(got) - float(expected)) < 0.011
    return bool(got == expected)


def differences(got: list[dict[str, Any]], expected: pd.DataFrame, keys: tuple[str, ...]) -> list[Any]:
    """Rows that only one side has, and values that differ, with both."""

    def keyed(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
        found = {tuple(plain(row[name]) for name in keys): row for row in rows}
        assert len(found) == len(rows), f"{keys} does not tell the rows apart"
        return found

    answered, wanted = keyed(got), keyed(expected.to_dict("records"))
    found: list[Any] = [("only in the answer", key) for key in sorted(answered.keys() - wanted.keys(), key=str)]
    found += [("only in the truth", key) for key in sorted(wanted.keys() - answered.keys(), key=str)]
    for key in answered.keys() & wanted.keys():
        for name in expected.columns:
            left, right = plain(answered[key][name]), plain(wanted[key][name])
            if not is_same(left, right):
                found.append((key, name, left, right))
    return found


@pytest.mark.parametrize("day", [APRIL, DECEMBER], ids=str)
@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_what_follows_from_the_truth(
    name: str, day: date, published: duckdb.DuckDBPyConnection, truth: dict[str, pd.DataFrame], ask: Ask
) -> None:
    answer, keys = ANSWERS[name]
    assert differences(ask(published, name, day), answer(truth, day), keys) == []


@pytest.fixture(scope="module")
def truth_before(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    return expected_before_correction(sample.truth_dir, tmp_path_factory.mktemp("before"))


@pytest.mark.parametrize("name", FIRST_ANSWERS)
def test_the_answer_as_reported_before_the_correction_is_the_one_of_that_moment(
    name: str, sample: Any, published: duckdb.DuckDBPyConnection, truth_before: dict[str, pd.DataFrame], ask: Ask
) -> None:
    answer, keys = ANSWERS[name]
    got = ask(published, name, JUNE, moment_before_correction(sample.truth_dir))
    assert differences(got, answer(truth_before, JUNE), keys) == []


@pytest.mark.parametrize("name", ["q09", "q10", "q11"])
def test_the_correction_changed_the_answers_about_money(
    name: str, sample: Any, published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    before = ask(published, name, JUNE, moment_before_correction(sample.truth_dir))
    assert ask(published, name, JUNE) != before


def test_every_file_of_the_book_has_an_answer_from_the_truth(questions: dict[str, Path]) -> None:
    assert set(questions) == set(ANSWERS)


def row_of(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    (found,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


def test_tra_cu_on_12_april_2023_has_12_of_15_communes_recognised_and_two_of_these_advanced(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    row = row_of(ask(published, "q01", APRIL), area_unit_id="849.1", stage_code="all")
    assert (row["commune_count"], row["ntm_count"], row["ntm_of_communes_pct"]) == (15, 12, 80.00)
    assert (row["advanced_count"], row["advanced_of_communes_pct"], row["advanced_of_recognised_pct"]) == (
        2,
        13.33,
        16.67,
    )
    assert (row["model_count"], row["higher_without_lower_count"]) == (0, 0)


def test_the_province_on_12_april_2023_has_82_of_85_communes_recognised(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    row = row_of(ask(published, "q01", APRIL), area_level="province", stage_code="all")
    assert (row["commune_count"], row["ntm_count"]) == (85, 82)


def test_tra_cu_on_12_april_2023_is_12_recognised_and_3_waiting_and_none_in_progress(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    row = row_of(ask(published, "q02", APRIL), area_unit_id="849.1")
    classes = ("recognised", "completed_not_recognised", "in_progress", "withdrawn", "to_be_reassessed", "no_report")
    assert [row[f"{name}_count"] for name in classes] == [12, 3, 0, 0, 0, 0]
    assert row["commune_count"] == 15


@pytest.mark.parametrize("day", [APRIL, JUNE, DECEMBER], ids=str)
def test_the_classes_of_communes_are_exclusive_and_make_up_all_communes(
    day: date, published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    classes = ("recognised", "completed_not_recognised", "in_progress", "withdrawn", "to_be_reassessed", "no_report")
    for row in ask(published, "q02", day):
        assert sum(row[f"{name}_count"] for name in classes) == row["commune_count"]
        assert sum(row["communes_by_band"].values()) == row["reported_count"]


def test_tra_cu_on_12_april_2023_meets_four_of_the_nine_district_criteria(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    rows = [row for row in ask(published, "q03", APRIL) if row["unit_id"] == "849.1"]
    assert {(row["criteria_met_declared"], row["criteria_total"]) for row in rows} == {(4, 9)}
    assert sum(row["verdict"] == "D" for row in rows if row["item_kind"] == "criterion") == 4
    communes = row_of(rows, item_code="DR1")
    assert (float(communes["value"]), communes["verdict"]) == (80.00, "CD")


def test_satisfaction_is_unknown_where_nobody_was_asked_and_not_failed(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    rows = [row for row in ask(published, "q03", APRIL) if row["item_code"] == "DR4"]
    assert len(rows) == 7
    unknown = [row for row in rows if row["value"] is None]
    assert "849.1" in {row["unit_id"] for row in unknown}
    assert {row["verdict"] for row in unknown} == {None}


def test_tra_cu_on_31_december_2023_is_not_recognised_yet(published: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    rows = [row for row in ask(published, "q03", DECEMBER) if row["unit_id"] == "849.1"]
    assert {row["is_recognised_on_day"] for row in rows} == {False}
    assert {(row["criteria_met_declared"], row["criteria_total"]) for row in rows} == {(9, 9)}


@pytest.mark.parametrize("day", [APRIL, JUNE, DECEMBER], ids=str)
def test_kept_and_lost_and_every_other_state_of_health_insurance_make_up_all_communes(
    day: date, published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    states = ("kept", "regained", "unverified", "lost", "never_met", "no_data")
    for row in ask(published, "q05", day):
        assert sum(row[f"{state}_count"] for state in states) == row["commune_count"]


@pytest.mark.parametrize("day", [APRIL, JUNE, DECEMBER], ids=str)
def test_the_classes_of_punctuality_make_up_all_expected_units(
    day: date, published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    row = row_of(ask(published, "q15", day), area_level="province")
    classes = ("on_time", "late", "returned", "missing")
    assert sum(row[f"{name}_count"] for name in classes) == row["expected_count"] == 9


@pytest.mark.parametrize(
    ("question", "column", "metric"),
    [
        ("q01", "ntm_of_communes_pct", "communes_recognised"),
        ("q01", "advanced_of_communes_pct", "communes_advanced"),
        ("q01", "advanced_of_recognised_pct", "communes_advanced_of_recognised"),
        ("q11", "dependence_pct", "upper_budget_share"),
        ("q11", "infrastructure_pct", "infrastructure_share"),
        ("q11", "production_pct", "production_share"),
        ("q11", "environment_pct", "environment_share"),
    ],
)
def test_a_ratio_of_the_book_is_the_one_that_is_published(
    question: str, column: str, metric: str, published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    asked = {"area_level": "province"} | ({"stage_code": "all"} if question == "q01" else {})
    said = row_of(ask(published, question, CLOSING), **asked)[column]
    query = "select value from fct_metric where metric_code = ? and area_level = 'province' and reporting_period_id = ?"
    row = published.execute(query, [metric, "2023Y"]).fetchone()
    assert row is not None
    assert abs(float(said) - float(row[0])) < 0.006
