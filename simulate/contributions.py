"""What residents, organisations and enterprises give in the communes of the sample, from report to report of a year.

Belongs here: the lines of a year, the rows each report carries, its truth and what the mart says. Every district has
its own price of a labour-day, every commune its price of land; some kinds are told by their value alone.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from simulate.planted import Report, report_of_row
from simulate.topic import Row, Rows, Topic, Truth
from simulate.world import Commune, chance, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "contributions"
KEYS = {
    "fct_contribution": (
        "reporting_period_id", "reporting_unit_id", "unit_id", "giver_code", "kind_code", "purpose_text",
    )
}  # fmt: skip
YEARS = {2022: ("2022Y",), 2023: ("2023M06", "2023Y")}
PURPOSES = ("Đường ngõ xóm", "Nhà văn hóa ấp", "Cầu giao thông nông thôn", "Thắp sáng đường quê", "Tuyến đường hoa")
KINDS = ("cash", "cash", "labour_days", "labour_days", "land", "land", "materials", "structures", "works")
GIVERS = ("residents", "residents", "residents", "residents", "organisation", "enterprise", "individual")
UNITS = {"labour_days": "day", "land": "m2", "materials": "bag", "works": "m"}
BAG_PRICE = Decimal(85_000)


@dataclass(frozen=True)
class Line:
    """What one giver gave in one kind for one work of a commune in a year; `begun` is its share at mid-year."""

    commune: Commune
    year: int
    purpose_text: str
    giver_code: str
    kind_code: str
    quantity: int | None
    price: Decimal | None
    value: Decimal  # of the year, where there is no price
    begun: Decimal
    households: int | None
    ground_document: str | None

    def row(self, name: str) -> Row | None:
        """The row of a report; None where nothing had been given by its closing day."""
        done = self.begun if period(name)["period_type"] == "6_months" else Decimal(1)
        if not done:
            return None
        quantity = None if self.quantity is None else _whole(self.quantity * done)
        value = _whole(self.value * done / 100_000) * 100_000
        if quantity is not None and self.price is not None:
            value = quantity * self.price
        return {
            "commune_code": self.commune.unit_code,
            "purpose_text": self.purpose_text,
            "project_no": None,
            "giver_code": self.giver_code,
            "kind_code": self.kind_code,
            "quantity": quantity,
            "quantity_unit_code": UNITS[self.kind_code] if quantity is not None else None,
            "unit_price_vnd": self.price,
            "price_decision_no": "02/NQ-HĐND" if self.price is not None else None,
            "price_decision_date": date(self.year, 1, 12) if self.price is not None else None,
            "value_vnd": value,
            "ground_document": self.ground_document,
            "household_count": None if self.households is None else int(_whole(self.households * done)),
        }


def _whole(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1), ROUND_HALF_UP)


@cache
def lines(seed: int) -> tuple[Line, ...]:
    """Every line of both years, in order of commune."""
    from simulate.reports import build_world  # the world asks the topics for their reports

    found: list[Line] = []
    for district in build_world(seed).districts:
        day_price = Decimal(chance(seed, "day price", district.reporting_unit_id).choice((200, 220, 250, 280))) * 1000
        for commune in district.communes:
            for year in YEARS:
                draw = chance(seed, "contributions", commune.unit_code, year)
                land_price = Decimal(draw.randint(60, 350)) * 1000
                own = {}
                for _ in range(draw.randint(1, 4)):
                    line = _drawn(draw, commune, year, {"labour_days": day_price, "land": land_price})
                    own[line.giver_code, line.kind_code, line.purpose_text] = line
                found += own.values()
    return tuple(found)


def _drawn(draw: random.Random, commune: Commune, year: int, prices: dict[str, Decimal]) -> Line:
    kind, giver = draw.choice(KINDS), draw.choice(GIVERS)
    quantity = {
        "labour_days": draw.randint(40, 900),
        "land": draw.randint(100, 4000),
        "materials": draw.randint(50, 600),
        "works": draw.randint(80, 700),
    }.get(kind)
    prices = prices | {"materials": BAG_PRICE}
    is_priced = kind != "materials" or draw.random() < 0.5
    return Line(
        commune=commune,
        year=year,
        purpose_text=draw.choice(PURPOSES),
        giver_code=giver,
        kind_code=kind,
        quantity=quantity if is_priced else None,
        price=prices.get(kind) if is_priced else None,
        value=Decimal(draw.randint(40, 2500)) * 100_000,
        begun=Decimal(draw.choice(("0", "0.3", "0.5", "0.6"))),
        households=draw.randint(10, 160) if giver == "residents" else None,
        ground_document=f"Biên bản họp ấp {draw.randint(10, 28)}/02/{year}" if draw.random() < 0.8 else None,
    )


def report_rows(world: World, unit: str, name: str) -> dict[str, Rows]:
    """What a unit reports of the year so far."""
    rows = [row | {"explanation": None} for reporting_unit, row in _rows(world.seed, name) if reporting_unit == unit]
    return {FORM: rows}


def truth_rows(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """One row per report and line, with the columns of the mart."""
    rows: Rows = []
    for name in names:
        for unit, reported in _rows(world.seed, name):
            row = dict(reported)
            row["unit_id"] = unit_id_on(row.pop("commune_code"), period(name)["data_to"])
            rows.append({"reporting_period_id": name, "reporting_unit_id": unit, **row})
    return {"contribution": rows}


def _rows(seed: int, name: str) -> list[tuple[str, Row]]:
    found = []
    for line in lines(seed):
        row = line.row(name) if name in YEARS[line.year] else None
        if row is not None:
            found.append((line.commune.reporting_unit_id, row))
    return found


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """fct_contribution: what was sent, valued again by quantity and price."""
    rows = [row | valued(row) for row in truth["contribution"] if report_of_row(row) in sent]
    return {"fct_contribution": rows}


def valued(row: Row) -> dict[str, Any]:
    """The value by quantity and price, and on what the reported one rests."""
    is_priced = row["quantity"] is not None and row["unit_price_vnd"] is not None
    computed = _whole(row["quantity"] * row["unit_price_vnd"]) if is_priced else None
    return {
        "value_basis": "price" if is_priced else "cash" if row["kind_code"] == "cash" else "stated",
        "computed_value_vnd": computed,
        "difference_vnd": None if computed is None else row["value_vnd"] - computed,
    }


TOPIC = Topic(truth=truth_rows, expected=expected, keys=KEYS, reports=report_rows)
