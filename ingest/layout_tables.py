"""Tables on a sheet: where each block of a form begins, which worksheet column holds which field, where it ends.

Belongs here: finding headers of one to four rows, groups of a matrix, blocks side by side or one below the other.
Does not belong here: what a heading names (layout_headers.py), what the rows are (layout_rows.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.layout_headers import (
    Fit,
    Headings,
    after_column_numbers,
    columns_of,
    own_path,
    path_above,
)
from ingest.reader import Sheet
from ingest.spec import Column, FormSpec, Layout, Position
from ingest.values import text_of
from ingest.wording import fold_header

HEADER_ROWS = 2_000  # a title block is never this long; what stands below is data
CLOSE_ROWS = 100  # rows that a header of misspelt headings is looked for in
DEPTH = 4  # rows of a header
SAME_FORM = 0.6  # share of the headings that a further block repeats
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


def locate_table(sheet: Sheet, spec: FormSpec, axis_value_of: AxisValue) -> Table | None:
    """The first block of a form on a sheet, or None if no row looks like its header.

    `axis_value_of` tells which axis value a header of a matrix names; it is asked for other layouts never.
    """
    return next(iter(locate_tables(sheet, spec, axis_value_of)), None)


def locate_tables(sheet: Sheet, spec: FormSpec, axis_value_of: AxisValue) -> list[Table]:
    """Every block of a form on a sheet, from above and from the left, none if no row looks like its header."""
    headings = Headings(spec.columns_at(Position.ROW))
    cells = Headings(spec.columns_at(Position.CELL))
    needed = max(2, sum(column.required for column in headings.columns) // 2)
    for is_close in (False, True):
        found: list[tuple[int, Table]] = []
        for row in _candidates(sheet, (headings, cells), is_close):
            if spec.layout is Layout.MATRIX:
                table = _matrix_at(sheet, headings, cells, row, axis_value_of)
                score = len(table.found) + len(table.groups)
                score += sum(axis_value_of(group.text) is not None for group in table.groups)
            else:
                table = _table_at(sheet, headings, row)
                score = len(table.found)
            if sum(field.group is None for field in table.fields) >= needed:
                found.append((score, table))
        if found:
            blocks = _blocks(found)
            return [part for block in blocks for part in (_side_by_side(block, headings, needed))]
    return []


def _candidates(sheet: Sheet, headings: Sequence[Headings], is_close: bool) -> list[int]:
    """Rows that a header may begin at: those with a heading of the form, in a matrix also their neighbours."""
    is_matrix = bool(headings[1].columns)
    found: set[int] = set()
    for row, cells in sheet.rows.items():
        if row >= (CLOSE_ROWS if is_close else HEADER_ROWS):
            break
        texts = [value for value in cells.values() if isinstance(value, str) and len(value) <= 200]
        if any(one.find(text) for text in texts for one in headings) or (
            is_close and any(one.close(text, one.columns) for text in texts for one in headings)
        ):
            found.update((row - 1, row, row + 1) if is_matrix else (row,))
    return sorted(row for row in found if row in sheet.rows or row + 1 in found)


def _blocks(found: Iterable[tuple[int, Table]]) -> list[Table]:
    """The best header and those that repeat most of it, from above, each block ending where the next begins."""
    ranked = sorted(found, key=lambda one: (-one[0], one[1].header_row))
    best = ranked[0][0]
    chosen: list[Table] = []
    for score, table in ranked:
        apart = all(table.first_row <= other.header_row or table.header_row >= other.first_row for other in chosen)
        if score >= SAME_FORM * best and apart:
            chosen.append(table)
    chosen.sort(key=lambda table: table.header_row)
    ends = [table.header_row for table in chosen[1:]]
    return [replace(table, last_row=end) for table, end in zip(chosen, [*ends, None], strict=True)]


def _table_at(sheet: Sheet, headings: Headings, row: int) -> Table:
    """The table if its header began at this row, as deep as names most of its columns."""
    best: tuple[Field, ...] = ()
    best_depth, best_score = 1, (0, 0)
    for depth in range(1, DEPTH + 1):
        fields = _named(sheet, headings, row, depth)
        score = (len({field.column.name for field in fields}), sum(field.fit for field in fields))
        if score > best_score and (not best or score[0] > best_score[0]):
            best, best_depth, best_score = fields, depth, score
    bottom = _bottom(sheet, row, best_depth, [field.index for field in best])
    depth = bottom - row + 1
    fields = _with_close(sheet, headings, _named(sheet, headings, row, depth), row, depth)
    taken = {field.index for field in fields}
    unknown = _unknown(sheet, row, depth, taken)
    return Table(sheet, row, after_column_numbers(sheet, bottom + 1), fields, unknown=unknown)


def _named(sheet: Sheet, headings: Headings, row: int, depth: int) -> tuple[Field, ...]:
    fields = []
    for index in columns_of(sheet, range(row, row + depth)):
        path = own_path(sheet, row, depth, index)
        named = headings.of_path(path) if path else None
        if named is not None:
            fields.append(Field(index, named.column, None, named.fit, " ".join(path)))
    best = {field.column.name: max(f.fit for f in fields if f.column is field.column) for field in fields}
    return tuple(field for field in fields if field.fit == best[field.column.name])


def _with_close(sheet: Sheet, headings: Headings, fields: tuple[Field, ...], row: int, depth: int) -> tuple[Field, ...]:
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


def _bottom(sheet: Sheet, top: int, depth: int, indexes: Sequence[int]) -> int:
    """The last row of a header: merged headings reach below the rows that were read."""
    bottom = top + depth - 1
    if not indexes:
        return bottom
    for (first, left), (last, right) in sorted(sheet.merged):
        if top <= first <= bottom and last < first + 2 * DEPTH and left <= max(indexes) and right >= min(indexes):
            bottom = max(bottom, last)
    return bottom


def _unknown(sheet: Sheet, row: int, depth: int, taken: set[int]) -> tuple[Heading, ...]:
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


def _side_by_side(table: Table, headings: Headings, needed: int) -> list[Table]:
    """A header that stands twice beside itself is two blocks; a single heading that does is doubtful."""
    places: dict[str, list[Field]] = {}
    for field in table.fields:
        if field.group is None:
            places.setdefault(field.column.name, []).append(field)
    times = max((len(fields) for fields in places.values()), default=1)
    if times == 1:
        return [table]
    blocks = [[fields[at] for fields in places.values() if len(fields) > at] for at in range(times)]
    ranges = [(min(f.index for f in block), max(f.index for f in block)) for block in blocks]
    apart = all(first[1] < second[0] for first, second in pairwise(ranges))
    if apart and len(blocks[-1]) >= max(needed, SAME_FORM * len(blocks[0])):
        lefts = [0, *(first for first, _ in ranges[1:])]
        rights = [left - 1 for left in lefts[1:]]
        return [
            replace(
                table,
                fields=tuple(sorted(block, key=lambda field: field.index)),
                left=left,
                right=right,
                unknown=tuple(h for h in table.unknown if h.index >= left and (right is None or h.index <= right)),
            )
            for block, left, right in zip(blocks, lefts, [*rights, None], strict=True)
        ]
    kept: list[Field] = [field for field in table.fields if field.group is not None]
    repeated = []
    for fields in places.values():
        holding = [field for field in fields if _holds_values(table, field.index)]
        if len(fields) == 1 or len(holding) <= 1:
            kept.append((holding or fields)[0])
        else:
            repeated.append((fields[0].column, tuple(field.index for field in holding)))
    return [replace(table, fields=tuple(sorted(kept, key=lambda f: f.index)), repeated=tuple(repeated))]


def _holds_values(table: Table, index: int) -> bool:
    last = table.last_row
    return any(
        index in cells
        for row, cells in table.sheet.rows.items()
        if row >= table.first_row and (last is None or row < last)
    )


def _matrix_at(sheet: Sheet, headings: Headings, cells: Headings, row: int, axis_value_of: AxisValue) -> Table:
    """The matrix if its groups were named in this row; its cell headers stand below, or it has none."""
    bottom = next((at for at in range(row + 1, row + DEPTH) if _has_any(sheet, cells, at)), row)
    has_cell_headers = bottom > row
    top = max(0, row - (DEPTH - 2))
    depth = bottom - top + 1
    fields: list[Field] = []
    groups: list[Group] = []
    seen: set[str] = set()
    group_fields: set[str] = set()
    for index in columns_of(sheet, range(row, bottom + 1)):
        text = text_of(sheet.shown(row, index)) or ""
        under = cells.find(text_of(sheet.shown(bottom, index)) or "") if has_cell_headers else None
        if _merged_down(sheet, row, bottom, index):
            under = None
        named = None if under else headings.of_path(own_path(sheet, top, depth, index))
        if named is not None and named.column.name not in seen and axis_value_of(text) is None:
            seen.add(named.column.name)
            fields.append(Field(index, named.column, None, named.fit, text))
            continue
        if has_cell_headers and under is None:
            continue
        if not has_cell_headers and (len(cells.columns) != 1 or axis_value_of(text) is None):
            continue
        origin = sheet.merge_origin.get((row, index), (row, index))
        own_text = text_of(sheet.value(*origin))
        if own_text is not None and not (groups and (groups[-1].row, groups[-1].index) == origin):
            groups.append(Group(*origin, own_text))
            group_fields = set()
        if not groups:
            continue
        cell_column = under.column if under is not None else cells.columns[0]
        if cell_column.name not in group_fields:
            group_fields.add(cell_column.name)
            fields.append(Field(index, cell_column, len(groups) - 1))
    shared = [field for field in fields if field.group is None]
    fields += _with_close(sheet, headings, tuple(shared), row, bottom - row + 1)[len(shared) :]
    fields = _once_each(fields)
    last = _bottom(sheet, row, bottom - row + 1, [field.index for field in fields])
    unknown = _unknown(sheet, row, last - row + 1, {field.index for field in fields})
    return Table(sheet, row, after_column_numbers(sheet, last + 1), tuple(fields), tuple(groups), unknown=unknown)


def _once_each(fields: Iterable[Field]) -> list[Field]:
    """One field per worksheet column: one that a group has is not repaired into another."""
    by_index: dict[int, Field] = {}
    for field in fields:
        by_index.setdefault(field.index, field)
    return sorted(by_index.values(), key=lambda field: field.index)


def _has_any(sheet: Sheet, cells: Headings, row: int) -> bool:
    return any(cells.find(text_of(value) or "") for value in sheet.rows.get(row, {}).values())


def _merged_down(sheet: Sheet, row: int, bottom: int, index: int) -> bool:
    return sheet.merge_origin.get((bottom, index), (bottom, index))[0] <= row
