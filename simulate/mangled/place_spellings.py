"""Names of communes and districts written otherwise, with one place left that they can mean.

Belongs here: prefixes, accents, blanks and what stands around a name. Does not belong here: names that leave a doubt
(place_doubts.py), decomposed letters and old fonts (scripts.py, legacy_fonts.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from simulate.mangled.case import Case, Draw, Group, kind, likely, means
from simulate.mangled.places import LONG_TYPES, SHORT_TYPES, is_alone, places
from simulate.mangled.spelling import (
    old_tone_place,
    swapped_hook_and_tilde,
    swapped_i_and_y,
    with_african_d,
    with_eth,
    without_accents,
)

NBSP = "\u00a0"


@kind(
    "place_short_prefix",
    Group.NAMES,
    "Tiền tố viết tắt (X., TT., P., H., TX., TP.) thay cho xã, thị trấn, phường, huyện, thị xã, thành phố",
    "The type abbreviated: X., TT., P., H., TX., TP.",
)
def place_short_prefix(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        bare = place.short.removeprefix("Phường ")
        prefixes = SHORT_TYPES[place.unit_type]
        yield place.here(means(place.fields(draw), f"{prefixes[0]} {bare}", place.code))
        yield place.here(means(place.fields(draw), f"{prefixes[0]}{bare}", place.code))
        yield place.here(means(place.fields(draw), f"{prefixes[1]} {bare}", place.code))


@kind(
    "place_eth_for_d",
    Group.NAMES,
    "Chữ Ð (U+00D0) hoặc Ɖ (U+0189) thay cho Đ: nhìn giống hệt, mã khác",
    "Ð (U+00D0) or Ɖ (U+0189) for Đ: the same look, another code",
)
def place_eth_for_d(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        for change in (with_eth, with_african_d):
            if (text := change(place.name)) != place.name:
                yield place.here(means(place.fields(draw), text, place.code))


@kind(
    "place_tone_place",
    Group.NAMES,
    "Vị trí dấu thanh cũ, mới (Hòa / Hoà; Hóa / Hoá)",
    "The old and the new place of the tone (Hòa, Hoà)",
)
def place_tone_place(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        for name in (place.name, place.short, place.name.upper()):
            if (text := old_tone_place(name)) != name and (name != place.short or is_alone(place)):
                yield place.here(means(place.fields(draw), text, place.code))


@kind(
    "place_hook_and_tilde",
    Group.NAMES,
    "Lẫn dấu hỏi, dấu ngã theo tiếng nói miền Nam (Ngãi Xuyên / Ngải Xuyên; Mỹ / Mỷ), chỉ còn một nơi có tên ấy",
    "Hook and tilde swapped as the south speaks them, where one place is left",
)
def place_hook_and_tilde(draw: Draw) -> Iterator[Case]:
    for place in places():
        text = swapped_hook_and_tilde(place.short)
        if text != place.short and is_alone(place):
            yield place.here(means(place.fields(draw), f"{LONG_TYPES[place.unit_type]} {text}", place.code))
            yield place.here(means(place.fields(draw), text, place.code))


@kind(
    "place_i_and_y",
    Group.NAMES,
    "i ngắn, y dài (Mỹ / Mĩ)",
    "The two spellings of i (Mỹ, Mĩ)",
)
def place_i_and_y(draw: Draw) -> Iterator[Case]:
    for place in places():
        text = swapped_i_and_y(place.name)
        if text != place.name:
            yield place.here(means(place.fields(draw), text, place.code))


@kind(
    "place_without_accents",
    Group.NAMES,
    "Tên không dấu (Xa Dai An), chỉ một nơi trong báo cáo của đơn vị có tên ấy",
    "A name without accents that only one place of the report has",
)
def place_without_accents(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        if is_alone(place) and not place.has_number:
            yield place.here(means(place.fields(draw), without_accents(place.name), place.code))
            yield place.here(means(place.fields(draw), without_accents(place.short).upper(), place.code))


@kind(
    "place_blanks",
    Group.NAMES,
    "Khoảng trắng lạ trong tên (không ngắt U+00A0, rộng bằng không U+200B, tab, xuống dòng, hai dấu cách)",
    "Odd blanks in a name: no-break, zero-width, tab, line break, doubled",
)
def place_blanks(draw: Draw) -> Iterator[Case]:
    marks = (NBSP, "  ", "\t", "\n", " \u200b", "\ufeff ", "\u2003")
    for place in places(with_districts=True):
        mark = draw.choice(marks)
        yield place.here(means(place.fields(draw), place.name.replace(" ", mark), place.code))
        yield place.here(means(place.fields(draw), f"{place.name}{NBSP}", place.code))


@kind(
    "place_with_parent",
    Group.NAMES,
    "Tên kèm huyện của chính báo cáo (Xã Đại An, huyện Trà Cú; Đại An (H. Trà Cú))",
    "A name with the district whose report it is",
)
def place_with_parent(draw: Draw) -> Iterator[Case]:
    for place in places():
        of = place.district_name
        lower = of[0].lower() + of[1:]
        form = draw.choice(("{}, {}", "{} - {}", "{} ({})", "{}, {}, tỉnh Trà Vinh"))
        yield place.here(means(place.fields(draw), form.format(place.name, lower), place.code))


@kind(
    "place_with_office",
    Group.NAMES,
    "Tên cơ quan của xã (UBND xã Đại An; Ủy ban nhân dân xã Đại An): vẫn là xã ấy",
    "The commune's committee named for the commune",
)
def place_with_office(draw: Draw) -> Iterator[Case]:
    for place in places():
        lower = place.name[0].lower() + place.name[1:]
        office = draw.choice(("UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân"))
        yield place.here(means(place.fields(draw), f"{office} {lower}", place.code))


@kind(
    "place_with_code",
    Group.NAMES,
    "Mã và tên cùng một ô và khớp nhau (29491 - Xã Đại An; Đại An_29491)",
    "Code and name in one cell, and they agree",
)
def place_with_code(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        form = draw.choice(("{code} - {name}", "{code} {name}", "{name} - {code}", "{name} {code}", "{code}. {name}"))
        yield place.here(means(place.fields(draw), form.format(code=place.code, name=place.name), place.code))


@kind(
    "place_numbered",
    Group.NAMES,
    "Số thứ tự hoặc gạch đầu dòng trước tên (1. Xã Đại An; - Xã Đại An; a) Xã Đại An)",
    "A row number or a bullet before the name",
)
def place_numbered(draw: Draw) -> Iterator[Case]:
    for number, place in enumerate(places(), start=1):
        form = draw.choice(("{}. {}", "{}) {}", "{} - {}", "- {1}", "+ {1}", "* {1}"))
        yield place.here(means(place.fields(draw), form.format(number % 20 + 1, place.name), place.code))


@kind(
    "place_ward_number",
    Group.NAMES,
    "Phường đánh số viết khác (P1; P.01; Phường 01; phường số 1)",
    "A numbered ward written otherwise",
)
def place_ward_number(draw: Draw) -> Iterator[Case]:
    for place in places():
        if place.has_number:
            number = place.short.removeprefix("Phường ")
            for text in (f"P{number}", f"P.0{number}", f"Phường 0{number}", f"phường số {number}", f"Ph. {number}"):
                yield place.here(means(place.fields(draw), text, place.code))


@kind(
    "place_letter_wrong",
    Group.NAMES,
    "Sai một chữ (thiếu, thừa, đảo chữ): đọc đúng nơi hoặc hỏi đều được, không được đọc thành nơi khác",
    "One letter wrong: reading the right place or asking, never another place",
)
def place_letter_wrong(draw: Draw) -> Iterator[Case]:
    for place in places():
        if not place.has_number:
            word = place.name
            at = draw.randint(len(word) - len(place.short) + 1, len(word) - 2)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            for text in (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], swapped):
                if text != word and _is_no_name(text, place.district):
                    yield place.here(likely(place.fields(draw), text, place.code))


def _is_no_name(text: str, district: str) -> bool:
    return text not in {place.name for place in places() if place.district == district}
