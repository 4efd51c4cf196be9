"""What the commands do: call a package, show its answer on a terminal.

Belongs here: the wiring of work and display. Does not belong here: arguments and exit codes (cli.py), how it looks
(summary.py, answers.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ingest.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console


WIDTH_OFF_TERMINAL = 100


def run_and_show(settings: Settings, periods: Sequence[str] | None) -> None:
    """Run the pipeline with its progress shown, then the summary."""
    from ingest.progress import shown_on
    from orchestration.overview import overview
    from orchestration.pipeline import run_pipeline
    from orchestration.summary import show_run

    console = terminal()
    with shown_on(console):
        report = run_pipeline(settings, periods)
    show_run(console, settings, report, overview(settings, periods))


def show_status(settings: Settings, periods: Sequence[str] | None) -> None:
    """Who sent what, from the ledger and reference data alone."""
    from orchestration.overview import overview
    from orchestration.summary import show_findings, show_grid

    console, state = terminal(), overview(settings, periods)
    if state.is_empty:
        console.print(f"Nothing has been received yet for {', '.join(state.periods)}. The inbox is {settings.inbox}")
    show_grid(console, state)
    show_findings(console, state)


def check_and_show(files: Sequence[Path], settings: Settings, *, as_json: bool, out: Path | None) -> bool:
    """Judge workbooks without keeping anything; whether none is rejected or unreadable."""
    from expectations.check import check_files

    verdicts = check_files(list(files), settings)
    if out is not None:
        from ingest.progress import shown_on
        from orchestration.answer_files import write_answers

        with shown_on(terminal(stderr=True)):
            write_answers(verdicts, out)
    if as_json:
        document = {"verdicts": [verdict.to_json() for verdict in verdicts]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        from orchestration.answers import show_verdicts

        show_verdicts(terminal(), verdicts)
    return all(verdict.status.is_accepted for verdict in verdicts)


def trace_and_show(settings: Settings, table: str, keys: Mapping[str, str], limit: int = 20) -> None:
    """Where published rows were typed."""
    from orchestration.answers import show_traced
    from publish.trace import trace

    rows = trace(settings, table, keys, limit)
    console = terminal()
    for row in rows:
        show_traced(console, row)


def diff_and_show(settings: Settings, before: str, after: str, *, as_json: bool) -> None:
    """What two published builds say differently."""
    from orchestration.answers import show_diff
    from publish.diff import build_named, diff_builds

    found = diff_builds(build_named(settings, before), build_named(settings, after))
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        show_diff(terminal(), found)


def publish_and_show(settings: Settings) -> None:
    """Publish the warehouse, to PostgreSQL too where a database is named, and say which build is current."""
    from orchestration.lock import one_writer
    from orchestration.summary import shown_path
    from publish.build import current_build
    from publish.postgres.publication import publish_to_postgres
    from publish.publication import publish

    with one_writer(settings):
        before, build = current_build(settings), publish(settings)
        said = "is current already" if before and before.build_id == build.build_id else "is published"
        typer.echo(f"Build {build.build_id} {said}: {shown_path(build.folder)}")
        if settings.postgres_dsn:
            there = publish_to_postgres(settings, build)
            counts = f"{len(there.changed)} tables changed, {len(there.unchanged)} did not"
            typer.echo("\n".join((f"PostgreSQL holds build {there.build_id}: {counts}.", *there.notes)))


def terminal(*, stderr: bool = False) -> Console:
    """Where a person reads; off a terminal the width is fixed."""
    from rich.console import Console

    console = Console(highlight=False, stderr=stderr)
    return console if console.is_terminal else Console(highlight=False, stderr=stderr, width=WIDTH_OFF_TERMINAL)
