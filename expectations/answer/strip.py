"""Taking the marks of an earlier answer out of a workbook that comes back.

Belongs here: finding our sheet, comments and colours by what they say, as whoever saved the file last gave everything
other names and numbers. Does not belong here: making marks.
"""

from __future__ import annotations

from collections.abc import Collection

from expectations.answer.comments import HEADER, remove_notes
from expectations.answer.marks import remove_colours
from expectations.answer.package import Package
from expectations.answer.workbook_part import WorkbookPart
from expectations.answer.worksheet import Worksheet


def strip_marks(package: Package, workbook: WorkbookPart, our_sheets: Collection[str]) -> None:
    """Remove the named sheets, which are our lists, and our marks on all others. Raises NotEditable."""
    workbook.remove(our_sheets)
    for entry in workbook.sheets:
        if entry.part not in package or not _is_marked(package, entry.part):
            continue
        sheet = Worksheet(package.read(entry.part))
        if remove_colours(sheet) + remove_notes(package, entry.part, sheet):
            package.write(entry.part, sheet.to_bytes())


def _is_marked(package: Package, part: str) -> bool:
    """Asked first: most sheets bear no mark, and those are not opened."""
    if b"NTM:" in package.read(part):
        return True
    comments = package.target(part, "comments")
    return comments is not None and HEADER.encode() in package.read(comments)
