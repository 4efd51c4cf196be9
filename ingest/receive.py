"""Receiving: every file of the inbox goes to the archive, and what came when goes to the ledger.

An inbox may have one folder per unit, named by code or name ("849", "849_Tra_Cu", "Huyện Trà Cú"), and inside it one
folder per period ("2023Q1", "Quý I năm 2023"): a report must then be of that unit and period. Other names mean nothing.

Belongs here: walking a channel and writing receipts. Does not belong here: opening workbooks (intake.py, next), and
holding a report against its folder (expectations/admission.py).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import structlog

from ingest import archive, ledger
from ingest.decisions import TICK, load_decisions
from ingest.progress import track
from ingest.settings import InvalidSetting, Settings

log = structlog.get_logger(__name__)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

IGNORED_PREFIXES = ("~$", ".", "~")
IGNORED_SUFFIXES = (".tmp", ".part", ".crdownload", ".partial", ".filepart")
VANISHED = "changed or vanished while it was read"
LINK_LEADS_OUTSIDE = "a link that leads out of the inbox is not followed"
LINK_LEADS_NOWHERE = "a link that leads nowhere"
LINK_TO_FOLDER = "a link to a folder is not followed"
NOT_A_FILE = "no regular file"
NAME_NOT_TEXT = "its name is no text in UTF-8; rename the file"

IGNORED_NAMES = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class FoundFile:
    """A file in a channel; `channel_path` is relative to the channel, with forward slashes."""

    channel_path: str
    size_bytes: int
    received_at: datetime


@dataclass(frozen=True)
class Skipped:
    """A file that was not received this time, and why."""

    channel_path: str
    reason: str


class Channel(Protocol):
    """Where files arrive. A new kind of channel lists files, those it will not hand over, and hands one over."""

    def files(self) -> Iterator[FoundFile]: ...

    def refused(self) -> Iterator[Skipped]: ...

    def look_again(self, found: FoundFile) -> FoundFile | None: ...

    def local_path(self, found: FoundFile) -> Path: ...


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
        for path in self._walk():
            if self._refusal(path) is None and (found := self._look_at(path)) is not None:
                yield found

    def refused(self) -> Iterator[Skipped]:
        for path in self._walk():
            if (reason := self._refusal(path)) is not None:
                yield Skipped(_shown(path.relative_to(self.folder).as_posix()), reason)

    def look_again(self, found: FoundFile) -> FoundFile | None:
        return self._look_at(self.local_path(found))

    def local_path(self, found: FoundFile) -> Path:
        return self.folder / found.channel_path

    def _walk(self) -> Iterator[Path]:
        """Files and links by name, without those that programs leave while they write; links are not followed."""
        for place, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if not name.startswith(IGNORED_PREFIXES))
            links = [name for name in folders if (Path(place) / name).is_symlink()]
            for name in sorted([*names, *links]):
                is_unfinished = name.lower().endswith(IGNORED_SUFFIXES) or name.lower() in IGNORED_NAMES
                if not name.startswith(IGNORED_PREFIXES) and not is_unfinished:
                    yield Path(place) / name

    def _refusal(self, path: Path) -> str | None:
        """Why a path of the inbox is not received."""
        if not _is_text(path.relative_to(self.folder).as_posix()):
            return NAME_NOT_TEXT
        if path.is_symlink():
            try:
                inside = path.resolve(strict=True).is_relative_to(self.folder.resolve())
            except (OSError, RuntimeError):
                return LINK_LEADS_NOWHERE
            return LINK_TO_FOLDER if path.is_dir() else None if inside else LINK_LEADS_OUTSIDE
        return None if path.is_file() or not path.exists() else NOT_A_FILE

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
    skipped = list(channel.refused())
    for one in skipped:
        log.warning("file_skipped", file=one.channel_path, reason=one.reason)
    recorded_at = _recorded_now(settings)
    new_contents: set[str] = set()
    for found in track(fresh, "Receiving files"):
        sha256 = _store_unchanged(channel, found, settings.archive_dir)
        if sha256 is None:
            skipped.append(Skipped(found.channel_path, VANISHED))
            log.warning("file_skipped", file=found.channel_path, reason=VANISHED)
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
                "recorded_at": recorded_at,
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


def receipts_of(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    """Every receipt in the ledger by the sha256 of its content, the earliest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = ledger.read(settings.ledger_dir, "receipts").to_pylist()
    for row in sorted(rows, key=lambda row: (row["received_at"], row["receipt_id"])):
        found.setdefault(row["sha256"], []).append(row)
    return found


def _recorded_now(settings: Settings) -> datetime:
    """The moment of this intake: the run's, and after every decision the ledger holds, should the clock stand still."""
    decided = [decision.decided_at for decision in load_decisions(settings)]
    return max([settings.now, *(moment + TICK for moment in decided)])


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(name: str) -> str:
    """A name that can be logged and stored, whatever bytes it is made of."""
    return name.encode("utf-8", "backslashreplace").decode()


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
