"""What the question book says of dossiers, roadmaps and surveys of the sample, in numbers an official would check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow

APRIL, DECEMBER = date(2023, 4, 12), date(2023, 12, 31)
TRA_CU = "849"
STATES = ("not_started", "in_preparation", "complete", "verified", "confirmed", "submitted", "returned")

Ask = Callable[..., list[dict[str, Any]]]


def row_of(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    (found,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


def test_dossiers_lag_behind_the_criteria_of_the_communes_of_tra_cu_that_wait(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    row = row_of(ask(published, "q06", APRIL), reporting_unit_id=TRA_CU, criteria_set_code="NTM_XA_2021")
    assert row["put_forward_met_count"] == 57
    assert 0 < row["put_forward_without_dossier_count"] < 57


@pytest.mark.parametrize("day", [APRIL, DECEMBER], ids=str)
def test_the_states_of_dossiers_are_exclusive_and_make_up_all(
    day: date, published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    for row in ask(published, "q34", day):
        assert sum(row[f"{state}_count"] for state in STATES) == row["dossier_count"]


def test_four_of_the_nine_criteria_of_tra_cu_are_met_in_april(published: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    rows = [row for row in ask(published, "q28", APRIL) if row["unit_id"] == "849.1"]
    assert len(rows) == 9
    assert sum(row["declared_mark"] == "D" for row in rows) == 4


def test_one_of_two_townships_of_tra_cu_is_civilised_urban_in_april_and_both_at_the_end_of_the_year(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    for day, count, share in ((APRIL, 1, 50.0), (DECEMBER, 2, 100.0)):
        row = row_of(ask(published, "q31", day), area_unit_id="849.1", unit_type="thi_tran")
        assert (row["unit_count"], row["recognised_count"], row["recognised_pct"]) == (2, count, share)
