"""A cell is read as its column's type where one reading is possible; else its sender is asked, nothing is guessed."""

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.code_list import CodeList, Entry
from ingest.reader import CellValue, Percent
from ingest.spec import Column, ColumnType
from ingest.values import FieldValue, read_value, readings, shown
from ingest.wording import fold

VERDICTS = CodeList(
    [Entry("D", ("Đạt", "Đ", "x", "1", "+")), Entry("CD", ("Chưa đạt", "CĐ", "0")), Entry("KAD", ("Không áp dụng",))]
)


def column_of(
    kind: ColumnType, unit: str | None = None, minimum: int | None = None, maximum: int | None = None
) -> Column:
    code_list = "verdict" if kind is ColumnType.CODE else None
    return Column("field", "Trường", kind, unit=unit, code_list=code_list, minimum=minimum, maximum=maximum)


def read(
    cell: CellValue | None,
    kind: ColumnType,
    unit: str | None = None,
    minimum: int | None = None,
    maximum: int | None = None,
) -> FieldValue:
    return read_value(cell, column_of(kind, unit, minimum, maximum), VERDICTS)


def asked(text: str, kind: ColumnType, unit: str | None = None) -> tuple[str, ...]:
    return readings(text, column_of(kind, unit), VERDICTS if kind is ColumnType.CODE else None)


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


def test_a_date_is_shown_day_first() -> None:
    assert read(date(2023, 4, 5), ColumnType.TEXT).text == "05/04/2023"


@pytest.mark.parametrize(
    ("cell", "typed"), [("Có", True), ("có", True), ("x", True), (True, True), ("Không", False), (0, False)]
)
def test_truth_is_read_in_vietnamese(cell: CellValue, typed: bool) -> None:
    assert read(cell, ColumnType.BOOLEAN).typed is typed


def test_yes_and_no_without_accents_are_repaired() -> None:
    assert read("khong", ColumnType.BOOLEAN) == FieldValue(False, "khong", None, "name_repaired")
    assert read("Có.", ColumnType.BOOLEAN) == FieldValue(True, "Có.")


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


def test_the_place_of_the_tone_mark_does_not_count_but_the_tone_does() -> None:
    assert fold("Xã Hòa Ân") == fold("XÃ  HOÀ ÂN")
    assert fold("Thủy") == fold("Thuỷ")
    assert fold("Hòa") != fold("Hóa")
    assert fold("Đại") != fold("Dai")


def test_a_text_of_no_entry_is_not_in_list_and_shows_the_nearest() -> None:
    assert read("gần đạt", ColumnType.CODE) == FieldValue(None, "gần đạt", "not_in_list")
    assert asked("gần đạt", ColumnType.CODE) == ("Chưa đạt", "Đạt")


def test_a_label_beside_the_code_of_another_entry_is_asked() -> None:
    assert read("Đạt (CD)", ColumnType.CODE) == FieldValue(None, "Đạt (CD)", "ambiguous")
    assert asked("Đạt (CD)", ColumnType.CODE) == ("Chưa đạt", "Đạt")


def test_a_normal_way_of_typing_is_no_repair() -> None:
    cells: list[tuple[CellValue, ColumnType]] = [
        ("12,5", ColumnType.DECIMAL),
        ("1.234,5", ColumnType.DECIMAL),
        ("1\u00a0234", ColumnType.INTEGER),
        ("05/4/2023 ", ColumnType.DATE),
        ("CHƯA  ĐẠT", ColumnType.CODE),
        ("có", ColumnType.BOOLEAN),
        ("  Đường xã ", ColumnType.TEXT),
        (Percent(0.925), ColumnType.DECIMAL),
    ]
    assert [read(cell, kind, "%").repair for cell, kind in cells] == [None] * len(cells)


def test_a_whole_number_has_one_reading_where_a_decimal_has_two() -> None:
    assert read("1.234", ColumnType.INTEGER) == FieldValue(1234, "1.234", None, "grouped_digits")
    assert read("1,234", ColumnType.INTEGER) == FieldValue(1234, "1,234", None, "grouped_digits")
    assert read("1.234", ColumnType.DECIMAL) == FieldValue(None, "1.234", "ambiguous")
    assert asked("1.234", ColumnType.DECIMAL) == ("1,234", "1234")


def test_zeros_behind_the_mark_leave_two_whole_readings() -> None:
    assert read("1.000", ColumnType.INTEGER).problem == "ambiguous"
    assert asked("12.000", ColumnType.INTEGER) == ("12", "12.000")


def test_the_range_of_a_column_decides_between_two_readings() -> None:
    assert read("1.234", ColumnType.DECIMAL, "%") == FieldValue(Decimal("1.234"), "1.234", None, "grouped_digits")
    assert read("1.234", ColumnType.DECIMAL, minimum=100).typed == Decimal(1234)
    assert read("1.234", ColumnType.DECIMAL, maximum=5000).problem == "ambiguous"


