"""What sheets look like when they arrive: one workbook per kind of disorder, and exactly the rows read from it."""

from __future__ import annotations

from typing import Any

import pytest

HEADS = [
    "Địa bàn",
    "Chương trình",
    "Nội dung thành phần",
    "Nguồn vốn",
    "Loại vốn",
    "Năm kế hoạch vốn",
    "Kế hoạch",
    "Đã giao",
]
TITLE = "Biểu 05/NTM"
PERIOD = "Huyện Trà Cú, 6 tháng đầu năm 2023"
DAI_AN, NGOC_BIEN, TAP_SON = "Xã Đại An", "Xã Ngọc Biên", "Xã Tập Sơn"

Page = dict[str, Any]


def page(*lines: list[Any], name: str = "05. Nguồn lực", **how: Any) -> Page:
    return {"name": name, "lines": list(lines), **how}


def line(place: str | None, planned: Any, assigned: Any = None, source: str = "NSTW") -> list[Any]:
    return [place, "NTM", "ND01", source, "ĐTPT", 2023, planned, assigned]


def money(found: Any) -> list[tuple[str | None, int | None]]:
    """Place and planned million of each data row."""
    return [
        (row["place_code"], None if row["planned_vnd"] is None else int(row["planned_vnd"]) // 1_000_000)
        for row in found.data("funding_sources")
    ]


def sums(found: Any) -> list[tuple[int, str, int | None, int | None]]:
    return [
        (row["row_number"], row["total_scope"], row["sums_from"], row["sums_to"])
        for row in found.totals("funding_sources")
    ]


def test_a_title_block_of_any_height_is_passed_over(read: Any) -> None:
    block = [[f"dòng {number}", "và", "chữ", "khác"] for number in range(70)]
    found = read(
        page(["UBND HUYỆN TRÀ CÚ", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], [TITLE], *block, HEADS, line(DAI_AN, 5))
    )
    assert money(found) == [("29491", 5)]
    assert found.data("funding_sources")[0]["planned_vnd__cell"] == "G74"
    assert found.rules == set()


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_headers_may_fill_two_to_four_merged_rows(read: Any, depth: int) -> None:
    top = [*HEADS[:6], "Vốn năm 2023", None, None]
    middle = [[None] * 6 + ["Trong năm", None, None] for _ in range(depth - 2)]
    bottom = [None] * 6 + ["Kế hoạch", "Đã giao", "Giải ngân lũy kế"]
    merged = [f"{letter}2:{letter}{1 + depth}" for letter in "ABCDEF"]
    merged += [f"G{row}:I{row}" for row in range(2, 1 + depth)]
    data = [*line(DAI_AN, 5, 4), 3]
    found = read(page([TITLE], top, *middle, bottom, data, merged=merged))
    (row,) = found.data("funding_sources")
    assert [int(row[name]) // 1_000_000 for name in ("planned_vnd", "assigned_vnd", "disbursed_vnd")] == [5, 4, 3]
    assert row["row_number"] == 2 + depth
    assert found.rules == set()


@pytest.mark.parametrize(
    "numbers",
    [
        [1, 2, 3, 4, 5, 6, 7, "8=6+7"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)=(6)+(7)"],
        ["A", "B", "C", "D", 1, 2, 3, "4=2+3"],
        ["A", "B", 1, 2, 3, 4, 5, "6 = 5/4*100%"],
        ["a", "b", "c", "d", "e", "f", "g", "h"],
    ],
)
def test_a_row_that_counts_the_columns_is_no_row(read: Any, numbers: list[Any]) -> None:
    found = read(page([TITLE], HEADS, numbers, line(DAI_AN, 5)))
    assert money(found) == [("29491", 5)]
    assert found.rules == set()


def test_sections_are_no_rows_and_those_with_figures_are_printed_sums_of_their_rows(read: Any) -> None:
    found = read(
        page(
            [TITLE],
            HEADS,
            ["TỔNG SỐ", None, None, None, None, None, 21],
            ["I. Các xã ven biển", None, None, None, None, None, 12],
            ["a) Đợt 1"],
            line(DAI_AN, 5),
            ["b) Đợt 2", None, None, None, None, None, 7],
            line(NGOC_BIEN, 7, source="NST"),
            ["II", "Các xã còn lại"],
            ["- Nguồn trung ương"],
            line(TAP_SON, 9),
            ["Cộng (II)", None, None, None, None, None, 9],
        )
    )
    assert money(found) == [("29491", 5), ("29503", 7), (found.data("funding_sources")[2]["place_code"], 9)]
    assert [row["section"] for row in found.data("funding_sources")] == ["Đợt 1", "Đợt 2", "Nguồn trung ương"]
    assert sums(found) == [
        (3, "grand", None, None),
        (4, "section", 5, 8),
        (7, "section", 8, 8),
        (12, "section", 11, 11),
    ]
    assert found.rules == set()


def test_a_marked_row_that_names_a_place_is_data(read: Any) -> None:
    found = read(
        page(
            [TITLE],
            ["STT", *HEADS],
            ["I", *line(DAI_AN, 5)],
            ["-", *line(NGOC_BIEN, 6)],
            ["a)", *line(DAI_AN, 7, source="NST")],
        )
    )
    assert money(found) == [("29491", 5), ("29503", 6), ("29491", 7)]
    assert found.totals("funding_sources") == []


def test_a_marked_row_that_cannot_be_placed_is_told(read: Any) -> None:
    found = read(page([TITLE], HEADS, line(DAI_AN, 5), ["- Xã Chưa Biết", None, None, None, None, None, 4]))
    assert money(found) == [("29491", 5)]
    assert found.of("total_without_rows") == [("A4", "- Xã Chưa Biết", None)]


def test_sums_in_the_middle_are_of_the_rows_since_the_sum_before(read: Any) -> None:
    figures = [None] * 5
    found = read(
        page(
            [TITLE],
            HEADS,
            line(DAI_AN, 5),
            line(NGOC_BIEN, 6),
            ["Cộng", *figures, 11],
            line(TAP_SON, 7),
            ["Cộng", *figures, 7],
            ["Trong đó: vốn kéo dài", *figures, 2],
            ["Toàn huyện", *figures, 18],
        )
    )
    assert [amount for _, amount in money(found)] == [5, 6, 7]
    assert sums(found) == [
        (5, "section", 3, 4),
        (7, "section", 6, 6),
        (8, "part", None, None),
        (9, "grand", None, None),
    ]


@pytest.mark.parametrize("label", ["Cộng mục I", "Cộng phần A", "Tổng nguồn NSTW", "Cộng cụm 1", "Tổng cộng (I)"])
def test_a_sum_names_its_section_in_many_words(read: Any, label: str) -> None:
    figures = [None] * 5
    found = read(page([TITLE], HEADS, ["I. Các xã ven biển"], line(DAI_AN, 5), [label, *figures, 5], line(TAP_SON, 7)))
    assert [amount for _, amount in money(found)] == [5, 7]
    assert sums(found) == [(5, "section", 4, 4)]


def test_a_single_sum_below_all_rows_is_the_grand_total(read: Any) -> None:
    found = read(page([TITLE], HEADS, line(DAI_AN, 5), line(NGOC_BIEN, 6), ["Cộng", None, None, None, None, None, 11]))
    assert sums(found) == [(5, "grand", None, None)]


def test_notes_and_signatures_below_are_no_rows_and_data_below_them_is_told(read: Any) -> None:
    below = [
        ["Ghi chú: số liệu ước"],
        [None, None, "Trà Cú, ngày 14 tháng 6 năm 2023"],
        ["NGƯỜI LẬP BIỂU", None, None, "TM. UBND HUYỆN"],
    ]
    found = read(page([TITLE], HEADS, line(DAI_AN, 5), *below))
    assert (money(found), found.rules) == ([("29491", 5)], set())
    found = read(page([TITLE], HEADS, line(DAI_AN, 5), *below, line(NGOC_BIEN, 6)))
    assert money(found) == [("29491", 5)]
    assert found.of("rows_below_table") == [("A7", NGOC_BIEN, None)]


def test_columns_may_be_moved_and_columns_of_the_sender_inserted(read: Any) -> None:
    order = [7, 6, 0, 1, 2, 3, 4, 5]
    heads = [HEADS[index] for index in order]
    data = [line(DAI_AN, 5, 4)[index] for index in order]
    found = read(page([TITLE], [*heads, "Cán bộ theo dõi", "Trống"], [*data, "Ông A"]))
    (row,) = found.data("funding_sources")
    assert (row["place_code"], row["planned_vnd__cell"], row["assigned_vnd__cell"]) == ("29491", "B3", "A3")
    assert found.of("column_not_recognised") == [("I2", "Cán bộ theo dõi", None)]
    assert found.rules == {"column_not_recognised"}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Ke hoach", "Kế hoạch"),
        ("Kế hoạhc", "Kế hoạch"),
        ("Kế hoạcch", "Kế hoạch"),
        ("Kế hoạch, triệu đồng", "Kế hoạch"),
    ],
)
def test_a_heading_close_to_one_column_only_is_repaired_and_told(read: Any, heading: str, column: str) -> None:
    found = read(page([TITLE], [*HEADS[:6], heading, HEADS[7]], line(DAI_AN, 5, 4)))
    assert money(found) == [("29491", 5)]
    assert found.of("header_repaired") == [("G2", heading, column)]


