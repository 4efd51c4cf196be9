"""Headings of columns: which column of a form a heading names, however it was typed and over however many rows.

Belongs here: comparing headings, the path of merged headings above a column, rows that only count the columns.
Does not belong here: where a table begins and ends (layout_tables.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

from ingest.reader import Sheet
from ingest.spec import Column, ColumnType
from ingest.values import text_of
from ingest.wording import fold, fold_bare_header, fold_header

T = TypeVar("T")

SHORTEST_TYPO = 5  # letters; shorter headings differ by one letter too easily

MEASURES = ["triệu đồng", "tỷ đồng", "tỉ đồng", "nghìn đồng", "ngàn đồng", "đồng", "tr.đ", "trđ", "%", "tiêu chí"]
MEASURES += ["người", "hộ", "xã", "m2", "km", "ha"]
UNITS = "|".join(re.escape(fold(unit)) for unit in MEASURES)
LEAD_OF_UNIT = "|".join(fold(words) for words in ("ĐVT", "đơn vị tính", "đơn vị"))
UNIT_OF_MEASURE = re.compile(rf"(?:[\s,:;/-]+(?:{LEAD_OF_UNIT})?[\s:]*|\s*)(?:{UNITS})$")
OF_OTHER_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|"
    + "|".join(
        re.escape(fold(words))
        for words in ("kỳ trước", "năm trước", "năm sau", "cùng kỳ", "dự kiến", "còn lại", "kéo dài")
    )
)
NUMBERED = re.compile(r"^(?:\(\s*)?(\d{1,3}|[a-z])(?:\s*\))?(\s*=\s*[\s\d(),.a-z+*/x:%\[\]-]{1,60})?$")
NUMBER_IN_BRACKETS = re.compile(r"\(\s*(\d+|[a-z])\s*(=.*)?\)")


class Fit(IntEnum):
    """How well a heading names a column. CLOSE is a repair: accents lost, one letter wrong, a unit of measure added."""

    CLOSE = 1
    BARE = 2
    EXACT = 3


@dataclass(frozen=True)
class Named:
    """A column that a heading names."""

    column: Column
    fit: Fit


class Headings:
    """The headings of some columns of a form."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns = tuple(columns)
        self._exact = {fold_header(header): column for column in self.columns for header in column.headers}
        self._bare = {fold_bare_header(header): column for column in self.columns for header in column.headers}

    def find(self, text: str) -> Named | None:
        """The column that a heading names, its note in brackets aside."""
        if (column := self._exact.get(fold_header(text))) is not None:
            return Named(column, Fit.EXACT)
        bare = fold_bare_header(text)
        note = fold_header(text).removeprefix(bare)
        column = self._bare.get(bare) or self._exact.get(bare)
        if column is None or OF_OTHER_TIME.search(note) or (column.type is ColumnType.MONEY and "%" in note):
            return None
        return Named(column, Fit.BARE)

    def of_path(self, path: Sequence[str]) -> Named | None:
        """The column that headings one above the other name: together, or the lowest that names one."""
        found = [self.find(" ".join(path[start:])) for start in range(len(path))]
        found += [self.find(text) for text in reversed(path[:-1])]
        named = [one for one in found if one is not None]
        return max(named, key=lambda one: one.fit) if named else None

    def close(self, text: str, among: Iterable[Column]) -> Column | None:
        """The only column among some that a heading comes close to."""
        wanted = fold_header(text)
        near = {column.name: column for column in among if any(_is_close(wanted, head) for head in column.headers)}
        return next(iter(near.values())) if len(near) == 1 else None


def path_above(sheet: Sheet, top: int, depth: int, index: int) -> list[str]:
    """Headings above a worksheet column from the top row down, each merged one once, those of wide groups left out."""
    path: list[str] = []
    origins: list[tuple[int, int]] = []
    for row in range(top, top + depth):
        origin = sheet.merge_origin.get((row, index), (row, index))
        text = text_of(sheet.value(*origin))
        if text is None or origin in origins:
            continue
        origins.append(origin)
        path.append(text)
    return path


