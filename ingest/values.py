"""What a cell says: its typed value, its text as a person saw it, and why it has no typed value where it has none.

Belongs here: reading one cell by the type of its column. Does not belong here: whether the value is plausible or
required (expectations judge that). A doubtful text is never guessed: it is `unreadable` and its sender is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from ingest.codes import CodeList
from ingest.reader import CellValue, Percent
from ingest.spec import Column, ColumnType
from ingest.wording import fold

UNREADABLE = "unreadable"
NOT_IN_LIST = "not_in_list"

DASHES = frozenset("-‐‑‒–—−")
NOTHING_WORDS = frozenset(
    fold(word)
    for word in ("KPS", "không phát sinh", "chưa có số liệu", "không có số liệu", "chưa có", "chưa có SL", "...", "…")
)
TRUE_WORDS = frozenset(fold(word) for word in ("Có", "C", "x", "✓", "✔", "Đúng", "True", "1"))
FALSE_WORDS = frozenset(fold(word) for word in ("Không", "K", "Sai", "False", "0"))

MONEY_FACTORS = {
    "đồng": 1,
    "nghìn đồng": 1_000,
    "triệu đồng": 1_000_000,
    "tỷ đồng": 1_000_000_000,
}
FLOAT_NOISE = Decimal("0.001")  # đồng
SIX_PLACES = Decimal("0.000001")
DECIMAL_LIMIT = Decimal(10) ** 18
MONEY_LIMIT = Decimal(10) ** 20
INTEGER_LIMIT = 2**63
YEARS = range(1990, 2101)

BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+")
GROUPED_BY_BLANKS = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?")
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)*")
DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?")
IN_WORDS = re.compile(rf"{fold('ngày')} (\d{{1,2}}) {fold('tháng')} (\d{{1,2}}) {fold('năm')} (\d{{4}})")


@dataclass(frozen=True)
class FieldValue:
    """One field: `typed` is null where `problem` is set or the cell says nothing; `text` is null where it is blank."""

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
            return FieldValue(None if is_dash(text) else text.strip(), text)
        case ColumnType.CODE:
            assert codes is not None, f"column {column.name} has no code list"
            code = codes.find(text)
            if code is None:
                return FieldValue(None, text, None if says_nothing(text) else NOT_IN_LIST)
            return FieldValue(code, text)
        case _:
            if isinstance(cell, str) and says_nothing(text):
                return FieldValue(None, text)
            typed = _typed(cell, column, unit)
            return FieldValue(typed, text, UNREADABLE if typed is None else None)


def text_of(cell: CellValue | None) -> str | None:
    """The cell as a person saw it, as near as the file tells; None where it is blank."""
    match cell:
        case None:
            return None
        case str():
            return cell if BLANKS.sub("", cell) else None
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return _plain(cell)
        case Percent():
            return f"{_plain(cell.value * 100)}%"
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
    return set(BLANKS.sub("", text)) <= DASHES


def number_readings(text: str) -> tuple[Decimal, ...]:
    """Every number a text can mean: none if it is no number, two where `1.234` may be a thousand or a fraction."""
    text = BLANKS.sub(" ", text.replace("'", "").replace("\u2019", "").replace("\u2212", "-")).strip()
    if text[:1] in "+-":
        text = text[:1] + text[1:].lstrip()
    if GROUPED_BY_BLANKS.fullmatch(text):
        whole, _, fraction = text.replace(" ", "").replace(",", ".").partition(".")
        return (Decimal(f"{whole}.{fraction}" if fraction else whole),)
    if not PLAIN.fullmatch(text):
        return ()
    readings = {_with_decimal_mark(text, mark) for mark in ".,"}
    return tuple(sorted(reading for reading in readings if reading is not None))


def _with_decimal_mark(text: str, mark: str) -> Decimal | None:
    """The number if `mark` opens the fraction and the other mark groups thousands; None if it cannot."""
    grouping = "." if mark == "," else ","
    whole, found, fraction = text.partition(mark)
    if (found and not fraction) or not (fraction.isdecimal() or not found):
        return None
    first, *groups = whole.split(grouping)
    digits = first.lstrip("+-")
    if groups and not (1 <= len(digits) <= 3 and digits[0] != "0" and all(len(group) == 3 for group in groups)):
        return None
    return Decimal(f"{first}{''.join(groups)}.{fraction or 0}")


def _typed(cell: CellValue, column: Column, unit: str | None) -> Any:
    match column.type:
        case ColumnType.DATE:
            return _date(cell)
        case ColumnType.BOOLEAN:
            return _boolean(cell)
        case ColumnType.INTEGER:
            number = _number(cell, column.unit or unit)
            whole = None if number is None or number != number.to_integral_value() else int(number)
            return whole if whole is not None and abs(whole) < INTEGER_LIMIT else None
        case ColumnType.DECIMAL:
            number = _number(cell, column.unit or unit)
            if number is None or abs(number) >= DECIMAL_LIMIT:
                return None
            return number.quantize(SIX_PLACES, ROUND_HALF_EVEN)
        case ColumnType.MONEY:
            number = _number(cell, None)
            return None if number is None else _dong(number * MONEY_FACTORS[column.unit or "đồng"])
    raise AssertionError(column.type)


def _number(cell: CellValue, unit: str | None) -> Decimal | None:
    """The one number a cell holds, or None."""
    is_rate = unit is not None and fold(unit).startswith("%")
    match cell:
        case bool():
            return None
        case int():
            return Decimal(cell)
        case float():
            return Decimal(_plain(cell)) if cell == cell and abs(cell) < 1e300 else None
        case Percent():
            return Decimal(_plain(cell.value * 100)) if is_rate else None
        case str():
            text = cell.strip()
            if text.endswith("%"):
                if not is_rate:
                    return None
                text = text[:-1]
            readings = number_readings(text)
            return readings[0] if len(readings) == 1 else None
    return None


def _dong(amount: Decimal) -> Decimal | None:
    whole = amount.quantize(Decimal(1), ROUND_HALF_EVEN) if abs(amount) < MONEY_LIMIT else None
    return whole if whole is not None and abs(amount - whole) < FLOAT_NOISE and abs(whole) < MONEY_LIMIT else None


def _date(cell: CellValue) -> date | None:
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, str):
        found = _date_of_text(fold(cell))
    else:
        found = None
    return found if found is not None and found.year in YEARS else None


def _date_of_text(text: str) -> date | None:
    if match := DAY_FIRST.fullmatch(text) or IN_WORDS.search(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _boolean(cell: CellValue) -> bool | None:
    text = fold(text_of(cell) or "")
    if text in TRUE_WORDS:
        return True
    return False if text in FALSE_WORDS else None


def _plain(number: int | float) -> str:
    """Digits without exponent and without a trailing .0; fifteen significant ones, as many as a spreadsheet keeps."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    if number != number or number in (float("inf"), float("-inf")):
        return str(number)
    return format(Decimal(format(number, ".15g")), "f")
