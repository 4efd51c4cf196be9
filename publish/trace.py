"""Trace: from a published figure back to the cell it was typed in.

Belongs here: the way mart row → landed row → archived workbook, read again at the very cell.
Does not belong here: printing (orchestration/cli.py), reading workbooks (ingest/reader.py).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.settings import Settings
from publish.build import current_build

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from ingest.reader import Sheet

ORIGIN = ("submission_id", "form", "sheet", "row_id")


class TraceFailed(ValueError):
    """The question cannot be answered as it was put; the message says what to ask instead."""


@dataclass(frozen=True)
class TracedField:
    """One field of the landed row. `in_workbook` is what the archived file says at `cell`, read just now."""

    column: str
    header: str
    value: Any  # typed; None = nothing typed, or unreadable
    text: str | None  # as typed
    cell: str | None
    in_workbook: Any


@dataclass(frozen=True)
class TracedRow:
    """One published row, and where it came from. Of `mart_row` every column is kept, with its typed value."""

    table: str
    build_id: str
    mart_row: dict[str, Any]
    submission_id: str
    form: str
    sheet: str
    row_id: str
    file_name: str
    archived_file: Path
    reporting_unit_id: str
    reporting_period_id: str
    fields: tuple[TracedField, ...]


def trace(settings: Settings, table: str, keys: Mapping[str, str], limit: int = 20) -> list[TracedRow]:
    """Where the published rows of `table` with these key values were typed; at most `limit` rows, ordered by origin.

    Raises TraceFailed for an unknown table or column, where no row has the keys, where more than `limit` have, and for
    rows that nobody typed (computed from several, or expected and not sent).
    """
    return Tracer(settings).trace(table, keys, limit)


class Tracer:
    """Traces within the build that is current when it is made; every archived workbook is opened once."""

    def __init__(self, settings: Settings) -> None:
        build = current_build(settings)
        if build is None:
            raise TraceFailed("Nothing is published yet. Run `uv run ntm run` (or `uv run ntm demo`) first.")
        self._settings = settings
        self._build = build
        self._files = _submissions(settings)
        self._cells = _ArchivedCells(settings)

    def trace(self, table: str, keys: Mapping[str, str], limit: int = 20) -> list[TracedRow]:
        """As the function `trace`."""
        build = self._build
        if table not in build.row_counts:
            raise TraceFailed(f"There is no mart {table!r}.{_nearest(table, build.row_counts)}")
        rows = _mart_rows(build.database, table, keys, limit)
        typed = [row for row in rows if row.get("submission_id") and row.get("row_id")]
        if not typed:
            raise TraceFailed(f"{table}: the rows found were not typed in a workbook (nothing was sent for them).")
        return [_traced(self._settings, table, build.build_id, row, self._files, self._cells) for row in typed]


def _mart_rows(database: Path, table: str, keys: Mapping[str, str], limit: int) -> list[dict[str, Any]]:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        columns = [name for name, *_ in con.execute(f'describe "{table}"').fetchall()]
        for key in keys:
            if key not in columns:
                raise TraceFailed(f"{table} has no column {key!r}.{_nearest(key, columns)}")
        if missing := [name for name in ORIGIN if name not in columns]:
            raise TraceFailed(f"{table} has no {missing[0]}: it is not a fact that can be traced to a cell.")
        condition = " and ".join(f'cast("{key}" as varchar) = ?' for key in keys) or "true"
        found = con.execute(
            f'select * from "{table}" where {condition} order by {", ".join(ORIGIN)} limit {limit + 1}',
            [*keys.values()],
        ).fetchall()
        if not found:
            raise TraceFailed(f"{table} has no row with {_shown(keys)}.{_values_hint(con, table, keys)}")
        if len(found) > limit:
            raise TraceFailed(
                f"{table} has more than {limit} rows with {_shown(keys) or 'no key'}; name more KEY=VALUE, or a "
                "higher --limit."
            )
        return [dict(zip(columns, row, strict=True)) for row in found]


def _traced(
    settings: Settings,
    table: str,
    build_id: str,
    row: dict[str, Any],
    files: dict[str, dict[str, Any]],
    cells: _ArchivedCells,
) -> TracedRow:
    from ingest import archive
    from ingest.spec import load_specs

    submission = files.get(row["submission_id"])
    if submission is None:
        raise TraceFailed(f"Submission {row['submission_id']} is not in the ledger of {settings.data_dir}.")
    landed = _landed_row(settings, row)
    spec = load_specs()[row["form"]]
    fields = tuple(
        TracedField(
            column=column.name,
            header=column.header,
            value=landed[column.name],
            text=landed[f"{column.name}__text"],
            cell=landed[f"{column.name}__cell"],
            in_workbook=cells.value(submission["sha256"], row["sheet"], landed[f"{column.name}__cell"]),
        )
        for column in spec.columns
        if landed[f"{column.name}__cell"] is not None
    )
    return TracedRow(
        table=table,
        build_id=build_id,
        mart_row=row,
        submission_id=row["submission_id"],
        form=row["form"],
        sheet=row["sheet"],
        row_id=row["row_id"],
        file_name=submission["file_name"],
        archived_file=archive.path_of(settings.archive_dir, submission["sha256"]),
        reporting_unit_id=submission["reporting_unit_id"],
        reporting_period_id=submission["reporting_period_id"],
        fields=fields,
    )


def _landed_row(settings: Settings, row: Mapping[str, Any]) -> dict[str, Any]:
    """The landed row that the latest judgement of the submission rests on."""
    import duckdb

    with duckdb.connect() as con:
        found = con.execute(
            """
            with readings as (
                select r.submission_id, r.parse_id, r.run_id
                from read_parquet($readings) as r
                join read_parquet($verdicts) as v using (submission_id, parse_id)
                where r.submission_id = $submission_id and v.status like 'accepted%'
                order by v.judged_at desc, v.judgement_id desc
                limit 1
            )
            select l.* from read_parquet($landing, union_by_name = true) as l
            semi join readings using (submission_id, parse_id, run_id)
            where l.row_id = $row_id and l.sheet = $sheet
            """,
            {
                "readings": str(settings.ledger_dir / "readings" / "*.parquet"),
                "verdicts": str(settings.ledger_dir / "verdicts" / "*.parquet"),
                "landing": str(settings.landing_dir / row["form"] / "**" / "*.parquet"),
                "submission_id": row["submission_id"],
                "row_id": row["row_id"],
                "sheet": row["sheet"],
            },
        )
        columns = [name for name, *_ in found.description or []]
        rows = found.fetchall()
    if not rows:
        raise TraceFailed(
            f"Row {row['row_id']} of submission {row['submission_id']} is not landed; run `uv run ntm run`."
        )
    return dict(zip(columns, rows[0], strict=True))


def _submissions(settings: Settings) -> dict[str, dict[str, Any]]:
    from ingest import ledger

    return {row["submission_id"]: row for row in ledger.read(settings.ledger_dir, "submissions").to_pylist()}


class _ArchivedCells:
    """Cells of archived workbooks, each workbook opened once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sheets: dict[str, dict[str, Sheet]] = {}

    def value(self, sha256: str, sheet: str, cell: str | None) -> Any:
        """What a person sees at this cell; None where it is blank. Raises TraceFailed when the file is gone."""
        from ingest import archive, reader

        if cell is None:
            return None
        if sha256 not in self._sheets:
            path = archive.path_of(self._settings.archive_dir, sha256)
            if not path.exists():
                raise TraceFailed(
                    f"The archive has no file {sha256}; restore {self._settings.archive_dir} from a backup."
                )
            self._sheets[sha256] = {sheet.name: sheet for sheet in reader.read_workbook(path).sheets}
        if sheet not in self._sheets[sha256]:
            raise TraceFailed(f"The archived file {sha256} has no sheet {sheet!r}.")
        return self._sheets[sha256][sheet].shown(*_position(cell))


def _position(cell: str) -> tuple[int, int]:
    """Row and column from zero of an A1 address."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]) - 1, column - 1


def _values_hint(con: DuckDBPyConnection, table: str, keys: Mapping[str, str]) -> str:
    """For the first key whose value stands nowhere in its column, some that do."""
    for key, value in keys.items():
        held = con.execute(
            f'select distinct cast("{key}" as varchar) from "{table}" where "{key}" is not null'
        ).fetchall()
        names = [name for (name,) in held]
        if value not in names:
            near = difflib.get_close_matches(value, names, n=3, cutoff=0.4) or sorted(names)[:3]
            return f" {key} holds for example {', '.join(near)}." if near else ""
    return " Each value stands in its column, but never together."


def _nearest(word: str, words: Any) -> str:
    near = difflib.get_close_matches(word, list(words), n=3, cutoff=0.4)
    return f" Did you mean {' or '.join(near)}?" if near else f" There are {', '.join(sorted(words))}."


def _shown(keys: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in keys.items())
