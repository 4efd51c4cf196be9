"""Claims of the questions on activities, money of priorities and tasks, each on the few rows that it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow

DAY = date(2023, 7, 1)  # P = the first six months of 2023
ABOUT = {"reporting_unit_id": "849", "reporting_period_id": "2023M06"}
TRA_CU, COMMUNE = "849.1", "29467.1"

Ask = Callable[..., list[dict[str, Any]]]
Con = duckdb.DuckDBPyConnection


def insert(con: Con, table: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        con.execute(f"insert into marts.{table} ({', '.join(row)}) values ({marks})", list(row.values()))


def activity(kind: str, day: date | None, **more: Any) -> dict[str, Any]:
    return {**ABOUT, "kind_code": kind, "actor_kind": "front", "activity_date": day, "unit_id": COMMUNE, **more}


def test_what_is_planned_for_later_is_neither_planned_nor_done_by_now(by_hand: Con, ask: Ask) -> None:
    may, august = date(2023, 5, 4), date(2023, 8, 4)
    insert(
        by_hand,
        "fct_activity",
        activity("inspection", may, planned_on=may, finding_count=2, handled_count=2),
        activity("inspection", None, planned_on=may),
        activity("inspection", None, planned_on=august),
        activity("supervision", may),
    )
    (province,) = [row for row in ask(by_hand, "q83", DAY) if row["area_level"] == "province"]
    assert (province["planned_count"], province["done_of_planned_count"], province["done_unplanned_count"]) == (2, 1, 1)
    assert (province["done_of_planned_pct"], province["recovered_vnd"]) == (50, None)


def test_a_finding_is_overdue_only_when_its_day_has_passed_and_something_is_left(by_hand: Con, ask: Ask) -> None:
    held, passed, later = date(2023, 4, 4), date(2023, 5, 4), date(2023, 9, 4)
    found = {"finding_count": 2, "handled_count": 1}
    insert(
        by_hand,
        "fct_activity",
        activity("inspection", held, follow_up_due_on=passed, **found),
        activity("inspection", held, follow_up_due_on=later, **found),
        activity("inspection", held, follow_up_due_on=passed, finding_count=2, handled_count=2),
    )
    (province,) = [row for row in ask(by_hand, "q83", DAY) if row["area_level"] == "province"]
    assert (province["follow_up_overdue_count"], province["finding_count"], province["handled_count"]) == (1, 6, 4)


def test_a_commune_without_an_accepted_form_has_unknown_counts_and_not_none(by_hand: Con, ask: Ask) -> None:
    insert(by_hand, "fct_submission", ABOUT)
    rows = ask(by_hand, "q82", DAY)
    assert len(rows) == 15
    assert {(row["is_reported"], row["published_count"], row["has_nothing"]) for row in rows} == {(False, None, None)}
    insert(by_hand, "fct_submission_part", {**ABOUT, "form": "activities", "is_current": True})
    assert {(row["published_count"], row["has_nothing"]) for row in ask(by_hand, "q82", DAY)} == {(0, True)}


def test_the_surplus_of_one_place_never_covers_the_want_of_another(by_hand: Con, ask: Ask) -> None:
    line = {**ABOUT, "programme_code": "NTM-MT", "indicator_code": "MT_MODEL"}
    insert(
        by_hand,
        "fct_thematic_result",
        {**line, "unit_id": TRA_CU, "planned_vnd": 100, "assigned_vnd": 160, "disbursed_vnd": 0},
        {**line, "unit_id": COMMUNE, "planned_vnd": 100, "assigned_vnd": 40, "disbursed_vnd": 0},
    )
    (row,) = [row for row in ask(by_hand, "q86", DAY) if row["area_level"] == "province" and row["is_sum"]]
    assert (row["planned_vnd"], row["assigned_vnd"], row["shortfall_vnd"], row["assigned_pct"]) == (200, 200, 60, 100)


def test_a_continuous_task_that_is_said_to_be_completed_is_told(by_hand: Con, ask: Ask) -> None:
    task = {**ABOUT, "is_continuous": True, "is_overdue": False}
    insert(
        by_hand,
        "fct_task_progress",
        {**task, "task_no": "1", "status_code": "in_progress"},
        {**task, "task_no": "2", "status_code": "completed"},
    )
    assert [row["is_final_by_mistake"] for row in ask(by_hand, "q89", DAY)] == [False, True]


def test_an_area_named_by_two_activities_is_one_area(by_hand: Con, ask: Ask) -> None:
    may, about = date(2023, 5, 4), {"subject_code": "residential_area"}
    insert(
        by_hand,
        "fct_activity",
        activity("guidance", may, area_code="29467-01", **about),
        activity("inspection", may, area_code="29467-01", **about),
        activity("inspection", may, **about),
        activity("communication", may, area_code="29467-02", **about),
    )
    insert(by_hand, "fct_submission", ABOUT)
    (row,) = ask(by_hand, "q77", DAY)
    assert (row["inspection_count"], row["area_count"]) == (2, 2)
    (told,) = ask(by_hand, "q79", DAY)
    assert (told["activity_count"], told["area_count"]) == (1, 1)
