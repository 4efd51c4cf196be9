"""What a person reads after a run, and when asking for the status: short, at 100 columns.

Belongs here: rich tables over an overview and a build. Does not belong here: asking the ledger (overview.py).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.examples import trace_example
from orchestration.overview import MISSING, RECEIVED, Overview

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console
    from rich.text import Text

    from ingest.settings import Settings
    from orchestration.pipeline import RunReport
    from publish.build import Build

# status → (mark, style, words)
MARKS = {
    "accepted": ("✓", "green", "accepted"),
    "accepted_with_warnings": ("✓!", "green", "accepted, with warnings"),
    "accepted_with_quarantine": ("◐", "yellow", "accepted in part: bad rows are set aside"),
    "rejected": ("✗", "red", "rejected: the unit must send again"),
    "unreadable": ("✗", "red", "unreadable"),
    RECEIVED: ("…", "cyan", "received, not judged yet"),
    MISSING: ("–", "dim", "not sent"),
}
SEVERITY_STYLES = {"blocking": "red", "error": "red", "warning": "yellow", "info": "dim"}
SEVERITY_WORDS = {
    "blocking": "the workbook is rejected",
    "error": "the row is set aside",
    "warning": "loaded and flagged",
    "info": "for information",
}
NTM = "uv run ntm"  # as the README has people type it
PERIODS_ACROSS = 6
MOST_UNITS = 30  # beyond that, units that sent nothing are counted instead of listed


def show_run(console: Console, settings: Settings, report: RunReport, state: Overview) -> None:
    """The whole answer of `ntm run` and `ntm demo`."""
    if state.is_empty:
        console.print(f"The inbox holds no workbooks: {settings.inbox}")
        console.print(f"[bold]Try next[/]\n  [cyan]{NTM} demo[/]   fills it with the sample province's")
        return
    show_grid(console, state)
    show_findings(console, state)
    if report.build is not None:
        _show_marts(console, settings, report.build)
    _show_answers(console, settings)
    if report.did_work:
        console.print(f"[bold green]{what_was_done(report)}[/]")
    else:
        console.print("[bold]No new work:[/] every file is known and the marts are up to date.")
    _show_next_steps(console, settings, report.build, state)


def what_was_done(report: RunReport) -> str:
    """One line: how long it took, what came in, which periods were read, that the marts are published."""
    done = f"Done in {report.seconds:.0f} s: {_plural(report.files_received, 'new file')}"
    if report.plan is None:
        return f"{done}; nothing to build."
    if report.plan.reads:
        return f"{done}; read and judged {', '.join(report.plan.periods)}; published."
    return f"{done}; made the marts again ({report.plan.reason}); published."


def show_grid(console: Console, state: Overview) -> None:
    """Who sent what: units down, periods across."""
    from rich.table import Table
    from rich.text import Text

    shown = state.periods[-PERIODS_ACROSS:]
    table = Table(title="Who sent, and what became of it", title_justify="left", title_style="bold", box=_box())
    table.add_column("Unit", no_wrap=True)
    for period in shown:
        table.add_column(period, justify="center", no_wrap=True)
    seen: set[str] = set()
    silent = {unit_id for unit_id in state.units if all((unit_id, period) not in state.sent for period in shown)}
    hidden = silent if len(state.units) > MOST_UNITS else set()
    for unit_id, name in state.units.items():
        if unit_id in hidden:
            continue
        cells: list[Text | str] = [Text(name)]
        for period in shown:
            text, status = _cell(state, unit_id, period)
            if status:
                seen.add(status)
            cells.append(text)
        table.add_row(*cells)
    console.print()
    if table.row_count:
        console.print(table)
    if hidden:
        console.print(f"[dim]{len(hidden)} of {len(state.units)} units have sent nothing for {', '.join(shown)}.[/]")
    legend = [f"[{style}]{mark}[/] {words}" for status, (mark, style, words) in MARKS.items() if status in seen]
    if any(sent.version > 1 for sent in state.sent.values()):
        legend.append("[dim]v2 = second version received[/]")
    if legend:
        console.print("   ".join(legend))
    earlier = len(state.periods) - len(shown)
    if earlier:
        hidden_periods = f"{_plural(earlier, 'earlier period')} not shown"
        console.print(f"[dim]{hidden_periods}: {NTM} status --period {state.periods[0]}[/]", soft_wrap=True)
    if state.unidentified:
        names = ", ".join(state.unidentified[:5]) + (" …" if len(state.unidentified) > 5 else "")
        console.print(f"[red]✗[/] {_plural(len(state.unidentified), 'file')} without a unit and period: {names}")


def show_findings(console: Console, state: Overview) -> None:
    """How many were accepted, and what was found wrong most."""
    from rich.table import Table

    accepted = sum(count for status, count in state.statuses.items() if status.startswith("accepted"))
    turned_back = sum(state.statuses.get(status, 0) for status in ("rejected", "unreadable"))
    missing = len(state.owed - state.sent.keys())
    console.print()
    console.print(
        f"[bold]{len(state.owed)}[/] reports owed: [green]{accepted} accepted[/], [red]{turned_back} rejected[/], "
        f"[dim]{missing} not sent[/].  Rows loaded: [bold]{state.rows_loaded:,}[/] of {state.rows_sent:,} sent."
    )
    if not state.severities:
        console.print("No findings.")
        return
    by_severity = [
        f"[{style}]{_plural(state.severities[severity], severity)}[/] ({SEVERITY_WORDS[severity]})"
        for severity, style in SEVERITY_STYLES.items()
        if state.severities.get(severity)
    ]
    console.print("Findings: " + ", ".join(by_severity))
    table = Table(title="What was found most, heaviest first", title_justify="left", title_style="bold", box=_box())
    table.expand = True  # all the room there is goes to the example
    table.add_column("Rule", no_wrap=True)
    table.add_column("Severity", no_wrap=True)
    table.add_column("Found", justify="right")
    table.add_column("Files", justify="right")
    table.add_column("For example", overflow="ellipsis", ratio=1)
    for rule in state.top_rules:
        style = SEVERITY_STYLES[rule.severity]
        severity = f"[{style}]{rule.severity}[/]"
        table.add_row(rule.rule_id, severity, str(rule.findings), str(rule.workbooks), _shortened(rule.message_en))
    console.print(table)


def shown_path(path: Path) -> str:
    """The path as a person would type it from here."""
    relative = os.path.relpath(path)
    return relative if not relative.startswith("..") else str(path)


def _cell(state: Overview, unit_id: str, period: str) -> tuple[str, str | None]:
    sent = state.sent.get((unit_id, period))
    if sent is None:
        if (unit_id, period) not in state.owed:
            return "", None
        mark, style, _ = MARKS[MISSING]
        return f"[{style}]{mark}[/]", MISSING
    mark, style, _ = MARKS[sent.status]
    version = f" v{sent.version}" if sent.version > 1 else ""
    speaks = (
        f" [dim](v{sent.accepted_version} counts)[/]" if _earlier_counts(sent.version, sent.accepted_version) else ""
    )
    return f"[{style}]{mark}{version}[/]{speaks}", sent.status


def _earlier_counts(version: int, accepted_version: int | None) -> bool:
    return accepted_version is not None and accepted_version != version


def _show_marts(console: Console, settings: Settings, build: Build) -> None:
    from rich.columns import Columns

    rows = sum(build.row_counts.values())
    console.print()
    console.print(f"[bold]Marts[/]  build {build.build_id}: {len(build.tables)} tables, {rows:,} rows")
    console.print(f"  DuckDB   {shown_path(settings.published_dir / 'marts.duckdb')}", highlight=False)
    console.print(f"  Parquet  {shown_path(settings.published_dir / 'parquet')}/<table>/data.parquet", highlight=False)
    facts = [f"{table} [bold]{count:,}[/]" for table, count in build.row_counts.items() if table.startswith("fct_")]
    console.print(Columns([f"  {fact}" for fact in facts if "__history" not in fact], padding=(0, 1)))


def _show_answers(console: Console, settings: Settings) -> None:
    """Where the senders' answers lie."""
    from expectations.answer.feedback import FOLDER

    folder = settings.data_dir / FOLDER
    pages = sum(1 for _ in folder.glob("*/*/*.html"))
    if pages:
        books = sum(1 for _ in folder.glob("*/*/*.xls[xm]"))
        said = f"{_plural(pages, 'acknowledgement')}, {_plural(books, 'marked workbook')}"
        console.print(f"[bold]Answers to senders[/]  {said}")
        console.print(f"  {shown_path(folder)}/<unit>/<period>/", highlight=False)


def _show_next_steps(console: Console, settings: Settings, build: Build | None, state: Overview) -> None:
    from rich.markup import escape

    console.print()
    console.print("[bold]Try next[/]")
    steps = [f"{NTM} status --period {state.periods[-1]}"]
    if build is not None:
        if example := trace_example(build):
            steps.append(f"{NTM} trace {example}")
        database = shown_path(settings.published_dir / "marts.duckdb")
        query = "from fct_submission select reporting_period_id, status, count(*) group by all order by all"
        steps.append(f"uv run python -c \"import duckdb; print(duckdb.connect('{database}', True).sql('{query}'))\"")
    for step in steps:
        console.print(f"  [cyan]{escape(step)}[/]", soft_wrap=True, highlight=False)
    console.print()


def _shortened(text: str, most: int = 2 * 46) -> Text:
    """At most two lines of its column."""
    from rich.text import Text

    return Text(text if len(text) <= most else text[: most - 1].rstrip() + "…")


def _plural(count: int, noun: str) -> str:
    if noun in ("blocking", "info"):
        return f"{count:,} {noun}"
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _box() -> Box:
    from rich import box

    return box.SIMPLE_HEAD
