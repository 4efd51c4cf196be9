"""Whole numbers, signs and bounds: what a column's type and limits make of a figure.

Belongs here: negatives, changes, counts of criteria, years, figures outside the bounds. Does not belong here: marks of
thousands and decimals (number_spellings.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from simulate.mangled.case import (
    COUNT,
    CRITERIA_CHANGE,
    CRITERIA_MET,
    PLAN_YEAR,
    SIGNED_MONEY,
    Case,
    Draw,
    Group,
    Truth,
    asks,
    kind,
    likely,
    means,
)
from simulate.mangled.number_spellings import grouped, millions, money


@kind(
    "number_negative_spellings",
    Group.VALUES,
    "Số âm có dấu trừ Unicode, gạch ngang, hoặc ngoặc của kế toán (ngoặc thì hỏi cũng đúng), ở cột cho phép số âm",
    "Negatives with the Unicode minus, a dash or brackets (which may be asked), in a column that may be negative",
)
def negative_spellings(draw: Draw) -> Iterator[Case]:
    for form in ("({})", "−{}", "–{}", "-{}"):
        make = likely if form == "({})" else means  # brackets may also stand for a part of another figure
        for _ in range(15):
            whole, rest = draw.randint(1_000, 99_999), draw.randint(1, 9)
            text = form.format(f"{grouped(whole, '.')},{rest}")
            yield make(SIGNED_MONEY, text, -millions(f"{whole}.{rest}"))
        number = draw.randint(1, 9)
        yield make(CRITERIA_CHANGE, form.format(number), -number)


@kind(
    "number_negative_not_allowed",
    Group.VALUES,
    "Số âm ở cột không thể âm (vốn, số người): gõ nhầm dấu hay gạch đầu dòng, phải hỏi",
    "A negative number in a column that cannot be negative: a slip or a bullet, so ask",
)
def negative_not_allowed(draw: Draw) -> Iterator[Case]:
    for form in ("-{}", "({})", "−{}", "- {}"):
        for _ in range(10):
            yield asks(money(draw), form.format(f"{draw.randint(1, 999)},5"))
            yield asks(COUNT, form.format(draw.randint(1, 300)))
    for _ in range(20):
        yield asks(money(draw), -draw.randint(1, 99_999))
        yield asks(COUNT, -draw.randint(1, 300))


@kind(
    "number_signed_change",
    Group.VALUES,
    "Tăng, giảm có dấu cộng hoặc ghi bằng chữ (+2; tăng 2; giảm 1)",
    "A change with its plus sign or in words (tăng 2, giảm 1)",
)
def signed_change(draw: Draw) -> Iterator[Case]:
    for number in range(1, 10):
        spellings: tuple[tuple[str, Truth], ...] = (
            (f"+{number}", number),
            (f"+ {number}", number),
            (f"tăng {number}", number),
            (f"Tăng {number}", number),
            (f"giảm {number}", -number),
            (f"Giảm {number}", -number),
        )
        for text, truth in spellings:
            yield means(CRITERIA_CHANGE, text, truth)


@kind(
    "number_of_nineteen",
    Group.VALUES,
    "Tổng số tiêu chí ghi 12/19 hoặc 12 tiêu chí: con số là 12, 19 là số tiêu chí của bộ",
    "Criteria met written 12/19 or '12 tiêu chí': 12 of the 19 of the set",
)
def of_nineteen(draw: Draw) -> Iterator[Case]:
    for number in range(3, 20):
        for form in ("{}/19", "{}/19 tiêu chí", "{} tiêu chí", "{} TC"):
            yield means(CRITERIA_MET, form.format(number), number)


@kind(
    "number_decimal_where_whole",
    Group.VALUES,
    "Số lẻ ở cột số nguyên (12,5 người): số nào mới đúng, phải hỏi; 12,0 thì là 12",
    "A fraction in a column of whole numbers: ask; 12,0 is 12",
)
def decimal_where_whole(draw: Draw) -> Iterator[Case]:
    for _ in range(20):
        number = draw.randint(1, 300)
        yield asks(COUNT, f"{number},5")
        yield asks(COUNT, f"{number}.5")
        yield asks(COUNT, number + 0.5)
        yield means(COUNT, f"{number},0", number)


@kind(
    "number_out_of_bounds",
    Group.VALUES,
    "Số ngoài giới hạn của cột (25 trên 19 tiêu chí, năm 1923, 1.234 tiêu chí): phải hỏi",
    "A number outside the column's bounds: ask",
)
def out_of_bounds(draw: Draw) -> Iterator[Case]:
    for _ in range(15):
        yield asks(CRITERIA_MET, draw.randint(20, 999))
        yield asks(CRITERIA_MET, str(draw.randint(20, 99)))
        yield asks(CRITERIA_MET, f"{draw.randint(1, 9)}.{draw.randint(100, 999)}")
        yield asks(PLAN_YEAR, draw.choice((1923, 202, 20233, 2203, 23, 0)))
        yield asks(CRITERIA_CHANGE, draw.choice((20, 45, -25, 100)))


@kind(
    "number_year_spellings",
    Group.VALUES,
    "Năm ghi 2.023 hoặc “Năm 2023”: chỉ có một năm trong giới hạn của cột",
    "A year written 2.023 or 'Năm 2023': one year within the bounds",
)
def year_spellings(draw: Draw) -> Iterator[Case]:
    for year in range(2016, 2026):
        for form in ("Năm {}", "năm {}"):
            yield means(PLAN_YEAR, form.format(year), year)
        yield means(PLAN_YEAR, grouped(year, "."), year)
    for year in range(2016, 2025):
        yield asks(PLAN_YEAR, f"{year}-{year + 1}")
        yield asks(PLAN_YEAR, f"{year}, {year + 1}")
