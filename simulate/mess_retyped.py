"""A workbook retyped by hand: other sheet names, titles above, columns moved, headings misspelt, figures as text.

Belongs here: what is done to each sheet of one report. Does not belong here: spellings of single values
(mess_figures.py). Every change leaves one reading of every figure; rows that are hidden are remarked by the office.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from simulate.faults import NONE, Fault
from simulate.mess_figures import amount, day_in_words, grouped, rate
from simulate.mess_page import Page, Row, Typed, row_of_texts

NAMES = {
    "Bìa": "Bia bao cao",
    "01a. TH NTM": "Bieu 1a",
    "01b. TH NTM nâng cao": "Bieu 1b (NC)",
    "02a. CT NTM": "chi tiet 2a",
    "02b. CT NTM nâng cao": "chi tiet 2b",
    "03. TC cấp huyện": "TC huyen",
    "04. Công nhận": "QD cong nhan",
    "05. Nguồn lực": "von 6 thang",
    "06. Phân công giúp đỡ": "to giup viec",
    "07. Hoạt động giúp đỡ": "Sheet3",
}
COVER, RESULTS, FUNDING = "Bìa", ("02a. CT NTM", "02b. CT NTM nâng cao"), "05. Nguồn lực"
DECOMPOSED = ("03. TC cấp huyện", "06. Phân công giúp đỡ", "07. Hoạt động giúp đỡ")
ACTIVITIES = "07. Hoạt động giúp đỡ"
DAYS = {
    "04. Công nhận": ("Ngày quyết định",),
    FUNDING: ("Ngày giao vốn",),
    "06. Phân công giúp đỡ": ("Ngày quyết định", "Từ ngày"),
    ACTIVITIES: ("Ngày thực hiện", "Ngày báo trước cho xã"),
}
MISSPELT = {
    "01a. TH NTM": {"Tổng số tiêu chí đạt": "Tổng số tiêu chi đạt"},
    "03. TC cấp huyện": {"Đơn vị phụ trách": "Đơn vi phụ trách"},
    FUNDING: {"Nguồn vốn": "Nguồn vón", "Khối lượng thực hiện lũy kế": "Khối luợng thực hiện luỹ kế"},
    ACTIVITIES: {"Cơ quan giúp đỡ": "Cơ quan giúp đở", "Số người tham gia": "Số nguời tham gia"},
}
COVER_TEXTS = {"2023M06": "6 tháng đầu năm 2023"}
VERSION_LABEL, CODE_LABEL = "Phiên bản biểu mẫu", "Mã đơn vị báo cáo"
MONEY = (
    *("Kế hoạch", "Đã giao", "Điều chỉnh (+/-)", "Khối lượng thực hiện lũy kế", "Giải ngân lũy kế"),
    *("Hủy dự toán, nộp trả", "Ước đến hết năm", "Doanh số cho vay", "Dư nợ"),
)
PLACE, PROGRAMME, DISBURSED = "Địa bàn", "Chương trình", "Giải ngân lũy kế"
STRANGE_COLUMN = "Mã dự án"
TOTAL, COLUMN_NUMBERS = "TỔNG SỐ", "(1)"
ROMAN = ("I", "II", "III", "IV", "V", "VI")
TITLE_ROWS: tuple[Row, ...] = (row_of_texts("PHÒNG NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"), [])
NOTE = "Ghi chú: số liệu do các phòng, ban chuyên môn cung cấp, Phòng Tài chính - Kế hoạch tổng hợp."


def retype(
    pages: Sequence[Page], report: tuple[str, str], draw: random.Random
) -> tuple[list[Page], list[tuple[Fault, tuple[str, str]]]]:
    """The pages of a report as somebody typed them again, and what the office will remark of them."""
    made, left = [], []
    for page in pages:
        if not page.is_visible:
            continue
        page.without_formulas()
        form = page.name
        for heading in DAYS.get(form, ()):
            _retype_below(page, heading, lambda cell: _day(cell, draw))
        if form == COVER:
            _retype_cover(page, draw)
        if form in RESULTS:
            _retype_results(page, draw)
        if form == FUNDING:
            _retype_funding(page, draw)
        for heading, slip in MISSPELT.get(form, {}).items():
            row, column = page.row_of(heading), page.column_of(heading)
            page.rows[row][column] = Typed(slip, is_bold=True)
        if form == ACTIVITIES:
            left += _hide(page, NAMES[form], report)
        if form in DECOMPOSED:
            page.rows = [[_decomposed(cell) for cell in row] for row in page.rows]
        page.name = NAMES.get(form, form)
        if form != COVER:
            page.insert_above(TITLE_ROWS)
        made.append(page)
    return made, left


def _retype_below(page: Page, heading: str, change: Callable[[Typed], Typed]) -> None:
    """Change every cell of the table under a heading."""
    first = page.row_of(COLUMN_NUMBERS) + 1
    page.retype(change, range(first, len(page.rows)), page.column_of(heading))


def _day(cell: Typed, draw: random.Random) -> Typed:
    if not isinstance(cell.value, date):
        return cell
    return Typed(day_in_words(cell.value, draw))


def _decomposed(cell: Typed | None) -> Typed | None:
    """The cell with every letter taken apart, as texts from some telephones come."""
    if cell is None or not isinstance(cell.value, str):
        return cell
    return replace(cell, value=unicodedata.normalize("NFD", cell.value))


def _retype_cover(page: Page, draw: random.Random) -> None:
    """A cover typed on a blank sheet: the unit by its name, the period in words, no version of a template."""
    rows: list[Row] = []
    for row in page.rows:
        label, value = (cell.value if cell else None for cell in row[:2])
        if label in (VERSION_LABEL, CODE_LABEL):
            continue
        if isinstance(value, date):
            value = day_in_words(value, draw)
        texts = (None if text is None else str(text) for text in (label, value))
        rows.append(row_of_texts(*(text and COVER_TEXTS.get(text, text) for text in texts)))
    page.rows, page.merged = [*rows[:4], [], *rows[4:]], []


def _retype_results(page: Page, draw: random.Random) -> None:
    """Rates as text with a comma, verdicts as words."""
    words = {"Đ": "Đạt", "CĐ": "Chưa đạt"}
    first = page.row_of(COLUMN_NUMBERS) + 1
    headings = page.rows[first - 2]
    for column, heading in enumerate(headings):
        if heading is not None and heading.value == "Kết quả":
            page.retype(lambda cell: _rate(cell, draw), range(first, len(page.rows)), column)
        if heading is not None and heading.value == "Đánh giá":
            page.retype(lambda cell: replace(cell, value=words.get(str(cell.value), cell.value)),
                        range(first, len(page.rows)), column)  # fmt: skip


def _rate(cell: Typed, draw: random.Random) -> Typed:
    return replace(cell, value=rate(cell.value, draw)) if isinstance(cell.value, float | int) else cell


def _retype_funding(page: Page, draw: random.Random) -> None:
    """Sections with their sums, amounts as text, a column moved, a column of the office's own, a note below."""
    total = page.row_of(TOTAL)
    rows = [row for row in page.rows[total + 1 :] if row[0] is not None and row[1] is not None]
    below = page.rows[total + 1 + len(rows) :]
    money = [page.column_of(heading) for heading in MONEY]
    programme = page.column_of(PROGRAMME)
    made: list[Row] = []
    by_programme = groupby(rows, key=lambda row: cell.value if (cell := row[programme]) is not None else None)
    for mark, (name, group) in zip(ROMAN, by_programme, strict=False):
        own = list(group)
        made += [row_of_texts(f"{mark}. {name}", is_bold=True), *([*row] for row in own), _sum(mark, own, money)]
    for row in made:
        if isinstance(row[0].value if row[0] else None, str) and len(row) > max(money):
            for column in money:
                cell = row[column]
                if cell is not None and isinstance(cell.value, int | float):
                    row[column] = Typed(amount(cell.value, draw))
    page.rows[total] = [_grand(cell) if index in money else cell for index, cell in enumerate(page.rows[total])]
    blank: list[Row] = [[]]
    signatures = [row for row in below if any(cell is not None and cell.value is not None for cell in row)]
    page.rows[total + 1 :] = [*made, *blank, row_of_texts(NOTE), *blank, *signatures]
    page.merged = []
    _move_columns(page, total, len(made))


