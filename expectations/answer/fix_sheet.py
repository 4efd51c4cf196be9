"""The sheet "Cần sửa" as a part of the sender's own workbook.

Belongs here: its XML. All text is written as literal text, so that nothing a sender typed becomes a formula. Does not
belong here: what it says (lines.py), its place in the workbook (workbook_part.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from expectations.answer.lines import FixList, Heading, Line
from expectations.answer.package import plain
from expectations.answer.styles import Styles
from expectations.answer.words import COLOURS, SEVERITY_WORDS
from expectations.answer.worksheet import MAIN
from expectations.catalogue import Severity
from ingest.fix_list import HEADINGS, HIDDEN_HEADINGS
from ingest.reader import cell_address

WIDTHS = (6, 17, 14, 18, 58, 20, 26, 24, 34)  # characters, by heading
LINE_HEIGHT, MOST_HEIGHT = 15.5, 400  # points; Excel takes no row above 409
ENTRY_COLUMN = len(HEADINGS) - 1
TEXT_FONT = '<sz val="11"/><name val="Times New Roman"/><family val="1"/>'
SIDES = "".join(f'<{side} style="thin"><color rgb="FFA6A6A6"/></{side}>' for side in ("left", "right", "top", "bottom"))
BORDER = f"{SIDES}<diagonal/>"
ENTRY_FILL, NO_ENTRY_FILL, HEADING_FILL = "FFFFE5", "F2F2F2", "1F4E78"


def sheet_xml(content: FixList, styles: Styles, sheets: Mapping[str, bool]) -> tuple[bytes, int]:
    """The part of the sheet, and the row number (from one) of its headings.

    sheets: those of the workbook and whether they are visible; a link leads to these only.
    """
    looks = _Looks(styles)
    rows, merges, links = _Rows(), [], []
    for heading in content.headings:
        for text, style in _titles(heading, looks):
            row = rows.add([(0, text, style)], height=title_height(text))
            merges.append(f"A{row}:{cell_address(row - 1, ENTRY_COLUMN)}")
    headings = [(column, text, looks.heading) for column, text in enumerate(HEADINGS)]
    hidden = [(len(HEADINGS) + column, text, looks.plain) for column, text in enumerate(HIDDEN_HEADINGS)]
    heading_row = rows.add([*headings, *hidden], height=33)
    told = [line for line in content.lines if line.severity is not Severity.INFO]
    information = [line for line in content.lines if line.severity is Severity.INFO]
    for number, line in enumerate(told, start=1):
        row = rows.add(_cells(number, line, looks, sheets), height=row_height(line))
        links += _link(line, row, sheets)
    folded = 'hidden="1" outlineLevel="1"' if told else ""
    if information and told:
        row = rows.add([(0, information_words(len(information)), looks.summary)], attributes='collapsed="1"', height=20)
        merges.append(f"A{row}:{cell_address(row - 1, ENTRY_COLUMN)}")
    for number, line in enumerate(information, start=len(told) + 1):
        cells = _cells(number, line, looks, sheets)
        row = rows.add(cells, attributes=folded, height=row_height(line))
        links += _link(line, row, sheets)
    return _document(rows, merges, links, heading_row, bool(folded)).encode(), heading_row


def information_words(count: int) -> str:
    """What stands in place of the folded lines that ask for nothing."""
    return f"{SEVERITY_WORDS[Severity.INFO]}: {count} nội dung, không phải sửa (bấm dấu + ở lề trái để xem)"


class _Looks:
    """The cell formats of the sheet."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    @cached_property
    def title(self) -> int:
        return self._styles.xf(font=_font(14, is_bold=True), alignment='vertical="center" wrapText="1"')

    @cached_property
    def plain(self) -> int:
        return self._styles.xf(font=TEXT_FONT, alignment='vertical="top" wrapText="1"')

    @cached_property
    def strong(self) -> int:
        return self._styles.xf(font=_font(12, is_bold=True), alignment='vertical="center" wrapText="1"')

    @cached_property
    def heading(self) -> int:
        return self._styles.xf(
            font=_font(11, is_bold=True, colour="FFFFFF"),
            fill=HEADING_FILL,
            border=BORDER,
            alignment='horizontal="center" vertical="center" wrapText="1"',
        )

    @cached_property
    def text(self) -> int:
        return self._styles.xf(font=TEXT_FONT, border=BORDER, alignment='vertical="top" wrapText="1"')

    @cached_property
    def number(self) -> int:
        return self._styles.xf(font=TEXT_FONT, border=BORDER, alignment='horizontal="center" vertical="top"')

    @cached_property
    def link(self) -> int:
        font = '<u/><sz val="11"/><color rgb="FF0563C1"/><name val="Times New Roman"/><family val="1"/>'
        return self._styles.xf(font=font, border=BORDER, alignment='vertical="top" wrapText="1"')

    @cached_property
    def entry(self) -> int:
        return self._styles.xf(
            font=TEXT_FONT,
            fill=ENTRY_FILL,
            border=BORDER,
            alignment='vertical="top" wrapText="1"',
            is_locked=False,
        )

    @cached_property
    def no_entry(self) -> int:
        return self._styles.xf(font=TEXT_FONT, fill=NO_ENTRY_FILL, border=BORDER, alignment='vertical="top"')

    @cached_property
    def summary(self) -> int:
        fill, colour = COLOURS[Severity.INFO]
        font = _font(11, is_bold=True, colour=colour)
        return self._styles.xf(font=font, fill=fill, border=BORDER, alignment='vertical="center"')

    def severity(self, severity: Severity) -> int:
        fill, colour = COLOURS[severity]
        font = _font(11, is_bold=True, colour=colour)
        return self._styles.xf(font=font, fill=fill, border=BORDER, alignment='vertical="top" wrapText="1"')


