"""Small real workbooks for tests of layouts: a cover and sheets typed cell by cell, read by the whole of ingest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.identity import identify
from ingest.problem import Problem
from ingest.reader import read_workbook
from ingest.settings import load_settings
from ingest.tables import Tables, read_tables

Row = dict[str, Any]
Lines = Sequence[Sequence[Any]]

COVER = [
    ["BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"],
    ["Mã đơn vị báo cáo", "849"],
    ["Kỳ báo cáo", "2023M06"],
]


@dataclass
class Page:
    """One sheet: its lines from A1 on, ranges to merge, and what is hidden."""

    name: str
    lines: Lines
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    is_hidden: bool = False


@dataclass
class Read:
    """What came of a workbook."""

    tables: Tables
    told: list[Problem] = field(default_factory=list)

    def rows(self, form: str) -> list[Row]:
        return next(part.rows for part in self.tables.parts if part.spec.form == form)

    def data(self, form: str) -> list[Row]:
        return [row for row in self.rows(form) if row["row_kind"] == "data"]

    def totals(self, form: str) -> list[Row]:
        return [row for row in self.rows(form) if row["row_kind"] == "total"]

    def state(self, form: str) -> str:
        return next(part.state for part in self.tables.parts if part.spec.form == form)

    def of(self, rule_id: str) -> list[tuple[str | None, str | None, str | None]]:
        """Cell (or sheet where there is none), value and expected of the problems of one rule."""
        return [(one.cell or one.sheet, one.value, one.expected) for one in self.told if one.rule_id == rule_id]

    @property
    def rules(self) -> set[str]:
        """Rules broken, but for the forms that these small workbooks leave out."""
        return {one.rule_id for one in self.told} - {"form_missing", "formula_not_calculated", "sheet_hidden"}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """Write pages (dicts of the arguments of Page) behind a cover, and read them as Trà Cú's report for 2023M06."""

    def read_pages(*pages: Mapping[str, Any], cover: Lines | None = None) -> Read:
        path = tmp_path / "report.xlsx"
        write(path, [Page("Bìa", COVER if cover is None else cover), *(Page(**page) for page in pages)])
        workbook = read_workbook(path)
        (identity,) = identify(workbook, load_settings({"NTM_NOW": "2023-07-01"}))
        assert identity.problems == ()
        tables = read_tables(identity.workbook, identity)
        return Read(tables, [*identity.notes, *tables.problems])

    return read_pages


def write(path: Path, pages: Sequence[Page]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row, line in enumerate(page.lines, start=1):
            for column, value in enumerate(line, start=1):
                if value is not None:
                    sheet.cell(row, column, value)
        for merged in page.merged:
            sheet.merge_cells(merged)
        for hidden in page.hidden_rows:
            sheet.row_dimensions[hidden].hidden = True
        for letter in page.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_state = "hidden" if page.is_hidden else "visible"
    book.save(path)
