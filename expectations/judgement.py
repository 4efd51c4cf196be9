"""Judgements in the ledger: what was found about one submission, written once and read back as verdicts.

Belongs here: the identity of a judgement, its counts, the order of commits, versions of a report.
Does not belong here: finding anything (judge.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.catalogue import Severity, rules_id
from expectations.landed import COVER
from expectations.verdict import Finding, RowCounts, Status, Verdict, in_reading_order, severity_counts, status_of
from ingest import ledger

if TYPE_CHECKING:
    from ingest.settings import Settings

Row = dict[str, Any]

UNREADABLE = "unreadable"  # outcome of a submission whose workbook could not be opened
IDENTIFIED = "identified"
NO_CONTEXT = ""  # of what cannot be identified and has no receipt
_FINDING_FIELDS = tuple(field.name for field in fields(Finding))


@dataclass(frozen=True)
class Judgement:
    """All findings about one submission as one parser read it, in reading order."""

    submission_id: str
    parse_id: str
    status: Status
    findings: tuple[Finding, ...]
    row_counts: RowCounts
    context_id: str = NO_CONTEXT
    received_at: datetime | None = None  # of the receipt it was admitted by
    receipt_id: str | None = None
    known_from: datetime | None = None

    @property
    def judgement_id(self) -> str:
        return judgement_id_of(self.submission_id, self.parse_id, self.context_id)

    @property
    def quarantined(self) -> dict[str, frozenset[str]]:
        """row_ids of landed data rows that do not count, per form."""
        return _by_form(
            (found.form, found.row_id) for found in self.findings if found.severity is Severity.ERROR and found.row_id
        )


def judgement_id_of(submission_id: str, parse_id: str, context_id: str = NO_CONTEXT) -> str:
    """Names the judgement of a reading by rule book and context: the same question is answered once."""
    named = (submission_id, parse_id, rules_id(), context_id)
    return hashlib.sha256("\0".join(named).encode()).hexdigest()[:16]


def make_judgement(
    submission_id: str,
    parse_id: str,
    findings: Iterable[Finding],
    rows_sent: int = 0,
    *,
    is_unreadable: bool = False,
    context_id: str = NO_CONTEXT,
    received_at: datetime | None = None,
    receipt_id: str | None = None,
    known_from: datetime | None = None,
) -> Judgement:
    """Status and counts that the findings give. rows_sent: data rows of the forms, the cover not among them."""
    ordered = in_reading_order(findings)
    status = status_of(ordered, is_unreadable=is_unreadable)
    judgement = Judgement(
        submission_id,
        parse_id,
        status,
        tuple(ordered),
        RowCounts(rows_sent, 0, 0),
        context_id,
        received_at,
        receipt_id,
        known_from,
    )
    quarantined = sum(len(row_ids) for row_ids in judgement.quarantined.values())
    loaded = rows_sent - quarantined if status.is_accepted else 0
    return replace(judgement, row_counts=RowCounts(rows_sent, loaded, quarantined))


def commit_judgements(settings: Settings, run_id: str, judgements: Iterable[Judgement]) -> list[Row]:
    """Append findings, then the verdicts that make them count; the rows of the verdicts, in the given order.

    A verdict is later than any its submission had before, even where the clock stands still or was set back.
    """
    judgements = list(judgements)
    before = latest_verdicts(settings.ledger_dir)
    earlier = [before[one.submission_id]["judged_at"] for one in judgements if one.submission_id in before]
    judged_at = max([settings.now, *(moment + timedelta(microseconds=1) for moment in earlier)])
    ledger.commit(
        settings.ledger_dir,
        "findings",
        (
            {
                **{name: getattr(finding, name) for name in _FINDING_FIELDS},
                "judgement_id": judgement.judgement_id,
                "finding_no": number,
                "run_id": run_id,
            }
            for judgement in judgements
            for number, finding in enumerate(judgement.findings, start=1)
        ),
    )
    rows = [_verdict_row(judged_at, run_id, judgement) for judgement in judgements]
    ledger.commit(settings.ledger_dir, "verdicts", rows)
    return rows


def judged_ids(ledger_dir: Path) -> set[str]:
    """The judgements that speak for their submissions: of each submission the latest, whatever came before it.

    Going back to an earlier rule book therefore judges again, although that judgement was made once before.
    """
    return {row["judgement_id"] for row in latest_verdicts(ledger_dir).values()}


def latest_verdicts(ledger_dir: Path) -> dict[str, Row]:
    """The latest committed verdict of each submission, by submission_id; the same order as in the warehouse."""
    rows = ledger.read(ledger_dir, "verdicts").to_pylist()
    ordered = sorted(rows, key=lambda row: (row["judged_at"], row["judgement_id"], row["run_id"]))
    return {row["submission_id"]: row for row in ordered}


def quarantined_rows(ledger_dir: Path) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    """row_ids of quarantined landed rows per form, by (judgement_id, run_id)."""
    import pyarrow.compute as pc

    table = ledger.read(ledger_dir, "findings").select(["judgement_id", "run_id", "severity", "form", "row_id"])
    errors = table.filter(pc.and_(pc.equal(table["severity"], Severity.ERROR.value), pc.is_valid(table["row_id"])))
    found: dict[tuple[str, str], list[tuple[str | None, str | None]]] = {}
    for row in errors.to_pylist():
        found.setdefault((row["judgement_id"], row["run_id"]), []).append((row["form"], row["row_id"]))
    return {key: _by_form(rows) for key, rows in found.items()}


def versions(
    submissions: Iterable[Mapping[str, Any]], admitted_at: Mapping[str, datetime | None] | None = None
) -> dict[str, int]:
    """Version of each identified submission: its number, by moment of receipt, among those of its unit and period.

    admitted_at: received_at of the receipt a submission was admitted by, where its verdict names one.
    """
    moments = admitted_at or {}
    known: dict[str, Mapping[str, Any]] = {}
    for row in submissions:
        if row["outcome"] == IDENTIFIED:
            known.setdefault(row["submission_id"], row)
    counted: dict[tuple[str, str], int] = {}
    numbers = {}

    def order(row: Mapping[str, Any]) -> tuple[datetime, str]:
        return (moments.get(row["submission_id"]) or row["received_at"], row["submission_id"])

    for row in sorted(known.values(), key=order):
        place = (row["reporting_unit_id"], row["reporting_period_id"])
        counted[place] = numbers[row["submission_id"]] = counted.get(place, 0) + 1
    return numbers


def load_verdicts(ledger_dir: Path) -> dict[str, Verdict]:
    """The latest committed verdict of each submission, by submission_id."""
    submissions = ledger.read(ledger_dir, "submissions").to_pylist()
    by_parse = {(row["submission_id"], row["parse_id"]): row for row in submissions}
    latest = latest_verdicts(ledger_dir)
    numbers = versions(submissions, {submission_id: row["received_at"] for submission_id, row in latest.items()})
    receipts = {row["receipt_id"]: row for row in ledger.read(ledger_dir, "receipts").to_pylist()}
    findings = _findings_of(ledger_dir, {(row["judgement_id"], row["run_id"]) for row in latest.values()})
    verdicts = {}
    for submission_id, row in latest.items():
        submission = by_parse[submission_id, row["parse_id"]]
        receipt = receipts.get(row["receipt_id"], submission)
        verdicts[submission_id] = Verdict(
            file=receipt["file_name"],
            sha256=submission["sha256"],
            reporting_unit=submission["reporting_unit_id"],
            period=submission["reporting_period_id"],
            version=numbers.get(submission_id),
            status=Status(row["status"]),
            findings=tuple(findings.get((row["judgement_id"], row["run_id"]), ())),
            row_counts=RowCounts(row["rows_sent"], row["rows_loaded"], row["rows_quarantined"]),
            submission_id=submission_id,
            received_at=row["received_at"] or receipt["received_at"],
        )
    return verdicts


def _by_form(rows: Iterable[tuple[str | None, str | None]]) -> dict[str, frozenset[str]]:
    """Distinct row_ids per form; the cover is no row of data."""
    found: dict[str, set[str]] = {}
    for form, row_id in rows:
        if form is not None and row_id is not None and form != COVER:
            found.setdefault(form, set()).add(row_id)
    return {form: frozenset(row_ids) for form, row_ids in found.items()}


def _findings_of(ledger_dir: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[Finding]]:
    """Findings in their order, by (judgement_id, run_id); what a killed run left has another run_id."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for row in sorted(ledger.read(ledger_dir, "findings").to_pylist(), key=lambda row: row["finding_no"]):
        key = (row["judgement_id"], row["run_id"])
        if key in wanted:
            values = {name: row[name] for name in _FINDING_FIELDS}
            found.setdefault(key, []).append(Finding(**{**values, "severity": Severity(row["severity"])}))
    return found


def _verdict_row(judged_at: datetime, run_id: str, judgement: Judgement) -> Row:
    counts = severity_counts(judgement.findings)
    return {
        "judgement_id": judgement.judgement_id,
        "submission_id": judgement.submission_id,
        "parse_id": judgement.parse_id,
        "rules_id": rules_id(),
        "status": judgement.status.value,
        "rows_sent": judgement.row_counts.sent,
        "rows_loaded": judgement.row_counts.loaded,
        "rows_quarantined": judgement.row_counts.quarantined,
        **{f"{severity.value}_count": counts[severity] for severity in Severity},
        "judged_at": judged_at,
        "received_at": judgement.received_at,
        "known_from": judgement.known_from,
        "receipt_id": judgement.receipt_id,
        "context_id": judgement.context_id,
        "run_id": run_id,
    }
