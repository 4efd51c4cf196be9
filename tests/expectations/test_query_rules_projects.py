"""Rules of projects: debt, delay, books closed, and what two programmes both pay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

Judge = Callable[..., list[Any]]
MILLION = Decimal(1_000_000)
DAY = date(2023, 2, 1)


def project(code: str = "1", **given: Any) -> dict[str, Any]:
    row = {"project_code": code, "project_name": f"Cầu {code}", "kind_code": "works", "programme_code": "NTM",
           "place_code": "29467", "decision_date": date(2022, 3, 1)}  # fmt: skip
    return row | {name: Decimal(v) * MILLION if name.endswith("_vnd") else v for name, v in given.items()}


def found_in(findings_of_query: Judge, rule_id: str, *rows: dict[str, Any]) -> list[str]:
    """Codes of the projects that a rule finds."""
    found = findings_of_query(rule_id, {"projects": rows})
    order = {row["project_code"]: number for number, row in enumerate(rows)}
    lines = {number: code for code, number in order.items()}
    return [lines[int("".join(sign for sign in one.cell if sign.isdecimal())) - FIRST_ROW] for one in found]


FIRST_ROW = 10  # of the rows that the fixture makes


def test_debt_differs_from_volume(findings_of_query: Judge) -> None:
    rows = [
        project("none", accepted_vnd=90, assigned_total_vnd=100, debt_vnd=0),
        project("right", accepted_vnd=130, assigned_total_vnd=100, debt_vnd=30),
        project("settled", accepted_vnd=130, settled_vnd=110, assigned_total_vnd=100, debt_vnd=10),
        project("unknown", debt_vnd=10),
        project("wrong", accepted_vnd=130, assigned_total_vnd=100, debt_vnd=20),
        project("silent", accepted_vnd=130, assigned_total_vnd=100),
    ]
    assert found_in(findings_of_query, "debt_differs_from_volume", *rows) == ["wrong", "silent"]


def test_debt_without_origin(findings_of_query: Judge) -> None:
    rows = [
        project("whole", debt_vnd=5, debt_since=DAY, debt_clear_by=DAY),
        project("none", debt_vnd=0),
        project("no_day", debt_vnd=5, debt_clear_by=DAY),
        project("no_end", debt_vnd=5, debt_since=DAY),
    ]
    assert found_in(findings_of_query, "debt_without_origin", *rows) == ["no_day", "no_end"]


def test_closed_with_debt(findings_of_query: Judge) -> None:
    rows = [
        project("paid", closed_on=DAY, settled_vnd=9, debt_vnd=0),
        project("open", settled_vnd=9, debt_vnd=5),
        project("owing", closed_on=DAY, settled_vnd=9, debt_vnd=5),
        project("unsettled", closed_on=DAY),
    ]
    assert found_in(findings_of_query, "closed_with_debt", *rows) == ["owing", "unsettled"]


def test_late_without_explanation(findings_of_query: Judge) -> None:
    long_ago = date(2021, 1, 5)
    rows = [
        project("finished", planned_finish=long_ago, actual_finish=DAY),
        project("explained", planned_finish=long_ago, explanation="Chậm giải phóng mặt bằng"),
        project("due_later", planned_finish=date(2035, 1, 1)),
        project("late", planned_finish=long_ago),
    ]
    assert found_in(findings_of_query, "late_without_explanation", *rows) == ["late"]


def pair(**other: Any) -> list[dict[str, Any]]:
    """The same bridge under two programmes; the second as told."""
    first = project("a", project_name="Cầu Ấp Chợ", central_vnd=80, integrated_vnd=0)
    return [first, project("b", project_name="Cầu ấp  chợ.", programme_code="DTTS", central_vnd=60) | other]


def test_project_paid_by_two_programmes(findings_of_query: Judge) -> None:
    rule = "project_paid_by_two_programmes"
    assert found_in(findings_of_query, rule, *pair()) == ["b"]
    assert found_in(findings_of_query, rule, *pair(programme_code="NTM")) == []
    assert found_in(findings_of_query, rule, *pair(place_code="29464")) == []
    assert found_in(findings_of_query, rule, *pair(project_name="Cầu Ấp Giồng")) == []
    assert found_in(findings_of_query, rule, *pair(central_vnd=None)) == []


def test_a_group_helped_alike_by_two_programmes_in_one_year_is_paid_twice(findings_of_query: Judge) -> None:
    about = {"kind_code": "production", "beneficiary": "Tổ hợp tác số 1", "project_name": "Nuôi dê"}
    first = project("a", central_vnd=80, kind_code="production", beneficiary="Tổ hợp tác số 1")
    rule = "project_paid_by_two_programmes"
    assert found_in(findings_of_query, rule, first, pair(**about)[1]) == ["b"]
    assert found_in(findings_of_query, rule, first, pair(**about, decision_date=date(2021, 3, 1))[1]) == []


def test_money_told_as_integrated_is_not_paid_twice(findings_of_query: Judge) -> None:
    first, second = pair(integrated_vnd=80 * MILLION)
    assert found_in(findings_of_query, "project_paid_by_two_programmes", first, second) == []


def test_a_decision_allows_two_programmes_for_a_time(findings_of_query: Judge) -> None:
    """The exception of the reference data for these two codes."""
    first, second = pair()
    allowed = first | {"project_code": "85022021"}, second | {"project_code": "85022022"}
    assert found_in(findings_of_query, "project_paid_by_two_programmes", *allowed) == []
