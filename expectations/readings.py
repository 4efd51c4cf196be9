"""What a cell that could not be read may mean, in the words of its finding.

Belongs here: asking ingest for the readings of a text and putting them to the sender. Does not belong here: choosing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest import reference
from ingest.spec import Column, ColumnType, Position

if TYPE_CHECKING:
    from ingest.codes import CodeBook

AMBIGUOUS_RULE = "value_ambiguous"
MONEY_UNIT = "triệu đồng"


def with_readings(
    rule_id: str, expected: tuple[str, str], column: Column, text: str, about: Mapping[str, Any]
) -> tuple[str, str]:
    """What is expected in the cell, in Vietnamese and in English: for an ambiguous text its readings and nothing else,
    otherwise what belongs there, followed by what comes near the text.

    about: suites.READ_WITH and suites.unit_columns of the row.
    """
    possible = _readings(column, text, about)
    if not possible:
        return expected
    vietnamese, english = " hoặc ".join(possible), " or ".join(possible)
    if rule_id == AMBIGUOUS_RULE:
        return vietnamese, english
    return f"{expected[0]} (gợi ý: {vietnamese})", f"{expected[1]} (perhaps: {english})"


def as_shown(text: str | None) -> str | None:
    """A text of the file as a person can read it; what was typed in a legacy font is decoded."""
    from ingest.legacy_fonts import decode_text

    return None if text is None else decode_text(text, None) or text


def _readings(column: Column, text: str, about: Mapping[str, Any]) -> tuple[str, ...]:
    from ingest.values import readings

    codes = None
    book = _book(about["reporting_unit_id"], about["reporting_period_id"])
    if book is not None and column.code_list is not None:
        codes = book.get(column.code_list)
    elif book is not None and column.position is Position.AXIS:
        codes = book.criteria_of(about["criteria_set_code"])
    if column.type is ColumnType.MONEY and column.unit is None:
        # Which unit the sheet states is not landed: the figures are shown as they may stand in it, unless the cell
        # has a unit of its own.
        bare = readings(text, replace(column, type=ColumnType.DECIMAL))
        return bare or readings(text, replace(column, unit=MONEY_UNIT))
    return readings(text, column, codes, about.get("measure_unit__text"))


@lru_cache(maxsize=64)
def _book(reporting_unit_id: str, period_id: str) -> CodeBook | None:
    from ingest.codes import CodeBook

    unit, period = reference.reporting_unit(reporting_unit_id), reference.period(period_id)
    return CodeBook(unit, period) if unit is not None and period is not None else None
