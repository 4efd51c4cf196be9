"""Days as people type them: what a text or a number in a date column can mean, and what is wrong with it.

Belongs here: every spelling of a day, the plausible window, and the spellings that name no day (a month, a quarter).
Does not belong here: whether a day is plausible beside others (expectations).

By our convention the day stands before the month: 6/4/2019 is 6 April. A year in two digits means 2000 to 2049; for
50 to 99 both centuries are asked.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ingest.wording import fold

# Kinds of repair
EXCEL_SERIAL = "excel_serial"
US_ORDER = "us_order"
TWO_DIGIT_YEAR = "two_digit_year"
DATE_IN_WORDS = "date_in_words"
COMPACT_DATE = "compact_date"

YEARS = range(1990, 2101)
YEARS_OF_TWO_DIGITS = range(2000, 2050)
SERIAL_ORIGIN = date(1899, 12, 30)  # holds from 1900-03-01 on, where a spreadsheet's false leap day is past

MARK = r"\s*[/.\-\u2010-\u2013\\]\s*"
TIME = re.compile(r"[t ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:am|pm|sa|ch))?z?$")
THREE_PARTS = re.compile(rf"(\d{{1,2}}){MARK}(\d{{1,2}}){MARK}(\d{{4}}|\d{{2}})", re.ASCII)
SHOWN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: \d{1,2}:\d{2})?", re.ASCII)
YEAR_FIRST = re.compile(rf"(\d{{4}}){MARK}(\d{{1,2}}){MARK}(\d{{1,2}})", re.ASCII)
DIGITS = re.compile(r"\d{8}", re.ASCII)
SERIAL = re.compile(r"\d{5}", re.ASCII)
_DAY, _MONTH, _YEAR, _QUARTER = fold("ngày"), fold("tháng"), fold("năm"), fold("quý")
_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = rf"(?P<name>{'|'.join(_MONTH_NAMES)})[a-z]*\.?"
IN_WORDS = re.compile(
    rf"(?:[^\d]*\b{_DAY}\s+|{_DAY}\s*:?\s*)?(?:{fold('mồng')}\s+|{fold('mùng')}\s+)?(?P<day>\d{{1,2}})\s*[,/-]?\s*"
    rf"{_MONTH}\s*(?P<month>\d{{1,2}})\s*(?:[,/-]?\s*{_YEAR}\s*|[,/-]\s*)(?P<year>\d{{4}})\.?",
    re.ASCII,
)
AFTER_WORD = re.compile(rf"(?:[^\d]*[,\s])?{_DAY}\s*:?\s*(?:{fold('mồng')}\s+|{fold('mùng')}\s+)?(?P<rest>\d.*?)\.?")
ENGLISH = (
    re.compile(rf"(?P<day>\d{{1,2}})[\s-]+{_NAMED}[\s,-]+(?P<year>\d{{4}}|\d{{2}})", re.ASCII),
    re.compile(rf"{_NAMED}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})", re.ASCII),
)
_WEEKDAYS = (("hai", "2"), ("ba", "3"), ("tư", "4"), ("năm", "5"), ("sáu", "6"), ("bảy", "7"))
WEEKDAYS = {fold(f"thứ {word}"): at for at, words in enumerate(_WEEKDAYS) for word in words} | {fold("chủ nhật"): 6}
SHOWN_WEEKDAYS = (*(f"thứ {words[0]}" for words in _WEEKDAYS), "chủ nhật")
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_CLOCK = rf"(?: ?(?:{fold('giờ')}|h|g) ?(?:\d{{1,2}} ?(?:{fold('phút')}|p|')?)?|:\d{{2}}(?::\d{{2}})?)"
_HOUR = rf"(?:{fold('lúc')} )?\d{{1,2}}{_CLOCK}"
AFTER_HOUR = re.compile(rf"{_HOUR}(?: ?, ?| )(?P<rest>\D*\d.+)", re.ASCII)
BEFORE_HOUR = re.compile(rf"(?P<rest>.*\d{{4}})(?: ?, ?| ){_HOUR}", re.ASCII)
AFTER_WEEKDAY = re.compile(rf"{_WEEKDAY}(?: ?, ?| )(?P<rest>.+)")
BEFORE_WEEKDAY = re.compile(rf"(?P<rest>.*\d{{4}}) ?[,(]? ?{_WEEKDAY}\)?")
MONTH_OF_YEAR = re.compile(rf"(?:{_MONTH}\s*|t\.?\s*)?(\d{{1,2}})(?:{MARK}|\s*,?\s*{_YEAR}\s*)(\d{{4}})", re.ASCII)
YEAR_AND_MONTH = re.compile(r"(\d{4})\s*[/-]\s*(\d{1,2})", re.ASCII)
QUARTER_OF_YEAR = re.compile(rf"(?:{_QUARTER}|q)\s*(i{{1,3}}|iv|[1-4])\s*(?:[/,.-]\s*|\s+)?(?:{_YEAR}\s*)?(\d{{4}})")
ONLY_YEAR = re.compile(rf"(?:{_YEAR}\s*)?(\d{{4}})", re.ASCII)
DAY_AND_MONTH = re.compile(rf"(?:{_DAY}\s*)?(\d{{1,2}})(?:\s*[/-]\s*|\s*{_MONTH}\s*)(\d{{1,2}})", re.ASCII)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class DateText:
    """What a text says as a day: `found` where it names one, else what it can mean or what is wrong with it.

    `asked` holds the readings of a text that names no single day, as shown to a person; `fault` is why a text of the
    shape of a date is none.
    """

    found: date | None = None
    repair: str | None = None
    asked: tuple[str, ...] = ()
    fault: str | None = None


NO_DATE = DateText()


def show_day(day: date) -> str:
    return f"{day:%d/%m}/{day.year:04}"


def both_orders(text: str, found: date) -> tuple[date, ...]:
    """The day that a text is read as, and the one it is where the month stands first; one where the two are the same.

    Asked only of a text that is doubtful beside others: on its own the day stands before the month.
    """
    numbers = THREE_PARTS.fullmatch(text.strip())
    if numbers is None or found.day > 12 or found.day == found.month:
        return (found,)
    return found, found.replace(day=found.month, month=found.day)


def day_of_spreadsheet(text: str) -> date | None:
    """The day of a text of the form dd/mm/yyyy, perhaps with a time, as a cell with a date shows it."""
    if text.count("/") != 2 or (match := SHOWN_DAY.fullmatch(text)) is None:
        return None
    return _day(match[1], match[2], match[3]).found


def read_number(number: float) -> DateText:
    """The day of a spreadsheet's serial number, or of digits like 5042023; a year alone is asked."""
    if number != number or abs(number) > 1e9:
        return NO_DATE
    whole = int(number)
    serial = _serial(whole)
    if serial.found is not None or whole != number or whole <= 0:
        return serial
    return read_day(f"{whole:08}" if whole >= 1_000_000 else str(whole))


