"""Rehearsal: which stored reports a rule would hit, before it is put in force; nothing is kept.

Belongs here: putting one rule of the working copy, at its full severity, to what is landed.
Does not belong here: rules that ingest names while it reads (they need the workbooks), committing anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expectations.catalogue import Rule, RuleKind
from expectations.context import Surroundings
from expectations.judge import load_batch, settled
from expectations.judgement import load_verdicts
from expectations.justification import Explanations
from expectations.landed import DATA, Batch, of_kind
from expectations.neighbours import chronology
from expectations.verdict import Finding, Status, Verdict, in_reading_order, one_per_place, status_of
from ingest.progress import track
from ingest.spec import load_specs

if TYPE_CHECKING:
    from ingest.settings import Settings

FIRST_CELLS = 5

Row = dict[str, Any]


class CannotRehearse(ValueError):
    """A rule that cannot be put to landed rows; the message says why."""


@dataclass(frozen=True)
class Hit:
    """A stored report that the rule finds fault with; `status_now` is its verdict, `status_then` what it would be."""

    reporting_period_id: str
    reporting_unit_id: str
    submission_id: str
    file_name: str
    version: int | None
    findings: tuple[Finding, ...]
    status_now: Status
    status_then: Status

    @property
    def count(self) -> int:
        """Findings as a person counts them."""
        return len(one_per_place(self.findings))

    @property
    def first_cells(self) -> tuple[str, ...]:
        places = [f"{found.sheet}!{found.cell}" if found.cell else found.sheet for found in self.findings]
        return tuple(dict.fromkeys(place for place in places if place))[:FIRST_CELLS]


@dataclass(frozen=True)
class Rehearsal:
    """What a rule would do. `judged` counts the stored reports it was put to, `changed` verdicts of another status.

    A change may also lie in a report without a hit, where the rule finds no more what it found before.
    """

    rule: Rule
    judged: int
    hits: tuple[Hit, ...]
    changed: int

    def to_json(self) -> Row:
        return {
            "rule_id": self.rule.rule_id,
            "severity": self.rule.severity.value,
            "submissions_judged": self.judged,
            "verdicts_changed": self.changed,
            "submissions": [
                {
                    "reporting_period": hit.reporting_period_id,
                    "reporting_unit": hit.reporting_unit_id,
                    "submission_id": hit.submission_id,
                    "file": hit.file_name,
                    "version": hit.version,
                    "findings": hit.count,
                    "first_cells": list(hit.first_cells),
                    "status_now": hit.status_now.value,
                    "status_then": hit.status_then.value,
                }
                for hit in self.hits
            ],
        }


def rehearse(rule: Rule, settings: Settings, period_ids: Collection[str] | None = None) -> Rehearsal:
    """Put a rule to the current accepted report of each unit and period, and to every rejected one.

    Reports are taken as they are landed and judged; what still waits to be read or judged is left out. The rule has
    its full severity, whether it is in force or not. Raises CannotRehearse, ExpectationCrashed, InvalidEvidence.
    """
    if rule.kind is RuleKind.STRUCTURE:
        raise CannotRehearse(
            f"{rule.rule_id} is found while a workbook is read, so it cannot be rehearsed on what is stored. "
            "Rules of the other kinds can."
        )
    around, verdicts = Surroundings(settings), load_verdicts(settings.ledger_dir)
    by_period: dict[str, list[Row]] = {}
    for reading in _stored(around, verdicts):
        if period_ids is None or reading["reporting_period_id"] in period_ids:
            by_period.setdefault(reading["reporting_period_id"], []).append(reading)
    hits: list[Hit] = []
    changed = judged = 0
    for period_id in track(sorted(by_period, key=chronology), f"Rehearsing {rule.rule_id}"):
        batch = load_batch(settings, around, by_period[period_id], (rule,))
        found, explanations = _findings(rule, batch), Explanations(batch)
        for reading in batch.readings:
            verdict, submission_id = verdicts[reading["submission_id"]], reading["submission_id"]
            others = [one for one in verdict.findings if one.rule_id != rule.rule_id]
            told = [*others, *found.get(submission_id, ())]
            settled_then = in_reading_order(settled(submission_id, told, around.context_of(reading), explanations))
            status = status_of(settled_then)
            judged, changed = judged + 1, changed + (status is not verdict.status)
            if own := tuple(one for one in settled_then if one.rule_id == rule.rule_id):
                hits.append(_hit(reading, verdict, own, status))
    order = sorted(hits, key=lambda hit: (chronology(hit.reporting_period_id), hit.reporting_unit_id, hit.version or 0))
    return Rehearsal(rule, judged, tuple(order), changed)


def _stored(around: Surroundings, verdicts: dict[str, Verdict]) -> list[Row]:
    """Readings of the last accepted version of each unit and period, and of the rejected ones."""
    known = [reading for reading in around.readings() if reading["submission_id"] in verdicts]
    last: Counter[tuple[str, str]] = Counter()
    for reading in known:
        verdict = verdicts[reading["submission_id"]]
        place = (reading["reporting_unit_id"], reading["reporting_period_id"])
        if verdict.status.is_accepted:
            last[place] = max(last[place], verdict.version or 0)
    return [
        reading
        for reading in known
        if not (verdict := verdicts[reading["submission_id"]]).status.is_accepted
        or verdict.version == last[reading["reporting_unit_id"], reading["reporting_period_id"]]
    ]


def _findings(rule: Rule, batch: Batch) -> dict[str, list[Finding]]:
    """What the rule alone finds in a batch, by submission."""
    from expectations.batch import judge_form, judge_queries
    from expectations.evidence import open_views
    from expectations.validation import new_context

    context = new_context()
    if rule.has_evidence:
        with open_views(batch) as views:
            judged = [judge_queries(context, [rule.rule_id], views)]
    else:
        judged = [
            judge_form(context, spec, rows, None, only=rule.rule_id)
            for form, spec in load_specs().items()
            if form in (rule.forms or load_specs()) and len(rows := of_kind(batch.tables[form], DATA))
        ]
    found: dict[str, list[Finding]] = {}
    for submission_id, one in (pair for each in judged for pair in each.found):
        found.setdefault(submission_id, []).append(one)
    return found


def _hit(reading: Row, verdict: Verdict, findings: tuple[Finding, ...], status: Status) -> Hit:
    return Hit(
        reporting_period_id=reading["reporting_period_id"],
        reporting_unit_id=reading["reporting_unit_id"],
        submission_id=reading["submission_id"],
        file_name=verdict.file,
        version=verdict.version,
        findings=findings,
        status_now=verdict.status,
        status_then=status,
    )
