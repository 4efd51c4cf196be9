"""Reading ingest/forms/*.yml into form specs, and refusing one that contradicts itself.

Belongs here: what each key of the YAML becomes. Does not belong here: the shape of a spec (spec.py).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import reference
from ingest.layout import derived_from, layout_from
from ingest.spec import Column, ColumnType, FormSpec, InvalidSpec, Layout, Position, Register, SheetSpec, Shows

COUNTS = {ColumnType.INTEGER, ColumnType.DECIMAL}
NUMBERS = {*COUNTS, ColumnType.MONEY}


def read_specs(folder: Path) -> list[FormSpec]:
    """Every form spec of a folder in workbook order. Raises InvalidSpec."""
    import yaml

    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yml"))]
    specs = [_spec_from(document) for document in sorted(documents, key=lambda document: document["order"])]
    return [_with_nil_declarations(spec, specs) for spec in specs]


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
                from_period=raw.get("from_period"),
                until_period=raw.get("until_period"),
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
        register=Register(document["register"]) if "register" in document else None,
        leaves_after=document.get("leaves_after"),
        items=tuple(str(item) for item in document.get("items", ())),
        note_vi=document.get("note_vi", ""),
        source=document.get("source", ""),
    )
    _check(spec)
    return _with_layouts(spec, document)


def _with_nil_declarations(spec: FormSpec, specs: list[FormSpec]) -> FormSpec:
    """The cover asks of every form that may be empty whether it is; other forms stay as they are."""
    if spec.layout is not Layout.RECORD:
        return spec
    declared = tuple(
        Column(
            name=f"nil_{other.form}",
            header=f"{other.number} không phát sinh",
            type=ColumnType.BOOLEAN,
            help=f"{other.title_vi}: chọn Có nếu trong kỳ không có số liệu",
        )
        for other in specs
        if other.nil_allowed
    )
    return replace(spec, columns=(*spec.columns, *declared))


def _with_layouts(spec: FormSpec, document: dict[str, Any]) -> FormSpec:
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
            shows=tuple(Shows(which) for which in raw.get("shows", ())),
            carried=raw.get("carried", False),
            cumulative=raw.get("cumulative", False),
            by_closing_day=raw.get("by_closing_day", False),
            not_before=raw.get("not_before"),
            at_most=raw.get("at_most"),
            sum_of=tuple(raw.get("sum_of", ())),
            needed_with=raw.get("needed_with"),
            needed_when=tuple((name, _codes(codes)) for name, codes in raw.get("needed_when", {}).items()),
            help=raw.get("help", ""),
        )
    except (KeyError, ValueError) as error:
        raise InvalidSpec(f"form {form}, column {raw.get('name', raw)!r}: {error}") from error


def _codes(codes: list[Any]) -> tuple[str, ...]:
    """Codes as they land; true and false of a yes or no."""
    return tuple(str(code).lower() if isinstance(code, bool) else str(code) for code in codes)


def _check_constraints(spec: FormSpec) -> None:
    """Every constraint compares what can be compared."""

    def types(*names: str | None) -> set[ColumnType]:
        return {spec.column(name).type for name in names if name is not None}

    for column in spec.columns:
        own, where = {column.type}, f"form {spec.form}, column {column.name}"
        if (column.by_closing_day or column.not_before) and own | types(column.not_before) != {ColumnType.DATE}:
            raise InvalidSpec(f"{where}: by_closing_day and not_before belong to dates")
        if column.cumulative and not own <= NUMBERS:
            raise InvalidSpec(f"{where}: cumulative belongs to numbers")
        compared = own | types(column.at_most, *column.sum_of)
        if (column.at_most or column.sum_of) and not (compared == {ColumnType.MONEY} or compared <= COUNTS):
            raise InvalidSpec(f"{where}: at_most and sum_of compare numbers with numbers, money with money")
        if not types(*(name for name, _ in column.needed_when)) <= {ColumnType.CODE, ColumnType.BOOLEAN}:
            raise InvalidSpec(f"{where}: needed_when names codes, or true and false")
    if spec.leaves_after is not None and types(spec.leaves_after) != {ColumnType.DATE}:
        raise InvalidSpec(f"form {spec.form}: leaves_after names a date column of a register")


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
        others = (column.not_before, column.at_most, column.needed_with, *column.sum_of)
        if strangers := {*others, *(name for name, _ in column.needed_when)} - {None, *names}:
            raise InvalidSpec(f"form {spec.form}, column {column.name}: {sorted(map(str, strangers))} are not columns")
    if spec.leaves_after is not None and (spec.register is None or spec.leaves_after not in names):
        raise InvalidSpec(f"form {spec.form}: leaves_after names a date column of a register")
    _check_constraints(spec)
    _check_sheets(spec)


def _check_sheets(spec: FormSpec) -> None:
    """Periods of sheets exist, and none has two sheets of one name."""
    for sheet in spec.sheets:
        if unknown := [one for one in (sheet.from_period, sheet.until_period) if one and reference.period(one) is None]:
            raise InvalidSpec(f"form {spec.form}, sheet {sheet.name}: no reporting period {unknown[0]!r}")
    for period in reference.rows("reporting_periods"):
        names = [sheet.name for sheet in spec.sheets_in(period)]
        if len(set(names)) != len(names):
            raise InvalidSpec(f"form {spec.form}: a sheet stands twice in {period['reporting_period_id']}")
