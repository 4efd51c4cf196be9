"""Text of the old fonts is decoded where its font or its words prove it, and nothing else is touched."""

import re
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.legacy_fonts import TCVN3, VN1, VNI_PAIRS, VNI_SINGLES, decode_text, is_capital_font
from ingest.syllables import is_syllable

TCVN3_OF = {letter: typed for typed, letter in TCVN3.items()}
VNI_OF = {letter: typed for typed, letter in (VNI_PAIRS | VNI_SINGLES).items()}
VNI_OF |= {letter.upper(): typed.upper() for letter, typed in VNI_OF.items()}


def in_tcvn3(text: str) -> str:
    return "".join(TCVN3_OF.get(sign) or TCVN3_OF.get(sign.lower(), sign) for sign in text)


def in_vni(text: str) -> str:
    return "".join(VNI_OF.get(sign, sign) for sign in text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("n«ng th«n míi", "nông thôn mới"),
        ("x· ®¹t chuÈn", "xã đạt chuẩn"),
        ("Hé nghÌo", "Hộ nghèo"),
        ("Trµ Vinh", "Trà Vinh"),
        ("§\u00adêng", "Đường"),
        ("“§¹i An”", "“Đại An”"),
        ("C§", "CĐ"),
        ("Q§ sè 12/Q§-UBND", "QĐ số 12/QĐ-UBND"),
        ("diÖn tÝch (m²)", "diện tích (m²)"),
        ("Xin chaøo caùc baïn", "Xin chào các bạn"),
        ("Xaõ Ñaïi An", "Xã Đại An"),
        ("NOÂNG THOÂN", "NÔNG THÔN"),
    ],
)
def test_old_text_is_decoded_without_a_font(typed: str, text: str) -> None:
    assert decode_text(typed, None) == text
    assert decode_text(typed, "Times New Roman") == text  # the font got lost in pasting


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1.234,5",
            "x",
            "X",
            "Đ",
            "đ",
            "+",
            "",
            " ",
            "12,5%",
            "UBND",
            "Excel",
            "\u00a0",
            "–",
            "· ",
            "§",
            "®",
            "©",
            "½",
        ),
        *("Đường xã", "Xã Hòa An", "Hà Tiên", "Có", "Không", "Chè", "có", "Ô tô", "Á", "é", "à", "không có số liệu"),
        *(
            "Café",
            "résumé",
            "naïve",
            "déjà vu",
            "crème brûlée",
            "El Niño",
            "São Paulo",
            "Thaï",
            "où",
            "Müller",
            "Hanoï",
        ),
        *("100 µm", "5 m² × 3", "± 5°C", "© 2020", "« Xin »", "§ 5", "VNPT®", "1½", "Số: 12/QĐ-UBND", "Hôtel Majestic"),
        *("cÿ thể", "Ā", "cán bß", "xã hßi", "bß ban", "hiÇn", "viÇc", "qu¿n lý", "ÿ ban"),  # damage by PDF
        *("Viet\u00adnam", unicodedata.normalize("NFD", "Đường xã")),
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert decode_text(text, None) is None


@pytest.mark.parametrize("font", [".VnTime", ".VnArial NarrowH", "VNI-Times"])
@pytest.mark.parametrize(
    "text", ["Đường xã", "Xã Hòa An", "Trà Vinh", "Không", "Có", "Chè", "Café", "12,5", "x", "• Nông", "UBND huyện"]
)
def test_unicode_typed_into_a_cell_of_an_old_font_stays_as_it_is(text: str, font: str) -> None:
    assert decode_text(text, font) is None


def test_the_font_decides_where_the_words_do_not() -> None:
    assert decode_text("§", ".VnTime") == "Đ"
    assert decode_text("Ñ", "VNI-Helve") == "Đ"
    assert decode_text("Hßa", ".VnArial") == "Hòa"
    assert decode_text("Hßa", None) is None


def test_a_text_that_is_vietnamese_both_ways_needs_a_proven_font() -> None:
    assert decode_text("líp", ".VnTime") is None
    assert decode_text("líp", ".VnTime", is_proven=True) == "lớp"


def test_a_capital_font_draws_small_letters_as_capitals() -> None:
    assert decode_text("x· §¹i An", ".VnTimeH") == "XÃ ĐẠI AN"
    assert [is_capital_font(font) for font in (".VnTimeH", ".VnArialH Bold", ".VnTime", ".VnBlackh", "VNI-H")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_table_of_small_letters_is_that_of_the_standard() -> None:
    for table in (TCVN3, VN1):
        for typed, letter in table.items():
            byte = typed.encode("cp1252", "ignore") or typed.encode("latin-1")
            try:
                told = subprocess.run(
                    ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=byte + b" ", capture_output=True, check=True
                )
            except (FileNotFoundError, subprocess.CalledProcessError):
                pytest.skip("no iconv with TCVN5712-1 here")
            assert told.stdout.decode() == f"{letter} ", typed


def test_every_letter_of_vietnamese_can_be_written_in_vni() -> None:
    small = {letter for letter in VN1.values() if letter.islower()}
    assert small == set(VNI_OF) & small


SYLLABLES = re.findall(
    r"\w+",
    """xã đạt chuẩn nông thôn mới hộ nghèo đường trường huyện tỉnh ấp khóm tiêu chí số lượng thực hiện kế hoạch giải
    ngân nguồn vốn đầu tư công trình thủy lợi điện nước sạch môi trường văn hóa quốc phòng thưởng ngãi""",
)


@given(st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=6), st.sampled_from([".VnTime", "VNI-Times", None]))
def test_text_written_for_an_old_font_comes_back(words: list[str], font: str | None) -> None:
    text = " ".join(words)
    for encode, of_font in ((in_tcvn3, ".VnTime"), (in_vni, "VNI-Times")):
        typed = encode(text)
        if typed == text or font not in (None, of_font):
            continue
        decoded = decode_text(typed, font)
        assert decoded in (text, None)
        if font is not None and sum(not is_syllable(word) for word in typed.split()):
            assert decoded == text


LETTERS = st.sampled_from(sorted({letter for letter in VN1.values()} | set("abcdefghijklmnopqrstuvwxyz 123.,()")))


@given(st.text(LETTERS, max_size=20))
def test_letters_beyond_the_old_fonts_prove_unicode(text: str) -> None:
    assert decode_text(f"{text} ườ", None) is None
    assert decode_text(f"{text} ườ", ".VnTime") is None


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4))
def test_proper_vietnamese_is_never_changed_without_a_font(words: list[str]) -> None:
    assert decode_text(" ".join(words), None) is None
    assert decode_text(" ".join(words).upper(), None) is None


@pytest.mark.parametrize("word", ["xã", "Đường", "HÒA", "hoà", "thuỷ", "thủy", "gì", "giếng", "quý", "quí", "nghiêng"])
def test_a_vietnamese_syllable_is_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["xaõ", "hoä", "míic", "cafe", "nghÌo", "ghà", "hộp\u0301", "blé", "tich", "Q§"])
def test_another_word_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
