"""The tables of one identified workbook: every form its unit owes or sent, with its state and what is wrong with it.

Belongs here: which forms are owed, which sheet carries which, nil declarations. Does not belong here: cells (parse.py)
and files or ledger (reading.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.codes import CodeBook
from ingest.identity import COVER, Identity
from ingest.locate import unrecognised_sheets
from ingest.parse import Row, parse_sheet
from ingest.problem import Problem
from ingest.reader import Workbook
from ingest.spec import FormSpec, SheetSpec, load_specs

PRESENT, NIL, MISSING = "present", "nil", "missing"


@dataclass(frozen=True)
class FormPart:
    """One form of a workbook. `state` is present, nil (declared to be empty) or missing; only `present` has rows."""

    spec: FormSpec
    state: str
    rows: list[Row]


@dataclass(frozen=True)
class Tables:
    """All forms of a workbook, in workbook order, and the problems of its tables."""

    parts: list[FormPart]
    problems: list[Problem]


def is_owed(spec: FormSpec, unit: Mapping[str, Any], period: Mapping[str, Any]) -> bool:
    """Whether a kind of reporting unit owes a form in a type of period."""
    return (
        period["period_type"] in spec.due_in and unit["unit_kind"] in spec.sent_by and bool(expected_sheets(spec, unit))
    )


def expected_sheets(spec: FormSpec, unit: Mapping[str, Any]) -> tuple[SheetSpec, ...]:
    """Sheets of a form that a type of unit receives. The first is owed; others are sent where their set applies."""
    return tuple(sheet for sheet in spec.sheets if not sheet.unit_types or unit["unit_type"] in sheet.unit_types)


def read_tables(workbook: Workbook, identity: Identity) -> Tables:
    """Every form of an identified workbook. Raises ValueError for one that is not identified."""
    if identity.unit is None or identity.period is None:
        raise ValueError("only an identified workbook has tables")
    codes = CodeBook(identity.unit, identity.period)
    parts: list[FormPart] = []
    problems: list[Problem] = []
    for spec in load_specs().values():
        part = _read_form(spec, identity, codes, problems)
        if part is not None:
            parts.append(part)
    problems += [
        Problem("sheet_not_recognised", sheet=sheet.name)
        for sheet in unrecognised_sheets(workbook, dict(identity.sheets))
    ]
    return Tables(parts, problems)


def _read_form(spec: FormSpec, identity: Identity, codes: CodeBook, problems: list[Problem]) -> FormPart | None:
    assert identity.unit is not None
    assert identity.period is not None
    if spec.form == COVER:
        problems += identity.cover.problems
        return FormPart(spec, PRESENT, identity.cover.rows)
    expected = expected_sheets(spec, identity.unit)
    sent = [sheet for sheet in spec.sheets if sheet.name in identity.sheets]
    owed = is_owed(spec, identity.unit, identity.period)
    declared_nil = spec.nil_allowed and identity.said(f"nil_{spec.form}") is True
    if not owed and not sent:
        return None
    rows: list[Row] = []
    found: list[Problem] = []
    for sheet in sent:
        # Only the first sheet is owed: the set of a higher title judges some communes, or none.
        is_optional = sheet in spec.sheets[1:] and not sheet.unit_types
        parsed = parse_sheet(spec, sheet, identity.sheets[sheet.name], codes, is_optional=is_optional)
        rows += parsed.rows
        found += parsed.problems
    has_data = any(row["row_kind"] == "data" for row in rows)
    if declared_nil and not has_data:
        return FormPart(spec, NIL, [])
    problems += found
    if declared_nil:
        cover = identity.cover.rows[0]
        column = f"nil_{spec.form}"
        problems.append(
            Problem("nil_contradicted", spec.form, cover["sheet"], cover[f"{column}__cell"], cover[f"{column}__text"])
        )
    if owed and expected and expected[0].name not in identity.sheets:
        problems.append(Problem("form_missing", spec.form, expected[0].name, expected=expected[0].anchor))
    return FormPart(spec, PRESENT if sent else MISSING, rows)
