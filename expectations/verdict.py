"""Findings and verdicts: what the sender, the ledger and scripts are told about a workbook.

Belongs here: their shape, their order, how findings make a status.
Does not belong here: making findings (judge.py), writing them into a workbook.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from expectations.catalogue import InvalidCatalogue, Severity, rule, words_of
from expectations.grouping import FindingGroup, groups_of
from ingest.spec import load_specs


class Status(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    ACCEPTED_WITH_QUARANTINE = "accepted_with_quarantine"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"

    @property
    def is_accepted(self) -> bool:
        return self not in (Status.REJECTED, Status.UNREADABLE)


@dataclass(frozen=True)
class Finding:
    """One rule broken at one place. `row_id` is set where a landed row is concerned."""

    rule_id: str
    severity: Severity
    form: str | None
    sheet: str | None
    cell: str | None
    row_id: str | None
    column_name: str | None
    value: str | None
    expected: str | None
    message_vi: str
    message_en: str
    justification: str | None = None  # the sender's own explanation
    waiver_id: str | None = None  # of the waiver that lowered the finding to information

    @property
    def place(self) -> tuple[str | None, ...]:
        """What a person sees as one finding: a cell that spoils several landed rows is mended once."""
        return (self.rule_id, self.form, self.sheet, self.cell, self.column_name, self.expected)

    def to_json(self) -> dict[str, Any]:
        extras = {"justification": self.justification, "waiver_id": self.waiver_id}
        return {
            "rule_id": self.rule_id,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "value": self.value,
            "expected": self.expected,
            "message_vi": self.message_vi,
            "message_en": self.message_en,
            **{name: text for name, text in extras.items() if text is not None},
        }


@dataclass(frozen=True)
class RowCounts:
    """Data rows of the forms; loaded = sent − quarantined, and 0 when the submission is not accepted."""

    sent: int
    loaded: int
    quarantined: int


@dataclass(frozen=True)
class Verdict:
    """What is said about one file. Unit, period and version are null where the cover could not be read."""

    file: str
    sha256: str
    reporting_unit: str | None
    period: str | None
    version: int | None
    status: Status
    findings: tuple[Finding, ...]
    row_counts: RowCounts
    submission_id: str | None = None
    received_at: datetime | None = None  # of the receipt the report was admitted by

    def to_json(self) -> dict[str, Any]:
        counts = self.row_counts
        return {
            "file": self.file,
            "sha256": self.sha256,
            "reporting_unit": self.reporting_unit,
            "period": self.period,
            "version": self.version,
            "status": self.status.value,
            "findings": [finding.to_json() for finding in one_per_place(self.findings)],
            "row_counts": {"sent": counts.sent, "loaded": counts.loaded, "quarantined": counts.quarantined},
        }


def finding(
    rule_id: str,
    *,
    period_id: str | None = None,
    form: str | None = None,
    sheet: str | None = None,
    cell: str | None = None,
    row_id: str | None = None,
    column_name: str | None = None,
    value: str | None = None,
    expected: str | None = None,
    expected_en: str | None = None,
    unconfirmed: bool = False,
    is_doubtful: bool = False,
) -> Finding:
    """A finding with the words of its rule and the severity it has in a period; without a period, its full severity.

    One that is doubtful warns at most: the contradiction may lie in how its cells were read or rounded.
    Raises InvalidCatalogue for a rule without a line, and for one that is silent in the period.
    """
    broken = rule(rule_id)
    severity = broken.severity_in(period_id)
    if severity is None:
        raise InvalidCatalogue(f"rule {rule_id} is silent in {period_id}: ask holds_in before finding anything")
    if is_doubtful and severity in (Severity.BLOCKING, Severity.ERROR):
        severity = Severity.WARNING
    shown = {
        "value": value,
        "expected": expected or broken.expected,
        "column": header_of(form, column_name),
        "sheet": sheet,
        "cell": cell,
    }
    message_vi, message_en = words_of(broken, shown, expected_en, unconfirmed)
    return Finding(
        rule_id=rule_id,
        severity=severity,
        form=form,
        sheet=sheet,
        cell=cell,
        row_id=row_id,
        column_name=column_name,
        value=value,
        expected=shown["expected"],
        message_vi=message_vi,
        message_en=message_en,
    )


def header_of(form: str | None, column_name: str | None) -> str | None:
    """The heading that officials read above a column."""
    if form is None or column_name is None or form not in load_specs():
        return column_name
    return next((column.header for column in load_specs()[form].columns if column.name == column_name), column_name)


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Without repetitions, by form, sheet, row, column and rule: the same findings always stand in the same order."""
    return sorted(set(findings), key=_place_in_workbook)


def one_per_place(findings: Iterable[Finding]) -> list[Finding]:
    """The findings as a person counts them, in the given order: one per rule and cell."""
    return list({finding.place: finding for finding in reversed(list(findings))}.values())[::-1]


def grouped(findings: Iterable[Finding]) -> list[FindingGroup]:
    """The findings as a person reads them: equal ones as one group with ranges of cells, in the given order.

    A cell that spoils several landed rows counts once.
    """
    return groups_of(one_per_place(findings))


def severity_counts(findings: Iterable[Finding]) -> Counter[Severity]:
    return Counter(finding.severity for finding in one_per_place(findings))


def status_of(findings: Sequence[Finding], *, is_unreadable: bool = False) -> Status:
    """The status that the heaviest finding gives."""
    severities = {finding.severity for finding in findings}
    if is_unreadable:
        return Status.UNREADABLE
    if Severity.BLOCKING in severities:
        return Status.REJECTED
    if Severity.ERROR in severities:
        return Status.ACCEPTED_WITH_QUARANTINE
    return Status.ACCEPTED_WITH_WARNINGS if Severity.WARNING in severities else Status.ACCEPTED


@cache
def _form_ranks() -> dict[str | None, int]:
    return {form: rank for rank, form in enumerate(load_specs(), start=1)}


@cache
def _column_ranks() -> dict[tuple[str | None, str | None], int]:
    return {
        (spec.form, column.name): rank
        for spec in load_specs().values()
        for rank, column in enumerate(spec.columns, start=1)
    }


def _place_in_workbook(finding: Finding) -> tuple[Any, ...]:
    row = re.search(r"\d+$", finding.cell or "") or re.search(r"(?<=!)\d+", finding.row_id or "")
    return (
        _form_ranks().get(finding.form, 0),
        finding.sheet or "",
        int(row.group()) if row else 0,
        _column_ranks().get((finding.form, finding.column_name), 0),
        finding.rule_id,
        len(finding.cell or ""),
        finding.cell or "",
        finding.row_id or "",
        finding.expected or "",
        finding.value or "",
    )
