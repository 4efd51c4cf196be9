"""Where communes and districts stand on the way to recognition: questions 2 and 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.answers.places import (
    asked_period,
    base_set,
    closed_periods,
    communes_on,
    reporting_units_on,
    townships_on,
)
from simulate.answers.recognition import ADVANCED, NTM, held_on
from simulate.answers.rows import MET, Row, Truth, average, by_reporting_unit, of_period, rows, share

if TYPE_CHECKING:
    import pandas as pd

TITLE_OF_KIND = {"huyen": "HUYEN_NTM", "thi_xa": "TXTP_HTNV", "thanh_pho": "TXTP_HTNV"}


def q02(truth: Truth, day: date) -> pd.DataFrame:
    """Standing of every commune, criteria on average and in bands, now, before and a year ago."""
    period, events = asked_period(day), rows(truth, "recognition")
    held = held_on(events, day)
    once = {event["unit_id"] for event in events if event["title_code"] == NTM and _is_granted(event, day)}
    statuses = rows(truth, "criterion_status")
    now = _marks_of(statuses, period)
    before = _marks_of(statuses, closed_periods(day)[-2])
    last_year = _marks_of(statuses, reference.period(period["same_period_last_year_id"] or ""))
    criteria_set = base_set(period["year"])

    def standing(unit_id: str) -> str:
        if (unit_id, NTM) in held:
            return "recognised"
        if unit_id in once:
            return "withdrawn"
        if unit_id not in now:
            return "no_report"
        return "completed_not_recognised" if _met(now[unit_id]) >= criteria_set["n_criteria"] else "in_progress"

    def count(communes: Sequence[Row]) -> Row:
        standings = {commune["unit_id"]: standing(commune["unit_id"]) for commune in communes}
        found = Counter(standings.values())
        others = [unit_id for unit_id, name in standings.items() if name not in ("recognised", "no_report")]
        met = {unit_id: _met(now[unit_id]) if unit_id in now else None for unit_id in standings}
        bands = Counter(_band(criteria_set["set_code"], number) for number in met.values() if number is not None)
        return {
            "reporting_period_id": period["reporting_period_id"],
            "criteria_set_code": criteria_set["set_code"],
            "commune_count": len(communes),
            "recognised_count": found["recognised"],
            "completed_not_recognised_count": found["completed_not_recognised"],
            "in_progress_count": found["in_progress"],
            "withdrawn_count": found["withdrawn"],
            "to_be_reassessed_count": 0,  # no rural commune of the sample was merged
            "no_report_count": found["no_report"],
            "completed_computed_count": sum(
                _computed(now.get(unit_id, []), ("D",)) == criteria_set["n_criteria"] for unit_id in others
            ),
            "computable_count": sum(
                _computed(now.get(unit_id, []), ("D", "CD")) == criteria_set["n_criteria"] for unit_id in others
            ),
            "reported_count": sum(number is not None for number in met.values()),
            "criteria_average": average(met.values()),
            "criteria_average_not_recognised": average(
                met[unit_id] for unit_id, name in standings.items() if name != "recognised"
            ),
            "previous_criteria_average": average(_met(before[unit_id]) for unit_id in standings if unit_id in before),
            "last_year_criteria_average": average(
                _met(last_year[unit_id]) for unit_id in standings if unit_id in last_year
            ),
            "communes_by_band": dict(bands),
        }

    return by_reporting_unit(communes_on(day), count)


def _is_granted(event: Row, day: date) -> bool:
    return event["act_code"] != "withdrawal" and event["decision_date"] is not None and event["decision_date"] <= day


def _marks_of(statuses: list[Row], period: Row | None) -> dict[str, list[Row]]:
    """Commune -> its marks on the base set of the period's year, where it has any."""
    found: dict[str, list[Row]] = {}
    if period is not None:
        set_code = base_set(period["year"])["set_code"]
        for row in of_period(statuses, period["reporting_period_id"]):
            if row["criteria_set_code"] == set_code and row["declared_mark"] is not None:
                found.setdefault(row["unit_id"], []).append(row)
    return found


def _met(marks: list[Row]) -> int:
    return sum(row["declared_mark"] in MET for row in marks)


def _computed(marks: list[Row], wanted: tuple[str, ...]) -> int:
    return sum(row["computed_mark"] in wanted for row in marks)


def _band(set_code: str, met: int) -> str:
    return next(
        row["band_code"]
        for row in reference.rows("status_bands")
        if row["set_code"] == set_code and row["criteria_from"] <= met <= row["criteria_to"]
    )


