"""Targets of the sample: what each district set out to do in 2023 and 2024, whom it chose, whom it held unable.

Belongs here: the rows of form targets and their truth. What came of them is in target_results.py. Targets of a year
stand in the report of the year before; what is said of a year once it has begun is no target any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simulate.planted import Rows
from simulate.recognitions import WAITING, held_on
from simulate.residential_areas import areas, flagged
from simulate.world import Commune, District, chance, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "targets"
YEARS = {"2022Y": 2023, "2023Y": 2024}  # period of the report -> year aimed at
STAGE_END = 2025
PLANS = {2023: (date(2022, 12, 5), 41), 2024: (date(2023, 12, 6), 52)}  # day of the districts' plans, first number
FLAGGED_ON = {2023: date(2022, 11, 30), 2024: date(2023, 12, 1)}
OWNED = (("TUYEN_TRUYEN", "MTTQ", (60, 200)), ("MO_HINH", "HND", (2, 9)), ("TAP_HUAN", "SO_NNPTNT", (4, 15)))
CONTENTS = {
    "TUYEN_TRUYEN": "Vận động hộ dân tham gia bảo hiểm y tế, giữ gìn cảnh quan",
    "MO_HINH": "Hỗ trợ mô hình sinh kế cho hộ nghèo, hộ cận nghèo",
    "TAP_HUAN": "Tập huấn cán bộ xã, ấp về bộ tiêu chí giai đoạn 2021-2025",
}
FEWEST_NEW_AREAS = 2
DISTRICT_TITLE_IN = {("849", 2023)}  # Trà Cú aims at its own recognition in 2023


def reports(world: World, unit: str, reporting_period_id: str) -> dict[str, Rows]:
    """Form targets of a unit."""
    if reporting_period_id not in YEARS:
        return {}
    (district,) = (one for one in world.districts if one.reporting_unit_id == unit)
    return {FORM: _targets(world, district, reporting_period_id)}


def _targets(world: World, district: District, name: str) -> Rows:
    year = YEARS[name]
    unit = district.reporting_unit_id
    day, first = PLANS[year]
    plan = {"document_no": f"{first + int(unit) - 842}/KH-UBND", "decided_on": day}
    rows = [row | plan for row in _of_district(world, district, name)]
    for code, owner, bounds in OWNED:
        draw = chance(world.seed, "owned", unit, year, code)
        target = _row(unit, code, year, draw.randint(*bounds), owner_code=owner)
        rows.append(target | plan | {"is_priority": True, "content": CONTENTS[code]})
    for commune in _chosen(world, district, year):
        rows += [row | plan for row in _of_commune(world, commune, year)]
    for commune in district.communes:
        if _title_aimed_at(world, commune, year) is not None:
            rows.append(_row(commune.unit_code, _title_aimed_at(world, commune, year) or "", year) | plan)
    return rows + _selected(world, district, year) + _unable(world, district, year)


def _row(subject: str, measure: str, year: int, value: object = None, **more: object) -> dict[str, Any]:
    row: dict[str, Any] = {
        "subject_code": subject, "measure_code": measure, "area_code": None, "horizon_code": "year", "plan_year": year,
        "target_value": None if value is None else Decimal(str(value)), "owner_code": None, "is_priority": None,
        "content": None, "document_no": None, "decided_on": None, "explanation": None,
    }  # fmt: skip
    return row | more


def _of_district(world: World, district: District, name: str) -> Rows:
    """Counts to reach: what is held now and a few more, and the rates that the plan sets."""
    unit, year, closing = district.reporting_unit_id, YEARS[name], period(name)["data_to"]
    codes = {commune.unit_code for commune in district.communes}
    draw = chance(world.seed, "targets", unit, year)
    ntm = len(held_on(world.recognitions, "NTM", closing) & codes)
    advanced = len(held_on(world.recognitions, "NTM_NC", closing) & codes)
    model = len(held_on(world.recognitions, "NTM_KM", closing) & codes)
    more = min(len(codes), advanced + draw.choice((1, 1, 2)))
    villages = sum(area.reporting_unit_id == unit and area.title_code == "THON_NTM" and area.decision_date is not None
                   and area.decision_date <= closing for area in areas(world.seed))  # fmt: skip
    rows = [
        _row(unit, "XA_NTM", year, len(codes) if unit == "849" else max(ntm, len(codes) - draw.choice((0, 1)))),
        _row(unit, "XA_NC", year, more, is_priority=True),
        _row(unit, "XA_KM", year, model + draw.choice((0, 0, 1))),
        _row(unit, "BQ_TC", year, draw.choice(("18", "18.5", "19"))),
        _row(unit, "THON_NTM", year, villages + draw.choice((0, 1, 2))),
        _row(unit, "HO_NGHEO", year, draw.choice(("0.9", "1.1", "1.5"))),
        _row(unit, "THU_NHAP", year, draw.choice(("62", "64", "66"))),
        _row(unit, "XA_NC", STAGE_END, min(len(codes), more + 2), horizon_code="stage"),
    ]
    return [*rows, _row(unit, "DAT_HUYEN", year)] if (unit, year) in DISTRICT_TITLE_IN else rows


def _chosen(world: World, district: District, year: int) -> list[Commune]:
    """Communes whose own plan names socio-economic targets."""
    draw = chance(world.seed, "planned communes", district.reporting_unit_id)
    return draw.sample(district.communes, min(2, len(district.communes)))


def _of_commune(world: World, commune: Commune, year: int) -> Rows:
    draw = chance(world.seed, "commune targets", commune.unit_code, year)
    return [
        _row(commune.unit_code, "THU_NHAP", year, draw.choice(("61", "65", "69"))),
        _row(commune.unit_code, "VIEC_LAM", year, draw.choice(("95", "97", "100"))),
    ]


def _title_aimed_at(world: World, commune: Commune, year: int) -> str | None:
    """The title registered for: what is in fact given in that year, and what a few others hope for."""
    given = {"NTM": "DAT_NTM", "NTM_NC": "DAT_NC"}
    for event in world.recognitions:
        if (event.unit_code, event.year_recognised) == (commune.unit_code, year) and event.title_code in given:
            return given[event.title_code]
    hopes = chance(world.seed, "hopes", commune.unit_code, year).random() < 0.04
    return "DAT_NC" if hopes and commune.unit_code not in {*WAITING, *flagged(world.seed)} else None


def _selected(world: World, district: District, year: int) -> Rows:
    """The typical commune and the typical area, chosen for two years ahead."""
    unit, aimed_at = district.reporting_unit_id, min(year + 1, STAGE_END)
    draw = chance(world.seed, "candidates for model", unit)
    holders = held_on(world.recognitions, "NTM_NC", FLAGGED_ON[year])
    advanced = [commune.unit_code for commune in district.communes if commune.unit_code in holders]
    commune = draw.choice(advanced or [district.communes[0].unit_code])
    own = [area for area in areas(world.seed) if area.reporting_unit_id == unit and area.kind_code in ("ap", "kdc")]
    area = draw.choice([area for area in own if area.ended_on is None])
    chosen_on = {"decided_on": FLAGGED_ON[year], "document_no": f"{900 + int(unit)}/TB-UBND"}
    return [
        _row(commune, "CHON_KM_XA", aimed_at, **chosen_on),
        _row(area.unit_code, "CHON_KM_THON", aimed_at, area_code=area.area_code, **chosen_on),
    ]


def _unable(world: World, district: District, year: int) -> Rows:
    """Communes held unable to complete in the year, and how many new areas each is to have instead."""
    rows = []
    for number, code in enumerate(flagged(world.seed)):
        if code in {commune.unit_code for commune in district.communes} and (year == 2023 or number % 2 == 0):
            decided = {"decided_on": FLAGGED_ON[year], "document_no": f"{700 + number}/KH-UBND"}
            rows.append(_row(code, "CHUA_KHA_NANG", year, **decided))
            rows.append(_row(code, "KDC_MOI", year, FEWEST_NEW_AREAS + number % 2, **decided))
    return rows


def truth_rows(world: World, names: Sequence[str]) -> Rows:
    """Table target: rows of the form with the keys of the mart."""
    found = []
    for name in names:
        if name not in YEARS:
            continue
        for district in world.districts:
            place = {"reporting_period_id": name, "reporting_unit_id": district.reporting_unit_id}
            for row in _targets(world, district, name):
                kept = {column: value for column, value in row.items() if column not in ("subject_code", "explanation")}
                found.append(place | {"unit_id": unit_id_on(row["subject_code"], period(name)["data_to"])} | kept)
    return found
