"""What the marts must say of indicators and criteria: the truth after the planted faults and what was never sent.

Belongs here: results by indicator, the marks computed from them, and what follows from one report to the next.
Standings, registers and money are in expected.py and its other parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simulate.indicators import MET, STANDS, UNMET, parts_of, verdict_on
from simulate.planted import ABSENT, DIFFERS, QUARANTINED, Report, Rows, faults_in, report_of_row, touches
from simulate.world import place_of

if TYPE_CHECKING:
    from simulate.reports import World


def expected_results(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
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
        if row["threshold_value"] is not None:
            row["computed_verdict"] = verdict_on(row["value"], row["threshold_value"], part.direction)
            moved = row["value"] - before
            row["distance"] += -moved if part.direction == "<=" else moved
    if row["computed_verdict"] is not None:
        row["is_agreed"] = row["declared_verdict"] == row["computed_verdict"]
    return row


def expected_statuses(rows: Rows, results: Rows, faults: Rows, sent: set[Report]) -> Rows:
    gone = faults_in(faults, "criteria_summary", QUARANTINED, ABSENT)
    names = {"commune_code": "unit_id"}
    computed = _computed_marks(results)
    kept = []
    for row in rows:
        if report_of_row(row) not in sent or any(touches(fault, row, names) for fault in gone):
            continue
        if row["subject_level"] == "commune":
            mark = computed.get(subject_of(row))
            row = row | {"computed_mark": mark, "is_agreed": None if mark is None else mark == row["declared_mark"]}
        kept.append(row)
    return _with_history(kept)


def subject_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["reporting_period_id"], row["unit_id"], row["criteria_set_code"], row["criterion_no"]


def _computed_marks(results: Rows) -> dict[tuple[Any, ...], str | None]:
    """A criterion is met when every part is known to be met; a part that is not known leaves it open."""
    verdicts: dict[tuple[Any, ...], list[str | None]] = {}
    for row in results:
        verdicts.setdefault(subject_of(row), []).append(row["computed_verdict"])
    marks: dict[tuple[Any, ...], str | None] = {}
    for subject, found in verdicts.items():
        parts = [part for part in parts_of(subject[2]) if int(part.criterion_no) == subject[3]]
        marks[subject] = UNMET if UNMET in found else MET if None not in found and len(found) == len(parts) else None
    return marks


def _with_history(rows: Rows) -> Rows:
    """Since when a criterion has been met, and whether it was lost, against the last period reported before."""
    before: dict[tuple[Any, ...], dict[str, Any]] = {}
    done: Rows = []
    for row in sorted(rows, key=lambda row: place_of(row["reporting_period_id"])):
        subject = subject_of(row)[1:]
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


def no_tables(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """The truth of a topic that follows from results and marks alone."""
    return {}


def results_and_statuses(truth: Mapping[str, Rows], faults: Rows, sent: set[Report]) -> tuple[Rows, Rows]:
    """Expected results by indicator and statuses by criterion, for what follows from both."""
    results = expected_results(truth["indicator_result"], faults, sent)
    return results, expected_statuses(truth["criterion_status"], results, faults, sent)
