"""Rows of a table: which hold data, which print totals and of which rows, which only head a section.

Belongs here: kinds of rows, sections, the end of a table. Does not belong here: columns (layout_tables.py) and values
(parse.py). Nothing counts rows: those who fill in a sheet insert, head and sum as they like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from ingest.layout_tables import Table
from ingest.reader import CellValue
from ingest.spec import ColumnType, FormSpec
from ingest.values import text_of
from ingest.wording import fold, fold_header

SPARSE = 4  # cells; a line of the signature block or a note holds fewer
NUMERIC = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY)
WIDE = 3  # columns; a lone text merged over as many heads what follows

GRAND_LABELS = frozenset(
    fold(label)
    for label in ("Tổng cộng", "Tổng số", "Tổng", "Toàn huyện", "Toàn xã", "Toàn thị xã", "Toàn thành phố", "Toàn tỉnh")
)
SUM_LABEL = re.compile(  # no word boundary behind a word: folded, it may end in the sign of its tone
    rf"(?:{fold('cộng')}|{fold('tổng cộng')}|{fold('tổng số')}|{fold('tổng')})"
    rf"(?:\s*[:(].*|\s+(?:{fold('mục')}|{fold('phần')}|{fold('nhóm')}|{fold('cụm')}|{fold('khu')}|{fold('nguồn')}|"
    rf"{fold('theo')}|[ivx]+|[a-h]|\d+)(?!\w).*)?"
)
OF_WHICH = fold("Trong đó")
RATE_LABELS = tuple(fold(label) for label in ("Tỷ lệ", "Tỉ lệ"))
ENDS = (
    *("Người lập", "Lập biểu", "Lập bảng", "Ghi chú:", "Ghi chú", "* Ghi chú", "Chú thích", "Lưu ý:", "Nơi nhận"),
    *("Thủ trưởng", "Xác nhận của", "TM. ỦY BAN", "T/M ỦY BAN", "TM. UBND", "T/M UBND", "KT. CHỦ TỊCH", "CHỦ TỊCH"),
    *("PHÓ CHỦ TỊCH", "Trưởng phòng", "Kế toán", "(Ký"),
)
END_MARKS = tuple(fold(mark) for mark in ENDS)
DATE_LINE = re.compile(rf"(.*,\s*)?{fold('ngày')}\s*\S*\s*{fold('tháng')}\s*\S*\s*{fold('năm')}\s*\S*")

# What begins a section: I. / II / A. / a) / - ; the kinds of mark nest in the order in which a sheet uses them.
MARKS = (
    # an X before a name is short for xã, an H for huyện
    ("roman", re.compile(r"(?!X[.\s]*\S)([IVX]{1,6})(?:[.)/:]\s*|\s+-\s*|\s*$|\s+(?=\S))")),
    ("capital", re.compile(r"([A-G])(?:[.)/:]\s*|\s+-\s*|\s*$)")),
    ("letter", re.compile(r"([a-h])(?:[.)]\s*|\s*$)|đ[.)]\s*")),
    ("dash", re.compile(r"([-–—+*•])(?:\s*$|\s*(?=\D))")),
)

IsEntry = Callable[[int], bool]


class RowKind(StrEnum):
    DATA = "data"
    TOTAL = "total"


class Scope(StrEnum):
    """What a printed total sums."""

    GRAND = "grand"  # all data rows of its sheet
    SECTION = "section"  # the data rows in a range of worksheet rows
    PART = "part"  # "of which": a share of another total, its rows are not known


@dataclass(frozen=True)
class Line:
    """One worksheet row of a table. Rows are counted from zero; a range holds both its ends, and may be empty."""

    row: int
    kind: RowKind
    section: str | None = None
    scope: Scope | None = None
    sums_from: int | None = None
    sums_to: int | None = None
    label: str | None = None  # of a grand total, as it is compared; "" where the label is that of a mere sum


@dataclass(frozen=True)
class Lines:
    """The rows of one block, and the first row below its end that still looks like data."""

    lines: list[Line]
    beyond: int | None = None


@dataclass
class _Open:
    """A section that has begun."""

    mark: str
    label: str
    row: int


@dataclass
class _Walk:
    lines: list[Line] = field(default_factory=list)
    sections: list[_Open] = field(default_factory=list)
    heads: list[tuple[int, int, str]] = field(default_factory=list)  # row, depth, label of every section
    since_sum: int | None = None


def rows_of(table: Table, spec: FormSpec) -> Iterator[tuple[int, RowKind]]:
    """The worksheet rows of a table, without blank ones, headings of sections, captions and what stands below."""
    for line in lines_of(table, spec, lambda row: False).lines:
        yield line.row, line.kind


def lines_of_blocks(tables: Sequence[Table], spec: FormSpec, is_entry: Callable[[Table, int], bool]) -> list[Lines]:
    """The rows of every block of a sheet; a total below one of several blocks is of that block alone."""
    blocks = [lines_of(table, spec, partial(is_entry, table)) for table in tables]
    if len(blocks) == 1:
        return [replace(block, lines=[_as_grand(line, block.lines) for line in block.lines]) for block in blocks]
    labels = [line.label for block in blocks for line in block.lines if line.scope is Scope.GRAND]
    found = []
    for table, block in zip(tables, blocks, strict=True):
        beside = any(other is not table and other.header_row == table.header_row for other in tables)
        is_last = table.last_row is None
        lines = []
        for line in block.lines:
            if line.scope is Scope.GRAND and not (is_last and not beside and labels.count(line.label) == 1):
                rows = [one.row for one in block.lines if one.kind is RowKind.DATA] or [line.row]
                # rows of blocks side by side cannot be told apart by their numbers
                scope = Scope.PART if beside else Scope.SECTION
                first, last = (None, None) if beside else (rows[0], rows[-1])
                line = replace(line, scope=scope, sums_from=first, sums_to=last)
            lines.append(line)
        found.append(replace(block, lines=lines))
    return found


def lines_of(table: Table, spec: FormSpec, is_entry: IsEntry) -> Lines:
    """The rows of a block with what they are. `is_entry` tells whether a row names what the form keeps rows of."""
    walk = _Walk()
    own_label = fold_header(spec.total_label) if spec.total_label else None
    total_labels = GRAND_LABELS | ({own_label} if own_label else set())
    figures = {f.index for f in table.fields if f.column.type in NUMERIC or f.group is not None}
    indexes = {f.index for f in table.fields}
    captions = _captions(table, is_entry)
    for row, cells in _own_rows(table):
        texts = [value for value in cells.values() if isinstance(value, str) and value.strip()]
        entry = is_entry(row)
        if not entry and len(cells) < SPARSE and any(_ends_table(fold(text)) for text in texts):
            return Lines(_with_ranges(walk, own_label), _beyond(table, row, is_entry))
        if row in captions:
            continue
        leads = [fold_header(text) for text in texts[:2]]
        has_figures = any(index in figures and not _is_blank(value) for index, value in cells.items())
        if any(lead in total_labels for lead in leads):
            label = next(lead for lead in leads if lead in total_labels)
            walk.lines.append(Line(row, RowKind.TOTAL, None, Scope.GRAND, label=label))
            walk.sections.clear()
            walk.since_sum = None
        elif not entry and any(SUM_LABEL.fullmatch(lead) for lead in leads):
            _close_sum(walk, row)
        elif not entry and any(lead.startswith(OF_WHICH) for lead in leads):
            if has_figures:
                walk.lines.append(Line(row, RowKind.TOTAL, _section(walk), Scope.PART))
        elif leads and leads[0].startswith(RATE_LABELS) and leads[0].partition(" (")[0].rstrip(" %") in RATE_LABELS:
            continue
        elif not entry and (mark := _mark_of(texts, cells, table, row)) and not _has_words(cells, indexes, texts):
            _open_section(walk, _Open(mark, _label(texts), row))
            if has_figures:
                walk.lines.append(Line(row, RowKind.TOTAL, _section(walk), Scope.SECTION, row + 1, row))
        elif any(index in indexes for index in cells):
            walk.lines.append(Line(row, RowKind.DATA, _section(walk)))
            walk.since_sum = row if walk.since_sum is None else walk.since_sum
    return Lines(_with_ranges(walk, own_label))


def _has_words(cells: Mapping[int, CellValue], indexes: set[int], texts: list[str]) -> bool:
    """Whether a row says something in words beside its mark and label, as only a row of data does."""
    leads = set(texts[:2]) if len(texts[0].strip()) <= 6 else {texts[0]}
    return any(
        index in indexes and isinstance(value, str) and value not in leads and not is_number(value)
        for index, value in cells.items()
    )


def is_number(text: str) -> bool:
    """Whether a text is a figure or stands for none."""
    return bool(re.fullmatch(r"[\s\d.,+%\-–]*", text))


def _own_rows(table: Table) -> Iterator[tuple[int, Mapping[int, CellValue]]]:
    for row, cells in table.sheet.rows.items():
        if row < table.first_row:
            continue
        if table.last_row is not None and row >= table.last_row:
            return
        own = {index: value for index, value in cells.items() if table.is_own(index)}
        if own:
            yield row, own


def _captions(table: Table, is_entry: IsEntry) -> set[int]:
    """Lines of text directly above the next block's header: they are its title, not rows of this one."""
    found: set[int] = set()
    if table.last_row is None:
        return found
    for row, cells in reversed(list(_own_rows(table))):
        if is_entry(row) or len(cells) > 2 or not all(isinstance(value, str) for value in cells.values()):
            break
        found.add(row)
    return found