def test_a_whole_header_without_accents_is_found(read: Any) -> None:
    heads = [
        "Dia ban",
        "Chuong trinh",
        "Noi dung thanh phan",
        "Nguon von",
        "Loai von",
        "Nam ke hoach von",
        "Ke hoach",
        "Da giao",
    ]
    found = read(page([TITLE], heads, line(DAI_AN, 5, 4)))
    assert money(found) == [("29491", 5)]
    assert len(found.of("header_repaired")) == 8


@pytest.mark.parametrize("heading", ["Kế hoạch (năm trước)", "Kế hoạch 2022", "Tổng kế hoạch", "Đã giao (%)"])
def test_a_heading_that_says_something_else_names_no_column(read: Any, heading: str) -> None:
    found = read(page([TITLE], [*HEADS[:6], heading], line(DAI_AN, 5)))
    assert money(found) == [("29491", None)]
    assert [value for _, value, _ in found.of("column_not_recognised")] == [heading]


def test_a_missing_column_is_named_and_the_rest_is_read(read: Any) -> None:
    found = read(page([TITLE], HEADS[:5] + HEADS[6:], [DAI_AN, "NTM", "ND01", "NSTW", "ĐTPT", 5]))
    assert [expected for _, _, expected in found.of("column_missing")] == ["Năm kế hoạch vốn"]
    assert money(found) == [("29491", 5)]


