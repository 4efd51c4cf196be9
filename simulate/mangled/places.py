"""The communes and districts that names are made of, as the reference data holds them.

Belongs here: whose report lists which places, and which of them share a name. Does not belong here: damage to names
(place_spellings.py, place_doubts.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest import reference
from simulate.mangled.case import COMMUNE, DEFAULT_PERIOD, PLACE, Case, Draw, Field
from simulate.mangled.spelling import bare_key

PROVINCE = "84"
SHORT_TYPES = {
    "xa": ("X.", "X", "x."),
    "thi_tran": ("TT.", "TT", "T.T"),
    "phuong": ("P.", "P"),
    "huyen": ("H.", "H"),
    "thi_xa": ("TX.", "TX"),
    "thanh_pho": ("TP.", "TP"),
}
LONG_TYPES = {
    "xa": "Xã",
    "thi_tran": "Thị trấn",
    "phuong": "Phường",
    "huyen": "Huyện",
    "thi_xa": "Thị xã",
    "thanh_pho": "Thành phố",
}


@dataclass(frozen=True)
class Place:
    """One unit as a report lists it."""

    code: str
    name: str  # "Xã Đại An"
    short: str  # "Đại An"; a numbered ward keeps its type: "Phường 1"
    unit_type: str
    district: str  # the reporting unit in whose report it stands
    district_name: str
    level: str

    @property
    def has_number(self) -> bool:
        return self.short[-1].isdigit()

    @property
    def field(self) -> Field:
        return COMMUNE if self.level == "commune" else PLACE

    def fields(self, draw: Draw) -> Field:
        """One of the columns that may name the place."""
        return draw.choice((COMMUNE, PLACE)) if self.level == "commune" else PLACE

    def here(self, case: Case) -> Case:
        return case.at(self.district)


@cache
def districts() -> tuple[Mapping[str, Any], ...]:
    """The nine reporting districts of the province."""
    return tuple(
        row
        for row in reference.rows("reporting_units")
        if row["province_code"] == PROVINCE and row["unit_kind"] == "district"
    )


@cache
def places(with_districts: bool = False) -> tuple[Place, ...]:
    """Every commune, ward and township on the closing day of the period; with the districts themselves if asked."""
    period = reference.period(DEFAULT_PERIOD)
    assert period is not None
    found = []
    for district in districts():
        code, name = district["reporting_unit_id"], district["name_vi"]
        rows = reference.communes_of(code, period["data_to"])
        if with_districts:
            itself = reference.unit_on(code, "district", period["data_to"])
            assert itself is not None
            rows = [itself, *rows]
        found += [
            Place(row["unit_code"], row["name_vi"], row["short_name_vi"], row["unit_type"], code, name, row["level"])
            for row in rows
        ]
    return tuple(found)


@cache
def _listed_keys() -> Counter[tuple[str, str]]:
    """How many places of a report are left with the same bare name, once type and accents are gone."""
    return Counter((place.district, bare_key(place.short)) for place in places(with_districts=True))


def is_alone(place: Place) -> bool:
    """No other place of the report has the same name without its type and accents."""
    return _listed_keys()[place.district, bare_key(place.short)] == 1


@cache
def namesakes() -> tuple[tuple[str, str], ...]:
    """(reporting unit, name) of names that two places of one report share, such as Định An, xã and thị trấn."""
    counts = Counter((place.district, place.short) for place in places(with_districts=True))
    return tuple(sorted(key for key, count in counts.items() if count > 1))


def short_names(district: str) -> set[str]:
    """Bare keys of everything that a report may name."""
    return {bare_key(place.short) for place in places(with_districts=True) if place.district == district}
