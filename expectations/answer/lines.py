"""The content of an answer: what the sheet "Cần sửa" says, line by line, and what is said at each cell.

Belongs here: from verdicts to words, the same for a marked workbook and a findings workbook. Does not belong here: any
file format.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from expectations.answer.words import (
    NEXT_STEPS,
    STATUS_WORDS,
    counts_words,
    period_words,
    receipt_code,
    rows_words,
    severity_words,
    unit_words,
)
from expectations.answer.worksheet import Block, block_of
from expectations.catalogue import Severity, load_catalogue
from expectations.grouping import FindingGroup
from expectations.verdict import Finding, Status, Verdict, grouped, one_per_place
from ingest.fix_list import shorten_cells

MOST_SHOWN = 300  # characters of a sender's value: the cell itself holds the rest
FEW_CELLS = 6
MOST_RANGES = 40  # named in words; colours and links lead to the rest
TOKENS_PER_CELL = 3_000  # of the hidden list of cells: a cell takes 32,767 characters
RANKS = {severity: rank for rank, severity in enumerate(Severity)}  # heaviest first


@dataclass(frozen=True)
class Line:
    """One line of the list. `link` is the cell to jump to; `hidden_cells` name all of them for reading back."""

    severity: Severity
    severity_words: str
    sheet: str | None
    link: str | None
    place: str
    message: str
    value: str
    expected: str
    legal_source: str
    justification: str
    takes_justification: bool
    rule_id: str
    hidden_cells: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """What stands above the list about one report."""

    title: str
    file: str
    verdict: str
    next_step: str


@dataclass(frozen=True)
class FixList:
    """Everything the sheet says. `lines` are heaviest first; those of severity info come last."""

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CellNote:
    """What is said at one cell or block of a sheet. `text` is null where the colour must do."""

    severity: Severity
    text: str | None

    @property
    def rank(self) -> int:
        return RANKS[self.severity]


def fix_list(verdicts: Sequence[Verdict]) -> FixList:
    """The list for one file, with all of its reports."""
    lines = [_line(group) for verdict in verdicts for group in grouped(verdict.findings)]
    return FixList(
        tuple(_heading(verdict) for verdict in verdicts),
        tuple(sorted(lines, key=lambda line: RANKS[line.severity])),
    )


def cell_notes(verdicts: Iterable[Verdict]) -> dict[str, dict[Block, CellNote]]:
    """By sheet and cell what is said there, of all findings that name a cell; information in bulk only colours."""
    found: dict[str, dict[Block, list[Finding]]] = {}
    silent: set[Finding] = set()
    for verdict in verdicts:
        for group in grouped(verdict.findings):
            if group.severity is Severity.INFO and group.count > FEW_CELLS:
                silent |= set(group.findings)
        for finding in one_per_place(verdict.findings):
            for block in _blocks(finding):
                found.setdefault(finding.sheet or "", {}).setdefault(block, []).append(finding)
    return {
        sheet: {block: _note(findings, silent) for block, findings in blocks.items()} for sheet, blocks in found.items()
    }


def _blocks(finding: Finding) -> list[Block]:
    """Cells of a finding; one that names a whole row or sheet paints nothing."""
    if finding.sheet is None or finding.cell is None:
        return []
    return [block for part in finding.cell.split(",") if (block := block_of(part.strip())) is not None]


def _note(findings: Sequence[Finding], silent: set[Finding]) -> CellNote:
    heaviest = sorted(findings, key=lambda finding: RANKS[finding.severity])
    told = [text for text in dict.fromkeys(_said(finding) for finding in heaviest if finding not in silent)]
    return CellNote(heaviest[0].severity, "\n\n".join(told) or None)


def _said(finding: Finding) -> str:
    """What is wrong, what was found, what is due, and where that is written."""
    parts = [f"● {severity_words(finding)}", _short(finding.message_vi, 1_000)]
    facts = (
        ("Đang ghi", finding.value),
        ("Cần có", finding.expected),
        ("Căn cứ", load_catalogue()[finding.rule_id].legal_source),
        ("Giải trình của đơn vị", finding.justification),
    )
    parts += [f"{name}: {_short(text)}" for name, text in facts if text]
    return "\n".join(parts)


def _heading(verdict: Verdict) -> Heading:
    return Heading(
        title=f"{_subject(verdict)}: {unit_words(verdict.reporting_unit)}, {period_words(verdict.period)}",
        file=f"Tệp: {Path(verdict.file).name}    Mã tiếp nhận: {receipt_code(verdict.sha256)}",
        verdict=f"Kết quả: {STATUS_WORDS[verdict.status]}. {_sums(verdict)}",
        next_step=f"Việc cần làm: {NEXT_STEPS[verdict.status]}",
    )


def _subject(verdict: Verdict) -> str:
    if verdict.status is Status.ACCEPTED:
        return "THÔNG BÁO VỀ BÁO CÁO"
    is_to_check = verdict.status is Status.ACCEPTED_WITH_WARNINGS
    return "NỘI DUNG CẦN KIỂM TRA" if is_to_check else "NỘI DUNG CẦN SỬA"


def _sums(verdict: Verdict) -> str:
    sums = [rows_words(verdict)] if verdict.row_counts.sent else []
    counts = counts_words(verdict.findings)
    return " ".join(f"{text}." for text in [*sums, counts] if text)


def _line(group: FindingGroup) -> Line:
    first = group.findings[0]
    cells = [finding.cell for finding in group.findings if finding.cell]
    blocks = [block for finding in group.findings for block in _blocks(finding)]
    tokens = shorten_cells(cells)
    return Line(
        severity=group.severity,
        severity_words=severity_words(first),
        sheet=group.sheet,
        link=_first_cell(cells) if blocks and group.sheet else None,
        place=_place(group.cells, cells),
        message=_short(group.message_vi, 2_000) + _all_places(group, cells),
        value=_values(group),
        expected=_short(group.expected or ""),
        legal_source=load_catalogue()[group.rule_id].legal_source or "",
        justification=group.justification or "",
        takes_justification=group.severity is Severity.WARNING,
        rule_id=group.rule_id,
        hidden_cells=tuple(
            " ".join(tokens[first : first + TOKENS_PER_CELL]) for first in range(0, len(tokens), TOKENS_PER_CELL)
        ),
    )


def _first_cell(cells: Sequence[str]) -> str:
    return cells[0].split(",")[0].split(":")[0].strip()


def _place(ranges: str, cells: Sequence[str]) -> str:
    """The cell to jump to and how many more there are: a link does not wrap everywhere, so it is short."""
    first = ranges.split(", ")[0]
    return f"{first} … ({len(cells)} ô)" if ", " in ranges else f"{first} ({len(cells)} ô)" if len(cells) > 1 else first


def _all_places(group: FindingGroup, cells: Sequence[str]) -> str:
    """All ranges of a group, as its message speaks of the first cell only."""
    if len(cells) < 2:
        return ""
    parts = group.cells.split(", ")
    shown = ", ".join(parts[:MOST_RANGES]) + (" …" if len(parts) > MOST_RANGES else "")
    lead = "Tương tự ở" if group.severity is Severity.INFO else "Sửa tương tự ở tất cả"
    return f"\n{lead} {len(cells)} ô: {shown}"


def _values(group: FindingGroup) -> str:
    if group.count > 1 and not group.values and any(finding.value for finding in group.findings):
        return "(nhiều giá trị, xem từng ô)"
    return _short("; ".join(group.values))


def _short(text: str, most: int = MOST_SHOWN) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
