"""Who helps which commune, and how often they came: questions 12 and 13."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.places import asked_period, communes_on
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

FAR = date.max


def q12(truth: Truth, day: date) -> pd.DataFrame:
    """Every commune with its main leaders on a day: one, a hand-over, too many, or nobody."""
    import pandas as pd

    register = [row for row in rows(truth, "helper_assignment") if reference.is_valid(row, day)]
    agencies = {row["agency_code"]: row for row in reference.rows("agencies")}
    communes = communes_on(day)
    found = []
    for commune in communes:
        own = [row for row in register if row["unit_id"] == commune["unit_id"]]
        of_district = [row for row in own if row["helper_level"] != "province"]
        own = [row for row in own if row["helper_level"] == "province"]
        main = sorted((row for row in own if row["role_code"] == "main"), key=lambda row: row["valid_from"])
        found.append(
            {
                "unit_id": commune["unit_id"],
                "reported_by_unit_id": commune["reported_by_unit_id"],
                "status": _status(main, agencies, day),
                "main_count": len(main),
                "agencies_now": "; ".join(sorted({agencies[_agency_on(row, agencies, day)]["name_vi"] for row in main}))
                or None,
                "support_count": sum(row["role_code"] == "support" for row in own),
                "district_helper_count": len(of_district),
                "communes_in_scope": len(communes),
            }
        )
    none = sum(row["status"] == "none" for row in found)
    for row in found:
        row |= {"communes_with_none": none, "gap_pct": share(none, len(communes))}
    return pd.DataFrame(found, dtype=object)


def _status(main: Sequence[Row], agencies: dict[str, Row], day: date) -> str:
    if len(main) < 2:
        return "main" if main else "none"
    for outgoing, incoming in pairwise(main):
        is_same = _agency_on(outgoing, agencies, day) == _agency_on(incoming, agencies, day)
        is_later = outgoing["valid_from"] < incoming["valid_from"]
        is_longer = (outgoing["valid_to"] or FAR) < (incoming["valid_to"] or FAR)
        if not is_same and not (is_later and is_longer):
            return "double"
    return "hand_over"


def _agency_on(row: Row, agencies: dict[str, Row], day: date) -> str:
    """The agency that bears the duty on a day: an agency that ended has handed it to its successor."""
    agency = agencies[row["agency_code"]]
    while agency["successor_code"] and agency["valid_to"] and agency["valid_to"] <= day:
        agency = agencies[agency["successor_code"]]
    return str(agency["agency_code"])


def q13(truth: Truth, day: date) -> pd.DataFrame:
    """Visits per commune and per team, by notice and preparation, in the quarter of P and since the year began."""
    import pandas as pd

    period = asked_period(day)
    visits = [
        row
        for row in rows(truth, "helper_activity")
        if row["kind_code"] == "visit" and period["data_from"] <= row["activity_date"] <= period["data_to"]
    ]
    helped = {
        row["unit_id"]
        for row in rows(truth, "helper_assignment")
        if row["valid_from"] <= period["data_to"] and (row["valid_to"] or FAR) > period["discrete_from"]
    }
    said = of_period(rows(truth, "helper_summary"), period["reporting_period_id"])
    by_team: dict[tuple[str, str], list[Row]] = {}
    for row in visits:
        by_team.setdefault((row["agency_code"], row["activity_no"]), []).append(row)
    team_visits = [_as_one(own) for own in by_team.values()]
    found = [
        {"view": "commune", "subject_id": None, **_counts(visits, period), **_said(said, len(visits))},
        {"view": "agency", "subject_id": None, **_counts(team_visits, period), **_said(said)},
    ]
    for commune in communes_on(day):
        unit = commune["unit_id"]
        counts = _counts([row for row in visits if row["unit_id"] == unit], period)
        without = counts["visits_in_quarter"] == 0 if unit in helped else None
        summed = _said([row for row in said if row["unit_id"] == unit], counts["visits_cumulative"])
        found.append({"view": "commune", "subject_id": unit, **counts, **summed, "is_without_visit": without})
    for agency in sorted({row["agency_code"] for row in visits}):
        own = [row for row in team_visits if row["agency_code"] == agency]
        summed = _said([row for row in said if row["agency_code"] == agency])
        found.append({"view": "agency", "subject_id": agency, **_counts(own, period), **summed})
    return pd.DataFrame(found, dtype=object)


def _said(summaries: Sequence[Row], listed: int | None = None) -> Row:
    """What the unit reports in sum; its difference from the events where both count by commune."""
    reported = total(row["visit_count"] for row in summaries)
    difference = None if reported is None or listed is None else reported - listed
    return {"reported_visits": reported, "visit_difference": difference}


def _as_one(own: list[Row]) -> Row:
    """A visit to several communes as the team's one: told in advance only when all of them were."""
    notices = [row["notified_on"] for row in own]
    return {
        "agency_code": own[0]["agency_code"],
        "activity_date": max(row["activity_date"] for row in own),
        "notified_on": None if None in notices else max(notices),
        "has_content_prepared": all(row["has_content_prepared"] for row in own),
    }


def _counts(visits: Sequence[Row], period: Row) -> Row:
    now = [row for row in visits if row["activity_date"] >= period["discrete_from"]]
    told = [row for row in now if row["notified_on"] is not None]
    in_advance = [row for row in told if row["notified_on"] < row["activity_date"]]
    prepared = [row for row in now if row["has_content_prepared"]]
    both = [row for row in in_advance if row["has_content_prepared"]]
    return {
        "visits_cumulative": len(visits),
        "visits_in_quarter": len(now),
        "in_advance_count": len(in_advance),
        "same_day_count": sum(row["notified_on"] == row["activity_date"] for row in told),
        "after_count": sum(row["notified_on"] > row["activity_date"] for row in told),
        "unknown_count": len(now) - len(told),
        "prepared_count": len(prepared),
        "in_advance_and_prepared_count": len(both),
        "in_advance_pct": share(len(in_advance), len(now)),
        "prepared_pct": share(len(prepared), len(now)),
        "in_advance_and_prepared_pct": share(len(both), len(now)),
    }
