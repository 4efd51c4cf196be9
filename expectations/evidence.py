"""Evidence of the query rules: one SQL file per rule, run in DuckDB over the landed rows of a batch.

Belongs here: the views the SQL may use, and the shape of what it returns.
Does not belong here: the rules themselves (sql/<rule_id>.sql), judging the evidence (judge.py).

Views: `<form>` (data rows) and `<form>_totals` (printed totals) per form; `<form>_before`: the rows that count of the
same unit's latest earlier period with that form, under the submission_id of the judged report, with before_period_id
and before_submission_id (a rule that reads them is at most a warning); `parts` (forms of each submission and their
state); `submissions` (unit, period and their dates); `thresholds_in_force`; `reference.<table>`.
Macros: vi_number(x), vi_date(d), in_million(x), vi_verdict(code).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from expectations.catalogue import sql_of
from expectations.landed import DATA, TOTAL, Batch, of_kind
from expectations.neighbours import schema_before

if TYPE_CHECKING:
    import duckdb
    import great_expectations as gx
    import pandas as pd
    import pyarrow as pa

EVIDENCE_NO = "evidence_no"
COLUMNS = ("submission_id", "form", "sheet", "cell", "row_id", "column_name", "value", "expected", "is_ok")
OPTIONAL_COLUMNS = ("expected_en", "threshold_confidence")
SHOWN = ("submission_id", "form", "sheet", "cell")

MACROS = """
create macro vi_number(x) as
    replace(regexp_replace(cast(cast(x as decimal(38, 6)) as varchar), '\\.?0+$', ''), '.', ',');
create macro in_million(x) as cast(x as decimal(20, 0)) * cast(0.000001 as decimal(7, 6));
create macro vi_date(d) as strftime(d, '%d/%m/%Y');
create macro vi_verdict(code) as case code when 'D' then 'Đ' when 'CD' then 'CĐ' when 'KAD' then 'KAD' end;
"""


class InvalidEvidence(RuntimeError):
    """The SQL of a rule does not run, or returns another shape than evidence has: our failure."""


@contextmanager
def open_views(batch: Batch) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory database with the views that evidence SQL may use."""
    import duckdb

    from ingest import reference

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    try:
        connection.execute(MACROS)
        connection.execute("create schema reference")
        for name in reference.table_names():
            connection.register(f"reference__{name}", reference.load_table(name))
            connection.execute(f'create view reference."{name}" as from reference__{name}')
        for form, table in batch.tables.items():
            connection.register(form, of_kind(table, DATA))
            connection.register(f"{form}_totals", of_kind(table, TOTAL))
            before = batch.before.get(form)
            connection.register(f"{form}_before", schema_before(form).empty_table() if before is None else before)
        connection.register("parts", _parts(batch))
        connection.register("submissions", _submissions(batch))
        connection.register("thresholds_in_force", _thresholds(batch))
        yield connection
    finally:
        connection.close()


def evidence_of(rule_id: str, views: duckdb.DuckDBPyConnection) -> pa.Table:
    """Evidence of one rule: one row per judged thing, numbered by evidence_no in a fixed order.

    Columns: COLUMNS, then expected_en (null: as expected) and threshold_confidence (null: rests on no threshold).
    What cannot be judged (a blank or unreadable part, no threshold) has no row. Raises InvalidEvidence.
    """
    import duckdb
    import pyarrow as pa

    try:
        found = views.sql(sql_of(rule_id)).to_arrow_table()
    except duckdb.Error as error:
        raise InvalidEvidence(f"sql/{rule_id}.sql: {error}") from error
    missing = [name for name in COLUMNS if name not in found.column_names]
    unknown = [name for name in found.column_names if name not in COLUMNS + OPTIONAL_COLUMNS]
    if missing or unknown:
        raise InvalidEvidence(f"sql/{rule_id}.sql: columns missing {missing}, unknown {unknown}")
    schema = pa.schema(
        [pa.field(name, pa.bool_() if name == "is_ok" else pa.string()) for name in COLUMNS + OPTIONAL_COLUMNS]
    )
    arrays = [
        found[field.name].cast(field.type) if field.name in found.column_names else pa.nulls(len(found), field.type)
        for field in schema
    ]
    table = pa.table(arrays, schema=schema)
    if table["is_ok"].null_count:
        raise InvalidEvidence(f"sql/{rule_id}.sql: is_ok is null for {table['is_ok'].null_count} row(s)")
    order = ("submission_id", "form", "sheet", "cell", "row_id", "column_name", "expected")
    table = table.sort_by([(name, "ascending") for name in order])
    return table.append_column(EVIDENCE_NO, pa.array(range(len(table)), pa.int64()))


