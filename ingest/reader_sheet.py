"""What the child process found in a file, in the shape in which it goes to the parent: plain values only.

Belongs here: the raw sheet and workbook, and addresses. Does not belong here: reading any format (reader_xlsx.py,
reader_ods.py, …), and what the rest of the product sees (reader.py makes it).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.reader_limits import damaged, too_large

Address = tuple[int, int]  # row and column, from zero
Range = tuple[Address, Address]  # first and last cell, both inside
Runs = tuple[tuple[str, str | None], ...]  # pieces of one text, each with its legacy font or none

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
LARGEST = 1e300  # a number beyond is no figure; as text it becomes a finding
MAX_MERGED = 20_000
ADDRESSES_SHOWN = 5


@dataclass
class RawSheet:
    """One worksheet. `fonts` tells the legacy font of text cells, or the runs of a text in several fonts."""

    name: str
    is_visible: bool = True
    cells: dict[Address, Any] = field(default_factory=dict)  # a percentage is ("percent", number)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: set[Address] = field(default_factory=set)
    fonts: dict[Address, str | Runs] = field(default_factory=dict)

    def keep_hidden_with_cells(self) -> None:
        """Of hidden rows and columns only those that hold cells concern anybody."""
        if self.hidden_rows:
            self.hidden_rows &= {row for row, _ in self.cells}
        if self.hidden_columns:
            self.hidden_columns &= {column for _, column in self.cells}


@dataclass(frozen=True)
class Notice:
    """Something seen on opening that the sender should know; its words stand in the rule catalogue."""

    rule_id: str
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None


@dataclass
class RawWorkbook:
    kind: str
    sheets: list[RawSheet] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def cell_address(row: int, column: int) -> str:
    """The A1 address of a cell counted from zero."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def column_of(letters: str) -> int:
    """The column, from zero, of its letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def places_notice(rule_id: str, sheet: str, places: Iterable[Address], what: str = "") -> Notice:
    """One notice about several cells of a sheet: at the first of them, with their count and the first few addresses."""
    ordered = sorted(places)
    shown = ", ".join(cell_address(*place) for place in ordered[:ADDRESSES_SHOWN])
    rest = ", …" if len(ordered) > ADDRESSES_SHOWN else ""
    return Notice(rule_id, sheet, cell_address(*ordered[0]), f"{len(ordered)} ô: {shown}{rest}{what}")


def check_merged(ranges: Sequence[Range]) -> None:
    """Merged ranges share no cell, and are not without number. Raises UnreadableWorkbook."""
    if len(ranges) > MAX_MERGED:
        raise too_large(f"{len(ranges)} ô gộp")
    open_ranges: list[tuple[int, int, int]] = []  # left, right, bottom of those above; no two share a column
    for (top, left), (bottom, right) in sorted(ranges):
        index = max(bisect_right(open_ranges, (left, MAX_COLUMN, MAX_ROW)) - 1, 0)
        while index < len(open_ranges) and open_ranges[index][0] <= right:
            if open_ranges[index][1] < left:
                index += 1
            elif open_ranges[index][2] >= top:
                raise damaged(f"ô gộp {cell_address(top, left)}")
            else:
                del open_ranges[index]
        open_ranges.insert(index, (left, right, bottom))


def filled_cells(rows: Iterable[Sequence[Any]], limit: int) -> dict[Address, Any]:
    """Cells that hold something, of dense rows that begin at A1. Raises UnreadableWorkbook beyond the limit."""
    cells: dict[Address, Any] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value == "":
                continue
            kind = type(value)
            if kind is str:
                if not value.isspace():
                    cells[row, column] = value
            elif kind is float and not -LARGEST < value < LARGEST:
                cells[row, column] = str(value)
            else:
                cells[row, column] = value
        if len(cells) > limit:
            raise too_large(f"> {limit} ô")
    return cells
