"""Faults of the money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ingest.template import CellKey
from simulate.planting.base import MILLION, NEW_COMMUNE
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, key_of

FORM = "funding_sources"
MOVING = ("performed_vnd", "disbursed_vnd", "lent_vnd", "outstanding_vnd")


def _line(source: str, plan_year: int = 2023, **values: Any) -> Plant:
    """Other values in the line of a source; amounts in million đồng."""

    def plant(report: Report) -> Spot:
        return report.put(FORM, {"source_code": source, "plan_year": plan_year}, **_in_dong(values))

    return plant


def _added(column: str, **values: Any) -> Plant:
    """One more line, planned and no more; the finding stands in one of its columns."""

    def plant(report: Report) -> Spot:
        like = report.find(FORM, source_code="DC") if report.rows[FORM] else {"programme_code": "NTP-2026",
                                                                              "content_code": "ND00"}  # fmt: skip
        names = ("place_code", "programme_code", "content_code", "plan_year")
        row = {**{name: like.get(name) for name in names}, "nature_code": None, **_in_dong(values)}
        report.rows[FORM].append(row)
        report.cover.pop(f"nil_{FORM}", None)
        return key_of(FORM, row, column)

    return plant


def _in_dong(values: dict[str, Any]) -> dict[str, Any]:
    return {name: Decimal(value) * MILLION if name.endswith("_vnd") else value for name, value in values.items()}


def _gone(report: Report) -> Spot:
    report.rows[FORM].remove(report.find(FORM, source_code="DN"))
    return key_of(FORM, report.rows[FORM][0], "place_code")


def _sent_again(report: Report) -> Spot:
    """The figures of the report before, unchanged."""
    assert report.before is not None
    for row, earlier in zip(report.rows[FORM], report.before.rows[FORM], strict=True):
        row.update({name: earlier[name] for name in MOVING if name in earlier})
    return key_of(FORM, report.rows[FORM][0], "disbursed_vnd")


def _printed_total(report: Report) -> Spot:
    key: CellKey = (FORM, ("total",), "disbursed_vnd")
    report.printed_totals[key] = 999
    return key


def _less_from_the_commune(report: Report) -> Spot:
    """The commune's budget gives half of what its rule asks; told where the first money of the comparison stands."""
    report.put(FORM, {"source_code": "NSX"}, **_in_dong({"assigned_vnd": 60, "performed_vnd": 58, "disbursed_vnd": 55}))
    return key_of(FORM, report.find(FORM, source_code="NSTW"), "assigned_vnd")


PLANTINGS = (
    Planting("disbursed_exceeds_assigned", "more paid than was assigned", _line("NSTW", disbursed_vnd=2100)),
    Planting("adjustment_exceeds_assigned", "more taken back than was assigned", _line("NST", adjusted_vnd=-120)),
    Planting("performed_exceeds_assigned", "more work done than was assigned", _line("NST", performed_vnd=115)),
    Planting("disbursed_exceeds_performed", "more paid than work was done", _line("NST", disbursed_vnd=60)),
    Planting("estimate_below_disbursed", "an estimate of the year below what is paid",
             _line("NST", estimated_year_end_vnd=10)),
    Planting("returned_exceeds_unspent", "more returned than is left", _line("NST", returned_vnd=100)),
    Planting("assigned_without_plan", "a plan of zero, and money assigned", _line("NST", planned_vnd=0)),
    Planting("assigned_outside_plan_year", "assigned in September of the year before",
             _line("NSTW", assigned_on=date(2022, 9, 1))),
    Planting("carried_over_with_new_plan", "a plan above what was assigned, under last year's plan year",
             _line("NSTW", 2022, planned_vnd=500)),
    Planting("credit_fields_on_other_source", "a loan outstanding with an enterprise", _line("DN", outstanding_vnd=5)),
    Planting("outstanding_without_borrowers", "five billion outstanding, no borrower", _line("TDCS", borrower_count=0)),
    Planting("planned_year_after_report_year", "money of next year's plan",
             _added("plan_year", source_code="K", plan_year=2024, planned_vnd=10)),
    Planting("nature_does_not_fit_source", "aid entered as recurrent money of the budget",
             _added("nature_code", source_code="K", nature_code="SN", planned_vnd=10)),
    Planting("nature_does_not_fit_source", "central money that is neither investment nor recurrent",
             _added("nature_code", source_code="NSTW", planned_vnd=10)),
    Planting("programme_outside_plan_years", "money of 2023 from the programme of 2016-2020",
             _added("programme_code", programme_code="NTM-1620", source_code="K", planned_vnd=10)),
    Planting("programme_overlap", "the same contribution under two programmes",
             _added("programme_code", programme_code="GNBV", source_code="DC", planned_vnd=200)),
    Planting("source_not_in_force", "money of a district in the spring of 2026",
             _added("source_code", place_code=NEW_COMMUNE, source_code="NSH", nature_code="SN", plan_year=2026,
                    planned_vnd=10), base="spring_2026"),
    Planting("matching_below_rule", "the commune's budget gives 3% instead of 5%", _less_from_the_commune,
             base="city_year"),
    Planting("printed_total_differs_from_sum", "a total typed over", _printed_total,
             consequences=("total_typed_over",)),
    Planting("funding_line_missing", "a line that had spent money is gone", _gone),
    Planting("money_slips_against_before", "a plan typed in thousand đồng", _line("NSTW", planned_vnd=2_000_000)),
    Planting("copied_from_previous_period", "all figures of March sent again in June", _sent_again),
)  # fmt: skip
