"""Whose reports a workbook holds, and which of its sheets belong to which."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest import template
from ingest.fix_list import HEADINGS, HIDDEN_HEADINGS, JUSTIFICATION, RULE
from ingest.fix_list import SHEET as SHEET_HEADING
from ingest.identity import Identity, identify, identity_of
from ingest.reader import read_workbook
from ingest.reading import read_file
from ingest.settings import Settings, load_settings

FORM_04 = "04. Công nhận"
FORM_06 = "06. Phân công giúp đỡ"
TWO_FORMS = ("recognitions", "helper_assignments")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_PROVINCE": "84", "NTM_NOW": "2024-01-12"})


def report(path: Path, period: str = "2023Q1", unit: str = "849", forms: Any = ("recognitions",), **cover: Any) -> Path:
    template.write_workbook(path, reporting_unit_id=unit, reporting_period_id=period, forms=forms, cover=cover)
    return path


def join(path: Path, *books: tuple[Path, dict[str, str]]) -> Path:
    """One workbook of the sheets that are named, in this order, each under its new name."""
    joined = openpyxl.Workbook()
    joined.remove(joined.active)
    for source, names in books:
        book = openpyxl.load_workbook(source)
        for old, new in names.items():
            sheet = joined.create_sheet(new)
            for row in book[old].iter_rows():
                for cell in row:
                    if cell.value is not None:
                        sheet.cell(cell.row, cell.column).value = cell.value
            for merged in book[old].merged_cells.ranges:
                sheet.merge_cells(str(merged))
    joined.save(path)
    return path


def edit(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def identities(path: Path, settings: Settings) -> list[Identity]:
    return identify(read_workbook(path), settings)


def key(identity: Identity) -> tuple[str | None, str | None]:
    unit, period = identity.unit, identity.period
    return unit and unit["reporting_unit_id"], period and period["reporting_period_id"]


def rules(identity: Identity) -> list[str]:
    return [problem.rule_id for problem in (*identity.problems, *identity.notes)]


# The cover


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Huyện Trà Cú", "849"),
        ("UBND huyện Trà Cú", "849"),
        ("H. Trà Cú", "849"),
        ("H.TRÀ CÚ", "849"),
        ("Trà Cú", "849"),
        ("huyen tra cu", "849"),
        ("Văn phòng Điều phối NTM huyện Trà Cú", "849"),
        ("Huyện Trà Cú (849)", "849"),
        ("849 - Huyện Trà Cú", "849"),
        ("TP Trà Vinh", "842"),
        ("TX. Duyên Hải", "851"),
        ("Thị xã Duyên Hải", "851"),
    ],
)
@pytest.mark.parametrize("field", ["reporting_unit_code", "reporting_unit_name"])
def test_a_name_that_fits_one_unit_names_it(
    settings: Settings, tmp_path: Path, name: str, unit: str, field: str
) -> None:
    named = {"reporting_unit_code": "", "reporting_unit_name": "", field: name}
    (identity,) = identities(report(tmp_path / "a.xlsx", forms=(), **named), settings)
    assert key(identity) == (unit, "2023Q1")


def test_a_name_that_fits_two_units_is_asked(settings: Settings, tmp_path: Path) -> None:
    named = {"reporting_unit_code": "", "reporting_unit_name": "Duyên Hải"}
    (identity,) = identities(report(tmp_path / "a.xlsx", forms=(), **named), settings)
    (problem,) = identity.problems
    assert (problem.rule_id, problem.value) == ("unit_ambiguous", "Duyên Hải")
    assert problem.expected == "850 Huyện Duyên Hải; 851 Thị xã Duyên Hải"


@pytest.mark.parametrize(
    "cover",
    [
        {"reporting_unit_code": "850", "reporting_unit_name": "Huyện Trà Cú"},
        {"reporting_unit_code": "Huyện Duyên Hải", "reporting_unit_name": "Trà Cú"},
        {"reporting_unit_code": "849", "reporting_unit_name": "VPĐP NTM huyện Cầu Kè"},
        {"reporting_unit_code": "849 - Huyện Duyên Hải", "reporting_unit_name": ""},
    ],
)
def test_code_and_name_of_two_units_contradict_each_other(
    settings: Settings, tmp_path: Path, cover: dict[str, Any]
) -> None:
    (identity,) = identities(report(tmp_path / "a.xlsx", forms=(), **cover), settings)
    assert rules(identity) == ["unit_contradictory"]


def test_a_name_nobody_knows_does_not_contradict_the_code(settings: Settings, tmp_path: Path) -> None:
    (identity,) = identities(report(tmp_path / "a.xlsx", reporting_unit_name="Huyện Trà Kú"), settings)
    assert key(identity) == ("849", "2023Q1")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Quý I/2023", "2023Q1"),
        ("quý 1 năm 2023", "2023Q1"),
        ("Báo cáo quý I năm 2023", "2023Q1"),
        ("6 tháng đầu năm 2023", "2023M06"),
        ("Báo cáo sơ kết 6 tháng đầu năm 2023", "2023M06"),
        ("6T.2023", "2023M06"),
        ("9T.2023", "2023M09"),
        ("năm 2023", "2023Y"),
    ],
)
def test_a_period_is_named_in_common_spellings(settings: Settings, tmp_path: Path, text: str, period: str) -> None:
    path = report(tmp_path / "a.xlsx", forms=(), reporting_period_code=text)
    assert [key(identity) for identity in identities(path, settings)] == [("849", period)]


@pytest.mark.parametrize("text", ["Quý II/2023", "Quý 4 năm 2023", "6 tháng cuối năm 2023"])
def test_a_period_that_nobody_reports_is_asked_with_those_that_exist(
    settings: Settings, tmp_path: Path, text: str
) -> None:
    (identity,) = identities(report(tmp_path / "a.xlsx", forms=(), reporting_period_code=text), settings)
    (problem,) = identity.problems
    assert (problem.rule_id, problem.value) == ("period_unknown", text)
    assert "2023M06 (6 tháng đầu năm 2023)" in str(problem.expected)


@pytest.mark.parametrize("text", ["2023", "tháng 6/2023", "Quý I", "14/03/2023", "quý I/2023 và 6 tháng đầu năm 2023"])
def test_a_text_that_may_be_several_periods_or_none_is_asked(settings: Settings, tmp_path: Path, text: str) -> None:
    (identity,) = identities(report(tmp_path / "a.xlsx", forms=(), reporting_period_code=text), settings)
    assert rules(identity) == ["period_unknown"]


# Several reports in one workbook


@pytest.fixture
def two_periods(tmp_path: Path) -> Path:
    """Covers of Q1 and of the half year, then the form of the half year, then that of Q1."""
    q1, m06 = report(tmp_path / "q1.xlsx", "2023Q1"), report(tmp_path / "m06.xlsx", "2023M06")
    return join(
        tmp_path / "both.xlsx",
        (q1, {"Bìa": "Bìa quý I"}),
        (m06, {"Bìa": "Bìa 6 tháng", FORM_04: "04 6 tháng"}),
        (q1, {FORM_04: "04 quý I"}),
    )


def test_each_cover_is_a_report_with_the_sheets_that_print_its_period(settings: Settings, two_periods: Path) -> None:
    first, second = identities(two_periods, settings)
    assert (key(first), first.cover_sheet, first.part_no) == (("849", "2023Q1"), "Bìa quý I", 1)
    assert (key(second), second.cover_sheet, second.part_no) == (("849", "2023M06"), "Bìa 6 tháng", 2)
    assert [sheet.name for sheet in first.workbook.sheets] == ["Bìa quý I", "04 quý I"]
    assert [sheet.name for sheet in second.workbook.sheets] == ["Bìa 6 tháng", "04 6 tháng"]
    assert rules(first) == rules(second) == []


def test_a_report_that_was_identified_is_found_again_under_other_settings(
    settings: Settings, two_periods: Path
) -> None:
    elsewhere = replace(settings, province_code="01")
    again = identity_of(read_workbook(two_periods), elsewhere, 2, "849", "2023M06")
    assert (key(again), again.cover_sheet, list(again.sheets)) == (
        ("849", "2023M06"),
        "Bìa 6 tháng",
        ["Bìa", FORM_04],
    )


def test_tables_of_each_report_are_read_from_its_own_sheets(settings: Settings, two_periods: Path) -> None:
    read = read_file(two_periods, settings)
    states = [{part.spec.form: part.state for part in tables.parts} for _, tables in read if tables is not None]
    assert [state["recognitions"] for state in states] == ["present", "present"]


def test_a_sheet_that_prints_no_period_belongs_to_the_cover_before_it(settings: Settings, tmp_path: Path) -> None:
    def unsay(book: openpyxl.Workbook) -> None:
        book[FORM_04]["A5"] = None

    q1 = edit(report(tmp_path / "q1.xlsx", "2023Q1"), unsay)
    m06 = edit(report(tmp_path / "m06.xlsx", "2023M06"), unsay)
    both = join(tmp_path / "both.xlsx", (q1, {"Bìa": "B1", FORM_04: "first"}), (m06, {"Bìa": "B2", FORM_04: "second"}))
    assert [identity.sheets[FORM_04].name for identity in identities(both, settings)] == ["first", "second"]


def test_two_covers_of_one_unit_and_period_are_both_refused(settings: Settings, tmp_path: Path) -> None:
    path = report(tmp_path / "a.xlsx")
    both = join(tmp_path / "both.xlsx", (path, {"Bìa": "Bìa", FORM_04: FORM_04}), (path, {"Bìa": "Bìa (2)"}))
    first, second = identities(both, settings)
    assert rules(first) == rules(second) == ["cover_repeated"]
    assert (first.problems[0].sheet, first.problems[0].expected) == ("Bìa", "Bìa (2)")


def test_covers_of_two_units_are_two_reports(settings: Settings, tmp_path: Path) -> None:
    own, other = report(tmp_path / "a.xlsx"), report(tmp_path / "b.xlsx", unit="850")
    both = join(
        tmp_path / "both.xlsx",
        (own, {"Bìa": "B1"}),
        (other, {"Bìa": "B2"}),
        (own, {FORM_04: "own"}),
        (other, {FORM_04: "other"}),
    )
    assert [(key(one)[0], one.sheets[FORM_04].name) for one in identities(both, settings)] == [
        ("849", "own"),
        ("850", "other"),
    ]


def test_a_hidden_cover_beside_a_visible_one_is_no_report(settings: Settings, tmp_path: Path) -> None:
    now, old = report(tmp_path / "a.xlsx", "2023Q1"), report(tmp_path / "b.xlsx", "2022Q1")
    both = join(tmp_path / "both.xlsx", (now, {"Bìa": "Bìa", FORM_04: FORM_04}), (old, {"Bìa": "cũ"}))

    def hide(book: openpyxl.Workbook) -> None:
        book["cũ"].sheet_state = "hidden"

    (identity,) = identities(edit(both, hide), settings)
    assert (key(identity), rules(identity)) == (("849", "2023Q1"), [])


# Sheets of another period


def test_a_sheet_of_another_period_is_not_read(settings: Settings, tmp_path: Path) -> None:
    now, old = report(tmp_path / "a.xlsx", "2023Q1", forms=TWO_FORMS), report(tmp_path / "b.xlsx", "2022Q1")
    mixed = join(tmp_path / "mixed.xlsx", (now, {"Bìa": "Bìa", FORM_06: FORM_06}), (old, {FORM_04: FORM_04}))
    ((identity, tables),) = read_file(mixed, settings)
    (problem,) = identity.notes
    assert (problem.rule_id, problem.sheet, problem.cell) == ("sheet_of_other_period", FORM_04, "A5")
    assert (problem.value, problem.expected) == ("Quý I năm 2022", "Quý I năm 2023")
    assert tables is not None
    assert {part.spec.form: part.state for part in tables.parts}["recognitions"] == "missing"
    assert "sheet_not_recognised" not in {problem.rule_id for problem in tables.problems}


def test_an_old_sheet_beside_the_new_one_is_ignored_and_named(settings: Settings, tmp_path: Path) -> None:
    now, old = report(tmp_path / "a.xlsx", "2023Q1"), report(tmp_path / "b.xlsx", "2022Q1")
    mixed = join(tmp_path / "mixed.xlsx", (now, {"Bìa": "Bìa"}), (old, {FORM_04: FORM_04}), (now, {FORM_04: "04 mới"}))
    (identity,) = identities(mixed, settings)
    assert [(note.rule_id, note.sheet) for note in identity.notes] == [("old_sheet_ignored", FORM_04)]
    assert identity.sheets[FORM_04].name == "04 mới"


@pytest.mark.parametrize(
    ("title", "rule_ids"),
    [
        ("(Kèm theo Báo cáo số 12/BC-UBND ngày 05 tháng 4 năm 2022)", []),
        ("Trà Cú, ngày 20 tháng 3 năm 2022", []),
        ("Giai đoạn 2021-2025", []),
        ("Quý I năm 2023, so với cùng kỳ quý I năm 2022", []),
        ("Năm 2023", []),  # a year alone says which year, not which report of it
        ("Năm 2022", ["sheet_of_other_period"]),
        ("Kỳ báo cáo: Năm 2023", ["sheet_of_other_period"]),
        ("Quý II năm 2023", ["sheet_of_other_period"]),
        ("6 tháng đầu năm 2023", ["sheet_of_other_period"]),
    ],
)
def test_only_what_states_the_period_of_the_figures_is_held_against_the_cover(
    settings: Settings, tmp_path: Path, title: str, rule_ids: list[str]
) -> None:
    def retitle(book: openpyxl.Workbook) -> None:
        book[FORM_04]["A5"] = title

    (identity,) = identities(edit(report(tmp_path / "a.xlsx", forms=TWO_FORMS), retitle), settings)
    assert rules(identity) == rule_ids


def test_where_no_sheet_is_of_the_period_on_the_cover_the_sender_is_asked_which_is_right(
    settings: Settings, tmp_path: Path
) -> None:
    now, old = report(tmp_path / "a.xlsx", "2023Q1"), report(tmp_path / "b.xlsx", "2022Q1", forms=TWO_FORMS)
    mixed = join(tmp_path / "mixed.xlsx", (now, {"Bìa": "Bìa"}), (old, {FORM_04: FORM_04, FORM_06: FORM_06}))
    (identity,) = identities(mixed, settings)
    (problem,) = identity.problems
    assert (problem.rule_id, problem.sheet, problem.value) == ("period_contradictory", "Bìa", "2023Q1")
    assert problem.expected == f"Quý I năm 2022 ({FORM_04}); Quý I năm 2022 ({FORM_06})"
    assert not identity.notes


# Hand-made workbooks


def by_hand(path: Path, *titles: tuple[str, str]) -> Path:
    """Sheets of forms without a cover: what each prints left of the state's name, and below its title."""

    def retitle(book: openpyxl.Workbook) -> None:
        del book["Bìa"]
        names = [name for name in book.sheetnames if name[:2] in ("04", "06")]
        for name, (issuer, subtitle) in zip(names, titles, strict=True):
            book[name]["A1"], book[name]["A5"] = issuer, subtitle

    forms = ("recognitions", "helper_assignments")[: len(titles)]
    return edit(report(path, forms=forms), retitle)