def test_a_heading_that_stands_twice_over_values_is_asked(read: Any) -> None:
    found = read(page([TITLE], [*HEADS[:7], "Kế hoạch"], line(DAI_AN, 5, 4)))
    assert found.of("column_repeated") == [("G2", "G2, H2", "Kế hoạch")]
    assert money(found) == [("29491", None)]
    found = read(page([TITLE], [*HEADS[:7], "Kế hoạch"], line(DAI_AN, 5)))
    assert money(found) == [("29491", 5)]


def test_two_blocks_one_below_the_other_are_both_read(read: Any) -> None:
    moved = [HEADS[6], *HEADS[:6]]
    second = line(NGOC_BIEN, 6)
    total = [None] * 6
    found = read(
        page(
            [TITLE],
            HEADS,
            line(DAI_AN, 5),
            ["Tổng cộng", *total[1:], 5],
            ["NGƯỜI LẬP BIỂU"],
            ["Vốn đợt 2 (tiếp theo)"],
            moved,
            [second[6], *second[:6]],
        )
    )
    assert money(found) == [("29491", 5), ("29503", 6)]
    assert found.data("funding_sources")[1]["planned_vnd__cell"] == "A8"
    assert sums(found) == [(4, "section", 3, 3)]
    assert found.rules == set()


def test_two_blocks_side_by_side_are_both_read(read: Any) -> None:
    left, right = line(DAI_AN, 5, 4), line(NGOC_BIEN, 6, 3)
    found = read(page([TITLE], [*HEADS, None, *HEADS], [*left, None, *right], [None] * 9 + line(TAP_SON, 7)))
    rows = found.data("funding_sources")
    assert [(row["row_number"], row["planned_vnd__cell"]) for row in rows] == [(3, "G3"), (3, "P3"), (4, "P4")]
    assert [amount for _, amount in money(found)] == [5, 6, 7]
    assert len({row["row_id"] for row in rows}) == 3
    assert found.rules == set()


