"""Villages, residential areas and gardens: questions 14 and 72 to 75."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.places import asked_period, communes_on, reporting_units_on
from simulate.answers.recognition import ADVANCED, MODEL, NTM, held_on
from simulate.answers.rows import Row, Truth, of_period, rows, total

if TYPE_CHECKING:
    import pandas as pd

AREA_PERIODS = ("6_months", "year")
NEW_AREA_TITLE = "KDC_NTM"
OPEN = ("met", "near", "in_progress")
PART, PLACE = "part", ("area_level", "area_unit_id")


def _closing(reporting_period_id: str) -> date:
    row = reference.period(reporting_period_id)
    assert row is not None
    closing: date = row["data_to"]
    return closing


def latest_areas(truth: Truth) -> list[Row]:
    """Each area and title as the latest report that lists it has it, with the unit that reports for it."""
    found: dict[tuple[str, str], Row] = {}
    for row in sorted(rows(truth, "residential_area_status"), key=lambda row: _closing(row["reporting_period_id"])):
        found[row["area_code"], row["title_code"]] = row
    return [row | {"reported_by_unit_id": _reported_by(row["unit_id"])} for row in found.values()]


def _reported_by(commune_id: str) -> str:
    """The district of a commune; a commune without one itself."""
    unit = next(row for row in reference.rows("administrative_units") if row["unit_id"] == commune_id)
    return str(unit["parent_unit_id"] if unit["district_code"] else commune_id)


def is_held(area: Row, day: date) -> bool:
    """Whether an area holds its title on a day."""

    def is_past(name: str) -> bool:
        return area[name] is not None and area[name] <= day

    return is_past("decision_date") and not is_past("withdrawn_on") and not is_past("ended_on")


def area_titles() -> list[str]:
    kinds = ("residential_area", "garden")
    return [row["title_code"] for row in reference.rows("titles") if row["subject_kind"] in kinds]


def by_place(areas: Iterable[Row], count: Callable[[Sequence[Row]], Row], *keys: str) -> list[Row]:
    """`count` of the province, of each reporting unit, and per value of further columns."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for area in areas:
        for level, place in (("province", None), ("unit", area["reported_by_unit_id"])):
            groups.setdefault((level, place, *(area[key] for key in keys)), []).append(area)
    names = (*PLACE, *keys)
    return [dict(zip(names, values, strict=True)) | count(own) for values, own in groups.items()]


def q14(truth: Truth, day: date) -> pd.DataFrame:
    """Stock of each kind by place; new areas of the communes held unable to complete; how many reach two."""
    import pandas as pd

    areas = latest_areas(truth)

    def count(own: Sequence[Row]) -> Row:
        held = [area for area in own if is_held(area, day)]
        return {"held_count": len(held), "new_count": sum(area["year_recognised"] == day.year for area in held)}

    stock = by_place(areas, count, "title_code")
    for commune in sorted({area["unit_id"] for area in areas}):
        for title in area_titles():
            own = [area for area in areas if (area["unit_id"], area["title_code"]) == (commune, title)]
            if own:
                stock.append({"area_level": "commune", "area_unit_id": commune, "title_code": title, **count(own)})
    nowhere = [title for title in area_titles() if title not in {area["title_code"] for area in areas}]
    stock += [{"area_level": "province", "title_code": title} for title in nowhere]
    unable = [_unable(target["unit_id"], areas, day) for target in _flags(truth, day.year)]
    reached = [row for row in unable if row["new_count"] is not None and row["new_count"] >= 2]
    goal = {"area_level": "province", "held_count": len(unable), "new_count": len(reached)}
    named = [{PART: "stock", **row} for row in stock] + unable + [{PART: "target", **goal, "title_code": "KDC_NTM"}]
    empty = dict.fromkeys((*PLACE, "title_code", "held_count", "new_count", "new_class"))
    return pd.DataFrame([empty | row for row in named], dtype=object)


def _flags(truth: Truth, year: int) -> list[Row]:
    return [
        row
        for row in rows(truth, "target")
        if row["measure_code"] == "CHUA_KHA_NANG" and row["plan_year"] == year and _report_year(row) < year
    ]


def _report_year(row: Row) -> int:
    about = reference.period(row["reporting_period_id"])
    assert about is not None
    return int(about["year"])


def _unable(commune: str, areas: Sequence[Row], day: date) -> Row:
    listed = [area for area in areas if area["unit_id"] == commune]
    new = [
        area
        for area in listed
        if area["title_code"] == NEW_AREA_TITLE and is_held(area, day) and area["year_recognised"] == day.year
    ]
    size = "below_2" if len(new) < 2 else "2_to_3" if len(new) <= 3 else "above_3"
    return {
        PART: "unable", "area_level": "commune", "area_unit_id": commune, "title_code": NEW_AREA_TITLE,
        "new_count": len(new) if listed else None, "new_class": size if listed else None,
    }  # fmt: skip


def _reviewed(truth: Truth, day: date) -> tuple[Row, list[Row]]:
    """The latest period that lists areas, and its areas that still exist."""
    about = asked_period(day, AREA_PERIODS)
    listed = of_period(rows(truth, "residential_area_status"), about["reporting_period_id"])
    return about, [
        row | {"reported_by_unit_id": _reported_by(row["unit_id"])}
        for row in listed
        if row["ended_on"] is None or row["ended_on"] > about["data_to"]
    ]


