"""Neighbours: the same unit's rows of an earlier period that a report is compared with, form by form.

Belongs here: which earlier report counts, and its rows as evidence may see them. What it says can at most warn
(catalogue.py sees to that). Does not belong here: the comparisons (sql/), what else a verdict rests on (context.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.landed import DATA, load_rows, of_kind
from ingest import reference
from ingest.spec import landing_schema, load_specs

if TYPE_CHECKING:
    import pyarrow as pa

BEFORE_PERIOD, BEFORE_SUBMISSION = "before_period_id", "before_submission_id"
PRESENT, NIL = "present", "nil"

Row = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """An accepted report of a unit. `parts`: its forms by name, as ledger rows of reading_parts."""

    submission_id: str
    period_id: str
    order: tuple[Any, ...]  # the later report of a period counts
    parts: Mapping[str, Row]
    quarantined: Mapping[str, frozenset[str]]  # row_ids per form


@dataclass(frozen=True)
class Neighbour:
    """The rows of one form that a report is compared with: those of an earlier report that are not quarantined."""

    form: str
    period_id: str
    submission_id: str
    part: Row
    quarantined: frozenset[str]

    @property
    def digest(self) -> str:
        """Changes with the rows that count."""
        named = (self.form, self.period_id, self.submission_id, self.part["parse_id"], *sorted(self.quarantined))
        return hashlib.sha256("\0".join(named).encode()).hexdigest()


def neighbours_of(period_id: str, reports: Iterable[Report], forms: Collection[str]) -> tuple[Neighbour, ...]:
    """Per form, what a report for the period is compared with, given all accepted reports of its unit.

    It is the current report of the latest earlier period whose current report of the form has rows: the one sent last,
    where a nil return says that there is nothing, and a report without the form says nothing.
    """
    earlier: dict[str, list[Report]] = {}
    for report in reports:
        if chronology(report.period_id) < chronology(period_id):
            earlier.setdefault(report.period_id, []).append(report)
    found = []
    for form in sorted(forms):
        for other_id in sorted(earlier, key=chronology, reverse=True):
            if (current := _current(form, earlier[other_id])) is not None:
                quarantined = current.quarantined.get(form, frozenset())
                found.append(Neighbour(form, other_id, current.submission_id, current.parts[form], quarantined))
                break
    return tuple(found)


def rows_before(landing_dir: Path, neighbours: Mapping[str, Sequence[Neighbour]]) -> dict[str, pa.Table]:
    """Per form, the data rows of the neighbours of each judged submission (the keys), in schema_before."""
    import pyarrow as pa

    tables: dict[str, list[pa.Table]] = {}
    pairs: dict[str, list[tuple[str, Neighbour]]] = {}
    for submission_id, own in neighbours.items():
        for neighbour in own:
            pairs.setdefault(neighbour.form, []).append((submission_id, neighbour))
    for form, wanted in sorted(pairs.items()):
        parts = {neighbour.submission_id: neighbour.part for _, neighbour in wanted}
        landed = of_kind(load_rows(landing_dir, form, list(parts.values())), DATA)
        for submission_id, neighbour in sorted(wanted, key=lambda pair: pair[0]):
            tables.setdefault(form, []).append(_seen_from(submission_id, neighbour, landed))
    return {form: pa.concat_tables(own) for form, own in tables.items()}


@cache
def schema_before(form: str) -> pa.Schema:
    """The landing schema of a form, then whose rows they are and for when."""
    import pyarrow as pa

    schema = landing_schema(load_specs()[form])
    return pa.schema([*schema, (BEFORE_PERIOD, pa.string()), (BEFORE_SUBMISSION, pa.string())])


def chronology(period_id: str) -> tuple[Any, ...]:
    """Sorts periods as they close."""
    period = reference.period(period_id)
    return (period["data_to"], period["sort_order"], period_id) if period else (date.min, 0, period_id)


def _current(form: str, reports: Iterable[Report]) -> Report | None:
    """The report of a period whose rows of the form count; None where there is none, or it is nil."""
    carriers = [report for report in reports if report.parts.get(form, {}).get("state") in (PRESENT, NIL)]
    last = max(carriers, key=lambda report: report.order, default=None)
    return last if last is not None and last.parts[form]["state"] == PRESENT else None


def _seen_from(submission_id: str, neighbour: Neighbour, landed: pa.Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    own = landed.filter(pc.equal(landed["submission_id"], neighbour.submission_id))
    if neighbour.quarantined:
        own = own.filter(pc.invert(pc.is_in(own["row_id"], pa.array(sorted(neighbour.quarantined), pa.string()))))
    texts = {
        "submission_id": submission_id,
        BEFORE_PERIOD: neighbour.period_id,
        BEFORE_SUBMISSION: neighbour.submission_id,
    }
    schema = schema_before(neighbour.form)
    columns = [
        pa.array([texts[field.name]] * len(own), pa.string()) if field.name in texts else own[field.name]
        for field in schema
    ]
    return pa.table(columns, schema=schema)
