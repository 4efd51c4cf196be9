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
SAMPLE_PERIODS = ("2022Y", "2023Q1", "2023M06", "2023M09", "2023Y")
DEFAULT_SEED = 20230412


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
    """A district-level reporting unit; `towns` are its wards and townships, codes in order."""

    reporting_unit_id: str
    unit_type: str
    name_vi: str
    communes: tuple[Commune, ...]
    towns: tuple[str, ...]

    @property
    def short_name(self) -> str:
        for prefix in ("Thành phố ", "Thị xã ", "Huyện "):
            if self.name_vi.startswith(prefix):
                return self.name_vi.removeprefix(prefix)
        return self.name_vi


def chance(seed: int, *about: object) -> random.Random:
    """A generator of its own for each subject, so that one part of the world never shifts another."""
    return random.Random("|".join(str(part) for part in (seed, *about)))


def period(reporting_period_id: str) -> Mapping[str, Any]:
    """The reference row of a period of the sample. Raises ValueError for any other."""
    row = reference.period(reporting_period_id)
    if row is None or reporting_period_id not in SAMPLE_PERIODS:
        raise ValueError(f"{reporting_period_id} is not simulated. Choose among: {', '.join(SAMPLE_PERIODS)}")
    return row


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
    """Every district-level reporting unit of the sample province in order of code."""
    closing = period(SAMPLE_PERIODS[-1])["data_to"]
    units = [
        row
        for row in reference.rows("reporting_units")
        if row["province_code"] == PROVINCE_CODE and row["unit_kind"] == "district" and reference.is_valid(row, closing)
    ]
    found = []
    for row in sorted(units, key=lambda row: row["reporting_unit_id"]):
        below = sorted(reference.communes_of(row["reporting_unit_id"], closing), key=lambda unit: unit["unit_code"])
        communes = [_commune(seed, unit, row["reporting_unit_id"]) for unit in below if unit["unit_type"] == "xa"]
        towns = tuple(unit["unit_code"] for unit in below if unit["unit_type"] != "xa")
        found.append(District(row["reporting_unit_id"], row["unit_type"], row["name_vi"], tuple(communes), towns))
    return found


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
