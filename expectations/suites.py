"""Suites made from form specs: where a spec says required, a type, a list, a range or a key, an expectation stands.

Belongs here: the column rules of the catalogue as Great Expectations suites, and the frame they judge.
Does not belong here: rules that compare cells (sql/), running a suite (validation.py).

The pandas engine judges Arrow-typed frames that carry the spec's whole schema, so that an all-blank column keeps its
type. Conditions on rows are slow there; what a condition would say is a column of the frame instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from expectations.catalogue import load_catalogue
from ingest.spec import Column, ColumnType, FormSpec, Position

if TYPE_CHECKING:
    import great_expectations as gx
    import pandas as pd
    import pyarrow as pa
    from great_expectations.expectations.expectation import Expectation

LANDED_NO = "landed_no"
ROW_KEY = "row_key"
ADDRESS = ("submission_id", "sheet", "row_id")
_ABSENT = "\x1f"  # no text of a workbook holds it

PROBLEM = "value_problem"  # one expectation per column stands for the three rules; the code tells which is broken
PROBLEM_RULES = {
    "unreadable": "value_unreadable",
    "not_in_list": "value_not_in_list",
    "ambiguous": "value_ambiguous",
}
READ_WITH = ("reporting_unit_id", "reporting_period_id", "criteria_set_code")  # what a cell's readings hang on


def frame_of(spec: FormSpec, data_rows: pa.Table) -> pd.DataFrame:
    """The landed data rows as the suite judges them: their address, and the columns that expectations look at.

    Texts and cells stay behind, for every expectation takes rows of the whole frame. Added: landed_no (0, 1, 2 … in
    the given order), `<column>__given` of required columns (null where the cell says nothing; a text that cannot be
    read was given), row_key (null where a required part of the key is missing).
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    table = data_rows.append_column(LANDED_NO, pa.array(range(len(data_rows)), pa.int64()))
    for column in _required(spec):
        is_given = pc.or_(pc.is_valid(table[column.name]), pc.is_valid(table[f"{column.name}__problem"]))
        is_given = pc.or_(is_given, _is_not_owed(spec, table, column))
        given = pc.if_else(is_given, pa.scalar("given"), pa.scalar(None, pa.string()))
        table = table.append_column(f"{column.name}__given", given)
    table = table.append_column(ROW_KEY, _row_keys(spec, table))
    judged = [f"{column.name}__problem" for column in spec.columns if _can_be_misread(column)]
    judged += [column.name for column in spec.columns if column.minimum is not None or column.maximum is not None]
    judged += [f"{column.name}__given" for column in _required(spec)]
    return table.select([*ADDRESS, LANDED_NO, ROW_KEY, *judged]).to_pandas(types_mapper=pd.ArrowDtype)


def build_suite(spec: FormSpec, period_id: str | None = None, only: str | None = None) -> gx.ExpectationSuite:
    """The column rules of a form in a period, or only one of them; without a period those not yet in force too.

    Every expectation names its rule_id and column in `meta`; PROBLEM stands for the rules of PROBLEM_RULES.
    """
    import great_expectations as gx
    import great_expectations.expectations as gxe

    suite = gx.ExpectationSuite(name=spec.form)

    def expect(kind: type[Expectation], rule_id: str, subject: Column, **arguments: Any) -> None:
        rule_ids = tuple(PROBLEM_RULES.values()) if rule_id == PROBLEM else (rule_id,)
        told = [one for one in rule_ids if load_catalogue()[one].holds_in(period_id)]
        if told and (only is None or only in told):
            suite.add_expectation(kind(meta={"rule_id": rule_id, "column": subject.name}, **arguments))

    for column in spec.columns:
        if column.required:
            expect(gxe.ExpectColumnValuesToNotBeNull, "value_required", column, column=f"{column.name}__given")
        if _can_be_misread(column):
            expect(gxe.ExpectColumnValuesToBeNull, PROBLEM, column, column=f"{column.name}__problem")
        if column.minimum is not None or column.maximum is not None:
            expect(
                gxe.ExpectColumnValuesToBeBetween,
                "value_out_of_range",
                column,
                column=column.name,
                **_range_of(column),
            )
    expect(gxe.ExpectColumnValuesToBeUnique, "row_repeated", first_key(spec), column=ROW_KEY)
    return suite


def expected_of(rule_id: str, spec: FormSpec, column: Column) -> tuple[str, str]:
    """What a column rule expects in the cell, for the sender in Vietnamese and in English."""
    match rule_id:
        case "value_out_of_range":
            text = _range_text(column)
            return text, text
        case "row_repeated":
            headers = " + ".join(spec.column(name).header for name in spec.key if name != "criteria_set_code")
            return headers, headers
        case _:
            return _entry_of(column)


def as_printed(spec: FormSpec, column: Column, form_version: str | None) -> Column:
    """The column as a sheet of that layout prints it: a hand-made one states its own unit of money, or none."""
    is_hand_made = any(layout.name == form_version for layout in spec.layouts)
    return replace(column, unit=None) if is_hand_made and column.type is ColumnType.MONEY else column


