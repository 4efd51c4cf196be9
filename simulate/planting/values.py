"""Faults of single values: missing, unreadable, of two readings, outside list or range, and rows written twice."""

from __future__ import annotations

import re

from ingest.template import AsTyped, WrittenCells
from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Address, Report, Spot

ACTIVITIES, ASSIGNMENTS, MONEY = "helper_activities", "helper_assignments", "funding_sources"


def _typed(form: str, where: dict[str, object], column: str, text: str) -> Plant:
    return lambda report: report.put(form, where, **{column: AsTyped(text)})


def _twice(report: Report) -> None:
    row = report.find(MONEY, source_code="DN")
    report.rows[MONEY].insert(report.rows[MONEY].index(row), dict(row))


def _both_rows(_: object, cells: WrittenCells) -> list[Spot]:
    """Both lines: which one is right cannot be known. The written cell is that of the second."""
    key = next(key for key in cells.cells if key[0] == MONEY and "DN" in key[1] and key[2] == "place_code")
    sheet, cell = cells.cells[key]
    above = re.sub(r"\d+", lambda number: str(int(number[0]) - 1), cell)
    return [Address(sheet, above), Address(sheet, cell)]


MEETING: dict[str, object] = {"activity_no": "842-2023-002"}
PLANTINGS = (
    Planting("value_required", "an assignment without the number of its decision",
             lambda report: report.put(ASSIGNMENTS, {"agency_code": "DN_CAPNUOC"}, decision_no=None)),
    Planting("value_unreadable", "\"khá đông\" for a number of people",
             _typed(ACTIVITIES, MEETING, "participant_count", "khá đông")),
    Planting("value_ambiguous", "\"1.234\" for a sum of money, which is 1234 or 1,234",
             _typed(MONEY, {"source_code": "DC"}, "estimated_year_end_vnd", "1.234")),
    Planting("value_not_in_list", "a source that no list has",
             _typed(MONEY, {"source_code": "DN"}, "content_code", "Trồng hoa ven đường")),
    Planting("value_out_of_range", "three people fewer than none",
             lambda report: report.put(ACTIVITIES, MEETING, participant_count=-3),
             consequences=("meeting_without_participants",)),
    Planting("text_damaged", "\"cÿ thể\" for \"cụ thể\", as a PDF leaves it",
             lambda report: report.put(ACTIVITIES, MEETING, result="Thống nhất nội dung cÿ thể của phương án")),
    Planting("row_repeated", "a line of money written twice", _twice, _both_rows),
)  # fmt: skip
