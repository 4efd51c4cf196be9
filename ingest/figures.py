"""Figures: which number a cell holds in a column of whole numbers, decimals or money.

Belongs here: choosing among the readings of a text those that the column permits: by its type first (a whole number, a
whole đồng), then, where more than one is left, by its minimum and maximum; a rate ends at 100 unless its column says
otherwise. Does not belong here: which readings a text has (numbers.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any

from ingest import dates, numbers
from ingest.numbers import Numeral
from ingest.reader import CellValue, Percent
from ingest.shown import show_money, show_number
from ingest.spec import Column, ColumnType
from ingest.wording import fold

# Kinds of repair
WORDS_BESIDE_NUMBER = "words_beside_number"  # "Năm 2023", "tăng 2"
NUMBER_OF_ALL = "number_of_all"  # "12/19" where 19 is the most there can be

RISE, FALL = fold("tăng"), fold("giảm")
YEAR = re.compile(rf"{fold('năm')} ?(\d{{4}})", re.ASCII)
CHANGE = re.compile(rf"({RISE}|{FALL}) ?(\d+)", re.ASCII)
OF_ALL = re.compile(r"(\d+) ?/ ?(\d+)", re.ASCII)
FLOAT_NOISE = Decimal("0.001")  # đồng
SIX_PLACES = Decimal("0.000001")
DECIMAL_LIMIT = Decimal(10) ** 18
MONEY_LIMIT = Decimal(10) ** 20
INTEGER_LIMIT = 2**63


@dataclass(frozen=True)
class Figure:
    """The typed value of a numeric cell, or whether its text has several readings; what repair the value took."""

    typed: Any = None
    is_ambiguous: bool = False
    repair: str | None = None


NO_FIGURE = Figure()


def read_figure(cell: CellValue, column: Column, unit: str | None) -> Figure:
    """The figure of a cell: int, Decimal, or Decimal in whole đồng; `unit` is the unit of measure it counts in.

    A plain 0.125 in a column of rates stays 0.125: only a percent format or sign says otherwise.
    """
    match cell:
        case str():
            return _figure_of_text(cell, column.type, unit, column.minimum, column.maximum)
        case bool():
            return NO_FIGURE
        case int():
            number = Decimal(cell)
        case float():
            if cell != cell or abs(cell) >= 1e300:
                return NO_FIGURE
            number = Decimal(plain(cell))
        case Percent() if numbers.is_rate(unit) and column.type is not ColumnType.MONEY:
            number = Decimal(plain(cell.value * 100))
        case _:
            return NO_FIGURE
    return Figure(_typed(number, column.type, unit))


def figure_readings(text: str, column: Column, unit: str | None) -> tuple[str, ...]:
    """What a text can mean in a numeric column, as shown to a person; money with its đồng beside it."""
    if (day := dates.day_of_spreadsheet(text)) is not None:
        # A spreadsheet made a date of 12/5 or 12,5: which of the two stood first depends on its language.
        both = dict.fromkeys((f"{day.day},{day.month}", f"{day.month},{day.day}"))
        return () if column.type is ColumnType.INTEGER else tuple(both)
    numeral = numbers.read_numeral(text)
    permitted = _permitted(numeral, column.type, unit, column.minimum, column.maximum)
    if column.type is ColumnType.MONEY:
        return tuple(show_money(amount, unit, with_dong=True) for amount in permitted)
    return tuple(show_number(number) for number in permitted)


@lru_cache(maxsize=65536)
def _figure_of_text(text: str, kind: ColumnType, unit: str | None, minimum: int | None, maximum: int | None) -> Figure:
    if dates.day_of_spreadsheet(text) is not None:
        return NO_FIGURE
    numeral = numbers.read_numeral(text)
    permitted = _permitted(numeral, kind, unit, minimum, maximum)
    if len(permitted) > 1:
        found = _in_words(text, kind, unit, minimum, maximum)
        return Figure(is_ambiguous=True) if found.typed is None else found
    if not permitted or not numeral.is_certain:
        return _in_words(text, kind, unit, minimum, maximum)
    repair = numeral.repair or (numbers.GROUPED_DIGITS if len(numeral.readings) > 1 else None)
    return Figure(permitted[0], repair=repair)


def _in_words(text: str, kind: ColumnType, unit: str | None, minimum: int | None, maximum: int | None) -> Figure:
    """A whole number whose words fit the range of its column: a year, a rise or fall, so many of all there are."""
    if kind is not ColumnType.INTEGER or minimum is None or maximum is None:
        return NO_FIGURE
    folded = fold(text).removesuffix(fold(unit or "")).rstrip()
    if (match := YEAR.fullmatch(folded)) is not None and minimum >= dates.YEARS[0] and maximum <= dates.YEARS[-1]:
        return Figure(int(match[1]), repair=WORDS_BESIDE_NUMBER)
    if (match := CHANGE.fullmatch(folded)) is not None and minimum < 0:
        return Figure(int(match[2]) * (1 if match[1] == RISE else -1), repair=WORDS_BESIDE_NUMBER)
    if (match := OF_ALL.fullmatch(folded)) is not None and int(match[1]) <= int(match[2]) == maximum and minimum == 0:
        return Figure(int(match[1]), repair=NUMBER_OF_ALL)
    return NO_FIGURE


def _permitted(
    numeral: Numeral, kind: ColumnType, unit: str | None, minimum: int | None, maximum: int | None
) -> tuple[Any, ...]:
    """The readings that the column permits, as typed values: by its type, then by its range if that leaves any."""
    own = unit or ("đồng" if kind is ColumnType.MONEY else None)
    factor = Decimal(1) if numeral.unit is None else numbers.factor_between(numeral.unit, own)
    if factor is None:
        return ()
    typed = [_typed(reading * factor, kind, unit) for reading in numeral.readings]
    found = tuple(dict.fromkeys(one for one in typed if one is not None))
    if len(found) < 2:
        return found
    top = 100 if maximum is None and numbers.is_rate(unit) else maximum
    in_range = tuple(one for one in found if (minimum is None or one >= minimum) and (top is None or one <= top))
    return (in_range or found) if numeral.is_certain else found


def _typed(number: Decimal, kind: ColumnType, unit: str | None) -> Any:
    match kind:
        case ColumnType.INTEGER:
            return int(number) if number == number.to_integral_value() and abs(number) < INTEGER_LIMIT else None
        case ColumnType.DECIMAL:
            return number.quantize(SIX_PLACES, ROUND_HALF_EVEN) if abs(number) < DECIMAL_LIMIT else None
        case ColumnType.MONEY:
            factor = numbers.money_factor(unit)
            return None if factor is None else _dong(number * factor)
    raise AssertionError(kind)


def _dong(amount: Decimal) -> Decimal | None:
    whole = amount.quantize(Decimal(1), ROUND_HALF_EVEN) if abs(amount) < MONEY_LIMIT else None
    return whole if whole is not None and abs(amount - whole) < FLOAT_NOISE and abs(whole) < MONEY_LIMIT else None


def plain(number: int | float) -> str:
    """Digits without exponent and without a trailing .0; fifteen significant ones, as many as a spreadsheet keeps."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    if number != number or number in (float("inf"), float("-inf")):
        return str(number)
    return format(Decimal(format(number, ".15g")), "f")
