"""The answer to one file: the sender's own workbook with marks, or a findings workbook where that cannot be.

Belongs here: which of the two, and the order of edits. Does not belong here: judging; where answers are
kept (feedback.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

from expectations.answer.comments import annotate
from expectations.answer.findings_book import write_findings_book
from expectations.answer.fix_sheet import sheet_xml
from expectations.answer.lines import CellNote, FixList, cell_notes, fix_list
from expectations.answer.marks import colour_cells
from expectations.answer.package import NotEditable, Package
from expectations.answer.strip import strip_marks
from expectations.answer.styles import Styles
from expectations.answer.workbook_part import WorkbookPart
from expectations.answer.worksheet import Block, Worksheet
from expectations.verdict import Verdict
from ingest.fix_list import SHEET_NAME, is_fix_list
from ingest.reader import UnreadableWorkbook, read_workbook
from ingest.wording import fold

log = structlog.get_logger(__name__)

EDITABLE = ("xlsx", "xlsm")
SUFFIX = ".can-sua"


def answer_stem(file: str) -> str:
    """The name of an answer to a file, without extension; a marked workbook that comes back gets no second suffix."""
    return Path(file).stem.removesuffix(SUFFIX)


def write_answer(original: Path, verdicts: Sequence[Verdict], out_dir: Path, name: str) -> Path:
    """Write the answer to a file with all the verdicts about it, as `<name>.can-sua.xlsx` or `.xlsm`; returns its path.

    The original is left alone. Its copy differs from it in the marks only: every cell, part and macro is byte for byte
    what was sent, but for the marks of an earlier answer, which go. An answer of that name is replaced in one step.
    """
    content = fix_list(verdicts)
    out_dir.mkdir(parents=True, exist_ok=True)
    unfinished = out_dir / f".{name}.tmp"  # one name, so that what a killed run left is taken by the next
    try:
        extension = _mark(original, verdicts, content, unfinished)
        target = out_dir / f"{name}{SUFFIX}.{extension}"
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _mark(original: Path, verdicts: Sequence[Verdict], content: FixList, target: Path) -> str:
    """Write the marked copy, or the findings alone; returns the extension that the bytes ask for."""
    try:
        workbook = read_workbook(original)  # the reader's limits come first: what it refuses is not unpacked here
        if workbook.kind not in EDITABLE:
            raise NotEditable(f"format {workbook.kind}")
        our_sheets = [sheet.name for sheet in workbook.sheets if is_fix_list(sheet)]
        _mark_package(original, our_sheets, content, cell_notes(verdicts), target)
        return workbook.kind
    except (UnreadableWorkbook, NotEditable) as reason:
        log.info("answered_with_findings_only", file=str(original), reason=str(reason))
    except Exception:
        # Our failure on one odd package must not keep hundreds of other senders from their answers.
        log.exception("marking_failed", file=str(original))
    write_findings_book(content, target)
    return "xlsx"


def _mark_package(
    original: Path,
    our_sheets: Sequence[str],
    content: FixList,
    notes: Mapping[str, Mapping[Block, CellNote]],
    target: Path,
) -> None:
    package = Package(original)
    workbook = WorkbookPart(package)
    strip_marks(package, workbook, our_sheets)
    styles = Styles(package, workbook.name)
    entries = workbook.sheets
    for entry in entries:
        if entry.name in notes:
            sheet = Worksheet(package.read(entry.part))
            _mark_sheet(package, entry.part, sheet, styles, notes[entry.name])
            package.write(entry.part, sheet.to_bytes())
    name = _free_name([entry.name for entry in entries])
    data, heading_row = sheet_xml(content, styles, {entry.name: entry.state == "visible" for entry in entries})
    workbook.insert_first(name, data, print_titles=f"'{name}'!${heading_row}:${heading_row}")
    package.save(target)


def _mark_sheet(package: Package, part: str, sheet: Worksheet, styles: Styles, notes: Mapping[Block, CellNote]) -> None:
    """Colour and comment one sheet; what concerns a cell inside a merged range shows on the whole of it."""
    merged: dict[Block, list[CellNote]] = {}
    for block, note in notes.items():
        merged.setdefault(sheet.whole(block), []).append(note)
    heaviest = {block: min(told, key=lambda note: note.rank).severity for block, told in merged.items()}
    colour_cells(sheet, styles, heaviest)
    texts: dict[tuple[int, int], list[str]] = {}
    for block, told in merged.items():
        texts.setdefault(block[:2], []).extend(note.text for note in told if note.text)
    annotate(package, part, sheet, {place: "\n\n".join(said) for place, said in texts.items() if said})


def _free_name(taken: Sequence[str]) -> str:
    """Our sheet's name, with a number where the sender has a sheet of that name."""
    folded, name, number = {fold(one) for one in taken}, SHEET_NAME, 1
    while fold(name) in folded:
        number += 1
        name = f"{SHEET_NAME} ({number})"
    return name
