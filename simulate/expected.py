"""What the marts must say of the sample: the truth, changed by the planted faults and by what was never sent.

Belongs here: the effect of each fault on each table, and what follows from it (marks computed from indicators, losses
from period to period, counts). It reads the truth only, never a workbook, a ledger or a mart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulate.faults import ABSENT, DIFFERS, QUARANTINED
from simulate.indicators import MET, UNMET, parts_of, verdict_on
from simulate.recognitions import Recognition
from simulate.truth_criteria import Rows, band_of, standing_row, standings
from simulate.truth_help import activity_counts, notice_class
from simulate.unmet import BASE_SET
from simulate.world import SAMPLE_PERIODS, period, unit_id_on

if TYPE_CHECKING:
    import pandas as pd

Report = tuple[str, str]  # unit, period


def expected_marts(truth_dir: Path) -> dict[str, pd.DataFrame]:
    """Expected marts by name, with the truth's columns and those that follow from it.

    Money and figures are Decimal, dates are date. Registers hold the row of the latest period that reports an event.
    """
    import pandas as pd

    truth = {name: read_truth(truth_dir, name) for name in _names(truth_dir)}
    faults = [fault | {"row_key": json.loads(fault["row_key"])} for fault in truth["faults"]]
    sent = {_report(row) for row in truth["submission"] if row["punctuality"] != "missing"}
    events = [_recognition(row) for row in truth["recognition"]]

    results = _results(truth["indicator_result"], faults, sent)
    statuses = _statuses(truth["criterion_status"], results, faults, sent)
    marts = {
        "fct_indicator_result": results,
        "fct_criterion_status": statuses,
        "fct_unit_standing": _standings(truth["unit_standing"], statuses, events),
        "fct_recognition": truth["recognition"],
        "fct_funding": _funding(truth["funding"], faults, sent),
        "fct_helper_assignment": truth["helper_assignment"],
        "fct_helper_activity": _activities(truth["helper_activity"], faults, sent),
        "fct_helper_period": _helper_periods(truth, faults, sent),
        "fct_submission": truth["submission"],
    }
    return {name: pd.DataFrame(rows, dtype=object) for name, rows in marts.items()}


def read_truth(truth_dir: Path, name: str) -> Rows:
    """One table of the truth as rows."""
    import pyarrow.parquet as pq

    rows: Rows = pq.read_table(truth_dir / f"{name}.parquet").to_pylist()
    return rows


def _names(truth_dir: Path) -> list[str]:
    return sorted(path.stem for path in truth_dir.glob("*.parquet"))


def _report(row: Mapping[str, Any]) -> Report:
    return row["reporting_unit_id"], row["reporting_period_id"]


def _of(faults: Iterable[Mapping[str, Any]], form: str, *effects: str) -> list[Mapping[str, Any]]:
    return [fault for fault in faults if fault["form"] == form and fault["effect"] in effects]


def _touches(fault: Mapping[str, Any], row: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    """Whether a fault's row key names this row; `names` maps columns of the form to columns of the table."""
    if _report(fault) != _report(row):
        return False
    closing = period(fault["reporting_period_id"])["data_to"]
    for column, wanted in fault["row_key"].items():
        name = names.get(column, column)
        value = unit_id_on(wanted, closing) if name == "unit_id" else wanted
        if str(row[name]) != str(value):
            return False
    return True


def _results(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    quarantined = _of(faults, "criteria_results", QUARANTINED)
    changed = _of(faults, "criteria_results", DIFFERS)
    names = {"commune_code": "unit_id"}
    kept = []
    for row in rows:
        if _report(row) not in sent or any(_touches(fault, row, names) for fault in quarantined):
            continue
        for fault in changed:
            if _touches(fault, row, names):
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
    gone = _of(faults, "criteria_summary", QUARANTINED, ABSENT)
    names = {"commune_code": "unit_id"}
    computed = _computed_marks(results)
    kept = []
    for row in rows:
        if _report(row) not in sent or any(_touches(fault, row, names) for fault in gone):
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
        is_met = row["declared_mark"] in (MET, "KAD")
        was_met = earlier is not None and earlier["declared_mark"] in (MET, "KAD")
        since = earlier["met_since_period_id"] if earlier is not None and was_met else row["reporting_period_id"]
        full = row | {
            "met_since_period_id": since if is_met else None,
            "is_lost": was_met and not is_met,
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
    for row in found:
        if row["criteria_met_declared"] is not None:
            row["band_code"] = band_of(row["criteria_set_code"], row["criteria_met_declared"])
    return found


def _recognition(row: Mapping[str, Any]) -> Recognition:
    values = {name: row[name] for name in Recognition.__dataclass_fields__ if name != "unit_code"}
    return Recognition(unit_code=row["unit_id"].partition(".")[0], **values)


def _funding(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    quarantined = _of(faults, "funding_sources", QUARANTINED)
    kept = []
    for row in rows:
        if _report(row) not in sent or any(_touches(fault, row, {"place_code": "unit_id"}) for fault in quarantined):
            continue
        before = period(row["reporting_period_id"])["previous_period_id"]
        if before is not None and (row["reporting_unit_id"], before) not in sent:
            row = row | {"disbursed_in_period_vnd": None, "performed_in_period_vnd": None}
        kept.append(row)
    return kept


def _reports_of(event: Mapping[str, Any], sent: set[Report]) -> list[str]:
    """The periods whose reports carry an event of the activity register, in order."""
    unit, day = event["reporting_unit_id"], event["activity_date"]
    return [
        name
        for name in SAMPLE_PERIODS
        if (unit, name) in sent and period(name)["data_from"] <= day <= period(name)["data_to"]
    ]


def _seen_in(event: dict[str, Any], name: str, faults: Rows) -> dict[str, Any] | None:
    """The event as one report has it after judgement; None where its row was quarantined."""
    placed = event | {"reporting_period_id": name}
    for fault in _of(faults, "helper_activities", QUARANTINED, DIFFERS):
        if _touches(fault, placed, {"commune_code": "unit_id"}):
            if fault["effect"] == QUARANTINED:
                return None
            placed = placed | {fault["column_name"]: fault["planted_value"], "is_assigned": False}
    return placed | {"notice_class": notice_class(placed["notified_on"], placed["activity_date"])}


def _activities(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    """Each event as the latest report has it that carries it and was not quarantined there."""
    found = []
    for event in rows:
        versions = [_seen_in(event, name, faults) for name in _reports_of(event, sent)]
        known = [version for version in versions if version is not None]
        if known:
            found.append(known[-1])
    return found


def _helper_periods(truth: Mapping[str, Rows], faults: Rows, sent: set[Report]) -> Rows:
    ends = {_assignment(row): row["valid_to"] for row in truth["helper_assignment"]}
    seen: dict[tuple[str, str, str], Rows] = {}  # period, agency, commune -> events
    for event in truth["helper_activity"]:
        for name in _reports_of(event, sent):
            version = _seen_in(event, name, faults)
            if version is not None:
                seen.setdefault((name, version["agency_code"], version["unit_id"]), []).append(version)
    found = []
    for row in truth["helper_period"]:
        if _report(row) not in sent:
            continue
        name, ended = row["reporting_period_id"], ends[_assignment(row)]
        own = [
            event
            for event in seen.get((name, row["agency_code"], row["unit_id"]), [])
            if row["valid_from"] <= event["activity_date"] and (ended is None or event["activity_date"] < ended)
        ]
        found.append(row | activity_counts(own, period(name)))
    return found


def _assignment(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["agency_code"], row["unit_id"], row["role_code"], row["valid_from"]
