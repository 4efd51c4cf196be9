"""The ledger grows by whole commits and shows nothing unfinished."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest import ledger


def test_rows_come_back_as_they_were_committed(tmp_path: Path) -> None:
    moment = datetime(2023, 3, 20, 1, 2, 3, tzinfo=UTC)
    row = {"receipt_id": "r", "sha256": "s", "size_bytes": 5, "received_at": moment, "run_id": "run"}
    assert ledger.commit(tmp_path, "receipts", [row]) == 1
    assert ledger.read(tmp_path, "receipts").to_pylist() == [
        row | {"file_name": None, "channel_path": None, "recorded_at": None}
    ]


def test_commits_add_up(tmp_path: Path) -> None:
    ledger.commit(tmp_path, "receipts", [{"receipt_id": "1"}])
    ledger.commit(tmp_path, "receipts", [{"receipt_id": "2"}, {"receipt_id": "3"}])
    assert sorted(ledger.read(tmp_path, "receipts")["receipt_id"].to_pylist()) == ["1", "2", "3"]


def test_a_column_that_an_older_file_lacks_is_null(tmp_path: Path) -> None:
    columns = [name for name in ledger.TABLES["receipts"] if name != "recorded_at"]
    old = pa.schema([field for field in ledger.schema("receipts") if field.name in columns])
    (tmp_path / "receipts").mkdir()
    pq.write_table(pa.Table.from_pylist([{"receipt_id": "old"}], schema=old), tmp_path / "receipts" / "1.parquet")
    moment = datetime(2023, 3, 20, tzinfo=UTC)
    ledger.commit(tmp_path, "receipts", [{"receipt_id": "new", "recorded_at": moment}])
    found = {row["receipt_id"]: row["recorded_at"] for row in ledger.read(tmp_path, "receipts").to_pylist()}
    assert found == {"old": None, "new": moment}


def test_no_rows_write_no_file(tmp_path: Path) -> None:
    assert ledger.commit(tmp_path, "receipts", []) == 0
    assert list(tmp_path.rglob("*")) == []


def test_an_unknown_field_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="colour"):
        ledger.commit(tmp_path, "receipts", [{"receipt_id": "1", "colour": "red"}])
    assert list(tmp_path.rglob("*.parquet")) == []


def test_what_a_killed_run_left_unfinished_is_not_read(tmp_path: Path) -> None:
    ledger.commit(tmp_path, "receipts", [{"receipt_id": "1"}])
    (tmp_path / "receipts" / ".half.parquet.0.tmp").write_bytes(b"PAR1 half")
    assert ledger.read(tmp_path, "receipts").num_rows == 1


def test_every_table_can_be_queried_before_anything_was_committed(tmp_path: Path) -> None:
    ledger.ensure_tables(tmp_path)
    for table in ledger.TABLES:
        assert list((tmp_path / table).glob("*.parquet"))
        assert ledger.read(tmp_path, table).num_rows == 0
