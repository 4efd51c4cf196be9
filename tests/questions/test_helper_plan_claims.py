"""Claims of the questions on helper plans and conditions of titles, each on the few rows that it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow

DAY = date(2023, 7, 1)  # P = the first six months of 2023
ABOUT = {"reporting_unit_id": "849", "reporting_period_id": "2023M06"}
COMMUNE, OTHER = "29467.1", "29470.1"

Ask = Callable[..., list[dict[str, Any]]]
Con = duckdb.DuckDBPyConnection


def insert(con: Con, table: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        con.execute(f"insert into marts.{table} ({', '.join(row)}) values ({marks})", list(row.values()))


def helped(con: Con, name: str, unit: str, until: date | None = None, **summary: Any) -> None:
    """One assignment with what the unit sums up of it."""
    insert(con, "fct_helper_assignment", {"assignment_id": name, "unit_id": unit, "valid_to": until})
    insert(con, "fct_helper_summary", {**ABOUT, "assignment_id": name, "unit_id": unit, **summary})
    insert(con, "fct_helper_period", {**ABOUT, "assignment_id": name, "unit_id": unit, "visit_count": 1})


def of_province(rows: list[dict[str, Any]]) -> dict[str, Any]:
    (province,) = [row for row in rows if row["area_level"] == "province"]
    return province


def test_the_gain_of_a_commune_counts_once_however_many_help_it(by_hand: Con, ask: Ask) -> None:
    helped(by_hand, "first", COMMUNE, planned_visit_count=4, gained_criteria_count=2)
    helped(by_hand, "second", COMMUNE, planned_visit_count=4, gained_criteria_count=2)
    helped(by_hand, "elsewhere", OTHER, planned_visit_count=4, gained_criteria_count=1)
    province = of_province(ask(by_hand, "q49", DAY))
    assert (province["gained_criteria"], province["planned_visits"]) == (3, 12)


def test_what_helpers_without_a_plan_of_visits_plan_besides_is_left_out(by_hand: Con, ask: Ask) -> None:
    helped(by_hand, "planned", COMMUNE, planned_visit_count=4, planned_criteria_count=1, planned_support_vnd=5)
    helped(by_hand, "unplanned", OTHER, planned_criteria_count=2, planned_support_vnd=7)
    province = of_province(ask(by_hand, "q49", DAY))
    assert (province["planned_criteria"], province["planned_support_vnd"]) == (1, 5)


def test_an_assignment_that_january_ended_is_no_longer_counted_in_june(by_hand: Con, ask: Ask) -> None:
    helped(by_hand, "ended", COMMUNE, until=date(2023, 1, 10))
    helped(by_hand, "running", COMMUNE)
    insert(by_hand, "fct_submission", ABOUT)
    province = of_province(ask(by_hand, "q49", DAY))
    assert (province["assignment_count"], province["without_plan_count"]) == (1, 1)
    summed = {row["period_type"]: row["assignment_count"] for row in ask(by_hand, "q57", DAY)}
    assert summed == {"6_months": 1, "stage": 1}


@pytest.mark.parametrize(
    ("verdicts", "is_eligible"), [((True, None), None), ((False, None), False), ((True, True), True)]
)
def test_a_title_is_open_only_to_whom_every_condition_is_known_to_be_met(
    verdicts: tuple[bool | None, bool | None], is_eligible: bool | None, by_hand: Con, ask: Ask
) -> None:
    subject = {**ABOUT, "unit_id": "849.1", "subject_level": "district", "title_code": "HUYEN_NTM_NC"}
    for code, is_met in zip(("DA1", "DR5"), verdicts, strict=True):
        row = {"condition_code": code, "kind": "recognise", "is_applicable": True, "is_met": is_met}
        insert(by_hand, "fct_condition", subject | row)
    (asked,) = ask(by_hand, "q16", DAY)
    assert asked["is_eligible"] is is_eligible
