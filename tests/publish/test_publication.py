"""Publication: immutable builds, a pointer that moves by rename, nothing left of a killed one."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from ingest import ledger
from ingest.settings import Settings, load_settings
from publish import inputs, publication
from publish.build import current_build
from publish.contract import ContractBroken
from publish.dictionary import mart
from publish.inputs import WarehouseRecord, inputs_digest, record_warehouse, recorded_warehouse
from publish.publication import PublicationFailed, publish

NOW = "2023-04-12T08:00:00+07:00"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(tmp_path / "data"), "NTM_NOW": NOW})


def make_warehouse(settings: Settings, rows: int = 3, extra: str = "") -> None:
    """A warehouse whose marts hold `rows` rows, vouched for as built from what the ledger holds now."""
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    settings.warehouse_file.unlink(missing_ok=True)
    with duckdb.connect(str(settings.warehouse_file)) as con:
        con.execute("create schema staging; create schema marts; create view staging.stg_x as select 1 as a")
        con.execute(
            f"create table marts.fct_funding as "
            f"select range as place_no, (range * 1000)::decimal(20, 0) as disbursed_vnd from range({rows})"
        )
        con.execute("create table marts.dim_programme as select 'NTM' as programme_code")
        con.execute("comment on column marts.fct_funding.disbursed_vnd is 'cumulative, in đồng'")
        if extra:
            con.execute(extra)
    record_warehouse(settings, WarehouseRecord(inputs_digest(settings), "a basis"))


def receive_something(settings: Settings, name: str) -> None:
    """Another ledger file: the inputs are not what they were."""
    ledger.commit(settings.ledger_dir, "receipts", [{"receipt_id": name, "sha256": name, "file_name": name}])


def visible_names(settings: Settings) -> set[str]:
    return {path.name for path in settings.published_dir.iterdir()}


def test_a_build_holds_the_marts_and_nothing_else(settings: Settings) -> None:
    make_warehouse(settings)
    build = publish(settings)
    assert build.row_counts == {"dim_programme": 1, "fct_funding": 3}
    with duckdb.connect(str(build.database), read_only=True) as con:
        names = con.execute("select table_name from duckdb_tables() order by 1").fetchall()
        total = con.execute("select sum(disbursed_vnd) from marts.fct_funding").fetchone()
        comment = con.execute("select comment from duckdb_columns() where column_name = 'disbursed_vnd'").fetchone()
    assert names == [("dim_programme",), ("fct_funding",)]
    assert total == (3000,)
    assert comment == ("cumulative, in đồng",)
    assert pq.read_table(build.parquet("fct_funding")).num_rows == 3


def test_every_place_names_the_build(settings: Settings) -> None:
    make_warehouse(settings)
    build = publish(settings)
    with duckdb.connect(str(build.database), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        in_file = con.execute("select build_id, made_at::varchar, inputs_digest from marts.build").fetchall()
    beside = pq.read_table(settings.published_dir / "parquet" / "build" / "data.parquet").to_pylist()
    assert in_file == [(build.build_id, "2023-04-12 01:00:00+00", build.inputs_digest)]
    assert [(row["build_id"], row["made_at"].isoformat()) for row in beside] == [(build.build_id, build.made_at)]


def test_drivers_of_duckdb_1_0_open_the_file(settings: Settings) -> None:
    """A file says which format it has; 64 is the one that all drivers from 0.10 on read."""
    make_warehouse(settings)
    header = publish(settings).database.read_bytes()[:20]
    assert (header[8:12], int.from_bytes(header[12:20], "little")) == (b"DUCK", 64)


def test_a_parquet_file_says_what_its_columns_mean(settings: Settings) -> None:
    make_warehouse(settings)
    build = publish(settings)
    schema = pq.read_schema(build.parquet("fct_funding"))
    disbursed = mart("fct_funding").column("disbursed_vnd")
    assert schema.metadata[b"label_vi"].decode() == mart("fct_funding").label_vi
    assert schema.field("disbursed_vnd").metadata[b"label_vi"].decode() == disbursed.label_vi
    with duckdb.connect() as con:  # which knows of no fields
        said = con.execute(
            "select decode(value) from parquet_kv_metadata(?) where decode(key) = 'columns'",
            [str(build.parquet("fct_funding"))],
        ).fetchall()[0][0]
    assert json.loads(said)["disbursed_vnd"]["label_vi"] == disbursed.label_vi
    assert build.build_id.encode() not in build.parquet("fct_funding").read_bytes()


def test_columns_without_a_comment_have_their_label(settings: Settings) -> None:
    make_warehouse(settings)
    with duckdb.connect(str(publish(settings).database), read_only=True) as con:
        said = con.execute(
            "select comment from duckdb_columns() where table_name = 'dim_programme' and column_name = 'programme_code'"
        ).fetchone()
    assert said == (mart("dim_programme").column("programme_code").label_vi,)


def test_the_build_id_names_moment_and_inputs(settings: Settings) -> None:
    make_warehouse(settings)
    digest = inputs_digest(settings)
    assert publish(settings).build_id == f"20230412T010000Z-{digest[:8]}"


def test_pointer_and_links_lead_to_the_build(settings: Settings) -> None:
    make_warehouse(settings)
    build = publish(settings)
    pointer = json.loads((settings.published_dir / "current.json").read_text(encoding="utf-8"))
    assert pointer["build_id"] == build.build_id
    for link in ("marts.duckdb", "parquet"):
        target = os.readlink(settings.published_dir / link)
        assert target == f"{build.build_id}/{link}"  # relative: the folder may be moved or mounted elsewhere
    assert current_build(settings) == build


def test_files_of_a_build_are_read_only(settings: Settings) -> None:
    make_warehouse(settings)
    build = publish(settings)
    assert {path.stat().st_mode & 0o222 for path in build.folder.rglob("*") if path.is_file()} == {0}


def test_the_same_inputs_are_not_published_twice(settings: Settings) -> None:
    make_warehouse(settings)
    first = publish(settings)
    assert publish(settings) == first
    assert visible_names(settings) == {first.build_id, "current.json", "marts.duckdb", "parquet"}


def test_new_inputs_make_a_new_build_and_leave_the_old_one(settings: Settings) -> None:
    make_warehouse(settings)
    first = publish(settings)
    receive_something(settings, "another")
    make_warehouse(settings, rows=5)
    second = publish(settings)
    assert (first.row_counts["fct_funding"], second.row_counts["fct_funding"]) == (3, 5)
    assert first.is_whole()
    assert current_build(settings) == second
    assert (settings.published_dir / "marts.duckdb").resolve() == second.database.resolve()


def test_two_builds_at_one_moment_have_different_names(settings: Settings) -> None:
    make_warehouse(settings)
    first = publish(settings)
    first.database.unlink()  # it is whole no more, and made again from the same inputs
    second = publish(settings)
    assert second.build_id == f"{first.build_id}-2"


def test_equal_marts_are_equal_bytes(settings: Settings) -> None:
    make_warehouse(settings)
    first = publish(settings)
    receive_something(settings, "nothing in it for the marts")
    make_warehouse(settings)
    assert publish(settings).tables == first.tables


def test_a_reader_with_an_open_file_keeps_its_build(settings: Settings) -> None:
    make_warehouse(settings)
    publish(settings)
    with duckdb.connect(str(settings.published_dir / "marts.duckdb"), read_only=True) as reader:
        receive_something(settings, "another")
        make_warehouse(settings, rows=5)
        second = publish(settings)
        assert reader.execute("select count(*) from fct_funding").fetchone() == (3,)
    with duckdb.connect(str(second.database), read_only=True) as reader:
        assert reader.execute("select count(*) from fct_funding").fetchone() == (5,)


def test_a_killed_publication_leaves_no_trace(settings: Settings) -> None:
    make_warehouse(settings)
    first = publish(settings)
    receive_something(settings, "another")
    make_warehouse(settings, rows=2_000_000)
    later = (datetime.fromisoformat(NOW) + timedelta(hours=1)).isoformat()
    kill_while_a_build_grows(settings, later)
    assert current_build(settings) == first
    assert any(name.startswith(".") for name in visible_names(settings))
    after = publish(load_settings({"NTM_DATA_DIR": str(settings.data_dir), "NTM_NOW": later}))
    assert after.row_counts["fct_funding"] == 2_000_000
    assert visible_names(settings) == {first.build_id, after.build_id, "current.json", "marts.duckdb", "parquet"}


def kill_while_a_build_grows(settings: Settings, now: str) -> None:
    """SIGKILL a publishing process as soon as its dot-folder stands."""
    program = textwrap.dedent(
        f"""
        from ingest.settings import load_settings
        from publish.publication import publish
        publish(load_settings({{"NTM_DATA_DIR": {str(settings.data_dir)!r}, "NTM_NOW": {now!r}}}))
        """
    )
    process = subprocess.Popen([sys.executable, "-c", program])
    while process.poll() is None:
        if any(path.name.endswith(".tmp") and path.is_dir() for path in settings.published_dir.glob(".*")):
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert process.returncode == -signal.SIGKILL, "the process was done before it could be killed"


def test_contact_data_is_never_published(settings: Settings) -> None:
    make_warehouse(settings, extra="create table marts.dim_agency as select '0900' as contact_phone")
    with pytest.raises(PublicationFailed, match=r"dim_agency\.contact_phone"):
        publish(settings)
    assert current_build(settings) is None


def test_without_a_warehouse_there_is_nothing_to_publish(settings: Settings) -> None:
    with pytest.raises(PublicationFailed, match="No warehouse"):
        publish(settings)


def test_a_warehouse_without_marts_is_not_published(settings: Settings) -> None:
    settings.warehouse_dir.mkdir(parents=True)
    duckdb.connect(str(settings.warehouse_file)).close()
    record_warehouse(settings, WarehouseRecord(inputs_digest(settings), "a basis"))
    with pytest.raises(PublicationFailed, match="no tables in schema marts"):
        publish(settings)


def test_a_warehouse_whose_build_did_not_end_well_is_not_published(settings: Settings) -> None:
    make_warehouse(settings)
    inputs.forget_warehouse(settings)
    with pytest.raises(PublicationFailed, match="did not end well"):
        publish(settings)


def test_a_warehouse_older_than_the_ledger_is_not_published(settings: Settings) -> None:
    make_warehouse(settings)
    receive_something(settings, "later")
    with pytest.raises(PublicationFailed, match="since"):
        publish(settings)


def test_a_lost_pointer_removes_no_build(settings: Settings) -> None:
    make_warehouse(settings)
    first = publish(settings)
    (settings.published_dir / "current.json").unlink()
    receive_something(settings, "another")
    make_warehouse(settings, rows=5)
    publish(settings)
    assert first.is_whole()


def test_nobody_vouches_for_a_warehouse_that_is_gone(settings: Settings) -> None:
    make_warehouse(settings)
    settings.warehouse_file.unlink()
    assert recorded_warehouse(settings) is None


def test_inputs_change_with_the_ledger_and_the_province(settings: Settings) -> None:
    before = inputs_digest(settings)
    ledger.ensure_tables(settings.ledger_dir)
    assert inputs_digest(settings) == before  # empty files say nothing
    receive_something(settings, "another")
    after = inputs_digest(settings)
    elsewhere = load_settings({"NTM_DATA_DIR": str(settings.data_dir), "NTM_NOW": NOW, "NTM_PROVINCE": "01"})
    assert len({before, after, inputs_digest(elsewhere)}) == 3


def test_a_question_is_no_part_of_what_the_marts_are_made_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "DBT_PROJECT_DIR", tmp_path)
    for folder in ("models", "analyses/questions"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "models" / "fct.sql").write_text("select 1")
    before = inputs.dbt_project_digest()
    (tmp_path / "analyses" / "questions" / "q01.sql").write_text("select 2")
    assert inputs.dbt_project_digest() == before
    (tmp_path / "models" / "fct.sql").write_text("select 3")
    assert inputs.dbt_project_digest() != before


def unannounced(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """A build that is whole when its publication ends before the pointer moves; its id."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publication, "_point_at", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(settings)
    (build_id,) = (path.parent.name for path in settings.published_dir.glob("*/build.json"))
    return build_id


def test_a_build_that_was_never_pointed_at_is_taken_where_it_still_holds(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_warehouse(settings)
    left = unannounced(settings, monkeypatch)
    build = publish(settings)
    assert build.build_id == left
    assert build.is_linked()


def test_a_build_that_was_never_pointed_at_is_removed_where_it_no_longer_holds(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_warehouse(settings)
    left = unannounced(settings, monkeypatch)
    receive_something(settings, "more")
    make_warehouse(settings, rows=4)
    build = publish(settings)
    assert build.build_id != left
    assert not (settings.published_dir / left).exists()
    receive_something(settings, "and more")
    make_warehouse(settings, rows=5)
    publish(settings)
    assert build.folder.exists()  # what has been current stays


def test_a_dropped_or_retyped_column_is_refused_before_files_are_written(settings: Settings) -> None:
    make_warehouse(settings)
    build = publish(settings)
    receive_something(settings, "another")
    make_warehouse(settings, extra="alter table marts.fct_funding rename disbursed_vnd to paid_vnd")
    names = visible_names(settings)
    with pytest.raises(ContractBroken, match=r"fct_funding.disbursed_vnd .* is gone; new there: paid_vnd"):
        publish(settings)
    assert current_build(settings) == build
    assert visible_names(settings) == names