def _sum(mark: str, rows: Sequence[Row], money: Sequence[int]) -> Row:
    """The sum of a section, below it; blank where none of its rows has an amount."""
    made: Row = [Typed(f"Cộng mục {mark}", is_bold=True), *([None] * max(money))]
    for column in money:
        found = [Decimal(str(cell.value)) for row in rows if (cell := row[column]) is not None]
        made[column] = Typed(float(sum(found)), is_bold=True) if found else None
    return made


def _grand(cell: Typed | None) -> Typed | None:
    if cell is None or not isinstance(cell.value, int | float) or cell.value < 1_000:
        return cell
    return replace(cell, value=grouped(Decimal(str(cell.value)), "."))


def _move_columns(page: Page, total: int, count: int) -> None:
    """Disbursement before the plan; beside it the numbers of projects, which the form does not ask for."""
    header = page.row_of(PLACE)
    source, target = page.column_of(DISBURSED), page.column_of("Kế hoạch")
    del page.rows[header + 1]  # the numbers of the columns, which nobody types again
    for number in range(header, total + count):
        row = page.rows[number]
        if len(row) <= source:
            continue
        strange: Typed | None = Typed(STRANGE_COLUMN, is_bold=True)
        if number != header:
            is_line = row[1] is not None
            strange = Typed(str(7_800_000 + 13 * number)) if is_line else None
        moved = row.pop(source)
        row[target:target] = [strange, moved]
    page.widths = []


def _hide(page: Page, sheet: str, report: tuple[str, str]) -> list[tuple[Fault, tuple[str, str]]]:
    """Hide two lines of the register; they count, and the office asks about them."""
    first = page.row_of(COLUMN_NUMBERS) + 4
    page.hidden_rows = {first, first + 1}
    text = str(page.value(first, 0))
    fault = Fault(*report, "helper_activities", "hidden_rows_read", "warning", "activity_no", {}, ("hidden",), None,
                  text, None, NONE)  # fmt: skip
    return [(fault, (sheet, f"A{first + len(TITLE_ROWS) + 1}"))]
