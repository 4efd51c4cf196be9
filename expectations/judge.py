"""Judging: readings and unidentified submissions without a verdict get one, in the ledger.

Belongs here: which submissions wait for a judgement by today's rule book, and the ledger's side of it.
Does not belong here: the rules and how they are put to the rows (batch.py, suites.py, evidence.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import structlog

from expectations.catalogue import Rule, rule
from expectations.context import Context, Surroundings
from expectations.judgement import (
    IDENTIFIED,
    NO_CONTEXT,
    UNREADABLE,
    Judgement,
    commit_judgements,
    judged_ids,
    judgement_id_of,
    make_judgement,
)
from expectations.justification import Explanations, justified
from expectations.landed import COVER, Batch, identity, load_batches
from expectations.locks import kept_by_lock
from expectations.neighbours import rows_before
from expectations.suppression import without_consequences
from expectations.verdict import Finding, Status, finding
from expectations.waivers import waived
from ingest import ledger
from ingest.parser import parse_id
from ingest.progress import track
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
    """Judge the latest reading of each submission whose latest verdict rests on something else, period by period.

    Periods are judged as they close, for a report may be compared with the one before it. Findings are committed
    first, then verdicts; a period is committed once it is judged as a whole. Judging the same readings again commits
    nothing. Raises ExpectationCrashed, InvalidEvidence and InvalidCatalogue: our failures.
    """
    around = Surroundings(settings)
    chosen = [one for one in around.waiting_periods() if period_ids is None or one in period_ids]
    problems = _problems_by_reading(settings) if chosen else {}
    batches, counts = [], Counter[Status]()
    for period_id in track(chosen, "Judging periods"):
        own = [reading for reading in around.readings() if reading["reporting_period_id"] == period_id]
        waiting = [reading for reading in own if around.is_waiting(reading)]
        if not waiting:
            continue
        from expectations.batch import judge_batch

        batch = load_batch(settings, around, waiting)
        judged = judge_batch(batch)
        explanations = Explanations(batch)
        judgements = [
            _judgement(
                around,
                batch,
                reading,
                [*judged.findings[reading["submission_id"]], *problems.get(identity(reading), ())],
                explanations,
            )
            for reading in batch.readings
        ]
        around.note(judgements, commit_judgements(settings, run_id, judgements))
        counts.update(_told(judgements, period_id))
        batches.append(judged)
    return JudgeSummary(counts, tuple(batches))


def judge_unidentified(settings: Settings, run_id: str) -> JudgeSummary:
    """Reject the submissions whose workbook could not be opened or does not say whose report it is."""
    waiting = unjudged_unidentified(settings)
    problems: dict[tuple[str, str, str], list[Finding]] = {identity(row): [] for row, _ in waiting}
    for problem in ledger.read(settings.ledger_dir, "problems").to_pylist() if waiting else ():
        if (key := identity(problem)) in problems:
            problems[key] += _findings_of(problem, None)
    judgements = {}
    for row, receipt in waiting:
        judgement = make_judgement(
            row["submission_id"],
            row["parse_id"],
            problems[identity(row)],
            is_unreadable=row["outcome"] == UNREADABLE,
            context_id=receipt.get("receipt_id", NO_CONTEXT),
            received_at=receipt.get("received_at", row["received_at"]),
            receipt_id=receipt.get("receipt_id"),
        )
        judgements[judgement.judgement_id] = judgement
    commit_judgements(settings, run_id, judgements.values())
    return JudgeSummary(_told(judgements.values(), None))


def unjudged_unidentified(settings: Settings) -> list[tuple[Row, Row]]:
    """Submissions that cannot be identified and wait for a judgement, each with the receipt it came in by.

    That is the earliest receipt of the content: one that is met later and was dated before it asks for a new judgement.
    """
    done = judged_ids(settings.ledger_dir)
    kept = kept_by_lock(settings)
    receipts = _first_receipts(settings)
    found = []
    for row in ledger.read(settings.ledger_dir, "submissions").to_pylist():
        if row["submission_id"] in kept:
            continue
        receipt = receipts.get(row["sha256"], {})
        wanted = judgement_id_of(row["submission_id"], row["parse_id"], receipt.get("receipt_id", NO_CONTEXT))
        if row["parse_id"] == parse_id() and row["outcome"] != IDENTIFIED and wanted not in done:
            found.append((row, receipt))
    return sorted(found, key=lambda pair: (pair[0]["received_at"], pair[0]["submission_id"]))


def unjudged_periods(settings: Settings) -> tuple[str, ...]:
    """Periods that judge_pending would look at, as they close.

    They hold a reading whose latest verdict rests on other rules or another context, or a submission still to be read;
    and of such a unit also the later periods, whose reports may be compared with the one that is about to change.
    """
    return Surroundings(settings).waiting_periods()


def load_batch(
    settings: Settings, around: Surroundings, readings: Sequence[Row], rules: Sequence[Rule] | None = None
) -> Batch:
    """The landed rows of some readings of one period, with the rows of an earlier one that rules compare them with.

    rules: by default those that hold in the period.
    """
    parts = [part for reading in readings for part in around.parts_of(reading).values()]
    (batch,) = load_batches(settings.landing_dir, readings, parts)
    neighbours = {reading["submission_id"]: around.neighbours_of(reading, rules) for reading in readings}
    return replace(batch, before=rows_before(settings.landing_dir, neighbours))


def settled(
    submission_id: str, findings: Iterable[Finding], context: Context, explanations: Explanations
) -> list[Finding]:
    """What is told of the findings: justified by the sender, waived by the office, without mere consequences."""
    told = justified(submission_id, findings, context.justifications, explanations)
    return without_consequences(waived(told, context.waivers))


def _judgement(
    around: Surroundings, batch: Batch, reading: Row, found: Iterable[Finding], explanations: Explanations
) -> Judgement:
    """The judgement of one reading, given what rules and ingest found in it."""
    context = around.context_of(reading, _cover(batch, reading))
    findings = settled(reading["submission_id"], [*found, *context.admission.findings], context, explanations)
    return make_judgement(
        reading["submission_id"],
        reading["parse_id"],
        findings,
        _rows_sent(batch, reading),
        context_id=context.context_id,
        received_at=context.admission.receipt.received_at,
        receipt_id=context.admission.receipt.receipt_id,
        known_from=context.admission.known_from,
    )


def _cover(batch: Batch, reading: Row) -> Row | None:
    """The landed cover of a reading; a hand-made workbook has none."""
    import pyarrow.compute as pc

    table = batch.tables[COVER]
    rows = table.filter(pc.equal(table["submission_id"], reading["submission_id"])).slice(0, 1).to_pylist()
    return rows[0] if rows else None


def _first_receipts(settings: Settings) -> dict[str, Row]:
    """The earliest receipt of each content."""
    receipts = ledger.read(settings.ledger_dir, "receipts").to_pylist()
    ordered = sorted(receipts, key=lambda row: (row["received_at"], row["receipt_id"]), reverse=True)
    return {row["sha256"]: row for row in ordered}


def _problems_by_reading(settings: Settings) -> dict[tuple[str, str, str], list[Finding]]:
    """What ingest found, by the reading it belongs to: of the tables by the reading's run, of the cover by its own."""
    cover_runs = {
        (row["submission_id"], row["parse_id"]): row["run_id"]
        for row in ledger.read(settings.ledger_dir, "submissions").to_pylist()
    }
    readings = {
        (row["submission_id"], row["parse_id"]): row for row in ledger.read(settings.ledger_dir, "readings").to_pylist()
    }
    found: dict[tuple[str, str, str], list[Finding]] = {}
    for problem in ledger.read(settings.ledger_dir, "problems").to_pylist():
        key = (problem["submission_id"], problem["parse_id"])
        reading = readings.get(key)
        if reading is None:
            continue
        run = cover_runs.get(key) if problem["stage"] == COVER_STAGE else reading["run_id"]
        if problem["run_id"] == run:
            told = _findings_of(problem, reading["reporting_period_id"])
            found.setdefault(identity(reading), []).extend(told)
    return found


def _findings_of(problem: Row, period_id: str | None) -> list[Finding]:
    """A problem that ingest named, with the severity and words of its rule; none where the rule is silent."""
    if not rule(problem["rule_id"]).holds_in(period_id):
        return []
    place = {name: problem[name] for name in ("form", "sheet", "cell", "value", "expected")}
    return [finding(problem["rule_id"], **place, column_name=_missing_column(problem), period_id=period_id)]


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
