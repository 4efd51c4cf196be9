"""The sample in PostgreSQL: every row arrives; every table shows a unit its own rows, counted from the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb
import psycopg
import pytest

from publish import dictionary
from publish.build import current_build
from publish.postgres.access import rule_of
from publish.postgres.logins import grant_unit
from publish.postgres.publication import publish_to_postgres

pytestmark = pytest.mark.slow

# A district with its communes, and a commune of the new map with those that it follows by default.
OWN = {
    "844": ("'844'", "select unit_id from dim_administrative_unit where unit_id = '844.1' or parent_unit_id = '844.1'"),
    "29329": (
        "'29329'",
        "select '29329.2' union select predecessor_unit_id from bridge_unit_succession "
        "where successor_unit_id = '29329.2' and is_default",
    ),
}


def test_every_row_arrives_and_a_unit_counts_its_own(
    sample: Any, database: str, login: Callable[..., str], as_login: Callable[[str], psycopg.Connection]
) -> None:
    settings = replace(sample.settings, postgres_dsn=database)
    build = current_build(settings)
    assert build is not None
    publish_to_postgres(settings, build)
    with psycopg.connect(database) as con:
        for table in build.tables:
            assert con.execute(f"select count(*) from marts.{table.table}").fetchone() == (table.row_count,)  # type: ignore[arg-type]
    for unit, (reporting_units, places) in OWN.items():
        grant_unit(settings, login(f"s{unit}"), unit)
        seen, owned = {}, {}
        with as_login(f"s{unit}") as con, duckdb.connect(str(build.database), read_only=True) as file:
            for table in build.tables:
                columns = {column.name for column in dictionary.mart(table.table).columns}
                if rule_of(table.table).kind != "own":
                    continue
                conditions = {"reporting_unit_id": reporting_units, "unit_id": places}
                own = " or ".join(f"{column} in ({of})" for column, of in conditions.items() if column in columns)
                owned[table.table] = file.sql(f"select count(*) from {table.table} where {own}").fetchall()[0][0]
                counted = con.execute(f"select count(*) from marts.{table.table}").fetchone()  # type: ignore[arg-type]
                seen[table.table] = counted[0] if counted else None
        assert seen == owned
        assert sum(owned.values()) > 0
