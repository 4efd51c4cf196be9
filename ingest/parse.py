"""Parsing: a located form becomes rows of its landing schema, each field with its typed value, text, cell and problem.

Belongs here: the step from cells to rows, for records, tables and matrices. Does not belong here: which unit and
period a workbook is for, and writing rows anywhere (reading.py, landing.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.codes import CodeBook, CodeList
from ingest.locate import Field, RowKind, Table, locate_labels, locate_table, rows_of
from ingest.problem import Problem
from ingest.reader import Sheet, cell_address
from ingest.spec import Column, ColumnType, FormSpec, Layout, Position, SheetSpec
from ingest.values import NOT_IN_LIST, FieldValue, read_value, text_of
from ingest.wording import fold

Row = dict[str, Any]

PARTS = {
    fold(text): code
    for code, texts in {
        "total": ("chung", "total", "tổng", "tổng số"),
        "male": ("nam", "male"),
        "female": ("nữ", "female"),
        "a": ("a", "phần a", "a)"),
        "b": ("b", "phần b", "b)"),
    }.items()
    for text in texts
}
INDICATOR_NO = re.compile(r"(\d+(?:\.\d+)*)\.?")
NUMERIC = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY)


@dataclass(frozen=True)
class ParsedForm:
    """Rows of one form without the keys of submission and reading; problems the sender must mend."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_record(spec: FormSpec, sheet: Sheet, codes: CodeBook | None = None) -> ParsedForm:
    """The single row of a record form: labels left, values right of them. Missing labels are column_missing."""
    places = locate_labels(sheet, spec.columns)
    part = spec.sheets[0]
    row = _row(spec, part, sheet, f"{sheet.name}!record", min((place[0] for place in places.values()), default=0))
    problems = []
    for column in spec.columns:
        place = places.get(column.name)
        if place is None:
            if column.required:
                problems.append(_column_missing(spec, sheet, column))
            _put(row, column, FieldValue(), None)
            continue
        _put(row, column, _read(sheet, place, column, codes, None), cell_address(*place))
    return ParsedForm([row], problems)


def parse_sheet(
    spec: FormSpec, part: SheetSpec, sheet: Sheet, codes: CodeBook, *, is_optional: bool = False
) -> ParsedForm:
    """Rows of a form that one sheet carries: one per sheet row, in a matrix one per sheet row and group of columns.

    Blank rows are none. On an optional sheet, what its sender left wholly blank (a commune that is not judged on the
    set) is none either. Problems: table_not_found, column_missing (error of a required column; its values are null).
    """
    if spec.layout is Layout.RECORD:
        return parse_record(spec, sheet, codes)
    axis_list = _axis_list(spec, part, codes)
    table = locate_table(sheet, spec, lambda text: axis_list.find(text) if axis_list else None)
    if table is None or (spec.axis is not None and not table.groups and not is_optional):
        return ParsedForm(problems=[_table_not_found(spec, part, sheet)])
    problems = [
        _column_missing(spec, sheet, column)
        for column in spec.columns
        if column.required
        and column.name not in table.found
        and (column.position is Position.ROW or (column.position is Position.CELL and table.groups))
    ]
    parser = _TableParser(spec, part, table, codes, axis_list)
    rows = list(parser.rows())
    if is_optional:
        rows = _only_judged(spec, rows)
    return ParsedForm(_with_own_row_ids(rows), problems)


class _TableParser:
    """One located table while its rows are read."""

    def __init__(
        self, spec: FormSpec, part: SheetSpec, table: Table, codes: CodeBook, axis_list: CodeList | None
    ) -> None:
        self.spec = spec
        self.part = part
        self.table = table
        self.codes = codes
        self.row_fields = {f.column.name: f for f in table.fields if f.group is None}
        self.cell_fields: list[dict[str, Field]] = [{} for _ in table.groups]
        for located in table.fields:
            if located.group is not None:
                self.cell_fields[located.group][located.column.name] = located
        self.axis_values = [_axis_value(group.text, axis_list) for group in table.groups]
        entered = [f for f in table.fields if not f.column.prefilled]
        self.entered_indexes = {f.index for f in entered}

    def rows(self) -> Iterator[Row]:
        for sheet_row, kind in rows_of(self.table, self.spec):
            if kind is RowKind.DATA and not self._is_row(sheet_row):
                continue
            shared = {
                column.name: self._field(sheet_row, self.row_fields.get(column.name), kind)
                for column in self.spec.columns_at(Position.ROW)
            }
            if self.spec.axis is None:
                yield self._make(sheet_row, kind, shared, None)
            for group in range(len(self.table.groups)):
                yield self._make(sheet_row, kind, shared, group)

    def _is_row(self, sheet_row: int) -> bool:
        """In a free form a row needs something its sender typed; in the others the office laid it out."""
        cells = self.table.sheet.rows[sheet_row]
        if self.spec.rows == "free":
            return any(index in self.entered_indexes for index in cells)
        keys = {f.index for name, f in self.row_fields.items() if name in self.spec.key}
        return any(index in keys or index in self.entered_indexes for index in cells)

    def _make(
        self, sheet_row: int, kind: RowKind, shared: Mapping[str, tuple[FieldValue, str | None]], group: int | None
    ) -> Row:
        sheet = self.table.sheet
        row_id = f"{sheet.name}!{sheet_row + 1}" + (":total" if kind is RowKind.TOTAL else "")
        values = dict(shared)
        unit = _unit_beside(shared)
        if group is not None and self.spec.axis is not None:
            header = self.table.groups[group]
            axis_value = self.axis_values[group]
            row_id += f":{axis_value.typed or axis_value.text}"
            values[self.spec.axis.name] = (axis_value, cell_address(header.row, header.index))
            for column in self.spec.columns_at(Position.CELL):
                located = self.cell_fields[group].get(column.name)
                values[column.name] = self._field(sheet_row, located, kind, unit)
        row = _row(self.spec, self.part, sheet, row_id, sheet_row, kind)
        for column in self.spec.columns:
            _put(row, column, *values[column.name])
        return row

    def _place(self, sheet_row: int, located: Field) -> tuple[int, int]:
        """Where the value of a field stands: a key merged over several rows counts for each of them, amounts do not."""
        place = (sheet_row, located.index)
        if located.column.prefilled or located.column.name in self.spec.key:
            origin = self.table.sheet.merge_origin.get(place, place)
            return origin if origin[1] == located.index else place
        return place

    def _field(
        self, sheet_row: int, located: Field | None, kind: RowKind, unit: str | None = None
    ) -> tuple[FieldValue, str | None]:
        if located is None:
            return FieldValue(), None
        place = self._place(sheet_row, located)
        if kind is RowKind.TOTAL and located.column.type not in NUMERIC:
            return FieldValue(None, text_of(self.table.sheet.value(*place))), cell_address(*place)
        if self.spec.axis is None and located.column.unit is None and "measure_unit" in self.row_fields:
            unit = text_of(self.table.sheet.value(sheet_row, self.row_fields["measure_unit"].index))
        return _read(self.table.sheet, place, located.column, self.codes, unit), cell_address(*place)