def test_a_form_split_over_two_sheets_that_print_the_period_is_one_form(read: Any) -> None:
    first = page([TITLE], [PERIOD], HEADS, line(DAI_AN, 5))
    second = page([TITLE], [PERIOD], HEADS, line(NGOC_BIEN, 6), name="Sheet2")
    found = read(first, second)
    assert money(found) == [("29491", 5), ("29503", 6)]
    assert {row["sheet"] for row in found.data("funding_sources")} == {"05. Nguồn lực", "Sheet2"}
    assert found.rules == set()
    found = read(page([TITLE], HEADS, line(DAI_AN, 5)), page([TITLE], HEADS, line(NGOC_BIEN, 6), name="05 (tiếp theo)"))
    assert money(found) == [("29491", 5), ("29503", 6)]


def test_two_sheets_that_differ_and_print_no_period_are_asked_and_neither_is_read(read: Any) -> None:
    found = read(page([TITLE], HEADS, line(DAI_AN, 5)), page([TITLE], HEADS, line(DAI_AN, 9), name="Sheet2"))
    assert found.of("sheet_repeated") == [("05. Nguồn lực", "“05. Nguồn lực”, “Sheet2”", "05. Nguồn lực")]
    assert found.state("funding_sources") == "missing"


def test_a_copy_is_read_once(read: Any) -> None:
    found = read(page([TITLE], HEADS, line(DAI_AN, 5)), page([TITLE], HEADS, line(DAI_AN, 5), name="Sheet2"))
    assert money(found) == [("29491", 5)]
    assert found.of("sheet_copied") == [("Sheet2", "05. Nguồn lực", None)]


@pytest.mark.parametrize(
    "left_aside", [{"name": "Bieu 05 nam 2022"}, {"name": "Biểu 05 (cũ)"}, {"name": "Nhap", "is_hidden": True}]
)
def test_hidden_sheets_and_such_as_are_named_like_an_old_year_lose(read: Any, left_aside: dict[str, Any]) -> None:
    found = read(page([TITLE], HEADS, line(DAI_AN, 9), **left_aside), page([TITLE], HEADS, line(DAI_AN, 5)))
    assert money(found) == [("29491", 5)]
    assert found.of("sheet_left_aside") == [(left_aside["name"], "05. Nguồn lực", None)]


def test_a_hidden_sheet_that_alone_carries_a_form_is_read_and_told(read: Any) -> None:
    found = read(page([TITLE], HEADS, line(DAI_AN, 5), is_hidden=True))
    assert money(found) == [("29491", 5)]
    assert found.of("hidden_sheet_read") == [("05. Nguồn lực", None, None)]


def test_hidden_rows_and_columns_with_data_are_read_and_told(read: Any) -> None:
    lines = [[TITLE], HEADS, line(DAI_AN, 5), line(NGOC_BIEN, 6), line(TAP_SON, 7)]
    found = read(page(*lines, hidden_rows=[3, 4], hidden_columns=["G", "H"]))
    assert [amount for _, amount in money(found)] == [5, 6, 7]
    assert found.of("hidden_rows_read") == [("A3", "3-4", None)]
    assert found.of("hidden_columns_read") == [("G2", "G", None)]


def test_a_name_merged_over_rows_counts_for_each_of_them(read: Any) -> None:
    found = read(page([TITLE], HEADS, line(DAI_AN, 5), line(None, 6, source="NST"), merged=["A3:A4"]))
    assert money(found) == [("29491", 5), ("29491", 6)]


def test_a_form_number_further_down_and_two_forms_on_one_sheet_are_found(read: Any) -> None:
    recognition = [
        "Đơn vị được công nhận",
        "Danh hiệu",
        "Giai đoạn của bộ tiêu chí",
        "Hình thức",
        "Năm đạt chuẩn",
        "Số quyết định",
    ]
    found = read(
        page(
            [TITLE],
            HEADS,
            line(DAI_AN, 5),
            ["NGƯỜI LẬP BIỂU"],
            *([None] for _ in range(15)),
            ["Biểu 04/NTM"],
            recognition,
            [DAI_AN, "NTM", "2021-2025", "Công nhận lần đầu", 2022, "12/QĐ-UBND"],
            name="Tong hop",
        )
    )
    assert money(found) == [("29491", 5)]
    assert [row["subject_code"] for row in found.data("recognitions")] == ["29491"]


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("triệu đồng", 10**6),
        ("Triệu Đồng", 10**6),
        ("đồng", 1),
        ("nghìn đồng", 10**3),
        ("tỷ đồng", 10**9),
        ("1.000 đồng", 10**3),
    ],
)
def test_the_unit_of_money_printed_above_the_table_is_the_factor(read: Any, unit: str, factor: int) -> None:
    found = read(page([TITLE], [None, None, f"Đơn vị tính: {unit}"], HEADS, line(DAI_AN, 5)))
    assert found.data("funding_sources")[0]["planned_vnd"] == 5 * factor
    changed = [("C2", f"Đơn vị tính: {unit}", "triệu đồng")] if factor != 10**6 else []
    assert found.of("money_unit_printed") == changed


