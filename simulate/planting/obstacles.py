"""Faults of obstacles and proposals, of support and of contributions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from simulate.planting.base import CITY, COMMUNE, MILLION
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

OBSTACLES, SUPPORT, CONTRIBUTIONS = "obstacles", "support", "contributions"
OBSTACLE: dict[str, Any] = {
    "obstacle_no": f"{CITY}-2023-V91", "kind_code": "obstacle", "place_code": COMMUNE, "programme_code": "NTM",
    "topic_code": "land", "content": "Chưa bàn giao mặt bằng nhà văn hóa ấp", "raised_by_code": "commune",
    "raised_on": date(2023, 4, 3), "is_within_authority": True, "addressee_code": "district",
}  # fmt: skip
SUPPORTED: dict[str, Any] = {
    "support_no": f"{CITY}-2023-H91", "commune_code": COMMUNE, "donor_kind_code": "enterprise",
    "donor_name": "Công ty Cấp thoát nước", "support_kind_code": "cash", "purpose_text": "Lắp đèn đường ấp",
    "agreed_on": date(2023, 4, 20), "promised_vnd": 60 * MILLION,
}  # fmt: skip
CONTRIBUTED: dict[str, Any] = {
    "commune_code": COMMUNE, "purpose_text": "Đường ngõ xóm ấp Vĩnh Hội", "giver_code": "residents",
    "kind_code": "labour_days", "quantity": Decimal(40), "quantity_unit_code": "day",
    "unit_price_vnd": Decimal(250_000), "price_decision_no": "03/NQ-HĐND", "value_vnd": 10 * MILLION,
}  # fmt: skip


def _added(form: str, like: dict[str, Any], column: str, **values: Any) -> Plant:
    """One more row of a form, valid but for these values."""

    def plant(report: Report) -> Spot:
        row = like | values
        report.rows.setdefault(form, []).append(row)
        report.cover.pop(f"nil_{form}", None)
        return key_of(form, row, column)

    return plant


def _raised(column: str, **values: Any) -> Plant:
    return _added(OBSTACLES, OBSTACLE, column, **values)


def _number_of_another(report: Report) -> Spot:
    """An entry of the report before gives its number to a new one."""
    row = report.rows[OBSTACLES][0]
    row.update(raised_on=date(2023, 5, 22), due_on=None, escalated_on=None, answered_on=None, resolved_on=None,
               answer_document=None, result=None)  # fmt: skip
    return key_of(OBSTACLES, row, "obstacle_no")


PLANTINGS = (
    Planting("obstacle_addressee_does_not_fit_authority", "within the unit's authority, yet it lies with the province",
             _raised("addressee_code", addressee_code="province_pc")),
    Planting("obstacle_addressee_does_not_fit_authority", "beyond the unit's authority, yet it lies with a commune",
             _raised("addressee_code", is_within_authority=False, addressee_code="commune")),
    Planting("obstacle_late_without_explanation", "due three weeks before the closing day, not resolved, not a word",
             _raised("explanation", due_on=date(2023, 5, 24))),
    Planting("obstacle_number_reused", "the number of an entry of the report before", _number_of_another),
    Planting("obstacle_criterion_not_in_set", "the sixth of five criteria of a city",
             _raised("criterion_no", place_code=CITY, title_code="TXTP_HTNV", criterion_no=6)),
    Planting("support_outside_assignment", "found by an agency that does not help the commune",
             _added(SUPPORT, SUPPORTED, "agency_code", agency_code="SO_YT")),
    Planting("contribution_value_differs_from_price", "forty days at 250 thousand make twelve million",
             _added(CONTRIBUTIONS, CONTRIBUTED, "value_vnd", value_vnd=12 * MILLION)),
    Planting("contribution_unit_does_not_fit_kind", "labour in square metres",
             _added(CONTRIBUTIONS, CONTRIBUTED, "quantity_unit_code", quantity_unit_code="m2")),
)  # fmt: skip
