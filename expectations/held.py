"""What the office holds of a unit before a period: the accepted rows that its next template shows and carries on.

Belongs here: which earlier reports count for a template. Does not belong here: how they are shown
(ingest/template_held.py), which report a rule compares with (neighbours.py, whose answer this is).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expectations.context import Surroundings
from expectations.neighbours import BEFORE_PERIOD, Neighbour, neighbours_of, rows_before
from ingest import reference
from ingest.spec import load_specs
from ingest.template_held import Held, HeldRows

if TYPE_CHECKING:
    from ingest.settings import Settings

ANY = "template"


def held_before(settings: Settings, reporting_unit_id: str, reporting_period_id: str) -> Held:
    """Per form, the rows of the unit's last accepted report before a period, and of the one for the same period last
    year; what was quarantined is not among them. Empty where nothing was accepted."""
    reports = Surroundings(settings).reports_of(reporting_unit_id)
    forms = [form for form in load_specs() if form != "cover"]
    last_year = (reference.period(reporting_period_id) or {}).get("same_period_last_year_id")
    then = [report for report in reports if report.period_id == last_year]
    return Held(
        previous=_rows(settings, neighbours_of(reporting_period_id, reports, forms)),
        last_year=_rows(settings, neighbours_of(reporting_period_id, then, forms)),
    )


def _rows(settings: Settings, neighbours: Sequence[Neighbour]) -> dict[str, HeldRows]:
    specs, found = load_specs(), {}
    for form, table in rows_before(settings.landing_dir, {ANY: neighbours}).items():
        names = [column.name for column in specs[form].columns]
        rows = table.select(["criteria_set_code", *names]).to_pylist()
        found[form] = HeldRows(table[BEFORE_PERIOD][0].as_py(), tuple(rows)) if rows else None
    return {form: held for form, held in found.items() if held is not None}
