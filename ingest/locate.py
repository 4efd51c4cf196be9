"""Finding a form in a workbook: which sheet carries it, where its header stands, which rows are its rows.

Belongs here: anchors, headers, groups of columns, the end of a table. Does not belong here: reading the values found
(parse.py). Sheets are renamed, rows inserted and headers rewritten by those who fill them in; nothing counts rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.reader import Sheet, Workbook
from ingest.spec import Column, FormSpec, Layout, Position, SheetSpec, load_specs
from ingest.values import text_of
from ingest.wording import fold, fold_bare_header, fold_header

ANCHOR_ROWS = 15
HEADER_ROWS = 60
LABEL_COLUMNS = 4
OWN_SHEET_PREFIX = "_"  # lists behind drop-downs and other sheets of the office
SPARSE = 4  # cells; a line of the signature block or a note holds fewer

TOTAL_LABELS = frozenset(fold(label) for label in ("Tổng cộng", "Cộng", "Tổng số", "Toàn huyện", "Toàn xã", "Tổng"))
RATE_LABELS = tuple(fold(label) for label in ("Tỷ lệ", "Tỉ lệ"))
END_MARKS = tuple(
    fold(mark)
    for mark in (
        "Người lập",
        "Lập biểu",
        "Ghi chú:",
        "Thủ trưởng đơn vị",
        "Nơi nhận",
        "Xác nhận của",
        "TM. ỦY BAN",
        "KT. CHỦ TỊCH",
        "(Ký",
    )
)
DATE_LINE = re.compile(rf"(.*,\s*)?{fold('ngày')}\s*\S*\s*{fold('tháng')}\s*\S*\s*{fold('năm')}\s*\S*")
COLUMN_NUMBER = re.compile(r"\(\s*(\d+|[a-z])\s*\)|\d+|[a-z]")
NUMBER_IN_BRACKETS = re.compile(r"\(\s*(\d+|[a-z])\s*(=.*)?\)")


@dataclass(frozen=True)
class Field:
    """A worksheet column that holds a field; `group` names its column group in a matrix."""

    index: int
    column: Column
    group: int | None = None


@dataclass(frozen=True)
class Group:
    """A group of columns under one axis value; `row`, `index` address the header that names it."""

    row: int
    index: int
    text: str


@dataclass(frozen=True)
class Table:
    """Where a table or matrix stands on its sheet."""

    sheet: Sheet
    header_row: int
    first_row: int
    fields: tuple[Field, ...]
    groups: tuple[Group, ...] = ()

    @property
    def found(self) -> frozenset[str]:
        """Names of the columns that the header has."""
        return frozenset(field.column.name for field in self.fields)


class RowKind(StrEnum):
    DATA = "data"
    TOTAL = "total"


def assign_sheets(workbook: Workbook) -> dict[str, Sheet]:
    """The worksheet of each sheet spec (by its name, unique over all forms) that the workbook has.

    The form number printed on a sheet decides; then the sheet's name. Visible sheets come before hidden ones.
    """
    specs = [sheet for form in load_specs().values() for sheet in form.sheets]
    candidates = [sheet for sheet in sorted(workbook.sheets, key=lambda sheet: not sheet.is_visible) if sheet.cells]
    printed = {id(sheet): _anchors_on(sheet, specs) for sheet in candidates}
    found: dict[str, Sheet] = {}
    taken: set[int] = set()
    matches: tuple[Callable[[SheetSpec, Sheet], bool], ...] = (
        lambda spec, sheet: printed[id(sheet)] == {spec.name} and fold(sheet.name) == fold(spec.name),
        lambda spec, sheet: printed[id(sheet)] == {spec.name},
        lambda spec, sheet: fold(sheet.name) == fold(spec.name) and len(printed[id(sheet)]) != 1,
    )
    for fits in matches:
        for spec in specs:
            for sheet in candidates:
                if spec.name not in found and id(sheet) not in taken and fits(spec, sheet):
                    found[spec.name] = sheet
                    taken.add(id(sheet))
    return found


def unrecognised_sheets(workbook: Workbook, assigned: dict[str, Sheet]) -> list[Sheet]:
    """Visible sheets with content that carry no form we know."""
    known = {id(sheet) for sheet in assigned.values()}
    return [
        sheet
        for sheet in workbook.sheets
        if sheet.is_visible and sheet.cells and id(sheet) not in known and not sheet.name.startswith(OWN_SHEET_PREFIX)
    ]


def locate_labels(sheet: Sheet, columns: Sequence[Column]) -> dict[str, tuple[int, int]]:
    """Of a record: where the value of each column stands that has its label on the sheet, right of the label."""
    wanted = {fold_header(header): column.name for column in columns for header in column.headers}
    found: dict[str, tuple[int, int]] = {}
    ends = {first: last for first, last in sheet.merged}
    for row, cells in sheet.rows.items():
        for index, value in cells.items():
            if index >= LABEL_COLUMNS or not isinstance(value, str):
                continue
            name = wanted.get(fold_header(value))
            if name is not None and name not in found:
                found[name] = (row, ends.get((row, index), (row, index))[1] + 1)
                break
    return found


def locate_table(sheet: Sheet, spec: FormSpec, axis_value_of: Callable[[str], str | None]) -> Table | None:
    """The table of a form on a sheet, or None if no row looks like its header.

    `axis_value_of` tells which axis value a header of a matrix names; it is asked for other layouts never.
    """
    best: Table | None = None
    best_score = 0
    for row in [row for row in sheet.rows if row < HEADER_ROWS]:
        table = (_matrix_at if spec.layout is Layout.MATRIX else _table_at)(sheet, spec, row, axis_value_of)
        score = len(table.found) + len(table.groups)
        if score > best_score:
            best, best_score = table, score
    needed = max(2, sum(column.required for column in spec.columns_at(Position.ROW)) // 2)
    if best is None or sum(field.group is None for field in best.fields) < needed:
        return None
    return best


def rows_of(table: Table, spec: FormSpec) -> Iterator[tuple[int, RowKind]]:
    """The worksheet rows of a table, without blank ones, captions of rates and what stands below the table."""
    indexes = {field.index for field in table.fields}
    total_labels = TOTAL_LABELS | ({fold_header(spec.total_label)} if spec.total_label else set())
    for row, cells in table.sheet.rows.items():
        if row < table.first_row:
            continue
        texts = [fold_header(value) for value in cells.values() if isinstance(value, str) and value.strip()]
        leads = texts[:2]
        if len(cells) < SPARSE and any(_ends_table(fold(value)) for value in cells.values() if isinstance(value, str)):
            return
        if any(lead in total_labels for lead in leads):
            yield row, RowKind.TOTAL
        elif leads and leads[0].startswith(RATE_LABELS) and leads[0].partition(" (")[0].rstrip(" %") in RATE_LABELS:
            continue
        elif any(index in indexes for index in cells):
            yield row, RowKind.DATA


def _ends_table(text: str) -> bool:
    return text.startswith(END_MARKS) or DATE_LINE.fullmatch(text) is not None


def _anchors_on(sheet: Sheet, specs: Sequence[SheetSpec]) -> set[str]:
    texts = [
        fold(value)
        for row, cells in sheet.rows.items()
        if row < ANCHOR_ROWS
        for value in cells.values()
        if isinstance(value, str)
    ]
    return {spec.name for spec in specs if any(fold(spec.anchor) in text for text in texts)}


def _table_at(sheet: Sheet, spec: FormSpec, row: int, _: Callable[[str], str | None]) -> Table:
    """The table if its header began at this row; headers may fill two rows."""
    by_header = _by_header(spec.columns_at(Position.ROW))
    deep = _spans_two_rows(sheet, row, by_header)
    fields: dict[str, Field] = {}
    for index in _columns_of(sheet, row, row + 1 if deep else row):
        column = _match(by_header, _shown(sheet, row, index))
        if deep:
            bottom = _shown(sheet, row + 1, index)
            column = _match(by_header, f"{_shown(sheet, row, index)} {bottom}") or _match(by_header, bottom) or column
        if column is not None and column.name not in fields:
            fields[column.name] = Field(index, column)
    first = _after_column_numbers(sheet, row + (2 if deep else 1))
    return Table(sheet, row, first, tuple(fields.values()))


def _spans_two_rows(sheet: Sheet, row: int, by_header: dict[str, Column]) -> bool:
    """Whether the row below belongs to the header: merged into it, or holding headers itself."""
    if any(top == row and bottom > row for (top, _), (bottom, _) in sheet.merged):
        return True
    below = sheet.rows.get(row + 1, {})
    return sum(_match(by_header, text_of(value) or "") is not None for value in below.values()) >= 2


def _matrix_at(sheet: Sheet, spec: FormSpec, row: int, axis_value_of: Callable[[str], str | None]) -> Table:
    """The matrix if its groups were named in this row and its cell headers stood in the next."""
    row_headers = _by_header(spec.columns_at(Position.ROW))
    cell_columns = spec.columns_at(Position.CELL)
    cell_headers = _by_header(cell_columns)
    fields: list[Field] = []
    groups: list[Group] = []
    seen: set[str] = set()
    has_cell_headers = any(_match(cell_headers, text_of(value) or "") for value in sheet.rows.get(row + 1, {}).values())
    group_fields: set[str] = set()
    for index in _columns_of(sheet, row, row + 1):
        top, bottom = _shown(sheet, row, index), _shown(sheet, row + 1, index)
        column = _match(row_headers, top) or _match(row_headers, bottom)
        under_group = has_cell_headers and not _merged_down(sheet, row, index) and _match(cell_headers, bottom)
        if column is not None and column.name not in seen and not under_group:
            seen.add(column.name)
            fields.append(Field(index, column))
            continue
        if has_cell_headers and not under_group:
            continue
        if not has_cell_headers and (len(cell_columns) != 1 or axis_value_of(top) is None):
            continue
        origin = sheet.merge_origin.get((row, index), (row, index))
        own_text = text_of(sheet.value(*origin))
        if own_text is not None and not (groups and (groups[-1].row, groups[-1].index) == origin):
            groups.append(Group(*origin, own_text))
            group_fields = set()
        if not groups:
            continue
        cell_column = under_group or cell_columns[0]
        assert isinstance(cell_column, Column)
        if cell_column.name not in group_fields:
            group_fields.add(cell_column.name)
            fields.append(Field(index, cell_column, len(groups) - 1))
    is_deep = has_cell_headers or any(top == row and bottom > row for (top, _), (bottom, _) in sheet.merged)
    return Table(sheet, row, _after_column_numbers(sheet, row + (2 if is_deep else 1)), tuple(fields), tuple(groups))


def _merged_down(sheet: Sheet, row: int, index: int) -> bool:
    return sheet.merge_origin.get((row + 1, index), (row + 1, index))[0] <= row


def _columns_of(sheet: Sheet, *rows: int) -> list[int]:
    columns: set[int] = set()
    for row in rows:
        columns.update(sheet.rows.get(row, {}))
        columns.update(index for at, index in sheet.merge_origin if at == row)
    return sorted(columns)


def _shown(sheet: Sheet, row: int, index: int) -> str:
    return text_of(sheet.shown(row, index)) or ""


def _by_header(columns: Sequence[Column]) -> dict[str, Column]:
    exact = {fold_header(header): column for column in columns for header in column.headers}
    bare = {fold_bare_header(header): column for column in columns for header in column.headers}
    return bare | exact


def _match(by_header: dict[str, Column], text: str) -> Column | None:
    return by_header.get(fold_header(text)) or by_header.get(fold_bare_header(text))


def _after_column_numbers(sheet: Sheet, row: int) -> int:
    """The row itself, or the next one where it only counts the columns: (1) (2) (3), or A B 1 2 3."""
    texts = [fold(text_of(value) or "") for value in sheet.rows.get(row, {}).values()]
    if len(texts) >= 2 and all(NUMBER_IN_BRACKETS.fullmatch(text) for text in texts):
        return row + 1
    numbers = [int(text) for text in texts if text.isdecimal()]
    counts = all(COLUMN_NUMBER.fullmatch(text) for text in texts) and numbers == list(
        range(numbers[0] if numbers else 0, (numbers[0] if numbers else 0) + len(numbers))
    )
    return row + 1 if len(numbers) >= 3 and counts and numbers[0] <= 2 else row
