"""The cover's word on unit and period: what its fields name, and the blocking rules where they name nothing clearly.

Belongs here: resolving the fields of one parsed cover. Does not belong here: finding covers and sorting sheets
(identity.py), the texts that name units and periods (unit_names.py, period_names.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest import reference
from ingest.period_names import Period, mention_of, mentions_in, periods_of_year
from ingest.problem import Problem
from ingest.unit_names import (
    Unit,
    code_and_name,
    is_of_province,
    shown_unit,
    units_by_code,
    units_by_name,
    units_in_text,
    units_named_elsewhere,
)

COVER = "cover"
CODE, NAME, PERIOD = "reporting_unit_code", "reporting_unit_name", "reporting_period_code"
EXAMPLES = "2023Q1, 2023M06, 2023M09, 2023Y"

Row = Mapping[str, Any]


def name_period(row: Row, problems: list[Problem]) -> Period | None:
    """The period that the cover names by code, label or a common spelling; else a problem that names what exists."""
    text: str | None = row[PERIOD]
    if text is None:
        problems.append(_problem("period_missing", row, PERIOD))
        return None
    whole = mention_of(text)
    mentions = [whole] if whole is not None else [one for one in mentions_in(text) if not one.is_year_only]
    named = {one.period["reporting_period_id"]: one.period for one in mentions if one.period is not None}
    if len(named) == 1 and all(one.period is not None for one in mentions):
        return next(iter(named.values()))
    years = {one.year for one in mentions}
    existing = [period for year in sorted(years) for period in periods_of_year(year)]
    listed = ", ".join(f"{period['reporting_period_id']} ({period['label_vi']})" for period in existing)
    problems.append(_problem("period_unknown", row, PERIOD, listed or EXAMPLES))
    return None


def name_unit(row: Row, problems: list[Problem], province_code: str, period: Period | None) -> Unit | None:
    """The unit that the cover names by code or by name, both where it gives both; else a problem."""
    code, name = row[CODE], row[NAME]
    if code is None and name is None:
        problems.append(_problem("unit_missing", row, CODE))
        return None
    if code is None:
        return _by_name(row, NAME, name, problems, province_code, period)
    both = code_and_name(code)
    candidates = units_by_code(both[0] if both else code)
    if candidates:
        unit = _by_code(row, candidates, problems, province_code, period)
    else:
        unit = _by_name(row, CODE, code, problems, province_code, period)
    if unit is None:
        return None
    for column, text in ((CODE, both[1] if both else None), (NAME, name)):
        named = _named(text, province_code) if text is not None else []
        if named and all(one["reporting_unit_id"] != unit["reporting_unit_id"] for one in named):
            problems.append(_problem("unit_contradictory", row, column, shown_unit(unit)))
            return None
    return unit


def _by_code(
    row: Row, candidates: Sequence[Unit], problems: list[Problem], province_code: str, period: Period | None
) -> Unit | None:
    inside = [unit for unit in candidates if is_of_province(unit, province_code)]
    reporting = _reporting(inside, period)
    if reporting:
        return reporting[0]
    if inside:
        problems.append(_problem("unit_not_reporting", row, CODE, _validity(inside[0])))
    else:
        problems.append(_problem("unit_outside_province", row, CODE, province_code))
    return None


def _by_name(
    row: Row, column: str, text: str, problems: list[Problem], province_code: str, period: Period | None
) -> Unit | None:
    """The unit that a name fits; among those that share it, only units that report in the period are asked about."""
    named = _named(text, province_code)
    reporting = _reporting(named, period)
    if len(reporting) == 1:
        return reporting[0]
    if reporting:
        listed = "; ".join(shown_unit(unit) for unit in reporting)
        problems.append(_problem("unit_ambiguous", row, column, listed))
    elif named:
        problems.append(_problem("unit_not_reporting", row, column, _validity(named[0])))
    elif units_named_elsewhere(text):
        problems.append(_problem("unit_outside_province", row, column, province_code))
    else:
        problems.append(_problem("unit_unknown", row, column))
    return None


def _named(text: str, province_code: str) -> list[Unit]:
    """Units a name can mean: as the whole text, else as one name with its type inside it ("VPĐP huyện Trà Cú")."""
    both = code_and_name(text)
    name = both[1] if both else text
    return units_by_name(name, province_code) or units_in_text(name, province_code)


def _reporting(units: Sequence[Unit], period: Period | None) -> list[Unit]:
    """The units that report in a period; all of them while it is not known."""
    return [unit for unit in units if period is None or reference.is_valid(dict(unit), period["data_to"])]


def _problem(rule_id: str, row: Row, column: str, expected: str | None = None) -> Problem:
    return Problem(rule_id, COVER, row["sheet"], row[f"{column}__cell"], row[f"{column}__text"], expected)


def _validity(unit: Unit) -> str:
    ends = f"{unit['valid_to']:%d/%m/%Y}" if unit["valid_to"] else "…"
    return f"{unit['valid_from']:%d/%m/%Y} - {ends}"
