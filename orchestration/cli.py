"""The `ntm` command line: parse, call, show, and end with an exit code others can rely on.

0 done · 1 only from check: some workbook is rejected or unreadable · 2 wrong usage · 3 our own failure.
Does not belong here: any work. Imports of what is heavy stand inside the commands, so that help is there at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli_bulletin import add_to as add_bulletin_command
from orchestration.cli_clocks import add_to as add_clock_commands
from orchestration.cli_decisions import add_to as add_decision_commands
from orchestration.cli_dictionary import add_to as add_dictionary_command
from orchestration.cli_figure import add_to as add_figure_command
from orchestration.cli_postgres import add_to as add_postgres_commands
from orchestration.cli_report import add_to as add_report_commands
from orchestration.cli_rules import add_to as add_rule_commands

app = typer.Typer(
    name="ntm",
    help="Data warehouse of the New Rural Development office: workbooks in, verdicts and marts out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

REJECTED, WRONG_USAGE, OUR_FAILURE = 1, 2, 3

Period = Annotated[str | None, typer.Option("--period", help="Reporting period, such as 2023Q1, 2023M06, 2023Y.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Another seed, another province; the same seed, the same.")]


@app.callback()
def common(verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every step to stderr.")] = False) -> None:
    import logging

    from ingest.logs import configure

    configure(logging.INFO if verbose else logging.ERROR)


@app.command()
def demo(seed: Seed = None) -> None:
    """Make the sample province's workbooks, put them through the whole pipeline, show what came out."""
    from ingest.settings import load_settings
    from orchestration.commands import run_and_show
    from orchestration.sample import fill_inbox

    settings = load_settings()
    fill_inbox(settings, seed)
    run_and_show(settings, None)


@app.command()
def run(period: Period = None) -> None:
    """Receive the inbox, read, judge, build the marts and publish them; do nothing where nothing is new."""
    from ingest.settings import load_settings
    from orchestration.commands import run_and_show
    from orchestration.usage import period_named

    run_and_show(load_settings(), [period_named(period)] if period else None)


@app.command()
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Workbooks, or folders of them; nothing is kept.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for <name>.findings.json and the marked <name>.can-sua.xlsx.")
    ] = None,
) -> None:
    """Judge workbooks before they are sent: exit code 1 when one would be rejected."""
    from ingest.settings import load_settings
    from orchestration.commands import check_and_show
    from orchestration.usage import existing_paths

    if not check_and_show(existing_paths(files), load_settings(), as_json=as_json, out=out):
        raise typer.Exit(REJECTED)


@app.command()
def template(
    unit: Annotated[str, typer.Option("--unit", help="Code or name of the reporting unit, such as 849 or 'Trà Cú'.")],
    period: Annotated[str, typer.Option("--period", help="Reporting period, such as 2023Q1.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the workbook to.")] = Path(),
) -> None:
    """Write the template workbook of one unit for one period, with what the office holds of its earlier reports."""
    from expectations.held import held_before
    from ingest.settings import load_settings
    from ingest.template import write_workbook
    from orchestration.usage import period_named, unit_named

    settings = load_settings()
    period_id = period_named(period)
    unit_id = unit_named(unit, period_id, settings)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"NTM_{unit_id}_{period_id}.xlsx"
    held = held_before(settings, unit_id, period_id)
    write_workbook(path, reporting_unit_id=unit_id, reporting_period_id=period_id, held=held)
    typer.echo(path)


@app.command()
def status(period: Period = None) -> None:
    """Show who sent what, and what became of it; needs no marts."""
    from ingest.settings import load_settings
    from orchestration.commands import show_status
    from orchestration.usage import period_named

    show_status(load_settings(), [period_named(period)] if period else None)


@app.command()
def trace(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="A published fact, such as fct_funding.")],
    keys: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…", help="Columns and values that find the row.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="The most rows that may be followed.")] = 20,
    snapshot: Annotated[
        str | None, typer.Option("--snapshot", help="In the locked snapshot of this period, which reports print.")
    ] = None,
) -> None:
    """Follow a published figure back to the workbook and the cell it was typed in."""
    from ingest.settings import load_settings
    from orchestration.commands import trace_and_show
    from orchestration.snapshots import settings_of_snapshot
    from orchestration.usage import keys_of, period_named

    settings = load_settings()
    if snapshot is not None:
        settings = settings_of_snapshot(settings, period_named(snapshot))
    trace_and_show(settings, table, keys_of(keys), limit)


@app.command()
def simulate(
    out: Annotated[Path, typer.Option("--out", help="Folder for inbox/ and truth/.")],
    seed: Seed = None,
    period: Annotated[list[str] | None, typer.Option("--period", help="May be given several times.")] = None,
) -> None:
    """Write the sample province's workbooks, and beside them the truth they were made from."""
    from orchestration.sample import simulate_into
    from orchestration.usage import period_named

    simulate_into(out, [period_named(name) for name in period] if period else None, seed)
    typer.echo(out)


@app.command()
def publish() -> None:
    """Publish the marts, where they are not published yet; to PostgreSQL too, if NTM_POSTGRES_DSN names it."""
    from ingest.settings import load_settings
    from orchestration.commands import publish_and_show

    publish_and_show(load_settings())


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="BUILD", help="A folder of published/, or 'current'.")],
    after: Annotated[str, typer.Argument(metavar="BUILD", help="The build that is held against it.")] = "current",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Say what differs between two published builds: rows added, removed, changed, by mart and period."""
    from ingest.settings import load_settings
    from orchestration.commands import diff_and_show

    diff_and_show(load_settings(), before, after, as_json=as_json)


add_rule_commands(app)
add_decision_commands(app)
add_clock_commands(app)
add_figure_command(app)
add_dictionary_command(app)
add_report_commands(app)
add_postgres_commands(app)
add_bulletin_command(app)


def main() -> None:
    """Run the command line; every failure ends in one clear message on stderr and the exit code of its kind."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """The exit code of one command."""
    import click

    try:
        code = app(arguments, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as shown:
        shown.show()
        return 0
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        typer.echo("Stopped. What was committed stays; run again to go on.", err=True)
        return OUR_FAILURE
    except Exception as error:
        from orchestration.failures import explain

        code, message = explain(error)
        typer.echo(message, err=True)
        return code
