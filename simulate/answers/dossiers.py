"""Criteria that do not stand: question 6, and dossiers by state, rounds and department: questions 28 and 33 to 35."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from simulate.answers.criteria import deciding_parts
from simulate.answers.places import asked_period, closed_periods
from simulate.answers.rows import MET, Row, Truth, average, of_period, rows, share
from simulate.dossier_facts import COMPLETE, by_dossier, state_on

if TYPE_CHECKING:
    import pandas as pd

Criterion = tuple[Any, ...]  # unit, set, criterion
STATES = ("not_started", "in_preparation", *COMPLETE, "returned")


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


def q28(truth: Truth, day: date) -> pd.DataFrame:
    """The criteria of each district: mark, share of indicators met, since when, dossier."""
    import pandas as pd

    name = asked_period(day)["reporting_period_id"]
    verdicts: dict[Criterion, list[str]] = {}
    for row in of_period(rows(truth, "indicator_result"), name):
        if (row["indicator_no"], row["part_code"]) in set(deciding_parts(row["criteria_set_code"])):
            verdicts.setdefault(criterion_of(row), []).append(row["declared_verdict"])
    beside = {criterion_of(row): row for row in of_period(rows(truth, "criterion_dossier"), name)}
    met_on = {criterion_of(row): row["met_on"] for row in rows(truth, "dossier")}
    found = []
    for row in of_period(rows(truth, "criterion_status"), name):
        if row["subject_level"] != "district":
            continue
        own, day_met = verdicts.get(criterion_of(row), []), met_on.get(criterion_of(row))
        met = sum(verdict in MET for verdict in own)
        found.append(
            {
                **{name: row[name] for name in ("reporting_period_id", "unit_id", "criteria_set_code", "criterion_no")},
                "declared_mark": row["declared_mark"],
                "indicators_met_count": met,
                "indicator_count": len(own),
                "indicators_met_pct": share(met, len(own)),
                "met_since_period_id": row["met_since_period_id"],
                "met_on": day_met if day_met is not None and day_met <= day else None,
                "dossier_state": beside[criterion_of(row)]["dossier_state"],
            }
        )
    return pd.DataFrame(found, dtype=object)


def q33(truth: Truth, day: date) -> pd.DataFrame:
    """Rounds verified by a day: what the unit said, what the department said of it."""
    verified = [row for row in rows(truth, "dossier_round") if _by(row["verified_on"], day)]

    def count(own: list[Row]) -> Row:
        decided = [row for row in own if _by(row["confirmed_on"], day)]
        returned = [row for row in own if _by(row["returned_on"], day)]
        return {
            "verified_count": len(own),
            "verified_met_count": _count(own, verification_verdict="D"),
            "verified_unmet_count": _count(own, verification_verdict="CD"),
            "confirmed_count": len(decided),
            "confirmed_met_count": _count(decided, confirmation_verdict="D"),
            "differing_count": _count(decided, confirmation_verdict="CD", verification_verdict="D"),
            "returned_count": len(returned),
            "most_rounds": max(row["round_no"] for row in own),
            "return_reasons": "; ".join(sorted({row["return_reason"] for row in returned})) or None,
        }

    return by_unit_and_set(verified, count)


def q34(truth: Truth, day: date) -> pd.DataFrame:
    """Dossiers by state on a day, and the days from a criterion met to its dossier complete."""
    dossiers = by_dossier(rows(truth, "dossier_round")).values()
    listed = []
    for own in dossiers:
        state, completed_on = state_on(own, day)
        begun = [row for row in own if _by(row["started_on"], day)]
        met_on = begun[-1]["met_on"] if begun else None
        lag = (completed_on - met_on).days if completed_on is not None and met_on is not None else None
        listed.append(own[-1] | {"state": "not_started" if state == "none" else state, "lag": lag})

    def count(own: list[Row]) -> Row:
        lags = [row["lag"] for row in own if row["lag"] is not None]
        return {
            "dossier_count": len(own),
            **{f"{state}_count": _count(own, state=state) for state in STATES},
            "ahead_count": sum(lag < 0 for lag in lags),
            "average_lag_days": average(lags),
            "longest_lag_days": max(lags, default=None),
        }

    return by_unit_and_set(listed, count)


def q35(truth: Truth, day: date) -> pd.DataFrame:
    """What each department has been given to confirm by a day, and what still waits."""
    import pandas as pd

    found = []
    named = [row for row in rows(truth, "dossier_round") if _by(row["verified_on"], day) and row["confirmed_by"]]
    for agency in sorted({row["confirmed_by"] for row in named}):
        own = [row for row in named if row["confirmed_by"] == agency]
        decided = [row for row in own if _by(row["confirmed_on"], day)]
        waiting = [row for row in own if row not in decided and not _by(row["returned_on"], day)]
        found.append(
            {
                "agency_code": agency,
                "verified_count": len(own),
                "decided_count": len(decided),
                "refused_count": _count(decided, confirmation_verdict="CD"),
                "waiting_count": len(waiting),
                "longest_waiting_days": max(((day - row["verified_on"]).days for row in waiting), default=None),
                "decision_days": average([(row["confirmed_on"] - row["verified_on"]).days for row in decided]),
            }
        )
    return pd.DataFrame(found, dtype=object)


def by_unit_and_set(listed: list[Row], count: Callable[[list[Row]], Row]) -> pd.DataFrame:
    """`count` of each reporting unit and criteria set, and of the province and each set."""
    import pandas as pd

    groups: dict[tuple[str, str | None, str], list[Row]] = {}
    for row in listed:
        groups.setdefault(("unit", row["reporting_unit_id"], row["criteria_set_code"]), []).append(row)
        groups.setdefault(("province", None, row["criteria_set_code"]), []).append(row)
    names = ("area_level", "reporting_unit_id", "criteria_set_code")
    return pd.DataFrame([dict(zip(names, key, strict=True)) | count(own) for key, own in groups.items()], dtype=object)


def _by(when: date | None, day: date) -> bool:
    return when is not None and when <= day


def _count(listed: list[Row], **wanted: Any) -> int:
    return sum(all(row[name] == value for name, value in wanted.items()) for row in listed)


AREA = ("area_level", "reporting_unit_id", "criteria_set_code")
ANSWERS = {
    "q28": (q28, ("unit_id", "criterion_no")),
    "q33": (q33, AREA),
    "q34": (q34, AREA),
    "q35": (q35, ("agency_code",)),
}
