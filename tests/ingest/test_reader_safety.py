"""What may come from outside: bombs, broken and cut-off packages, absurd sheets. Each has a name, none is half read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from ingest.reader import Limits, Percent, Sheet, UnreadableWorkbook, cell_address, read_workbook

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK = "xl/workbook.xml"

Change = Callable[[bytes], bytes]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "plain.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Biểu")
    sheet.write_row("A1", ["STT", "Tên xã", "Tỷ lệ"])
    sheet.write_row("A2", [1, "Xã Đại An"])
    sheet.write_number("C2", 0.925, book.add_format({"num_format": "0.0%"}))
    sheet.write_formula("D2", "=A2*2", None, 2)
    book.close()
    return path


CELLS = {"A1": "STT", "B1": "Tên xã", "C1": "Tỷ lệ", "A2": 1.0, "B2": "Xã Đại An", "C2": Percent(0.925), "D2": 2.0}


def by_address(sheet: Sheet) -> dict[str, object]:
    return {cell_address(*place): value for place, value in sheet.cells.items()}


def changed(path: Path, changes: Mapping[str, Change | bytes | None], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A copy with parts changed, replaced, added or (None) left out; its checksums are right."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", method) as package:
        parts = {name: source.read(name) for name in source.namelist()}
        for name, change in changes.items():
            if callable(change):
                before = parts[name]
                parts[name] = change(before)
                assert parts[name] != before
            elif change is None:
                del parts[name]
            else:
                parts[name] = change
        for name, content in parts.items():
            package.writestr(name, content)
    return target


def put(old: str, new: str) -> Change:
    return lambda content: content.replace(old.encode(), new.encode(), 1)


def reason(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(path, limits)
    return caught.value.rule_id


def test_a_workbook_cut_off_anywhere_is_damaged(plain: Path) -> None:
    whole = plain.read_bytes()
    for size in (30, 100, len(whole) // 2, len(whole) - 100, len(whole) - 22, len(whole) - 1):
        plain.write_bytes(whole[:size])
        assert reason(plain) == "workbook_damaged"


def test_a_flipped_bit_in_any_part_is_damage(plain: Path) -> None:
    whole = plain.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        for entry in package.infolist():
            name_length, extra_length = struct.unpack_from("<HH", whole, entry.header_offset + 26)
            place = entry.header_offset + 30 + name_length + extra_length + entry.compress_size // 2
            broken = bytearray(whole)
            broken[place] ^= 0x10
            plain.write_bytes(broken)
            assert reason(plain) == "workbook_damaged", entry.filename


def test_a_declared_size_that_is_a_lie_is_damage(plain: Path) -> None:
    whole = plain.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        size = package.getinfo(SHEET).file_size
    directory = whole.index(b"PK\x01\x02")
    lie = whole[:directory] + whole[directory:].replace(struct.pack("<I", size), struct.pack("<I", size - 20))
    assert lie != whole
    plain.write_bytes(lie)
    assert reason(plain) == "workbook_damaged"


def test_a_bomb_is_stopped_while_it_is_unpacked_whatever_it_declares(plain: Path) -> None:
    bomb = changed(plain, {"xl/media/image1.png": b"\0" * (40 << 20)})
    assert bomb.stat().st_size < 100_000
    assert reason(bomb) == "workbook_too_large"
    whole = bomb.read_bytes()
    bomb.write_bytes(whole.replace(struct.pack("<I", 40 << 20), struct.pack("<I", 1000)))
    assert bomb.read_bytes() != whole
    assert reason(bomb) == "workbook_too_large"


def test_parts_that_share_their_bytes_are_unsafe(plain: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("xl/media/inner.png", b"x" * 50)
    inner = target.getvalue()
    record_end = inner.index(b"PK\x01\x02")
    outer = changed(plain, {"xl/media/outer.png": inner[:record_end]}, method=zipfile.ZIP_STORED).read_bytes()
    end = outer.index(b"PK\x05\x06")
    entry = bytearray(inner[record_end : inner.index(b"PK\x05\x06")])
    entry[42:46] = struct.pack("<I", outer.index(inner[:record_end]))
    count, size, start = struct.unpack_from("<HII", outer, end + 10)
    tail = struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, count + 1, count + 1, size + len(entry), start, 0)
    plain.write_bytes(outer[:end] + bytes(entry) + tail)
    with zipfile.ZipFile(plain) as package:
        assert package.namelist()[-1] == "xl/media/inner.png"
    assert reason(plain) == "workbook_unsafe"


@pytest.mark.parametrize("name", [SHEET, "XL/Worksheets/Sheet1.xml", "xl\\worksheets\\sheet1.xml"])
def test_two_parts_of_one_name_are_damage(plain: Path, name: str) -> None:
    with pytest.warns() if name == SHEET else pytest.MonkeyPatch.context(), zipfile.ZipFile(plain, "a") as package:
        package.writestr(name, "<worksheet/>")
    assert reason(plain) == "workbook_damaged"


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, BOOK, "xl/theme/theme1.xml", "[Content_Types].xml"])
def test_a_document_type_in_any_part_is_unsafe(plain: Path, part: str) -> None:
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'.encode()
    assert reason(changed(plain, {part: lambda content: content.replace(b"?>", b"?>" + bomb, 1)})) == "workbook_unsafe"


def test_no_entity_reads_a_file(plain: Path) -> None:
    declared = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    spy = changed(plain, {STRINGS: lambda part: part.replace(b"?>", b"?>" + declared, 1).replace(b"STT", b"&f;", 1)})
    assert reason(spy) == "workbook_unsafe"


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, BOOK, "_rels/.rels", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_not_well_formed_or_missing_is_damage(plain: Path, part: str) -> None:
    assert reason(changed(plain, {part: lambda content: content[: len(content) // 2]})) == "workbook_damaged"
    assert reason(changed(plain, {part: None})) == "workbook_damaged"


def test_elements_nested_without_end_are_refused(plain: Path) -> None:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    assert (
        reason(changed(plain, {BOOK: lambda part: part.replace(b"<sheets>", deep + b"<sheets>")})) == "workbook_damaged"
    )
    nested = changed(plain, {SHEET: lambda part: part.replace(b"<sheetData>", deep + b"<!-- x --><sheetData>")})
    assert reason(nested) == "workbook_damaged"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, '<c r="B2"', '<c r="A2"'),  # two cells at one address: which counts?
        (SHEET, '<c r="B2"', '<c r="B9"'),  # outside its row
        (SHEET, '<c r="B2"', '<c r="XFE2"'),
        (SHEET, '<c r="B2"', '<c r="B99999999"'),
        (SHEET, '<c r="B2"', '<c r=""'),
        (SHEET, '<row r="2"', '<row r="1048577"'),
        (SHEET, '<row r="2"', '<row r="3"'),
        (SHEET, '<row r="2"', '<row r="0"'),
        (SHEET, "<v>3</v>", "<v>4000</v>"),  # a shared string that does not exist
        (SHEET, "<v>3</v>", "<v>-1</v>"),
        (SHEET, '<c r="C2" s="1"', '<c r="C2" s="99"'),  # a format that does not exist: a percentage or a number?
        (SHEET, 't="s"', 't="zz"'),
        (BOOK, 'r:id="rId1"', 'r:id="rId99"'),
    ],
)
def test_references_that_lead_nowhere_are_damage(plain: Path, part: str, old: str, new: str) -> None:
    assert reason(changed(plain, {part: put(old, new)})) == "workbook_damaged"


@pytest.mark.parametrize(
    "merged", ["B2:A1", "ZZZZZ1:B2", "A0:B1", "A1:B1048577", "", "A1:XFE2"]
)  # fmt: skip
def test_a_merged_range_that_no_sheet_has_is_damage(plain: Path, merged: str) -> None:
    ranges = f'</sheetData><mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'
    assert reason(changed(plain, {SHEET: put("</sheetData>", ranges)})) == "workbook_damaged"


def test_merged_ranges_that_share_cells_are_damage(plain: Path) -> None:
    for ranges in (("A5:B6", "B6:C7"), ("A5:A9", "A1:C9"), ("B5:B6", "A6:D6"), ("A5:XFD1048576",) * 1000):
        written = "".join(f'<mergeCell ref="{merged}"/>' for merged in ranges)
        doubled = changed(plain, {SHEET: put("</sheetData>", f"</sheetData><mergeCells>{written}</mergeCells>")})
        assert reason(doubled) == "workbook_damaged"


def test_merged_ranges_side_by_side_are_kept(plain: Path) -> None:
    ranges = ("A5:A9", "B5:B6", "B7:C9", "C5:C6", "A10:C10")
    written = "".join(f'<mergeCell ref="{merged}"/>' for merged in ranges)
    (sheet,) = read_workbook(
        changed(plain, {SHEET: put("</sheetData>", f"</sheetData><mergeCells>{written}</mergeCells>")})
    ).sheets
    assert len(sheet.merged) == 5


def test_a_merged_range_over_the_whole_sheet_costs_nothing(plain: Path) -> None:
    all_of_it = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    (sheet,) = read_workbook(changed(plain, {SHEET: put("</sheetData>", all_of_it)})).sheets
    assert by_address(sheet) == CELLS
    assert sheet.merge_origin == {}


def test_an_absurd_dimension_is_not_believed(plain: Path) -> None:
    (sheet,) = read_workbook(changed(plain, {SHEET: put('ref="A1:D2"', 'ref="A1:XFD1048576"')})).sheets
    assert by_address(sheet) == CELLS


def test_a_stray_far_cell_leaves_the_table_readable(plain: Path) -> None:
    far = '<row r="1048576" hidden="1"><c r="XFD1048576" s="1"><v>0.5</v></c></row></sheetData>'
    (sheet,) = read_workbook(changed(plain, {SHEET: put("</sheetData>", far)})).sheets
    assert by_address(sheet) == {**CELLS, "XFD1048576": Percent(0.5)}
    assert sheet.formulas == {(1, 3)}
    assert sheet.hidden_rows == {1_048_575}


def test_far_cells_with_formats_only_cost_nothing(plain: Path) -> None:
    blank = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    (sheet,) = read_workbook(changed(plain, {SHEET: put("</sheetData>", blank)})).sheets
    assert by_address(sheet) == CELLS


def test_many_stray_cells_are_too_much(plain: Path) -> None:
    def stray(content: bytes) -> bytes:
        rows = "".join(
            f'<row r="{row}"><c r="{cell_address(row - 1, row % 16000)}"><v>1</v></c></row>'
            for row in range(10, 1_000_000, 111)
        )
        return content.replace(b"</sheetData>", rows.encode() + b"</sheetData>")

    assert reason(changed(plain, {SHEET: stray})) == "workbook_too_large"


def rewritten(content: bytes) -> bytes:
    """The same sheet as other programs write it: prefix, comments, order of attributes, implied addresses."""
    text = content.decode().split("<sheetData>")[1].split("</sheetData>")[0]
    text = text.replace('<c r="B2" t="s">', "<!-- xã --><c t='s'>").replace('<c r="A1" t="s">', '<c t="s" r="A1">')
    text = text.replace("<row", "<x:row").replace("</row", "</x:row").replace("<c ", "<x:c ").replace("</c>", "</x:c>")
    text = text.replace("<v>", "<x:v>").replace("</v>", "</x:v>").replace("<f>", "<x:f>").replace("</f>", "</x:f>")
    text = text.replace("A2*2", "<![CDATA[A2*2]]>")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<x:worksheet xmlns:x="{main}"><x:sheetData>{text}</x:sheetData></x:worksheet>'.encode()


def test_a_sheet_written_in_another_way_reads_the_same(plain: Path) -> None:
    usual = read_workbook(plain).sheets[0]
    other = read_workbook(changed(plain, {SHEET: rewritten})).sheets[0]
    assert other.cells == usual.cells
    assert other.formulas == usual.formulas


def test_stored_parts_and_names_in_another_case_are_read(plain: Path) -> None:
    with zipfile.ZipFile(plain) as package:
        strings = package.read(STRINGS)
    path = changed(plain, {STRINGS: None, "XL/SHAREDSTRINGS.xml": strings}, method=zipfile.ZIP_STORED)
    assert by_address(read_workbook(path).sheets[0]) == CELLS


def test_numbers_beyond_all_numbers_come_as_text(plain: Path) -> None:
    (sheet,) = read_workbook(changed(plain, {SHEET: put('<v>1</v></c><c r="B2"', '<v>1e999</v></c><c r="B2"')})).sheets
    assert sheet.cells[1, 0] == "inf"


def test_dates_that_no_calendar_has_come_as_numbers_or_text(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for row, number in enumerate((99_999_999_999.0, 2_958_466.0, -5.0)):
        sheet.write_number(row, 0, number, dates)
    book.close()
    values = read_workbook(tmp_path / "a.xlsx").sheets[0].cells.values()
    assert not any(hasattr(value, "year") and value.year > 9999 for value in values)
    assert len(values) == 3
