"""Tables are found by what is printed on the sheet, not by counting rows."""

from typing import Any

import pytest

from ingest.locate import (
    RowKind,
    assign_sheets,
    locate_labels,
    locate_table,
    rows_of,
    unrecognised_sheets,
)
from ingest.reader import Sheet, Workbook, cell_address
from ingest.spec import FormSpec, load_specs

FUNDING = load_specs()["funding_sources"]
SUMMARY = load_specs()["criteria_summary"]
RESULTS = load_specs()["criteria_results"]
HEADER = ["Địa bàn", "Chương trình", "Nội dung", "Nguồn vốn", "Loại vốn", "Kế hoạch năm", "Kế hoạch"]


def sheet(lines: list[list[Any]], name: str = "Sheet1", merged: tuple[Any, ...] = (), is_visible: bool = True) -> Sheet:
    cells = {
        (row, column): value for row, line in enumerate(lines) for column, value in enumerate(line) if value is not None
    }
    return Sheet(name, is_visible, cells, merged)


def first_data_row(lines: list[list[Any]], spec: FormSpec = FUNDING) -> int:
    table = locate_table(sheet(lines), spec, lambda text: None)
    assert table is not None
    return table.first_row


def test_addresses_count_letters_as_spreadsheets_do() -> None:
    assert [cell_address(0, column) for column in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


def test_a_row_of_column_numbers_is_no_data() -> None:
    assert first_data_row([HEADER, ["(1)", "(2)", "(3)"]]) == 2
    assert first_data_row([HEADER, ["A", "B", 1.0, 2.0, 3.0]]) == 2
    assert first_data_row([HEADER, ["29491", "NTM", "ND01"]]) == 1
    assert first_data_row([HEADER, [29491.0, 2.0, 3.0, 2023.0]]) == 1


def test_a_header_may_fill_two_rows() -> None:
    lines = [
        ["Địa bàn", "Chương trình", "Nội dung", "Nguồn vốn", "Loại vốn", "Năm kế hoạch vốn", "Vốn", None],
        [None, None, None, None, None, None, "Kế hoạch", "Đã giao"],
        ["x"],
    ]
    merged = (*(((0, column), (1, column)) for column in range(6)), ((0, 6), (0, 7)))
    table = locate_table(sheet(lines, merged=merged), FUNDING, lambda text: None)
    assert table is not None
    assert table.first_row == 2
    assert {"plan_year", "planned_vnd", "assigned_vnd"} <= table.found


def test_a_sheet_without_headers_has_no_table() -> None:
    assert locate_table(sheet([["Địa bàn"], ["x", "y"]]), FUNDING, lambda text: None) is None


def test_the_table_ends_at_the_signatures_and_blank_rows_are_skipped() -> None:
    lines = [
        HEADER,
        ["29491", "NTM"],
        [],
        ["Tổng cộng", None, None, None, None, None, 5.0],
        ["29503", "NTM"],
        ["Tỷ lệ (%)"],
        [None, None, None, "Trà Cú, ngày 14 tháng 6 năm 2023"],
        ["Nguyễn Văn A"],
    ]
    table = locate_table(sheet(lines), FUNDING, lambda text: None)
    assert table is not None
    assert list(rows_of(table, FUNDING)) == [(1, RowKind.DATA), (3, RowKind.TOTAL), (4, RowKind.DATA)]


@pytest.mark.parametrize("note", ["NGƯỜI LẬP BIỂU", "Ghi chú: số liệu ước", "Nơi nhận:", "TM. UỶ BAN NHÂN DÂN"])
def test_notes_and_signatures_end_a_table(note: str) -> None:
    table = locate_table(sheet([HEADER, ["29491"], [None, note], ["29503"]]), FUNDING, lambda text: None)
    assert table is not None
    assert [row for row, _ in rows_of(table, FUNDING)] == [1]


def test_a_matrix_of_one_field_may_lack_the_second_header_row() -> None:
    lines: list[list[Any]] = [
        ["STT", "Mã xã", "Tên xã", "1. Quy hoạch", "2. Giao thông", "Tổng số TC đạt", "Năm đạt chuẩn"],
        [1.0, "29491", "Xã Đại An", "x", None, 1.0, 2021.0],
    ]
    table = locate_table(sheet(lines), SUMMARY, lambda text: text[0] if text[0].isdigit() else None)
    assert table is not None
    assert [group.text for group in table.groups] == ["1. Quy hoạch", "2. Giao thông"]
    assert {field.index: field.column.name for field in table.fields} == {
        1: "commune_code",
        2: "commune_name",
        3: "mark",
        4: "mark",
        5: "criteria_met",
    }
    assert table.first_row == 1


def test_groups_of_a_matrix_are_told_apart_when_their_headers_are_not_merged() -> None:
    lines = [
        ["Số chỉ tiêu", "Phần", "Xã A", None, "Xã B", None],
        [None, None, "Kết quả", "Đánh giá", "Kết quả", "Đánh giá"],
        ["1.1", "chung"],
    ]
    table = locate_table(sheet(lines), RESULTS, lambda text: None)
    assert table is not None
    assert [(field.index, field.column.name, field.group) for field in table.fields] == [
        (0, "indicator_no", None),
        (1, "part_code", None),
        (2, "value", 0),
        (3, "verdict", 0),
        (4, "value", 1),
        (5, "verdict", 1),
    ]
    assert [cell_address(group.row, group.index) for group in table.groups] == ["C1", "E1"]


def test_the_printed_form_number_decides_over_the_name_of_the_sheet() -> None:
    swapped = Workbook(
        (
            sheet([["Biểu 05/NTM"]], "04. Công nhận"),
            sheet([["Biểu số: BIỂU 04/NTM"]], "05. Nguồn lực"),
        )
    )
    found = assign_sheets(swapped)
    assert found["05. Nguồn lực"].name == "04. Công nhận"
    assert found["04. Công nhận"].name == "05. Nguồn lực"


def test_a_visible_sheet_comes_before_a_hidden_copy() -> None:
    workbook = Workbook(
        (sheet([["Biểu 05/NTM"]], "bản cũ", is_visible=False), sheet([["Biểu 05/NTM"]], "05. Nguồn lực (2)"))
    )
    assert assign_sheets(workbook)["05. Nguồn lực"].name == "05. Nguồn lực (2)"


def test_sheets_of_the_office_and_hidden_or_blank_ones_are_not_pointed_out() -> None:
    workbook = Workbook(
        (
            sheet([["x"]], "_danh_muc"),
            sheet([["x"]], "ẩn", is_visible=False),
            sheet([], "Sheet3"),
            sheet([["x"]], "Nháp"),
        )
    )
    assert [found.name for found in unrecognised_sheets(workbook, {})] == ["Nháp"]


def test_labels_of_a_record_are_found_in_any_of_the_first_columns() -> None:
    cover = load_specs()["cover"]
    lines = [["Mã đơn vị báo cáo:", "849"], [None, "KỲ  BÁO CÁO", "2023Q1"], ["Số/ký hiệu báo cáo", None, "12/BC"]]
    places = locate_labels(sheet(lines, merged=(((2, 0), (2, 1)),)), cover.columns)
    assert places == {"reporting_unit_code": (0, 1), "reporting_period_code": (1, 2), "report_number": (2, 2)}
