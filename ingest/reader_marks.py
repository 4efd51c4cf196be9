"""What calamine leaves out of a worksheet of an .xlsx: errors, percentages, formulas, what is hidden, legacy fonts.

Belongs here: one scan of the part's bytes for the places that differ, on a sheet as office programs write it ("plain").
Does not belong here: sheets written in another way, which reader_canonical.py rewrites first. Each scan is skipped
where the bytes hold nothing to find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import compress, islice
from operator import add, lt
from typing import NamedTuple

from ingest.reader_limits import damaged, too_large
from ingest.reader_sheet import MAX_COLUMN, MAX_ROW, Address, RawSheet, Runs, check_merged, column_of
from ingest.reader_styles import CellFormats

CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="(\w+)")?(?: (?:cm|vm|ph)="\w+")*\s*/?>'
)
BLANK_CELL = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]{1,6}")?\s*/>')
ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"([^>]*)>')
HIDDEN = (b' hidden="1"', b' hidden="true"', b' ht="0"')
COLUMN = re.compile(rb"<col ([^>]*?)/?>")
ERROR = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*? t="e"[^>]*?(?<!/)>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>)?'
)
FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"([^>]*)(?<!/)>\s*<f\b([^>]*?)(?:/>|>([^<]*)</f>)\s*(?:<v\b[^>]*?(?:/>|>([^<]*)</v>))?'
)
FORMULA_TAG = re.compile(rb"<f[ />]")
STRING = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*? t="s"[^>]*?><v>([0-9]+)</v>')
SHARED = re.compile(rb' t="s"[^>]*?(?:/>|><v>[0-9]+</v>|></c>)')
MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?"\s*/?>')
MERGED_TAG = re.compile(rb"<mergeCell[\s/>]")
RANGE = re.compile(rb'\bref="([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})"')
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
OTHER_BOOK = re.compile(rb"\[[0-9]+\]")

UNKNOWN_ERROR = "#N/A"
FORMULA_SHOWN = 200
TEXT_TYPES = (b"s", b"str", b"inlineStr")
ROW_WIDTH = MAX_COLUMN
MAX_ARRAY = 20_000
MANY_CELLS = 50_000


class Extent(NamedTuple):
    """A plain sheet's cells, blank ones included: how many, and the places of its last row and column."""

    cells: int
    rows: int
    columns: int


@dataclass
class Marks:
    """Places that need more than calamine tells."""

    extent: Extent
    errors: dict[Address, str] = field(default_factory=dict)
    percent: list[Address] = field(default_factory=list)
    uncalculated: dict[Address, str] = field(default_factory=dict)
    external: list[Address] = field(default_factory=list)


