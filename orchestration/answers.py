"""Answers to `check`, `trace` and `diff`, as a person reads them.

Belongs here: rich output of verdicts, traced rows and differences.
Does not belong here: the summary of a run (summary.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.summary import MARKS, SEVERITY_STYLES, shown_path

if TYPE_CHECKING:
    from rich.console import Console

    from expectations.verdict import FindingGroup, Verdict
    from publish.diff import BuildDiff
    from publish.trace import TracedRow

MOST_FINDINGS = 50
MOST_CELLS_WIDE = 16
SEVERITIES_VI = {"blocking": "từ chối", "error": "sai, để riêng", "warning": "cảnh báo", "info": "thông tin"}


def show_verdicts(console: Console, verdicts: Sequence[Verdict]) -> None:
    """Per report its status, then its findings in Vietnamese, equal ones on a line: it is what the sender must mend."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    from expectations.verdict import grouped

    for verdict in verdicts:
        mark, style, words = MARKS[verdict.status.value]
        about = " · ".join(filter(None, (verdict.reporting_unit, verdict.period)))
        counts = verdict.row_counts
        console.print()
        console.print(f"[{style}]{mark}[/] [bold]{escape(verdict.file)}[/]  {about}  [{style}]{words}[/]")
        console.print(f"  rows: {counts.sent} sent, {counts.loaded} would be loaded, {counts.quarantined} set aside")
        groups = grouped(verdict.findings)
        if not groups:
            continue
        table = Table(box=box.SIMPLE_HEAD, show_lines=False)
        table.add_column("Trang tính", no_wrap=True)
        table.add_column("Ô", overflow="fold", max_width=MOST_CELLS_WIDE)
        table.add_column("Số", justify="right")
        table.add_column("Mức", no_wrap=True)
        table.add_column("Nội dung", overflow="fold")
        for group in groups[:MOST_FINDINGS]:
            severity = group.severity.value
            shown = f"[{SEVERITY_STYLES[severity]}]{SEVERITIES_VI[severity]}[/]"
            table.add_row(escape(group.sheet or ""), group.cells, str(group.count), shown, escape(_words_of(group)))
        console.print(table)
        if len(groups) > MOST_FINDINGS:
            console.print(f"  … and {len(groups) - MOST_FINDINGS} more; --json shows all")
    console.print()


def show_traced(console: Console, row: TracedRow) -> None:
    """One published row: where it was typed, then each of its fields beside what the archived workbook says now."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    console.print()
    console.print(f"[bold]{row.table}[/]  build {row.build_id}")
    console.print(
        f"  sent by   {row.reporting_unit_id} for {row.reporting_period_id}, file [bold]{escape(row.file_name)}[/]"
    )
    console.print(f"  archived  {shown_path(row.archived_file)}", soft_wrap=True)
    console.print(f"  form      {row.form}, sheet [bold]{escape(row.sheet)}[/], row {escape(row.row_id)}")
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Field", "Cell", "Published", "Landed", "As typed", "In the archived workbook"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("Published", "Landed") else "left")
    for field in row.fields:
        published = row.mart_row.get(field.column)
        shown = (published, field.value, field.text, field.in_workbook)
        table.add_row(field.column, field.cell or "", *(escape(_shown(value)) for value in shown))
    console.print(table)


def show_diff(console: Console, diff: BuildDiff) -> None:
    """What came, went and changed between two builds, a line per mart and period."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    console.print(f"[bold]{diff.before.build_id}[/] → [bold]{diff.after.build_id}[/]")
    if diff.is_empty:
        console.print("  nothing differs")
        return
    for words, names in (
        ("marts added", diff.tables_added),
        ("marts removed", diff.tables_removed),
        ("columns added", diff.columns_added),
        ("columns removed", diff.columns_removed),
    ):
        if names:
            console.print(f"  {words}: {escape(', '.join(names))}")
    if not diff.periods:
        return
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Mart", no_wrap=True)
    table.add_column("Period", no_wrap=True)
    for heading in ("Added", "Removed", "Changed"):
        table.add_column(heading, justify="right")
    table.add_column("Changed in", overflow="fold")
    for one in diff.periods:
        counts = (str(count or "") for count in (one.added, one.removed, one.changed))
        table.add_row(escape(one.table), one.period_id or "", *counts, escape(", ".join(one.columns)))
    console.print(table)


def _words_of(group: FindingGroup) -> str:
    """The words of the first finding, and what else was found where several cells differ in nothing but their text."""
    words = group.message_vi
    if group.count > 1 and len(group.values) > 1:
        words += f" (các giá trị đang ghi: {'; '.join(group.values)})"
    return f"{words} Giải trình của đơn vị: {group.justification}" if group.justification else words


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # workbooks know no whole numbers
    return str(value)
