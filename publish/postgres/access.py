"""Who sees which rows and columns in PostgreSQL: group roles, policies on rows, privileges on columns.

Belongs here: the SQL of it, from access.yml and from what the dictionary calls personal. Whose login is whose unit is
told by ntm.unit_login alone, which a unit cannot read: a policy asks functions that run as their owner and look at
session_user, which neither SET nor SET ROLE changes. Does not belong here: entering a login (logins.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publish.postgres.session import Session, name, text

if TYPE_CHECKING:
    from publish.build import Build

RULES_FILE = Path(__file__).parent / "access.yml"

OFFICE, ANALYST, UNIT, BI = "ntm_office", "ntm_analyst", "ntm_unit", "ntm_bi"
ROLES = (OFFICE, ANALYST, UNIT, BI)

MARTS, BI_VIEWS, OWN = "marts", "marts_bi", "ntm"  # schemas: tables, masked views, what the publication keeps
PROVINCE = "province"  # the holder that is every unit
MASK = "(đã ẩn)"

# What says which units and places are a holder's own: tables that ntm.scope is made from.
SCOPE_FROM = ("bridge_unit_succession", "dim_administrative_unit", "dim_reporting_unit")

REPORTING_UNITS = f"any ((select {OWN}.own_reporting_units())::text[])"
PLACES = f"any ((select {OWN}.own_places())::text[])"


class UndeclaredAccess(RuntimeError):
    """A table whose rows nobody has said who may see; the message names it."""


@dataclass(frozen=True)
class Rule:
    """How a unit sees a table: kind as the headings of access.yml, columns (or table and column) as it names them."""

    kind: str
    columns: tuple[str, ...] = ()


@cache
def rules() -> Mapping[str, Rule]:
    """The rule of every declared table; of a history, its fact's."""
    import yaml

    content = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    found: dict[str, Rule] = {}
    for kind, tables in content.items():
        for table in tables:
            if table in found:
                raise UndeclaredAccess(f"{RULES_FILE.name} names {table} twice")
            found[table] = Rule(kind, tuple(tables[table]) if isinstance(tables, dict) else ())
    return found


def rule_of(table: str) -> Rule:
    """Raises UndeclaredAccess."""
    try:
        return rules()[table.removesuffix("__history")]
    except KeyError:
        raise UndeclaredAccess(
            f"Nobody has said which rows of {table} a unit may see: name it in publish/postgres/{RULES_FILE.name}."
        ) from None


def lay_ground(session: Session) -> None:
    """Schemas, roles, the mapping of logins, and the functions that policies ask; again and again the same."""
    for schema in (MARTS, BI_VIEWS, OWN):
        session.execute(f"create schema if not exists {schema}")
        session.execute(f"revoke all on schema {schema} from public")
    held = {role for (role,) in session.rows("select rolname::text from pg_catalog.pg_roles")}
    for role in ROLES:
        if role not in held:
            session.execute(f"create role {role} nologin")
    session.execute(f"create table if not exists {OWN}.scope (holder text, kind text, id text)")
    session.execute(f"create index if not exists scope_holder on {OWN}.scope (holder)")
    session.execute(
        f"create table if not exists {OWN}.unit_login (login text, holder text, primary key (login, holder))"
    )
    for function, kind in (("own_reporting_units", "reporting_unit"), ("own_places", "place")):
        session.execute(_function(function, "text[]", f"coalesce(array_agg(s.id), '{{}}') {_scope_where(kind)}"))
    session.execute(_function("is_province", "boolean", f"count(*) > 0 {_scope_where('everything')}"))
    session.execute(f"grant usage on schema {MARTS} to {', '.join(ROLES)}")
    session.execute(f"grant usage on schema {BI_VIEWS} to {BI}")
    session.execute(f"grant usage on schema {OWN} to {UNIT}, {OFFICE}")
    session.execute(f"grant select on {OWN}.unit_login, {OWN}.scope to {OFFICE}")


def _function(function: str, returns: str, what: str) -> str:
    # The definer's rights, an empty search path, and session_user: nothing of it is the caller's to choose.
    return (
        f"create or replace function {OWN}.{function}() returns {returns} language sql stable security definer "
        f"set search_path = pg_catalog, pg_temp as $$ select {what} $$"
    )


def _scope_where(kind: str) -> str:
    return (
        f"from {OWN}.unit_login as l inner join {OWN}.scope as s on s.holder = l.holder "
        f"where l.login = session_user::text and s.kind = {text(kind)}"
    )


