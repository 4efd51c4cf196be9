"""Evidence of rules about rows: SQL per rule, run in DuckDB over the landed rows of a batch.

Belongs here: the views the SQL may use, and the shape of what it returns.
Does not belong here: the rules themselves (sql/<rule_id>.sql, declared.py), judging the evidence (judge.py).

Views: `<form>` (data rows) and `<form>_totals` (printed totals) per form; `<form>_before`: the rows that count of the
same unit's latest earlier period with that form, under the submission_id of the judged report, with before_period_id
and before_submission_id (a rule that reads them is at most a warning); `parts` (forms of each submission and their
state); `submissions` (unit, period and their dates); `thresholds_in_force` (judging_code: null = the province's own);
`judging_scopes` (set_code, commune_code: communes judged on a group or another region); `reference.<table>`.
Macros: vi_number(x), vi_date(d), in_million(x), vi_verdict(code).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING, Any

from expectations.catalogue import place_of, sql_of
from expectations.landed import DATA, TOTAL, Batch, of_kind
from expectations.neighbours import schema_before

if TYPE_CHECKING:
    import duckdb
    import great_expectations as gx
    import pandas as pd
    import pyarrow as pa

EVIDENCE_NO, RULE, OUTCOME, OK = "evidence_no", "rule_id", "outcome", "ok"
QUERY_RULES = "query_rules"
COLUMNS = ("submission_id", "form", "sheet", "cell", "row_id", "column_name", "value", "expected", "is_ok")
OPTIONAL_COLUMNS = ("expected_en", "threshold_confidence", "is_sure")
SHOWN = (RULE, "submission_id", "form", "sheet", "cell")
_ORDER = ("submission_id", "form", "sheet", "cell", "row_id", "column_name", "expected")

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
        scopes = _judging_scopes(batch)
        connection.register("judging_scopes", scopes)
        connection.register("thresholds_in_force", _thresholds(batch, set(scopes["judging_code"].to_pylist())))
        yield connection
    finally:
        connection.close()


def evidence_of(rule_ids: Sequence[str], views: duckdb.DuckDBPyConnection) -> pa.Table:
    """Evidence of some rules in one table: one row per judged thing, numbered by evidence_no in a fixed order.

    Columns: rule_id, COLUMNS, expected_en (null: as expected), threshold_confidence (null: rests on no threshold) and
    is_sure (false: what is found is doubtful, so it is at most a warning).
    What cannot be judged (a blank or unreadable part, no threshold) has no row.
    Raises InvalidEvidence, which names the file.
    """
    import pyarrow as pa

    table = pa.concat_tables([_schema().empty_table(), *(_evidence_of_one(rule_id, views) for rule_id in rule_ids)])
    return table.append_column(EVIDENCE_NO, pa.array(range(len(table)), pa.int64()))


def frame_of(evidence: pa.Table) -> pd.DataFrame:
    """Evidence as its expectation judges it: rule and address of each thing, and its outcome.

    The outcome is OK, or else the rule that is broken: Data Docs count and list failures by it.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    outcome = pc.if_else(evidence["is_ok"], pa.scalar(OK), evidence[RULE])
    shown = evidence.select([*SHOWN, EVIDENCE_NO]).append_column(OUTCOME, outcome)
    return shown.to_pandas(types_mapper=pd.ArrowDtype)


def build_suite(name: str, evidence: pa.Table) -> gx.ExpectationSuite:
    """The one expectation that evidence is put to: every judged thing is ok. Failures name their rule themselves.

    Its notes say how many things each rule looked at, for Data Docs show failures only.
    """
    import great_expectations as gx
    import great_expectations.expectations as gxe

    looked_at = evidence.group_by(RULE, use_threads=False).aggregate([("is_ok", "count"), ("is_ok", "sum")]).to_pylist()
    notes = [
        f"{row[RULE]}: {row['is_ok_count']} judged, {row['is_ok_count'] - row['is_ok_sum']} broken" for row in looked_at
    ]
    meta = {"rule_id": name, "column": OUTCOME}
    expectation = gxe.ExpectColumnValuesToBeInSet(column=OUTCOME, value_set=[OK], meta=meta, notes=notes)
    return gx.ExpectationSuite(name=name, expectations=[expectation])


