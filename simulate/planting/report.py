"""A report about to be written: its rows, its cover, and what is done to its file; faults are planted into it.

Belongs here: the shape of a report and finding rows and cells in it. Does not belong here: valid reports (base.py), the
faults (by family: cover.py, criteria.py and so on), judging: nothing here knows a rule.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.spec import Position, load_specs
from ingest.template import AsTyped, CellKey, WrittenCells, write_workbook

Row = dict[str, Any]


@dataclass(frozen=True)
class Address:
    """A cell by sheet and address, or only a sheet; where a fault has no field of the template."""

    sheet: str | None
    cell: str | None = None


Spot = CellKey | Address


@dataclass
class Report:
    """One report of a unit for a period, valid until a fault is planted. `before` is the one it follows."""

    unit: str
    period: str
    received_at: datetime
    cover: dict[str, object]
    rows: dict[str, list[Row]]
    before: Report | None = None
    communes: list[str] | None = None
    omitted: set[str] = field(default_factory=set)  # sheets left out
    printed_totals: dict[CellKey, object] = field(default_factory=dict)
    folder: str = ""
    name: str = "bao cao.xlsx"

    def __post_init__(self) -> None:
        self.folder = self.folder or self.unit

    def copy(self) -> Report:
        """Another report of the same content; the one before is shared, for it is never changed."""
        before, self.before = self.before, None
        try:
            other = copy.deepcopy(self)
        finally:
            self.before = before
        other.before = before
        return other

    def find(self, form: str, **where: object) -> Row:
        """The first row of a form with these values. Raises StopIteration where there is none."""
        return next(row for row in self.rows[form] if all(row.get(name) == value for name, value in where.items()))

    def every(self, form: str, **where: object) -> list[Row]:
        """All rows of a form with these values."""
        return [row for row in self.rows[form] if all(row.get(name) == value for name, value in where.items())]

    def put(self, form: str, where: Mapping[str, object], **values: object) -> CellKey:
        """Change the first row that fits and say where its first changed field stands."""
        row = self.find(form, **where)
        row.update(values)
        return key_of(form, row, next(iter(values)))

    def write(self, inbox: Path) -> tuple[Path, WrittenCells]:
        """Write the workbook into its folder of an inbox, with its moment of receipt."""
        path = inbox / self.folder / self.name
        cells = write_workbook(
            path,
            reporting_unit_id=self.unit,
            reporting_period_id=self.period,
            filled=self.rows,
            cover=self.cover,
            omit_sheets=self.omitted,
            printed_totals=self.printed_totals,
            communes=self.communes,
        )
        self.stamp(path)
        return path, cells

    def stamp(self, path: Path) -> None:
        """The file's modification time is the moment of receipt."""
        moment = self.received_at.timestamp()
        os.utime(path, (moment, moment))


def key_of(form: str, row: Mapping[str, Any], column: str) -> CellKey:
    """The key of a written field: fields of a sheet row of a matrix stand under no axis value."""
    spec = load_specs()[form]
    values = dict(row)
    if spec.axis is not None and spec.column(column).position is Position.ROW:
        values[spec.axis.name] = None
    return form, tuple(_plain(values.get(name)) for name in spec.key), column


def cover_key(report: Report, column: str) -> CellKey:
    """A field of the cover, under the code that the cover bears."""
    return "cover", (report.cover.get("reporting_unit_code", report.unit),), column


def _plain(part: object) -> object:
    return part.value if isinstance(part, AsTyped) else part
