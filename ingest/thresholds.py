"""Which threshold judges a unit: that of its province, of its region or group of communes, or the common one.

Belongs here: the order in which they count. Does not belong here: judging a figure by one.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from ingest import reference


@cache
def region_of(province_code: str, year: int) -> str | None:
    """The region whose thresholds hold in a province for a year assessed (the last one of that year)."""
    held = [
        row
        for row in reference.rows("provinces_regions")
        if row["province_code"] == province_code
        and row["valid_from"] <= date(year, 12, 31)
        and (row["valid_to"] is None or row["valid_to"] > date(year, 1, 1))
    ]
    return max(held, key=lambda row: row["valid_from"])["region_code"] if held else None


@cache
def _thresholds() -> dict[tuple[str, str, str, str, str | None, int | None], reference.Row]:
    names = ("set_code", "indicator_no", "part_code", "scope_kind", "scope_code", "threshold_year")
    return {tuple(row[name] for name in names): row for row in reference.rows("indicator_thresholds")}


def threshold(
    set_code: str, indicator_no: str, part_code: str, province_code: str, year: int, *, judging_code: str | None = None
) -> reference.Row | None:
    """The threshold for a year assessed: province, else region or group, else common; None = unknown, never zero.

    `judging_code` is the group of the commune where the set differs by group (see judging_code). Else it is a region;
    another than the province's own replaces it and goes before the province.
    """
    kind = judged_by(set_code)
    own = region_of(province_code, year) if kind == "region" else None
    scopes = [("province", province_code), (kind, judging_code or own), ("common", None)]
    if kind == "region" and judging_code not in (None, own):
        scopes[:2] = scopes[1::-1]
    for scope_kind, scope_code in scopes:
        for of_year in (year, None):
            found = _thresholds().get((set_code, indicator_no, part_code, scope_kind, scope_code, of_year))
            if found is not None:
                return found
    return None


def judged_by(set_code: str) -> str:
    """What the thresholds of a set differ by: region or group."""
    return _judged_by().get(set_code, "region")


@cache
def _judged_by() -> dict[str, str]:
    return {row["set_code"]: row["judged_by"] for row in reference.rows("criteria_sets")}


def judging_code(unit_code: str, set_code: str, day: date) -> str | None:
    """The group, or the other region, whose thresholds judge a commune on a day; None: those of its province."""
    if judged_by(set_code) == "group":
        unit = reference.unit_on(unit_code, "commune", day)
        groups = (row for row in reference.rows("commune_groups") if unit and row["unit_id"] == unit["unit_id"])
        return next((row["group_code"] for row in groups if reference.is_valid(row, day)), None)
    held = (
        row
        for row in reference.rows("commune_attributes")
        if row["unit_code"] == unit_code and reference.is_valid(row, day)
    )
    regions = {
        (row["set_code"], row["attribute_code"]): row["region_code"] for row in reference.rows("threshold_overrides")
    }
    return next((regions[key] for row in held if (key := (set_code, row["attribute_code"])) in regions), None)
