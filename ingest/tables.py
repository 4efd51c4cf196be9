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
from ingest.layout_sheets import carriers_of, derived_note, unrecognised_sheets
from ingest.parse import Context, Row, parse_sheet
from ingest.printed import printed_on
from ingest.problem import Problem
from ingest.reader import Sheet, Workbook
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
    """Every form of one identified report; `workbook` holds the sheets that are its own.

    Raises ValueError for a report that is not identified.
    """
    if identity.unit is None or identity.period is None:
        raise ValueError("only an identified workbook has tables")
    codes = CodeBook(identity.unit, identity.period)
    parts: list[FormPart] = []
    problems: list[Problem] = list(workbook.notices)
    for spec in load_specs().values():
        part = _read_form(spec, identity, workbook.kind, codes, problems)
        if part is not None:
            parts.append(part)
    for sheet in unrecognised_sheets(workbook, identity.sheets):
        note = derived_note(sheet)
        problems.append(
            Problem("sheet_not_recognised", sheet=sheet.name)
            if note is None
            else Problem("sheet_is_derived", sheet=sheet.name, expected=note)
        )
    return Tables(parts, problems)


def _read_form(
    spec: FormSpec, identity: Identity, kind: str, codes: CodeBook, problems: list[Problem]
) -> FormPart | None:
    assert identity.unit is not None
    assert identity.period is not None
    if spec.form == COVER:
        problems += identity.cover.problems
        return FormPart(spec, PRESENT if identity.cover.rows else MISSING, identity.cover.rows)
    expected = expected_sheets(spec, identity.unit)
    sent = [sheet for sheet in spec.sheets if sheet.name in identity.sheets]
    owed = is_owed(spec, identity.unit, identity.period)
    declared_nil = spec.nil_allowed and identity.said(f"nil_{spec.form}") is True
    if not owed and not sent:
        return None
    rows: list[Row] = []
    found: list[Problem] = []
    is_read = False
    for part in sent:
        # Only the first sheet is owed: the set of a higher title judges some communes, or none.
        is_optional = part in spec.sheets[1:] and not part.unit_types
        carriers = carriers_of(
            part.name,
            identity.sheets,
            spec.form,
            identity.period["year"],
            lambda sheet: _prints_period(sheet, identity),
        )
        found += carriers.problems
        for sheet in carriers.sheets:
            is_read = True
            parsed = parse_sheet(
                spec,
                part,
                sheet,
                codes,
                is_optional=is_optional,
                context=Context(identity.unit, identity.period),
                is_template=_is_template(identity, kind),
            )
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
    return FormPart(spec, PRESENT if is_read else MISSING, rows)


def _prints_period(sheet: Sheet, identity: Identity) -> bool:
    """Whether a sheet says of which period it is; one that names another is not among the sheets of the report."""
    assert identity.unit is not None
    return bool(printed_on(sheet, identity.unit["province_code"]).periods)


def _is_template(identity: Identity, kind: str) -> bool:
    """Whether the cover says that the workbook is our template, in a format whose formulas the reader sees."""
    return kind in ("xlsx", "xlsm") and identity.template_version == load_specs()[COVER].version
