"""Indicators not met, who is in charge of each and since when: what must follow from the results of the sample.

Belongs here: the truth of fct_unmet_indicator. The results themselves are in indicators.py and district_criteria.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ingest import reference
from simulate.expected_criteria import no_tables, results_and_statuses
from simulate.indicators import UNMET
from simulate.planted import Report
from simulate.topic import Rows, Topic, Truth
from simulate.world import EVERY_PERIOD, PROVINCE_CODE, period

Subject = tuple[str, str, str]  # unit, set, indicator


def in_charge(set_code: str, indicator_no: str, day: date) -> tuple[str, bool]:
    """The department assigned to an indicator on a day, else the one that the national set names, and which it is."""
    for row in reference.rows("agency_assignments"):
        indicator = row["set_code"], row["indicator_no"], row["province_code"]
        if indicator == (set_code, indicator_no, PROVINCE_CODE) and reference.is_valid(row, day):
            return row["agency_code"], True
    national = next(
        row["agency_code"]
        for row in reference.rows("indicators")
        if (row["set_code"], row["indicator_no"]) == (set_code, indicator_no)
    )
    return national, False


def unmet_rows(results: Rows) -> Rows:
    """Per period, one row for each indicator not met, with the beginning of the run that it belongs to."""
    of_subject: dict[Subject, dict[str, Rows]] = {}
    for row in results:
        subject = row["unit_id"], row["criteria_set_code"], row["indicator_no"]
        of_subject.setdefault(subject, {}).setdefault(row["reporting_period_id"], []).append(row)
    found: Rows = []
    for (_, set_code, indicator_no), by_period in of_subject.items():
        since: str | None = None
        for name in (name for name in EVERY_PERIOD if name in by_period):
            unmet = [row for row in by_period[name] if (row["computed_verdict"] or row["declared_verdict"]) == UNMET]
            if not unmet:
                since = None
                continue
            since = since or name
            closing, began = period(name)["data_to"], period(since)["data_to"]
            agency, is_assigned = in_charge(set_code, indicator_no, closing)
            worst = min(unmet, key=_shortfall)
            found.append(
                {column: worst[column] for column in TAKEN}
                | {
                    "agency_code": agency,
                    "is_assigned": is_assigned,
                    "since_period_id": since,
                    "since_date": began,
                    "unmet_days": (closing - began).days,
                }
            )
    return found


TAKEN = (
    "reporting_period_id",
    "reporting_unit_id",
    "unit_id",
    "subject_level",
    "criteria_set_code",
    "criterion_no",
    "indicator_no",
    "part_code",
    "value",
    "threshold_value",
    "distance",
    "computed_basis",
)


def _shortfall(row: dict[str, Any]) -> tuple[Any, ...]:
    """Farthest from the threshold first; what has no figure last; then by part."""
    return row["distance"] is None, row["distance"] or 0, row["part_code"]


def _expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    results, _ = results_and_statuses(truth, faults, sent)
    return {"fct_unmet_indicator": unmet_rows(results)}


TOPIC = Topic(
    truth=no_tables,
    expected=_expected,
    keys={"fct_unmet_indicator": ("reporting_period_id", "unit_id", "criteria_set_code", "indicator_no")},
)
