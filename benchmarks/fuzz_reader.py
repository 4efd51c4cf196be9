"""Fuzzing of the reader: damaged workbooks through the product's own way, and what came out, as docs/fuzzing.md.

Belongs here: running the cases, judging each by its claim, time and memory, the page. Run it as `just fuzz`; it ends
with an error where a claim is broken. Does not belong here: the kinds of damage (fuzz_mutations.py).
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from time import perf_counter

from benchmarks.fuzz_books import ROOT, seed_books
from benchmarks.fuzz_mutations import KINDS, Claim, Kind, parts_of
from expectations.catalogue import load_catalogue
from ingest.identity import identify
from ingest.reader import Percent, UnreadableWorkbook, Workbook, close_readers, read_workbook
from ingest.settings import Settings, load_settings
from ingest.tables import read_tables

PAGE = ROOT / "docs" / "fuzzing.md"
NOW = "2023-04-12T08:00:00+07:00"
MOST_SECONDS, MOST_BYTES = 20.0, 1536 << 20
READ = "read"
Cells = dict[tuple[str, int, int], object]


@dataclass
class Report:
    """What came out: outcomes by kind, broken claims, the slowest case and the largest process."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    broken: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    child_bytes: int = 0
    own_bytes: int = 0

    @property
    def cases(self) -> int:
        return sum(counter.total() for counter in self.outcomes.values())


def run(each: int) -> Report:
    """Try every kind about `each` times on every seed that it applies to. The same call makes the same files."""
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = load_settings({"NTM_DATA_DIR": str(folder / "data"), "NTM_NOW": NOW})
        for seed, (container, data) in seed_books(folder).items():
            (folder / "case").write_bytes(data)
            expected = cells_of(read_workbook(folder / "case"))
            for kind in KINDS:
                if not kind.applies_to(container, seed):
                    continue
                for number in range(max(1, round(each * kind.share))):
                    damaged = kind.make(random.Random(f"{seed}/{kind.name}/{number}"), data)
                    if damaged is not None and damaged != data:
                        case = f"{kind.name}, {seed} no. {number}"
                        _try(report, kind, case, folder / "case", (data, damaged, expected), settings)
    close_readers()
    report.child_bytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    report.own_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if report.child_bytes > MOST_BYTES or report.own_bytes > MOST_BYTES:
        report.broken.append(f"memory: {report.child_bytes >> 20} MB in a child, {report.own_bytes >> 20} MB here")
    return report


def cells_of(workbook: Workbook) -> Cells:
    """Every cell of every sheet, by its sheet's name."""
    return {(sheet.name, *place): value for sheet in workbook.sheets for place, value in sheet.cells.items()}


def _try(
    report: Report, kind: Kind, case: str, path: Path, files: tuple[bytes, bytes, Cells], settings: Settings
) -> None:
    before, damaged, expected = files
    path.write_bytes(damaged)
    started = perf_counter()
    found: Cells | None = None
    outcome = READ
    try:
        workbook = read_workbook(path)
        found = cells_of(workbook)
        for identity in identify(workbook, settings):
            if identity.is_identified:
                read_tables(workbook, identity)
    except UnreadableWorkbook as error:
        outcome = error.rule_id
    except Exception as error:  # whatever it is, it has no name for the sender
        outcome = f"{type(error).__name__}: {error}"[:100]
    seconds = perf_counter() - started
    report.outcomes[kind.name][outcome] += 1
    report.slowest = max(report.slowest, (seconds, case))
    if outcome != READ and outcome not in load_catalogue():
        report.broken.append(f"{case}: {outcome} is no named outcome")
    if seconds > MOST_SECONDS + 1:
        report.broken.append(f"{case}: took {seconds:.1f} s")
    fault = _fault(kind.claim, outcome, found, expected, before, damaged)
    if fault:
        report.broken.append(f"{case}: {fault}")


