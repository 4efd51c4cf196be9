"""One block of a form on a sheet: its columns, its groups of columns, and headings that name no field.

Belongs here: the typed object of a located block, and what its header holds beside the headings that fit exactly.
Does not belong here: finding the header (layout_tables.py, layout_matrix.py), what the rows are (layout_rows.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.layout_headers import Fit, Headings, columns_of, own_path, path_above
from ingest.reader import Sheet
from ingest.spec import Column
from ingest.values import text_of
from ingest.wording import fold_header

DEPTH = 4  # rows of a header
ORDINALS = frozenset(fold_header(header) for header in ("STT", "TT", "Số TT", "Stt.", "No", "#"))

AxisValue = Callable[[str], str | None]


@dataclass(frozen=True)
class Field:
    """A worksheet column that holds a field; `group` names its column group in a matrix."""

    index: int
    column: Column
    group: int | None = None
    fit: Fit = Fit.EXACT
    heading: str = ""


@dataclass(frozen=True)
class Group:
    """A group of columns under one axis value; `row`, `index` address the header that names it."""

    row: int
    index: int
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading that names no field of the form."""

    row: int
    index: int
    text: str


@dataclass(frozen=True)
class Table:
    """Where a block of a table or matrix stands on its sheet. Columns from `left` up to `right` are its own."""

    sheet: Sheet
    header_row: int
    first_row: int
    fields: tuple[Field, ...]
    groups: tuple[Group, ...] = ()
    last_row: int | None = None  # first row that is not of this block; None = to the end of the sheet
    left: int = 0
    right: int | None = None
    unknown: tuple[Heading, ...] = ()
    repeated: tuple[tuple[Column, tuple[int, ...]], ...] = ()  # two headings name one field and both hold values

    @property
    def found(self) -> frozenset[str]:
        """Names of the columns that the header has."""
        return frozenset(field.column.name for field in self.fields)

    def is_own(self, index: int) -> bool:
        """Whether a worksheet column belongs to this block."""
        return index >= self.left and (self.right is None or index <= self.right)


def with_close(sheet: Sheet, headings: Headings, fields: tuple[Field, ...], row: int, depth: int) -> tuple[Field, ...]:
    """The fields, and those whose heading only one column left over comes close to."""
    named = {field.column.name for field in fields}
    left_over = [column for column in headings.columns if column.name not in named]
    taken = {field.index for field in fields}
    close: dict[str, list[Field]] = {}
    for index in columns_of(sheet, range(row, row + depth)):
        path = own_path(sheet, row, depth, index)
        if index in taken or not path or fold_header(path[-1]) in ORDINALS:
            continue
        column = headings.close(" ".join(path), left_over) or headings.close(path[-1], left_over)
        if column is not None:
            close.setdefault(column.name, []).append(Field(index, column, None, Fit.CLOSE, " ".join(path)))
    return (*fields, *(found[0] for found in close.values() if len(found) == 1))


def bottom_of(sheet: Sheet, top: int, depth: int, indexes: Sequence[int]) -> int:
    """The last row of a header: merged headings reach below the rows that were read."""
    bottom = top + depth - 1
    if not indexes:
        return bottom
    for (first, left), (last, right) in sorted(sheet.merged):
        if top <= first <= bottom and last < first + 2 * DEPTH and left <= max(indexes) and right >= min(indexes):
            bottom = max(bottom, last)
    return bottom


def unknown_in(sheet: Sheet, row: int, depth: int, taken: set[int]) -> tuple[Heading, ...]:
    if not taken:
        return ()
    found = []
    for index in columns_of(sheet, range(row, row + depth)):
        path = path_above(sheet, row, depth, index)
        if index in taken or not path or fold_header(path[-1]) in ORDINALS:
            continue
        place = next(
            (at for at in range(row + depth - 1, row - 1, -1) if text_of(sheet.shown(at, index)) is not None), row
        )
        found.append(Heading(*sheet.merge_origin.get((place, index), (place, index)), " ".join(path)))
    return tuple({(heading.row, heading.index): heading for heading in found}.values())