def _schema() -> pa.Schema:
    import pyarrow as pa

    types = {"is_ok": pa.bool_(), "is_sure": pa.bool_()}
    return pa.schema([pa.field(name, types.get(name, pa.string())) for name in (RULE, *COLUMNS, *OPTIONAL_COLUMNS)])


def _evidence_of_one(rule_id: str, views: duckdb.DuckDBPyConnection) -> pa.Table:
    import duckdb
    import pyarrow as pa

    try:
        found = views.sql(sql_of(rule_id)).to_arrow_table()
    except duckdb.Error as error:
        raise InvalidEvidence(f"{place_of(rule_id)}: {error}") from error
    missing = [name for name in COLUMNS if name not in found.column_names]
    unknown = [name for name in found.column_names if name not in COLUMNS + OPTIONAL_COLUMNS]
    if missing or unknown:
        raise InvalidEvidence(f"{place_of(rule_id)}: columns missing {missing}, unknown {unknown}")
    found = found.append_column(RULE, pa.repeat(pa.scalar(rule_id), len(found)))
    arrays = [
        found[field.name].cast(field.type) if field.name in found.column_names else pa.nulls(len(found), field.type)
        for field in _schema()
    ]
    table = pa.table(arrays, schema=_schema())
    if table["is_ok"].null_count:
        raise InvalidEvidence(f"{place_of(rule_id)}: is_ok is null for {table['is_ok'].null_count} row(s)")
    return table.sort_by([(name, "ascending") for name in _ORDER])


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


def _judging_scopes(batch: Batch) -> pa.Table:
    """The communes that are judged on a group or another region than their province's, per set, on the closing day."""
    import pyarrow as pa

    from ingest import reference, thresholds

    schema = pa.schema([(name, pa.string()) for name in ("set_code", "commune_code", "judging_code")])
    day = (reference.period(batch.period_id) or {}).get("data_to")
    sets = {row["set_code"] for row in reference.rows("threshold_overrides")}
    codes = {row["unit_code"] for row in reference.rows("commune_attributes")}
    by_group = {row["set_code"] for row in reference.rows("criteria_sets") if row["judged_by"] == "group"}
    grouped = {row["unit_id"].partition(".")[0] for row in reference.rows("commune_groups")}
    keys = [*product(sorted(sets), sorted(codes)), *product(sorted(by_group), sorted(grouped))]
    found = [(*key, thresholds.judging_code(key[1], key[0], day)) for key in keys if day]
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in found if row[2]], schema=schema)


def _thresholds(batch: Batch, scopes: set[str]) -> pa.Table:
    """The threshold of every indicator part for the provinces of the batch and the year of the period.

    Once by the province's own region (judging_code null), once by each other region or group that judges communes.
    """
    import pyarrow as pa

    from ingest import reference, thresholds

    number = pa.decimal128(18, 4)
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("set_code", "indicator_no", "part_code", "province_code", "direction")),
            ("judging_code", pa.string()),
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
    for part, province_code, judging in product(reference.rows("indicator_parts"), provinces, (None, *sorted(scopes))):
        key = (part["set_code"], part["indicator_no"], part["part_code"])
        threshold = thresholds.threshold(*key, province_code, year, judging_code=judging)
        if threshold is not None and threshold["threshold_value"] is not None:
            about = {"province_code": province_code, "judging_code": judging}
            confidence = {"threshold_confidence": threshold["confidence"]}
            rows.append(_taken({**threshold, **part, **about, **confidence}, schema))
    return pa.Table.from_pylist(rows, schema=schema)
