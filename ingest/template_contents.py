"""The list of contents of a template: every sheet with a link, what it asks, and what the office has filled in.

Belongs here: that sheet alone. It stands behind the cover of a blank workbook and is never read (own_sheets.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.own_sheets import CONTENTS_SHEET
from ingest.spec import FormSpec, Register, SheetSpec, Shows
from ingest.template_layout import PROTECTION, Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from ingest.template_sheet import FormSheet

HEADING = "MỤC LỤC CÁC BIỂU PHẢI NỘP TRONG KỲ"
HEADINGS = ("Biểu", "Nội dung", "Cách ghi", "Văn phòng đã điền sẵn")
WIDTHS = (12, 62, 62, 62)
BACK = f"← {CONTENTS_SHEET}"
LINK = {"font_color": "#1F4E9E", "underline": 1}
ADVICE = (
    "Bấm vào tên biểu để mở trang đó; trên mỗi trang, bấm “← Mục lục” để quay lại đây. "
    "Biểu không có số liệu trong kỳ: để trống và chọn “Có” ở dòng tương ứng trên trang Bìa."
)


@dataclass(frozen=True)
class Entry:
    """One line: the sheet, what it is, how it is filled in, and what already stands on it."""

    sheet: str | None  # None: the period has no such sheet
    number: str
    title: str
    manner: str
    known: str


def entry_of(written: FormSheet) -> Entry:
    """The line of a sheet that has been written."""
    spec, part, held = written.spec, written.part, written.held
    known = []
    if rows := len(written.wanted):
        known.append(f"{rows} dòng từ báo cáo {held.label(Shows.PREVIOUS)}")
    shown = {which for slot in written.slots if (which := slot.shows) is not None}
    known += [f"ô xám: số liệu {held.label(which)}" for which in Shows if which in shown]
    return Entry(part.name, part.anchor.partition("/")[0], _title(spec, part), _manner(spec), "; ".join(known))


def ended_entry(spec: FormSpec) -> Entry:
    """The line of a form that the period no longer has, with the reason."""
    return Entry(None, spec.number, spec.title_vi, spec.note_vi, "")


def write_contents(sheet: Worksheet, styles: Styles, entries: list[Entry]) -> None:
    """Write the list onto its sheet, which was added where it is to stand."""
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    sheet.merge_range(
        0, 0, 0, 3, "MỤC LỤC CÁC BIỂU PHẢI NỘP TRONG KỲ", styles.get(bold=True, font_size=14, align="center")
    )
    sheet.merge_range(1, 0, 1, 3, ADVICE, styles.get(italic=True, text_wrap=True))
    sheet.set_row(1, 34)
    for index, heading in enumerate(HEADINGS):
        sheet.write_string(3, index, heading, styles.header())
    cell, link = styles.get(border=1, text_wrap=True), styles.get(border=1, text_wrap=True, **LINK)
    for row, entry in enumerate(entries, start=4):
        sheet.write_string(row, 0, entry.number, cell)
        if entry.sheet is None:
            sheet.write_string(row, 1, entry.title, cell)
        else:
            sheet.write_url(row, 1, address_of(entry.sheet), link, entry.title)
        sheet.write_string(row, 2, entry.manner, cell)
        sheet.write_string(row, 3, entry.known, cell)
        texts = (entry.number, entry.title, entry.manner, entry.known)
        wraps = any(len(text) > width for text, width in zip(texts, WIDTHS, strict=True))
        sheet.set_row(row, (50 if entry.sheet is None else 34) if wraps else 18)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.protect("", PROTECTION)


def address_of(sheet: str) -> str:
    """A link to the first cell of a sheet of the same workbook."""
    return f"internal:'{sheet}'!A1"


def _title(spec: FormSpec, part: SheetSpec) -> str:
    name = part.name.partition(". ")[2]
    return f"{spec.title_vi} ({name})" if len(spec.sheets) > 1 and name else spec.title_vi


def _manner(spec: FormSpec) -> str:
    if spec.register is Register.LASTING:
        manner = "Sổ theo dõi: giữ nguyên các dòng cũ, cập nhật tình trạng, thêm dòng mới"
    elif spec.register is Register.YEAR:
        manner = "Sổ theo dõi trong năm: giữ nguyên các dòng đã báo cáo, thêm dòng mới"
    elif spec.rows == "free":
        manner = "Mỗi dòng một khoản; thêm dòng khi cần"
    else:
        manner = "Các dòng đã có sẵn, nhập vào ô trắng"
    return manner if spec.nil_allowed else f"{manner} (bắt buộc)"
