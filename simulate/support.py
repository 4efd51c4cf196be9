"""Support for communes in the sample: what donors promise, and what of it has come by each report.

Belongs here: the register of promises and deliveries, the rows each report carries, its truth and what the mart says.
Most of it was found by the agency that helps the commune; some promises are kept in two parts, a few not yet.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from simulate.assistance import report_year_of
from simulate.planted import Report
from simulate.registers import latest_reported
from simulate.topic import Row, Rows, Topic, Truth
from simulate.truth_help import event_period_of
from simulate.world import Commune, chance, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "support"
KEYS = {"fct_support": ("reporting_unit_id", "support_no")}
FIRST_AGREED, LAST_AGREED = date(2022, 3, 2), date(2023, 12, 1)
DAY_PRICE = Decimal(250_000)
DONORS = {
    "agency": ("Văn phòng cơ quan giúp đỡ", "Công đoàn cơ quan giúp đỡ"),
    "enterprise": (
        "Công ty TNHH Thành Phát",
        "Hợp tác xã nông nghiệp Phước Hảo",
        "Ngân hàng thương mại chi nhánh tỉnh",
    ),
    "organisation": ("Hội Chữ thập đỏ huyện", "Đoàn thanh niên", "Hội Cựu chiến binh"),
    "individual": ("Gia đình bà Thạch Thị Sa", "Nhóm thiện nguyện Ánh Sáng"),
}
PURPOSES = {
    "cash": "Học bổng cho học sinh hộ khó khăn",
    "goods": "Thùng phân loại rác và đèn đường",
    "labour_days": "Dọn vệ sinh, trồng hoa tuyến đường ấp",
    "seedlings": "Trồng cây xanh tuyến đường kiểu mẫu",
    "model": "Mô hình nuôi bò sinh sản cho hộ cận nghèo",
    "works": "Xây nhà tình thương",
}
UNITS = {"labour_days": "ngày công", "seedlings": "cây", "works": "căn"}


@dataclass(frozen=True)
class Support:
    """One promise of one donor to one commune, with its parts as they came: day and amount in đồng."""

    reporting_unit_id: str
    support_no: str
    commune_code: str
    donor_kind_code: str
    donor_name: str
    agency_code: str | None
    support_kind_code: str
    focus_content: str | None
    criterion_no: int | None
    ground_document: str | None
    agreed_on: date
    quantity: Decimal | None
    promised_vnd: Decimal
    parts: tuple[tuple[date, Decimal], ...]
    household_count: int | None

    @property
    def delivered_on(self) -> date | None:
        """The day on which all of it had come."""
        is_whole = sum(amount for _, amount in self.parts) >= self.promised_vnd
        return self.parts[-1][0] if self.parts and is_whole else None

    def is_in(self, about: Mapping[str, Any]) -> bool:
        """Whether a report carries it: agreed by the closing day, and not delivered before the report year began."""
        has_left = self.delivered_on is not None and self.delivered_on < about["data_from"]
        return self.agreed_on <= about["data_to"] and not has_left

    def row(self, closing: date) -> Row:
        """The row of the form as of a closing day."""
        come = [amount for day, amount in self.parts if day <= closing]
        ended = self.delivered_on
        return {
            "support_no": self.support_no,
            "commune_code": self.commune_code,
            "donor_kind_code": self.donor_kind_code,
            "donor_name": self.donor_name,
            "agency_code": self.agency_code,
            "support_kind_code": self.support_kind_code,
            "purpose_text": PURPOSES[self.support_kind_code],
            "focus_content": self.focus_content,
            "criterion_no": self.criterion_no,
            "ground_document": self.ground_document,
            "agreed_on": self.agreed_on,
            "quantity": self.quantity,
            "quantity_unit": UNITS[self.support_kind_code] if self.quantity is not None else None,
            "promised_vnd": self.promised_vnd,
            "delivered_vnd": sum(come, Decimal(0)) if come else None,
            "delivered_on": ended if ended is not None and ended <= closing else None,
            "household_count": self.household_count,
            "result": "Đã bàn giao cho xã" if ended is not None and ended <= closing else None,
        }


@cache
def register(seed: int) -> tuple[Support, ...]:
    """Every promise of the sample, numbered in each unit and report year in order of the day agreed."""
    from simulate.reports import build_world  # the world asks the topics for their reports

    world = build_world(seed)
    found = []
    for district in world.districts:
        for commune in district.communes:
            draw = chance(seed, "support", commune.unit_code)
            found += [_drawn(draw, world, commune) for _ in range(draw.choice((0, 1, 1, 2, 2)))]
    counts: dict[tuple[str, int], int] = {}
    numbered = []
    for one in sorted(found, key=lambda one: (one.reporting_unit_id, one.agreed_on, one.commune_code)):
        group = (one.reporting_unit_id, report_year_of(one.agreed_on))
        counts[group] = counts.get(group, 0) + 1
        numbered.append(replace(one, support_no=f"{group[0]}-{group[1]}-H{counts[group]:02d}"))
    return tuple(numbered)


def _drawn(draw: random.Random, world: World, commune: Commune) -> Support:
    agreed = FIRST_AGREED + timedelta(days=draw.randint(0, (LAST_AGREED - FIRST_AGREED).days))
    helpers = [r.agency_code for r in world.assignments if r.unit_code == commune.unit_code and r.holds_on(agreed)]
    kind, donor = draw.choice(sorted(PURPOSES)), draw.choice(sorted(DONORS))
    quantity = {"labour_days": draw.randint(20, 160), "seedlings": draw.randint(100, 900), "works": 1}.get(kind)
    promised = (
        Decimal(quantity or 0) * DAY_PRICE if kind == "labour_days" else Decimal(draw.randint(50, 1800) * 100_000)
    )
    return Support(
        reporting_unit_id=commune.reporting_unit_id,
        support_no="",
        commune_code=commune.unit_code,
        donor_kind_code=donor,
        donor_name=draw.choice(DONORS[donor]),
        agency_code=draw.choice(helpers) if helpers and draw.random() < 0.7 else None,
        support_kind_code=kind,
        focus_content=draw.choice(("1", "2", "3", "4", None)),
        criterion_no=draw.choice((2, 6, 11, 13, 14, 17, None)),
        ground_document=f"{draw.randint(3, 90)}/TB-UBND" if draw.random() < 0.7 else None,
        agreed_on=agreed,
        quantity=None if quantity is None else Decimal(quantity),
        promised_vnd=promised,
        parts=_parts(draw, agreed, promised),
        household_count=draw.randint(1, 40) if kind != "goods" else None,
    )


def _parts(draw: random.Random, agreed: date, promised: Decimal) -> tuple[tuple[date, Decimal], ...]:
    """All at once, in two parts, the first part only, or nothing yet."""
    first = agreed + timedelta(days=draw.randint(5, 90))
    course = draw.random()
    if course < 0.12:
        return ()
    if course < 0.6:
        return ((first, promised),)
    some = Decimal(int(promised * Decimal("0.4")) // 100_000 * 100_000)
    rest = (first + timedelta(days=draw.randint(30, 200)), promised - some)
    return ((first, some),) if course < 0.75 else ((first, some), rest)


def report_rows(world: World, unit: str, name: str) -> dict[str, Rows]:
    """What a unit reports: what is still promised, and what came since the report year began."""
    about = period(name)
    rows = [
        one.row(about["data_to"]) | {"explanation": None}
        for one in register(world.seed)
        if one.reporting_unit_id == unit and one.is_in(about)
    ]
    return {FORM: rows}


def truth_rows(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """One row per report and entry, in the periods that owe the form, with the columns of the mart."""
    rows: Rows = []
    for name in (name for name in names if period(name)["period_type"] in ("6_months", "year")):
        closing = period(name)["data_to"]
        for one in register(world.seed):
            if one.is_in(period(name)):
                row = one.row(closing)
                row["unit_id"] = unit_id_on(row.pop("commune_code"), closing)
                rows.append({"reporting_period_id": name, "reporting_unit_id": one.reporting_unit_id, **row})
    return {"support": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """fct_support: the latest report of each, credited to the assignment in force on the day it was agreed."""
    from simulate.expected_registers import expected_assignments

    assigned = expected_assignments(truth["helper_assignment"], faults, sent)
    latest = latest_reported(truth["support"], KEYS["fct_support"], sent)
    return {"fct_support": [row | _standing(row, assigned) for row in latest]}


def _standing(row: Row, assigned: Iterable[Row]) -> Row:
    as_of = period(row["reporting_period_id"])["data_to"]
    is_assigned = any(
        (one["agency_code"], one["unit_id"]) == (row["agency_code"], row["unit_id"])
        and one["valid_from"] <= row["agreed_on"]
        and (one["valid_to"] is None or row["agreed_on"] < one["valid_to"])
        for one in assigned
    )
    return {
        "event_period_id": event_period_of(row["agreed_on"]),
        "as_of_date": as_of,
        "is_delivered": row["delivered_on"] is not None,
        "outstanding_vnd": max(Decimal(0), row["promised_vnd"] - (row["delivered_vnd"] or 0)),
        "is_assigned": is_assigned,
    }


TOPIC = Topic(
    truth=truth_rows,
    expected=expected,
    keys=KEYS,
    reports=report_rows,
    queries={"fct_support": "select *, assignment_id is not null as is_assigned from fct_support"},
    unspoken=frozenset({"support_id"}),
)
