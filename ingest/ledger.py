"""The ledger: append-only Parquet that says what was received, read and judged.

Belongs here: the schema of each ledger table, committing rows by atomic rename, reading them back.
Does not belong here: deciding what to commit. Archive + ledger + reference data rebuild everything else.

Rows that belong together are committed children first, parent last: what a killed run left of `reading_parts` and
`problems` counts only once its `readings` row stands, and `findings` only once their `verdicts` row stands; both
sides carry the run_id that wrote them.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

TEXT, INSTANT, INTEGER = "text", "instant", "integer"

TABLES: dict[str, dict[str, str]] = {
    # one row per file seen in a channel; the same bytes seen again are a receipt, not a submission
    "receipts": {
        "receipt_id": TEXT,
        "sha256": TEXT,
        "file_name": TEXT,
        "channel_path": TEXT,
        "size_bytes": INTEGER,
        "received_at": INSTANT,
        "recorded_at": INSTANT,  # when the office took it in; received_at is the channel's moment
        "run_id": TEXT,
    },
    # one row per submission and parse: what its cover says it is
    "submissions": {
        "submission_id": TEXT,
        "parse_id": TEXT,
        "sha256": TEXT,
        "file_name": TEXT,
        "received_at": INSTANT,
        "reporting_unit_id": TEXT,
        "reporting_period_id": TEXT,
        "template_version": TEXT,
        "cover_sheet": TEXT,  # null where a hand-made workbook has no cover
        "outcome": TEXT,  # identified | unidentified | unreadable
        "run_id": TEXT,
    },
    # one row per reading: all tables of one identified submission, read by one parser
    "readings": {
        "submission_id": TEXT,
        "parse_id": TEXT,
        "reporting_unit_id": TEXT,
        "reporting_period_id": TEXT,
        "read_at": INSTANT,
        "run_id": TEXT,
    },
    # one row per reading and form owed or sent
    "reading_parts": {
        "submission_id": TEXT,
        "parse_id": TEXT,
        "form": TEXT,
        "state": TEXT,  # present | nil | missing
        "rows_sent": INTEGER,
        "landing_file": TEXT,  # below the landing folder; null where nothing was landed
        "run_id": TEXT,
    },
    # what ingest found wrong, by submission and parse; `stage` is cover or tables
    "problems": {
        "submission_id": TEXT,
        "parse_id": TEXT,
        "stage": TEXT,
        "rule_id": TEXT,
        "form": TEXT,
        "sheet": TEXT,
        "cell": TEXT,
        "value": TEXT,
        "expected": TEXT,
        "run_id": TEXT,
    },
    # one row per judgement of a reading (or of a submission that could not be identified)
    "verdicts": {
        "judgement_id": TEXT,
        "submission_id": TEXT,
        "parse_id": TEXT,
        "rules_id": TEXT,
        "status": TEXT,
        "rows_sent": INTEGER,
        "rows_loaded": INTEGER,
        "rows_quarantined": INTEGER,
        "blocking_count": INTEGER,
        "error_count": INTEGER,
        "warning_count": INTEGER,
        "info_count": INTEGER,
        "judged_at": INSTANT,
        "received_at": INSTANT,  # of the receipt that the verdict speaks of
        "known_from": INSTANT,  # when that receipt began to count: never before the lock it came after
        "receipt_id": TEXT,
        "context_id": TEXT,
        "run_id": TEXT,
    },
    "findings": {
        "judgement_id": TEXT,
        "finding_no": INTEGER,
        "rule_id": TEXT,
        "severity": TEXT,
        "form": TEXT,
        "sheet": TEXT,
        "cell": TEXT,
        "row_id": TEXT,
        "column_name": TEXT,
        "value": TEXT,
        "expected": TEXT,
        "message_vi": TEXT,
        "message_en": TEXT,
        "justification": TEXT,
        "waiver_id": TEXT,
        "run_id": TEXT,
    },
    # one row per line of the sheet "Cần sửa" in which the sender explains a finding
    "justifications": {
        "submission_id": TEXT,
        "parse_id": TEXT,
        "rule_id": TEXT,
        "sheet": TEXT,
        "cell": TEXT,
        "justification": TEXT,
        "run_id": TEXT,
    },
    # one row per approval, closing or reopening that the office recorded
    "decisions": {
        "decision_id": TEXT,
        "kind": TEXT,  # approved | closed | reopened
        "reporting_unit_id": TEXT,  # null: every unit
        "reporting_period_id": TEXT,
        "submission_ids": TEXT,  # JSON list of the current submissions that were approved
        "decided_by": TEXT,
        "reason": TEXT,
        "decided_at": INSTANT,
        "run_id": TEXT,
    },
    # one row per waiver of a rule
    "waivers": {
        "waiver_id": TEXT,
        "rule_id": TEXT,
        "reporting_unit_id": TEXT,
        "reporting_period_id": TEXT,  # null: every period
        "reason": TEXT,
        "approved_by": TEXT,
        "expires_on": TEXT,  # ISO date
        "recorded_at": INSTANT,
        "run_id": TEXT,
    },
}


def schema(table: str) -> pa.Schema:
    """Arrow schema of one ledger table; instants are UTC microseconds."""
    import pyarrow as pa

    types = {TEXT: pa.string(), INTEGER: pa.int64(), INSTANT: pa.timestamp("us", tz="UTC")}
    return pa.schema([pa.field(name, types[kind]) for name, kind in TABLES[table].items()])


def commit(ledger_dir: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Append rows to a ledger table in one atomic step and return their count; no rows write no file.

    A missing field is null; an unknown one raises KeyError.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = TABLES[table]
    records = []
    for row in rows:
        if unknown := set(row) - set(fields):
            raise KeyError(f"ledger table {table} has no field {sorted(unknown)}")
        records.append({name: row.get(name) for name in fields})
    if not records:
        return 0
    target = ledger_dir / table / f"{uuid.uuid4().hex}.parquet"
    write_atomically(pq, pa.Table.from_pylist(records, schema=schema(table)), target)
    return len(records)


def write_atomically(pq: Any, table: pa.Table, target: Path) -> None:
    """Write a Parquet file under a name no reader looks for, force it to disk, then rename it into place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex}.tmp")
    pq.write_table(table, unfinished, compression="zstd")
    with unfinished.open("rb") as handle:
        os.fsync(handle.fileno())
    unfinished.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Without it a power cut may forget the rename although the bytes are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(ledger_dir: Path, table: str) -> pa.Table:
    """All committed rows of a ledger table, in no promised order; an empty table of the schema where there are none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = sorted((ledger_dir / table).glob("*.parquet"))
    if not files:
        return schema(table).empty_table()
    wanted = schema(table)
    return pa.concat_tables([pq.read_table(file, schema=wanted) for file in files])


def ensure_tables(ledger_dir: Path) -> None:
    """Lay an empty file per table, so that a query over the ledger's files never meets an empty folder."""
    import pyarrow.parquet as pq

    for table in TABLES:
        empty = ledger_dir / table / "_schema.parquet"
        if not empty.exists() or not pq.read_schema(empty).equals(schema(table)):
            write_atomically(pq, schema(table).empty_table(), empty)