def test_a_unit_in_the_heading_goes_before_the_one_above_the_table(read: Any) -> None:
    heads = [*HEADS[:6], "Kế hoạch (tỷ đồng)", "Đã giao"]
    found = read(page([TITLE], ["Đơn vị tính: triệu đồng"], heads, line(DAI_AN, 5, 4)))
    (row,) = found.data("funding_sources")
    assert (row["planned_vnd"], row["assigned_vnd"]) == (5_000_000_000, 4_000_000)


def test_two_units_of_money_on_one_line_are_asked(read: Any) -> None:
    found = read(page([TITLE], ["ĐVT: triệu đồng, tỷ đồng"], HEADS, line(DAI_AN, 5)))
    assert money(found) == [("29491", None)]
    assert found.of("money_unit_missing") == [("A2", "ĐVT: triệu đồng, tỷ đồng", "triệu đồng")]


def test_labels_of_a_cover_may_have_moved(read: Any) -> None:
    side_by_side = [
        ["BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"],
        [None, "Mã đơn vị báo cáo", "849", "Kỳ báo cáo:", "2023M06"],
    ]
    below = [
        ["BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"],
        ["Mã đơn vị báo cáo", None, "Kỳ báo cáo"],
        ["849", None, "2023M06"],
    ]
    stacked = [["BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"], ["Mã đơn vị báo cáo"], ["849"], ["Kỳ báo cáo"], ["2023M06"]]
    in_cell = [["BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"], ["Mã đơn vị báo cáo: 849"], ["Kỳ báo cáo: 2023M06"]]
    for cover in (side_by_side, below, stacked, in_cell):
        found = read(page([TITLE], HEADS, line(DAI_AN, 5)), cover=cover)
        (row,) = found.rows("cover")
        assert (row["reporting_unit_code"], row["reporting_period_code"]) == ("849", "2023M06"), cover
    assert row["reporting_unit_code__cell"] == "A2"


def test_a_total_typed_over_where_others_are_formulas_is_told(read: Any) -> None:
    formulas = ["TỔNG SỐ", None, None, None, None, None, "=SUM(G4:G5)", 9]
    found = read(page([TITLE], HEADS, formulas, line(DAI_AN, 5, 4), line(NGOC_BIEN, 6, 3)))
    assert found.of("total_typed_over") == [("H3", "9", None)]
    found = read(page([TITLE], HEADS, ["TỔNG SỐ", None, None, None, None, None, 11], line(DAI_AN, 11)))
    assert found.of("total_typed_over") == []


def test_the_list_of_findings_that_we_sent_is_no_sheet_of_the_report(read: Any) -> None:
    ours = page(["Biểu 05/NTM"], HEADS, line(DAI_AN, 9), name="Cần sửa (2)")
    found = read(page([TITLE], HEADS, line(DAI_AN, 5)), ours)
    assert (money(found), found.rules) == ([("29491", 5)], set())


def test_what_the_reader_noticed_is_told_with_the_report(read: Any) -> None:
    found = read(page([TITLE], HEADS, ["TỔNG SỐ", None, None, None, None, None, "=SUM(G4)"], line(DAI_AN, 5)))
    assert [one.sheet for one in found.told if one.rule_id == "formula_not_calculated"] == ["05. Nguồn lực"]


def test_a_repaired_value_is_told_with_what_was_typed_and_what_was_read(read: Any) -> None:
    found = read(page([TITLE], HEADS, line("Xa Dai An", "1.250,5")))
    (row,) = found.data("funding_sources")
    assert (row["place_code"], row["place_code__text"], row["planned_vnd"]) == ("29491", "Xa Dai An", 1_250_500_000)
    assert ("A3", "Xa Dai An", "Xã Đại An") in found.of("value_repaired")
