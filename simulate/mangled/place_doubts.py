"""Names of places that leave a doubt: two places, another unit's place, name and code that disagree, former names.

Belongs here: what must be asked about places, and the former names that lead to one place of today. Does not belong
here: spellings of a certain name (place_spellings.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ingest import reference
from simulate.mangled.case import COMMUNE, PLACE, Case, Draw, Group, asks, kind, likely, means
from simulate.mangled.places import LONG_TYPES, is_alone, namesakes, places, short_names
from simulate.mangled.spelling import bare_key, without_accents

AFTER_REFORM = "2026M06"  # communes of the new map report for themselves
AFTER_MERGER_OF_WARDS = "2025M06"  # phường 2 and 6 of Trà Vinh city went into phường 3 on 01/01/2025


@kind(
    "place_two_of_one_name",
    Group.NAMES,
    "Tên trần mà hai nơi trong báo cáo cùng mang (Định An: xã và thị trấn; Trà Cú: huyện và thị trấn): phải hỏi",
    "A bare name that two places of the report share: ask",
)
def place_two_of_one_name(draw: Draw) -> Iterator[Case]:
    for district, name in namesakes():
        spellings = (
            name,
            name.upper(),
            f" {name} ",
            name.lower(),
            without_accents(name),
            without_accents(name).upper(),
        )
        for text in spellings:
            yield asks(PLACE, text).at(district)
    communes = [(place.district, place.short) for place in places()]
    for district, name in namesakes():
        if communes.count((district, name)) > 1:
            for text in (name, name.upper(), without_accents(name)):
                yield asks(COMMUNE, text).at(district)


@kind(
    "place_of_another_unit",
    Group.NAMES,
    "Nơi thuộc huyện khác (theo tên hoặc mã): không thuộc báo cáo này, phải hỏi",
    "A place of another district, by name or code: not of this report, so ask",
)
def place_of_another_unit(draw: Draw) -> Iterator[Case]:
    every = places()
    for place in every:
        other = draw.choice([one for one in every if one.district != place.district])
        if bare_key(other.short) not in short_names(place.district):
            text = draw.choice((other.name, other.short, other.code, f"{other.name} ({other.code})"))
            yield place.here(asks(place.fields(draw), text))


@kind(
    "place_contradicting_parent",
    Group.NAMES,
    "Tên kèm một huyện khác (Xã Long Hòa, huyện Cầu Kè trong báo cáo Châu Thành): phải hỏi",
    "A name with another district beside it: ask",
)
def place_contradicting_parent(draw: Draw) -> Iterator[Case]:
    every = places()
    for place in every:
        other = draw.choice([one for one in every if one.district != place.district])
        if other.district_name.split(" ", 1)[-1] != place.district_name.split(" ", 1)[-1]:
            lower = other.district_name[0].lower() + other.district_name[1:]
            yield place.here(asks(place.fields(draw), f"{place.name}, {lower}"))


@kind(
    "place_contradicting_code",
    Group.NAMES,
    "Mã và tên trong ô là của hai nơi khác nhau (Xã Đại An (29494)): phải hỏi",
    "Code and name in the cell are of two places: ask",
)
def place_contradicting_code(draw: Draw) -> Iterator[Case]:
    for place in places():
        other = draw.choice([one for one in places() if one.district == place.district and one != place])
        form = draw.choice(("{} ({})", "{} - {}", "{} {}"))
        yield place.here(asks(place.fields(draw), form.format(place.name, other.code)))


@kind(
    "place_two_in_one",
    Group.NAMES,
    "Hai nơi trong một ô (Đại An, Định An; xã A và xã B): phải hỏi",
    "Two places in one cell: ask",
)
def place_two_in_one(draw: Draw) -> Iterator[Case]:
    for place in places():
        other = draw.choice([one for one in places() if one.district == place.district and one != place])
        form = draw.choice(("{}, {}", "{} và {}", "{}; {}", "{} + {}", "{}\n{}", "{}/{}"))
        yield place.here(asks(place.fields(draw), form.format(place.name, other.name)))


@kind(
    "place_no_place",
    Group.NAMES,
    "Không phải tên một nơi (các xã, nhiều xã, ấp Chợ, xã ABC, 99999): phải hỏi",
    "No place's name: ask",
)
def place_no_place(draw: Draw) -> Iterator[Case]:
    texts: tuple[str, ...] = (
        "các xã",
        "Các xã, thị trấn",
        "nhiều xã",
        "ấp Chợ",
        "Ấp Giồng Lớn",
        "xã ABC",
        "99999",
        "chưa xác định",
    )
    texts += ("05 xã", "Xã", "Thị trấn", "xã đặc biệt khó khăn", "UBND xã", "BQL dự án", "Tỉnh Trà Vinh")
    for text in texts:
        for place in draw.sample(places(), 4):
            yield place.here(asks(place.fields(draw), text))


@kind(
    "place_wrong_type",
    Group.NAMES,
    "Sai loại đơn vị (Thị trấn Đại An): một nơi cùng cấp mang tên ấy thì đọc hay hỏi đều được; hai nơi thì phải hỏi",
    "The wrong type of unit: one place of that rank and name may be read or asked, two must be asked",
)
def place_wrong_type(draw: Draw) -> Iterator[Case]:
    for place in places():
        if not place.has_number and is_alone(place):
            wrong = draw.choice([text for code, text in LONG_TYPES.items() if code in ("xa", "thi_tran", "phuong")])
            if not place.name.startswith(wrong):
                yield place.here(likely(place.fields(draw), f"{wrong} {place.short}", place.code))
    for district, name in namesakes():
        communes = [place for place in places() if (place.district, place.short) == (district, name)]
        text = f"Phường {name}"  # a ward is of the rank of communes, so the district is not meant
        case = asks(PLACE, text) if len(communes) > 1 else likely(PLACE, text, communes[0].code)
        yield case.at(district)


@kind(
    "place_former_name",
    Group.NAMES,
    "Tên cũ của nơi đã sáp nhập trọn vào một xã của báo cáo (Thị trấn Trà Cú trong báo cáo xã Trà Cú năm 2026)",
    "The former name of a place that went whole into one commune of the report",
)
def place_former_name(draw: Draw) -> Iterator[Case]:
    for former, code in _former_places():
        yield means(PLACE, former["name_vi"], code).at(code, AFTER_REFORM)
        upper = former["name_vi"].upper()
        if draw.random() < 0.4:
            yield means(PLACE, upper, code).at(code, AFTER_REFORM)
    for ward in ("Phường 2", "Phường 6"):
        for text in (ward, ward.upper(), ward.replace("Phường", "P.")):
            yield means(draw.choice((COMMUNE, PLACE)), text, "29242").at("842", AFTER_MERGER_OF_WARDS)


@kind(
    "place_former_name_elsewhere",
    Group.NAMES,
    "Tên cũ của nơi nay thuộc xã khác: không thuộc báo cáo này, phải hỏi",
    "The former name of a place that belongs to another commune now: ask",
)
def place_former_name_elsewhere(draw: Draw) -> Iterator[Case]:
    pairs = _former_places()
    names = {code: {bare_key(former["short_name_vi"]) for former, of in pairs if of == code} for _, code in pairs}
    for code in sorted(names):
        strangers = [
            former for former, of in pairs if of != code and bare_key(former["short_name_vi"]) not in names[code]
        ]
        for former in draw.sample(strangers, 2):
            yield asks(PLACE, former["name_vi"]).at(code, AFTER_REFORM)


@cache
def _former_places() -> tuple[tuple[dict[str, Any], str], ...]:
    """(former unit of the province, code of the commune that took it whole), for a dozen communes of the new map."""
    units = {row["unit_id"]: row for row in reference.rows("administrative_units")}
    pairs = []
    for row in reference.rows("unit_succession"):
        former, new = units[row["predecessor_unit_id"]], units[row["successor_unit_id"]]
        is_whole = row["is_default"] and row["share"] == 1 and row["kind"] == "merge"
        if (
            former["province_code"] == "84"
            and former["level"] == "commune"
            and is_whole
            and new["unit_id"].endswith(".2")
        ):
            pairs.append((former, new["unit_code"]))
    wanted = sorted({code for _, code in pairs})[::3]
    return tuple((former, code) for former, code in pairs if code in wanted)
