"""What the marts must say of registers: each event once, as the latest report has it that carries it.

A part of expected.py: recognitions, assignments, activities, and what adds up from them by period.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulate.helper_summaries import beside_events, reported
from simulate.planted import DIFFERS, QUARANTINED, Report, Rows, faults_in, report_of_row, touches
from simulate.truth_help import activity_counts, event_period_of, notice_class
from simulate.world import EVERY_PERIOD, SAMPLE_PERIODS, period, stands

Row = dict[str, Any]
COUNTS = tuple(activity_counts((), period(SAMPLE_PERIODS[0])))


def expected_recognitions(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    """The register repeats every decision up to the closing day."""

    def is_in(event: Row, about: Mapping[str, Any]) -> bool:
        return bool(event["decision_date"] <= about["data_to"]) and stands(event["unit_id"], about["data_to"])

    quarantined = faults_in(faults, "recognitions", QUARANTINED)
    latest = _latest(rows, sent, is_in, lambda row: _unless(quarantined, row, {"subject_code": "unit_id"}))
    return [row | {"event_period_id": event_period_of(row["decision_date"])} for row in latest]


def expected_assignments(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    """A report holds what was decided by its closing day and in force on a day since the report year began."""

    def is_in(row: Row, about: Mapping[str, Any]) -> bool:
        has_begun = max(row["decision_date"], row["valid_from"]) <= about["data_to"]
        return has_begun and (row["valid_to"] is None or row["valid_to"] > about["data_from"])

    quarantined = faults_in(faults, "helper_assignments", QUARANTINED)
    return _latest(rows, sent, is_in, lambda row: _unless(quarantined, row, {"commune_code": "unit_id"}))


def expected_activities(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    return _latest(rows, sent, _holds_activity, lambda row: _seen(row, faults))


def expected_helper_periods(truth: Mapping[str, Rows], faults: Rows, sent: set[Report]) -> Rows:
    """Counts of each assignment in each period it was in force in, and what was reported of it in sum.

    No report leaves them unknown.
    """
    summaries = reported(truth, sent)
    ends = {_assignment(row): row["valid_to"] for row in truth["helper_assignment"]}
    seen: dict[tuple[str, str, str], Rows] = {}  # period, agency, commune -> events
    for event in truth["helper_activity"]:
        for name in _reports_with(event, sent, _holds_activity):
            version = _seen(event | {"reporting_period_id": name}, faults)
            if version is not None:
                seen.setdefault((name, version["agency_code"], version["unit_id"]), []).append(version)
    found = []
    for row in truth["helper_period"]:
        name, ended = row["reporting_period_id"], ends[_assignment(row)]
        if report_of_row(row) not in sent:
            unknown = row | dict.fromkeys(COUNTS) | {"is_activity_reported": False}
            found.append(unknown | beside_events(summaries, unknown))
            continue
        own = [
            event
            for event in seen.get((name, row["agency_code"], row["unit_id"]), [])
            if row["valid_from"] <= event["activity_date"] and (ended is None or event["activity_date"] < ended)
        ]
        counted = row | activity_counts(own, period(name)) | {"is_activity_reported": True}
        found.append(counted | beside_events(summaries, counted))
    return found


def _latest(
    rows: Rows,
    sent: set[Report],
    is_in: Callable[[Row, Mapping[str, Any]], bool],
    judged: Callable[[Row], Row | None],
) -> Rows:
    """Each event as the latest report has it that carries it and did not have it quarantined."""
    found = []
    for event in rows:
        versions = [judged(event | {"reporting_period_id": name}) for name in _reports_with(event, sent, is_in)]
        known = [version for version in versions if version is not None]
        found += known[-1:]
    return found


def _reports_with(event: Row, sent: set[Report], is_in: Callable[[Row, Mapping[str, Any]], bool]) -> list[str]:
    """The periods whose reports carry an event, in order."""
    unit = event["reporting_unit_id"]
    return [name for name in EVERY_PERIOD if (unit, name) in sent and is_in(event, period(name))]


def _holds_activity(event: Row, about: Mapping[str, Any]) -> bool:
    """Activities are reported from the start of the report year."""
    return bool(about["data_from"] <= event["activity_date"] <= about["data_to"])


def _unless(quarantined: list[Mapping[str, Any]], row: Row, names: Mapping[str, str]) -> Row | None:
    return None if any(touches(fault, row, names) for fault in quarantined) else row


def _seen(event: Row, faults: Rows) -> Row | None:
    """An activity as its report has it after judgement; None where its row was quarantined."""
    for fault in faults_in(faults, "helper_activities", QUARANTINED, DIFFERS):
        if touches(fault, event, {"commune_code": "unit_id"}):
            if fault["effect"] == QUARANTINED:
                return None
            event = event | {fault["column_name"]: fault["planted_value"], "is_assigned": False}
    return event | {"notice_class": notice_class(event["notified_on"], event["activity_date"])}


def _assignment(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["agency_code"], row["unit_id"], row["role_code"], row["valid_from"]
