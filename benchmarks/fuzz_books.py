"""The workbooks that fuzzing starts from: a filled template, and small books of each format and of several writers.

Belongs here: making them. Does not belong here: damaging them (fuzz_mutations.py).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "ingest" / "fixtures"
UNIT, PERIOD, COMMUNE = "851", "2023Q1", "29515"
ZIPPED, TEXT, COMPOUND = "zip", "text", "ole"


def seed_books(folder: Path) -> dict[str, tuple[str, bytes]]:
    """By name: the container of a book, and its bytes. `folder` is for files under way."""
    return {
        "template.xlsx": (ZIPPED, _template(folder)),
        "xlsxwriter.xlsx": (ZIPPED, _of_xlsxwriter()),
        "openpyxl.xlsx": (ZIPPED, _of_openpyxl()),
        "small.ods": (ZIPPED, (FIXTURES / "small.ods").read_bytes()),
        "small.xlsb": (ZIPPED, (FIXTURES / "small.xlsb").read_bytes()),
        "old.xls": (COMPOUND, (FIXTURES / "old.xls").read_bytes()),
        "text.csv": (TEXT, "STT;Tên xã;Tỷ lệ\n1;Xã Đại An;12,5\n2;Xã Ngọc Biên;1.234\n".encode()),
    }


def _template(folder: Path) -> bytes:
    from ingest.template import write_workbook

    path = folder / "template.xlsx"
    money = {"planned_vnd": Decimal(900_000_000), "assigned_vnd": Decimal(900_000_000)}
    codes = {"programme_code": "NTM", "content_code": "ND01", "source_code": "NSTW", "nature_code": "DTPT"}
    row = {"place_code": COMMUNE, "plan_year": 2023, "disbursed_vnd": Decimal(5_000_000), **codes, **money}
    write_workbook(
        path,
        reporting_unit_id=UNIT,
        reporting_period_id=PERIOD,
        cover={"report_number": "12/BC-UBND", "report_date": date(2023, 3, 20), "data_as_of": date(2023, 3, 14)},
        filled={"funding_sources": [row]},
    )
    return path.read_bytes()


def _of_xlsxwriter() -> bytes:
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    percent, dates = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Biểu")
    sheet.merge_range("A1:F1", "Biểu số 01")
    sheet.write_row("A3", ["STT", "Tên xã", "Tỷ lệ", "Ngày", "Số tiền", "Tổng"])
    for row in range(3, 15):
        sheet.write_row(row, 0, [row - 2, f"Xã {row}"])
        sheet.write_number(row, 2, row / 100, percent)
        sheet.write_datetime(row, 3, date(2023, 4, row), dates)
        sheet.write_number(row, 4, 1_234.5 * row)
        sheet.write_formula(row, 5, f"=E{row + 1}*2", None, 2_469.0 * row)
    sheet.set_row(6, None, None, {"hidden": True})
    book.add_worksheet("Biểu 2").write_row("B2", ["Đ", "CĐ", "x", True])
    book.close()
    return target.getvalue()


def _of_openpyxl() -> bytes:
    import openpyxl

    target = BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 12):
        sheet.append([row, f"Xã {row}", row * 1.5, None, "Đạt" if row % 2 else "Không"])
    sheet["C3"].number_format = "0.00%"
    sheet.merge_cells("A14:B15")
    book.save(target)
    return target.getvalue()
