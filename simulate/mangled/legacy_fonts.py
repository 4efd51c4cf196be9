"""Text in the codes of old fonts, with and without the font that shows them, and what must not be taken for it.

Belongs here: TCVN3 and VNI in cells of every type, PDF damage. Does not belong here: the codes themselves
(legacy_encodings.py); plain text in an old font, which is no damage (clean.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from simulate.mangled.case import (
    AGENCY,
    DATE_FIELDS,
    MARK,
    MONEY_FIELDS,
    PROGRAMME,
    SOURCE,
    TEXT,
    Answer,
    Case,
    Draw,
    Field,
    Group,
    kind,
    likely,
    means,
)
from simulate.mangled.dates import some_day
from simulate.mangled.legacy_encodings import tcvn3, tcvn3_capitals, vni
from simulate.mangled.listed_names import agencies
from simulate.mangled.number_spellings import millions
from simulate.mangled.places import Place, places
from simulate.mangled.sentences import sentences
from simulate.mangled.spelling import damaged_by_pdf

TCVN3_FONTS = (".VnTime", ".VnArial", ".VnArial Narrow", ".VnAvant")
TCVN3_CAPITAL_FONTS = (".VnTimeH", ".VnArialH")
VNI_FONTS = ("VNI-Times", "VNI-Helve", "VNI-Centur")
PLAIN_FONT = "Times New Roman"  # what a cell shows in once its own font is gone
SOFT_HYPHEN = "\u00ad"
LISTED = (
    (PROGRAMME, "Giảm nghèo bền vững", "GNBV"),
    (PROGRAMME, "Dân tộc thiểu số và miền núi", "DTTS"),
    (PROGRAMME, "Xây dựng nông thôn mới", "NTM"),
    (SOURCE, "Ngân sách trung ương", "NSTW"),
    (SOURCE, "Ngân sách tỉnh", "NST"),
    (SOURCE, "Doanh nghiệp, hợp tác xã", "DN"),
    (SOURCE, "Tín dụng chính sách", "TDCS"),
)


def _names(draw: Draw, encode: Callable[[str], str], fonts: tuple[str, ...]) -> Iterator[Case]:
    """Every place whose name the code changes, in one of the fonts."""
    for place in places(with_districts=True):
        text = encode(place.name)
        if text != place.name:
            yield _place(draw, place, text).in_font(draw.choice(fonts))


def _place(draw: Draw, place: Place, text: str) -> Case:
    return place.here(means(place.fields(draw), text, place.code))


@kind("tcvn3_place", Group.FONTS, "Tên nơi bằng phông TCVN3 (.VnTime)", "A place's name in a TCVN3 font (.VnTime)")
def tcvn3_place(draw: Draw) -> Iterator[Case]:
    yield from _names(draw, tcvn3, TCVN3_FONTS)


@kind(
    "tcvn3_place_font_lost",
    Group.FONTS,
    "Mã TCVN3 nhưng ô đã đổi sang phông Unicode: chữ lộn xộn, giải mã ra đúng một tên trong danh mục",
    "TCVN3 codes in a cell that shows another font: they spell one name of the list",
)
def tcvn3_place_font_lost(draw: Draw) -> Iterator[Case]:
    yield from _names(draw, tcvn3, (PLAIN_FONT,))


@kind(
    "tcvn3_capitals",
    Group.FONTS,
    "Phông chữ hoa TCVN3 (.VnTimeH): byte là chữ thường, phông hiện chữ hoa",
    "A TCVN3 font of capitals: its bytes are small letters",
)
def tcvn3_capital_names(draw: Draw) -> Iterator[Case]:
    yield from _names(draw, tcvn3_capitals, TCVN3_CAPITAL_FONTS)
    for text in sentences(draw, 15):
        case = means(TEXT, tcvn3_capitals(text), text.upper()).in_font(draw.choice(TCVN3_CAPITAL_FONTS))
        yield replace(case, is_case_known=False)


@kind(
    "tcvn3_text",
    Group.FONTS,
    "Lời văn bằng phông TCVN3; ư là gạch nối mềm (U+00AD), phải giải mã trước khi làm sạch",
    "Free text in a TCVN3 font, where ư is the soft hyphen: decode before cleaning",
)
def tcvn3_text(draw: Draw) -> Iterator[Case]:
    yield from _texts(draw, tcvn3, TCVN3_FONTS)


@kind(
    "tcvn3_text_font_lost",
    Group.FONTS,
    "Lời văn mã TCVN3 trong phông Unicode",
    "Free text of TCVN3 codes in another font",
)
def tcvn3_text_font_lost(draw: Draw) -> Iterator[Case]:
    yield from _texts(draw, tcvn3, (PLAIN_FONT,))


def _texts(draw: Draw, encode: Callable[[str], str], fonts: tuple[str, ...]) -> Iterator[Case]:
    for text in sentences(draw, 60):
        case = means(TEXT, encode(text), text).in_font(draw.choice(fonts))
        yield replace(case, is_case_known=False) if encode is tcvn3 else case


@kind(
    "tcvn3_soft_hyphen",
    Group.FONTS,
    "Tên có chữ ư (Trường, Phước, Lương …) mã TCVN3: mất gạch nối mềm là mất chữ ư",
    "Names with ư in TCVN3: whoever drops soft hyphens loses the letter",
)
def tcvn3_soft_hyphen(draw: Draw) -> Iterator[Case]:
    for place in places():
        for text in (tcvn3(place.name), tcvn3(place.short)):
            if SOFT_HYPHEN in text and not place.has_number:
                for font in (".VnTime", PLAIN_FONT):
                    yield _place(draw, place, text).in_font(font)


@kind(
    "tcvn3_soft_hyphen_lost",
    Group.FONTS,
    "Mã TCVN3 đã mất chữ ư (Tr­êng thành Trêng): đọc đúng nơi hay hỏi đều được, không được đọc nơi khác",
    "TCVN3 whose ư was dropped: the right place or a question, never another place",
)
def tcvn3_soft_hyphen_lost(draw: Draw) -> Iterator[Case]:
    for place in places():
        text = tcvn3(place.name)
        if SOFT_HYPHEN in text and not place.has_number:
            for font in (".VnTime", PLAIN_FONT):
                yield place.here(likely(place.fields(draw), text.replace(SOFT_HYPHEN, ""), place.code)).in_font(font)


@kind(
    "tcvn3_mark",
    Group.FONTS,
    "Dấu đạt bằng phông TCVN3 (§, C§, ®¹t, ch­a ®¹t)",
    "Marks in a TCVN3 font",
)
def tcvn3_mark(draw: Draw) -> Iterator[Case]:
    for text, code in (
        ("Đ", "D"),
        ("CĐ", "CD"),
        ("đạt", "D"),
        ("Đạt", "D"),
        ("chưa đạt", "CD"),
        ("KĐ", "CD"),
        ("không đạt", "CD"),
    ):
        for font in TCVN3_FONTS:
            for district in ("844", "849"):
                yield means(MARK, tcvn3(text), code).in_font(font).at(district)


@kind(
    "legacy_list",
    Group.FONTS,
    "Cơ quan, chương trình, nguồn vốn bằng phông TCVN3 và VNI",
    "Agencies, programmes and sources in TCVN3 and VNI fonts",
)
def legacy_list(draw: Draw) -> Iterator[Case]:
    listed: list[tuple[Field, str, str]] = [*LISTED, *((AGENCY, name, code) for code, name in agencies())]
    for field, text, code in listed:
        for encode, fonts in ((tcvn3, TCVN3_FONTS), (vni, VNI_FONTS)):
            if encode(text) != text:
                yield means(field, encode(text), code).in_font(draw.choice(fonts))
                yield means(field, encode(text), code).in_font(PLAIN_FONT)


@kind(
    "legacy_date_and_unit",
    Group.FONTS,
    "Ngày bằng chữ và đơn vị tiền trong phông cũ (ngµy 5 th¸ng 4 n¨m 2023; 5 tû; 45 triÖu ®ång)",
    "Dates in words and units of money in old fonts",
)
def legacy_date_and_unit(draw: Draw) -> Iterator[Case]:
    for encode, fonts in ((tcvn3, TCVN3_FONTS), (vni, VNI_FONTS)):
        for _ in range(15):
            font, day, number = draw.choice(fonts), some_day(draw), draw.randint(2, 99)
            words = encode(f"ngày {day.day} tháng {day.month} năm {day.year}")
            yield means(draw.choice(DATE_FIELDS), words, day).in_font(font)
            yield means(draw.choice(MONEY_FIELDS), encode(f"{number} tỷ"), millions(str(number * 1_000))).in_font(font)
            yield means(draw.choice(MONEY_FIELDS), encode(f"{number} triệu đồng"), millions(str(number))).in_font(font)


@kind("vni_place", Group.FONTS, "Tên nơi bằng phông VNI (VNI-Times)", "A place's name in a VNI font")
def vni_place(draw: Draw) -> Iterator[Case]:
    yield from _names(draw, vni, VNI_FONTS)


@kind(
    "vni_place_font_lost",
    Group.FONTS,
    "Mã VNI nhưng ô đã đổi sang phông Unicode (Xaõ Ñaïi An)",
    "VNI codes in a cell that shows another font",
)
def vni_place_font_lost(draw: Draw) -> Iterator[Case]:
    yield from _names(draw, vni, (PLAIN_FONT,))


@kind("vni_capitals", Group.FONTS, "Tên nơi chữ hoa mã VNI (XAÕ ÑAÏI AN)", "A place's name in VNI capitals")
def vni_capitals(draw: Draw) -> Iterator[Case]:
    yield from _names(draw, lambda name: vni(name.upper()), (*VNI_FONTS, PLAIN_FONT))


@kind("vni_text", Group.FONTS, "Lời văn bằng phông VNI", "Free text in a VNI font")
def vni_text(draw: Draw) -> Iterator[Case]:
    yield from _texts(draw, vni, VNI_FONTS)


@kind("vni_text_font_lost", Group.FONTS, "Lời văn mã VNI trong phông Unicode", "Free text of VNI codes in another font")
def vni_text_font_lost(draw: Draw) -> Iterator[Case]:
    yield from _texts(draw, vni, (PLAIN_FONT,))


@kind(
    "pdf_damage",
    Group.FONTS,
    "Chữ hỏng khi chép từ PDF (Ā = Đ, ÿ = ụ): không phải bảng mã; đọc đúng hay hỏi đều được",
    "Letters broken by a PDF: no code page; the right place or a question",
)
def pdf_damage(draw: Draw) -> Iterator[Case]:
    for place in places():
        text = damaged_by_pdf(place.name)
        if text != place.name:
            case = place.here(means(place.fields(draw), text, place.code))
            yield replace(case, allowed=frozenset({Answer.VALUE, Answer.ASK}))
