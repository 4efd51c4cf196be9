"""Figures and days as offices type them by hand: grouped digits, units in the cell, days in words.

Belongs here: other spellings of a value, each with one reading only. Does not belong here: cells and sheets; texts that
mean two things, which no report of the sample has.
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

NBSP = "\u00a0"
BILLION = 1_000  # millions


def amount(millions: float | int, draw: random.Random) -> str | float | int:
    """An amount of a column of millions of đồng as one of its spellings, at times the plain number.

    A fraction of three digits below a thousand (159,003) could be read as grouped, so that it is written out in đồng;
    for the same reason there is no 2,286 tỷ.
    """
    exact = Decimal(str(millions))
    if exact <= 0 or draw.random() < 0.3:
        return millions
    billions = _plain(exact / BILLION)
    is_round = exact % (BILLION // 10) == 0
    if exact >= BILLION and (is_round or (_fraction(billions) != 3 and draw.random() < 0.3)):
        return f"{billions} {draw.choice(('tỷ', 'tỷ đồng', 'tỉ'))}"
    if exact == exact.to_integral_value():
        return f"{exact:f} {draw.choice(('tr.đ', 'triệu đồng', 'trđ'))}"
    if exact >= BILLION:
        return grouped(exact, draw.choice((".", NBSP)))
    if exact * 100 == (exact * 100).to_integral_value():
        return _plain(exact)
    return grouped(exact * 1_000_000, ".") + draw.choice((" đồng", " đ"))


def grouped(exact: Decimal, mark: str) -> str:
    """ "1.234,5": digits in groups of three, a comma before the fraction."""
    whole, _, fraction = f"{exact.normalize():,f}".partition(".")
    return whole.replace(",", mark) + (f",{fraction}" if fraction else "")


def rate(figure: float | int, draw: random.Random) -> str | float | int:
    """A figure of one or two digits after the comma as text, at times the plain number."""
    exact = Decimal(str(figure))
    if draw.random() < 0.4 or exact * 100 != (exact * 100).to_integral_value():
        return figure
    return _plain(exact)


def day_in_words(day: date, draw: random.Random) -> str:
    """A day as text, mostly in words."""
    spelled = (
        f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        f"Ngày {day.day}/{day.month}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y}",
    )
    return draw.choice(spelled)


def _fraction(text: str) -> int:
    """How many digits stand behind the comma; three could be a group of thousands."""
    return len(text.partition(",")[2])


def _plain(exact: Decimal) -> str:
    return f"{exact.normalize():f}".replace(".", ",")