def q72(truth: Truth, day: date) -> pd.DataFrame:
    """Areas by status of the latest review, and those behind their roadmap."""
    import pandas as pd

    about, areas = _reviewed(truth, day)
    last_due = about["year"] - (0 if about["period_type"] == "year" else 1)

    def count(own: Sequence[Row]) -> Row:
        status = [area["status_code"] for area in own]
        behind = [
            area
            for area in own
            if area["status_code"] in OPEN and area["planned_year"] is not None and area["planned_year"] <= last_due
        ]
        return {
            "area_count": len(own),
            **{f"{name}_count": status.count(name) for name in ("recognised", *OPEN, "withdrawn")},
            "behind_count": len(behind),
            "reviewed_from": min(area["reviewed_on"] for area in own),
        }

    return pd.DataFrame(by_place(areas, count, "title_code"), dtype=object)


def q73(truth: Truth, day: date) -> pd.DataFrame:
    """Areas not recognised, in the order in which to help them."""
    import pandas as pd

    about, areas = _reviewed(truth, day)
    weights = {
        (row["set_code"], row["criterion_no"]): row["difficulty"] + row["resource_need"] + row["social_funding_ease"]
        for row in reference.rows("criterion_priorities")
    }
    marks: dict[tuple[str, str], list[Row]] = {}
    for mark in of_period(rows(truth, "residential_area_criterion"), about["reporting_period_id"]):
        marks.setdefault((mark["area_code"], mark["criteria_set_code"]), []).append(mark)
    found = []
    for area in areas:
        own = marks.get((area["area_code"], area["criteria_set_code"]))
        if area["status_code"] not in OPEN or own is None:
            continue
        missing = sorted(mark["criterion_no"] for mark in own if mark["mark"] == "CD")
        found.append(
            {
                "area_code": area["area_code"],
                "title_code": area["title_code"],
                "missing_count": len(missing),
                "missing": ", ".join(map(str, missing)) or None,
                "effort": sum(weights[area["criteria_set_code"], number] for number in missing),
                "not_secured_vnd": area["resource_needed_vnd"] - area["resource_secured_vnd"],
            }
        )
    names = ("missing_count", "effort", "not_secured_vnd")
    for row in found:
        rivals = [other for other in found if other["title_code"] == row["title_code"]]
        own_order = tuple(row[name] for name in names)
        row["priority_rank"] = 1 + sum(tuple(other[name] for name in names) < own_order for other in rivals)
    return pd.DataFrame(found, dtype=object)


def q74(truth: Truth, day: date) -> pd.DataFrame:
    """Rewards granted, paid and owed, by reporting unit, kind of title and budget."""
    import pandas as pd

    groups: dict[tuple[str, str, str | None], list[Row]] = {}
    for area in latest_areas(truth):
        if area["decision_date"] is not None and area["decision_date"] <= day:
            key = (area["reported_by_unit_id"], area["title_code"], area["reward_source_code"])
            groups.setdefault(key, []).append(area)
    found = []
    for (sender, title, source), own in groups.items():
        granted = [area for area in own if area["reward_vnd"] is not None]
        paid = [area for area in granted if area["reward_paid_on"] is not None and area["reward_paid_on"] <= day]
        owed = [area for area in granted if area not in paid]
        found.append(
            {
                "reported_by_unit_id": sender,
                "title_code": title,
                "reward_source_code": source,
                "recognised_count": len(own),
                "granted_count": len(granted),
                "paid_count": len(paid),
                "granted_vnd": total(area["reward_vnd"] for area in granted),
                "paid_vnd": total(area["reward_vnd"] for area in paid),
                "owed_vnd": total(area["reward_vnd"] for area in owed),
                "waiting_days": max(((day - area["decision_date"]).days for area in owed), default=None),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q75(truth: Truth, day: date) -> pd.DataFrame:
    """Titles held at every tier, by reporting unit."""
    import pandas as pd

    held = held_on(rows(truth, "recognition"), day)
    of_unit = {commune["unit_id"]: commune["reported_by_unit_id"] for commune in communes_on(day)}
    areas = latest_areas(truth)
    senders = [sender["unit_id"] for sender in reporting_units_on(day)]
    kinds = {
        "village_count": "THON_NTM",
        "area_count": NEW_AREA_TITLE,
        "model_area_count": "KDC_KM",
        "model_garden_count": "VUON_MAU",
    }
    titles = {"ntm_count": NTM, "advanced_count": ADVANCED, "model_count": MODEL}
    found = []
    for level, among in (("province", senders), *(("unit", [one]) for one in senders)):
        row: Row = {"area_level": level, "area_unit_id": None if level == "province" else among[0]}
        for name, title in titles.items():
            row[name] = sum(code == title and of_unit.get(unit) in among for unit, code in held)
        for name, title in kinds.items():
            own = [area for area in areas if area["title_code"] == title and area["reported_by_unit_id"] in among]
            row[name] = sum(is_held(area, day) for area in own) if own else None
        found.append(row)
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q72": (q72, (*PLACE, "title_code")),
    "q73": (q73, ("area_code", "title_code")),
    "q74": (q74, ("reported_by_unit_id", "title_code", "reward_source_code")),
    "q75": (q75, PLACE),
}
