"""Whose login is whose unit in PostgreSQL: the mapping that row-level security asks.

Belongs here: entering and removing a login, and refusing one that would see past its unit. Does not belong here: making
logins and their passwords (the office's database administrator does), the policies (access.py).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from ingest.settings import Settings
from publish.postgres.access import ANALYST, BI, MARTS, OFFICE, OWN, UNIT
from publish.postgres.session import PostgresFailed, Session, connected, name, text, texts


class LoginRefused(ValueError):
    """This login cannot stand for that unit; the message says why and what to do."""


@dataclass(frozen=True)
class UnitLogin:
    """A login and what it may see: a reporting unit, or the whole province (`province`)."""

    login: str
    holder: str


def grant_unit(settings: Settings, login: str, holder: str) -> UnitLogin:
    """Let a login see the rows of a reporting unit, or of the province; it may stand for several units.

    Raises LoginRefused, PostgresFailed.
    """
    with _connected(settings) as session:
        _refuse_whoever_sees_more(session, login)
        if not session.value(f"select true from {OWN}.scope where holder = {text(holder)} limit 1"):
            raise LoginRefused(f"PostgreSQL knows no unit {holder!r}: publish first, then name a reporting unit.")
        session.execute(f"grant {UNIT} to {name(login)}")
        session.execute(f"insert into {OWN}.unit_login values ({text(login)}, {text(holder)}) on conflict do nothing")
        session.commit()
    return UnitLogin(login, holder)


def revoke_unit(settings: Settings, login: str, holder: str | None = None) -> tuple[UnitLogin, ...]:
    """Take a unit, or all units, from a login; what was taken. Raises PostgresFailed."""
    with _connected(settings) as session:
        which = f"login = {text(login)}" + (f" and holder = {text(holder)}" if holder else "")
        taken = session.rows(f"select login, holder from {OWN}.unit_login where {which} order by 1, 2")
        session.execute(f"delete from {OWN}.unit_login where {which}")
        if not session.value(f"select true from {OWN}.unit_login where login = {text(login)} limit 1") and taken:
            session.execute(f"revoke {UNIT} from {name(login)}")
        session.commit()
    return tuple(UnitLogin(*row) for row in taken)


def unit_logins(settings: Settings) -> tuple[UnitLogin, ...]:
    """Every login that stands for a unit. Raises PostgresFailed."""
    with _connected(settings) as session:
        found = session.rows(f"select login, holder from {OWN}.unit_login order by 1, 2")
    return tuple(UnitLogin(*row) for row in found)


def _connected(settings: Settings) -> AbstractContextManager[Session]:
    if not settings.postgres_dsn:
        raise PostgresFailed("NTM_POSTGRES_DSN names no database.")
    return connected(settings.postgres_dsn)


def _refuse_whoever_sees_more(session: Session, login: str) -> None:
    if session.value(f"select to_regclass('{OWN}.unit_login')::text") is None:
        raise LoginRefused("Nothing is published to this database yet. Run `ntm publish` first.")
    found = session.rows(
        "select rolcanlogin, rolsuper or rolbypassrls or rolcreaterole or rolreplication from pg_catalog.pg_roles "
        f"where rolname = {text(login)}"
    )
    if not found:
        raise LoginRefused(
            f"There is no login {login!r}. A database administrator makes it: "
            f"create role {name(login)} login password '…'"
        )
    can_login, sees_past = found[0]
    if not can_login:
        raise LoginRefused(f"{login!r} is a group, not a login: the unit of a session is told by its login.")
    if sees_past:
        raise LoginRefused(f"{login!r} is a superuser or may bypass or change roles: no policy would hold it.")
    wider = session.rows(
        "select r.rolname::text from pg_catalog.pg_roles as r "
        f"where r.rolname in ({texts((OFFICE, ANALYST, BI))}) "
        f"and pg_catalog.pg_has_role({text(login)}, r.oid, 'member') "
        "union select o.rolname::text from pg_catalog.pg_roles as o "
        "inner join pg_catalog.pg_class as c on c.relowner = o.oid "
        f"inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('{MARTS}', '{OWN}') "
        f"where pg_catalog.pg_has_role({text(login)}, o.oid, 'member')"
    )
    if wider:
        raise LoginRefused(f"{login!r} is a member of {', '.join(role for (role,) in wider)}, which see every unit.")
