"""What is special about the form of civilised-urban criteria: whom it lists, and who receives it."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from ingest.template import write_workbook

SHEET = "24. Đô thị văn minh"


def listed(path: Path, unit: str, period: str) -> list[str] | None:
    """The codes that a template lists on the sheet; None where the unit does not receive it."""
    write_workbook(path, reporting_unit_id=unit, reporting_period_id=period)
    book = openpyxl.load_workbook(path)
    if SHEET not in book.sheetnames:
        return None
    column = [row[0].value for row in book[SHEET].iter_rows(max_col=1)]
    return [value for value in column if isinstance(value, str) and value.isdecimal()]


def test_a_district_lists_its_townships_and_no_commune(tmp_path: Path) -> None:
    assert listed(tmp_path / "district.xlsx", "849", "2023M06") == ["29461", "29462"]


def test_the_sheet_is_owed_every_half_year(tmp_path: Path) -> None:
    assert listed(tmp_path / "quarter.xlsx", "849", "2023Q1") is None
