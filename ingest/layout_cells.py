"""Cells of a layout version: a column that holds either of two fields, one that holds two, codes of the layout's own.

Belongs here: from one worksheet cell to the fields it fills, and the constants of a sheet. Does not belong here: which
column stands where (layout_tables.py), what a plain cell says (values.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest import reference
from ingest.layout import TITLE, UNIT, YEAR, Constant, LayoutColumn, LayoutVersion
from ingest.layout_tables import Table
from ingest.problem import Problem
from ingest.reader import CellValue, Sheet, cell_address
from ingest.spec import Column, ColumnType, FormSpec
from ingest.values import AMBIGUOUS, UNREADABLE, FieldValue, text_of
from ingest.wording import fold

Read = Callable[[CellValue | None, Column], FieldValue]
Placed = tuple[FieldValue, str | None]  # a value and the address of its cell

CAPTION_CELLS = 2  # a line above a table with more is a row of another
WORD = re.compile(r"[^\W\d_][\w\u0300-\u0323]*")
COMMON_WORDS = frozenset(
    fold(word) for word in ("tỷ", "tỉ", "lệ", "xã", "có", "các", "và", "được", "hộ", "đạt", "theo")
)
NAMING_WORDS = 3  # fewer words name no indicator
UNLIKE, ALIKE = 0.34, 0.75  # shares of the typed words that the indicator of the number, and another, have
CONNECTING = re.compile(
    r"[\s,;:.()\-–]|quyết định|quyet dinh|\bqđ\b|\bqd\b|\bsố\b|\bso\b|\bngày\b|\bngay\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Context:
    """What a sheet in a hand-made layout does not say itself: whose report it is, and for when."""

    unit: Mapping[str, Any]
    period: Mapping[str, Any]


def title_of(sheet: Sheet, before_row: int, from_row: int = 0) -> str:
    """Everything that stands above the table, folded into one line; below another table only what follows that."""
    texts = [
        fold(value)
        for row, cells in sheet.rows.items()
        if from_row <= row < before_row
        for value in cells.values()
        if isinstance(value, str)
    ]
    return " ".join(texts)


def under_own_titles(layout: LayoutVersion, tables: Sequence[Table]) -> list[tuple[int, list[Table]]]:
    """The blocks of a sheet by the titles that they stand under, each with the row where its title may begin."""
    found: list[tuple[int, list[Table]]] = []
    for table in tables:
        first = _caption_row(table.sheet, table.header_row)
        title = title_of(table.sheet, table.header_row, first)
        if not found:
            found.append((0, [table]))
        elif any(fold(words) in title for words in layout.titles):
            found.append((first, [table]))
        else:
            found[-1][1].append(table)
    return found


def _caption_row(sheet: Sheet, header_row: int) -> int:
    """The first of the lines of text directly above a header."""
    first = header_row
    for row in sorted((row for row in sheet.rows if row < header_row), reverse=True):
        cells = sheet.rows[row]
        if len(cells) > CAPTION_CELLS or not all(isinstance(value, str) for value in cells.values()):
            break
        first = row
    return first


def choice_of_section(constant: Constant, section: str) -> FieldValue | None:
    """What the heading of a section says in place of the title of the sheet; None where it says nothing of it."""
    folded = fold(section)
    chosen = tuple(dict.fromkeys(value for words, value in constant.choices.items() if fold(words) in folded))
    if not chosen:
        return None
    return FieldValue(chosen[0], section) if len(chosen) == 1 else FieldValue(None, section, AMBIGUOUS)


def constants_of(
    layout: LayoutVersion, spec: FormSpec, table: Table, context: Context, title_row: int = 0
) -> tuple[dict[str, Placed], list[Problem]]:
    """The values that every row of a block has; a title that names two of the choices, or none, is asked."""
    title = title_of(table.sheet, table.header_row, title_row)
    values: dict[str, Placed] = {}
    problems = []
    for name, constant in layout.constants.items():
        match constant.source:
            case None:
                values[name] = FieldValue(constant.value), None
            case _ if constant.source == UNIT:
                values[name] = FieldValue(context.unit["unit_id"].partition(".")[0]), None
            case _ if constant.source == YEAR:
                values[name] = FieldValue(context.period["year"]), None
            case _ if constant.source == TITLE:
                chosen = _chosen(constant, title)
                if len(chosen) == 1:
                    words = [words for words, value in constant.choices.items() if value == chosen[0]]
                    values[name] = _placed(chosen[0], words, table, title_row)
                if len(chosen) > 1 or (not chosen and name in layout.required):
                    column = spec.column(name)
                    shown: dict[str, str] = {}
                    for said, value in constant.choices.items():
                        shown.setdefault(value, said.rstrip(" ,;/"))
                    named = " / ".join(said for value, said in shown.items() if not chosen or value in chosen)
                    problems.append(
                        Problem("title_ambiguous", spec.form, table.sheet.name, value=column.header, expected=named)
                    )
    return values, problems


def _placed(value: str, words: Sequence[str], table: Table, title_row: int) -> Placed:
    """The value with the text and cell of the title that says it; without any where no word of the title does."""
    for row, cells in table.sheet.rows.items():
        for index, cell in cells.items():
            is_title = title_row <= row < table.header_row
            if is_title and isinstance(cell, str) and any(fold(one) in fold(cell) for one in words):
                return FieldValue(value, cell.strip()), cell_address(row, index)
    return FieldValue(value), None


def _chosen(constant: Constant, title: str) -> tuple[str, ...]:
    found = [value for words, value in constant.choices.items() if fold(words) in title]
    if not found and constant.value is not None:
        found = [constant.value]
    return tuple(dict.fromkeys(found))


def fields_of(
    laid: LayoutColumn, spec: FormSpec, cell: CellValue | None, read: Read, *, is_worded: bool = False
) -> dict[str, FieldValue]:
    """The fields that one cell fills. `is_worded`: what the row is about has a verdict and no figure."""
    if laid.split:
        return _split(laid, spec, cell, read)
    if not laid.by_content:
        return {laid.name: read(cell, spec.column(laid.name))}
    columns = [spec.column(name) for name in laid.by_content]
    blank = {column.name: FieldValue() for column in columns}
    text = text_of(cell)
    if text is None:
        return blank
    if is_worded:
        columns = [column for column in columns if column.type not in (ColumnType.DECIMAL, ColumnType.INTEGER)]
    has_digits = any(char.isdecimal() for char in text)
    for column in columns:
        if column.type is ColumnType.TEXT and has_digits and not is_worded:
            continue
        value = read(cell, column)
        if value.problem is None and (column is columns[-1] or value.typed is not None):
            return blank | {column.name: value}
    first = columns[0] if has_digits or len(columns) == 1 else columns[-1]
    value = read(cell, first)
    return blank | {first.name: value if value.problem else FieldValue(None, text, UNREADABLE)}


def _split(laid: LayoutColumn, spec: FormSpec, cell: CellValue | None, read: Read) -> dict[str, FieldValue]:
    """The parts of a cell, where each stands in it at most once and nothing else but words between them does."""
    text = text_of(cell)
    if text is None:
        return {name: FieldValue() for name in laid.split}
    rest, parts = unicodedata.normalize("NFC", text), {}
    for name, pattern in laid.split.items():
        found = list(pattern.finditer(rest))
        if len(found) > 1:
            return {name: FieldValue(None, text, UNREADABLE) for name in laid.split}
        if found:
            parts[name] = found[0].group("part").strip()
            rest = rest[: found[0].start()] + " " + rest[found[0].end() :]
    if not parts or CONNECTING.sub("", rest):
        return {name: FieldValue(None, text, UNREADABLE) for name in laid.split}
    values = {name: read(parts[name], spec.column(name)) if name in parts else FieldValue() for name in laid.split}
    return {
        name: FieldValue(value.typed, text if value.text else None, value.problem) for name, value in values.items()
    }


def indicator_of(set_code: str | None, indicator_no: str) -> Mapping[str, Any] | None:
    """The indicator of a criteria set by its number; None for a number that the set does not have."""
    return _indicators(set_code).get(indicator_no)


def is_named_as_another(set_code: str | None, indicator_no: str, name: str) -> bool:
    """Whether the words beside an indicator's number are those of another indicator of the set, and not its own."""
    words = _words(name)
    if len(words) < NAMING_WORDS:
        return False
    shares = {number: len(words & known) / len(words) for number, known in _indicator_words(set_code).items()}
    own = shares.pop(indicator_no, 1.0)
    return own <= UNLIKE and max(shares.values(), default=0.0) >= ALIKE


@cache
def _indicator_words(set_code: str | None) -> dict[str, frozenset[str]]:
    return {number: _words(row["indicator_name_vi"]) for number, row in _indicators(set_code).items()}


def _words(name: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(name))) - COMMON_WORDS


@cache
def _indicators(set_code: str | None) -> dict[str, Mapping[str, Any]]:
    return {row["indicator_no"]: row for row in reference.rows("indicators") if row["set_code"] == set_code}
