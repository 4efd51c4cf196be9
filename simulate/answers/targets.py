"""Targets, what came of them, and the figures of communes that plans are made of: questions 65 to 71."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.answers.places import asked_period, closed_periods, communes_on, reporting_units_on
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

ADVANCED_SET = "NTM_XA_NC_2021"
MILLION = Decimal(1_000_000)
PARTS = {"HO_NGHEO": "poor_household_count", "VIEC_LAM": "stable_work_household_count"}
RATES = ("profile", "criteria_average")  # kinds of measures that do not add up
KEY = ("reporting_period_id", "reporting_unit_id", "unit_id", "area_code", "measure_code", "horizon_code", "plan_year",
       "owner_code")  # fmt: skip
SUMS = ("village_count", "household_count", "people_count", "women_count", "minority_household_count",
        "poor_household_count", "near_poor_household_count", "paved_road_km")  # fmt: skip


def _measures() -> dict[str, Row]:
    return {row["measure_code"]: row for row in reference.rows("target_measures")}


def _about(reporting_period_id: str) -> Row:
    row = reference.period(reporting_period_id)
    assert row is not None
    return row


def _closed(reporting_period_id: str | None, day: date) -> bool:
    return reporting_period_id is not None and _about(reporting_period_id)["data_to"] <= day


def _latest(targets: Iterable[Row], *names: str) -> list[Row]:
    found: dict[tuple[Any, ...], Row] = {}
    for row in sorted(targets, key=lambda row: _about(row["reporting_period_id"])["data_to"]):
        found[tuple(row[name] for name in names)] = row
    return list(found.values())


def _result_by(truth: Truth, day: date) -> dict[tuple[Any, ...], Row]:
    """The latest result closed by a day, by target."""
    results = [row for row in rows(truth, "target_result") if _closed(row["result_period_id"], day)]
    results.sort(key=lambda row: _about(row["result_period_id"])["data_to"])
    return {_target(row): row for row in results}


def _target(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def q65(truth: Truth, day: date) -> pd.DataFrame:
    """Targets of the reporting units for this year and later ones, with results."""
    import pandas as pd

    wanted = [
        row
        for row in rows(truth, "target")
        if _closed(row["reporting_period_id"], day) and row["plan_year"] >= day.year and row["owner_code"] is None
        and row["unit_id"].partition(".")[0] == row["reporting_unit_id"]
    ]  # fmt: skip
    found, results = [], _result_by(truth, day)
    for row in _latest(wanted, "unit_id", "measure_code", "horizon_code", "plan_year"):
        result = results.get(_target(row))
        names = ("unit_id", "measure_code", "horizon_code", "plan_year", "target_value", "document_no", "decided_on")
        found.append(
            {name: row[name] for name in names}
            | {"result": result and _figure(result), "is_reached": result and result["is_reached"]}
        )
    return pd.DataFrame(found, dtype=object)


def _figure(row: Row) -> float | None:
    if row["result_part"] is None:
        return None
    scale = 100 if _measures()[row["measure_code"]]["unit"] == "%" else 1
    return round(float(Decimal(row["result_part"]) * scale / Decimal(row["result_whole"] or 1)), 2)


def q66(truth: Truth, day: date) -> pd.DataFrame:
    """Communes and areas chosen as typical ones, and where they stand."""
    import pandas as pd

    closed = [period["reporting_period_id"] for period in closed_periods(day)]
    standings: dict[str, Row] = {}
    areas: dict[tuple[str, str], Row] = {}
    for name in closed:
        for row in of_period(rows(truth, "unit_standing"), name):
            if row["criteria_set_code"] == ADVANCED_SET and row["criteria_met_declared"] is not None:
                standings[row["unit_id"]] = row
        for row in of_period(rows(truth, "residential_area_status"), name):
            areas[row["area_code"], row["title_code"]] = row
    acts = {
        (row["unit_id"], row["title_code"]): row["act_code"]
        for row in sorted(rows(truth, "recognition"), key=lambda row: row["decision_date"])
        if row["decision_date"] <= day
    }
    found = []
    for row in rows(truth, "target"):
        measure = _measures()[row["measure_code"]]
        if measure["measure_kind"] != "candidate" or row["decided_on"] > day or row["plan_year"] < day.year:
            continue
        area = _listed(areas, row["area_code"], measure["title_code"])
        standing = standings.get(row["unit_id"])
        of_area = row["area_code"] is not None
        names = ("unit_id", "area_code", "plan_year", "decided_on", "document_no")
        found.append(
            {name: row[name] for name in names}
            | {
                "title_code": measure["title_code"],
                "criteria_title_code": area and area["title_code"],
                "criteria_met": (area or {}).get("criteria_met") if of_area
                else (standing or {}).get("criteria_met_declared"),
                "criteria_total": (area or {}).get("criteria_total") if of_area
                else (standing or {}).get("criteria_total"),
                "is_title_held": area is not None and area["title_code"] == measure["title_code"] and area["is_held"]
                if of_area else acts.get((row["unit_id"], measure["title_code"]), "withdrawal") != "withdrawal",
            }
        )  # fmt: skip
    return pd.DataFrame(found, dtype=object)


def _listed(areas: dict[tuple[str, str], Row], code: str | None, title: str) -> Row | None:
    """An area as listed with a title, otherwise with the title it was last listed with."""
    own = [row for (area, _), row in areas.items() if area == code]
    own.sort(key=lambda row: row["title_code"])
    return max(
        own,
        key=lambda row: (row["title_code"] == title, _about(row["reporting_period_id"])["data_to"]),
        default=None,
    )


def q67(truth: Truth, day: date) -> pd.DataFrame:
    """Sums of the profiles by reporting unit, and the shares made of them."""
    import pandas as pd

    about = asked_period(day, ("year",))
    places = of_period(rows(truth, "commune_profile"), about["reporting_period_id"])
    units = {
        sender["unit_id"]: reference.communes_of(sender["reporting_unit_id"], about["data_to"])
        for sender in reporting_units_on(about["data_to"])
    }
    groups = [("province", None, [unit for below in units.values() for unit in below])]
    groups += [("unit", sender, below) for sender, below in units.items()]
    found = []
    for level, place, below in groups:
        codes = {unit["unit_id"] for unit in below}
        own = [row for row in places if row["unit_id"] in codes]
        sums = {name: total(row[name] for row in own) for name in SUMS}
        households = sums["household_count"]
        found.append(
            {
                "area_level": level, "area_unit_id": place, "unit_count": len(below), "place_count": len(own), **sums,
                "minority_pct": share(sums["minority_household_count"], households),
                "poor_pct": share(sums["poor_household_count"], households),
                "near_poor_pct": share(sums["near_poor_household_count"], households),
            }
        )  # fmt: skip
    return pd.DataFrame(found, dtype=object)


def q68(truth: Truth, day: date) -> pd.DataFrame:
    """Households without anybody in stable work, by commune."""
    import pandas as pd

    about = asked_period(day, ("year",))
    rural = {commune["unit_id"] for commune in communes_on(about["data_to"])}
    found = []
    for row in of_period(rows(truth, "commune_profile"), about["reporting_period_id"]):
        if row["unit_id"] in rural:
            short = row["household_count"] - row["stable_work_household_count"]
            names = ("unit_id", "household_count", "stable_work_household_count", "trained_count",
                     "job_introduced_count")  # fmt: skip
            found.append(
                {name: row[name] for name in names}
                | {
                    "short_count": short,
                    "stable_work_pct": share(row["stable_work_household_count"], row["household_count"]),
                    "is_reached": short == 0,
                }
            )
    return pd.DataFrame(found, dtype=object)


def _profile_figure(row: Row, measure: str) -> float | None:
    if measure == "THU_NHAP":
        return round(float(row["income_per_head_vnd"] / MILLION), 2)
    return share(row[PARTS[measure]], row["household_count"])


def q69(truth: Truth, day: date) -> pd.DataFrame:
    """Socio-economic targets of helped communes with the figure before and the result."""
    import pandas as pd

    helpers: dict[str, list[str]] = {}
    for row in rows(truth, "helper_assignment"):
        is_valid = row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] > day)
        if row["role_code"] == "main" and is_valid:
            helpers.setdefault(row["unit_id"], []).append(row["agency_code"])
    figures: dict[tuple[str, int], Row] = {}
    for row in rows(truth, "commune_profile"):
        if _closed(row["reporting_period_id"], day):
            figures[row["unit_id"], _about(row["reporting_period_id"])["year"]] = row
    found = []
    for row in rows(truth, "target"):
        is_of_year = row["plan_year"] == day.year and row["horizon_code"] == "year" and row["decided_on"] <= day
        is_economic = _measures()[row["measure_code"]]["measure_kind"] == "profile"
        if not (is_of_year and is_economic and row["is_in_force"] and row["unit_id"] in helpers):
            continue
        before, after = figures.get((row["unit_id"], day.year - 1)), figures.get((row["unit_id"], day.year))
        measure = row["measure_code"]
        found.append(
            {
                "unit_id": row["unit_id"],
                "measure_code": measure,
                "target_value": row["target_value"],
                "figure_before": None if before is None else _profile_figure(before, measure),
                "result": None if after is None else _profile_figure(after, measure),
                "is_reached": None if after is None else row["is_reached"],
                "agency_codes": ", ".join(sorted(helpers[row["unit_id"]])),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q70(truth: Truth, day: date) -> pd.DataFrame:
    """Priority contents of agencies and reporting units for the year."""
    import pandas as pd

    groups: dict[tuple[str | None, str], list[Row]] = {}
    for row in rows(truth, "target"):
        is_of_year = row["plan_year"] == day.year and row["horizon_code"] == "year" and row["is_in_force"]
        if row["is_priority"] and is_of_year and row["decided_on"] <= day:
            groups.setdefault((row["owner_code"], row["measure_code"]), []).append(row)
    found, results = [], _result_by(truth, day)
    for (owner, measure), own in groups.items():
        known = [results[_target(row)] for row in own if _target(row) in results]
        about, aims = _measures()[measure], [row["target_value"] for row in own if row["target_value"] is not None]
        found.append(
            {
                "owner_code": owner,
                "measure_code": measure,
                "reporting_unit_count": len({row["reporting_unit_id"] for row in own}),
                "target_sum": total(aims) if about["unit"] and about["measure_kind"] not in RATES else None,
                "target_lowest": min(aims, default=None),
                "target_highest": max(aims, default=None),
                "reached_count": sum(bool(row["is_reached"]) for row in known) if known else None,
            }
        )
    return pd.DataFrame(found, dtype=object)


def q71(truth: Truth, day: date) -> pd.DataFrame:
    """Targets of the stage with their denominators."""
    import pandas as pd

    wanted = [
        row
        for row in rows(truth, "target")
        if row["horizon_code"] == "stage" and row["plan_year"] >= day.year and _closed(row["reporting_period_id"], day)
        and _measures()[row["measure_code"]]["measure_kind"] == "titles_held"
    ]  # fmt: skip
    below = {
        sender["unit_id"]: reference.communes_of(sender["reporting_unit_id"], day) for sender in reporting_units_on(day)
    }
    results = _result_by(truth, day)
    groups: dict[tuple[str | None, str, int], list[Row]] = {}
    for row in _latest(wanted, "unit_id", "measure_code", "plan_year"):
        for unit in (None, row["unit_id"]):
            groups.setdefault((unit, row["measure_code"], row["plan_year"]), []).append(row)
    found = []
    for (unit, measure, year), own in groups.items():
        units = [one for row in own for one in below[row["unit_id"]]]
        communes = sum(one["unit_type"] == "xa" for one in units)
        aimed_at = total(row["target_value"] for row in own)
        held = total(results[_target(row)]["result_part"] for row in own if _target(row) in results)
        found.append(
            {
                "unit_id": unit, "measure_code": measure, "plan_year": year, "target_value": aimed_at,
                "held_count": held, "commune_count": communes, "commune_level_count": len(units),
                "target_of_communes_pct": share(aimed_at, communes),
                "target_of_commune_level_pct": share(aimed_at, len(units)),
                "held_of_communes_pct": share(held, communes),
            }
        )  # fmt: skip
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q65": (q65, ("unit_id", "measure_code", "horizon_code", "plan_year")),
    "q66": (q66, ("unit_id", "area_code", "plan_year")),
    "q67": (q67, ("area_level", "area_unit_id")),
    "q68": (q68, ("unit_id",)),
    "q69": (q69, ("unit_id", "measure_code")),
    "q70": (q70, ("owner_code", "measure_code")),
    "q71": (q71, ("unit_id", "measure_code", "plan_year")),
}
