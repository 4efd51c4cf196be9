"""Faults of commune profiles, residential areas, their criteria, and targets."""

from __future__ import annotations

from simulate.planting.base import COMMUNE
from simulate.planting.declaration import Planting
from simulate.planting.report import Report, Spot

PROFILE = "commune_profile"


def _more_poor_than_households(report: Report) -> Spot:
    row = report.find(PROFILE, commune_code=COMMUNE)
    nearly_all = row["household_count"] - row["poor_household_count"] + 5
    return report.put(PROFILE, {"commune_code": COMMUNE}, near_poor_household_count=nearly_all)


PLANTINGS = (
    Planting("poor_households_exceed_households", "five households more poor and near-poor than there are",
             _more_poor_than_households, base="city_year"),
)  # fmt: skip
