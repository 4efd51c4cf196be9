"""Receiving: every file of the inbox goes to the archive, and what came when goes to the ledger.

Belongs here: walking a channel and writing receipts. Does not belong here: opening workbooks; that a file is no
report is found by reading.py, which comes next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from ingest import archive, ledger
from ingest.progress import track
from ingest.settings import InvalidSetting, Settings

log = structlog.get_logger(__name__)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

IGNORED_PREFIXES = ("~$", ".", "~")
IGNORED_SUFFIXES = (".tmp", ".part", ".crdownload", ".partial", ".filepart")
IGNORED_NAMES = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class FoundFile:
    """A file in a channel; `channel_path` is relative to the channel, with forward slashes."""

    channel_path: str
    size_bytes: int
    received_at: datetime


class Channel(Protocol):
    """Where files arrive. A new kind of channel lists files and hands one over as a local path."""

    def files(self) -> Iterator[FoundFile]: ...

    def look_again(self, found: FoundFile) -> FoundFile | None: ...

    def local_path(self, found: FoundFile) -> Path: ...


@dataclass(frozen=True)
class Skipped:
    """A file left for the next run, and why."""

    channel_path: str
    reason: str


@dataclass(frozen=True)
class ReceiveSummary:
    """What one walk over the inbox found; `new_submissions` counts contents never received before."""

    seen: int
    known: int
    receipts: int
    new_submissions: int
    skipped: tuple[Skipped, ...]


class FolderChannel:
    """A local folder; a file's moment of receipt is its modification time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self) -> Iterator[FoundFile]:
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder)
            if any(part.startswith(IGNORED_PREFIXES) for part in inside.parts):
                continue
            if path.name.lower().endswith(IGNORED_SUFFIXES) or path.name.lower() in IGNORED_NAMES:
                continue
            if (found := self._look_at(path)) is not None:
                yield found

    def look_again(self, found: FoundFile) -> FoundFile | None:
        return self._look_at(self.local_path(found))

    def local_path(self, found: FoundFile) -> Path:
        return self.folder / found.channel_path

    def _look_at(self, path: Path) -> FoundFile | None:
        try:
            stat = path.stat()
        except OSError:
            return None
        if not path.is_file():
            return None
        moment = EPOCH + timedelta(microseconds=stat.st_mtime_ns // 1000)
        return FoundFile(path.relative_to(self.folder).as_posix(), stat.st_size, moment)


def open_channel(inbox: str) -> Channel:
    """The channel an inbox setting names. Raises InvalidSetting for a kind that is not supported."""
    if "://" in inbox and not inbox.startswith("file://"):
        raise InvalidSetting(f"NTM_INBOX={inbox!r}: only a local folder can be read; write its path")
    return FolderChannel(Path(inbox.removeprefix("file://")).expanduser())


def receive_inbox(settings: Settings, run_id: str) -> ReceiveSummary:
    """Archive every file of the inbox and commit a receipt for each one not known by path, size and moment.

    Receipts are committed after the last file is on disk; a killed walk is repeated whole and stores nothing twice.
    """
    channel = open_channel(settings.inbox)
    receipts = ledger.read(settings.ledger_dir, "receipts").to_pylist()
    known = {(row["channel_path"], row["size_bytes"], row["received_at"]) for row in receipts}
    contents = {row["sha256"] for row in receipts}
    found_files = list(channel.files())
    fresh = [found for found in found_files if _identity(found) not in known]
    rows: list[dict[str, object]] = []
    skipped: list[Skipped] = []
    new_contents: set[str] = set()
    for found in track(fresh, "Receiving files"):
        sha256 = _store_unchanged(channel, found, settings.archive_dir)
        if sha256 is None:
            reason = "changed or vanished while it was read"
            skipped.append(Skipped(found.channel_path, reason))
            log.warning("file_skipped", file=found.channel_path, reason=reason)
            continue
        if sha256 not in contents:
            new_contents.add(sha256)
        rows.append(
            {
                "receipt_id": _receipt_id(found, sha256),
                "sha256": sha256,
                "file_name": found.channel_path.rsplit("/", 1)[-1],
                "channel_path": found.channel_path,
                "size_bytes": found.size_bytes,
                "received_at": found.received_at,
                "run_id": run_id,
            }
        )
        log.info("file_received", file=found.channel_path, sha256=sha256[:16], is_new=sha256 not in contents)
    ledger.commit(settings.ledger_dir, "receipts", rows)
    return ReceiveSummary(
        seen=len(found_files),
        known=len(found_files) - len(fresh),
        receipts=len(rows),
        new_submissions=len(new_contents),
        skipped=tuple(skipped),
    )


def _store_unchanged(channel: Channel, found: FoundFile, archive_dir: Path) -> str | None:
    """The sha256 of the archived file; None if it was not the same file before and after it was read."""
    try:
        sha256 = archive.store(channel.local_path(found), archive_dir)
    except (FileNotFoundError, PermissionError, IsADirectoryError):
        return None
    return sha256 if channel.look_again(found) == found else None


def _identity(found: FoundFile) -> tuple[str, int, datetime]:
    return found.channel_path, found.size_bytes, found.received_at


def _receipt_id(found: FoundFile, sha256: str) -> str:
    parts = (found.channel_path, str(found.size_bytes), found.received_at.isoformat(), sha256)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
