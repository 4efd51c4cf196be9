"""Reading: what was received becomes identified submissions, then landed rows with a committed reading.

Belongs here: finding what is not yet read by this parser, and the order of commits. Does not belong here: judging
(expectations does, next), and how a workbook is understood (identity.py, tables.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from ingest import archive, landing, ledger, reference
from ingest.identity import Identity, identify, identity_of
from ingest.problem import Problem
from ingest.progress import track
from ingest.reader import UnreadableWorkbook, read_workbook
from ingest.settings import Settings
from ingest.spec import load_specs, specs_digest
from ingest.tables import PRESENT, Tables, read_tables

if TYPE_CHECKING:
    import pyarrow as pa

log = structlog.get_logger(__name__)

PARSER_VERSION = "1"  # raise it with every change that makes another reading of the same file
PARSER_TABLES = (
    "administrative_units",
    "agencies",
    "capital_natures",
    "code_lists",
    "criteria",
    "funding_contents",
    "funding_sources",
    "programmes",
    "reporting_periods",
    "reporting_units",
    "stages",
    "titles",
    "unit_aliases",
    "unit_succession",
)
IDENTIFIED, UNIDENTIFIED, UNREADABLE = "identified", "unidentified", "unreadable"
COVER_STAGE, TABLES_STAGE = "cover", "tables"

Record = dict[str, Any]


@dataclass(frozen=True)
class IdentifySummary:
    """Submissions by outcome, in one call."""

    identified: int = 0
    unidentified: int = 0
    unreadable: int = 0
    period_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadSummary:
    """Readings committed and landed again in one call, and the periods they touch."""

    readings: int = 0
    rows: int = 0
    restored: int = 0
    period_ids: tuple[str, ...] = ()


def submission_id_of(sha256: str) -> str:
    return sha256[:16]


@cache
def parse_id() -> str:
    """Names this parser: its version, the form specs and the reference tables it reads."""
    digest = hashlib.sha256(f"{PARSER_VERSION}\0{specs_digest()}".encode())
    for table in PARSER_TABLES:
        content = (reference.REFERENCE_DIR / f"{table}.csv").read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"\0{table}\0".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]


def identify_pending(settings: Settings, run_id: str) -> IdentifySummary:
    """Read the cover of every received content that this parser has not seen; commit problems, then submissions."""
    done = {row["submission_id"] for row in _of_this_parser(settings, "submissions")}
    pending = [first for sha, first in sorted(_first_receipts(settings).items()) if submission_id_of(sha) not in done]
    submissions: list[Record] = []
    problems: list[Record] = []
    for receipt in track(pending, "Reading covers"):
        submission, found = _identify_one(settings, receipt)
        submissions.append({**submission, "run_id": run_id})
        problems += _problem_rows(submission["submission_id"], COVER_STAGE, found, run_id)
    ledger.commit(settings.ledger_dir, "problems", problems)
    ledger.commit(settings.ledger_dir, "submissions", submissions)
    outcomes = Counter(row["outcome"] for row in submissions)
    return IdentifySummary(
        outcomes[IDENTIFIED],
        outcomes[UNIDENTIFIED],
        outcomes[UNREADABLE],
        period_ids=_in_order({row["reporting_period_id"] for row in submissions if row["outcome"] == IDENTIFIED}),
    )


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
    chosen = [period for period in _in_order(by_period) if period_ids is None or period in period_ids]
    for period in chosen:
        readings += len(by_period[period])
        rows += _read_period(settings, run_id, period, by_period[period])
    return ReadSummary(readings, rows, len(restored), _in_order({*chosen, *restored}))


def touched_periods(settings: Settings) -> tuple[str, ...]:
    """Periods, in order, that hold submissions to read or readings whose landed rows are gone."""
    pending = {row["reporting_period_id"] for row in _pending_submissions(settings)}
    return _in_order(pending | {reading["reporting_period_id"] for reading, _ in _lost(settings)})


def read_file(path: Path, settings: Settings, received_at: datetime) -> tuple[Identity, Tables | None]:
    """Identity and, if it is identified, tables of one file. Raises UnreadableWorkbook; keeps nothing."""
    workbook = read_workbook(path)
    identity = identify(workbook, settings, received_at)
    return identity, read_tables(workbook, identity) if identity.is_identified else None


def _identify_one(settings: Settings, receipt: Record) -> tuple[Record, Iterable[Problem]]:
    submission: Record = {
        "submission_id": submission_id_of(receipt["sha256"]),
        "parse_id": parse_id(),
        "sha256": receipt["sha256"],
        "file_name": receipt["file_name"],
        "received_at": receipt["received_at"],
    }
    events = log.bind(file=receipt["channel_path"], submission_id=submission["submission_id"])
    try:
        workbook = read_workbook(archive.path_of(settings.archive_dir, receipt["sha256"]))
    except UnreadableWorkbook as error:
        events.warning("workbook_unreadable", rule_id=error.rule_id, value=error.value)
        return {**submission, "outcome": UNREADABLE}, [Problem(error.rule_id, value=error.value)]
    identity = identify(workbook, settings, receipt["received_at"])
    submission |= {
        "reporting_unit_id": identity.unit["reporting_unit_id"] if identity.unit else None,
        "reporting_period_id": identity.period["reporting_period_id"] if identity.period else None,
        "template_version": identity.template_version,
        "outcome": IDENTIFIED if identity.is_identified else UNIDENTIFIED,
    }
    events.info(
        f"submission_{submission['outcome']}",
        unit=submission["reporting_unit_id"],
        period=submission["reporting_period_id"],
        rules=",".join(problem.rule_id for problem in identity.problems) or None,
    )
    return submission, identity.problems


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
        problems += _problem_rows(submission["submission_id"], TABLES_STAGE, tables.problems, run_id)
    committed = {row["submission_id"] for row in _of_this_parser(settings, "readings") if row["run_id"] == run_id}
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
    for part in _of_this_parser(settings, "reading_parts"):
        name = part["landing_file"]
        if name is not None:
            if name not in exists:
                exists[name] = (settings.landing_dir / name).exists()
            if not exists[name]:
                forms.setdefault((part["submission_id"], part["run_id"]), set()).add(part["form"])
    if not forms:
        return []
    sha256 = {row["submission_id"]: row["sha256"] for row in _of_this_parser(settings, "submissions")}
    return [
        (reading | {"sha256": sha256[reading["submission_id"]]}, forms[reading["submission_id"], reading["run_id"]])
        for reading in _of_this_parser(settings, "readings")
        if (reading["submission_id"], reading["run_id"]) in forms
    ]


def _tables_of(settings: Settings, submission: Record) -> Tables:
    """Tables of a submission that has been identified: its identity stands in the ledger and is not asked again."""
    workbook = read_workbook(archive.path_of(settings.archive_dir, submission["sha256"]))
    identity = identity_of(workbook, submission["reporting_unit_id"], submission["reporting_period_id"])
    return read_tables(workbook, identity)


def _pending_submissions(settings: Settings) -> list[Record]:
    read = {row["submission_id"] for row in _of_this_parser(settings, "readings")}
    pending = {
        row["submission_id"]: row
        for row in _of_this_parser(settings, "submissions")
        if row["outcome"] == IDENTIFIED and row["submission_id"] not in read
    }
    return sorted(pending.values(), key=lambda row: (row["received_at"], row["submission_id"]))


def _first_receipts(settings: Settings) -> dict[str, Record]:
    """The earliest receipt of each content."""
    first: dict[str, Record] = {}
    for row in ledger.read(settings.ledger_dir, "receipts").to_pylist():
        earlier = first.get(row["sha256"])
        if earlier is None or (row["received_at"], row["receipt_id"]) < (earlier["received_at"], earlier["receipt_id"]):
            first[row["sha256"]] = row
    return first


def _of_this_parser(settings: Settings, table: str) -> list[Record]:
    import pyarrow.compute as pc

    rows = ledger.read(settings.ledger_dir, table)
    return list(rows.filter(pc.equal(rows["parse_id"], parse_id())).to_pylist())


def _landed(submission: Mapping[str, Any], form: str, rows: Iterable[Record], run_id: str) -> pa.Table:
    keys = {name: submission[name] for name in ("submission_id", "reporting_unit_id", "reporting_period_id")}
    return landing.to_table(load_specs()[form], rows, {**keys, "parse_id": parse_id(), "run_id": run_id})


def _reading(settings: Settings, submission: Record, run_id: str) -> Record:
    keys = ("submission_id", "parse_id", "reporting_unit_id", "reporting_period_id")
    return {**{key: submission[key] for key in keys}, "read_at": settings.now, "run_id": run_id}


def _problem_rows(submission_id: str, stage: str, problems: Iterable[Problem], run_id: str) -> list[Record]:
    keys = {"submission_id": submission_id, "parse_id": parse_id(), "stage": stage, "run_id": run_id}
    return [{**asdict(problem), **keys} for problem in problems]


def _in_order(period_ids: Collection[str]) -> tuple[str, ...]:
    """Periods in the order of the reference data."""
    order = {row["reporting_period_id"]: row["sort_order"] for row in reference.rows("reporting_periods")}
    return tuple(sorted(period_ids, key=lambda period: (order.get(period, 0), period)))
