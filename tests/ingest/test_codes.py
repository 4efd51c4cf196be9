"""A name is found by every text that names one entry; a text that names two is asked."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import reference
from ingest.code_list import CodeList, Entry, Match
from ingest.codes import CodeBook
from ingest.reference import period, reporting_unit
from ingest.spec import Column, ColumnType
from ingest.values import FieldValue, read_value, readings


def book(unit_id: str, period_id: str) -> CodeBook:
    unit, of_period = reporting_unit(unit_id), period(period_id)
    assert unit is not None
    assert of_period is not None
    return CodeBook(unit, of_period)


def communes(unit_id: str = "849", period_id: str = "2023Q1") -> CodeList:
    return book(unit_id, period_id).get("communes_of_unit")


def verdicts() -> CodeList:
    return book("849", "2023Q1").get("verdict")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("29491", "29491"),
        ("Xã Đại An", "29491"),
        ("đại an", "29491"),
        ("X. Đại An", "29491"),
        ("X.Đại An", "29491"),
        ("Xã Đại An.", "29491"),
        ("Xã\u00a0 Đại\u200b An ", "29491"),
        ("Xã Đại An (29491)", "29491"),
        ("29491 - Xã Đại An", "29491"),
        ("Thị trấn Định An", "29462"),
        ("TT Định An", "29462"),
        ("TT.Định An", "29462"),
        ("Định An (29462)", "29462"),
        ("Định An", None),  # a township and a commune of that name
        ("Xã Long Hữu", None),  # of another district
    ],
)
def test_communes_are_those_of_the_unit_in_the_period(text: str, code: str | None) -> None:
    assert communes().find(text) == code


def test_places_are_the_communes_and_the_unit_itself() -> None:
    places = book("849", "2023Q1").get("places_of_unit")
    assert (places.find("Huyện Trà Cú"), places.find("849"), places.find("Xã Đại An")) == ("849", "849", "29491")
    assert places.match("Trà Cú").candidates == ("849", "29461")


def test_a_commune_that_reports_is_its_own_only_place() -> None:
    places: Any = book("29461", "2025Y").get("places_of_unit")
    assert (places.find("Xã Trà Cú"), places.find("Xã Đại An")) == ("29461", None)


def test_a_code_robbed_of_its_leading_zeros_is_known() -> None:
    assert book("001", "2023Q1").get("communes_of_unit").find("1") == "00001"


def test_criteria_are_known_by_number_or_name() -> None:
    criteria = book("849", "2023Q1").criteria_of("NTM_XA_2021")
    texts = ("1. Quy hoạch", "Quy hoạch", "TC 1", "19", "20", "(1)")
    assert [criteria.find(text) for text in texts] == ["1", "1", "1", "19", None, None]
    assert criteria.label("1") == "1. Quy hoạch"


@pytest.mark.parametrize(
    ("text", "code", "repair"),
    [
        ("Ngai Xuyen", "29479", "name_repaired"),
        ("Xa Ngai Xuyên", "29479", "name_repaired"),
        ("Ngải Xuyên", "29479", "name_repaired"),
        ("Xã Ngải Xuyên", "29479", "name_alias"),  # on record
        ("Ngãi Xuyêm", "29479", "name_repaired"),  # no syllable
        ("ĐạiAn", "29491", "name_repaired"),
        ("Đai An", "29491", "name_repaired"),
        ("Phường Đại An", "29491", "unit_type"),
    ],
)
def test_a_name_near_to_one_entry_only_is_repaired(text: str, code: str, repair: str) -> None:
    assert communes().match(text) == Match(code, repair)
    assert communes().find(text) is None


@pytest.mark.parametrize(
    "text", ["Ngái Xuyên", "Tân Sớn", "Hàm Gian", "Xã Long Hữu", "Xã Đôn Xuân", "Xã Đại An 2", "86", "Lưu Nghiệp An"]
)
def test_a_name_that_may_be_another_is_not_repaired(text: str) -> None:
    assert communes().match(text) == Match()


def test_an_ambiguous_name_is_asked_with_both_entries() -> None:
    column = Column("commune_code", "Xã", ColumnType.CODE, code_list="communes_of_unit")
    for text in ("Định An", "dinh an"):
        assert read_value(text, column, communes()) == FieldValue(None, text, "ambiguous")
        assert readings(text, column, communes()) == ("Thị trấn Định An", "Xã Định An")


def test_a_name_beside_the_code_of_another_commune_is_asked() -> None:
    assert communes().match("Xã Đại An (29494)").candidates == ("29494", "29491")
    assert communes().match("29494 - Xa Dai An").candidates == ("29494", "29491")
    assert communes().match("29479 - Xã Ngải Xuyên").code == "29479"


def test_a_former_name_of_one_unit_is_its_name() -> None:
    places = book("29461", "2025Y").get("places_of_unit")
    assert places.match("Thị trấn Trà Cú") == Match("29461", "former_name")
    assert places.match("Xã Ngãi Xuyên") == Match("29461", "former_name")
    wards = communes("842", "2025Q1")
    assert wards.match("Phường 6") == Match("29242", "former_name")  # merged into ward 3 on 01/01/2025
    assert communes("842", "2024Y").find("Phường 6") == "29251"


def test_a_name_that_lives_on_elsewhere_is_no_former_name() -> None:
    assert book("29461", "2025Y").get("places_of_unit").match("Xã Đại An") == Match()
    assert communes("842", "2025Q1").match("Phường 2") == Match()  # of the town of Duyên Hải


def test_the_name_of_a_unit_divided_among_several_is_asked() -> None:
    heirs: dict[str, list[str]] = {}
    for row in reference.rows("unit_succession"):
        if row["kind"] == "split" and row["effective_date"].year == 2025:
            heirs.setdefault(row["predecessor_unit_id"], []).append(row["successor_unit_id"])
    units = {row["unit_id"]: row for row in reference.rows("administrative_units")}
    asked = 0
    for before, after in heirs.items():
        heir = units[after[0]]
        if len(after) < 2 or reporting_unit(heir["unit_code"]) is None:
            continue
        match = book(heir["unit_code"], "2025Y").get("places_of_unit").match(units[before]["name_vi"])
        assert match.repair != "former_name"
        asked += match.is_ambiguous and {units[unit]["unit_code"] for unit in after} <= set(match.candidates)
        if asked == 5:
            break
    assert asked == 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Đ", "D"), ("đ", "D"), ("Đạt", "D"), ("ĐẠT", "D"), ("\u00d0", "D"), ("dat", "D")),
        *(("CĐ", "CD"), ("KĐ", "CD"), ("chưa đạt", "CD"), ("không đạt", "CD"), ("chua dat", "CD")),
        *(("KAD", "KAD"), ("không áp dụng", "KAD")),
        *(("x", None), ("1", None), ("0", None), ("+", None), ("86", None), ("cận đạt", None), ("Đạt 92%", None)),
    ],
)
def test_marks_are_those_of_the_list_and_no_others(text: str, code: str | None) -> None:
    assert verdicts().match(text).code == code


def test_a_layout_adds_marks_of_its_own() -> None:
    marks = verdicts().with_aliases({"x": "D", "+": "D", "0": "CD"})
    assert [marks.find(text) for text in ("X", "+", "0", "Đ", "1")] == ["D", "D", "CD", "D", None]
    assert verdicts().find("x") is None


def test_other_lists_are_repaired_by_the_same_rule() -> None:
    lists = book("849", "2023Q1")
    assert lists.get("agencies").match("So Y te") == Match("SO_YT", "name_repaired")
    assert lists.get("funding_sources").match("Ngân sach tỉnh") == Match("NST", "name_repaired")
    assert lists.get("agencies").match("Sở Giáo dục và Đào tọa") == Match()  # every word of it is Vietnamese


@pytest.mark.parametrize(
    "text",
    [
        *("1. Xã Đại An", "- Xã Đại An", "UBND xã Đại An", "Ủy ban nhân dân xã Đại An", "29491 Xã Đại An"),
        *("Xã Đại An, huyện Trà Cú", "Đại An (H. Trà Cú)", "Xã Đại An huyện Trà Cú, tỉnh Trà Vinh"),
    ],
)
def test_what_stands_around_a_name_is_taken_off(text: str) -> None:
    assert communes().match(text) == Match("29491", "name_wrapped")


def test_what_stands_around_a_name_must_not_contradict_it() -> None:
    assert communes().match("Xã Đại An, huyện Châu Thành") == Match()
    assert communes().match("Xã Đại An 29494").candidates == ("29494", "29491")
    criteria = book("849", "2023Q1").criteria_of("NTM_XA_2021")
    assert criteria.match("2. Quy hoạch").candidates == ("2", "1")
    assert criteria.match("1) Quy hoạch").code == "1"


@pytest.mark.parametrize(("text", "code"), [("P. 4", "29236"), ("Phường 04", "29236"), ("P01", "29239"), ("1", None)])
def test_a_numbered_ward_is_known_by_its_number_and_type(text: str, code: str | None) -> None:
    assert communes("842").find(text) == code


@pytest.mark.parametrize(
    ("list_code", "text", "code"),
    [
        ("agencies", "Sở NN&PTNT", "SO_NNPTNT"),
        ("agencies", "Sở Nông nghiệp và PTNT", "SO_NNPTNT"),
        ("agencies", "Sở LĐ-TB&XH", "SO_LDTBXH"),
        ("agencies", "Hội LHPN tỉnh", "HLHPN"),
        ("agencies", "Sở Y tế tỉnh Trà Vinh", "SO_YT"),
        ("agencies", "Sở Y tế tỉnh Sóc Trăng", None),
        ("programmes", "CTMTQG xây dựng NTM", "NTM"),
        ("funding_sources", "NS TW", "NSTW"),
        ("capital_natures", "Vốn sự nghiệp (SN)", "SN"),
        ("capital_natures", "Vốn sự nghiệp (ĐTPT)", None),
        ("verdict", "C.Đ.", "CD"),
        ("verdict", "Đ/CĐ", None),
    ],
)
def test_initials_name_the_one_entry_they_are_those_of(list_code: str, text: str, code: str | None) -> None:
    assert book("849", "2023Q1").get(list_code).match(text).code == code


def test_initials_of_two_entries_are_asked() -> None:
    listed = CodeList([Entry("A", ("Sở Tài chính",)), Entry("B", ("Sở Thông cáo",))])
    assert listed.match("Sở TC").candidates == ("A", "B")


def test_short_and_long_i_are_one_letter() -> None:
    assert communes("847").match("Xã Mĩ Chánh").code == "29380"
    assert communes("847").match("Thanh Mĩ") == Match("29383", "name_repaired")


def test_the_lower_rank_has_a_text_that_two_entries_share() -> None:
    entries = [Entry("OLD", ("Sở Nội vụ",), rank=1), Entry("NEW", ("Sở Nội vụ",))]
    assert CodeList(entries).find("Sở Nội vụ") == "NEW"


def names_in_force() -> list[tuple[str, str, str]]:
    """(district, commune, name) of a province in 2023."""
    return [
        (district, row["unit_code"], row["name_vi"])
        for district in ("842", "844", "845", "846", "847", "848", "849", "850", "851")
        for row in reference.communes_of(district, reference.rows("reporting_periods")[0]["data_to"])
    ]


NAMES = names_in_force()
SWAP = str.maketrans({"\u0309": "\u0303", "\u0303": "\u0309"})


@given(st.sampled_from(NAMES), st.data())
def test_a_mangled_name_is_repaired_to_itself_or_asked(name: tuple[str, str, str], data: st.DataObject) -> None:
    district, code, text = name
    letters = list(unicodedata.normalize("NFD", text))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(letters) - 1))
        match data.draw(st.sampled_from(["strip", "swap", "blank", "drop"])):
            case "strip" if unicodedata.combining(letters[at][0]):
                letters[at] = ""
            case "swap":
                letters[at] = letters[at].translate(SWAP)
            case "blank" if letters[at] == " ":
                letters[at] = "  "
            case "drop" if letters[at].isalpha() and at > 4:
                letters[at] = ""
        letters = [letter for letter in letters if letter]
    typed = data.draw(st.sampled_from(["NFC", "NFD"]))
    mangled = unicodedata.normalize(typed, "".join(letters))
    listed = communes(district, "2023Q1")
    found = listed.match(mangled)
    assert found.code in (code, None) or listed.find(mangled) == found.code  # or it became another's very name
