"""Criteria lost: question 4."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.places import base_set, closed_periods, communes_on
from simulate.answers.recognition import NTM, held_on
from simulate.answers.rows import MET, Row, Truth, rows, share
from simulate.thresholds import asked_of

if TYPE_CHECKING:
    import pandas as pd

NAMED_CRITERIA = ("thu nhập", "môi trường", "chất lượng môi trường sống", "quốc phòng")

Marks = dict[tuple[str, str], dict[int, Row]]  # (commune, period) -> criterion -> mark on the base set of the period


def q04(truth: Truth, day: date) -> pd.DataFrame:
    """Commune x criterion met then and not met now, against the period before and the best since recognition."""
    import pandas as pd

    periods = closed_periods(day)
    now = periods[-1]
    marks = _base_marks(rows(truth, "criterion_status"), periods)
    held = held_on(rows(truth, "recognition"), day)
    found: list[Row] = []
    for comparison in ("previous", "best_since_recognition"):
        pairs = []
        for commune in communes_on(day):
            unit = commune["unit_id"]
            earlier = [row for row in periods[:-1] if (unit, row["reporting_period_id"]) in marks]
            if comparison == "previous":
                chosen = earlier[-1] if earlier and earlier[-1] == periods[-2] else None
            else:
                chosen = _best(marks, unit, earlier, held.get((unit, NTM)))
            if chosen is not None:
                pairs += _pairs(marks, unit, chosen, now)
        compared = [pair for pair in pairs if pair["was_met"]]
        lost = [pair for pair in compared if not pair["is_met"]]
        found += [
            {
                "comparison": comparison,
                **{name: pair[name] for name in ("unit_id", "criterion_no", "compared_period_id", "basis")},
                "cause": _cause(pair, now),
                **_failing(marks[pair["unit_id"], now["reporting_period_id"]], now),
                "lost_count": len(lost),
                "compared_count": len(compared),
                "lost_pct": share(len(lost), len(compared)),
            }
            for pair in lost
        ]
    return pd.DataFrame(found, dtype=object)


def _base_marks(statuses: Iterable[Row], periods: list[Row]) -> Marks:
    set_of = {row["reporting_period_id"]: base_set(row["year"])["set_code"] for row in periods if row["year"] >= 2010}
    found: Marks = {}
    for row in statuses:
        name = row["reporting_period_id"]
        if row["declared_mark"] is not None and set_of.get(name) == row["criteria_set_code"]:
            found.setdefault((row["unit_id"], name), {})[row["criterion_no"]] = row
    return found


def _best(marks: Marks, unit: str, earlier: list[Row], title: Row | None) -> Row | None:
    """The period with most criteria met of those closed since the decision; the latest of equals."""
    since = [row for row in earlier if title is not None and row["data_to"] >= title["decision_date"]]
    return max(
        since, key=lambda row: (_met_count(marks[unit, row["reporting_period_id"]]), row["data_to"]), default=None
    )


def _met_count(marks: dict[int, Row]) -> int:
    return sum(row["declared_mark"] in MET for row in marks.values())


def _pairs(marks: Marks, unit: str, then: Row, now: Row) -> list[Row]:
    after = marks.get((unit, now["reporting_period_id"]), {})
    pairs = []
    for number, old in marks[unit, then["reporting_period_id"]].items():
        new = after.get(number)
        if new is None:  # a missing report is never a loss
            continue
        is_computed = old["computed_mark"] is not None and new["computed_mark"] is not None
        name = "computed_mark" if is_computed else "declared_mark"
        pairs.append(
            {
                "unit_id": unit,
                "criterion_no": number,
                "compared_period_id": then["reporting_period_id"],
                "basis": "computed" if is_computed else "declared",
                "was_met": old[name] in MET,
                "is_met": new[name] in MET,
                "set_code": new["criteria_set_code"],
                "compared_set_code": old["criteria_set_code"],
            }
        )
    return pairs


def _cause(pair: Row, now: Row) -> str:
    if pair["set_code"] != pair["compared_set_code"]:
        return "new_set"
    for part in deciding_parts(pair["set_code"], pair["criterion_no"]):
        values = []
        for name in (pair["compared_period_id"], now["reporting_period_id"]):
            row = asked_of(pair["unit_id"], pair["set_code"], *part, name)
            values.append(row["threshold_value"] if row else None)
        if values[0] != values[1]:
            return "new_threshold"
    return "same_rules"


def deciding_parts(set_code: str, criterion_no: int | None = None) -> list[tuple[str, str]]:
    """(indicator, part) of a set or of one of its criteria, those whose verdict decides."""
    criterion_of = {row["indicator_no"]: row["criterion_no"] for row in reference.rows("indicators")
                    if row["set_code"] == set_code}  # fmt: skip
    return [
        (row["indicator_no"], row["part_code"])
        for row in reference.rows("indicator_parts")
        if row["set_code"] == set_code
        and row["decides_verdict"]
        and criterion_no in (None, criterion_of[row["indicator_no"]])
    ]


def _failing(marks: dict[int, Row], now: Row) -> Row:
    """The share of criteria failed now, and the rule of withdrawal that it touches."""
    criteria_set = base_set(now["year"])
    failed = [number for number, row in marks.items() if (row["computed_mark"] or row["declared_mark"]) == "CD"]
    names = {row["criterion_no"]: row["criterion_name_vi"].lower() for row in reference.rows("criteria")
             if row["set_code"] == criteria_set["set_code"]}  # fmt: skip
    failed_pct = share(len(failed), criteria_set["n_criteria"]) or 0.0
    rule = None
    if failed_pct >= 50:
        rule = "CW2"
    elif failed_pct >= 30 and any(names[number].startswith(NAMED_CRITERIA) for number in failed):
        rule = "CW1"
    return {"criteria_failed": len(failed), "failed_pct": failed_pct, "withdrawal_rule": rule}