def unit_columns(spec: FormSpec) -> tuple[str, ...]:
    """Where a row of the form states its unit of measure."""
    return ("measure_unit__text",) if any(column.name == "measure_unit" for column in spec.columns) else ()


def _required(spec: FormSpec) -> list[Column]:
    """Columns that must be filled in some layout of the form."""
    versions = (None, *(layout.name for layout in spec.layouts))
    names = frozenset[str]().union(*(spec.required_in(version) for version in versions))
    return [column for column in spec.columns if column.name in names]


def _is_not_owed(spec: FormSpec, table: pa.Table, column: Column) -> pa.Array:
    """Per row, whether its layout lets the column out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    versions = pc.unique(table["form_version"].combine_chunks()).to_pylist()
    free = [one for one in versions if column.name not in spec.required_in(one)]
    return pc.fill_null(pc.is_in(table["form_version"], pa.array(free, pa.string())), False)


def _can_be_misread(column: Column) -> bool:
    """Whether a cell of the column can have a problem; free text is what it says, an axis takes it from a list."""
    return column.type is not ColumnType.TEXT or column.position is Position.AXIS


def first_key(spec: FormSpec) -> Column:
    """The key column whose cell a repeated row is shown at."""
    columns = [spec.column(name) for name in spec.key if name != "criteria_set_code"]
    return next((column for column in columns if column.position is Position.ROW), columns[0])


def _row_keys(spec: FormSpec, table: pa.Table) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = [table["submission_id"]]
    for name in spec.key:
        typed = table[name].cast(pa.string())
        # A blank optional part (no nature of capital) is a value of the key; a blank required one is a finding.
        if name == "criteria_set_code":
            parts.append(pc.fill_null(typed, _ABSENT))
            continue
        column, unread = spec.column(name), pc.is_valid(table[f"{name}__problem"])
        if column in _required(spec):
            part = pc.if_else(_is_not_owed(spec, table, column), pc.fill_null(typed, _ABSENT), typed)
        else:
            part = typed if column is spec.axis else pc.fill_null(typed, _ABSENT)
        parts.append(pc.if_else(unread, pa.scalar(None, pa.string()), part))
    return pc.binary_join_element_wise(*parts, _ABSENT)


def _range_of(column: Column) -> dict[str, Any]:
    """Arguments of the range; Decimals beside Arrow decimals, so that no bound passes through a float."""
    from decimal import Decimal

    exact = column.type in (ColumnType.DECIMAL, ColumnType.MONEY)
    scale = 1_000_000 if column.type is ColumnType.MONEY else 1
    bounds = {"min_value": column.minimum, "max_value": column.maximum}
    return {name: Decimal(bound * scale) if exact else bound for name, bound in bounds.items() if bound is not None}


def _range_text(column: Column) -> str:
    unit = f" {column.unit}" if column.unit else ""
    if column.minimum is not None and column.maximum is not None:
        return f"{column.minimum} … {column.maximum}{unit}"
    return f"≥ {column.minimum}{unit}" if column.minimum is not None else f"≤ {column.maximum}{unit}"


def _entry_of(column: Column) -> tuple[str, str]:
    match column.type:
        case ColumnType.CODE:
            return _choice_of(column)
        case ColumnType.INTEGER:
            return "một số nguyên, ví dụ 12", "a whole number, such as 12"
        case ColumnType.DECIMAL:
            return "một số, ví dụ 92,5", "a number, such as 92,5"
        case ColumnType.MONEY:
            if column.unit is None:
                return (
                    "số tiền theo đơn vị tính ghi trên biểu, ví dụ 1250,5",
                    "an amount in the unit that the sheet states",
                )
            return "số tiền bằng triệu đồng, ví dụ 1250,5", "an amount in million VND, such as 1250,5"
        case ColumnType.DATE:
            return "ngày/tháng/năm, ví dụ 14/03/2023", "day/month/year, such as 14/03/2023"
        case ColumnType.BOOLEAN:
            return "Có hoặc Không", "Có (yes) or Không (no)"
        case ColumnType.TEXT:
            return _choice_of(column) if column.position is Position.AXIS else (column.header, column.header)


def _choice_of(column: Column) -> tuple[str, str]:
    """A short list is spelt out; of a long one it is said which list it is."""
    from ingest import reference

    match column.code_list:
        case "communes_of_unit":
            return "một xã, phường, thị trấn thuộc đơn vị báo cáo", "a commune, ward or township of the reporting unit"
        case "places_of_unit":
            return "đơn vị báo cáo hoặc một xã của đơn vị", "the reporting unit or one of its communes"
        case None:
            return "một tiêu chí của bộ tiêu chí", "a criterion of the set"
    entries = reference.code_list(column.code_list)
    if len(entries) > 8:
        return f"một mục trong danh mục “{column.header}” của biểu mẫu", f"an entry of the list “{column.header}”"
    return (
        "một trong: " + "; ".join(entry["label_vi"] for entry in entries),
        "one of: " + "; ".join(f"{entry['label_vi']} ({entry['label_en']})" for entry in entries),
    )
