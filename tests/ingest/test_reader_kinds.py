"""A file is what it holds, not what it is called: each kind is read, or refused by a rule that says what it is."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from ingest.reader import Percent, Sheet, UnreadableWorkbook, cell_address, read_workbook

FIXTURES = Path(__file__).parent / "fixtures"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def by_address(sheet: Sheet) -> dict[str, object]:
    return {cell_address(*place): value for place, value in sheet.cells.items()}


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(path)
    return caught.value.rule_id, caught.value.value


def zip_of(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def test_an_old_workbook_shows_what_its_sender_sees() -> None:
    workbook = read_workbook(FIXTURES / "old.xls")
    assert workbook.kind == "xls"
    first, hidden, very_hidden = workbook.sheets
    assert by_address(first) == {
        "A1": "Xã Đại An",
        "B1": Percent(0.925),
        "C1": "#DIV/0!",
        "D1": date(2023, 4, 5),
        "F1": "cột ẩn",
        "A2": 1.85,
        "B3": "gộp",
        "A6": "ẩn",
        "A7": "Đường xã đạt chuẩn",
        "B7": 12345678901.0,
        "C7": 1.5,
        "D7": 100,
        "E7": Percent(0.5),
        "A8": True,
    }
    assert first.merged == (((2, 1), (3, 2)),)
    assert (first.hidden_rows, first.hidden_columns) == ({5}, {5})
    assert {(0, 2), (1, 0)} <= first.formulas
    assert first.originals == {(6, 0): "§\xadêng x· ®¹t chuÈn"}
    assert not hidden.is_visible
    assert not very_hidden.is_visible


def test_an_old_workbook_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = (FIXTURES / "old.xls").read_bytes()
    for size in (600, 2048, len(whole) // 2, len(whole) - 512, len(whole) - 1):
        assert refusal(written(tmp_path / "a.xls", whole[:size]))[0] == "workbook_damaged"


def open_document(body: str, styles: str = "", manifest: str = "") -> bytes:
    spaces = "".join(
        f' xmlns:{prefix}="{ODF}:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
        )
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">{manifest}'
            "</manifest:manifest>",
            "content.xml": f"<office:document-content{spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def test_an_open_document_spreadsheet_shows_what_its_sender_sees(tmp_path: Path) -> None:
    def cell(kind: str, attributes: str, text: str, more: str = "") -> str:
        paragraph = f"<text:p>{text}</text:p></table:table-cell>"
        return f'<table:table-cell office:value-type="{kind}" {attributes} {more}>{paragraph}'

    body = (
        '<table:table table:name="Bìa"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/>'
        "</table:table-row><table:table-row>"
        + cell("string", "", "Đạt<text:s text:c='2'/>chuẩn")
        + cell("float", 'office:value="2.5"', "2,5", 'table:number-columns-repeated="2"')
        + cell("percentage", 'office:value="0.925"', "92,5%")
        + cell("date", 'office:date-value="2023-04-05"', "5/4")
        + cell("date", 'office:date-value="2023-04-05T10:30:00"', "5/4")
        + cell("date", 'office:date-value="2016-11-31"', "31/11/2016")
        + cell("time", 'office:time-value="PT10H30M00S"', "10:30")
        + cell("time", 'office:time-value="PT30H00M00S"', "30:00")
        + cell("boolean", 'office:boolean-value="true"', "TRUE")
        + cell("string", 'calcext:value-type="error" table:formula="of:=1/0"', "#DIV/0!")
        + '</table:table-row><table:table-row table:visibility="collapse">'
        + cell("float", 'office:value="3" table:formula="of:=\'file:///khac.ods\'#$A.A1"', "3")
        + '<table:table-cell table:formula="of:=[.A3]*2"/>'
        + cell("string", "", "gộp", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
        + "<table:covered-table-cell/></table:table-row></table:table>"
        '<table:table table:name="Cũ" table:style-name="an"><table:table-row>'
        + cell("float", 'office:value="1"', "1")
        + "</table:table-row></table:table>"
    )
    hidden = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="an" style:family="table">{hidden}</style:style>'
    workbook = read_workbook(written(tmp_path / "a.xlsx", open_document(body, styles)))
    assert workbook.kind == "ods"
    first, second = workbook.sheets
    assert by_address(first) == {
        "A3": "Đạt  chuẩn",
        "B3": 2.5,
        "C3": 2.5,
        "D3": Percent(0.925),
        "E3": date(2023, 4, 5),
        "F3": datetime(2023, 4, 5, 10, 30),
        "G3": "2016-11-31",
        "H3": time(10, 30),
        "I3": timedelta(hours=30),
        "J3": True,
        "K3": "#DIV/0!",
        "A4": 3.0,
        "B4": "=[.A3]*2",
        "C4": "gộp",
    }
    assert first.merged == (((3, 2), (4, 3)),)
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {2})
    assert (first.is_visible, second.is_visible) == (True, False)
    said = {(notice.rule_id, notice.sheet, notice.cell) for notice in workbook.notices}
    assert said == {
        ("formula_not_calculated", "Bìa", "B4"),
        ("external_link_not_followed", "Bìa", "A4"),
        ("sheet_hidden", "Cũ", None),
    }


def test_an_open_document_spreadsheet_cannot_swell(tmp_path: Path) -> None:
    def with_cell(attributes: str, row: str = "") -> Path:
        body = (
            f'<table:table table:name="x"><table:table-row {row}><table:table-cell office:value-type="float" '
            f'office:value="1" {attributes}/></table:table-row></table:table>'
        )
        return written(tmp_path / "a.ods", open_document(body))

    far = with_cell('table:number-columns-repeated="16384"', 'table:number-rows-repeated="1048576"')
    assert refusal(far)[0] == "workbook_too_large"
    assert refusal(with_cell('table:number-columns-repeated="99999999"'))[0] == "workbook_damaged"
    assert refusal(with_cell('table:number-columns-repeated="-1"'))[0] == "workbook_damaged"


def test_an_encrypted_open_document_spreadsheet_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    path = written(tmp_path / "a.ods", open_document("", manifest="<manifest:encryption-data/>"))
    assert refusal(path)[0] == "workbook_encrypted"


def binary_record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook() -> bytes:
    """The least .xlsb: a text, a percentage, an error, a formula with its result, a hidden row, a merged range."""

    def cell(column: int, style: int = 0) -> bytes:
        return struct.pack("<II", column, style)

    def row(number: int, is_hidden: bool = False) -> bytes:
        flags = bytes([0, 0x10 if is_hidden else 0, 0])
        return binary_record(0, struct.pack("<IIH", number, 0, 300) + flags + struct.pack("<I", 0))

    sheet = (
        binary_record(129)
        + binary_record(148, struct.pack("<IIII", 0, 1, 0, 3))
        + binary_record(145)
        + row(0)
        + binary_record(6, cell(0) + wide("Xã Đại An"))
        + binary_record(5, cell(1, 1) + struct.pack("<d", 0.925))
        + binary_record(3, cell(2) + b"\x17")
        + binary_record(9, cell(3) + struct.pack("<dHI", 7.5, 0, 0) + struct.pack("<I", 0))
        + row(1, is_hidden=True)
        + binary_record(5, cell(0) + struct.pack("<d", 2.0))
        + binary_record(146)
        + binary_record(177, struct.pack("<IIII", 1, 2, 0, 1))
        + binary_record(130)
    )
    styles = (
        binary_record(278)
        + binary_record(617, struct.pack("<I", 2))
        + binary_record(47, struct.pack("<HHHHHHBB", 0, 0, 0, 0, 0, 0, 0, 0))
        + binary_record(47, struct.pack("<HHHHHHBB", 0, 10, 0, 0, 0, 0, 0, 0))
        + binary_record(618)
        + binary_record(279)
    )
    book = (
        binary_record(131)
        + binary_record(143)
        + binary_record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Bìa"))
        + binary_record(144)
        + binary_record(132)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    return zip_of(
        {
            "[Content_Types].xml": f'<Types {package}content-types"><Override PartName="/xl/workbook.bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
            "_rels/.rels": f'<Relationships {package}relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/_rels/workbook.bin.rels": f'<Relationships {package}relationships"><Relationship Id="rId1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="{office}/styles" '
            'Target="styles.bin"/></Relationships>',
            "xl/workbook.bin": book,
            "xl/worksheets/sheet1.bin": sheet,
            "xl/styles.bin": styles,
        }
    )


def test_a_binary_workbook_shows_what_its_sender_sees(tmp_path: Path) -> None:
    workbook = read_workbook(written(tmp_path / "a.xlsx", binary_workbook()))
    assert workbook.kind == "xlsb"
    (sheet,) = workbook.sheets
    assert by_address(sheet) == {"A1": "Xã Đại An", "B1": Percent(0.925), "C1": "#REF!", "D1": 7.5, "A2": 2.0}
    assert (sheet.hidden_rows, sheet.formulas) == ({1}, {(0, 3)})
    assert sheet.merged == (((1, 0), (2, 1)),)


CSV_TEXT = "STT;Tên xã;Tỷ lệ\n1;Xã Đại An;12,5\n002;;1.234\n"
CSV_CELLS = {
    "A1": "STT",
    "B1": "Tên xã",
    "C1": "Tỷ lệ",
    "A2": "1",
    "B2": "Xã Đại An",
    "C2": "12,5",
    "A3": "002",
    "C3": "1.234",
}


def in_windows_1258(text: str) -> bytes:
    """As Windows writes it: the letter whole where the code page has it, its tone after it."""
    pieces = []
    for sign in text:
        try:
            pieces.append(sign.encode("cp1258"))
        except UnicodeEncodeError:
            letters = unicodedata.normalize("NFD", sign)
            tones = "".join(mark for mark in letters if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in tones))
            pieces.append((base + tones).encode("cp1258"))
    return b"".join(pieces)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(";", "\t").encode("utf-16"),
        lambda text: text.replace(";", "\t").replace("\n", "\r\n").encode(),
        lambda text: ("sep=;\n" + text).encode(),
        in_windows_1258,
    ],
)
def test_text_with_separators_is_one_sheet_of_text(tmp_path: Path, encode: Callable[[str], bytes]) -> None:
    workbook = read_workbook(written(tmp_path / "a.xlsx", encode(CSV_TEXT)))
    assert workbook.kind == "csv"
    (sheet,) = workbook.sheets
    assert sheet.is_visible
    assert by_address(sheet) == CSV_CELLS


def test_a_comma_in_a_number_separates_nothing(tmp_path: Path) -> None:
    (sheet,) = read_workbook(written(tmp_path / "a.csv", "Biểu 05\n1;12,5;3,5\n2;8,25;1,5\n".encode())).sheets
    assert by_address(sheet) == {
        "A1": "Biểu 05",
        "A2": "1",
        "B2": "12,5",
        "C2": "3,5",
        "A3": "2",
        "B3": "8,25",
        "C3": "1,5",
    }


def test_text_of_legacy_fonts_in_a_csv_is_decoded(tmp_path: Path) -> None:
    line = "1;§\xadêng x· ®¹t chuÈn\n2;Hé nghÌo\n".encode("cp1252")
    (sheet,) = read_workbook(written(tmp_path / "a.csv", line)).sheets
    assert by_address(sheet) == {"A1": "1", "B1": "Đường xã đạt chuẩn", "A2": "2", "B2": "Hộ nghèo"}
    assert sheet.originals[0, 1] == "§\xadêng x· ®¹t chuÈn"


def encrypted_workbook() -> bytes:
    plain, target = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    book.add_worksheet().write("A1", "x")
    book.close()
    OOXMLFile(plain).encrypt("mật khẩu", target)
    return target.getvalue()


def document(content_type: str) -> bytes:
    return zip_of({"[Content_Types].xml": f'<Types><Override ContentType="{content_type}"/></Types>'})


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("content", "rule_id", "value"),
    [
        (b"%PDF-1.7 ...", "file_is_pdf_or_image", "PDF"),
        (b"\xff\xd8\xff\xe0 ...", "file_is_pdf_or_image", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "file_is_pdf_or_image", "PNG"),
        (b"{\\rtf1 x}", "file_is_document", "RTF"),
        (document(WORD), "file_is_document", "DOCX"),
        (zip_of({"mimetype": "application/vnd.oasis.opendocument.text"}), "file_is_document", "OpenDocument text"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file_is_web_page", "HTML"),
        ("\ufeff<!DOCTYPE html><html></html>".encode("utf-16"), "file_is_web_page", "HTML"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
         "file_is_web_page", "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "file_is_web_page", "MHTML"),
        (b"Rar!\x1a\x07\x00...", "file_is_archive", "RAR"),
        (zip_of({"a.xlsx": b"PK", "b.xlsx": b"PK"}), "file_is_archive", "ZIP"),
        (zip_of({}), "file_is_archive", "ZIP"),
        (encrypted_workbook(), "workbook_encrypted", "mật khẩu"),
        (b"mot dong chu khong co bang nao", "workbook_unreadable", "TXT"),
        (bytes(range(256)) * 4, "workbook_unreadable", "?"),
        (b"PK\x03\x04" + b"\0" * 600, "workbook_damaged", "ZIP"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "workbook_damaged", "OLE2"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_named(tmp_path: Path, content: bytes, rule_id: str, value: str) -> None:
    assert refusal(written(tmp_path / "a.xlsx", content)) == (rule_id, value)
