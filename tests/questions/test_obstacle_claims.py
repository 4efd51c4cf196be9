"""Single claims about obstacles and proposals, each on marts made by hand from the two or three rows it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow

Ask = Callable[..., list[dict[str, Any]]]
Report = Callable[..., None]
UNIT, OTHER, NEW_COMMUNE, COMMUNE = "849", "850", "28807", "29467.1"
JUNE = date(2023, 6, 30)


def entry(number: str, **given: Any) -> dict[str, Any]:
    row = {"obstacle_no": number, "kind_code": "obstacle", "unit_id": COMMUNE, "programme_code": "NTM",
           "topic_code": "capital", "addressee_code": "department", "is_within_authority": False,
           "raised_on": date(2023, 2, 1)}  # fmt: skip
    return {**row, **given}


def told(con: duckdb.DuckDBPyConnection, report: Report, period: str, *rows: dict[str, Any]) -> None:
    report(UNIT, period, "obstacles", "fct_obstacle__history", list(rows))


def province(answer: list[dict[str, Any]], code: str = "all", kind: str = "obstacle") -> dict[str, Any]:
    (row,) = [row for row in answer if (row["area_level"], row["code"], row["kind_code"]) == ("province", code, kind)]
    return row


def test_an_entry_told_in_three_reports_is_one_and_speaks_by_the_latest(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    told(by_hand, report, "2023Q1", entry("V01"))
    told(by_hand, report, "2023M06", entry("V01", addressee_code="province_pc"))
    answer = ask(by_hand, "q08", JUNE)
    assert province(answer)["open_count"] == 1
    assert [row["code"] for row in answer if row["breakdown"] == "addressee" and row["area_level"] == "province"] == [
        "province_pc"
    ]


def test_answered_is_not_resolved(by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask) -> None:
    told(by_hand, report, "2023M06", entry("V01", answered_on=date(2023, 3, 1)),
         entry("V02", answered_on=date(2023, 3, 1), resolved_on=date(2023, 4, 1)))  # fmt: skip
    row = province(ask(by_hand, "q08", JUNE))
    assert (row["open_count"], row["answered_open_count"], row["resolved_of_year_count"]) == (1, 1, 1)


def test_what_is_resolved_later_is_still_open_on_the_day(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    told(by_hand, report, "2023M09", entry("V01", resolved_on=date(2023, 8, 1)))
    assert province(ask(by_hand, "q08", JUNE))["open_count"] == 1
    assert province(ask(by_hand, "q08", date(2023, 8, 1)))["open_count"] == 0


@pytest.mark.parametrize(("day", "overdue"), [(date(2023, 3, 3), 0), (date(2023, 3, 4), 1)])
def test_without_a_due_date_thirty_days_are_in_time(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask, day: date, overdue: int
) -> None:
    told(by_hand, report, "2023M06", entry("V01"))
    row = province(ask(by_hand, "q08", day))
    assert (row["open_count"], row["overdue_count"]) == (1, overdue)


def test_the_cohort_of_the_year_leaves_out_what_was_raised_before_it(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    told(by_hand, report, "2023M06", entry("V01"), entry("V02", raised_on=date(2022, 12, 14)),
         entry("V03", raised_on=date(2022, 12, 15), resolved_on=date(2023, 1, 5)))  # fmt: skip
    row = province(ask(by_hand, "q08", JUNE))
    assert (row["open_count"], row["raised_in_year_count"], row["resolved_of_year_count"]) == (2, 2, 1)
    assert row["resolved_pct"] == 50.0


def test_obstacles_and_proposals_are_counted_apart(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    told(by_hand, report, "2023M06", entry("V01"), entry("V02", kind_code="proposal"))
    answer = ask(by_hand, "q08", JUNE)
    assert [province(answer, kind=kind)["open_count"] for kind in ("obstacle", "proposal")] == [1, 1]


def test_a_commune_that_reports_since_its_district_ended_goes_on_with_the_numbers_of_the_district(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    number, raised = f"{UNIT}-2025-V01", date(2025, 2, 3)
    told(by_hand, report, "2025M06", entry(number, raised_on=raised))
    resolved = entry(number, raised_on=raised, resolved_on=date(2025, 8, 20))
    report(NEW_COMMUNE, "2025M09", "obstacles", "fct_obstacle__history", [resolved])
    assert province(ask(by_hand, "q08", date(2025, 9, 30)))["open_count"] == 0


def test_while_units_stand_side_by_side_the_same_number_is_two_entries(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    told(by_hand, report, "2023M06", entry(f"{UNIT}-2023-V01"))
    report(OTHER, "2023M06", "obstacles", "fct_obstacle__history", [entry(f"{UNIT}-2023-V01")])
    assert province(ask(by_hand, "q08", JUNE))["open_count"] == 2
