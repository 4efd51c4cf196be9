"""Numbers with thousands and decimal marks: what Vietnamese, English and pasted spellings leave certain.

Belongs here: digits and marks. Does not belong here: units and signs of percent (amounts.py), words in the place of a
number (not_numbers.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from simulate.mangled.case import (
    BORROWERS,
    COUNT,
    MEASURE,
    MONEY_FIELDS,
    Case,
    Draw,
    Field,
    Group,
    asks,
    kind,
    likely,
    means,
)

MILLION = 1_000_000
PER_HEAD = "triệu đồng/người/năm"
NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def millions(text: str) -> Decimal:
    """The đồng of an amount in million đồng."""
    return Decimal(text) * MILLION


def money(draw: Draw) -> Field:
    return draw.choice(MONEY_FIELDS)


@kind(
    "number_dot_groups_whole",
    Group.VALUES,
    "Ô số nguyên ghi 1.234 hoặc 12.345: số người không có phần lẻ, dấu chấm chỉ có thể là phân cách hàng nghìn",
    "1.234 in a column of whole numbers: people have no decimals, so the dot can only part thousands",
)
def dot_groups_whole(draw: Draw) -> Iterator[Case]:
    for _ in range(60):
        number = draw.randint(1_000, 99_999)
        yield means(draw.choice((COUNT, BORROWERS)), grouped(number, "."), number)


@kind(
    "number_comma_groups_whole",
    Group.VALUES,
    "Ô số nguyên ghi 1,234 kiểu Anh: chỉ có thể là 1234",
    "1,234 in a column of whole numbers: can only be 1234",
)
def comma_groups_whole(draw: Draw) -> Iterator[Case]:
    for _ in range(60):
        number = draw.randint(1_000, 99_999)
        yield means(draw.choice((COUNT, BORROWERS)), grouped(number, ","), number)


@kind(
    "number_several_groups",
    Group.VALUES,
    "Từ hai dấu phân cách giống nhau trở lên (1.234.567 hoặc 1,234,567): dấu thập phân chỉ có một, nên là hàng nghìn",
    "Two or more equal marks: a decimal mark stands only once, so they part thousands",
)
def several_groups(draw: Draw) -> Iterator[Case]:
    for mark in (".", ","):
        for _ in range(30):
            number = draw.randint(1_000_000, 9_999_999)
            yield means(money(draw), grouped(number, mark), millions(str(number)))
        for _ in range(10):
            number = draw.randint(1_000_000, 9_999_999)
            yield means(BORROWERS, grouped(number, mark), number)


@kind(
    "number_vietnamese_marks",
    Group.VALUES,
    "Chấm hàng nghìn, phẩy thập phân cùng một ô (1.234,5): dấu đứng sau cùng là dấu thập phân",
    "Dots before a comma (1.234,5): the last mark is the decimal one",
)
def vietnamese_marks(draw: Draw) -> Iterator[Case]:
    for digits in (1, 2, 3):
        for _ in range(30):
            yield _two_marks(draw, ".", ",", digits)


@kind(
    "number_english_marks",
    Group.VALUES,
    "Phẩy hàng nghìn, chấm thập phân cùng một ô (1,234.5): dấu đứng sau cùng là dấu thập phân",
    "Commas before a dot (1,234.5): the last mark is the decimal one",
)
def english_marks(draw: Draw) -> Iterator[Case]:
    for digits in (1, 2, 3):
        for _ in range(30):
            yield _two_marks(draw, ",", ".", digits)


def _two_marks(draw: Draw, thousands: str, decimal: str, digits: int) -> Case:
    whole = draw.randint(1_000, 999_999)
    rest = f"{draw.randint(1, 10**digits - 1):0{digits}}"
    text = f"{grouped(whole, thousands)}{decimal}{rest}"
    if draw.random() < 0.8:
        return means(money(draw), text, millions(f"{whole}.{rest}"))
    return means(MEASURE, text, Decimal(f"{whole}.{rest}"), unit="hộ")


@kind(
    "number_one_mark_three_digits",
    Group.VALUES,
    "Một dấu và đúng ba chữ số sau dấu (1.234 hoặc 1,234) ở ô có phần lẻ: 1234 hay 1,234, phải hỏi",
    "One mark and just three digits after it where decimals are possible: 1234 or 1.234, so ask",
)
def one_mark_three_digits(draw: Draw) -> Iterator[Case]:
    for mark in (".", ","):
        for _ in range(60):
            text = f"{draw.randint(1, 999)}{mark}{draw.randint(0, 999):03}"
            yield asks(money(draw), text)
        for _ in range(15):
            yield asks(MEASURE, f"{draw.randint(1, 9)}{mark}{draw.randint(0, 999):03}", unit=PER_HEAD)


@kind(
    "number_dot_decimal",
    Group.VALUES,
    "Chấm thập phân không thể nhầm (12.5; 0.125; 1234.567): sau dấu không đủ ba số, hoặc trước dấu không thể là nhóm",
    "A decimal dot that parts no thousands: not three digits after it, or no group before it",
)
def dot_decimal(draw: Draw) -> Iterator[Case]:
    for _ in range(30):
        yield _one_mark(draw, f"{draw.randint(1, 999)}", f"{draw.randint(1, 99)}")
    for _ in range(20):
        yield _one_mark(draw, "0", f"{draw.randint(1, 999):03}")
    for _ in range(20):
        yield _one_mark(draw, f"{draw.randint(1_000, 99_999)}", f"{draw.randint(1, 999):03}")
    for _ in range(20):
        yield _one_mark(draw, f"{draw.randint(1, 999)}", f"{draw.randint(1, 9_999):04}")


def _one_mark(draw: Draw, whole: str, rest: str) -> Case:
    if draw.random() < 0.7:
        return means(money(draw), f"{whole}.{rest}", millions(f"{whole}.{rest}"))
    return means(MEASURE, f"{whole}.{rest}", Decimal(f"{whole}.{rest}"), unit=PER_HEAD)


@kind(
    "number_broken_groups",
    Group.VALUES,
    "Nhóm chữ số sai quy tắc (1.23.456; 1,2,3; 12..5): không biết số nào bị gõ thiếu hoặc thừa, phải hỏi",
    "Groups that keep no rule (1.23.456): which digit is missing cannot be known, so ask",
)
def broken_groups(draw: Draw) -> Iterator[Case]:
    for _ in range(18):
        a, b, c = draw.randint(1, 99), draw.randint(10, 99), draw.randint(100, 999)
        for text in (f"{a}.{b}.{c}", f"{a},{c},{b}", f"{a}..{b}", f"{a},{b},{a}", f"{a}.{c},{b}.{c}"):
            yield asks(money(draw), text)


@kind(
    "number_blank_groups",
    Group.VALUES,
    "Khoảng trắng (thường, không ngắt, hẹp) ngăn hàng nghìn: 1 234 567",
    "Thousands parted by blanks (plain, no-break, thin, narrow)",
)
def blank_groups(draw: Draw) -> Iterator[Case]:
    for mark in (" ", NBSP, THIN, NARROW):
        for _ in range(10):
            number = draw.randint(1_000, 9_999_999)
            yield means(money(draw), grouped(number, mark), millions(str(number)))
        for _ in range(10):
            number, rest = draw.randint(1_000, 999_999), draw.randint(1, 99)
            yield means(money(draw), f"{grouped(number, mark)},{rest}", millions(f"{number}.{rest}"))
        for _ in range(5):
            number = draw.randint(1_000, 99_999)
            yield means(BORROWERS, grouped(number, mark), number)


@kind(
    "number_blanks_elsewhere",
    Group.VALUES,
    "Khoảng trắng cắt số không theo nhóm ba (12 34): hai số hay một, phải hỏi",
    "Blanks that keep no groups of three (12 34): two numbers or one, so ask",
)
def blanks_elsewhere(draw: Draw) -> Iterator[Case]:
    for _ in range(30):
        yield asks(money(draw), f"{draw.randint(1, 99)} {draw.randint(10, 99)}")
        yield asks(COUNT, f"{draw.randint(1, 9)} {draw.randint(1, 9)}")


@kind(
    "number_apostrophes",
    Group.VALUES,
    "Dấu nháy đứng đầu ('1234) hoặc ngăn hàng nghìn (1'234'567)",
    "An apostrophe before the digits or between thousands",
)
def apostrophes(draw: Draw) -> Iterator[Case]:
    for mark in ("'", "’"):
        for _ in range(20):
            number = draw.randint(100, 999_999)
            yield means(money(draw), f"{mark}{number}", millions(str(number)))
            yield means(COUNT, f"{mark}{number % 500}", number % 500)
        for _ in range(10):
            number = draw.randint(1_000_000, 9_999_999)
            yield means(money(draw), grouped(number, mark), millions(str(number)))


@kind(
    "number_nbsp_around",
    Group.VALUES,
    "Số dạng chữ có khoảng trắng không ngắt (U+00A0), tab, ký tự rộng bằng không ở hai đầu do dán từ Word, web",
    "A number with no-break or zero-width blanks around it, pasted from elsewhere",
)
def nbsp_around(draw: Draw) -> Iterator[Case]:
    for before, after in ((NBSP, ""), ("", NBSP), (NBSP, NBSP), ("\t", ""), ("\u200b", ""), ("", "\ufeff"), ("", "\n")):
        for _ in range(10):
            whole, rest = draw.randint(1, 9_999), draw.randint(1, 99)
            yield means(money(draw), f"{before}{whole},{rest}{after}", millions(f"{whole}.{rest}"))
            yield means(COUNT, f"{before}{whole % 300}{after}", whole % 300)


@kind(
    "number_full_width",
    Group.VALUES,
    "Chữ số toàn khổ (１２３) của bộ gõ Đông Á",
    "Full-width digits of an East Asian keyboard",
)
def full_width(draw: Draw) -> Iterator[Case]:
    for _ in range(20):
        number = draw.randint(1, 999)
        yield means(COUNT, "".join(chr(0xFF10 + int(digit)) for digit in str(number)), number)


@kind(
    "number_letters_for_digits",
    Group.VALUES,
    "Chữ O, l gõ thay số 0, 1 (1O5, l2): đọc được, nhưng hỏi cũng đúng",
    "The letters O and l for 0 and 1: readable, but asking is right too",
)
def letters_for_digits(draw: Draw) -> Iterator[Case]:
    for _ in range(25):
        number = 100 * draw.randint(1, 9) + draw.randint(1, 9)
        yield likely(COUNT, str(number).replace("0", "O"), number)
        yield likely(COUNT, f"l{number % 100:02}", 100 + number % 100)
