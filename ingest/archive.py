"""The archive: received files as they came, addressed by their content, never changed.

Belongs here: storing bytes once and finding them again. Does not belong here: knowing where they came from
(receive.py) or what is in them (reader.py).
"""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path

from ingest.ledger import sync_folder

READ_ONLY = 0o444
CHUNK = 1 << 20


class ArchiveCorrupt(RuntimeError):
    """The archive holds other bytes at an address than the address says; a person must look at the disk."""


def path_of(archive_dir: Path, sha256: str) -> Path:
    """Where the file of this content stands, stored or not."""
    return archive_dir / sha256[:2] / sha256


def store(data: Path, archive_dir: Path) -> str:
    """Copy a file into the archive and return its sha256 (hex); bytes that are there already are left alone.

    The digest is taken from the bytes that were copied, so a file that changes meanwhile is stored as it was read.
    Raises OSError if the file cannot be read, ArchiveCorrupt if the address holds other content.
    """
    archive_dir.mkdir(parents=True, exist_ok=True)
    unfinished = archive_dir / f".{uuid.uuid4().hex}.tmp"
    digest = hashlib.sha256()
    try:
        with data.open("rb") as source, unfinished.open("wb") as copy:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        sha256 = digest.hexdigest()
        target = path_of(archive_dir, sha256)
        if target.exists():
            _ensure_same(target, sha256)
            return sha256
        target.parent.mkdir(exist_ok=True)
        unfinished.chmod(READ_ONLY)
        unfinished.replace(target)
        sync_folder(target.parent)
        return sha256
    finally:
        unfinished.unlink(missing_ok=True)


def _ensure_same(target: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    with target.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise ArchiveCorrupt(f"{target} does not hold the content its name says; restore it from a backup")
