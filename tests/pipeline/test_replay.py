"""What the macros say was known at an instant is what a replay up to it builds, for every fact with a history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.settings import Settings
from orchestration.replay import replay

pytestmark = pytest.mark.slow

INSTANT = timedelta(microseconds=1)
DRAWS = 2


@pytest.fixture(scope="module")
def office(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """What the sample's office has stored, in a folder whose lock is our own."""
    folder = tmp_path_factory.mktemp("office")
    for name in ("archive", "ledger", "landing"):
        (folder / name).symlink_to(sample.settings.data_dir / name)
    return replace(sample.settings, data_dir=folder)


@pytest.fixture(scope="module")
def now(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(f"attach '{sample.database}' as marts (read_only)")
        yield con


def drawn(now: duckdb.DuckDBPyConnection, draw: int) -> datetime:
    """An instant at which a correction or a late report came, or the one right before it."""
    found = now.execute(
        "select distinct known_from from marts.fct_submission_part "
        "where version > 1 or known_to is not null order by known_from"
    ).fetchall()
    chance = random.Random(draw)
    moment: datetime = chance.choice(found)[0]
    return moment - INSTANT * chance.randint(0, 1)


@pytest.mark.parametrize("draw", range(DRAWS))
def test_known_at_an_instant_is_what_a_replay_up_to_it_builds(
    office: Settings, now: duckdb.DuckDBPyConnection, tmp_path: Path, draw: int
) -> None:
    instant = drawn(now, draw)
    made = replay(office, instant, tmp_path / "replay")
    now.execute(f"attach or replace '{made.build.database}' as past (read_only)")
    histories = [fact for (fact,) in now.execute("select fact from marts.dim_history").fetchall()]
    assert histories
    differing = {fact: found for fact in histories if (found := differences(now, fact, instant))}
    assert differing == {}
    assert sum(row_count(now, f"past.{fact}") for fact in histories)
    fewer = [fact for fact in histories if row_count(now, f"past.{fact}") < row_count(now, f"marts.{fact}")]
    assert fewer, "the instant is one at which less was known"


def differences(con: duckdb.DuckDBPyConnection, fact: str, instant: datetime) -> list[Any]:
    """Rows that only the macro or only the replay has, in the columns that the fact shares with its history."""
    shared = ", ".join(name for name in columns(con, "marts", f"{fact}__history") if name in columns(con, "past", fact))
    asked = f"select {shared} from marts.{fact}__known_at('{instant.isoformat()}')"
    # the help that teams gave stands in fct_activity beside the activities of that form, from a history of its own
    built = f"select {shared} from past.{fact}" + (" where form = 'activities'" if fact == "fct_activity" else "")
    return con.execute(f"({asked} except all {built}) union all ({built} except all {asked}) limit 5").fetchall()


def columns(con: duckdb.DuckDBPyConnection, catalog: str, table: str) -> list[str]:
    found = con.execute(
        "select column_name from duckdb_columns() where database_name = ? and table_name = ? order by column_index",
        [catalog, table],
    ).fetchall()
    return [name for (name,) in found]


def row_count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    found = con.execute(f"select count(*) from {table}").fetchone()
    assert found is not None
    return int(found[0])
