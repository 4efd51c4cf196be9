"""Figures of a period on another map than its own: questions 95 to 98.

Belongs here: following units by their succession, as reference data tells it, and adding up what became one unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.answers.places import asked_period, base_set, closed_periods
from simulate.answers.rows import Row, Truth, of_period, rows, share, total
from simulate.world import PROVINCE_CODE

if TYPE_CHECKING:
    import pandas as pd

SAME = ("keep", "rename")


def _units() -> dict[str, Row]:
    return {row["unit_id"]: row for row in reference.rows("administrative_units")}


def _moves(units: dict[str, Row]) -> list[Row]:
    """Successions in which a unit of the office's territory begins or ends."""
    own = {unit_id for unit_id, unit in units.items() if unit["province_code"] == PROVINCE_CODE}
    return [
        row
        for row in reference.rows("unit_succession")
        if row["predecessor_unit_id"] in own or row["successor_unit_id"] in own
    ]


def map_days() -> list[date]:
    """The first day of every map of the territory."""
    units = _units()
    days = {unit["valid_from"] for unit in units.values() if unit["province_code"] == PROVINCE_CODE}
    return sorted(days | {row["effective_date"] for row in _moves(units)})


def own_map(period: Row) -> date:
    return max(day for day in map_days() if day <= period["data_to"])


def on_map(unit_id: str, from_day: date, to_day: date) -> set[str]:
    """What a unit of one map is on another; empty for a district whose communes are divided among units there."""
    units, found = _units(), {unit_id}
    moves = [row for row in _moves(units) if row["kind"] != "boundary"]
    days = [day for day in map_days() if min(from_day, to_day) < day <= max(from_day, to_day)]
    for day in days if from_day < to_day else reversed(days):
        before = day - timedelta(days=1)
        here, there = ("predecessor", "successor") if from_day < to_day else ("successor", "predecessor")
        found = {
            other
            for unit in found
            for other in (
                *([unit] if reference.is_valid(units[unit], day) and reference.is_valid(units[unit], before) else []),
                *(
                    row[f"{there}_unit_id"]
                    for row in moves
                    if row["effective_date"] == day and row[f"{here}_unit_id"] == unit
                ),
            )
        }
    return found


def _whole(unit_ids: Iterable[str], from_day: date, to_day: date) -> dict[str, str | None]:
    """Unit -> the one unit that it is on another map; None where there are several, or none."""
    found = {unit_id: on_map(unit_id, from_day, to_day) for unit_id in set(unit_ids)}
    return {unit_id: next(iter(others)) if len(others) == 1 else None for unit_id, others in found.items()}


def _communes(day: date) -> dict[str, Row]:
    """Communes, wards and townships of the territory on a day, by unit id."""
    units = _units()
    heirs = {row["successor_unit_id"] for row in _moves(units)}
    return {
        unit_id: unit
        for unit_id, unit in units.items()
        if unit["level"] == "commune"
        and reference.is_valid(unit, day)
        and (unit["province_code"] == PROVINCE_CODE or unit_id in heirs)
    }


def _origins(period: Row) -> dict[str, list[str]]:
    """Unit of the newest map -> the communes of the period's map that went into it wholly."""
    from_day, to_day = own_map(period), map_days()[-1]
    whole = _whole(_communes(from_day), from_day, to_day)
    found: dict[str, list[str]] = {}
    for unit_id, other in whole.items():
        if other is not None:
            found.setdefault(other, []).append(unit_id)
    return found


def q95(truth: Truth, day: date) -> pd.DataFrame:
    """Money of the period by unit of the newest map and programme; None = units that are several there."""
    period = asked_period(day)
    lines = of_period(rows(truth, "funding"), period["reporting_period_id"])
    whole = _whole((row["unit_id"] for row in lines), own_map(period), map_days()[-1])
    groups: dict[tuple[str | None, str], list[Row]] = {}
    for row in lines:
        groups.setdefault((whole[row["unit_id"]], row["programme_code"]), []).append(row)
    return _frame(
        {
            "unit_id": unit_id,
            "programme_code": programme,
            "reporting_period_id": period["reporting_period_id"],
            "origin_count": len({row["unit_id"] for row in own}),
            "assigned_vnd": total(row["assigned_vnd"] for row in own),
            "disbursed_vnd": total(row["disbursed_vnd"] for row in own),
        }
        for (unit_id, programme), own in groups.items()
    )


