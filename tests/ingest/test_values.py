"""A cell is read as its column's type, or left unread with a reason; nothing is guessed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.codes import CodeBook, CodeList, Entry
from ingest.reader import CellValue, Percent
from ingest.reference import period, reporting_unit
from ingest.spec import Column, ColumnType
from ingest.values import FieldValue, number_readings, read_value
from ingest.wording import fold

VERDICTS = CodeList(
    [Entry("D", ("Đạt", "Đ", "x", "1", "+")), Entry("CD", ("Chưa đạt", "CĐ", "0")), Entry("KAD", ("Không áp dụng",))]
)


def read(cell: CellValue | None, kind: ColumnType, unit: str | None = None) -> FieldValue:
    code_list = "verdict" if kind is ColumnType.CODE else None
    return read_value(cell, Column("field", "Trường", kind, unit=unit, code_list=code_list), VERDICTS)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("'12", "12"),
        ("+2", "2"),
        ("\u22122", "-2"),
    ],
)
def test_a_number_with_one_reading_is_read(text: str, number: str) -> None:
    assert read(text, ColumnType.DECIMAL) == FieldValue(Decimal(number), text)


@pytest.mark.parametrize(
    "text", ["1.234", "1,234", "12.345", "1,23.4", "5 km", "1e3", "12 34", "khoảng 5", "(5)", "#REF!"]
)
def test_a_number_with_two_readings_or_none_is_unreadable(text: str) -> None:
    assert read(text, ColumnType.DECIMAL) == FieldValue(None, text, "unreadable")


def test_an_ambiguous_number_names_both_readings() -> None:
    assert number_readings("1.234") == (Decimal("1.234"), Decimal("1234"))


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_both_ways_of_writing_a_number_are_read_back(number: Decimal) -> None:
    english = f"{number:,}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    for text in (english, vietnamese):
        assert read(text, ColumnType.DECIMAL).typed == number


@pytest.mark.parametrize(
    "kind", [ColumnType.DECIMAL, ColumnType.INTEGER, ColumnType.MONEY, ColumnType.DATE, ColumnType.BOOLEAN]
)
@pytest.mark.parametrize("text", ["-", "–", "KPS", "kps", "chưa có số liệu", "Chưa có  số liệu"])
def test_no_figure_is_null_without_a_problem_and_never_zero(text: str, kind: ColumnType) -> None:
    assert read(text, kind) == FieldValue(None, text, None)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0\n"])
@pytest.mark.parametrize("kind", list(ColumnType))
def test_a_blank_cell_says_nothing(cell: CellValue | None, kind: ColumnType) -> None:
    assert read(cell, kind) == FieldValue(None, None, None)


def test_a_typed_zero_is_zero() -> None:
    assert read(0.0, ColumnType.MONEY, "triệu đồng") == FieldValue(Decimal(0), "0")


def test_numbers_of_a_spreadsheet_lose_their_binary_noise() -> None:
    assert read(0.1 + 0.2, ColumnType.DECIMAL) == FieldValue(Decimal("0.300000"), "0.3")
    assert read(92.0, ColumnType.DECIMAL) == FieldValue(Decimal(92), "92")


def test_a_count_must_be_whole() -> None:
    assert read(5.0, ColumnType.INTEGER) == FieldValue(5, "5")
    assert read(5.5, ColumnType.INTEGER) == FieldValue(None, "5.5", "unreadable")
    assert read(1e19, ColumnType.INTEGER).problem == "unreadable"


@pytest.mark.parametrize(
    ("cell", "dong"),
    [
        (1.5, 1_500_000),
        (1234.567891, 1_234_567_891),
        (0.1 + 0.2, 300_000),
        (12_345_678.1 + 0.2, 12_345_678_300_000),
        ("1.234,5", 1_234_500_000),
        (-20, -20_000_000),
    ],
)
def test_money_typed_in_million_is_landed_in_dong(cell: CellValue, dong: int) -> None:
    assert read(cell, ColumnType.MONEY, "triệu đồng").typed == Decimal(dong)


def test_money_finer_than_a_dong_is_unreadable() -> None:
    assert read(1.2345678, ColumnType.MONEY, "triệu đồng") == FieldValue(None, "1.2345678", "unreadable")


def test_a_percent_sign_is_read_beside_a_percent_unit_only() -> None:
    assert read("12,5%", ColumnType.DECIMAL, "%").typed == Decimal("12.5")
    assert read(Percent(0.925), ColumnType.DECIMAL, "%") == FieldValue(Decimal("92.5"), "92.5%")
    assert read("12,5%", ColumnType.DECIMAL, "km").problem == "unreadable"
    assert read(Percent(0.925), ColumnType.DECIMAL, "km") == FieldValue(None, "92.5%", "unreadable")


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 4, 5),
        datetime(2023, 4, 5),
        "05/04/2023",
        "5/4/2023",
        "5.4.2023",
        "5-4-2023",
        "2023-04-05",
        "ngày 5 tháng 4 năm 2023",
        "Trà Cú, ngày 05 tháng 04 năm 2023",
    ],
)
def test_a_date_is_read_however_it_is_written(cell: CellValue) -> None:
    assert read(cell, ColumnType.DATE).typed == date(2023, 4, 5)


@pytest.mark.parametrize(
    "cell", ["31/11/2016", "04/13/2023", "5/4/23", "01/01/1899", date(2123, 1, 1), 45021.0, "quý I"]
)
def test_an_impossible_date_is_unreadable(cell: CellValue) -> None:
    value = read(cell, ColumnType.DATE)
    assert (value.typed, value.problem) == (None, "unreadable")


def test_a_date_is_shown_day_first() -> None:
    assert read(date(2023, 4, 5), ColumnType.TEXT).text == "05/04/2023"


@pytest.mark.parametrize(
    ("cell", "typed"), [("Có", True), ("có", True), ("x", True), (True, True), ("Không", False), (0, False)]
)
def test_truth_is_read_in_vietnamese(cell: CellValue, typed: bool) -> None:
    assert read(cell, ColumnType.BOOLEAN).typed is typed


def test_another_word_is_no_truth() -> None:
    assert read("có lẽ", ColumnType.BOOLEAN) == FieldValue(None, "có lẽ", "unreadable")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Đạt", "D"),
        ("đạt", "D"),
        ("Ð", "D"),
        ("D", "D"),
        ("x", "D"),
        (1.0, "D"),
        ("CHƯA  ĐẠT", "CD"),
        ("Đạt (D)", "D"),
        ("0", "CD"),
    ],
)
def test_a_code_is_known_by_code_label_or_alias(cell: CellValue, code: str) -> None:
    assert read(cell, ColumnType.CODE).typed == code


def test_a_text_of_no_entry_is_not_in_list() -> None:
    assert read("gần đạt", ColumnType.CODE) == FieldValue(None, "gần đạt", "not_in_list")


def test_a_label_and_the_code_of_another_entry_contradict() -> None:
    assert read("Đạt (CD)", ColumnType.CODE).problem == "not_in_list"


def test_the_place_of_the_tone_mark_does_not_count_but_the_tone_does() -> None:
    assert fold("Xã Hòa Ân") == fold("XÃ  HOÀ ÂN")
    assert fold("Thủy") == fold("Thuỷ")
    assert fold("Hòa") != fold("Hóa")
    assert fold("Đại") != fold("Dai")


def book(unit_id: str, period_id: str) -> CodeBook:
    unit, of_period = reporting_unit(unit_id), period(period_id)
    assert unit is not None
    assert of_period is not None
    return CodeBook(unit, of_period)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("29491", "29491"),
        ("Xã Đại An", "29491"),
        ("đại an", "29491"),
        ("Xã Đại An (29491)", "29491"),
        ("29491 - Xã Đại An", "29491"),
        ("Thị trấn Định An", "29462"),
        ("TT Định An", "29462"),
        ("Định An", None),  # a township and a commune of that name
        ("Xã Đại An (29494)", None),
        ("Xã Long Hữu", None),  # of another district
    ],
)
def test_communes_are_those_of_the_unit_in_the_period(text: str, code: str | None) -> None:
    assert book("849", "2023Q1").get("communes_of_unit").find(text) == code


def test_places_are_the_communes_and_the_unit_itself() -> None:
    places = book("849", "2023Q1").get("places_of_unit")
    assert (places.find("Huyện Trà Cú"), places.find("849"), places.find("Xã Đại An")) == ("849", "849", "29491")


def test_a_commune_that_reports_is_its_own_only_place() -> None:
    places: Any = book("29461", "2025Y").get("places_of_unit")
    assert (places.find("Xã Trà Cú"), places.find("Xã Đại An")) == ("29461", None)


def test_a_code_robbed_of_its_leading_zeros_is_known() -> None:
    assert book("001", "2023Q1").get("communes_of_unit").find("1") == "00001"


def test_criteria_are_known_by_number_or_name() -> None:
    criteria = book("849", "2023Q1").criteria_of("NTM_XA_2021")
    assert [criteria.find(text) for text in ("1. Quy hoạch", "Quy hoạch", "TC 1", "19", "20", "(1)")] == [
        "1",
        "1",
        "1",
        "19",
        None,
        None,
    ]