def test_a_range_that_permits_neither_reading_does_not_decide() -> None:
    assert read("1.234", ColumnType.DECIMAL, maximum=1).problem == "ambiguous"
    assert read("1.234", ColumnType.INTEGER, maximum=19).typed == 1234  # value_out_of_range has the word


def test_a_single_reading_outside_the_range_is_read_as_it_stands() -> None:
    assert read("12.345,5", ColumnType.DECIMAL, "%").typed == Decimal("12345.5")


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("5 tỷ", 5_000_000_000),
        ("2,5 tỷ đồng", 2_500_000_000),
        ("2 TỈ", 2_000_000_000),
        ("45 tr.đ", 45_000_000),
        ("45trđ", 45_000_000),
        ("3 triệu", 3_000_000),
        ("300 nghìn đồng", 300_000),
        ("1.250.000 đ", 1_250_000),
        ("1.250 đ", 1_250),  # a đồng has no fraction
        ("5 tỷ 200 triệu", 5_200_000_000),
    ],
)
def test_a_unit_of_money_in_the_cell_gives_the_factor(text: str, dong: int) -> None:
    assert read(text, ColumnType.MONEY, "triệu đồng") == FieldValue(Decimal(dong), text, None, "unit_in_cell")


def test_money_of_two_readings_is_asked_with_its_dong() -> None:
    assert read("2.500 tỷ", ColumnType.MONEY, "triệu đồng") == FieldValue(None, "2.500 tỷ", "ambiguous")
    assert asked("1.234", ColumnType.MONEY, "triệu đồng") == (
        "1,234 triệu đồng (1.234.000 đồng)",
        "1.234 triệu đồng (1.234.000.000 đồng)",
    )


@pytest.mark.parametrize("text", ["12 ha", "95%", "5 tỷ 2", "200 triệu 5 tỷ", "0,5 đồng", "5 USD", "10 tỷ - 12 tỷ"])
def test_money_with_another_unit_is_unreadable(text: str) -> None:
    assert read(text, ColumnType.MONEY, "triệu đồng") == FieldValue(None, text, "unreadable")


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12 ha", "ha", "12"),
        ("12 héc ta", "ha", "12"),
        ("2300 m²", "m2", "2300"),
        ("12 m2/người", "m2/người", "12"),
        ("52 trđ/người/năm", "triệu đồng/người/năm", "52"),
        ("52.000.000 đồng/người/năm", "triệu đồng/người/năm", "52"),
        ("12 ha", "m2", None),
        ("12 ha", None, None),
        ("52 triệu", "triệu đồng/người/năm", None),
        ("5 km", None, None),
    ],
)
def test_a_unit_in_the_cell_must_be_that_of_the_column(text: str, unit: str | None, number: str | None) -> None:
    value = read(text, ColumnType.DECIMAL, unit)
    assert value.typed == (None if number is None else Decimal(number))
    assert (value.problem, value.repair) == (("unreadable", None) if number is None else (None, "unit_in_cell"))


def test_percent_in_its_three_spellings() -> None:
    assert read("12,5%", ColumnType.DECIMAL, "%") == FieldValue(Decimal("12.5"), "12,5%", None, "percent_sign")
    assert read(Percent(0.125), ColumnType.DECIMAL, "%").typed == Decimal("12.5")
    assert read(12.5, ColumnType.DECIMAL, "%").typed == Decimal("12.5")
    assert read(0.125, ColumnType.DECIMAL, "%").typed == Decimal("0.125")  # percent points as the heading says


def test_a_verdict_beside_the_number_leaves_one_number() -> None:
    for text in ("Đạt 92%", "92% (đạt)", "92% - Đạt", "đạt: 92"):
        assert read(text, ColumnType.DECIMAL, "%") == FieldValue(Decimal(92), text, None, "verdict_beside_number")
    assert read("45% (chưa đạt)", ColumnType.DECIMAL, "%").typed == Decimal(45)
    assert read("chưa đạt 92%", ColumnType.DECIMAL, "%").problem == "unreadable"  # perhaps what was missed


@pytest.mark.parametrize(
    ("text", "shown_readings"),
    [
        ("95 (60)", ("60", "95")),
        ("10-12", ("10", "12")),
        ("từ 10 đến 12", ("10", "12")),
        ("15/19", ("15", "19")),
        ("(5)", ("-5", "5")),
        ("- 5", ("-5", "5")),
        ("–5", ("-5", "5")),
    ],
)
def test_two_numbers_in_a_cell_are_asked(text: str, shown_readings: tuple[str, ...]) -> None:
    assert read(text, ColumnType.DECIMAL) == FieldValue(None, text, "ambiguous")
    assert asked(text, ColumnType.DECIMAL) == shown_readings


@pytest.mark.parametrize("text", ["≥90", ">= 90", "khoảng 90", "9O", "l2", "12*", "12²", "90 hộ"])
def test_what_only_looks_like_a_number_is_never_taken(text: str) -> None:
    assert read(text, ColumnType.DECIMAL) == FieldValue(None, text, "unreadable")


