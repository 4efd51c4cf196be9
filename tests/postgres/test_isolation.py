"""A unit's login sees its rows and no other, by whatever way it asks; BI reads no name of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from ingest.settings import Settings
from publish.postgres.logins import LoginRefused, grant_unit, revoke_unit
from publish.postgres.publication import publish_to_postgres

OTHER_MARK = "29461.1"  # a place of unit 849
SECRETS = ("Trần Văn Lợi", "secret 29461")
OTHER_WORDS = (OTHER_MARK, *SECRETS)

Connect = Callable[[str], psycopg.Connection]
MakeLogin = Callable[..., str]


@pytest.fixture
def published(settings: Settings, make_build: Any) -> Settings:
    publish_to_postgres(settings, make_build("b1"))
    return settings


@pytest.fixture
def unit_844(published: Settings, login: MakeLogin, as_login: Connect) -> psycopg.Connection:
    """A connection as the login of unit 844."""
    grant_unit(published, login("u844"), "844")
    return as_login("u844")


def places(con: psycopg.Connection, query: str = "select unit_id from marts.fct_funding") -> set[str]:
    return {row[0] for row in con.execute(query).fetchall()}  # type: ignore[arg-type]


def test_a_district_sees_its_communes_and_no_row_of_another(unit_844: psycopg.Connection) -> None:
    assert places(unit_844) == {"29263.1", "29266.1"}
    assert places(unit_844, "select area_name_vi from marts.rpt_overview") == {"Càng Long"}  # nor the province's sums


def test_a_team_is_seen_through_an_assignment_that_is(unit_844: psycopg.Connection) -> None:
    assert places(unit_844, "select leader_name from marts.dim_helper_team") == {"Nguyễn Thị Hồng"}


def test_what_is_the_office_s_alone_is_refused(unit_844: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        unit_844.execute("select * from marts.fct_period_status")


def test_reference_data_are_everybody_s(unit_844: psycopg.Connection) -> None:
    assert len(places(unit_844, "select unit_id from marts.dim_administrative_unit")) == 6
    assert unit_844.execute("select build_id from marts.build").fetchall() == [("b1",)]


def test_a_new_commune_sees_the_past_of_the_communes_that_it_follows_by_default(
    published: Settings, login: MakeLogin, as_login: Connect
) -> None:
    grant_unit(published, login("u29254"), "29254")
    assert places(as_login("u29254")) == {"29254.2", "29263.1"}  # 29266.1 went there only in part


def test_the_province_sees_everything(published: Settings, login: MakeLogin, as_login: Connect) -> None:
    grant_unit(published, login("uprov"), "province")
    con = as_login("uprov")
    assert len(places(con)) == 4
    assert places(con, "select area_name_vi from marts.rpt_overview") == {"Càng Long", "Trà Cú", "Tỉnh"}


def test_office_analyst_and_bi_see_every_row(published: Settings, login: MakeLogin, as_login: Connect) -> None:
    for group in ("ntm_office", "ntm_analyst", "ntm_bi"):
        assert len(places(as_login(login(f"x_{group}", group)))) == 4


def test_a_member_of_the_group_without_a_unit_sees_no_row(
    published: Settings, login: MakeLogin, as_login: Connect
) -> None:
    assert places(as_login(login("u_none", "ntm_unit"))) == set()


def test_a_login_of_no_group_reads_nothing(published: Settings, login: MakeLogin, as_login: Connect) -> None:
    con = as_login(login("stranger"))
    for query in ("select * from marts.fct_funding", "select ntm.own_places()", "select * from ntm.unit_login"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            con.execute(query)  # type: ignore[arg-type]


def test_a_unit_that_was_taken_is_no_longer_seen(
    published: Settings, unit_844: psycopg.Connection, login: MakeLogin
) -> None:
    revoke_unit(published, "u844")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        unit_844.execute("select * from marts.fct_funding")


# Each is tried as the login of unit 844; whatever it answers, or says as it refuses, holds nothing of another unit.
ATTACKS: dict[str, list[str]] = {
    "the setting of another": ["set ntm.unit = '849'", "set session ntm.login = 'u849'", "table marts.fct_funding"],
    "the group's role": ["set role ntm_unit", "table marts.fct_funding"],
    "another's role": ["set role u849", "table marts.fct_funding"],
    "the office's role": ["set role ntm_office", "table marts.fct_funding"],
    "another's session": ["set session authorization u849", "table marts.fct_funding"],
    "row security off": ["set row_security = off", "table marts.fct_funding"],
    "another search path": [
        "create temp table unit_login as select 'u844' as login, '849' as holder",
        "create temp table scope as select '849' as holder, 'place' as kind, '29461.1' as id",
        "set search_path = pg_temp, ntm, marts",
        "table marts.fct_funding",
    ],
    "a prepared statement": [
        "prepare p as select * from marts.fct_funding where unit_id = $1",
        "execute p('29461.1')",
        "set plan_cache_mode = force_generic_plan",
        "execute p('29461.1')",
    ],
    "a cursor": ["begin", "declare c cursor with hold for table marts.fct_funding", "commit", "fetch all from c"],
    "a copy": ["copy marts.fct_funding to stdout"],
    "a copied query": ["copy (select * from marts.fct_funding) to stdout"],
    "a view of its own": ["create temp view v as table marts.fct_funding", "table v"],
    "the masked views": ["select * from marts_bi.dim_helper_team"],
    "a function that tells what it is shown": [
        """create function pg_temp.tell(t text) returns boolean language plpgsql cost 0.0000001 as
        $$ begin raise notice 'told %', t; return true; end $$""",
        "select unit_id from marts.fct_funding where pg_temp.tell(explanation)",
    ],
    "an operator that tells": [
        """create function pg_temp.tell2(a text, b text) returns boolean language plpgsql cost 0.0000001 as
        $$ begin raise notice 'told %', a; return true; end $$""",
        "create operator pg_temp.<<< (procedure = pg_temp.tell2, leftarg = text, rightarg = text)",
        "select unit_id from marts.fct_funding where explanation operator(pg_temp.<<<) 'x'",
    ],
    "an error that tells": ["select * from marts.fct_funding where explanation::int = 1 and unit_id = '29461.1'"],
    "a division that tells": [
        "select 1 from marts.fct_funding where 1 / (case unit_id when '29461.1' then 0 else 1 end) = 1"
    ],
    "a definer's function of its own": [
        "create function pg_temp.mine() returns setof marts.fct_funding language sql security definer as "
        "$$ table marts.fct_funding $$",
        "select * from pg_temp.mine()",
    ],
    "anonymous code": [
        """do $$ declare r record; begin for r in table marts.fct_funding loop raise notice '%', r; end loop; end $$"""
    ],
    "XML of a query": ["select query_to_xml('table marts.fct_funding', true, false, '')"],
    "XML of the table": ["select table_to_xml('marts.fct_funding', true, false, '')"],
    "XML of the schema": ["select schema_to_xml('marts', true, false, '')"],
    "JSON of the rows": ["select json_agg(f) from marts.fct_funding as f"],
    "a join with reference data": [
        "select d.leader_name from marts.dim_reporting_unit as u left join marts.fct_helper_assignment as a "
        "using (reporting_unit_id) left join marts.dim_helper_team as d using (helper_team_id)"
    ],
    "statistics": ["select * from pg_stats where schemaname = 'marts' and tablename like 'fct%'"],
    "raw statistics": ["select stavalues1 from pg_statistic where starelid = 'marts.fct_funding'::regclass"],
    "the information schema": ["select * from information_schema.column_privileges where table_schema = 'marts'"],
    "the mapping of logins": ["table ntm.unit_login"],
    "the scope": ["table ntm.scope"],
    "what the publication remembers": ["table ntm.published_table"],
    "its own mapping": ["insert into ntm.unit_login values ('u844', '849')", "table marts.fct_funding"],
    "a policy of its own": ["create policy all_rows on marts.fct_funding using (true)", "table marts.fct_funding"],
    "no policies": ["alter table marts.fct_funding disable row level security", "table marts.fct_funding"],
    "another function": [
        "create or replace function ntm.is_province() returns boolean language sql as 'select true'",
        "table marts.fct_funding",
    ],
    "the group for another": ["grant ntm_office to u844", "table marts.fct_funding"],
    "locked rows": ["select * from marts.fct_funding for update"],
    "a deletion that returns": ["delete from marts.fct_funding returning *"],
    "a file of the server": ["select pg_read_file('postgresql.conf')"],
    "samples": ["select * from marts.fct_funding tablesample system (100)"],
    "places in the file": [
        "select * from marts.fct_funding where ctid = '(0,3)'",
        "select ctid, * from marts.fct_funding",
    ],
    "large objects": ["select * from pg_largeobject"],
    "running queries": ["select query from pg_stat_activity"],
}


def answered(con: psycopg.Connection, statements: list[str]) -> tuple[str, str]:
    """What came back as rows and notices, and what errors said."""
    said: list[str] = []
    errors: list[str] = []
    con.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
    for statement in statements:
        try:
            if statement.startswith("copy"):
                with con.cursor().copy(statement) as copied:  # type: ignore[arg-type]
                    said.extend(bytes(block).decode() for block in copied)
                continue
            cursor = con.execute(statement)  # type: ignore[arg-type]
            if cursor.description:
                said.extend(str(row) for row in cursor.fetchall())
        except psycopg.Error as error:
            errors.append(f"{error.diag.message_primary} {error.diag.message_detail} {error.diag.context}")
    return "\n".join(said), "\n".join(errors)


def test_nothing_that_a_unit_can_ask_answers_with_another_s(
    published: Settings, login: MakeLogin, as_login: Connect
) -> None:
    grant_unit(published, login("u844"), "844")
    grant_unit(published, login("u849"), "849")
    leaks = {}
    for name, statements in ATTACKS.items():
        with as_login("u844") as con:
            rows, errors = answered(con, statements)
        # An error may quote the question, which names the place; it may not quote a row.
        if [word for word in OTHER_WORDS if word in rows or (word in errors and word != OTHER_MARK)]:
            leaks[name] = rows + errors
    assert leaks == {}


def test_the_attacks_do_find_what_the_asker_may_see(published: Settings, login: MakeLogin, as_login: Connect) -> None:
    grant_unit(published, login("u849"), "849")
    telling = [
        name for name in ATTACKS if any(w in "".join(answered(as_login("u849"), ATTACKS[name])) for w in SECRETS)
    ]
    assert len(telling) >= 15  # as the unit whose rows they are: the questions are no blanks


def test_estimates_of_the_planner_are_made_without_another_s_values(unit_844: psycopg.Connection) -> None:
    found = unit_844.execute(
        "select count(*) from pg_stats where schemaname = 'marts' and tablename = 'fct_funding'"
    ).fetchall()
    assert found == [(0,)]


def test_bi_reads_no_name_of_a_person(published: Settings, login: MakeLogin, as_login: Connect) -> None:
    con = as_login(login("bi", "ntm_bi"))
    for query in (
        "select leader_name from marts.dim_helper_team",
        "select * from marts.dim_helper_team",
        "select t from marts.dim_helper_team as t",
        "select agency_code from marts.dim_helper_team where leader_name like 'N%'",
        "select agency_code from marts.dim_helper_team order by leader_name",
        "select count(leader_name) from marts.fct_helper_assignment",
        "select to_json(t) from marts.dim_helper_team as t",
        "copy marts.dim_helper_team to stdout",
        "select stavalues1 from pg_statistic",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            con.execute(query)  # type: ignore[arg-type]
    stats = con.execute(
        "select count(*) from pg_stats where schemaname = 'marts' and attname = 'leader_name'"
    ).fetchall()
    assert stats == [(0,)]
    shown = con.execute("select helper_team_id, leader_name from marts_bi.dim_helper_team order by 1").fetchall()
    assert shown == [("t1", "(đã ẩn)"), ("t2", "(đã ẩn)")]


def test_office_and_unit_read_names(published: Settings, login: MakeLogin, as_login: Connect) -> None:
    con = as_login(login("office", "ntm_office"))
    assert places(con, "select leader_name from marts.dim_helper_team") == {"Nguyễn Thị Hồng", "Trần Văn Lợi"}


def test_an_analyst_s_view_shows_a_unit_no_more_than_the_table(
    published: Settings, unit_844: psycopg.Connection, login: MakeLogin, as_login: Connect, database: str
) -> None:
    with psycopg.connect(database, autocommit=True) as con:
        con.execute(
            "create schema analysis; create view analysis.v with (security_invoker = true) as table marts.fct_funding"
        )
        con.execute("grant usage on schema analysis to ntm_unit; grant select on analysis.v to ntm_unit")
    assert places(unit_844, "select unit_id from analysis.v") == {"29263.1", "29266.1"}
    with psycopg.connect(database, autocommit=True) as con:
        con.execute("drop schema analysis cascade")


@pytest.mark.parametrize(
    ("options", "group", "why"),
    [
        ("superuser", "", "superuser"),
        ("bypassrls", "", "bypass"),
        ("", "ntm_office", "ntm_office"),
        ("", "ntm_bi", "ntm_bi"),
        ("nologin", "", "group"),
    ],
)
def test_a_login_that_sees_more_is_given_no_unit(
    published: Settings, login: MakeLogin, database: str, options: str, group: str, why: str
) -> None:
    login("wide", group)
    with psycopg.connect(database, autocommit=True) as con:
        con.execute(f"alter role wide {options}")  # type: ignore[arg-type]
    with pytest.raises(LoginRefused, match=why):
        grant_unit(published, "wide", "844")


def test_a_unit_or_login_that_is_not_known_is_refused_by_name(published: Settings, login: MakeLogin) -> None:
    with pytest.raises(LoginRefused, match="'850'"):
        grant_unit(published, login("u850"), "850")
    with pytest.raises(LoginRefused, match="create role"):
        grant_unit(published, "nobody_made_this", "844")
