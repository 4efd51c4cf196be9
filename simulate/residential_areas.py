"""Villages, residential areas and gardens of the sample: their criteria, roadmap, recognition and reward.

Belongs here: what is true of each area on a day. Its rows in the reports, its truth and what the marts must say are in
area_reports.py. In the case of document 2332 six communes were flagged at the start of 2023 as not able to complete in
the year; three of them have 2 or 3 areas newly recognised in 2023, one has 4, one has 1 and one none. They bear the
title of an earlier stage; on the set of 2021-2025 they are not recognised.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from ingest import reference
from simulate.commune_profile import CAU_NGANG, FINAL, profile
from simulate.recognitions import recognitions
from simulate.world import PROVINCE_CODE, Commune, all_communes, chance, districts, period

STAGE = "2021-2025"
# district of a flagged commune -> new areas there in 2023
NEW_IN_2023 = {"844": 4, "845": 3, "846": 2, "847": 2, "850": 0, "851": 1}
REWARDS = {"844": 50, "848": 30, "849": 100}  # million đồng per area, where the district has a policy
MODEL_AREAS, GARDENS = 12, 14
NEAR = 2  # criteria missing at most
RECOGNISED, WITHDRAWN, MET, NEAR_MET, OPEN = "recognised", "withdrawn", "met", "near", "in_progress"
MILLION = 1_000_000
OWNERS = ("Thạch Sa Rây", "Nguyễn Văn Tâm", "Kim Thị Hoa", "Lâm Văn Út", "Trần Thị Bé", "Sơn Minh Đức")


@dataclass(frozen=True)
class Area:
    """An area and the title it works for or holds, with everything that ever happens to it in the sample."""

    area_code: str
    area_name: str
    unit_code: str
    reporting_unit_id: str
    kind_code: str
    title_code: str
    household_count: int
    people_count: int
    unmet: tuple[tuple[str, ...], ...]  # criteria not met in each period that reports areas, in order
    planned_year: int | None
    resource_needed: int  # million đồng for what is still missing
    resource_secured: int
    year_recognised: int | None = None
    decision_no: str | None = None
    decision_date: date | None = None
    withdrawn_on: date | None = None
    ended_on: date | None = None
    reward: int | None = None  # million đồng
    reward_decision_no: str | None = None
    reward_paid_on: date | None = None

    def status_on(self, day: date, missing: int) -> str:
        """What an office says of the area on a day, `missing` criteria being unmet."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return WITHDRAWN
        if self.decision_date is not None and self.decision_date <= day:
            return RECOGNISED
        return MET if not missing else NEAR_MET if missing <= NEAR else OPEN


AREA_PERIODS = ("2022Y", "2023M06", "2023Y")


def set_of(title_code: str) -> str:
    """The set that judges a title of areas in the sample."""
    return next(
        row["set_code"]
        for row in reference.rows("title_sets")
        if (row["title_code"], row["stage"], row["province_code"]) == (title_code, STAGE, PROVINCE_CODE)
    )


@cache
def criteria_of(set_code: str) -> tuple[str, ...]:
    """Criterion numbers of a set in order."""
    return tuple(str(row["criterion_no"]) for row in reference.rows("criteria") if row["set_code"] == set_code)


@cache
def flagged(seed: int) -> dict[str, int]:
    """Communes flagged for 2023 as not able to complete -> areas recognised there in 2023."""
    places = districts(seed)
    events = recognitions(places, seed)
    on_this_set = {event.unit_code for event in events if event.stage_code == STAGE}
    found = {}
    for district in places:
        if (count := NEW_IN_2023.get(district.reporting_unit_id)) is not None:
            free = [commune.unit_code for commune in district.communes if commune.unit_code not in on_this_set]
            found[chance(seed, "flagged", district.reporting_unit_id).choice(free)] = count
    return found


@cache
def areas(seed: int) -> tuple[Area, ...]:
    """Every area of the province, in order of code."""
    communes = all_communes(districts(seed))
    found: list[Area] = []
    for commune in communes:
        found += _villages(seed, commune)
        if (count := flagged(seed).get(commune.unit_code)) is not None:
            found += _of_flagged(seed, commune, count)
    draw = chance(seed, "model areas")
    for number, commune in enumerate(draw.sample(communes, MODEL_AREAS)):
        kind = "KDC_KM"
        found.append(_area(seed, commune, 41 + number, "kdc", kind, f"Khu dân cư kiểu mẫu số {number + 1}"))
    for number, commune in enumerate(draw.sample(communes, GARDENS)):
        name = f"Vườn ông (bà) {OWNERS[number % len(OWNERS)]}"
        found.append(_area(seed, commune, 61 + number, "vuon", "VUON_MAU", name))
    return tuple(sorted(_with_exceptions(found), key=lambda area: (area.area_code, area.title_code)))


def standing_area(seed: int, place: str, *about: object) -> str:
    """Code of one of the areas of a commune or of a reporting unit that stay as they are in the sample."""
    codes = [
        area.area_code
        for area in areas(seed)
        if place in (area.unit_code, area.reporting_unit_id) and area.ended_on is None
    ]
    return chance(seed, "standing area", place, *about).choice(codes)


