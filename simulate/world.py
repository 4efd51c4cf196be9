"""The sample province: its units and the size of its communes, and how chance is drawn.

Belongs here: what every part of the simulation shares. What happens to the units is in recognitions.py, indicators.py,
district_criteria.py, funding.py and assistance.py. Names, codes and dates of units come from reference data.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ingest import reference

PROVINCE_CODE = "84"
SAMPLE_PERIODS = ("2022Y", "2023Q1", "2023M06", "2023M09", "2023Y")  # in full: every form has rows
LATER_PERIODS = ("2025M06", "2025M09", "2026Q1")  # after the sample's gap: few forms, nil elsewhere
EVERY_PERIOD = SAMPLE_PERIODS + LATER_PERIODS
DISTRICT_PERIODS = (*SAMPLE_PERIODS, "2025M06")  # reported on by districts
DEFAULT_SEED = 20230412
MERGED_ON = date(2025, 7, 1)  # districts end, communes report for themselves


@dataclass(frozen=True)
class Commune:
    """A rural commune (xã) with the counts that its rates are made of."""

    unit_code: str
    name_vi: str
    reporting_unit_id: str
    households: int
    men: int
    women: int
    schools: int
    hamlets: int


@dataclass(frozen=True)
class District:
    """A reporting unit: a district until July 2025, then a commune of its own; `towns` are wards and townships."""

    reporting_unit_id: str
    unit_type: str
    name_vi: str
    communes: tuple[Commune, ...]
    towns: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Codes of its communes, wards and townships in order."""
        return tuple(sorted((*(commune.unit_code for commune in self.communes), *self.towns)))

    @property
    def short_name(self) -> str:
        for prefix in ("Thành phố ", "Thị xã ", "Huyện ", "Phường ", "Xã "):
            if self.name_vi.startswith(prefix):
                return self.name_vi.removeprefix(prefix)
        return self.name_vi


def chance(seed: int, *about: object) -> random.Random:
    """A generator of its own for each subject, so that one part of the world never shifts another."""
    return random.Random("|".join(str(part) for part in (seed, *about)))


def period(reporting_period_id: str) -> Mapping[str, Any]:
    """The reference row of a period of the sample. Raises ValueError for any other."""
    row = reference.period(reporting_period_id)
    if row is None or reporting_period_id not in EVERY_PERIOD:
        raise ValueError(f"{reporting_period_id} is not simulated. Choose among: {', '.join(EVERY_PERIOD)}")
    return row


def place_of(name: str) -> int:
    """The place of a period of the sample in the order of time."""
    return EVERY_PERIOD.index(name)


def period_of_calendar(reporting_period_id: str) -> Mapping[str, Any]:
    """The reference row of any period, also of one that is expected and not simulated."""
    row = reference.period(reporting_period_id)
    assert row is not None, reporting_period_id
    return row


@cache
def unit_id_on(unit_code: str, day: date) -> str:
    """The administrative unit that bears a code on a day, district or commune by the length of the code."""
    row = reference.unit_on(unit_code, "district" if len(unit_code) == 3 else "commune", day)
    if row is None:
        raise KeyError(f"no unit {unit_code} on {day}")
    return str(row["unit_id"])


def districts(seed: int) -> list[District]:
    """The units that report on the periods in full, in order of code: every district of the sample province."""
    return list(_units_on(seed, period(SAMPLE_PERIODS[-1])["data_to"]))


def units_in(seed: int, reporting_period_id: str) -> tuple[District, ...]:
    """The units that owe a report for any period of the calendar, in order of code, with their places in it."""
    if reporting_period_id in SAMPLE_PERIODS:
        return tuple(districts(seed))
    return _units_on(seed, period_of_calendar(reporting_period_id)["data_to"])


@cache
def _units_on(seed: int, day: date) -> tuple[District, ...]:
    """Those of the sample province, and once it is part of another, what its own units became there."""
    valid = [row for row in reference.rows("reporting_units") if reference.is_valid(row, day)]
    own = [row for row in valid if row["province_code"] == PROVINCE_CODE]
    heirs = {successor for _, successor in successions()}
    found = []
    for row in sorted(
        own or [row for row in valid if row["unit_id"] in heirs], key=lambda row: str(row["reporting_unit_id"])
    ):
        below = sorted(reference.communes_of(row["reporting_unit_id"], day), key=lambda unit: unit["unit_code"])
        communes = [_commune(seed, unit, row["reporting_unit_id"]) for unit in below if unit["unit_type"] == "xa"]
        towns = tuple(unit["unit_code"] for unit in below if unit["unit_type"] != "xa")
        found.append(District(row["reporting_unit_id"], row["unit_type"], row["name_vi"], tuple(communes), towns))
    return tuple(found)


@cache
def stands(unit_id: str, day: date) -> bool:
    """Whether a unit is valid on a day."""
    return any(
        row["unit_id"] == unit_id and reference.is_valid(row, day) for row in reference.rows("administrative_units")
    )


@cache
def same_units(unit_id: str) -> frozenset[str]:
    """A unit and, where it went on alone under a new identifier, what it was before."""
    predecessors = [old for old, new in successions() if new == unit_id]
    return frozenset({unit_id, *(predecessors if len(predecessors) == 1 else ())})


def origins_of(unit_id: str, before: str | None) -> tuple[str, ...]:
    """What stood in a period for a unit of a later one: itself, or all that it was merged from since."""
    merged = tuple(sorted(old for old, new in successions() if new == unit_id))
    is_since = before is not None and period_of_calendar(before)["data_to"] < MERGED_ON
    return merged if merged and is_since else (unit_id,)


@cache
def reporter_of(unit_id: str) -> str:
    """Who reports on a commune, ward or township: its district, or without one itself."""
    units = reference.rows("administrative_units")
    unit = next(row for row in units if row["unit_id"] == unit_id)
    return str(unit["district_code"] or unit["unit_code"])


@cache
def successions() -> frozenset[tuple[str, str]]:
    """(predecessor, successor) by unit id: what became of the communes of the sample province on 1 July 2025."""
    own = {
        row["unit_id"]
        for row in reference.rows("administrative_units")
        if row["province_code"] == PROVINCE_CODE and row["level"] == "commune"
    }
    return frozenset(
        (row["predecessor_unit_id"], row["successor_unit_id"])
        for row in reference.rows("unit_succession")
        if row["predecessor_unit_id"] in own and row["effective_date"] == MERGED_ON
    )


def _commune(seed: int, unit: Mapping[str, Any], reporting_unit_id: str) -> Commune:
    draw = chance(seed, "size", unit["unit_code"])
    households = draw.randint(1_700, 3_900)
    people = round(households * draw.uniform(3.3, 3.6))
    men = round(people * draw.uniform(0.485, 0.5))
    return Commune(
        unit_code=unit["unit_code"],
        name_vi=unit["name_vi"],
        reporting_unit_id=reporting_unit_id,
        households=households,
        men=men,
        women=people - men,
        schools=draw.randint(3, 6),
        hamlets=draw.randint(6, 11),
    )


def all_communes(of: Sequence[District]) -> list[Commune]:
    return [commune for district in of for commune in district.communes]
