"""Equal findings, told once: one group per rule and column, with its cells as ranges.

Belongs here: what a person reads as one line, and the notation of cell ranges. Does not belong here: which findings
count (verdict.py, whose `grouped` is the way in), showing them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from expectations.catalogue import Severity

if TYPE_CHECKING:
    from expectations.verdict import Finding

FEW_VALUES = 5
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


@dataclass(frozen=True)
class FindingGroup:
    """Findings that differ in nothing but their cell and value, in reading order; information of a sheet, one per rule.

    cells: "C5:C9, C12", empty where the rule concerns no cell; values: the distinct ones where they are few, else none;
    column_name and expected: null where the findings differ in them; message_vi and message_en: the words of the first.
    """

    rule_id: str
    severity: Severity
    form: str | None
    sheet: str | None
    column_name: str | None
    expected: str | None
    cells: str
    count: int
    values: tuple[str, ...]
    message_vi: str
    message_en: str
    justification: str | None
    waiver_id: str | None
    findings: tuple[Finding, ...]

    @property
    def first_cell(self) -> str | None:
        return self.findings[0].cell


def groups_of(findings: Iterable[Finding]) -> list[FindingGroup]:
    """One group per rule, severity, form, sheet, column and expectation, in the order of their first findings.

    Nobody has to act on information, cell by cell: there columns and expectations make no groups. What is justified or
    waived stands apart from what is not.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_kind_of(finding), []).append(finding)
    return [_group_of(members) for members in groups.values()]


def ranges_of(cells: Iterable[str]) -> str:
    """Cells as the fewest blocks a reader recognises: "C5:C9, C12"; what is no cell address stands as it is."""
    places: set[tuple[int, int]] = set()
    others = []
    for cell in dict.fromkeys(cells):
        if match := _CELL.fullmatch(cell):
            places.add((_column_number(match[1]), int(match[2])))
        else:
            others.append(cell)
    runs: dict[tuple[int, int], list[int]] = {}  # (first row, last row) → columns in which that run stands
    for column, cells_of_column in groupby(sorted(places), key=lambda place: place[0]):
        for first, last in _runs(row for _, row in cells_of_column):
            runs.setdefault((first, last), []).append(column)
    blocks = [
        (top, left, bottom, right) for (top, bottom), columns in runs.items() for left, right in _runs(sorted(columns))
    ]
    shown = [_block(*block) for block in sorted(blocks, key=lambda block: (block[1], block[0]))]
    return ", ".join([*shown, *others])


def _kind_of(finding: Finding) -> tuple[object, ...]:
    same = (finding.rule_id, finding.severity, finding.form, finding.sheet, finding.justification, finding.waiver_id)
    is_mere_information = finding.severity is Severity.INFO and finding.waiver_id is None
    return same if is_mere_information else (*same, finding.column_name, finding.expected)


def _group_of(members: list[Finding]) -> FindingGroup:
    first = members[0]
    values = tuple(dict.fromkeys(finding.value for finding in members if finding.value is not None))
    return FindingGroup(
        rule_id=first.rule_id,
        severity=first.severity,
        form=first.form,
        sheet=first.sheet,
        column_name=_common(finding.column_name for finding in members),
        expected=_common(finding.expected for finding in members),
        cells=ranges_of(finding.cell for finding in members if finding.cell),
        count=len(members),
        values=values if len(values) <= FEW_VALUES else (),
        message_vi=first.message_vi,
        message_en=first.message_en,
        justification=first.justification,
        waiver_id=first.waiver_id,
        findings=tuple(members),
    )


def _common(texts: Iterable[str | None]) -> str | None:
    """What all say, if they say the same."""
    said = set(texts)
    return said.pop() if len(said) == 1 else None


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as unbroken runs, (first, last) each."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] + 1 == number:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _block(top: int, left: int, bottom: int, right: int) -> str:
    first, last = f"{_letters(left)}{top}", f"{_letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
