"""What the sender of a sheet should know of how it was read: columns passed over, hidden rows, totals typed by hand.

Belongs here: problems of a sheet as a whole. Does not belong here: problems of single values (values.py) and anything
that compares figures (expectations).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from ingest.layout_rows import NUMERIC, Line, Lines, RowKind, Scope
from ingest.layout_tables import Table
from ingest.problem import Problem
from ingest.reader import Percent, Sheet, cell_address
from ingest.spec import FormSpec
from ingest.values import text_of
from ingest.wording import fold_header


def problems_of_sheet(
    spec: FormSpec,
    tables: Sequence[Table],
    found: Sequence[Lines],
    rows: Sequence[dict[str, Any]],
    *,
    ignored: Sequence[str] = (),
    is_template: bool = False,
) -> list[Problem]:
    """Everything to be told of a sheet, beside what its cells are found wrong by."""
    problems: list[Problem] = []
    passed_over = {fold_header(header) for header in ignored}
    shown = tuple(fold_header(column.shown_heading(which)) for column in spec.columns for which in column.shows)
    for table, lines in zip(tables, found, strict=True):
        problems += _columns(spec, table, lines.lines, passed_over, shown)
        problems += _rows_below(spec, table, lines)
        problems += _totals(spec, table, lines.lines, rows, is_template=is_template)
    read = {line.row for lines in found for line in lines.lines}
    problems += _hidden(spec, tables, read)
    return problems


def _columns(
    spec: FormSpec, table: Table, lines: Iterable[Line], passed_over: set[str], shown: tuple[str, ...]
) -> Iterator[Problem]:
    """Columns that hold something and are not read. Those that the template shows (a group before them) are none."""
    read = [line.row for line in lines]
    for heading in table.unknown:
        holds = any(text_of(table.sheet.value(row, heading.index)) is not None for row in read)
        text = fold_header(heading.text)
        if holds and text not in passed_over and not text.endswith(shown):
            place = cell_address(heading.row, heading.index)
            yield Problem("column_not_recognised", spec.form, table.sheet.name, place, heading.text)
    for index in _without_heading(table):
        row = next((row for row in read if text_of(table.sheet.value(row, index)) is not None), None)
        if row is not None:
            value = text_of(table.sheet.value(row, index))
            yield Problem("column_not_recognised", spec.form, table.sheet.name, cell_address(row, index), value)
    for column, indexes in table.repeated:
        cells = ", ".join(cell_address(table.header_row, index) for index in indexes)
        first = cell_address(table.header_row, indexes[0])
        yield Problem("column_repeated", spec.form, table.sheet.name, first, cells, column.header)


def _without_heading(table: Table) -> list[int]:
    """Worksheet columns between those of the table that no heading stands above."""
    indexes = {field.index for field in table.fields}
    headed = indexes | {heading.index for heading in table.unknown} | {i for _, found in table.repeated for i in found}
    return [index for index in range(min(indexes, default=0), max(indexes, default=0)) if index not in headed]


def _rows_below(spec: FormSpec, table: Table, lines: Lines) -> Iterator[Problem]:
    if lines.beyond is not None:
        cells = table.sheet.rows[lines.beyond]
        index = next(index for index in cells if table.is_own(index))
        place = cell_address(lines.beyond, index)
        yield Problem("rows_below_table", spec.form, table.sheet.name, place, text_of(cells[index]))


def _totals(
    spec: FormSpec, table: Table, lines: Sequence[Line], rows: Sequence[dict[str, Any]], *, is_template: bool
) -> Iterator[Problem]:
    """Totals typed over, where the other totals of the sheet are formulas; sums that have no rows."""
    sheet = table.sheet
    figures = {f.index for f in table.fields if f.column.type in NUMERIC or f.group is not None}
    cells = [(line.row, index) for line in lines if line.kind is RowKind.TOTAL for index in sorted(figures)]
    if is_template or any(cell in sheet.formulas for cell in cells):
        for cell in cells:
            value = sheet.value(*cell)
            if cell not in sheet.formulas and isinstance(value, int | float | Percent) and not isinstance(value, bool):
                yield Problem("total_typed_over", spec.form, sheet.name, cell_address(*cell), text_of(value))
    data = {row["row_number"] - 1 for row in rows if row["row_kind"] == RowKind.DATA}
    for line in lines:
        if line.scope is not Scope.SECTION or line.sums_from is None or line.sums_to is None:
            continue
        if not any(row in data for row in range(line.sums_from, line.sums_to + 1)):
            index = next(index for index in sheet.rows[line.row] if table.is_own(index))
            place = cell_address(line.row, index)
            yield Problem("total_without_rows", spec.form, sheet.name, place, text_of(sheet.value(line.row, index)))


def _hidden(spec: FormSpec, tables: Sequence[Table], read: set[int]) -> Iterator[Problem]:
    sheet = tables[0].sheet
    rows = sorted(row for row in read if row in sheet.hidden_rows)
    if rows:
        index = min(field.index for field in tables[0].fields)
        yield Problem(
            "hidden_rows_read", spec.form, sheet.name, cell_address(rows[0], index), _ranges(rows, lambda n: str(n + 1))
        )
    columns = sorted(
        {
            field.index
            for table in tables
            for field in table.fields
            if field.index in sheet.hidden_columns and any(_holds(sheet, row, field.index) for row in read)
        }
    )
    if columns:
        place = cell_address(tables[0].header_row, columns[0])
        yield Problem("hidden_columns_read", spec.form, sheet.name, place, _ranges(columns, _letters))


def _holds(sheet: Sheet, row: int, index: int) -> bool:
    return text_of(sheet.value(row, index)) is not None


def _letters(index: int) -> str:
    return cell_address(0, index).rstrip("1")


def _ranges(numbers: Sequence[int], name: Any) -> str:
    """Numbers as runs: 12-14, 20."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        runs.append(name(members[0]) if len(members) == 1 else f"{name(members[0])}-{name(members[-1])}")
    return ", ".join(runs)
