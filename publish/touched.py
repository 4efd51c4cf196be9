"""Touched periods: which periods have news in the ledger since the warehouse was built.

Belongs here: from ledger files alone, what a build may leave as it stands. Does not belong here: which marts a period
reaches (the closure that each model declares), the digests by which a build is known to be current (inputs.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ingest import ledger
from ingest.expected import expected_submissions
from ingest.settings import Settings

Row = Mapping[str, Any]

PERIOD, SUBMISSION = "reporting_period_id", "submission_id"
THROUGH_VERDICTS = {"findings", "receipts", "waivers"}  # reach a table of periods only by the verdict that follows


def ledger_files(settings: Settings) -> tuple[str, ...]:
    """Every file of the ledger as `table/name`: they are named once and for ever, and never change."""
    return tuple(
        f"{table}/{path.name}"
        for table in sorted(ledger.TABLES)
        for path in sorted((settings.ledger_dir / table).glob("*.parquet"))
        if not path.name.startswith(("_", "."))
    )


def expected_by_period(settings: Settings) -> dict[str, str]:
    """A digest of what is expected by now, for each period."""
    digests: dict[str, Any] = {}
    for row in expected_submissions(settings):
        digest = digests.setdefault(row[PERIOD], hashlib.sha256())
        digest.update("\0".join(str(value) for value in row.values()).encode() + b"\n")
    return {period_id: digest.hexdigest()[:16] for period_id, digest in digests.items()}


def touched_periods(
    settings: Settings, files_before: Iterable[str], expected_before: Mapping[str, str]
) -> tuple[str, ...] | None:
    """Periods about which the ledger says something that it did not say before, or another submission is expected.

    None: news that no period can be named for; it may reach any of them.
    """
    now = expected_by_period(settings)
    touched = {period for period in {*now, *expected_before} if now.get(period) != expected_before.get(period)}
    known = set(files_before)
    fresh = [file for file in ledger_files(settings) if file not in known]
    if known - set(ledger_files(settings)):
        return None  # not the ledger that the warehouse was built from
    periods_of: dict[str, set[str]] = {}
    for row in ledger.read(settings.ledger_dir, "submissions").select([SUBMISSION, PERIOD]).to_pylist():
        # a workbook of which nobody knows the period is in no table of periods
        periods_of.setdefault(row[SUBMISSION], set()).update(filter(None, [row[PERIOD]]))
    for file in fresh:
        found = _periods_of_file(settings.ledger_dir / file, file.partition("/")[0], periods_of)
        if found is None:
            return None
        touched |= found
    return tuple(sorted(touched))


def _periods_of_file(path: Path, table: str, periods_of: Mapping[str, set[str]]) -> set[str] | None:
    if table in THROUGH_VERDICTS:
        return set()
    if SUBMISSION not in ledger.TABLES[table]:
        periods = _values(path, PERIOD)
        return None if None in periods else periods
    submissions = _values(path, SUBMISSION)
    if not submissions <= periods_of.keys():
        return None
    return set().union(*(periods_of[submission] for submission in submissions))


def _values(path: Path, column: str) -> set[Any]:
    import pyarrow.parquet as pq

    return set(pq.read_table(path, columns=[column]).column(column).to_pylist())
