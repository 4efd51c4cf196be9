"""The answer to a file that cannot be edited: a workbook of its own with the sheet "Cần sửa".

Belongs here: the same list for .xls, .xlsb, .ods, .csv, encrypted, damaged and signed files, where cells are named
rather than linked. Does not belong here: what it says (lines.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.answer.fix_sheet import (
    ENTRY_COLUMN,
    ENTRY_FILL,
    HEADING_FILL,
    NO_ENTRY_FILL,
    WIDTHS,
    information_words,
    row_height,
    title_height,
)
from expectations.answer.lines import FixList, Line
from expectations.answer.package import plain
from expectations.answer.words import COLOURS
from expectations.catalogue import Severity
from ingest.fix_list import HEADINGS, HIDDEN_HEADINGS, SHEET_NAME

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
FRAMED = {**FONT, "border": 1, "border_color": "#A6A6A6"}


def write_findings_book(content: FixList, path: Path) -> None:
    """Write the list as a workbook of one sheet."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(SHEET_NAME)
        row = _write_headings(book, sheet, content)
        _write_lines(book, sheet, content, row)


def _write_headings(book: Workbook, sheet: Worksheet, content: FixList) -> int:
    """Titles and headings; returns the row below them, from zero."""
    row = 0
    looks: tuple[dict[str, Any], ...] = ({"bold": True, "font_size": 14}, {}, {"bold": True, "font_size": 12}, {})
    for heading in content.headings:
        titles = (heading.title, heading.file, heading.verdict, heading.next_step)
        for text, look in zip(titles, looks, strict=True):
            sheet.merge_range(row, 0, row, ENTRY_COLUMN, "", book.add_format({**FONT, **look}))
            sheet.write_string(row, 0, plain(text), book.add_format({**FONT, **look}))
            sheet.set_row(row, title_height(text))
            row += 1
    head = {"bold": True, "font_color": "#FFFFFF", "bg_color": f"#{HEADING_FILL}", "align": "center"}
    for column, text in enumerate((*HEADINGS, *HIDDEN_HEADINGS)):
        sheet.write_string(row, column, text, book.add_format({**FRAMED, **head, "valign": "vcenter"}))
    sheet.set_row(row, 33)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(len(WIDTHS), len(WIDTHS) + 40, 9, None, {"hidden": True})
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)
    sheet.hide_gridlines(2)
    sheet.set_tab_color("#C00000")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer("&C&P / &N")
    sheet.outline_settings(symbols_below=False)
    return row + 1


def _write_lines(book: Workbook, sheet: Worksheet, content: FixList, row: int) -> None:
    text = book.add_format(FRAMED)
    entries = {
        True: book.add_format({**FRAMED, "bg_color": f"#{ENTRY_FILL}", "locked": False}),
        False: book.add_format({**FRAMED, "bg_color": f"#{NO_ENTRY_FILL}"}),
    }
    severities = {severity: book.add_format(_severity_look(severity)) for severity in Severity}
    information = [line for line in content.lines if line.severity is Severity.INFO]
    for number, line in enumerate(content.lines, start=1):
        hidden: dict[str, Any] = {}
        if line.severity is Severity.INFO and len(information) < len(content.lines):
            if line is information[0]:
                words = information_words(len(information))
                sheet.merge_range(row, 0, row, ENTRY_COLUMN, words, severities[Severity.INFO])
                sheet.set_row(row, 20, None, {"collapsed": True})
                row += 1
            hidden = {"level": 1, "hidden": True}
        sheet.set_row(row, row_height(line), None, hidden)
        sheet.write_number(row, 0, number, text)
        sheet.write_string(row, 1, line.severity_words, severities[line.severity])
        for column, shown in enumerate(_shown(line), start=2):
            _write_text(sheet, row, column, shown, text)
        entry = entries[line.takes_justification]
        _write_text(sheet, row, ENTRY_COLUMN, line.justification, entry)
        for column, said in enumerate((line.rule_id, line.sheet or "", *line.hidden_cells), start=len(HEADINGS)):
            _write_text(sheet, row, column, said)
        row += 1


def _write_text(sheet: Worksheet, row: int, column: int, text: str, look: Any = None) -> None:
    """Text as text; an empty cell is left empty, and keeps its look."""
    if text:
        sheet.write_string(row, column, plain(text), look)
    else:
        sheet.write_blank(row, column, None, look)


def _shown(line: Line) -> tuple[str, ...]:
    return (line.sheet or "(cả tệp)", line.place, line.message, line.value, line.expected, line.legal_source)


def _severity_look(severity: Severity) -> dict[str, Any]:
    fill, font = COLOURS[severity]
    return {**FRAMED, "bold": True, "bg_color": f"#{fill}", "font_color": f"#{font}"}
