"""Old workbooks (.xls): cells by calamine; errors, percentages, formulas, what is hidden and fonts by a record scan.

Belongs here: the records of the workbook stream (BIFF5 and BIFF8). Does not belong here: the compound file that holds
the stream (reader_ole.py).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ingest.reader_limits import Limits, UnreadableWorkbook, damaged, too_large
from ingest.reader_ole import OleFile
from ingest.reader_sheet import Address, Notice, RawSheet, RawWorkbook, check_merged, filled_cells
from ingest.reader_styles import PERCENT_FORMATS, is_legacy_font, shows_percent

BOF, EOF, FILEPASS = 0x809, 0x0A, 0x2F
BOUNDSHEET, FONT, FORMAT, XF, SUPBOOK = 0x85, 0x31, 0x41E, 0xE0, 0x1AE
ROW, COLUMN_INFO = 0x208, 0x7D
NUMBER, RK, MULTIPLE_RK, FORMULA, TRUTH_OR_ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
TEXTS = (0xFD, 0x204, 0xD6)  # shared, plain and rich strings
WORKSHEET, ROW_IS_HIDDEN, COLUMN_IS_HIDDEN = 0, 0x20, 0x01
ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
UNKNOWN_ERROR = "#N/A"


class _Globals:
    """What the first records say of the whole workbook: sheets, and which cell formats show what."""

    def __init__(self, stream: bytes) -> None:
        self.sheets: list[tuple[int, int]] = []  # kind and offset
        self.has_links = False
        fonts: list[str] = []
        formats: dict[int, str] = {}
        pairs: list[tuple[int, int]] = []
        is_8 = stream[4:6] == b"\x00\x06"
        for kind, body in records(stream, 0):
            if kind == FILEPASS:
                raise UnreadableWorkbook("workbook_encrypted", "mật khẩu")
            if kind == BOUNDSHEET:
                self.sheets.append((body[5], struct.unpack_from("<I", body)[0]))
            elif kind == FONT:
                fonts.append(_text(body[14:], 1, is_8))
            elif kind == FORMAT:
                formats[struct.unpack_from("<H", body)[0]] = _text(body[2:], 2 if is_8 else 1, is_8)
            elif kind == XF:
                pairs.append(struct.unpack_from("<HH", body))
            elif kind == SUPBOOK and len(body) > 4 and body[2:4] not in (b"\x01\x04", b"\x01\x3a"):
                self.has_links = True
        custom = {number for number, code in formats.items() if shows_percent(code)}
        self.percent = {index for index, (_, number) in enumerate(pairs) if number in PERCENT_FORMATS | custom}
        self.legacy_fonts = {}
        for index, (number, _) in enumerate(pairs):
            place = number - 1 if number > 4 else number  # there is no font 4
            if place < len(fonts) and is_legacy_font(fonts[place]):
                self.legacy_fonts[index] = fonts[place]


def read_xls(data: bytes, ole: OleFile, limits: Limits) -> RawWorkbook:
    """All worksheets of an old workbook. Raises UnreadableWorkbook."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    name = ole.workbook_stream
    assert name is not None
    stream = ole.stream(name)
    try:
        workbook_globals = _Globals(stream)
        raw = RawWorkbook("xls")
        left = limits.cells
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            metadata = workbook.sheets_metadata
            if len(metadata) > limits.sheets:
                raise too_large(f"{len(metadata)} trang")
            if len(metadata) != len(workbook_globals.sheets):
                raise damaged("OLE2: Workbook")
            for index, entry in enumerate(metadata):
                if entry.typ is not SheetTypeEnum.WorkSheet:
                    raw.notices.append(Notice("sheet_without_cells", entry.name))
                    continue
                sheet = workbook.get_sheet_by_index(index)
                target = RawSheet(entry.name, entry.visible is SheetVisibleEnum.Visible)
                rows = sheet.iter_rows() if sheet.end is not None else iter(())
                target.cells = filled_cells(rows, left)
                target.merged = list(sheet.merged_cell_ranges or [])
                _scan_sheet(stream, workbook_globals.sheets[index][1], workbook_globals, target)
                target.keep_hidden_with_cells()
                check_merged(target.merged)
                left -= len(target.cells)
                raw.sheets.append(target)
    except (struct.error, IndexError) as error:
        raise damaged("OLE2: Workbook") from error
    if "_VBA_PROJECT_CUR" in ole.names or "_VBA_PROJECT" in ole.names:
        raw.notices.append(Notice("macros_not_run"))
    if workbook_globals.has_links:
        raw.notices.append(Notice("external_link_not_followed", value="không rõ ô"))
    return raw


def records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Records of one part of the stream up to its end record, embedded parts left out. Raises where none ends it."""
    depth = 0
    size = len(stream)
    while True:
        if offset + 4 > size:
            raise damaged("OLE2: Workbook")
        kind, length = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + length]
        if len(body) < length:
            raise damaged("OLE2: Workbook")
        offset += 4 + length
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, body


def _scan_sheet(stream: bytes, offset: int, formats: _Globals, target: RawSheet) -> None:
    for kind, body in records(stream, offset):
        if kind in (NUMBER, RK):
            row, column, style = struct.unpack_from("<HHH", body)
            _mark_percent(target, (row, column), style in formats.percent)
        elif kind == MULTIPLE_RK:
            row, column = struct.unpack_from("<HH", body)
            for index in range((len(body) - 6) // 6):
                (style,) = struct.unpack_from("<H", body, 4 + 6 * index)
                _mark_percent(target, (row, column + index), style in formats.percent)
        elif kind == FORMULA:
            row, column, style = struct.unpack_from("<HHH", body)
            target.formulas.add((row, column))
            if body[12:14] != b"\xff\xff":
                _mark_percent(target, (row, column), style in formats.percent)
            elif body[6] == 2:
                target.cells[row, column] = ERROR_TEXTS.get(body[8], UNKNOWN_ERROR)
        elif kind == TRUTH_OR_ERROR:
            row, column = struct.unpack_from("<HH", body)
            if body[7]:
                target.cells[row, column] = ERROR_TEXTS.get(body[6], UNKNOWN_ERROR)
        elif kind in TEXTS:
            row, column, style = struct.unpack_from("<HHH", body)
            if style in formats.legacy_fonts:
                target.fonts[row, column] = formats.legacy_fonts[style]
        elif kind == ROW and body[12] & ROW_IS_HIDDEN:
            target.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == COLUMN_INFO and body[8] & COLUMN_IS_HIDDEN:
            first, last = struct.unpack_from("<HH", body)
            target.hidden_columns.update(range(first, min(last, 255) + 1))


def _mark_percent(target: RawSheet, place: Address, is_percent: bool) -> None:
    value: Any = target.cells.get(place)
    if is_percent and type(value) in (int, float):
        target.cells[place] = ("percent", value)


def _text(body: bytes, length_size: int, is_8: bool) -> str:
    """A string with its length before it: of BIFF8 with a flag for two-byte letters, else of one-byte letters."""
    length = int.from_bytes(body[:length_size], "little")
    if not is_8:
        return body[length_size : length_size + length].decode("cp1252", "replace")
    if body[length_size] & 1:
        return body[length_size + 1 : length_size + 1 + 2 * length].decode("utf-16-le", "replace")
    return body[length_size + 1 : length_size + 1 + length].decode("latin-1")
