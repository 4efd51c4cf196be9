"""Checking: what the office would say of workbooks that have not been sent.

Belongs here: a passing copy of the whole way from file to verdict, thrown away at the end.
Does not belong here: anything that touches the data of the office.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from expectations.verdict import Verdict

if TYPE_CHECKING:
    from ingest.settings import Settings

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
RUN_ID = "check"


def check_files(paths: Iterable[Path], settings: Settings) -> list[Verdict]:
    """The verdicts of each file, in the order given; a folder stands for the workbooks directly or deeper in it.

    A file that holds several reports has a verdict for each, in the order of its sheets. Nothing below
    settings.data_dir is read or written: versions and earlier periods are those among the files given. The moment of
    receipt is the file's modification time, as in an inbox folder; which folder it lies in says nothing. Raises
    FileNotFoundError where a path does not exist.
    """
    from expectations.judge import judge_pending, judge_unidentified
    from expectations.judgement import load_verdicts
    from ingest import archive, ledger
    from ingest.intake import identify_pending
    from ingest.parser import part_no_of
    from ingest.reading import read_pending

    files = workbooks_of(paths)
    with TemporaryDirectory(prefix="ntm-check-") as folder:
        passing = replace(settings, data_dir=Path(folder), inbox=str(Path(folder) / "inbox"))
        digests = [archive.store(file, passing.archive_dir) for file in files]
        ledger.commit(
            passing.ledger_dir,
            "receipts",
            (
                {
                    "receipt_id": uuid.uuid4().hex,
                    "sha256": sha256,
                    "file_name": file.name,
                    "channel_path": file.name,
                    "size_bytes": file.stat().st_size,
                    "received_at": datetime.fromtimestamp(file.stat().st_mtime, UTC),
                    "recorded_at": settings.now,
                    "run_id": RUN_ID,
                }
                for file, sha256 in zip(files, digests, strict=True)
            ),
        )
        identify_pending(passing, RUN_ID)
        read_pending(passing, RUN_ID)
        judge_unidentified(passing, RUN_ID)
        judge_pending(passing, RUN_ID)
        by_content: dict[str, list[Verdict]] = {}
        for _, verdict in sorted(load_verdicts(passing.ledger_dir).items(), key=lambda item: part_no_of(item[0])):
            by_content.setdefault(verdict.sha256, []).append(verdict)
        return [
            replace(verdict, file=str(file))
            for file, sha256 in zip(files, digests, strict=True)
            for verdict in by_content[sha256]
        ]


def workbooks_of(paths: Iterable[Path]) -> Sequence[Path]:
    """Files as given, folders as their workbooks by name; Excel's own lock files are none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.is_file() and not file.name.startswith(("~$", ".")))
            found += sorted(file for file in inside if file.suffix.lower() in SUFFIXES)
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(f"no such file: {path}")
    return found
