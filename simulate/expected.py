"""What the marts must say of the sample: the truth, changed by the planted faults and by what was never sent.

Belongs here: the effect of each fault on each table, and what follows from it (marks computed from indicators, losses
from period to period, counts). It reads the truth only, never a workbook, a ledger or a mart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulate.expected_criteria import expected_results, expected_statuses, subject_of
from simulate.expected_funding import expected_lines
from simulate.expected_metrics import expected_metrics
from simulate.expected_registers import (
    expected_activities,
    expected_assignments,
    expected_helper_periods,
    expected_recognitions,
)
from simulate.expected_submissions import expected_submissions, expected_versions
from simulate.indicators import UNMET
from simulate.later import base_set_of
from simulate.planted import Rows, report_of_row
from simulate.recognitions import Recognition
from simulate.topics import TOPICS
from simulate.truth_criteria import band_of, standing_row, standings
from simulate.world import period

if TYPE_CHECKING:
    import pandas as pd


def expected_marts(truth_dir: Path) -> dict[str, pd.DataFrame]:
    """Expected marts by name, with the truth's columns and those that follow from it.

    Money and figures are Decimal, dates are date. Registers hold the row of the latest period that reports an event.
    """
    import pandas as pd

    truth = {name: read_truth(truth_dir, name) for name in _names(truth_dir)}
    faults = [fault | {"row_key": json.loads(fault["row_key"])} for fault in truth["faults"]]
    sent = {report_of_row(row) for row in truth["submission"] if row["punctuality"] != "missing"}
    events = [_recognition(row) for row in truth["recognition"]]

    results = expected_results(truth["indicator_result"], faults, sent)
    versions = expected_versions(truth["submission_version"], faults)
    statuses = expected_statuses(truth["criterion_status"], results, faults, sent)
    marts = {
        "fct_indicator_result": results,
        "fct_criterion_status": statuses,
        "fct_unit_standing": _standings(truth["unit_standing"], statuses, events),
        "fct_recognition": expected_recognitions(truth["recognition"], faults, sent),
        "fct_funding": expected_lines(truth["funding"], faults, sent),
        "fct_helper_assignment": expected_assignments(truth["helper_assignment"], faults, sent),
        "fct_helper_activity": expected_activities(truth["helper_activity"], faults, sent),
        "fct_helper_period": expected_helper_periods(truth, faults, sent),
        "fct_submission": expected_submissions(truth["submission"], versions),
        "fct_submission_version": versions,
    }
    for topic in TOPICS:
        marts |= topic.expected(truth, faults, sent)
    marts["fct_metric"] = expected_metrics(marts)
    return {name: pd.DataFrame(rows, dtype=object) for name, rows in marts.items()}


def read_truth(truth_dir: Path, name: str) -> Rows:
    """One table of the truth as rows."""
    import pyarrow.parquet as pq

    rows: Rows = pq.read_table(truth_dir / f"{name}.parquet").to_pylist()
    return rows


def _names(truth_dir: Path) -> list[str]:
    return sorted(path.stem for path in truth_dir.glob("*.parquet"))


def _standings(rows: Rows, statuses: Rows, events: list[Recognition]) -> Rows:
    """Recounted from the statuses; a commune without any still stands in the base set."""
    found = standings(events, statuses)
    reported = {(row["reporting_period_id"], row["unit_id"], row["criteria_set_code"]) for row in found}
    for row in rows:
        key = (row["reporting_period_id"], row["unit_id"], row["criteria_set_code"])
        base = base_set_of(period(row["reporting_period_id"])["stage"])
        if key not in reported and row["criteria_set_code"] == base:
            name, unit = row["reporting_period_id"], row["reporting_unit_id"]
            alone = standing_row(events, name, unit, row["unit_id"], "commune", base)
            found.append(alone | {"standing": alone["standing"] or "no_report"})
    missing = _missing(statuses)
    counts: dict[tuple[Any, ...], list[int]] = {}
    for row in found:
        if row["criteria_met_declared"] is not None:
            counts.setdefault(_rivals(row), []).append(row["criteria_met_declared"])
    for row in found:
        met = row["criteria_met_declared"]
        row["criteria_missing"] = missing.get((row["reporting_period_id"], row["unit_id"], row["criteria_set_code"]))
        row["rank_in_province"] = None
        if met is not None:
            row["band_code"] = band_of(row["criteria_set_code"], met)
            row["rank_in_province"] = 1 + sum(other > met for other in counts[_rivals(row)])
    return found


def _rivals(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["reporting_period_id"], row["criteria_set_code"], row["subject_level"]


def _missing(statuses: Rows) -> dict[tuple[Any, ...], str]:
    """The numbers of the criteria declared unmet, by period, subject and set."""
    unmet: dict[tuple[Any, ...], list[int]] = {}
    for row in statuses:
        if row["declared_mark"] == UNMET:
            unmet.setdefault(subject_of(row)[:3], []).append(row["criterion_no"])
    return {subject: ", ".join(str(number) for number in sorted(numbers)) for subject, numbers in unmet.items()}


def _recognition(row: Mapping[str, Any]) -> Recognition:
    values = {name: row[name] for name in Recognition.__dataclass_fields__ if name != "unit_code"}
    return Recognition(unit_code=row["unit_id"].partition(".")[0], **values)
