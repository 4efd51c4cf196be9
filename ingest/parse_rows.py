"""One located block of a form while its rows are read: from worksheet rows to landing rows.

Belongs here: fields of a row, merged keys, totals. Does not belong here: one cell (parse_fields.py), where the block
stands (layout_tables.py), what its rows are (layout_rows.py), what is wrong with the sheet as a whole (parse.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ingest.code_list import CodeList
from ingest.layout_cells import choice_of_section, fields_of, indicator_of, is_named_as_another
from ingest.layout_rows import NUMERIC, Line, RowKind
from ingest.layout_tables import Field, Group, Table
from ingest.layout_units import unit_in_heading
from ingest.parse_fields import (
    Row,
    Setting,
    as_indicator_no,
    asked_beside_us_order,
    axis_value,
    is_month_first,
    new_row,
    put,
    read_field,
    tell_damage,
    tell_repair,
    with_original,
)
from ingest.problem import Problem
from ingest.reader import CellValue, cell_address
from ingest.spec import Column, ColumnType
from ingest.values import AMBIGUOUS, UNREADABLE, FieldValue, says_nothing, text_of


class Block:
    """One block of a table or matrix."""

    def __init__(self, setting: Setting, table: Table) -> None:
        assert setting.codes is not None
        self.setting = setting
        self.codes = setting.codes
        self.spec = setting.spec
        self.table = table
        self.sheet = table.sheet
        self.row_fields = {f.column.name: f for f in table.fields if f.group is None}
        self.cell_fields: list[dict[str, Field]] = [{} for _ in table.groups]
        for located in table.fields:
            if located.group is not None:
                self.cell_fields[located.group][located.column.name] = located
        self.axis_values = [self._axis_value(group) for group in table.groups]
        self.entered = {f.index for f in table.fields if not f.column.prefilled and f.column.name not in self.spec.key}
        self._own_lists: dict[str, CodeList] = {}
        self._us_dates: dict[int, bool] = {}
        self.indexes = {f.index for f in table.fields if not f.column.prefilled}

    def _axis_value(self, group: Group) -> FieldValue:
        value, axis = axis_value(group.text, self.setting.axis_list), self.spec.axis
        if value.repair is not None and axis is not None:
            tell_repair(self.setting, self.sheet, (group.row, group.index), value, axis, self.setting.axis_list)
        return value

    def is_entry(self, sheet_row: int) -> bool:
        """Whether a row names what the form keeps rows of: an indicator of the set, a commune, a programme."""
        if self.setting.is_of_indicators:
            number = self._indicator_no(sheet_row)
            return number is not None and self._indicator(number) is not None
        for name, located in self.row_fields.items():
            column = located.column
            if name in self.spec.key and column.code_list is not None:
                text = text_of(self.sheet.value(*self._place(sheet_row, located)))
                match = self.codes.get(column.code_list).match(text) if text is not None else None
                if match is not None and (match.code is not None or match.is_ambiguous):
                    return True
        return False

    def rows(self, lines: Iterable[Line], codes: Mapping[int, Mapping[str, str]]) -> Iterator[Row]:
        """Landing rows of worksheet rows; `codes` holds what the labels of rows stand for, where they are labelled."""
        for line in lines:
            if line.kind is RowKind.DATA and not self._is_row(line.row):
                continue
            shared = self._shared(line, codes.get(line.row, {}))
            if self.spec.axis is None:
                yield self._make(line, shared, None)
            for group in range(len(self.table.groups)):
                yield self._make(line, shared, group)

    def _is_row(self, sheet_row: int) -> bool:
        """In a free form a row needs something its sender typed; in the others the office laid it out.

        A number that is no indicator of the set heads others, or is asked where figures stand beside it.
        """
        cells = self.sheet.rows[sheet_row]
        if self.setting.is_of_indicators and (number := self._indicator_no(sheet_row)) is not None:
            if self._indicator(number) is not None and not self._is_named_as_another(sheet_row, number):
                return True
            held = [index for index in cells if index in self.entered and text_of(cells[index]) is not None]
            if held:
                place = self._place(sheet_row, self.row_fields["indicator_no"])
                self.tell("row_not_recognised", place, text_of(self.sheet.value(*place)), "indicator_no")
            return False
        if self.spec.rows == "free":
            return any(index in self.indexes for index in cells)
        keys = {f.index for name, f in self.row_fields.items() if name in self.spec.key}
        return any(index in keys or index in self.indexes for index in cells)

    def tell(self, rule_id: str, place: tuple[int, int], value: str | None, column: str | None = None) -> None:
        """Note a problem of a cell; `expected` is the heading of a column of the form."""
        expected = self.spec.column(column).header if column else None
        problem = Problem(rule_id, self.spec.form, self.sheet.name, cell_address(*place), value, expected)
        self.setting.problems.append(problem)

    def _indicator(self, number: str) -> Mapping[str, Any] | None:
        return indicator_of(self.setting.part.criteria_set_code, number)

    def _is_named_as_another(self, sheet_row: int, number: str) -> bool:
        located = self.row_fields.get("indicator_name")
        text = text_of(self.sheet.value(*self._place(sheet_row, located))) if located else None
        return text is not None and is_named_as_another(self.setting.part.criteria_set_code, number, text)

    def _indicator_no(self, sheet_row: int) -> str | None:
        located = self.row_fields.get("indicator_no")
        text = text_of(self.sheet.value(*self._place(sheet_row, located))) if located else None
        return None if text is None else as_indicator_no(text.strip())

    def _shared(self, line: Line, codes: Mapping[str, str]) -> dict[str, tuple[FieldValue, str | None]]:
        """Fields of the worksheet row, from its cells, the label it has, and the constants of the sheet."""
        found: dict[str, tuple[FieldValue, str | None]] = {}
        for located in self.row_fields.values():
            found |= self._fields(line, located, None)
        if line.kind is RowKind.DATA:
            label = self.row_fields.get("row_label")
            place = (line.row, label.index) if label else None
            text = text_of(self.sheet.value(*place)) if place else None
            cell = cell_address(*place) if place else None
            found |= {name: (FieldValue(code, text), cell) for name, code in codes.items()}
            for name, constant in self.setting.constants.items():
                found.setdefault(name, self._of_section(name, line.section) or constant)
            self._compare_with_name(found)
        return found

    def _compare_with_name(self, found: dict[str, tuple[FieldValue, str | None]]) -> None:
        """A commune's code beside the name of another commune: which of the two is wrong only the sender knows."""
        (code, cell), (name, _) = (
            found.get(column, (FieldValue(), None)) for column in ("commune_code", "commune_name")
        )
        if code.typed is None or code.text is None or name.text is None:
            return
        named = self.codes.get(self.spec.column("commune_code").code_list or "").match(name.text)
        if named.code not in (None, code.typed):
            found["commune_code"] = FieldValue(None, f"{code.text} - {name.text}", AMBIGUOUS), cell

    def _of_section(self, name: str, section: str | None) -> tuple[FieldValue, str | None] | None:
        """A constant of the sheet as the section of a row says it otherwise: "II. Xã nông thôn mới kiểu mẫu"."""
        layout = self.setting.layout
        said = choice_of_section(layout.constants[name], section) if layout is not None and section else None
        return None if said is None else (said, None)

    def _make(self, line: Line, shared: Mapping[str, tuple[FieldValue, str | None]], group: int | None) -> Row:
        row_id = f"{self.sheet.name}!{line.row + 1}" + (":total" if line.kind is RowKind.TOTAL else "")
        if self.table.left:
            row_id += f"@{self.table.left + 1}"  # a block beside another has the same worksheet rows
        found = dict(shared)
        if group is not None and self.spec.axis is not None:
            header, value = self.table.groups[group], self.axis_values[group]
            row_id += f":{value.typed or value.text}"
            found[self.spec.axis.name] = (value, cell_address(header.row, header.index))
            unit = _unit_beside(shared)
            for located in self.cell_fields[group].values():
                for name, (held, cell) in self._fields(line, located, unit).items():
                    found[name] = _either(found.get(name), (held, cell))
        row = new_row(self.setting, self.sheet, row_id, line)
        for column in self.spec.columns:
            put(row, column, *found.get(column.name, (FieldValue(), None)))
        return row

    def _place(self, sheet_row: int, located: Field) -> tuple[int, int]:
        """Where the value of a field stands: a key merged over several rows counts for each of them, amounts do not."""
        place = (sheet_row, located.index)
        if located.column.prefilled or located.column.name in self.spec.key:
            origin = self.sheet.merge_origin.get(place, place)
            return origin if origin[1] == located.index else place
        return place

    def _fields(self, line: Line, located: Field, unit: str | None) -> dict[str, tuple[FieldValue, str | None]]:
        """What one cell holds, by spec column; a column of the layout may hold one of several, or several."""
        layout, name = self.setting.layout, located.column.name
        place = self._place(line.row, located)
        cell = self.sheet.value(*place)
        address = cell_address(*place)
        laid = layout.column(name) if layout else None
        if line.kind is RowKind.TOTAL:
            name = laid.fills[0] if laid else name
            if name == "row_label" or name not in {column.name for column in self.spec.columns}:
                return {}
            column = self.spec.column(name)
            if column.type not in NUMERIC:
                return {name: (FieldValue(None, self._text(place)), address)}
            return {name: (self._read(place, column, cell, unit), address)}
        if laid is None or layout is None:
            return {
                name: (self._read(place, located.column, cell, self._unit(line.row, located.column, unit)), address)
            }
        if name == "row_label":
            return {}
        number = self._indicator_no(line.row) if self.setting.is_of_indicators else None
        indicator = self._indicator(number) if number else None
        unit = unit or self._unit(line.row, located.column, unit) or (indicator["unit"] if indicator else None)

        def read(value: CellValue | None, column: Column) -> FieldValue:
            return self._read(place, column, value, unit)

        is_worded = indicator is not None and indicator["value_kind"] in ("bool", "level")
        found = fields_of(laid, self.spec, cell, read, is_worded=is_worded)
        return {column: (value, address) for column, value in found.items()}

    def _unit(self, sheet_row: int, column: Column, unit: str | None) -> str | None:
        if self.spec.axis is None and column.unit is None and "measure_unit" in self.row_fields:
            return text_of(self.sheet.value(sheet_row, self.row_fields["measure_unit"].index))
        return unit

    def _read(self, place: tuple[int, int], column: Column, cell: CellValue | None, unit: str | None) -> FieldValue:
        if column.type is ColumnType.MONEY:
            unit_of_money = self._unit_of_money(place[1])
            if unit_of_money is None and self.setting.is_money_doubtful and _is_bare_figure(cell):
                return FieldValue(None, self._text(place), UNREADABLE)
            column = replace(column, unit=unit_of_money or column.unit)
        code_list = self._code_list(column)
        value = self._with_original(read_field(cell, column, code_list, unit), place)
        if column.type is ColumnType.DATE and isinstance(cell, str) and self._has_us_dates(place[1]):
            value = asked_beside_us_order(value, cell)
        if value.repair is not None:
            tell_repair(self.setting, self.sheet, place, value, column, code_list)
        tell_damage(self.setting, self.sheet, place, value, column)
        return value

    def _has_us_dates(self, index: int) -> bool:
        """Whether days that can only be read with the month first are no fewer in a column than those that cannot."""
        if index not in self._us_dates:
            below = (self.sheet.value(row, index) for row in self.sheet.rows if row >= self.table.first_row)
            orders = [is_month_first(cell) for cell in below if isinstance(cell, str)]
            self._us_dates[index] = orders.count(True) >= max(1, orders.count(False))
        return self._us_dates[index]

    def _code_list(self, column: Column) -> CodeList | None:
        """The list of a column, with the marks that the layout gives a meaning of its own."""
        if column.code_list is None:
            return None
        layout, code_list = self.setting.layout, self.codes.get(column.code_list)
        if layout is None or column.name not in layout.codes:
            return code_list
        if column.name not in self._own_lists:
            self._own_lists[column.name] = code_list.with_aliases(layout.codes[column.name])
        return self._own_lists[column.name]

    def _unit_of_money(self, index: int) -> str | None:
        """The unit of money that the column's own heading states, else the one printed above the table."""
        heading = next((f.heading for f in self.table.fields if f.index == index), "")
        return unit_in_heading(heading) or self.setting.money_unit

    def _text(self, place: tuple[int, int]) -> str | None:
        return self.sheet.originals.get(place) or text_of(self.sheet.value(*place))

    def _with_original(self, value: FieldValue, place: tuple[int, int]) -> FieldValue:
        return with_original(self.sheet, place, value)


def _either(
    one: tuple[FieldValue, str | None] | None, other: tuple[FieldValue, str | None]
) -> tuple[FieldValue, str | None]:
    """Of two cells that hold one field, the one that says something; where they contradict each other it is asked."""
    if one is None or one[0].text is None:
        return other
    if other[0].text is None or other[0].typed == one[0].typed:
        return one
    return FieldValue(None, f"{one[0].text} / {other[0].text}", AMBIGUOUS), other[1]


def _is_bare_figure(cell: CellValue | None) -> bool:
    """Whether a cell holds a figure that does not say itself what it counts."""
    text = text_of(cell)
    return text is not None and not says_nothing(text) and not any(char.isalpha() for char in text)


def _unit_beside(shared: Mapping[str, tuple[FieldValue, str | None]]) -> str | None:
    unit = shared.get("measure_unit")
    return unit[0].text if unit else None
