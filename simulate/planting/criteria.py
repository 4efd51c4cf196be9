"""Faults of the criteria: marks, totals and changes of the summary, figures and verdicts of the indicators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ingest.template import CellKey, WrittenCells
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Address, Report, Spot, key_of
from simulate.unmet import ADVANCED_SET, BASE_SET

SUMMARY, RESULTS, UNIT = "criteria_summary", "criteria_results", "unit_criteria"
HEADER_ROWS = 3  # from the name of a commune down to the first row of its figures


def _marked(criterion: str, mark: str, *, met: int, change: int) -> Plant:
    """Another mark of the commune on the base set, and a row that agrees with it."""

    def plant(report: Report) -> Spot:
        for row in report.every(SUMMARY, criteria_set_code=BASE_SET):
            row.update(criteria_met=met, criteria_change=change)
        return report.put(SUMMARY, {"criteria_set_code": BASE_SET, "criterion_no": criterion}, mark=mark)

    return plant


def _row_says(**values: object) -> Plant:
    """Another value of a field of the commune's row on the base set."""

    def plant(report: Report) -> Spot:
        rows = report.every(SUMMARY, criteria_set_code=BASE_SET)
        for row in rows:
            row.update(values)
        return key_of(SUMMARY, rows[0], next(iter(values)))

    return plant


def _figure(indicator: str, **values: object) -> Plant:
    def plant(report: Report) -> Spot:
        where = {"criteria_set_code": BASE_SET, "indicator_no": indicator, "part_code": "total"}
        return report.put(RESULTS, where, **values)

    return plant


def _times(indicator: str, factor: str) -> Plant:
    def plant(report: Report) -> Spot:
        row = report.find(RESULTS, criteria_set_code=BASE_SET, indicator_no=indicator, part_code="total")
        return report.put(RESULTS, row, value=row["value"] * Decimal(factor))

    return plant


def _of_unit(indicator: str, **values: object) -> Plant:
    return lambda report: report.put(UNIT, {"indicator_no": indicator}, **values)


def _printed_count(report: Report) -> Spot:
    key: CellKey = (SUMMARY, ("total", BASE_SET, "15"), "mark")
    report.printed_totals[key] = 3
    return key


def _not_listed(report: Report) -> Spot:
    codes = sorted({row["commune_code"] for row in report.rows[SUMMARY]})
    report.communes = codes[:-1]
    for form in (SUMMARY, RESULTS):
        report.rows[form] = [row for row in report.rows[form] if row["commune_code"] in report.communes]
    first = report.find(SUMMARY, criteria_set_code=BASE_SET, commune_code=codes[0])
    return key_of(SUMMARY, first, "commune_code")


def _without_detail(report: Report) -> Spot:
    report.rows[RESULTS] = report.every(RESULTS, criteria_set_code=BASE_SET)
    return key_of(SUMMARY, report.find(SUMMARY, criteria_set_code=ADVANCED_SET), "commune_code")


def _without_marks(report: Report) -> None:
    report.rows[SUMMARY] = report.every(SUMMARY, criteria_set_code=BASE_SET)


def _name_above_figures(_: object, cells: WrittenCells) -> Spot:
    """The heading with the commune's name, above the first figure of the advanced set."""
    key = next(key for key in cells.cells if key[0] == RESULTS and key[1][0] == ADVANCED_SET and key[2] == "numerator")
    sheet, cell = cells.cells[key]
    letters = cell.rstrip("0123456789")
    return Address(sheet, f"{letters}{int(cell[len(letters) :]) - HEADER_ROWS}")


WHY = "Đang hoàn thiện theo lộ trình"
PLANTINGS = (
    Planting("criteria_met_differs_from_marks", "a total of criteria met that is one short",
             _row_says(criteria_met=17)),
    Planting("criteria_change_differs_from_before", "three criteria gained where it is one",
             _row_says(criteria_change=3)),
    Planting("criterion_mark_differs_from_indicators", "a criterion marked met, one of its indicators not",
             _marked("2", "D", met=19, change=2)),
    Planting("criterion_lost_without_explanation", "met in March, not met in June, no explanation",
             _marked("1", "CD", met=17, change=0)),
    Planting("criterion_lost_without_explanation", "an indicator of the city lost without explanation",
             _of_unit("DT4", verdict="CD", value=Decimal("1.5"), planned_date=date(2023, 12, 28))),
    Planting("printed_count_differs_from_marks", "two communes too many in the row of counts", _printed_count,
             consequences=("total_typed_over",)),
    Planting("commune_missing_from_list", "a commune left out of the list", _not_listed, base="district"),
    Planting("commune_judged_in_one_form_only", "marks on the advanced set, no indicators", _without_detail),
    Planting("commune_judged_in_one_form_only", "indicators on the advanced set, no marks", _without_marks,
             _name_above_figures),
    Planting("verdict_differs_from_threshold", "not met, with a figure above the threshold",
             _figure("2.2", verdict="CD")),
    Planting("rate_differs_from_parts", "a rate one point above numerator and denominator",
             _figure("2.2", value=Decimal("91"))),
    Planting("numerator_exceeds_denominator", "25 of 20, and the rate of it",
             _figure("2.2", numerator=25, value=Decimal("125"))),
    Planting("rate_above_hundred", "102% with no numbers behind it",
             _figure("2.2", value=Decimal("102"), numerator=None, denominator=None)),
    Planting("rate_above_hundred", "103% in the city's own indicators", _of_unit("DT5", value=Decimal("103"))),
    Planting("met_without_figure", "met, and no figure", _figure("2.2", value=None, numerator=None, denominator=None)),
    Planting("data_year_outside_report", "figures of four years ago", _figure("2.2", data_year=2019)),
    Planting("figure_slips_against_before", "income in thousand đồng instead of million", _times("10", "1000")),
    Planting("rate_may_be_a_fraction", "a rate typed as a share of one", _times("2.2", "0.01")),
    Planting("rate_may_be_a_fraction", "a share of one, with no numbers behind it",
             _figure("2.2", value=Decimal("0.885"), numerator=None, denominator=None)),
    Planting("rate_may_be_a_fraction", "a share of one in the city's own indicators",
             _of_unit("DT5", value=Decimal("0.93"))),
    Planting("planned_date_passed", "not met, planned for a day that is past",
             _of_unit("DT4", planned_date=date(2023, 6, 1), verdict="CD", value=Decimal("1.5"), explanation=WHY)),
)  # fmt: skip
