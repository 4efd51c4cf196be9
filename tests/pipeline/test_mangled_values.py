"""The corpus of mangled names, numbers and dates through the real reader: repaired rightly, asked, or left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.value_repairs import Outcome, Result, by_kind, measure
from benchmarks.value_repairs_page import PAGE, render
from simulate.mangled import Group, all_cases, kinds
from simulate.mangled.legacy_encodings import tcvn3, tcvn3_capitals, vni

pytestmark = pytest.mark.slow

CLEAN = {kind.code for kind in kinds() if kind.is_clean}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    return measure(tmp_path_factory.mktemp("mangled"))


def told(results: list[Result]) -> list[tuple[str, object, str | None, object, object]]:
    """What a failing test should show of its cases."""
    return [(one.case.kind, one.case.cell, one.case.unit, one.case.truth, one.typed) for one in results]


def test_the_corpus_covers_every_kind_of_mess_with_thousands_of_cases() -> None:
    cases = all_cases()
    assert {kind.group for kind in kinds()} == set(Group)
    assert len(kinds()) >= 45
    assert len(cases) >= 5_000
    assert sum(case.kind in CLEAN for case in cases) >= len(cases) / 10
    assert {case.kind for case in cases} == {kind.code for kind in kinds()}


def test_the_same_seed_makes_the_same_corpus_and_another_seed_another() -> None:
    assert all_cases(7) == all_cases(7)
    assert all_cases(7) != all_cases(8)


def test_no_case_is_lost_on_its_way_through_the_workbook(results: list[Result]) -> None:
    assert len(results) == len(all_cases())
    assert told([one for one in results if one.text == "row lost"]) == []


def test_no_mangled_cell_is_silently_read_as_something_else(results: list[Result]) -> None:
    assert told([one for one in results if one.outcome is Outcome.WRONG]) == []


def test_what_is_repaired_is_repaired_to_what_was_meant(results: list[Result]) -> None:
    mangled = [one for one in results if one.case.kind not in CLEAN]
    right = sum(one.outcome is Outcome.RIGHT for one in mangled)
    wrong = sum(one.outcome is Outcome.WRONG for one in mangled)
    assert right >= 3_000, "hardly anything is repaired"
    assert right / (right + wrong) >= 0.999


def test_clean_cells_are_read_as_they_stand_and_no_repair_is_claimed(results: list[Result]) -> None:
    clean = [one for one in results if one.case.kind in CLEAN]
    assert told([one for one in clean if one.outcome not in (Outcome.RIGHT, Outcome.BLANK)]) == []


def test_a_cell_in_a_legacy_font_keeps_its_text_and_its_repair_is_told(results: list[Result]) -> None:
    fonts = {kind.code for kind in kinds() if kind.group is Group.FONTS} - {"pdf_damage"}
    decoded = [one for one in results if one.case.kind in fonts and one.outcome is Outcome.RIGHT]
    assert decoded
    assert told([one for one in decoded if one.text != one.case.cell]) == []
    assert told([one for one in decoded if one.repair is None or one.repair.value != one.case.cell]) == []


def test_a_unit_in_the_cell_is_told_as_a_repair(results: list[Result]) -> None:
    of_units = [one for one in results if one.case.kind in ("unit_billion", "unit_dong", "unit_mixed_parts")]
    right = [one for one in of_units if one.outcome is Outcome.RIGHT]
    assert right
    assert told([one for one in right if one.repair is None]) == []


def test_the_page_of_repairs_is_what_was_measured(results: list[Result]) -> None:
    assert PAGE.read_text(encoding="utf-8") == render(by_kind(results)), "run just value-repairs"


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("nông thôn mới", "n«ng th«n míi"),
        ("xã đạt chuẩn", "x· ®¹t chuÈn"),
        ("Hộ nghèo", "Hé nghÌo"),
        ("Trà Vinh", "Tr\u00b5 Vinh"),
        ("Đường", "§\u00ad\u00eang"),
    ],
)
def test_the_encoder_writes_tcvn3_as_it_is_seen_in_reports(text: str, encoded: str) -> None:
    assert tcvn3(text) == encoded


def test_capitals_of_tcvn3_are_the_bytes_of_small_letters() -> None:
    assert tcvn3_capitals("XÃ ĐẠT CHUẨN") == "x· ®¹t chuÈn"


def test_the_encoder_writes_vni_with_a_sign_after_the_vowel() -> None:
    assert vni("Xin chào các bạn") == "Xin chaøo caùc baïn"


def test_a_workbook_of_the_corpus_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    from simulate.mangled.books import write_books

    some = [case for case in all_cases() if case.reporting_unit_id == "851"]
    for folder in ("a", "b"):
        write_books(some, tmp_path / folder)
    assert (tmp_path / "a/851-2023Y.xlsx").read_bytes() == (tmp_path / "b/851-2023Y.xlsx").read_bytes()
