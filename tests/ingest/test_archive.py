"""The archive keeps what was received, once, unchanged."""

import hashlib
import stat
from pathlib import Path

import pytest

from ingest.archive import ArchiveCorrupt, path_of, store


@pytest.fixture
def received(tmp_path: Path) -> Path:
    file = tmp_path / "báo cáo.xlsx"
    file.write_bytes(b"content")
    return file


def test_a_file_is_stored_under_the_digest_of_its_content(received: Path, tmp_path: Path) -> None:
    sha256 = store(received, tmp_path / "archive")
    assert sha256 == hashlib.sha256(b"content").hexdigest()
    assert path_of(tmp_path / "archive", sha256) == tmp_path / "archive" / sha256[:2] / sha256
    assert path_of(tmp_path / "archive", sha256).read_bytes() == b"content"


def test_a_stored_file_cannot_be_written(received: Path, tmp_path: Path) -> None:
    stored = path_of(tmp_path / "archive", store(received, tmp_path / "archive"))
    assert stat.S_IMODE(stored.stat().st_mode) == 0o444


def test_the_same_content_again_leaves_the_stored_file_alone(received: Path, tmp_path: Path) -> None:
    stored = path_of(tmp_path / "archive", store(received, tmp_path / "archive"))
    before = stored.stat()
    store(received, tmp_path / "archive")
    assert (stored.stat().st_ino, stored.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_nothing_unfinished_stays_in_the_archive(received: Path, tmp_path: Path) -> None:
    sha256 = store(received, tmp_path / "archive")
    store(received, tmp_path / "archive")
    files = [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
    assert files == [path_of(tmp_path / "archive", sha256)]


def test_other_content_at_an_address_raises(received: Path, tmp_path: Path) -> None:
    stored = path_of(tmp_path / "archive", store(received, tmp_path / "archive"))
    stored.chmod(0o644)
    stored.write_bytes(b"damaged")
    with pytest.raises(ArchiveCorrupt, match="restore it from a backup"):
        store(received, tmp_path / "archive")


def test_a_file_that_vanished_raises_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        store(tmp_path / "gone.xlsx", tmp_path / "archive")
    assert not [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
