"""Receiving makes receipts of files and submissions of contents."""

import hashlib
import os
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest import archive, ledger
from ingest.receive import FolderChannel, ReceiveSummary, receipts_of, receive_inbox
from ingest.settings import InvalidSetting, Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "inbox").mkdir()
    return load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-04-12T08:00:00"})


def put(
    settings: Settings, name: str, content: bytes, modified: datetime = datetime(2023, 3, 20, 1, tzinfo=UTC)
) -> Path:
    path = Path(settings.inbox) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (modified.timestamp(), modified.timestamp()))
    return path


def receipts(settings: Settings) -> list[dict[str, object]]:
    return sorted(ledger.read(settings.ledger_dir, "receipts").to_pylist(), key=lambda row: row["channel_path"])


def test_every_file_is_archived_and_has_a_receipt(settings: Settings) -> None:
    put(settings, "849/Trà Cú.xlsx", b"one")
    summary = receive_inbox(settings, "run")
    (receipt,) = receipts(settings)
    assert summary == ReceiveSummary(seen=1, known=0, receipts=1, new_submissions=1, skipped=())
    assert receipt["channel_path"] == "849/Trà Cú.xlsx"
    assert receipt["file_name"] == "Trà Cú.xlsx"
    assert receipt["received_at"] == datetime(2023, 3, 20, 1, tzinfo=UTC)
    assert archive.path_of(settings.archive_dir, str(receipt["sha256"])).read_bytes() == b"one"


def test_a_second_walk_adds_nothing_and_reads_nothing(settings: Settings) -> None:
    path = put(settings, "a.xlsx", b"one")
    receive_inbox(settings, "first")
    put(settings, "a.xlsx", b"two")  # same path, size and moment: known, whatever it holds
    assert path.read_bytes() == b"two"
    assert receive_inbox(settings, "second") == ReceiveSummary(
        seen=1, known=1, receipts=0, new_submissions=0, skipped=()
    )
    assert len(receipts(settings)) == 1


def test_the_same_content_under_another_name_is_a_receipt_but_no_submission(settings: Settings) -> None:
    put(settings, "a.xlsx", b"one")
    receive_inbox(settings, "first")
    put(settings, "b.xlsx", b"one")
    summary = receive_inbox(settings, "second")
    assert (summary.receipts, summary.new_submissions) == (1, 0)
    assert len({row["sha256"] for row in receipts(settings)}) == 1


def test_the_same_content_at_another_moment_is_a_receipt_but_no_submission(settings: Settings) -> None:
    put(settings, "a.xlsx", b"one")
    receive_inbox(settings, "first")
    put(settings, "a.xlsx", b"one", datetime(2023, 3, 21, tzinfo=UTC))
    summary = receive_inbox(settings, "second")
    assert (summary.receipts, summary.new_submissions) == (1, 0)


@pytest.mark.parametrize("name", ["~$bao cao.xlsx", ".DS_Store", "a.xlsx.part", "x.tmp", "Thumbs.db", ".sync/a.xlsx"])
def test_lock_files_and_unfinished_files_are_not_seen(settings: Settings, name: str) -> None:
    put(settings, name, b"x")
    assert receive_inbox(settings, "run").seen == 0


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings, "a.xlsx", b"half")
    put(settings, "b.xlsx", b"whole")
    local_path = FolderChannel.local_path

    def while_somebody_saves(channel: FolderChannel, found: object) -> Path:
        path = local_path(channel, found)  # type: ignore[arg-type]
        if path.name == "a.xlsx" and path.read_bytes() == b"half":
            put(settings, "a.xlsx", b"complete")
        return path

    with monkeypatch.context() as patch:
        patch.setattr(FolderChannel, "local_path", while_somebody_saves)
        summary = receive_inbox(settings, "first")
    assert [skipped.channel_path for skipped in summary.skipped] == ["a.xlsx"]
    assert [row["channel_path"] for row in receipts(settings)] == ["b.xlsx"]
    assert receive_inbox(settings, "second").receipts == 1


