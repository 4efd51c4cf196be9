"""Sheets that look readable and are easily misread: what contradicts itself is asked, what says more is believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from ingest import ledger
from ingest.identity import identify
from ingest.intake import identify_pending
from ingest.reader import Sheet, Workbook, read_workbook
from ingest.reading import read_pending
from ingest.receive import receive_inbox
from ingest.settings import load_settings

NAMES = ["1. Quy hoạch", "2. Giao thông", "3. Thủy lợi", "4. Điện", "5. Trường học", "10. Thu nhập"]
TITLE = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"
MARKS = ["x", "x", None, "x", "x", "x"]

Page = dict[str, Any]


def page(name: str, *lines: list[Any], **how: Any) -> Page:
    return {"name": name, "lines": list(lines), **how}


def marks(found: Any, commune: str = "29491") -> list[tuple[str | None, str | None]]:
    rows = found.data("criteria_summary")
    return [(row["criterion_no"], row["mark"]) for row in rows if row["commune_code"] == commune]


def test_a_first_row_of_marks_that_are_numbers_is_no_header(read: Any) -> None:
    lines = [["STT", "Tên xã", *NAMES], [1, "Xã Đại An", 1, 1, 1, 1, 1, 1], [2, "Xã Tập Sơn", 1, 0, 1, 1, 1, 1]]
    found = read(page("TH", [TITLE], *lines))
    assert marks(found) == [(number, "D") for number in ("1", "2", "3", "4", "5", "10")]
    assert marks(found, "29467")[1] == ("2", "CD")


def test_a_lone_criterion_beside_a_total_that_is_a_criterion_number_keeps_its_header(read: Any) -> None:
    heads = ["Mã xã", "Tên xã", "9. Nhà ở dân cư", "Tổng số tiêu chí đạt"]
    found = read(page("01a. TH NTM", ["Biểu 01a/NTM"], heads, ["29491", "Xã Đại An", "Đ", 9]))
    assert marks(found) == [("9", "D")]
    assert found.data("criteria_summary")[0]["criteria_met"] == 9


def test_a_row_of_column_numbers_names_no_criteria(read: Any) -> None:
    heads = ["STT", "Tên xã", *NAMES, "Tổng số"]
    numbers = list(range(1, len(heads) + 1))
    found = read(page("TH", [TITLE], heads, numbers, [1, "Xã Đại An", *MARKS, 5]))
    assert [number for number, _ in marks(found)] == ["1", "2", "3", "4", "5", "10"]
    assert found.data("criteria_summary")[0]["criteria_met"] == 5


@pytest.mark.parametrize("merged", [(), [f"{left}2:{right}2" for left, right in ("CD", "EF", "GH", "IJ", "KL", "MN")]])
def test_last_years_marks_beside_this_periods_are_not_read_as_its_own(tmp_path: Path, merged: list[str]) -> None:
    book = openpyxl.Workbook()
    names = [part for name in NAMES for part in (name, None)]
    title = [f"{TITLE} 6 tháng đầu năm 2023, huyện Trà Cú"]
    for line in (title, ["STT", "Tên xã", *names], [None, None, *["Năm 2022", "6 tháng 2023"] * 6], [1, "Xã Đại An"]):
        book.active.append(line)
    for column in range(3, 15):
        book.active.cell(4, column, "x" if column % 2 else "CĐ")
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(tmp_path / "report.xlsx")
    (identity,) = identify(read_workbook(tmp_path / "report.xlsx"), load_settings({"NTM_NOW": "2023-07-01"}))
    assert [problem.rule_id for problem in identity.problems] == ["not_a_report"]


def test_a_table_without_a_column_of_sums_is_read(read: Any) -> None:
    found = read(page("TH", [TITLE], ["STT", "Tên xã", *NAMES], [1, "Xã Đại An", *MARKS]))
    assert marks(found)[0] == ("1", "D")


def test_criteria_numbered_below_their_names_are_read_by_their_numbers(read: Any) -> None:
    names = ["Quy hoạch", "Giao thông", "Thủy lợi & PCTT", "CSHT TM", "Nhà ở DC", "HTCT"]
    lines = [["STT", "Tên xã", *names], [None, None, 1, 2, 3, 7, 9, 18], [1, "Xã Đại An", *MARKS]]
    found = read(page("TH", [TITLE], [None], *lines, merged=["A3:A4", "B3:B4"]))
    assert [number for number, _ in marks(found)] == ["1", "2", "3", "7", "9", "18"]


def test_a_strange_heading_among_criteria_is_asked_and_not_passed_over(read: Any) -> None:
    names = [*NAMES[:3], "Lưới điện hạ thế", *NAMES[4:]]
    found = read(page("TH", [TITLE], ["STT", "Tên xã", *names], [1, "Xã Đại An", *MARKS]))
    (row,) = [row for row in found.data("criteria_summary") if row["criterion_no"] is None]
    assert (row["criterion_no__text"], row["criterion_no__problem"]) == ("Lưới điện hạ thế", "not_in_list")


def test_a_number_beside_the_beginning_of_the_name_of_another_criterion_is_asked(read: Any) -> None:
    names = ["1. Quy hoạch", "2. Thủy lợi", "3. Giao thông", *NAMES[3:]]
    found = read(page("TH", [TITLE], ["STT", "Tên xã", *names], [1, "Xã Đại An", *MARKS]))
    asked = [row["criterion_no__text"] for row in found.data("criteria_summary") if row["criterion_no"] is None]
    assert asked == ["2. Thủy lợi", "3. Giao thông"]


def test_the_beginning_of_one_criterions_name_is_that_criterion(read: Any) -> None:
    names = ["Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "Nhà ở"]
    found = read(page("TH", [TITLE], ["STT", "Tên xã", *names], [1, "Xã Đại An", *MARKS]))
    assert [number for number, _ in marks(found)] == ["1", "2", "3", "4", "5", "9"]


def test_a_code_beside_the_name_of_another_commune_is_asked(read: Any) -> None:
    heads = ["Mã xã", "Tên xã", "1. Quy hoạch", "Tổng số tiêu chí đạt"]
    lines = [["29491", "Xã Tập Sơn", "Đ", 1], ["29467", "Xã Tập Sơn", "Đ", 1]]
    found = read(page("01a. TH NTM", ["Biểu 01a/NTM"], heads, *lines))
    first, second = found.data("criteria_summary")
    assert (first["commune_code"], first["commune_code__problem"]) == (None, "ambiguous")
    assert first["commune_code__text"] == "29491 - Xã Tập Sơn"
    assert (second["commune_code"], second["commune_code__problem"]) == ("29467", None)


def test_each_of_two_tables_on_a_sheet_is_of_the_set_in_its_own_title(read: Any) -> None:
    heads = ["STT", "Tên xã", *NAMES]
    first, second = [1, "Xã Đại An", *MARKS], [1, "Xã Đại An", *MARKS]
    found = read(page("TH", [TITLE], heads, first, [None], [f"{TITLE} NÂNG CAO"], heads, second))
    rows = found.data("criteria_summary")
    assert {(row["row_number"], row["criteria_set_code"]) for row in rows} == {
        (3, "NTM_XA_2021"),
        (7, "NTM_XA_NC_2021"),
    }


HEADS = ["STT", "Xã", "QĐ số, ngày", "Năm", "Lĩnh vực"]
DECISION = "12/QĐ-UBND ngày 12/3/2023"


def test_the_heading_of_a_section_says_the_title_of_its_rows(read: Any) -> None:
    lines = [
        ["I", "Xã nông thôn mới nâng cao"],
        [1, "Xã Đại An", DECISION, 2023],
        ["II", "Xã nông thôn mới kiểu mẫu"],
        [2, "Xã Tập Sơn", DECISION, 2023],
    ]
    found = read(page("DS", ["DANH SÁCH XÃ ĐƯỢC CÔNG NHẬN ĐẠT CHUẨN"], [None], HEADS, *lines))
    assert [row["title_code"] for row in found.data("recognitions")] == ["NTM_NC", "NTM_KM"]


def test_a_title_of_the_base_title_and_a_higher_one_is_asked(read: Any) -> None:
    title = "DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI, NÔNG THÔN MỚI NÂNG CAO"
    found = read(page("DS", [title], [None], HEADS, [1, "Xã Đại An", DECISION, 2023]))
    assert found.data("recognitions")[0]["title_code"] is None
    assert found.of("title_ambiguous") == [("DS", "Danh hiệu", "nâng cao / đạt chuẩn nông thôn mới")]


def test_each_of_two_lists_on_a_sheet_has_the_title_above_it(read: Any) -> None:
    first, second = [1, "Xã Đại An", DECISION, 2023], [1, "Xã Tập Sơn", DECISION, 2023]
    titles = ["1. DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI", "2. DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI NÂNG CAO"]
    found = read(page("DS", [titles[0]], HEADS, first, [None], [titles[1]], HEADS, second))
    assert [row["title_code"] for row in found.data("recognitions")] == ["NTM", "NTM_NC"]


@pytest.mark.parametrize("divider", ["Chương trình giảm nghèo bền vững", "Vốn kéo dài năm 2022", "Xã Đại An"])
def test_rows_below_a_heading_of_another_programme_year_or_place_are_asked(read: Any, divider: str) -> None:
    heads = ["TT", "Nội dung", "Kế hoạch năm", "Lũy kế"]
    lines = [["1", "NSTW", 10, 5], ["B", divider], ["1", "NSĐP", 20, 5], ["2", "Tín dụng", 30, 5]]
    found = read(page("NL", ["HUY ĐỘNG NGUỒN LỰC"], [None, None, "ĐVT: triệu đồng"], heads, *lines))
    assert [row["source_code"] for row in found.data("funding_sources")] == ["NSTW"]
    assert [value for _, value, _ in found.of("row_not_recognised")] == ["NSĐP", "Tín dụng"]


def test_the_heading_of_our_own_programme_divides_nothing(read: Any) -> None:
    heads = ["TT", "Nội dung", "Kế hoạch năm", "Lũy kế"]
    lines = [["A", "Chương trình MTQG xây dựng nông thôn mới"], ["1", "NSTW", 10, 5]]
    found = read(page("NL", ["HUY ĐỘNG NGUỒN LỰC"], [None, None, "ĐVT: triệu đồng"], heads, *lines))
    assert [row["source_code"] for row in found.data("funding_sources")] == ["NSTW"]


INDICATORS = "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"


def test_a_verdict_beside_a_figure_is_read_and_one_that_contradicts_is_asked(read: Any) -> None:
    lines = [
        ["TT", "Nội dung chỉ tiêu", "ĐVT", "Xã Đại An", None, "Xã Tập Sơn", None],
        [None, None, None, "Kết quả", "Đánh giá", "Đánh giá", "Kết quả"],
        ["2.1", "Tỷ lệ đường xã được nhựa hóa", "%", 92.5, "Đ", "CĐ", 50],
        ["1.1", "Có quy hoạch chung xây dựng xã", None, "Đạt", "CĐ", "Đ", "Đạt"],
    ]
    found = read(page("CT", [INDICATORS], *lines, merged=["A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"]))
    rows = [(row["commune_code"], row["value"], row["verdict"]) for row in found.data("criteria_results")]
    assert [(code, verdict) for code, _, verdict in rows] == [
        ("29491", "D"),
        ("29467", "CD"),
        ("29491", None),
        ("29467", "D"),
    ]
    assert [value if value is None else float(value) for _, value, _ in rows] == [92.5, 50, None, None]
    assert found.data("criteria_results")[2]["verdict__problem"] == "ambiguous"


def test_an_indicator_number_beside_the_name_of_another_indicator_is_asked(read: Any) -> None:
    lines = [
        ["TT", "Nội dung chỉ tiêu", "ĐVT", "Xã Đại An", "Xã Tập Sơn"],
        [17.1, "Tỷ lệ hộ và cơ sở thực phẩm tuân thủ an toàn thực phẩm", "%", 90, 91],
        ["17.2", "Cơ sở SXKD bảo đảm môi trường", "%", 90, 91],
    ]
    found = read(page("CT", [INDICATORS], *lines))
    assert {row["indicator_no"] for row in found.data("criteria_results")} == {"17.2"}
    assert [value for _, value, _ in found.of("row_not_recognised")] == ["17.1"]


def test_days_beside_others_with_the_month_first_are_asked(read: Any) -> None:
    heads = ["STT", "Cơ quan giúp đỡ", "Xã được giúp đỡ", "Hoạt động", "Ngày thực hiện"]
    days = ["02/13/2023", "04/05/2023", "05/05/2023"]
    lines = [[n, "Sở Y tế", "Xã Đại An", "Họp", day] for n, day in enumerate(days, 1)]
    found = read(page("HD", ["THEO DÕI HOẠT ĐỘNG GIÚP ĐỠ XÃ"], [None], heads, *lines))
    rows = found.data("helper_activities")
    assert [str(row["activity_date"]) for row in rows] == ["2023-02-13", "None", "2023-05-05"]
    assert [row["activity_date__problem"] for row in rows] == [None, "ambiguous", None]


FUNDING = ["Địa bàn", "Chương trình", "Nội dung thành phần", "Nguồn vốn", "Loại vốn", "Năm kế hoạch vốn"]
LINE = ["Xã Đại An", "NTM", "ND01", "NSTW", "ĐTPT", 2023]


def test_figures_without_a_heading_inside_a_table_are_told(read: Any) -> None:
    found = read(page("05. Nguồn lực", ["Biểu 05/NTM"], [*FUNDING, None, "Kế hoạch"], [*LINE, 7, 5]))
    assert found.of("column_not_recognised") == [("G3", "7", None)]


def test_a_column_of_figures_under_a_heading_that_only_resembles_its_own_is_missing(read: Any) -> None:
    found = read(page("05. Nguồn lực", ["Biểu 05/NTM"], [*FUNDING, "Kế hoạch 2023", "Cán bộ"], [*LINE, 7, 5]))
    assert [expected for _, _, expected in found.of("column_missing")] == ["Kế hoạch"]


def test_a_sheet_whose_title_names_another_district_is_asked() -> None:
    cover = {(0, 0): "Mã đơn vị báo cáo", (0, 1): "849", (1, 0): "Kỳ báo cáo", (1, 1): "2023M06"}
    form = {
        (0, 0): "Biểu 05/NTM",
        (1, 0): "Huyện Cầu Ngang, 6 tháng đầu năm 2023",
        (2, 0): "Địa bàn",
        (2, 1): "Kế hoạch",
    }
    workbook = Workbook((Sheet("Bìa", True, dict(cover)), Sheet("05. Nguồn lực", True, dict(form))))
    (identity,) = identify(workbook, load_settings({"NTM_NOW": "2023-07-01"}))
    (problem,) = identity.problems
    assert (problem.rule_id, problem.sheet, problem.cell) == ("unit_contradictory", "05. Nguồn lực", "A2")


def test_rows_of_no_height_count_as_hidden(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Biểu 05/NTM"])
    book.active.append([*FUNDING, "Kế hoạch"])
    book.active.append([*LINE, 5])
    book.active.row_dimensions[3].height = 1
    book.save(tmp_path / "full.xlsx")
    with ZipFile(tmp_path / "full.xlsx") as full, ZipFile(tmp_path / "report.xlsx", "w") as flat:
        for name in full.namelist():
            flat.writestr(name, full.read(name).replace(b'ht="1"', b'ht="0"'))
    (sheet,) = read_workbook(tmp_path / "report.xlsx").sheets
    assert sheet.hidden_rows == {2}


def test_what_the_reader_saw_on_the_sheets_of_a_report_is_told_once(tmp_path: Path) -> None:
    settings = load_settings({"NTM_NOW": "2023-07-01", "NTM_DATA_DIR": str(tmp_path)})
    Path(settings.inbox).mkdir(parents=True)
    book = openpyxl.Workbook()
    for number, period in enumerate(("2023M06", "2023Q1")):
        cover = book.create_sheet(f"Bìa {number}")
        for line in (["BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"], ["Mã đơn vị báo cáo", "849"], ["Kỳ báo cáo", period]):
            cover.append(line)
        form = book.create_sheet(f"NL {number}")
        for line in (["Biểu 05/NTM"], [*FUNDING, "Kế hoạch"], [*LINE, "=1+1"]):
            form.append(line)
    book.remove(book.worksheets[0])
    book.save(Path(settings.inbox) / "two.xlsx")
    receive_inbox(settings, "run")
    identify_pending(settings, "run")
    read_pending(settings, "run")
    told = [
        row
        for row in ledger.read(settings.ledger_dir, "problems").to_pylist()
        if row["rule_id"] == "formula_not_calculated"
    ]
    assert sorted((row["sheet"], row["stage"]) for row in told) == [("NL 0", "tables"), ("NL 1", "tables")]
