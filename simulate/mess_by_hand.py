"""A report without cover and with a table of criteria of the office's own making, as practice had it before templates.

Belongs here: form 01 in the layout "one row per commune, one column per criterion", and the loss of the cover. The
other forms stay as they are: their own hand-made layouts do not carry all that the truth speaks of (form 05 neither
places nor contents, form 04 no stage, form 07 no level, form 03 no day of its data).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulate.mess_page import Page, Row, Typed, Value, row_of_texts

COVER = "Bìa"
SUMMARIES = {
    "01a. TH NTM": ("TC xa", "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI"),
    "01b. TH NTM nâng cao": ("TC xa nang cao", "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI NÂNG CAO"),
}
NAME_HEADING, FIRST_CRITERION = "Tên xã", 2
CRITERIA = 19
MARKS: dict[Value, Value] = {"Đ": "x", "CĐ": 0}
HEADINGS = ("TT", "Xã", *(f"TC {number}" for number in range(1, CRITERIA + 1)))
LAST_HEADINGS = ("Tổng số TC đạt", "Tăng/giảm", "Ghi chú")
COLUMN_NUMBERS = "(1)"


def lay_out_by_hand(pages: Sequence[Page]) -> list[Page]:
    """The report without its cover, its summaries of criteria as hand-made tables."""
    made = []
    for page in pages:
        if page.name == COVER or not page.is_visible:
            continue
        page.without_formulas()
        made.append(_summary(page, *SUMMARIES[page.name]) if page.name in SUMMARIES else page)
    return made


def _summary(page: Page, name: str, title: str) -> Page:
    """The table of one criteria set: communes by name, marks as x and 0."""
    subtitle = next(cell.value for row in page.rows for cell in row if cell and "số liệu đến" in str(cell.value))
    rows: list[Row] = [
        row_of_texts(str(page.value(0, 0))),
        row_of_texts("BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA"),
        row_of_texts(title, is_bold=True),
        row_of_texts(str(subtitle)),
        [],
        row_of_texts(*HEADINGS, *LAST_HEADINGS, is_bold=True),
    ]
    for number, row in enumerate(_communes(page), start=1):
        cells = [Typed(number), row[1], *(_mark(cell) for cell in row[FIRST_CRITERION : FIRST_CRITERION + CRITERIA])]
        rows.append([*cells, *row[FIRST_CRITERION + CRITERIA :]])
    rows += [[], row_of_texts(None, "Người lập biểu", None, None, None, "CHỦ TỊCH")]
    return Page(name, rows, widths=[5.0, 24.0, *([6.0] * CRITERIA), 10.0, 10.0, 40.0])


def _communes(page: Page) -> list[Row]:
    """The rows of communes: those below the numbers of the columns that begin with a code."""
    first = page.row_of(COLUMN_NUMBERS) + 1
    return [row for row in page.rows[first:] if row[0] is not None and str(row[0].value).isdecimal()]


def _mark(cell: Typed | None) -> Typed | None:
    return None if cell is None else replace(cell, value=MARKS.get(cell.value, cell.value))