def test_a_file_that_vanishes_is_skipped_and_reported(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(settings, "a.xlsx", b"one")
    monkeypatch.setattr(FolderChannel, "local_path", lambda channel, found: channel.folder / "moved away")
    summary = receive_inbox(settings, "run")
    assert [skipped.channel_path for skipped in summary.skipped] == ["a.xlsx"]
    assert receipts(settings) == []


def test_an_empty_or_absent_inbox_is_no_error(tmp_path: Path) -> None:
    settings = load_settings({"NTM_DATA_DIR": str(tmp_path)})
    assert receive_inbox(settings, "run").seen == 0


def test_a_channel_that_is_not_supported_is_refused_by_name(tmp_path: Path) -> None:
    settings = load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_INBOX": "sftp://host/inbox"})
    with pytest.raises(InvalidSetting, match="only a local folder"):
        receive_inbox(settings, "run")


def test_a_receipt_says_when_the_office_took_the_file_in(settings: Settings) -> None:
    put(settings, "a.xlsx", b"one")
    receive_inbox(settings, "run")
    (receipt,) = receipts(settings)
    assert (receipt["received_at"], receipt["recorded_at"]) == (datetime(2023, 3, 20, 1, tzinfo=UTC), settings.now)


def test_receipts_of_a_content_are_told_the_earliest_first(settings: Settings) -> None:
    put(settings, "b/late.xlsx", b"one", datetime(2023, 3, 22, tzinfo=UTC))
    put(settings, "a/early.xlsx", b"one", datetime(2023, 3, 21, tzinfo=UTC))
    put(settings, "other.xlsx", b"two")
    receive_inbox(settings, "run")
    by_content = receipts_of(settings)
    assert sorted([row["channel_path"] for row in rows] for rows in by_content.values()) == [
        ["a/early.xlsx", "b/late.xlsx"],
        ["other.xlsx"],
    ]


@pytest.mark.parametrize(
    "name",
    [
        'Bieu 6T (sua lan 2) final: "chot".xlsx',
        "a<b>|c?*\\d.xlsx",
        "CON.xlsx",
        "cuối dòng .xlsx.",
        "hai\ndòng\t.xlsx",
        "Huyện Trà Cú ✓ 😀.xlsx",
        "x" * 240 + ".xlsx",
    ],
)
def test_a_file_is_received_whatever_it_is_called(settings: Settings, name: str) -> None:
    put(settings, name, b"one")
    assert receive_inbox(settings, "run").skipped == ()
    assert [row["file_name"] for row in receipts(settings)] == [name]
    assert receive_inbox(settings, "again").known == 1


def test_a_decomposed_name_is_kept_as_it_is_and_known_again(settings: Settings) -> None:
    decomposed = unicodedata.normalize("NFD", "Huyện Trà Cú/Báo cáo quý I.xlsx")
    put(settings, decomposed, b"one")
    receive_inbox(settings, "first")
    (receipt,) = receipts(settings)
    assert receipt["channel_path"] == decomposed
    assert receive_inbox(settings, "second").receipts == 0


def test_a_name_that_is_no_text_is_left_and_reported(settings: Settings) -> None:
    (Path(settings.inbox) / "a.xlsx").write_bytes(b"one")
    try:
        (Path(os.fsdecode(os.fsencode(settings.inbox) + b"/b\xe0o.xlsx"))).write_bytes(b"two")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    summary = receive_inbox(settings, "run")
    assert summary.receipts == 1
    ((path, reason),) = [(one.channel_path, one.reason) for one in summary.skipped]
    assert (path, "UTF-8" in reason) == ("b\\udce0o.xlsx", True)


def test_links_that_lead_out_of_the_inbox_are_not_followed(settings: Settings, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.xlsx").write_bytes(b"secret")
    inbox = Path(settings.inbox)
    put(settings, "849/a.xlsx", b"one")
    (inbox / "file.xlsx").symlink_to(outside / "secret.xlsx")
    (inbox / "folder").symlink_to(outside)
    (inbox / "inside.xlsx").symlink_to(inbox / "849" / "a.xlsx")
    (inbox / "nowhere.xlsx").symlink_to(inbox / "gone.xlsx")
    (inbox / "round.xlsx").symlink_to(inbox / "round.xlsx")
    summary = receive_inbox(settings, "run")
    assert [row["channel_path"] for row in receipts(settings)] == ["849/a.xlsx", "inside.xlsx"]
    assert {one.channel_path: one.reason for one in summary.skipped} == {
        "file.xlsx": "a link that leads out of the inbox is not followed",
        "folder": "a link to a folder is not followed",
        "nowhere.xlsx": "a link that leads nowhere",
        "round.xlsx": "a link that leads nowhere",
    }
    assert not archive.path_of(settings.archive_dir, hashlib.sha256(b"secret").hexdigest()).exists()


def test_an_inbox_that_is_itself_a_link_is_an_inbox(settings: Settings, tmp_path: Path) -> None:
    put(settings, "a.xlsx", b"one")
    (tmp_path / "link").symlink_to(settings.inbox)
    assert receive_inbox(replace(settings, inbox=str(tmp_path / "link")), "run").receipts == 1


def test_empty_folders_and_what_is_no_file_stop_nothing(settings: Settings) -> None:
    (Path(settings.inbox) / "849" / "2023Q1").mkdir(parents=True)
    os.mkfifo(Path(settings.inbox) / "pipe.xlsx")
    put(settings, "850/a.xlsx", b"one")
    summary = receive_inbox(settings, "run")
    assert (summary.seen, summary.receipts) == (1, 1)
    assert [(one.channel_path, one.reason) for one in summary.skipped] == [("pipe.xlsx", "no regular file")]
