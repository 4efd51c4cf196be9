"""Judging: readings and unidentified submissions without a verdict get one, in the ledger.

Belongs here: which submissions wait for a judgement by today's rule book, and the ledger's side of it.
Does not belong here: the rules and how they are put to the rows (batch.py, suites.py, evidence.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from expectations.judgement import (
    IDENTIFIED,
    UNREADABLE,
    Judgement,
    commit_judgements,
    judged_ids,
    judgement_id_of,
    make_judgement,
)
from expectations.landed import COVER, Batch, identity, load_batches
from expectations.verdict import Finding, Status, finding
from ingest import ledger
from ingest.progress import track
from ingest.reading import parse_id
from ingest.spec import load_specs

if TYPE_CHECKING:
    from expectations.batch import JudgedBatch
    from ingest.settings import Settings

log = structlog.get_logger(__name__)

Row = dict[str, Any]

COVER_STAGE = "cover"


@dataclass(frozen=True)
class JudgeSummary:
    """Verdicts of one call by status; `batches` holds what Great Expectations said, for Data Docs."""

    verdicts: Mapping[Status, int]
    batches: tuple[JudgedBatch, ...] = ()


def judge_pending(settings: Settings, run_id: str, period_ids: Collection[str] | None = None) -> JudgeSummary:
    """Judge the latest reading of each submission that today's rule book has not judged, period by period.

    Findings are committed first, then verdicts; a period is committed once it is judged as a whole. Judging the same
    readings again commits nothing. Raises ExpectationCrashed, InvalidEvidence and InvalidCatalogue: our failures.
    """
    waiting = _waiting_readings(settings, period_ids)
    if not waiting:
        return JudgeSummary({})
    from expectations.batch import judge_batch

    parts = ledger.read(settings.ledger_dir, "reading_parts").to_pylist()
    problems = _problems_by_reading(settings)
    batches, counts = [], Counter[Status]()
    for period_id in track(sorted({reading["reporting_period_id"] for reading in waiting}), "Judging periods"):
        readings = [reading for reading in waiting if reading["reporting_period_id"] == period_id]
        for batch in load_batches(settings.landing_dir, readings, parts):
            judged = judge_batch(batch)
            judgements = [
                make_judgement(
                    reading["submission_id"],
                    reading["parse_id"],
                    [*judged.findings[reading["submission_id"]], *problems.get(identity(reading), ())],
                    _rows_sent(batch, reading),
                )
                for reading in batch.readings
            ]
            commit_judgements(settings, run_id, judgements)
            counts.update(_told(judgements, period_id))
            batches.append(judged)
    return JudgeSummary(counts, tuple(batches))


def judge_unidentified(settings: Settings, run_id: str) -> JudgeSummary:
    """Reject the submissions whose workbook could not be opened or does not say whose report it is."""
    import pyarrow.compute as pc

    done = judged_ids(settings.ledger_dir)
    submissions = ledger.read(settings.ledger_dir, "submissions")
    of_this_parser = pc.equal(submissions["parse_id"], parse_id())
    unidentified = submissions.filter(
        pc.and_(of_this_parser, pc.not_equal(submissions["outcome"], IDENTIFIED))
    ).to_pylist()
    problems: dict[tuple[str, str, str], list[Finding]] = {}
    for problem in ledger.read(settings.ledger_dir, "problems").to_pylist():
        problems.setdefault(identity(problem), []).append(_finding_of(problem))
    judgements = {}
    for row in sorted(unidentified, key=lambda row: (row["received_at"], row["submission_id"])):
        if judgement_id_of(row["submission_id"], row["parse_id"]) not in done:
            judgement = make_judgement(
                row["submission_id"],
                row["parse_id"],
                problems.get(identity(row), ()),
                is_unreadable=row["outcome"] == UNREADABLE,
            )
            judgements[judgement.judgement_id] = judgement
    commit_judgements(settings, run_id, judgements.values())
    return JudgeSummary(_told(judgements.values(), None))


def unjudged_periods(settings: Settings) -> tuple[str, ...]:
    """Periods with a reading that today's rule book has not judged, by period id."""
    return tuple(sorted({reading["reporting_period_id"] for reading in _waiting_readings(settings, None)}))


def _waiting_readings(settings: Settings, period_ids: Collection[str] | None) -> list[Row]:
    """The reading by today's parser of each submission, where no verdict of today's rule book speaks for it."""
    done = judged_ids(settings.ledger_dir)
    latest: dict[str, Row] = {}
    readings = ledger.read(settings.ledger_dir, "readings").to_pylist()
    for reading in sorted(readings, key=lambda row: (row["read_at"], row["run_id"])):
        if reading["parse_id"] == parse_id():
            latest[reading["submission_id"]] = reading
    return [
        reading
        for reading in latest.values()
        if (period_ids is None or reading["reporting_period_id"] in period_ids)
        and judgement_id_of(reading["submission_id"], reading["parse_id"]) not in done
    ]


def _problems_by_reading(settings: Settings) -> dict[tuple[str, str, str], list[Finding]]:
    """What ingest found, by the reading it belongs to: of the tables by the reading's run, of the cover by its own."""
    cover_runs = {
        (row["submission_id"], row["parse_id"]): row["run_id"]
        for row in ledger.read(settings.ledger_dir, "submissions").to_pylist()
    }
    readings = {
        (row["submission_id"], row["parse_id"]): identity(row)
        for row in ledger.read(settings.ledger_dir, "readings").to_pylist()
    }
    found: dict[tuple[str, str, str], list[Finding]] = {}
    for problem in ledger.read(settings.ledger_dir, "problems").to_pylist():
        key = (problem["submission_id"], problem["parse_id"])
        reading = readings.get(key)
        run = cover_runs.get(key) if problem["stage"] == COVER_STAGE else (reading[2] if reading else None)
        if reading is not None and problem["run_id"] == run:
            found.setdefault(reading, []).append(_finding_of(problem))
    return found


def _finding_of(problem: Row) -> Finding:
    """A problem that ingest named, with the severity and words of its rule."""
    place = {name: problem[name] for name in ("form", "sheet", "cell", "value", "expected")}
    return finding(problem["rule_id"], **place, column_name=_missing_column(problem))


def _missing_column(problem: Row) -> str | None:
    """The column whose heading a sheet lacks: the rows that lack it are found under the same name."""
    if problem["rule_id"] != "column_missing" or problem["form"] not in load_specs():
        return None
    columns = load_specs()[problem["form"]].columns
    return next((column.name for column in columns if column.header == problem["expected"]), None)


def _rows_sent(batch: Batch, reading: Row) -> int:
    """Data rows of the forms of a submission; its cover is not a row of data."""
    own = (part for part in batch.parts if identity(part) == identity(reading) and part["form"] != COVER)
    return sum(part["rows_sent"] or 0 for part in own)


def _told(judgements: Iterable[Judgement], period_id: str | None) -> Counter[Status]:
    """Verdicts by status, each told to the log."""
    counts = Counter[Status]()
    for judgement in judgements:
        counts[judgement.status] += 1
        log.info(
            "submission_judged",
            submission_id=judgement.submission_id,
            period=period_id,
            status=judgement.status.value,
            findings=len(judgement.findings),
        )
    return counts
