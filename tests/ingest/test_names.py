"""Texts that name periods and reporting units, and texts that only look like it."""

from datetime import date

import pytest

from ingest import reference
from ingest.period_names import mention_of, mentions_in, period_named, period_of_folder
from ingest.unit_names import units_by_name, units_in_text, units_of_folder


def ids(units: object) -> list[str]:
    return [unit["reporting_unit_id"] for unit in units]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("period_id", "texts"),
    [
        (
            "2023Q1",
            ["2023Q1", " 2023q1 ", "2023-Q1", "Q1/2023", "QUÝ I NĂM 2023", "Quý 1-2023", "3 tháng năm 2023"],
        ),
        ("2023M06", ["2023M06", "2023M6", "6T.2023", "6T2023", "06 tháng năm 2023", "sáu tháng đầu năm 2023"]),
        ("2023M09", ["2023M09", "9T.2023", "9 tháng đầu năm 2023", "Kỳ: 9 tháng 2023", "chín tháng năm 2023"]),
        ("2023Y", ["2023Y", "Năm 2023", "cả năm 2023", "12 tháng năm 2023", "Báo cáo năm 2023"]),
        (None, ["2023", "Quý II/2023", "tháng 6/2023", "2021-2025", "Giai đoạn 2021-2025", "quý", "05/04/2023", ""]),
    ],
)
def test_a_whole_text_names_a_period(period_id: str | None, texts: list[str]) -> None:
    found = {text: (period := period_named(text)) and period["reporting_period_id"] for text in texts}
    assert found == dict.fromkeys(texts, period_id)


def test_decomposed_letters_name_the_same_period() -> None:
    period = period_named("Quy\u0301 I na\u0306m 2023")
    assert period is not None
    assert period["reporting_period_id"] == "2023Q1"


def test_a_second_quarter_is_understood_though_nobody_reports_it() -> None:
    mention = mention_of("Quý II năm 2023")
    assert mention is not None
    assert (mention.period, mention.year) == (None, 2023)


@pytest.mark.parametrize(
    ("text", "period_ids"),
    [
        ("Huyện Trà Cú, Quý I năm 2023, số liệu đến ngày 14/03/2023", ["2023Q1"]),
        ("KẾT QUẢ 6 THÁNG ĐẦU NĂM 2023 so với cùng kỳ năm 2022", ["2023M06"]),
        ("Thực hiện quý II và 6 tháng đầu năm 2023", ["2023M06"]),
        ("Quý II/2023", [None]),
        ("(Kèm theo Báo cáo số 12/BC-UBND ngày 05 tháng 4 năm 2023)", []),
        ("Quyết định số 318/QĐ-TTg ngày 08/3/2022", []),
        ("Kế hoạch năm 2024; dự kiến 6 tháng đầu năm 2024", []),
        ("Giai đoạn 2021-2025", []),
    ],
)
def test_a_title_names_its_own_period_and_no_date(text: str, period_ids: list[str | None]) -> None:
    assert [one.period and one.period["reporting_period_id"] for one in mentions_in(text)] == period_ids


@pytest.mark.parametrize(
    ("folder", "period_id"),
    [("2023Q1", "2023Q1"), ("Quy_I_2023", "2023Q1"), ("6T 2023", "2023M06"), ("2023", None), ("Năm 2023", None)],
)
def test_a_folder_of_a_year_is_no_folder_of_the_year_report(folder: str, period_id: str | None) -> None:
    period = period_of_folder(folder)
    assert (period and period["reporting_period_id"]) == period_id


def test_a_short_name_that_several_units_bear_means_each_of_them() -> None:
    assert ids(units_by_name("Duyên Hải", "84")) == ["850", "851", "29512"]
    assert ids(units_by_name("Thị xã Duyên Hải", "84")) == ["851"]


def test_a_name_is_looked_for_in_the_province_alone() -> None:
    assert units_by_name("Quận Ba Đình", "84") == []
    assert ids(units_by_name("Quận Ba Đình", "01")) == ["001"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("ỦY BAN NHÂN DÂN HUYỆN TRÀ CÚ", ["849"]),
        ("UBND THỊ XÃ DUYÊN HẢI", ["851"]),
        ("Phòng Nông nghiệp và PTNT H.Trà Cú", ["849"]),
        ("UBND TỈNH TRÀ VINH", []),
        ("Trà Cú, ngày 5 tháng 4", []),
    ],
)
def test_in_a_sentence_only_a_name_with_its_type_counts(text: str, units: list[str]) -> None:
    assert ids(units_in_text(text, "84")) == units


@pytest.mark.parametrize(
    ("folder", "units"),
    [
        ("849", ["849"]),
        ("849_Tra_Cu", ["849"]),
        ("Huyện Trà Cú", ["849"]),
        ("Huyện Trà Cú (849)", ["849"]),
        ("01. Trà Cú", ["849"]),
        ("TraCu", ["849"]),
        ("Duyen Hai", ["850", "851"]),  # communes of that name report since July 2025 only
        ("001", []),  # a district of Hà Nội
        ("2023", []),
        ("Mới nhận", []),
    ],
)
def test_a_folder_names_units_of_the_same_province_and_day(folder: str, units: list[str]) -> None:
    unit = reference.reporting_unit("849")
    assert unit is not None
    assert ids(units_of_folder(folder, unit, date(2023, 3, 14))) == units
