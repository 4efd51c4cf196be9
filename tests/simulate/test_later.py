"""The periods after the sample's gap: two maps, money that goes on, titles that do not."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from simulate.indicators import STANDS
from simulate.later import RECOGNISED_ANEW, base_set_of, later_marks
from simulate.recognitions import held_on
from simulate.reports import build_world, nothing_to_report, report_of
from simulate.truth_criteria import standings, status_rows
from simulate.world import LATER_PERIODS, MERGED_ON, origins_of, period, same_units, successions, unit_id_on, units_in

SEED = 7
LINE = ("programme_code", "content_code", "source_code", "nature_code", "plan_year")


def amounts(name: str) -> dict[tuple[Any, ...], Decimal]:
    """(unit, line) -> disbursed since the start of the year."""
    world, closing = build_world(SEED), period(name)["data_to"]
    return {
        (unit_id_on(row["place_code"], closing), *(row[column] for column in LINE)): row["disbursed_vnd"]
        for unit in units_in(SEED, name)
        for row in world.funding[unit.reporting_unit_id, name]
    }


def test_nine_districts_report_until_july_2025_then_41_communes_and_wards() -> None:
    assert [len(units_in(SEED, name)) for name in ("2023Y", "2025M06", "2025M09", "2026Q1")] == [9, 9, 41, 41]
    assert Counter(unit.unit_type for unit in units_in(SEED, "2025M09")) == {"xa": 35, "phuong": 6}


def test_104_units_of_june_2025_became_41_four_of_them_alone() -> None:
    places = [code for unit in units_in(SEED, "2025M06") for code in unit.places]
    assert len(places) == len({old for old, _ in successions()}) == 104
    successors = {new for _, new in successions()}
    assert len(successors) == 41
    assert sum(len(same_units(new)) == 2 for new in successors) == 4


def test_a_new_commune_has_spent_at_least_what_those_it_was_merged_from_had() -> None:
    june, september = amounts("2025M06"), amounts("2025M09")
    inherited: Counter[tuple[Any, ...]] = Counter()
    for (unit_id, *line), amount in september.items():
        before = sum((june.get((old, *line), Decimal(0)) for old in origins_of(unit_id, "2025M06")), Decimal(0))
        assert before < amount
        inherited[tuple(line)] += before  # type: ignore[assignment]
    totals: Counter[tuple[Any, ...]] = Counter()
    for (_, *line), amount in june.items():
        totals[tuple(line)] += amount  # type: ignore[assignment]
    assert inherited == totals  # nothing is lost on the way, and nothing counted twice


def test_in_2026_the_merged_programme_begins_and_money_of_2025_is_still_spent() -> None:
    rows = [row for (_, name), own in build_world(SEED).funding.items() if name == "2026Q1" for row in own]
    assert {(row["programme_code"], row["plan_year"]) for row in rows} == {("NTP-2026", 2026), ("NTM", 2025)}


@pytest.mark.parametrize(("name", "criteria"), [("2025M09", 19), ("2026Q1", 10)])
def test_communes_are_marked_on_the_set_of_the_stage(name: str, criteria: int) -> None:
    marks = later_marks(SEED, name)
    assert {set_code for _, set_code, _ in marks} == {base_set_of(period(name)["stage"])}
    assert len(marks) == 35 * criteria


def test_titles_of_merged_communes_do_not_pass_on() -> None:
    world = build_world(SEED)
    rows = standings(world.recognitions, [row for name in LATER_PERIODS for row in status_rows(world, name)])
    counted = {
        name: Counter(
            row["standing"]
            for row in rows
            if row["reporting_period_id"] == name
            and row["subject_level"] == "commune"
            and row["criteria_set_code"] == base_set_of(period(name)["stage"])
        )
        for name in LATER_PERIODS
    }
    assert counted == {
        "2025M06": {"recognised": 85},
        "2025M09": {"recognised": 6, "to_be_reassessed": 29},  # four went on alone, two were given theirs anew
        "2026Q1": {"recognised": 8, "to_be_reassessed": 27},
    }
    anew = [event for event in world.recognitions if event.decision_date >= MERGED_ON]
    assert held_on(anew, "NTM", MERGED_ON) == set()


def test_who_was_given_a_title_anew_meets_every_criterion() -> None:
    for name in ("2025M09", "2026Q1"):
        unmet = {code for (code, _, _), mark in later_marks(SEED, name).items() if mark not in STANDS}
        assert not unmet & set(RECOGNISED_ANEW)
        assert unmet


def test_of_most_forms_the_later_units_have_nothing_to_report() -> None:
    rows = report_of(build_world(SEED), "29278", "2025M09")
    assert {form for form, own in rows.items() if own} == {"criteria_summary", "recognitions", "funding_sources"}
    assert {"nil_projects", "nil_obstacles", "nil_helper_activities"} <= set(nothing_to_report(rows, "2025M09"))
