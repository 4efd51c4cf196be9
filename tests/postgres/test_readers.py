"""Readers that ask without pause through twenty builds: no error, and no two generations in one answer."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest import ledger
from ingest.settings import Settings
from publish.inputs import WarehouseRecord, inputs_digest, record_warehouse
from publish.postgres.logins import grant_unit
from publish.postgres.publication import publish_to_postgres
from publish.publication import publish

GENERATIONS, ROWS = 20, 20_000

READ = {
    "duckdb": """
        import duckdb
        from ingest.settings import load_settings
        from publish.build import current_build
        settings = load_settings()
        def ask():
            build = current_build(settings)
            with duckdb.connect(str(build.database), read_only=True) as con:
                found = [con.sql(f"select distinct generation from {t}").fetchall() for t in TABLES]
                named = con.sql("select build_id from build").fetchall()
            return found, named == [(build.build_id,)]
    """,
    "duckdb link": """
        import os
        from pathlib import Path
        import duckdb
        from ingest.settings import load_settings
        link = load_settings().published_dir / "marts.duckdb"
        def ask():
            with duckdb.connect(str(link.resolve()), read_only=True) as con:
                found = [con.sql(f"select distinct generation from {t}").fetchall() for t in TABLES]
                return found, True
    """,
    "parquet": """
        import pyarrow.parquet as pq
        from ingest.settings import load_settings
        folder = load_settings().published_dir / "parquet"
        def ask():
            now = folder.resolve()
            read = [pq.ParquetFile(now / t / "data.parquet").read(["generation"]) for t in TABLES]
            return [[(one,) for one in table["generation"].unique().to_pylist()] for table in read], True
    """,
    "postgres, repeatable read": """
        import psycopg
        con = psycopg.connect(DSN)
        con.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        names = {}
        def ask():
            with con.transaction():
                found = [con.execute(f"select distinct generation from marts.{t}").fetchall() for t in TABLES]
                named = con.execute("select build_id from marts.build").fetchall()
            return found, names.setdefault(named[0][0], found[0]) == found[0] and len(named) == 1
    """,
    "postgres, one statement": """
        import psycopg
        con = psycopg.connect(DSN, autocommit=True)
        def ask():
            union = " union ".join(f"select generation from marts.{t}" for t in TABLES)
            return [con.execute(union).fetchall()], True
    """,
    "postgres, a unit": """
        import psycopg
        con = psycopg.connect(DSN.replace("postgres:@", "reader844:@"))
        con.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        def ask():
            with con.transaction():
                found = [con.execute(f"select distinct generation from marts.{t}").fetchall() for t in TABLES]
                units = con.execute("select distinct reporting_unit_id from marts.fct_funding").fetchall()
            return found, units == [("844",)]
    """,
}

LOOP = """
    import json, sys, time
    from pathlib import Path
    stop, out, asked, seen, wrong, longest = Path(sys.argv[1]), Path(sys.argv[2]), 0, set(), [], 0.0
    ask()
    out.with_suffix(".ready").touch()
    while not stop.exists():
        begun = time.perf_counter()
        try:
            found, is_named = ask()
            generations = {row[0] for rows in found for row in rows}
            seen |= generations
            if len(generations) != 1 or not is_named:
                wrong.append(f"{found} {is_named}")
        except Exception as error:
            wrong.append(repr(error))
        asked += 1
        longest = max(longest, time.perf_counter() - begun)
    out.write_text(json.dumps({"asked": asked, "seen": len(seen), "wrong": wrong[:5], "longest": longest}))
"""


def make_warehouse(settings: Settings, generation: int) -> None:
    """Marts of which every row says its generation."""
    ledger.commit(settings.ledger_dir, "receipts", [{"receipt_id": str(generation), "sha256": "", "file_name": ""}])
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    settings.warehouse_file.unlink(missing_ok=True)
    more = ", 1 as borrower_count" if generation >= GENERATIONS // 2 else ""  # the contract grows on the way
    with duckdb.connect(str(settings.warehouse_file)) as con:
        con.execute("create schema marts")
        con.execute(
            f"create table marts.fct_funding as select '2023Q1' as reporting_period_id, "
            f"case when range % 2 = 0 then '844' else '849' end as reporting_unit_id, "
            f"case when range % 2 = 0 then '844.1' else '849.1' end as unit_id, "
            f"range as place_no, {generation} as generation{more} from range({ROWS})"
        )
        con.execute(
            f"create table marts.rpt_submissions as select '844' as reporting_unit_id, {generation} as generation"
        )
        for table, row in (
            ("dim_reporting_unit", "'844' as reporting_unit_id, '844.1' as unit_id, 'district' as unit_kind"),
            ("dim_administrative_unit", "'844.1' as unit_id, 'district' as level, '84.1' as parent_unit_id"),
            ("bridge_unit_succession", "'a' as predecessor_unit_id, 'b' as successor_unit_id, true as is_default"),
        ):
            con.execute(f"create table marts.{table} as select {row}")
    record_warehouse(settings, WarehouseRecord(inputs_digest(settings), "a basis"))


@pytest.mark.slow
def test_readers_meet_one_generation_at_a_time(
    settings: Settings, tmp_path: Path, login: Callable[..., str], database: str
) -> None:
    moment = settings.now

    def new_generation(number: int) -> None:
        now = replace(settings, now=moment + timedelta(minutes=number))
        make_warehouse(now, number)
        publish_to_postgres(now, publish(now))

    new_generation(0)
    grant_unit(settings, login("reader844"), "844")
    stop = tmp_path / "stop"
    readers: dict[str, tuple[subprocess.Popen[bytes], Path]] = {}
    for number, (name, read) in enumerate(READ.items()):
        head = f"TABLES, DSN = ('fct_funding', 'rpt_submissions'), {database!r}\n"
        script, out = head + textwrap.dedent(read) + textwrap.dedent(LOOP), tmp_path / f"{number}.json"
        environ = {"NTM_DATA_DIR": str(settings.data_dir), "PATH": "", "PYTHONPATH": ":".join(filter(None, sys.path))}
        readers[name] = (subprocess.Popen([sys.executable, "-c", script, str(stop), str(out)], env=environ), out)
    try:
        for name, (process, out) in readers.items():
            for _ in range(600):
                if out.with_suffix(".ready").exists():
                    break
                assert process.poll() is None, name
                time.sleep(0.1)
        for number in range(1, GENERATIONS + 1):
            new_generation(number)
    finally:
        stop.touch()
        for process, _ in readers.values():
            process.wait(timeout=60)
    told: dict[str, Any] = {name: json.loads(out.read_text()) for name, (_, out) in readers.items()}
    print(json.dumps(told, indent=1))
    for name, answer in told.items():
        assert answer["wrong"] == [], name
        assert answer["seen"] >= GENERATIONS // 2, name  # it read while generations changed
        assert answer["longest"] < 10, name
