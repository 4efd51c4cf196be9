"""Roadmaps and reviews, civilised-urban places, satisfaction of residents: questions 29 to 32."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.places import MATRIX_PERIODS, asked_period, reporting_units_on
from simulate.answers.recognition import held_on
from simulate.answers.rows import Row, Truth, average, of_period, rows, share
from simulate.townships import TOWN_SET

if TYPE_CHECKING:
    import pandas as pd

REQUIRED, CONTENT_REQUIRED, OVERALL = {"NTM_KM": 95}, 80, "overall"
USUAL = 90


def q29(truth: Truth, day: date) -> pd.DataFrame:
    """Each unit on its way to a title: milestones reached by a day, those overdue, when it will be done."""
    import pandas as pd

    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows(truth, "roadmap_milestone"):
        is_done = row["actual_on"] is not None and row["actual_on"] <= day
        groups.setdefault((row["unit_id"], row["title_code"]), []).append(row | {"is_done": is_done})
    found = []
    for (unit, title), own in groups.items():
        overdue = [row for row in own if not row["is_done"] and row["planned_on"] < day]
        original = max(row["original_planned_on"] for row in own)
        projected = max(row["actual_on"] if row["is_done"] else row["planned_on"] for row in own)
        found.append(
            {
                "unit_id": unit,
                "title_code": title,
                "criteria_set_code": own[0]["criteria_set_code"],
                "criterion_count": len({row["criterion_no"] for row in own}),
                "open_criterion_count": len({row["criterion_no"] for row in own if not row["is_done"]}),
                "milestone_count": len(own),
                "milestone_done_count": sum(row["is_done"] for row in own),
                "overdue_count": len(overdue),
                "longest_overdue_days": max(((day - row["planned_on"]).days for row in overdue), default=None),
                "original_projected_on": original,
                "projected_on": projected,
                "projected_slip_days": (projected - original).days,
                "average_slip_days": average([row["slip_days"] for row in own if row["is_done"]]),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q30(truth: Truth, day: date) -> pd.DataFrame:
    """Criteria with open milestones in the latest half year: reviewed within it or not."""
    import pandas as pd

    name = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    listed = [
        row
        for row in of_period(rows(truth, "roadmap_review"), name)
        if row["milestone_done_count"] < row["milestone_count"]
    ]
    groups: dict[tuple[str, str | None], list[Row]] = {("province", None): listed} if listed else {}
    for row in listed:
        groups.setdefault(("unit", row["reporting_unit_id"]), []).append(row)
    found = []
    for (level, unit), own in groups.items():
        reviewed = sum(row["is_reviewed"] for row in own)
        found.append(
            {
                "area_level": level,
                "reporting_unit_id": unit,
                "reporting_period_id": name,
                "open_criterion_count": len(own),
                "reviewed_count": reviewed,
                "missing_count": len(own) - reviewed,
                "reviewed_pct": share(reviewed, len(own)),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q31(truth: Truth, day: date) -> pd.DataFrame:
    """Townships and wards: how many bear the title, how many meet every criterion."""
    import pandas as pd

    held = {unit for unit, title in held_on(rows(truth, "recognition"), day) if title == "DTVM"}
    name = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    met = {
        row["unit_id"]: (row["criteria_met_declared"], row["criteria_total"])
        for row in of_period(rows(truth, "unit_standing"), name)
        if row["criteria_set_code"] == TOWN_SET
    }
    groups: dict[tuple[str, str | None, str], list[str]] = {}
    for sender in reporting_units_on(day):
        for unit in reference.communes_of(sender["reporting_unit_id"], day):
            if unit["unit_type"] != "xa":
                groups.setdefault(("unit", sender["unit_id"], unit["unit_type"]), []).append(unit["unit_id"])
                groups.setdefault(("province", None, unit["unit_type"]), []).append(unit["unit_id"])
    found = []
    for (level, area, kind), own in groups.items():
        recognised = sum(unit in held for unit in own)
        found.append(
            {
                "area_level": level,
                "area_unit_id": area,
                "unit_type": kind,
                "unit_count": len(own),
                "recognised_count": recognised,
                "recognised_pct": share(recognised, len(own)),
                "all_met_count": sum(unit in met and met[unit][0] >= met[unit][1] for unit in own),
                "unreported_count": sum(unit not in met for unit in own),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q32(truth: Truth, day: date) -> pd.DataFrame:
    """The latest survey of each subject for each title."""
    import pandas as pd

    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows(truth, "satisfaction"):
        if row["surveyed_on"] <= day:
            groups.setdefault((row["unit_id"], row["title_code"]), []).append(row)
    found = []
    for (unit, title), surveys in groups.items():
        last = max(row["surveyed_on"] for row in surveys)
        own = {row["content_code"]: row for row in surveys if row["surveyed_on"] == last}
        overall, required = own[OVERALL], REQUIRED.get(title, USUAL)
        contents = [row for code, row in own.items() if code != OVERALL]
        found.append(
            {
                "unit_id": unit,
                "title_code": title,
                "surveyed_on": last,
                "household_count": overall["household_count"],
                "asked_count": overall["asked_count"],
                "satisfied_count": overall["satisfied_count"],
                "asked_pct": share(overall["asked_count"], overall["household_count"]),
                "satisfied_pct": share(overall["satisfied_count"], overall["asked_count"]),
                "required_pct": required,
                "is_reached": 100 * overall["satisfied_count"] >= required * overall["asked_count"],
                "content_count": len(contents),
                "content_below_count": sum(
                    100 * row["satisfied_count"] < CONTENT_REQUIRED * row["asked_count"] for row in contents
                ),
                "lowest_content": min(
                    contents, key=lambda row: (row["satisfied_count"] / row["asked_count"], row["content_code"])
                )["content_code"],
            }
        )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q29": (q29, ("unit_id", "title_code")),
    "q30": (q30, ("area_level", "reporting_unit_id")),
    "q31": (q31, ("area_level", "area_unit_id", "unit_type")),
    "q32": (q32, ("unit_id", "title_code")),
}
