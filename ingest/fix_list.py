"""The sheet "Cần sửa" of an answered workbook: its name and headings, and what the sender wrote into it.

Belongs here: what both sides of the exchange must know of that sheet, and reading the sender's justifications back.
Does not belong here: writing the sheet (expectations/answer), reading any figure from it: it holds none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingest.reader import Sheet, Workbook, cell_address
from ingest.wording import fold

SHEET_NAME = "Cần sửa"
JUSTIFICATION = "Giải trình của đơn vị"
HEADINGS = (
    "STT",
    "Mức độ",
    "Trang",
    "Ô",
    "Nội dung cần sửa",
    "Giá trị đang ghi",
    "Giá trị cần có",
    "Căn cứ",
    JUSTIFICATION,
)
# Hidden columns. `ntm:cells` stands last: a long list of cells goes on in the columns to its right.
RULE, SHEET, CELLS = "ntm:rule", "ntm:sheet", "ntm:cells"
HIDDEN_HEADINGS = (RULE, SHEET, CELLS)
MOST_CELLS = 100_000  # of one line; what an edited list names beyond it is not read

_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?")


class Justification(NamedTuple):
    """What the sender says to one finding. Sheet and cell are null where the finding has none."""

    rule_id: str
    sheet: str | None
    cell: str | None
    text: str


def is_fix_list(sheet: Sheet) -> bool:
    """Whether a sheet is our list of findings, under whatever name: a spreadsheet program may have renamed its copy."""
    return _heading_row(sheet) is not None


def read_justifications(workbook: Workbook) -> list[Justification]:
    """The justifications a workbook brings, one per cell of their findings, in the order of the list."""
    return [justification for sheet in workbook.sheets for justification in _of_sheet(sheet)]


def _of_sheet(sheet: Sheet) -> Iterator[Justification]:
    heading = _heading_row(sheet)
    if heading is None:
        return
    row_of_headings, columns = heading
    for row, values in sheet.rows.items():
        text, rule_id = values.get(columns[JUSTIFICATION]), values.get(columns[RULE])
        if row <= row_of_headings or not isinstance(rule_id, str) or text is None or not str(text).strip():
            continue
        named = values.get(columns[SHEET])
        listed = " ".join(str(value) for column, value in values.items() if column >= columns[CELLS])
        cells: list[str | None] = [*expand_cells(listed)]
        for cell in cells or [None]:
            yield Justification(rule_id.strip(), str(named) if named is not None else None, cell, str(text).strip())


def _heading_row(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Row of the headings, with the columns of those that reading needs."""
    wanted = {fold(heading): heading for heading in (JUSTIFICATION, *HIDDEN_HEADINGS)}
    for row, values in sheet.rows.items():
        found = {
            wanted[folded]: column
            for column, value in values.items()
            if isinstance(value, str) and (folded := fold(value)) in wanted
        }
        if len(found) == len(wanted):
            return row, found
    return None


def expand_cells(text: str) -> list[str]:
    """The addresses of a list such as `H8 J10:J12`, column by column; what is no address is passed over."""
    cells: list[str] = []
    for token in text.upper().split():
        match = _RANGE.fullmatch(token)
        if match is None:
            continue
        first, last = (match[1], int(match[2])), (match[3] or match[1], int(match[4] or match[2]))
        left, right = sorted((column_number(first[0]), column_number(last[0])))
        top, bottom = sorted((first[1], last[1]))
        if len(cells) + (right - left + 1) * (bottom - top + 1) > MOST_CELLS:
            break
        cells += [cell_address(row - 1, column) for column in range(left, right + 1) for row in range(top, bottom + 1)]
    return cells


def shorten_cells(cells: Iterable[str]) -> list[str]:
    """Addresses as few tokens: runs down one column become ranges. What is no address is left out."""
    by_column: dict[int, set[int]] = {}
    for cell in cells:
        match = _RANGE.fullmatch(cell)
        if match is not None and match[3] is None:
            by_column.setdefault(column_number(match[1]), set()).add(int(match[2]))
    tokens = []
    for column, rows in sorted(by_column.items()):
        first = last = None
        for row in [*sorted(rows), None]:
            if first is not None and last is not None and row != last + 1:
                start, end = cell_address(first - 1, column), cell_address(last - 1, column)
                tokens.append(start if first == last else f"{start}:{end}")
                first = None
            first = row if first is None else first
            last = row
    return tokens


def column_number(letters: str) -> int:
    """The column of letters such as "AB", from zero."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