def _beyond(table: Table, end: int, is_entry: IsEntry) -> int | None:
    return next((row for row, _ in _own_rows(table) if row > end and is_entry(row)), None)


def _ends_table(text: str) -> bool:
    return text.startswith(END_MARKS) or DATE_LINE.fullmatch(text) is not None


def _is_blank(value: CellValue) -> bool:
    return text_of(value) is None


def _mark_of(texts: list[str], cells: Mapping[int, CellValue], table: Table, row: int) -> str | None:
    """The kind of mark that begins a section, `wide` for a lone text merged over the table; None for other rows."""
    if not texts:
        return None
    for name, pattern in MARKS:
        if pattern.match(texts[0].strip()):
            return name
    if len(cells) == 1:
        index = next(iter(cells))
        ends = {first: last for first, last in table.sheet.merged}
        last = ends.get((row, index))
        if last is not None and last[1] - index + 1 >= WIDE:
            return "wide"
    return None


def _label(texts: list[str]) -> str:
    """What a section is called: the text beside its mark, or behind it in the same cell."""
    first = texts[0].strip()
    for _, pattern in MARKS:
        if match := pattern.match(first):
            rest = first[match.end() :].strip()
            return rest or (texts[1].strip() if len(texts) > 1 else first)
    return first


def _section(walk: _Walk) -> str | None:
    return walk.sections[-1].label if walk.sections else None


