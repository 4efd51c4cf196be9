"""The parser as the ledger knows it: its name, the names of what it reads, and the rows that are its own.

Belongs here: parse_id, submission ids, outcomes and stages. Does not belong here: reading (reading.py, intake.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import asdict
from functools import cache
from typing import Any

from ingest import ledger, reference
from ingest.problem import Problem
from ingest.settings import Settings
from ingest.spec import specs_digest

PARSER_VERSION = "3"  # raise it with every change that makes another reading of the same file
PARSER_TABLES = (
    "administrative_units",
    "agencies",
    "capital_natures",
    "code_lists",
    "criteria",
    "funding_contents",
    "funding_sources",
    "indicators",
    "programmes",
    "reporting_periods",
    "reporting_units",
    "stages",
    "titles",
    "unit_aliases",
    "unit_succession",
)
IDENTIFIED, UNIDENTIFIED, UNREADABLE = "identified", "unidentified", "unreadable"
COVER_STAGE, TABLES_STAGE = "cover", "tables"

Record = dict[str, Any]


def submission_id_of(sha256: str, part_no: int = 1) -> str:
    """Names a report of a file: the first by the file, the others also by their number in the order of its sheets."""
    return sha256[:16] if part_no == 1 else f"{sha256[:16]}-{part_no}"


def part_no_of(submission_id: str) -> int:
    """Which report of its file a submission is."""
    return int(submission_id.partition("-")[2] or 1)


@cache
def parse_id() -> str:
    """Names this parser: its version, the form specs and the reference tables it reads."""
    digest = hashlib.sha256(f"{PARSER_VERSION}\0{specs_digest()}".encode())
    for table in PARSER_TABLES:
        content = (reference.REFERENCE_DIR / f"{table}.csv").read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"\0{table}\0".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]


def of_this_parser(settings: Settings, table: str) -> list[Record]:
    """Rows of a ledger table that bear today's parse_id."""
    import pyarrow.compute as pc

    rows = ledger.read(settings.ledger_dir, table)
    return list(rows.filter(pc.equal(rows["parse_id"], parse_id())).to_pylist())


def problem_rows(submission_id: str, stage: str, problems: Iterable[Problem], run_id: str) -> list[Record]:
    """Problems of one submission as rows of the ledger."""
    keys = {"submission_id": submission_id, "parse_id": parse_id(), "stage": stage, "run_id": run_id}
    return [{**asdict(problem), **keys} for problem in problems]


def in_order(period_ids: Collection[str]) -> tuple[str, ...]:
    """Periods in the order of the reference data."""
    order = {row["reporting_period_id"]: row["sort_order"] for row in reference.rows("reporting_periods")}
    return tuple(sorted(period_ids, key=lambda period: (order.get(period, 0), period)))
