"""The reader gives cells at the addresses a person sees, or the reason why it cannot."""

import os
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ingest import reader_process
from ingest.reader import Limits, Percent, UnreadableWorkbook, cell_address, close_readers, read_workbook


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


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    (tmp_path / "zero.xlsx").touch()
    assert reason(tmp_path / "zero.xlsx") == "workbook_empty"
    assert reason(workbook(tmp_path / "blank.xlsx", {})) == "workbook_empty"


def test_a_crash_of_the_reader_is_a_finding_and_the_next_file_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A1": "x"})
    read_workbook(path)
    child = reader_process.reader_for(Limits()).pid
    assert child is not None
    os.kill(child, 9)
    assert read_workbook(path).sheets[0].cells == {(0, 0): "x"}
    assert reader_process.reader_for(Limits()).pid != child


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {f"A{row}": row for row in range(1, 20_000)})
    assert reason(path, Limits(seconds=0.001)) == "workbook_too_large"
    assert len(read_workbook(path).sheets[0].cells) == 19_999


def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {f"A{row}": "x" * 400 for row in range(1, 30_000)})
    assert reason(path, Limits(address_space=80 << 20)) in ("workbook_too_large", "workbook_unreadable")


def test_sizes_are_limited(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A1": "x", "J100": "y"})
    assert reason(path, Limits(unpacked_size=100)) == "workbook_too_large"
    assert reason(path, Limits(file_size=100)) == "workbook_too_large"
    assert reason(path, Limits(entries=5)) == "workbook_too_large"
    assert reason(path, Limits(sheets=0)) == "workbook_too_large"
    assert reason(path, Limits(cells=1)) == "workbook_too_large"
    assert read_workbook(path, Limits(cells=2)).sheets[0].cells == {(0, 0): "x", (99, 9): "y"}


def test_many_files_are_read_by_one_child_process(tmp_path: Path) -> None:
    close_readers()
    path = workbook(tmp_path / "a.xlsx", {"A1": "x"})
    read_workbook(path)
    child = reader_process.reader_for(Limits()).pid
    read_workbook(path)
    assert reader_process.reader_for(Limits()).pid == child
