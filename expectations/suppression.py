"""Consequences: a finding that only repeats what a heavier one at its place already says is left out.

Belongs here: what "its place" is. Which rule is a consequence of which stands in rules.csv (consequence_of).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from expectations.catalogue import Severity, rule
from expectations.verdict import Finding

_WEIGHT = {severity: weight for weight, severity in enumerate(reversed(Severity))}
_ROW_OF_CELL, _ROW_OF_ID = re.compile(r"\d+$"), re.compile(r"!(\d+)")


def without_consequences(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one submission that are not explained by a cause which weighs at least as much.

    A cause explains findings on its row or cell; one that names neither explains its sheet, or its form where it names
    no sheet. A row stays quarantined: its last error is never left out.
    """
    findings = list(findings)
    explained = [found for found in findings if _is_explained(found, findings)]
    kept = [found for found in findings if found not in set(explained)]
    quarantined = {(found.form, found.row_id) for found in kept if found.severity is Severity.ERROR}
    for found in explained:
        if found.severity is Severity.ERROR and found.row_id and (found.form, found.row_id) not in quarantined:
            kept.append(found)
            quarantined.add((found.form, found.row_id))
    return kept


def _is_explained(found: Finding, findings: Iterable[Finding]) -> bool:
    causes = rule(found.rule_id).consequence_of
    return bool(causes) and any(
        cause.rule_id in causes and _WEIGHT[cause.severity] >= _WEIGHT[found.severity] and _explains(cause, found)
        for cause in findings
    )


def _explains(cause: Finding, found: Finding) -> bool:
    """Whether a cause stands where the finding does."""
    if cause.sheet is None:
        return cause.form is None or cause.form == found.form
    if cause.sheet != found.sheet:
        return False
    if cause.row_id is None and cause.cell is None:
        return True
    if cause.cell is not None and cause.cell == found.cell:
        return True
    if cause.row_id is not None and found.row_id is not None:
        return cause.row_id == found.row_id
    row = _row_of(cause)
    return row is not None and row == _row_of(found)


def _row_of(found: Finding) -> int | None:
    """The sheet row a finding stands on."""
    match = _ROW_OF_CELL.search(found.cell or "") or _ROW_OF_ID.search(found.row_id or "")
    return int(match.group().lstrip("!")) if match else None
