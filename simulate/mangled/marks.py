"""Marks of criteria and Có / Không: Đ, CĐ, x, ticks, states in between, points.

Belongs here: cells that say met or not, yes or no. Does not belong here: figures (number_spellings.py, amounts.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from simulate.mangled.case import MARK, YES_NO, Case, Draw, Group, PercentCell, asks, kind, likely, means, nothing
from simulate.mangled.places import districts
from simulate.mangled.spelling import half_decomposed, nfd, with_african_d, with_eth

MET, UNMET, NOT_APPLICABLE = "D", "CD", "KAD"
MARK_DISTRICTS = ("844", "845", "846", "847", "848", "849", "850")  # a town's own criteria are on another sheet


def _in_districts(draw: Draw, case: Case) -> Iterator[Case]:
    for district in draw.sample(MARK_DISTRICTS, 4):
        yield case.at(district)


@kind(
    "mark_eth_for_d",
    Group.NAMES,
    "Ð (U+00D0), Ɖ (U+0189) thay cho Đ trong dấu đạt (Ð, CÐ, Ðạt)",
    "Ð or Ɖ for Đ in a mark",
)
def mark_eth_for_d(draw: Draw) -> Iterator[Case]:
    for text, code in (
        ("Đ", MET),
        ("CĐ", UNMET),
        ("Đạt", MET),
        ("KĐ", UNMET),
        ("đ", MET),
        ("đạt", MET),
        ("Chưa đạt", UNMET),
    ):
        for change in (with_eth, with_african_d):
            yield from _in_districts(draw, means(MARK, change(text), code))


@kind(
    "mark_dots_and_blanks",
    Group.SEMANTICS,
    "Dấu đạt có chấm, ngoặc, khoảng trắng (C.Đ; Đ.; “ CĐ ”; (Đ); Chưa  đạt)",
    "A mark with dots, brackets or blanks",
)
def mark_dots_and_blanks(draw: Draw) -> Iterator[Case]:
    spellings: tuple[tuple[str, str], ...] = (
        ("C.Đ", UNMET),
        ("C.Đ.", UNMET),
        ("Đ.", MET),
        ("Đạt.", MET),
        (" CĐ ", UNMET),
        ("C Đ", UNMET),
    )
    spellings += (("Chưa  đạt", UNMET), ("Chưa\u00a0đạt", UNMET), ("Đạt\n", MET), ("đạt;", MET), ("\u200bĐ", MET))
    spellings += (("K.Đ", UNMET), ("chưa đạt.", UNMET), ("Không  đạt", UNMET), ("(Đ)", MET), ("(CĐ)", UNMET))
    for text, code in spellings:
        yield from _in_districts(draw, means(MARK, text, code))


@kind(
    "mark_without_accents",
    Group.SEMANTICS,
    "Dấu đạt không dấu (Dat; chua dat; khong ap dung)",
    "A mark without accents",
)
def mark_without_accents(draw: Draw) -> Iterator[Case]:
    spellings = (
        ("Dat", MET),
        ("dat", MET),
        ("DAT", MET),
        ("Chua dat", UNMET),
        ("chua dat", UNMET),
        ("khong dat", UNMET),
    )
    for text, code in (*spellings, ("Khong ap dung", NOT_APPLICABLE), ("KHONG AP DUNG", NOT_APPLICABLE)):
        yield from _in_districts(draw, means(MARK, text, code))


@kind(
    "mark_tick",
    Group.SEMANTICS,
    "Dấu tích (✓ ✔ √ ☑) ở ô đánh giá: đạt, như x",
    "A tick where a verdict is due: met, as x is",
)
def mark_tick(draw: Draw) -> Iterator[Case]:
    for text in ("✓", "✔", "√", "☑"):
        yield from _in_districts(draw, means(MARK, text, MET))
    for text in ("✓", "✔", "√", "☑"):
        for row in districts()[:4]:
            yield means(YES_NO, text, True).at(row["reporting_unit_id"])


@kind(
    "mark_of_hand_made_tables",
    Group.SEMANTICS,
    "x, 1, +, 0 của bảng tự lập ở ô đánh giá của biểu mẫu: thường là đạt, chưa đạt; đọc như vậy hay hỏi đều được",
    "x, 1, +, 0 of hand-made tables in the template's verdict: usually met and unmet, so read so or asked",
)
def mark_of_hand_made_tables(draw: Draw) -> Iterator[Case]:
    cells: tuple[tuple[str | int, str], ...] = (("x", MET), ("X", MET), (1, MET), ("1", MET), ("+", MET))
    for cell, code in (*cells, (0, UNMET), ("0", UNMET)):
        yield from _in_districts(draw, likely(MARK, cell, code))


@kind(
    "mark_cross",
    Group.SEMANTICS,
    "Dấu chéo, ô vuông (✗ ✘ ☒ ☐ □): đánh dấu hay gạch bỏ, phải hỏi",
    "A cross or an empty box: marked or struck out, so ask",
)
def mark_cross(draw: Draw) -> Iterator[Case]:
    for text in ("✗", "✘", "☒", "☐", "□", "?", "!"):
        yield from _in_districts(draw, asks(MARK, text))


@kind(
    "mark_in_between",
    Group.SEMANTICS,
    "Trạng thái giữa chừng (cơ bản đạt, cận đạt, đang thực hiện, Đ/CĐ, Đạt?): không phải đạt hay chưa đạt, phải hỏi",
    "A state in between: neither met nor unmet, so ask",
)
def mark_in_between(draw: Draw) -> Iterator[Case]:
    texts: tuple[str, ...] = (
        "Cơ bản đạt",
        "cơ bản đạt",
        "Cận đạt",
        "đang",
        "Đang thực hiện",
        "Đạt một phần",
        "Đ/CĐ",
        "Đạt?",
        "CBĐ",
    )
    texts += ("Đạt/chưa đạt", "Gần đạt", "Chờ thẩm định", "Cao đẳng", "Phấn đấu đạt", "Dự kiến đạt", "Đạt năm 2024")
    for text in texts:
        yield from _in_districts(draw, asks(MARK, text))


@kind(
    "mark_points",
    Group.SEMANTICS,
    "Điểm hoặc số ở ô chờ Đ, CĐ (86; 86 điểm; 92,5): ngưỡng điểm không nằm trong ô, phải hỏi",
    "Points where Đ or CĐ is due: the threshold is not in the cell, so ask",
)
def mark_points(draw: Draw) -> Iterator[Case]:
    for _ in range(12):
        number = draw.randint(2, 100)
        for cell in (number, str(number), f"{number} điểm", f"{number},5", number / 4 + 10):
            yield asks(MARK, cell).at(draw.choice(MARK_DISTRICTS))


@kind(
    "mark_with_share",
    Group.SEMANTICS,
    "“Đạt 92%”, “92%” ở ô đánh giá: đạt được 92% chưa nói là đạt chuẩn, phải hỏi",
    "'Đạt 92%' where a verdict is due: reaching 92% is not being met, so ask",
)
def mark_with_share(draw: Draw) -> Iterator[Case]:
    for _ in range(10):
        number = draw.randint(20, 99)
        for cell in (
            f"Đạt {number}%",
            f"đạt {number},5 %",
            f"{number}%",
            PercentCell(number / 100),
            f"Đạt {number}/100",
        ):
            yield asks(MARK, cell).at(draw.choice(MARK_DISTRICTS))


@kind(
    "mark_nothing",
    Group.SEMANTICS,
    "Gạch, chưa đánh giá, KPS, … ở ô đánh giá: chưa có kết luận; không được đọc thành chưa đạt",
    "A dash or 'chưa đánh giá' where a verdict is due: no verdict, and not 'unmet'",
)
def mark_nothing(draw: Draw) -> Iterator[Case]:
    for text in (
        "-",
        "–",
        "—",
        "...",
        "…",
        "Chưa đánh giá",
        "chưa có số liệu",
        "KPS",
        "chưa xét",
        "Không đánh giá",
        "/",
    ):
        yield from _in_districts(draw, nothing(MARK, text))


@kind(
    "yes_no_spellings",
    Group.SEMANTICS,
    "Có / Không viết không dấu, hoa, có chấm, có khoảng trắng lạ",
    "Có / Không without accents, with dots or odd blanks",
)
def yes_no_spellings(draw: Draw) -> Iterator[Case]:
    spellings: tuple[tuple[str, bool], ...] = (
        ("Co", True),
        ("co", True),
        ("Khong", False),
        ("khong", False),
        ("Có.", True),
        ("Không.", False),
    )
    spellings += (("CÓ\u00a0", True), ("\u200bKhông", False), (nfd("Có"), True), (nfd("Không"), False))
    for text, truth in spellings:
        for row in draw.sample(districts(), 3):
            yield means(YES_NO, text, truth).at(row["reporting_unit_id"])


@kind(
    "yes_no_doubtful",
    Group.SEMANTICS,
    "Không rõ có hay không (Có/Không; có 2 đồng chí; Phó CT; 5; vắng): phải hỏi",
    "Neither plainly yes nor no: ask",
)
def yes_no_doubtful(draw: Draw) -> Iterator[Case]:
    for cell in ("Có/Không", "có 2 đồng chí", "Phó Chủ tịch", 5, "2", "vắng", "một phần", "không rõ", "Có?", "50%"):
        for row in draw.sample(districts(), 3):
            yield asks(YES_NO, cell).at(row["reporting_unit_id"])
    for text in ("-", "...", "chưa có số liệu"):
        for row in draw.sample(districts(), 3):
            yield nothing(YES_NO, text).at(row["reporting_unit_id"])


@kind(
    "mark_decomposed",
    Group.UNICODE,
    "Dấu đạt dạng tổ hợp (NFD): nhìn như nhau, byte khác",
    "A mark in decomposed letters",
)
def mark_decomposed(draw: Draw) -> Iterator[Case]:
    for text, code in (("Đạt", MET), ("Chưa đạt", UNMET), ("Không áp dụng", NOT_APPLICABLE), ("không đạt", UNMET)):
        for change in (nfd, half_decomposed):
            yield from _in_districts(draw, means(MARK, change(text), code))


@kind(
    "mark_with_reason",
    Group.SEMANTICS,
    "Kết luận kèm lý do (Chưa đạt - thiếu vốn; Đạt (QĐ 12)): đọc kết luận hay hỏi đều được",
    "A verdict with its reason: reading the verdict or asking are both right",
)
def mark_with_reason(draw: Draw) -> Iterator[Case]:
    for text, code in (
        ("Chưa đạt - thiếu vốn", UNMET),
        ("Đạt (QĐ 12/QĐ-UBND)", MET),
        ("CĐ (chờ vốn)", UNMET),
        ("Đạt chuẩn", MET),
    ):
        yield from _in_districts(draw, likely(MARK, text, code))