def _villages(seed: int, commune: Commune) -> list[Area]:
    is_complete = commune.reporting_unit_id == CAU_NGANG
    villages = profile(seed, FINAL)[commune.reporting_unit_id][commune.unit_code]["village_count"]
    count = villages if is_complete else 2
    found = [_area(seed, commune, number, "ap", "THON_NTM", f"Ấp {number}") for number in range(1, count + 1)]
    if not is_complete:
        return found
    draw = chance(seed, "complete", commune.unit_code)
    return [_recognised(seed, area, draw.randint(2018, 2021)) for area in found]


def _of_flagged(seed: int, commune: Commune, count: int) -> list[Area]:
    """One area recognised the year before, `count` in 2023, and two that are still on their way."""
    made = [
        _area(seed, commune, 21 + number, "kdc", "KDC_NTM", f"Khu dân cư số {number + 1}")
        for number in range(count + 3)
    ]
    done = [_recognised(seed, made[0], 2022)]
    done += [_recognised(seed, area, 2023) for area in made[1 : count + 1]]
    return done + [_open(area) for area in made[count + 1 :]]


def _area(seed: int, commune: Commune, number: int, kind: str, title: str, name: str) -> Area:
    """An area as drawn: half are recognised before the sample begins, some in 2023, the others are on their way."""
    code = f"{commune.unit_code}-{number:02d}"
    draw = chance(seed, "area", code, title)
    households = 1 if kind == "vuon" else draw.randint(110, 420)
    set_code = set_of(title)
    area = Area(
        area_code=code, area_name=name, unit_code=commune.unit_code, reporting_unit_id=commune.reporting_unit_id,
        kind_code=kind, title_code=title, household_count=households,
        people_count=max(households, round(households * draw.uniform(3.2, 3.6))), unmet=_gaps(draw, set_code),
        planned_year=draw.choice((2023, 2024, 2025)), resource_needed=0, resource_secured=0,
    )  # fmt: skip
    fate = draw.random()
    if fate < 0.5:
        return _recognised(seed, area, draw.choice((2019, 2020, 2021, 2022)))
    if fate < 0.65:
        return _recognised(seed, area, 2023)
    return _with_needs(draw, area)


def _gaps(draw: random.Random, set_code: str) -> tuple[tuple[str, ...], ...]:
    """What is missing from period to period; gaps only close."""
    criteria = criteria_of(set_code)
    first = draw.sample(criteria, draw.choice((1, 2, 2, 3, 4, 5)) if len(criteria) > 5 else draw.choice((1, 2)))
    left = [first, first[: max(0, len(first) - draw.choice((0, 1)))]]
    left.append(left[1][: max(0, len(left[1]) - draw.choice((0, 1, 2)))])
    return tuple(tuple(sorted(one, key=int)) for one in left)


def _with_needs(draw: random.Random, area: Area) -> Area:
    needed = 40 * draw.randint(2, 20)
    return replace(area, resource_needed=needed, resource_secured=round(needed * draw.choice((0, 0.25, 0.5, 1))))


def _open(area: Area) -> Area:
    """Still on its way at the end of the sample: what was missing first stays missing."""
    draw = chance(0, "open", area.area_code)
    cleared = replace(area, year_recognised=None, decision_no=None, decision_date=None, reward=None,
                      reward_decision_no=None, reward_paid_on=None, planned_year=draw.choice((2023, 2024)))  # fmt: skip
    first = area.unmet[0] or criteria_of(set_of(area.title_code))[:1]
    return _with_needs(draw, replace(cleared, unmet=(first, first, first)))


def _recognised(seed: int, area: Area, year: int) -> Area:
    """Recognised for a year by the district, rewarded where it has a policy."""
    draw = chance(seed, "recognised", area.area_code, area.title_code)
    decided = date(year, draw.randint(2, 11), draw.randint(3, 27))
    number = f"{draw.randint(100, 2900)}/QĐ-UBND"
    unmet = tuple(
        () if decided <= period(name)["data_to"] else missing
        for name, missing in zip(AREA_PERIODS, area.unmet, strict=True)
    )
    area = replace(
        area, year_recognised=year, decision_no=number, decision_date=decided, unmet=unmet, planned_year=year,
        resource_needed=0, resource_secured=0,
    )  # fmt: skip
    if (reward := REWARDS.get(area.reporting_unit_id)) is None or area.kind_code == "vuon":
        return area
    is_paid = year < 2023 or draw.random() < 0.6
    paid = decided + timedelta(days=draw.randint(10, 45)) if is_paid else None
    return replace(
        area, reward=reward, reward_paid_on=paid, reward_decision_no=f"{draw.randint(100, 2900)}/QĐ-UBND",
    )  # fmt: skip


def _with_exceptions(found: Sequence[Area]) -> list[Area]:
    """One village loses its title in the summer of 2023, and one was merged into its neighbour in May."""
    plain = [area for area in found if area.title_code == "THON_NTM" and area.reporting_unit_id != CAU_NGANG]
    lost = next(area for area in plain if area.year_recognised is not None and area.year_recognised < 2023)
    merged = next(area for area in plain if area.year_recognised in (2020, 2021) and area is not lost)
    gap = ("", "", "9")
    changed = {
        lost.area_code: replace(lost, withdrawn_on=date(2023, 8, 9), unmet=tuple(tuple(one) for one in gap)),
        merged.area_code: replace(merged, ended_on=date(2023, 5, 3)),
    }
    return [changed.get(area.area_code, area) if area.title_code == "THON_NTM" else area for area in found]
