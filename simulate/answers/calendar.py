"""The calendar: questions 99 (what came in each period), 100 (the stage so far) and 101 (events by their day)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simulate.answers.places import asked_period, closed_periods
from simulate.answers.rows import Row, Truth, rows, total

if TYPE_CHECKING:
    import pandas as pd

LINE = ("reporting_unit_id", "unit_id", "programme_code", "content_code", "source_code", "nature_code", "plan_year")
PERIOD_AND_UNIT = ("reporting_period_id", "reporting_unit_id")
PLANNED = ("planned_vnd", "assigned_vnd")
DONE = ("performed_vnd", "disbursed_vnd")


def _of_year(day: date) -> list[Row]:
    """The periods of the report year of P(D), up to it, oldest first."""
    asked = asked_period(day)
    return [about for about in closed_periods(day) if about["year"] == asked["year"]]


def _with_areas(units: Iterable[str]) -> list[tuple[str, str | None, set[str]]]:
    every = sorted(set(units))
    return [("province", None, set(every)), *(("unit", unit, {unit}) for unit in every)]


def q99(truth: Truth, day: date) -> pd.DataFrame:
    """Amounts of disbursement and performance by the days that they run over, of the province and its units."""
    import pandas as pd

    periods = _of_year(day)
    amounts = [amount for measure in DONE for amount in _amounts(rows(truth, "funding"), periods, measure)]
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for amount in amounts:
        key = (amount["measure"], amount["reporting_period_id"], amount["runs_from"], amount["runs_to"])
        groups.setdefault(("province", None, *key), []).append(amount)
        groups.setdefault(("unit", amount["reporting_unit_id"], *key), []).append(amount)
    names = ("area_level", "reporting_unit_id", "measure", "reporting_period_id", "runs_from", "runs_to")
    found = []
    for key, own in groups.items():
        fallen = [amount["value"] for amount in own if amount["value"] < 0]
        found.append(
            {
                **dict(zip(names, key, strict=True)),
                "period_count": max(amount["period_count"] for amount in own),
                "amount_vnd": total(amount["value"] for amount in own),
                "taken_back_vnd": total(fallen) or Decimal(0),
                "line_count": len(own),
                "restated_line_count": len(fallen),
            }
        )
    return pd.DataFrame(found, dtype=object)


def _amounts(lines: Sequence[Row], periods: Sequence[Row], measure: str) -> list[Row]:
    """What came of each line since it was last known: stated, or not named by a report that its unit did send."""
    sent = {tuple(row[name] for name in PERIOD_AND_UNIT) for row in lines}
    by_line: dict[tuple[Any, ...], dict[str, Decimal | None]] = {}
    for row in lines:
        by_line.setdefault(tuple(row[name] for name in LINE), {})[row["reporting_period_id"]] = row[measure]
    found = []
    for line, said in by_line.items():
        known, since, missed = Decimal(0), periods[0]["data_from"], 0
        for about in periods:
            name, unit = about["reporting_period_id"], line[0]
            amount = said.get(name)
            if name not in said and (name, unit) in sent and not known:
                since, missed = about["data_to"] + timedelta(days=1), 0
            elif amount is None:
                missed += 1
            else:
                about_line = {"reporting_unit_id": unit, "reporting_period_id": name, "measure": measure}
                run = {"runs_from": since, "runs_to": about["data_to"], "period_count": missed + 1}
                found.append(about_line | run | {"value": Decimal(amount) - known})
                known, since, missed = Decimal(amount), about["data_to"] + timedelta(days=1), 0
    return found


def q100(truth: Truth, day: date) -> pd.DataFrame:
    """Money of the stage up to P(D): of each year the last report of a unit."""
    import pandas as pd

    asked = asked_period(day)
    periods = [about for about in closed_periods(day) if about["stage"] == asked["stage"]]
    closing = {about["year"]: about["reporting_period_id"] for about in periods}  # the last of each year
    year_of = {about["reporting_period_id"]: about["year"] for about in periods}
    lines = [row for row in rows(truth, "funding") if row["reporting_period_id"] in year_of]
    sent = {tuple(row[name] for name in PERIOD_AND_UNIT) for row in lines}
    last: dict[tuple[str, int], str] = {}
    for about in periods:
        for unit in {unit for name, unit in sent if name == about["reporting_period_id"]}:
            last[unit, about["year"]] = about["reporting_period_id"]
    counted = [
        row
        for row in lines
        if last[row["reporting_unit_id"], year_of[row["reporting_period_id"]]] == row["reporting_period_id"]
    ]
    units = sorted({unit for _, unit in sent})
    missing = {unit: [year for year in closing if (unit, year) not in last] for unit in units}
    stopped = {
        unit: [last[unit, year] for year in closing if last.get((unit, year), closing[year]) != closing[year]]
        for unit in units
    }
    found = []
    for level, unit, own in _with_areas(units):
        for measure in (*PLANNED, *DONE):
            amounts = [
                row[measure]
                for row in counted
                if row["reporting_unit_id"] in own
                and (measure in DONE or row["plan_year"] == year_of[row["reporting_period_id"]])
            ]
            found.append(
                {
                    "area_level": level,
                    "reporting_unit_id": unit,
                    "stage_code": asked["stage"],
                    "reporting_period_id": asked["reporting_period_id"],
                    "measure": measure,
                    "amount_vnd": total(amounts),
                    "year_count": len(closing),
                    "reported_year_count": len(closing) - len(missing[unit]) if unit else None,
                    "missing_years": ", ".join(map(str, missing[unit])) or None if unit else None,
                    "stopped_at": ", ".join(stopped[unit]) or None if unit else None,
                    "units_with_missing_years": sum(1 for one in own if missing[one]),
                    "units_stopped": sum(1 for one in own if stopped[one]),
                }
            )
    return pd.DataFrame(found, dtype=object)


def q101(truth: Truth, day: date) -> pd.DataFrame:
    """Events of the year by the period whose own window holds their day."""
    import pandas as pd

    events = [
        *(
            ("visit", row["activity_date"], row)
            for row in rows(truth, "helper_activity")
            if row["kind_code"] == "visit"
        ),
        *(("recognition", row["decision_date"], row) for row in rows(truth, "recognition")),
        *(("obstacle", row["raised_on"], row) for row in rows(truth, "obstacle") if row["kind_code"] == "obstacle"),
        *(("support", row["agreed_on"], row) for row in rows(truth, "support")),
    ]
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for kind, happened, row in events:
        for about in _of_year(day):
            if happened is not None and about["discrete_from"] <= happened <= about["data_to"]:
                what = (about["reporting_period_id"], kind)
                groups.setdefault(("province", None, *what), []).append(row)
                groups.setdefault(("unit", row["reporting_unit_id"], *what), []).append(row)
    names = ("area_level", "reporting_unit_id", "reporting_period_id", "event_kind")
    found = [
        {
            **dict(zip(names, key, strict=True)),
            "event_count": len(own),
            "promised_vnd": total(row.get("promised_vnd") for row in own),
        }
        for key, own in groups.items()
    ]
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q99": (q99, ("area_level", "reporting_unit_id", "measure", "reporting_period_id", "runs_from")),
    "q100": (q100, ("area_level", "reporting_unit_id", "measure")),
    "q101": (q101, ("area_level", "reporting_unit_id", "reporting_period_id", "event_kind")),
}
