"""Commands of the two clocks: the marts as they were known at a moment.

Belongs here: their arguments and the lines that tell where the answer stands. Does not belong here: making it
(replay.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def replay(
    as_of: Annotated[
        str, typer.Option("--as-of", help="A day (its end), or an instant such as 2023-07-01T17:00; office time.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the replay; default: replays/<moment> below the data.")
    ] = None,
) -> None:
    """Rebuild all marts as they were known at a moment, beside today's: same tables, same layout."""
    from ingest.progress import shown_on
    from ingest.settings import load_settings
    from orchestration.commands import terminal
    from orchestration.replay import moment_named, shown_moment
    from orchestration.replay import replay as make
    from orchestration.summary import shown_path

    settings = load_settings()
    moment = moment_named(as_of, settings)
    with shown_on(terminal()):
        made = make(settings, moment, out)
    said = "is published" if made.is_new else "stands already"
    typer.echo(f"As known on {shown_moment(made.as_of)}: build {made.build.build_id} {said}.")
    typer.echo(f"{shown_path(made.settings.published_dir / 'marts.duckdb')}")
    typer.echo("Receipts and decisions are those of that moment; parser, rules, reference data and models today's.")


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    app.command()(replay)
