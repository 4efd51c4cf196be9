"""Finding things on a sheet by what is printed there: labels of a record; the rest is told by the layout modules.

Belongs here: labels and their values, and one door to sheets, tables and rows. Does not belong here: reading the
values found (parse.py). Sheets are renamed, rows inserted, headers rewritten by those who fill them in; nothing counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.layout_headers import Fit, Headings
from ingest.layout_rows import RowKind, rows_of
from ingest.layout_sheets import assign_sheets, unrecognised_sheets
from ingest.layout_tables import Field, Group, Table, locate_table, locate_tables
from ingest.reader import CellValue, Sheet
from ingest.spec import Column
from ingest.values import text_of
from ingest.wording import fold_header

__all__ = [
    "Field",
    "Group",
    "Label",
    "RowKind",
    "Table",
    "assign_sheets",
    "locate_labelled",
    "locate_labels",
    "locate_table",
    "locate_tables",
    "rows_of",
    "unrecognised_sheets",
]

LABEL_COLUMNS = 12


@dataclass(frozen=True)
class Label:
    """A label of a record and the place of its value; `rest` is the value where it stands in the label's own cell."""

    row: int
    index: int
    text: str
    place: tuple[int, int]
    rest: str | None = None
    is_close: bool = False


def locate_labels(sheet: Sheet, columns: Sequence[Column]) -> dict[str, tuple[int, int]]:
    """Of a record: where the value of each column stands that has its label on the sheet."""
    return {name: label.place for name, label in locate_labelled(sheet, columns).items()}


def locate_labelled(sheet: Sheet, columns: Sequence[Column]) -> dict[str, Label]:
    """The labels of a record. A value stands right of its label, behind it in the same cell, or below it.

    Below counts on sheets where no value stands beside a label, and where labels stand side by side.
    """
    headings = Headings(columns)
    places: dict[tuple[int, int], tuple[Column, str, str | None, bool]] = {}
    taken: set[str] = set()
    for is_close in (False, True):
        for row, cells in sheet.rows.items():
            for index, value in cells.items():
                if index >= LABEL_COLUMNS or not isinstance(value, str) or (row, index) in places:
                    continue
                column, rest = _named(headings, value, taken, is_close=is_close)
                if column is not None:
                    taken.add(column.name)
                    places[row, index] = (column, value, rest, is_close)
    ends = {first: last for first, last in sheet.merged}
    beside = {place: (place[0], ends.get(place, place)[1] + 1) for place in places}
    below = {place: (ends.get(place, place)[0] + 1, place[1]) for place in places}
    all_below = not any(_is_value(sheet, place, places) for place in beside.values())
    found: dict[str, Label] = {}
    for place, (column, text, rest, is_close) in sorted(places.items(), key=lambda one: one[0]):
        value_place = beside[place]
        is_heading_row = value_place in places or any(p != place and p[0] == place[0] for p in places)
        if rest is not None:
            value_place = place
        elif (all_below or is_heading_row) and not _is_value(sheet, value_place, places):
            value_place = below[place] if _is_value(sheet, below[place], places) else value_place
        found[column.name] = Label(*place, text, value_place, rest, is_close)
    return found


def _named(headings: Headings, text: str, taken: set[str], *, is_close: bool) -> tuple[Column | None, str | None]:
    """The column that a label names, and what stands behind its colon in the same cell."""
    open_columns = [column for column in headings.columns if column.name not in taken]
    label, colon, rest = text.partition(":")
    if is_close:
        return headings.close(text, open_columns), None
    named = headings.find(text)
    if named is not None and named.column.name not in taken:
        return named.column, None
    named = headings.find(label) if colon and rest.strip() else None
    if named is not None and named.fit is Fit.EXACT and named.column.name not in taken:
        return named.column, rest.strip()
    return None, None


def _is_value(sheet: Sheet, place: tuple[int, int], labels: Mapping[tuple[int, int], object]) -> bool:
    value: CellValue | None = sheet.value(*place)
    return place not in labels and text_of(value) is not None and fold_header(text_of(value) or "") != ""