def _open_section(walk: _Walk, section: _Open) -> None:
    marks = [one.mark for one in walk.sections]
    if section.mark in marks:
        del walk.sections[marks.index(section.mark) :]
    walk.sections.append(section)
    walk.heads.append((section.row, len(walk.sections), section.label))
    walk.since_sum = None


def _close_sum(walk: _Walk, row: int) -> None:
    """A sum below its rows: of the innermost section, without one of the rows since the sum before it."""
    if walk.sections:
        first, label = walk.sections[-1].row + 1, walk.sections[-1].label
        walk.sections.pop()
        walk.lines.append(Line(row, RowKind.TOTAL, label, Scope.SECTION, first, row - 1))
    elif walk.since_sum is None:
        walk.lines.append(Line(row, RowKind.TOTAL, None, Scope.GRAND, label=""))
    else:
        walk.lines.append(Line(row, RowKind.TOTAL, None, Scope.SECTION, walk.since_sum, row - 1))
    walk.since_sum = None


def _with_ranges(walk: _Walk, own_label: str | None) -> list[Line]:
    """The lines, with the ends of sections that print their sum above their rows, and the sums that are of all rows."""
    data = [line.row for line in walk.lines if line.kind is RowKind.DATA]
    last = max((line.row for line in walk.lines), default=0)
    lines = []
    for line in walk.lines:
        if line.scope is Scope.SECTION and line.sums_from == line.row + 1:
            depth = next(depth for row, depth, _ in walk.heads if row == line.row)
            ends = [row - 1 for row, other, _ in walk.heads if row > line.row and other <= depth]
            ends += [one.row - 1 for one in walk.lines if one.row > line.row and one.scope is Scope.GRAND]
            line = replace(line, sums_to=min(ends, default=last))
        lines.append(line)
    return _sums_between(lines, data, own_label)


def _sums_between(lines: list[Line], data: list[int], own_label: str | None) -> list[Line]:
    """Totals that stand between rows of data are of the rows since the total before; the form's own is of all."""
    grand = [line for line in lines if line.scope is Scope.GRAND and line.label != own_label]
    between = [line for line in grand if data and data[0] < line.row < data[-1]]
    if not between:
        return lines
    labels = {line.label for line in between}
    found, start = [], data[0]
    for line in lines:
        if line in grand and line.row > data[0] and (line in between or line.label in labels):
            line = replace(line, scope=Scope.SECTION, sums_from=start, sums_to=line.row - 1)
            start = line.row + 1
        found.append(line)
    return found


def _as_grand(line: Line, lines: list[Line]) -> Line:
    """A sum of every row of its table is a grand total, if it stands under no heading."""
    data = [one.row for one in lines if one.kind is RowKind.DATA]
    if line.scope is not Scope.SECTION or line.section is not None or not data or line.sums_from is None:
        return line
    covers_all = line.sums_from <= data[0] and line.sums_to is not None and line.sums_to >= data[-1]
    return replace(line, scope=Scope.GRAND, sums_from=None, sums_to=None) if covers_all else line
