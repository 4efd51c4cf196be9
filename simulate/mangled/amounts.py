"""Amounts that bring their unit or a percent sign into the cell.

Belongs here: tỷ, triệu, đồng, m2, người, % and what they say beside the unit of the column. Does not belong here: bare
digits (number_spellings.py). Slips of a thousand times without a unit in the cell can be seen only beside the unit's
own history: rules judge them, not the reader of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from simulate.mangled.case import (
    COUNT,
    MEASURE,
    MONEY,
    Case,
    Draw,
    Group,
    PercentCell,
    asks,
    kind,
    likely,
    means,
)
from simulate.mangled.number_spellings import PER_HEAD, grouped, millions, money

BILLION = 1_000_000_000


@kind(
    "unit_billion",
    Group.VALUES,
    "Ghi “5 tỷ”, “2,5 tỷ đồng” ở cột triệu đồng: đơn vị trong ô thắng, 5 tỷ = 5.000 triệu",
    "'5 tỷ' in a column of millions: the unit in the cell wins",
)
def unit_billion(draw: Draw) -> Iterator[Case]:
    for word in ("tỷ", "tỉ", "tỷ đồng", "tỷ đ", "Tỷ", "TỶ ĐỒNG", "tỷ VNĐ"):
        for _ in range(6):
            whole, rest = draw.randint(1, 99), draw.randint(1, 9)
            yield means(money(draw), f"{whole} {word}", Decimal(whole * BILLION))
            yield means(money(draw), f"{whole},{rest} {word}", Decimal(f"{whole}.{rest}") * BILLION)
        whole = draw.randint(2, 9)
        yield means(money(draw), f"{whole}{word}", Decimal(whole * BILLION))


@kind(
    "unit_million",
    Group.VALUES,
    "Ghi “45 tr.đ”, “45 triệu đồng” ở cột triệu đồng: nhắc lại đơn vị của cột",
    "'45 tr.đ' in a column of millions: the column's own unit said again",
)
def unit_million(draw: Draw) -> Iterator[Case]:
    for word in ("triệu", "triệu đồng", "tr.đ", "trđ", "tr", "Tr.đồng", "tr đồng", "TRIỆU ĐỒNG"):
        for _ in range(5):
            whole, rest = draw.randint(1, 999), draw.randint(1, 9)
            yield means(money(draw), f"{whole} {word}", millions(str(whole)))
            yield means(money(draw), f"{whole},{rest} {word}", millions(f"{whole}.{rest}"))
        number = draw.randint(1_000, 99_999)
        yield means(money(draw), f"{grouped(number, '.')},5 {word}", millions(f"{number}.5"))


@kind(
    "unit_dong",
    Group.VALUES,
    "Ghi đủ đồng (450.000.000 đồng; 450.000.000 đ; 500 nghìn đồng) ở cột triệu đồng",
    "Whole đồng or thousands of đồng, said so, in a column of millions",
)
def unit_dong(draw: Draw) -> Iterator[Case]:
    for word in (" đồng", " đ", "đ", " VNĐ", " VND"):
        for _ in range(8):
            number = draw.randint(1_000, 999_999) * 1_000
            yield means(money(draw), grouped(number, ".") + word, Decimal(number))
    for word in ("nghìn", "nghìn đồng", "ngàn đồng"):
        for _ in range(8):
            number = draw.randint(100, 999)
            yield means(money(draw), f"{number} {word}", Decimal(number * 1_000))


@kind(
    "unit_mixed_parts",
    Group.VALUES,
    "Hai bậc đơn vị trong một ô (1 tỷ 250 triệu; 2 tỷ rưỡi)",
    "Two grades of one unit in a cell (1 tỷ 250 triệu)",
)
def unit_mixed_parts(draw: Draw) -> Iterator[Case]:
    for _ in range(20):
        billions, rest = draw.randint(1, 99), draw.randint(1, 999)
        truth = Decimal(billions * BILLION + rest * 1_000_000)
        yield means(money(draw), f"{billions} tỷ {rest} triệu", truth)
        yield means(money(draw), f"{billions} tỷ {rest} triệu đồng", truth)
    for billions in range(1, 6):
        yield likely(MONEY, f"{billions} tỷ rưỡi", Decimal(billions * BILLION + BILLION // 2))


@kind(
    "unit_beside_ambiguous_number",
    Group.VALUES,
    "Có đơn vị nhưng số vẫn hai cách đọc (1.234 tỷ; 2,500 triệu): phải hỏi",
    "A unit beside a number of two readings (1.234 tỷ): ask",
)
def unit_beside_ambiguous_number(draw: Draw) -> Iterator[Case]:
    for word in ("tỷ", "triệu", "tỷ đồng", "tr.đ"):
        for mark in (".", ","):
            for _ in range(7):
                yield asks(money(draw), f"{draw.randint(1, 99)}{mark}{draw.randint(0, 999):03} {word}")


@kind(
    "unit_without_number",
    Group.VALUES,
    "Chỉ có đơn vị, không có số (tỷ; triệu đồng; %): phải hỏi",
    "A unit without a number: ask",
)
def unit_without_number(draw: Draw) -> Iterator[Case]:
    for text in ("tỷ", "triệu đồng", "đồng", "tr.đ", "%", "... tỷ", "… triệu đồng"):
        yield asks(MONEY, text)
    for text in ("%", "m2/người", "hộ"):
        yield asks(MEASURE, text, unit=text)


@kind(
    "unit_of_another_kind",
    Group.VALUES,
    "Đơn vị không phải của cột (2.300 m2 ở cột tiền, 30 triệu ở cột số người): số của việc khác, phải hỏi",
    "A unit that is not the column's (m2 in a column of money): a figure of something else, so ask",
)
def unit_of_another_kind(draw: Draw) -> Iterator[Case]:
    for word in ("m2", "m²", "ha", "xã", "km", "người", "hộ"):
        for _ in range(6):
            yield asks(money(draw), f"{draw.randint(2, 900)} {word}")
    for word in ("triệu", "tỷ", "km", "m2", "%", "xã"):
        for _ in range(5):
            yield asks(COUNT, f"{draw.randint(2, 300)} {word}")
    for word in ("m2", "triệu đồng", "km"):
        for _ in range(6):
            yield asks(MEASURE, f"{draw.randint(2, 99)} {word}", unit="%")


@kind(
    "unit_of_the_row",
    Group.VALUES,
    "Nhắc lại đơn vị của dòng trong ô (2,5 m2/người; 58,2 triệu đồng/người/năm; 12 hộ; 85 người)",
    "The unit of the row said again in the cell",
)
def unit_of_the_row(draw: Draw) -> Iterator[Case]:
    for unit in ("m2/người", PER_HEAD, "lít/người/ngày", "hộ", "mô hình", "công trình", "triệu đồng/người"):
        for _ in range(9):
            whole, rest = draw.randint(2, 99), draw.randint(1, 9)
            yield means(MEASURE, f"{whole} {unit}", Decimal(whole), unit=unit)
            if unit not in ("hộ", "mô hình", "công trình"):
                yield means(MEASURE, f"{whole},{rest} {unit}", Decimal(f"{whole}.{rest}"), unit=unit)
    for _ in range(20):
        number = draw.randint(2, 300)
        yield means(COUNT, f"{number} người", number)
        yield means(MEASURE, f"{number},5 m²/người", Decimal(f"{number}.5"), unit="m2/người")


@kind(
    "unit_square_metres_grouped",
    Group.VALUES,
    "“2.300 m2/người” ở dòng tính bằng m2/người: 2300 hay 2,3 đều có thể, phải hỏi",
    "'2.300 m2/người' in a row of that unit: 2300 or 2.3, so ask",
)
def unit_square_metres_grouped(draw: Draw) -> Iterator[Case]:
    for _ in range(30):
        yield asks(MEASURE, f"{draw.randint(1, 9)}.{draw.randint(0, 9)}00 m2/người", unit="m2/người")


@kind(
    "percent_sign",
    Group.VALUES,
    "Dấu % trong ô của dòng tính bằng % (92,5%; 92.5 %; Đạt 92%): số trước dấu là giá trị",
    "A percent sign in a row of percent: the number before it is the value",
)
def percent_sign(draw: Draw) -> Iterator[Case]:
    for _ in range(30):
        whole, rest = draw.randint(1, 99), draw.randint(1, 99)
        truth = Decimal(f"{whole}.{rest}")
        yield means(MEASURE, f"{whole},{rest}%", truth, unit="%")
        yield means(MEASURE, f"{whole},{rest} %", truth, unit="%")
        yield means(MEASURE, f"{whole}.{rest}%", truth, unit="%")
        yield means(MEASURE, f"{whole}%", Decimal(whole), unit="%")
    yield means(MEASURE, "100%", Decimal(100), unit="%")
    yield means(MEASURE, "0%", Decimal(0), unit="%")


@kind(
    "percent_with_verdict",
    Group.VALUES,
    "“Đạt 92%” ở ô kết quả tính bằng %: giá trị 92, chữ Đạt chỉ nói đạt được",
    "'Đạt 92%' where a percentage is due: 92",
)
def percent_with_verdict(draw: Draw) -> Iterator[Case]:
    for _ in range(30):
        whole, rest = draw.randint(1, 99), draw.randint(1, 9)
        yield means(MEASURE, f"Đạt {whole}%", Decimal(whole), unit="%")
        yield means(MEASURE, f"đạt {whole},{rest}%", Decimal(f"{whole}.{rest}"), unit="%")


@kind(
    "percent_three_decimals",
    Group.VALUES,
    "92.345 hoặc 92,345 ở dòng tính bằng %: tỷ lệ không thể là 92.345%, nên là 92,345",
    "92.345 in a row of percent: a share of 92,345% does not exist",
)
def percent_three_decimals(draw: Draw) -> Iterator[Case]:
    for mark in (".", ","):
        for _ in range(20):
            whole, rest = draw.randint(10, 99), f"{draw.randint(1, 999):03}"
            yield means(MEASURE, f"{whole}{mark}{rest}", Decimal(f"{whole}.{rest}"), unit="%")


@kind(
    "percent_below_one",
    Group.VALUES,
    "Số nhỏ hơn 1 ở dòng tính bằng % (0,925): đơn vị ghi ở dòng là %, nên là 0,925 % (tỷ lệ nghèo dưới 1 % là thường); "
    "hỏi cũng đúng; không bao giờ tự nhân 100. Lệch 100 lần do quy tắc so với tử số, mẫu số, ngưỡng và kỳ trước xét",
    "A number below 1 in a row of percent: 0.925% as the unit says (poverty below 1% is common), or asked; never "
    "multiplied. Slips of a hundred times are for the rules that see parts, threshold and the period before",
)
def percent_below_one(draw: Draw) -> Iterator[Case]:
    for _ in range(30):
        number = draw.randint(11, 999)
        truth = Decimal(number) / 1000
        yield likely(MEASURE, number / 1000, truth, unit="%")
        yield likely(MEASURE, f"0,{number:03}", truth, unit="%")
        yield likely(MEASURE, f"0.{number:03}", truth, unit="%")


@kind(
    "percent_elsewhere",
    Group.VALUES,
    "Tỷ lệ ở cột không tính bằng % (50% ở cột tiền, số người; ô định dạng %): phần trăm của cái gì, phải hỏi",
    "A percentage in a column that holds none: a percentage of what, so ask",
)
def percent_elsewhere(draw: Draw) -> Iterator[Case]:
    for _ in range(15):
        number = draw.randint(1, 99)
        yield asks(money(draw), f"{number}%")
        yield asks(COUNT, f"{number} %")
        yield asks(money(draw), PercentCell(number / 100))
        yield asks(COUNT, PercentCell(number / 100))
        yield asks(MEASURE, f"{number}%", unit=PER_HEAD)


@kind(
    "percent_above_hundred",
    Group.VALUES,
    "Tỷ lệ trên 100% (135%): con số rõ ràng; có hợp lý không thì quy tắc khác xét",
    "A percentage above 100: the number is plain, whether it can be is for the rules",
)
def percent_above_hundred(draw: Draw) -> Iterator[Case]:
    for number in draw.sample(range(101, 400), 20):
        yield likely(MEASURE, f"{number}%", Decimal(number), unit="%")
        yield likely(MEASURE, number, Decimal(number), unit="%")
