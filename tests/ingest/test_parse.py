"""Forms are read back as they were filled in, wherever their cells stand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest import template
from ingest.identity import Identity, identify
from ingest.problem import Problem
from ingest.reader import read_workbook
from ingest.settings import load_settings
from ingest.spec import load_specs
from ingest.tables import Tables, read_tables

Row = dict[str, Any]

SUMMARY = [
    {"criteria_set_code": "NTM_XA_2021", "commune_code": commune, "criterion_no": str(number), "mark": mark}
    | {"criteria_met": met, "criteria_change": -1, "explanation": "mới bàn giao"}
    for commune, met in (("29491", 18), ("29503", 17))
    for number, mark in ((1, "D"), (2, "CD"), (19, "KAD"))
] + [
    {
        "criteria_set_code": "NTM_XA_NC_2021",
        "commune_code": "29491",
        "criterion_no": "3",
        "mark": "D",
        "criteria_met": 5,
    }
]
RESULTS = [
    {"criteria_set_code": "NTM_XA_2021", "indicator_no": "2.1", "part_code": "total", "data_year": 2023}
    | {"commune_code": commune, "numerator": Decimal(45), "denominator": Decimal(60), "value": Decimal("75.5")}
    | {"verdict": "CD", "explanation": "chờ vốn"}
    for commune in ("29491", "29503")
] + [
    {"criteria_set_code": "NTM_XA_2021", "indicator_no": "17.10", "part_code": "total", "commune_code": "29491"}
    | {"value": Decimal(90), "verdict": "D"}
]
UNIT_CRITERIA = [
    {"criteria_set_code": "NTM_HUYEN_2021", "indicator_no": "1.1", "part_code": "total", "verdict": "D"}
    | {"owner_name": "Phòng Kinh tế", "planned_date": date(2023, 12, 1)}
]
FUNDING = [
    {
        "place_code": "29491",
        "programme_code": "NTM",
        "content_code": "ND01",
        "source_code": "NSTW",
        "nature_code": "DTPT",
    }
    | {"plan_year": 2023, "assigned_on": date(2023, 1, 5), "planned_vnd": Decimal(1_234_567_000)}
    | {"disbursed_vnd": Decimal(0), "borrower_count": None},
    {"place_code": "849", "programme_code": "NTM", "content_code": "ND00", "source_code": "NSTW", "nature_code": "SN"}
    | {"plan_year": 2022, "planned_vnd": Decimal(500_000_000), "adjusted_vnd": Decimal(-20_000_000)},
]
RECOGNITIONS = [
    {"subject_code": "29503", "title_code": "NTM", "stage_code": "2016-2020", "act_code": "first"}
    | {"year_recognised": 2021, "decision_no": "12/QĐ-UBND", "decision_date": date(2022, 4, 7)}
]
FILLED: dict[str, list[Row]] = {
    "criteria_summary": SUMMARY,
    "criteria_results": RESULTS,
    "unit_criteria": UNIT_CRITERIA,
    "funding_sources": FUNDING,
    "recognitions": RECOGNITIONS,
}


def understand(path: Path) -> tuple[Identity, Tables]:
    workbook = read_workbook(path)
    (identity,) = identify(workbook, load_settings({"NTM_NOW": "2023-07-01"}))
    assert identity.problems == ()
    return identity, read_tables(workbook, identity)


def fill(path: Path, filled: dict[str, list[Row]] | None, cover: Row | None = None, **other: Any) -> Any:
    return template.write_workbook(
        path, reporting_unit_id="849", reporting_period_id="2023M06", filled=filled, cover=cover or {}, **other
    )


def rows(tables: Tables, form: str) -> list[Row]:
    return next(part.rows for part in tables.parts if part.spec.form == form)


def data(tables: Tables, form: str) -> list[Row]:
    return [row for row in rows(tables, form) if row["row_kind"] == "data"]


def state(tables: Tables, form: str) -> str:
    return next(part.state for part in tables.parts if part.spec.form == form)


def problems(tables: Tables) -> list[Problem]:
    """What was found; the library that edits workbooks here drops the cached results of formulas, which is told too."""
    return [problem for problem in tables.problems if problem.rule_id != "formula_not_calculated"]


def rules(tables: Tables) -> list[tuple[str, str | None]]:
    return [(problem.rule_id, problem.form) for problem in problems(tables)]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[openpyxl.Workbook], None]], tuple[Identity, Tables]]:
    """A filled workbook as somebody changed it by hand."""

    def edit(change: Callable[[openpyxl.Workbook], None]) -> tuple[Identity, Tables]:
        fill(tmp_path / "filled.xlsx", FILLED)
        book = openpyxl.load_workbook(tmp_path / "filled.xlsx")
        change(book)
        book.save(tmp_path / "edited.xlsx")
        return understand(tmp_path / "edited.xlsx")

    return edit


@pytest.mark.parametrize("form", list(FILLED))
def test_what_was_filled_in_is_read_back_at_the_cells_it_was_written_to(tmp_path: Path, form: str) -> None:
    written = fill(tmp_path / "a.xlsx", FILLED)
    _, tables = understand(tmp_path / "a.xlsx")
    spec = load_specs()[form]
    by_key = {tuple(row[name] for name in spec.key): row for row in data(tables, form)}
    for values in FILLED[form]:
        key = tuple(values.get(name) for name in spec.key)
        row = by_key[key]
        for name, value in values.items():
            assert row[name] == value, name
            if name == "criteria_set_code" or (spec.axis and name == spec.axis.name):
                continue
            where = (row["sheet"], row[f"{name}__cell"])
            assert where == (written.cells.get((form, key, name)) or where)
            assert row[f"{name}__problem"] is None
    assert [rule for rule in rules(tables) if rule[1] == form] == []


def test_cells_of_a_matrix_have_the_address_of_their_group(tmp_path: Path) -> None:
    written = fill(tmp_path / "a.xlsx", FILLED)
    _, tables = understand(tmp_path / "a.xlsx")
    (row,) = [
        row
        for row in data(tables, "criteria_results")
        if (row["indicator_no"], row["commune_code"]) == ("17.10", "29491")
    ]
    key = ("NTM_XA_2021", "17.10", "total", "29491")
    assert (row["sheet"], row["verdict__cell"]) == written.at("criteria_results", key, "verdict")
    assert row["row_id"] == f"02a. CT NTM!{row['row_number']}:29491"


def test_row_ids_are_unique_in_a_form(tmp_path: Path) -> None:
    fill(tmp_path / "a.xlsx", FILLED)
    _, tables = understand(tmp_path / "a.xlsx")
    for part in tables.parts:
        identities = [row["row_id"] for row in part.rows]
        assert len(set(identities)) == len(identities)


def test_blank_rows_of_a_free_form_are_no_rows(tmp_path: Path) -> None:
    fill(tmp_path / "a.xlsx", FILLED)
    _, tables = understand(tmp_path / "a.xlsx")
    assert len(data(tables, "funding_sources")) == 2
    assert data(tables, "helper_activities") == []
    assert state(tables, "helper_activities") == "present"


def test_rows_the_office_laid_out_are_rows_even_when_left_blank(tmp_path: Path) -> None:
    fill(tmp_path / "a.xlsx", FILLED)
    _, tables = understand(tmp_path / "a.xlsx")
    base = [row for row in data(tables, "criteria_summary") if row["criteria_set_code"] == "NTM_XA_2021"]
    assert len(base) == 15 * 19
    assert sum(row["mark"] is None for row in base) == 15 * 19 - 6
    assert {row["mark__problem"] for row in base} == {None}


def test_on_a_sheet_of_a_higher_set_only_judged_communes_are_rows(tmp_path: Path) -> None:
    fill(tmp_path / "blank.xlsx", None)
    _, tables = understand(tmp_path / "blank.xlsx")
    assert {row["criteria_set_code"] for row in rows(tables, "criteria_summary")} == {"NTM_XA_2021"}
    assert {row["criteria_set_code"] for row in rows(tables, "criteria_results")} == {"NTM_XA_2021"}
    fill(tmp_path / "filled.xlsx", FILLED)
    _, tables = understand(tmp_path / "filled.xlsx")
    higher = [row for row in data(tables, "criteria_summary") if row["criteria_set_code"] == "NTM_XA_NC_2021"]
    assert {row["commune_code"] for row in higher} == {"29491"}
    assert len(higher) == 19


def test_totals_are_kept_apart_and_their_labels_are_no_codes(tmp_path: Path) -> None:
    fill(tmp_path / "a.xlsx", FILLED)
    _, tables = understand(tmp_path / "a.xlsx")
    (total,) = [row for row in rows(tables, "funding_sources") if row["row_kind"] == "total"]
    assert total["row_id"].endswith(":total")
    assert (total["place_code"], total["place_code__text"], total["place_code__problem"]) == (None, "TỔNG SỐ", None)
    assert total["planned_vnd"] == Decimal(1_734_567_000)
    marks = {
        row["criterion_no"]: row["mark__text"]
        for row in rows(tables, "criteria_summary")
        if row["row_kind"] == "total" and row["criteria_set_code"] == "NTM_XA_2021"
    }
    assert len(marks) == 19
    assert marks["1"] == "2"


def test_the_form_number_finds_a_sheet_that_was_renamed(edited: Any) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book["05. Nguồn lực"].title = "Sheet7"

    _, tables = edited(rename)
    assert {row["sheet"] for row in rows(tables, "funding_sources")} == {"Sheet7"}


def test_the_name_finds_a_sheet_whose_form_number_was_deleted(edited: Any) -> None:
    def delete_title(book: openpyxl.Workbook) -> None:
        sheet = book["05. Nguồn lực"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.delete_rows(1, 4)

    _, tables = edited(delete_title)
    assert len(data(tables, "funding_sources")) == 2
    assert state(tables, "funding_sources") == "present"


def test_rows_and_columns_inserted_by_hand_move_the_table_but_not_its_meaning(edited: Any) -> None:
    def insert(book: openpyxl.Workbook) -> None:
        sheet = book["04. Công nhận"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1)

    _, tables = edited(insert)
    (row,) = data(tables, "recognitions")
    assert (row["subject_code"], row["decision_date"]) == ("29503", date(2022, 4, 7))
    assert row["subject_code__cell"].startswith("B")


def test_headers_may_be_rewritten_within_reason(edited: Any) -> None:
    def rewrite(book: openpyxl.Workbook) -> None:
        sheet = book["05. Nguồn lực"]
        for cell in next(row for row in sheet.iter_rows() if row[0].value == "Địa bàn"):
            cell.value = {"Kế hoạch": "KẾ  HOẠCH\n(triệu đồng)", "Đã giao": "Đã phân bổ *"}.get(cell.value, cell.value)

    _, tables = edited(rewrite)
    assert data(tables, "funding_sources")[0]["planned_vnd"] == Decimal(1_234_567_000)
    assert rules(tables) == []


def test_merged_headers_that_came_apart_still_name_their_group(edited: Any) -> None:
    def unmerge(book: openpyxl.Workbook) -> None:
        sheet = book["02a. CT NTM"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))

    _, tables = edited(unmerge)
    verdicts = {
        row["commune_code"]: row["verdict"] for row in data(tables, "criteria_results") if row["indicator_no"] == "2.1"
    }
    assert (verdicts["29491"], verdicts["29503"]) == ("CD", "CD")


def test_a_commune_of_another_unit_in_a_header_is_not_in_list(edited: Any) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for row in book["02a. CT NTM"].iter_rows(max_row=12):
            for cell in row:
                if cell.value == "Xã Đại An (29491)":
                    cell.value = "Xã Long Hữu (29518)"

    _, tables = edited(change)
    strange = [row for row in rows(tables, "criteria_results") if row["commune_code__problem"] == "not_in_list"]
    assert {row["commune_code__text"] for row in strange} == {"Xã Long Hữu (29518)"}
    assert strange[0]["row_id"].endswith(":Xã Long Hữu (29518)")


def test_a_required_column_that_is_gone_is_named_and_the_rest_is_read(edited: Any) -> None:
    def delete(book: openpyxl.Workbook) -> None:
        sheet = book["04. Công nhận"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.delete_cols(2)

    _, tables = edited(delete)
    assert rules(tables) == [("column_missing", "recognitions")]
    assert problems(tables)[0].expected == "Danh hiệu"
    (row,) = data(tables, "recognitions")
    assert (row["title_code"], row["title_code__cell"], row["decision_no"]) == (None, None, "12/QĐ-UBND")


def test_a_sheet_without_its_table_is_named(edited: Any) -> None:
    def clear(book: openpyxl.Workbook) -> None:
        sheet = book["04. Công nhận"]
        sheet.delete_rows(6, sheet.max_row)

    _, tables = edited(clear)
    assert rules(tables) == [("table_not_found", "recognitions")]
    assert state(tables, "recognitions") == "present"


def test_a_form_that_is_owed_and_not_sent_is_missing(tmp_path: Path) -> None:
    fill(tmp_path / "a.xlsx", FILLED, omit_sheets={"05. Nguồn lực", "01b. TH NTM nâng cao", "02b. CT NTM nâng cao"})
    _, tables = understand(tmp_path / "a.xlsx")
    assert rules(tables) == [("form_missing", "funding_sources")]
    assert (state(tables, "funding_sources"), rows(tables, "funding_sources")) == ("missing", [])


def test_the_base_sheet_of_a_form_is_owed_even_where_another_is_sent(tmp_path: Path) -> None:
    fill(tmp_path / "a.xlsx", FILLED, omit_sheets={"01a. TH NTM"})
    _, tables = understand(tmp_path / "a.xlsx")
    assert rules(tables) == [("form_missing", "criteria_summary")]
    assert state(tables, "criteria_summary") == "present"


def test_a_nil_declaration_is_an_answer(tmp_path: Path) -> None:
    cover = {"nil_helper_activities": True, "nil_funding_sources": True}
    fill(tmp_path / "a.xlsx", {**FILLED, "funding_sources": []}, cover, omit_sheets={"07. Hoạt động giúp đỡ"})
    _, tables = understand(tmp_path / "a.xlsx")
    assert (state(tables, "helper_activities"), state(tables, "funding_sources")) == ("nil", "nil")
    assert rules(tables) == []


def test_a_nil_declaration_beside_rows_is_contradicted_and_the_rows_count(tmp_path: Path) -> None:
    fill(tmp_path / "a.xlsx", FILLED, {"nil_funding_sources": True})
    _, tables = understand(tmp_path / "a.xlsx")
    assert rules(tables) == [("nil_contradicted", "funding_sources")]
    assert problems(tables)[0].sheet == "Bìa"
    assert (state(tables, "funding_sources"), len(data(tables, "funding_sources"))) == ("present", 2)


def test_a_sheet_of_the_district_is_pointed_out_and_left_alone(edited: Any) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("Ghi chép")["A1"] = "riêng"

    _, tables = edited(add)
    assert [(problem.rule_id, problem.sheet) for problem in problems(tables)] == [("sheet_not_recognised", "Ghi chép")]


def test_what_stands_below_the_table_is_no_row(edited: Any) -> None:
    def sign(book: openpyxl.Workbook) -> None:
        sheet = book["04. Công nhận"]
        last = sheet.max_row + 2
        sheet.cell(last, 6, "Trà Cú, ngày 14 tháng 6 năm 2023")
        sheet.cell(last + 1, 1, "NGƯỜI LẬP BIỂU")
        sheet.cell(last + 4, 1, "Nguyễn Văn A")

    _, tables = edited(sign)
    assert len(data(tables, "recognitions")) == 1


def test_numbers_typed_as_text_keep_their_text_and_problem(edited: Any) -> None:
    def type_text(book: openpyxl.Workbook) -> None:
        sheet = book["05. Nguồn lực"]
        header = next(row for row in sheet.iter_rows() if row[0].value == "Địa bàn")
        index = next(cell.column for cell in header if cell.value == "Kế hoạch")
        first = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("Xã Đại An"))
        first[index - 1].value = "1.234"

    _, tables = edited(type_text)
    row = data(tables, "funding_sources")[0]
    assert (row["planned_vnd"], row["planned_vnd__text"], row["planned_vnd__problem"]) == (None, "1.234", "ambiguous")


def test_a_rate_typed_with_a_percent_sign_is_read_beside_its_unit(edited: Any) -> None:
    def type_percent(book: openpyxl.Workbook) -> None:
        sheet = book["02a. CT NTM"]
        header = next(row for row in sheet.iter_rows() if any(cell.value == "Kết quả" for cell in row))
        index = next(cell.column for cell in header if cell.value == "Kết quả")
        for row in sheet.iter_rows():
            if row[0].value in ("2.1", "1.1"):
                row[index - 1].value = 0.925
                row[index - 1].number_format = "0.0%"

    _, tables = edited(type_percent)
    found = {
        row["indicator_no"]: (row["value"], row["value__text"], row["value__problem"])
        for row in data(tables, "criteria_results")
        if row["value__text"] == "92.5%"
    }
    assert found == {
        "1.1": (None, "92.5%", "unreadable"),  # met or not met: no rate belongs there
        "2.1": (Decimal("92.5"), "92.5%", None),
    }


def test_an_indicator_number_typed_as_a_number_is_the_same_indicator(edited: Any) -> None:
    def retype(book: openpyxl.Workbook) -> None:
        for row in book["02a. CT NTM"].iter_rows():
            if row[0].value == "2.1":
                row[0].value = 2.1

    _, tables = edited(retype)
    assert any(row["indicator_no"] == "2.1" for row in data(tables, "criteria_results"))


def test_a_place_merged_over_rows_counts_for_each_but_an_amount_does_not(edited: Any) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        sheet = book["05. Nguồn lực"]
        first = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("Xã Đại An"))
        top = first[0].row
        header = next(row for row in sheet.iter_rows() if row[0].value == "Địa bàn")
        planned = next(cell.column for cell in header if cell.value == "Kế hoạch")
        for column in (1, planned):
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)

    _, tables = edited(merge)
    first, second = data(tables, "funding_sources")
    assert (first["place_code"], second["place_code"]) == ("29491", "29491")
    assert second["place_code__cell"] == first["place_code__cell"]
    assert (first["planned_vnd"], second["planned_vnd"]) == (Decimal(1_234_567_000), None)


def test_a_commune_that_stands_twice_in_the_header_has_rows_of_its_own_each_time(edited: Any) -> None:
    def repeat(book: openpyxl.Workbook) -> None:
        for row in book["02a. CT NTM"].iter_rows(max_row=12):
            for cell in row:
                if cell.value == "Xã Ngọc Biên (29503)":
                    cell.value = "Xã Đại An (29491)"

    _, tables = edited(repeat)
    twice = [
        row
        for row in rows(tables, "criteria_results")
        if (row["indicator_no"], row["commune_code"]) == ("2.1", "29491")
    ]
    number = twice[0]["row_number"]
    assert [row["row_id"] for row in twice] == [f"02a. CT NTM!{number}:29491", f"02a. CT NTM!{number}:29491#2"]
