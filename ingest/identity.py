"""Identity: which unit and which period a workbook reports on, as its cover says and the reference data allows.

Belongs here: reading the cover and resolving what it names, with the blocking rules of a cover. Does not belong here:
the tables (reading.py), and any guess from file names or folders.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from ingest import reference
from ingest.locate import assign_sheets, locate_labels
from ingest.parse import ParsedForm, parse_record
from ingest.problem import Problem
from ingest.reader import Sheet, Workbook
from ingest.settings import OFFICE_TIME_ZONE, Settings
from ingest.spec import load_specs
from ingest.wording import fold

COVER = "cover"
REPORTED_PERIOD_TYPES = ("quarter", "6_months", "9_months", "year")  # a stage has a calendar, and no report


@dataclass(frozen=True)
class Identity:
    """What a workbook is. Unit and period are rows of the reference data, and both set if `problems` is empty."""

    sheets: Mapping[str, Sheet]  # by name of the sheet spec
    unit: Mapping[str, Any] | None = None
    period: Mapping[str, Any] | None = None
    cover: ParsedForm = field(default_factory=ParsedForm)
    problems: tuple[Problem, ...] = ()

    @property
    def is_identified(self) -> bool:
        return not self.problems and self.unit is not None and self.period is not None

    @property
    def template_version(self) -> str | None:
        version: str | None = self.said("template_version")
        return version

    def said(self, column: str) -> Any:
        """The typed value of a field of the cover; None without a cover."""
        return self.cover.rows[0][column] if self.cover.rows else None


@dataclass(frozen=True)
class Refusal:
    """Why a code names no unit that may report."""

    rule_id: str
    expected: str | None = None


def identify(workbook: Workbook, settings: Settings, received_at: datetime) -> Identity:
    """Unit and period of a workbook received at a moment, or the blocking problems of its cover."""
    spec = load_specs()[COVER]
    sheets = assign_sheets(workbook)
    part = spec.sheets[0]
    sheet = sheets.get(part.name)
    if not sheets or (list(sheets) == [part.name] and not locate_labels(sheets[part.name], spec.columns)):
        names = ", ".join(sheet.name for sheet in workbook.sheets)
        return Identity(sheets, problems=(Problem("not_a_report", COVER, value=names, expected=part.name),))
    if sheet is None:
        missing = ("unit_missing", "reporting_unit_code"), ("period_missing", "reporting_period_code")
        return Identity(
            sheets,
            problems=tuple(
                Problem(rule_id, COVER, part.name, expected=spec.column(column).header) for rule_id, column in missing
            ),
        )
    cover = parse_record(spec, sheet)
    problems: list[Problem] = []
    period = _period(cover.rows[0], problems)
    unit = _unit(cover.rows[0], problems, settings, period)
    if period is not None:
        _check_open(cover.rows[0], problems, period, settings, received_at)
    return Identity(sheets, unit, period, cover, tuple(problems))


def identity_of(workbook: Workbook, reporting_unit_id: str, reporting_period_id: str) -> Identity:
    """The identity of a workbook that has been identified before, whatever the settings say by now."""
    spec = load_specs()[COVER]
    sheets = assign_sheets(workbook)
    unit, period = reference.reporting_unit(reporting_unit_id), reference.period(reporting_period_id)
    return Identity(sheets, unit, period, parse_record(spec, sheets[spec.sheets[0].name]))


def is_of_province(unit: Mapping[str, Any], province_code: str) -> bool:
    """Whether a reporting unit belongs to a province, or to one that it became part of and to that one only since."""
    since = provinces_of(province_code)
    if unit["province_code"] not in since:
        return False
    begins = since[unit["province_code"]]
    return begins is None or unit["valid_to"] is None or unit["valid_to"] > begins


@cache
def provinces_of(province_code: str) -> Mapping[str, date | None]:
    """The province's code (None: always its own) and those of the provinces it became part of, each since when."""
    by_id = {row["unit_id"]: row for row in reference.rows("administrative_units") if row["level"] == "province"}
    successors: dict[str, dict[str, date]] = {}
    for row in reference.rows("unit_succession"):
        before, after = by_id.get(row["predecessor_unit_id"]), by_id.get(row["successor_unit_id"])
        if before is not None and after is not None:
            successors.setdefault(before["unit_code"], {})[after["unit_code"]] = row["effective_date"]
    since: dict[str, date | None] = {province_code: None}
    waiting = [province_code]
    while waiting:
        for code, begins in successors.get(waiting.pop(), {}).items():
            if code not in since:
                since[code] = begins
                waiting.append(code)
    return since


