"""What residents were asked before a title was given, and how many were satisfied.

A survey is held some weeks before a title of 2021-2025 is decided, for a district in the autumn of the year it is
recognised for. One of the communes of Trà Cú that wait for their title was surveyed a year before and fell short.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.planted import Report, Rows, report_of_row
from simulate.recognitions import WAITING, recognitions
from simulate.topic import Topic, Truth
from simulate.world import chance, districts, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "satisfaction"
OVERALL = "overall"
REQUIRED_PCT = {"NTM_KM": 95}
USUAL_PCT = 90
CONTENT_PCT = 80  # each content, of a district and its communes
FIRST_TRY = (WAITING[0], "NTM", date(2022, 11, 18))  # asked too early: 86 of 100 were satisfied
FIRST_TRY_SHARE = 0.86
DISTRICT_MONTH = 11


@dataclass(frozen=True)
class Survey:
    """One survey of one subject for one title."""

    reporting_unit_id: str
    subject_code: str
    title_code: str
    surveyed_on: date
    household_count: int
    asked_count: int
    satisfied: tuple[tuple[str, int], ...]  # by content


@cache
def surveys(seed: int) -> tuple[Survey, ...]:
    """Every survey of the sample in order of day."""
    found = []
    for event in recognitions(districts(seed), seed):
        if event.stage_code != "2021-2025" or event.decision_date < date(2022, 9, 1):
            continue
        draw = chance(seed, "survey", event.unit_code, event.title_code)
        if event.subject_level == "district":
            day = date(event.year_recognised, DISTRICT_MONTH, draw.randint(13, 28))
        else:
            day = event.decision_date - timedelta(days=draw.randint(28, 45))
        required = REQUIRED_PCT.get(event.title_code, USUAL_PCT)
        found.append(_survey(draw, seed, event.reporting_unit_id, event.unit_code, event.title_code, day, required))
    code, title, day = FIRST_TRY
    unit = next(one.reporting_unit_id for one in found if one.subject_code == code)
    found.append(_survey(chance(seed, "first survey"), seed, unit, code, title, day, None))
    return tuple(sorted(found, key=lambda one: (one.surveyed_on, one.subject_code, one.title_code)))


def contents() -> list[str]:
    return [entry["code"] for entry in reference.code_list("satisfaction_content")]


def _survey(
    draw: random.Random, seed: int, unit: str, code: str, title: str, day: date, required: int | None
) -> Survey:
    """`required`: the percent that the title asks for and gets; None where it was not reached."""
    households = _households(seed, code)
    asked = round(households * draw.uniform(0.61, 0.74))
    satisfied = []
    for content in contents():
        if required is None:
            share = FIRST_TRY_SHARE if content == OVERALL else draw.uniform(0.8, 0.92)
        elif content == OVERALL:
            share = draw.uniform(required / 100 + 0.012, 0.992)
        else:
            share = draw.uniform(CONTENT_PCT / 100 + 0.05, 0.995)
        satisfied.append((content, round(asked * share)))
    return Survey(unit, code, title, day, households, asked, tuple(satisfied))


@cache
def _households(seed: int, code: str) -> int:
    """Households of a commune or town, of a district those of all of them."""
    for district in districts(seed):
        sizes = {commune.unit_code: commune.households for commune in district.communes}
        sizes |= {town: chance(seed, "town size", town).randint(1_600, 3_200) for town in district.towns}
        if district.reporting_unit_id == code:
            return sum(sizes.values())
        if code in sizes:
            return sizes[code]
    raise KeyError(code)


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    """The surveys finished within the report year."""
    about = period(name)
    rows: Rows = []
    for survey in surveys(world.seed):
        if survey.reporting_unit_id == unit and about["data_from"] <= survey.surveyed_on <= about["data_to"]:
            rows += [{"subject_code": survey.subject_code, **_row(survey, content)} for content in contents()]
    return {FORM: rows}


def _row(survey: Survey, content: str) -> dict[str, Any]:
    return {
        "title_code": survey.title_code,
        "content_code": content,
        "household_count": survey.household_count,
        "asked_count": survey.asked_count,
        "satisfied_count": dict(survey.satisfied)[content],
        "surveyed_on": survey.surveyed_on,
        "surveyor": "Ủy ban Mặt trận Tổ quốc huyện",
        "explanation": None,
    }


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Every result of the years that are reported."""
    rows: Rows = []
    for name in names:
        about = period(name)
        if about["period_type"] != "year":
            continue
        for survey in surveys(world.seed):
            if about["data_from"] <= survey.surveyed_on <= about["data_to"]:
                place = {
                    "reporting_period_id": name,
                    "reporting_unit_id": survey.reporting_unit_id,
                    "unit_id": unit_id_on(survey.subject_code, about["data_to"]),
                }
                rows += [place | _row(survey, content) for content in contents()]
    return {"satisfaction": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """The results of the reports that were sent."""
    return {"fct_satisfaction": [row for row in truth["satisfaction"] if report_of_row(row) in sent]}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_satisfaction": ("reporting_period_id", "unit_id", "title_code", "content_code")},
)
