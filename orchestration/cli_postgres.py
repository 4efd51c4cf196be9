"""Commands for PostgreSQL: whose login may see which unit.

Belongs here: their arguments and what they print. Does not belong here: publishing (`ntm publish`, commands.py), the
mapping itself (publish/postgres/logins.py).
"""

from __future__ import annotations

from typing import Annotated

import typer

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="A login role of PostgreSQL, made by its administrator.")]


def grant_unit(
    login: Login,
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help="Code or name of a reporting unit, or 'province' for every unit.")
    ],
) -> None:
    """Let a PostgreSQL login see the rows of a unit, and of no other."""
    from ingest.settings import load_settings
    from orchestration.usage import unit_ever
    from publish.postgres.logins import grant_unit as grant

    settings = load_settings()
    given = grant(settings, login, unit_ever(unit, settings))
    typer.echo(f"{given.login} sees the rows of {given.holder}.")


def revoke_unit(
    login: Login,
    unit: Annotated[str | None, typer.Argument(metavar="UNIT", help="Without it, every unit of the login.")] = None,
) -> None:
    """Take a unit from a PostgreSQL login."""
    from ingest.settings import load_settings
    from orchestration.usage import unit_ever
    from publish.postgres.logins import revoke_unit as revoke

    settings = load_settings()
    taken = revoke(settings, login, unit_ever(unit, settings) if unit else None)
    typer.echo("\n".join(f"{one.login} no longer sees {one.holder}." for one in taken) or f"{login} had no such unit.")


def unit_logins() -> None:
    """List the PostgreSQL logins that stand for units."""
    from ingest.settings import load_settings
    from publish.postgres.logins import unit_logins as listed

    lines = [f"{one.login}\t{one.holder}" for one in listed(load_settings())]
    typer.echo("\n".join(lines) or "No login stands for a unit.")


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    app.command("grant-unit")(grant_unit)
    app.command("revoke-unit")(revoke_unit)
    app.command("unit-logins")(unit_logins)
