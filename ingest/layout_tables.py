"""Tables on a sheet: where each block of a form begins, which worksheet column holds which field, where it ends.

Belongs here: finding headers of one to four rows, groups of a matrix, blocks side by side or one below the other.
Does not belong here: what a heading names (layout_headers.py), what the rows are (layout_rows.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.layout_block import (
    DEPTH,
    ORDINALS,
    AxisValue,
    Field,
    Group,
    Heading,
    Table,
    bottom_of,
    unknown_in,
    with_close,
)
from ingest.layout_headers import Headings, after_column_numbers, columns_of, own_path
from ingest.layout_matrix import matrix_at
from ingest.reader import Sheet
from ingest.spec import FormSpec, Layout, Position

__all__ = ["ORDINALS", "Field", "Group", "Heading", "Table", "locate_table", "locate_tables"]

HEADER_ROWS = 2_000  # a title block is never this long; what stands below is data
CLOSE_ROWS = 100  # rows that a header of misspelt headings is looked for in
SAME_FORM = 0.6  # share of the headings that a further block repeats


def locate_table(sheet: Sheet, spec: FormSpec, axis_value_of: AxisValue) -> Table | None:
    """The first block of a form on a sheet, or None if no row looks like its header.

    `axis_value_of` tells which axis value a header of a matrix names; it is asked for other layouts never.
    """
    return next(iter(locate_tables(sheet, spec, axis_value_of)), None)


def locate_tables(sheet: Sheet, spec: FormSpec, axis_value_of: AxisValue) -> list[Table]:
    """Every block of a form on a sheet, from above and from the left, none if no row looks like its header."""
    headings = Headings(spec.columns_at(Position.ROW))
    cells = Headings(spec.columns_at(Position.CELL))
    required = sum(column.required for column in headings.columns)
    needed = max(min(2, required) or 2, required // 2)
    for is_close in (False, True):
        found: list[tuple[int, Table]] = []
        for row in _candidates(sheet, (headings, cells), is_close):
            if spec.layout is Layout.MATRIX:
                table = matrix_at(sheet, headings, cells, row, axis_value_of)
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
            found.update((row - 1, *range(row, _last_row(sheet, row) + 2)) if is_matrix else (row,))
    return sorted(row for row in found if row in sheet.rows or row + 1 in found)


def _last_row(sheet: Sheet, row: int) -> int:
    """The last row that a merged heading of a row reaches down to."""
    lasts = (last for (first, _), (last, _) in sheet.merged if first == row and last < row + DEPTH)
    return max(lasts, default=row)


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
    bottom = bottom_of(sheet, row, best_depth, [field.index for field in best])
    depth = bottom - row + 1
    fields = with_close(sheet, headings, _named(sheet, headings, row, depth), row, depth)
    taken = {field.index for field in fields}
    unknown = unknown_in(sheet, row, depth, taken)
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
