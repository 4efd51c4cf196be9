"""Reading .ods: one streaming pass over content.xml gives cells, what is hidden, merged ranges, formulas and fonts.

Belongs here: OpenDocument tables. Calamine is not used: it drops percentages, errors, truth values and merged ranges of
this format. Does not belong here: the container (reader_package.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from ingest.reader_limits import Limits, UnreadableWorkbook, damaged, too_large
from ingest.reader_package import Package
from ingest.reader_sheet import (
    MAX_COLUMN,
    MAX_ROW,
    Address,
    Notice,
    RawSheet,
    RawWorkbook,
    cell_address,
    check_merged,
    places_notice,
)
from ingest.reader_styles import is_legacy_font

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT = f"{{{NAMES}office:1.0}}", f"{{{NAMES}table:1.0}}", f"{{{NAMES}text:1.0}}"
STYLE, DRAW = f"{{{NAMES}style:1.0}}", f"{{{NAMES}drawing:1.0}}"
CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
ROW_TAG, COLUMN_TAG, TABLE_TAG = TABLE + "table-row", TABLE + "table-column", TABLE + "table"
CELL_TAGS = (TABLE + "table-cell", TABLE + "covered-table-cell")
DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
OTHER_BOOK = re.compile(r"'(?:file|https?):", re.IGNORECASE)
FORMULA_PREFIX = re.compile(r"^\w+:=?")


def read_ods(package: Package, limits: Limits) -> RawWorkbook:
    """All sheets of a checked package. Raises UnreadableWorkbook."""
    from lxml import etree

    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise UnreadableWorkbook("workbook_encrypted", "mật khẩu")
    raw = RawWorkbook("ods")
    reader = _Content(raw, limits)
    events = etree.iterparse(
        BytesIO(package.require("content.xml")), events=("start", "end"), resolve_entities=False, no_network=True,
        huge_tree=False, remove_comments=True,
    )  # fmt: skip
    try:
        for event, element in events:
            if event == "start":
                reader.start(element)
            else:
                reader.end(element)
    except etree.XMLSyntaxError as error:
        raise damaged("content.xml") from error
    if any(name.startswith("Basic/") and name.endswith(".xml") for name in package.names):
        raw.notices.append(Notice("macros_not_run"))
    return raw


class _Content:
    """State of the pass over content.xml."""

    def __init__(self, raw: RawWorkbook, limits: Limits) -> None:
        self._raw, self._limits = raw, limits
        self._cells = 0
        self._hidden_tables: set[str] = set()
        self._fonts: dict[str, str] = {}  # cell style -> legacy font
        self._families: dict[str, str] = {}
        self._sheet: RawSheet | None = None
        self._depth = 0  # of tables within tables: only the outermost is a sheet
        self._row = self._column = 0

    def start(self, element: Any) -> None:
        if element.tag == TABLE_TAG:
            self._depth += 1
            parent = element.getparent()
            if self._depth == 1 and parent is not None and parent.tag == OFFICE + "spreadsheet":
                is_visible = element.get(TABLE + "style-name") not in self._hidden_tables
                self._sheet = RawSheet(element.get(TABLE + "name", ""), is_visible)
                self._row = self._column = 0
                self._uncalculated: dict[Address, str] = {}
                self._external: list[Address] = []
                self._pictures: list[Address] = []
                if len(self._raw.sheets) >= self._limits.sheets:
                    raise too_large(f"> {self._limits.sheets} trang")

    def end(self, element: Any) -> None:
        if element.tag == STYLE + "style":
            self._read_style(element)
        elif element.tag == STYLE + "font-face":
            family = element.get("{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family", "")
            self._families[element.get(STYLE + "name", "")] = family.strip("'\"")
        elif element.tag == TABLE_TAG:
            self._depth -= 1
            if self._depth == 0 and self._sheet is not None:
                self._close_sheet(self._sheet)
                element.clear()
        elif self._sheet is not None and self._depth == 1:
            if element.tag == COLUMN_TAG:
                self._read_column(element, self._sheet)
            elif element.tag == ROW_TAG:
                self._read_row(element, self._sheet)
                element.clear()
            elif element.tag == DRAW + "image" and element.getparent().getparent().tag == TABLE + "shapes":
                self._pictures.append((0, 0))

    def _read_style(self, element: Any) -> None:
        name = element.get(STYLE + "name", "")
        for child in element:
            if child.tag == STYLE + "table-properties" and child.get(TABLE + "display") == "false":
                self._hidden_tables.add(name)
            elif child.tag == STYLE + "text-properties":
                face = child.get(STYLE + "font-name", "")
                font = self._families.get(face, face)
                if is_legacy_font(font):
                    self._fonts[name] = font

    def _read_column(self, element: Any, sheet: RawSheet) -> None:
        count = _repeats(element, "number-columns-repeated", MAX_COLUMN)
        if element.get(TABLE + "visibility") in ("collapse", "filter"):
            sheet.hidden_columns.update(range(self._column, min(self._column + count, MAX_COLUMN)))
        self._column += count

    def _read_row(self, element: Any, sheet: RawSheet) -> None:
        count = _repeats(element, "number-rows-repeated", MAX_ROW)
        is_hidden = element.get(TABLE + "visibility") in ("collapse", "filter")
        column = 0
        for cell in element:
            if cell.tag not in CELL_TAGS:
                continue
            width = _repeats(cell, "number-columns-repeated", MAX_COLUMN)
            self._read_cell(cell, sheet, column, width, count)
            column += width
        if is_hidden and any((self._row, place) in sheet.cells for place in range(min(column, MAX_COLUMN))):
            sheet.hidden_rows.update(range(self._row, self._row + count))
        self._row += count

    def _read_cell(self, cell: Any, sheet: RawSheet, column: int, width: int, height: int) -> None:
        formula = cell.get(TABLE + "formula")
        value = _value(cell)
        is_uncalculated = value is None and formula is not None and cell.get(OFFICE + "value-type") is None
        if is_uncalculated:
            value = ("=" + FORMULA_PREFIX.sub("", formula).lstrip("="))[:200]
        first = (self._row, column)
        if cell.get(TABLE + "number-columns-spanned") or cell.get(TABLE + "number-rows-spanned"):
            bottom = self._row + _repeats(cell, "number-rows-spanned", MAX_ROW) - 1
            right = column + _repeats(cell, "number-columns-spanned", MAX_COLUMN) - 1
            if (bottom, right) != first:
                sheet.merged.append((first, (bottom, right)))
        if any(True for _ in cell.iter(DRAW + "image")):
            self._pictures.append(first)
        if value is None:
            return
        self._cells += width * height
        if self._cells > self._limits.cells:
            raise too_large(f"> {self._limits.cells} ô")
        if self._row + height > MAX_ROW or column + width > MAX_COLUMN:
            raise damaged(f"ô {cell_address(*first)}")
        font = self._fonts.get(cell.get(TABLE + "style-name", ""))
        for place in _places(first, width, height):
            sheet.cells[place] = value
            if formula is not None:
                sheet.formulas.add(place)
                if is_uncalculated:
                    self._uncalculated[place] = str(value)
                if OTHER_BOOK.search(formula):
                    self._external.append(place)
            if font and isinstance(value, str):
                sheet.fonts[place] = font

    def _close_sheet(self, sheet: RawSheet) -> None:
        self._sheet = None
        sheet.keep_hidden_with_cells()
        check_merged(sheet.merged)
        self._raw.sheets.append(sheet)
        for rule_id, places in (
            ("formula_not_calculated", list(self._uncalculated)),
            ("external_link_not_followed", self._external),
        ):
            if places:
                self._raw.notices.append(places_notice(rule_id, sheet.name, places))
        if self._pictures:
            first = cell_address(*min(self._pictures))
            self._raw.notices.append(Notice("picture_not_read", sheet.name, first, str(len(self._pictures))))


def _value(cell: Any) -> Any:
    """What a cell shows; None where it is blank. Raises UnreadableWorkbook for a value that its type does not allow."""
    kind = cell.get(OFFICE + "value-type")
    try:
        if cell.get(CALC_TYPE) == "error":
            return _text(cell) or "#N/A"
        if kind in ("float", "currency", "percentage"):
            number = float(cell.get(OFFICE + "value", ""))
            if number - number != 0:  # infinite, or no number
                return cell.get(OFFICE + "value")
            return ("percent", number) if kind == "percentage" else number
        if kind == "boolean":
            return cell.get(OFFICE + "boolean-value") == "true"
        if kind == "date":
            return _date(cell.get(OFFICE + "date-value", ""))
        if kind == "time":
            return _time(cell.get(OFFICE + "time-value", ""))
    except ValueError as error:
        raise damaged(f"content.xml: {error}"[:80]) from error
    text = cell.get(OFFICE + "string-value") or _text(cell)
    return text if text.strip() else None


def _date(text: str) -> date | datetime | str:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text  # a day that no calendar has; as text it becomes a finding


def _time(text: str) -> time | timedelta:
    match = DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"time {text[:20]}")
    sign, *numbers = match.groups()
    days, hours, minutes, seconds = (int(number or 0) for number in numbers)
    if sign or days or hours >= 24 or minutes >= 60 or seconds >= 60:
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return -length if sign else length
    return time(hours, minutes, seconds)


def _text(cell: Any) -> str:
    """The paragraphs of a cell, without its comment."""
    return "\n".join("".join(_pieces(child)) for child in cell if child.tag == TEXT + "p")


def _pieces(element: Any) -> Iterator[str]:
    if element.tag == TEXT + "s":
        yield " " * min(_count(element.get(TEXT + "c", "1")), 1000)
    elif element.tag == TEXT + "tab":
        yield "\t"
    elif element.tag == TEXT + "line-break":
        yield "\n"
    elif element.tag != OFFICE + "annotation":
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""


def _repeats(element: Any, attribute: str, most: int) -> int:
    count = _count(element.get(TABLE + attribute, "1"))
    if not 1 <= count <= most:
        raise damaged(f"{attribute} = {count}")
    return count


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise damaged("content.xml")
    return int(text)


def _places(first: Address, width: int, height: int) -> Iterator[Address]:
    return ((row, column) for row in range(first[0], first[0] + height) for column in range(first[1], first[1] + width))
