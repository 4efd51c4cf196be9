"""Binary workbooks (.xlsb): cells by calamine; errors, percentages, merged ranges and what is hidden by a record scan.

Belongs here: the records of BIFF12 parts. Does not belong here: the container (reader_package.py).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

from ingest.reader_biff import ERROR_TEXTS, UNKNOWN_ERROR
from ingest.reader_limits import Limits, damaged, too_large
from ingest.reader_notices import of_parts
from ingest.reader_package import Package, pack
from ingest.reader_sheet import MAX_COLUMN, MAX_ROW, Notice, RawSheet, RawWorkbook, check_merged, filled_cells
from ingest.reader_styles import PERCENT_FORMATS, CellFormats, is_legacy_font, shows_percent

ROW_HEADER, SHEET, MERGED, COLUMN_INFO = 0, 156, 177, 60
FONT, FORMAT, XF, BEGIN_CELL_XFS, END_CELL_XFS = 43, 44, 47, 617, 618
NUMBERS, ERRORS, TEXTS, FORMULAS, CELLS = (2, 5, 9), (3, 11), (6, 7, 8), (8, 9, 10, 11), range(1, 12)
ROW_IS_HIDDEN, COLUMN_IS_HIDDEN = 0x10, 0x01
CELL_HEADER = struct.Struct("<II")
FONT_NAME_AT = 21


def read_xlsb(package: Package, limits: Limits) -> RawWorkbook:
    """All worksheets of a checked package. Raises UnreadableWorkbook."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    main = next((target for type_, target, _ in package.relations("").values() if type_ == "officeDocument"), "")
    try:
        parts = _sheet_parts(package, main)
        formats = _formats(package, main)
        raw = RawWorkbook("xlsb", notices=of_parts(package))
        left = limits.cells
        scanned = {}
        for name, (kind, part) in parts.items():
            if kind == "worksheet":
                scanned[name] = target = RawSheet(name)
                errors, percentages = _scan(package.require(part), formats, target, limits)
                target.cells = {**dict.fromkeys(percentages, None), **errors}
        with CalamineWorkbook.from_filelike(BytesIO(pack(package.parts))) as workbook:
            metadata = workbook.sheets_metadata
            if [entry.name for entry in metadata] != list(parts) or len(metadata) > limits.sheets:
                raise damaged(main)
            for index, entry in enumerate(metadata):
                if entry.typ is not SheetTypeEnum.WorkSheet or entry.name not in scanned:
                    raw.notices.append(Notice("sheet_without_cells", entry.name))
                    continue
                target = scanned[entry.name]
                target.is_visible = entry.visible is SheetVisibleEnum.Visible
                sheet = workbook.get_sheet_by_index(index)
                marks, rows = target.cells, sheet.to_python(skip_empty_area=False) if sheet.end is not None else []
                target.cells = filled_cells(rows, left)
                for place, error in marks.items():
                    value = target.cells.get(place)
                    if error is not None:
                        target.cells[place] = error
                    elif type(value) in (int, float):
                        target.cells[place] = ("percent", value)
                target.keep_hidden_with_cells()
                check_merged(target.merged)
                left -= len(target.cells)
                raw.sheets.append(target)
    except (struct.error, IndexError) as error:
        raise damaged(main) from error
    return raw


