"""What a district says of each assignment in sum: the year's plan, what was done of it, what it brought.

Belongs here: the rows of form helper_summary and their truth. Counts of visits and meetings are those of the
activities, but for a few assignments whose district counts a visit that it did not list, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from simulate.assistance import Assignment, assignment_rows
from simulate.indicators import STANDS
from simulate.planted import Report, report_of_row
from simulate.topic import Rows, Topic, Truth
from simulate.truth_help import activity_counts, events_of
from simulate.unmet import BASE_SET
from simulate.world import chance, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "helper_summary"
YEAR_GONE = {"2022Y": 4, "2023Q1": 1, "2023M06": 2, "2023M09": 3, "2023Y": 4}  # quarters of the report year
NOT_LISTED = "Có 01 lần đi cơ sở chưa lập dòng ở Biểu 07, sẽ bổ sung"
CONTENTS = (
    "Hoàn thiện tiêu chí môi trường; xây dựng mô hình phân loại rác tại hộ",
    "Nâng cấp đường liên ấp; vận động hiến đất",
    "Củng cố hợp tác xã; liên kết tiêu thụ nông sản",
    "Nâng tỷ lệ tham gia bảo hiểm y tế; chuyển đổi số cấp xã",
)
KEY = ("agency_code", "unit_id", "role_code", "valid_from")
MILLION = Decimal(1_000_000)


@cache
def rows_of(world_seed: int, name: str) -> Rows:
    """The rows of every unit for a period: those of form helper_summary with their unit, place and period."""
    from simulate.reports import build_world

    world = build_world(world_seed)
    met_now, met_before = _met_counts(world, name), _met_counts(world, _year_before(name))
    found = []
    for assignment in world.assignments:
        listed = assignment_rows([assignment], assignment.reporting_unit_id, name)
        if listed:
            gained = met_now[assignment.unit_code] - met_before[assignment.unit_code] if met_before else None
            found.append(_row(world, assignment, name, gained, met_before.get(assignment.unit_code)))
    return found


def _year_before(name: str) -> str | None:
    return "2022Y" if period(name)["year"] == 2023 else None


def _met_counts(world: World, name: str | None) -> dict[str, int]:
    """Criteria of the base set met by commune; nothing for a year that nobody reported."""
    counts: dict[str, int] = {}
    for (code, set_code, _), mark in (world.marks(name) if name else {}).items():
        if set_code == BASE_SET:
            counts[code] = counts.get(code, 0) + (mark in STANDS)
    return counts


def _row(world: World, assignment: Assignment, name: str, gained: int | None, met_before: int | None) -> dict[str, Any]:
    about = period(name)
    draw = chance(world.seed, "summary", assignment.unit_code, assignment.agency_code, assignment.valid_from,
                  about["year"])  # fmt: skip
    events = events_of(world, assignment, about)
    counts = activity_counts(events, about)
    is_main, is_new = assignment.role_code == "main", assignment.valid_from.year == about["year"]
    has_plan = is_main and is_new and draw.random() < 0.94
    missing = 1 if met_before is None else 19 - met_before
    plan = {
        "plan_content": draw.choice(CONTENTS),
        "planned_visit_count": draw.randint(4, 9),
        "planned_criteria_count": min(missing, draw.randint(1, 2)),
        "planned_support_vnd": draw.randint(40, 160) * MILLION,
    }
    gone = YEAR_GONE[name] if is_main and is_new else 0
    trained, jobs = draw.randint(0, 60), draw.randint(0, 12)
    support, days = draw.randint(20, 180) * MILLION, draw.randint(0, 120)
    is_unlisted = is_main and draw.random() < 0.08 and gone >= 2
    people = trained * gone // 4
    return {
        "reporting_period_id": name,
        "reporting_unit_id": assignment.reporting_unit_id,
        "agency_code": assignment.agency_code,
        "unit_code": assignment.unit_code,
        "role_code": assignment.role_code,
        "valid_from": assignment.valid_from,
        **(plan if has_plan else dict.fromkeys(plan)),
        "visit_count": counts["visit_count"] + is_unlisted,
        "visit_in_advance_count": counts["visit_in_advance_count"],
        "meeting_count": counts["meeting_count"],
        "briefing_count": counts["briefing_count"],
        "communication_count": counts["communication_count"],
        "training_count": counts["training_count"],
        "trained_people_count": people,
        "trained_women_count": people * 2 // 5,
        "trained_minority_count": people // 3,
        "introduced_job_count": jobs * gone // 4,
        "support_vnd": support * gone / 4,
        "labour_day_count": days * gone // 4,
        "content_done": draw.choice(CONTENTS) if counts["activity_count"] else None,
        "gained_criteria_count": gained if is_main and is_new else None,
        "self_rating": draw.choice(("excellent", "good", "good", "completed")) if gone == 4 else None,
        "explanation": NOT_LISTED if is_unlisted else None,
    }


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    """The rows of form helper_summary that a unit sends."""
    found = []
    for row in rows_of(world.seed, name):
        if row["reporting_unit_id"] == unit:
            taken = {
                column: row[column] for column in row if column not in ("reporting_period_id", "reporting_unit_id")
            }
            found.append({"commune_code": taken.pop("unit_code"), **taken})
    return {FORM: found}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    found = []
    for name in names:
        for row in rows_of(world.seed, name):
            own = {column: row[column] for column in row if column not in ("unit_code", "explanation")}
            found.append(own | {"unit_id": unit_id_on(row["unit_code"], period(name)["data_to"])})
    return {"helper_summary": found}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    return {"fct_helper_summary": [row for row in truth["helper_summary"] if report_of_row(row) in sent]}


REPORTED = ("visit_count", "visit_in_advance_count", "meeting_count", "briefing_count", "training_count",
            "communication_count")  # fmt: skip


def reported(truth: Truth, sent: set[Report]) -> Mapping[tuple[Any, ...], dict[str, Any]]:
    """What was reported of each assignment, by period and assignment; for the marts that put it beside the events."""
    rows = expected(truth, [], sent)["fct_helper_summary"]
    return {(row["reporting_period_id"], *(row[name] for name in KEY)): row for row in rows}


def beside_events(
    summaries: Mapping[tuple[Any, ...], dict[str, Any]], counted: Mapping[str, Any]
) -> dict[str, int | None]:
    """What was reported in sum of an assignment whose events are counted; nothing known where no summary names it."""
    row = summaries.get((counted["reporting_period_id"], *(counted[name] for name in KEY)), {})
    said, events = row.get("visit_count"), counted["visit_count"]
    return {
        "planned_visit_count": row.get("planned_visit_count"),
        **{f"reported_{name}": row.get(name) for name in REPORTED},
        "visit_difference": None if said is None or events is None else said - events,
    }


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_helper_summary": ("reporting_period_id", "reporting_unit_id", *KEY)},
)
