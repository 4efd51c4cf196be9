"""Faults of whole sheets and files: what is missing, added, renamed, broken or locked."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ingest.template import WrittenCells
from simulate.planting.declaration import Edit, Planting
from simulate.planting.report import Address, Report, Spot

SHEET, FORM = "07. Hoạt động giúp đỡ", "helper_activities"
HEADER_ROW, SUBTITLE_ROW = 7, 5
FORMULA = re.compile(r'(?P<formula><c r="(?P<address>[A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')


def edited(change: Callable[[Any], Spot | list[Spot] | None]) -> Edit:
    """The written workbook opened, changed and saved, as a person would; saved results of formulas stay."""

    def edit(path: Path, _: WrittenCells) -> Spot | list[Spot] | None:
        from openpyxl import load_workbook

        book, saved = load_workbook(path), load_workbook(path, data_only=True)
        results = {
            sheet.title: {
                cell.coordinate: saved[sheet.title][cell.coordinate].value
                for row in sheet.iter_rows()
                for cell in row
                if cell.data_type == "f"
            }
            for sheet in book.worksheets
        }
        spot = change(book)
        book.save(path)
        with_results(path, results)
        return spot

    return edit


def with_results(path: Path, results: Mapping[str, Mapping[str, object]]) -> None:
    """Put the results of formulas back into a workbook that openpyxl has saved, which drops them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = re.findall(r'<sheet [^>]*name="([^"]+)"', parts["xl/workbook.xml"].decode())
    for number, name in enumerate(names, start=1):
        part = f"xl/worksheets/sheet{number}.xml"
        if name in results and part in parts:
            parts[part] = FORMULA.sub(partial(_with_result, results[name]), parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _with_result(results: Mapping[str, object], cell: re.Match[str]) -> str:
    """A formula that was there before gets its number again; one that is new has none."""
    result = results.get(cell["address"])
    return cell[0] if result is None else f"{cell['formula']}<v>{result}</v>"


def _left_out(report: Report) -> Spot:
    report.omitted.add(SHEET)
    report.rows[FORM] = []
    return Address(SHEET)


def _no_header(book: Any) -> Spot:
    for cell in book[SHEET][HEADER_ROW]:
        cell.value = None
    return Address(SHEET)


def _no_column(book: Any) -> Spot:
    for cell in book[SHEET][HEADER_ROW]:
        if cell.value == "Ngày thực hiện":
            cell.value = "Cột khác"
    return Address(SHEET)


def _strange_sheet(book: Any) -> Spot:
    book.create_sheet("Ghi chú riêng")["A1"] = "Danh sách cán bộ trực tết"
    return Address("Ghi chú riêng")


def _of_last_year(book: Any) -> Spot:
    """A sheet of the template of last year, when another criteria set judged."""
    book.create_sheet("02a. CT NTM").append(("Biểu 02a/NTM",))
    return Address("02a. CT NTM")


def _printed_period(sheet: Any) -> Spot:
    cell = next(cell for cell in sheet[SUBTITLE_ROW] if cell.value)
    cell.value = "Thành phố Trà Vinh, Quý I năm 2022, số liệu đến ngày 14/03/2022"
    return Address(sheet.title, cell.coordinate)


def _last_year_beside(book: Any) -> Spot:
    old = book.copy_worksheet(book[SHEET])
    old.title = "07 cũ"
    return _printed_period(old)


def _second_cover(book: Any) -> list[Spot]:
    book.copy_worksheet(book["Bìa"]).title = "Bìa (2)"
    return [Address("Bìa"), Address("Bìa (2)")]


def _no_cover(book: Any) -> Spot:
    del book["Bìa"]
    return Address(None)


def _other_table(book: Any) -> Spot:
    for name in book.sheetnames[1:]:
        del book[name]
    book["Bìa"].title = "Lương tháng 6"
    book["Lương tháng 6"].delete_rows(1, 60)
    for row in (("Họ tên", "Số tiền"), ("Nguyễn Văn A", 5_000_000)):
        book["Lương tháng 6"].append(row)
    return Address(None)


def _emptied(book: Any) -> Spot:
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.delete_rows(1, sheet.max_row)
    return Address(None)


PLANTINGS = (
    Planting("workbook_empty", "every cell emptied", edit=edited(_emptied)),
    Planting("not_a_report", "a list of salaries", edit=edited(_other_table)),
    Planting("identity_from_title", "the cover removed", edit=edited(_no_cover)),
    Planting("cover_repeated", "the cover twice", edit=edited(_second_cover)),
    Planting("form_missing", "the sheet of activities removed", _left_out),
    Planting("table_not_found", "the header of a table removed", edit=edited(_no_header),
             consequences=("summary_differs_from_activities",)),
    Planting("column_missing", "a column renamed beyond recognition", edit=edited(_no_column),
             consequences=("column_not_recognised",)),
    Planting("sheet_not_recognised", "a sheet that is no form", edit=edited(_strange_sheet)),
    Planting("sheet_of_other_period", "a sheet that says it is of another year",
             edit=edited(lambda book: _printed_period(book[SHEET])), consequences=("form_missing",)),
    Planting("sheet_not_in_use", "a sheet of a criteria set that has ended", edit=edited(_of_last_year),
             base="spring_2026"),
    Planting("old_sheet_ignored", "last year's sheet left inside", edit=edited(_last_year_beside)),
)  # fmt: skip