def _read(sheet: Sheet, place: tuple[int, int], column: Column, codes: CodeBook | None, unit: str | None) -> FieldValue:
    code_list = codes.get(column.code_list) if column.code_list and codes else None
    value = read_value(sheet.value(*place), column, code_list, unit)
    if value.typed is None or column.type is not ColumnType.TEXT:
        return value
    if column.name == "part_code":
        return FieldValue(PARTS.get(fold(value.typed), value.typed), value.text)
    if column.name == "indicator_no" and (match := INDICATOR_NO.fullmatch(value.typed)):
        return FieldValue(match[1], value.text)
    return value


def _unit_beside(shared: Mapping[str, tuple[FieldValue, str | None]]) -> str | None:
    unit = shared.get("measure_unit")
    return unit[0].text if unit else None


def _axis_list(spec: FormSpec, part: SheetSpec, codes: CodeBook) -> CodeList | None:
    if spec.axis_list is None:
        return None
    return (
        codes.criteria_of(part.criteria_set_code) if spec.axis_list == "criteria_of_set" else codes.get(spec.axis_list)
    )


def _axis_value(text: str, axis_list: CodeList | None) -> FieldValue:
    code = axis_list.find(text) if axis_list else None
    return FieldValue(code, text, None if code is not None else NOT_IN_LIST)


def _only_judged(spec: FormSpec, rows: list[Row]) -> list[Row]:
    """Rows of the communes for which the sender typed anything at all."""
    entered = [column.name for column in spec.columns if not column.prefilled and column.position is not Position.AXIS]
    subject = "row_number"
    if spec.axis is not None and spec.rows == "indicators":
        entered = [column.name for column in spec.columns_at(Position.CELL)]
        subject = f"{spec.axis.name}__cell"
    judged = {
        row[subject]
        for row in rows
        if row["row_kind"] == RowKind.DATA and any(row[f"{name}__text"] is not None for name in entered)
    }
    return [row for row in rows if row[subject] in judged or (judged and row["row_kind"] == RowKind.TOTAL)]


def _with_own_row_ids(rows: list[Row]) -> list[Row]:
    """Give the rows of an axis value that stands twice in the header identities of their own."""
    seen: Counter[str] = Counter()
    for row in rows:
        row_id = row["row_id"]
        seen[row_id] += 1
        if seen[row_id] > 1:
            row["row_id"] = f"{row_id}#{seen[row_id]}"
    return rows


def _row(
    spec: FormSpec, part: SheetSpec, sheet: Sheet, row_id: str, sheet_row: int, kind: RowKind = RowKind.DATA
) -> Row:
    return {
        "form_version": spec.version,
        "criteria_set_code": part.criteria_set_code,
        "sheet": sheet.name,
        "row_id": row_id,
        "row_number": sheet_row + 1,
        "row_kind": str(kind),
    }


def _put(row: Row, column: Column, value: FieldValue, cell: str | None) -> None:
    row[column.name] = value.typed
    row[f"{column.name}__text"] = value.text
    row[f"{column.name}__cell"] = cell
    row[f"{column.name}__problem"] = value.problem


def _column_missing(spec: FormSpec, sheet: Sheet, column: Column) -> Problem:
    return Problem("column_missing", spec.form, sheet.name, expected=column.header)


def _table_not_found(spec: FormSpec, part: SheetSpec, sheet: Sheet) -> Problem:
    headers: Sequence[str] = [column.header for column in spec.columns if column.required or column.prefilled]
    return Problem("table_not_found", spec.form, sheet.name, value=part.anchor, expected=", ".join(headers))
