"""What the office knows of a file beside its findings: when it came, which reports are in it, what they replace.

Belongs here: gathering that from the ledger, once for all files. Does not belong here: wording it (acknowledgement.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from expectations.admission import Receipt, working_days_between
from expectations.catalogue import rules_id
from expectations.judgement import latest_verdicts, load_verdicts
from expectations.locks import kept_by_lock
from expectations.verdict import Verdict
from ingest import ledger, reference
from ingest.decisions import Decision, load_decisions, lock_state
from ingest.parser import parse_id, part_no_of
from ingest.settings import OFFICE_TIME_ZONE
from ingest.spec import load_specs

if TYPE_CHECKING:
    from ingest.settings import Settings

COVER = "cover"

Row = dict[str, Any]


@dataclass(frozen=True)
class Forms:
    """Codes and titles of the forms of one report, by what became of them."""

    present: tuple[str, ...] = ()
    nil: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportFacts:
    """One report of a file. `earlier` and `current` are reports of the same unit and period that were taken."""

    verdict: Verdict
    judgement_id: str
    receipt: Receipt
    forms: Forms
    earlier: Verdict | None  # the latest one taken before this
    current: Verdict | None  # the latest one taken, which may be this
    due_date: date | None
    closed_on: date | None

    @property
    def working_days_late(self) -> int:
        """Working days after the due date; a report on the Saturday after a Friday's due date is 0 late of them."""
        is_late = self.due_date is not None and self.receipt.came_on > self.due_date
        return working_days_between(self.due_date, self.receipt.came_on) if is_late and self.due_date else 0

    @property
    def is_late(self) -> bool:
        return self.due_date is not None and self.receipt.came_on > self.due_date


@dataclass(frozen=True)
class FileFacts:
    """One file with all of its reports, in the order of its sheets, and every time it came, earliest first."""

    sha256: str
    receipts: tuple[Receipt, ...]
    reports: tuple[ReportFacts, ...]

    @property
    def file_name(self) -> str:
        return self.reports[0].verdict.file

    @property
    def answer_id(self) -> str:
        """Names what the answer rests on, 16 hex digits: the judgements of the reports, and how often the file came."""
        judgements = (report.judgement_id for report in self.reports)
        receipts = (receipt.receipt_id for receipt in self.receipts)
        return hashlib.sha256("\0".join([*judgements, "", *receipts]).encode()).hexdigest()[:16]


def gather(settings: Settings) -> list[FileFacts]:
    """Every file of which all reports have a verdict by today's parser and rule book, by moment of receipt.

    In a closed period the verdict that stands is today's, whatever rule book it was made by.
    """
    rows = latest_verdicts(settings.ledger_dir)
    verdicts = load_verdicts(settings.ledger_dir)
    receipts = _receipts(settings)
    office = _Office(verdicts, receipts, rows, _forms(settings), load_decisions(settings))
    kept = kept_by_lock(settings)
    by_content: dict[str, list[str]] = {}
    for submission_id, sha256 in _submissions(settings).items():
        by_content.setdefault(sha256, []).append(submission_id)
    files = [
        FileFacts(sha256, receipts[sha256], tuple(office.report(one) for one in sorted(submissions, key=part_no_of)))
        for sha256, submissions in by_content.items()
        if sha256 in receipts and all(one in kept or _is_of_today(rows.get(one)) for one in submissions)
    ]
    return sorted(files, key=lambda file: (file.receipts[0].received_at, file.sha256))


class _Office:
    """The ledger as the facts of one report need it."""

    def __init__(
        self,
        verdicts: Mapping[str, Verdict],
        receipts: Mapping[str, tuple[Receipt, ...]],
        rows: Mapping[str, Row],
        forms: Mapping[str, Forms],
        decisions: Sequence[Decision],
    ) -> None:
        self._verdicts, self._receipts, self._rows, self._forms = verdicts, receipts, rows, forms
        self._decisions = decisions
        self._taken: dict[tuple[str | None, str | None], list[Verdict]] = {}
        for verdict in sorted(verdicts.values(), key=lambda one: one.version or 0):
            if verdict.status.is_accepted:
                self._taken.setdefault((verdict.reporting_unit, verdict.period), []).append(verdict)

    def report(self, submission_id: str) -> ReportFacts:
        verdict, row = self._verdicts[submission_id], self._rows[submission_id]
        receipts = self._receipts[verdict.sha256]
        taken = self._taken.get((verdict.reporting_unit, verdict.period), [])
        before = [one for one in taken if (one.version or 0) < (verdict.version or 0)]
        period = reference.period(verdict.period) if verdict.period else None
        closing = None
        if verdict.reporting_unit is not None and verdict.period is not None:
            closing = lock_state(self._decisions, verdict.period, verdict.reporting_unit)
        return ReportFacts(
            verdict=verdict,
            judgement_id=row["judgement_id"],
            receipt=next((one for one in receipts if one.receipt_id == row["receipt_id"]), receipts[0]),
            forms=self._forms.get(submission_id, Forms()),
            earlier=before[-1] if before else None,
            current=taken[-1] if taken else None,
            due_date=period["due_date"] if period else None,
            closed_on=closing.decided_at.astimezone(OFFICE_TIME_ZONE).date() if closing else None,
        )


def _submissions(settings: Settings) -> dict[str, str]:
    """The sha256 of each submission that today's parser has identified, or could not."""
    rows = ledger.read(settings.ledger_dir, "submissions").to_pylist()
    return {row["submission_id"]: row["sha256"] for row in rows if row["parse_id"] == parse_id()}


def _receipts(settings: Settings) -> dict[str, tuple[Receipt, ...]]:
    found: dict[str, list[Receipt]] = {}
    for row in ledger.read(settings.ledger_dir, "receipts").to_pylist():
        found.setdefault(row["sha256"], []).append(Receipt.of(row))
    return {sha256: tuple(sorted(some, key=_moment)) for sha256, some in found.items()}


def _moment(receipt: Receipt) -> tuple[Any, ...]:
    return (receipt.received_at, receipt.receipt_id)


def _forms(settings: Settings) -> dict[str, Forms]:
    """The forms of each reading that counts, in the order of the specs."""
    runs = {
        (row["submission_id"], row["run_id"])
        for row in ledger.read(settings.ledger_dir, "readings").to_pylist()
        if row["parse_id"] == parse_id()
    }
    states: dict[str, dict[str, str]] = {}
    for row in ledger.read(settings.ledger_dir, "reading_parts").to_pylist():
        if row["parse_id"] == parse_id() and (row["submission_id"], row["run_id"]) in runs and row["form"] != COVER:
            states.setdefault(row["submission_id"], {})[row["form"]] = row["state"]
    return {submission_id: _by_state(of_forms) for submission_id, of_forms in states.items()}


def _by_state(states: Mapping[str, str]) -> Forms:
    def titles(state: str) -> Iterable[str]:
        specs = (spec for form, spec in load_specs().items() if states.get(form) == state)
        return (f"{spec.title_vi} (trang {', '.join(sheet.name for sheet in spec.sheets)})" for spec in specs)

    return Forms(*(tuple(titles(state)) for state in ("present", "nil", "missing")))


def _is_of_today(row: Row | None) -> bool:
    return row is not None and row["parse_id"] == parse_id() and row["rules_id"] == rules_id()
