"""The template workbook, as an official and as a reader of cells meets it."""

from __future__ import annotations

import textwrap
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.reference import UnknownReference
from ingest.spec import load_specs
from ingest.template import AsTyped, write_workbook
from ingest.template_layout import COLUMN_WIDTHS

TRA_CU, DAI_AN = "849", "29491"
BASE = "NTM_XA_2021"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("blank") / "tra_cu.xlsx"
    write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023M06")
    return openpyxl.load_workbook(path)


def cells_with(sheet: Any, text: str) -> list[Any]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value == text]


def test_cover_names_unit_period_and_version(blank: openpyxl.Workbook) -> None:
    cover = {row[0].value: row[1].value for row in blank["Bìa"].iter_rows(min_row=6)}
    assert cover["Mã đơn vị báo cáo"] == TRA_CU
    assert cover["Tên đơn vị báo cáo"] == "Huyện Trà Cú"
    assert cover["Kỳ báo cáo"] == "2023M06"
    assert cover["Phiên bản biểu mẫu"] == load_specs()["cover"].version


def test_a_unit_receives_the_sheets_it_owes(blank: openpyxl.Workbook, tmp_path: Path) -> None:
    expected = ["01a. TH NTM", "01b. TH NTM nâng cao", "02a. CT NTM", "02b. CT NTM nâng cao", "03. TC cấp huyện"]
    assert blank.sheetnames[:7] == ["Bìa", "Mục lục", *expected]
    town = tmp_path / "town.xlsx"
    write_workbook(town, reporting_unit_id="851", reporting_period_id="2023Q1")
    names = openpyxl.load_workbook(town).sheetnames
    assert "03. TC thị xã, TP" in names
    assert "03. TC cấp huyện" not in names
    assert "02a. CT NTM" not in names  # owed at 6 months and in the year only


def test_the_contents_lead_to_every_sheet_and_back(blank: openpyxl.Workbook) -> None:
    contents = blank["Mục lục"]
    links = {cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink}
    forms = [name for name in blank.sheetnames if name[:2].isdecimal()]
    assert links == {f"'{name}'!A1" for name in forms}
    assert {blank[name]["A2"].hyperlink.location for name in forms} == {"'Mục lục'!A1"}


def test_the_cover_asks_only_of_forms_that_are_owed(blank: openpyxl.Workbook, tmp_path: Path) -> None:
    quarter = tmp_path / "quarter.xlsx"
    write_workbook(quarter, reporting_unit_id=TRA_CU, reporting_period_id="2023Q1")
    asked = {str(row[0].value) for row in openpyxl.load_workbook(quarter)["Bìa"].iter_rows(min_row=6)}
    owed = {form for form in load_specs().values() if "quarter" in form.due_in and "district" in form.sent_by}
    assert {one for one in asked if one.endswith("không phát sinh")} == {
        f"{form.number} không phát sinh" for form in owed if form.nil_allowed
    }


def test_own_communes_are_listed_without_townships(blank: openpyxl.Workbook) -> None:
    sheet = blank["01a. TH NTM"]
    codes = [row[0].value for row in sheet.iter_rows(min_row=10, max_row=24)]
    assert len(codes) == 15
    assert DAI_AN in codes
    assert "29461" not in codes  # Thị trấn Trà Cú
    assert sheet["A25"].value == "Tổng số xã đạt"


def test_every_indicator_and_part_has_its_row(blank: openpyxl.Workbook) -> None:
    sheet = blank["02a. CT NTM"]
    rows = [(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=10) if row[0].value and row[2].value]
    assert len({number for number, _ in rows}) == 57
    assert [part for number, part in rows if number == "15.1"] == ["chung", "nam", "nữ"]
    assert [part for number, part in rows if number == "17.1"] == ["a", "b"]


