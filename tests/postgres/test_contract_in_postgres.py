"""What PostgreSQL promises its readers: columns come freely, and go only as declared, a release later."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from ingest.settings import Settings
from publish import contract
from publish.contract import ContractBroken, Migration
from publish.postgres import publication
from publish.postgres.access import UndeclaredAccess
from publish.postgres.publication import publish_to_postgres

FUNDING = """
    select '2023Q1' as reporting_period_id, '844' as reporting_unit_id, 's' as submission_id,
        '29263.1' as unit_id, 'NTM' as programme_code, 'r1' as row_id, 'x' as explanation, """


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Any:
    """declare(migration, …, release="0.2.0"): what is declared, and which release publishes."""

    def to(*migrations: Migration, release: str) -> None:
        monkeypatch.setattr(publication, "declared_migrations", lambda: migrations)
        monkeypatch.setattr(publication, "current_release", lambda: release)

    return to


def rows(dsn: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn, autocommit=True) as con:
        return con.execute(query).fetchall()  # type: ignore[arg-type]


def columns(dsn: str, table: str = "fct_funding") -> set[str]:
    found = rows(dsn, f"select column_name from information_schema.columns where table_name = '{table}'")
    return {column for (column,) in found}


def test_an_added_column_and_table_come_by_themselves(settings: Settings, make_build: Any, database: str) -> None:
    publish_to_postgres(settings, make_build("b1"))
    more = FUNDING + "7::decimal(20,0) as disbursed_vnd, 9 as borrower_count"
    publish_to_postgres(settings, make_build("b2", fct_funding=more, dim_title="select 'NTM' as title_code"))
    assert rows(database, "select disbursed_vnd, borrower_count from marts.fct_funding") == [(7, 9)]
    assert rows(database, "select title_code from marts.dim_title") == [("NTM",)]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"fct_funding": FUNDING + "7::decimal(20,0) as paid_vnd"}, "fct_funding.disbursed_vnd .* new there: paid_vnd"),
        ({"fct_funding": FUNDING + "7::integer as disbursed_vnd"}, "disbursed_vnd was .* and would be INTEGER"),
        ({"rpt_overview": None}, "table rpt_overview is gone"),
    ],
)
def test_a_break_is_refused_by_name_and_nothing_is_published(
    settings: Settings, make_build: Any, database: str, change: dict[str, str | None], named: str
) -> None:
    publish_to_postgres(settings, make_build("b1"))
    with pytest.raises(ContractBroken, match=named):
        publish_to_postgres(settings, make_build("b2", dim_programme="select 'X' as programme_code", **change))
    assert rows(database, "select build_id from marts.build") == [("b1",)]
    assert columns(database, "dim_programme") == set()


def test_a_renamed_column_is_kept_filled_for_one_release(
    settings: Settings, make_build: Any, database: str, declare: Any
) -> None:
    renamed = FUNDING + "7::decimal(20,0) as paid_vnd"
    publish_to_postgres(settings, make_build("b1"))
    declare(Migration("0.2.0", "fct_funding", "disbursed_vnd", new_name="paid_vnd"), release="0.2.0")
    publish_to_postgres(settings, make_build("b2", fct_funding=renamed))
    assert rows(database, "select disbursed_vnd, paid_vnd from marts.fct_funding") == [(7, 7)]
    said = rows(
        database,
        "select col_description(attrelid, attnum) from pg_attribute "
        "where attrelid = 'marts.fct_funding'::regclass and attname = 'disbursed_vnd'",
    )
    assert "deprecated" in said[0][0]
    assert "paid_vnd" in said[0][0]
    publish_to_postgres(settings, make_build("b3", fct_funding=renamed.replace("7", "8")))
    assert rows(database, "select disbursed_vnd, paid_vnd from marts.fct_funding") == [(8, 8)]
    declare(release="0.3.0")
    publish_to_postgres(settings, make_build("b4", fct_funding=renamed.replace("7", "9")))
    assert "disbursed_vnd" not in columns(database)


def test_a_dropped_column_is_null_then_gone_unless_a_view_reads_it(
    settings: Settings, make_build: Any, database: str, declare: Any
) -> None:
    fewer = FUNDING.replace(", 'x' as explanation,", ",") + "7::decimal(20,0) as disbursed_vnd"
    publish_to_postgres(settings, make_build("b1"))
    declare(Migration("0.2.0", "fct_funding", "explanation"), release="0.2.0")
    publish_to_postgres(settings, make_build("b2", fct_funding=fewer))
    assert rows(database, "select explanation from marts.fct_funding") == [(None,)]
    with psycopg.connect(database, autocommit=True) as con:
        con.execute("create view public.v as select explanation from marts.fct_funding")
    declare(release="0.3.0")
    done = publish_to_postgres(settings, make_build("b3", fct_funding=fewer))
    assert done.notes == ("marts.fct_funding.explanation was given up and stays, as something else reads it: v.",)
    assert "explanation" in columns(database)
    with psycopg.connect(database, autocommit=True) as con:
        con.execute("drop view public.v")
    assert publish_to_postgres(settings, make_build("b4", fct_funding=fewer)).notes == ()
    assert "explanation" not in columns(database)


def test_a_dropped_table_is_empty_then_gone(settings: Settings, make_build: Any, database: str, declare: Any) -> None:
    publish_to_postgres(settings, make_build("b1"))
    declare(Migration("0.2.0", "rpt_overview", None), release="0.2.0")
    publish_to_postgres(settings, make_build("b2", rpt_overview=None))
    assert rows(database, "select count(*) from marts.rpt_overview") == [(0,)]
    declare(release="0.3.0")
    publish_to_postgres(settings, make_build("b3", rpt_overview=None))
    assert columns(database, "rpt_overview") == set()


def test_a_retyped_column_is_retyped_where_it_is_declared(
    settings: Settings, make_build: Any, database: str, declare: Any
) -> None:
    publish_to_postgres(settings, make_build("b1"))
    declare(Migration("0.2.0", "fct_funding", "disbursed_vnd", new_type="BIGINT"), release="0.2.0")
    publish_to_postgres(settings, make_build("b2", fct_funding=FUNDING + "7::bigint as disbursed_vnd"))
    assert rows(database, "select pg_typeof(disbursed_vnd)::text, disbursed_vnd from marts.fct_funding") == [
        ("bigint", 7)
    ]


def test_an_undeclared_table_is_not_published(settings: Settings, make_build: Any) -> None:
    with pytest.raises(UndeclaredAccess, match="fct_new"):
        publish_to_postgres(settings, make_build("b1", fct_new="select '844' as reporting_unit_id"))


def test_only_tables_whose_rows_changed_are_written(settings: Settings, make_build: Any, database: str) -> None:
    first = publish_to_postgres(settings, make_build("b1"))
    assert len(first.changed) == 8
    again = publish_to_postgres(
        settings, make_build("b2", fct_period_status="select '2023Q1' as reporting_period_id, 10 as expected_count")
    )
    assert again.changed == ("fct_period_status",)
    assert rows(database, "select expected_count from marts.fct_period_status") == [(10,)]
    assert rows(database, "select build_id, inputs_digest from marts.build") == [("b2", "digest of b2")]


def test_every_value_arrives_as_it_was(settings: Settings, make_build: Any, database: str) -> None:
    odd = (
        "select '2023Q1' as reporting_period_id, 'Đ''\"\\\n;--' as reporting_unit_id, 's' as submission_id, "
        "null::varchar as unit_id, 'NTM' as programme_code, 'r' as row_id, "
        "12345678901234567890::decimal(20,0) as disbursed_vnd, "
        "'' as explanation"
    )
    publish_to_postgres(settings, make_build("b1", fct_funding=odd))
    found = rows(database, "select reporting_unit_id, unit_id, disbursed_vnd, explanation from marts.fct_funding")
    assert [(a, b, int(c), d) for a, b, c, d in found] == [("Đ'\"\\\n;--", None, 12345678901234567890, "")]


def test_labels_key_and_indexes_stand_where_readers_look(settings: Settings, make_build: Any, database: str) -> None:
    publish_to_postgres(settings, make_build("b1"))
    assert rows(database, "select obj_description('marts.dim_helper_team'::regclass)")[0][0] != "dim_helper_team"
    assert rows(
        database,
        "select conname::text, contype::text from pg_constraint "
        "where conrelid = 'marts.dim_helper_team'::regclass and contype = 'p'",
    ) == [("dim_helper_team__key", "p")]
    indexes = {one for (one,) in rows(database, "select indexname from pg_indexes where tablename = 'fct_funding'")}
    assert {f"fct_funding__{column}" for column in ("reporting_unit_id", "unit_id", "programme_code")} <= indexes


def test_declared_migrations_can_all_be_read() -> None:
    for migration in contract.declared_migrations():
        assert contract.release_number(migration.release)


def test_a_change_of_shape_waits_for_a_reader_and_is_then_made(
    settings: Settings, make_build: Any, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "LOCK_SECONDS", 1)
    monkeypatch.setattr(publication, "PAUSE_SECONDS", 0.2)
    publish_to_postgres(settings, make_build("b1"))
    more = make_build("b2", fct_funding=FUNDING + "7::decimal(20,0) as disbursed_vnd, 9 as borrower_count")
    with psycopg.connect(database) as reader, ThreadPoolExecutor(1) as pool:
        reader.execute("select * from marts.fct_funding").fetchall()
        publishing = pool.submit(publish_to_postgres, settings, more)
        time.sleep(2.5)
        assert not publishing.done()
        # nobody waits behind the publication for longer than it waits itself
        with psycopg.connect(database, autocommit=True) as other:
            other.execute("set statement_timeout = '2s'")
            assert other.execute("select count(*) from marts.fct_funding").fetchall() == [(4,)]
        reader.rollback()
        assert publishing.result(timeout=30).build_id == "b2"
    assert rows(database, "select borrower_count from marts.fct_funding") == [(9,)]