@lru_cache(maxsize=65536)
def read_day(text: str) -> DateText:
    """What a text says as a day."""
    if any(sign.isnumeric() and not sign.isdecimal() for sign in text):
        return NO_DATE  # folding would make a digit of a footnote's mark
    folded = fold(text)
    folded = TIME.sub("", folded.rstrip(" .,;"))
    for shape, read in (
        (THREE_PARTS, _three_parts),
        (YEAR_FIRST, lambda year, month, day: _day(day, month, year)),
        (DIGITS, lambda: _compact(folded)),
        (SERIAL, lambda: _serial(int(folded))),
    ):
        if (match := shape.fullmatch(folded)) is not None:
            return read(*match.groups())
    if (match := IN_WORDS.fullmatch(folded)) is not None:
        return _day(match["day"], match["month"], match["year"], DATE_IN_WORDS)
    if (match := AFTER_WORD.fullmatch(folded)) is not None and THREE_PARTS.fullmatch(match["rest"]):
        inner = read_day(match["rest"])
        return DateText(inner.found, inner.repair or DATE_IN_WORDS, inner.asked, inner.fault)
    for shape in ENGLISH:
        if (match := shape.fullmatch(folded)) is not None:
            month = str(_MONTH_NAMES.index(match["name"]) + 1)
            if len(match["year"]) == 2:
                return _three_parts(match["day"], month, match["year"])
            return _day(match["day"], month, match["year"], DATE_IN_WORDS)
    return _beside_words(folded) or _part_of_date(folded)


