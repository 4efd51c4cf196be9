"""What a workbook carries beside plain cells is kept where it counts, and told where its sender should know."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from expectations.catalogue import RuleKind, Severity, rule
from ingest.problem import Problem
from ingest.reader import Workbook, read_workbook

BLOCKING = (
    *("workbook_unreadable", "workbook_encrypted", "workbook_empty", "workbook_damaged", "workbook_too_large"),
    *("workbook_unsafe", "file_is_pdf_or_image", "file_is_document", "file_is_web_page", "file_is_archive"),
)
NOTICES = (
    *("formula_not_calculated", "results_may_be_stale", "external_link_not_followed", "macros_not_run"),
    *("data_connection_not_refreshed", "embedded_object_not_read", "picture_not_read", "sheet_hidden"),
    "sheet_without_cells",
)


class Book:
    """A workbook under way, its first sheet and its path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Any = xlsxwriter.Workbook(str(path))
        self.sheet: Any = self.book.add_worksheet("Biểu")
        self.sheet.write("A1", "x")

    def read(self, changes: Mapping[str, tuple[str, str] | bytes] | None = None) -> Workbook:
        """The workbook, after texts of parts were replaced or parts were added."""
        self.book.close()
        if changes:
            with zipfile.ZipFile(self.path) as source:
                parts = {name: source.read(name) for name in source.namelist()}
            for name, change in changes.items():
                if isinstance(change, bytes):
                    parts[name] = change
                else:
                    assert change[0].encode() in parts[name]
                    parts[name] = parts[name].replace(change[0].encode(), change[1].encode())
            with zipfile.ZipFile(self.path, "w") as package:
                for name, content in parts.items():
                    package.writestr(name, content)
        return read_workbook(self.path)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "a.xlsx")


def test_every_reason_and_notice_has_words_for_its_sender() -> None:
    for rule_id in (*BLOCKING, *NOTICES):
        assert rule(rule_id).kind is RuleKind.STRUCTURE
        assert "ề nghị" in rule(rule_id).message_vi or rule_id in ("sheet_without_cells", "macros_not_run")
    assert {rule(rule_id).severity for rule_id in BLOCKING} == {Severity.BLOCKING}
    assert {rule(rule_id).severity for rule_id in NOTICES} == {Severity.INFO, Severity.WARNING}


def test_an_ordinary_workbook_gives_no_notice(book: Book) -> None:
    book.sheet.write_formula("B1", "=1+1", None, 2)
    book.book.add_worksheet("_danh_muc").hide()
    assert book.read().notices == ()


def test_formulas_are_known_and_their_saved_results_are_the_values(book: Book) -> None:
    book.sheet.write_formula("B1", "=1+1", None, 2)
    book.sheet.write_formula("B2", '="a"&"b"', None, "ab")
    book.sheet.write_formula("B3", '=IF(A1="x","","y")', None, "nothing")
    book.sheet.write_array_formula("C1:C3", "{=ROW(1:3)}", None, 1)
    (sheet,) = book.read({"xl/worksheets/sheet1.xml": ("<v>nothing</v>", "<v></v>")}).sheets
    assert sheet.formulas == {(0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2)}
    assert {place: sheet.cells.get(place) for place in ((0, 1), (1, 1), (2, 1))} == {
        (0, 1): 2.0,
        (1, 1): "ab",
        (2, 1): None,
    }


def test_a_formula_without_a_result_is_its_text_and_never_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Biểu"
    book.active["B2"] = '=SUM(A1:A9)&"<&>"'
    book.active["B3"] = "=" + "A1+" * 200 + "A1"
    book.save(tmp_path / "a.xlsx")
    workbook = read_workbook(tmp_path / "a.xlsx")
    (sheet,) = workbook.sheets
    assert sheet.cells[1, 1] == '=SUM(A1:A9)&"<&>"'
    assert len(str(sheet.cells[2, 1])) == 200
    assert workbook.notices == (Problem("formula_not_calculated", sheet="Biểu", cell="B2", value="2 ô: B2, B3"),)


def test_a_formula_error_is_its_error_and_no_second_finding(book: Book) -> None:
    book.sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
    workbook = book.read()
    assert workbook.sheets[0].cells[0, 1] == "#DIV/0!"
    assert workbook.notices == ()


def test_a_formula_that_names_another_file_is_told_with_its_cells(book: Book) -> None:
    for row in range(2, 9):
        book.sheet.write_formula(f"B{row}", "=1+1", None, 2)
    workbook = book.read({"xl/worksheets/sheet1.xml": ("<f>1+1</f>", "<f>[1]Sheet1!$A$1</f>")})
    assert workbook.sheets[0].cells[1, 1] == 2.0
    said = "7 ô: B2, B3, B4, B5, B6, …"
    assert workbook.notices == (Problem("external_link_not_followed", sheet="Biểu", cell="B2", value=said),)


