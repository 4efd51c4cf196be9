"""Form specs: what ingest/forms/*.yml says, as typed objects.

Belongs here: the shape of a spec and its reading. A spec makes the template workbook, the parser, the column
expectations, the landing schema and the documentation; nothing about a form is written anywhere else.
Does not belong here: reading workbooks (parse.py), writing them (template.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    help: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header, *self.aliases)


@dataclass(frozen=True)
class SheetSpec:
    """A sheet that carries the form; a form with one sheet per criteria set has several."""

    name: str
    anchor: str  # the form number printed above the table, which locates it
    criteria_set_code: str | None = None
    unit_types: tuple[str, ...] = ()  # only units of these types receive the sheet; empty = all


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
    rows: str  # what the template fills in: communes | indicators | free | record
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    axis_list: str | None = None
    total_label: str | None = None  # label of the printed total row, where the form has one
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

    @property
    def axis(self) -> Column | None:
        return next(iter(self.columns_at(Position.AXIS)), None)


@cache
def load_specs() -> dict[str, FormSpec]:
    """Every form spec by its name, in workbook order. Raises InvalidSpec."""
    import yaml

    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FORMS_DIR.glob("*.yml"))]
    specs = (_spec_from(document) for document in sorted(documents, key=lambda document: document["order"]))
    return {spec.form: spec for spec in specs}


@cache
def specs_digest() -> str:
    """Changes whenever any form spec changes; part of parse_id."""
    digest = hashlib.sha256()
    for path in sorted(FORMS_DIR.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _spec_from(document: dict[str, Any]) -> FormSpec:
    columns = tuple(_column_from(document["form"], raw) for raw in document["columns"])
    spec = FormSpec(
        form=document["form"],
        version=str(document["version"]),
        title_vi=document["title_vi"],
        title_en=document["title_en"],
        grain=document["grain"],
        layout=Layout(document["layout"]),
        sheets=tuple(
            SheetSpec(
                name=raw["name"],
                anchor=raw["anchor"],
                criteria_set_code=raw.get("criteria_set_code"),
                unit_types=tuple(raw.get("unit_types", ())),
            )
            for raw in document["sheets"]
        ),
        due_in=tuple(document["due_in"]),
        sent_by=tuple(document["sent_by"]),
        nil_allowed=document.get("nil_allowed", False),
        rows=document["rows"],
        key=tuple(document["key"]),
        columns=columns,
        axis_list=document.get("axis_list"),
        total_label=document.get("total_label"),
        source=document.get("source", ""),
    )
    _check(spec)
    return _with_layouts(spec, document)


def _with_layouts(spec: FormSpec, document: dict[str, Any]) -> FormSpec:
    from ingest.layout import derived_from, layout_from  # they are made of the types of this module

    layouts = tuple(layout_from(spec, raw) for raw in document.get("layouts", ()))
    return replace(spec, layouts=layouts, derived=tuple(derived_from(raw) for raw in document.get("derived", ())))


def _column_from(form: str, raw: dict[str, Any]) -> Column:
    try:
        return Column(
            name=raw["name"],
            header=raw["header"],
            type=ColumnType(raw["type"]),
            aliases=tuple(raw.get("aliases", ())),
            position=Position(raw.get("position", "row")),
            code_list=raw.get("code_list"),
            unit=raw.get("unit"),
            required=raw.get("required", False),
            minimum=raw.get("minimum"),
            maximum=raw.get("maximum"),
            prefilled=raw.get("prefilled", False),
            help=raw.get("help", ""),
        )
    except (KeyError, ValueError) as error:
        raise InvalidSpec(f"form {form}, column {raw.get('name', raw)!r}: {error}") from error


def _check(spec: FormSpec) -> None:
    names = [column.name for column in spec.columns]
    if len(set(names)) != len(names):
        raise InvalidSpec(f"form {spec.form}: a column name stands twice")
    known = {*names, "criteria_set_code"}
    if missing := [name for name in spec.key if name not in known]:
        raise InvalidSpec(f"form {spec.form}: key column(s) {missing} are not columns")
    if (spec.layout is Layout.MATRIX) != (spec.axis is not None):
        raise InvalidSpec(f"form {spec.form}: a matrix has exactly one axis column, other layouts none")
    for column in spec.columns:
        if (column.type is ColumnType.CODE) != (column.code_list is not None):
            raise InvalidSpec(f"form {spec.form}, column {column.name}: code_list belongs to type code, and only there")


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
