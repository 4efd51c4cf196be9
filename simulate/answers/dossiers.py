"""Criteria that do not stand: question 6, and dossiers by state, rounds and department: questions 28 and 33 to 35."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from simulate.answers.places import asked_period, closed_periods
from simulate.answers.rows import Row, Truth, of_period, rows, share
from simulate.dossier_facts import COMPLETE, by_dossier, state_on

if TYPE_CHECKING:
    import pandas as pd

Criterion = tuple[Any, ...]  # unit, set, criterion


def criterion_of(row: Row) -> Criterion:
    return row["unit_id"], row["criteria_set_code"], row["criterion_no"]


def states_on(truth: Truth, day: date) -> dict[Criterion, str]:
    """The state of every dossier begun by a day."""
    found = {}
    for own in by_dossier(rows(truth, "dossier_round")).values():
        state, _ = state_on(own, day)
        if state != "none":
            found[criterion_of(own[0])] = state
    return found


def q06(truth: Truth, day: date) -> pd.DataFrame:
    """Criteria declared met: of which figures say no, of which no dossier is complete; by unit, province and set."""
    import pandas as pd

    period = asked_period(day)
    statuses = [row for row in rows(truth, "criterion_status") if row["declared_mark"] is not None]
    states = states_on(truth, day)
    begun = {key[:2] for key in states}
    groups: dict[tuple[str, str | None, str], list[Row]] = {}
    for row in of_period(statuses, period["reporting_period_id"]):
        groups.setdefault(("unit", row["reporting_unit_id"], row["criteria_set_code"]), []).append(row)
        groups.setdefault(("province", None, row["criteria_set_code"]), []).append(row)
    first = _first_met(statuses, closed_periods(day))
    found = []
    for (level, unit, set_code), own in groups.items():
        met = [row for row in own if row["declared_mark"] == "D"]
        computable = [row for row in met if row["computed_mark"] is not None]
        against = [row for row in computable if row["computed_mark"] == "CD"]
        without = [row for row in met if states.get(criterion_of(row)) not in COMPLETE]
        forward = [row for row in met if criterion_of(row)[:2] in begun]
        found.append(
            {
                "area_level": level,
                "reporting_unit_id": unit,
                "criteria_set_code": set_code,
                "reporting_period_id": period["reporting_period_id"],
                "declared_met_count": len(met),
                "computable_count": len(computable),
                "not_computable_count": len(met) - len(computable),
                "contradicted_count": len(against),
                "contradicted_pct": share(len(against), len(computable)),
                "without_dossier_count": len(without),
                "without_dossier_pct": share(len(without), len(met)),
                "put_forward_met_count": len(forward),
                "put_forward_without_dossier_count": sum(row in forward for row in without),
                "longest_days_without": max(((day - first[criterion_of(row)]).days for row in without), default=None),
                "dossier_without_met_count": sum(
                    row["declared_mark"] != "D" and states.get(criterion_of(row)) in COMPLETE for row in own
                ),
            }
        )
    return pd.DataFrame(found, dtype=object)


def _first_met(statuses: Iterable[Row], periods: list[Row]) -> dict[Criterion, date]:
    """The closing day of the first period in which each criterion was declared met."""
    closed = {row["reporting_period_id"]: row["data_to"] for row in periods}
    found: dict[Criterion, date] = {}
    for row in statuses:
        closing = closed.get(row["reporting_period_id"])
        if closing is not None and row["declared_mark"] == "D":
            key = criterion_of(row)
            found[key] = min(closing, found.get(key, closing))
    return found