def test_without_a_cover_unit_and_period_are_taken_from_the_titles(settings: Settings, tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", ("UBND HUYỆN TRÀ CÚ", "Quý I/2023"), ("", "(Kèm theo Báo cáo số 5)"))
    (identity,) = identities(path, settings)
    assert (key(identity), identity.cover_sheet, rules(identity)) == (("849", "2023Q1"), None, ["identity_from_title"])
    assert identity.notes[0].value == "849 Huyện Trà Cú, Quý I năm 2023"
    ((_, tables),) = read_file(path, settings)
    assert tables is not None
    assert {part.spec.form: part.state for part in tables.parts}["cover"] == "missing"


@pytest.mark.parametrize(
    ("titles", "rule_ids"),
    [
        ([("UBND HUYỆN TRÀ CÚ", "Quý I/2023"), ("UBND HUYỆN CẦU KÈ", "Quý I/2023")], ["unit_ambiguous"]),
        ([("UBND HUYỆN TRÀ CÚ", "Quý I/2023"), ("UBND HUYỆN TRÀ CÚ", "Quý I/2022")], ["period_missing"]),
        ([("UBND HUYỆN TRÀ CÚ", "ngày 05 tháng 4 năm 2023"), ("", "")], ["period_missing"]),
        ([("UBND TỈNH TRÀ VINH", "Quý I/2023"), ("", "")], ["unit_missing"]),
        ([("UBND HUYỆN TRÀ CÚ", "Quý II/2023"), ("", "")], ["period_missing"]),
    ],
)
def test_titles_that_disagree_or_say_nothing_are_asked(
    settings: Settings, tmp_path: Path, titles: list[tuple[str, str]], rule_ids: list[str]
) -> None:
    (identity,) = identities(by_hand(tmp_path / "a.xlsx", *titles), settings)
    assert rules(identity) == rule_ids


def test_a_labelled_period_counts_before_others_in_the_title(settings: Settings, tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", ("UBND HUYỆN TRÀ CÚ", "Kỳ báo cáo: 6 tháng đầu năm 2023"))
    (identity,) = identities(path, settings)
    assert key(identity) == ("849", "2023M06")


# The sheet "Cần sửa" of an answered workbook


def test_explanations_go_with_the_report_whose_sheet_they_concern(settings: Settings, two_periods: Path) -> None:
    def answer(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Cần sửa", 0)
        headings = [*HEADINGS, *HIDDEN_HEADINGS]
        sheet.append(headings)
        for name, words in (("04 6 tháng", "đã kiểm tra"), ("04 quý I", "đúng")):
            line = {RULE: "rate_above_hundred", SHEET_HEADING: name, JUSTIFICATION: words}
            sheet.append([line.get(heading) for heading in headings])

    first, second = identities(edit(two_periods, answer), settings)
    assert [one.text for one in first.justifications] == ["đúng"]
    assert [one.text for one in second.justifications] == ["đã kiểm tra"]
    assert all(sheet.name != "Cần sửa" for one in (first, second) for sheet in one.workbook.sheets)
