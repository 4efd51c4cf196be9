"""Decisions of the office on a period: approved for publication, closed for further reports, reopened.

Belongs here: their record in the ledger and what follows from it at a moment. Does not belong here: whether a decision
makes sense (orchestration/decisions.py) and what becomes of a workbook that came after a lock (expectations/admission).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ingest import ledger
from ingest.settings import Settings

TICK = timedelta(microseconds=1)


class Kind(StrEnum):
    APPROVED = "approved"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Decision:
    """One decision. `reporting_unit_id` None: on every unit; `submission_ids`: what was current when approved."""

    decision_id: str
    kind: Kind
    reporting_period_id: str
    reporting_unit_id: str | None
    submission_ids: tuple[str, ...]
    decided_by: str
    reason: str | None
    decided_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Decision:
        """A row of the ledger."""
        return cls(
            decision_id=row["decision_id"],
            kind=Kind(row["kind"]),
            reporting_period_id=row["reporting_period_id"],
            reporting_unit_id=row["reporting_unit_id"],
            submission_ids=tuple(json.loads(row["submission_ids"] or "[]")),
            decided_by=row["decided_by"],
            reason=row["reason"],
            decided_at=row["decided_at"],
        )

    def speaks_of(self, period_id: str, unit_id: str) -> bool:
        """Whether the decision is about this unit in this period."""
        return self.reporting_period_id == period_id and self.reporting_unit_id in (None, unit_id)


def record_decision(
    settings: Settings,
    kind: Kind,
    reporting_period_id: str,
    *,
    decided_by: str,
    reporting_unit_id: str | None = None,
    submission_ids: Iterable[str] = (),
    reason: str | None = None,
    run_id: str = "decision",
) -> Decision:
    """Append one decision to the ledger and return it.

    It is later than every receipt and decision recorded before it, even where the clock stands still: whether a file
    came before or after a lock never hangs on two equal moments.
    """
    decided_at = max([settings.now, *(moment + TICK for moment in _recorded_moments(settings))])
    listed = json.dumps(sorted(submission_ids))
    parts = (kind.value, reporting_period_id, reporting_unit_id or "", listed, decided_by, decided_at.isoformat())
    row = {
        "decision_id": hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16],
        "kind": kind.value,
        "reporting_unit_id": reporting_unit_id,
        "reporting_period_id": reporting_period_id,
        "submission_ids": listed,
        "decided_by": decided_by,
        "reason": reason,
        "decided_at": decided_at,
        "run_id": run_id,
    }
    ledger.commit(settings.ledger_dir, "decisions", [row])
    return Decision.of(row)


def load_decisions(settings: Settings) -> tuple[Decision, ...]:
    """Every decision, oldest first."""
    rows = ledger.read(settings.ledger_dir, "decisions").to_pylist()
    return tuple(sorted((Decision.of(row) for row in rows), key=lambda one: (one.decided_at, one.decision_id)))


def lock_state(
    decisions: Iterable[Decision], period_id: str, unit_id: str, moment: datetime | None = None
) -> Decision | None:
    """The closing that is in force for a unit in a period at a moment (None: as things stand); None where it is open.

    The latest word counts: a reopening of one unit opens that unit alone, a later closing of the period closes all.
    """
    last: Decision | None = None
    for one in sorted(decisions, key=lambda one: (one.decided_at, one.decision_id)):
        is_past = moment is None or one.decided_at <= moment
        if is_past and one.kind is not Kind.APPROVED and one.speaks_of(period_id, unit_id):
            last = one
    return last if last is not None and last.kind is Kind.CLOSED else None


def _recorded_moments(settings: Settings) -> list[datetime]:
    """The latest moment that the ledger records of each kind that decisions are held against."""
    moments: list[datetime] = []
    for table, column in (("receipts", "recorded_at"), ("decisions", "decided_at")):
        known = [value for value in ledger.read(settings.ledger_dir, table).column(column).to_pylist() if value]
        moments += [max(known)] if known else []
    return moments
