"""Cells that are as they should be: they must be read as they stand, with no repair claimed.

Belongs here: the controls of the corpus. A repair of one of these would be a change of what somebody meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from ingest import reference
from ingest.reference import Row
from simulate.mangled.case import (
    ACTIVITY_KIND,
    AGENCY,
    BORROWERS,
    CONTENT,
    COUNT,
    CRITERIA_CHANGE,
    CRITERIA_MET,
    MARK,
    MEASURE,
    NATURE,
    PLAN_YEAR,
    PROGRAMME,
    SIGNED_MONEY,
    SOURCE,
    TEXT,
    YES_NO,
    Calculated,
    Case,
    Draw,
    Group,
    PercentCell,
    empty,
    kind,
    means,
)
from simulate.mangled.dates import some_day, some_field
from simulate.mangled.legacy_fonts import PLAIN_FONT, TCVN3_FONTS, VNI_FONTS
from simulate.mangled.listed_names import agencies
from simulate.mangled.not_numbers import NUMBER_FIELDS
from simulate.mangled.number_spellings import PER_HEAD, millions, money
from simulate.mangled.places import is_alone, places
from simulate.mangled.sentences import sentences

OLD_FONTS = (*TCVN3_FONTS, *VNI_FONTS)


@kind(
    "clean_number",
    Group.CLEAN,
    "Số đúng kiểu số của Excel, kể cả 0 và số lẻ",
    "Numbers stored as numbers, zero and fractions among them",
)
def clean_number(draw: Draw) -> Iterator[Case]:
    for _ in range(60):
        cents = draw.randint(1, 9_999_999)
        yield means(money(draw), cents / 100, millions(f"{cents / 100}"))
        yield means(COUNT, cents % 400, cents % 400)
    for number in range(-9, 10):
        yield means(CRITERIA_CHANGE, number, number)
        yield means(CRITERIA_MET, abs(number), abs(number))
        yield means(SIGNED_MONEY, number * 12.5, millions(str(number * 12.5)))
    for field, unit in NUMBER_FIELDS:
        yield means(field, 0, 0, unit)
    for _ in range(20):
        tenths = draw.randint(20, 1000)
        yield means(MEASURE, tenths / 10, Decimal(tenths) / 10, unit="%")
        yield means(MEASURE, tenths / 10, Decimal(tenths) / 10, unit=PER_HEAD)


@kind(
    "clean_number_text",
    Group.CLEAN,
    "Số gõ dạng chữ theo lối Việt Nam (12,5; 1234; 2023)",
    "Numbers typed as text in the Vietnamese way (12,5)",
)
def clean_number_text(draw: Draw) -> Iterator[Case]:
    for _ in range(40):
        whole, rest = draw.randint(1, 9_999), draw.randint(1, 99)
        yield means(money(draw), f"{whole},{rest}", millions(f"{whole}.{rest}"))
        yield means(BORROWERS, str(whole), whole)
        yield means(MEASURE, f"{whole % 98 + 2},{rest % 10}", Decimal(f"{whole % 98 + 2}.{rest % 10}"), unit="%")
    for year in range(2016, 2026):
        yield means(PLAN_YEAR, str(year), year)
        yield means(PLAN_YEAR, year, year)


@kind(
    "clean_percent_cell",
    Group.CLEAN,
    "Ô định dạng phần trăm ở dòng tính bằng % (0,925 hiện 92,5%)",
    "A cell formatted as percent in a row of percent",
)
def clean_percent_cell(draw: Draw) -> Iterator[Case]:
    for _ in range(40):
        tenths = draw.randint(1, 1000)
        yield means(MEASURE, PercentCell(tenths / 1000), Decimal(tenths) / 10, unit="%")


@kind(
    "clean_formula_result",
    Group.CLEAN,
    "Công thức có kết quả đã lưu: đọc kết quả, không tính lại",
    "A formula with the result that was stored",
)
def clean_formula_result(draw: Draw) -> Iterator[Case]:
    for _ in range(30):
        number = draw.randint(1, 99_999)
        yield means(money(draw), Calculated(f"={number}*1", number), millions(str(number)))


@kind("clean_blank", Group.CLEAN, "Ô trống, ô chỉ có khoảng trắng: trống, không phải 0", "Blank cells, not zero")
def clean_blank(draw: Draw) -> Iterator[Case]:
    for cell in (None, " ", "   ", "\u00a0", "\n"):
        for field, unit in NUMBER_FIELDS:
            yield empty(field, cell, unit)
        for field in (YES_NO, MARK, NATURE):
            yield empty(field, cell)
        yield empty(some_field(draw), cell)


@kind("clean_date", Group.CLEAN, "Ngày thật của Excel, hoặc chữ dd/mm/yyyy", "Dates stored as dates, or dd/mm/yyyy")
def clean_date(draw: Draw) -> Iterator[Case]:
    for _ in range(40):
        day = some_day(draw)
        yield means(some_field(draw), day, day)
        yield means(some_field(draw), datetime(day.year, day.month, day.day), day)
        yield means(some_field(draw), f"{day:%d/%m/%Y}", day)
        yield means(some_field(draw), f"{day.day}/{day.month}/{day.year}", day)


@kind(
    "clean_place",
    Group.CLEAN,
    "Tên nơi như danh mục: đủ tên, mã, tên kèm mã, tên trần khi chỉ có một, hoa thường, khoảng trắng hai đầu",
    "Places as listed: name, code, both, the bare name where only one bears it; case and outer blanks are free",
)
def clean_place(draw: Draw) -> Iterator[Case]:
    for place in places(with_districts=True):
        forms: list[str | int] = [place.name, place.code, f"{place.name} ({place.code})"]
        forms += [place.name.upper(), place.name.lower(), f" {place.name} "]
        if place.level == "commune":
            forms.append(int(place.code))
        if is_alone(place):
            forms.append(place.short)
        for form in draw.sample(forms, 3):
            yield place.here(means(place.fields(draw), form, place.code))


@kind(
    "clean_list",
    Group.CLEAN,
    "Mục danh mục theo mã, nhãn, hoặc tên khác đã có trong danh mục",
    "Entries of lists by code, label or listed alias",
)
def clean_list(draw: Draw) -> Iterator[Case]:
    for field in (PROGRAMME, CONTENT, SOURCE, NATURE, ACTIVITY_KIND):
        code_list = field.spec.code_list
        assert code_list is not None
        entries = [entry for entry in reference.code_list(code_list) if entry["code"] not in ("NTP-2026",)]
        for entry in entries:
            for text in dict.fromkeys(_texts(entry)):
                if _bearers(entries, text) == 1:
                    yield means(field, text, entry["code"])
    for code, name in agencies():
        for text in (code, name, f"{name} ({code})"):
            yield means(AGENCY, text, code)


def _texts(entry: Row) -> tuple[str, ...]:
    return (entry["code"], entry["label_vi"], *entry["aliases"])


def _bearers(entries: list[Row], text: str) -> int:
    """How many entries of a list bear a text, case apart."""
    return sum(text.casefold() in {name.casefold() for name in _texts(entry)} for entry in entries)


@kind(
    "clean_mark",
    Group.CLEAN,
    "Đ, CĐ, KĐ, Đạt, Chưa đạt, KAD, N/A; Có, Không, x: những cách ghi thông dụng đã có trong danh mục",
    "Marks in their usual, listed spellings",
)
def clean_mark(draw: Draw) -> Iterator[Case]:
    spellings: dict[str, tuple[str | int, ...]] = {
        "D": ("Đ", "đ", "Đạt", "đạt", "ĐẠT", "D"),
        "CD": ("CĐ", "cđ", "KĐ", "chưa", "Chưa đạt", "không đạt", "CHƯA ĐẠT", "CD"),
        "KAD": ("KAD", "N/A", "Không áp dụng", "không áp dụng"),
    }
    for code, cells in spellings.items():
        for cell in cells:
            for district in draw.sample(("844", "845", "846", "847", "848", "849", "850"), 3):
                yield means(MARK, cell, code).at(district)
    for cell, truth in (("Có", True), ("có", True), ("Không", False), (1, True), (0, False), (True, True), ("x", True)):
        for district in ("842", "844", "849", "851"):
            yield means(YES_NO, cell, truth).at(district)


@kind(
    "clean_text",
    Group.CLEAN,
    "Lời văn Unicode, có ký hiệu ®, ©, §, µ, °, ²",
    "Unicode text, with signs that old fonts use",
)
def clean_text(draw: Draw) -> Iterator[Case]:
    for text in sentences(draw, 60):
        yield means(TEXT, text, text)
    signs = (
        "Sản phẩm OCOP®",
        "Phần mềm © Sở TT&TT",
        "Theo § 5 của Quy chế",
        "Bụi mịn 25 µg/m³",
        "Nhiệt độ 30°C",
        "2.300 m²",
    )
    plain = (
        "Café 3 sao",
        "Résumé",
        "Nestlé Việt Nam",
        "Phước Hảo ± 5%",
        "«Nông thôn mới»",
        "OK",
        "NTM",
        "x",
        "12,5",
    )
    for text in (*signs, *plain):
        for district in ("842", "849"):
            yield means(TEXT, text, text).in_font(PLAIN_FONT).at(district)


@kind(
    "clean_in_old_font",
    Group.CLEAN,
    "Chữ Unicode, số, mã, chữ không dấu nằm trong ô mang phông cũ: phông không làm hỏng chúng, không được giải mã",
    "Unicode text, numbers, codes and plain letters in an old font: nothing to decode",
)
def clean_in_old_font(draw: Draw) -> Iterator[Case]:
    for text in sentences(draw, 40):
        yield means(TEXT, text, text).in_font(draw.choice(OLD_FONTS))
    for place in draw.sample(places(), 40):
        for cell in (place.code, place.name):
            yield place.here(means(place.fields(draw), cell, place.code)).in_font(draw.choice(OLD_FONTS))
    for _ in range(20):
        whole, rest = draw.randint(1, 999), draw.randint(1, 99)
        yield means(money(draw), f"{whole},{rest}", millions(f"{whole}.{rest}")).in_font(draw.choice(OLD_FONTS))
        yield means(money(draw), whole, millions(str(whole))).in_font(draw.choice(OLD_FONTS))
    for text in ("NTM", "OCOP", "Agribank", "x", "12,5", "2023", "Long An", "Wi-Fi"):
        yield means(TEXT, text, text).in_font(draw.choice(OLD_FONTS))
    for font in OLD_FONTS:
        yield means(MARK, "KAD", "KAD").in_font(font)
        yield means(YES_NO, "x", True).in_font(font)
        yield means(PROGRAMME, "NTM", "NTM").in_font(font)
