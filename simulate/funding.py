"""Money of the sample province: lines of the plan of a year, and how far each is spent in each period.

A line is a place, programme, content, source, nature and plan year. Amounts are whole thousands of đồng. Local budgets
follow the matching rules of the sample, more or less: each district has a habit of giving above or below what its rule
asks, so that some do not reach it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ingest import reference
from simulate.world import PROVINCE_CODE, SAMPLE_PERIODS, District, chance, period

THOUSAND = 1_000
BUDGET_LEVELS = {"NST": "province", "NSH": "district", "NSX": "commune"}
# share of the assigned money that is disbursed by the end of each kind of period, at least and at most
PACE = {"quarter": (0.08, 0.2), "6_months": (0.3, 0.46), "9_months": (0.52, 0.7), "year": (0.84, 1.0)}
SECOND_ASSIGNMENT = (7, 20)  # month and day of money added in the middle of the year
HABITS = {
    "842": 1.15,
    "844": 0.92,
    "845": 1.2,
    "846": 1.05,
    "847": 1.0,
    "848": 0.78,
    "849": 0.86,
    "850": 1.1,
    "851": 1.02,
}
COMMUNES_WITH_WORKS = 5
# source, content, least and most lent in a year, million đồng: policy bank, commercial banks, budgets entrusted to it
GROUNDS = {"LG": (1.0, "{}/QĐ-UBND"), "DN": (0.6, "{}/TT-TT"), "DC": (0.5, "{}/NQ-HĐND")}
LOANS = (("TDCS", "ND03", 18_000, 62_000), ("TDTM", "ND03", 30_000, 90_000), ("TDUT", "ND04", 900, 4_200))


@dataclass(frozen=True)
class Line:
    """One line of the plan of a year as it ends up; what a period reports follows from its closing day."""

    reporting_unit_id: str
    place_code: str
    programme_code: str
    content_code: str
    source_code: str
    nature_code: str | None
    plan_year: int
    report_year: int
    assigned_on: date | None
    assigning_decision: str | None
    planned: int  # thousands of đồng
    assigned: int | None
    adjusted: int | None = None
    outstanding: int | None = None
    borrowers: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (
            self.place_code,
            self.programme_code,
            self.content_code,
            self.source_code,
            self.nature_code,
            self.plan_year,
        )


def funding_rows(districts: Sequence[District], seed: int) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(unit, period) -> rows of form funding_sources, cumulative from the start of the report year."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for district in districts:
        lines = {year: _lines(district, year, seed) for year in (2022, 2023)}
        for name in SAMPLE_PERIODS:
            about = period(name)
            reported = [
                line
                for line in lines[about["year"]]
                if line.assigned_on is None or line.assigned_on <= about["data_to"]
            ]
            rows = [_row(line, name, seed) for line in reported]
            found[district.reporting_unit_id, name] = sorted(rows, key=_order)
    return found


def _order(row: dict[str, Any]) -> tuple[str, ...]:
    names = ("programme_code", "content_code", "source_code", "place_code", "nature_code", "plan_year")
    return tuple(str(row[name] or "") for name in names)


def _lines(district: District, year: int, seed: int) -> list[Line]:
    draw = chance(seed, "funding", district.reporting_unit_id, year)
    scale = 1 if district.unit_type == "huyen" else 0.45
    lines = _works(draw, district, year, scale) + _recurrent(draw, district, year, scale)
    for programme in ("GNBV", "DTTS"):
        lines += _sister(draw, district, year, programme, scale)
    lines += _others(draw, district, year, scale, seed)
    lines += _carried_over(draw, lines, year)
    return lines


def _line(
    draw: random.Random,
    district: District,
    year: int,
    place: str,
    code: tuple[str, str, str, str | None],
    assigned: int,
) -> Line:
    programme, content, source, nature = code
    level = "UBND" if source in ("NSTW", "NST") else f"UBND-{district.reporting_unit_id}"
    day = date(year, 1, draw.randint(10, 28)) if draw.random() < 0.88 else date(year, *SECOND_ASSIGNMENT)
    planned = round(assigned * draw.choice((1.0, 1.0, 1.05, 1.1, 1.2)))
    number = f"{draw.randint(15, 480)}/QĐ-{level}"
    return Line(
        district.reporting_unit_id,
        place,
        programme,
        content,
        source,
        nature,
        year,
        year,
        day,
        number,
        planned,
        assigned,
    )


def _works(draw: random.Random, district: District, year: int, scale: float) -> list[Line]:
    """Infrastructure in a few communes, each with central money and what its rule asks of the local budgets."""
    chosen = sorted(
        draw.sample(
            [commune.unit_code for commune in district.communes], min(len(district.communes), COMMUNES_WITH_WORKS)
        )
    )
    lines = []
    for place in chosen:
        central = round(draw.randint(2_400, 6_500) * scale) * THOUSAND
        lines.append(_line(draw, district, year, place, ("NTM", "ND02", "NSTW", "DTPT"), central))
        for source in ("NST", "NSH", "NSX"):
            share = _required(district, "NTM", source, "DTPT", date(year, 6, 1))
            factor = (
                HABITS[district.reporting_unit_id] * draw.uniform(0.95, 1.05)
                if source != "NST"
                else draw.uniform(1.0, 1.1)
            )
            lines.append(
                _line(draw, district, year, place, ("NTM", "ND02", source, "DTPT"), round(central * share * factor))
            )
    return lines


def _recurrent(draw: random.Random, district: District, year: int, scale: float) -> list[Line]:
    lines = []
    place = district.reporting_unit_id
    for content, low, high in (("ND03", 900, 2400), ("ND07", 500, 1500), ("ND08", 120, 400), ("ND11", 150, 520)):
        central = round(draw.randint(low, high) * scale) * THOUSAND
        lines.append(_line(draw, district, year, place, ("NTM", content, "NSTW", "SN"), central))
        for source in ("NST", "NSH"):
            share = _required(district, "NTM", source, "SN", date(year, 6, 1))
            factor = HABITS[district.reporting_unit_id] if source == "NSH" else draw.uniform(1.0, 1.08)
            lines.append(
                _line(draw, district, year, place, ("NTM", content, source, "SN"), round(central * share * factor))
            )
    return lines


def _sister(draw: random.Random, district: District, year: int, programme: str, scale: float) -> list[Line]:
    lines = []
    for nature, low, high in (("DTPT", 1500, 5200), ("SN", 700, 3100)):
        central = round(draw.randint(low, high) * scale) * THOUSAND
        place = district.reporting_unit_id
        lines.append(_line(draw, district, year, place, (programme, "ND00", "NSTW", nature), central))
        for source in ("NST", "NSH"):
            share = _required(district, programme, source, nature, date(year, 6, 1))
            factor = HABITS[district.reporting_unit_id] if source == "NSH" else 1.0
            lines.append(
                _line(draw, district, year, place, (programme, "ND00", source, nature), round(central * share * factor))
            )
    return lines


def _others(draw: random.Random, district: District, year: int, scale: float, seed: int) -> list[Line]:
    """Integrated money, enterprises, residents and credit: nothing is assigned to them, but most have a ground."""
    lines = []
    chosen = sorted(draw.sample([commune.unit_code for commune in district.communes], min(len(district.communes), 4)))
    for place in chosen:
        for source, low, high in (("DC", 150, 900), ("DN", 80, 600), ("LG", 400, 2600)):
            planned = round(draw.randint(low, high) * scale) * THOUSAND
            nature = "DTPT" if source == "LG" else None
            lines.append(
                Line(
                    district.reporting_unit_id,
                    place,
                    "NTM",
                    "ND02",
                    source,
                    nature,
                    year,
                    year,
                    None,
                    _ground(source, chance(seed, "ground", place, year, source)),
                    planned,
                    None,
                )
            )
    unit = district.reporting_unit_id
    for source, content, low, high in LOANS:
        chosen_by = draw if source == "TDCS" else chance(seed, "loans", unit, year, source)
        lent = round(chosen_by.randint(low, high) * scale) * THOUSAND
        outstanding, borrowers = round(lent * chosen_by.uniform(2.5, 3.6)), chosen_by.randint(low // 8, high // 7)
        credit = Line(unit, unit, "NTM", content, source, None, year, year, None, None, lent, None)
        lines.append(replace(credit, outstanding=outstanding, borrowers=borrowers))
    return lines


def _ground(source: str, draw: random.Random) -> str | None:
    """The paper on which money that no budget gives rests; not every contribution has one."""
    share, wording = GROUNDS[source]
    return wording.format(draw.randint(3, 320)) if draw.random() < share else None


def _carried_over(draw: random.Random, lines: list[Line], year: int) -> list[Line]:
    """Money of last year's plan still being spent this year: rows of their own under the old plan year."""
    central = [line for line in lines if line.source_code in ("NSTW", "NST") and line.nature_code == "DTPT"]
    carried = []
    for line in draw.sample(central, 3):
        assigned = round(line.planned * draw.uniform(0.08, 0.25))
        day = date(year - 1, 1, draw.randint(10, 28))
        number = f"{draw.randint(15, 480)}/QĐ-UBND"
        carried.append(
            replace(
                line,
                plan_year=year - 1,
                planned=assigned,
                assigned=assigned,
                assigned_on=day,
                assigning_decision=number,
            )
        )
    return carried


