"""Faults of files: what is no workbook, what is broken, locked or unsafe, what a workbook carries beside cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from ingest.template import WrittenCells
from simulate.planting.declaration import Edit, Planting
from simulate.planting.report import Address, Spot
from simulate.planting.structure import edited

FORM, SHEET = "helper_activities", "07. Hoạt động giúp đỡ"
MEETING = (FORM, ("842-2023-002", "29263"), "participant_count")
SWOLLEN = 40 << 20  # bytes of zeros, packed into 40 KB
DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:oneCellAnchor><xdr:from>
<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>29</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="9"
cy="9"/><xdr:pic/><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
Target="../drawings/drawing9.xml"/></Relationships>"""


def _replaced_by(content: bytes) -> Edit:
    """Another file under the name of the workbook."""

    def edit(path: Path, _: WrittenCells) -> Spot:
        path.write_bytes(content)
        return Address(None)

    return edit


def _cut(path: Path, _: WrittenCells) -> Spot:
    path.write_bytes(path.read_bytes()[:4000])
    return Address(None)


def _locked(path: Path, _: WrittenCells) -> Spot:
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

    locked = BytesIO()
    with path.open("rb") as plain:
        OOXMLFile(plain).encrypt("matkhau", locked)
    path.write_bytes(locked.getvalue())
    return Address(None)


def _archive() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bao cao.txt", "Gửi kèm ba tệp báo cáo")
    return packed.getvalue()


def _with_parts(added: Mapping[str, bytes | str], spot: Spot | None = None) -> Edit:
    """More parts in the package, which nothing refers to."""
    return _repacked(lambda parts, _: parts.update({name: _bytes(content) for name, content in added.items()}), spot)


def _in_part(name: str, old: str, new: str, spot: Spot | None = None) -> Edit:
    """Other words in a part of the package. Raises ValueError where the part does not hold the old ones."""

    def change(parts: dict[str, bytes], _: WrittenCells) -> None:
        text = parts[name].decode()
        if not re.search(old, text):
            raise ValueError(f"{name} does not hold {old}")
        parts[name] = re.sub(old, new, text, count=1).encode()

    return _repacked(change, spot)


def _repacked(change: Callable[[dict[str, bytes], WrittenCells], object], spot: Spot | None = None) -> Edit:
    """The package taken apart, changed and packed again."""

    def edit(path: Path, cells: WrittenCells) -> Spot:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts, cells)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return Address(None) if spot is None else spot

    return edit


def _part_of(parts: Mapping[str, bytes], sheet: str) -> str:
    """The part of a sheet: the template numbers them in order."""
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def _from_elsewhere(parts: dict[str, bytes], cells: WrittenCells) -> None:
    """A figure that another workbook gives, with the result last saved."""
    sheet, cell = cells.cells[MEETING]
    name = _part_of(parts, sheet)
    text, count = re.subn(rf'(<c r="{cell}"[^>]*>)<v>', r"\1<f>[1]Tháng!$B$4</f><v>", parts[name].decode())
    if not count:
        raise ValueError(f"{name} does not hold a number in {cell}")
    parts[name] = text.encode()


def _with_picture(parts: dict[str, bytes], _: WrittenCells) -> None:
    name = _part_of(parts, SHEET)
    parts[f"xl/worksheets/_rels/{name.rsplit('/', 1)[-1]}.rels"] = RELATIONS.encode()
    parts["xl/drawings/drawing9.xml"] = DRAWING.encode()


def _uncalculated(book: Any) -> Spot:
    cell = next(cell for row in book[SHEET].iter_rows(min_row=9) for cell in row if cell.value == 24)
    cell.value = "=12+12"
    return Address(SHEET, cell.coordinate)


def _hidden_sheet(book: Any) -> Spot:
    sheet = book.create_sheet("Nháp")
    sheet["A1"] = "Số liệu nháp, chưa rà soát"
    sheet.sheet_state = "hidden"
    return Address("Nháp")


def _chart_sheet(book: Any) -> Spot:
    from openpyxl.chart import BarChart

    book.create_chartsheet("Biểu đồ").add_chart(BarChart())
    return Address("Biểu đồ")


def _bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


WORKBOOK = "xl/workbook.xml"
PLANTINGS = (
    Planting("workbook_unreadable", "a line of plain text", edit=_replaced_by("Kính gửi Văn phòng Điều phối".encode())),
    Planting("workbook_damaged", "a file cut off after 4,000 bytes", edit=_cut),
    Planting("workbook_encrypted", "a file with a password", edit=_locked),
    Planting("workbook_too_large", "40 MB of nothing, packed into 40 KB",
             edit=_with_parts({"xl/worksheets/sheet99.xml": b"\0" * SWOLLEN})),
    Planting("workbook_unsafe", "a part that declares entities",
             edit=_in_part(WORKBOOK, r"\?>", '?><!DOCTYPE workbook [<!ENTITY x "y">]>')),
    Planting("file_is_pdf_or_image", "a PDF",
             edit=_replaced_by(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")),
    Planting("file_is_document", "a letter", edit=_replaced_by(rb"{\rtf1\ansi Kinh gui}")),
    Planting("file_is_web_page", "a table saved as a web page",
             edit=_replaced_by(b"<html><body><table><tr><td>1</td></tr></table></body></html>")),
    Planting("file_is_archive", "a zip of files", edit=_replaced_by(_archive())),
    Planting("formula_not_calculated", "a formula without a result", edit=edited(_uncalculated),
             consequences=("value_unreadable",)),
    Planting("results_may_be_stale", "calculated by hand, and not on saving",
             edit=_in_part(WORKBOOK, r"<calcPr [^>]*/>", '<calcPr calcId="124519" calcMode="manual" calcOnSave="0"/>')),
    Planting("external_link_not_followed", "a figure from another workbook",
             edit=_repacked(_from_elsewhere, MEETING)),
    Planting("macros_not_run", "a project of macros", edit=_with_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    Planting("data_connection_not_refreshed", "a connection to a database",
             edit=_with_parts({"xl/connections.xml": "<connections/>"})),
    Planting("embedded_object_not_read", "a document inside",
             edit=_with_parts({"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"})),
    Planting("picture_not_read", "a picture below a table", edit=_repacked(_with_picture, Address(SHEET, "B30"))),
    Planting("sheet_hidden", "a hidden sheet with text", edit=edited(_hidden_sheet)),
    Planting("sheet_without_cells", "a sheet that is a chart", edit=edited(_chart_sheet)),
)  # fmt: skip
