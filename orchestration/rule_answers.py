"""Answers to `rehearse` and `waivers`, as a person reads them.

Belongs here: rich output. Does not belong here: the commands (cli_rules.py), verdicts of workbooks (answers.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ingest.settings import OFFICE_TIME_ZONE
from orchestration.summary import MARKS, SEVERITY_STYLES

if TYPE_CHECKING:
    from rich.console import Console

    from expectations.rehearsal import Rehearsal
    from expectations.waivers import Waiver

MOST_SHOWN = 60


def show_rehearsal(console: Console, rehearsal: Rehearsal) -> None:
    """Per report the count, the first cells, and its status now and then."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    severity = rehearsal.rule.severity.value
    findings = sum(hit.count for hit in rehearsal.hits)
    console.print()
    console.print(f"[bold]{rehearsal.rule.rule_id}[/] as [{SEVERITY_STYLES[severity]}]{severity}[/], nothing was kept")
    console.print(
        f"  {findings} findings in {len(rehearsal.hits)} of {rehearsal.judged} stored reports; "
        f"{rehearsal.changed} verdicts would change their status"
    )
    if not rehearsal.hits:
        return
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Period", "Unit", "Version", "Findings", "First cells", "Status"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("Version", "Findings") else "left")
    for hit in rehearsal.hits[:MOST_SHOWN]:
        now, then = (MARKS[status.value][2] for status in (hit.status_now, hit.status_then))
        place = (hit.reporting_period_id, hit.reporting_unit_id, str(hit.version or ""), str(hit.count))
        shown = escape(", ".join(hit.first_cells)) + (" …" if hit.count > len(hit.first_cells) else "")
        table.add_row(*place, shown, now if now == then else f"{now} → {then}")
    console.print(table)
    if len(rehearsal.hits) > MOST_SHOWN:
        console.print(f"  … and {len(rehearsal.hits) - MOST_SHOWN} more; --json shows all")
    console.print("  " + escape(rehearsal.hits[0].findings[0].message_vi), soft_wrap=True)


def show_waivers(console: Console, waivers: Sequence[Waiver], now: datetime) -> None:
    """Every waiver on a line, expired ones greyed out."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    if not waivers:
        console.print("No waiver has been given.")
        return
    today = now.astimezone(OFFICE_TIME_ZONE).date()
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Waiver", "Rule", "Unit", "Period", "Received until", "Approved by", "Reason"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Waiver")
    for one in waivers:
        is_over = one.expires_on < today
        until = f"{one.expires_on} (expired)" if is_over else f"{one.expires_on}"
        shown = (one.waiver_id, one.rule_id, one.reporting_unit_id, one.reporting_period_id or "all", until)
        table.add_row(*map(escape, (*shown, one.approved_by, one.reason)), style="dim" if is_over else "")
    console.print(table)
