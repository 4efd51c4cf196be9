"""The unit's own criteria: 36 indicators of a rural district, five conditions of a town or city.

How many of the nine criteria a district meets in each period is the plan below (Trà Cú at four of nine in the first
quarter of 2023, as its own letter says); which ones fail, and by how much, is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from simulate.indicators import FIGURE_KINDS, MET, UNMET, Part, parts_of, rate, threshold_of, verdict_on
from simulate.recognitions import Recognition, held_on
from simulate.world import DISTRICT_PERIODS, District, chance, period

SET_OF = {"huyen": "NTM_HUYEN_2021", "thi_xa": "NTM_TXTP_2021", "thanh_pho": "NTM_TXTP_2021"}
CRITERIA_MET = {
    "844": (8, 8, 9, 9, 9),
    "845": (9, 9, 9, 9, 9),
    "846": (9, 9, 9, 9, 9),
    "847": (8, 8, 8, 9, 9),
    "848": (9, 9, 9, 9, 9),
    "849": (3, 4, 5, 7, 9),
    "850": (9, 9, 9, 8, 9),
}
LAST_STEP = 4  # what was met at the end of 2023 stays met
OWNERS = {
    "1": "Phòng Kinh tế và Hạ tầng",
    "2": "Phòng Kinh tế và Hạ tầng",
    "3": "Phòng Nông nghiệp và Phát triển nông thôn",
    "4": "Điện lực huyện",
    "5": "Phòng Giáo dục và Đào tạo",
    "6": "Phòng Kinh tế và Hạ tầng",
    "7": "Phòng Tài nguyên và Môi trường",
    "8": "Phòng Tài nguyên và Môi trường",
    "9": "Phòng Nội vụ",
}


@dataclass(frozen=True)
class DistrictResult:
    """One indicator of the unit's own set in one period."""

    reporting_unit_id: str
    set_code: str
    criterion_no: str
    indicator_no: str
    part_code: str
    value: Decimal | None
    verdict: str
    threshold: Decimal | None
    direction: str
    planned_date: date | None


def district_results(
    districts: Sequence[District], seed: int, events: Iterable[Recognition]
) -> dict[str, list[DistrictResult]]:
    """Per period of the sample, the results of every unit on the set that judges it."""
    register = list(events)
    found: dict[str, list[DistrictResult]] = {}
    for step, name in enumerate(DISTRICT_PERIODS):
        found[name] = []
        for district in districts:
            failing = _failing(district, seed, step)
            for part in parts_of(SET_OF[district.unit_type]):
                if district.unit_type == "huyen":
                    found[name].append(_of_district(district, part, name, step, seed, failing))
                else:
                    found[name].append(_of_town(district, part, name, seed, register))
    return found


def _failing(district: District, seed: int, step: int) -> set[str]:
    """Criteria not met in a period: the last of a drawn order, so that one once met stays met."""
    if district.reporting_unit_id not in CRITERIA_MET:
        return set()
    order = chance(seed, "district order", district.reporting_unit_id).sample(
        [str(number) for number in range(1, 10)], 9
    )
    return set(order[CRITERIA_MET[district.reporting_unit_id][min(step, LAST_STEP)] :])


def _of_district(district: District, part: Part, name: str, step: int, seed: int, failing: set[str]) -> DistrictResult:
    """In a criterion that fails, its first indicator fails, and sometimes others."""
    draw = chance(seed, "district", district.reporting_unit_id, part.indicator_no)
    first = next(other for other in parts_of(part.set_code) if other.criterion_no == part.criterion_no)
    fails = part.criterion_no in failing and (part is first or draw.random() < 0.25)
    threshold = threshold_of(part, name)
    value: Decimal | None = None
    verdict = UNMET if fails else MET
    if part.kind in FIGURE_KINDS and threshold is not None:
        value = _figure(draw.uniform(0.1, 0.6), draw.uniform(0.03, 0.2), part, threshold, fails, step)
        verdict = verdict_on(value, threshold, part.direction)
    planned = date(2023, 6 + draw.randint(0, 5), 28) if verdict == UNMET else None
    if planned is not None and planned <= period(name)["data_to"]:
        planned = date(2023, 12, 28)  # put off, as offices do
    return _result(district, part, value, verdict, threshold, planned)


def _figure(margin: float, short: float, part: Part, threshold: Decimal, fails: bool, step: int) -> Decimal:
    if part.kind == "count":
        return max(Decimal(0), threshold - 1) if fails else threshold + int(margin * 8)
    limit = float(threshold)
    upwards = part.direction == ">="
    room = (100 - limit if upwards else limit) if part.kind == "rate_pct" else limit
    move = limit * short if fails else -room * min(0.95, margin * (1 + 0.05 * step))
    figure = Decimal(str(limit - move if upwards else limit + move)).quantize(Decimal("0.1"))
    if verdict_on(figure, threshold, part.direction) != (UNMET if fails else MET):
        return threshold - Decimal("0.1") if fails == upwards else threshold
    return figure


def _of_town(district: District, part: Part, name: str, seed: int, register: list[Recognition]) -> DistrictResult:
    """Shares of communes and wards follow from the register of recognitions; the rest is drawn."""
    closing = period(name)["data_to"]
    draw = chance(seed, "town", district.reporting_unit_id, part.indicator_no)
    communes = {commune.unit_code for commune in district.communes}
    wards = set(district.towns)
    value = {
        "DT1": lambda: rate(len(held_on(register, "NTM", closing) & communes), len(communes)),
        "DT2": lambda: rate(len(held_on(register, "NTM_NC", closing) & communes), len(communes)),
        "DT3": lambda: rate(len(held_on(register, "DTVM", closing) & wards), len(wards)),
        "DT4": lambda: Decimal(draw.randint(42, 61)) / 10,
        "DT5": lambda: Decimal(draw.randint(920, 985)) / 10,
    }[part.indicator_no]()
    threshold = threshold_of(part, name)
    verdict = MET if threshold is None else verdict_on(value, threshold, part.direction)
    return _result(district, part, value, verdict, threshold, None)


def _result(
    district: District, part: Part, value: Decimal | None, verdict: str, threshold: Decimal | None, planned: date | None
) -> DistrictResult:
    return DistrictResult(
        district.reporting_unit_id,
        part.set_code,
        part.criterion_no,
        part.indicator_no,
        part.part_code,
        value,
        verdict,
        threshold,
        part.direction,
        planned,
    )


def as_row(result: DistrictResult, closing: date) -> dict[str, Any]:
    """The row of form unit_criteria that a unit sends for a result."""
    return {
        "criteria_set_code": result.set_code,
        "indicator_no": result.indicator_no,
        "part_code": result.part_code,
        "value": result.value,
        "verdict": result.verdict,
        "owner_name": OWNERS.get(result.criterion_no, "Phòng Kinh tế")
        if result.set_code == SET_OF["huyen"]
        else "Phòng Kinh tế",
        "planned_date": result.planned_date,
        "data_date": closing,
        "explanation": None if result.verdict == MET else "Đang hoàn thiện theo lộ trình",
    }
