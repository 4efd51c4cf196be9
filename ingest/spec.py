"""Form specs: what ingest/forms/*.yml says, as typed objects.

Belongs here: the shape of a spec, and the schema that its rows land with. A spec makes the template workbook, the
parser, the column expectations, the landing schema and the documentation; nothing about a form stands anywhere else.
Does not belong here: reading a spec from its file (spec_file.py), workbooks (parse.py, template.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import reference

if TYPE_CHECKING:
    import pyarrow as pa

    from ingest.layout import DerivedSheet, LayoutVersion

FORMS_DIR = Path(__file__).parent / "forms"


class Layout(StrEnum):
    """How the cells of a sheet stand to the rows of the form."""

    RECORD = "record"  # one row: labels down column A, values in column B
    TABLE = "table"  # one row per sheet row
    MATRIX = "matrix"  # one row per sheet row x group of columns (communes, criteria), under merged headers


class ColumnType(StrEnum):
    TEXT = "text"
    CODE = "code"  # an entry of a code list; typed value = its code
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # typed in million VND, landed in VND
    DATE = "date"
    BOOLEAN = "boolean"  # Có / Không


class Position(StrEnum):
    """Where a column of a matrix stands. Columns of tables and records are always on the row."""

    ROW = "row"  # one value per sheet row
    AXIS = "axis"  # the value that names a group of columns, read from the header
    CELL = "cell"  # one value per sheet row and group


class Register(StrEnum):
    """How long a row that was once reported stands in the reports that follow."""

    LASTING = "lasting"
    YEAR = "year"  # until the end of its report year


class Shows(StrEnum):
    """An earlier value that a template shows, locked, beside the entry cell where the office holds one."""

    PREVIOUS = "previous"  # of the unit's last report; of a cumulative column, of the same year only
    LAST_YEAR = "same_period_last_year"


SHOWN_WORDS = {Shows.PREVIOUS: "kỳ trước", Shows.LAST_YEAR: "cùng kỳ năm trước"}


class InvalidSpec(ValueError):
    """A form spec contradicts itself; the message names file, column and the mend."""


@dataclass(frozen=True)
class Column:
    """One field of a form. `name` is the landing column; `header` is what officials read."""

    name: str
    header: str
    type: ColumnType
    aliases: tuple[str, ...] = ()
    position: Position = Position.ROW
    code_list: str | None = None
    unit: str | None = None
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    prefilled: bool = False  # the office fills it in and locks it
    shows: tuple[Shows, ...] = ()  # earlier values that the template shows beside it
    carried: bool = False  # the template writes it again from the report before, to be gone over
    cumulative: bool = False  # counts from the start of the report year and does not fall within it
    by_closing_day: bool = False  # a date that lies on or before the closing day of the period
    not_before: str | None = None  # a date on or after the date in this other column of the row
    at_most: str | None = None  # a number no larger than the one in this other column of the row
    sum_of: tuple[str, ...] = ()  # a number that is the sum of these other columns of the row
    needed_with: str | None = None  # to be filled where this other column of the row is
    needed_when: tuple[tuple[str, tuple[str, ...]], ...] = ()  # to be filled where each of these has one of these codes
    help: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header, *self.aliases)

    def shown_heading(self, which: Shows) -> str:
        """What stands above the locked cells that show an earlier value of the column."""
        return f"{self.header} - {SHOWN_WORDS[which]}"


@dataclass(frozen=True)
class SheetSpec:
    """A sheet that carries the form; a form with one sheet per criteria set has several.

    Where another set judges from some period on, the sheet stands twice under one name, each time with its periods.
    """

    name: str
    anchor: str  # the form number printed above the table, which locates it
    criteria_set_code: str | None = None
    unit_types: tuple[str, ...] = ()  # only units of these types receive the sheet; empty = all
    from_period: str | None = None  # the first reporting period that has the sheet; None = ever since
    until_period: str | None = None  # the first that no longer has it; None = still in use

    def is_for(self, unit_type: str) -> bool:
        """Whether units of a type receive the sheet."""
        return not self.unit_types or unit_type in self.unit_types

    def is_in_use(self, period: Mapping[str, Any]) -> bool:
        """Whether reports of a period carry the sheet, by closing days."""
        begins, ends = (_closing_day(one) for one in (self.from_period, self.until_period))
        return (begins is None or begins <= period["data_to"]) and (ends is None or period["data_to"] < ends)


@dataclass(frozen=True)
class FormSpec:
    form: str
    version: str
    title_vi: str
    title_en: str
    grain: str
    layout: Layout
    sheets: tuple[SheetSpec, ...]
    due_in: tuple[str, ...]  # period types in which the form is owed
    sent_by: tuple[str, ...]  # kinds of reporting unit
    nil_allowed: bool
    rows: str  # what the template fills in: communes | townships | places (both) | indicators | free | record
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    axis_list: str | None = None
    total_label: str | None = None  # label of the printed total row, where the form has one
    register: Register | None = None  # whether a row stays in the reports that follow
    leaves_after: str | None = None  # date column: a row may leave the register with the report year of that date
    items: tuple[str, ...] = ()  # what it answers of data/reference/monitored_items.csv, such as 5.6
    note_vi: str = ""  # why a period in which it is due may have no sheet of it
    source: str = ""
    layouts: tuple[LayoutVersion, ...] = ()  # hand-made layouts in which the form arrives too
    derived: tuple[DerivedSheet, ...] = ()  # sheets that only sum the form up

    def required_in(self, form_version: str | None) -> frozenset[str]:
        """Names of the columns a row must fill: those of the template, or of the layout version that it came in."""
        for layout in self.layouts:
            if layout.name == form_version:
                return layout.required
        return frozenset(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"form {self.form} has no column {name}")

    def columns_at(self, position: Position) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.position is position)

    def sheets_in(self, period: Mapping[str, Any]) -> tuple[SheetSpec, ...]:
        """The sheets that reports of a period carry, each name once."""
        return tuple(sheet for sheet in self.sheets if sheet.is_in_use(period))

    def sheets_for(self, unit_type: str, period: Mapping[str, Any]) -> tuple[SheetSpec, ...]:
        """Of these, what a type of unit receives. The first is owed; others are sent where their set applies."""
        return tuple(sheet for sheet in self.sheets_in(period) if sheet.is_for(unit_type))

    def is_owed(self, unit_kind: str, unit_type: str, period: Mapping[str, Any]) -> bool:
        """Whether a kind and type of reporting unit owes the form in a period."""
        is_due = period["period_type"] in self.due_in and unit_kind in self.sent_by
        return is_due and bool(self.sheets_for(unit_type, period))

    @property
    def number(self) -> str:
        """The number printed on its sheets, as people name the form: "Biểu 05"."""
        return self.sheets[0].anchor.partition("/")[0]

    @property
    def axis(self) -> Column | None:
        return next(iter(self.columns_at(Position.AXIS)), None)


def _closing_day(reporting_period_id: str | None) -> date | None:
    period = reference.period(reporting_period_id) if reporting_period_id is not None else None
    day: date | None = None if period is None else period["data_to"]
    return day


@cache
def load_specs() -> dict[str, FormSpec]:
    """Every form spec by its name, in workbook order. Raises InvalidSpec."""
    from ingest.spec_file import read_specs  # it is made of the types of this module

    return {spec.form: spec for spec in read_specs(FORMS_DIR)}


@cache
def specs_digest() -> str:
    """Changes whenever any form spec changes; part of parse_id."""
    digest = hashlib.sha256()
    for path in sorted(FORMS_DIR.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


KEY_FIELDS = (
    "submission_id",
    "parse_id",
    "run_id",
    "reporting_unit_id",
    "reporting_period_id",
    "form_version",
    "criteria_set_code",
    "sheet",
    "row_id",
    "row_number",
    "row_kind",
    "section",
    "total_scope",
    "sums_from",
    "sums_to",
)
ROW_NUMBERS = ("row_number", "sums_from", "sums_to")


def landing_schema(spec: FormSpec) -> pa.Schema:
    """The Parquet schema of landed rows: keys, then per column its typed value, text, cell and problem.

    row_id is unique in a submission and form ("sheet!row" or "sheet!row:axis value"); row_kind is data or total.
    `section` is the heading a row stands under. total_scope of a printed total: grand (all data rows of its sheet),
    section (the data rows of its sheet with row_number from sums_from to sums_to) or part ("of which": no rows known).
    `<column>__problem` names why the text has no typed value (null when it has one, or when the cell is blank).
    """
    import pyarrow as pa

    typed = {
        ColumnType.TEXT: pa.string(),
        ColumnType.CODE: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.DECIMAL: pa.decimal128(24, 6),
        ColumnType.MONEY: pa.decimal128(20, 0),
        ColumnType.DATE: pa.date32(),
        ColumnType.BOOLEAN: pa.bool_(),
    }
    fields = [pa.field(name, pa.int32() if name in ROW_NUMBERS else pa.string()) for name in KEY_FIELDS]
    for column in spec.columns:
        fields.append(pa.field(column.name, typed[column.type]))
        fields += [pa.field(f"{column.name}__{part}", pa.string()) for part in ("text", "cell", "problem")]
    return pa.schema(fields, metadata={"form": spec.form, "version": spec.version})