class _Rows:
    """Rows of the sheet as they are written, one below the other."""

    def __init__(self) -> None:
        self.xml: list[str] = []

    def add(self, cells: Sequence[tuple[int, str | int, int]], *, height: float, attributes: str = "") -> int:
        """Append a row of (column, content, format); returns its number from one."""
        row = len(self.xml) + 1
        shown = "".join(_cell(cell_address(row - 1, column), content, style) for column, content, style in cells)
        self.xml.append(f'<row r="{row}" ht="{height:g}" customHeight="1" {attributes}>{shown}</row>')
        return row


def _titles(heading: Heading, looks: _Looks) -> list[tuple[str, int]]:
    return [
        (heading.title, looks.title),
        (heading.file, looks.plain),
        (heading.verdict, looks.strong),
        (heading.next_step, looks.plain),
    ]


def _cells(number: int, line: Line, looks: _Looks, sheets: Mapping[str, bool]) -> list[tuple[int, str | int, int]]:
    is_hidden = not sheets.get(line.sheet or "", True)
    sheet = f"{line.sheet} (trang đang ẩn)" if is_hidden else line.sheet or "(cả tệp)"
    entry = looks.entry if line.takes_justification else looks.no_entry
    shown: tuple[tuple[str | int, int], ...] = (
        (number, looks.number),
        (line.severity_words, looks.severity(line.severity)),
        (sheet, looks.text),
        (line.place, looks.link if _link(line, 1, sheets) else looks.text),
        (line.message, looks.text),
        (line.value, looks.text),
        (line.expected, looks.text),
        (line.legal_source, looks.text),
        (line.justification, entry),
    )
    hidden = (line.rule_id, line.sheet or "", *line.hidden_cells)
    return [
        *((column, content, style) for column, (content, style) in enumerate(shown)),
        *((len(HEADINGS) + column, content, looks.plain) for column, content in enumerate(hidden)),
    ]


def _link(line: Line, row: int, sheets: Mapping[str, bool]) -> list[str]:
    if line.link is None or line.sheet is None or not sheets.get(line.sheet):
        return []
    sheet = line.sheet.replace("'", "''")
    return [f'<hyperlink ref="D{row}" location={quoteattr(plain(f"{chr(39)}{sheet}{chr(39)}!{line.link}"))}/>']


def _cell(address: str, content: str | int, style: int) -> str:
    if isinstance(content, int):
        return f'<c r="{address}" s="{style}"><v>{content}</v></c>'
    if not content:
        return f'<c r="{address}" s="{style}"/>'
    text = escape(plain(content))
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _document(rows: _Rows, merges: list[str], links: list[str], heading_row: int, has_groups: bool) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, start=1)
    )
    first_hidden = len(WIDTHS) + 1
    levels = ' outlineLevelRow="1"' if has_groups else ""
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFC00000"/><outlinePr summaryBelow="0"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{heading_row}" topLeftCell="A{heading_row + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{heading_row + 1}" sqref="A{heading_row + 1}"/></sheetView>'
        f'</sheetViews><sheetFormatPr defaultRowHeight="15"{levels}/><cols>{columns}'
        f'<col min="{first_hidden}" max="{first_hidden + 40}" width="9" hidden="1" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows.xml)}</sheetData>"
        f'<mergeCells count="{len(merges)}">{merged}</mergeCells>{linked}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _font(size: int, *, is_bold: bool = False, colour: str = "000000") -> str:
    bold = "<b/>" if is_bold else ""
    return f'{bold}<sz val="{size}"/><color rgb="FF{colour}"/><name val="Times New Roman"/><family val="1"/>'


def row_height(line: Line) -> float:
    shown = (
        (line.severity_words, 1),
        (line.sheet or "", 2),
        (line.place, 3),
        (line.message, 4),
        (line.value, 5),
        (line.expected, 6),
        (line.legal_source, 7),
        (line.justification, 8),
    )
    return max(_height(text, WIDTHS[column]) for text, column in shown)


def title_height(text: str) -> float:
    """Points that a line over the whole width needs."""
    return _height(text, sum(WIDTHS) - 20) + 4


def _height(text: str, width: int) -> float:
    """Points that a wrapped text takes in a column of a width in characters; programs do not fit rows on opening."""
    lines = sum(max(1, ceil(len(part) * 0.87 / width)) for part in text.split("\n"))
    return min(MOST_HEIGHT, lines * LINE_HEIGHT + 4)
