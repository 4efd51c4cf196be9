"""Justifications: what the sender says to a finding, in the sheet "Cần sửa" or in the row's own explanation.

Belongs here: which words belong to which finding. Does not belong here: reading that sheet (ingest.fix_list), letting a
rule go (waivers.py): a justified warning stays a warning, and its words travel with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from expectations.catalogue import Severity
from expectations.landed import DATA, Batch, of_kind
from expectations.verdict import Finding
from ingest.spec import load_specs

if TYPE_CHECKING:
    import pyarrow as pa

EXPLANATION = "explanation"
_ROW_OF_CELL = re.compile(r"\d+$")

Place = tuple[str, str | None, str | None]  # rule_id, sheet, cell
Sent = Mapping[Place, str]


class Explanations:
    """What rows say in their own column `explanation`, of every submission of a batch."""

    def __init__(self, batch: Batch) -> None:
        self._by_row: dict[tuple[str, str, str], str] = {}
        self._by_sheet_row: dict[tuple[str, str, str, int], set[str]] = {}
        for form, spec in load_specs().items():
            if any(column.name == EXPLANATION for column in spec.columns) and len(batch.tables[form]):
                self._add(form, of_kind(batch.tables[form], DATA))

    def of(self, submission_id: str, found: Finding) -> str | None:
        """The explanation on the finding's row; of a sheet row that holds several rows, what all of them agree on."""
        if found.form is None:
            return None
        if found.row_id is not None:
            return self._by_row.get((submission_id, found.form, found.row_id))
        row = _ROW_OF_CELL.search(found.cell or "")
        if row is None or found.sheet is None:
            return None
        said = self._by_sheet_row.get((submission_id, found.form, found.sheet, int(row.group())), set())
        return next(iter(said)) if len(said) == 1 else None

    def _add(self, form: str, rows: pa.Table) -> None:
        names = ["submission_id", "sheet", "row_id", "row_number", f"{EXPLANATION}__text"]
        for row in rows.select(names).to_pylist():
            if (text := (row[f"{EXPLANATION}__text"] or "").strip()) and any(letter.isalnum() for letter in text):
                self._by_row[row["submission_id"], form, row["row_id"]] = text
                place = (row["submission_id"], form, row["sheet"], row["row_number"])
                self._by_sheet_row.setdefault(place, set()).add(text)


def sent_justifications(rows: Iterable[Mapping[str, Any]]) -> dict[Place, str]:
    """Ledger rows of one reading's justifications, by the finding they speak to."""
    return {(row["rule_id"], row["sheet"], row["cell"]): row["justification"] for row in rows if row["justification"]}


def justified(
    submission_id: str, findings: Iterable[Finding], sent: Sent, explanations: Explanations | None = None
) -> list[Finding]:
    """The findings, each with what the sender says to it: in the answered workbook, else, for warnings, on its row."""
    told = []
    for found in findings:
        text = sent.get((found.rule_id, found.sheet, found.cell))
        if text is None and explanations is not None and found.severity is Severity.WARNING:
            text = explanations.of(submission_id, found)
        told.append(replace(found, justification=text) if text else found)
    return told