def test_groups_stand_under_merged_headers(blank: openpyxl.Workbook) -> None:
    sheet = blank["02a. CT NTM"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert sheet["F7"].value == "Xã Phước Hưng (29464)"
    assert "F7:J7" in merged
    assert [sheet.cell(8, column).value for column in range(6, 11)] == [
        "Tử số",
        "Mẫu số",
        "Kết quả",
        "Đánh giá",
        "Giải trình",
    ]
    assert "A7:A8" in merged
    assert sheet["A9"].value == "(1)"


def test_form_number_and_unit_of_money_are_printed(blank: openpyxl.Workbook) -> None:
    sheet = blank["05. Nguồn lực"]
    assert cells_with(sheet, "Biểu 05/NTM")
    assert cells_with(sheet, "Đơn vị tính: triệu đồng")
    assert cells_with(sheet, "TỔNG SỐ")[0].column == 1


def test_what_the_office_filled_in_is_locked_and_entry_cells_are_open(blank: openpyxl.Workbook) -> None:
    sheet = blank["02a. CT NTM"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet["A10"].protection.locked
    assert sheet["A10"].fill.fgColor.rgb != "00000000"
    assert not sheet["I10"].protection.locked


def test_coded_columns_have_drop_downs_from_the_hidden_sheet(blank: openpyxl.Workbook) -> None:
    lists = blank["_danh_muc"]
    assert lists.sheet_state == "hidden"
    listed = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in lists.iter_cols()}
    assert "Xã Đại An (29491)" in listed["communes_of_unit"]
    assert listed["verdict"] == ["Đ", "CĐ", "KAD"]
    assert "Huyện Trà Cú (849)" in listed["places_of_unit"]
    for name, header in (("05. Nguồn lực", "Nguồn vốn"), ("07. Hoạt động giúp đỡ", "Cơ quan giúp đỡ")):
        sheet = blank[name]
        heading = cells_with(sheet, header)[0]
        below = sheet.cell(heading.row + 5, heading.column).coordinate
        rules = [rule for rule in sheet.data_validations.dataValidation if below in rule.sqref]
        assert [rule.type for rule in rules] == ["list"]
        assert "_danh_muc" in rules[0].formula1


def test_help_shows_on_entry(blank: openpyxl.Workbook) -> None:
    messages = {rule.prompt for rule in blank["05. Nguồn lực"].data_validations.dataValidation}
    assert "Vốn kéo dài ghi năm kế hoạch cũ" in messages


def test_filled_values_stand_where_the_map_says(tmp_path: Path) -> None:
    rows = {
        "criteria_results": [
            {
                "criteria_set_code": BASE,
                "indicator_no": "15.1",
                "part_code": "male",
                "commune_code": DAI_AN,
                "data_year": 2023,
                "value": Decimal("92.75"),
                "verdict": "D",
            }
        ],
        "funding_sources": [
            {
                "place_code": DAI_AN,
                "programme_code": "NTM",
                "content_code": "ND02",
                "source_code": "NSTW",
                "nature_code": "DTPT",
                "plan_year": 2023,
                "assigned_on": date(2023, 1, 20),
                "assigned_vnd": Decimal("1250500000"),
            }
        ],
    }
    path = tmp_path / "filled.xlsx"
    written = write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023M06", filled=rows)
    book = openpyxl.load_workbook(path)

    def value_at(form: str, key: tuple[object, ...], column: str) -> object:
        sheet, cell = written.at(form, key, column)
        return book[sheet][cell].value

    male = (BASE, "15.1", "male", DAI_AN)
    assert value_at("criteria_results", male, "value") == 92.75
    assert value_at("criteria_results", male, "verdict") == "Đ"
    assert value_at("criteria_results", (BASE, "15.1", "male", None), "data_year") == 2023
    line = (DAI_AN, "NTM", "ND02", "NSTW", "DTPT", 2023)
    assert value_at("funding_sources", line, "place_code") == "Xã Đại An (29491)"
    assert value_at("funding_sources", line, "assigned_vnd") == 1250.5
    assert value_at("funding_sources", line, "assigned_on").date() == date(2023, 1, 20)  # type: ignore[attr-defined]


def test_printed_totals_carry_their_value(tmp_path: Path) -> None:
    line = {"place_code": DAI_AN, "programme_code": "NTM", "content_code": "ND02", "plan_year": 2023}
    amounts = [("NSTW", "1000000"), ("NST", "2500000")]
    funding = [line | {"source_code": source, "planned_vnd": Decimal(amount)} for source, amount in amounts]
    marks = [
        {"criteria_set_code": BASE, "commune_code": code, "criterion_no": "1", "mark": mark}
        for code, mark in ((DAI_AN, "D"), ("29503", "KAD"), ("29464", "CD"))
    ]
    path = tmp_path / "totals.xlsx"
    filled = {"funding_sources": funding, "criteria_summary": marks}
    written = write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023Q1", filled=filled)
    cached, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    sheet, cell = written.at("funding_sources", ("total",), "planned_vnd")
    assert cached[sheet][cell].value == 3.5
    assert str(formulas[sheet][cell].value).startswith("=SUM(")
    sheet, cell = written.at("criteria_summary", ("total", BASE, "1"), "mark")
    assert cached[sheet][cell].value == 2
    formula = str(formulas[sheet][cell].value)
    assert formula.count("COUNTIF(") == 2  # a criterion that does not apply is met
    assert '"Đ")' in formula
    assert '"KAD")' in formula


def test_a_text_typed_by_hand_stands_as_it_is(tmp_path: Path) -> None:
    row = {"criteria_set_code": BASE, "commune_code": DAI_AN, "criterion_no": "2", "mark": AsTyped("gần đạt")}
    path = tmp_path / "typed.xlsx"
    filled = {"criteria_summary": [row]}
    written = write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023Q1", filled=filled)
    sheet, cell = written.at("criteria_summary", (BASE, DAI_AN, "2"), "mark")
    assert openpyxl.load_workbook(path)[sheet][cell].value == "gần đạt"


def test_equal_content_is_equal_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.xlsx", "two.xlsx")]
    for path in paths:
        write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023Q1")
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_advanced_set_lists_only_communes_judged_on_it(tmp_path: Path) -> None:
    row = {"criteria_set_code": "NTM_XA_NC_2021", "commune_code": DAI_AN, "criterion_no": "1", "mark": "D"}
    path = tmp_path / "advanced.xlsx"
    filled = {"criteria_summary": [row]}
    write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023Q1", filled=filled)
    sheet = openpyxl.load_workbook(path)["01b. TH NTM nâng cao"]
    assert [sheet["A10"].value, sheet["A11"].value] == [DAI_AN, "Tổng số xã đạt"]


def test_a_commune_reports_on_itself_after_the_reform(tmp_path: Path) -> None:
    path = tmp_path / "commune.xlsx"
    write_workbook(path, reporting_unit_id="29461", reporting_period_id="2025Y")
    book = openpyxl.load_workbook(path)
    assert book["01a. TH NTM"]["A10"].value == "29461"
    assert not [name for name in book.sheetnames if name.startswith("03.")]


def test_a_unit_that_does_not_report_is_refused(tmp_path: Path) -> None:
    for unit, period in (("000", "2023Q1"), (TRA_CU, "2026Q1"), (TRA_CU, "2023Q7")):
        with pytest.raises(UnknownReference):
            write_workbook(tmp_path / "no.xlsx", reporting_unit_id=unit, reporting_period_id=period)
    assert not list(tmp_path.iterdir())


def test_no_heading_of_a_criterion_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "headings.xlsx"
    write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023Q1")
    sheet = openpyxl.load_workbook(path)["01a. TH NTM"]
    headings = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("13. Tổ chức sản xuất")]
    (heading,) = headings
    lines = textwrap.wrap(str(heading.value), COLUMN_WIDTHS["mark"] - 1)
    assert sheet.row_dimensions[heading.row].height >= 15 * len(lines)