def test_words_beside_a_whole_number_that_fit_its_range() -> None:
    assert read("Năm 2023", ColumnType.INTEGER, None, 2015, 2035) == FieldValue(
        2023, "Năm 2023", None, "words_beside_number"
    )
    assert read("Năm 2023", ColumnType.INTEGER, None, 0, 5000).problem == "unreadable"
    assert read("giảm 2", ColumnType.INTEGER, None, -19, 19).typed == -2
    assert read("giảm 2", ColumnType.INTEGER, None, 0, 19).problem == "unreadable"
    assert read("12/19", ColumnType.INTEGER, None, 0, 19) == FieldValue(12, "12/19", None, "number_of_all")
    assert read("12/20", ColumnType.INTEGER, None, 0, 19).problem == "ambiguous"
    assert read("20/19", ColumnType.INTEGER, None, 0, 19).problem == "ambiguous"


def test_a_date_made_of_a_number_shows_what_may_have_been_typed() -> None:
    value = read(datetime(2026, 5, 12), ColumnType.DECIMAL)
    assert (value.typed, value.problem) == (None, "unreadable")
    assert asked(str(value.text), ColumnType.DECIMAL) == ("12,5", "5,12")
    assert read(time(12, 5), ColumnType.DECIMAL).problem == "unreadable"


def test_there_is_none_says_nothing_but_is_no_answer_to_yes_or_no() -> None:
    assert read("không có", ColumnType.DECIMAL) == FieldValue(None, "không có")
    assert read("không có", ColumnType.BOOLEAN).problem == "unreadable"


def test_decomposed_text_is_composed_and_keeps_its_text() -> None:
    typed = unicodedata.normalize("NFD", "Đường xã")
    assert read(typed, ColumnType.TEXT) == FieldValue("Đường xã", typed, None, "decomposed_accents")
    assert read(unicodedata.normalize("NFD", "Chưa đạt"), ColumnType.CODE).repair == "decomposed_accents"


def test_the_icelandic_letter_is_the_vietnamese_one() -> None:
    assert read("\u00d0ường xã", ColumnType.TEXT) == FieldValue("Đường xã", "\u00d0ường xã", None, "lookalike_letter")
    assert read("\u00d0", ColumnType.CODE) == FieldValue("D", "\u00d0", None, "lookalike_letter")


def test_damage_of_a_pdf_is_left_as_it_stands() -> None:
    assert read("cÿ thể", ColumnType.TEXT) == FieldValue("cÿ thể", "cÿ thể")


@pytest.mark.parametrize(
    ("value", "kind", "unit", "text"),
    [
        (Decimal("12.500000"), ColumnType.DECIMAL, "%", "12,5"),
        (Decimal("1234.000000"), ColumnType.DECIMAL, None, "1234"),
        (Decimal("12345.670000"), ColumnType.DECIMAL, None, "12.345,67"),
        (Decimal("1250000000"), ColumnType.MONEY, "triệu đồng", "1.250 triệu đồng"),
        (Decimal("1250"), ColumnType.MONEY, "đồng", "1.250 đồng"),
        (2023, ColumnType.INTEGER, None, "2023"),
        (date(2023, 4, 5), ColumnType.DATE, None, "05/04/2023"),
        (True, ColumnType.BOOLEAN, None, "Có"),
        ("Đường xã", ColumnType.TEXT, None, "Đường xã"),
        (None, ColumnType.DATE, None, ""),
    ],
)
def test_a_value_is_shown_in_vietnamese_notation(value: object, kind: ColumnType, unit: str | None, text: str) -> None:
    assert shown(value, column_of(kind, unit)) == text


def test_a_code_is_shown_by_its_label() -> None:
    assert shown("CD", column_of(ColumnType.CODE), VERDICTS) == "Chưa đạt"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.sampled_from(["vi", "en", "blank", "apostrophe"]))
def test_a_formatted_number_is_read_back_or_asked_and_never_becomes_another(number: Decimal, style: str) -> None:
    english = f"{number:,}"
    text = {
        "vi": english.translate(str.maketrans(",.", ".,")),
        "en": english,
        "blank": english.replace(",", "\u202f").replace(".", ","),
        "apostrophe": english.replace(",", "\u2019"),
    }[style]
    value = read(text, ColumnType.DECIMAL)
    assert value.typed == number or (value.problem == "ambiguous" and value.typed is None)


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([".", ",", " ", "\u00a0", "\u2009", "'"]))
def test_a_grouped_whole_number_is_read_back_or_asked(number: int, mark: str) -> None:
    value = read(f"{number:,}".replace(",", mark), ColumnType.INTEGER)
    assert value.typed == number or value.problem == "ambiguous"


@given(st.text(max_size=12))
def test_any_text_is_read_without_an_error_and_a_problem_has_no_value(text: str) -> None:
    for kind in ColumnType:
        value = read(text, kind, "triệu đồng" if kind is ColumnType.MONEY else None)
        assert value.problem is None or value.typed is None
        asked(text, kind, "triệu đồng" if kind is ColumnType.MONEY else None)
