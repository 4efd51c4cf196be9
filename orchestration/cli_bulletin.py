"""The command `ntm bulletin`: its arguments, and where the file was written.

Belongs here: reading the arguments. Does not belong here: which snapshot speaks (snapshots.py), the page (publish).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def bulletin(
    period: Annotated[str, typer.Option("--period", help="Reporting period, such as 2023Y.")],
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")],
    draft: Annotated[bool, typer.Option("--draft", help="Of an open period: the latest figures, marked so.")] = False,
) -> None:
    """Write the bulletin of a closed period as one HTML file: figures, communes, money, obstacles, who is late."""
    from ingest.progress import shown_on
    from ingest.settings import load_settings
    from orchestration.commands import terminal
    from orchestration.snapshots import snapshot_of
    from orchestration.usage import WrongUsage, period_named
    from publish.bulletin.page import write_bulletin

    settings, period_id = load_settings(), period_named(period)
    if out.is_dir():
        raise WrongUsage(f"{out} is a folder. Name the file, such as {out / f'ban_tin_{period_id}.html'}.")
    with shown_on(terminal(stderr=True)):
        snapshot = snapshot_of(settings, period_id, draft=draft)
    typer.echo(f"{write_bulletin(snapshot, out)} · {snapshot.snapshot_id}{' · draft' if snapshot.is_draft else ''}")


def add_to(app: typer.Typer) -> None:
    """Give the command line this command."""
    app.command()(bulletin)
