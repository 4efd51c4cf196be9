"""Intake: received contents become submissions, each with the unit and period that its cover names.

Belongs here: finding contents that this parser has not seen, and committing what their covers say. Does not belong
here: receiving files (receive.py), resolving covers (identity.py), tables (reading.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import structlog

from ingest import archive, ledger
from ingest.identity import Identity, identify
from ingest.parser import (
    COVER_STAGE,
    IDENTIFIED,
    UNIDENTIFIED,
    UNREADABLE,
    Record,
    in_order,
    of_this_parser,
    parse_id,
    problem_rows,
    submission_id_of,
)
from ingest.problem import Problem
from ingest.progress import track
from ingest.reader import UnreadableWorkbook, read_workbook
from ingest.receive import receipts_of
from ingest.settings import Settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class IdentifySummary:
    """Submissions by outcome, in one call."""

    identified: int = 0
    unidentified: int = 0
    unreadable: int = 0
    period_ids: tuple[str, ...] = ()


def identify_pending(settings: Settings, run_id: str) -> IdentifySummary:
    """Read the covers of every received content that this parser has not seen; commit what they say.

    Problems and justifications come first, then submissions, in one commit: all reports of a file are known, or none.
    """
    done = {row["submission_id"] for row in of_this_parser(settings, "submissions")}
    receipts = receipts_of(settings)
    pending = [of_content[0] for sha, of_content in sorted(receipts.items()) if submission_id_of(sha) not in done]
    submissions: list[Record] = []
    problems: list[Record] = []
    justifications: list[Record] = []
    for receipt in track(pending, "Reading covers"):
        for submission, identity, found in _identify_one(settings, receipt):
            submissions.append({**submission, "run_id": run_id})
            problems += problem_rows(submission["submission_id"], COVER_STAGE, found, run_id)
            keys = {"submission_id": submission["submission_id"], "parse_id": parse_id(), "run_id": run_id}
            for said in identity.justifications:
                place = {"rule_id": said.rule_id, "sheet": said.sheet, "cell": said.cell}
                justifications.append({**keys, **place, "justification": said.text})
    ledger.commit(settings.ledger_dir, "problems", problems)
    ledger.commit(settings.ledger_dir, "justifications", justifications)
    ledger.commit(settings.ledger_dir, "submissions", submissions)
    outcomes = Counter(row["outcome"] for row in submissions)
    return IdentifySummary(
        outcomes[IDENTIFIED],
        outcomes[UNIDENTIFIED],
        outcomes[UNREADABLE],
        period_ids=in_order({row["reporting_period_id"] for row in submissions if row["outcome"] == IDENTIFIED}),
    )


def _identify_one(settings: Settings, receipt: Record) -> Iterator[tuple[Record, Identity, tuple[Problem, ...]]]:
    """The submissions of one received file, each with what its cover and the sorting of its sheets brought up."""
    file: Record = {
        "parse_id": parse_id(),
        "sha256": receipt["sha256"],
        "file_name": receipt["file_name"],
        "received_at": receipt["received_at"],
    }
    events = log.bind(file=receipt["channel_path"])
    try:
        workbook = read_workbook(archive.path_of(settings.archive_dir, receipt["sha256"]))
    except UnreadableWorkbook as error:
        events.warning("workbook_unreadable", rule_id=error.rule_id, value=error.value)
        unreadable = {**file, "submission_id": submission_id_of(receipt["sha256"]), "outcome": UNREADABLE}
        yield unreadable, Identity({}), (Problem(error.rule_id, value=error.value),)
        return
    for identity in identify(workbook, settings):
        submission = {
            **file,
            "submission_id": submission_id_of(receipt["sha256"], identity.part_no),
            "reporting_unit_id": identity.unit["reporting_unit_id"] if identity.unit else None,
            "reporting_period_id": identity.period["reporting_period_id"] if identity.period else None,
            "template_version": identity.template_version,
            "cover_sheet": identity.cover_sheet,
            "outcome": IDENTIFIED if identity.is_identified else UNIDENTIFIED,
        }
        events.info(
            f"submission_{submission['outcome']}",
            submission_id=submission["submission_id"],
            unit=submission["reporting_unit_id"],
            period=submission["reporting_period_id"],
            rules=",".join(problem.rule_id for problem in identity.problems) or None,
        )
        # What is wrong with the sheets of a report matters once it is known whose report it is; what the reader saw is
        # told with the tables, of a report that has none here.
        notes = identity.notes if identity.is_identified else (*identity.problems, *identity.workbook.notices)
        yield submission, identity, notes
