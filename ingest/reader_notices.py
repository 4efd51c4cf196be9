"""What a package of Excel carries beside cells, that its sender should know was left alone: notices.

Belongs here: macros, connections, embedded objects, pictures, hidden sheets and sheets without cells, results that may
be stale. Does not belong here: the words (rules of the catalogue), and what is wrong with cells (reader_marks.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.own_sheets import OWN_SHEET_PREFIX
from ingest.reader_package import Package
from ingest.reader_sheet import Notice, RawWorkbook, cell_address

if TYPE_CHECKING:
    from ingest.reader_xlsx import SheetPart

MACRO_PARTS = ("/vbaproject.bin", "/macrosheets/")
CONNECTION_PARTS = ("/connections.xml", "/connections.bin", "/querytables/")


def of_package(package: Package, workbook: Any, has_formulas: bool) -> list[Notice]:
    """Notices about the whole of an .xlsx or .xlsm; `workbook` is the root of its workbook part."""
    found = of_parts(package)
    calculation = next(iter(workbook.iter("{*}calcPr")), None)
    if has_formulas and calculation is not None:
        # A book in manual mode is calculated when it is saved, unless that is switched off too.
        is_manual = calculation.get("calcMode") == "manual" and calculation.get("calcOnSave") in ("0", "false")
        if is_manual or calculation.get("calcCompleted") in ("0", "false"):
            found.append(Notice("results_may_be_stale"))
    return found


def of_parts(package: Package) -> list[Notice]:
    """Notices that the names of the parts give."""
    names = sorted(package.names)
    found = []
    if _any_of(names, MACRO_PARTS):
        found.append(Notice("macros_not_run"))
    if _any_of(names, CONNECTION_PARTS):
        found.append(Notice("data_connection_not_refreshed"))
    if objects := [name for name in names if "/embeddings/" in name.lower()]:
        found.append(Notice("embedded_object_not_read", value=str(len(objects))))
    return found


def of_sheet_parts(package: Package, sheets: list[SheetPart]) -> list[Notice]:
    """Sheets without cells, and sheets on which pictures lie."""
    found = []
    for sheet in sheets:
        if sheet.kind != "worksheet":
            found.append(Notice("sheet_without_cells", sheet.name))
            continue
        places = [
            place
            for kind, target, is_outside in package.relations(sheet.part).values()
            if kind == "drawing" and not is_outside and package.part(target) is not None
            for place in _pictures(package.xml(target))
        ]
        if places:
            first = min(places)
            found.append(Notice("picture_not_read", sheet.name, cell_address(*first), str(len(places))))
    return found


def of_hidden_sheets(workbook: RawWorkbook) -> list[Notice]:
    """Hidden sheets that hold cells, but for those of the template."""
    return [
        Notice("sheet_hidden", sheet.name)
        for sheet in workbook.sheets
        if not sheet.is_visible and sheet.cells and not sheet.name.startswith(OWN_SHEET_PREFIX)
    ]


def _pictures(drawing: Any) -> list[tuple[int, int]]:
    """Where the pictures of a drawing begin."""
    places = []
    for anchor in drawing:
        if isinstance(anchor.tag, str) and next(anchor.iter("{*}pic"), None) is not None:
            start = next(anchor.iter("{*}from"), None)
            row = "" if start is None else start.findtext("{*}row", "")
            column = "" if start is None else start.findtext("{*}col", "")
            inside = row.isdecimal() and column.isdecimal() and int(row) < 1_048_576 and int(column) < 16_384
            places.append((int(row), int(column)) if inside else (0, 0))
    return places


def _any_of(names: list[str], marks: tuple[str, ...]) -> bool:
    return any(mark in f"/{name.lower()}" for name in names for mark in marks)
