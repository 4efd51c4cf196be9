"""Landed rows of committed readings, read back from the landing folder; those of one period make a batch.

Belongs here: which rows belong to which committed reading, as one typed table per form.
Does not belong here: judging them (judge.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.spec import landing_schema, load_specs

if TYPE_CHECKING:
    import pyarrow as pa

READING = ("submission_id", "parse_id", "run_id")
COVER = "cover"
DATA, TOTAL = "data", "total"

Row = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """New readings of one period. `tables` has every form, empty where no reading carries it; totals are in it too."""

    period_id: str
    readings: tuple[Row, ...]  # ledger rows of readings, by submission_id
    parts: tuple[Row, ...]  # ledger rows of reading_parts that belong to these readings
    tables: Mapping[str, pa.Table]
    before: Mapping[str, pa.Table] = field(default_factory=dict)  # per form, rows of an earlier period (neighbours.py)


def identity(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """What makes a row part of a committed reading."""
    return row["submission_id"], row["parse_id"], row["run_id"]


def load_batches(landing_dir: Path, readings: Sequence[Row], parts: Sequence[Row]) -> list[Batch]:
    """One batch per reporting period of the readings, by period id.

    Raises FileNotFoundError where a landing file that the ledger names is gone.
    """
    committed = {identity(reading): reading["reporting_period_id"] for reading in readings}
    batches = []
    for period_id in sorted(set(committed.values())):
        wanted = [reading for reading in readings if reading["reporting_period_id"] == period_id]
        own_parts = tuple(part for part in parts if committed.get(identity(part)) == period_id)
        batches.append(
            Batch(
                period_id=period_id,
                readings=tuple(sorted(wanted, key=lambda reading: reading["submission_id"])),
                parts=own_parts,
                tables={form: load_rows(landing_dir, form, own_parts) for form in load_specs()},
            )
        )
    return batches


def of_kind(table: pa.Table, row_kind: str) -> pa.Table:
    """The data rows or the total rows of landed rows."""
    import pyarrow.compute as pc

    return table.filter(pc.equal(table["row_kind"], row_kind))


def load_rows(landing_dir: Path, form: str, parts: Sequence[Row]) -> pa.Table:
    """Rows of a form that belong to the readings of the parts, in the form's schema, by submission and sheet row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = landing_schema(load_specs()[form])
    own = [part for part in parts if part["form"] == form and part["landing_file"]]
    if not own:
        return schema.empty_table()
    files = sorted({part["landing_file"] for part in own})
    landed = pa.concat_tables([_in_schema(pq.read_table(landing_dir / file), schema) for file in files])
    identities = (
        pa.Table.from_pylist([dict(zip(READING, identity(part), strict=True)) for part in own])
        .group_by(list(READING))
        .aggregate([])
    )
    rows = landed.join(identities, keys=list(READING), join_type="left semi").select(schema.names)
    order = [(name, "ascending") for name in ("submission_id", "sheet", "row_number", "row_id")]
    return rows.sort_by(order).cast(schema)


def _in_schema(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A landing file of an earlier form version has its missing columns as nulls."""
    import pyarrow as pa

    arrays = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)
