"""Fields of landing rows: one cell read as its column's type, and what its sender is told of it.

Belongs here: what the rows of a sheet share (Setting), values with their original texts, repairs, names of column
groups. Does not belong here: which cell a field stands in (parse_rows.py) and what a text can mean (values.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ingest import dates
from ingest.code_list import NAME_ALIAS, NO_MATCH, CodeList
from ingest.codes import CodeBook
from ingest.damaged_text import damaged_words
from ingest.layout import LayoutVersion
from ingest.layout_rows import Line
from ingest.problem import Problem
from ingest.reader import CellValue, Sheet, cell_address
from ingest.spec import Column, ColumnType, FormSpec, SheetSpec
from ingest.values import AMBIGUOUS, NOT_IN_LIST, FieldValue, read_value, shown
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
NUMBERED = re.compile(r"(?:tc|tiêu chí(?: số)?)?\s*(?P<number>\d{1,2})(?!\d)\s*[.):-]?\s*(?P<name>.*)")


@dataclass
class Setting:
    """What the rows of one sheet share: the form, the sheet's place in it, code lists, and how it is laid out."""

    spec: FormSpec
    part: SheetSpec
    codes: CodeBook | None
    axis_list: CodeList | None
    layout: LayoutVersion | None = None
    constants: Mapping[str, tuple[FieldValue, str | None]] = field(default_factory=dict)
    money_unit: str | None = None  # printed above the table, where it is another than the form's
    is_money_doubtful: bool = False
    problems: list[Problem] = field(default_factory=list)
    repaired: set[str] = field(default_factory=set)  # cells whose repair has been told

    @property
    def is_of_indicators(self) -> bool:
        return self.spec.rows == "indicators"


def read_field(cell: CellValue | None, column: Column, code_list: CodeList | None, unit: str | None) -> FieldValue:
    """A cell as its column's type; parts and numbers of indicators in the one spelling that keys compare."""
    value = read_value(cell, column, code_list, unit)
    if value.typed is None or column.type is not ColumnType.TEXT:
        return value
    if column.name == "part_code":
        return replace(value, typed=PARTS.get(fold(value.typed), value.typed))
    if column.name == "indicator_no":
        return replace(value, typed=as_indicator_no(value.typed))
    return value


def with_original(sheet: Sheet, place: tuple[int, int], value: FieldValue) -> FieldValue:
    """The value with its text as it stands in the file, where the reader decoded it."""
    original = sheet.originals.get(place)
    if original is None:
        return value
    return replace(value, text=original, repair=value.repair or "legacy_font")


def tell_repair(
    setting: Setting, sheet: Sheet, place: tuple[int, int], value: FieldValue, column: Column, codes: CodeList | None
) -> None:
    """Note that a value was repaired, once per cell: what was typed, and how it was read."""
    cell = cell_address(*place)
    if value.typed is None or cell in setting.repaired:
        return
    setting.repaired.add(cell)
    found = Problem(
        "value_repaired", setting.spec.form, sheet.name, cell, value.text, shown(value.typed, column, codes)
    )
    setting.problems.append(found)


def tell_damage(setting: Setting, sheet: Sheet, place: tuple[int, int], value: FieldValue, column: Column) -> None:
    """Note the words of a free text that a conversion has damaged; the text stays as it is."""
    if column.type is not ColumnType.TEXT or not isinstance(value.typed, str):
        return
    if words := damaged_words(value.typed):
        found = Problem("text_damaged", setting.spec.form, sheet.name, cell_address(*place), ", ".join(words))
        setting.problems.append(found)


def axis_value(text: str, axis_list: CodeList | None) -> FieldValue:
    """The axis value that a heading names: by the list, or by its number unless its words name another."""
    match = axis_list.match(text) if axis_list else None
    if match is None or axis_list is None:
        return FieldValue(None, text, NOT_IN_LIST)
    if match.code is not None:
        return FieldValue(match.code, text, None, match.repair)
    numbered = None if match.is_ambiguous else NUMBERED.fullmatch(fold(text))
    name = numbered["name"] if numbered else text
    begun = axis_list.beginning(name) if name and not name.isdecimal() else ()
    if numbered and (code := axis_list.find(numbered["number"])) is not None:
        other = axis_list.match(name) if name else NO_MATCH
        if other == NO_MATCH and (not begun or code in begun):
            return FieldValue(code, text)
        return FieldValue(None, text, AMBIGUOUS)
    if not match.is_ambiguous and not numbered and len(begun) == 1:
        return FieldValue(begun[0], text, None, NAME_ALIAS)
    return FieldValue(None, text, AMBIGUOUS if match.is_ambiguous else NOT_IN_LIST)


def is_month_first(text: str) -> bool | None:
    """True for a day that can only be read with the month first, 02/13/2023, False for 13/02/2023; None for others."""
    read = dates.read_day(text)
    if read.found is None or read.found.day <= 12:
        return None
    return read.repair == dates.US_ORDER


def asked_beside_us_order(value: FieldValue, text: str) -> FieldValue:
    """A day as it is read in a column where others stand month first: 04/05/2023 may be 5 April there."""
    if value.typed is None or len(dates.both_orders(text, value.typed)) == 1:
        return value
    return replace(value, typed=None, problem=AMBIGUOUS, repair=None)


def new_row(setting: Setting, sheet: Sheet, row_id: str, line: Line) -> Row:
    """A landing row with its keys and no field."""
    return {
        "form_version": setting.layout.name if setting.layout else setting.spec.version,
        "criteria_set_code": setting.part.criteria_set_code,
        "sheet": sheet.name,
        "row_id": row_id,
        "row_number": line.row + 1,
        "row_kind": str(line.kind),
        "section": line.section,
        "total_scope": str(line.scope) if line.scope else None,
        "sums_from": None if line.sums_from is None else line.sums_from + 1,
        "sums_to": None if line.sums_to is None else line.sums_to + 1,
    }


def put(row: Row, column: Column, value: FieldValue, cell: str | None) -> None:
    """Lay one field into a row: typed value, text, cell and problem."""
    row[column.name] = value.typed
    row[f"{column.name}__text"] = value.text
    row[f"{column.name}__cell"] = cell
    row[f"{column.name}__problem"] = value.problem


def as_indicator_no(text: str) -> str:
    match = INDICATOR_NO.fullmatch(text)
    return match[1] if match else text
