"""Which sheets a report carries: by its period, so that another criteria set may judge, and by who sends it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest import reference
from ingest.identity import identify
from ingest.reader import read_workbook
from ingest.settings import load_settings
from ingest.spec import InvalidSpec, load_specs
from ingest.spec_file import _spec_from
from ingest.tables import Tables, read_tables
from ingest.template import write_workbook

COMMUNE, WARD, DISTRICT = "29461", "29242", "849"
SUMMARY = "01a. TH NTM"


def sheets(path: Path, unit: str, period: str) -> list[str]:
    write_workbook(path, reporting_unit_id=unit, reporting_period_id=period)
    return list(openpyxl.load_workbook(path).sheetnames)


def read(path: Path) -> Tables:
    workbook = read_workbook(path)
    (identity,) = identify(workbook, load_settings({"NTM_NOW": "2026-07-10"}))
    assert identity.problems == ()
    return read_tables(identity.workbook, identity)


def marks(set_code: str, count: int, met: int) -> list[dict[str, Any]]:
    return [
        {"criteria_set_code": set_code, "commune_code": COMMUNE, "criterion_no": str(number), "criteria_met": met,
         "mark": "D" if number <= met else "CD"}
        for number in range(1, count + 1)
    ]  # fmt: skip


def set_of(form: str, period: str) -> set[str | None]:
    about = reference.period(period)
    assert about is not None
    return {sheet.criteria_set_code for sheet in load_specs()[form].sheets_in(about)}


@pytest.mark.parametrize("form", ["criteria_summary", "criteria_results", "unit_criteria", "area_criteria"])
def test_a_sheet_of_a_set_is_in_use_only_in_years_that_the_set_judges(form: str) -> None:
    judges = {row["set_code"]: row for row in reference.rows("criteria_sets")}
    for period in reference.rows("reporting_periods"):
        if period["period_type"] != "stage" and period["year"] >= 2022:
            for sheet in load_specs()[form].sheets_in(period):
                own = judges[sheet.criteria_set_code]
                assert own["assessment_year_from"] <= period["year"] <= own["assessment_year_to"]


def test_another_set_judges_from_2026_under_the_same_form_number() -> None:
    assert set_of("criteria_summary", "2025Y") == {"NTM_XA_2021", "NTM_XA_NC_2021"}
    assert set_of("criteria_summary", "2026Q1") == {"NTM_XA_2026"}


def test_a_set_whose_indicators_are_not_held_has_no_sheet_of_indicators(tmp_path: Path) -> None:
    assert set_of("criteria_results", "2026M06") == set()
    names = sheets(tmp_path / "half.xlsx", COMMUNE, "2026M06")
    assert not [name for name in names if name.startswith("02")]
    contents = openpyxl.load_workbook(tmp_path / "half.xlsx")["Mục lục"]
    listed = {row[0].value: row[2].value for row in contents.iter_rows(min_row=5)}
    assert listed["Biểu 02a"] == load_specs()["criteria_results"].note_vi


def test_a_commune_reports_on_itself_alone_on_every_sheet(tmp_path: Path) -> None:
    write_workbook(tmp_path / "nine.xlsx", reporting_unit_id=COMMUNE, reporting_period_id="2025M09")
    book = openpyxl.load_workbook(tmp_path / "nine.xlsx")
    assert not [name for name in book.sheetnames if name.startswith("03")]
    listed = [row[0].value for row in book[SUMMARY].iter_rows(max_col=1)]
    assert [value for value in listed if isinstance(value, str) and value.isdecimal()] == [COMMUNE]
    assert "ỦY BAN NHÂN DÂN XÃ TRÀ CÚ" in [cell.value for cell in book["Bìa"]["A"]]
    lists = [[cell.value for cell in column if cell.value] for column in book["_danh_muc"].iter_cols()]
    assert ["places_of_unit", "Xã Trà Cú (29461)"] in lists


def test_a_ward_is_not_asked_about_criteria_of_communes(tmp_path: Path) -> None:
    names = sheets(tmp_path / "year.xlsx", WARD, "2025Y")
    assert not [name for name in names if name.startswith(("01", "02", "03"))]
    assert "24. Đô thị văn minh" in names


def test_marks_of_2026_are_read_on_the_set_of_2026(tmp_path: Path) -> None:
    path = tmp_path / "quarter.xlsx"
    rows = {"criteria_summary": marks("NTM_XA_2026", 10, 9)}
    write_workbook(path, reporting_unit_id=COMMUNE, reporting_period_id="2026Q1", filled=rows)
    (part,) = [part for part in read(path).parts if part.spec.form == "criteria_summary"]
    assert {row["criteria_set_code"] for row in part.rows} == {"NTM_XA_2026"}
    assert [row["mark"] for row in part.rows if row["row_kind"] == "data"] == ["D"] * 9 + ["CD"]


def test_a_sheet_that_the_period_no_longer_has_is_told_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "quarter.xlsx"
    rows = {"criteria_summary": marks("NTM_XA_2026", 10, 9)}
    write_workbook(path, reporting_unit_id=COMMUNE, reporting_period_id="2026Q1", filled=rows)
    book = openpyxl.load_workbook(path)
    book.create_sheet("01b. TH NTM nâng cao").append(("Biểu 01b/NTM",))
    book.save(path)
    tables = read(path)
    told = [(one.sheet, one.expected) for one in tables.problems if one.rule_id == "sheet_not_in_use"]
    assert told == [("01b. TH NTM nâng cao", "Quý I năm 2026")]
    (part,) = [part for part in tables.parts if part.spec.form == "criteria_summary"]
    assert {row["sheet"] for row in part.rows} == {SUMMARY}


def test_a_sheet_that_stands_twice_in_a_period_is_refused_by_name() -> None:
    document = {
        "form": "sample", "order": 1, "version": "1", "title_vi": "Biểu thử", "title_en": "Sample",
        "grain": "one row per place", "layout": "table", "rows": "free", "due_in": ["year"], "sent_by": ["commune"],
        "key": ["place_code"],
        "columns": [{"name": "place_code", "header": "Địa bàn", "type": "code", "code_list": "places_of_unit"}],
    }  # fmt: skip
    twice = [
        {"name": "A", "anchor": "Biểu A", "until_period": "2026M06"},
        {"name": "A", "anchor": "Biểu A", "from_period": "2026Q1"},
    ]
    with pytest.raises(InvalidSpec, match="stands twice in 2026Q1"):
        _spec_from({**document, "sheets": twice})
    with pytest.raises(InvalidSpec, match="no reporting period '2026Q9'"):
        _spec_from({**document, "sheets": [{"name": "A", "anchor": "Biểu A", "from_period": "2026Q9"}]})


def test_money_of_2026_is_read_under_the_names_of_2026(tmp_path: Path) -> None:
    """What the drop-downs of the quarter offer: the merged programme, and the old one for money carried over."""
    path = tmp_path / "quarter.xlsx"
    line = {"place_code": COMMUNE, "content_code": "ND02", "source_code": "NSTW"}
    own = {**line, "programme_code": "NTP-2026", "nature_code": "DTPT", "plan_year": 2026}
    carried_over = {**line, "programme_code": "NTM", "nature_code": "SN", "plan_year": 2025}
    rows = {"funding_sources": [own, carried_over]}
    write_workbook(path, reporting_unit_id=COMMUNE, reporting_period_id="2026Q1", filled=rows)
    (part,) = [part for part in read(path).parts if part.spec.form == "funding_sources"]
    typed = [row for row in part.rows if row["row_kind"] == "data"]
    assert [row["nature_code__text"] for row in typed] == ["Vốn đầu tư công", "Kinh phí thường xuyên"]
    assert [(row["programme_code"], row["nature_code"], row["plan_year"]) for row in typed] == [
        ("NTP-2026", "DTPT", 2026),
        ("NTM", "SN", 2025),
    ]
