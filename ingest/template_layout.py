"""How a template workbook looks: formats, title block, headers, drop-downs, page set-up.

Belongs here: everything about cells that does not depend on what a form means. Which rows and values stand on a sheet
is said in template_rows.py; template.py puts both together.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ingest.spec import Column, ColumnType, FormSpec, Layout, Position, Shows
from ingest.template_held import HeldOfForm, shown_column

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LISTS_SHEET = "_danh_muc"
FONT = "Times New Roman"
LINE_HEIGHT = 16  # points of a line of the header
SCREEN_WIDTH = 120  # characters of a title block that fit on a screen; wider merges leave the eye without a centre

NUMBER_FORMATS = {
    ColumnType.INTEGER: "#,##0",
    ColumnType.DECIMAL: "#,##0.##",
    ColumnType.MONEY: "#,##0.0##",
    ColumnType.DATE: "dd/mm/yyyy",
}
WIDTHS = {
    ColumnType.TEXT: 22,
    ColumnType.CODE: 20,
    ColumnType.INTEGER: 11,
    ColumnType.DECIMAL: 10,
    ColumnType.MONEY: 14,
    ColumnType.DATE: 13,
    ColumnType.BOOLEAN: 11,
}
COLUMN_WIDTHS = {
    "indicator_no": 8,
    "indicator_name": 46,
    "part_code": 8,
    "measure_unit": 10,
    "data_year": 8,
    "commune_name": 24,
    "mark": 10,
    "verdict": 9,
    "explanation": 30,
    "place_code": 26,
    "content_code": 34,
    "agency_code": 34,
    "result": 34,
}
ALLOWED = ("select_locked_cells", "select_unlocked_cells", "format_cells", "format_columns", "format_rows")
PROTECTION = dict.fromkeys((*ALLOWED, "insert_rows", "sort", "autofilter"), True)


@dataclass(frozen=True)
class Slot:
    """One worksheet column of a form: a field, and for cells of a matrix the axis value it belongs to."""

    index: int
    column: Column
    axis_value: str | None = None
    shows: Shows | None = None  # the column only shows an earlier value of its field


def slots_of(spec: FormSpec, axis_values: Sequence[str], held: HeldOfForm) -> list[Slot]:
    """The worksheet columns of a table or matrix in order; groups of a matrix stand where its axis column is listed,
    earlier values behind the column that they are of."""
    slots: list[Slot] = []

    def add(column: Column, axis_value: str | None = None) -> None:
        slots.append(Slot(len(slots), column, axis_value))
        for which in held.shows(column):
            slots.append(Slot(len(slots), shown_column(spec.form, column.name, which), axis_value, which))

    for column in spec.columns:
        if column.position is Position.AXIS:
            for value in axis_values:
                for cell in spec.columns_at(Position.CELL):
                    add(cell, value)
        elif column.position is Position.ROW:
            add(column)
    return slots


class Styles:
    """Formats of one workbook, made once per combination of properties."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._entries: dict[tuple[int, bool], Format] = {}

    def get(self, **properties: Any) -> Format:
        properties = {"font_name": FONT, "font_size": 11, "valign": "vcenter", **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def entry(self, column: Column, *, opens_group: bool = False) -> Format:
        """Format of a data cell: prefilled ones locked on grey, entry cells unlocked."""
        known = (id(column), opens_group)  # columns live as long as their spec; hashing one per cell is slow
        if known not in self._entries:
            self._entries[known] = self._entry(column, opens_group)
        return self._entries[known]

    def _entry(self, column: Column, opens_group: bool) -> Format:
        properties: dict[str, Any] = {"border": 1, "border_color": "#9AA5B1"}
        if column.prefilled:
            properties |= {"bg_color": "#ECEFF3", "locked": True, "text_wrap": column.type is ColumnType.TEXT}
        else:
            properties |= {"locked": False}
        if column.type in NUMBER_FORMATS:
            properties["num_format"] = NUMBER_FORMATS[column.type]
        if column.name in ("data_year", "plan_year", "planned_year", "year_recognised"):
            properties["num_format"] = "0"  # a year takes no thousands separator
        if column.type is ColumnType.TEXT and not column.prefilled:
            properties["num_format"] = "@"
        if column.name in ("mark", "verdict", "part_code", "measure_unit", "indicator_no") or column.type in (
            ColumnType.DATE,
            ColumnType.BOOLEAN,
        ):
            properties["align"] = "center"
        if opens_group:
            properties |= {"top": 2, "top_color": "#5B6B7B"}
        return self.get(**properties)

    def header(self) -> Format:
        return self.get(bold=True, align="center", text_wrap=True, border=1, bg_color="#D6E4F0")

    def column_number(self) -> Format:
        return self.get(italic=True, align="center", border=1, font_size=9, font_color="#5B6B7B")

    def total(self, column: Column | None = None) -> Format:
        numbered = column is not None and column.type is ColumnType.MONEY
        return self.get(bold=True, border=1, bg_color="#FFF4D6", num_format="#,##0.0##" if numbered else "#,##0")


def write_title_block(
    sheet: Worksheet,
    styles: Styles,
    *,
    issuer: str,
    anchor: str,
    title: str,
    subtitle: str,
    unit_note: str | None,
    widths: Sequence[int],
) -> int:
    """Write the heading of an official form over columns of the given widths and return the first free row."""
    last = _last_visible(widths)
    middle = max(0, min(last - 1, _last_visible(widths, SCREEN_WIDTH // 3)))
    bold = styles.get(bold=True, align="center")
    _merge(sheet, 0, 0, middle, issuer, bold)
    _merge(sheet, 0, middle + 1, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
    _merge(
        sheet, 1, middle + 1, last, "Độc lập - Tự do - Hạnh phúc", styles.get(bold=True, align="center", underline=1)
    )
    _merge(sheet, 2, middle + 1, last, anchor, styles.get(bold=True, italic=True, align="right"))
    _merge(sheet, 3, 0, last, title.upper(), styles.get(bold=True, align="center", font_size=14))
    _merge(sheet, 4, 0, last, subtitle, styles.get(italic=True, align="center"))
    if unit_note:
        _merge(sheet, 5, middle + 1, last, unit_note, styles.get(italic=True, align="right"))
    sheet.set_row(3, 24)
    return 6


def write_header(
    sheet: Worksheet, styles: Styles, top: int, slots: Sequence[Slot], axis_labels: Mapping[str, str]
) -> int:
    """Write headers (two levels where there are groups) and column numbers; return the first row of data."""
    style = styles.header()
    grouped = bool(axis_labels)
    bottom = top + 1 if grouped else top
    for slot in slots:
        if slot.axis_value is not None:
            sheet.write_string(bottom, slot.index, slot.column.header, style)
        elif grouped:
            sheet.merge_range(top, slot.index, bottom, slot.index, slot.column.header, style)
        else:
            sheet.write_string(top, slot.index, slot.column.header, style)
        sheet.write_string(bottom + 1, slot.index, f"({slot.index + 1})", styles.column_number())
    lines = 3
    for value, label in axis_labels.items():
        group = [slot for slot in slots if slot.axis_value == value]
        _merge(sheet, top, group[0].index, group[-1].index, label, style)
        room = sum(width_of(slot.column) for slot in group) - 1  # bold letters are wider than those a width counts
        lines = max(lines, len(textwrap.wrap(label, room)))
    sheet.set_row(top, lines * LINE_HEIGHT)
    if grouped:
        sheet.set_row(bottom, 32)
    return bottom + 2


def width_of(column: Column) -> int:
    return COLUMN_WIDTHS.get(column.name, WIDTHS[column.type])


def write_signatures(sheet: Worksheet, styles: Styles, row: int, widths: Sequence[int]) -> None:
    last = _last_visible(widths)
    middle = max(0, last // 2)
    bold, note = styles.get(bold=True, align="center"), styles.get(italic=True, align="center")
    for first, final, role in ((0, middle, "NGƯỜI LẬP BIỂU"), (middle + 1, last, "THỦ TRƯỞNG ĐƠN VỊ")):
        if final >= first:
            _merge(sheet, row, first, final, role, bold)
            _merge(sheet, row + 1, first, final, "(Ký, ghi rõ họ tên)", note)


def set_up_page(sheet: Worksheet, spec: FormSpec, widths: Sequence[int], header_top: int, first_data: int) -> None:
    """Widths, frozen headers, print set-up and protection; the caller has written all cells."""
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    if spec.layout is Layout.RECORD:
        sheet.set_portrait()
    else:
        prefilled = 0
        for column in spec.columns:
            if not column.prefilled:
                break
            prefilled += 1
        sheet.freeze_panes(first_data, min(prefilled, 2) or 1)
        sheet.repeat_rows(header_top, first_data - 1)
        sheet.set_landscape()
    sheet.set_paper(8 if len(widths) > 20 else 9)  # A3 for wide forms, A4 otherwise
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.hide_gridlines(2)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD2000"})  # codes and indicator numbers are text on purpose
    sheet.protect("", PROTECTION)


def add_validation(
    sheet: Worksheet, column: Column, ranges: Sequence[tuple[int, int, int, int]], source: str | None
) -> None:
    """Guard the ranges of one field: a drop-down from `source`, else bounds of its type; its help shows on entry."""
    if not ranges:
        return
    options = _validation_of(column, source)
    if options is None:
        return
    if column.help:
        options |= {"input_title": column.header[:32], "input_message": column.help[:255]}
    first, *others = ranges
    if others:
        options["other_cells"] = [list(cells) for cells in others]
    sheet.data_validation(*first, options)


def _validation_of(column: Column, source: str | None) -> dict[str, Any] | None:
    if source is not None:
        return {
            "validate": "list",
            "source": source,
            "error_title": "Không có trong danh mục",
            "error_message": "Chọn một giá trị trong danh sách thả xuống.",
        }
    warning: dict[str, Any] = {"error_type": "warning", "error_title": "Kiểm tra lại giá trị"}
    match column.type:
        case ColumnType.INTEGER | ColumnType.DECIMAL | ColumnType.MONEY:
            kind = "integer" if column.type is ColumnType.INTEGER else "decimal"
            expected = "Nhập một số" if column.unit is None else f"Nhập một số, đơn vị: {column.unit}"
            if column.minimum is not None and column.maximum is not None:
                bounds = {"criteria": "between", "minimum": column.minimum, "maximum": column.maximum}
                expected += f", từ {column.minimum} đến {column.maximum}"
            elif column.minimum is not None:
                bounds = {"criteria": ">=", "value": column.minimum}
                expected += f", không nhỏ hơn {column.minimum}"
            else:
                bounds = {"criteria": "between", "minimum": -999999999, "maximum": 999999999}
            return warning | {"validate": kind, "error_message": expected + "."} | bounds
        case ColumnType.DATE:
            return warning | {
                "validate": "date",
                "criteria": "between",
                "minimum": date(2000, 1, 1),
                "maximum": date(2050, 12, 31),
                "error_message": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 14/03/2023.",
            }
        case ColumnType.TEXT if column.help and not column.prefilled:
            return {"validate": "any"}
        case _:
            return None


def _last_visible(widths: Sequence[int], room: int = SCREEN_WIDTH) -> int:
    """Index of the last column that still fits into `room` characters; at least the second where there is one."""
    used = 0
    for index, width in enumerate(widths):
        used += width
        if used > room:
            return max(index - 1, min(1, len(widths) - 1))
    return len(widths) - 1


def _merge(sheet: Worksheet, row: int, first: int, last: int, text: str, style: Format) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, text, style)
    else:
        sheet.write_string(row, first, text, style)
