"""The truth of the sample as tables with the column names of the marts, computed from the world and from nothing else.

Belongs here: what the marts would say if every report were right, complete and accepted. What planted faults and
missing reports change is said in the tables `faults` and `submission`; expected.py applies it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulate.recognitions import Recognition
from simulate.reports import World
from simulate.topics import TOPICS
from simulate.truth_criteria import result_rows, standings, status_rows
from simulate.truth_help import activity_truth, help_rows, helper_period_rows
from simulate.world import DISTRICT_PERIODS, EVERY_PERIOD, SAMPLE_PERIODS, origins_of, period, unit_id_on, units_in

if TYPE_CHECKING:
    import pyarrow as pa

Rows = list[dict[str, Any]]


def truth_tables(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Every table of the truth for some periods of the sample; registers hold what was known by the last of them."""
    statuses = [row for name in names for row in status_rows(world, name)]
    full = [name for name in names if name in SAMPLE_PERIODS]
    by_district = [name for name in names if name in DISTRICT_PERIODS]
    tables: dict[str, Rows] = {}
    for topic in TOPICS:
        tables |= topic.truth(world, names if topic.goes_on else full)
    return tables | {
        "indicator_result": [row for name in names for row in result_rows(world, name)],
        "criterion_status": statuses,
        "unit_standing": standings(world.recognitions, statuses),
        "recognition": _recognitions(world.recognitions, names),
        "funding": [row for name in names for row in _funding(world, name)],
        "helper_assignment": help_rows(world.assignments, by_district),
        "helper_activity": activity_truth(world, full),
        "helper_period": [row for name in by_district for row in helper_period_rows(world, name)],
    }


def _recognitions(events: Iterable[Recognition], names: Sequence[str]) -> Rows:
    closing = period(names[-1])["data_to"]
    rows: Rows = []
    for event in events:
        if event.decision_date <= closing:
            row = {**event.__dict__, "unit_id": event.unit_id}
            del row["unit_code"]
            rows.append(row)
    return rows


def _funding(world: World, name: str) -> Rows:
    about = period(name)
    before = about["previous_period_id"]
    is_first = before is None
    earlier = {} if is_first else _stated(world, before)
    rows: Rows = []
    for place in units_in(world.seed, name):
        for row in world.funding[place.reporting_unit_id, name]:
            unit_id = unit_id_on(row["place_code"], about["data_to"])
            full: dict[str, Any] = {
                "reporting_period_id": name,
                "reporting_unit_id": place.reporting_unit_id,
                "unit_id": unit_id,
                **{column: value for column, value in row.items() if column not in ("place_code", "explanation")},
                "is_carried_over": row["plan_year"] < about["year"],
            }
            previous = [earlier.get((origin, *_line(row)), {}) for origin in origins_of(unit_id, before)]
            for stage in ("disbursed", "performed"):
                amount = row[f"{stage}_vnd"]
                known = (is_first or bool(earlier)) and amount is not None
                total = sum((line.get(f"{stage}_vnd") or Decimal(0) for line in previous), Decimal(0))
                full[f"{stage}_in_period_vnd"] = amount - total if known else None
            rows.append(full)
    return rows


def _stated(world: World, name: str) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """(unit, line) -> what a period says of it; nothing where the sample has no reports of the period."""
    if name not in EVERY_PERIOD:
        return {}
    closing = period(name)["data_to"]
    return {
        (unit_id_on(row["place_code"], closing), *_line(row)): row
        for place in units_in(world.seed, name)
        for row in world.funding[place.reporting_unit_id, name]
    }


def _line(row: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("programme_code", "content_code", "source_code", "nature_code", "plan_year")
    return tuple(row[name] for name in names)


def write_tables(folder: Path, tables: Mapping[str, Rows]) -> None:
    """One Parquet file per table, typed by the values of each column, by its name where it has none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(rows[0]) if rows else []
        schema = pa.schema([pa.field(column, _type_of(column, [row[column] for row in rows])) for column in columns])
        plain = [{column: _plain(value) for column, value in row.items()} for row in rows]
        pq.write_table(pa.Table.from_pylist(plain, schema=schema), folder / f"{name}.parquet", compression="zstd")


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else value


def _type_of(column: str, values: Sequence[Any]) -> pa.DataType:
    import pyarrow as pa

    if column.endswith("_vnd"):
        return pa.decimal128(20, 0)
    kinds = {type(value) for value in values if value is not None}
    for kind, typed in (
        (bool, pa.bool_()),
        (datetime, pa.timestamp("us", tz="UTC")),
        (date, pa.date32()),
        (Decimal, pa.decimal128(24, 6)),
        (int, pa.int64()),
    ):
        if kind in kinds:
            return typed
    return pa.string() if kinds else _type_of_name(column)


def _type_of_name(column: str) -> pa.DataType:
    import pyarrow as pa

    if column.endswith(("_date", "_on")) or column in ("valid_from", "valid_to"):
        return pa.date32()
    if column.startswith(("is_", "has_")):
        return pa.bool_()
    if column.endswith("_at"):
        return pa.timestamp("us", tz="UTC")
    return pa.int64() if column.endswith(("_count", "_year")) else pa.string()
