"""What was reported, what is known now, what was revised and what was locked: questions 90 to 94.

The sample corrects one report and closes no period, so the answers about locks are empty.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ingest.settings import OFFICE_TIME_ZONE
from simulate.answers.known import CORRECTED, first_funding
from simulate.answers.rows import Row, Truth, rows, total
from simulate.world import period, unit_id_on

if TYPE_CHECKING:
    import pandas as pd

KEY = ("unit_id", "programme_code", "content_code", "source_code", "nature_code", "plan_year")
REVISION = ("reporting_unit_id", "reporting_period_id", "fact", "row_key", "column_name")


def q90(truth: Truth, day: date) -> pd.DataFrame:
    """Money reported by the end of a day for every period closed by then, by unit and of the province."""
    found = []
    for period_id, units in _funding_by_report(truth, day).items():
        own = [row for listed in units.values() for row in listed]
        found.append(_sums(period_id, "province", None, own, len(units)))
        found += [_sums(period_id, "unit", unit_id, listed, 1) for unit_id, listed in units.items()]
    return _frame(found)


def q91(truth: Truth, day: date) -> pd.DataFrame:
    """What was disbursed as reported by a day, beside what is known now: the same, on days when nothing was to come."""
    found: list[Row] = []
    for period_id, units in _funding_by_report(truth, day).items():
        for unit_id, listed in units.items():
            disbursed = total(row["disbursed_vnd"] for row in listed)
            found.append(
                {
                    "reporting_period_id": period_id,
                    "reporting_unit_id": unit_id,
                    "disbursed_as_reported_vnd": disbursed,
                    "disbursed_now_vnd": disbursed,
                    "difference_vnd": 0,
                    "has_moved": False,
                }
            )
    return _frame(found)


def q92(truth: Truth, day: date) -> pd.DataFrame:
    """No period of the sample was ever locked."""
    return _frame([])


def q93(truth: Truth, day: date) -> pd.DataFrame:
    """Every figure that the one correction of the sample changed, once it had come."""
    unit_id, period_id = CORRECTED
    if day < _received(truth)[CORRECTED]:
        return _frame([])
    closing = period(period_id)["data_to"]
    before = {_row_key(row): row for row in map(lambda row: _placed(row, closing), first_funding())}
    after = {
        _row_key(row): row
        for row in rows(truth, "funding")
        if (row["reporting_unit_id"], row["reporting_period_id"]) == CORRECTED
    }
    about = {"reporting_unit_id": unit_id, "reporting_period_id": period_id, "fact": "fct_funding"}
    told = {*next(iter(before.values()))} - {"place_code", *KEY}
    found: list[Row] = []
    for key in sorted(before.keys() | after.keys()):
        then, now = before.get(key, {}), after.get(key, {})
        for column in sorted(told & {*now} if now else told):
            old, new = then.get(column), now.get(column)
            if old != new:
                kind = "appeared" if old is None else "vanished" if new is None else "changed"
                line = {"row_key": key, "column_name": column, "change_kind": kind, "difference": None}
                if old is not None and new is not None and column.endswith("_vnd"):
                    line["difference"] = new - old
                found.append({**about, **line, "version_before": 1, "version": 2, "was_closed": False})
    return _frame(found)


def q94(truth: Truth, day: date) -> pd.DataFrame:
    """Nobody closed or reopened a period of the sample."""
    return _frame([])


def _funding_by_report(truth: Truth, day: date) -> dict[str, dict[str, list[Row]]]:
    """Expected funding by period closed by a day and unit that had reported it. Raises where only a part was known."""
    received = _received(truth)
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows(truth, "funding"):
        period_id, unit_id = row["reporting_period_id"], row["reporting_unit_id"]
        if period(period_id)["data_to"] <= day:
            if received[unit_id, period_id] > day:
                raise ValueError(f"{unit_id} had not sent its last report for {period_id} by {day}")
            found.setdefault(period_id, {}).setdefault(unit_id, []).append(row)
    return found


def _received(truth: Truth) -> dict[tuple[str, str], date]:
    """The office's day on which the last report of each unit and period came."""
    days: dict[tuple[str, str], date] = {}
    for row in rows(truth, "submission_version"):
        key = (row["reporting_unit_id"], row["reporting_period_id"])
        on = row["received_at"].astimezone(OFFICE_TIME_ZONE).date()
        days[key] = max(days.get(key, on), on)
    return days


def _placed(row: Row, closing: date) -> Row:
    return {
        **row,
        "unit_id": unit_id_on(row["place_code"], closing),
        "is_carried_over": row["plan_year"] < closing.year,
    }


def _row_key(row: Row) -> str:
    return ", ".join(f"{name}={'' if row[name] is None else row[name]}" for name in KEY)


def _sums(period_id: str, level: str, unit_id: str | None, own: list[Row], unit_count: int) -> Row:
    return {
        "reporting_period_id": period_id,
        "area_level": level,
        "reporting_unit_id": unit_id,
        "unit_count": unit_count,
        "line_count": len(own),
        "assigned_vnd": total(row["assigned_vnd"] for row in own),
        "disbursed_vnd": total(row["disbursed_vnd"] for row in own),
    }


def _frame(found: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q90": (q90, ("reporting_period_id", "area_level", "reporting_unit_id")),
    "q91": (q91, ("reporting_period_id", "reporting_unit_id")),
    "q92": (q92, ("reporting_period_id", "reporting_unit_id")),
    "q93": (q93, REVISION),
    "q94": (q94, ("decided_at", "kind", "reporting_period_id", "reporting_unit_id")),
}
