"""A worksheet as rows of typed cells, to be retyped: read from a clean workbook, written to a messy one.

Belongs here: pages, reading and writing them. Does not belong here: what is done to them (the other mess modules). The
same pages make the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None
FONT = "Times New Roman"
DATE_FORMAT = "dd/mm/yyyy"


@dataclass(frozen=True)
class Typed:
    """One cell: its value and how it is shown; a formula keeps the value that it had."""

    value: Value
    number_format: str = "General"
    is_bold: bool = False
    formula: str | None = None


Row = list[Typed | None]


@dataclass
class Page:
    """One worksheet. Rows and columns are counted from zero; `merged` holds top, left, bottom and right."""

    name: str
    rows: list[Row]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    is_visible: bool = True

    def value(self, row: int, column: int) -> Value:
        """The value of a cell; None for a blank one."""
        cells = self.rows[row] if row < len(self.rows) else []
        cell = cells[column] if column < len(cells) else None
        return None if cell is None else cell.value

    def row_of(self, text: str) -> int:
        """The first row that has a cell with just this text. Raises ValueError where none has."""
        for number, row in enumerate(self.rows):
            if any(cell is not None and cell.value == text for cell in row):
                return number
        raise ValueError(f"sheet {self.name!r} has no cell {text!r}")

    def column_of(self, heading: str) -> int:
        """The column under a heading. Raises ValueError where none has it."""
        row = self.rows[self.row_of(heading)]
        return next(index for index, cell in enumerate(row) if cell is not None and cell.value == heading)

    def insert_above(self, rows: Sequence[Row]) -> None:
        """Put rows above everything."""
        count = len(rows)
        self.rows[:0] = [list(row) for row in rows]
        self.merged = [(top + count, left, bottom + count, right) for top, left, bottom, right in self.merged]
        self.hidden_rows = {row + count for row in self.hidden_rows}

    def retype(self, change: Callable[[Typed], Typed], rows: Iterator[int] | range, column: int) -> None:
        """Change the cells of a column in some rows, where they hold anything."""
        for number in rows:
            cells = self.rows[number]
            if column < len(cells) and (cell := cells[column]) is not None and cell.value is not None:
                cells[column] = change(cell)

    def without_formulas(self) -> None:
        """Leave the values of formulas, as those who copy a table do."""
        self.rows = [[None if cell is None else replace(cell, formula=None) for cell in row] for row in self.rows]


def row_of_texts(*texts: str | None, is_bold: bool = False) -> Row:
    """A row of plain texts, blank where None."""
    return [None if text is None else Typed(text, is_bold=is_bold) for text in texts]


def read_pages(path: Path) -> list[Page]:
    """The sheets of a workbook in order, with formulas and the values they had."""
    import openpyxl
    from python_calamine import CalamineWorkbook

    book = openpyxl.load_workbook(path)
    shown = CalamineWorkbook.from_path(str(path))
    return [_page(sheet, shown.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)) for sheet in book]


def _page(sheet: Worksheet, shown: list[list[Any]]) -> Page:
    from openpyxl.utils import get_column_letter

    rows = [
        [_typed(cell, shown) if cell.value is not None else None for cell in cells]
        for cells in sheet.iter_rows()
    ]  # fmt: skip
    merged = [(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in sheet.merged_cells.ranges]
    letters = [get_column_letter(index + 1) for index in range(sheet.max_column)]
    widths = [float(sheet.column_dimensions[letter].width) for letter in letters]
    return Page(sheet.title, rows, sorted(merged), widths, set(), sheet.sheet_state == "visible")


def _typed(cell: Any, shown: list[list[Any]]) -> Typed:
    value, formula = cell.value, None
    if cell.data_type == "f":
        value, formula = shown[cell.row - 1][cell.column - 1], str(cell.value)
    if isinstance(value, datetime):
        value = value.date()
    return Typed(value, cell.number_format, bool(cell.font.b), formula)


def write_pages(path: Path, pages: Sequence[Page], made_on: date) -> None:
    """Write a workbook of these pages, said to be made on a day."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    # in_memory: only then every part of the zip carries a fixed time, so that equal content is equal bytes
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": datetime.combine(made_on, time())})
    formats: dict[tuple[str, bool], Any] = {}
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for index, width in enumerate(page.widths):
            sheet.set_column(index, index, width)
        for row in sorted(page.hidden_rows):
            sheet.set_row(row, None, None, {"hidden": True})
        origins = {(top, left): (bottom, right) for top, left, bottom, right in page.merged}
        for number, cells in enumerate(page.rows):
            for index, cell in enumerate(cells):
                if cell is None:
                    continue
                key = (cell.number_format, cell.is_bold)
                if key not in formats:
                    formats[key] = book.add_format({"font_name": FONT, "num_format": key[0], "bold": key[1]})
                if (number, index) in origins:
                    sheet.merge_range(number, index, *origins[number, index], "", formats[key])
                _write(sheet, number, index, cell, formats[key])
        if not page.is_visible:
            sheet.hide()
    book.close()


def _write(sheet: Any, row: int, index: int, cell: Typed, style: Any) -> None:
    value = cell.value
    if cell.formula is not None:
        sheet.write_formula(row, index, cell.formula, style, value)
    elif isinstance(value, str):
        sheet.write_string(row, index, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, datetime.combine(value, time()), style)
    elif value is not None:
        sheet.write_number(row, index, value, style)
