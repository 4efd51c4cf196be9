"""One template workbook while it is written: what its sheets share, and the writing of a single field.

Belongs here: formats, drop-down lists, the record of which cell holds what, the cover and the hidden sheet of lists.
The sheets of the forms are in template_sheet.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest.spec import Column, ColumnType, FormSpec
from ingest.template_held import Held
from ingest.template_layout import LISTS_SHEET, Styles, add_validation, set_up_page
from ingest.template_rows import Unit, shown

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MILLION = 1_000_000
NIL = "nil_"  # begins the names of the declarations that a form is empty
COVER_WIDTHS = (38, 44, 52)
ADVICE = (
    "Chỉ nhập vào ô trắng, ô xám do Văn phòng Điều phối điền sẵn. Không có số liệu thì để trống, không ghi 0. "
    "Không đổi tên biểu, không thêm hoặc xóa cột."
)

CellKey = tuple[str, tuple[object, ...], str]


@dataclass(frozen=True)
class AsTyped:
    """A text to write exactly as it stands, whatever the type of its column; None leaves the cell blank."""

    value: str | None


@dataclass
class WrittenCells:
    """Where each field was written: (form, key of the row, column) -> (sheet, cell), the cell as in "D12".

    The key holds the values of the form's key columns in order. In a matrix, a field of the sheet row has None in the
    place of the axis value. A printed total has the key ("total",) or, in a matrix, ("total", set, axis value).
    """

    cells: dict[CellKey, tuple[str, str]] = field(default_factory=dict)

    def at(self, form: str, key: tuple[object, ...], column: str) -> tuple[str, str]:
        """Sheet and cell of a field. Raises KeyError where the workbook has none."""
        return self.cells[(form, key, column)]


class Book:
    """A workbook of one unit and period."""

    def __init__(
        self, workbook: Workbook, unit: Unit, printed_totals: Mapping[CellKey, object], held: Held | None = None
    ) -> None:
        self.workbook = workbook
        self.unit = unit
        self.printed_totals = printed_totals
        self.held = held
        self.written = WrittenCells()
        self.styles = Styles(workbook)
        self._lists: dict[str, int] = {}  # code list -> column of the hidden sheet
        self._letters: list[str] = []

    @property
    def issuer(self) -> str:
        return f"ỦY BAN NHÂN DÂN {self.unit.name_vi}".upper()

    def write_cover(self, spec: FormSpec, values: Mapping[str, object], owed: Collection[str]) -> None:
        """Labels in A, values in B, what to enter in C; forms that are not owed are not asked for."""
        sheet: Worksheet = self.workbook.add_worksheet(spec.sheets[0].name)
        styles, period = self.styles, self.unit.period
        known: dict[str, object] = {
            "reporting_unit_code": self.unit.unit_code,
            "reporting_unit_name": self.unit.name_vi,
            "reporting_period_code": period["reporting_period_id"],
            "template_version": spec.version,
            **values,
        }
        sheet.merge_range(0, 0, 0, 2, self.issuer, styles.get(bold=True))
        sheet.merge_range(2, 0, 2, 2, spec.sheets[0].anchor, styles.get(bold=True, font_size=15, align="center"))
        sheet.set_row(2, 30)
        subtitle = (
            f"{period['label_vi']} (số liệu từ {day_text(period['data_from'])} đến {day_text(period['data_to'])})"
        )
        sheet.merge_range(3, 0, 3, 2, subtitle, styles.get(italic=True, align="center"))
        asked = [
            column
            for column in spec.columns
            if column.name in known or not column.name.startswith(NIL) or column.name.removeprefix(NIL) in owed
        ]
        for row, column in enumerate(asked, start=5):
            sheet.set_row(row, 20)
            sheet.write_string(row, 0, column.header, styles.get(bold=True, border=1, bg_color="#D6E4F0"))
            self.write_value(sheet, row, 1, spec, column, known.get(column.name))
            sheet.write_string(row, 2, column.help, styles.get(italic=True, font_color="#5B6B7B"))
            self.note((spec.form, (known["reporting_unit_code"],), column.name), sheet, row, 1)
            add_validation(sheet, column, [(row, 1, row, 1)], self.source_of(column))
        last = 5 + len(asked)
        sheet.merge_range(last + 1, 0, last + 1, 2, ADVICE, styles.get(italic=True, text_wrap=True, valign="top"))
        sheet.set_row(last + 1, 32)
        set_up_page(sheet, spec, COVER_WIDTHS, 0, 0)

    def write_value(
        self,
        sheet: Worksheet,
        row: int,
        index: int,
        spec: FormSpec,
        column: Column,
        value: object,
        *,
        opens_group: bool = False,
    ) -> None:
        """Write one field as an official would type it, blank where there is no value."""
        style = self.styles.entry(column, opens_group=opens_group)
        text: Any = value.value if isinstance(value, AsTyped) else shown(value, spec, column.name, self.unit)
        if text is None:
            sheet.write_blank(row, index, None, style)
        elif isinstance(text, str):
            sheet.write_string(row, index, text, style)
        elif isinstance(text, date):
            sheet.write_datetime(row, index, text, style)
        elif isinstance(text, Decimal) and column.type is ColumnType.MONEY:
            sheet.write_number(row, index, text / MILLION, style)
        else:
            sheet.write_number(row, index, text, style)

    def note(self, key: CellKey, sheet: Worksheet, row: int, index: int) -> None:
        """Remember where a field stands."""
        self.written.cells[key] = (sheet.get_name(), f"{self._letter(index)}{row + 1}")

    def _letter(self, index: int) -> str:
        from xlsxwriter.utility import xl_col_to_name

        while len(self._letters) <= index:
            self._letters.append(xl_col_to_name(len(self._letters)))
        return self._letters[index]

    def source_of(self, column: Column) -> str | None:
        """Where the drop-down of a column takes its entries: a range of the hidden sheet; None without a list."""
        code_list = "yes_no" if column.type is ColumnType.BOOLEAN else column.code_list
        if code_list is None:
            return None
        letter = self._letter(self._lists.setdefault(code_list, len(self._lists)))
        return f"={LISTS_SHEET}!${letter}$2:${letter}${1 + len(self.unit.labels(code_list))}"

    def write_lists(self) -> None:
        """The hidden sheet behind the drop-downs; written last, when it is known which lists are used."""
        sheet = self.workbook.add_worksheet(LISTS_SHEET)
        for code_list, index in self._lists.items():
            sheet.write_string(0, index, code_list)
            for row, label in enumerate(self.unit.labels(code_list).values(), start=1):
                sheet.write_string(row, index, label)
        sheet.protect()
        sheet.hide()


def day_text(day: date) -> str:
    return f"{day:%d/%m/%Y}"
