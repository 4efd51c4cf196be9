"""Reading .xlsx and .xlsm: parts of the package become raw sheets; values by calamine, the rest by reader_marks.py.

Belongs here: which part is which sheet, and the minimal package that calamine is given: only what was checked, each
sheet in the plain form. Does not belong here: the container (reader_package.py), notices (reader_notices.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from ingest.reader_canonical import Canonical, rewrite
from ingest.reader_limits import Limits, damaged, too_large
from ingest.reader_marks import Marks, scan, without_blank_cells
from ingest.reader_notices import of_package, of_sheet_parts
from ingest.reader_package import Package, pack
from ingest.reader_sheet import Address, Notice, RawSheet, RawWorkbook, filled_cells, places_notice
from ingest.reader_styles import read_formats, runs_in_legacy_fonts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKSHEET = "worksheet"
SPARSE_PLACES, SPARSE_SHARE = 200_000, 20  # a sheet this large with this few cells is read without its blank stretches


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook part. `kind` is the last word of its relation: worksheet, chartsheet, …"""

    name: str
    is_visible: bool
    kind: str
    part: str


def read_xlsx(package: Package, kind: str, limits: Limits) -> RawWorkbook:
    """All worksheets of a checked package. Raises UnreadableWorkbook."""
    main = next((target for type_, target, _ in package.relations("").values() if type_ == "officeDocument"), "")
    workbook = package.xml(main)
    relations = package.relations(main)
    sheets = sheet_parts(workbook, relations, package)
    if len(sheets) > limits.sheets:
        raise too_large(f"{len(sheets)} trang")
    strings = _related(package, relations, "sharedStrings")
    styles = _related(package, relations, "styles")
    formats = read_formats(styles)
    runs = runs_in_legacy_fonts(strings, has_legacy_cells=bool(formats.legacy_fonts))
    parts = _frame(workbook, strings, styles)
    raw = RawWorkbook(kind)
    scanned: list[tuple[RawSheet, Marks, Canonical | None]] = []
    worksheets = [sheet for sheet in sheets if sheet.kind == WORKSHEET]
    for index, sheet in enumerate(worksheets):
        target = RawSheet(sheet.name, sheet.is_visible)
        content = without_blank_cells(package.require(sheet.part))
        marks = scan(content, formats, runs, target, limits.cells)
        canonical = None
        if marks is None or _is_sparse(marks):
            canonical = rewrite(sheet.part, content, limits.cells)
            content = canonical.part
            target = RawSheet(sheet.name, sheet.is_visible)
            marks = scan(content, formats, runs, target, limits.cells)
            if marks is None:
                raise damaged(sheet.part)
        if marks.extent.rows * marks.extent.columns > limits.places:
            raise too_large(f"{marks.extent.rows} × {marks.extent.columns} ô")
        parts[f"xl/worksheets/s{index}.xml"] = _without_dimension(content)
        scanned.append((target, marks, canonical))
    parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"] = _workbook_part(workbook, len(worksheets))
    packed = pack(parts)
    del parts
    _read_values(packed, raw, scanned, limits)
    raw.notices += of_package(package, workbook, bool(any(sheet.formulas for sheet in raw.sheets)))
    raw.notices += of_sheet_parts(package, sheets)
    return raw


def sheet_parts(workbook: Any, relations: dict[str, tuple[str, str, bool]], package: Package) -> list[SheetPart]:
    """The sheets in order. Raises UnreadableWorkbook where one has no part or two have one name."""
    found = []
    for entry in workbook.iter("{*}sheet"):
        relation = next((value for key, value in entry.attrib.items() if key.endswith("}id")), "")
        kind, part, is_outside = relations.get(relation, ("", "", True))
        if is_outside or package.part(part) is None:
            raise damaged(f"xl/workbook.xml: {entry.get('name', '')[:40]}")
        found.append(SheetPart(entry.get("name", ""), entry.get("state", "visible") == "visible", kind, part))
    if len({sheet.name.lower() for sheet in found}) < len(found) or len({sheet.part for sheet in found}) < len(found):
        raise damaged("xl/workbook.xml")
    return found


