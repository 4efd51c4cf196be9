"""What is open, answered and resolved of obstacles and proposals: questions 8 and 58 to 60."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from simulate.answers.places import asked_period
from simulate.answers.rows import Row, Truth, average, rows, share
from simulate.expected_obstacles import overdue_from

if TYPE_CHECKING:
    import pandas as pd

BREAKDOWNS: dict[str, Callable[[Row], str]] = {
    "all": lambda row: "all",
    "addressee": lambda row: str(row["addressee_code"]),
    "programme": lambda row: str(row["programme_code"]),
    "authority": lambda row: "within" if row["is_within_authority"] else "beyond",
    "topic": lambda row: str(row["topic_code"]),
}
Key = tuple[Any, ...]


def _raised(truth: Truth, day: date) -> list[Row]:
    """Entries raised by a day, with what is true of them on it."""
    found = []
    for row in rows(truth, "obstacle"):
        if row["raised_on"] <= day:
            is_open = row["resolved_on"] is None or row["resolved_on"] > day
            late = (day - overdue_from(row)).days
            found.append(row | {"is_open": is_open, "late": late, "is_overdue": is_open and late > 0})
    return found


def _grouped(listed: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in listed:
        found.setdefault(key(row), []).append(row)
    return found


def q08(truth: Truth, day: date) -> pd.DataFrame:
    """Stock on a day and cohort of the report year, by unit, kind and each breakdown; and the province."""
    import pandas as pd

    begin = asked_period(day)["data_from"]
    groups: dict[Key, list[Row]] = {}
    for row in _raised(truth, day):
        for breakdown, code_of in BREAKDOWNS.items():
            for unit in (None, row["reporting_unit_id"]):
                groups.setdefault((unit, row["kind_code"], breakdown, code_of(row)), []).append(row)
    found = [
        {
            "area_level": "province" if unit is None else "unit",
            "reporting_unit_id": unit,
            "kind_code": kind,
            "breakdown": breakdown,
            "code": code,
            **_counts(own, begin, day),
        }
        for (unit, kind, breakdown, code), own in groups.items()
    ]
    return pd.DataFrame(found, dtype=object)


def _counts(own: Sequence[Row], begin: date, day: date) -> Row:
    opened = [row for row in own if row["is_open"]]
    overdue = [row for row in opened if row["is_overdue"]]
    of_year = [row for row in own if row["raised_on"] >= begin]
    resolved = [row for row in of_year if not row["is_open"]]
    return {
        "open_count": len(opened),
        "overdue_count": len(overdue),
        "overdue_pct": share(len(overdue), len(opened)),
        "answered_open_count": sum(row["answered_on"] is not None and row["answered_on"] <= day for row in opened),
        "oldest_days": max(((day - row["raised_on"]).days for row in opened), default=None),
        "longest_overdue_days": max((row["late"] for row in overdue), default=None),
        "average_overdue_days": average(row["late"] for row in overdue),
        "raised_in_year_count": len(of_year),
        "resolved_of_year_count": len(resolved),
        "resolved_pct": share(len(resolved), len(of_year)),
    }


def q58(truth: Truth, day: date) -> pd.DataFrame:
    """What units could not settle themselves, by where it lies: answered or not, and how soon."""
    import pandas as pd

    beyond = [row for row in _raised(truth, day) if not row["is_within_authority"]]
    found = []
    for (addressee, agency), own in _grouped(
        beyond, lambda row: (row["addressee_code"], row["addressee_agency_code"])
    ).items():
        told = [row for row in own if row["answered_on"] is not None and row["answered_on"] <= day]
        waiting = [row for row in own if row not in told and row["is_open"]]
        days = [(row["answered_on"] - row["raised_on"]).days for row in told]
        found.append(
            {
                "addressee_code": addressee,
                "addressee_agency_code": agency,
                "raised_count": len(own),
                "escalated_count": sum(row["escalated_on"] is not None and row["escalated_on"] <= day for row in own),
                "answered_count": len(told),
                "answered_pct": share(len(told), len(own)),
                "answered_in_time_count": sum(row["answered_on"] <= overdue_from(row) for row in told),
                "average_days_to_answer": average(days),
                "longest_days_to_answer": max(days, default=None),
                "waiting_count": len(waiting),
                "waiting_overdue_count": sum(row["is_overdue"] for row in waiting),
                "longest_waiting_days": max(((day - row["raised_on"]).days for row in waiting), default=None),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q59(truth: Truth, day: date) -> pd.DataFrame:
    """By criterion: what blocks it, what was resolved, and whether it was met afterwards."""
    import pandas as pd

    linked = [row for row in rows(truth, "obstacle_criterion") if row["raised_on"] <= day]
    found = []
    for (set_code, number), own in _grouped(
        linked, lambda row: (row["criteria_set_code"], row["criterion_no"])
    ).items():
        resolved = [row for row in own if row["resolved_on"] is not None and row["resolved_on"] <= day]
        found.append(
            {
                "criteria_set_code": set_code,
                "criterion_no": number,
                "obstacle_count": len(own),
                "place_count": len({row["unit_id"] for row in own}),
                "not_met_when_raised_count": sum(row["mark_when_raised"] == "CD" for row in own),
                "open_count": len(own) - len(resolved),
                "resolved_count": len(resolved),
                "met_afterwards_count": sum(row["is_met_afterwards"] is True for row in resolved),
                "not_met_yet_count": sum(row["is_met_afterwards"] is False for row in resolved),
                "unknown_count": sum(row["is_met_afterwards"] is None for row in resolved),
                "met_afterwards_pct": share(
                    sum(row["is_met_afterwards"] is True for row in resolved),
                    sum(row["is_met_afterwards"] is not None for row in resolved),
                ),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q60(truth: Truth, day: date) -> pd.DataFrame:
    """Proposals by agency that raised them and by where they lie; what is raised by others has no agency."""
    import pandas as pd

    proposals = [row for row in _raised(truth, day) if row["kind_code"] == "proposal"]
    found = []
    for (agency, addressee), own in _grouped(
        proposals, lambda row: (row["agency_code"], row["addressee_code"])
    ).items():
        found.append(
            {
                "agency_code": agency,
                "addressee_code": addressee,
                "proposal_count": len(own),
                "commune_count": len({row["unit_id"] for row in own}),
                "policy_count": sum(row["topic_code"] == "policy" for row in own),
                "answered_count": sum(row["answered_on"] is not None and row["answered_on"] <= day for row in own),
                "resolved_count": sum(not row["is_open"] for row in own),
                "open_count": sum(row["is_open"] for row in own),
                "overdue_count": sum(row["is_overdue"] for row in own),
            }
        )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q58": (q58, ("addressee_code", "addressee_agency_code")),
    "q59": (q59, ("criteria_set_code", "criterion_no")),
    "q60": (q60, ("agency_code", "addressee_code")),
}
