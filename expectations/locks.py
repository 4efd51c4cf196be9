"""Locks: verdicts that stand because the period they speak of is closed.

A mended parser, another rule book, a waiver or an earlier report that changed would have a submission judged again; in
a closed period it is not, until the period is reopened. Belongs here: which submissions keep their verdict. Does not
belong here: what may not come in after a closing (admission.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from expectations.judgement import latest_verdicts
from ingest import ledger
from ingest.decisions import Kind, load_decisions, lock_state
from ingest.parser import parse_id

if TYPE_CHECKING:
    from ingest.settings import Settings

Row = dict[str, Any]


def kept_by_lock(settings: Settings) -> frozenset[str]:
    """submission_id of those whose latest verdict is about a unit and period that are closed now.

    Not of those whose rows are lost and were read by an earlier parser: nobody can land them as they were.
    """
    folder = settings.ledger_dir
    decisions = [one for one in load_decisions(settings) if one.kind is not Kind.APPROVED]
    if not decisions:
        return frozenset()
    verdicts = latest_verdicts(folder)
    readings = {(row["submission_id"], row["parse_id"]): row for row in ledger.read(folder, "readings").to_pylist()}
    landed: dict[tuple[str, str], set[str]] = {}
    for part in ledger.read(folder, "reading_parts").to_pylist():
        if part["landing_file"] is not None and part["parse_id"] != parse_id():
            landed.setdefault((part["submission_id"], part["parse_id"]), set()).add(part["landing_file"])
    kept = set()
    for submission_id, verdict in verdicts.items():
        key = (submission_id, verdict["parse_id"])
        reading = readings.get(key)
        if reading is None:
            continue
        is_closed = lock_state(decisions, reading["reporting_period_id"], reading["reporting_unit_id"]) is not None
        if is_closed and all((settings.landing_dir / name).exists() for name in landed.get(key, ())):
            kept.add(submission_id)
    return frozenset(kept)
