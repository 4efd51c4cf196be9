"""Commands about rules: try one on what is stored, waive one for a unit, list the waivers.

Belongs here: their arguments, as cli.py has those of the others. Does not belong here: what they do (expectations) and
how it looks (rule_answers.py).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ingest.settings import Settings

RuleId = Annotated[str, typer.Argument(metavar="RULE", help="Id of a rule of expectations/rules.csv.")]
PeriodOption = Annotated[str | None, typer.Option("--period", help="Reporting period, such as 2023Q1; default: all.")]


def rehearse(
    rule: RuleId,
    period: PeriodOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Show which stored reports a rule would hit at its full severity; nothing is kept."""
    import json

    from expectations.rehearsal import CannotRehearse
    from expectations.rehearsal import rehearse as put_to_stored
    from expectations.waivers import InvalidWaiver, rule_named
    from ingest.progress import shown_on
    from ingest.settings import load_settings
    from orchestration.commands import terminal
    from orchestration.rule_answers import show_rehearsal
    from orchestration.usage import WrongUsage, period_named

    console = terminal(stderr=as_json)
    try:
        with shown_on(console):
            found = put_to_stored(rule_named(rule), load_settings(), [period_named(period)] if period else None)
    except (InvalidWaiver, CannotRehearse) as error:
        raise WrongUsage(str(error)) from None
    if as_json:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        show_rehearsal(console, found)


def waive(
    rule: RuleId,
    unit: Annotated[str, typer.Option("--unit", help="Code or name of the reporting unit, such as 849 or 'Trà Cú'.")],
    until: Annotated[str, typer.Option("--until", help="Last day of receipt that it covers, such as 2027-06-30.")],
    by: Annotated[str, typer.Option("--by", help="Who approved it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why the rule is not held against the unit.")],
    period: PeriodOption = None,
) -> None:
    """Waive a rule for a unit until a day: its findings become information that names the waiver."""
    from expectations.waivers import InvalidWaiver, record_waiver
    from ingest.settings import load_settings
    from orchestration.usage import WrongUsage, period_named

    settings = load_settings()
    period_id = period_named(period) if period else None
    try:
        waiver = record_waiver(
            settings,
            rule,
            reporting_unit_id=_unit_of(unit, period_id, settings),
            reporting_period_id=period_id,
            expires_on=_day(until),
            approved_by=by,
            reason=reason,
        )
    except InvalidWaiver as error:
        raise WrongUsage(str(error)) from None
    about = f"{waiver.reporting_unit_id}, {waiver.reporting_period_id or 'every period'}"
    typer.echo(f"Waiver {waiver.waiver_id}: {waiver.rule_id} for {about}, received until {waiver.expires_on}.")
    typer.echo("The next ntm run judges the reports that it covers again.")


def waivers() -> None:
    """List the waivers, and which have expired."""
    from expectations.waivers import load_waivers
    from ingest.settings import load_settings
    from orchestration.commands import terminal
    from orchestration.rule_answers import show_waivers

    settings = load_settings()
    show_waivers(terminal(), load_waivers(settings.ledger_dir), settings.now)


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    for command in (rehearse, waive, waivers):
        app.command()(command)


def _unit_of(text: str, period_id: str | None, settings: Settings) -> str:
    """A unit by its code, whenever it reported, or by a name it has in the period. Raises WrongUsage."""
    from ingest import reference
    from orchestration.periods import latest_open
    from orchestration.usage import unit_named

    if period_id is None and reference.reporting_unit(text) is not None:
        return text
    return unit_named(text, period_id or latest_open(settings), settings)


def _day(text: str) -> date:
    from orchestration.usage import WrongUsage

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"{text!r} is no day. Write year, month and day, such as 2027-06-30.") from None
