"""The reader gives cells at the addresses a person sees, or the reason why it cannot."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ingest import reader
from ingest.reader import Limits, Percent, UnreadableWorkbook, cell_address, read_workbook


def workbook(path: Path, cells: dict[str, object]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Biểu")
    for address, value in cells.items():
        sheet.write(address, value)
    book.close()
    return path


def reason(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(path, limits)
    return caught.value.rule_id


def test_addresses_agree_with_another_reader(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"C4": "x", "D9": 1.5, "AB3": "y", "B30": True, "F6": 17.1})
    other = openpyxl.load_workbook(path)["Biểu"]
    expected = {cell.coordinate: cell.value for row in other.iter_rows() for cell in row if cell.value is not None}
    sheet = read_workbook(path).sheets[0]
    assert {cell_address(*place): value for place, value in sheet.cells.items()} == expected


def test_sheets_carry_name_visibility_and_merged_ranges(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("Một").merge_range("B2:D3", "gộp")
    hidden = book.add_worksheet("_hai")
    hidden.write("A1", "x")
    hidden.hide()
    book.close()
    first, second = read_workbook(tmp_path / "a.xlsx").sheets
    assert (first.name, first.is_visible, second.name, second.is_visible) == ("Một", True, "_hai", False)
    assert first.merged == (((1, 1), (2, 3)),)
    assert first.value(2, 3) is None
    assert first.shown(2, 3) == "gộp"


def test_dates_percentages_and_errors_come_as_they_are_seen(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_datetime("A1", datetime(2023, 4, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number("B1", 0.925, book.add_format({"num_format": "0.0%"}))
    sheet.write_formula("C1", "=1/0", None, "#DIV/0!")
    sheet.write_number("D1", 5, book.add_format({"num_format": '0" %"'}))
    book.close()
    assert read_workbook(tmp_path / "a.xlsx").sheets[0].cells == {
        (0, 0): date(2023, 4, 5),
        (0, 1): Percent(0.925),
        (0, 2): "#DIV/0!",
        (0, 3): 5.0,
    }


def test_the_name_of_a_file_says_nothing_about_its_kind(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A1": "x"}).rename(tmp_path / "0fad3e01")
    assert read_workbook(path).sheets[0].cells == {(0, 0): "x"}


@pytest.mark.parametrize("content", [b"STT;Ten xa\n1;Dai An\n", b"<html><table></table></html>", b"%PDF-1.7 ..."])
def test_what_is_no_workbook_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert reason(path) == "workbook_unreadable"


def test_a_cut_off_workbook_is_unreadable(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A1": "x"})
    path.write_bytes(path.read_bytes()[:-400])
    assert reason(path) == "workbook_unreadable"


def test_a_zip_that_is_no_workbook_is_unreadable(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("readme.txt", "x")
    assert reason(tmp_path / "a.xlsx") == "workbook_unreadable"


def test_an_encrypted_workbook_is_told_from_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(reader.OLE_MAGIC + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    assert reason(path) == "workbook_encrypted"


def test_a_broken_old_workbook_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(reader.OLE_MAGIC + b"\0" * 600)
    assert reason(path) == "workbook_unreadable"


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    (tmp_path / "zero.xlsx").touch()
    assert reason(tmp_path / "zero.xlsx") == "workbook_empty"
    assert reason(workbook(tmp_path / "blank.xlsx", {})) == "workbook_empty"


def test_a_crash_of_the_reader_is_a_finding_and_the_next_file_is_read(tmp_path: Path) -> None:
    crashing = workbook(tmp_path / "far.xlsx", {"A1": 1, "XFD1048576": 2})
    assert reason(crashing) == "workbook_unreadable"
    assert read_workbook(workbook(tmp_path / "a.xlsx", {"A1": "x"})).sheets[0].cells == {(0, 0): "x"}


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {f"A{row}": row for row in range(1, 20_000)})
    assert reason(path, Limits(seconds=0.001)) == "workbook_unreadable"
    assert len(read_workbook(path).sheets[0].cells) == 19_999


def test_sizes_are_limited_before_the_file_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A1": "x", "J100": "y"})
    assert reason(path, Limits(unpacked_size=100)) == "workbook_unreadable"
    assert reason(path, Limits(file_size=100)) == "workbook_unreadable"
    assert reason(path, Limits(cells=999)) == "workbook_unreadable"
    assert read_workbook(path, Limits(cells=1000)).sheets[0].cells == {(0, 0): "x", (99, 9): "y"}


def test_many_files_are_read_by_one_child_process(tmp_path: Path) -> None:
    reader.close_readers()
    path = workbook(tmp_path / "a.xlsx", {"A1": "x"})
    read_workbook(path)
    child = reader._readers[Limits()]._process
    read_workbook(path)
    assert reader._readers[Limits()]._process is child


def test_an_open_document_spreadsheet_is_read_too(tmp_path: Path) -> None:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="Bìa"><table:table-row><table:table-cell/></table:table-row><table:table-row>'
        '<table:table-cell/><table:table-cell office:value-type="string"><text:p>Đạt</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2.5"><text:p>2,5</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2023-04-05"><text:p>5/4</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>'
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    (sheet,) = read_workbook(tmp_path / "a.ods").sheets
    assert {cell_address(*place): value for place, value in sheet.cells.items()} == {
        "B2": "Đạt",
        "C2": 2.5,
        "D2": date(2023, 4, 5),
    }