def q03(truth: Truth, day: date) -> pd.DataFrame:
    """What each district unit meets of its own criteria and of the conditions of recognition."""
    import pandas as pd

    period, events = asked_period(day), rows(truth, "recognition")
    statuses = of_period(rows(truth, "criterion_status"), period["reporting_period_id"])
    results = of_period(rows(truth, "indicator_result"), period["reporting_period_id"])
    reported = {
        row["reporting_unit_id"]
        for row in of_period(rows(truth, "submission"), period["reporting_period_id"])
        if row["status"] is not None
    }
    districts = [unit for unit in reporting_units_on(day) if unit["unit_kind"] == "district"]
    set_of_kind = {
        district["unit_type"]: row["criteria_set_code"]
        for district in districts
        for row in statuses
        if row["unit_id"] == district["unit_id"]
    }
    found = []
    for district in districts:
        own = [row for row in statuses if row["unit_id"] == district["unit_id"]]
        figures = [row for row in results if row["unit_id"] == district["unit_id"]]
        items = _criteria(set_of_kind[district["unit_type"]], own, figures)
        declared = sum(item["verdict"] in MET for item in items)
        if district["unit_type"] == "huyen":
            is_known = district["reporting_unit_id"] in reported
            satisfied, is_below = _satisfied(rows(truth, "satisfaction"), district["unit_id"], day)
            known = {"DR4": satisfied, "DR5": declared if own else None}
            conditions = _conditions(district, day, held_on(events, day), known, is_known)
            items += [item | {"verdict": "CD"} if is_below and item["item_code"] == "DR4" else item
                      for item in conditions]  # fmt: skip
        found += [
            {
                "reporting_period_id": period["reporting_period_id"],
                "unit_id": district["unit_id"],
                "criteria_met_declared": declared if own else None,
                **_decisions(district, day, events),
                **item,
            }
            for item in items
        ]
    return pd.DataFrame(found, dtype=object)


def _criteria(set_code: str, own: list[Row], figures: list[Row]) -> list[Row]:
    marks = {row["criterion_no"]: row for row in own}
    items = []
    for criterion in reference.rows("criteria"):
        if criterion["set_code"] != set_code:
            continue
        number = criterion["criterion_no"]
        unmet = {
            row["indicator_no"]
            for row in figures
            if row["criterion_no"] == number and "CD" in (row["declared_verdict"], row["computed_verdict"])
        }
        mark = marks.get(number, {})
        items.append(
            {
                "item_kind": "criterion",
                "item_code": str(number),
                "verdict": mark.get("declared_mark"),
                "computed_mark": mark.get("computed_mark"),
                "value": None,
                "distance": None,
                "unmet_indicators": ", ".join(sorted(unmet)) or None,
            }
        )
    return items


def _conditions(district: Row, day: date, held: dict[tuple[str, str], Row], known: Row, is_known: bool) -> list[Row]:
    """DR1 to DR5: what the register says, and the values known besides; what is not known is neither met nor failed."""
    communes = [row["unit_id"] for row in communes_on(day) if row["reported_by_unit_id"] == district["unit_id"]]
    towns = townships_on(district, day)
    recognised = [unit for unit in communes if (unit, NTM) in held]
    values: dict[str, Any] = dict(known)
    if is_known:
        values["DR1"] = share(len(recognised), len(communes))
        values["DR2"] = share(sum((unit, ADVANCED) in held for unit in recognised), len(communes))
        values["DR3"] = share(sum((unit, "DTVM") in held for unit in towns), len(towns))
    items = []
    for condition in reference.rows("conditions"):
        if (condition["scope"], condition["kind"]) != ("district", "recognise"):
            continue
        value, required = values.get(condition["condition_code"]), Decimal(condition["value_from"])
        is_met = None if value is None else Decimal(str(value)) >= required
        items.append(
            {
                "item_kind": "condition",
                "item_code": condition["condition_code"],
                "verdict": None if is_met is None else "D" if is_met else "CD",
                "computed_mark": None,
                "value": value,
                "distance": None if value is None else round(value - float(required), 2),
                "unmet_indicators": None,
            }
        )
    return items


def _satisfied(surveys: list[Row], unit_id: str, day: date) -> tuple[float | None, bool]:
    """Percent satisfied in the latest survey of a district, and whether one of its contents stays below 80."""
    own = [row for row in surveys if (row["unit_id"], row["title_code"]) == (unit_id, "HUYEN_NTM")]
    latest = max((row["surveyed_on"] for row in own if row["surveyed_on"] <= day), default=None)
    shares = {row["content_code"]: (row["satisfied_count"], row["asked_count"])
              for row in own if row["surveyed_on"] == latest}  # fmt: skip
    if not shares:
        return None, False
    return share(*shares["overall"]), any(100 * satisfied < 80 * asked for satisfied, asked in shares.values())


def _decisions(district: Row, day: date, events: list[Row]) -> Row:
    title = TITLE_OF_KIND[district["unit_type"]]
    now = held_on(events, day).get((district["unit_id"], title))
    for_year = [
        event["decision_date"]
        for event in events
        if (event["unit_id"], event["title_code"], event["year_recognised"]) == (district["unit_id"], title, day.year)
        and event["act_code"] != "withdrawal"
        and event["decision_date"] is not None
    ]
    return {
        "is_recognised_on_day": now is not None,
        "recognised_on": now["decision_date"] if now else None,
        "decided_for_year_on": max(for_year, default=None),
    }
