"""Commands by which the office decides on a period: approve its reports, close it, reopen it.

Belongs here: their arguments and the line that tells what was decided. Does not belong here: deciding (decisions.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orchestration.decisions import Decided

Period = Annotated[str, typer.Option("--period", help="Reporting period, such as 2023Q1.")]
Unit = Annotated[str | None, typer.Option("--unit", help="Code or name of one reporting unit; default: every unit.")]
By = Annotated[str, typer.Option("--by", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the decision.")]


def approve(
    period: Period,
    by: By,
    unit: Unit = None,
    reason: Annotated[str | None, typer.Option("--reason", help="A remark kept with the decision.")] = None,
) -> None:
    """Approve the accepted reports of a period, or of one unit, for publication as final."""
    from ingest.settings import load_settings
    from orchestration import decisions
    from orchestration.usage import period_named, unit_named

    settings, period_id = load_settings(), period_named(period)
    unit_id = unit_named(unit, period_id, settings) if unit else None
    decided = decisions.approve(settings, period_id, unit_id, by, reason)
    _tell(decided, f"Approved: {len(decided.decision.submission_ids)} report(s) of {len(decided.units)} unit(s)")
    _tell_left_out(decided, "Not approved, as there is no accepted report")


def close(period: Period, by: By, reason: Reason) -> None:
    """Close a period: files taken in from now on are not admitted, until it is reopened."""
    from ingest.settings import load_settings
    from orchestration import decisions
    from orchestration.usage import period_named

    decided = decisions.close(load_settings(), period_named(period), by, reason)
    _tell(decided, f"Closed for {len(decided.units)} unit(s)")
    _tell_left_out(decided, "Closed without an accepted report")


def reopen(period: Period, by: By, reason: Reason, unit: Unit = None) -> None:
    """Reopen a closed period, for every unit or for one; what was turned away must be sent again."""
    from ingest.settings import load_settings
    from orchestration import decisions
    from orchestration.usage import period_named, unit_named

    settings, period_id = load_settings(), period_named(period)
    unit_id = unit_named(unit, period_id, settings) if unit else None
    decided = decisions.reopen(settings, period_id, unit_id, by, reason)
    _tell(decided, f"Reopened for {len(decided.units)} unit(s)")


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    for command in (approve, close, reopen):
        app.command()(command)


def _tell(decided: Decided, what: str) -> None:
    decision = decided.decision
    typer.echo(f"{decision.reporting_period_id}: {what}, by {decision.decided_by} (decision {decision.decision_id}).")


def _tell_left_out(decided: Decided, what: str) -> None:
    if decided.left_out:
        names = ", ".join(f"{unit['reporting_unit_id']} {unit['name_vi']}" for unit in decided.left_out)
        typer.echo(f"{what}: {names}.")
