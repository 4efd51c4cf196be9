"""The tables of one identified workbook: every form its unit owes or sent, with its state and what is wrong with it.

Belongs here: which forms are owed, which sheet carries which, nil declarations. Does not belong here: cells (parse.py)
and files or ledger (reading.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.codes import CodeBook
from ingest.identity import COVER, Identity
from ingest.layout_sheets import carriers_of, derived_note, unrecognised_sheets
from ingest.parse import Context, Row, not_in_use, parse_sheet
from ingest.printed import printed_on
from ingest.problem import Problem
from ingest.reader import Sheet, Workbook
from ingest.spec import FormSpec, load_specs

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
    unit_type = identity.unit["unit_type"]
    expected = spec.sheets_for(unit_type, identity.period)
    in_use = spec.sheets_in(identity.period)
    sent = [sheet for sheet in in_use if sheet.name in identity.sheets]
    ended = {sheet.name for sheet in spec.sheets} - {sheet.name for sheet in in_use}
    ended &= set(identity.sheets)
    problems += [not_in_use(spec, identity.sheets[name], identity.period) for name in sorted(ended)]
    owed = spec.is_owed(identity.unit["unit_kind"], unit_type, identity.period)
    declared_nil = spec.nil_allowed and identity.said(f"nil_{spec.form}") is True
    if not owed and not sent:
        return None
    rows: list[Row] = []
    found: list[Problem] = []
    is_read = False
    for part in sent:
        # Only the first sheet is owed: the set of a higher title judges some communes, or none.
        is_optional = part in expected[1:]
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
