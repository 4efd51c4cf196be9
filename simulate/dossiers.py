"""Dossiers of the sample: criterion by criterion of every subject put forward for a title, round by round.

A dossier is drawn backwards from the day on which all of them are submitted, some weeks before the title is decided;
what its criterion truly meets, and since when, is the world's. Some dossiers lag months behind their criterion, a few
are complete before it is met, some are returned and made again. What marts say of them is in dossier_facts.py.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.indicators import STANDS
from simulate.planted import Rows
from simulate.townships import town_marks
from simulate.unmet import judged_advanced
from simulate.world import PROVINCE_CODE, SAMPLE_PERIODS, chance, period

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "dossiers"
STAGE = "2021-2025"
FIRST_OPENED = date(2022, 2, 10)
FIRST_DECIDED = date(2022, 12, 31)  # titles decided earlier left the register before the sample begins
CANDIDATES_SUBMIT = date(2024, 9, 16)  # after the sample: their dossiers are still being made
# districts are put forward at the end of the year they are recognised for
DISTRICTS_SUBMIT = {2022: date(2022, 11, 25), 2023: date(2023, 12, 8)}
SUBMITTED_BEFORE_DECISION = (20, 30)
CANDIDATES_OPEN = date(2023, 3, 1)
LAGS = (10, 30, 60, 100, 150, 210)  # days from a criterion met to its dossier complete
VERIFIERS = {"district": "Văn phòng Điều phối nông thôn mới tỉnh", "commune": "Phòng Nông nghiệp và PTNT huyện"}
DEFAULT_AGENCY = "VPDP"
REASONS = ("Thiếu biên bản nghiệm thu", "Số liệu minh chứng chưa khớp biểu", "Thiếu xác nhận của đơn vị quản lý")
BEHIND, AHEAD = "Đang thu thập minh chứng", "Hồ sơ làm trước, tiêu chí còn chỉ tiêu chưa đạt"


@dataclass(frozen=True)
class Round:
    """One round of one dossier with every day of it, also those still to come."""

    reporting_unit_id: str
    subject_code: str
    subject_level: str
    title_code: str
    set_code: str
    criterion_no: int
    round_no: int
    opened_on: date  # from here on it stands in the register
    met_on: date | None
    started_on: date
    completed_on: date
    verified_on: date | None
    verified_by: str
    verification_verdict: str
    confirmed_on: date | None
    confirmed_by: str
    confirmation_verdict: str
    submitted_on: date | None
    returned_on: date | None
    return_reason: str | None


@dataclass(frozen=True)
class Subject:
    """Who is put forward for which title, and when its dossiers are submitted."""

    reporting_unit_id: str
    code: str
    level: str
    title_code: str
    submit_on: date


@cache
def rounds(seed: int) -> tuple[Round, ...]:
    """Every round of every dossier of the sample."""
    from simulate.reports import build_world  # it lists the topics, of which this is one

    world = build_world(seed)
    met = _met_days(world)
    found: list[Round] = []
    for subject in subjects(world):
        set_code = set_of(subject.title_code)
        for number in sorted(row["criterion_no"] for row in reference.rows("criteria") if row["set_code"] == set_code):
            draw = chance(seed, "dossier", subject.code, subject.title_code, number)
            key = (subject.code, set_code, number)
            met_on = (
                met.get(key, draw_day(draw, date(2022, 1, 10), date(2022, 9, 20))) if _is_judged(set_code) else None
            )
            found += _rounds_of(draw, subject, set_code, number, met_on)
    return tuple(found)


def set_of(title_code: str) -> str:
    """The national set of a title in the stage of the sample."""
    return next(
        str(row["set_code"])
        for row in reference.rows("title_sets")
        if row["title_code"] == title_code and row["stage"] == STAGE and row["province_code"] in (None, PROVINCE_CODE)
    )


def subjects(world: World) -> list[Subject]:
    """Who was recognised for 2022 and later on the sets of the stage, and the candidates of the years to come."""
    found = []
    for event in world.recognitions:
        if event.stage_code != STAGE or event.decision_date < FIRST_DECIDED:
            continue
        submit = DISTRICTS_SUBMIT.get(event.year_recognised)
        if event.subject_level != "district":
            days = chance(world.seed, "submitted", event.unit_code, event.title_code).randint(
                *SUBMITTED_BEFORE_DECISION
            )
            submit = event.decision_date - timedelta(days=days)
        assert submit is not None
        level = "township_ward" if event.title_code == "DTVM" else event.subject_level
        found.append(Subject(event.reporting_unit_id, event.unit_code, level, event.title_code, submit))
    holders = {event.unit_code for event in world.recognitions if event.title_code == "NTM_NC"}
    districts = {commune.unit_code: place.reporting_unit_id for place in world.districts for commune in place.communes}
    for code in sorted(judged_advanced(world.districts, world.seed, holders) - holders):
        found.append(Subject(districts[code], code, "commune", "NTM_NC", CANDIDATES_SUBMIT))
    return found


def draw_day(draw: random.Random, first: date, last: date) -> date:
    """A day from first to last, or the last where that comes earlier."""
    return first + timedelta(days=draw.randint(0, (last - first).days)) if first <= last else last


def _is_judged(set_code: str) -> bool:
    """Whether any form says which criteria of a set are met."""
    return set_code in ("NTM_XA_2021", "NTM_XA_NC_2021", "NTM_HUYEN_2021", "DTVM_2022")


def _met_days(world: World) -> dict[tuple[str, str, int], date | None]:
    """(subject, set, criterion) -> the day within the period from which it is met to the end; None where it is not.

    What was met in the first period of the sample was met some day before, and is absent.
    """
    by_period: dict[str, dict[tuple[str, str, int], bool]] = {}
    for name in SAMPLE_PERIODS:
        marks = {(code, set_code, int(no)): mark in STANDS for (code, set_code, no), mark in world.marks(name).items()}
        for own in world.district_results[name]:
            key = (own.reporting_unit_id, own.set_code, int(own.criterion_no))
            marks[key] = marks.get(key, True) and own.verdict in STANDS
        if period(name)["period_type"] in ("6_months", "year"):
            marks |= {
                (code, "DTVM_2022", int(no)): mark in STANDS for (_, code, no), mark in town_marks(world, name).items()
            }
        by_period[name] = marks
    found: dict[tuple[str, str, int], date | None] = {}
    for key in by_period[SAMPLE_PERIODS[-1]]:
        said = [(name, by_period[name][key]) for name in SAMPLE_PERIODS if key in by_period[name]]
        since = None
        for name, is_met in reversed(said):
            if not is_met:
                break
            since = name
        if since is None:
            found[key] = None
        elif since != said[0][0]:
            before = said[[name for name, _ in said].index(since) - 1][0]
            first, last = period(before)["data_to"] + timedelta(days=1), period(since)["data_to"]
            found[key] = draw_day(chance(world.seed, "met day", *key), first, last - timedelta(days=20))
    return found


def _rounds_of(draw: random.Random, subject: Subject, set_code: str, number: int, met_on: date | None) -> list[Round]:
    """One round, or two where the first is returned."""
    submit = subject.submit_on
    opened = max(FIRST_OPENED, min(submit - timedelta(days=draw.randint(300, 330)), CANDIDATES_OPEN))
    confirmed = submit - timedelta(days=draw.randint(3, 12))
    verified = confirmed - timedelta(days=draw.randint(8, 20))
    latest = verified - timedelta(days=draw.randint(3, 9))
    ripe = latest if met_on is None else max(met_on, opened) + timedelta(days=draw.choice(LAGS))
    if draw.random() < 0.08:  # made before its criterion is met, where that takes long
        ripe = opened + timedelta(days=90)
    completed = min(latest, max(opened + timedelta(days=25), ripe))
    started = max(opened, completed - timedelta(days=draw.randint(20, 60)))
    last = Round(
        subject.reporting_unit_id, subject.code, subject.level, subject.title_code, set_code, number, 1, opened,
        met_on, started, completed, verified, VERIFIERS["district" if subject.level == "district" else "commune"], "D",
        confirmed, agency_of(set_code, number), "D", submit, None, None,
    )  # fmt: skip
    if (latest - started).days < 60 or draw.random() > 0.12:
        return [last]
    # a first round: done early, then returned by the district or by the department
    done = started + timedelta(days=15)
    checked = done + timedelta(days=draw.randint(6, 12))
    is_departments = draw.random() < 0.5
    asked = checked + timedelta(days=draw.randint(5, 10)) if is_departments else None
    returned = (asked or checked) + timedelta(days=2)
    first = replace(
        last, completed_on=done, verified_on=checked, verification_verdict="D" if is_departments else "CD",
        confirmed_on=asked, confirmation_verdict="CD", submitted_on=None, returned_on=returned,
        return_reason=draw.choice(REASONS),
    )  # fmt: skip
    again = returned + timedelta(days=3)
    second = replace(last, round_no=2, opened_on=again, started_on=again, completed_on=max(last.completed_on, again))
    return [first, second]


@cache
def agency_of(set_code: str, criterion_no: int) -> str:
    """The department in charge of most of a criterion; the office where no indicator names one."""
    named = [
        row["agency_code"]
        for row in reference.rows("indicators")
        if row["set_code"] == set_code and row["criterion_no"] == criterion_no and row["agency_code"]
    ]
    return str(max(sorted(set(named)), key=named.count)) if named else DEFAULT_AGENCY


def as_of(one: Round, closing: date, draw: random.Random) -> dict[str, Any]:
    """The row of a round as its unit fills it in on a closing day."""

    def by(day: date | None) -> date | None:
        return day if day is not None and day <= closing else None

    verified, confirmed, returned = by(one.verified_on), by(one.confirmed_on), by(one.returned_on)
    status = "not_started"
    steps = (
        ("in_preparation", by(one.started_on)),
        ("complete", by(one.completed_on)),
        ("verified", verified),
        ("confirmed", confirmed),
        ("submitted", by(one.submitted_on)),
        ("returned", returned),
    )
    for name, day in steps:
        status = name if day is not None else status
    met_on = by(one.met_on)
    is_open = status in ("not_started", "in_preparation")
    is_ahead = not is_open and status != "returned" and met_on is None and _is_judged(one.set_code)
    return {
        "title_code": one.title_code,
        "stage_code": STAGE,
        "criterion_no": one.criterion_no,
        "round_no": one.round_no,
        "met_on": met_on,
        "status_code": status,
        "started_on": by(one.started_on),
        "completed_on": by(one.completed_on),
        "verified_on": verified,
        "verified_by": one.verified_by if verified else None,
        "verification_verdict": one.verification_verdict if verified else None,
        "confirmed_on": confirmed,
        "confirmed_by": one.confirmed_by if verified else None,
        "confirmation_verdict": one.confirmation_verdict if confirmed else None,
        "submitted_on": by(one.submitted_on),
        "returned_on": returned,
        "return_reason": one.return_reason if returned else None,
        "reviewed_on": closing - timedelta(days=draw.randint(2, 24)),
        "explanation": BEHIND if is_open else AHEAD if is_ahead else None,
    }


def rounds_in(seed: int, name: str) -> list[Round]:
    """The rounds that stand in the register of a period: opened by then, not submitted in an earlier report year."""
    about = period(name)
    return [
        one
        for one in rounds(seed)
        if one.opened_on <= about["data_to"] and (one.submitted_on is None or one.submitted_on >= about["data_from"])
    ]


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    """The dossiers that a unit reports in a period."""
    rows = [row_in(world.seed, one, name) for one in rounds_in(world.seed, name) if one.reporting_unit_id == unit]
    return {FORM: rows}


def row_in(seed: int, one: Round, name: str) -> dict[str, Any]:
    """The row of form dossiers for a round in a period."""
    draw = chance(seed, "reviewed", one.subject_code, one.title_code, one.criterion_no, name)
    return {"subject_code": one.subject_code, **as_of(one, period(name)["data_to"], draw)}
