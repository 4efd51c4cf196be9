"""The yearly evaluation of who helps a commune, and of district heads, as the four bodies put it.

Belongs here: the rows of form evaluations and their truth. What the points rest on is counted in
evaluation_evidence.py. Evaluators follow the visits and reports, and are generous here and there.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.apparatus import PEOPLE
from simulate.apparatus import rows_of as bodies_of
from simulate.evaluation_evidence import POINTS_OF, expected_parts, weights_of
from simulate.helper_summaries import rows_of as summaries_of
from simulate.planted import Report, report_of_row
from simulate.topic import Rows, Topic, Truth
from simulate.world import chance, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "evaluations"
PERIODS = ("2022Y", "2023Y")
HALF = Decimal("0.5")
EVIDENCE = "Theo Biểu 06, 07, 16 và báo cáo của xã"


@cache
def rows_of(seed: int, name: str) -> Rows:
    """The rows of every unit for a year: those of form evaluations with their unit and period."""
    if name not in PERIODS:
        return []
    year, found = period(name)["year"], []
    for number, summary in enumerate(_helpers(seed, name)):
        subjects = [("leader", "VPDP")]
        subjects += [("agency", "SO_NV")] if number % 4 == 0 else []
        subjects += [("team", "SO_LDTBXH" if number % 2 else "BAN_DT")] if number % 9 == 0 else []
        found += [_helper_row(seed, name, summary, subject, evaluator) for subject, evaluator in subjects]
    for body in bodies_of(seed, name):
        if body["body_code"] == PEOPLE:
            found.append(_head_row(chance(seed, "head", body["place_code"], year), name, body))
    return found


def _helpers(seed: int, name: str) -> Rows:
    """The summaries of those that help as main helper on the closing day."""
    from simulate.reports import build_world

    closing = period(name)["data_to"]
    on_duty = {
        (row.agency_code, row.unit_code, row.valid_from): row
        for row in build_world(seed).assignments
        if row.role_code == "main" and row.helper_level == "province" and row.holds_on(closing)
    }
    found = []
    for row in summaries_of(seed, name):
        assignment = on_duty.get((row["agency_code"], row["unit_code"], row["valid_from"]))
        if assignment is not None and row["role_code"] == "main":
            found.append({**row, "leader_name": assignment.leader_name})
    return found


def _helper_row(seed: int, name: str, summary: Mapping[str, Any], subject: str, evaluator: str) -> dict[str, Any]:
    draw = chance(seed, "evaluation", name, summary["unit_code"], summary["agency_code"], subject)
    weights = weights_of("helper", period(name)["year"])
    planned = summary["planned_visit_count"]
    visited = Decimal(summary["visit_count"]) / planned if planned else Decimal("0.6")
    shares = {
        "visits": min(Decimal(1), visited + (Decimal("0.2") if draw.random() < 0.1 else 0)),
        "obstacles": _drawn(draw, 0.6),
        "criteria": _drawn(draw, 0.5),
        "support": _drawn(draw, 0.5),
        "reports": Decimal(1),
    }
    return _row(draw, name, summary["reporting_unit_id"], weights, shares) | {
        "subject_code": subject,
        "agency_code": summary["agency_code"],
        "place_code": summary["unit_code"],
        "subject_name": summary["leader_name"] if subject == "leader" else None,
        "evaluator_code": evaluator,
    }


def _head_row(draw: random.Random, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    weights = weights_of("unit_head", period(name)["year"])
    shares = {"obstacles": _drawn(draw, 0.7), "criteria": _drawn(draw, 0.9), "reports": _drawn(draw, 0.8)}
    return _row(draw, name, body["reporting_unit_id"], weights, shares) | {
        "subject_code": "unit_head",
        "agency_code": None,
        "place_code": None,
        "subject_name": body["head_name"],
        "evaluator_code": "SO_NV",
    }


def _drawn(draw: random.Random, least: float) -> Decimal:
    return Decimal(round(draw.uniform(least, 1) * 100)) / 100


def _row(
    draw: random.Random, name: str, unit: str, weights: Mapping[str, Decimal], shares: Mapping[str, Decimal]
) -> dict[str, Any]:
    points = {part: (weights[part] * share / HALF).quantize(Decimal(1)) * HALF for part, share in shares.items()}
    total, year = sum(points.values(), Decimal(0)), period(name)["year"]
    reminders = draw.choice((0, 0, 0, 1, 1, 2))
    return {
        "reporting_period_id": name,
        "reporting_unit_id": unit,
        **{column: points.get(part) for part, column in POINTS_OF.items()},
        "total_points": total,
        "rating_code": _rating(total),
        "evaluated_on": date(year, 12, draw.randint(4, 13)),
        "reminder_count": reminders,
        "last_reminded_on": date(year, draw.randint(4, 11), draw.randint(1, 28)) if reminders else None,
        "evidence_text": EVIDENCE,
    }


def _rating(total: Decimal) -> str:
    bands = sorted(reference.rows("evaluation_ratings"), key=lambda row: row["minimum_points"], reverse=True)
    return str(next(row["rating_code"] for row in bands if total >= row["minimum_points"]))


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    """The rows of form evaluations that a unit sends."""
    found = []
    for row in rows_of(world.seed, name):
        if row["reporting_unit_id"] == unit:
            own = {column: row[column] for column in row if column not in ("reporting_period_id", "reporting_unit_id")}
            found.append(own | {"commune_code": own.pop("place_code"), "explanation": None})
    return {FORM: found}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    found = []
    for name in names:
        for row in rows_of(world.seed, name):
            place = unit_id_on(row["place_code"] or row["reporting_unit_id"], period(name)["data_to"])
            own = {column: row[column] for column in row if column not in ("place_code", "evidence_text")}
            found.append(own | {"unit_id": place, "year": period(name)["year"]})
    return {"evaluation": found}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    rows = [row for row in truth["evaluation"] if report_of_row(row) in sent]
    return {"fct_evaluation": rows, "fct_evaluation_part": expected_parts(truth, faults, sent, rows)}


KEY = ("reporting_period_id", "reporting_unit_id", "subject_code", "agency_code", "unit_id", "evaluator_code")

TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_evaluation": KEY, "fct_evaluation_part": (*KEY, "part_code")},
    unspoken=frozenset({"evaluation_id", "evidence_text", "evidence_mart"}),
)
