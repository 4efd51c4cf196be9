"""A problem: something in a workbook that its sender must mend. A value, not an exception.

Ingest names the rule; the catalogue (expectations/rules.csv) holds its severity and its words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`value` is what was found and `expected` what should stand there, both as shown to the sender."""

    rule_id: str
    form: str | None = None
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    expected: str | None = None
