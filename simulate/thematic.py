"""Results and money of the thematic programmes and priority contents in the sample.

A stock is what there is on the closing day, a flow what came since the report year began. Plans do not change within
their year.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.half_years import half_years
from simulate.planted import Report, report_of_row
from simulate.topic import Row, Rows, Topic, Truth
from simulate.world import Commune, District, chance, districts, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "thematic_programmes"
MILLION = Decimal(1_000_000)
OF_COMMUNES = ("MT_WATER", "MT_ROAD", "MT_ROAD_KM", "OCOP_3", "SK_MODEL", "SK_INCOME", "HT_WORK")
EVERYWHERE = ("MT_WATER", "SK_MODEL")  # the others are reported by some communes only
PLANS = {  # fewest and most planned for a year; thousands of visitors
    "OCOP_4": (2, 9), "OCOP_5": (0, 1), "DL_POINT": (1, 5), "DL_VISIT": (4_000, 30_000), "KH_TASK": (1, 4),
    "KH_MODEL": (1, 6), "CDS_MODEL": (1, 8), "CDS_HOUSEHOLD": (4_000, 9_000), "MT_MODEL": (5, 20), "MT_FOOD": (60, 200),
    "AN_MODEL": (10, 40), "HTX": (4, 14), "KN_SUPPORT": (1, 8), "KN_STABLE": (1, 6), "MT_ROAD": (1, 8),
    "MT_ROAD_KM": (1, 15), "OCOP_3": (1, 4), "SK_MODEL": (1, 3), "SK_INCOME": (10, 60), "HT_WORK": (1, 5),
}  # fmt: skip
PACE = {"2022Y": (80, 110), "2023M06": (25, 60), "2023Y": (85, 110)}  # percent of the plan that a flow reaches
GROWTH = {"2022Y": (78, 92), "2023M06": (88, 99), "2023Y": (95, 106)}  # percent of the plan that a stock reaches
WITHOUT_MONEY = ("MT_ROAD_KM", "OCOP_5", "DL_VISIT", "SK_INCOME", "KN_STABLE", "CDS_HOUSEHOLD")


@cache
def lines(seed: int) -> Mapping[tuple[str, str], tuple[Row, ...]]:
    """The rows of each unit and period, as its form has them; the rows are shared."""
    found: dict[tuple[str, str], tuple[Row, ...]] = {}
    for district in districts(seed):
        for name in PACE:
            found[district.reporting_unit_id, name] = tuple(_lines_of(district, name, seed))
    return found


def _lines_of(district: District, name: str, seed: int) -> list[Row]:
    unit = district.reporting_unit_id
    rows = [
        _line(unit, about, None, name, seed) for about in _indicators() if about["indicator_code"] not in OF_COMMUNES
    ]
    for commune in district.communes:
        for about in _indicators():
            code = about["indicator_code"]
            shows = chance(seed, FORM, commune.unit_code, code).random() < (1 if code in EVERYWHERE else 0.3)
            if code in OF_COMMUNES and shows:
                rows.append(_line(commune.unit_code, about, commune, name, seed))
    return rows


@cache
def _indicators() -> tuple[Row, ...]:
    return tuple(dict(row) for row in reference.rows("thematic_indicators"))


def _line(place: str, about: Row, commune: Commune | None, name: str, seed: int) -> Row:
    code, year = about["indicator_code"], period(name)["year"]
    of_place, of_year = chance(seed, FORM, place, code), chance(seed, FORM, place, code, year)
    fewest, most = PLANS.get(code, (0, 0))
    plan = commune.households if code == "MT_WATER" and commune else of_place.randint(fewest, most)
    value = _reached(about, plan, name, of_year)
    base = _base(about, plan, commune, of_place, value)
    row: Row = {
        "place_code": place,
        "indicator_code": code,
        "planned_value": Decimal(plan),
        "value": Decimal(value),
        "base_value": base,
        "expired_count": None,
        "next_expiry_on": None,
        "beneficiary_count": value * of_place.randint(4, 15)
        if about["theme_code"] in ("start_up", "livelihood")
        else None,
        "explanation": None,
    }
    if about["has_expiry"]:
        row["expired_count"] = of_year.randint(0, 1) if value else 0
        still_valid = value > row["expired_count"]
        row["next_expiry_on"] = date(year + 1, 1, 15) + timedelta(days=of_year.randint(0, 500)) if still_valid else None
    return row | _money(code, plan, name, chance(seed, FORM, "money", place, code, year))


def _reached(about: Row, plan: int, name: str, of_year: random.Random) -> int:
    """The share of the plan that is reached; a flow of six months is part of the year's, whatever else is drawn."""
    at_half, at_end = of_year.random(), of_year.random()
    low, high = (PACE if about["measure_kind"] == "flow" else GROWTH)[name]
    percent = low + (high - low) * (at_half if name.endswith("M06") else at_end)
    reached = int(plan * percent / 100)
    return min(reached, plan) if about["has_base"] else reached


def _base(about: Row, plan: int, commune: Commune | None, of_place: random.Random, value: int) -> Decimal | None:
    if not about["has_base"]:
        return None
    if about["indicator_code"] == "MT_WATER" and commune is not None:
        return Decimal(commune.households)
    return Decimal(max(plan + of_place.randint(0, max(2, plan // 3)), value))


def _money(code: str, plan: int, name: str, of_year: random.Random) -> Row:
    planned = MILLION * of_year.randint(40, 90) * (1 + plan % 5)
    assigned = planned * of_year.randint(5, 10) / 10
    half, whole = of_year.randint(10, 45), of_year.randint(60, 100)
    if code in WITHOUT_MONEY or not plan:
        return dict.fromkeys(("planned_vnd", "assigned_vnd", "disbursed_vnd"))
    spent = assigned * (half if name.endswith("M06") else whole) / 100
    return {"planned_vnd": planned, "assigned_vnd": assigned, "disbursed_vnd": spent}


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    return {FORM: [dict(row) for row in lines(world.seed).get((unit, name), ())]}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    indicators = {row["indicator_code"]: row for row in _indicators()}
    rows: Rows = []
    for name in half_years(names):
        for district in world.districts:
            for line in lines(world.seed)[district.reporting_unit_id, name]:
                own: dict[str, Any] = {key: value for key, value in line.items() if key != "place_code"}
                rows.append({
                    "reporting_period_id": name,
                    "reporting_unit_id": district.reporting_unit_id,
                    "unit_id": unit_id_on(line["place_code"], period(name)["data_to"]),
                    **{key: indicators[line["indicator_code"]][key] for key in ("programme_code", "measure_kind")},
                    **own,
                })  # fmt: skip
    return {"thematic_result": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    return {"fct_thematic_result": [row for row in truth["thematic_result"] if report_of_row(row) in sent]}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_thematic_result": ("reporting_period_id", "reporting_unit_id", "unit_id", "indicator_code")},
)
