"""Money of the periods after the sample's gap: what a place had by the middle of 2025, and what its heir had later.

A commune that was merged from others takes over their lines: its cumulative amounts are theirs together, and what was
spent since. In 2026 the merged programme begins, and money of 2025 is still being spent beside it. Belongs here: lines
by place and period. What the marts say of them is in truth.py and expected_funding.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from simulate.world import LATER_PERIODS, District, chance, period, successions, unit_id_on, units_in

THOUSAND = 1_000
NTM, POVERTY, MERGED = "NTM", "GNBV", "NTP-2026"
COMMUNE, TOWN = "commune", "town"
# year, kind of place -> programme, content, source, nature; least and most assigned, million đồng
PLANS: dict[tuple[int, str], tuple[tuple[str, str, str, str, int, int], ...]] = {
    (2025, COMMUNE): (
        (NTM, "ND02", "NSTW", "DTPT", 900, 3_800),
        (NTM, "ND02", "NST", "DTPT", 150, 700),
        (NTM, "ND03", "NSTW", "SN", 120, 460),
    ),
    (2025, TOWN): ((POVERTY, "ND00", "NSTW", "SN", 60, 240),),
    (2026, COMMUNE): (
        (MERGED, "ND00", "NSTW", "DTPT", 2_400, 7_200),
        (MERGED, "ND00", "NST", "DTPT", 300, 1_100),
        (MERGED, "ND00", "NSTW", "SN", 300, 900),
    ),
    (2026, TOWN): ((MERGED, "ND00", "NSTW", "SN", 90, 300),),
}
ASSIGNED_ON = {2025: date(2025, 1, 20), 2026: date(2026, 1, 22)}
HANDED_OVER_ON = date(2025, 7, 18)  # the money of the old units assigned anew to those that took over
SPENT, SPENT_IN_THIRD_QUARTER = {2025: (0.3, 0.46), 2026: (0.08, 0.2)}, (0.14, 0.26)
CARRIED_OVER, CARRIED_SPENT = 0.5, 0.35  # of what was left of works in 2025; of that, by March 2026
CARRIED_NATURE = "DTPT"


@dataclass(frozen=True)
class Line:
    """A line of a year's plan, thousands of đồng: spent by the first report on it, and then in the third quarter."""

    programme_code: str
    content_code: str
    source_code: str
    nature_code: str
    plan_year: int
    assigned_on: date
    planned: int
    assigned: int
    spent: int
    flow: int = 0

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.programme_code, self.content_code, self.source_code, self.nature_code


@cache
def later_funding(seed: int) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(unit, period) -> rows of form funding_sources, cumulative from the start of the report year."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for name in LATER_PERIODS:
        day = period(name)["data_to"]
        lines = _lines_in(seed, name)
        for unit in units_in(seed, name):
            rows = [_row(seed, code, line, name) for code in unit.places for line in lines[unit_id_on(code, day)]]
            found[unit.reporting_unit_id, name] = rows
    return found


@cache
def _lines_in(seed: int, name: str) -> dict[str, tuple[Line, ...]]:
    """unit_id of every commune, ward and township -> its lines as of a period; `spent` is what it has spent by then."""
    if name == "2025M06":
        return _drawn(seed, name, 2025)
    if name == "2025M09":
        return {unit_id: tuple(map(_after_third_quarter, own)) for unit_id, own in inherited(seed).items()}
    drawn, old = _drawn(seed, name, 2026), _lines_in(seed, "2025M09")
    return {unit_id: own + tuple(_carried_over(old[unit_id])) for unit_id, own in drawn.items()}


def _drawn(seed: int, name: str, year: int) -> dict[str, tuple[Line, ...]]:
    day = period(name)["data_to"]
    return {
        unit_id_on(code, day): tuple(_line(seed, code, year, about) for about in PLANS[year, kind])
        for unit in units_in(seed, name)
        for kind, code in _places(unit)
    }


def _places(unit: District) -> list[tuple[str, str]]:
    return [(COMMUNE, commune.unit_code) for commune in unit.communes] + [(TOWN, code) for code in unit.towns]


def _line(seed: int, code: str, year: int, about: tuple[str, str, str, str, int, int]) -> Line:
    *key, low, high = about
    draw = chance(seed, "later money", year, code, *key)
    assigned = draw.randint(low, high) * THOUSAND
    planned = round(assigned * draw.choice((1.0, 1.0, 1.05, 1.1)))
    spent = round(assigned * draw.uniform(*SPENT[year]))
    flow = round(assigned * draw.uniform(*SPENT_IN_THIRD_QUARTER)) if year == 2025 else 0
    return Line(*about[:4], year, ASSIGNED_ON[year], planned, assigned, spent, flow)


def inherited(seed: int) -> dict[str, tuple[Line, ...]]:
    """unit_id of every unit of September 2025 -> the lines of all that it took over, added up by their keys."""
    found: dict[str, dict[tuple[str, str, str, str], Line]] = {}
    old = _lines_in(seed, "2025M06")
    for predecessor, successor in sorted(successions()):
        own = found.setdefault(successor, {})
        for line in old[predecessor]:
            own[line.key] = _added([line, *([own[line.key]] if line.key in own else [])])
    return {unit_id: tuple(own[key] for key in sorted(own)) for unit_id, own in found.items()}


def _added(lines: Sequence[Line]) -> Line:
    """One line of several with the same key, handed over to who took the places over."""
    amounts = ([getattr(line, name) for line in lines] for name in ("planned", "assigned", "spent", "flow"))
    return Line(*lines[0].key, lines[0].plan_year, HANDED_OVER_ON, *map(sum, amounts))


def _after_third_quarter(line: Line) -> Line:
    return Line(*line.key, line.plan_year, line.assigned_on, line.planned, line.assigned, line.spent + line.flow)


def _carried_over(lines: Sequence[Line]) -> list[Line]:
    """Money of works of 2025 that is spent in 2026: lines of their own under the old programme and plan year."""
    found = []
    for line in lines:
        left = round((line.assigned - line.spent) * CARRIED_OVER)
        if line.nature_code == CARRIED_NATURE:
            found.append(Line(*line.key, line.plan_year, line.assigned_on, left, left, round(left * CARRIED_SPENT)))
    return found


def _row(seed: int, code: str, line: Line, name: str) -> dict[str, Any]:
    draw = chance(seed, "later decision", code, line.plan_year, line.assigned_on, *line.key)
    return {
        "place_code": code,
        "programme_code": line.programme_code,
        "content_code": line.content_code,
        "source_code": line.source_code,
        "nature_code": line.nature_code,
        "plan_year": line.plan_year,
        "assigned_on": line.assigned_on,
        "assigning_decision": f"{draw.randint(15, 980)}/QĐ-UBND",
        "planned_vnd": _dong(line.planned),
        "assigned_vnd": _dong(line.assigned),
        "adjusted_vnd": None,
        "performed_vnd": _dong(line.spent + round((line.assigned - line.spent) * 0.2)),
        "disbursed_vnd": _dong(line.spent),
        "returned_vnd": None,
        "estimated_year_end_vnd": _dong(max(line.spent, round(line.assigned * 0.97))),
        "lent_vnd": None,
        "outstanding_vnd": None,
        "borrower_count": None,
        "explanation": None,
    }


def _dong(thousands: int) -> Decimal:
    return Decimal(thousands) * THOUSAND
