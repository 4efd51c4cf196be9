"""What waits for intake: files that no receipt speaks of, contents whose cover was not read, and their verdicts.

Belongs here: the question of the sensor and of `ntm run`. Does not belong here: receiving (ingest/receive.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ingest import ledger
from ingest.receive import FoundFile, open_channel
from ingest.settings import Settings


def unknown_files(settings: Settings) -> list[FoundFile]:
    """Files of the inbox that are not known by path, size and moment; none is opened."""
    receipts = ledger.read(settings.ledger_dir, "receipts").select(["channel_path", "size_bytes", "received_at"])
    known = {tuple(row.values()) for row in receipts.to_pylist()}
    found_files = open_channel(settings.inbox).files()
    return [found for found in found_files if (found.channel_path, found.size_bytes, found.received_at) not in known]


def unidentified_contents(settings: Settings) -> list[str]:
    """sha256 of received contents whose cover today's parser has not read: left by a killed intake, or a new parser."""
    from ingest.reading import parse_id, submission_id_of

    submissions = ledger.read(settings.ledger_dir, "submissions").select(["submission_id", "parse_id"]).to_pylist()
    done = {row["submission_id"] for row in submissions if row["parse_id"] == parse_id()}
    received = set(ledger.read(settings.ledger_dir, "receipts").column("sha256").to_pylist())
    return sorted(sha256 for sha256 in received if submission_id_of(sha256) not in done)


@dataclass(frozen=True)
class Waiting:
    """What waits for intake: files not received, contents not identified, submissions that need a verdict here."""

    files: tuple[FoundFile, ...]
    contents: tuple[str, ...]
    unjudged: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.files or self.contents or self.unjudged)

    @property
    def key(self) -> str:
        """A short name for exactly this; an intake that bears it is not started again."""
        from expectations.catalogue import rules_id
        from ingest.reading import parse_id

        files = [f"{file.channel_path}\0{file.size_bytes}\0{file.received_at.isoformat()}" for file in self.files]
        named = [parse_id(), rules_id(), *sorted(files), *self.contents, *self.unjudged]
        return hashlib.sha256("\n".join(named).encode()).hexdigest()[:16]


def waiting_for_intake(settings: Settings) -> Waiting:
    """What intake would do now; nothing is opened."""
    from expectations.judge import unjudged_unidentified

    return Waiting(
        files=tuple(unknown_files(settings)),
        contents=tuple(unidentified_contents(settings)),
        unjudged=tuple(sorted(row["submission_id"] for row, _ in unjudged_unidentified(settings))),
    )
