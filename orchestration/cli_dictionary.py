"""The command `ntm dictionary`: its arguments, and where the pages lie.

Does not belong here: what the pages say (publish/dictionary_pages.py), dbt's own documentation (dbt.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DBT_DOCS = "dbt_docs.html"


def dictionary(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to: index.html, dictionary.md.")],
    dbt_docs: Annotated[
        bool, typer.Option("--dbt-docs", help=f"Also {DBT_DOCS}: every model with its SQL and graph; takes a minute.")
    ] = False,
) -> None:
    """Write the data dictionary in Vietnamese and English: every mart, column, metric, and what it is made from."""
    import shutil

    from ingest.progress import shown_on
    from ingest.settings import load_settings
    from orchestration import dbt
    from orchestration.commands import terminal
    from orchestration.lock import one_writer
    from orchestration.summary import shown_path
    from publish.build import current_build
    from publish.dictionary_pages import write_dictionary

    settings = load_settings()
    with shown_on(terminal()):
        written = write_dictionary(out, dbt.manifest(settings), current_build(settings))
        if dbt_docs:
            with one_writer(settings):
                shutil.copy(dbt.docs(settings), out / DBT_DOCS)
            written = (*written, out / DBT_DOCS)
    for path in written:
        typer.echo(shown_path(path))


def add_to(app: typer.Typer) -> None:
    """Give the command line this command."""
    app.command()(dictionary)
