"""What a cell says: its typed value, its text as a person saw it, and why it has no typed value where it has none.

Belongs here: reading one cell by the type of its column. Does not belong here: whether the value is plausible or
required (expectations judge that). A text is read where one reading is possible; where two are, it is `ambiguous`, and
its sender is asked and shown both.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ingest import dates, numbers
from ingest.code_list import NAME_REPAIRED, CodeList
from ingest.figures import figure_readings, plain, read_figure
from ingest.legacy_fonts import decode_text
from ingest.numbers import MONEY_FACTORS, number_readings
from ingest.reader import CellValue, Percent
from ingest.shown import shown
from ingest.spec import Column, ColumnType
from ingest.wording import fold

__all__ = [
    "MONEY_FACTORS",
    "FieldValue",
    "number_readings",
    "read_value",
    "readings",
    "says_nothing",
    "shown",
    "text_of",
]

UNREADABLE = "unreadable"
NOT_IN_LIST = "not_in_list"
AMBIGUOUS = "ambiguous"

# Kinds of repair of words; those of numbers, days and names stand in their modules
DECOMPOSED_ACCENTS = "decomposed_accents"
LOOKALIKE_LETTER = "lookalike_letter"

DASHES = frozenset("-‐‑‒–—−")
NO_THING = fold("không có")
NOTHING_WORDS = frozenset(
    fold(word)
    for word in (
        *("KPS", "không phát sinh", "chưa có số liệu", "không có số liệu", "chưa có", "chưa có SL", "không có SL"),
        *("không có", "...", "…"),
    )
)
TRUE_WORDS = frozenset(fold(word) for word in ("Có", "C", "x", "✓", "✔", "√", "☑", "Đúng", "True", "1"))
FALSE_WORDS = frozenset(fold(word) for word in ("Không", "K", "Sai", "False", "0"))
WITHOUT_ACCENTS = {"co": fold("Có"), "khong": fold("Không")}
LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


@dataclass(frozen=True)
class FieldValue:
    """One field: `typed` is null where `problem` is set or the cell says nothing; `text` is null where it is blank.

    `repair` names what was needed beyond the normal ways of typing to come to the one reading.
    """

    typed: Any = None
    text: str | None = None
    problem: str | None = None
    repair: str | None = None


BLANK = FieldValue()


def read_value(
    cell: CellValue | None, column: Column, codes: CodeList | None = None, unit: str | None = None
) -> FieldValue:
    """Read a cell as its column's type.

    `codes` is the list of a code column. `unit` is the unit of measure that the row states, where the column states
    none; a percent sign is accepted only beside %. Money comes out in đồng, rates as 0 to 100, codes as the code.
    """
    text = text_of(cell)
    if cell is None or text is None:
        return BLANK
    match column.type:
        case ColumnType.TEXT:
            typed = _clean(text)
            return FieldValue(None if is_dash(text) else typed, text, None, _letter_repair(text))
        case ColumnType.CODE:
            assert codes is not None, f"column {column.name} has no code list"
            if (code := codes.find(text)) is not None:
                return FieldValue(code, text, None, _letter_repair(text))
            if says_nothing(text):
                return FieldValue(None, text)
            match = codes.match(text)
            if match.code is not None:
                return FieldValue(match.code, text, None, match.repair)
            return FieldValue(None, text, AMBIGUOUS if match.is_ambiguous else NOT_IN_LIST)
        case ColumnType.BOOLEAN:
            if isinstance(cell, str) and says_nothing(text) and fold(text) != NO_THING:
                return FieldValue(None, text)
            truth = _boolean(text)
            repair = NAME_REPAIRED if fold(text).rstrip(" .") in WITHOUT_ACCENTS else None
            return FieldValue(truth, text, UNREADABLE if truth is None else None, repair)
        case ColumnType.DATE:
            return _read_day(cell, text)
        case _:
            if isinstance(cell, str) and says_nothing(text):
                return FieldValue(None, text)
            figure = read_figure(cell, column, column.unit or unit)
            problem = AMBIGUOUS if figure.is_ambiguous else UNREADABLE if figure.typed is None else None
            return FieldValue(figure.typed, text, problem, figure.repair)


def readings(text: str, column: Column, codes: CodeList | None = None, unit: str | None = None) -> tuple[str, ...]:
    """What a text of a cell can mean in its column, as shown to a person in Vietnamese notation; none if nothing.

    Of an ambiguous text all readings, of a text outside its list the nearest entries, of an unreadable one what it may
    have been meant for, or, of a day that does not exist, what is wrong with it.
    """
    text = decode_text(text, None) or text
    if codes is not None:
        match = codes.match(text)
        found = (match.code,) if match.code is not None else match.candidates or codes.nearest(text)
        return tuple(codes.label(code) for code in found)
    match column.type:
        case ColumnType.DATE:
            read = dates.read_day(text)
            if read.found is not None:
                return tuple(dates.show_day(day) for day in dates.both_orders(text, read.found))
            return read.asked or ((read.fault,) if read.fault else ())
        case ColumnType.INTEGER | ColumnType.DECIMAL | ColumnType.MONEY:
            return figure_readings(text, column, column.unit or unit)
        case ColumnType.BOOLEAN:
            truth = _boolean(text)
            return () if truth is None else (shown(truth, column),)
    return (_clean(text),)


def text_of(cell: CellValue | None) -> str | None:
    """The cell as a person saw it, as near as the file tells; None where it is blank."""
    match cell:
        case None:
            return None
        case str():
            return cell if numbers.BLANKS.sub("", cell) else None
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return plain(cell)
        case Percent():
            return f"{plain(cell.value * 100)}%"
        case datetime():
            day = f"{cell:%d/%m/%Y}"
            return day if cell.time() == time() else f"{day} {cell:%H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case time():
            return f"{cell:%H:%M:%S}"
        case timedelta():
            return str(cell)


def says_nothing(text: str) -> bool:
    """Whether a text stands for "no figure": a dash, KPS, chưa có số liệu. It is blank then, never zero."""
    return is_dash(text) or fold(text) in NOTHING_WORDS


def is_dash(text: str) -> bool:
    return set(numbers.BLANKS.sub("", text)) <= DASHES


def _clean(text: str) -> str:
    """Words without what nobody sees or means: decomposed accents, invisible characters, the Icelandic Ð."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).translate(INVISIBLE).translate(LOOKALIKES).strip()


def _letter_repair(text: str) -> str | None:
    if text.isascii():
        return None
    if not unicodedata.is_normalized("NFC", text):
        return DECOMPOSED_ACCENTS
    return LOOKALIKE_LETTER if text.translate(LOOKALIKES) != text else None


def _boolean(text: str) -> bool | None:
    folded = fold(text).rstrip(" .")
    folded = WITHOUT_ACCENTS.get(folded, folded)
    if folded in TRUE_WORDS:
        return True
    return False if folded in FALSE_WORDS else None


def _read_day(cell: CellValue, text: str) -> FieldValue:
    match cell:
        case datetime() | date():
            day = cell.date() if isinstance(cell, datetime) else cell
            return FieldValue(day, text) if day.year in dates.YEARS else FieldValue(None, text, UNREADABLE)
        case str():
            if says_nothing(text):
                return FieldValue(None, text)
            read = dates.read_day(text)
        case bool():
            return FieldValue(None, text, UNREADABLE)
        case int() | float():
            read = dates.read_number(cell)
        case _:
            return FieldValue(None, text, UNREADABLE)
    if read.found is not None:
        return FieldValue(read.found, text, None, read.repair)
    return FieldValue(None, text, AMBIGUOUS if read.asked else UNREADABLE)
