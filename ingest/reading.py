"""Reading: identified submissions become landed rows with a committed reading.

Belongs here: finding what is not yet read by this parser, and the order of commits. Does not belong here: covers
(intake.py, before), judging (expectations, next), and how a workbook is understood (identity.py, tables.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from ingest import archive, landing, ledger
from ingest.identity import Identity, identify, identity_of
from ingest.intake import IdentifySummary, identify_pending
from ingest.parser import (
    COVER_STAGE,
    IDENTIFIED,
    PARSER_TABLES,
    TABLES_STAGE,
    UNIDENTIFIED,
    UNREADABLE,
    Record,
    in_order,
    of_this_parser,
    parse_id,
    part_no_of,
    problem_rows,
    submission_id_of,
)
from ingest.progress import track
from ingest.reader import read_workbook
from ingest.settings import Settings
from ingest.spec import load_specs
from ingest.tables import PRESENT, Tables, read_tables

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "COVER_STAGE",
    "IDENTIFIED",
    "PARSER_TABLES",
    "TABLES_STAGE",
    "UNIDENTIFIED",
    "UNREADABLE",
    "IdentifySummary",
    "ReadSummary",
    "identify_pending",
    "parse_id",
    "read_file",
    "read_pending",
    "submission_id_of",
    "touched_periods",
]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ReadSummary:
    """Readings committed and landed again in one call, and the periods they touch."""

    readings: int = 0
    rows: int = 0
    restored: int = 0
    period_ids: tuple[str, ...] = ()


def read_pending(settings: Settings, run_id: str, period_ids: Collection[str] | None = None) -> ReadSummary:
    """Read all tables of identified submissions without a committed reading of this parser, period by period.

    Landed rows come first, then reading_parts and problems, then readings: a killed run leaves nothing that counts.
    Readings whose landed file is gone are landed again under their old run and name, and are not committed again.
    """
    landing.ensure_schemas(settings.landing_dir)
    restored = _restore(settings, period_ids)
    by_period: dict[str, list[Record]] = {}
    for submission in _pending_submissions(settings):
        by_period.setdefault(submission["reporting_period_id"], []).append(submission)
    readings = rows = 0
    chosen = [period for period in in_order(by_period) if period_ids is None or period in period_ids]
    for period in chosen:
        readings += len(by_period[period])
        rows += _read_period(settings, run_id, period, by_period[period])
    return ReadSummary(readings, rows, len(restored), in_order({*chosen, *restored}))


def touched_periods(settings: Settings) -> tuple[str, ...]:
    """Periods, in order, that hold submissions to read or readings whose landed rows are gone."""
    pending = {row["reporting_period_id"] for row in _pending_submissions(settings)}
    return in_order(pending | {reading["reporting_period_id"] for reading, _ in _lost(settings)})


def read_file(path: Path, settings: Settings) -> list[tuple[Identity, Tables | None]]:
    """Each report of one file: its identity and, if it is identified, its tables.

    Raises UnreadableWorkbook; keeps nothing.
    """
    return [
        (identity, read_tables(identity.workbook, identity) if identity.is_identified else None)
        for identity in identify(read_workbook(path), settings)
    ]


def _read_period(settings: Settings, run_id: str, period: str, submissions: list[Record]) -> int:
    """Land and commit the readings of one period; returns the count of rows landed."""
    parts: list[Record] = []
    problems: list[Record] = []
    by_form: dict[str, list[pa.Table]] = {}
    for submission in track(submissions, f"Reading tables of {period}"):
        tables = _tables_of(settings, submission)
        for part in tables.parts:
            if part.rows:
                by_form.setdefault(part.spec.form, []).append(_landed(submission, part.spec.form, part.rows, run_id))
            parts.append(
                {
                    "submission_id": submission["submission_id"],
                    "parse_id": parse_id(),
                    "form": part.spec.form,
                    "state": part.state,
                    "rows_sent": sum(row["row_kind"] == "data" for row in part.rows) if part.state == PRESENT else 0,
                    "landing_file": landing.landing_file(part.spec.form, period, run_id) if part.rows else None,
                    "run_id": run_id,
                }
            )
        problems += problem_rows(submission["submission_id"], TABLES_STAGE, tables.problems, run_id)
    committed = {row["submission_id"] for row in of_this_parser(settings, "readings") if row["run_id"] == run_id}
    for form, tables_of_form in by_form.items():
        landing.land(settings.landing_dir, load_specs()[form], period, run_id, tables_of_form, keep=committed)
    ledger.commit(settings.ledger_dir, "reading_parts", parts)
    ledger.commit(settings.ledger_dir, "problems", problems)
    ledger.commit(settings.ledger_dir, "readings", (_reading(settings, row, run_id) for row in submissions))
    return sum(table.num_rows for tables_of_form in by_form.values() for table in tables_of_form)


def _restore(settings: Settings, period_ids: Collection[str] | None) -> set[str]:
    """Land again what committed readings landed and is gone; returns the periods of the files restored."""
    lost = [
        (reading, forms)
        for reading, forms in _lost(settings)
        if period_ids is None or reading["reporting_period_id"] in period_ids
    ]
    tables: dict[tuple[str, str, str], list[pa.Table]] = {}
    for reading, forms in track(lost, "Restoring landed rows"):
        for part in _tables_of(settings, reading).parts:
            if part.spec.form in forms and part.rows:
                target = (part.spec.form, reading["reporting_period_id"], reading["run_id"])
                tables.setdefault(target, []).append(_landed(reading, part.spec.form, part.rows, reading["run_id"]))
    for (form, period, run_id), tables_of_form in tables.items():
        name = landing.land(settings.landing_dir, load_specs()[form], period, run_id, tables_of_form)
        log.info("landing_restored", landing_file=name, period=period)
    return {period for _, period, _ in tables}


def _lost(settings: Settings) -> list[tuple[Record, set[str]]]:
    """Readings of this parser with the forms whose landed file is gone."""
    forms: dict[tuple[str, str], set[str]] = {}
    exists: dict[str, bool] = {}
    for part in of_this_parser(settings, "reading_parts"):
        name = part["landing_file"]
        if name is not None:
            if name not in exists:
                exists[name] = (settings.landing_dir / name).exists()
            if not exists[name]:
                forms.setdefault((part["submission_id"], part["run_id"]), set()).add(part["form"])
    if not forms:
        return []
    sha256 = {row["submission_id"]: row["sha256"] for row in of_this_parser(settings, "submissions")}
    return [
        (reading | {"sha256": sha256[reading["submission_id"]]}, forms[reading["submission_id"], reading["run_id"]])
        for reading in of_this_parser(settings, "readings")
        if (reading["submission_id"], reading["run_id"]) in forms
    ]


def _tables_of(settings: Settings, submission: Record) -> Tables:
    """Tables of a submission that has been identified: its identity stands in the ledger and is not asked again."""
    workbook = read_workbook(archive.path_of(settings.archive_dir, submission["sha256"]))
    keys = ("submission_id", "reporting_unit_id", "reporting_period_id")
    submission_id, unit_id, period_id = (submission[key] for key in keys)
    identity = identity_of(workbook, settings, part_no_of(submission_id), unit_id, period_id)
    return read_tables(identity.workbook, identity)


def _pending_submissions(settings: Settings) -> list[Record]:
    read = {row["submission_id"] for row in of_this_parser(settings, "readings")}
    pending = {
        row["submission_id"]: row
        for row in of_this_parser(settings, "submissions")
        if row["outcome"] == IDENTIFIED and row["submission_id"] not in read
    }
    return sorted(pending.values(), key=lambda row: (row["received_at"], row["submission_id"]))


def _landed(submission: Mapping[str, Any], form: str, rows: Iterable[Record], run_id: str) -> pa.Table:
    keys = {name: submission[name] for name in ("submission_id", "reporting_unit_id", "reporting_period_id")}
    return landing.to_table(load_specs()[form], rows, {**keys, "parse_id": parse_id(), "run_id": run_id})


def _reading(settings: Settings, submission: Record, run_id: str) -> Record:
    keys = ("submission_id", "parse_id", "reporting_unit_id", "reporting_period_id")
    return {**{key: submission[key] for key in keys}, "read_at": settings.now, "run_id": run_id}
