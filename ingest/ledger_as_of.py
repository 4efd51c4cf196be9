"""The ledger as it would be had the office stopped at a moment: what was received and decided by then, nothing later.

A receipt is known from the channel's moment, or the later one that its verdict names (admission), a decision from when
it was made. Readings and verdicts of what had been received stand as they do today: parser and
rule book are not turned back. Belongs here: choosing the rows and writing the copy. Does not belong here: building
marts from it (orchestration/replay.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest import ledger
from ingest.settings import Settings

Row = dict[str, Any]

_OF_SUBMISSIONS = ("readings", "reading_parts", "problems", "justifications")


def first_receipt(settings: Settings) -> datetime | None:
    """When the first file came; None where nothing was ever received."""
    moments = _receipt_moments(settings, _speaking(settings))
    return min(moments.values(), default=None)


def rows_as_of(settings: Settings, moment: datetime) -> dict[str, list[Row]]:
    """Every ledger table with the rows that were known at a moment.

    Of a submission only the verdict that speaks today is kept, and only where the receipt it speaks of had come.
    """
    tables = {table: ledger.read(settings.ledger_dir, table).to_pylist() for table in ledger.TABLES}
    speaking = _speaking(settings)
    moments = _receipt_moments(settings, speaking)
    receipts = [row for row in tables["receipts"] if moments[row["receipt_id"]] <= moment]
    contents = {row["sha256"] for row in receipts}
    submissions = [row for row in tables["submissions"] if row["sha256"] in contents]
    known = {row["submission_id"] for row in submissions}
    received = {row["submission_id"]: row["received_at"] for row in submissions}
    verdicts = [
        row
        for row in speaking
        if row["submission_id"] in known and (_known_from(row) or received[row["submission_id"]]) <= moment
    ]
    judged = {(row["judgement_id"], row["run_id"]) for row in verdicts}
    return {
        "receipts": receipts,
        "submissions": submissions,
        **{table: [row for row in tables[table] if row["submission_id"] in known] for table in _OF_SUBMISSIONS},
        "verdicts": verdicts,
        "findings": [row for row in tables["findings"] if (row["judgement_id"], row["run_id"]) in judged],
        "decisions": [row for row in tables["decisions"] if row["decided_at"] <= moment],
        "waivers": [row for row in tables["waivers"] if row["recorded_at"] <= moment],
    }


def write_as_of(settings: Settings, moment: datetime, target_dir: Path, name: str) -> None:
    """The ledger as of a moment in a folder of its own, one file per table; `name` says what it is a copy of.

    A copy of that name that is whole is left alone; what else the folder holds is dropped.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = {table: target_dir / table / f"{name}.parquet" for table in ledger.TABLES}
    if all(file.exists() for file in files.values()):
        return
    shutil.rmtree(target_dir, ignore_errors=True)
    for table, rows in rows_as_of(settings, moment).items():
        ledger.write_atomically(pq, pa.Table.from_pylist(rows, schema=ledger.schema(table)), files[table])


def missing_landing(settings: Settings, rows: Iterable[Row]) -> list[str]:
    """Landed files that these rows of reading_parts name and the disk does not hold."""
    named = {row["landing_file"] for row in rows if row["landing_file"] is not None}
    return sorted(name for name in named if not (settings.landing_dir / name).exists())


def _speaking(settings: Settings) -> list[Row]:
    """The verdict that speaks for each submission today; the same order as in the warehouse."""
    rows = ledger.read(settings.ledger_dir, "verdicts").to_pylist()
    ordered = sorted(rows, key=lambda row: (row["judged_at"], row["judgement_id"], row["run_id"]))
    return list({row["submission_id"]: row for row in ordered}.values())


def _receipt_moments(settings: Settings, verdicts: Iterable[Row]) -> dict[str, datetime]:
    """From when each receipt counts: as the verdict that speaks of it says, else the channel's moment."""
    receipts = ledger.read(settings.ledger_dir, "receipts").to_pylist()
    moments: dict[str, datetime] = {row["receipt_id"]: row["received_at"] for row in receipts}
    counted: dict[str, datetime] = {}
    for row in verdicts:
        receipt_id, moment = row["receipt_id"], _known_from(row)
        if receipt_id in moments and moment is not None:
            counted[receipt_id] = min(counted.get(receipt_id, moment), moment)
    return moments | counted


def _known_from(verdict: Row) -> datetime | None:
    moment: datetime | None = verdict["known_from"] or verdict["received_at"]
    return moment
