"""Any period under any set: what the figures of the sample say against the thresholds of another set.

Belongs here: the truth of fct_criterion_reassessment. What both sets measure alike is reference data.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ingest import reference, thresholds
from simulate.expected_criteria import no_tables, results_and_statuses
from simulate.indicators import MET, NOT_APPLICABLE, UNMET, Part, parts_of, verdict_on
from simulate.planted import Report
from simulate.thresholds import UPLANDS, is_judged_on_uplands
from simulate.topic import Row, Rows, Topic, Truth
from simulate.world import PROVINCE_CODE, period

PartKey = tuple[str, str, str]  # set, indicator, part


@cache
def _equivalents() -> dict[PartKey, list[PartKey]]:
    """A part that was reported -> parts of other sets that it can be judged as."""
    found: dict[PartKey, list[PartKey]] = {}
    for row in reference.rows("indicator_equivalents"):
        reported = row["from_set_code"], row["from_indicator_no"], row["from_part_code"]
        found.setdefault(reported, []).append((row["set_code"], row["indicator_no"], row["part_code"]))
    return found


@cache
def _parts(set_code: str) -> Mapping[tuple[str, str], Part]:
    deciding = {
        (row["indicator_no"], row["part_code"])
        for row in reference.rows("indicator_parts")
        if row["set_code"] == set_code and row["decides_verdict"]
    }
    keyed = {(part.indicator_no, part.part_code): part for part in parts_of(set_code)}
    return {key: part for key, part in keyed.items() if key in deciding}


@cache
def _nearest_threshold(key: PartKey, year: int, is_upland: bool) -> Row | None:
    """The row of the year or the nearest earlier one, else of every year, else the nearest later; by nearest scope."""
    province, common = ("province", PROVINCE_CODE), ("common", None)
    own_region = ("region", thresholds.region_of(PROVINCE_CODE, year))
    for scope in (("region", UPLANDS), province, common) if is_upland else (province, own_region, common):
        rows = [
            row
            for row in reference.rows("indicator_thresholds")
            if (row["set_code"], row["indicator_no"], row["part_code"]) == key
            and (row["scope_kind"], row["scope_code"]) == scope
        ]
        years = {row["threshold_year"]: row for row in rows}
        if earlier := [of_year for of_year in years if of_year is not None and of_year <= year]:
            return years[max(earlier)]
        if rows:
            return years[None] if None in years else years[min(years)]
    return None


def verdict_of(result: Row, key: PartKey, part: Part) -> str | None:
    """What a reported result says as another part; None where it cannot be told."""
    if result["declared_verdict"] == NOT_APPLICABLE or part.kind in ("bool", "level"):
        return str(result["declared_verdict"])
    name = result["reporting_period_id"]
    is_upland = is_judged_on_uplands(result["unit_id"], key[0], name)
    threshold = _nearest_threshold(key, period(name)["year"], is_upland)
    if threshold is None or result["value"] is None:
        return None
    few, many = result["denominator"], threshold["small_denominator_max"]
    is_of_few = few is not None and many is not None and few <= many
    asked = threshold["small_denominator_value" if is_of_few else "threshold_value"]
    return None if asked is None else verdict_on(result["value"], asked, part.direction)


def reassessed(results: Rows) -> Rows:
    """Criteria of every set that the results of communes can be judged on."""
    verdicts: dict[tuple[str, str, str], dict[tuple[str, str], tuple[str | None, bool]]] = {}
    units: dict[str, str] = {}
    for is_reported in (True, False):  # what was reported on the set itself goes first
        for result in results:
            if result["subject_level"] != "commune":
                continue
            units[result["unit_id"]] = result["reporting_unit_id"]
            own = result["criteria_set_code"], result["indicator_no"], result["part_code"]
            for key in [own] if is_reported else _equivalents().get(own, []):
                part = _parts(key[0]).get(key[1:])
                subject = result["reporting_period_id"], result["unit_id"], key[0]
                if part is not None:
                    verdict = verdict_of(result, key, part)
                    verdicts.setdefault(subject, {}).setdefault(key[1:], (verdict, is_reported))
    rows = []
    for (name, unit_id, set_code), judged in verdicts.items():
        about = {"reporting_period_id": name, "reporting_unit_id": units[unit_id], "unit_id": unit_id}
        rows += [about | row for row in _criteria(set_code, judged)]
    return rows


def _criteria(set_code: str, judged: Mapping[tuple[str, str], tuple[str | None, bool]]) -> Rows:
    rows: list[dict[str, Any]] = []
    by_criterion: dict[int, list[tuple[str, str]]] = {}
    for key, part in _parts(set_code).items():
        by_criterion.setdefault(int(part.criterion_no), []).append(key)
    for number, keys in by_criterion.items():
        known = {key: judged[key] for key in keys if key in judged}
        if not known:
            continue
        failed = sorted(key for key, (verdict, _) in known.items() if verdict == UNMET)
        told = sum(verdict is not None for verdict, _ in known.values())
        rows.append(
            {
                "criteria_set_code": set_code,
                "criterion_no": number,
                "mark": UNMET if failed else MET if told == len(keys) else None,
                "part_count": len(keys),
                "known_part_count": told,
                "failed_part_count": len(failed),
                "borrowed_part_count": sum(not is_reported for _, is_reported in known.values()),
                "failed_indicators": ", ".join(indicator for indicator, _ in failed) or None,
            }
        )
    return rows


def _expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    results, _ = results_and_statuses(truth, faults, sent)
    return {"fct_criterion_reassessment": reassessed(results)}


TOPIC = Topic(
    truth=no_tables,
    expected=_expected,
    keys={"fct_criterion_reassessment": ("reporting_period_id", "unit_id", "criteria_set_code", "criterion_no")},
)
