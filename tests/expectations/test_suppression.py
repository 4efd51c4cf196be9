"""Consequences are left out beside their cause, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from expectations.catalogue import InvalidCatalogue, Severity, load_catalogue
from expectations.suppression import without_consequences
from expectations.verdict import Finding, finding

RuleBook = Callable[..., None]
SHEET = "05. Nguồn lực"


def found(rule_id: str, cell: str | None = None, row_id: str | None = None, **fields: Any) -> Finding:
    return finding(rule_id, **{"form": "funding_sources", "sheet": SHEET, "cell": cell, "row_id": row_id, **fields})


@pytest.fixture
def causes(rule_book: RuleBook) -> None:
    """`after` and `heavy_after` are consequences of `cause`, and `last` of `after`."""
    rule_book("cause", "select 1")
    rule_book("after", "select 1", consequence_of="cause|row_repeated")
    rule_book("heavy_after", "select 1", severity="error", consequence_of="cause|column_missing|row_repeated")
    rule_book("last", "select 1", consequence_of="after")


@pytest.mark.usefixtures("causes")
@pytest.mark.parametrize(
    ("cause", "consequence"),
    [
        (("C10", f"{SHEET}!10"), ("M10", f"{SHEET}!10")),
        (("C10", None), ("C10", f"{SHEET}!10:29467")),
        (("C10", None), ("M10", f"{SHEET}!10:29467")),
        ((None, f"{SHEET}!10"), ("M10", None)),
        ((None, None), ("M12", f"{SHEET}!12")),
    ],
)
def test_a_consequence_on_the_row_cell_or_sheet_of_its_cause_is_left_out(cause: Any, consequence: Any) -> None:
    heavier = found("cause", *cause)
    assert without_consequences([found("after", *consequence), heavier]) == [heavier]


@pytest.mark.usefixtures("causes")
@pytest.mark.parametrize(
    ("cause", "consequence", "sheet"),
    [
        (("C10", f"{SHEET}!10"), ("M11", f"{SHEET}!11"), SHEET),
        (("C10", f"{SHEET}!10:29467"), ("M10", f"{SHEET}!10:29470"), SHEET),
        (("C10", None), ("M110", None), SHEET),
        ((None, None), ("M12", f"{SHEET}!12"), "another sheet"),
    ],
)
def test_a_consequence_elsewhere_stays(cause: Any, consequence: Any, sheet: str) -> None:
    both = [found("cause", *cause), found("after", *consequence, sheet=sheet)]
    assert without_consequences(both) == both


@pytest.mark.usefixtures("causes")
def test_a_lighter_cause_explains_nothing(office: Any) -> None:
    both = [found("cause", "C10"), found("heavy_after", "C10")]
    assert without_consequences(both) == both
    waived_cause = replace(found("row_repeated", "C10"), severity=Severity.INFO, waiver_id="w")
    both = [waived_cause, found("after", "C10")]
    assert without_consequences(both) == both


@pytest.mark.usefixtures("causes")
def test_a_consequence_of_what_is_left_out_is_left_out_too() -> None:
    cause = found("cause", "C10")
    assert without_consequences([found("last", "C10"), found("after", "C10"), cause]) == [cause]


@pytest.mark.usefixtures("causes")
def test_a_row_that_was_to_be_quarantined_still_is() -> None:
    of_sheet, of_row = found("column_missing"), found("heavy_after", "C10", f"{SHEET}!10")
    assert without_consequences([of_sheet, of_row]) == [of_sheet, of_row]
    on_row = found("row_repeated", "A10", f"{SHEET}!10")
    assert without_consequences([of_row, on_row]) == [on_row]


def test_a_cause_that_is_no_rule_or_leads_back_to_itself_is_refused(rule_book: RuleBook) -> None:
    rule_book("first", "select 1", consequence_of="nobody")
    with pytest.raises(InvalidCatalogue, match="nobody"):
        load_catalogue()
    rule_book("first", consequence_of="second")
    rule_book("second", "select 1", consequence_of="third")
    rule_book("third", "select 1", consequence_of="first")
    with pytest.raises(InvalidCatalogue, match="consequence of itself"):
        load_catalogue()


def test_a_sum_without_rows_is_not_also_told_that_it_was_typed() -> None:
    cause, typed = (
        found("total_without_rows", "A12"),
        [found("total_typed_over", "M12"), found("total_typed_over", "M30")],
    )
    assert without_consequences([cause, *typed]) == [cause, typed[1]]


def test_a_share_of_one_is_asked_about_once() -> None:
    about = {"form": "criteria_results", "sheet": "s", "row_id": "s!12:2.2"}
    cause = found("rate_may_be_a_fraction", "I12", **about)
    others = ("rate_differs_from_parts", "figure_slips_against_before", "verdict_differs_from_threshold")
    assert without_consequences([cause, *(found(name, "I12", **about) for name in others)]) == [cause]
