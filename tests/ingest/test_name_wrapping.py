"""What stands around a name is taken off, and nothing that belongs to it."""

from __future__ import annotations

import pytest

from ingest import reference
from ingest.code_list import Match
from ingest.codes import CodeBook
from ingest.name_wrapping import Wrapping, code_beside, unwrapped
from ingest.wording import fold

TRA_CU = Wrapping((fold("Tỉnh Trà Vinh"), fold("Huyện Trà Cú"), fold("H. Trà Cú")), has_committees=True)


def match(text: str, reporting_unit_id: str = "849") -> Match:
    unit, period = reference.reporting_unit(reporting_unit_id), reference.period("2023Y")
    assert unit is not None
    assert period is not None
    return CodeBook(unit, period).get("places_of_unit").match(text)


@pytest.mark.parametrize(
    "text",
    [
        "1. Xã Đại An",
        "12) Xã Đại An",
        "3 - Xã Đại An",
        "a) Xã Đại An",
        "- Xã Đại An",
        "UBND xã Đại An",
        "Ủy ban nhân dân xã Đại An",
        "Xã Đại An, huyện Trà Cú",
        "Xã Đại An, huyện Trà Cú, tỉnh Trà Vinh",
        "2. UBND xã Đại An (huyện Trà Cú)",
    ],
)
def test_what_stands_around_a_name_is_taken_off(text: str) -> None:
    assert unwrapped(fold(text), TRA_CU) == fold("Xã Đại An")


@pytest.mark.parametrize(
    "text", ["Xã Đại An", "Xã Đại An, huyện Cầu Kè", "Huyện Trà Cú", "3 chương trình", "-5", "1.5"]
)
def test_what_belongs_to_a_text_stays(text: str) -> None:
    assert unwrapped(fold(text), TRA_CU) is None


@pytest.mark.parametrize("text", ["29491 Xã Đại An", "29491. Xã Đại An", "Xã Đại An - 29491", "Xã Đại An 29491"])
def test_a_code_beside_a_name_is_found_before_and_after_it(text: str) -> None:
    assert list(code_beside(fold(text))) == [("29491", fold("Xã Đại An"))]


def test_a_wrapped_name_is_that_place_and_told_as_a_repair() -> None:
    for text in ("1. UBND xã Đại An", "Đại An (H. Trà Cú)", "29491 Xã Đại An"):
        assert match(text) == Match("29491", "name_wrapped")


def test_another_district_beside_a_name_is_asked() -> None:
    assert match("Xã Đại An, huyện Cầu Kè").code is None


def test_a_code_of_another_place_beside_a_name_is_asked() -> None:
    assert match("Xã Đại An 29494").is_ambiguous


def test_a_wrapped_name_that_two_places_bear_is_asked() -> None:
    assert match("1. Định An").is_ambiguous
    assert match("Trà Cú, huyện Trà Cú").is_ambiguous
