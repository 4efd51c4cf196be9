"""What the office already holds of a unit, as its next template shows it: locked beside the entry cells, or written
again to be gone over.

Belongs here: which rows of an earlier report a template carries on, and which earlier values it shows. Does not belong
here: which report counts (expectations know verdicts), cells and formats (template_sheet.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ingest import reference
from ingest.spec import Column, FormSpec, Register, Shows, load_specs

Row = Mapping[str, Any]


@dataclass(frozen=True)
class HeldRows:
    """Rows of one form from an accepted report, as spec column name -> typed value, and the period it was for."""

    period_id: str
    rows: tuple[Row, ...]

    @property
    def period(self) -> Row:
        period = reference.period(self.period_id)
        if period is None:
            raise reference.UnknownReference(f"no reporting period {self.period_id!r}", "See reporting_periods.csv")
        return period


@dataclass(frozen=True)
class Held:
    """Per form, the rows of the report before, and those of the report for the same period last year."""

    previous: Mapping[str, HeldRows] = field(default_factory=dict)
    last_year: Mapping[str, HeldRows] = field(default_factory=dict)

    def rows(self, form: str, which: Shows) -> HeldRows | None:
        return (self.previous if which is Shows.PREVIOUS else self.last_year).get(form)


class HeldOfForm:
    """What a template of a period shows and carries on of one form."""

    def __init__(self, spec: FormSpec, period: Row, held: Held | None) -> None:
        self._spec = spec
        self._period = period
        self._held = {which: held.rows(spec.form, which) for which in Shows} if held is not None else {}
        self._by_key: dict[Shows, dict[tuple[object, ...], Row]] = {}

    def shows(self, column: Column) -> tuple[Shows, ...]:
        """Which earlier values stand beside a column: those of a report that the office holds."""
        return tuple(which for which in column.shows if self._shows(column, which))

    def value(self, key: tuple[object, ...], column: Column, which: Shows) -> object:
        """The earlier value of a field, None where there was none."""
        if which not in self._by_key:
            held = self._held.get(which)
            self._by_key[which] = self._keyed(held.rows if held is not None else ())
        return self._by_key[which].get(key, {}).get(column.name)

    def label(self, which: Shows) -> str:
        """The period an earlier value is of, as officials read it."""
        held = self._held.get(which)
        return str(held.period["label_vi"]) if held is not None else ""

    def carried_rows(self) -> list[Row]:
        """Rows that the template writes again: of a register all that still stand, whole; of other forms without
        rows of their own the lines of the report before, with what is carried of them. Where figures count from the
        start of the year, lines end with it."""
        held, spec = self._held.get(Shows.PREVIOUS), self._spec
        if held is None or spec.rows != "free":
            return []
        if spec.register is None:
            names = {*spec.key, *(column.name for column in spec.columns if column.carried)}
            is_yearly = any(column.cumulative for column in spec.columns)
            if len(names) == len(spec.key) or (is_yearly and not self._is_same_year):
                return []
            return [{name: row.get(name) for name in names} for row in held.rows]
        if spec.register is Register.YEAR and not self._is_same_year:
            return []
        ends, begins = spec.leaves_after, self._period["data_from"]
        return [row for row in held.rows if ends is None or row.get(ends) is None or row[ends] > begins]

    def _keyed(self, rows: Iterable[Row]) -> dict[tuple[object, ...], Row]:
        """Rows by their key; in a matrix also by that of their sheet row, which has None for the axis value."""
        keyed: dict[tuple[object, ...], Row] = {}
        axis = self._spec.axis.name if self._spec.axis is not None else None
        for row in rows:
            keyed[tuple(row.get(name) for name in self._spec.key)] = row
            keyed.setdefault(tuple(None if name == axis else row.get(name) for name in self._spec.key), row)
        return keyed

    @property
    def _is_same_year(self) -> bool:
        held = self._held.get(Shows.PREVIOUS)
        return held is not None and held.period["year"] == self._period["year"]

    def _shows(self, column: Column, which: Shows) -> bool:
        held = self._held.get(which)
        if held is None or not any(row.get(column.name) is not None for row in held.rows):
            return False
        return which is not Shows.PREVIOUS or not column.cumulative or self._is_same_year


@cache
def shown_column(form: str, name: str, which: Shows) -> Column:
    """The locked column that shows earlier values of a column, under the same name."""
    column = load_specs()[form].column(name)
    return replace(column, header=column.shown_heading(which), aliases=(), prefilled=True, required=False, help="")
