"""The header of a matrix: fields of the row, and groups of columns that headings such as communes or criteria name.

Belongs here: which row names the groups, which column belongs to which. Does not belong here: tables without groups
and blocks of a sheet (layout_tables.py), which axis value a heading names (parse_fields.py, layout_sheets.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.layout_block import DEPTH, AxisValue, Field, Group, Table, bottom_of, unknown_in, with_close
from ingest.layout_headers import OF_OTHER_TIME, Headings, after_column_numbers, columns_of, own_path
from ingest.reader import Sheet
from ingest.spec import Column
from ingest.values import text_of
from ingest.wording import fold

SUM_HEADING = re.compile(rf"(?:{fold('tổng')}|{fold('cộng')})(?!\w)")


def matrix_at(sheet: Sheet, headings: Headings, cells: Headings, row: int, axis_value_of: AxisValue) -> Table:
    """The matrix if its groups were named in this row; its cell headers stand below, or it has none."""
    bottom = next((at for at in range(row + 1, row + DEPTH) if _has_any(sheet, cells, at)), row)
    has_cell_headers = bottom > row
    top = max(0, row - (DEPTH - 2))
    depth = bottom - top + 1
    fields: list[Field] = []
    groups: list[Group] = []
    seen: set[str] = set()
    group_fields: set[str] = set()
    lone = set() if has_cell_headers else _lone_groups(sheet, headings, cells, row, axis_value_of)
    for index in columns_of(sheet, range(row, bottom + 1)):
        text = text_of(sheet.shown(row, index)) or ""
        under = cells.find(text_of(sheet.shown(bottom, index)) or "") if has_cell_headers else None
        if _merged_down(sheet, row, bottom, index):
            under = None
        named = None if under else headings.of_path(own_path(sheet, top, depth, index))
        if named is not None and named.column.name not in seen and axis_value_of(text) is None:
            seen.add(named.column.name)
            fields.append(Field(index, named.column, None, named.fit, text))
            continue
        if under is None and index not in lone:
            continue
        origin = sheet.merge_origin.get((row, index), (row, index))
        own_text = text_of(sheet.value(*origin))
        if own_text is not None and not (groups and (groups[-1].row, groups[-1].index) == origin):
            groups.append(Group(*origin, own_text))
            group_fields = set()
        if not groups:
            continue
        cell_column = under.column if under is not None else _lone_column(cells) or cells.columns[0]
        if cell_column.name not in group_fields:
            group_fields.add(cell_column.name)
            fields.append(Field(index, cell_column, len(groups) - 1))
    if _is_data(sheet, headings, row, fields, groups):
        return Table(sheet, row, row + 1, ())
    shared = [field for field in fields if field.group is None]
    fields += with_close(sheet, headings, tuple(shared), row, bottom - row + 1)[len(shared) :]
    fields = _once_each(fields)
    last = bottom_of(sheet, row, bottom - row + 1, [field.index for field in fields])
    unknown = unknown_in(sheet, row, last - row + 1, {field.index for field in fields})
    return Table(sheet, row, after_column_numbers(sheet, last + 1), tuple(fields), tuple(groups), unknown=unknown)


def _lone_column(cells: Headings) -> Column | None:
    """The column of a group without headings of its own: the only one there is, of two the one that is needed."""
    needed = [column for column in cells.columns if column.required] if len(cells.columns) == 2 else cells.columns
    return needed[0] if len(needed) == 1 else None


def _lone_groups(sheet: Sheet, headings: Headings, cells: Headings, row: int, axis_value_of: AxisValue) -> set[int]:
    """Worksheet columns that are a group each: those that name an axis value, and strange ones between these.

    A strange heading among criteria is one that its sender calls differently: it is asked, not passed over.
    """
    if _lone_column(cells) is None:
        return set()
    texts = {index: text_of(sheet.value(row, index)) or "" for index in sheet.rows.get(row, {})}
    known = sorted(index for index, text in texts.items() if axis_value_of(text) is not None)
    between = {
        index
        for index, text in texts.items()
        if known and known[0] < index < known[-1] and text and not SUM_HEADING.match(fold(text))
    }
    strange = {index for index in between if headings.find(texts[index]) is None}
    merged = {index for index in columns_of(sheet, [row]) if axis_value_of(text_of(sheet.shown(row, index)) or "")}
    found = merged | set(known) | (strange if len(known) > len(strange) else set())
    return set() if any(_is_divided(sheet, row, index) for index in found) else found


def _is_divided(sheet: Sheet, row: int, index: int) -> bool:
    """Whether several columns stand under one heading, such as last year's marks beside those of this period."""
    below = text_of(sheet.value(row + 1, index))
    if below is not None and OF_OTHER_TIME.search(fold(below)):
        return True
    return sheet.merge_origin.get((row, index), (row, index))[1] < index and any(
        other > row and column == index for other, column in sheet.cells
    )


def _is_data(sheet: Sheet, headings: Headings, row: int, fields: Iterable[Field], groups: Sequence[Group]) -> bool:
    """Whether a row whose groups are mere numbers is a row of data or of column numbers: 1 | Xã Tập Sơn | 1 | 1 | 0.

    Numbers that name groups ascend, and nothing but headings stands beside them.
    """
    numbers = [int(group.text) for group in groups if group.text.isdecimal()]
    if not groups or len(numbers) < len(groups):
        return False
    if any(second <= first for first, second in pairwise(numbers)):
        return True
    beside = [field.index for field in fields if field.group is None]
    texts = [text_of(sheet.value(row, index)) for index in beside]
    return any(text is not None and headings.find(text) is None for text in texts)


def _once_each(fields: Iterable[Field]) -> list[Field]:
    """One field per worksheet column: one that a group has is not repaired into another."""
    by_index: dict[int, Field] = {}
    for field in fields:
        by_index.setdefault(field.index, field)
    return sorted(by_index.values(), key=lambda field: field.index)


def _has_any(sheet: Sheet, cells: Headings, row: int) -> bool:
    return any(cells.find(text_of(value) or "") for value in sheet.rows.get(row, {}).values())


def _merged_down(sheet: Sheet, row: int, bottom: int, index: int) -> bool:
    return sheet.merge_origin.get((bottom, index), (bottom, index))[0] <= row
