"""The truth of projects as the marts name it: the project of each report, its debt, and what two programmes both pay.

Belongs here: what follows from the rows of projects.py. Does not belong here: drawing projects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING

from ingest import reference
from simulate.planted import Report, report_of_row
from simulate.projects import BUDGETS, DEBTS, project_rows, projects
from simulate.topic import Row, Rows, Topic, Truth
from simulate.world import period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

REPORT = ("reporting_period_id", "reporting_unit_id")
PLACES = {"place_code": "unit_id", "second_place_code": "second_unit_id", "third_place_code": "third_unit_id"}


def _reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    return {"projects": project_rows(projects(world.seed), unit, name)}


def _truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    rows = [
        _row(row, district.reporting_unit_id, name)
        for name in names
        for district in world.districts
        for row in project_rows(projects(world.seed), district.reporting_unit_id, name)
    ]
    return {"project": rows}


def _row(row: Row, unit: str, name: str) -> Row:
    about = period(name)
    day: date = about["data_to"]
    found: Row = {"reporting_period_id": name, "reporting_unit_id": unit}
    for column, value in row.items():
        if column in PLACES:
            found[PLACES[column]] = None if value is None else unit_id_on(value, day)
        elif column != "explanation":
            found[column] = value
    start, finish, due = row["actual_start"], row["actual_finish"], row["planned_finish"]
    is_closed = row["closed_on"] is not None
    status = "closed" if is_closed else "completed" if finish else "under_way" if start else "not_started"
    return found | {
        "status_code": status,
        "is_continued": None if start is None else start < about["data_from"],
        "is_completed_in_year": finish is not None and finish >= about["data_from"],
        "is_on_schedule": None if finish is None else finish <= due,
        "days_late": max(0, ((finish or day) - due).days),
        "direct_vnd": sum(row[name] or 0 for name in BUDGETS),
    }


def _expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    rows = [row for row in truth["project"] if report_of_row(row) in sent]
    return {"fct_project": rows, "fct_construction_debt": debts(rows), "fct_programme_overlap": overlaps(rows)}


def debts(rows: Iterable[Row]) -> Rows:
    """Projects with a debt, reported or computed: what is built or settled beyond the money assigned."""
    found = []
    for row in rows:
        day: date = period(row["reporting_period_id"])["data_to"]
        volume = row["accepted_vnd"] if row["settled_vnd"] is None else row["settled_vnd"]
        computed = max(volume - row["assigned_total_vnd"], Decimal(0))
        if not row["debt_vnd"] and not computed:
            continue
        since, clear_by = row["debt_since"], row["debt_clear_by"]
        names = ("project_code", "programme_code", "assigned_total_vnd", "disbursed_total_vnd", "debt_vnd", *DEBTS)
        found.append(
            {name: row[name] for name in (*REPORT, "unit_id", *names, "debt_since", "debt_source_code")}
            | {
                "volume_vnd": volume,
                "unpaid_vnd": volume - row["disbursed_total_vnd"],
                "debt_computed_vnd": computed,
                "is_agreed": None if row["debt_vnd"] is None else row["debt_vnd"] == computed,
                "age_days": None if since is None else (day - since).days,
                "debt_clear_by": clear_by,
                "is_overdue": None if clear_by is None else clear_by < day,
            }
        )
    return found


def overlaps(rows: Iterable[Row]) -> Rows:
    """Pairs of one period that two programmes pay directly: the same work, or the same group in the same way."""
    found = []
    by_period: dict[str, Rows] = {}
    for row in rows:
        if row["direct_vnd"]:
            by_period.setdefault(row["reporting_period_id"], []).append(row)
    for own in by_period.values():
        for one, other in combinations(sorted(own, key=itemgetter("project_code", "reporting_unit_id")), 2):
            common = [place for place in _places(one) if place in _places(other)]
            if not common or one["programme_code"] == other["programme_code"]:
                continue
            hamlets = {_plain(row["village"]) for row in (one, other) if row["village"] is not None}
            is_elsewhere = one["unit_id"] == other["unit_id"] and len(hamlets) == 2
            matched = _matched(one, other)
            if matched is not None and not is_elsewhere:
                found.append(_overlap(one, other, matched) | {"unit_id": common[0]})
    return found


def _places(row: Row) -> list[str]:
    """The places a project names, the first one first."""
    return [row[column] for column in PLACES.values() if row[column] is not None]


def _matched(one: Row, other: Row) -> str | None:
    is_work = _plain(one["project_name"]) == _plain(other["project_name"])
    is_helped = (
        one["beneficiary"] is not None
        and other["beneficiary"] is not None
        and _plain(one["beneficiary"]) == _plain(other["beneficiary"])
        and one["kind_code"] == other["kind_code"]
        and one["decision_date"].year == other["decision_date"].year
    )
    return "both" if is_work and is_helped else "work" if is_work else "beneficiary" if is_helped else None


def _overlap(one: Row, other: Row, matched: str) -> Row:
    day: date = period(one["reporting_period_id"])["data_to"]
    allowed = next(
        (
            row["exception_id"]
            for row in reference.rows("overlap_exceptions")
            if (row["first_project_code"], row["second_project_code"]) == (one["project_code"], other["project_code"])
            and reference.is_valid(row, day)
        ),
        None,
    )
    is_integrated = one["integrated_vnd"] >= other["direct_vnd"] or other["integrated_vnd"] >= one["direct_vnd"]
    cost = max(one["investment_vnd"], other["investment_vnd"])
    return {name: one[name] for name in (*REPORT, "unit_id", "village", "project_code", "programme_code",
                                         "beneficiary", "direct_vnd")} | {
        "other_reporting_unit_id": other["reporting_unit_id"],
        "other_project_code": other["project_code"],
        "other_programme_code": other["programme_code"],
        "other_direct_vnd": other["direct_vnd"],
        "matched_on": matched,
        "cost_vnd": cost,
        "doubly_paid_vnd": min(one["direct_vnd"], other["direct_vnd"]),
        "excess_vnd": max(one["direct_vnd"] + other["direct_vnd"] - cost, Decimal(0)),
        "exception_id": allowed,
        "finding_code": "exception" if allowed else "integration" if is_integrated else "overlap",
    }  # fmt: skip


def _plain(name: str | None) -> str | None:
    """A name for comparing: lower case, blanks and punctuation made one blank."""
    return None if name is None else re.sub(r"[\s!-/:-@\[-`{-~]+", " ", name).strip().lower()


TOPIC = Topic(
    reports=_reports,
    truth=_truth,
    expected=_expected,
    keys={
        "fct_project": (*REPORT, "project_code"),
        "fct_construction_debt": (*REPORT, "project_code"),
        "fct_programme_overlap": (*REPORT, "project_code", "other_reporting_unit_id", "other_project_code"),
    },
    unspoken=frozenset({"other_row_id"}),
)
