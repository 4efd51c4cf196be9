"""Equal findings read as one line, with their cells as ranges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.grouping import ranges_of
from expectations.verdict import finding, grouped


def found(cell: str | None, **fields: Any) -> Any:
    about = {"form": "funding_sources", "sheet": "s", "column_name": "plan_year", "expected": "một số nguyên"}
    return finding("value_unreadable", **{**about, "cell": cell, "value": "?", **fields})


def test_findings_that_differ_in_cell_and_value_are_one_group() -> None:
    cells = ("C5", "C6", "C7", "C12")
    (group,) = grouped(found(cell, value=f"năm {cell}") for cell in cells)
    assert (group.cells, group.count, group.first_cell) == ("C5:C7, C12", 4, "C5")
    assert group.values == tuple(f"năm {cell}" for cell in cells)
    assert group.message_vi == group.findings[0].message_vi


def test_what_is_waived_justified_or_of_another_column_or_sheet_stands_apart() -> None:
    first = found("C5")
    others = [
        replace(first, cell="C6", waiver_id="w"),
        replace(first, cell="C7", justification="vì"),
        found("D8", column_name="borrower_count"),
        found("C9", sheet="t"),
        found("C10", expected="khác"),
    ]
    assert [group.cells for group in grouped([first, *others])] == ["C5", "C6", "C7", "D8", "C9", "C10"]


def test_a_cell_that_spoils_several_rows_counts_once_and_many_values_are_not_listed() -> None:
    heading = [found("F4", row_id=f"s!{number}") for number in range(5, 9)]
    (group,) = grouped(heading)
    assert (group.cells, group.count) == ("F4", 1)
    (group,) = grouped(found(f"C{number}", value=str(number)) for number in range(5, 25))
    assert (group.cells, group.count, group.values) == ("C5:C24", 20, ())


def test_findings_without_a_cell_are_counted() -> None:
    (group,) = grouped([found(None, row_id="s!5"), found(None, row_id="s!6")])
    assert (group.cells, group.count) == ("", 1)


def test_blocks_of_columns_read_as_one_range() -> None:
    assert ranges_of(["D5", "E5", "D6", "E6", "Z1", "AA1", "C9"]) == "C9, D5:E6, Z1:AA1"
    assert ranges_of([]) == ""


@settings(deadline=None)  # the first example imports openpyxl
@given(st.sets(st.tuples(st.integers(1, 60), st.integers(1, 12)), max_size=40))
def test_ranges_name_every_cell_once(places: set[tuple[int, int]]) -> None:
    from openpyxl.utils import get_column_letter, range_boundaries

    text = ranges_of(f"{get_column_letter(column)}{row}" for column, row in sorted(places))
    named: list[tuple[int, int]] = []
    for block in filter(None, text.split(", ")):
        left, top, right, bottom = range_boundaries(block)
        named += [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
    assert sorted(named) == sorted(places)


def test_information_of_a_sheet_is_one_group_per_rule() -> None:
    def read(cell: str, **fields: Any) -> Any:
        about = {"form": "funding_sources", "sheet": "s", "column_name": "plan_year", "expected": "5", **fields}
        return finding("value_repaired", cell=cell, value="?", **about)

    others = [read("D6", column_name="planned_vnd"), read("C7", expected="7")]
    first, other_sheet = grouped([read("C5"), *others, read("C5", sheet="t")])
    assert (first.cells, first.count, first.column_name, first.expected) == ("C5, C7, D6", 3, None, None)
    assert (other_sheet.sheet, other_sheet.column_name, other_sheet.expected) == ("t", "plan_year", "5")
