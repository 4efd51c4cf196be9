"""One batch before the rules: new readings of a period, judged form by form and rule by rule, become findings.

Belongs here: turning failed expectations into findings with their cell, text and words.
Does not belong here: which readings are new, and the ledger (judge.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from expectations import evidence, suites
from expectations.catalogue import query_rules, rule
from expectations.landed import DATA, Batch, of_kind
from expectations.readings import as_shown, with_readings
from expectations.validation import Failure, Validation, new_context, validate
from expectations.verdict import Finding, finding
from ingest.spec import FormSpec, load_specs

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from great_expectations.data_context import AbstractDataContext

CONFIRMED = re.compile(r"confirmed( \([^;]*\))?")

Found = tuple[str, Finding]  # submission_id and what was found in it


@dataclass(frozen=True)
class Judged:
    """What one validation found, by submission."""

    found: list[Found]
    validation: Validation | None


@dataclass(frozen=True)
class JudgedBatch:
    """Findings by submission (every submission of the batch has an entry), and what Great Expectations said."""

    period_id: str
    findings: dict[str, list[Finding]]
    validations: tuple[Validation, ...]


def judge_batch(batch: Batch) -> JudgedBatch:
    """One validation per form, and one of all query rules, over all submissions of the batch together.

    Raises ExpectationCrashed and InvalidEvidence: our failures, never findings.
    """
    context = new_context()
    judged = [
        judge_form(context, spec, rows, batch.period_id)
        for form, spec in load_specs().items()
        if len(rows := of_kind(batch.tables[form], DATA))
    ]
    with evidence.open_views(batch) as views:
        rule_ids = [one.rule_id for one in query_rules(batch.period_id)]
        judged.append(judge_queries(context, rule_ids, views, batch.period_id))
    findings: dict[str, list[Finding]] = {reading["submission_id"]: [] for reading in batch.readings}
    for submission_id, found in (pair for one in judged for pair in one.found):
        findings[submission_id].append(found)
    return JudgedBatch(batch.period_id, findings, tuple(one.validation for one in judged if one.validation))


def judge_form(
    context: AbstractDataContext, spec: FormSpec, rows: pa.Table, period_id: str | None, only: str | None = None
) -> Judged:
    """The column rules of a form, or only one of them, put to its landed data rows.

    Rules have the severity of the period; without one they have their full severity, even before they are in force.
    """
    suite, frame = suites.build_suite(spec, period_id, only), suites.frame_of(spec, rows)
    if not suite.expectations:
        return Judged([], None)
    validation = validate(context, spec.form, frame, suite, row_no=suites.LANDED_NO)
    found = _column_findings(spec, rows, _by_problem(rows, validation.failures, period_id), period_id)
    return Judged([one for one in found if only in (None, one[1].rule_id)], validation)


def judge_queries(
    context: AbstractDataContext,
    rule_ids: Sequence[str],
    views: duckdb.DuckDBPyConnection,
    period_id: str | None = None,
) -> Judged:
    """Query rules, put to their evidence in one validation: each costs its SQL, and no validation of its own.

    Without evidence there is nothing to validate.
    """
    table = evidence.evidence_of(rule_ids, views)
    if not len(table):
        return Judged([], None)
    name = rule_ids[0] if len(rule_ids) == 1 else evidence.QUERY_RULES
    frame, suite = evidence.frame_of(table), evidence.build_suite(name, table)
    validation = validate(context, name, frame, suite, evidence.EVIDENCE_NO, evidence.SHOWN, rule_column=evidence.RULE)
    return Judged(_evidence_findings(table, validation.failures, period_id), validation)


def _by_problem(rows: pa.Table, failures: Iterable[Failure], period_id: str | None) -> list[Failure]:
    """Failures by the rule that is broken: a cell that could not be read breaks the rule that its problem names."""
    named = []
    for failure in failures:
        if failure.rule_id == suites.PROBLEM:
            problem = _fields(rows, failure.row_no, f"{failure.column}__problem")[f"{failure.column}__problem"]
            failure = replace(failure, rule_id=suites.PROBLEM_RULES[problem])
        if rule(failure.rule_id).holds_in(period_id):
            named.append(failure)
    return named


def _column_findings(spec: FormSpec, rows: pa.Table, failures: Sequence[Failure], period_id: str | None) -> list[Found]:
    repeated = [failure for failure in failures if failure.rule_id == "row_repeated"]
    others = [failure for failure in failures if failure.rule_id != "row_repeated"]
    told = [_column_finding(spec, rows, failure, period_id) for failure in others]
    return [*told, *_repeated_rows(spec, rows, repeated, period_id)]


def _column_finding(spec: FormSpec, rows: pa.Table, failure: Failure, period_id: str | None) -> Found:
    place = _fields(rows, failure.row_no, "submission_id", "sheet", "row_id")
    column = spec.column(failure.column)
    cell, text = _fields(rows, failure.row_no, f"{column.name}__cell", f"{column.name}__text").values()
    submission_id = place.pop("submission_id")
    if failure.rule_id == "value_required" and cell is None:
        # The sheet has no such column. Ingest said so once; here it says so of each row that cannot be used.
        missing = finding(
            "column_missing",
            period_id=period_id,
            form=spec.form,
            **place,
            column_name=column.name,
            value=None,
            expected=column.header,
        )
        return submission_id, missing
    column = suites.as_printed(spec, column, _fields(rows, failure.row_no, "form_version")["form_version"])
    expected, expected_en = suites.expected_of(failure.rule_id, spec, column)
    if failure.rule_id in suites.PROBLEM_RULES.values() and text is not None:
        about = _fields(rows, failure.row_no, *suites.READ_WITH, *suites.unit_columns(spec))
        expected, expected_en = with_readings(failure.rule_id, (expected, expected_en), column, text, about)
    return submission_id, finding(
        failure.rule_id,
        period_id=period_id,
        form=spec.form,
        **place,
        cell=cell,
        column_name=column.name,
        value=as_shown(text),
        expected=expected,
        expected_en=expected_en,
    )


def _repeated_rows(
    spec: FormSpec, rows: pa.Table, failures: Sequence[Failure], period_id: str | None
) -> Iterator[Found]:
    """A finding per row of a repeated key: on the key cell of its sheet row, or on the header if that is repeated."""
    names = [name for name in spec.key if name != "criteria_set_code"]
    groups: dict[tuple[Any, ...], list[int]] = {}
    for failure in failures:
        values = _fields(rows, failure.row_no, "submission_id", *spec.key)
        groups.setdefault(tuple(values.values()), []).append(failure.row_no)
    for members in groups.values():
        is_one_sheet_row = len({tuple(_fields(rows, no, "sheet", "row_number").values()) for no in members}) == 1
        for no in members:
            place = _fields(rows, no, "submission_id", "sheet", "row_id")
            axis = spec.axis
            column = axis if axis is not None and is_one_sheet_row else suites.first_key(spec)
            texts = _fields(rows, no, *(f"{name}__text" for name in names)).values()
            expected, expected_en = suites.expected_of("row_repeated", spec, column)
            yield (
                place.pop("submission_id"),
                finding(
                    "row_repeated",
                    period_id=period_id,
                    form=spec.form,
                    **place,
                    cell=_fields(rows, no, f"{column.name}__cell")[f"{column.name}__cell"],
                    column_name=column.name,
                    value=" + ".join(text for text in texts if text),
                    expected=expected,
                    expected_en=expected_en,
                ),
            )


def _evidence_findings(table: pa.Table, failures: Iterable[Failure], period_id: str | None) -> list[Found]:
    found = []
    for failure in failures:
        row = _fields(table, failure.row_no, *evidence.COLUMNS, *evidence.OPTIONAL_COLUMNS)
        confidence, is_doubtful = row.pop("threshold_confidence"), row.pop("is_sure") is False
        submission_id, _ = row.pop("submission_id"), row.pop("is_ok")
        row["value"] = as_shown(row["value"])
        unconfirmed = confidence is not None and CONFIRMED.fullmatch(confidence) is None
        found.append(
            (
                submission_id,
                finding(failure.rule_id, **row, unconfirmed=unconfirmed, is_doubtful=is_doubtful, period_id=period_id),
            )
        )
    return found


def _fields(table: pa.Table, row_no: int, *names: str) -> dict[str, Any]:
    return {name: table[name][row_no].as_py() for name in names}
