"""Basic figures of every commune, ward and township of the sample, year by year.

The sums over Trà Cú at the end of 2023 are those that its own report states; communes share them out by size. Villages
of Cầu Ngang are the 90 that the press counts. Everything else is drawn. Households of a rural commune are those that
its rates are made of, but in Trà Cú, where the stated sum prevails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from simulate.planted import Report, Rows, report_of_row
from simulate.topic import Topic
from simulate.world import District, chance, districts, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "commune_profile"
TRA_CU, CAU_NGANG = "849", "848"
# of the report of Trà Cú on the district's recognition for 2023
STATED = {
    "household_count": 43_369, "people_count": 147_419, "minority_household_count": 26_857,
    "poor_household_count": 398, "near_poor_household_count": 924, "paved_road_centi_km": 77_816, "village_count": 124,
}  # fmt: skip
CAU_NGANG_VILLAGES = 90  # of its rural communes
MINORITY_SHARE = {"842": 0.17, "844": 0.07, "845": 0.33, "846": 0.3, "847": 0.36, "848": 0.35, "849": 0.62,
                  "850": 0.14, "851": 0.12}  # fmt: skip
FINAL, BEFORE = "2023Y", "2022Y"
MILLION = 1_000_000
COUNTS = ("village_count", "household_count", "people_count", "men_count", "women_count", "working_age_count",
          "minority_household_count", "poor_household_count", "near_poor_household_count",
          "stable_work_household_count", "trained_count", "job_introduced_count")  # fmt: skip
Place = dict[str, Any]


def profile(seed: int, reporting_period_id: str) -> dict[str, dict[str, Place]]:
    """Reporting unit -> code -> figures of a place in a year of the sample, in the columns of the form."""
    return _profiles(seed)[reporting_period_id]


@cache
def _profiles(seed: int) -> dict[str, dict[str, dict[str, Place]]]:
    final = {district.reporting_unit_id: _places(seed, district) for district in districts(seed)}
    before = {
        unit: {code: _a_year_earlier(seed, code, place) for code, place in places.items()}
        for unit, places in final.items()
    }
    return {FINAL: final, BEFORE: before}


def _places(seed: int, district: District) -> dict[str, Place]:
    unit = district.reporting_unit_id
    sizes = {commune.unit_code: (commune.households, commune.men, commune.women) for commune in district.communes}
    for code in district.towns:
        draw = chance(seed, "town", code)
        households = draw.randint(1_400, 3_600)
        people = round(households * draw.uniform(3.3, 3.5))
        men = round(people * draw.uniform(0.485, 0.495))
        sizes[code] = (households, men, people - men)
    villages = {commune.unit_code: commune.hamlets for commune in district.communes}
    found = {code: _drawn(seed, unit, code, villages.get(code, 6), *size) for code, size in sorted(sizes.items())}
    if unit == TRA_CU:
        for name, total in STATED.items():
            if name == "people_count":
                men = round(total * sum(p["men_count"] for p in found.values()) / _sum(found, "people_count"))
                _share_out(found.values(), "men_count", men)
                _share_out(found.values(), "women_count", total - men)
            else:
                _share_out(found.values(), name, total)
    if unit == CAU_NGANG:
        _share_out([found[commune.unit_code] for commune in district.communes], "village_count", CAU_NGANG_VILLAGES)
    return {code: _completed(place) for code, place in found.items()}


def _drawn(seed: int, unit: str, code: str, villages: int, households: int, men: int, women: int) -> Place:
    draw = chance(seed, "profile", code)
    return {
        "zone_code": draw.choice(("I", "II", "III")) if MINORITY_SHARE[unit] > 0.3 else "none",
        "village_count": villages,
        "household_count": households,
        "men_count": men,
        "women_count": women,
        "people_count": men + women,
        "minority_household_count": round(households * MINORITY_SHARE[unit] * draw.uniform(0.7, 1.3)),
        "poor_household_count": round(households * draw.uniform(0.005, 0.016)),
        "near_poor_household_count": round(households * draw.uniform(0.015, 0.03)),
        "working_share": draw.uniform(0.58, 0.64),
        "stable_share": draw.uniform(0.93, 0.995),
        "trained_count": draw.randint(15, 120),
        "job_introduced_count": draw.randint(20, 160),
        "income_tenths": draw.randint(560, 745),
        "paved_road_centi_km": draw.randint(1_500, 6_500),
    }


def _completed(place: Place) -> Place:
    """What is a share of what was shared out."""
    people = place["men_count"] + place["women_count"]
    households = place["household_count"]
    return place | {
        "people_count": people,
        "working_age_count": round(people * place["working_share"]),
        "stable_work_household_count": round(households * place["stable_share"]),
        "income_per_head_vnd": Decimal(place["income_tenths"] * MILLION // 10),
        "paved_road_km": Decimal(place["paved_road_centi_km"]) / 100,
    }


def _a_year_earlier(seed: int, code: str, place: Place) -> Place:
    draw = chance(seed, "profile before", code)
    growth = draw.uniform(0.992, 0.999)
    earlier = place | {
        name: round(place[name] * growth)
        for name in ("household_count", "men_count", "women_count", "minority_household_count")
    }
    return _completed(
        earlier
        | {
            "poor_household_count": round(place["poor_household_count"] * draw.uniform(1.2, 1.7)),
            "near_poor_household_count": round(place["near_poor_household_count"] * draw.uniform(1.05, 1.3)),
            "stable_share": place["stable_share"] - draw.uniform(0.0, 0.03),
            "trained_count": draw.randint(15, 120),
            "job_introduced_count": draw.randint(20, 160),
            "income_tenths": place["income_tenths"] - draw.randint(15, 45),
            "paved_road_centi_km": place["paved_road_centi_km"] - draw.randint(0, 150),
        }
    )


def _sum(places: Mapping[str, Place], name: str) -> int:
    return sum(place[name] for place in places.values())


def _share_out(places: Any, name: str, total: int) -> None:
    """Let a figure of some places add up to a total, each keeping its proportion; remainders go to the largest."""
    listed: Sequence[Place] = list(places)
    whole = sum(place[name] for place in listed)
    exact = [Decimal(place[name]) * total / whole for place in listed]
    shares = [int(one) for one in exact]
    order = sorted(range(len(listed)), key=lambda at: (shares[at] - exact[at], at))
    for at in order[: total - sum(shares)]:
        shares[at] += 1
    for place, share in zip(listed, shares, strict=True):
        place[name] = share


def _figures(place: Place) -> dict[str, Any]:
    names = ("zone_code", *COUNTS, "income_per_head_vnd", "paved_road_km")
    return {name: place[name] for name in names}


def reports(world: World, unit: str, reporting_period_id: str) -> dict[str, Rows]:
    """Form commune_profile: one row per place."""
    if reporting_period_id not in (FINAL, BEFORE):
        return {}
    places = profile(world.seed, reporting_period_id)[unit]
    return {FORM: [{"commune_code": code, **_figures(place), "explanation": None} for code, place in places.items()]}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Table commune_profile: the same with the keys of the mart."""
    return {
        "commune_profile": [
            {
                "reporting_period_id": name,
                "reporting_unit_id": unit,
                "unit_id": unit_id_on(code, period(name)["data_to"]),
                **_figures(place),
            }
            for name in names
            if name in (FINAL, BEFORE)
            for unit, places in profile(world.seed, name).items()
            for code, place in places.items()
        ]
    }


def expected(tables: Mapping[str, Rows], faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    return {"fct_commune_profile": [row for row in tables["commune_profile"] if report_of_row(row) in sent]}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_commune_profile": ("reporting_period_id", "reporting_unit_id", "unit_id")},
)
