"""Dates in every spelling, the incomplete ones and the impossible ones.

Belongs here: cells of date columns. Vietnam writes day, month, year; another order is a reading only where that one
gives no date. Does not belong here: words for nothing (not_numbers.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from simulate.mangled.case import DATE, DATE_FIELDS, Case, Draw, Field, Group, asks, kind, likely, means, nothing

EXCEL_EPOCH = date(1899, 12, 30)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
QUARTERS = ("I", "II", "III", "IV")


def some_day(draw: Draw) -> date:
    """A day of the years that the sample's papers are from."""
    return date(2021, 1, 1) + timedelta(days=draw.randint(0, 1_000))


def some_field(draw: Draw) -> Field:
    return draw.choice(DATE_FIELDS)


@kind(
    "date_separators",
    Group.DATES,
    "Ngày ngăn bằng chấm, gạch hoặc có khoảng trắng (5.4.2023; 05-04-2023; 5 / 4 / 2023)",
    "Day, month, year parted by dots, dashes or blanks",
)
def date_separators(draw: Draw) -> Iterator[Case]:
    for form in (
        "{d}.{m}.{y}",
        "{d:02}-{m:02}-{y}",
        "{d} / {m} / {y}",
        "{d}-{m}-{y}",
        "{d:02}.{m:02}.{y}",
        "{d}/{m}/{y}.",
    ):
        for _ in range(14):
            day = some_day(draw)
            yield means(some_field(draw), form.format(d=day.day, m=day.month, y=day.year), day)


@kind(
    "date_two_digit_year",
    Group.DATES,
    "Năm hai chữ số (5/4/23): thế kỷ này, không năm nào khác hợp lý",
    "A year of two digits (5/4/23): of this century",
)
def date_two_digit_year(draw: Draw) -> Iterator[Case]:
    for form in ("{d}/{m}/{y:02}", "{d:02}/{m:02}/{y:02}", "{d}-{m}-{y:02}", "{d}.{m}.{y:02}"):
        for _ in range(14):
            day = some_day(draw)
            yield means(some_field(draw), form.format(d=day.day, m=day.month, y=day.year % 100), day)


@kind(
    "date_in_words",
    Group.DATES,
    "Ngày bằng chữ (ngày 5 tháng 4 năm 2023; Trà Cú, ngày 05 tháng 4 năm 2023; ngày 05/4/2023)",
    "A date in words, with or without the place before it",
)
def date_in_words(draw: Draw) -> Iterator[Case]:
    forms: tuple[str, ...] = ("ngày {d} tháng {m} năm {y}", "Ngày {d:02} tháng {m:02} năm {y}", "{d} tháng {m} năm {y}")
    forms += ("ngày {d:02}/{m}/{y}", "Trà Cú, ngày {d} tháng {m} năm {y}", "NGÀY {d} THÁNG {m} NĂM {y}")
    forms += ("ngày {d} tháng {m}, {y}", "ngày {d}-{m}-{y}")
    for form in forms:
        for _ in range(12):
            day = some_day(draw)
            yield means(some_field(draw), form.format(d=day.day, m=day.month, y=day.year), day)


@kind(
    "date_serial",
    Group.DATES,
    "Số thứ tự ngày của Excel do ô mất định dạng (45021 = 05/04/2023)",
    "Excel's day number in a cell that lost its format",
)
def date_serial(draw: Draw) -> Iterator[Case]:
    for _ in range(35):
        day = some_day(draw)
        serial = (day - EXCEL_EPOCH).days
        yield means(some_field(draw), serial, day)
        yield means(some_field(draw), str(serial), day)


@kind(
    "date_american_order",
    Group.DATES,
    "Tháng trước ngày khi ngày lớn hơn 12 (6/25/2023): đọc theo ngày/tháng không thành ngày, chỉ còn 25 tháng 6",
    "Month before day where the day is above 12 (6/25/2023): the only date it can be",
)
def date_american_order(draw: Draw) -> Iterator[Case]:
    for form in ("{m}/{d}/{y}", "{m:02}/{d:02}/{y}"):
        for _ in range(25):
            day = date(draw.randint(2021, 2023), draw.randint(1, 12), draw.randint(13, 28))
            yield means(some_field(draw), form.format(d=day.day, m=day.month, y=day.year), day)