def guard_functions() -> list[str]:
    """Functions are everybody's until it is said otherwise."""
    functions = ", ".join(f"{OWN}.{function}()" for function in ("own_reporting_units", "own_places", "is_province"))
    return [f"revoke all on function {functions} from public", f"grant execute on function {functions} to {UNIT}"]


def policies(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Statements that let each role see its rows of a table, whatever stood there before."""
    target, rule = name(MARTS, table), rule_of(table)
    yield f"alter table {target} enable row level security"
    for policy in ("whole", "own"):
        yield f"drop policy if exists {policy} on {target}"
    yield f"create policy whole on {target} for select to {OFFICE}, {ANALYST}, {BI} using (true)"
    if rule.kind != "office":
        yield f"create policy own on {target} for select to {UNIT} using ({_condition(table, rule, columns)})"


def _condition(table: str, rule: Rule, columns: tuple[str, ...]) -> str:
    if rule.kind == "open":
        return "true"
    if rule.kind == "through":
        other, column = rule.columns
        return (
            f"exists (select 1 from {name(MARTS, other)} as other "
            f"where other.{name(column)} = {name(MARTS, table)}.{name(column)})"
        )
    if rule.kind == "both":
        own = " and ".join(_is_own(column) for column in rule.columns)
    elif rule.kind == "area":
        own = (
            f"(area_level = 'unit' and area_id = {REPORTING_UNITS}) or (area_level = 'commune' and area_id = {PLACES})"
        )
    else:
        own = " or ".join(_is_own(column) for column in ("reporting_unit_id", "unit_id") if column in columns)
        if not own:
            raise UndeclaredAccess(f"{table} has neither reporting_unit_id nor unit_id, by which its rows are owned.")
    return f"(select {OWN}.is_province()) or {own}"


def _is_own(column: str) -> str:
    return f"{name(column)} = {REPORTING_UNITS if column.endswith('reporting_unit_id') else PLACES}"


def privileges(table: str, columns: tuple[str, ...], personal: frozenset[str]) -> Iterator[str]:
    """Statements that let each role read its columns; BI reads personal ones nowhere, and has a masked view instead."""
    target, view = name(MARTS, table), name(BI_VIEWS, table)
    yield f"revoke all on {target} from public, {', '.join(ROLES)}"
    yield f"grant select on {target} to {OFFICE}, {ANALYST}"
    if rule_of(table).kind != "office":
        yield f"grant select on {target} to {UNIT}"
    if not personal:
        yield f"grant select on {target} to {BI}"
        return
    yield f"grant select ({', '.join(name(one) for one in columns if one not in personal)}) on {target} to {BI}"
    shown = ", ".join(f"{text(MASK)}::text as {name(one)}" if one in personal else name(one) for one in columns)
    yield (
        f"create or replace view {view} with (security_invoker = true, security_barrier = true) as "
        f"select {shown} from {target}"
    )
    yield f"revoke all on {view} from public"
    yield f"grant select on {view} to {BI}"


def write_scope(session: Session, build: Build) -> None:
    """What is whose: a reporting unit owns what it sent, its place, the communes below it, and the past of communes
    whose default successor they are."""
    import duckdb

    with duckdb.connect(str(build.database), read_only=True) as con:
        rows = con.sql(_SCOPE).to_arrow_table()
    staged = session.stage("staged scope", rows)
    session.execute(f"delete from {OWN}.scope")
    session.execute(f"insert into {OWN}.scope select holder, kind, id from {staged}")
    session.execute(f"insert into {OWN}.scope values ({text(PROVINCE)}, 'everything', '')")
    session.execute(f"delete from {OWN}.unit_login where login not in (select rolname::text from pg_catalog.pg_roles)")


# A district's past stays the district's: only a commune is succeeded.
_SCOPE = """
with recursive below as (
    select reporting_unit_id as holder, unit_id as place from dim_reporting_unit
    union
    select reporting.reporting_unit_id, communes.unit_id
    from dim_reporting_unit as reporting
    inner join dim_administrative_unit as communes on communes.parent_unit_id = reporting.unit_id
    where reporting.unit_kind = 'district'
),
places as (
    select holder, place from below
    union
    select places.holder, successions.predecessor_unit_id
    from places
    inner join bridge_unit_succession as successions on successions.successor_unit_id = places.place
    inner join dim_administrative_unit as gone on gone.unit_id = successions.predecessor_unit_id
    where successions.is_default and gone.level = 'commune'
)
select holder, 'place' as kind, place as id from places
union all
select distinct places.holder, 'reporting_unit', reporting.reporting_unit_id
from places
inner join dim_reporting_unit as reporting on reporting.unit_id = places.place
order by all
"""
