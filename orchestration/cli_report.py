"""The commands `ntm report` and `ntm extract`: workbooks that the office prints, signs and sends.

Belongs here: their arguments and what they say when done. Does not belong here: the workbooks (publish/report/book.py,
publish/extract.py), the snapshot (snapshots.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    period: Annotated[str, typer.Option("--period", help="Reporting period, such as 2026M06.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the workbook to.")] = Path(),
    form: Annotated[str | None, typer.Option("--form", help="One table alone, such as bieu_07 or 07.")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="The tables of one reporting unit, by code or name; else the province.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Of a period that is not closed, marked so on every page.")
    ] = False,
) -> None:
    """Fill the official tables of a closed period from its locked snapshot, ready to print and sign."""
    from ingest.settings import load_settings
    from orchestration.snapshots import snapshot_of
    from orchestration.summary import shown_path
    from orchestration.usage import period_named, unit_named
    from publish.report.book import write_report

    settings = load_settings()
    period_id = period_named(period)
    unit_id = unit_named(unit, period_id, settings) if unit else None
    snapshot = snapshot_of(settings, period_id, draft=draft)
    written = write_report(snapshot, out, form=form, unit_id=unit_id)
    said = "draft" if snapshot.is_draft else "locked"
    typer.echo(
        f"{shown_path(written.path)}: {len(written.tables)} tables, {len(written.figures)} figures, "
        f"{said} snapshot {written.snapshot_id}"
    )


def extract(
    out: Annotated[Path, typer.Option("--out", help="The workbook to write.")] = Path("NTM_so_lieu.xlsx"),
) -> None:
    """Write the wide marts of the current build into one Excel workbook, a sheet each, with filters."""
    from ingest.settings import load_settings
    from orchestration.summary import shown_path
    from orchestration.usage import WrongUsage
    from publish.extract import write_extract

    if out.suffix.lower() != ".xlsx":
        raise WrongUsage(f"{out} is no Excel workbook: name a file that ends in .xlsx.")
    written = write_extract(load_settings(), out)
    rows = sum(written.row_counts.values())
    typer.echo(f"{shown_path(out)}: {len(written.row_counts)} marts, {rows} rows, build {written.build_id}")


def add_to(app: typer.Typer) -> None:
    """Give the command line these commands."""
    app.command()(report)
    app.command()(extract)