def own_path(sheet: Sheet, top: int, depth: int, index: int) -> list[str]:
    """The same for naming a column: the lowest heading counts only where it begins, unless it stands under others."""
    path = path_above(sheet, top, depth, index)
    lowest = _lowest_origin(sheet, top, depth, index)
    return path if lowest is None or lowest[1] == index else []


def counts_columns(sheet: Sheet, row: int) -> bool:
    """Whether a row only counts the columns: (1) (2) (3), A B 1 2 3, or 1 2 3 4=2+3."""
    texts = [fold(text_of(value) or "") for value in sheet.rows.get(row, {}).values()]
    if len(texts) >= 2 and all(NUMBER_IN_BRACKETS.fullmatch(text) for text in texts):
        return True
    matches = [NUMBERED.fullmatch(text) for text in texts]
    if not all(matches):
        return False
    numbers = [int(match[1]) for match in matches if match and match[1].isdecimal()]
    letters = [match[1] for match in matches if match and not match[1].isdecimal()]
    is_counting = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2
    if not numbers:
        return len(letters) >= 3 and letters == [chr(ord("a") + place) for place in range(len(letters))]
    has_sums = any(match and match[2] for match in matches)
    return is_counting and len(numbers) >= (2 if has_sums else 3)


def after_column_numbers(sheet: Sheet, row: int) -> int:
    """The row itself, or the next one where it only counts the columns."""
    return row + 1 if counts_columns(sheet, row) else row


def without_accents(text: str) -> str:
    """Letters without their marks, đ as d, as a keyboard without Vietnamese types them."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d")


@lru_cache(maxsize=65536)
def _is_close(wanted: str, header: str) -> bool:
    known = fold_header(header)
    if not wanted or known == wanted:
        return bool(wanted)
    plain = UNIT_OF_MEASURE.sub("", wanted).strip() if UNIT_OF_MEASURE.search(wanted) else wanted
    if plain == known or plain == fold_bare_header(header):
        return True
    if wanted.isascii() and not known.isascii() and without_accents(known) == wanted:
        return True
    letters = min(len(known), len(wanted))
    if letters < SHORTEST_TYPO or any(char.isdecimal() for char in _difference(known, wanted)):
        return False
    return _is_one_slip(known, wanted)


def _difference(first: str, second: str) -> str:
    """What stands between the common beginning and the common end of two texts, of both."""
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return first[start : len(first) - end] + second[start : len(second) - end]


def _is_one_slip(first: str, second: str) -> bool:
    """One letter wrong, missing or too many, or two neighbours exchanged."""
    differing = _difference(first, second)
    if abs(len(first) - len(second)) == 1:
        return len(differing) == 1
    if len(first) != len(second):
        return False
    return len(differing) == 2 or (len(differing) == 4 and differing[:2] == differing[:1:-1])


def _lowest_origin(sheet: Sheet, top: int, depth: int, index: int) -> tuple[int, int] | None:
    for row in range(top + depth - 1, top - 1, -1):
        origin = sheet.merge_origin.get((row, index), (row, index))
        if sheet.value(*origin) is not None:
            return origin
    return None


def columns_of(sheet: Sheet, rows: Iterable[int]) -> Iterator[int]:
    """Indexes of the worksheet columns that hold or are covered by anything in some rows, ascending."""
    found: set[int] = set()
    wanted = set(rows)
    for row in wanted:
        found.update(sheet.rows.get(row, {}))
    last = remember(sheet, "_last_column", lambda: max((index for _, index in sheet.cells), default=0))
    for (top, left), (bottom, right) in sheet.merged:
        if (top, left) in sheet.merge_origin and any(top <= row <= bottom for row in wanted):
            found.update(range(left, min(right, last) + 1))
    yield from sorted(found)


def remember(sheet: Sheet, key: str, make: Callable[[], T]) -> T:
    """A fact about a sheet, found once: whoever sorts sheets asks for it again and again."""
    if key not in sheet.__dict__:
        sheet.__dict__[key] = make()
    found: T = sheet.__dict__[key]
    return found