@kind(
    "date_iso",
    Group.DATES,
    "Năm đứng trước (2023-04-05; 2023/04/05): trật tự quốc tế, không thể nhầm",
    "Year first (2023-04-05): the international order",
)
def date_iso(draw: Draw) -> Iterator[Case]:
    for form in ("{:%Y-%m-%d}", "{:%Y/%m/%d}", "{:%Y-%m-%d} 00:00:00", "{:%Y-%m-%dT00:00:00}"):
        for _ in range(10):
            day = some_day(draw)
            yield means(some_field(draw), form.format(day), day)


@kind(
    "date_english_month",
    Group.DATES,
    "Tháng viết tắt tiếng Anh do máy cài vùng khác (5-Apr-23; Apr 5, 2023)",
    "An English month name of another locale",
)
def date_english_month(draw: Draw) -> Iterator[Case]:
    for form in ("{d}-{b}-{y}", "{d:02}-{b}-{y2:02}", "{b} {d}, {y}", "{d} {b} {y}"):
        for _ in range(10):
            day = some_day(draw)
            text = form.format(d=day.day, b=MONTHS[day.month - 1], y=day.year, y2=day.year % 100)
            yield means(some_field(draw), text, day)


@kind(
    "date_with_time",
    Group.DATES,
    "Ngày kèm giờ, kèm thứ trong tuần (05/04/2023 08:30; Thứ tư, 05/04/2023)",
    "A date with the hour or with its weekday",
)
def date_with_time(draw: Draw) -> Iterator[Case]:
    for _ in range(20):
        day = some_day(draw)
        hour, minute = draw.randint(7, 17), draw.choice((0, 15, 30))
        yield means(some_field(draw), f"{day:%d/%m/%Y} {hour:02}:{minute:02}", day)
        yield means(some_field(draw), f"{hour} giờ {minute:02}, ngày {day:%d/%m/%Y}", day)
        yield means(some_field(draw), datetime(day.year, day.month, day.day, hour, minute), day)
        yield means(some_field(draw), f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}", day)
        yield means(some_field(draw), f"{day:%d/%m/%Y} ({WEEKDAYS[day.weekday()]})", day)


@kind(
    "date_month_only",
    Group.DATES,
    "Chỉ có tháng (Tháng 6/2023; 6/2023): không biết ngày nào, phải hỏi",
    "Only a month: which day cannot be known, so ask",
)
def date_month_only(draw: Draw) -> Iterator[Case]:
    for form in ("Tháng {m}/{y}", "tháng {m} năm {y}", "T{m}/{y}", "{m}/{y}", "{m:02}-{y}", "{b}-{y2}"):
        for _ in range(9):
            day = some_day(draw)
            text = form.format(m=day.month, y=day.year, b=MONTHS[day.month - 1], y2=day.year % 100)
            yield asks(some_field(draw), text)


@kind(
    "date_quarter_or_year_only",
    Group.DATES,
    "Chỉ có quý hoặc năm (Quý III/2023; Q3/2023; năm 2023; số 2023): phải hỏi",
    "Only a quarter or a year: ask",
)
def date_quarter_or_year_only(draw: Draw) -> Iterator[Case]:
    for year in range(2020, 2025):
        for index, roman in enumerate(QUARTERS, start=1):
            yield asks(some_field(draw), f"Quý {roman}/{year}")
            yield asks(some_field(draw), f"Q{index}/{year}")
            yield asks(some_field(draw), f"quý {index} năm {year}")
        for cell in (f"năm {year}", f"{year}", f"Cuối năm {year}", f"6 tháng đầu năm {year}"):
            yield asks(some_field(draw), cell)
        yield asks(some_field(draw), year)


@kind(
    "date_without_year",
    Group.DATES,
    "Ngày không có năm (5/4; ngày 5 tháng 4): kỳ báo cáo vắt qua hai năm, phải hỏi",
    "A day without a year: the report's period spans two years, so ask",
)
def date_without_year(draw: Draw) -> Iterator[Case]:
    for form in ("{d}/{m}", "ngày {d}/{m}", "ngày {d} tháng {m}", "{d:02}-{m:02}"):
        for _ in range(10):
            day = some_day(draw)
            yield asks(some_field(draw), form.format(d=day.day, m=day.month))


@kind(
    "date_impossible",
    Group.DATES,
    "Ngày không có trong lịch (31/11/2016; 29/02/2023; 32/01/2023): sai chỗ nào không biết, phải hỏi",
    "A day that no calendar has (31/11/2016): where the slip is cannot be known, so ask",
)
def date_impossible(draw: Draw) -> Iterator[Case]:
    texts = ["31/11/2016", "29/02/2023", "30/02/2022", "29/2/2021", "31/4/2023", "31/06/2023", "31/9/2022"]
    texts += ["32/01/2023", "0/4/2023", "00/00/2023", "5/0/2023", "15/13/2023", "41/12/2022", "2023-02-30"]
    texts += ["ngày 31 tháng 11 năm 2016", "ngày 30 tháng 2 năm 2023", "31.11.2016", "31-6-2023", "29/2/23"]
    for text in texts:
        for field in DATE_FIELDS:
            yield asks(field, text)


