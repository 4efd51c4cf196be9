"""What stands in a cell of numbers without being one: words for nothing, bounds, ranges, errors, dates.

Belongs here: cells of number columns that hold no plain number. Does not belong here: marks of criteria (marks.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from simulate.mangled.case import (
    BORROWERS,
    COUNT,
    CRITERIA_MET,
    DATE,
    MEASURE,
    MONEY,
    MONEY_FIELDS,
    SIGNED_MONEY,
    Case,
    CellError,
    Draw,
    Field,
    Group,
    asks,
    kind,
    nothing,
)
from simulate.mangled.number_spellings import PER_HEAD, money

NUMBER_FIELDS: tuple[tuple[Field, str | None], ...] = (
    *((field, None) for field in MONEY_FIELDS),
    (COUNT, None),
    (BORROWERS, None),
    (CRITERIA_MET, None),
    (MEASURE, "%"),
    (MEASURE, PER_HEAD),
)
ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


@kind(
    "nothing_dash",
    Group.VALUES,
    "Gạch ngang ở ô số (-; –; --): không có số liệu; ô trống không phải là số 0",
    "A dash in a cell of numbers: nothing is reported, which is not zero",
)
def nothing_dash(draw: Draw) -> Iterator[Case]:
    for text in ("-", "–", "—", "--", " - ", "---"):
        for field, unit in NUMBER_FIELDS:
            yield nothing(field, text, unit)


@kind(
    "nothing_in_words",
    Group.VALUES,
    "KPS, không phát sinh, chưa có số liệu, …, N/A ở ô số: không có giá trị; không được đọc thành 0",
    "KPS, 'chưa có số liệu', …, N/A in a cell of numbers: no value, and never zero",
)
def nothing_in_words(draw: Draw) -> Iterator[Case]:
    words: tuple[str, ...] = (
        "KPS",
        "kps",
        "Không phát sinh",
        "không phát sinh",
        "chưa có số liệu",
        "Chưa có số liệu",
        "...",
        "…",
    )
    words += ("N/A", "n/a", "không có", "Không có số liệu", "chưa có", "CCSL", "Không", "/")
    for text in words:
        for field, unit in draw.sample(NUMBER_FIELDS, 6):
            yield nothing(field, text, unit)


@kind(
    "mark_in_number",
    Group.VALUES,
    "x, Đ, CĐ, + hoặc chữ ở ô số: không phải số, phải hỏi",
    "x, Đ, CĐ or a word in a cell of numbers: no number, so ask",
)
def mark_in_number(draw: Draw) -> Iterator[Case]:
    for text in ("x", "X", "Đ", "CĐ", "Đạt", "Chưa đạt", "+", "?", "có", "nhiều", "đang cập nhật", "theo kế hoạch"):
        for field, unit in draw.sample(NUMBER_FIELDS, 6):
            yield asks(field, text, unit)


@kind(
    "number_bound",
    Group.VALUES,
    "Ngưỡng hoặc ước chừng (≥90; >=90; trên 90; khoảng 50; ~50): không phải giá trị đo được, phải hỏi",
    "A bound or a guess (≥90, >=90, khoảng 50): no measured value, so ask",
)
def number_bound(draw: Draw) -> Iterator[Case]:
    signs = ("≥{}", ">={}", "≥ {}", ">{}", "<{}", "≤ {}", "<={}", "~{}", "≈{}")
    words = ("trên {}", "dưới {}", "khoảng {}", "gần {}", "hơn {}", "ít nhất {}", "tối thiểu {}", "từ {} trở lên")
    for form in signs + words:
        for field, unit in draw.sample(NUMBER_FIELDS, 3):
            yield asks(field, form.format(draw.randint(2, 18)), unit)
        yield asks(MEASURE, form.format(f"{draw.randint(20, 99)}%"), "%")


@kind(
    "number_range",
    Group.VALUES,
    "Khoảng giá trị (50-60; từ 5 đến 6; 50 ÷ 60): hai số, phải hỏi",
    "A range (50-60, từ 5 đến 6): two numbers, so ask",
)
def number_range(draw: Draw) -> Iterator[Case]:
    for form in ("{}-{}", "{} - {}", "{}÷{}", "từ {} đến {}", "{} đến {}", "{}–{}"):
        for _ in range(8):
            low = draw.randint(2, 90)
            field, unit = draw.choice(NUMBER_FIELDS)
            yield asks(field, form.format(low, low + draw.randint(1, 9)), unit)


@kind(
    "number_two_in_one",
    Group.VALUES,
    "Hai số trong một ô (95 (60); 12; 15; 12 + 15; 5 và 7): không biết số nào là giá trị, phải hỏi",
    "Two numbers in one cell (95 (60), 12 + 15): which is the value cannot be known, so ask",
)
def number_two_in_one(draw: Draw) -> Iterator[Case]:
    for form in ("{} ({})", "{}; {}", "{} + {}", "{}+{}", "{} và {}", "{}\n{}", "{} (KH {})"):
        for _ in range(8):
            field, unit = draw.choice(NUMBER_FIELDS)
            yield asks(field, form.format(draw.randint(2, 95), draw.randint(2, 95)), unit)


@kind(
    "formula_error",
    Group.VALUES,
    "Ô lỗi công thức (#REF!, #DIV/0! …): giá trị đã mất, phải hỏi, không được coi là ô trống",
    "A cell whose formula failed: the value is lost, so ask; it is not blank",
)
def formula_error(draw: Draw) -> Iterator[Case]:
    for text in ERRORS:
        for field, unit in NUMBER_FIELDS:
            yield asks(field, CellError(text), unit)
        yield asks(DATE, CellError(text))


@kind(
    "formula_error_as_text",
    Group.VALUES,
    "Lỗi công thức dán thành chữ: cũng phải hỏi",
    "A formula's error pasted as text: ask too",
)
def formula_error_as_text(draw: Draw) -> Iterator[Case]:
    for text in ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "########"):
        for field, unit in draw.sample(NUMBER_FIELDS, 5):
            yield asks(field, text, unit)


@kind(
    "formula_as_text",
    Group.VALUES,
    "Công thức nằm trong ô như chữ (=SUM(D5:D9)): chưa tính, phải hỏi",
    "A formula that stands in the cell as text: not calculated, so ask",
)
def formula_as_text(draw: Draw) -> Iterator[Case]:
    for _ in range(20):
        first = draw.randint(5, 40)
        field, unit = draw.choice(NUMBER_FIELDS)
        yield asks(field, f"=SUM(D{first}:D{first + draw.randint(1, 9)})", unit)


@kind(
    "number_turned_into_date",
    Group.VALUES,
    "Excel tự đổi 12.5 hoặc 12/19 thành ngày: ô là ngày ở cột số, phải hỏi",
    "Excel made a date of 12.5 or 12/19: a date in a column of numbers, so ask",
)
def number_turned_into_date(draw: Draw) -> Iterator[Case]:
    for _ in range(40):
        field, unit = draw.choice(NUMBER_FIELDS)
        yield asks(field, date(2023, 1, 1) + timedelta(days=draw.randint(0, 360)), unit)
    for _ in range(15):
        field, unit = draw.choice(NUMBER_FIELDS)
        yield asks(field, f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/2023", unit)


@kind(
    "truth_value_in_number",
    Group.VALUES,
    "TRUE/FALSE ở ô số: không phải 1 và 0, phải hỏi",
    "TRUE or FALSE in a cell of numbers: not 1 and 0, so ask",
)
def truth_value_in_number(draw: Draw) -> Iterator[Case]:
    for value in (True, False):
        for field in (MONEY, SIGNED_MONEY, COUNT, BORROWERS):
            yield asks(field, value)


@kind(
    "dong_or_reached",
    Group.SEMANTICS,
    "“Đ” cạnh số ở cột tiền là đồng, không phải đạt; đứng một mình thì phải hỏi",
    "'Đ' alone in a column of money: đồng without an amount or 'đạt', so ask",
)
def dong_or_reached(draw: Draw) -> Iterator[Case]:
    for text in ("Đ", "đ", "CĐ", "KĐ", "Đạt", "đ."):
        for field in MONEY_FIELDS:
            yield asks(field, text)


@kind(
    "sign_and_digits_far_apart",
    Group.VALUES,
    "Số kèm chữ giải thích (12 (đã giao), 45 theo QĐ 12): không chắc phần nào là giá trị, phải hỏi",
    "A number with words of explanation: which part is the value is uncertain, so ask",
)
def sign_and_digits_far_apart(draw: Draw) -> Iterator[Case]:
    for form in ("{} theo QĐ {}", "QĐ {}: {}", "đợt {}: {}", "{} (đợt {})", "{} xã {}"):
        for _ in range(6):
            yield asks(money(draw), form.format(draw.randint(2, 95), draw.randint(2, 95)))
