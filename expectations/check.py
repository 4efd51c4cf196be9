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

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
RUN_ID = "check"


def check_files(paths: Iterable[Path], settings: Settings) -> list[Verdict]:
    """The verdict of each file, in the order given; a folder stands for the workbooks directly or deeper in it.

    Nothing below settings.data_dir is read or written: versions count among the files given. The moment of receipt is
    the file's modification time, as in an inbox folder. Raises FileNotFoundError where a path does not exist.
    """
    from expectations.judge import judge_pending, judge_unidentified
    from expectations.judgement import load_verdicts
    from ingest import archive, ledger
    from ingest.reading import identify_pending, read_pending, submission_id_of

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
                    "channel_path": str(file),
                    "size_bytes": file.stat().st_size,
                    "received_at": datetime.fromtimestamp(file.stat().st_mtime, UTC),
                    "run_id": RUN_ID,
                }
                for file, sha256 in zip(files, digests, strict=True)
            ),
        )
        identify_pending(passing, RUN_ID)
        read_pending(passing, RUN_ID)
        judge_unidentified(passing, RUN_ID)
        judge_pending(passing, RUN_ID)
        verdicts = load_verdicts(passing.ledger_dir)
        return [
            replace(verdicts[submission_id_of(sha256)], file=str(file))
            for file, sha256 in zip(files, digests, strict=True)
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
