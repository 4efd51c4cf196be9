"""Deciding on a period: whether the office may approve, close or reopen it as things stand, and doing so.

Belongs here: what must hold before a decision is recorded. Does not belong here: the record and what follows from it
(ingest/decisions.py, expectations/admission.py), arguments (cli_decisions.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest import ledger
from ingest.decisions import Decision, Kind, load_decisions, lock_state, record_decision
from ingest.settings import OFFICE_TIME_ZONE, Settings
from orchestration.lock import one_writer
from orchestration.periods import units_owing
from orchestration.usage import WrongUsage


@dataclass(frozen=True)
class Decided:
    """A decision, with the reporting units it is about and those it leaves out (rows of the reference data)."""

    decision: Decision
    units: tuple[Mapping[str, Any], ...]
    left_out: tuple[Mapping[str, Any], ...] = ()


def approve(settings: Settings, period_id: str, unit_id: str | None, by: str, reason: str | None) -> Decided:
    """Approve the current reports of a unit, or of every unit that has one, for publication as final.

    Raises WrongUsage where there is no accepted report, or where all of them are approved already.
    """
    with one_writer(settings):
        units = _units(settings, period_id, unit_id)
        current = current_reports(settings, period_id)
        with_report = [unit for unit in units if unit["reporting_unit_id"] in current]
        without = [unit for unit in units if unit["reporting_unit_id"] not in current]
        if not with_report:
            about = _named(units) if unit_id else "any unit"
            raise WrongUsage(
                f"There is no accepted report of {about} for {period_id} to approve. "
                "Run `ntm run` if one is waiting in the inbox, or see `ntm status`."
            )
        submissions = {one for unit in with_report for one in current[unit["reporting_unit_id"]]}
        approved = {
            submission
            for decision in load_decisions(settings)
            if decision.kind is Kind.APPROVED and decision.reporting_period_id == period_id
            for submission in decision.submission_ids
        }
        if submissions <= approved:
            raise WrongUsage(f"The current reports of {_named(with_report)} for {period_id} are approved already.")
        decision = record_decision(
            settings,
            Kind.APPROVED,
            period_id,
            decided_by=_said(by, "--by"),
            reporting_unit_id=unit_id,
            submission_ids=submissions,
            reason=reason,
        )
    return Decided(decision, tuple(with_report), tuple(without))


def close(settings: Settings, period_id: str, by: str, reason: str) -> Decided:
    """Close a period for every unit: what is taken in from now on is not admitted.

    Raises WrongUsage while files wait for intake, reports of the period wait to be read or judged, or where it is
    closed for every unit already.
    """
    with one_writer(settings):
        units = _units(settings, period_id, None)
        locks = {unit["reporting_unit_id"]: _lock(settings, period_id, unit) for unit in units}
        if all(locks.values()):
            since = max(lock.decided_at for lock in locks.values() if lock is not None)
            raise WrongUsage(
                f"{period_id} is closed already, since {since.astimezone(OFFICE_TIME_ZONE):%Y-%m-%d %H:%M}."
            )
        _refuse_while_waiting(settings, period_id)
        current = current_reports(settings, period_id)
        decision = record_decision(
            settings, Kind.CLOSED, period_id, decided_by=_said(by, "--by"), reason=_said(reason, "--reason")
        )
    missing = [unit for unit in units if unit["reporting_unit_id"] not in current]
    return Decided(decision, tuple(units), tuple(missing))


def reopen(settings: Settings, period_id: str, unit_id: str | None, by: str, reason: str) -> Decided:
    """Reopen a closed period for one unit or for all. Raises WrongUsage where it is not closed for them."""
    with one_writer(settings):
        units = _units(settings, period_id, unit_id)
        closed = [unit for unit in units if _lock(settings, period_id, unit) is not None]
        if not closed:
            about = f" for {_named(units)}" if unit_id else ""
            raise WrongUsage(f"{period_id} is not closed{about}; there is nothing to reopen.")
        decision = record_decision(
            settings,
            Kind.REOPENED,
            period_id,
            decided_by=_said(by, "--by"),
            reporting_unit_id=unit_id,
            reason=_said(reason, "--reason"),
        )
    return Decided(decision, tuple(closed))


def current_reports(settings: Settings, period_id: str) -> dict[str, list[str]]:
    """Per reporting unit the submissions that speak for it in a period: of each form the latest accepted one."""
    from expectations.judgement import latest_verdicts
    from expectations.verdict import Status
    from ingest.tables import MISSING

    verdicts = latest_verdicts(settings.ledger_dir)
    parts: dict[tuple[str, str, str], set[str]] = {}
    for part in ledger.read(settings.ledger_dir, "reading_parts").to_pylist():
        if part["state"] != MISSING:
            parts.setdefault((part["submission_id"], part["parse_id"], part["run_id"]), set()).add(part["form"])
    accepted = []
    for reading in ledger.read(settings.ledger_dir, "readings").to_pylist():
        verdict = verdicts.get(reading["submission_id"])
        if verdict is None or verdict["parse_id"] != reading["parse_id"]:
            continue
        if reading["reporting_period_id"] == period_id and Status(verdict["status"]).is_accepted:
            accepted.append((verdict["received_at"] or reading["read_at"], reading["submission_id"], reading))
    speaking: dict[tuple[str, str], str] = {}
    for _, submission_id, reading in sorted(accepted, key=lambda one: one[:2]):
        for form in parts.get((submission_id, reading["parse_id"], reading["run_id"]), ()):
            speaking[reading["reporting_unit_id"], form] = submission_id
    current: dict[str, list[str]] = {}
    for (unit_id, form), submission_id in sorted(speaking.items()):
        if form != "cover" and submission_id not in current.setdefault(unit_id, []):
            current[unit_id].append(submission_id)
    return current


def _refuse_while_waiting(settings: Settings, period_id: str) -> None:
    from orchestration.inbox import waiting_for_intake
    from orchestration.plan import waiting_periods

    waiting = waiting_for_intake(settings)
    if waiting.files:
        names = ", ".join(found.channel_path for found in waiting.files[:3])
        more = f" and {len(waiting.files) - 3} more" if len(waiting.files) > 3 else ""
        raise WrongUsage(
            f"{period_id} cannot be closed: {len(waiting.files)} file(s) in the inbox wait to be received "
            f"({names}{more}). Run `ntm run` first, or take them out of {settings.inbox}."
        )
    if waiting or period_id in waiting_periods(settings):
        raise WrongUsage(
            f"{period_id} cannot be closed: workbooks wait to be read or judged. Run `ntm run` first, then close it."
        )


def _units(settings: Settings, period_id: str, unit_id: str | None) -> list[dict[str, Any]]:
    """The units a decision is about. Raises WrongUsage for a unit that does not report for the period."""
    units = units_owing(settings, period_id)
    chosen = [unit for unit in units if unit_id in (None, unit["reporting_unit_id"])]
    if not chosen:
        raise WrongUsage(f"{unit_id} does not report for {period_id}.")
    return chosen


def _lock(settings: Settings, period_id: str, unit: Mapping[str, Any]) -> Decision | None:
    return lock_state(load_decisions(settings), period_id, unit["reporting_unit_id"])


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise WrongUsage(f"{option} is empty. Decisions are kept with who made them and why.")
    return text.strip()


def _named(units: Sequence[Mapping[str, Any]]) -> str:
    names = [f"{unit['reporting_unit_id']} {unit['name_vi']}" for unit in units]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