def _fault(
    claim: Claim, outcome: str, found: Cells | None, expected: Cells, before: bytes, damaged: bytes
) -> str | None:
    """How an outcome breaks the claim of its kind; None where it does not."""
    if found is None:
        must_read = claim in (Claim.UNCHANGED, Claim.ONE_MORE)
        is_wrong = must_read or (claim is Claim.UNSAFE and outcome != "workbook_unsafe")
        return f"{outcome}, expected: {claim}" if is_wrong else None
    other = {place for place in found.keys() | expected.keys() if found.get(place) != expected.get(place)}
    allowed = {
        Claim.NAMED: True,
        Claim.REFUSED: False,
        Claim.UNSAFE: False,
        Claim.SAME: not other,
        Claim.UNCHANGED: not other,
        Claim.ONE_CELL: len(other) <= 1,
        Claim.ONE_MORE: len(other) == 1 and len(found) == len(expected) + 1,
    }
    if claim is Claim.INTACT:
        is_right = not other and _is_intact(before, damaged)
    elif claim is Claim.AGREES:
        is_right = not other or _agrees(found, damaged)
    else:
        is_right = allowed[claim]
    return None if is_right else f"was read, {len(other)} cells differ from the seed; expected: {claim}"


def _is_intact(before: bytes, damaged: bytes) -> bool:
    """Whether every part of a damaged package still gives the bytes that it had."""
    try:
        return parts_of(before) == parts_of(damaged)
    except Exception:
        return False


def _agrees(found: Cells, damaged: bytes) -> bool:
    """Whether openpyxl, where it opens the file, finds the same cells; dates and percentages as their numbers."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(damaged), data_only=True)
    except Exception:
        return True
    theirs: Cells = {}
    for sheet in book.worksheets:
        for (row, column), cell in sheet._cells.items():
            if cell.value is not None and str(cell.value).strip():
                theirs[sheet.title, row - 1, column - 1] = _comparable(cell.value)
    ours = {place: _comparable(value) for place, value in found.items()}
    return all(_alike(ours.get(place), theirs.get(place)) for place in ours.keys() | theirs.keys())


def _comparable(value: object) -> object:
    if isinstance(value, Percent):
        return float(value.value)
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return float(value) if isinstance(value, int | float) else str(value)


def _alike(ours: object, theirs: object) -> bool:
    if isinstance(ours, str) and ours.startswith("=") and theirs is None:
        return True  # a formula without a result: here its text
    if isinstance(ours, str) and isinstance(theirs, str):
        return "".join(ours.split()) == "".join(theirs.split())
    return ours == theirs or str(ours) == str(theirs)


def page(report: Report) -> str:
    """docs/fuzzing.md."""
    rules = sorted({outcome for counter in report.outcomes.values() for outcome in counter} - {READ})
    claims = {kind.name: kind.claim for kind in KINDS}
    head = ["kind of damage", "must be", "cases", READ, *rules]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * 2}{'--:|' * (len(head) - 2)}"]
    for name, counter in report.outcomes.items():
        counts = [counter.total(), *(counter[outcome] for outcome in (READ, *rules))]
        lines.append(f"| {name} | {claims[name]} | {' | '.join(str(count or '') for count in counts)} |")
    total = sum(report.outcomes.values(), Counter())
    counts = [total.total(), *(total[outcome] for outcome in (READ, *rules))]
    lines.append(f"| all | | {' | '.join(str(count or '') for count in counts)} |")
    broken = "none" if not report.broken else "\n" + "\n".join(f"- {line}" for line in report.broken)
    seconds, slowest = report.slowest
    return "\n".join(
        [
            "# Fuzzing of the reader",
            "",
            "Made by `just fuzz` (benchmarks/fuzz_reader.py). Damaged workbooks, made by chance of a fixed seed,",
            "go the way of a received file: reader, covers, tables. Columns: how many were read, and how many were",
            "refused under which rule. Old workbooks (.xls) and text carry no checksums: of flipped bytes there, and",
            "of text cut off, nothing more than a named outcome can be asked.",
            "",
            *lines,
            "",
            f"Claims broken: {broken}.",
            f"Slowest case: {seconds:.1f} s ({slowest}); limit 20 s. Largest child process: at most",
            f"{report.child_bytes >> 20} MB; the process that asks: {report.own_bytes >> 20} MB; limit 1,536 MB.",
            "",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=22, help="cases of each kind on each seed")
    parser.add_argument("--out", type=Path, default=PAGE)
    options = parser.parse_args()
    report = run(options.each)
    options.out.write_text(page(report), encoding="utf-8")
    print(page(report))
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main())
