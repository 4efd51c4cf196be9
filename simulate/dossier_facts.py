"""What marts say of dossiers: each round as last reported, each dossier over its rounds, and criteria beside dossiers.

Belongs here: the truth of dossiers and what follows from it. The dossiers themselves are in dossiers.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from simulate.dossiers import reports, rounds_in, row_in
from simulate.expected_criteria import results_and_statuses
from simulate.indicators import STANDS
from simulate.planted import Report, Rows
from simulate.registers import latest_reported
from simulate.topic import Topic, Truth
from simulate.world import EVERY_PERIOD, period, stands, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

DOSSIER = ("unit_id", "title_code", "stage_code", "criterion_no")
ROUND = (*DOSSIER, "round_no")
COMPLETE = ("complete", "verified", "confirmed", "submitted")
STEPS = ("started_on", "completed_on", "verified_on", "confirmed_on", "submitted_on", "returned_on")
STATE_AFTER = dict(zip(STEPS, ("in_preparation", *COMPLETE, "returned"), strict=True))


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Every round in every report that carries it."""
    rows: Rows = []
    for name in names:
        closing = period(name)["data_to"]
        for one in rounds_in(world.seed, name):
            row = row_in(world.seed, one, name) | {
                "reporting_period_id": name,
                "reporting_unit_id": one.reporting_unit_id,
                "unit_id": unit_id_on(one.subject_code, closing),
                "criteria_set_code": one.set_code,
            }
            rows.append(
                {column: value for column, value in row.items() if column not in ("subject_code", "explanation")}
            )
    return {"dossier_round": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """The register of rounds, dossiers over their rounds, and each criterion of each period beside its dossier."""
    known = latest_reported(truth["dossier_round"], ROUND, sent)
    statuses = results_and_statuses(truth, faults, sent)[1]
    return {
        "fct_dossier_round": known,
        "fct_dossier": [_dossier(own) for own in by_dossier(known).values()],
        "fct_criterion_dossier": _beside_criteria(statuses, known),
    }


def by_dossier(known: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], Rows]:
    """Rounds of each dossier in order."""
    found: dict[tuple[Any, ...], Rows] = {}
    for row in sorted(known, key=lambda row: row["round_no"]):
        found.setdefault(tuple(row[name] for name in DOSSIER), []).append(dict(row))
    return found


def _dossier(own: Rows) -> dict[str, Any]:
    """The latest round, and what only all of them together tell."""
    latest = own[-1]
    is_dated = latest["met_on"] is not None and latest["completed_on"] is not None
    return latest | {
        "return_count": sum(row["returned_on"] is not None for row in own),
        "first_started_on": _first(own, "started_on"),
        "first_completed_on": _first(own, "completed_on"),
        "met_to_complete_days": (latest["completed_on"] - latest["met_on"]).days if is_dated else None,
    }


def _first(own: Rows, column: str) -> date | None:
    return min((row[column] for row in own if row[column] is not None), default=None)


def state_on(own: Rows, day: date) -> tuple[str, date | None]:
    """The state of a dossier on a day by the days of its rounds, and when it was completed; `none` before it begins."""
    begun = [row for row in own if row["started_on"] is not None and row["started_on"] <= day]
    if not begun:
        return "none", None
    latest, state = begun[-1], "none"
    for step in STEPS:
        if latest[step] is not None and latest[step] <= day:
            state = STATE_AFTER[step]
    return state, latest["completed_on"] if state in COMPLETE else None


def _beside_criteria(statuses: Rows, known: Rows) -> Rows:
    dossiers: dict[tuple[Any, ...], Rows] = {}
    for row in sorted(known, key=lambda row: row["round_no"]):
        dossiers.setdefault((row["unit_id"], row["criteria_set_code"], row["criterion_no"]), []).append(row)
    marks = {
        (row["reporting_period_id"], row["unit_id"], row["criteria_set_code"], row["criterion_no"]): row
        for row in statuses
    }
    reported = {row["reporting_period_id"] for row in statuses}
    found: Rows = []
    for name in (name for name in EVERY_PERIOD if name in reported):
        closing = period(name)["data_to"]
        begun = {
            key for key, own in dossiers.items() if stands(key[0], closing) and state_on(own, closing)[0] != "none"
        }
        for key in sorted(begun | {subject[1:] for subject in marks if subject[0] == name}):
            found.append(_beside(name, closing, key, marks.get((name, *key)), dossiers.get(key, [])))
    return found


def _beside(
    name: str, closing: date, key: tuple[Any, ...], mark: Mapping[str, Any] | None, own: Rows
) -> dict[str, Any]:
    state, completed_on = state_on(own, closing)
    is_met = None if mark is None or mark["declared_mark"] is None else mark["declared_mark"] in STANDS
    since = mark["met_since_period_id"] if mark is not None else None
    met_by = period(since)["data_to"] if since is not None else None
    is_complete = state in COMPLETE
    match_code = "not_judged"
    if is_met is not None:
        match_code = {
            (True, True): "met_with_dossier",
            (True, False): "met_without_dossier",
            (False, True): "dossier_without_met",
            (False, False): "neither",
        }[is_met, is_complete]
    return {
        "reporting_period_id": name,
        "reporting_unit_id": mark["reporting_unit_id"] if mark is not None else own[-1]["reporting_unit_id"],
        "unit_id": key[0],
        "criteria_set_code": key[1],
        "criterion_no": key[2],
        "declared_mark": mark["declared_mark"] if mark is not None else None,
        "met_since_period_id": since,
        "met_by": met_by,
        "dossier_state": state,
        "completed_on": completed_on,
        "match_code": match_code,
        "days_without_dossier": (closing - met_by).days if match_code == "met_without_dossier" and met_by else None,
    }


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={
        "fct_dossier_round": ROUND,
        "fct_dossier": DOSSIER,
        "fct_criterion_dossier": ("reporting_period_id", "unit_id", "criteria_set_code", "criterion_no"),
    },
    unspoken=frozenset({"dossier_id", "dossier_round_id"}),
)
