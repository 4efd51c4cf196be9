"""What the marts must say of the sample: the truth, changed by the planted faults and by what was never sent.

Belongs here: the effect of each fault on each table, and what follows from it (marks computed from indicators, losses
from period to period, counts). It reads the truth only, never a workbook, a ledger or a mart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulate.expected_registers import (
    expected_activities,
    expected_assignments,
    expected_helper_periods,
    expected_recognitions,
)
from simulate.expected_submissions import expected_submissions, expected_versions
from simulate.faults import ABSENT, DIFFERS, QUARANTINED
from simulate.indicators import MET, STANDS, UNMET, parts_of, verdict_on
from simulate.planted import Report, Rows, faults_in, report_of_row, touches
from simulate.recognitions import Recognition
from simulate.topics import TOPICS
from simulate.truth_criteria import band_of, standing_row, standings
from simulate.unmet import BASE_SET
from simulate.world import SAMPLE_PERIODS, period

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

    results = _results(truth["indicator_result"], faults, sent)
    versions = expected_versions(truth["submission_version"], faults)
    statuses = _statuses(truth["criterion_status"], results, faults, sent)
    marts = {
        "fct_indicator_result": results,
        "fct_criterion_status": statuses,
        "fct_unit_standing": _standings(truth["unit_standing"], statuses, events),
        "fct_recognition": expected_recognitions(truth["recognition"], faults, sent),
        "fct_funding": _funding(truth["funding"], faults, sent),
        "fct_helper_assignment": expected_assignments(truth["helper_assignment"], faults, sent),
        "fct_helper_activity": expected_activities(truth["helper_activity"], faults, sent),
        "fct_helper_period": expected_helper_periods(truth, faults, sent),
        "fct_submission": expected_submissions(truth["submission"], versions),
        "fct_submission_version": versions,
    }
    for topic in TOPICS:
        marts |= topic.expected(truth, faults, sent)
    return {name: pd.DataFrame(rows, dtype=object) for name, rows in marts.items()}


def read_truth(truth_dir: Path, name: str) -> Rows:
    """One table of the truth as rows."""
    import pyarrow.parquet as pq

    rows: Rows = pq.read_table(truth_dir / f"{name}.parquet").to_pylist()
    return rows


def _names(truth_dir: Path) -> list[str]:
    return sorted(path.stem for path in truth_dir.glob("*.parquet"))


def _results(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    quarantined = faults_in(faults, "criteria_results", QUARANTINED)
    changed = faults_in(faults, "criteria_results", DIFFERS)
    names = {"commune_code": "unit_id"}
    kept = []
    for row in rows:
        if report_of_row(row) not in sent or any(touches(fault, row, names) for fault in quarantined):
            continue
        for fault in changed:
            if touches(fault, row, names):
                row = _with_value(row, fault)
        kept.append(row)
    return kept


def _with_value(row: dict[str, Any], fault: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(row)
    if fault["column_name"] == "verdict":
        row["declared_verdict"] = fault["planted_value"]
    else:
        part = next(
            part
            for part in parts_of(row["criteria_set_code"])
            if (part.indicator_no, part.part_code) == (row["indicator_no"], row["part_code"])
        )
        before, row["value"] = row["value"], Decimal(fault["planted_value"])
        row["computed_verdict"] = verdict_on(row["value"], row["threshold_value"], part.direction)
        moved = row["value"] - before
        row["distance"] += -moved if part.direction == "<=" else moved
    row["is_agreed"] = row["declared_verdict"] == row["computed_verdict"]
    return row


def _statuses(rows: Rows, results: Rows, faults: Rows, sent: set[Report]) -> Rows:
    gone = faults_in(faults, "criteria_summary", QUARANTINED, ABSENT)
    names = {"commune_code": "unit_id"}
    computed = _computed_marks(results)
    kept = []
    for row in rows:
        if report_of_row(row) not in sent or any(touches(fault, row, names) for fault in gone):
            continue
        if row["subject_level"] == "commune":
            mark = computed.get(_subject(row))
            row = row | {"computed_mark": mark, "is_agreed": None if mark is None else mark == row["declared_mark"]}
        kept.append(row)
    return _with_history(kept)


def _subject(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["reporting_period_id"], row["unit_id"], row["criteria_set_code"], row["criterion_no"]


def _computed_marks(results: Rows) -> dict[tuple[Any, ...], str | None]:
    """A criterion is met when every part is known to be met; a part that is not known leaves it open."""
    verdicts: dict[tuple[Any, ...], list[str]] = {}
    for row in results:
        verdicts.setdefault(_subject(row), []).append(row["computed_verdict"])
    marks: dict[tuple[Any, ...], str | None] = {}
    for subject, found in verdicts.items():
        parts = [part for part in parts_of(subject[2]) if int(part.criterion_no) == subject[3]]
        marks[subject] = UNMET if UNMET in found else MET if len(found) == len(parts) else None
    return marks


def _with_history(rows: Rows) -> Rows:
    """Since when a criterion has been met, and whether it was lost, against the last period reported before."""
    before: dict[tuple[Any, ...], dict[str, Any]] = {}
    done: Rows = []
    for row in sorted(rows, key=lambda row: SAMPLE_PERIODS.index(row["reporting_period_id"])):
        subject = _subject(row)[1:]
        earlier = before.get(subject)
        judged = row | {
            "judged_mark": row["computed_mark"] or row["declared_mark"],
            "judged_basis": "declared" if row["computed_mark"] is None else "computed",
        }
        is_met = row["declared_mark"] in STANDS
        was_met = earlier is not None and earlier["declared_mark"] in STANDS
        since = earlier["met_since_period_id"] if earlier is not None and was_met else row["reporting_period_id"]
        was_judged_met = earlier is not None and earlier["judged_mark"] in STANDS
        full = judged | {
            "met_since_period_id": since if is_met else None,
            "is_lost": was_met and not is_met,
            "is_judged_lost": was_judged_met and judged["judged_mark"] not in STANDS,
            "previous_period_id": earlier["reporting_period_id"] if earlier is not None else None,
        }
        before[subject] = full
        done.append(full)
    return done


def _standings(rows: Rows, statuses: Rows, events: list[Recognition]) -> Rows:
    """Recounted from the statuses; a commune without any still stands in the base set."""
    found = standings(events, statuses)
    reported = {(row["reporting_period_id"], row["unit_id"], row["criteria_set_code"]) for row in found}
    for row in rows:
        key = (row["reporting_period_id"], row["unit_id"], row["criteria_set_code"])
        if key not in reported and row["criteria_set_code"] == BASE_SET:
            name, unit = row["reporting_period_id"], row["reporting_unit_id"]
            alone = standing_row(events, name, unit, row["unit_id"], "commune", BASE_SET)
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
            unmet.setdefault(_subject(row)[:3], []).append(row["criterion_no"])
    return {subject: ", ".join(str(number) for number in sorted(numbers)) for subject, numbers in unmet.items()}


def _recognition(row: Mapping[str, Any]) -> Recognition:
    values = {name: row[name] for name in Recognition.__dataclass_fields__ if name != "unit_code"}
    return Recognition(unit_code=row["unit_id"].partition(".")[0], **values)


def _funding(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    quarantined = faults_in(faults, "funding_sources", QUARANTINED)
    kept = []
    for row in rows:
        if report_of_row(row) not in sent or any(
            touches(fault, row, {"place_code": "unit_id"}) for fault in quarantined
        ):
            continue
        before = period(row["reporting_period_id"])["previous_period_id"]
        if before is not None and (row["reporting_unit_id"], before) not in sent:
            row = row | {"disbursed_in_period_vnd": None, "performed_in_period_vnd": None}
        discrete = row["disbursed_in_period_vnd"], row["performed_in_period_vnd"]
        kept.append(row | {"is_restated": any(amount is not None and amount < 0 for amount in discrete)})
    return kept