def records(name: str, part: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of a part. Raises UnreadableWorkbook where one is cut off."""
    offset, size = 0, len(part)
    while offset < size:
        kind, offset = _variable(part, offset, 2)
        length, offset = _variable(part, offset, 4)
        body = part[offset : offset + length]
        if len(body) < length:
            raise damaged(name)
        offset += length
        yield kind, body


def _variable(part: bytes, offset: int, most: int) -> tuple[int, int]:
    """A number of up to four bytes of seven bits (the kind of a record keeps its upper bits apart)."""
    value = 0
    for index in range(most):
        byte = part[offset]
        offset += 1
        value |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return value, offset


def _sheet_parts(package: Package, main: str) -> dict[str, tuple[str, str]]:
    relations = package.relations(main)
    found = {}
    for kind, body in records(main, package.require(main)):
        if kind == SHEET:
            relation, end = _string(body, 8)
            name, _ = _string(body, end)
            type_, part, is_outside = relations.get(relation, ("", "", True))
            if is_outside or name in found:
                raise damaged(main)
            found[name] = (type_, part)
    return found


def _formats(package: Package, main: str) -> CellFormats:
    """The cell formats; none where the workbook points to no part with them."""
    name = next((target for type_, target, _ in package.relations(main).values() if type_ == "styles"), None)
    if name is None:
        return CellFormats()
    custom: set[int] = set()
    fonts: list[str] = []
    percent: set[int] = set()
    legacy: dict[int, str] = {}
    index = -1  # -1: outside the cell formats
    count = 0
    for kind, body in records(name, package.require(name)):
        if kind == FORMAT:
            if shows_percent(_string(body, 2)[0]):
                custom.add(struct.unpack_from("<H", body)[0])
        elif kind == FONT:
            fonts.append(_string(body, FONT_NAME_AT)[0])
        elif kind in (BEGIN_CELL_XFS, END_CELL_XFS):
            index = 0 if kind == BEGIN_CELL_XFS else -1
        elif kind == XF and index >= 0:
            _, number_format, font = struct.unpack_from("<HHH", body)
            if number_format in PERCENT_FORMATS | custom:
                percent.add(index)
            if font < len(fonts) and is_legacy_font(fonts[font]):
                legacy[index] = fonts[font]
            index += 1
            count = index
    return CellFormats(count, frozenset(percent), legacy)


def _scan(
    part: bytes, formats: CellFormats, target: RawSheet, limits: Limits
) -> tuple[dict[tuple[int, int], str], list[tuple[int, int]]]:
    """Errors and places of percentages; what is hidden, merged or a formula goes into the sheet."""
    errors: dict[tuple[int, int], str] = {}
    percentages: list[tuple[int, int]] = []
    row = last_row = last_column = 0
    for kind, body in records(target.name, part):
        if kind == ROW_HEADER:
            (row,) = struct.unpack_from("<I", body)
            if row >= MAX_ROW:
                raise damaged(f"hàng {row}")
            if body[11] & ROW_IS_HIDDEN:
                target.hidden_rows.add(row)
        elif kind in CELLS:
            column, style = CELL_HEADER.unpack_from(body)
            place, style = (row, column), style & 0xFFFFFF
            if column >= MAX_COLUMN:
                raise damaged(f"cột {column}")
            if style >= max(formats.count, 1):
                raise damaged("xl/styles.bin")
            if kind != 1:
                last_row, last_column = max(last_row, row), max(last_column, column)
            if kind in FORMULAS:
                target.formulas.add(place)
            if kind in ERRORS:
                errors[place] = ERROR_TEXTS.get(body[8], UNKNOWN_ERROR)
            elif kind in NUMBERS and style in formats.percent:
                percentages.append(place)
            elif kind in TEXTS and style in formats.legacy_fonts:
                target.fonts[place] = formats.legacy_fonts[style]
        elif kind == COLUMN_INFO and body[16] & COLUMN_IS_HIDDEN:
            first, last = struct.unpack_from("<II", body)
            target.hidden_columns.update(range(first, min(last, MAX_COLUMN - 1) + 1))
        elif kind == MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            if top <= bottom < MAX_ROW and left <= right < MAX_COLUMN:
                target.merged.append(((top, left), (bottom, right)))
    if (last_row + 1) * (last_column + 1) > limits.places:
        raise too_large(f"{last_row + 1} × {last_column + 1} ô")
    return errors, percentages


def _string(body: bytes, offset: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, offset)
    start = offset + 4
    if length > (len(body) - start) // 2:
        raise damaged("xlsb")
    return body[start : start + 2 * length].decode("utf-16-le", "replace"), start + 2 * length
