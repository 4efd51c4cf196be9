"""`ntm publish` with a database named, units of logins, a publisher with few rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb
import psycopg
import pytest

from ingest.settings import Settings
from orchestration.cli import run_command
from publish.inputs import WarehouseRecord, inputs_digest, record_warehouse
from publish.postgres.publication import publish_to_postgres
from publish.postgres.session import PostgresFailed


@pytest.fixture
def environment(settings: Settings, database: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The process's settings, with a warehouse that may be published."""
    monkeypatch.setenv("NTM_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("NTM_NOW", settings.now.isoformat())
    monkeypatch.setenv("NTM_POSTGRES_DSN", database)
    settings.warehouse_dir.mkdir(parents=True)
    with duckdb.connect(str(settings.warehouse_file)) as con:
        con.execute("create schema marts")
        for table, row in (
            ("dim_reporting_unit", "'844' as reporting_unit_id, '844.1' as unit_id, 'district' as unit_kind"),
            ("dim_administrative_unit", "'844.1' as unit_id, 'district' as level, '84.1' as parent_unit_id"),
            ("bridge_unit_succession", "'a' as predecessor_unit_id, 'b' as successor_unit_id, true as is_default"),
        ):
            con.execute(f"create table marts.{table} as select {row}")
    record_warehouse(settings, WarehouseRecord(inputs_digest(settings), "a basis"))
    return settings


def test_publish_fills_postgres_and_says_so(
    environment: Settings, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["publish"]) == 0
    assert "3 tables changed, 0 did not" in capsys.readouterr().out
    assert run_command(["publish"]) == 0
    assert "0 tables changed, 3 did not" in capsys.readouterr().out
    with psycopg.connect(database) as con:
        assert con.execute("select count(*) from marts.dim_reporting_unit").fetchall() == [(1,)]


def test_a_login_is_given_a_unit_by_name(
    environment: Settings, login: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    run_command(["publish"])
    login("by_name")
    assert run_command(["grant-unit", "by_name", "Càng Long"]) == 2  # a district, and a commune after July 2025
    assert run_command(["grant-unit", "by_name", "Huyện Càng Long"]) == 0
    capsys.readouterr()
    assert run_command(["unit-logins"]) == 0
    assert capsys.readouterr().out == "by_name\t844\n"
    assert run_command(["revoke-unit", "by_name"]) == 0
    assert run_command(["grant-unit", "nobody", "844"]) == 2
    assert "create role" in capsys.readouterr().err


def test_a_publisher_needs_no_superuser(
    settings: Settings, make_build: Any, database: str, login: Callable[..., str]
) -> None:
    publish_to_postgres(settings, make_build("b1"))  # makes the roles, which are the server's
    with psycopg.connect(database, autocommit=True) as con:
        con.execute("drop schema ntm cascade; drop schema marts cascade; drop schema marts_bi cascade")
        login("publisher")
        con.execute("alter role publisher createrole")
        con.execute("grant create on database " + con.info.dbname + " to publisher")  # type: ignore[operator]
    as_publisher = replace(settings, postgres_dsn=database.replace("postgres:@", "publisher:@"))
    publish_to_postgres(as_publisher, make_build("b2"))
    publish_to_postgres(
        as_publisher, make_build("b3", fct_period_status="select 'x' as reporting_period_id, 1 as expected_count")
    )
    with psycopg.connect(database) as con:
        assert con.execute("select build_id from marts.build").fetchall() == [("b3",)]


def test_a_database_that_is_not_there_is_told_without_its_password(settings: Settings, make_build: Any) -> None:
    nowhere = replace(settings, postgres_dsn="postgresql://me:hidden-word@127.0.0.1:1/none")
    with pytest.raises(PostgresFailed) as caught:
        publish_to_postgres(nowhere, make_build("b1"))
    assert "hidden-word" not in str(caught.value)
