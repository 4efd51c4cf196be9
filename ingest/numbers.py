"""Numbers as people type them: what a text can mean, with the unit that it states.

Belongs here: decimal and grouping marks, units and factors of money, and the texts that name more than one number.
Does not belong here: which of the readings a column permits (values.py decides that).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.wording import fold

# Kinds of repair
UNIT_IN_CELL = "unit_in_cell"
PERCENT_SIGN = "percent_sign"
GROUPED_DIGITS = "grouped_digits"  # 1.234 where only a whole number, or only a fraction, can stand
WIDE_DIGITS = "wide_digits"
EXPONENT = "exponent"
VERDICT_BESIDE_NUMBER = "verdict_beside_number"

WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
BLANKS = re.compile(r"[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+")
APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2032": "'", "\u00b4": "'"})
GROUPED_BY_BLANKS = re.compile(r"[+-]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?")
GROUPED_BY_APOSTROPHES = re.compile(r"[+-]?[1-9]\d{0,2}(?:'\d{3})+(?:[.,]\d+)?")
PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)*", re.ASCII)
EXPONENTIAL = re.compile(r"([+-]?\d(?:[.,]\d+)?)E([+-]?\d{1,2})", re.ASCII | re.IGNORECASE)
IN_BRACKETS = re.compile(r"\(\s*(\d[\d., ]*)\)", re.ASCII)
AFTER_DASH = re.compile(r"(?:[-\u2212] +|[\u2010-\u2015] *)(\d[\d., ]*)", re.ASCII)
WITH_UNIT = re.compile(
    r"(?P<number>[+-]?[0-9][0-9.,' ]*?) ?(?P<unit>(?![⁰¹²³⁴-⁹₀-₉])[^\W\d_][^\d]*[23]?(?:/[^\d]+)?|%)"
)
MONEY_PART = re.compile(r"(\d[\d.,]*) ?([^\d\W][^\d]*)")
NUMBER_IN_TEXT = re.compile(r"\d+(?:[.,]\d+)*", re.ASCII)
BETWEEN_NUMBERS = re.compile(
    rf"(?:[\s()\[\]/\\;:+~÷x×%&-]|,(?=\s)|[\u2010-\u2015]|{fold('từ')}|{fold('đến')}|{fold('và')}|{fold('hoặc')})*"
)
_ABOUT = "|".join(fold(word) for word in ("trên", "dưới", "khoảng", "gần", "hơn", "ước", "từ"))
ABOUT = re.compile(rf"(?:[<>≤≥~≈=±]+|(?:{_ABOUT})(?=[\s\d]))\s*(?P<rest>\d.*)")
LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
WITH_LOOKALIKES = re.compile(r"(?=.*\d)[+-]?[\dOolI|]+(?:[.,][\dOolI|]+)*", re.ASCII)
SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹₀-₉*]+$")
VERDICT_BEFORE = re.compile(rf"{fold('đạt')}[ :]*(?P<number>\d.*)")
VERDICT_AFTER = re.compile(
    rf"(?P<number>[+-]?\d[\d.,]*[ ]?%?)[ ]?[-–,;:(]?[ ]?(?:{fold('đạt')}|{fold('chưa đạt')}|{fold('không đạt')})\)?"
)

_MONEY_WORDS = {
    1: ("đồng", "đ", "vnđ", "vnd", "đồng vn"),
    1_000: ("nghìn đồng", "ngàn đồng", "nghìn", "ngàn", "nghìn đ", "ngàn đ", "ng.đ", "nghìn vnđ"),
    1_000_000: (
        *("triệu đồng", "triệu", "triệu đ", "tr", "tr.", "trđ", "tr.đ", "tr đ", "tr đồng", "tr. đồng", "tr.đồng"),
        *("tr. đ", "trđồng", "trđ.", "tr.đ.", "triệu vnđ", "tr vnđ"),
    ),
    1_000_000_000: ("tỷ đồng", "tỉ đồng", "tỷ", "tỉ", "tỷ đ", "tỉ đ", "tỷđ", "tỉđ", "tỷ vnđ", "tỉ vnđ"),
}
MONEY_FACTORS = {words[0]: factor for factor, words in _MONEY_WORDS.items()}
"""Đồng in one of each unit that a column of money can have."""
FACTOR_OF = {fold(word): factor for factor, words in _MONEY_WORDS.items() for word in words}
_SAME_UNITS = (
    ("%", "phần trăm"),
    ("m2", "mét vuông", "m vuông"),
    ("m3", "mét khối", "m khối"),
    ("ha", "hecta", "héc ta", "héc-ta", "hécta"),
    ("km", "ki lô mét", "kilômét", "kilomet"),
    ("m", "mét"),
    ("tiêu chí", "tc"),
)
SAME_UNITS = {fold(word): fold(words[0]) for words in _SAME_UNITS for word in words}


@dataclass(frozen=True)
class Numeral:
    """What a text says as a number.

    `readings`: every number it can mean, ascending. `unit`: the unit it states, folded, or None. `is_certain` is false
    where the readings are only suggestions (≥90, 1O5, 10-12): they are shown to the sender and never taken.
    """

    readings: tuple[Decimal, ...] = ()
    unit: str | None = None
    repair: str | None = None
    is_certain: bool = True


NO_NUMBER = Numeral(is_certain=False)


def money_factor(unit: str | None) -> int | None:
    """Đồng in one of a unit of money ("triệu đồng", "tr.đ", "tỷ"): 1 without a unit, None for another unit."""
    return 1 if unit is None else FACTOR_OF.get(fold(unit))


def is_rate(unit: str | None) -> bool:
    """Whether a unit of measure counts in hundredths: "%", "% số hộ"."""
    return unit is not None and fold(unit).startswith("%")


def factor_between(stated: str, unit: str | None) -> Decimal | None:
    """By what a number of the stated unit is multiplied to count in `unit`; None if the two do not measure the same."""
    if unit is None:
        return None
    if _same(stated) == _same(unit) or (stated == "%" and is_rate(unit)):
        return Decimal(1)
    stated_money, _, stated_per = stated.partition("/")
    unit_money, _, unit_per = fold(unit).partition("/")
    of_stated, of_unit = money_factor(stated_money.strip()), money_factor(unit_money.strip())
    if of_stated is None or of_unit is None or _tight(stated_per) != _tight(unit_per):
        return None
    return Decimal(of_stated) / of_unit


def number_readings(text: str) -> tuple[Decimal, ...]:
    """Every number that digits and marks can mean: none if it is no number, two for `1.234`, perhaps a fraction."""
    text = _tidy(text)
    if text[:1] in ("+", "'"):
        text = text[1:].lstrip()
    if text.isascii() and text.isdecimal():
        return (Decimal(text),)
    if GROUPED_BY_BLANKS.fullmatch(text) or GROUPED_BY_APOSTROPHES.fullmatch(text):
        return (Decimal(text.replace(" ", "").replace("'", "").replace(",", ".")),)
    if not PLAIN.fullmatch(text):
        return ()
    readings = {_with_decimal_mark(text, mark) for mark in ".,"}
    return tuple(sorted(reading for reading in readings if reading is not None))


@lru_cache(maxsize=65536)
def read_numeral(text: str) -> Numeral:
    """What a text says as a number: plain, with a unit, a percent sign or a verdict beside it, or several numbers."""
    if readings := number_readings(text):
        return Numeral(readings, repair=None if text.isascii() or text == _narrow(text) else WIDE_DIGITS)
    tidy = _tidy(text)
    if (match := EXPONENTIAL.fullmatch(tidy)) is not None:
        return Numeral((Decimal(f"{match[1].replace(',', '.')}E{match[2]}") + 0,), repair=EXPONENT)
    if (match := IN_BRACKETS.fullmatch(tidy) or AFTER_DASH.fullmatch(tidy)) is not None:
        return _suggested(*(sign * reading for reading in number_readings(match[1]) for sign in (1, -1)))
    if WITH_LOOKALIKES.fullmatch(tidy):
        return _suggested(*number_readings(tidy.translate(LOOKALIKES)))
    if (numeral := _with_verdict(tidy) or _with_unit(tidy) or _sum_of_money(tidy)) is not None:
        return numeral
    return _several(tidy)


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


def _with_unit(tidy: str) -> Numeral | None:
    match = WITH_UNIT.fullmatch(tidy)
    readings = number_readings(match["number"]) if match else ()
    if match is None or not readings:
        return None
    unit = fold(match["unit"])
    return Numeral(readings, unit, PERCENT_SIGN if unit == "%" else UNIT_IN_CELL)


def _with_verdict(tidy: str) -> Numeral | None:
    """ "Đạt 92%", "92% (đạt)". Not "chưa đạt 92%", which may say that 92 is what was missed."""
    folded = fold(tidy)
    match = VERDICT_BEFORE.fullmatch(folded) or VERDICT_AFTER.fullmatch(folded)
    if match is None:
        return None
    number, is_percent = match["number"].strip(), match["number"].strip().endswith("%")
    readings = number_readings(number.removesuffix("%"))
    return Numeral(readings, "%" if is_percent else None, VERDICT_BESIDE_NUMBER) if readings else None


def _sum_of_money(tidy: str) -> Numeral | None:
    """ "5 tỷ 200 triệu đồng": whole amounts in falling units, each less than one of the unit before."""
    folded, total, limit, end = fold(tidy), Decimal(0), Decimal("Infinity"), 0
    for match in MONEY_PART.finditer(folded):
        readings, factor = number_readings(match[1]), FACTOR_OF.get(match[2].strip(" ,"))
        if match.start() != end or len(readings) != 1 or factor is None or readings[0] * factor >= limit:
            return None
        total, limit, end = total + readings[0] * factor, Decimal(factor), match.end()
    return Numeral((total,), fold("đồng"), UNIT_IN_CELL) if end and end == len(folded) else None


def _several(tidy: str) -> Numeral:
    """The numbers of a text that is none itself: shown to its sender, never taken."""
    folded = fold(tidy)
    if (match := ABOUT.fullmatch(folded)) is not None:
        numeral = read_numeral(match["rest"])
        return Numeral(numeral.readings, numeral.unit, None, is_certain=False)
    if (bare := SUPERSCRIPT.sub("", tidy)) != tidy:
        return _suggested(*number_readings(bare))
    found = NUMBER_IN_TEXT.findall(folded)
    if len(found) > 1 and BETWEEN_NUMBERS.fullmatch(NUMBER_IN_TEXT.sub("", folded)):
        return _suggested(*(reading for number in found for reading in number_readings(number)))
    return NO_NUMBER


def _suggested(*readings: Decimal) -> Numeral:
    return Numeral(tuple(sorted(set(readings))), is_certain=False)


def _tidy(text: str) -> str:
    """The text with one kind of digit, blank, minus and apostrophe."""
    if text.isascii():
        return " ".join(text.split())
    text = BLANKS.sub(" ", _narrow(text).translate(APOSTROPHES)).strip()
    return f"-{text[1:]}" if text[:1] == "\u2212" else text


def _narrow(text: str) -> str:
    text = text.translate(WIDE)
    if text.isascii():
        return text
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def _tight(unit: str) -> str:
    return unit.replace(" ", "").replace(".", "")


def _same(unit: str) -> str:
    folded = fold(unit)
    return _tight(SAME_UNITS.get(folded, folded))
