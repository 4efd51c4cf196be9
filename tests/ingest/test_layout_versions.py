"""Sheets that offices made by hand are read through layout versions of the same specs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ingest.layout import layout_from
from ingest.spec import InvalidSpec, load_specs

CRITERIA = [f"{number} Tiêu chí" for number in range(1, 20)]

Page = dict[str, Any]


def page(name: str, lines: list[list[Any]], **how: Any) -> Page:
    return {"name": name, "lines": lines, **how}


NAMES = ["1 Quy hoạch", "2 Giao thông", "3. Thủy lợi", "4 Điện", "5 Trường học", *CRITERIA[5:18], "19 QP&AN"]
MARKS = ["x", "Đ", "đạt", 1, "+", "CĐ", "KĐ", 0, "-", None, *["x"] * 9]


def summary(title: str = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", marks: list[object] | None = None) -> Page:
    return page(
        "Tong hop",
        [
            ["UBND HUYỆN TRÀ CÚ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [title],
            [
                "STT",
                "Tên xã",
                *NAMES,
                "Tổng số TC đạt",
                "Tăng/giảm so kỳ trước",
                "Năm đạt chuẩn",
                "Số QĐ công nhận",
                "Ghi chú",
            ],
            [1, "Xã Đại An", *(marks or MARKS), 14, 1, 2021, "12/QĐ", "mới"],
            [2, "Ngọc Biên", *["x"] * 19, 19, 0],
            [None, "Tổng số xã đạt", *[2] * 19],
            [None, "Tỷ lệ %", *[100] * 19],
        ],
    )


def test_marks_of_communes_by_criterion_are_read_as_the_layout_says(read: Any) -> None:
    found = read(summary())
    first = [row for row in found.data("criteria_summary") if row["commune_code"] == "29491"]
    assert {row["form_version"] for row in first} == {"communes-by-criterion"}
    assert {row["criteria_set_code"] for row in first} == {"NTM_XA_2021"}
    assert [row["criterion_no"] for row in first] == [str(number) for number in range(1, 20)]
    assert [row["mark"] for row in first] == [*["D"] * 5, *["CD"] * 3, None, None, *["D"] * 9]
    assert {row["mark__problem"] for row in first} == {None}
    assert [first[0][name] for name in ("criteria_met", "criteria_change", "explanation")] == [14, 1, "mới"]
    assert first[0]["commune_code__cell"] == "B4"
    assert (first[18]["mark__cell"], first[18]["criterion_no__text"]) == ("U4", "19 QP&AN")
    assert {row["commune_code"] for row in found.data("criteria_summary")} == {"29491", "29503"}
    totals = found.totals("criteria_summary")
    assert [(row["total_scope"], row["mark__text"]) for row in totals] == [("grand", "2")] * 19
    assert found.of("value_repaired") == [("U3", "19 QP&AN", "19. Quốc phòng và An ninh")]
    assert found.rules == {"value_repaired"}


def test_the_title_says_which_set_the_marks_are_of(read: Any) -> None:
    found = read(summary("KẾT QUẢ THỰC HIỆN TIÊU CHÍ XÃ NÔNG THÔN MỚI NÂNG CAO"))
    assert {row["criteria_set_code"] for row in found.data("criteria_summary")} == {"NTM_XA_NC_2021"}


def test_a_mark_that_the_layout_does_not_have_is_not_in_the_list(read: Any) -> None:
    found = read(summary(marks=["?", *["x"] * 18]))
    assert found.data("criteria_summary")[0]["mark__problem"] == "not_in_list"


def test_what_a_layout_cannot_supply_is_not_required_in_it() -> None:
    spec = load_specs()["criteria_results"]
    assert "verdict" in spec.required_in(spec.version)
    assert spec.required_in("indicators-by-commune") == {"indicator_no", "part_code"}


def test_indicators_by_commune_hold_a_figure_or_a_verdict(read: Any) -> None:
    sheet = page(
        "Chi tiet",
        [
            ["CHI TIẾT KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"],
            ["TT", "Nội dung chỉ tiêu", "ĐVT", "Xã Đại An", "Xã Ngọc Biên", "Long Hữu"],
            ["1", "Quy hoạch"],
            ["1.1", "Có quy hoạch chung", None, "Đạt", "Không", 1],
            ["2.1", "Đường xã", "%", "92,5%", 0.9, "95 (60)"],
            ["2.2", "Đường ấp", "%", 88, "Đạt", None],
            ["99.9", "Không có", None, 5],
        ],
    )
    found = read(sheet)
    rows = {(row["indicator_no"], row["commune_code__text"]): row for row in found.data("criteria_results")}
    got = {key: (row["value"], row["verdict"]) for key, row in rows.items()}
    assert got == {
        ("1.1", "Xã Đại An"): (None, "D"),
        ("1.1", "Xã Ngọc Biên"): (None, "CD"),
        ("1.1", "Long Hữu"): (None, "D"),
        ("2.1", "Xã Đại An"): (Decimal("92.5"), None),
        ("2.1", "Xã Ngọc Biên"): (Decimal("0.9"), None),
        ("2.1", "Long Hữu"): (None, None),
        ("2.2", "Xã Đại An"): (Decimal("88"), None),
        ("2.2", "Xã Ngọc Biên"): (None, "D"),
        ("2.2", "Long Hữu"): (None, None),
    }
    assert rows["2.1", "Long Hữu"]["value__problem"] in ("unreadable", "ambiguous")
    assert {row["part_code"] for row in rows.values()} == {"total"}
    assert rows["2.1", "Xã Đại An"]["commune_code"] == "29491"
    # a commune of another unit is asked, not passed over
    assert rows["2.1", "Long Hữu"]["commune_code__problem"] == "not_in_list"
    assert found.of("row_not_recognised") == [("A7", "99.9", "Số chỉ tiêu")]


def recognised(title: str, *lines: list[object]) -> Page:
    heads = ["STT", "Xã", "QĐ số, ngày", "Năm", "Lĩnh vực"]
    return page("DS", [[title], [None], heads, *lines])


def test_a_decision_in_one_cell_is_a_number_and_a_date_and_the_title_is_of_the_sheet(read: Any) -> None:
    sheet = recognised(
        "DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI KIỂU MẪU GIAI ĐOẠN 2021-2025",
        [1, "Xã Đại An", "QĐ số 123/QĐ-UBND ngày 12/3/2023", 2023, "Du lịch"],
        [2, "Ngọc Biên", "45/2022/QĐ-UBND, ngày 5 tháng 4 năm 2022", 2022, "Văn hóa"],
        [3, "Xã Tập Sơn", "67/QĐ-UBND", 2022, None],
        [4, "Xã Tân Sơn", "67/QĐ-UBND 01/02/2022; 68/QĐ-UBND 03/04/2022", 2022, None],
    )
    found = read(sheet)
    rows = found.data("recognitions")
    assert [(row["decision_no"], row["decision_date"]) for row in rows] == [
        ("123/QĐ-UBND", date(2023, 3, 12)),
        ("45/2022/QĐ-UBND", date(2022, 4, 5)),
        ("67/QĐ-UBND", None),
        (None, None),
    ]
    assert [row["decision_date__problem"] for row in rows] == [None, None, None, "unreadable"]
    assert rows[0]["decision_no__text"] == "QĐ số 123/QĐ-UBND ngày 12/3/2023"
    assert {(row["title_code"], row["act_code"], row["stage_code"]) for row in rows} == {
        ("NTM_KM", "first", "2021-2025")
    }
    assert [(row["subject_code"], row["year_recognised"], row["model_field"]) for row in rows[:2]] == [
        ("29491", 2023, "DL"),
        ("29503", 2022, "VH"),
    ]
    assert {row["form_version"] for row in rows} == {"recognised-communes"}
    assert (rows[0]["title_code__cell"], rows[0]["act_code__cell"]) == ("A1", None)
    assert found.of("value_repaired") == [("C5", "5 tháng 4 năm 2022", "05/04/2022")]


def test_a_title_that_names_two_titles_is_asked(read: Any) -> None:
    line = [1, "Xã Đại An", "12/QĐ-UBND ngày 12/3/2023", 2023, None]
    found = read(recognised("DANH SÁCH XÃ NTM NÂNG CAO, KIỂU MẪU", line))
    assert found.of("title_ambiguous") == [("DS", "Danh hiệu", "nâng cao / kiểu mẫu")]
    (row,) = found.data("recognitions")
    assert row["title_code"] is None
    assert "title_code" in load_specs()["recognitions"].required_in("recognised-communes")


def test_criteria_of_a_district_are_read_from_its_own_table(read: Any) -> None:
    heads = [
        "TT",
        "Tiêu chí",
        "Nội dung",
        "Chỉ tiêu",
        "Hiện trạng",
        "Đánh giá",
        "Lộ trình",
        "Đơn vị phụ trách",
        "Hồ sơ",
    ]
    sheet = page(
        "TC huyen",
        [
            ["KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ HUYỆN NÔNG THÔN MỚI"],
            heads,
            ["1", "Quy hoạch"],
            [
                "1.1",
                None,
                "Có quy hoạch xây dựng vùng huyện",
                "Đạt",
                "Đã phê duyệt",
                "Đạt",
                "31/12/2023",
                "Phòng KTHT",
                "có",
            ],
            ["2.2", None, "Tỷ lệ đường huyện", "100%", 95.5, "Chưa đạt", None, "Phòng KTHT", "thiếu"],
        ],
        merged=("B3:B5",),
    )
    found = read(sheet)
    rows = found.data("unit_criteria")
    assert [
        (row["indicator_no"], row["part_code"], row["value"], row["verdict"], row["explanation"], row["planned_date"])
        for row in rows
    ] == [
        ("1.1", "total", None, "D", "Đã phê duyệt", date(2023, 12, 31)),
        ("2.2", "total", Decimal("95.5"), "CD", None, None),
    ]
    assert {(row["criteria_set_code"], row["form_version"]) for row in rows} == {
        ("NTM_HUYEN_2021", "district-criteria")
    }
    assert rows[0]["owner_name"] == "Phòng KTHT"
    assert found.rules == set()


def resources(unit: str | None, *lines: list[object]) -> Page:
    heads = ["TT", "Nội dung", "Kế hoạch năm", "Thực hiện kỳ", "Lũy kế", "Tỷ lệ %"]
    return page("NL", [["KẾT QUẢ HUY ĐỘNG NGUỒN LỰC"], [None, None, None, unit], heads, *lines])


SOURCES: list[list[object]] = [
    [None, "TỔNG SỐ", 190, None, 95],
    ["I", "Ngân sách trung ương", 100, 10, 50, 50],
    [1, "Vốn ĐTPT", 70, 5, 40],
    [2, "Vốn sự nghiệp", 30, 5, 10],
    ["II", "Ngân sách địa phương", 60, None, 30],
    ["-", "Tỉnh", 40, None, 20],
    ["-", "Huyện", 15, None, 8],
    ["-", "Xã", 5, None, 2],
    ["III", "Vốn lồng ghép", 10, None, 5],
    ["IV", "Vốn tín dụng", 8, None, 4],
    ["V", "Doanh nghiệp", 7, None, 3],
    ["VI", "Nhân dân đóng góp", 5, None, 3],
    [None, "Tiền mặt", 2, None, 1],
    [None, "Hiến đất (m2)", 1200, None, 800],
]


def test_rows_by_source_stand_for_codes_and_sums_are_printed_totals(read: Any) -> None:
    found = read(resources("Đơn vị tính: triệu đồng", *SOURCES))
    rows = found.data("funding_sources")
    assert [(row["source_code"], row["nature_code"], row["planned_vnd"], row["performed_vnd"]) for row in rows] == [
        ("NSTW", "DTPT", 70_000_000, 40_000_000),
        ("NSTW", "SN", 30_000_000, 10_000_000),
        ("NST", None, 40_000_000, 20_000_000),
        ("NSH", None, 15_000_000, 8_000_000),
        ("NSX", None, 5_000_000, 2_000_000),
        ("LG", None, 10_000_000, 5_000_000),
        ("TD", None, 8_000_000, 4_000_000),
        ("DN", None, 7_000_000, 3_000_000),
        ("DC", None, 5_000_000, 3_000_000),
    ]
    assert {(row["place_code"], row["programme_code"], row["content_code"], row["plan_year"]) for row in rows} == {
        ("849", "NTM", "ND00", 2023)
    }
    assert (rows[0]["source_code__text"], rows[0]["source_code__cell"], rows[0]["section"]) == (
        "Vốn ĐTPT",
        "B6",
        "Ngân sách trung ương",
    )
    totals = found.totals("funding_sources")
    assert [(row["row_number"], row["total_scope"], row["sums_from"], row["sums_to"]) for row in totals] == [
        (4, "grand", None, None),
        (5, "section", 6, 7),
        (8, "section", 9, 11),
    ]
    assert found.rules == set()


def test_the_unit_of_money_above_the_table_counts_and_a_missing_one_is_asked(read: Any) -> None:
    found = read(resources("ĐVT: tỷ đồng", *SOURCES[:4]))
    assert [row["planned_vnd"] for row in found.data("funding_sources")] == [70_000_000_000, 30_000_000_000]
    assert found.of("money_unit_printed") == [("D2", "ĐVT: tỷ đồng", "triệu đồng")]
    found = read(resources(None, *SOURCES[:4]))
    assert [(row["planned_vnd"], row["planned_vnd__problem"]) for row in found.data("funding_sources")] == [
        (None, "unreadable"),
        (None, "unreadable"),
    ]
    assert found.of("money_unit_missing") == [("NL", None, "triệu đồng")]


def test_a_source_that_the_layout_does_not_have_is_asked(read: Any) -> None:
    found = read(resources("Đơn vị tính: triệu đồng", ["I", "Vốn xổ số", 5, None, 2]))
    assert found.of("row_not_recognised") == [("B4", "Vốn xổ số", None)]
    assert found.data("funding_sources") == []


def test_parts_of_unlike_kinds_without_their_sum_are_asked(read: Any) -> None:
    lines = [["VI", "Nhân dân đóng góp"], [None, "Tiền mặt", 2], [None, "Hiến đất (m2)", 1200]]
    found = read(resources("Đơn vị tính: triệu đồng", *lines))
    assert [cell for cell, _, _ in found.of("row_not_recognised")] == ["B5", "B6"]
    assert found.data("funding_sources") == []


def test_a_log_of_helping_is_read_by_activity(read: Any) -> None:
    heads = [
        "STT",
        "Số hiệu",
        "Đơn vị được phân công",
        "Xã được giúp đỡ",
        "Ngày",
        "Hình thức",
        "Nội dung đã giúp",
        "Ghi chú",
    ]
    sheet = page(
        "Giup do",
        [
            ["THEO DÕI HOẠT ĐỘNG GIÚP ĐỠ XÃ XÂY DỰNG NÔNG THÔN MỚI"],
            heads,
            [
                1,
                "849-2023-001",
                "Sở Nông nghiệp và Phát triển nông thôn",
                "Xã Đại An",
                "15/3/2023",
                "Đi cơ sở",
                "tặng cây",
            ],
        ],
    )
    found = read(sheet)
    (row,) = found.data("helper_activities")
    assert [
        row[name] for name in ("activity_no", "agency_code", "commune_code", "kind_code", "activity_date", "result")
    ] == [
        "849-2023-001",
        "SO_NNPTNT",
        "29491",
        "visit",
        date(2023, 3, 15),
        "tặng cây",
    ]
    assert row["form_version"] == "activity-log"


def test_sheets_that_only_sum_up_are_named_and_not_read(read: Any) -> None:
    groups = page("Nhom", [["PHÂN NHÓM XÃ THEO SỐ TIÊU CHÍ"], ["Xã đạt 19 TC", "15-18", "10-14"], [5, 4, 6]])
    counts = page("Dem", [["SỐ XÃ ĐẠT TỪNG TIÊU CHÍ"], ["Tiêu chí", "Số xã đạt"], [1, 15]])
    helping = page(
        "Giup",
        [
            ["KẾT QUẢ GIÚP ĐỠ XÃ"],
            ["STT", "Đơn vị được phân công", "Số lần đi cơ sở", "Số cuộc họp dự"],
            [1, "Sở", 3, 4],
        ],
    )
    found = read(summary(), groups, counts, helping)
    assert [(sheet, expected) for sheet, _, expected in found.of("sheet_is_derived")] == [
        ("Nhom", "Biểu 01a (phân nhóm xã theo số tiêu chí đạt)"),
        ("Dem", "Biểu 01a (số xã đạt từng tiêu chí)"),
        ("Giup", "Biểu 07 (từng hoạt động giúp đỡ xã: số lần, số cuộc là tổng của các hoạt động đó)"),
    ]


def test_a_layout_that_names_no_column_of_its_form_is_refused() -> None:
    spec = load_specs()["recognitions"]
    raw = {"name": "x", "note": "", "needed": [], "columns": [{"name": "nowhere", "headers": ["A"]}]}
    with pytest.raises(InvalidSpec, match="nowhere"):
        layout_from(spec, raw)
