"""What the marts must say of submissions: each file once, in its versions, and the report that came of them.

A part of expected.py. A copy of a file is no submission: the bytes count from the first receipt that may be admitted.
A file whose period is unknown, and one that is no workbook, is no version of a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from ingest import reference
from ingest.settings import OFFICE_TIME_ZONE
from ingest.spec import load_specs
from simulate.channel import COPIES, UNIDENTIFIED, Content
from simulate.planted import Report, Rows, report_of_row
from simulate.world import period_of_calendar, unit_id_on

Row = dict[str, Any]
# from the mildest; a report has the status of its gravest finding
STATUS_OF = {"warning": "accepted_with_warnings", "error": "accepted_with_quarantine", "blocking": "rejected"}
OF_NO_VERSION = {
    "reporting_period_id": None,
    "version": None,
    "is_current": False,
    "known_from": None,
    "known_to": None,
}


def expected_versions(sent: Rows, faults: Rows) -> Rows:
    """One row per report in a file with bytes of its own; each version counts until the next one comes."""
    files = [row for row in sent if row["content"] not in COPIES]
    found = [_file(row, faults) | OF_NO_VERSION for row in files if row["content"] in UNIDENTIFIED]
    for report in sorted({report_of_row(row) for row in files}):
        versions = sorted(
            (row for row in files if report_of_row(row) == report and row["content"] not in UNIDENTIFIED),
            key=lambda row: row["received_at"],
        )
        ends = [row["received_at"] for row in versions[1:]] + [None]
        for number, (row, end) in enumerate(zip(versions, ends, strict=True), start=1):
            validity = {"is_current": end is None, "known_from": row["received_at"], "known_to": end}
            found.append(_file(row, faults) | {"reporting_period_id": report[1], "version": number} | validity)
    return found


def expected_submissions(rows: Rows, versions: Rows) -> Rows:
    """One row per report owed; what was never sent is `missing`."""
    latest: dict[Report, Row] = {}
    for version in sorted((row for row in versions if row["version"]), key=lambda row: row["version"]):
        latest[report_of_row(version)] = version
    return [_submission(row, latest.get(report_of_row(row))) for row in rows]


def forms_owed(about: Mapping[str, Any], unit_kind: str = "district", unit_type: str = "huyen") -> int:
    """How many forms a unit of a kind and type owes for a period."""
    return sum(spec.form != "cover" and spec.is_owed(unit_kind, unit_type, about) for spec in load_specs().values())


def working_days(due: date, on: date) -> int:
    """Working days after the due date to the day of receipt, without weekends and holidays."""
    days = (due + timedelta(days=step) for step in range(1, (on - due).days + 1))
    return sum(day.weekday() < 5 and day not in _holidays() for day in days)


@cache
def _holidays() -> frozenset[date]:
    return frozenset(row["date"] for row in reference.rows("holidays"))


def _submission(row: Row, latest: Mapping[str, Any] | None) -> Row:
    about = period_of_calendar(row["reporting_period_id"])
    submission_id = None if latest is None else latest["submission_id"]
    first = row["first_received_at"]
    unit = reference.reporting_unit(row["reporting_unit_id"])
    assert unit is not None
    owed = forms_owed(about, unit["unit_kind"], unit["unit_type"])
    return row | {
        "unit_id": unit_id_on(row["reporting_unit_id"], about["data_to"]),
        "expected_form_count": owed,
        "accepted_form_count": 0 if latest is None else owed,
        "working_days_late": first and working_days(about["due_date"], first.astimezone(OFFICE_TIME_ZONE).date()),
        "submission_id": submission_id,
        "accepted_submission_id": submission_id,
        "status": row["status"] or "missing",
        "is_approved": False,  # nobody signs in the sample
        "approved_by": None,
        "approved_at": None,
    }


def _file(row: Row, faults: Rows) -> Row:
    severities = {fault["severity"] for fault in faults if fault["submission_id"] == row["submission_id"]}
    status = "accepted"
    for severity, name in STATUS_OF.items():
        if severity in severities:
            status = name
    is_scan = row["content"] == Content.SCAN  # it cannot even say whose it is
    return {
        "submission_id": row["submission_id"],
        "reporting_unit_id": None if is_scan else row["reporting_unit_id"],
        "file_name": row["file_name"],
        "received_at": row["received_at"],
        "status": "unreadable" if is_scan else status,
    }
