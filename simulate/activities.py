"""Inspections, guidance, communication, training and mobilisation by whoever is not a helper team, in the sample.

A report lists what the year's plan holds and what was held by its closing day; what is only planned has no result yet.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from ingest import reference
from simulate.activity_kinds import CONTENTS, HELD_ONLY, OUTCOMES, RESULTS, shape_of
from simulate.half_years import half_years
from simulate.planted import Report
from simulate.registers import latest_reported
from simulate.residential_areas import standing_area
from simulate.topic import Row, Rows, Topic, Truth
from simulate.truth_help import event_period_of
from simulate.unmet import BASE_SET
from simulate.world import PROVINCE_CODE, District, chance, districts, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "activities"
YEARS = (2022, 2023)
OF_COMMUNES = ("communication", "training", "coordination", "publication", "community_meeting", "community_works",
               "mobilisation", "supervision")  # fmt: skip
OF_DISTRICTS = ("inspection", "inspection", "inspection", "supervision", "guidance", "reminder", "communication",
                "training", "mobilisation", "emulation", "prevention", "guidance")  # fmt: skip
DISTRICT_BODIES = {
    "steering_committee": "Ban Chỉ đạo các Chương trình MTQG",
    "district_office": "Văn phòng Điều phối nông thôn mới",
    "peoples_committee": "Ủy ban nhân dân",
    "peoples_council": "Hội đồng nhân dân",
    "front": "Ủy ban Mặt trận Tổ quốc",
    "party_board": "Ban Tuyên giáo",
    "community": "Ban Giám sát đầu tư của cộng đồng",
}
LEFT_UNDONE = 0.06  # share of planned activities that no day of the year saw
SETTLED_AFTER = timedelta(days=75)  # what an inspection found is handled in full after as many days


@cache
def events(seed: int) -> tuple[Row, ...]:
    """Every activity of both report years with its outcome, numbered in each unit and year; the rows are shared."""
    found: list[Row] = []
    for district in districts(seed):
        for year in YEARS:
            found += _numbered(_events_of(district, year, seed), district.reporting_unit_id, year)
    return tuple(found)


def _events_of(district: District, year: int, seed: int) -> list[Row]:
    draw = chance(seed, FORM, district.reporting_unit_id, year)
    own = [_event(draw, district, year, kind, district.reporting_unit_id) for kind in OF_DISTRICTS]
    for commune in district.communes:
        kinds = draw.sample(OF_COMMUNES, 2 if year == 2022 else 4)
        own += [_event(draw, district, year, kind, commune.unit_code) for kind in kinds]
    return [_at_area(row, seed) for row in own]


def _at_area(row: Row, seed: int) -> Row:
    """What is about residential areas names the one that was visited."""
    if row["subject_code"] != "residential_area":
        return row
    return row | {"area_code": standing_area(seed, row["place_code"], row["kind_code"], row["year"])}


def _event(draw: random.Random, district: District, year: int, kind: str, place: str) -> Row:
    begin, end = date(year - 1, 12, 15), date(year, 12, 14)
    day: date | None = begin + timedelta(days=draw.randint(5, (end - begin).days - 5))
    planned = day + timedelta(days=draw.choice((-12, -4, 0, 0, 3))) if day and draw.random() < 0.7 else None
    planned = min(max(planned, begin), end) if planned else None
    if planned is not None and draw.random() < LEFT_UNDONE:
        day = None
    actor, values = shape_of(draw, kind, _criteria_of_agencies())
    where = "xã" if len(place) == 5 else "huyện"
    row: Row = dict.fromkeys(OUTCOMES) | {
        "reporting_unit_id": district.reporting_unit_id,
        "year": year,
        "actor_kind": actor,
        "agency_code": None,
        "addressee_agency_code": None,
        "organisation_name": f"{DISTRICT_BODIES[actor]} {where}" if actor in DISTRICT_BODIES else None,
        "kind_code": kind,
        "planned_on": planned,
        "activity_date": day,
        "place_code": place,
        "area_code": None,
        "criterion_no": None,
        "movement_code": None,
        "audience_code": None,
        "channel_code": None,
        "content": draw.choice(CONTENTS[kind]),
        "result": draw.choice(RESULTS),
        "explanation": None,
        **values,
    }
    if kind in ("inspection", "supervision") and day is not None:
        row["follow_up_due_on"] = day + timedelta(days=30) if row["finding_count"] else None
    return row


@cache
def _criteria_of_agencies() -> Mapping[int, tuple[str, ...]]:
    """Departments by the commune criterion that they are in charge of, in 2023."""
    criterion_of = {
        row["indicator_no"]: row["criterion_no"]
        for row in reference.rows("indicators")
        if row["set_code"] == "NTM_XA_2021"
    }
    found: dict[int, set[str]] = {}
    for row in reference.rows("agency_assignments"):
        is_own = row["set_code"] == BASE_SET and row["province_code"] == PROVINCE_CODE
        if is_own and reference.is_valid(row, date(2023, 6, 1)):
            found.setdefault(int(criterion_of[row["indicator_no"]]), set()).add(row["agency_code"])
    return {number: tuple(sorted(codes)) for number, codes in sorted(found.items())}


def _numbered(own: Sequence[Row], unit: str, year: int) -> list[Row]:
    """The plan of the year is numbered first, what came beside it in the order of its days."""
    ordered = sorted(own, key=lambda row: (row["planned_on"] is None, row["planned_on"] or row["activity_date"]))
    return [row | {"activity_no": f"{unit}-HD{year}-{number:03d}"} for number, row in enumerate(ordered, 1)]


def reported(event: Row, name: str) -> Row | None:
    """An activity as the report of a period has it; None where the report has nothing of it."""
    about = period(name)
    day = event["activity_date"]
    is_held = day is not None and day <= about["data_to"]
    if event["year"] != about["year"] or not (is_held or event["planned_on"]):
        return None
    row = dict(event)
    if not is_held:
        row |= dict.fromkeys(HELD_ONLY)
    elif row["finding_count"] and about["data_to"] - day < SETTLED_AFTER:
        row["handled_count"] = row["handled_count"] // 2
        row["recovered_vnd"] = None if row["to_recover_vnd"] is None else Decimal(0)
    return row


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    rows = [reported(event, name) for event in events(world.seed) if event["reporting_unit_id"] == unit]
    drop = ("reporting_unit_id", "year")
    return {FORM: [{key: value for key, value in row.items() if key not in drop} for row in rows if row]}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    rows: Rows = []
    for name in half_years(names):
        for event in events(world.seed):
            if (row := reported(event, name)) is not None:
                place = row.pop("place_code")
                del row["year"]
                rows.append({"reporting_period_id": name, **row, "unit_id": unit_id_on(place, period(name)["data_to"])})
    return {"activity": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    from simulate.expected_registers import expected_activities  # it knows the reports, which know the topics

    own = [
        row | {"form": FORM, "event_period_id": event_period_of(row["activity_date"])}
        for row in latest_reported(truth["activity"], ("reporting_unit_id", "activity_no"), sent)
    ]
    shared = ("reporting_period_id", "reporting_unit_id", "activity_no", "agency_code", "unit_id", "kind_code",
              "activity_date", "event_period_id", "participant_count", "result")  # fmt: skip
    helping = [
        {name: row[name] for name in shared} | {"form": "helper_activities", "actor_kind": "helper_team"}
        for row in expected_activities(truth["helper_activity"], faults, sent)
    ]
    return {"fct_activity": own + helping}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_activity": ("form", "activity_no", "unit_id")},
)
