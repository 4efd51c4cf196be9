"""Faults of a sheet's layout: headings, columns, rows and totals that are not where the template has them, and sheets
that carry a form twice, hidden or by another name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.template import AsTyped, CellKey
from simulate.planting.declaration import Planting
from simulate.planting.report import Address, Report, Spot
from simulate.planting.structure import HEADER_ROW, SHEET, SUBTITLE_ROW, edited
from simulate.unmet import BASE_SET

MONEY, RESULTS, TITLES = "05. Nguồn lực", "02a. CT NTM", "04. Công nhận"
FIRST_ROW = HEADER_ROW + 2
UNIT_ROW = 6  # "Đơn vị tính: triệu đồng"
Rows = tuple[tuple[object, ...], ...]


def _found(sheet: Any, row: int, text: str) -> Any:
    return next(cell for cell in sheet[row] if cell.value == text)


def _strange_column(book: Any) -> Spot:
    sheet = book[SHEET]
    index = sheet.max_column + 1
    sheet.cell(HEADER_ROW, index, "Tiền xăng xe")
    sheet.cell(FIRST_ROW, index, 500)
    return Address(SHEET, sheet.cell(HEADER_ROW, index).coordinate)


def _same_heading(book: Any) -> Spot:
    sheet = book[SHEET]
    cell = _found(sheet, HEADER_ROW, "Địa điểm")
    cell.value = "Kết quả"
    sheet.cell(FIRST_ROW, cell.column, "Đã thống nhất với xã")
    return Address(SHEET, cell.coordinate)


def _misspelt(book: Any) -> Spot:
    cell = _found(book[SHEET], HEADER_ROW, "Số người tham gia")
    cell.value = "Số ngừơi tham gai"
    return Address(SHEET, cell.coordinate)


def _beside(name: str, change: Callable[[Any], object]) -> Callable[[Any], Spot]:
    """A second sheet of the same form."""

    def edit(book: Any) -> Spot:
        other = book.copy_worksheet(book[SHEET])
        other.title = name
        change(other)
        return Address(name)

    return edit


def _another_count(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        for cell in row:
            if cell.value == 24:
                cell.value = 25


def _two_without_period(book: Any) -> Spot:
    """Two sheets of a form that differ, and neither says of which period it is."""
    other = book.copy_worksheet(book[SHEET])
    other.title = "Hoạt động (chỉnh)"
    _another_count(other)
    for sheet in (book[SHEET], other):
        for cell in sheet[SUBTITLE_ROW]:
            if cell.value:
                cell.value = "Thành phố Trà Vinh"
    return Address(SHEET)


def _hidden(book: Any) -> Spot:
    book[SHEET].sheet_state = "hidden"
    return Address(SHEET)


def _hidden_row(book: Any) -> Spot:
    book[SHEET].row_dimensions[FIRST_ROW + 1].hidden = True
    return Address(SHEET, f"A{FIRST_ROW + 1}")


def _hidden_column(book: Any) -> Spot:
    cell = _found(book[SHEET], HEADER_ROW, "Kết quả")
    book[SHEET].column_dimensions[cell.column_letter].hidden = True
    return Address(SHEET, cell.coordinate)


def _typed_over(report: Report) -> Spot:
    """The right count, as a number in place of its formula."""
    key: CellKey = ("criteria_summary", ("total", BASE_SET, "15"), "mark")
    report.printed_totals[key] = 1
    return key


def _blank_row(sheet: Any) -> int:
    """The first row of a free table that nothing is entered in."""
    return next(row for row in range(FIRST_ROW, sheet.max_row) if not any(cell.value for cell in sheet[row]))


def _sum_of_nothing(book: Any) -> Spot:
    sheet = book[MONEY]
    row = _blank_row(sheet)
    sheet.cell(row, 1, "- Khoản chưa rõ")
    sheet.cell(row, 9, 12)
    return Address(MONEY, f"A{row}")


def _below_signatures(book: Any) -> Spot:
    sheet = book[SHEET]
    last = sheet.max_row + 3
    for cell in sheet[FIRST_ROW]:
        sheet.cell(last, cell.column, "842-2023-007" if cell.column == 1 else cell.value)
    return Address(SHEET, f"A{last}")


def _strange_indicator(book: Any) -> Spot:
    sheet = book[RESULTS]
    cell = next(row[0] for row in sheet.iter_rows(min_row=FIRST_ROW) if row[0].value == "2.2")
    cell.value = "99.9"
    return Address(RESULTS, cell.coordinate)


def _unit(text: str) -> Callable[[Any], Spot]:
    """Another unit of money above the table; figures and totals in it."""

    def edit(book: Any) -> Spot:
        sheet = book[MONEY]
        cell = next(cell for cell in sheet[UNIT_ROW] if cell.value)
        cell.value = f"Đơn vị tính: {text}"
        for row in sheet.iter_rows(min_row=FIRST_ROW, min_col=9, max_col=17):
            for figure in row:
                if figure.data_type == "f":
                    figure.value = None
                elif isinstance(figure.value, int | float):
                    figure.value *= 1000
        return Address(MONEY, cell.coordinate)

    return edit


def _drawn(name: str, rows: Rows, instead_of: str | None = None) -> Callable[[Any], Spot]:
    """A sheet drawn by hand, perhaps in place of one of the template."""

    def edit(book: Any) -> Spot:
        if instead_of is not None:
            del book[instead_of]
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        return Address(name)

    return edit


GROUPS: Rows = (
    ("PHÂN NHÓM XÃ THEO SỐ TIÊU CHÍ ĐẠT",), ("6 tháng đầu năm 2023",), (),
    ("Xã đạt 19 TC", "15-18", "10-14", "5-9", "dưới 5", "Bình quân TC/xã"), (0, 1, 0, 0, 0, 18),
)  # fmt: skip
TWO_TITLES: Rows = (
    ("DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI NÂNG CAO, XÃ NÔNG THÔN MỚI KIỂU MẪU",), ("6 tháng đầu năm 2023",), (),
    ("TT", "Xã", "QĐ số, ngày", "Năm", "Lĩnh vực"),
)  # fmt: skip


def _two_titles(book: Any) -> Spot:
    """The register drawn by hand, under a title that speaks of two titles."""
    rows = [[cell.value for cell in row[:7]] for row in book[TITLES].iter_rows(min_row=FIRST_ROW) if row[0].value]
    held = [row for row in rows if row[1] is not None]
    listed = tuple(
        (number, subject, f"{decision}, {day:%d/%m/%Y}", year)
        for number, (subject, _, _, _, year, decision, day) in enumerate(held, start=1)
    )
    return _drawn("DS xã", TWO_TITLES + listed, TITLES)(book)


SUM_OF_SOURCES: Rows = (
    ("TỔNG HỢP HUY ĐỘNG NGUỒN LỰC",), ("Quý I năm 2025",), ("Đơn vị tính: triệu đồng",), (),
    ("Nội dung", "Kế hoạch năm", "Thực hiện kỳ", "Lũy kế", "Tỷ lệ %"), ("Ngân sách địa phương", 500, 120, 120, 24),
)  # fmt: skip


def _reports_money(report: Report) -> None:
    report.cover.pop("nil_funding_sources")


def _sum_of_sources(book: Any) -> Spot:
    _drawn("Nguồn lực", SUM_OF_SOURCES, MONEY)(book)
    return Address("Nguồn lực", f"A{len(SUM_OF_SOURCES)}")


PLANTINGS = (
    Planting("column_not_recognised", "a column that the template does not have", edit=edited(_strange_column)),
    Planting("column_repeated", "two columns under one heading", edit=edited(_same_heading)),
    Planting("header_repaired", "a heading with slips of the fingers", edit=edited(_misspelt)),
    Planting("sheet_repeated", "two sheets of a form that differ", edit=edited(_two_without_period)),
    Planting("sheet_copied", "a sheet twice", edit=edited(_beside("Bản sao", lambda sheet: None))),
    Planting("sheet_left_aside", "an older draft of a sheet", edit=edited(_beside("Hoạt động (cũ)", _another_count))),
    Planting("hidden_sheet_read", "the only sheet of a form hidden", edit=edited(_hidden),
             consequences=("sheet_hidden",)),
    Planting("hidden_rows_read", "an activity in a hidden row", edit=edited(_hidden_row)),
    Planting("hidden_columns_read", "the results in a hidden column", edit=edited(_hidden_column)),
    Planting("total_typed_over", "the right count, typed over its formula", _typed_over),
    Planting("total_without_rows", "figures of something that no list has", edit=edited(_sum_of_nothing)),
    Planting("rows_below_table", "an activity below the signatures", edit=edited(_below_signatures)),
    Planting("row_not_recognised", "an indicator that the set does not have", edit=edited(_strange_indicator)),
    Planting("title_ambiguous", "a list of titles drawn by hand, for two titles at once",
             edit=edited(_two_titles), consequences=("column_missing",)),
    Planting("money_unit_missing", "two units of money above a table", edit=edited(_unit("triệu đồng, nghìn đồng")),
             consequences=("value_unreadable",)),
    Planting("money_unit_printed", "figures in thousand đồng, and a word above that says so",
             edit=edited(_unit("nghìn đồng"))),
    Planting("sheet_is_derived", "a sheet that only sums up", edit=edited(_drawn("Phân nhóm", GROUPS))),
    Planting("sum_source_carries_amounts", "a table drawn by hand that prints only the local budget as a whole",
             _reports_money, edited(_sum_of_sources), base="spring_2025"),
    Planting("value_repaired", "a date in words",
             lambda report: report.put("helper_activities", {"activity_no": "842-2023-002"},
                                       activity_date=AsTyped("ngày 11 tháng 5 năm 2023"))),
)  # fmt: skip