@kind(
    "date_absurd_year",
    Group.DATES,
    "Năm vô lý (24/10/2109; 5/4/203; 5/4/20233): 2019 hay 2009, 2023 hay 2003, phải hỏi",
    "A year that cannot be (24/10/2109): 2019 or 2009, so ask",
)
def date_absurd_year(draw: Draw) -> Iterator[Case]:
    for _ in range(12):
        day = some_day(draw)
        for year in ("2109", "2203", "203", "20233", "1023", "3023"):
            yield asks(some_field(draw), f"{day:%d/%m}/{year}")
    yield asks(DATE, "24/10/2109")
    for far in (2109, 2203, 2303):
        yield asks(DATE, date(far, 10, 24))


@kind(
    "date_two_in_one",
    Group.DATES,
    "Hai ngày hoặc khoảng ngày trong một ô (5-7/4/2023; từ 05/4 đến 07/4/2023): phải hỏi",
    "Two days or a span in one cell: ask",
)
def date_two_in_one(draw: Draw) -> Iterator[Case]:
    for _ in range(10):
        day = some_day(draw).replace(day=draw.randint(1, 20))
        later = day + timedelta(days=draw.randint(1, 6))
        yield asks(some_field(draw), f"{day.day}-{later.day}/{day.month}/{day.year}")
        yield asks(some_field(draw), f"{day.day},{later.day}/{day.month}/{day.year}")
        yield asks(some_field(draw), f"từ {day:%d/%m} đến {later:%d/%m/%Y}")
        yield asks(some_field(draw), f"{day:%d/%m/%Y} và {later:%d/%m/%Y}")
        yield asks(some_field(draw), f"{day:%d/%m/%Y} - {later:%d/%m/%Y}")
        yield asks(some_field(draw), f"{day:%d/%m/%Y}\n{later:%d/%m/%Y}")


@kind(
    "date_placeholder",
    Group.DATES,
    "Ngày chưa điền (…/…/2023; ngày … tháng … năm 2023): chưa có ngày, phải hỏi",
    "A date not filled in: ask",
)
def date_placeholder(draw: Draw) -> Iterator[Case]:
    for year in range(2021, 2025):
        for form in (
            "…/…/{}",
            ".../.../{}",
            "__/__/{}",
            "ngày … tháng … năm {}",
            "ngày    tháng    năm {}",
            "  /  /{}",
        ):
            yield asks(some_field(draw), form.format(year))


@kind(
    "date_nothing",
    Group.DATES,
    "Gạch, KPS, “chưa có” ở ô ngày: không có ngày, hỏi hoặc để trống, không bịa ngày",
    "A dash or 'chưa có' in a cell of dates: no date",
)
def date_nothing(draw: Draw) -> Iterator[Case]:
    for text in ("-", "–", "KPS", "chưa có", "Chưa có quyết định", "...", "…", "N/A", "không", "/"):
        for field in DATE_FIELDS:
            yield nothing(field, text)


@kind(
    "date_other_value",
    Group.DATES,
    "Số nhỏ, TRUE, chữ, số văn bản ở ô ngày (12; 0,5; 123/QĐ-UBND): không phải ngày, phải hỏi",
    "A small number, TRUE or the number of a paper in a cell of dates: ask",
)
def date_other_value(draw: Draw) -> Iterator[Case]:
    for field in DATE_FIELDS:
        for cell in (12, 0.5, 5.4, True, "x", "Đ", "12", "1.234,5", "đã ban hành", 99_999_999):
            yield asks(field, cell)
    for _ in range(15):
        yield asks(some_field(draw), f"{draw.randint(10, 2999)}/QĐ-UBND")


@kind(
    "date_compact",
    Group.DATES,
    "Ngày viết liền (20230405; 05042023): đọc được một cách, nhưng hỏi cũng đúng",
    "A date without separators: readable in one way, but asking is right too",
)
def date_compact(draw: Draw) -> Iterator[Case]:
    for _ in range(15):
        day = date(draw.randint(2021, 2023), draw.randint(1, 12), draw.randint(13, 28))
        yield likely(some_field(draw), f"{day:%Y%m%d}", day)
        yield likely(some_field(draw), f"{day:%d%m%Y}", day)
