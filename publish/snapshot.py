"""A snapshot: the build that speaks for a reporting period on paper, and whether it is locked or a draft.

Belongs here: what it is, and the words that stand on every page made from it. Does not belong here: finding or making
it (orchestration/snapshots.py), what is printed from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from publish.build import Build

DRAFT_VI = "BẢN NHÁP – kỳ chưa khóa sổ"


@dataclass(frozen=True)
class Snapshot:
    """`closed_at` is when the period was last closed, for its last unit; None: it is open, and this is a draft."""

    period_id: str
    build: Build
    closed_at: datetime | None

    @property
    def snapshot_id(self) -> str:
        """The build as it was known at the lock; of a draft the build that is current."""
        return self.build.build_id

    @property
    def is_draft(self) -> bool:
        return self.closed_at is None