def q96(truth: Truth, day: date) -> pd.DataFrame:
    """Standing of the rural communes of the newest map: their own where they are the same, else to be reassessed."""
    period = asked_period(day)
    set_code, communes, moves = base_set(period["year"])["set_code"], _communes(map_days()[-1]), _moves(_units())
    standings = {
        row["unit_id"]: row
        for row in of_period(rows(truth, "unit_standing"), period["reporting_period_id"])
        if row["criteria_set_code"] == set_code
    }
    kinds = {row["successor_unit_id"]: row["kind"] for row in moves if row["effective_date"] == map_days()[-1]}

    def told(unit_id: str, origins: list[str]) -> Row:
        is_same = len(origins) == 1 and (origins == [unit_id] or kinds.get(unit_id) in SAME)
        own = standings.get(origins[0]) if is_same else None
        held = [standings[origin]["standing"] for origin in origins if origin in standings]
        return {
            "unit_id": unit_id,
            "reporting_period_id": period["reporting_period_id"],
            "is_same_unit": is_same,
            "standing": own["standing"] if own else "to_be_reassessed",
            "title_code": own["title_code"] if own else None,
            "origin_count": len(origins),
            "recognised_origin_count": held.count("recognised"),
        }

    return _frame(
        told(unit_id, origins)
        for unit_id, origins in _origins(period).items()
        if communes[unit_id]["unit_type"] == "xa"
    )


def q97(truth: Truth, day: date) -> pd.DataFrame:
    """Shares of poor and near-poor households by unit of the newest map, from the latest profiles."""
    profiles = rows(truth, "commune_profile")
    named = {row["reporting_period_id"] for row in profiles}
    period = [row for row in closed_periods(day) if row["reporting_period_id"] in named][-1]
    by_unit = {row["unit_id"]: row for row in of_period(profiles, period["reporting_period_id"])}

    def told(unit_id: str, origins: list[str]) -> Row:
        own = [by_unit[origin] for origin in origins if origin in by_unit]
        return {
            "unit_id": unit_id,
            "reporting_period_id": period["reporting_period_id"],
            "origin_count": len(origins),
            "counted_count": sum(row["poor_household_count"] is not None for row in own),
            "household_count": total(row["household_count"] for row in own),
            "poor_household_count": total(row["poor_household_count"] for row in own),
            "poor_pct": _share(own, "poor_household_count"),
            "near_poor_pct": _share(own, "near_poor_household_count"),
        }

    return _frame(told(unit_id, origins) for unit_id, origins in _origins(period).items())


def q98(truth: Truth, day: date) -> pd.DataFrame:
    """Total of the period on every map: what stands on units there, and what would have to be divided."""
    period = asked_period(day)
    lines = of_period(rows(truth, "funding"), period["reporting_period_id"])
    own, units = own_map(period), _units()

    def told(map_day: date) -> Row:
        whole = _whole((row["unit_id"] for row in lines), own, map_day)
        placed = total(row["disbursed_vnd"] for row in lines if whole[row["unit_id"]]) or Decimal(0)
        communes = _communes(map_day)
        return {
            "map_date": map_day,
            "reporting_period_id": period["reporting_period_id"],
            "is_own_map": map_day == own,
            "district_count": sum(
                unit["level"] == "district"
                and unit["province_code"] == PROVINCE_CODE
                and reference.is_valid(unit, map_day)
                for unit in units.values()
            ),
            "commune_count": len(communes),
            "rural_commune_count": sum(unit["unit_type"] == "xa" for unit in communes.values()),
            "disbursed_vnd": total(row["disbursed_vnd"] for row in lines),
            "placed_vnd": placed,
            "not_divided_vnd": (total(row["disbursed_vnd"] for row in lines) or Decimal(0)) - placed,
        }

    return _frame(told(map_day) for map_day in map_days())


def _share(own: list[Row], part: str) -> float | None:
    known = [row for row in own if row[part] is not None]
    return share(total(row[part] for row in known), total(row["household_count"] for row in known))


def _frame(found: Iterable[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(found), dtype=object)


ANSWERS = {
    "q95": (q95, ("unit_id", "programme_code")),
    "q96": (q96, ("unit_id",)),
    "q97": (q97, ("unit_id",)),
    "q98": (q98, ("map_date",)),
}
