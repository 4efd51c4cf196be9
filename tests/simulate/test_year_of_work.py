"""Activities, themes, tasks and policies of the sample: what a report can know on its closing day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from simulate.activity_kinds import HELD_ONLY
from simulate.reports import build_world, report_of
from simulate.world import DEFAULT_SEED, period

HALF_YEARS = ("2022Y", "2023M06", "2023Y")
KEYS = {"activities": "activity_no", "tasks": "task_no", "policies": "policy_no"}

Row = dict[str, Any]


def rows(form: str, name: str, unit: str | None = None) -> list[Row]:
    world = build_world(DEFAULT_SEED)
    units = [unit] if unit else [district.reporting_unit_id for district in world.districts]
    return [row for one in units for row in report_of(world, one, name)[form]]


@pytest.mark.parametrize("name", HALF_YEARS)
def test_an_activity_that_is_only_planned_has_no_outcome(name: str) -> None:
    planned = [row for row in rows("activities", name) if row["activity_date"] is None]
    assert planned
    assert {row[column] for row in planned for column in HELD_ONLY} == {None}


@pytest.mark.parametrize("name", HALF_YEARS)
def test_no_report_knows_what_comes_after_its_closing_day(name: str) -> None:
    closing = period(name)["data_to"]
    for form, column in (("activities", "activity_date"), ("tasks", "completed_on"), ("policies", "issued_on")):
        known = [row[column] for row in rows(form, name) if row[column] is not None]
        assert known
        assert max(known) <= closing


def test_a_plan_of_june_is_held_by_december() -> None:
    held = {row["activity_no"]: row["activity_date"] for row in rows("activities", "2023Y")}
    planned = [row["activity_no"] for row in rows("activities", "2023M06") if row["activity_date"] is None]
    assert any(held[number] is not None for number in planned)
    assert any(held[number] is None for number in planned)


def test_activities_and_tasks_of_a_year_leave_with_it_and_documents_stay() -> None:
    def numbers(form: str, name: str) -> set[str]:
        return {row[KEYS[form]] for row in rows(form, name)}

    for form in ("activities", "tasks"):
        assert not numbers(form, "2022Y") & numbers(form, "2023Y")
    assert numbers("policies", "2022Y") < numbers("policies", "2023Y")


def test_a_flow_of_six_months_is_part_of_the_flow_of_the_year() -> None:
    whole = {(row["place_code"], row["indicator_code"]): row["value"] for row in rows("thematic_programmes", "2023Y")}
    half = [row for row in rows("thematic_programmes", "2023M06") if row["indicator_code"] in ("DL_VISIT", "SK_MODEL")]
    assert half
    assert all(row["value"] <= whole[row["place_code"], row["indicator_code"]] for row in half)


def test_the_party_committee_of_tra_cu_wrote_its_letter_in_april_2023() -> None:
    def of_committee(name: str) -> dict[str, date]:
        own = [row for row in rows("policies", name, "849") if row["issuer_name"] == "Huyện ủy Trà Cú"]
        return {row["document_no"]: row["issued_on"] for row in own}

    assert of_committee("2022Y") == {"03-NQ/HU": date(2021, 10, 20)}
    assert of_committee("2023M06") == {"03-NQ/HU": date(2021, 10, 20), "815-CV/HU": date(2023, 4, 12)}


def test_a_task_that_is_late_says_why() -> None:
    closing = period("2023Y")["data_to"]
    late = [
        row
        for row in rows("tasks", "2023Y")
        if row["status_code"] != "completed" and (row["revised_due_on"] or row["due_on"] or closing) < closing
    ]
    assert late
    assert all(row["explanation"] for row in late)
