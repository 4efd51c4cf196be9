"""Context: what a verdict rests on besides the reading and the rule book, as the ledger stands now.

Belongs here: receipts and decisions (admission), waivers, justifications and neighbours of a reading, and the digest
that names them: a submission is judged again when it changes. Does not belong here: judging (judge.py), committing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from expectations.admission import Admission, Receipt, admit
from expectations.catalogue import Rule, neighbour_forms, query_rules
from expectations.judgement import Judgement, judgement_id_of, latest_verdicts, quarantined_rows
from expectations.justification import Place, sent_justifications
from expectations.landed import identity
from expectations.locks import kept_by_lock
from expectations.neighbours import Neighbour, Report, chronology, neighbours_of
from expectations.verdict import Status
from expectations.waivers import Waiver, load_waivers
from ingest import ledger, reference
from ingest.decisions import load_decisions, lock_state
from ingest.parser import IDENTIFIED, parse_id

if TYPE_CHECKING:
    from ingest.settings import Settings

Row = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """Everything that one reading is judged with. `waivers` are those that cover the report."""

    unit: Mapping[str, Any]
    period: Mapping[str, Any]
    admission: Admission
    waivers: tuple[Waiver, ...]
    justifications: Mapping[Place, str]
    neighbours: tuple[Neighbour, ...]

    @property
    def context_id(self) -> str:
        """Names the context by what it says, 16 hex digits."""
        digest = hashlib.sha256(f"{self.admission.receipt.receipt_id}\0".encode())
        for found in self.admission.findings:
            digest.update(f"{found.rule_id}\0{found.expected}\0".encode())
        for waiver in self.waivers:
            digest.update(f"waiver\0{waiver.waiver_id}\0".encode())
        for place, text in sorted(self.justifications.items(), key=lambda item: tuple(map(str, item[0]))):
            digest.update(f"justification\0{place}\0{text}\0".encode())
        for neighbour in self.neighbours:
            digest.update(f"neighbour\0{neighbour.digest}\0".encode())
        return digest.hexdigest()[:16]


class Surroundings:
    """The ledger as contexts see it: read once, then kept up with the judgements of one call."""

    def __init__(self, settings: Settings) -> None:
        folder = settings.ledger_dir
        self._settings = settings
        self._submissions = {
            (row["submission_id"], row["parse_id"]): row for row in ledger.read(folder, "submissions").to_pylist()
        }
        self._receipts: dict[str, list[Receipt]] = {}
        for row in ledger.read(folder, "receipts").to_pylist():
            self._receipts.setdefault(row["sha256"], []).append(Receipt.of(row))
        self._decisions = load_decisions(settings)
        self._waivers = load_waivers(folder)
        self._readings: dict[tuple[str, str], Row] = {}
        for reading in sorted(ledger.read(folder, "readings").to_pylist(), key=lambda row: row["read_at"]):
            self._readings[reading["submission_id"], reading["parse_id"]] = reading
        self._parts: dict[tuple[str, str, str], dict[str, Row]] = {}
        for part in ledger.read(folder, "reading_parts").to_pylist():
            self._parts.setdefault(identity(part), {})[part["form"]] = part
        self._justifications: dict[tuple[str, str], list[Row]] = {}
        for row in ledger.read(folder, "justifications").to_pylist():
            self._justifications.setdefault((row["submission_id"], row["parse_id"]), []).append(row)
        self._verdicts = latest_verdicts(folder)
        self._kept = kept_by_lock(settings)
        quarantined = quarantined_rows(folder)
        self._reports: dict[str, dict[str, Report]] = {}  # unit → submission_id → accepted report
        for verdict in self._verdicts.values():
            self._place(verdict, quarantined.get((verdict["judgement_id"], verdict["run_id"]), {}))
        self._forms: dict[str, frozenset[str]] = {}

    def readings(self) -> list[Row]:
        """The reading of each submission by today's parser."""
        return [reading for (_, parser), reading in self._readings.items() if parser == parse_id()]

    def unread(self) -> list[Row]:
        """Identified submissions that today's parser has not read yet."""
        return [
            row
            for key, row in self._submissions.items()
            if key[1] == parse_id() and row["outcome"] == IDENTIFIED and key not in self._readings
        ]

    def reports_of(self, reporting_unit_id: str) -> list[Report]:
        """The accepted reports of a unit, of every period and version."""
        return list(self._reports.get(reporting_unit_id, {}).values())

    def parts_of(self, reading: Row) -> dict[str, Row]:
        return self._parts.get(identity(reading), {})

    def submission_of(self, reading: Row) -> Row:
        return self._submissions[reading["submission_id"], reading["parse_id"]]

    def context_of(self, reading: Row, cover: Mapping[str, Any] | None = None) -> Context:
        """The context of a reading; with its landed cover row, findings of its admission have their cell."""
        unit_id, period_id = reading["reporting_unit_id"], reading["reporting_period_id"]
        unit, period = reference.reporting_unit(unit_id), reference.period(period_id)
        assert unit is not None
        assert period is not None
        submission = self.submission_of(reading)
        admission = admit(unit, period, self._receipts[submission["sha256"]], self._decisions, cover)
        came_on = admission.receipt.came_on
        return Context(
            unit=unit,
            period=period,
            admission=admission,
            waivers=tuple(one for one in self._waivers if one.covers(unit_id, period_id, came_on)),
            justifications=sent_justifications(self._committed(reading, submission)),
            neighbours=self.neighbours_of(reading),
        )

    def neighbours_of(self, reading: Row, rules: Sequence[Rule] | None = None) -> tuple[Neighbour, ...]:
        """What these rules, by default those that hold in its period, compare a reading with."""
        period_id = reading["reporting_period_id"]
        forms = self._forms_compared(period_id) if rules is None else neighbour_forms(rules)
        return neighbours_of(period_id, self._reports.get(reading["reporting_unit_id"], {}).values(), forms)

    def is_waiting(self, reading: Row) -> bool:
        """Whether the latest verdict on a submission is not the one that today's reading, rules and context give.

        In a closed period verdicts stand, and none moves there.
        """
        latest = self._verdicts.get(reading["submission_id"])
        if latest is not None and (
            reading["submission_id"] in self._kept or self._would_move_into_lock(reading, latest)
        ):
            return False
        wanted = judgement_id_of(reading["submission_id"], reading["parse_id"], self.context_of(reading).context_id)
        return latest is None or latest["judgement_id"] != wanted

    def waiting_periods(self) -> tuple[str, ...]:
        """Periods to judge, as they close: those with a reading that waits or is still to come, and of their units
        the later periods, whose neighbours may then be others."""
        first: dict[str, str] = {}
        periods = set()
        for row in (*self.unread(), *filter(self.is_waiting, self.readings())):
            unit_id, period_id = row["reporting_unit_id"], row["reporting_period_id"]
            periods.add(period_id)
            first[unit_id] = min(first.get(unit_id, period_id), period_id, key=chronology)
        for reading in self.readings():
            start = first.get(reading["reporting_unit_id"])
            if start is not None and chronology(reading["reporting_period_id"]) > chronology(start):
                periods.add(reading["reporting_period_id"])
        return tuple(sorted(periods, key=chronology))

    def note(self, judgements: Iterable[Judgement], verdict_rows: Iterable[Row]) -> None:
        """Take in judgements that were just committed, with their rows of the ledger."""
        for judgement, row in zip(judgements, verdict_rows, strict=True):
            self._verdicts[judgement.submission_id] = row
            self._place(row, judgement.quarantined)

    def _would_move_into_lock(self, reading: Row, latest: Row) -> bool:
        """Whether another parser reads a judged submission as the report of a unit and period that are closed."""
        unit_id, period_id = reading["reporting_unit_id"], reading["reporting_period_id"]
        before = self._readings.get((latest["submission_id"], latest["parse_id"]))
        if before is not None and (before["reporting_unit_id"], before["reporting_period_id"]) == (unit_id, period_id):
            return False
        return lock_state(self._decisions, period_id, unit_id) is not None

    def _place(self, verdict: Row, quarantined: Mapping[str, frozenset[str]]) -> None:
        """Take a report into the accepted ones of its unit, or out of them."""
        reading = self._readings.get((verdict["submission_id"], verdict["parse_id"]))
        if reading is None:
            return
        reports = self._reports.setdefault(reading["reporting_unit_id"], {})
        reports.pop(verdict["submission_id"], None)
        if Status(verdict["status"]).is_accepted:
            received_at: datetime = verdict["received_at"] or self.submission_of(reading)["received_at"]
            reports[verdict["submission_id"]] = Report(
                submission_id=verdict["submission_id"],
                period_id=reading["reporting_period_id"],
                order=(received_at, verdict["submission_id"]),
                parts=self.parts_of(reading),
                quarantined=quarantined,
            )

    def _committed(self, reading: Row, submission: Row) -> list[Row]:
        """Justifications whose run was committed: with the reading, or with the cover before it."""
        runs = {reading["run_id"], submission["run_id"]}
        rows = self._justifications.get((reading["submission_id"], reading["parse_id"]), [])
        return [row for row in rows if row["run_id"] in runs]

    def _forms_compared(self, period_id: str) -> frozenset[str]:
        if period_id not in self._forms:
            self._forms[period_id] = neighbour_forms(query_rules(period_id))
        return self._forms[period_id]
