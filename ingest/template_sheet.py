"""One sheet of a form in the template: title block, header, rows, totals, signatures.

Belongs here: the order of rows and columns of tables and matrices. What the rows are is in template_rows.py, what
cells look like in template_layout.py.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ingest.own_sheets import CONTENTS_SHEET
from ingest.spec import Column, ColumnType, FormSpec, Position, SheetSpec, Shows
from ingest.template_book import MILLION, AsTyped, Book, CellKey, day_text
from ingest.template_contents import BACK, LINK, address_of
from ingest.template_held import HeldOfForm
from ingest.template_layout import (
    LINE_HEIGHT,
    Slot,
    add_validation,
    set_up_page,
    slots_of,
    width_of,
    write_header,
    write_signatures,
    write_title_block,
)
from ingest.template_rows import axis_values, template_rows

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

BLANK_ROWS = 200  # rows of a free form to fill in
SPARE_ROWS = 20  # blank rows below those already filled
TOTAL = "total"
MET = ("D", "KAD")  # a criterion that does not apply is met

Values = Mapping[str, object]


class FormSheet:
    """A sheet of one form in one workbook. `filled` is None in a blank template."""

    def __init__(self, book: Book, spec: FormSpec, part: SheetSpec, filled: Sequence[Values] | None) -> None:
        self.book = book
        self.spec = spec
        self.part = part
        self.filled = filled
        self.sheet: Worksheet = book.workbook.add_worksheet(part.name)
        self.axis_labels = axis_values(spec, part, book.unit, filled)
        self.held = HeldOfForm(spec, book.unit.period, book.held)
        self.slots = slots_of(spec, list(self.axis_labels), self.held)
        rows = self.held.carried_rows() if filled is None else filled
        own = [row for row in rows if part.criteria_set_code in (None, row.get("criteria_set_code"))]
        self.wanted: list[Values] = own

    def write(self, *, has_contents: bool = False) -> None:
        """Write the whole sheet, with a way back to the list of contents where the workbook has one."""
        unit, styles = self.book.unit, self.book.styles
        widths = [width_of(slot.column) for slot in self.slots]
        has_money = any(column.type is ColumnType.MONEY for column in self.spec.columns)
        top = write_title_block(
            self.sheet,
            styles,
            issuer=self.book.issuer,
            anchor=self.part.anchor,
            title=self.spec.title_vi,
            subtitle=f"{unit.name_vi}, {unit.period['label_vi']}, số liệu đến ngày {day_text(unit.closing_day)}",
            unit_note="Đơn vị tính: triệu đồng" if has_money else None,
            widths=widths,
        )
        if has_contents:
            self.sheet.write_url(1, 0, address_of(CONTENTS_SHEET), styles.get(**LINK), BACK)
        first = write_header(self.sheet, styles, top, self.slots, self.axis_labels)
        self._say_of_when(first - 2)
        last = self._write_free_rows(first) if self.spec.rows == "free" else self._write_fixed_rows(first)
        write_signatures(self.sheet, styles, last + 2, widths)
        set_up_page(self.sheet, self.spec, widths, top, first)

    def _say_of_when(self, row: int) -> None:
        """A comment on the first heading of each kind of earlier value: the report that it was taken from.

        No cell says so: a sheet on which another period is printed would be taken for one of that period.
        """
        for which in Shows:
            first = next((slot for slot in self.slots if slot.shows is which), None)
            if first is not None:
                words = f"Số liệu Văn phòng đang giữ: {self.held.label(which)}. Ô xám chỉ để xem, không phải nhập."
                self.sheet.write_comment(row, first.index, words, {"x_scale": 1.6, "y_scale": 0.7})

    def _write_fixed_rows(self, first: int) -> int:
        """Rows the office laid out, each with the values sent for it; returns the first row below."""
        by_row = self._values_by_row()
        row, criterion = first, object()
        met: Counter[str] = Counter()  # axis value -> rows marked as met
        for laid_out in template_rows(self.spec, self.part, self.book.unit, self.filled):
            groups = by_row.get(tuple(laid_out[name] for name in self._row_key()), {})
            of_row = self._of_row(laid_out, groups)
            self._fit_height(row, laid_out)
            opens = "criterion_no" in laid_out and laid_out["criterion_no"] != criterion
            criterion = laid_out.get("criterion_no")
            keys = {value: self._key(of_row, value) for value in (None, *self.axis_labels)}
            for slot in self.slots:
                source = of_row if slot.axis_value is None else groups.get(slot.axis_value, {})
                self._write(row, slot, source, keys[slot.axis_value], opens_group=opens)
                is_mark = slot.column.code_list == "verdict" and slot.shows is None
                if is_mark and slot.axis_value and source.get(slot.column.name) in MET:
                    met[slot.axis_value] += 1
            row += 1
        self._validate(first, row - 1)
        if self.spec.total_label and row > first:
            self._write_count_row(first, row, met)
            row += 1
        return row

    def _fit_height(self, row: int, laid_out: Values) -> None:
        """Room for the longest text that the office laid out in the row."""
        texts = ((str(laid_out.get(slot.column.name) or ""), width_of(slot.column)) for slot in self.slots)
        lines = max(len(textwrap.wrap(text, width)) for text, width in texts)
        if lines > 1:
            self.sheet.set_row(row, lines * LINE_HEIGHT)

    def _row_key(self) -> list[str]:
        axis = self.spec.axis
        return [name for name in self.spec.key if name != "criteria_set_code" and (axis is None or name != axis.name)]

    def _values_by_row(self) -> dict[tuple[object, ...], dict[object, Values]]:
        """Row key -> axis value (None without an axis) -> the values sent."""
        axis = self.spec.axis
        found: dict[tuple[object, ...], dict[object, Values]] = {}
        for values in self.wanted:
            groups = found.setdefault(tuple(values[name] for name in self._row_key()), {})
            groups[values[axis.name] if axis else None] = values
        return found

    def _of_row(self, laid_out: Values, groups: Mapping[object, Values]) -> dict[str, object]:
        """Fields of the sheet row: what the office laid out, and what any of its groups says of the row."""
        of_row: dict[str, object] = {**laid_out, "criteria_set_code": self.part.criteria_set_code}
        entered = [column.name for column in self.spec.columns_at(Position.ROW) if column.name not in laid_out]
        for values in groups.values():
            of_row |= {name: values[name] for name in entered if name in values}
        return of_row

    def _write_free_rows(self, first: int) -> int:
        """Rows the unit adds itself, after the total where there is one; returns the first row below."""
        start = first + 1 if self.spec.total_label else first
        wanted = self._free_rows()
        end = start + (len(wanted) + SPARE_ROWS if self.filled else max(BLANK_ROWS, len(wanted) + SPARE_ROWS))
        for row in range(start, end):
            values, groups = wanted[row - start] if row - start < len(wanted) else ({}, {})
            keys = {value: self._key(values, value) if values else None for value in (None, *self.axis_labels)}
            for slot in self.slots:
                source = values if slot.axis_value is None else groups.get(slot.axis_value, {})
                self._write(row, slot, source, keys[slot.axis_value])
        self._validate(start, end - 1)
        if self.spec.total_label:
            self._write_sum_row(first, start, end - 1)
        return end

    def _free_rows(self) -> list[tuple[Values, Mapping[object, Values]]]:
        """Rows the unit sends: their own fields, and in a matrix those of each axis value."""
        if self.spec.axis is None:
            return [(values, {}) for values in self.wanted]
        return [(self._of_row({}, groups), groups) for groups in self._values_by_row().values()]

    def _write(
        self, row: int, slot: Slot, source: Values, key: tuple[object, ...] | None, *, opens_group: bool = False
    ) -> None:
        column = slot.column
        if slot.shows is not None:
            earlier = self.held.value(key, column, slot.shows) if key is not None else None
            self.book.write_value(self.sheet, row, slot.index, self.spec, column, earlier, opens_group=opens_group)
            return
        value = source.get(column.name)
        self.book.write_value(self.sheet, row, slot.index, self.spec, column, value, opens_group=opens_group)
        if key is not None:
            self.book.note((self.spec.form, key, column.name), self.sheet, row, slot.index)

    def _key(self, values: Values, axis_value: str | None) -> tuple[object, ...]:
        axis = self.spec.axis
        parts = (axis_value if axis and name == axis.name else values.get(name) for name in self.spec.key)
        return tuple(part.value if isinstance(part, AsTyped) else part for part in parts)

    def _write_sum_row(self, row: int, start: int, end: int) -> None:
        from xlsxwriter.utility import xl_range

        self._write_total_label(row)
        for slot in self.slots[1:]:
            column = slot.column
            if column.type is ColumnType.MONEY and slot.shows is None:
                amounts = [values.get(column.name) for values in self.wanted]
                total = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0)) / MILLION
                formula = f"=SUM({xl_range(start, slot.index, end, slot.index)})"
                self._write_total(row, slot.index, (self.spec.form, (TOTAL,), column.name), formula, total, column)

    def _write_count_row(self, first: int, row: int, met: Mapping[str, int]) -> None:
        from xlsxwriter.utility import xl_range

        labels = [self.book.unit.labels("verdict")[code] for code in MET]
        self._write_total_label(row)
        for slot in self.slots[1:]:
            if slot.axis_value is not None and slot.column.code_list == "verdict" and slot.shows is None:
                key = (self.spec.form, (TOTAL, self.part.criteria_set_code, slot.axis_value), slot.column.name)
                cells = xl_range(first, slot.index, row - 1, slot.index)
                formula = "=" + "+".join(f'COUNTIF({cells},"{label}")' for label in labels)
                self._write_total(row, slot.index, key, formula, met[slot.axis_value], slot.column)

    def _write_total_label(self, row: int) -> None:
        style = self.book.styles.total()
        self.sheet.write_string(row, 0, self.spec.total_label or "", style)
        for slot in self.slots[1:]:
            self.sheet.write_blank(row, slot.index, None, style)

    def _write_total(
        self, row: int, index: int, key: CellKey, formula: str, value: Decimal | int, column: Column
    ) -> None:
        """A formula with its value computed beforehand, since readers see only the cached one."""
        style = self.book.styles.total(column)
        if key in self.book.printed_totals:
            self.sheet.write(row, index, self.book.printed_totals[key], style)
        else:
            self.sheet.write_formula(row, index, formula, style, value)
        self.book.note(key, self.sheet, row, index)

    def _validate(self, first: int, last: int) -> None:
        if last < first:
            return
        by_column: dict[str, list[Slot]] = {}
        for slot in self.slots:
            if not slot.column.prefilled:
                by_column.setdefault(slot.column.name, []).append(slot)
        for same in by_column.values():
            column = same[0].column
            ranges = [(first, slot.index, last, slot.index) for slot in same]
            add_validation(self.sheet, column, ranges, self.book.source_of(column))