@pytest.mark.parametrize(
    ("calculation", "is_stale"),
    [
        ('calcMode="manual" calcOnSave="0"', True),
        ('calcMode="manual"', False),  # calculated when it was saved
        ('calcCompleted="0"', True),
        ('fullCalcOnLoad="1"', False),  # every program but Excel writes it, whether or not results are fresh
    ],
)
def test_results_that_were_not_calculated_again_are_told(book: Book, calculation: str, is_stale: bool) -> None:
    book.sheet.write_formula("B1", "=1+1", None, 2)
    workbook = book.read({"xl/workbook.xml": ('fullCalcOnLoad="1"', calculation)})
    assert [notice.rule_id for notice in workbook.notices] == ["results_may_be_stale"] * is_stale


def test_hidden_rows_columns_and_sheets_that_hold_cells_are_known(book: Book) -> None:
    book.sheet.write("B5", 1)
    book.sheet.write("F1", 1)
    for row in (4, 7):
        book.sheet.set_row(row, None, None, {"hidden": True})
    book.sheet.set_column("E:G", 9, None, {"hidden": True})
    for name, hide in (("Cũ", "hide"), ("Rất cũ", "very_hidden")):
        other = book.book.add_worksheet(name)
        other.write("A1", 1)
        getattr(other, hide)()
    book.book.add_worksheet("Trống").hide()
    workbook = book.read()
    assert (workbook.sheets[0].hidden_rows, workbook.sheets[0].hidden_columns) == ({4}, {5})
    assert [sheet.is_visible for sheet in workbook.sheets] == [True, False, False, False]
    assert [(notice.rule_id, notice.sheet) for notice in workbook.notices] == [
        ("sheet_hidden", "Cũ"),
        ("sheet_hidden", "Rất cũ"),
    ]


def test_a_chart_sheet_has_no_cells_and_is_told(book: Book) -> None:
    chart = book.book.add_chart({"type": "column"})
    chart.add_series({"values": "=Biểu!$A$1:$A$3"})
    book.book.add_chartsheet("Biểu đồ").set_chart(chart)
    workbook = book.read()
    assert [sheet.name for sheet in workbook.sheets] == ["Biểu"]
    assert workbook.notices == (Problem("sheet_without_cells", sheet="Biểu đồ"),)


def small_picture() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_pictures_over_cells_are_told(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(small_picture())
    book.sheet.insert_image("D9", str(tmp_path / "a.png"))
    book.sheet.insert_image("C12", str(tmp_path / "a.png"))
    assert book.read().notices == (Problem("picture_not_read", sheet="Biểu", cell="D9", value="2"),)


def test_macros_connections_and_embedded_objects_are_left_alone_and_told(book: Book) -> None:
    enabled = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    workbook = book.read(
        {
            "[Content_Types].xml": (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                enabled,
            ),
            "xl/vbaProject.bin": b"macro",
            "xl/connections.xml": b"<connections/>",
            "xl/embeddings/oleObject1.bin": b"PK\x03\x04 not opened",
        }
    )
    assert workbook.kind == "xlsm"
    assert workbook.notices == (
        Problem("macros_not_run"),
        Problem("data_connection_not_refreshed"),
        Problem("embedded_object_not_read", value="1"),
    )


def test_text_of_legacy_fonts_is_decoded_and_kept_as_it_was(book: Book) -> None:
    tcvn3 = book.book.add_format({"font_name": ".VnTime"})
    book.sheet.write("A2", "x· §\xadêng", tcvn3)
    book.sheet.write("A3", "Xã Đại An", tcvn3)  # Unicode typed into a legacy font
    book.sheet.write("A4", 12.5, tcvn3)
    book.sheet.write("A5", "Xin chaøo caùc baïn", book.book.add_format({"font_name": "VNI-Times"}))
    book.sheet.write("A6", "n«ng th«n míi")  # the font was lost in pasting
    (sheet,) = book.read().sheets
    assert [sheet.cells[row, 0] for row in range(1, 6)] == [
        "xã Đường",
        "Xã Đại An",
        12.5,
        "Xin chào các bạn",
        "nông thôn mới",
    ]
    assert sheet.originals == {(1, 0): "x· §\xadêng", (4, 0): "Xin chaøo caùc baïn", (5, 0): "n«ng th«n míi"}


def test_a_text_in_two_fonts_is_decoded_piece_by_piece(book: Book) -> None:
    tcvn3 = book.book.add_format({"font_name": ".VnTime"})
    book.sheet.write_rich_string("A2", "Xã ", tcvn3, "§\xadêng", " (đạt)")
    (sheet,) = book.read().sheets
    assert sheet.cells[1, 0] == "Xã Đường (đạt)"
    assert sheet.originals == {(1, 0): "Xã §\xadêng (đạt)"}