def _required(district: District, programme: str, source: str, nature: str, day: date) -> float:
    """The share of central money that the rule in force asks of a budget level; nothing without a rule."""
    for rule in reference.rows("matching_rules"):
        if (
            rule["province_code"] == PROVINCE_CODE
            and rule["programme_code"] == programme
            and rule["unit_type"] == district.unit_type
            and rule["budget_level"] == BUDGET_LEVELS[source]
            and rule["nature_code"] == nature
            and reference.is_valid(rule, day)
        ):
            return float(rule["ratio_pct"]) / 100
    return 0.0


def _spent(line: Line, name: str, seed: int) -> tuple[int, int]:
    """Performed and disbursed by the closing day, thousands of đồng; both only grow within a year."""
    low, high = PACE[period(name)["period_type"]]
    place = chance(seed, "pace", line.reporting_unit_id, line.report_year, *line.key).random()
    share = low + (high - low) * place
    base = line.assigned if line.assigned is not None else line.planned
    disbursed = round(base * share)
    return round(disbursed + (base - disbursed) * 0.3 * place), disbursed


def _row(line: Line, name: str, seed: int) -> dict[str, Any]:
    performed, disbursed = _spent(line, name, seed)
    is_credit = line.source_code in {source for source, *_ in LOANS}
    is_assigned = line.assigned is not None
    is_year_end = period(name)["period_type"] == "year"
    left = (line.assigned or 0) - disbursed
    grown = (disbursed / line.planned) if is_credit and line.planned else 0
    return {
        "place_code": line.place_code,
        "programme_code": line.programme_code,
        "content_code": line.content_code,
        "source_code": line.source_code,
        "nature_code": line.nature_code,
        "plan_year": line.plan_year,
        "assigned_on": line.assigned_on,
        "assigning_decision": line.assigning_decision,
        "planned_vnd": _dong(line.planned) if not is_credit else None,
        "assigned_vnd": _dong(line.assigned),
        "adjusted_vnd": _dong(line.adjusted),
        "performed_vnd": None if is_credit else _dong(performed),
        "disbursed_vnd": _dong(disbursed) if is_assigned else None,
        "returned_vnd": _dong(left) if is_year_end and is_assigned and line.plan_year < line.report_year else None,
        "estimated_year_end_vnd": None
        if is_credit
        else _dong(max(disbursed, round((line.assigned or line.planned) * 0.97))),
        "lent_vnd": _dong(disbursed) if is_credit else None,
        "outstanding_vnd": _dong(round((line.outstanding or 0) * (0.9 + 0.1 * grown))) if is_credit else None,
        "borrower_count": line.borrowers,
        "explanation": None,
    }


def _dong(thousands: int | None) -> Decimal | None:
    return None if thousands is None else Decimal(thousands) * THOUSAND
