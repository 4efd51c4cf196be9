"""Faults of projects: debt, delay, and what two programmes both pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from simulate.planting.base import MILLION
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of
from simulate.projects import DEBTS, SOURCES

FORM = "projects"


def _project(column: str, **values: object) -> Plant:
    """Other values in one more project, which is else without fault; the finding stands in one of its columns."""

    def plant(report: Report) -> Spot:
        row = _sound(report) | values
        report.rows[FORM].append(row)
        return key_of(FORM, row, column)

    return plant


def _sound(report: Report) -> dict[str, object]:
    like = report.find(FORM, kind_code="works")
    amount = 500 * MILLION
    return {
        **dict.fromkeys(like), "project_code": "84223099", "project_name": "Kè chống sạt lở rạch Bang Chang",
        "kind_code": "works", "programme_code": "NTM", "content_code": "ND02", "place_code": like["place_code"],
        "decision_no": "77/QĐ-UBND", "decision_date": date(2022, 11, 3), "planned_start": date(2023, 1, 9),
        "planned_finish": date(2023, 11, 30), "actual_start": date(2023, 1, 12), "investment_vnd": amount,
        **dict.fromkeys(SOURCES, Decimal(0)), "central_vnd": amount, "assigned_total_vnd": 300 * MILLION,
        "assigned_year_vnd": 300 * MILLION, "accepted_vnd": 200 * MILLION, "disbursed_total_vnd": 150 * MILLION,
        "disbursed_year_vnd": 150 * MILLION, "debt_vnd": Decimal(0), **dict.fromkeys(DEBTS, Decimal(0)),
    }  # fmt: skip


def _debt(millions: int) -> dict[str, object]:
    return {"debt_vnd": millions * MILLION, "debt_district_vnd": millions * MILLION}


def _second_programme(report: Report) -> Spot:
    """The embankment again, under the programme of ethnic areas, typed a little otherwise."""
    row = _sound(report) | {"project_code": "84223100", "programme_code": "DTTS", "content_code": "ND00",
                            "project_name": "Kè chống sạt lở, rạch Bang chang"}  # fmt: skip
    report.rows[FORM] += [_sound(report), row]
    return key_of(FORM, row, "project_name")


PLANTINGS = (
    Planting("project_paid_by_two_programmes", "an embankment paid by two programmes", _second_programme),
    Planting("debt_differs_from_volume", "a debt where all is covered",
             _project("debt_vnd", **_debt(40), debt_since=date(2023, 3, 1), debt_source_code="NSH",
                      debt_clear_by=date(2023, 12, 1))),
    Planting("debt_differs_from_volume", "volume beyond the money, and no debt",
             _project("debt_vnd", accepted_vnd=350 * MILLION)),
    Planting("debt_without_origin", "a debt from no day",
             _project("debt_since", accepted_vnd=340 * MILLION, **_debt(40))),
    Planting("closed_with_debt", "books closed without a settled value",
             _project("closed_on", actual_finish=date(2023, 3, 2), closed_on=date(2023, 5, 2))),
    Planting("late_without_explanation", "due in April, not finished, no reason",
             _project("planned_finish", planned_finish=date(2023, 4, 28))),
)  # fmt: skip
