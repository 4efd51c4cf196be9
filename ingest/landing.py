"""Landing: parsed rows as Parquet, one file per run, form and period, with the form's full schema.

Belongs here: where landed files stand and how they are written. Does not belong here: what the rows mean, and whether
they count (a row counts once the ledger has its reading, reading.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.ledger import write_atomically
from ingest.spec import FormSpec, landing_schema, load_specs

if TYPE_CHECKING:
    import pyarrow as pa


def landing_file(form: str, reporting_period_id: str, run_id: str) -> str:
    """Where a run's rows of a form and period stand, below the landing folder."""
    return f"{form}/{reporting_period_id}/{run_id}.parquet"


def to_table(spec: FormSpec, rows: Iterable[Mapping[str, Any]], keys: Mapping[str, str]) -> pa.Table:
    """Parsed rows of one submission with their keys (submission_id, parse_id, run_id, unit, period) as Arrow."""
    import pyarrow as pa

    return pa.Table.from_pylist([{**row, **keys} for row in rows], schema=landing_schema(spec))


def land(
    landing_dir: Path,
    spec: FormSpec,
    reporting_period_id: str,
    run_id: str,
    tables: Collection[pa.Table],
    keep: Collection[str] = (),
) -> str:
    """Write one file with the rows of every submission of a run and return its place below the landing folder.

    A file that the run already wrote is replaced; of its rows only those of the submissions in `keep` stay, so that a
    run that was killed between landing and ledger lands nothing twice.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    name = landing_file(spec.form, reporting_period_id, run_id)
    target = landing_dir / name
    schema = landing_schema(spec)
    parts = [table.cast(schema) for table in tables]
    if keep and target.exists():
        earlier = pq.read_table(target, schema=schema)
        parts.insert(0, earlier.filter(pc.is_in(earlier["submission_id"], pa.array(sorted(keep), pa.string()))))
    table = pa.concat_tables(parts) if parts else schema.empty_table()
    write_atomically(pq, table.replace_schema_metadata(schema.metadata), target)
    return name


def ensure_schemas(landing_dir: Path) -> None:
    """Lay `<form>/_schema.parquet`, an empty file of the form's current schema, for every form."""
    import pyarrow.parquet as pq

    for spec in load_specs().values():
        target = landing_dir / spec.form / "_schema.parquet"
        schema = landing_schema(spec)
        if not target.exists() or not pq.read_schema(target).equals(schema, check_metadata=True):
            write_atomically(pq, schema.empty_table(), target)
