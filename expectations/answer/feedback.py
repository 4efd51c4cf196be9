"""Feedback: the answers of the office on disk, one marked workbook and one acknowledgement per file that was judged.

Belongs here: which files wait for an answer, where answers stand below the data folder, writing them so that a killed
run leaves none half done. Does not belong here: what is in them (book.py, acknowledgement.py), sending them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from expectations.answer.acknowledgement import render
from expectations.answer.book import SUFFIX, answer_stem, write_answer
from expectations.answer.facts import FileFacts, gather
from expectations.verdict import Status
from ingest import archive
from ingest.progress import track

if TYPE_CHECKING:
    from ingest.settings import Settings

log = structlog.get_logger(__name__)

FOLDER = "feedback"
NO_UNIT, NO_PERIOD = "khong_ro", "khong_ro_ky"
ACKNOWLEDGEMENT = ".xac-nhan.html"
STAMP = re.compile(rb'<meta name="ntm-answer" content="([0-9a-f]{16})">')
STAMP_BYTES = 400  # the stamp stands at the top of the page
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
LONGEST_STEM = 100  # characters; a name may take 255 bytes, and a Vietnamese letter up to three


@dataclass(frozen=True)
class FeedbackSummary:
    """Files answered in one call, how many of them got a workbook, and files whose answer stood already."""

    answered: int = 0
    workbooks: int = 0
    known: int = 0


def write_feedback(settings: Settings) -> FeedbackSummary:
    """Answer every file whose judgements or receipts are not yet answered, and drop what its answer replaces.

    A file in which nothing is to be mended or explained gets the acknowledgement alone. The acknowledgement is written
    last: while it is not there, or bears another stamp, the file waits.
    """
    root = settings.data_dir / FOLDER
    files = gather(settings)
    standing = _standing(root)
    waiting = [file for file in files if not _is_answered(root, file, standing)]
    for digits, count in Counter(file.sha256[:8] for file in files).items():
        if count > 1:
            standing.pop(digits, None)  # whose answers they are cannot be told by the name
    workbooks = 0
    for file in track(waiting, "Answering senders"):
        workbooks += _answer(settings, root, file, standing)
    return FeedbackSummary(len(waiting), workbooks, len(files) - len(waiting))


def feedback_waits(settings: Settings) -> bool:
    """Whether some judged file has no answer, or an outdated one."""
    root = settings.data_dir / FOLDER
    standing = _standing(root)
    return any(not _is_answered(root, file, standing) for file in gather(settings))


def folder_of(root: Path, file: FileFacts) -> Path:
    """The folder of a file's answers: of its first report's unit and period."""
    verdict = file.reports[0].verdict
    return root / (verdict.reporting_unit or NO_UNIT) / (verdict.period or NO_PERIOD)


def stem_of(file: FileFacts) -> str:
    """The first part of the names of a file's answers: two files of one name differ in it."""
    name = UNSAFE.sub("_", answer_stem(file.file_name)).strip(" .") or "tep"
    return f"{name[:LONGEST_STEM]}.{file.sha256[:8]}"


def _answer(settings: Settings, root: Path, file: FileFacts, standing: dict[str, list[Path]]) -> int:
    """Write the answers to one file; returns the count of workbooks."""
    folder, stem = folder_of(root, file), stem_of(file)
    folder.mkdir(parents=True, exist_ok=True)
    verdicts = [report.verdict for report in file.reports]
    book = None
    if _needs_workbook(file):
        book = write_answer(archive.path_of(settings.archive_dir, file.sha256), verdicts, folder, stem)
    page = folder / f"{stem}{ACKNOWLEDGEMENT}"
    for path in standing.get(file.sha256[:8], ()):
        if path not in (book, page):
            path.unlink(missing_ok=True)
    unfinished = folder / f".{stem}.page.tmp"
    try:
        unfinished.write_text(render(file, settings.now, book.name if book else None), encoding="utf-8")
        unfinished.replace(page)
    finally:
        unfinished.unlink(missing_ok=True)
    log.info("sender_answered", file=file.file_name, page=str(page), workbook=book.name if book else None)
    return int(book is not None)


def _is_answered(root: Path, file: FileFacts, standing: dict[str, list[Path]]) -> bool:
    page = folder_of(root, file) / f"{stem_of(file)}{ACKNOWLEDGEMENT}"
    stands = {path for path in standing.get(file.sha256[:8], ())}
    if page not in stands:
        return False
    with page.open("rb") as handle:
        stamp = STAMP.search(handle.read(STAMP_BYTES))
    has_book = any(SUFFIX in path.name for path in stands)
    return stamp is not None and stamp[1].decode() == file.answer_id and has_book == _needs_workbook(file)


def _needs_workbook(file: FileFacts) -> bool:
    """Whether a report of the file holds more than information, which the acknowledgement itself tells."""
    return any(report.verdict.status is not Status.ACCEPTED for report in file.reports)


def _standing(root: Path) -> dict[str, list[Path]]:
    """The answers on disk by the eight digits in their names."""
    found: dict[str, list[Path]] = {}
    for path in root.glob("*/*/*"):
        match = re.search(rf"\.([0-9a-f]{{8}})(?:{re.escape(SUFFIX)}\.\w+|{re.escape(ACKNOWLEDGEMENT)})$", path.name)
        if match is not None and not path.name.startswith("."):
            found.setdefault(match[1], []).append(path)
    return found
