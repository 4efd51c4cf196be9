"""A day is read however it is written; what names no day is asked, what is no day is told."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import SERIAL_ORIGIN, read_day, read_number
from ingest.reader import CellValue, Percent
from ingest.spec import Column, ColumnType
from ingest.values import FieldValue, read_value, readings

DAY = Column("day", "Ngày", ColumnType.DATE)


def read(cell: CellValue) -> FieldValue:
    return read_value(cell, DAY)


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 4, 5),
        datetime(2023, 4, 5),
        "05/04/2023",
        "5/4/2023",
        "05/4/2023 ",
        "5.4.2023",
        "5-4-2023",
        "05\u201304\u20132023",
        "05 / 04 / 2023",
        "2023-04-05",
        "2023-04-05 00:00:00",
        "05/04/2023 14:30",
    ],
)
def test_a_day_in_a_normal_spelling_is_read_without_a_repair(cell: CellValue) -> None:
    value = read(cell)
    assert (value.typed, value.repair) == (date(2023, 4, 5), None)


@pytest.mark.parametrize(
    ("cell", "repair"),
    [
        ("ngày 5 tháng 4 năm 2023", "date_in_words"),
        ("5 tháng 4 năm 2023", "date_in_words"),
        ("Ngày 05/4/2023", "date_in_words"),
        ("Trà Cú, ngày 05 tháng 04 năm 2023", "date_in_words"),
        ("5-Apr-2023", "date_in_words"),
        ("5/4/23", "two_digit_year"),
        ("5-Apr-23", "two_digit_year"),
        ("Thứ tư, ngày 05/04/2023", "date_in_words"),
        ("05/04/2023 (thứ tư)", "date_in_words"),
        ("14h30, ngày 5 tháng 4 năm 2023", "date_in_words"),
        ("05/04/2023 lúc 8 giờ 30 phút", "date_in_words"),
        (45021.0, "excel_serial"),
        (45021, "excel_serial"),
        ("45021", "excel_serial"),
        ("05042023", "compact_date"),
        (20230405, "compact_date"),
    ],
)
def test_a_day_in_another_spelling_is_repaired(cell: CellValue, repair: str) -> None:
    value = read(cell)
    assert (value.typed, value.problem, value.repair) == (date(2023, 4, 5), None, repair)


def test_the_day_stands_before_the_month_unless_there_is_no_such_month() -> None:
    assert read("6/4/2019") == FieldValue(date(2019, 4, 6), "6/4/2019")
    assert read("6/24/2019") == FieldValue(date(2019, 6, 24), "6/24/2019", None, "us_order")
    assert readings("13/24/2019", DAY) == ("không có tháng 24",)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Tháng 6/2023", "một ngày từ 01/06/2023 đến 30/06/2023"),
        ("6/2023", "một ngày từ 01/06/2023 đến 30/06/2023"),
        ("Quý III/2023", "một ngày từ 01/07/2023 đến 30/09/2023"),
        ("quý 3 năm 2023", "một ngày từ 01/07/2023 đến 30/09/2023"),
        ("2023", "một ngày từ 01/01/2023 đến 31/12/2023"),
        ("5/4", "ngày 05/04, còn thiếu năm"),
    ],
)
def test_a_month_a_quarter_and_a_year_are_no_day(text: str, reading: str) -> None:
    assert read(text) == FieldValue(None, text, "ambiguous")
    assert readings(text, DAY) == (reading,)


def test_a_weekday_that_the_day_is_not_contradicts_it() -> None:
    assert read("Thứ năm, 05/04/2023").problem == "unreadable"
    assert readings("Thứ năm, 05/04/2023", DAY) == ("05/04/2023 không phải là thứ năm",)


def test_a_year_of_two_digits_far_from_ours_is_asked() -> None:
    assert read("5/4/95").problem == "ambiguous"
    assert readings("5/4/95", DAY) == ("05/04/1995", "05/04/2095")
    assert read("5/4/49").typed == date(2049, 4, 5)
    assert read("5/4/50").problem == "ambiguous"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31/11/2016", "tháng 11/2016 có 30 ngày, không có ngày 31"),
        ("24/10/2109", "năm 2109 nằm ngoài khoảng 1990 đến 2100"),
        ("29/02/2023", "tháng 02/2023 có 28 ngày, không có ngày 29"),
        ("01/01/1899", "năm 1899 nằm ngoài khoảng 1990 đến 2100"),
    ],
)
def test_an_impossible_day_is_unreadable_and_told_why(text: str, fault: str) -> None:
    assert read(text) == FieldValue(None, text, "unreadable")
    assert readings(text, DAY) == (fault,)


@pytest.mark.parametrize(
    "cell",
    [
        *(date(2123, 1, 1), 12, 0.5, -45021, 99_999_999, True, Percent(0.5)),
        *("quý I", "5-7/4/2023", "1²/4/2023", "20231", "ngày 5/4/2023 và 6/4/2023", "05/04/202", "O5/04/2023"),
    ],
)
def test_what_is_no_day_is_unreadable(cell: CellValue) -> None:
    value = read(cell)
    assert (value.typed, value.problem) == (None, "unreadable")


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_spelling_of_a_day_names_it(day: date) -> None:
    for text in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day.isoformat()}T00:00:00",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"Càng Long, ngày {day:%d} tháng {day:%m} năm {day.year}.",
    ):
        assert read_day(text).found == day
    assert read_number((day - SERIAL_ORIGIN) / timedelta(days=1)).found == day


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_year_of_two_digits_is_the_right_one_or_asked(day: date) -> None:
    read_back = read_day(f"{day:%d/%m/%y}")
    if read_back.found is None:
        assert f"{day:%d/%m/%Y}" in read_back.asked
    else:
        assert read_back.found == day


@given(st.integers(1, 31), st.integers(1, 31), st.integers(1990, 2100))
def test_no_text_of_three_numbers_becomes_a_day_that_they_do_not_name(first: int, second: int, year: int) -> None:
    found = read_day(f"{first}/{second}/{year}").found
    assert found is None or (found.year, found.day, found.month) in {(year, first, second), (year, second, first)}
