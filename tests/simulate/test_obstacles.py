"""Obstacles, support and contributions of the sample: what their registers and values promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from simulate.contributions import lines, valued
from simulate.expected_obstacles import aged
from simulate.obstacles import register
from simulate.reports import build_world, report_of
from simulate.support import register as supports
from simulate.world import SAMPLE_PERIODS, period

SEED = 20230412
DISTRICTS = ("842", "844", "845", "846", "847", "848", "849", "850", "851")


def reported(form: str, name: str) -> list[dict[str, Any]]:
    world = build_world(SEED)
    return [row for unit in DISTRICTS for row in report_of(world, unit, name).get(form, ())]


def test_an_obstacle_keeps_number_kind_place_and_day_through_all_periods() -> None:
    told: dict[str, set[tuple[Any, ...]]] = {}
    for name in SAMPLE_PERIODS:
        for row in reported("obstacles", name):
            told.setdefault(row["obstacle_no"], set()).add((row["kind_code"], row["place_code"], row["raised_on"]))
    assert told
    assert {number: len(said) for number, said in told.items() if len(said) > 1} == {}
    assert {number[:3] for number in told} == set(DISTRICTS)


def test_an_open_obstacle_stands_in_every_later_report_and_a_resolved_one_leaves_with_its_year() -> None:
    for before, after in pairwise(SAMPLE_PERIODS):
        kept = {row["obstacle_no"] for row in reported("obstacles", after)}
        year_begins = period(after)["data_from"]
        gone = [row for row in reported("obstacles", before) if row["obstacle_no"] not in kept]
        assert [row for row in gone if row["resolved_on"] is None or row["resolved_on"] >= year_begins] == []


def test_a_report_knows_nothing_that_happened_after_its_closing_day() -> None:
    for name in SAMPLE_PERIODS:
        for row in reported("obstacles", name):
            days = [
                row[column] for column in ("raised_on", "escalated_on", "answered_on", "resolved_on") if row[column]
            ]
            assert max(days) <= period(name)["data_to"]


def test_the_lag_of_dossiers_that_tra_cu_wrote_of_is_raised_on_the_day_of_its_letter() -> None:
    (entry,) = [one for one in register(SEED) if "1306/QĐ-UBND" in one.content]
    assert (entry.reporting_unit_id, entry.raised_on, entry.title_code) == ("849", date(2023, 4, 12), "HUYEN_NTM")


def test_obstacles_are_raised_answered_resolved_and_left_open() -> None:
    rows = reported("obstacles", "2023Y")
    assert any(row["answered_on"] and not row["resolved_on"] for row in rows)
    assert any(row["resolved_on"] and not row["answered_on"] for row in rows)
    assert any(not row["resolved_on"] and not row["answered_on"] for row in rows)
    assert {row["kind_code"] for row in rows} == {"obstacle", "proposal"}


def test_an_entry_without_a_due_date_is_late_after_thirty_days_and_ages_until_it_is_resolved() -> None:
    row = {
        "reporting_unit_id": "849",
        "reporting_period_id": "2023M06",
        "raised_on": date(2023, 5, 15),
        "due_on": None,
        "answered_on": None,
    }
    still = aged(row | {"resolved_on": None})  # closing day 14/06/2023: the thirtieth day
    assert (still["age_days"], still["is_overdue"], still["days_overdue"]) == (30, False, 0)
    late = aged(row | {"due_on": date(2023, 5, 31), "resolved_on": None})
    assert (late["is_overdue"], late["days_overdue"]) == (True, 14)
    done = aged(row | {"due_on": date(2023, 5, 31), "resolved_on": date(2023, 6, 4)})
    assert (done["is_overdue"], done["days_overdue"], done["days_to_resolve"]) == (False, 4, 20)


def test_what_has_come_of_a_promise_never_falls_and_ends_with_the_promise() -> None:
    for one in supports(SEED):
        came = [one.row(period(name)["data_to"])["delivered_vnd"] or Decimal(0) for name in SAMPLE_PERIODS]
        assert came == sorted(came)
        assert max(came) <= one.promised_vnd
        if one.delivered_on is not None and one.delivered_on <= period(SAMPLE_PERIODS[-1])["data_to"]:
            assert came[-1] == one.promised_vnd


def test_a_contribution_is_its_quantity_at_its_price_where_both_are_told() -> None:
    rows = [row for line in lines(SEED) if (row := line.row("2023Y" if line.year == 2023 else "2022Y")) is not None]
    priced = [row for row in rows if valued(row)["value_basis"] == "price"]
    assert priced
    assert {valued(row)["difference_vnd"] for row in priced} == {Decimal(0)}
    assert {valued(row)["value_basis"] for row in rows} == {"price", "cash", "stated"}


def test_districts_have_their_own_price_of_a_labour_day() -> None:
    prices = {(line.commune.reporting_unit_id, line.price) for line in lines(SEED) if line.kind_code == "labour_days"}
    units = [unit for unit, _ in prices]
    assert len(units) == len(set(units))
    assert len({price for _, price in prices}) > 1
