"""Rules of money within one report: they pass on good, blank and unrelated rows, and show the bad cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

Judge = Callable[..., list[Any]]
MILLION = Decimal(1_000_000)


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def money(**given: Any) -> dict[str, Any]:
    row = {"place_code": "849", "programme_code": "NTM", "content_code": "ND02", "source_code": "NSTW"}
    amounts = {name: in_dong(value) if name.endswith("_vnd") else value for name, value in given.items()}
    return {**row, "nature_code": "DTPT", "plan_year": 2023, **amounts}


def in_dong(value: Any) -> Any:
    return Decimal(value) * MILLION if isinstance(value, int) else value


def of_money(findings_of_query: Judge, rule_id: str, *rows: dict[str, Any], **about: Any) -> list[str]:
    return cells(findings_of_query(rule_id, {"funding_sources": rows}, **about))


def test_adjustment_exceeds_assigned(findings_of_query: Judge) -> None:
    rows = [money(assigned_vnd=5, adjusted_vnd=-5), money(adjusted_vnd=-5), money(assigned_vnd=5, adjusted_vnd=-6)]
    found = findings_of_query("adjustment_exceeds_assigned", {"funding_sources": rows})
    assert [(one.cell, one.severity.value, one.expected) for one in found] == [("K12", "error", "≥ -5 triệu đồng")]


def test_performed_exceeds_assigned(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        money(assigned_vnd=5, performed_vnd=5),
        money(assigned_vnd=5, adjusted_vnd=1, performed_vnd=6),
        money(assigned_vnd=5, performed_vnd=6, nature_code="SN"),
        money(assigned_vnd=5, performed_vnd=6, source_code="DC"),
        money(assigned_vnd=5, performed_vnd=6, adjusted_vnd=cell(None, "?", "unreadable")),
        money(performed_vnd=6),
        money(assigned_vnd=5, performed_vnd=6),
    ]
    assert of_money(findings_of_query, "performed_exceeds_assigned", *rows) == ["L16"]


def test_disbursed_exceeds_performed_unless_it_is_said_why(findings_of_query: Judge) -> None:
    rows = [
        money(performed_vnd=5, disbursed_vnd=5),
        money(disbursed_vnd=6),
        money(performed_vnd=5, disbursed_vnd=6, explanation="Tạm ứng 30% hợp đồng"),
        money(performed_vnd=5, disbursed_vnd=6),
    ]
    assert of_money(findings_of_query, "disbursed_exceeds_performed", *rows) == ["M13"]


def test_estimate_below_disbursed(findings_of_query: Judge) -> None:
    rows = [
        money(estimated_year_end_vnd=5, disbursed_vnd=5),
        money(estimated_year_end_vnd=5),
        money(disbursed_vnd=5),
        money(estimated_year_end_vnd=4, disbursed_vnd=5),
    ]
    assert of_money(findings_of_query, "estimate_below_disbursed", *rows) == ["O13"]


def test_returned_exceeds_unspent(findings_of_query: Judge) -> None:
    rows = [
        money(assigned_vnd=5, disbursed_vnd=3, returned_vnd=2),
        money(assigned_vnd=5, returned_vnd=9),
        money(assigned_vnd=5, disbursed_vnd=6, returned_vnd=0),
        money(assigned_vnd=5, adjusted_vnd=-1, disbursed_vnd=3, returned_vnd=2),
    ]
    assert of_money(findings_of_query, "returned_exceeds_unspent", *rows) == ["N13"]


def test_assigned_without_plan(findings_of_query: Judge) -> None:
    rows = [
        money(planned_vnd=5, assigned_vnd=5),
        money(assigned_vnd=5),  # blank is not zero
        money(planned_vnd=0),
        money(planned_vnd=0, assigned_vnd=5, plan_year=2022),
        money(planned_vnd=0, assigned_vnd=5),
    ]
    assert of_money(findings_of_query, "assigned_without_plan", *rows) == ["I14"]


def test_carried_over_with_new_plan(findings_of_query: Judge) -> None:
    rows = [
        money(plan_year=2022, planned_vnd=5, assigned_vnd=5),
        money(plan_year=2022, assigned_vnd=5),
        money(planned_vnd=9, assigned_vnd=5),
        money(plan_year=2022, planned_vnd=6, assigned_vnd=5),
        money(plan_year=2022, planned_vnd=6),
    ]
    assert of_money(findings_of_query, "carried_over_with_new_plan", *rows) == ["I13", "I14"]


def test_assigned_outside_plan_year(findings_of_query: Judge) -> None:
    days = [date(2022, 11, 20), date(2023, 6, 14), None, date(2022, 11, 19), date(2023, 6, 15)]
    rows = [money(assigned_on=day) for day in days]
    rows += [money(assigned_on=date(2022, 5, 5), plan_year=2022), money(assigned_on=date(2023, 1, 1), plan_year=2022)]
    assert of_money(findings_of_query, "assigned_outside_plan_year", *rows) == ["G13", "G14", "G16"]


def test_nature_does_not_fit_source(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        money(),
        money(source_code="DC", nature_code=None),
        money(source_code="LG", nature_code=None),
        money(source_code="LG"),
        money(nature_code=cell(None, "?", "not_in_list")),
        money(source_code=None, nature_code=None),
        money(nature_code=None),
        money(source_code="TDCS"),
    ]
    found = findings_of_query("nature_does_not_fit_source", {"funding_sources": rows})
    assert [(one.cell, one.expected) for one in found] == [
        ("E16", "ĐTPT hoặc SN (Ngân sách trung ương)"),
        ("E17", "để trống (Tín dụng chính sách)"),
    ]


def test_source_not_in_force(findings_of_query: Judge) -> None:
    rows = [
        money(source_code="NSH", plan_year=2026),
        money(source_code="NSX", plan_year=2026),
        money(source_code="NSH", plan_year=2025),
    ]
    assert of_money(findings_of_query, "source_not_in_force", *rows, period_id="2026Q1") == ["D10"]
    in_force = [{**row, "plan_year": 2025} for row in rows]
    assert of_money(findings_of_query, "source_not_in_force", *in_force, period_id="2025Y") == []


def test_programme_outside_plan_years(findings_of_query: Judge) -> None:
    rows = [money(), money(plan_year=None), money(programme_code="NTM-1620"), money(plan_year=2020)]
    assert of_money(findings_of_query, "programme_outside_plan_years", *rows) == ["B12", "B13"]


def test_programme_overlap(findings_of_query: Judge) -> None:
    rows = [
        money(assigned_vnd=5),
        money(assigned_vnd=5, programme_code="GNBV", content_code="ND03"),
        money(assigned_vnd=5, programme_code="GNBV", place_code="29467"),
        money(assigned_vnd=6, programme_code="DTTS"),
        money(programme_code="GNBV"),
        money(assigned_vnd=5, programme_code="GNBV"),
    ]
    found = findings_of_query("programme_overlap", {"funding_sources": rows})
    assert [(one.cell, one.expected) for one in found] == [("B15", "NTM, B10")]


YEAR = {"period_id": "2023Y"}


def test_matching_below_rule(findings_of_query: Judge) -> None:
    """In a rural district of the sample: province 15%, district 12%, commune 5% of central investment."""
    local = {"NST": 15, "NSH": 12, "NSX": 5}
    rows = [money(assigned_vnd=100), *(money(source_code=code, assigned_vnd=many) for code, many in local.items())]
    assert of_money(findings_of_query, "matching_below_rule", *rows, **YEAR) == []
    rows[2] = money(source_code="NSH", assigned_vnd=11)
    found = findings_of_query("matching_below_rule", {"funding_sources": rows}, **YEAR)
    assert [(one.cell, one.severity.value, one.value) for one in found] == [("J10", "info", "11 / 100 triệu đồng")]
    assert "chưa được đối chiếu" in found[0].message_vi
    assert of_money(findings_of_query, "matching_below_rule", *rows[1:], **YEAR) == []  # without central money no duty


def test_matching_is_asked_of_whole_years_only(findings_of_query: Judge) -> None:
    for period_id in ("2023Q1", "2023M06", "2023M09"):
        assert of_money(findings_of_query, "matching_below_rule", money(assigned_vnd=100), period_id=period_id) == []


def test_matching_below_rule_counts_integrated_money_for_nothing(findings_of_query: Judge) -> None:
    rows = [money(assigned_vnd=100), money(source_code="LG", assigned_vnd=100)]
    assert len(of_money(findings_of_query, "matching_below_rule", *rows, **YEAR)) == 3


def test_outstanding_without_borrowers(findings_of_query: Judge) -> None:
    credit = {"source_code": "TDCS", "nature_code": None}
    rows = [
        money(**credit, outstanding_vnd=5, borrower_count=1),
        money(**credit, outstanding_vnd=5),
        money(**credit, borrower_count=0),
        money(**credit, outstanding_vnd=5, borrower_count=0),
    ]
    assert of_money(findings_of_query, "outstanding_without_borrowers", *rows) == ["R13"]


def test_a_printed_subtotal_is_held_against_the_rows_of_its_section(findings_of_query: Judge) -> None:
    total = {"row_kind": "total", "total_scope": "section"}
    rows = [
        money(planned_vnd=1),
        money(planned_vnd=2),
        {**total, "row_number": 12, "sums_from": 10, "sums_to": 11, "planned_vnd": in_dong(3)},
        money(planned_vnd=4, row_number=13),
        {**total, "row_number": 14, "sums_from": 13, "sums_to": 13, "planned_vnd": in_dong(7)},
        {**total, "total_scope": "part", "row_number": 15, "planned_vnd": in_dong(9)},
        {"row_kind": "total", "total_scope": "grand", "row_number": 16, "planned_vnd": in_dong(7)},
    ]
    found = findings_of_query("printed_total_differs_from_sum", {"funding_sources": rows})
    assert [(one.cell, one.expected) for one in found] == [("I14", "4 triệu đồng")]


def test_sum_source_carries_amounts(findings_of_query: Judge) -> None:
    rows = [money(), money(source_code=None), money(source_code="NSDP", planned_vnd=5)]
    found = findings_of_query("sum_source_carries_amounts", {"funding_sources": rows})
    assert [(one.cell, one.expected) for one in found] == [("D12", "Ngân sách tỉnh, Ngân sách huyện, Ngân sách xã")]