def _unit(
    row: Mapping[str, Any], problems: list[Problem], settings: Settings, period: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    found = _find_unit(row["reporting_unit_code"], settings, period)
    if isinstance(found, Refusal):
        problems.append(_problem(found.rule_id, row, "reporting_unit_code", found.expected))
        return None
    return found


def _find_unit(text: str | None, settings: Settings, period: Mapping[str, Any] | None) -> Mapping[str, Any] | Refusal:
    if text is None:
        return Refusal("unit_missing")
    candidates = _units_by_code(text)
    if not candidates:
        return Refusal("unit_unknown")
    inside = [unit for unit in candidates if is_of_province(unit, settings.province_code)]
    if not inside:
        return Refusal("unit_outside_province", settings.province_code)
    reporting = [unit for unit in inside if period is None or reference.is_valid(dict(unit), period["data_to"])]
    return reporting[0] if reporting else Refusal("unit_not_reporting", _validity(inside[0]))


def _units_by_code(text: str) -> list[Mapping[str, Any]]:
    """Reporting units a code can mean; a spreadsheet that took it for a number dropped its leading zeros."""
    digits = re.sub(r"\s", "", text)
    codes = [digits]
    if digits.isdecimal():
        codes += [digits.zfill(width) for width in (3, 5) if len(digits) < width]
    units = [unit for code in codes if (unit := reference.reporting_unit(code)) is not None]
    exact = [unit for unit in units if unit["reporting_unit_id"] == digits]
    return list(exact or units)


def _period(row: Mapping[str, Any], problems: list[Problem]) -> Mapping[str, Any] | None:
    text = row["reporting_period_code"]
    if text is None:
        problems.append(_problem("period_missing", row, "reporting_period_code"))
        return None
    period = reference.period(re.sub(r"\s", "", text).upper()) or _periods_by_label().get(fold(text))
    if period is None or period["period_type"] not in REPORTED_PERIOD_TYPES:
        problems.append(_problem("period_unknown", row, "reporting_period_code", "2023Q1, 2023M06, 2023M09, 2023Y"))
        return None
    return period


@cache
def _periods_by_label() -> dict[str, Mapping[str, Any]]:
    return {fold(row["label_vi"]): row for row in reference.rows("reporting_periods")}


def _check_open(
    row: Mapping[str, Any],
    problems: list[Problem],
    period: Mapping[str, Any],
    settings: Settings,
    received_at: datetime,
) -> None:
    opens_on: date = period["opens_on"]
    received_on = received_at.astimezone(OFFICE_TIME_ZONE).date()
    if min(received_on, settings.now.astimezone(OFFICE_TIME_ZONE).date()) < opens_on:
        problems.append(_problem("period_not_open", row, "reporting_period_code", f"{opens_on:%d/%m/%Y}"))


def _problem(rule_id: str, row: Mapping[str, Any], column: str, expected: str | None = None) -> Problem:
    return Problem(rule_id, COVER, row["sheet"], row[f"{column}__cell"], row[f"{column}__text"], expected)


def _validity(unit: Mapping[str, Any]) -> str:
    ends = f"{unit['valid_to']:%d/%m/%Y}" if unit["valid_to"] else "…"
    return f"{unit['valid_from']:%d/%m/%Y} - {ends}"
