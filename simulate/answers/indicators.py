"""Single indicators over time: questions 5 (health insurance) and 7 (what departments owe)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.criteria import deciding_parts
from simulate.answers.places import MATRIX_PERIODS, asked_period, base_set, closed_periods, communes_on
from simulate.answers.recognition import ADVANCED, held_on
from simulate.answers.rows import Row, Truth, average, by_reporting_unit, rows, share, total
from simulate.health_insurance import state_of
from simulate.world import PROVINCE_CODE

if TYPE_CHECKING:
    import pandas as pd

INSURANCE, ADVANCED_INSURANCE = ("NTM_XA_2021", "15.1"), ("NTM_XA_NC_2021", "14.1")

Parts = dict[str, Row]  # part -> its row, where it has a value


def q05(truth: Truth, day: date) -> pd.DataFrame:
    """Communes by what became of the health-insurance indicator, and the share of people insured."""
    periods = closed_periods(day, MATRIX_PERIODS)
    asked = periods[-1]
    results = rows(truth, "indicator_result")
    base, advanced = _by_commune(results, INSURANCE), _by_commune(results, ADVANCED_INSURANCE)
    held = held_on(rows(truth, "recognition"), day)
    name = asked["reporting_period_id"]

    def history(unit: str) -> str:
        return state_of([_is_met(base.get((unit, row["reporting_period_id"]))) for row in periods])

    def count(communes: Sequence[Row]) -> Row:
        states = {commune["unit_id"]: history(commune["unit_id"]) for commune in communes}
        counts = Counter(states.values())
        now = [base[unit, name] for unit in states if _is_met(base.get((unit, name))) is not None]
        met = sum(bool(_is_met(parts)) for parts in now)
        insured = total(parts["total"]["numerator"] for parts in now if _has_parts(parts))
        people = total(parts["total"]["denominator"] for parts in now if _has_parts(parts))
        of_title = [unit for unit in states if (unit, ADVANCED) in held]
        names = {commune["unit_id"]: commune["name_vi"] for commune in communes}
        lost = [names[unit] for unit in sorted(states) if states[unit] == "lost"]
        return {
            "reporting_period_id": name,
            "commune_count": len(states),
            "reported_count": len(now),
            "met_count": met,
            **{f"{state}_count": counts[state]
               for state in ("kept", "regained", "unverified", "lost", "never_met", "no_data")},
            "without_sex_count": sum(not {"male", "female"} <= set(parts) for parts in now),
            "lost_communes": ", ".join(lost) or None,
            "insured_count": insured,
            "people_count": people,
            "advanced_count": len(of_title),
            "advanced_met_count": sum(bool(_is_met(advanced.get((unit, name)))) for unit in of_title),
            "met_pct": share(met, len(states)),
            "kept_pct": share(counts["kept"], len(states)),
            "insured_pct": share(insured, people),
        }  # fmt: skip

    return by_reporting_unit(communes_on(asked["data_to"]), count)


def _by_commune(results: Iterable[Row], indicator: tuple[str, str]) -> dict[tuple[str, str], Parts]:
    found: dict[tuple[str, str], Parts] = {}
    for row in results:
        if (row["criteria_set_code"], row["indicator_no"]) == indicator and row["value"] is not None:
            found.setdefault((row["unit_id"], row["reporting_period_id"]), {})[row["part_code"]] = row
    return found


def _is_met(parts: Parts | None) -> bool | None:
    """For the commune and, where reported by sex, for men and for women; None without the commune's own figure."""
    if parts is None or "total" not in parts:
        return None
    return all(row["value"] >= row["threshold_value"] for row in parts.values())


def _has_parts(parts: Parts) -> bool:
    return parts["total"]["numerator"] is not None and parts["total"]["denominator"] is not None


