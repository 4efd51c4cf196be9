"""Rules of commune profiles, residential areas, their criteria and targets, on landed rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Judge = Callable[..., list[Any]]


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def test_poor_households_exceed_households(findings_of_query: Judge) -> None:
    def place(poor: int | None, near_poor: int | None) -> dict[str, Any]:
        return {"commune_code": "29467", "household_count": 100, "poor_household_count": poor,
                "near_poor_household_count": near_poor}  # fmt: skip

    rows = [place(40, 60), place(None, 60), place(40, 61), place(101, 5)]
    found = findings_of_query("poor_households_exceed_households", {"commune_profile": rows})
    assert [(one.cell, one.expected) for one in found] == [("L12", "≤ 60")]