def frame_of(evidence: pa.Table) -> pd.DataFrame:
    """Evidence as its expectation judges it: the address of each thing and is_ok."""
    import pandas as pd

    return evidence.select([*SHOWN, "is_ok", EVIDENCE_NO]).to_pandas(types_mapper=pd.ArrowDtype)


def build_suite(rule_id: str) -> gx.ExpectationSuite:
    """The one expectation that evidence of a rule is put to: every judged thing is ok."""
    import great_expectations as gx
    import great_expectations.expectations as gxe

    meta = {"rule_id": rule_id, "column": "is_ok"}
    expectation = gxe.ExpectColumnValuesToBeInSet(column="is_ok", value_set=[True], meta=meta)
    return gx.ExpectationSuite(name=rule_id, expectations=[expectation])


def _parts(batch: Batch) -> pa.Table:
    import pyarrow as pa

    schema = pa.schema([(name, pa.string()) for name in ("submission_id", "form", "state")])
    return pa.Table.from_pylist([{name: part[name] for name in schema.names} for part in batch.parts], schema=schema)


def _submissions(batch: Batch) -> pa.Table:
    """One row per reading: who reports, for when, and on which map."""
    import pyarrow as pa

    from ingest import reference

    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("submission_id", "reporting_unit_id", "reporting_period_id", "unit_id")),
            *((name, pa.string()) for name in ("unit_kind", "province_code", "period_type")),
            ("period_year", pa.int64()),
            *((name, pa.date32()) for name in ("data_from", "data_to", "due_date")),
        ]
    )
    period = reference.period(batch.period_id) or {}
    rows = []
    for reading in batch.readings:
        unit = reference.reporting_unit(reading["reporting_unit_id"]) or {}
        row: dict[str, Any] = {**_taken(period, schema), **_taken(unit, schema), **_taken(reading, schema)}
        rows.append({**row, "period_year": period.get("year")})
    return pa.Table.from_pylist(rows, schema=schema)


def _taken(source: Mapping[str, Any], schema: pa.Schema) -> dict[str, Any]:
    return {name: source[name] for name in schema.names if name in source}


def _thresholds(batch: Batch) -> pa.Table:
    """The threshold of every indicator part for the provinces of the batch and the year of the period."""
    import pyarrow as pa

    from ingest import reference

    number = pa.decimal128(18, 4)
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("set_code", "indicator_no", "part_code", "province_code", "direction")),
            ("threshold_value", number),
            ("small_denominator_max", pa.int64()),
            ("small_denominator_value", number),
            ("threshold_confidence", pa.string()),
        ]
    )
    year: int | None = (reference.period(batch.period_id) or {}).get("year")
    units = [reference.reporting_unit(reading["reporting_unit_id"]) for reading in batch.readings]
    provinces = sorted({unit["province_code"] for unit in units if unit})
    rows: list[dict[str, Any]] = []
    if year is None:  # a stage: each of its years has thresholds of its own
        return pa.Table.from_pylist(rows, schema=schema)
    for part in reference.rows("indicator_parts"):
        for province_code in provinces:
            key = (part["set_code"], part["indicator_no"], part["part_code"])
            threshold = reference.threshold(*key, province_code, year)
            if threshold is not None and threshold["threshold_value"] is not None:
                confidence = {"threshold_confidence": threshold["confidence"]}
                rows.append(_taken({**threshold, **part, "province_code": province_code, **confidence}, schema))
    return pa.Table.from_pylist(rows, schema=schema)
