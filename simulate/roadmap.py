"""Roadmaps of the sample: what each subject planned for a criterion that it did not meet, and what came of it.

Who is put forward for a title plans two milestones for each criterion open at the end of 2022: the criterion itself
and its dossier, reached on the days of dossiers.py. Plans that slip are revised, some milestones are overdue without a
revision, some criteria miss a review. The district of Trà Cú plans all nine of its criteria.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.dossiers import CANDIDATES_SUBMIT, STAGE, Round, rounds
from simulate.half_years import half_years
from simulate.planted import Report, Rows, report_of_row
from simulate.registers import latest_reported
from simulate.topic import Topic, Truth
from simulate.world import SAMPLE_PERIODS, chance, period, period_of_calendar, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "roadmap"
PLANNED_BEFORE = date(2022, 12, 1)
WHOLE_PLANS = ("849",)  # subjects that plan every criterion, not only the open ones
CANDIDATES_PLAN = date(2023, 2, 20)  # the day of their plan
OTHERS_PLAN = date(2022, 3, 15)
MILESTONES = ((1, "Hoàn thành các chỉ tiêu còn thiếu"), (2, "Hoàn chỉnh hồ sơ tiêu chí"))
PLAN, REVISION = "Kế hoạch {}/KH-UBND", "Kế hoạch điều chỉnh {}/KH-UBND"
OVERDUE, REVISED = "Chậm do chờ bố trí vốn đối ứng", "Điều chỉnh theo tiến độ bố trí vốn"
MILESTONE = ("unit_id", "title_code", "stage_code", "criterion_no", "milestone_no")
REVISION_KEY = (*MILESTONE, "revision_no")


@dataclass(frozen=True)
class Step:
    """One milestone under one revision of its plan; `decided_on` is when that plan was made."""

    reporting_unit_id: str
    subject_code: str
    title_code: str
    set_code: str
    criterion_no: int
    milestone_no: int
    milestone: str
    revision_no: int
    decided_on: date
    planned_on: date
    plan_document: str
    actual_on: date | None


@cache
def steps(seed: int) -> tuple[Step, ...]:
    """Every milestone of the sample with every revision of its plan."""
    latest = {(one.subject_code, one.title_code, one.criterion_no): one for one in rounds(seed)}
    return tuple(step for one in latest.values() if _is_planned(one) for step in _steps_of(seed, one))


def _is_planned(one: Round) -> bool:
    """Open at the end of 2022 by the marks, of a title still to be given then, or part of a whole plan."""
    if one.title_code in ("HUYEN_NTM_NC", "NTM_KM") or one.submitted_on is None or one.submitted_on < PLANNED_BEFORE:
        return False
    return one.subject_code in WHOLE_PLANS or one.met_on is None or one.met_on > PLANNED_BEFORE


def _steps_of(seed: int, one: Round) -> list[Step]:
    draw = chance(seed, "roadmap", one.subject_code, one.title_code, one.criterion_no)
    decided = CANDIDATES_PLAN if one.submitted_on == CANDIDATES_SUBMIT else OTHERS_PLAN
    number = chance(seed, "plan", one.subject_code, one.title_code).randint(20, 190)
    found = []
    for milestone_no, milestone in MILESTONES:
        actual = one.met_on if milestone_no == 1 else one.completed_on
        slip = draw.choice((-12, -5, 0, 8, 21, 45, 75))
        aimed = actual if actual is not None and actual < CANDIDATES_SUBMIT else date(2023, 9, 29)
        planned = max(decided + timedelta(days=20), aimed - timedelta(days=slip))
        step = Step(
            one.reporting_unit_id, one.subject_code, one.title_code, one.set_code, one.criterion_no, milestone_no,
            milestone, 0, decided, planned, PLAN.format(number), actual,
        )  # fmt: skip
        found.append(step)
        is_late = actual is None or actual > planned + timedelta(days=20)
        if is_late and draw.random() < 0.6:
            again = planned + timedelta(days=draw.choice((40, 70, 120)))
            found.append(
                Step(
                    **step.__dict__
                    | {
                        "revision_no": 1,
                        "decided_on": max(decided, planned - timedelta(days=10)),
                        "planned_on": again,
                        "plan_document": REVISION.format(number + 200),
                    }
                )
            )
    return found


def steps_in(seed: int, name: str) -> list[tuple[Step, bool]]:
    """The steps that stand in the register of a period, each with whether it is the plan in force."""
    closing = period(name)["data_to"]
    known = [step for step in steps(seed) if step.decided_on <= closing]
    in_force = {_milestone(step): step.revision_no for step in sorted(known, key=lambda step: step.revision_no)}
    return [(step, in_force[_milestone(step)] == step.revision_no) for step in known]


def _milestone(step: Step) -> tuple[Any, ...]:
    return step.subject_code, step.title_code, step.criterion_no, step.milestone_no


def row_in(seed: int, step: Step, is_in_force: bool, name: str) -> dict[str, Any]:
    """The row of form roadmap for a step in a period."""
    closing = period(name)["data_to"]
    actual = step.actual_on if step.actual_on is not None and step.actual_on <= closing else None
    target = indicator_count(step.set_code, step.criterion_no) if step.milestone_no == 1 else None
    explanation = REVISED if step.revision_no else None
    if is_in_force and actual is None and step.planned_on <= closing:
        explanation = OVERDUE
    return {
        "title_code": step.title_code,
        "stage_code": STAGE,
        "criterion_no": step.criterion_no,
        "milestone_no": step.milestone_no,
        "milestone": step.milestone,
        "revision_no": step.revision_no,
        "planned_on": step.planned_on,
        "plan_document": step.plan_document,
        "target_value": target,
        "actual_on": actual,
        "actual_value": target if actual is not None else None,
        "reviewed_on": _reviewed_on(seed, step, name),
        "explanation": explanation,
    }


@cache
def indicator_count(set_code: str, criterion_no: int) -> Decimal | None:
    """How many indicators of a criterion are to be met; None where the set is known by its criteria alone."""
    count = sum(
        row["set_code"] == set_code and row["criterion_no"] == criterion_no for row in reference.rows("indicators")
    )
    return Decimal(count) if count else None


def _reviewed_on(seed: int, step: Step, name: str) -> date | None:
    """The last review of a criterion by a closing day; one half year in six has none."""
    last = None
    for other in half_years(SAMPLE_PERIODS[: SAMPLE_PERIODS.index(name) + 1]):
        draw = chance(seed, "review", step.subject_code, step.title_code, step.criterion_no, other)
        day = period(other)["data_to"] - timedelta(days=draw.randint(3, 60))
        if draw.random() > 1 / 6 and day >= step.decided_on:
            last = day
    return last


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    """The roadmaps that a unit reports for a half year."""
    if name not in half_years([name]):
        return {}
    rows = [
        {"subject_code": step.subject_code, **row_in(world.seed, step, is_in_force, name)}
        for step, is_in_force in steps_in(world.seed, name)
        if step.reporting_unit_id == unit
    ]
    return {FORM: rows}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Every step in every report that carries it."""
    rows: Rows = []
    for name in half_years(names):
        closing = period(name)["data_to"]
        for step, is_in_force in steps_in(world.seed, name):
            row = row_in(world.seed, step, is_in_force, name) | {
                "reporting_period_id": name,
                "reporting_unit_id": step.reporting_unit_id,
                "unit_id": unit_id_on(step.subject_code, closing),
                "criteria_set_code": step.set_code,
            }
            rows.append({column: value for column, value in row.items() if column != "explanation"})
    return {"roadmap_step": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """Milestones over the revisions of their plan, and the reviews of each half year."""
    known = latest_reported(truth["roadmap_step"], REVISION_KEY, sent)
    by_milestone: dict[tuple[Any, ...], Rows] = {}
    for row in sorted(known, key=lambda row: row["revision_no"]):
        by_milestone.setdefault(tuple(row[name] for name in MILESTONE), []).append(row)
    return {
        "fct_roadmap_milestone": [_milestone_row(own) for own in by_milestone.values()],
        "fct_roadmap_review": _reviews(row for row in truth["roadmap_step"] if report_of_row(row) in sent),
    }


def _milestone_row(own: Rows) -> dict[str, Any]:
    """The plan in force, beside the first one."""
    latest, first = own[-1], own[0]["planned_on"]
    actual = latest["actual_on"]
    return latest | {
        "original_planned_on": first,
        "revision_days": (latest["planned_on"] - first).days,
        "slip_days": None if actual is None else (actual - first).days,
    }


def _reviews(rows: Iterable[Mapping[str, Any]]) -> Rows:
    """Per half year, subject and criterion: milestones, those reached, and the last review."""
    grouped: dict[tuple[Any, ...], Rows] = {}
    names = ("reporting_period_id", "reporting_unit_id", "unit_id", "title_code", "stage_code", "criterion_no")
    for row in rows:
        grouped.setdefault(tuple(row[name] for name in names), []).append(dict(row))
    found: Rows = []
    for key, own in grouped.items():
        about = period(key[0])
        milestones = {row["milestone_no"]: row["actual_on"] is not None for row in own}
        reviewed_on = max((row["reviewed_on"] for row in own if row["reviewed_on"] is not None), default=None)
        window_from = about["data_from"] if about["period_type"] == "6_months" else _half_year_before(key[0])
        found.append(
            dict(zip(names, key, strict=True))
            | {
                "criteria_set_code": own[0]["criteria_set_code"],
                "milestone_count": len(milestones),
                "milestone_done_count": sum(milestones.values()),
                "reviewed_on": reviewed_on,
                "window_from": window_from,
                "is_reviewed": reviewed_on is not None and window_from <= reviewed_on <= about["data_to"],
            }
        )
    return found


def _half_year_before(name: str) -> date:
    """The day after the first six months of a year were closed."""
    closing: date = period_of_calendar(f"{name[:4]}M06")["data_to"]
    return closing + timedelta(days=1)


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={
        "fct_roadmap_milestone": MILESTONE,
        "fct_roadmap_review": ("reporting_period_id", "unit_id", "title_code", "stage_code", "criterion_no"),
    },
    unspoken=frozenset({"milestone_id"}),
)