def _beside_words(folded: str) -> DateText | None:
    """A day with its hour or its weekday beside it; a weekday that it is not is a contradiction."""
    if (match := AFTER_HOUR.fullmatch(folded) or BEFORE_HOUR.fullmatch(folded)) is not None:
        inner, weekday = read_day(match["rest"]), None
    elif (match := AFTER_WEEKDAY.fullmatch(folded) or BEFORE_WEEKDAY.fullmatch(folded)) is not None:
        inner, weekday = read_day(match["rest"]), WEEKDAYS[match["weekday"]]
    else:
        return None
    if inner.found is not None and weekday is not None and weekday != inner.found.weekday():
        return DateText(fault=f"{show_day(inner.found)} không phải là {SHOWN_WEEKDAYS[weekday]}")
    return DateText(inner.found, inner.repair or DATE_IN_WORDS, inner.asked, inner.fault)


def _serial(number: int) -> DateText:
    day = SERIAL_ORIGIN + timedelta(days=number) if 0 < number < 100_000 else None
    return DateText(day, EXCEL_SERIAL) if day is not None and day.year in YEARS else NO_DATE


def _three_parts(first: str, second: str, year: str) -> DateText:
    if len(year) == 4:
        return _in_order(first, second, year, None)
    if 2000 + int(year) in YEARS_OF_TWO_DIGITS:
        return _in_order(first, second, f"20{year}", TWO_DIGIT_YEAR)
    day, month = (second, first) if int(second) > 12 >= int(first) else (first, second)
    if (late := _day(day, month, f"20{year}")).found is None:
        return late
    return DateText(asked=tuple(f"{int(day):02}/{int(month):02}/{century}{year}" for century in (19, 20)))


def _in_order(first: str, second: str, year: str, repair: str | None) -> DateText:
    """Day before month; month before day only where the other way there is no such month."""
    if int(second) > 12 >= int(first):
        return _day(second, first, year, US_ORDER)
    return _day(first, second, year, repair)


def _day(day: str, month: str, year: str, repair: str | None = None) -> DateText:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return DateText(fault=_impossible(int(day), int(month), int(year)))
    if found.year not in YEARS:
        return DateText(fault=_out_of_window(found.year))
    return DateText(found, repair)


def _impossible(day: int, month: int, year: int) -> str:
    if not 1 <= month <= 12:
        return f"không có tháng {month}"
    if year not in YEARS:
        return _out_of_window(year)
    return f"tháng {month:02}/{year} có {calendar.monthrange(year, month)[1]} ngày, không có ngày {day}"


def _out_of_window(year: int) -> str:
    return f"năm {year} nằm ngoài khoảng {YEARS[0]} đến {YEARS[-1]}"


def _compact(digits: str) -> DateText:
    """Eight digits: ddmmyyyy or yyyymmdd, whichever is a day."""
    both = [_day(digits[:2], digits[2:4], digits[4:]), _day(digits[6:], digits[4:6], digits[:4])]
    days = {read.found for read in both if read.found is not None}
    if len(days) == 1:
        return DateText(days.pop(), COMPACT_DATE)
    return DateText(asked=tuple(show_day(day) for day in sorted(days)))


def _part_of_date(folded: str) -> DateText:
    """A month, quarter or year names no day, a day without its year neither: the sender is asked."""
    if (match := MONTH_OF_YEAR.fullmatch(folded)) is not None:
        return _span(int(match[2]), int(match[1]), int(match[1]))
    if (match := YEAR_AND_MONTH.fullmatch(folded)) is not None:
        return _span(int(match[1]), int(match[2]), int(match[2]))
    if (match := QUARTER_OF_YEAR.fullmatch(folded)) is not None:
        quarter = ROMAN.get(match[1]) or int(match[1])
        return _span(int(match[2]), 3 * quarter - 2, 3 * quarter)
    if (match := ONLY_YEAR.fullmatch(folded)) is not None:
        return _span(int(match[1]), 1, 12)
    if (match := DAY_AND_MONTH.fullmatch(folded)) is not None and 1 <= int(match[2]) <= 12 and 1 <= int(match[1]) <= 31:
        return DateText(asked=(f"ngày {int(match[1]):02}/{int(match[2]):02}, còn thiếu năm",))
    return NO_DATE


def _span(year: int, first_month: int, last_month: int) -> DateText:
    if not 1 <= first_month <= 12:
        return DateText(fault=f"không có tháng {first_month}")
    if year not in YEARS:
        return DateText(fault=_out_of_window(year))
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return DateText(asked=(f"một ngày từ {show_day(date(year, first_month, 1))} đến {show_day(last)}",))
