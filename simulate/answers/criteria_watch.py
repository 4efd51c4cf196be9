"""What a criteria desk watches from period to period: questions 17 to 20, 23, 26 and 27.

Belongs here: answers from results and marks. Conditions of recognition are in criteria_conditions.py.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.criteria import deciding_parts
from simulate.answers.indicators import in_charge
from simulate.answers.places import MATRIX_PERIODS, asked_period, closed_periods, communes_on
from simulate.answers.rows import Row, Truth, of_period, rows, share
from simulate.thresholds import asked_of
from simulate.truth_criteria import criteria_total

if TYPE_CHECKING:
    import pandas as pd


def _name(unit_id: str) -> str:
    return next(str(row["name_vi"]) for row in reference.rows("administrative_units") if row["unit_id"] == unit_id)


def q20(truth: Truth, day: date) -> pd.DataFrame:
    """Each indicator of each set in its latest period: who is in charge, who fails it, since when."""
    import pandas as pd

    closed = {row["reporting_period_id"]: row["data_to"] for row in closed_periods(day)}
    results = [row for row in rows(truth, "indicator_result") if row["reporting_period_id"] in closed]
    unmet = rows(truth, "unmet_indicator")
    found: list[Row] = []
    for set_code in sorted({row["criteria_set_code"] for row in results}):
        of_set = [row for row in results if row["criteria_set_code"] == set_code]
        name = max({row["reporting_period_id"] for row in of_set}, key=lambda name: closed[name])
        deciding = set(deciding_parts(set_code))
        reported: dict[str, set[str]] = {}
        for row in of_set:
            if row["reporting_period_id"] == name and (row["indicator_no"], row["part_code"]) in deciding:
                reported.setdefault(row["indicator_no"], set()).add(row["unit_id"])
        for indicator_no, units in reported.items():
            subject = name, set_code, indicator_no
            own = [
                row
                for row in unmet
                if (row["reporting_period_id"], row["criteria_set_code"], row["indicator_no"]) == subject
            ]
            own.sort(key=lambda row: (row["since_date"], row["unit_id"]))
            (agency,) = in_charge(set_code, indicator_no, closed[name])
            found.append(
                {
                    "criteria_set_code": set_code,
                    "reporting_period_id": name,
                    "indicator_no": indicator_no,
                    "agency_code": agency,
                    "reported_count": len(units),
                    "unmet_count": len(own),
                    "oldest_days": (day - own[0]["since_date"]).days if own else None,
                    "unmet_units": ", ".join(_name(row["unit_id"]) for row in own) or None,
                }
            )
    return pd.DataFrame(found, dtype=object)


def q18(truth: Truth, day: date) -> pd.DataFrame:
    """Criteria gained, regained and lost in the report year, by reporting unit and title."""
    import pandas as pd

    asked = asked_period(day)
    of_year = {row["reporting_period_id"] for row in closed_periods(day) if row["year"] == asked["year"]}
    reported_by = {commune["unit_id"]: commune["reported_by_unit_id"] for commune in communes_on(day)}
    groups: dict[tuple[str, str | None, str], list[Row]] = {}
    for row in rows(truth, "criterion_change"):
        if row["reporting_period_id"] in of_year and row["unit_id"] in reported_by:
            groups.setdefault(("province", None, row["title_code"]), []).append(row)
            groups.setdefault(("unit", reported_by[row["unit_id"]], row["title_code"]), []).append(row)
    found = []
    for (level, area, title), own in groups.items():
        changes = Counter(row["change_code"] for row in own)
        lost = [row for row in own if row["change_code"] == "lost"]
        causes = Counter(row["cause_code"] for row in lost)
        found.append(
            {
                "area_level": level,
                "area_unit_id": area,
                "title_code": title,
                "gained_count": changes["gained"],
                "regained_count": changes["regained"],
                "lost_count": len(lost),
                "lost_same_rules_count": causes["same_rules"],
                "lost_new_threshold_count": causes["new_threshold"],
                "lost_new_set_count": causes["new_set"],
                "net_count": len(own) - 2 * len(lost),
                "losing_commune_count": len({row["unit_id"] for row in lost}),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q27(truth: Truth, day: date) -> pd.DataFrame:
    """People insured in each commune, men and women, and whether the indicator is met and kept."""
    import pandas as pd

    name = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    found = []
    for row in of_period(rows(truth, "health_insurance"), name):
        insured, people, threshold = (row[column] for column in ("insured_count", "people_count", "threshold_value"))
        missing = None if people is None else max(0, ceil(people * threshold / 100 - insured))
        found.append(
            {name: row[name] for name in ("unit_id", "title_code", "is_met", "state_code", "first_met_on")}
            | {
                "reporting_period_id": name,
                "insured_pct": share(insured, people),
                "male_insured_pct": share(row["male_insured_count"], row["male_people_count"]),
                "female_insured_pct": share(row["female_insured_count"], row["female_people_count"]),
                "missing_people": missing,
            }
        )
    return pd.DataFrame(found, dtype=object)


def q19(truth: Truth, day: date) -> pd.DataFrame:
    """Criteria met, failed and unknown of each commune under each set that its figures can be judged by."""
    import pandas as pd

    name = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in of_period(rows(truth, "criterion_reassessment"), name):
        groups.setdefault((row["unit_id"], row["criteria_set_code"]), []).append(row)
    found = []
    for (unit_id, set_code), own in groups.items():
        marks = Counter(row["mark"] for row in own)
        own.sort(key=lambda row: row["criterion_no"])
        found.append(
            {
                "unit_id": unit_id,
                "criteria_set_code": set_code,
                "met_count": marks["D"],
                "failed_count": marks["CD"],
                "unknown_count": criteria_total(set_code) - marks["D"] - marks["CD"],
                "is_judged_on_another_sets_figures": any(row["borrowed_part_count"] for row in own),
                "failed_indicators": ", ".join(row["failed_indicators"] for row in own if row["failed_indicators"])
                or None,
            }
        )
    return pd.DataFrame(found, dtype=object)


def q17(truth: Truth, day: date) -> pd.DataFrame:
    """Communes that do not hold a title, and what they lack for it."""
    import pandas as pd

    now = asked_period(day)["reporting_period_id"]
    matrix = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    communes = {row["unit_id"] for row in communes_on(day)}
    lacking: dict[tuple[str, str], list[Row]] = {}
    for row in of_period(rows(truth, "unmet_indicator"), matrix):
        lacking.setdefault((row["unit_id"], row["criteria_set_code"]), []).append(row)
    results = of_period(rows(truth, "indicator_result"), matrix)
    judged = {(row["unit_id"], row["criteria_set_code"]) for row in results if _verdict(row)}
    found = []
    for row in of_period(rows(truth, "unit_standing"), now):
        if row["unit_id"] not in communes or row["standing"] == "recognised":
            continue
        own = lacking.get((row["unit_id"], row["criteria_set_code"]), [])
        own.sort(key=lambda row: (row["criterion_no"], row["indicator_no"]))
        met = row["criteria_met_declared"]
        found.append(
            {name: row[name] for name in ("unit_id", "criteria_set_code", "standing", "criteria_missing")}
            | {
                "criteria_missing_count": None if met is None else row["criteria_total"] - met,
                "indicators_missing_count": len(own) if (row["unit_id"], row["criteria_set_code"]) in judged else None,
                "indicators_missing": "; ".join(_shortfall(row) for row in own) or None,
            }
        )
    return pd.DataFrame(found, dtype=object)


def _verdict(row: Row) -> str | None:
    verdict: str | None = row["computed_verdict"] or row["declared_verdict"]
    return verdict


def _shortfall(row: Row) -> str:
    if row["distance"] is None:
        return str(row["indicator_no"])
    missing = (-row["distance"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{row['indicator_no']}: thiếu {missing}"


def q23(truth: Truth, day: date) -> pd.DataFrame:
    """Communes that meet every indicator of a content, by area and set."""
    import pandas as pd

    matrix = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    reported_by = {row["unit_id"]: row["reported_by_unit_id"] for row in communes_on(day)}
    topics = {(row["set_code"], row["indicator_no"]): row["topic_code"] for row in reference.rows("indicator_topics")}
    verdicts: dict[tuple[str, str, str], list[str | None]] = {}
    for row in of_period(rows(truth, "indicator_result"), matrix):
        topic = topics.get((row["criteria_set_code"], row["indicator_no"]))
        if topic and row["unit_id"] in reported_by:
            key = row["criteria_set_code"], topic, row["unit_id"]
            verdicts.setdefault(key, []).append(_verdict(row))
    groups: dict[tuple[str, str | None, str, str], dict[str, list[str | None]]] = {}
    for (set_code, topic, unit_id), own in verdicts.items():
        groups.setdefault(("province", None, set_code, topic), {})[unit_id] = own
        groups.setdefault(("unit", reported_by[unit_id], set_code, topic), {})[unit_id] = own
    found = []
    for (level, area, set_code, topic), units in groups.items():
        failed = sorted(unit_id for unit_id, own in units.items() if "CD" in own)
        unknown = [unit_id for unit_id, own in units.items() if "CD" not in own and None in own]
        met = len(units) - len(failed) - len(unknown)
        found.append(
            {
                "area_level": level,
                "area_unit_id": area,
                "criteria_set_code": set_code,
                "topic_code": topic,
                "reported_count": len(units),
                "met_count": met,
                "failed_count": len(failed),
                "unknown_count": len(unknown),
                "met_pct": share(met, len(units)),
                "failed_communes": ", ".join(_name(unit_id) for unit_id in failed) or None,
            }
        )
    return pd.DataFrame(found, dtype=object)


def q26(truth: Truth, day: date) -> pd.DataFrame:
    """Verdicts by figures, by the threshold they rest on and how sure it is."""
    import pandas as pd

    closed = {row["reporting_period_id"]: row for row in closed_periods(day)}
    results = [row for row in rows(truth, "indicator_result") if row["reporting_period_id"] in closed]
    latest: dict[str, str] = {}
    for row in sorted(results, key=lambda row: closed[row["reporting_period_id"]]["data_to"]):
        latest[row["criteria_set_code"]] = row["reporting_period_id"]
    groups: dict[tuple[str, str, str, Decimal, str], list[Row]] = {}
    for row in results:
        if row["computed_basis"] == "figure" and row["reporting_period_id"] == latest[row["criteria_set_code"]]:
            part = row["criteria_set_code"], row["indicator_no"], row["part_code"]
            asked = asked_of(row["unit_id"], *part, row["reporting_period_id"])
            assert asked is not None
            groups.setdefault((*part, row["threshold_value"], asked["confidence"]), []).append(row)
    found = []
    for (set_code, indicator_no, part_code, threshold, confidence), own in groups.items():
        found.append(
            {
                "criteria_set_code": set_code,
                "indicator_no": indicator_no,
                "part_code": part_code,
                "threshold_value": threshold,
                "threshold_confidence": confidence,
                "is_confirmed": confidence.startswith("confirmed"),
                "judged_count": len(own),
                "failed_count": sum(row["computed_verdict"] == "CD" for row in own),
                "close_count": sum(abs(row["distance"]) < 1 for row in own),
            }
        )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q17": (q17, ("unit_id", "criteria_set_code")),
    "q19": (q19, ("unit_id", "criteria_set_code")),
    "q18": (q18, ("area_level", "area_unit_id", "title_code")),
    "q20": (q20, ("criteria_set_code", "indicator_no")),
    "q23": (q23, ("area_level", "area_unit_id", "criteria_set_code", "topic_code")),
    "q26": (q26, ("criteria_set_code", "indicator_no", "part_code", "threshold_value", "threshold_confidence")),
    "q27": (q27, ("unit_id", "title_code")),
}
