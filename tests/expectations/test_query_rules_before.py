"""Rules that compare a report with the one before: what may change passes, what cannot is shown on its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

Judge = Callable[..., list[Any]]
MILLION = Decimal(1_000_000)


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def money(content: str = "ND02", **millions: Any) -> dict[str, Any]:
    row = {"place_code": "849", "programme_code": "NTM", "content_code": content, "source_code": "NSTW"}
    given = {name: in_dong(value) if name.endswith("_vnd") else value for name, value in millions.items()}
    return {**row, "nature_code": "DTPT", "plan_year": 2023, **given}


def in_dong(value: Any) -> Any:
    return None if value is None else Decimal(value) * MILLION


def result(indicator_no: str, value: Any, **more: Any) -> dict[str, Any]:
    row = {"indicator_no": indicator_no, "part_code": "total", "commune_code": "29467", "verdict": "D", **more}
    return {**row, "value": None if value is None else Decimal(str(value))}


def mark(criterion_no: str, code: str | None, row_number: int = 10, **more: Any) -> dict[str, Any]:
    return {"commune_code": "29467", "criterion_no": criterion_no, "mark": code, "row_number": row_number, **more}


def recognition(subject: str, title: str = "NTM", act: str = "first", **more: Any) -> dict[str, Any]:
    row = {"subject_code": subject, "title_code": title, "act_code": act, "stage_code": "2021-2025"}
    return {**row, "decision_no": "12/QĐ-UBND", "decision_date": date(2022, 4, 7), **more}


def activity(number: str, **more: Any) -> dict[str, Any]:
    row = {"activity_no": number, "agency_code": "SO_XD", "commune_code": "29467", "kind_code": "visit"}
    return {**row, "activity_date": date(2023, 2, 3), **more}


def assignment(agency: str, ends: date | None = None, **more: Any) -> dict[str, Any]:
    row = {"agency_code": agency, "commune_code": "29467", "role_code": "main", "valid_from": date(2022, 1, 20)}
    return {**row, "valid_to": ends, **more}


def test_funding_line_missing(findings_of_query: Judge, cell: Any) -> None:
    before = {"funding_sources": [money(performed_vnd=5), money("ND03", performed_vnd=7), money("ND04", planned_vnd=9)]}
    found = findings_of_query("funding_line_missing", {"funding_sources": [money()]}, before=before)
    assert [(one.cell, one.row_id) for one in found] == [("A10", None)]
    assert "ND03" in found[0].expected
    assert "7 triệu đồng" in found[0].expected
    unread = money(content_code=cell(None, "?", "not_in_list"))
    assert findings_of_query("funding_line_missing", {"funding_sources": [money(), unread]}, before=before) == []
    earlier = {"before": before, "before_period_id": "2022Y"}
    assert findings_of_query("funding_line_missing", {"funding_sources": [money()]}, **earlier) == []


def test_money_slips_against_before(findings_of_query: Judge) -> None:
    now = [
        money(planned_vnd=2000, assigned_vnd=2_000_000, disbursed_vnd="0.4"),
        money("ND03", planned_vnd=100, disbursed_vnd=400),
        money("ND04", planned_vnd=0, assigned_vnd=None),
    ]
    before = [
        money(planned_vnd=2000, assigned_vnd=2000, disbursed_vnd=300),
        money("ND03", planned_vnd=10, disbursed_vnd=1),
        money("ND04", planned_vnd=10, assigned_vnd=10),
    ]
    found = findings_of_query(
        "money_slips_against_before", {"funding_sources": now}, before={"funding_sources": before}
    )
    assert cells(found) == ["J10", "M10"]
    assert found[0].expected == "2000 triệu đồng (Quý I năm 2023)"


def test_copied_from_previous_period(findings_of_query: Judge) -> None:
    lines = [
        money(f"ND0{number}", assigned_vnd=100, performed_vnd=20, disbursed_vnd=10 + number) for number in (1, 2, 3)
    ]
    before = {"funding_sources": lines}
    found = findings_of_query("copied_from_previous_period", {"funding_sources": lines}, before=before)
    assert [(one.cell, one.row_id, one.value, one.expected) for one in found] == [
        ("M10", None, "3 số liệu", "Quý I năm 2023")
    ]
    moved = [*lines[:2], {**lines[2], "disbursed_vnd": 14 * MILLION}]
    assert findings_of_query("copied_from_previous_period", {"funding_sources": moved}, before=before) == []
    more = [*lines, money("ND04", performed_vnd=1)]
    assert findings_of_query("copied_from_previous_period", {"funding_sources": more}, before=before) == []
    spent = [{**line, "disbursed_vnd": 100 * MILLION} for line in lines]
    same = {"funding_sources": spent}
    assert findings_of_query("copied_from_previous_period", same, before=same) == []
    assert findings_of_query("copied_from_previous_period", {"funding_sources": lines}) == []


def test_copied_from_previous_period_knows_the_figures_of_indicators(findings_of_query: Judge) -> None:
    rows = [result(number, value) for number, value in (("2.1", 81), ("2.2", 82), ("10", 56), ("1.1", None))]
    about = {"before": {"criteria_results": rows}, "before_period_id": "2022Y"}
    found = findings_of_query("copied_from_previous_period", {"criteria_results": rows}, **about)
    assert [(one.form, one.cell) for one in found] == [("criteria_results", "I10")]
    moved = [*rows[:3], result("1.1", 1)]
    assert findings_of_query("copied_from_previous_period", {"criteria_results": moved}, **about) == []


def test_figure_slips_against_before(findings_of_query: Judge) -> None:
    now = [result("10", "58.5"), result("2.1", "0.92"), result("2.2", "0.5"), result("11", "0.9"), result("7", None)]
    now += [result("10", 58500, commune_code="29470"), result("10", "0.0585", commune_code="29473")]
    before = [result("10", 57), result("2.1", 91), result("2.2", 1), result("11", 1), result("7", 5)]
    before += [result("10", 57, commune_code=code) for code in ("29470", "29473")]
    found = findings_of_query(
        "figure_slips_against_before", {"criteria_results": now}, before={"criteria_results": before}
    )
    assert cells(found) == ["I11", "I15", "I16"]
    unit = {"indicator_no": "DT5", "part_code": "total", "verdict": "D"}
    rows = {"unit_criteria": [{**unit, "criteria_set_code": "NTM_TXTP_2021", "value": Decimal("0.976")}]}
    earlier = {"unit_criteria": [{**unit, "criteria_set_code": "NTM_TXTP_2021", "value": Decimal("97.6")}]}
    assert cells(findings_of_query("figure_slips_against_before", rows, before=earlier)) == ["E10"]


def test_criterion_lost_without_explanation(findings_of_query: Judge) -> None:
    now = [mark("1", "D"), mark("2", "CD"), mark("3", "KAD"), mark("4", "CD"), mark("5", None)]
    now += [mark("1", "CD", 11, commune_code="29470", explanation="Sạt lở đường trục xã")]
    now += [mark("1", "CD", 12, commune_code="29470", criteria_set_code="NTM_XA_NC_2021")]
    before = [mark(number, "D") for number in ("1", "3", "4", "5")] + [mark("2", "CD")]
    before += [mark("1", "D", 11, commune_code="29470")]
    found = findings_of_query(
        "criterion_lost_without_explanation", {"criteria_summary": now}, before={"criteria_summary": before}
    )
    assert [(one.row_id, one.value) for one in found] == [("01a. TH NTM!10:4", "CD")]
    indicator = {"indicator_no": "2.2", "part_code": "total"}
    unit = {"unit_criteria": [{**indicator, "verdict": "CD"}]}
    earlier = {"unit_criteria": [{**indicator, "verdict": "D"}]}
    assert cells(findings_of_query("criterion_lost_without_explanation", unit, before=earlier)) == ["F10"]


@pytest.mark.parametrize(("change", "expected"), [(1, []), (None, []), (0, ["F10"])])
def test_criteria_change_differs_from_before(findings_of_query: Judge, change: int | None, expected: list[str]) -> None:
    now = {"criteria_summary": [mark(no, code, criteria_change=change) for no, code in (("1", "D"), ("2", "KAD"))]}
    before = {"criteria_summary": [mark("1", "D"), mark("2", "CD")]}
    found = findings_of_query("criteria_change_differs_from_before", now, before=before)
    assert sorted(set(cells(found))) == expected
    skipped = {"before": before, "before_period_id": "2022Y"}
    assert findings_of_query("criteria_change_differs_from_before", now, **skipped) == []


def test_criteria_change_differs_from_before_needs_every_mark(findings_of_query: Judge) -> None:
    now = {"criteria_summary": [mark(no, "D", criteria_change=7) for no in ("1", "2")]}
    for before in ([mark("1", "D")], [mark("1", "D"), mark("2", None)]):
        held = {"criteria_summary": before}
        assert findings_of_query("criteria_change_differs_from_before", now, before=held) == []
