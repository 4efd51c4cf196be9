"""Unicode that looks the same and is not: decomposed letters, half decomposed ones, invisible signs.

Belongs here: text of names, lists, dates and free text in other code points. Does not belong here: fonts with codes of
their own (legacy_fonts.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from simulate.mangled.case import AGENCY, DATE_FIELDS, MONEY_FIELDS, PROGRAMME, TEXT, Case, Draw, Group, kind, means
from simulate.mangled.dates import some_day
from simulate.mangled.listed_names import PROGRAMME_SHORT, agencies
from simulate.mangled.number_spellings import millions
from simulate.mangled.places import places
from simulate.mangled.sentences import sentences
from simulate.mangled.spelling import half_decomposed, nfd


@kind(
    "place_decomposed",
    Group.UNICODE,
    "Tên nơi dạng tổ hợp (NFD): cùng hình, byte khác; Đ không tách được",
    "A place's name in decomposed letters (NFD)",
)
def place_decomposed(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        yield place.here(means(place.fields(draw), nfd(place.name), place.code))
        yield place.here(means(place.fields(draw), nfd(place.name.upper()), place.code))


@kind(
    "place_half_decomposed",
    Group.UNICODE,
    "Tên nơi dạng nửa tổ hợp (chữ có mũ sẵn, dấu thanh rời) của bảng mã 1258",
    "A place's name with loose tones only, as code page 1258 writes",
)
def place_half_decomposed(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        yield place.here(means(place.fields(draw), half_decomposed(place.name), place.code))


@kind(
    "list_decomposed",
    Group.UNICODE,
    "Tên cơ quan, chương trình dạng tổ hợp",
    "Names of agencies and programmes in decomposed letters",
)
def list_decomposed(draw: Draw) -> Iterator[Case]:
    for code, name in agencies():
        yield means(AGENCY, nfd(name), code)
        yield means(AGENCY, half_decomposed(name), code)
    for code, texts in PROGRAMME_SHORT.items():
        for text in texts:
            yield means(PROGRAMME, nfd(text), code)


@kind(
    "text_decomposed",
    Group.UNICODE,
    "Lời văn dạng tổ hợp: chuẩn hóa về NFC, không mất chữ nào",
    "Free text in decomposed letters: composed, with no letter lost",
)
def text_decomposed(draw: Draw) -> Iterator[Case]:
    for text in sentences(draw, 60):
        yield means(TEXT, nfd(text), text)
        yield means(TEXT, half_decomposed(text), text)


@kind(
    "date_and_unit_decomposed",
    Group.UNICODE,
    "Ngày bằng chữ và đơn vị tiền dạng tổ hợp",
    "Dates in words and units of money in decomposed letters",
)
def date_and_unit_decomposed(draw: Draw) -> Iterator[Case]:
    for _ in range(20):
        day = some_day(draw)
        yield means(draw.choice(DATE_FIELDS), nfd(f"ngày {day.day} tháng {day.month} năm {day.year}"), day)
        number = draw.randint(2, 99)
        yield means(draw.choice(MONEY_FIELDS), nfd(f"{number} tỷ"), millions(str(number * 1_000)))
        yield means(draw.choice(MONEY_FIELDS), half_decomposed(f"{number} triệu đồng"), millions(str(number)))


@kind(
    "list_full_width",
    Group.UNICODE,
    "Chữ toàn khổ của bộ gõ Đông Á (ＮＴＭ) ở ô danh mục",
    "Full-width letters of an East Asian keyboard in a cell of a list",
)
def list_full_width(draw: Draw) -> Iterator[Case]:
    for text, code in (("NTM", "NTM"), ("GNBV", "GNBV"), ("DTTS", "DTTS")):
        wide = "".join(chr(ord(letter) + 0xFEE0) for letter in text)
        for district in ("842", "844", "845", "846", "849"):
            yield means(PROGRAMME, wide, code).at(district)
