"""Waivers: a rule that the office does not hold against a unit, for a reason, until a day.

Belongs here: which waivers may be given, their record in the ledger, and what they make of a finding.
Does not belong here: who may give one (the office signs by name), the sender's own explanations (justification.py).
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from expectations.catalogue import Rule, RuleKind, Severity, load_catalogue
from expectations.verdict import Finding
from ingest import ledger, reference
from ingest.settings import OFFICE_TIME_ZONE, Settings

RUN_ID = "waiver"


class InvalidWaiver(ValueError):
    """A waiver that cannot be given; the message says why, and what can be."""


@dataclass(frozen=True)
class Waiver:
    """One waiver. It covers reports received on or before `expires_on` (the office's day)."""

    waiver_id: str
    rule_id: str
    reporting_unit_id: str
    reporting_period_id: str | None  # None: every period
    reason: str
    approved_by: str
    expires_on: date
    recorded_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Waiver:
        """A row of the ledger."""
        names = ("waiver_id", "rule_id", "reporting_unit_id", "reporting_period_id", "reason", "approved_by")
        return cls(
            **{name: row[name] for name in names},
            expires_on=date.fromisoformat(row["expires_on"]),
            recorded_at=row["recorded_at"],
        )

    def covers(self, reporting_unit_id: str, period_id: str, received_on: date) -> bool:
        """Whether it speaks for a report of this unit and period that came on this day."""
        return (
            self.reporting_unit_id == reporting_unit_id
            and self.reporting_period_id in (None, period_id)
            and received_on <= self.expires_on
        )


def record_waiver(
    settings: Settings,
    rule_id: str,
    *,
    reporting_unit_id: str,
    reporting_period_id: str | None,
    expires_on: date,
    approved_by: str,
    reason: str,
) -> Waiver:
    """Append one waiver to the ledger and return it; the reports it covers are judged again by the next run.

    Raises InvalidWaiver for a rule that is unknown or cannot be waived, a unit or period that does not exist, a day
    that is over, and a waiver without a name or a reason.
    """
    waived = rule_named(rule_id)
    if problem := _why_not(waived):
        raise InvalidWaiver(problem)
    if reference.reporting_unit(reporting_unit_id) is None:
        raise InvalidWaiver(f"There is no reporting unit {reporting_unit_id!r}. Write its code, such as 849.")
    if reporting_period_id is not None and reference.period(reporting_period_id) is None:
        raise InvalidWaiver(f"There is no reporting period {reporting_period_id!r}. Write one like 2023Q1.")
    today = settings.now.astimezone(OFFICE_TIME_ZONE).date()
    if expires_on < today:
        raise InvalidWaiver(f"{expires_on} is over (today is {today}). A waiver ends today or later.")
    if not approved_by.strip() or not reason.strip():
        raise InvalidWaiver("A waiver needs the name of who approved it and a reason.")
    row: dict[str, Any] = {
        "rule_id": waived.rule_id,
        "reporting_unit_id": reporting_unit_id,
        "reporting_period_id": reporting_period_id,
        "reason": reason.strip(),
        "approved_by": approved_by.strip(),
        "expires_on": expires_on.isoformat(),
        "recorded_at": settings.now,
    }
    named = "\0".join(str(value) for value in row.values())
    row = {**row, "waiver_id": hashlib.sha256(named.encode()).hexdigest()[:16], "run_id": RUN_ID}
    if all(known.waiver_id != row["waiver_id"] for known in load_waivers(settings.ledger_dir)):
        ledger.commit(settings.ledger_dir, "waivers", [row])
    return Waiver.of(row)


def load_waivers(ledger_dir: Path) -> tuple[Waiver, ...]:
    """Every waiver, oldest first."""
    rows = ledger.read(ledger_dir, "waivers").to_pylist()
    return tuple(sorted((Waiver.of(row) for row in rows), key=lambda one: (one.recorded_at, one.waiver_id)))


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> list[Finding]:
    """The findings, those that a waiver speaks of lowered to information and saying so; given the covering waivers.

    Of several waivers of a rule the one that lasts longest is named.
    """
    by_rule = {one.rule_id: one for one in sorted(waivers, key=lambda one: (one.expires_on, one.waiver_id))}
    return [_lowered(found, by_rule[found.rule_id]) if found.rule_id in by_rule else found for found in findings]


def rule_named(rule_id: str) -> Rule:
    """The rule of that id. Raises InvalidWaiver with the ids that look alike."""
    catalogue = load_catalogue()
    if rule_id in catalogue:
        return catalogue[rule_id]
    near = difflib.get_close_matches(rule_id, catalogue, n=4, cutoff=0.4)
    said = f" Did you mean {', '.join(near)}?" if near else " The rules stand in expectations/rules.csv."
    raise InvalidWaiver(f"There is no rule {rule_id!r}.{said}")


def _why_not(waived: Rule) -> str | None:
    """Why a rule cannot be waived, or None. A file that nobody can read or place cannot be let through by a waiver."""
    if waived.severity is Severity.INFO:
        return f"{waived.rule_id} only informs: there is nothing to waive."
    if waived.kind is RuleKind.STRUCTURE and waived.severity is Severity.BLOCKING:
        return (
            f"{waived.rule_id} cannot be waived: it says that a file cannot be read, cannot be placed, or came when or "
            "where it may not. The sender has to send another file; a closed period is opened with ntm reopen."
        )
    return None


def _lowered(found: Finding, waiver: Waiver) -> Finding:
    if found.waiver_id is not None or found.severity is Severity.INFO or _why_not(load_catalogue()[found.rule_id]):
        return found
    until = f"{waiver.expires_on:%d/%m/%Y}"
    return replace(
        found,
        severity=Severity.INFO,
        waiver_id=waiver.waiver_id,
        message_vi=f"{found.message_vi} Đã được chấp nhận miễn cho các báo cáo gửi đến hết ngày {until} "
        f"(người duyệt: {waiver.approved_by}; lý do: {waiver.reason}).",
        message_en=f"{found.message_en} Waived for reports sent until {until} "
        f"(approved by {waiver.approved_by}; reason: {waiver.reason}).",
    )