def _without_dimension(content: bytes) -> bytes:
    """The sheet without the range that it claims to fill: nothing needs it, and calamine refuses odd ones."""
    start = content.find(b"<dimension ", 0, content.find(b"<sheetData"))
    end = content.find(b"/>", start)
    is_empty_element = start >= 0 and content.find(b"<", start + 1) > end
    return content[:start] + content[end + 2 :] if is_empty_element else content


def _is_sparse(marks: Marks) -> bool:
    places = marks.extent.rows * marks.extent.columns
    return places > SPARSE_PLACES and places > SPARSE_SHARE * marks.extent.cells


def _read_values(
    packed: bytes, raw: RawWorkbook, scanned: list[tuple[RawSheet, Marks, Canonical | None]], limits: Limits
) -> None:
    from python_calamine import CalamineWorkbook

    left = limits.cells
    with CalamineWorkbook.from_filelike(BytesIO(packed)) as workbook:
        for index, (target, marks, canonical) in enumerate(scanned):
            sheet = workbook.get_sheet_by_index(index)
            # With skip_empty_area the first cell with content would pass for A1.
            rows = sheet.to_python(skip_empty_area=False) if sheet.end is not None else []
            cells = filled_cells(rows, left)
            _mark(cells, marks)
            left -= len(cells)
            target.cells = cells
            if canonical is not None:
                _move_back(target, marks, canonical)
            target.keep_hidden_with_cells()
            raw.sheets.append(target)
            raw.notices += _cell_notices(target, marks)


def _mark(cells: dict[Address, Any], marks: Marks) -> None:
    for place in marks.percent:
        value = cells.get(place)
        if type(value) in (int, float):
            cells[place] = ("percent", value)
    cells.update(marks.errors)
    cells.update(marks.uncalculated)


def _move_back(target: RawSheet, marks: Marks, canonical: Canonical) -> None:
    """Give every place of a rewritten sheet the address that it has in the sender's file."""
    rows, columns = canonical.row_of, canonical.column_of

    def moved(place: Address) -> Address:
        return rows[place[0]], columns[place[1]]

    target.cells = {moved(place): value for place, value in target.cells.items()}
    target.fonts = {moved(place): value for place, value in target.fonts.items()}
    target.formulas = {moved(place) for place in target.formulas if place[0] < len(rows) and place[1] < len(columns)}
    target.hidden_rows = {rows[row] for row in target.hidden_rows if row < len(rows)}
    marks.uncalculated = {moved(place): text for place, text in marks.uncalculated.items()}
    marks.external = [moved(place) for place in marks.external]


def _cell_notices(sheet: RawSheet, marks: Marks) -> list[Notice]:
    found = []
    if marks.uncalculated:
        found.append(places_notice("formula_not_calculated", sheet.name, marks.uncalculated))
    if marks.external:
        found.append(places_notice("external_link_not_followed", sheet.name, marks.external))
    return found


def _frame(workbook: Any, strings: bytes | None, styles: bytes | None) -> dict[str, bytes]:
    """The parts that calamine needs beside workbook and sheets."""
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    if styles is not None:
        parts["xl/styles.xml"] = styles
    return parts


def _workbook_part(workbook: Any, count: int) -> tuple[bytes, bytes]:
    """A workbook part with so many sheets, named by their number, in the date system of the sender's; its relations."""
    is_1904 = any(entry.get("date1904") in ("1", "true") for entry in workbook.iter("{*}workbookPr"))
    sheets = "".join(f'<sheet name="s{index}" sheetId="{index + 1}" r:id="r{index}"/>' for index in range(count))
    relations = "".join(
        f'<Relationship Id="r{index}" Type="{OFFICE}/worksheet" Target="worksheets/s{index}.xml"/>'
        for index in range(count)
    )
    part = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(is_1904)}"/>'
        f"<sheets>{sheets}</sheets></workbook>"
    )
    return part.encode(), f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'.encode()


def _related(package: Package, relations: dict[str, tuple[str, str, bool]], kind: str) -> bytes | None:
    """The part to which the workbook points for that; None where it points to none. Raises where the part is gone."""
    target = next(
        (target for type_, target, is_outside in relations.values() if type_ == kind and not is_outside), None
    )
    return None if target is None else package.require(target)
