"""Criteria lost, regained and met for the first time from report to report: what must follow from the marks.

Belongs here: the truth of fct_criterion_change. In the sample no set is replaced; thresholds of income rise every year.
"""

from __future__ import annotations

from ingest import reference
from simulate.expected_criteria import no_tables, results_and_statuses
from simulate.indicators import STANDS
from simulate.planted import Report
from simulate.thresholds import asked_of
from simulate.topic import Row, Rows, Topic, Truth
from simulate.truth_criteria import TITLE_OF_SET
from simulate.world import place_of


def change_rows(statuses: Rows) -> Rows:
    """One row per mark that differs from the one in the report before it."""
    histories: dict[tuple[str, str, int], Rows] = {}
    for row in sorted(statuses, key=lambda row: place_of(row["reporting_period_id"])):
        if row["declared_mark"] is not None:
            histories.setdefault((row["unit_id"], row["criteria_set_code"], row["criterion_no"]), []).append(row)
    found = []
    for history in histories.values():
        for place in range(1, len(history)):
            before, now = history[place - 1], history[place]
            name = "computed" if before["computed_mark"] and now["computed_mark"] else "declared"
            was_met, is_met = (row[f"{name}_mark"] in STANDS for row in (before, now))
            if was_met != is_met:
                was_ever_met = any(row["judged_mark"] in STANDS for row in history[: place - 1])
                found.append(_row(now, before, name, "lost" if was_met else "regained" if was_ever_met else "gained"))
    return found


def _row(now: Row, before: Row, basis: str, change: str) -> Row:
    names = ("reporting_period_id", "reporting_unit_id", "unit_id", "subject_level", "criteria_set_code")
    about = now["unit_id"], now["criteria_set_code"], now["criterion_no"]
    asked = [_asked(*about, row["reporting_period_id"]) for row in (before, now)]
    return {name: now[name] for name in names} | {
        "criterion_no": now["criterion_no"],
        "title_code": TITLE_OF_SET[now["criteria_set_code"]],
        "change_code": change,
        "cause_code": "same_rules" if asked[0] == asked[1] else "new_threshold",
        "basis_code": basis,
        "previous_period_id": before["reporting_period_id"],
        "previous_set_code": before["criteria_set_code"],
    }


def _asked(unit_id: str, set_code: str, criterion_no: int, name: str) -> list[object]:
    """The thresholds of a criterion's parts for a unit in a period."""
    own = {
        row["indicator_no"]
        for row in reference.rows("indicators")
        if (row["set_code"], row["criterion_no"]) == (set_code, criterion_no)
    }
    thresholds = [
        asked_of(unit_id, set_code, row["indicator_no"], row["part_code"], name)
        for row in reference.rows("indicator_parts")
        if row["set_code"] == set_code and row["indicator_no"] in own
    ]
    return [row and row["threshold_value"] for row in thresholds]


def _expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    _, statuses = results_and_statuses(truth, faults, sent)
    return {"fct_criterion_change": change_rows(statuses)}


TOPIC = Topic(
    truth=no_tables,
    expected=_expected,
    keys={"fct_criterion_change": ("reporting_period_id", "unit_id", "title_code", "criterion_no")},
)
