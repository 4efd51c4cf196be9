"""The corpus as real workbooks: one per reporting unit and period, each case in a cell of the form's own sheet.

Belongs here: writing cells, with their fonts and formats, and saying where each case stands. Does not belong here:
reading them back. A row holds a case in every column that has one left; the rest of the row is as it should be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import reference
from ingest.progress import track
from ingest.spec import Column, FormSpec, Layout, Position, SheetSpec, load_specs
from simulate.mangled.case import Calculated, Case, CellError, PercentCell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

PLAIN_FONT = "Times New Roman"
HEADER_ROW = 4


@dataclass(frozen=True)
class Placed:
    """Where a case stands; row and column are counted from zero."""

    case: Case
    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class MangledBook:
    """One workbook of the corpus."""

    path: Path
    reporting_unit_id: str
    reporting_period_id: str
    placed: tuple[Placed, ...]


def write_books(cases: Sequence[Case], folder: Path) -> list[MangledBook]:
    """Write all cases below a folder, a workbook per reporting unit and period; the same cases make the same books."""
    folder.mkdir(parents=True, exist_ok=True)
    by_report: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        by_report.setdefault((case.reporting_unit_id, case.reporting_period_id), []).append(case)
    return [
        _write_book(folder / f"{unit}-{period}.xlsx", unit, period, by_report[unit, period])
        for unit, period in track(sorted(by_report), "Writing mangled workbooks")
    ]


def _write_book(path: Path, unit: str, period: str, cases: Sequence[Case]) -> MangledBook:
    import xlsxwriter

    row, about = reference.reporting_unit(unit), reference.period(period)
    assert row is not None
    assert about is not None
    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True})
    pen = _Pen(workbook)
    _write_cover(pen, unit, period)
    placed: list[Placed] = []
    for form, spec in load_specs().items():
        of_form = [case for case in cases if case.field.form == form]
        if of_form:
            part = spec.sheets_for(row["unit_type"], about)[0]
            placed += _write_form(pen, spec, part, of_form, unit, period)
    workbook.close()
    return MangledBook(path, unit, period, tuple(placed))


def _write_cover(pen: _Pen, unit: str, period: str) -> None:
    spec = load_specs()["cover"]
    sheet = pen.workbook.add_worksheet(spec.sheets[0].name)
    pen.write(sheet, 0, 0, spec.sheets[0].anchor)
    known = {"reporting_unit_code": unit, "reporting_period_code": period, "template_version": spec.version}
    for index, column in enumerate(spec.columns, start=2):
        pen.write(sheet, index, 0, column.header)
        pen.write(sheet, index, 1, known.get(column.name))


def _write_form(
    pen: _Pen, spec: FormSpec, part: SheetSpec, cases: Sequence[Case], unit: str, period: str
) -> list[Placed]:
    sheet = pen.workbook.add_worksheet(part.name)
    pen.write(sheet, 0, 2, part.anchor)
    pen.write(sheet, 1, 0, spec.title_vi)
    slots = _slots(spec, part)
    first = _write_header(pen, sheet, spec, slots)
    queues: dict[str, list[Case]] = {slot.column.name: [] for slot in slots}
    for case in cases:
        queues[case.field.column].append(case)
    filler = _filler(spec, unit, period)
    placed = []
    for offset in range(max(len(queue) for queue in queues.values())):
        row = first + offset
        here: dict[str, Case] = {name: queue[offset] for name, queue in queues.items() if offset < len(queue)}
        beside = next((case.unit for case in here.values() if case.unit is not None), None)
        for index, slot in enumerate(slots):
            name = slot.column.name
            if (standing := here.get(name)) is not None:
                pen.write(sheet, row, index, standing.cell, standing.font)
                placed.append(Placed(standing, part.name, row, index))
            else:
                pen.write(sheet, row, index, beside if name == "measure_unit" and beside else filler.get(name))
    return placed


@dataclass(frozen=True)
class _Slot:
    """One column of a sheet; in a matrix under the heading of its group."""

    column: Column
    heading: str | None = None


def _slots(spec: FormSpec, part: SheetSpec) -> list[_Slot]:
    """The columns of a sheet in order; a matrix has its cell columns once for every criterion of its set."""
    slots: list[_Slot] = []
    for column in spec.columns:
        if column.position is Position.ROW:
            slots.append(_Slot(column))
        elif column.position is Position.CELL:
            criteria = [row for row in reference.rows("criteria") if row["set_code"] == part.criteria_set_code]
            slots += [_Slot(column, f"{row['criterion_no']}. {row['criterion_name_vi']}") for row in criteria]
    return slots


def _write_header(pen: _Pen, sheet: Worksheet, spec: FormSpec, slots: Sequence[_Slot]) -> int:
    """Header cells, in a matrix under the headings of the groups; returns the first row of data."""
    for index, slot in enumerate(slots):
        pen.write(sheet, HEADER_ROW, index, slot.heading or slot.column.header)
        if slot.heading is not None:
            pen.write(sheet, HEADER_ROW + 1, index, slot.column.header)
    return HEADER_ROW + (2 if spec.layout is Layout.MATRIX else 1)


def _filler(spec: FormSpec, unit: str, period: str) -> dict[str, Any]:
    """What a row says in the columns that hold no case."""
    closing = reference.period(period)
    assert closing is not None
    communes = reference.communes_of(unit, closing["data_to"])
    commune = communes[0] if communes else {"unit_code": unit, "name_vi": unit}
    filled: dict[str, dict[str, Any]] = {
        "criteria_summary": {
            "commune_code": commune["unit_code"],
            "commune_name": commune["name_vi"],
            "mark": "Đ",
            "criteria_met": 5,
        },
        "unit_criteria": {
            "indicator_no": "1.1",
            "indicator_name": "Quy hoạch được phê duyệt",
            "part_code": "chung",
            "measure_unit": "%",
            "verdict": "Đ",
        },
        "funding_sources": {
            "place_code": unit,
            "programme_code": "NTM",
            "content_code": "ND01",
            "source_code": "NSTW",
            "nature_code": "SN",
            "plan_year": 2023,
            "assigning_decision": "12/QĐ-UBND",
        },
        "helper_activities": {
            "activity_no": f"{unit}-2023-001",
            "agency_code": "VPDP",
            "commune_code": commune["unit_code"],
            "kind_code": "Đi cơ sở",
            "activity_date": date(2023, 4, 5),
        },
    }
    return filled[spec.form]


class _Pen:
    """Writes a value as its sender's program stored it."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[str, str], Any] = {}

    def _format(self, font: str | None, number_format: str = "General") -> Any:
        key = (font or PLAIN_FONT, number_format)
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({"font_name": key[0], "num_format": key[1]})
        return self._formats[key]

    def write(self, sheet: Worksheet, row: int, column: int, value: object, font: str | None = None) -> None:
        plain = self._format(font)
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, plain)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, plain)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._format(font, "dd/mm/yyyy hh:mm"))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._format(font, "dd/mm/yyyy"))
        elif isinstance(value, PercentCell):
            sheet.write_number(row, column, value.value, self._format(font, "0.0%"))
        elif isinstance(value, CellError):
            sheet.write_formula(row, column, "=A1", plain, value.text)
        elif isinstance(value, Calculated):
            sheet.write_formula(row, column, value.formula, plain, value.value)
        else:
            assert isinstance(value, int | float)
            sheet.write_number(row, column, value, plain)
