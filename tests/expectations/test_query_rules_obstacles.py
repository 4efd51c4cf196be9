"""Rules of obstacles, support and contributions: good, blank and unrelated rows pass, the bad cell shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

Judge = Callable[..., list[Any]]
MILLION = 1_000_000


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def obstacle(**given: Any) -> dict[str, Any]:
    row = {"obstacle_no": "849-2023-V01", "kind_code": "obstacle", "place_code": "29467", "raised_on": date(2023, 2, 3)}
    return {**row, "is_within_authority": True, "addressee_code": "district", **given}


def contribution(**given: Any) -> dict[str, Any]:
    row = {"commune_code": "29467", "purpose_text": "Đường ấp", "giver_code": "residents", "kind_code": "labour_days"}
    return {**row, "quantity": Decimal(4), "quantity_unit_code": "day", **given}


def test_obstacle_addressee_does_not_fit_authority(findings_of_query: Judge) -> None:
    rows = [
        obstacle(),
        obstacle(addressee_code="commune"),
        obstacle(is_within_authority=False, addressee_code="department"),
        obstacle(is_within_authority=None, addressee_code="central"),
        obstacle(addressee_code="province_sc"),
        obstacle(is_within_authority=False),
    ]
    found = findings_of_query("obstacle_addressee_does_not_fit_authority", {"obstacles": rows})
    assert cells(found) == ["P14", "P15"]
    assert [one.expected for one in found] == ["thuộc thẩm quyền của đơn vị", "vượt thẩm quyền của đơn vị"]


def test_a_commune_that_reports_itself_has_nothing_below_the_district(findings_of_query: Judge) -> None:
    rows = [obstacle(addressee_code="commune"), obstacle(is_within_authority=False, addressee_code="district")]
    about = {"unit_id": "28807", "period_id": "2026M06"}
    assert findings_of_query("obstacle_addressee_does_not_fit_authority", {"obstacles": rows}, **about) == []


def test_obstacle_late_without_explanation(findings_of_query: Judge) -> None:
    rows = [
        obstacle(due_on=date(2023, 6, 14)),
        obstacle(due_on=date(2023, 6, 1), resolved_on=date(2023, 6, 10)),
        obstacle(due_on=date(2023, 6, 1), explanation="Chờ ý kiến Sở Tài chính"),
        obstacle(),
        obstacle(due_on=date(2023, 6, 1), answered_on=date(2023, 6, 10)),
    ]
    found = findings_of_query("obstacle_late_without_explanation", {"obstacles": rows})
    assert [(one.cell, one.expected) for one in found] == [("X14", "849-2023-V01, 01/06/2023")]


def test_obstacle_number_reused(findings_of_query: Judge) -> None:
    before = [obstacle(), obstacle(obstacle_no="849-2023-V02")]
    now = [
        obstacle(resolved_on=date(2023, 6, 1)),
        obstacle(obstacle_no="849-2023-V02", raised_on=date(2023, 6, 1)),
        obstacle(obstacle_no="849-2023-V03", kind_code="proposal"),
    ]
    found = findings_of_query("obstacle_number_reused", {"obstacles": now}, before={"obstacles": before})
    assert cells(found) == ["A11"]
    assert "03/02/2023" in found[0].expected


def test_obstacle_criterion_not_in_set(findings_of_query: Judge) -> None:
    rows = [
        obstacle(title_code="NTM", criterion_no=19),
        obstacle(title_code="HUYEN_NTM", criterion_no=9),
        obstacle(criterion_no=19),
        obstacle(title_code="HUYEN_NTM", criterion_no=10),
    ]
    found = findings_of_query("obstacle_criterion_not_in_set", {"obstacles": rows})
    assert [(one.cell, one.expected) for one in found] == [("K13", "1–9 (Huyện đạt chuẩn nông thôn mới)")]


def test_support_outside_assignment(findings_of_query: Judge) -> None:
    helped = {"agency_code": "SO_CT", "commune_code": "29467", "role_code": "main", "valid_from": date(2023, 1, 16)}
    rows = [
        {"support_no": "1", "agency_code": "SO_CT", "commune_code": "29467"},
        {"support_no": "2", "commune_code": "29467"},
        {"support_no": "3", "agency_code": "SO_CT", "commune_code": "29470"},
    ]
    rule = "support_outside_assignment"
    assert cells(findings_of_query(rule, {"support": rows, "helper_assignments": [helped]})) == ["E12"]
    assert findings_of_query(rule, {"support": rows}) == []


def test_contribution_value_differs_from_price(findings_of_query: Judge) -> None:
    rows = [
        contribution(unit_price_vnd=250_000, value_vnd=MILLION),
        contribution(unit_price_vnd=240_000, value_vnd=MILLION),  # 0,96 rounded
        contribution(value_vnd=7 * MILLION),
        contribution(unit_price_vnd=250_000),
        contribution(unit_price_vnd=250_000, value_vnd=7 * MILLION),
    ]
    found = findings_of_query("contribution_value_differs_from_price", {"contributions": rows})
    assert [(one.cell, one.expected) for one in found] == [("K14", "1 triệu đồng")]


def test_contribution_unit_does_not_fit_kind(findings_of_query: Judge) -> None:
    rows = [
        contribution(),
        contribution(kind_code="land", quantity_unit_code="m2"),
        contribution(kind_code="materials", quantity_unit_code="bag"),
        contribution(quantity_unit_code=None),
        contribution(kind_code="land", quantity_unit_code="m"),
    ]
    found = findings_of_query("contribution_unit_does_not_fit_kind", {"contributions": rows})
    assert [(one.cell, one.expected) for one in found] == [("G14", "m2")]
