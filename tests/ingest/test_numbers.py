"""A number is told from its digits and marks alone where they leave one reading."""

from decimal import Decimal

import pytest

from ingest.numbers import factor_between, money_factor, number_readings, read_numeral
from ingest.wording import fold


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
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u2009234", "1234"),
        ("1'234'567,5", "1234567.5"),
        ("1\u2019234", "1234"),
        ("'12", "12"),
        ("+2", "2"),
        ("\u22122", "-2"),
        ("-1.234,5", "-1234.5"),
    ],
)
def test_a_number_with_one_reading(text: str, number: str) -> None:
    assert number_readings(text) == (Decimal(number),)


@pytest.mark.parametrize(("text", "both"), [("1.234", ("1.234", "1234")), ("12,345", ("12.345", "12345"))])
def test_three_digits_behind_one_mark_have_two_readings(text: str, both: tuple[str, str]) -> None:
    assert number_readings(text) == tuple(Decimal(one) for one in both)


@pytest.mark.parametrize(
    "text", ["12.5.", "12,,5", "1,23.4", "1.234.56", "1'2", "12 34", "12.", ".", "", "x", "#REF!", "½", "5²", "=1+2"]
)
def test_other_texts_are_no_number(text: str) -> None:
    assert number_readings(text) == ()


def test_wide_digits_are_digits_and_a_footnote_is_none() -> None:
    assert read_numeral("１２，５").readings == (Decimal("12.5"),)
    assert read_numeral("１２").repair == "wide_digits"
    assert not read_numeral("12²").is_certain


def test_an_exponent_has_one_reading() -> None:
    numeral = read_numeral("1,5E+05")
    assert (numeral.readings, numeral.repair, numeral.is_certain) == ((Decimal(150_000),), "exponent", True)


def test_the_unit_beside_a_number_is_kept() -> None:
    assert read_numeral("45 tr.đ").unit == fold("tr.đ")
    assert read_numeral("95 %").unit == "%"
    assert read_numeral("12 m2/người").unit == fold("m2/người")


@pytest.mark.parametrize("text", ["≥90", "10-12", "1O5", "95 (60)", "(5)", "12*"])
def test_suggestions_are_marked_as_such(text: str) -> None:
    numeral = read_numeral(text)
    assert numeral.readings
    assert not numeral.is_certain


@pytest.mark.parametrize("text", ["nhiều", "5 km đường, 2 cầu", "quý 1 năm 2023", "12,,5", "A1"])
def test_a_text_in_words_has_no_readings(text: str) -> None:
    assert read_numeral(text).readings == ()


def test_units_of_money() -> None:
    assert [money_factor(unit) for unit in (None, "đồng", "tr.đ", "Tỷ đồng", "ha")] == [
        1,
        1,
        1_000_000,
        1_000_000_000,
        None,
    ]
    assert factor_between(fold("đồng/người"), "triệu đồng/người") == Decimal("0.000001")
    assert factor_between(fold("đồng/năm"), "triệu đồng/người") is None