def q07(truth: Truth, day: date) -> pd.DataFrame:
    """Unmet indicators by department and reporting unit, and the age of the oldest."""
    import pandas as pd

    asked = asked_period(day, MATRIX_PERIODS)
    reported_by = {commune["unit_id"]: commune["reported_by_unit_id"] for commune in communes_on(day)}
    runs = _verdicts(rows(truth, "indicator_result"), closed_periods(day, MATRIX_PERIODS), reported_by)
    groups: dict[tuple[str, str, str | None], list[Row]] = {}
    for (unit, set_code, indicator), by_period in runs.items():
        if asked["data_to"] not in by_period:
            continue
        item = {"unit_id": unit, "days": _age(by_period, asked["data_to"], day)}
        for agency in in_charge(set_code, indicator, asked["data_to"]):
            groups.setdefault((agency, "province", None), []).append(item)
            groups.setdefault((agency, "unit", reported_by[unit]), []).append(item)
    last = _last_support(rows(truth, "activity"), day)
    found = []
    for (agency, level, area), own in groups.items():
        unmet = [item for item in own if item["days"] is not None]
        found.append(
            {
                "agency_code": agency,
                "area_level": level,
                "area_unit_id": area,
                "reporting_period_id": asked["reporting_period_id"],
                "unmet_count": len(unmet),
                "reported_count": len(own),
                "unmet_pct": share(len(unmet), len(own)),
                "commune_count": len({item["unit_id"] for item in unmet}),
                "oldest_days": max((item["days"] for item in unmet), default=None),
                "average_days": average(item["days"] for item in unmet),
                "last_support_on": last.get((agency, area)),
            }
        )
    return pd.DataFrame(found, dtype=object)


def _last_support(activities: Iterable[Row], day: date) -> dict[tuple[str, str | None], date]:
    """(department, reporting unit or None for the province) -> the latest day on which it was active there."""
    parents = {
        row["unit_id"]: row["parent_unit_id"] if row["level"] == "commune" else row["unit_id"]
        for row in reference.rows("administrative_units")
    }
    found: dict[tuple[str, str | None], date] = {}
    for row in activities:
        agency, on = row["agency_code"], row["activity_date"]
        if agency is not None and on is not None and on <= day:
            for area in {None, parents.get(row["unit_id"])}:
                found[agency, area] = max(on, found.get((agency, area), on))
    return found


def _verdicts(
    results: Iterable[Row], periods: list[Row], communes: dict[str, str]
) -> dict[tuple[str, str, str], dict[date, bool]]:
    """(commune, set, indicator) -> closing day -> whether a deciding part is not met."""
    base_of = {row["reporting_period_id"]: (row["data_to"], base_set(row["year"])["set_code"]) for row in periods}
    deciding = {(code, *part) for _, code in base_of.values() for part in deciding_parts(code)}
    found: dict[tuple[str, str, str], dict[date, bool]] = {}
    for row in results:
        closing, set_code = base_of.get(row["reporting_period_id"], (None, None))
        part = (row["criteria_set_code"], row["indicator_no"], row["part_code"])
        if (
            closing is None
            or row["criteria_set_code"] != set_code
            or part not in deciding
            or row["unit_id"] not in communes
        ):
            continue
        by_period = found.setdefault((row["unit_id"], row["criteria_set_code"], row["indicator_no"]), {})
        is_unmet = (row["computed_verdict"] or row["declared_verdict"]) == "CD"
        by_period[closing] = by_period.get(closing, False) or is_unmet
    return found


def _age(by_period: dict[date, bool], asked: date, day: date) -> int | None:
    """Days since the run of "not met" began that still lasts; a period without a report does not end it."""
    if not by_period[asked]:
        return None
    begin = asked
    for closing in sorted(by_period, reverse=True):
        if not by_period[closing]:
            break
        begin = closing
    return (day - begin).days


def in_charge(set_code: str, indicator_no: str, day: date) -> list[str]:
    assigned = [
        row["agency_code"]
        for row in reference.rows("agency_assignments")
        if (row["set_code"], row["indicator_no"], row["province_code"]) == (set_code, indicator_no, PROVINCE_CODE)
        and reference.is_valid(row, day)
    ]
    national = [row["agency_code"] for row in reference.rows("indicators")
                if (row["set_code"], row["indicator_no"]) == (set_code, indicator_no)]  # fmt: skip
    return assigned or national
