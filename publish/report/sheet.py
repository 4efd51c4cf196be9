"""One official table on a sheet of paper: title block, merged headings, numbered columns, body, notes, signatures.

Belongs here: everything about cells, formats and the page. Numbers are written as numbers in the format of the column,
every text as text, whatever it begins with. Does not belong here: what the numbers are (table.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from publish.extract import is_risky
from publish.report.table import Figure, Leaf, Table, TableRow
from publish.snapshot import DRAFT_VI

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "Times New Roman"
MILLION = 1_000_000
A4 = 9
NARROW, UPRIGHT_LINES = 6, 9  # width of columns whose headings stand upright, and the lines that these take
LINE = 15.5  # points of a line of the body
SMALL_LETTERS = 1.35  # of a note, on a unit of column width
# Excel takes the signs of a number from the reader's system; LibreOffice takes them from the language named here.
VIETNAMESE = "[$-42A]"
NUMBER_FORMATS = {
    "million": f"{VIETNAMESE}#,##0.0",
    "count": f"{VIETNAMESE}#,##0",
    "percent": f"{VIETNAMESE}#,##0.0",
    "date": "dd/mm/yyyy",
}
MARKS = {0: "CĐ", 1: "Đ"}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "total": {"bold": True, "bg_color": "#EDEDED"},
    "section": {"bold": True},
    "item": {},
    "detail": {"italic": True},
    "footer": {"bold": True, "italic": True},
}
MIDDLE = {"align": "center", "valign": "vcenter", "text_wrap": True}


@dataclass(frozen=True)
class Placed:
    """A figure and the cell that it stands in."""

    sheet: str
    cell: str
    row: str
    column: str
    figure: Figure


@dataclass(frozen=True)
class Paper:
    """What stands on every sheet beside its table."""

    agency: tuple[str, str]
    signatory: str
    snapshot_line: str
    is_draft: bool


class SheetWriter:
    """Writes tables into one workbook; formats are made once."""

    def __init__(self, book: Workbook, paper: Paper) -> None:
        self._book = book
        self._paper = paper
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self, name: str, table: Table, notes: Sequence[str]) -> list[Placed]:
        """The sheet `name`; where its figures stand."""
        sheet = self._book.add_worksheet(name)
        last = len(table.leaves) - 1
        for number, leaf in enumerate(table.leaves):
            sheet.set_column(number, number, leaf.spec.width)
        first = self._heading(sheet, table, last)
        top = self._headers(sheet, table.leaves, first)
        placed, row = self._body(sheet, name, table, top)
        row = self._below(sheet, row, table.leaves, notes)
        self._signatures(sheet, row + 1, last)
        self._page(sheet, first, top, row)
        return placed

    def format(self, **properties: Any) -> Format:
        """One format of the workbook, in the hand of official papers."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self._formats[key]

    def _heading(self, sheet: Worksheet, table: Table, last: int) -> int:
        form, half = table.form, _half(table.leaves)
        number = f"{form.number_vi} – {form.model_vi}" if form.model_vi else form.number_vi
        self._across(sheet, 0, half + 1, last, number, align="right", bold=True, italic=True)
        if self._paper.is_draft:
            self._across(sheet, 0, 0, half, DRAFT_VI, bold=True, font_color="#C00000")
        state = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
        for row, (left, right) in enumerate(zip(self._paper.agency, state, strict=True), start=1):
            self._across(sheet, row, 0, half, left, bold=row == 2, **MIDDLE)
            self._across(sheet, row, half + 1, last, right, bold=True, underline=row == 2, **MIDDLE)
        title = table.words.text(form.title_vi)
        self._across(sheet, 4, 0, last, title, bold=True, font_size=14, **MIDDLE)
        sheet.set_row(4, 22 * ceil(len(title) * 1.4 / _width(table.leaves)))
        letter = "(Kèm theo Báo cáo số ........./BC-......... ngày ..... tháng ..... năm .........)"
        self._across(sheet, 5, 0, last, letter, italic=True, **MIDDLE)
        if form.unit_vi:
            self._across(sheet, 6, 0, last, f"Đơn vị tính: {form.unit_vi}", italic=True, align="right")
        return 7

    def _headers(self, sheet: Worksheet, leaves: Sequence[Leaf], first: int) -> int:
        """The merged headings and the row of column numbers; the row below them."""
        depth = max(len(leaf.path) for leaf in leaves)
        bold = self.format(bold=True, border=1, bg_color="#DDEBF7", **MIDDLE)
        upright = self.format(bold=True, border=1, bg_color="#DDEBF7", rotation=90, **MIDDLE)
        lines = [1.0] * depth
        for level in range(depth):
            start = 0
            while start < len(leaves):
                path, end = leaves[start].path, start
                if level >= len(path):
                    start += 1
                    continue
                is_leaf = level == len(path) - 1
                while not is_leaf and end + 1 < len(leaves) and _is_below(leaves[end + 1].path, path[: level + 1]):
                    end += 1
                bottom = first + (depth - 1 if is_leaf else level)
                width = sum(leaf.spec.width for leaf in leaves[start : end + 1])
                is_upright = width <= NARROW and len(path[level]) > width
                form = upright if is_upright else bold
                self._merge(sheet, first + level, start, bottom, end, path[level], form)
                lengthwise = UPRIGHT_LINES if is_upright else _lines(path[level], width)
                needed = lengthwise / (bottom - first - level + 1)
                for row in range(level, bottom - first + 1):
                    lines[row] = max(lines[row], needed)
                start = end + 1
        for level, needed in enumerate(lines):
            sheet.set_row(first + level, 16 * ceil(needed) + 2)
        numbered = self.format(italic=True, font_size=9, border=1, **MIDDLE)
        for number in range(len(leaves)):
            sheet.write_string(first + depth, number, f"({number + 1})", numbered)
        return first + depth + 1

    def _body(self, sheet: Worksheet, name: str, table: Table, top: int) -> tuple[list[Placed], int]:
        from xlsxwriter.utility import xl_rowcol_to_cell

        placed, row = [], top
        for told in table.rows:
            texts = ((cell.value, leaf.spec.width) for leaf, cell in zip(table.leaves, told.cells, strict=True))
            tallest = max((_lines(value, width) for value, width in texts if isinstance(value, str)), default=1)
            sheet.set_row(row, LINE * tallest)
            for number, (leaf, figure) in enumerate(zip(table.leaves, told.cells, strict=True)):
                self._cell(sheet, row, number, told, leaf, figure)
                if figure.query is not None:
                    label = " ".join(filter(None, (told.stt, told.label)))
                    column = " / ".join(" ".join(part.split()) for part in leaf.path)
                    placed.append(Placed(name, xl_rowcol_to_cell(row, number), label, column, figure))
            row += 1
        if not table.rows:
            empty = self.format(italic=True, border=1, **MIDDLE)
            self._merge(sheet, row, 0, row, len(table.leaves) - 1, table.words.text(table.form.empty_vi), empty)
            row += 1
        return placed, row

    def _cell(self, sheet: Worksheet, row: int, number: int, told: TableRow, leaf: Leaf, figure: Figure) -> None:
        style = {**STYLES[told.style], "border": 1, "valign": "vcenter"}
        value = figure.value
        if value is None or value == "":
            sheet.write_blank(row, number, None, self.format(**style))
        elif figure.format == "mark":
            sheet.write_string(row, number, MARKS[int(value)], self.format(**style, align="center"))
        elif isinstance(value, date):
            sheet.write_datetime(row, number, value, self.format(**style, num_format=NUMBER_FORMATS["date"]))
        elif isinstance(value, int | Decimal | float) and not isinstance(value, bool):
            shown = value / MILLION if figure.format == "million" else value
            sheet.write_number(
                row,
                number,
                float(shown),
                self.format(**style, indent=1, align="right", num_format=_number_format(figure)),
            )
        else:
            align = "center" if leaf.spec.shows == "stt" or leaf.spec.width < 16 else "left"
            if is_risky(str(value)):
                style["quote_prefix"] = True
            sheet.write_string(row, number, str(value), self.format(**style, text_wrap=True, align=align))

    def _below(self, sheet: Worksheet, row: int, leaves: Sequence[Leaf], notes: Sequence[str]) -> int:
        for text in (*notes, self._paper.snapshot_line):
            self._across(sheet, row, 0, len(leaves) - 1, text, italic=True, font_size=9, text_wrap=True, valign="top")
            sheet.set_row(row, 13 * ceil(len(text) / (SMALL_LETTERS * _width(leaves))))
            row += 1
        return row

    def _signatures(self, sheet: Worksheet, row: int, last: int) -> None:
        half = max(last // 2, 1)
        self._across(
            sheet, row, half, last, "................, ngày ..... tháng ..... năm .........", italic=True, **MIDDLE
        )
        self._across(sheet, row + 1, 0, half - 1, "NGƯỜI LẬP BIỂU", bold=True, **MIDDLE)
        self._across(sheet, row + 1, half, last, self._paper.signatory, bold=True, **MIDDLE)
        self._across(sheet, row + 2, 0, half - 1, "(Ký, ghi rõ họ tên)", italic=True, **MIDDLE)
        self._across(sheet, row + 2, half, last, "(Ký tên, đóng dấu)", italic=True, **MIDDLE)

    def _page(self, sheet: Worksheet, first: int, top: int, last_row: int) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(first, top - 1)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.freeze_panes(top, 2)
        if self._paper.is_draft:
            sheet.set_header(f'&C&"{FONT},Bold"&KC00000{DRAFT_VI}')
        sheet.set_footer(f'&L&"{FONT}"&8{self._paper.snapshot_line}&R&8Trang &P/&N')

    def _across(self, sheet: Worksheet, row: int, first: int, last: int, text: str, **properties: Any) -> None:
        self._merge(sheet, row, first, row, last, text, self.format(**properties))

    def _merge(self, sheet: Worksheet, top: int, left: int, bottom: int, right: int, text: str, form: Format) -> None:
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, "", form)
        sheet.write_string(top, left, text, form)


def _number_format(figure: Figure) -> str:
    if figure.format in NUMBER_FORMATS:
        return NUMBER_FORMATS[figure.format]
    exact = Decimal(str(figure.value)).normalize()
    decimals = max(-int(exact.as_tuple().exponent), 0)
    return f"{VIETNAMESE}#,##0{'.' + '0' * min(decimals, 2) if decimals else ''}"


def _half(leaves: Sequence[Leaf]) -> int:
    """The last column of the left half of the page."""
    whole, width = _width(leaves), 0.0
    for number, leaf in enumerate(leaves[:-1]):
        width += leaf.spec.width
        if width >= whole * 0.42:
            return number
    return len(leaves) - 2


def _width(leaves: Sequence[Leaf]) -> float:
    return sum(leaf.spec.width for leaf in leaves)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; letters are a little narrower than the digit that widths are counted in."""
    return sum(ceil(max(len(line), 1) * 0.95 / width) for line in text.split("\n"))


def _is_below(path: Sequence[str], heading: Sequence[str]) -> bool:
    return len(path) > len(heading) and tuple(path[: len(heading)]) == tuple(heading)
