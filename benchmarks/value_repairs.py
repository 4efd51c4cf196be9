"""The corpus of mangled cells against the product's real reader: what is repaired, what is asked, what goes wrong.

Belongs here: measuring, and the page docs/value_repairs.md. Does not belong here: the cells and their truth
(simulate/mangled), which know nothing of the product. Run `python -m benchmarks.value_repairs` to write the page.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from benchmarks.value_repairs_page import PAGE, render
from ingest import reference
from ingest.codes import CodeBook
from ingest.parse import parse_sheet
from ingest.problem import Problem
from ingest.progress import track
from ingest.reader import cell_address, read_workbook
from ingest.spec import ColumnType, load_specs
from ingest.values import AMBIGUOUS, readings
from simulate.mangled import Answer, Case, Kind, all_cases, kinds
from simulate.mangled.books import MangledBook, Placed, write_books

MILLION = 1_000_000
REPAIRED = "value_repaired"
LOST = "row lost"


class Outcome(StrEnum):
    """What became of a case."""

    RIGHT = "right"  # the truth
    ASKED = "asked"  # a finding where one is right
    BLANK = "blank"  # nothing, where nothing was reported
    NEEDLESS = "needless"  # a finding although one reading was left
    MENDED = "mended"  # a clean cell read right, with a repair claimed
    WRONG = "wrong"  # another value, a value where it must be asked, or nothing where something stands


@dataclass(frozen=True)
class Result:
    """One case as the product read it. `repair` is the finding that tells of a repair."""

    case: Case
    outcome: Outcome
    typed: Any = None
    text: str | None = None
    problem: str | None = None
    repair: Problem | None = None
    readings: tuple[str, ...] = ()  # what the sender is shown where several are left


def measure(folder: Path, cases: Sequence[Case] | None = None) -> list[Result]:
    """Write the cases as workbooks below a folder, read them as a report is read, and judge every cell."""
    books = write_books(all_cases() if cases is None else cases, folder)
    return [result for book in track(books, "Reading mangled workbooks") for result in _read(book)]


def _read(book: MangledBook) -> Iterator[Result]:
    workbook = read_workbook(book.path)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    unit, period = reference.reporting_unit(book.reporting_unit_id), reference.period(book.reporting_period_id)
    assert unit is not None
    assert period is not None
    codes = CodeBook(unit, period)
    specs = load_specs()
    for form in dict.fromkeys(placed.case.field.form for placed in book.placed):
        of_form = [placed for placed in book.placed if placed.case.field.form == form]
        part = next(part for part in specs[form].sheets if part.name == of_form[0].sheet)
        parsed = parse_sheet(specs[form], part, sheets[part.name], codes)
        repairs = {problem.cell: problem for problem in parsed.problems if problem.rule_id == REPAIRED}
        rows = {row["row_number"]: row for row in parsed.rows}
        for placed in of_form:
            repair = repairs.get(cell_address(placed.row, placed.column))
            yield _result(placed, rows.get(placed.row + 1), repair, codes)


def _result(placed: Placed, row: dict[str, Any] | None, repair: Problem | None, codes: CodeBook) -> Result:
    case, name = placed.case, placed.case.field.column
    address = cell_address(placed.row, placed.column)
    if row is None or (row[f"{name}__cell"] or address) != address:
        return Result(case, Outcome.WRONG, text=LOST)
    typed, text, problem = row[name], row[f"{name}__text"], row[f"{name}__problem"]
    shown: tuple[str, ...] = ()
    if problem == AMBIGUOUS:
        shown = readings(text, case.field.spec, codes.get(case.code_list) if case.code_list else None, case.unit)
    return Result(case, _outcome(case, typed, problem, repair), typed, text, problem, repair, shown)


def _outcome(case: Case, typed: Any, problem: str | None, repair: Problem | None) -> Outcome:
    if problem is not None or is_out_of_bounds(case, typed):
        return Outcome.ASKED if Answer.ASK in case.allowed else Outcome.NEEDLESS
    if typed is None:
        return Outcome.BLANK if Answer.BLANK in case.allowed else Outcome.WRONG
    if Answer.VALUE not in case.allowed or not is_truth(case, typed):
        return Outcome.WRONG
    is_clean = case.kind in {kind.code for kind in kinds() if kind.is_clean}
    return Outcome.MENDED if is_clean and repair is not None else Outcome.RIGHT


def is_out_of_bounds(case: Case, typed: Any) -> bool:
    """A value that the column rule value_out_of_range reports and quarantines: asked, though it was read."""
    if case.column_type not in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY) or typed is None:
        return False
    return (case.minimum is not None and typed < case.minimum) or (case.maximum is not None and typed > case.maximum)


def is_truth(case: Case, typed: Any) -> bool:
    """Equal to what was meant; blanks in free text, and case where the font hides it, do not count."""
    if isinstance(case.truth, str) and case.column_type is ColumnType.TEXT:
        meant, read = " ".join(case.truth.split()), " ".join(str(typed).split())
        return read == meant if case.is_case_known else read.casefold() == meant.casefold()
    if isinstance(case.truth, Decimal | int) and not isinstance(case.truth, bool):
        return Decimal(typed) == Decimal(case.truth)
    return bool(typed == case.truth)


def by_kind(results: Sequence[Result]) -> dict[Kind, list[Result]]:
    """Results of every kind, in the order of the corpus."""
    grouped: dict[str, list[Result]] = {kind.code: [] for kind in kinds()}
    for result in results:
        grouped[result.case.kind].append(result)
    return {kind: grouped[kind.code] for kind in kinds()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; with --check only say whether it is current; with --wrong list what is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.value_repairs")
    parser.add_argument("--check", action="store_true", help="fail if docs/value_repairs.md is not current")
    parser.add_argument("--wrong", action="store_true", help="list wrong, mended and needlessly asked cases")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        results = measure(Path(folder))
    counts = Counter(result.outcome for result in results)
    if options.wrong:
        for result in results:
            if result.outcome in (Outcome.WRONG, Outcome.MENDED, Outcome.NEEDLESS):
                case = result.case
                print(
                    result.outcome, case.kind, repr(case.cell), case.font or "", case.reporting_unit_id,
                    case.field.column, case.unit or "", "meant", repr(case.truth), "read", repr(result.typed),
                    result.problem or "", result.text if result.text == LOST else "", sep=" | ",
                )  # fmt: skip
    print(", ".join(f"{outcome} {counts[outcome]}" for outcome in Outcome), file=sys.stderr)
    page = render(by_kind(results))
    if options.check:
        return int(PAGE.read_text(encoding="utf-8") != page)
    PAGE.write_text(page, encoding="utf-8")
    return int(bool(counts[Outcome.WRONG] or counts[Outcome.MENDED]))


if __name__ == "__main__":
    sys.exit(main())
