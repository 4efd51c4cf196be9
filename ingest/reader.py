"""Reading workbooks: a file of any spreadsheet format becomes sheets of cells, or a reason why it cannot be read.

Belongs here: what the rest of the product sees of a workbook, with text of legacy fonts decoded. Does not belong here:
the child process that opens files (reader_process.py, reader_worker.py and the readers of formats), and what the cells
mean (locate.py, parse.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import cast

from ingest.problem import Problem
from ingest.reader_fonts import decoded, proven_codes
from ingest.reader_limits import Limits, UnreadableWorkbook, too_large
from ingest.reader_process import close_readers, reader_for
from ingest.reader_sheet import Notice, Range, RawSheet, cell_address

__all__ = [
    "CellValue",
    "Limits",
    "Percent",
    "Range",
    "Sheet",
    "UnreadableWorkbook",
    "Workbook",
    "cell_address",
    "close_readers",
    "read_workbook",
]


@dataclass(frozen=True)
class Percent:
    """A number in a cell that shows it as a percentage: 0.925 is seen as 92.5%."""

    value: float


CellValue = str | int | float | bool | datetime | date | time | timedelta | Percent


@dataclass(frozen=True)
class Sheet:
    """One worksheet. Cells are addressed (row, column) from zero; blank cells are absent."""

    name: str
    is_visible: bool
    cells: dict[tuple[int, int], CellValue]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()  # hidden rows and columns that hold cells
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    originals: Mapping[tuple[int, int], str] = field(default_factory=dict)  # text in the file of each decoded cell

    def value(self, row: int, column: int) -> CellValue | None:
        return self.cells.get((row, column))

    @cached_property
    def rows(self) -> dict[int, dict[int, CellValue]]:
        """Non-blank cells by row and column, both in ascending order."""
        by_row: dict[int, dict[int, CellValue]] = {}
        for (row, column), value in sorted(self.cells.items(), key=lambda item: item[0]):
            by_row.setdefault(row, {})[column] = value
        return by_row

    @cached_property
    def merge_origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell inside a merged range of sane size, the range's first cell."""
        origin = {}
        for (top, left), (bottom, right) in self.merged:
            if (bottom - top + 1) * (right - left + 1) <= 20_000:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        origin[row, column] = (top, left)
        return origin

    def shown(self, row: int, column: int) -> CellValue | None:
        """The value a person sees at a place: that of the merged range that covers it, if one does."""
        return self.cells.get(self.merge_origin.get((row, column), (row, column)))


@dataclass(frozen=True)
class Workbook:
    """The worksheets of one file, in its order."""

    sheets: tuple[Sheet, ...] = field(default_factory=tuple)
    kind: str = "xlsx"  # xlsx, xlsm, xls, xlsb, ods or csv, by content
    notices: tuple[Problem, ...] = ()  # what was seen on opening and its sender should know


def read_workbook(path: Path, limits: Limits | None = None) -> Workbook:
    """All cells of a workbook (xlsx, xlsm, xlsb, xls, ods, csv), whatever its name. Raises UnreadableWorkbook.

    Formulas are never evaluated, links never followed, macros never run. The file is opened in a child process that
    lives on between calls; its hang or death is the file's fault.
    """
    limits = limits or Limits()
    size = path.stat().st_size
    if size == 0:
        raise UnreadableWorkbook("workbook_empty", "0 byte")
    if size > limits.file_size:
        raise too_large(f"{size >> 20} MB")
    raw = reader_for(limits).ask(path)
    proven = proven_codes(raw.sheets)
    sheets = tuple(_sheet(sheet, proven) for sheet in raw.sheets)
    if not any(sheet.cells for sheet in sheets):
        raise UnreadableWorkbook("workbook_empty", "0 ô")
    return Workbook(sheets, raw.kind, tuple(_problem(notice) for notice in raw.notices))


def _sheet(raw: RawSheet, proven: frozenset[str]) -> Sheet:
    cells: dict[tuple[int, int], CellValue] = {}
    originals: dict[tuple[int, int], str] = {}
    for place, value in raw.cells.items():
        if type(value) is str:
            # ASCII text reads the same in every legacy font, but for letters that stand among control characters.
            plain = value.isascii() and value.isprintable()
            unicode_text = None if plain else decoded(value, raw.fonts.get(place), proven)
            if unicode_text is not None:
                originals[place], value = value, unicode_text
        elif type(value) is tuple:
            value = Percent(value[1])
        cells[place] = cast(CellValue, value)
    return Sheet(
        raw.name,
        raw.is_visible,
        cells,
        tuple(raw.merged),
        frozenset(raw.hidden_rows),
        frozenset(raw.hidden_columns),
        frozenset(raw.formulas),
        originals,
    )


def _problem(notice: Notice) -> Problem:
    return Problem(notice.rule_id, sheet=notice.sheet, cell=notice.cell, value=notice.value)