def scan(sheet: bytes, formats: CellFormats, runs: dict[int, Runs], raw: RawSheet, max_cells: int) -> Marks | None:
    """The marks of a worksheet; hidden rows and columns, formulas, merges and fonts go into `raw`.

    None where the sheet is not written in the plain way or its cells stand out of order: it must be rewritten first.
    Raises UnreadableWorkbook for references that no sheet has.
    """
    opened = sheet.count(b"<c ") + sheet.count(b"<c>") + sheet.count(b"<c/>")
    if opened > max_cells * 4:
        raise too_large(f"{opened} ô")
    cells = CELL.findall(sheet)
    if len(cells) != opened or b"<!" in sheet or b":c r=" in sheet or (opened and b"<sheetData>" not in sheet):
        return None
    letters, numbers, styles, kinds = zip(*cells, strict=True) if cells else ((), (), (), ())
    columns = {name: column_of(name.decode()) for name in set(letters)}
    rows = {number: int(number) * ROW_WIDTH for number in set(numbers)}
    places = list(map(add, map(rows.__getitem__, numbers), map(columns.__getitem__, letters)))
    if not all(map(lt, places, islice(places, 1, None))):
        return None
    if b' t="s"' in sheet and len(SHARED.findall(sheet)) != kinds.count(b"s"):
        raise damaged("xl/sharedStrings.xml")  # calamine would take the cell for a blank one
    last_column = max(columns.values(), default=-1)
    if last_column >= MAX_COLUMN or (places and places[-1] // ROW_WIDTH > MAX_ROW):
        raise damaged("ô ngoài trang tính")
    marks = Marks(Extent(opened, places[-1] // ROW_WIDTH if places else 0, last_column + 1))
    used = set(styles) - {b""}
    if any(int(style) >= max(formats.count, 1) for style in used):
        raise damaged("xl/styles.xml")
    if not _read_rows(sheet, {start // ROW_WIDTH for start in rows.values()}, raw):
        return None
    percent = {style for style in used if int(style) in formats.percent}
    if percent:
        shown = compress(places, map(percent.__contains__, styles))
        marks.percent = [(place // ROW_WIDTH - 1, place % ROW_WIDTH) for place in shown]
    legacy = {style: formats.legacy_fonts[int(style)] for style in used if int(style) in formats.legacy_fonts}
    if legacy:
        for place, style, kind in zip(places, styles, kinds, strict=True):
            if style in legacy and kind in TEXT_TYPES:
                raw.fonts[place // ROW_WIDTH - 1, place % ROW_WIDTH] = legacy[style]
    if b't="e"' in sheet:
        for name, row, text in ERROR.findall(sheet):
            marks.errors[int(row) - 1, columns[name]] = unescape(text.decode()) or UNKNOWN_ERROR
    if runs:
        for name, row, index in STRING.findall(sheet):
            if int(index) in runs:
                place = int(row) - 1, columns[name]
                of_cell = raw.fonts.get(place)
                own = of_cell if isinstance(of_cell, str) else None
                raw.fonts[place] = tuple((piece, font or own) for piece, font in runs[int(index)])
    if b"<f" in sheet and not _read_formulas(sheet, columns, raw, marks):
        return None
    _read_columns(sheet, raw)
    raw.merged = merged_ranges(sheet)
    return marks


def without_blank_cells(sheet: bytes) -> bytes:
    """The sheet without cells that only carry a format, where it has very many: formats often run to its end."""
    return BLANK_CELL.sub(b"", sheet) if sheet.count(b"<c ") > MANY_CELLS else sheet


def merged_ranges(sheet: bytes) -> list[tuple[Address, Address]]:
    """Merged ranges of a worksheet. Raises UnreadableWorkbook where they are none, or overlap."""
    if b"<mergeCell" not in sheet:
        return []
    found = MERGED.findall(sheet)
    if len(found) != len(MERGED_TAG.findall(sheet)):
        raise damaged("ô gộp")
    ranges = []
    for left, top, right, bottom in found:
        first = (int(top) - 1, column_of(left.decode()))
        last = (int(bottom) - 1, column_of(right.decode())) if right else first
        if last[0] < first[0] or last[1] < first[1] or last[0] >= MAX_ROW or last[1] >= MAX_COLUMN:
            raise damaged("ô gộp")
        ranges.append((first, last))
    check_merged(ranges)
    return ranges


def _read_rows(sheet: bytes, used: set[int], raw: RawSheet) -> bool:
    """Whether the numbers of the rows ascend and their cells lie in them; hidden ones are kept."""
    rows = ROW.findall(sheet)
    numbers = [int(number) for number, _ in rows]
    if len(rows) != sheet.count(b"<row ") + sheet.count(b"<row>") or numbers != sorted(set(numbers)):
        return False
    if any(mark in sheet for mark in HIDDEN):
        raw.hidden_rows = {int(number) - 1 for number, rest in rows if any(mark in rest for mark in HIDDEN)}
    return used <= set(numbers)


def _read_columns(sheet: bytes, raw: RawSheet) -> None:
    for match in COLUMN.finditer(sheet, 0, max(sheet.find(b"<sheetData"), 0)):
        values = dict(ATTRIBUTE.findall(match.group(1)))
        is_hidden = values.get(b"hidden") in (b"1", b"true") or values.get(b"width") == b"0"
        first, last = values.get(b"min", b""), values.get(b"max", b"")
        if is_hidden and first.isdigit() and last.isdigit():
            raw.hidden_columns.update(range(int(first) - 1, min(int(last), MAX_COLUMN)))


def _read_formulas(sheet: bytes, columns: dict[bytes, int], raw: RawSheet, marks: Marks) -> bool:
    """Whether each formula was understood; their places, those without a result, those that name another book."""
    for tag in FORMULA_TAG.finditer(sheet):
        match = FORMULA.match(sheet, sheet.rfind(b"<c ", 0, tag.start()))
        if match is None:
            return False
        letters, row, attributes, options, text, result = match.groups()
        place = (int(row) - 1, columns[letters])
        raw.formulas.add(place)
        if options and b'"array"' in options:
            _add_array(options, raw)
        if not result and b't="str"' not in attributes and b't="e"' not in attributes:
            marks.uncalculated[place] = "=" + (unescape((text or b"").decode())[: FORMULA_SHOWN - 1] or "…")
        if text and b"[" in text and OTHER_BOOK.search(text):
            marks.external.append(place)
    return True


def _add_array(options: bytes, raw: RawSheet) -> None:
    """An array formula stands in its first cell and gives the values of all cells of its range."""
    match = RANGE.search(options)
    if match is None:
        return
    left, top, right, bottom = match.groups()
    first, last = column_of(left.decode()), column_of(right.decode())
    if (int(bottom) - int(top) + 1) * (last - first + 1) <= MAX_ARRAY:
        for row in range(int(top) - 1, int(bottom)):
            raw.formulas.update((row, column) for column in range(first, last + 1))
