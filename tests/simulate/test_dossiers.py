"""Dossiers, roadmaps and surveys of the sample: what their registers promise, and the story of Trà Cú."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from simulate.dossier_facts import COMPLETE, STEPS, by_dossier, state_on, truth
from simulate.recognitions import WAITING
from simulate.registers import latest_reported
from simulate.reports import build_world, report_of
from simulate.satisfaction import surveys
from simulate.world import MERGED_ON, SAMPLE_PERIODS, period

SEED = 20230412
DISTRICTS = ("842", "844", "845", "846", "847", "848", "849", "850", "851")
LETTER = date(2023, 4, 12)  # the letter of Trà Cú that says that dossiers lag


def reported(form: str, name: str) -> list[dict[str, Any]]:
    world = build_world(SEED)
    return [row for unit in DISTRICTS for row in report_of(world, unit, name).get(form, ())]


def key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("subject_code", "title_code", "criterion_no", "round_no"))


def test_the_days_of_a_round_are_in_the_order_of_its_steps_and_of_the_past() -> None:
    for name in SAMPLE_PERIODS:
        for row in reported("dossiers", name):
            steps = [row[step] for step in STEPS[:-1]]
            told = [day for day in steps if day is not None]
            assert told == steps[: len(told)]
            assert told == sorted(told)
            assert all(day <= period(name)["data_to"] for day in told)


def test_a_dossier_leaves_the_register_only_with_the_year_it_was_submitted_in() -> None:
    for before, after in pairwise(SAMPLE_PERIODS):
        kept = {key(row) for row in reported("dossiers", after)}
        gone = [row for row in reported("dossiers", before) if key(row) not in kept]
        year_begins = period(after)["data_from"]
        assert all(row["submitted_on"] is not None and row["submitted_on"] < year_begins for row in gone)
    of_year = [key(row) for row in reported("dossiers", "2022Y") if row["status_code"] == "submitted"]
    assert of_year
    assert not set(of_year) & {key(row) for row in reported("dossiers", "2023Q1")}


def test_on_the_day_of_the_letter_the_three_waiting_communes_meet_all_and_lack_dossiers() -> None:
    world = build_world(SEED)
    marks = world.marks("2023Q1")
    rounds = latest_reported(
        truth(world, SAMPLE_PERIODS)["dossier_round"],
        ("unit_id", "title_code", "criterion_no", "round_no"),
        {(unit, name) for unit in DISTRICTS for name in SAMPLE_PERIODS},
    )
    for code in WAITING:
        assert all(
            mark == "D" for (unit, set_code, _), mark in marks.items() if (unit, set_code) == (code, "NTM_XA_2021")
        )
        own = [
            dossier
            for dossier in by_dossier(rounds).values()
            if dossier[0]["unit_id"].startswith(code) and dossier[0]["title_code"] == "NTM"
        ]
        complete = sum(state_on(dossier, LETTER)[0] in COMPLETE for dossier in own)
        assert len(own) == 19
        assert 0 < complete < 19


def test_a_milestone_keeps_its_first_plan_when_it_is_revised() -> None:
    rows = reported("roadmap", "2023Y")
    first = {key(row | {"round_no": row["milestone_no"]}): row for row in rows if row["revision_no"] == 0}
    revised = [row for row in rows if row["revision_no"] > 0]
    assert revised
    assert all(key(row | {"round_no": row["milestone_no"]}) in first for row in revised)


def test_a_title_follows_a_survey_that_reached_what_it_asks_for() -> None:
    reached = {
        (one.subject_code, one.title_code)
        for one in surveys(SEED)
        if dict(one.satisfied)["overall"] * 100 >= one.asked_count * (95 if one.title_code == "NTM_KM" else 90)
    }
    given = {
        (event.unit_code, event.title_code)
        for event in build_world(SEED).recognitions
        if event.stage_code == "2021-2025" and date(2022, 9, 1) <= event.decision_date < MERGED_ON
    }
    assert given <= reached
    assert len(surveys(SEED)) == len(given) + 1  # one commune was asked a year before, and fell short
