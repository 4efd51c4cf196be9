"""Health insurance met and kept, commune by commune: what must follow from the results of the sample.

Belongs here: the truth of fct_health_insurance, and what a row of periods proves.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulate.expected_criteria import no_tables, results_and_statuses
from simulate.indicators import UNMET
from simulate.planted import Report
from simulate.topic import Row, Rows, Topic, Truth
from simulate.unmet import ADVANCED_SET, BASE_SET
from simulate.world import EVERY_PERIOD, period

INDICATORS = {BASE_SET: ("NTM", "15.1"), ADVANCED_SET: ("NTM_NC", "14.1")}
MATRIX_PERIODS = tuple(name for name in EVERY_PERIOD if period(name)["period_type"] in ("6_months", "year"))


def state_of(met: Sequence[bool | None]) -> str:
    """What a row of periods, oldest first, proves about the last of them; None = no figure."""
    first = next((place for place, is_met in enumerate(met) if is_met), None)
    since = [] if first is None else met[first:]
    if met[-1] is None:
        return "unverified" if since else "no_data"
    if not met[-1]:
        return "lost" if since else "never_met"
    if False in since:
        return "regained"
    return "unverified" if None in since else "kept"


def _expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    results, _ = results_and_statuses(truth, faults, sent)
    figures: dict[tuple[str, str, str], dict[str, Row]] = {}  # (commune, set, period) -> part -> result
    for row in results:
        if (row["criteria_set_code"], row["indicator_no"]) in {(code, no) for code, (_, no) in INDICATORS.items()}:
            key = row["unit_id"], row["criteria_set_code"], row["reporting_period_id"]
            figures.setdefault(key, {})[row["part_code"]] = row
    owing = {  # a commune that sent nothing still stands under the base set
        (row["unit_id"], row["reporting_unit_id"])
        for row in truth["unit_standing"]
        if row["subject_level"] == "commune" and row["reporting_period_id"] in MATRIX_PERIODS
    }
    periods = [name for name in MATRIX_PERIODS if any(name == row["reporting_period_id"] for row in results)]
    rows = []
    for unit_id, reporting_unit_id in owing:
        for set_code in INDICATORS:
            met: list[bool | None] = []
            for name in periods:
                parts = figures.get((unit_id, set_code, name), {})
                if not parts and set_code != BASE_SET:
                    continue
                met.append(_is_met(parts))
                first = next((other for other, was_met in zip(periods, met, strict=False) if was_met), None)
                rows.append(
                    {"reporting_period_id": name, "reporting_unit_id": reporting_unit_id, "unit_id": unit_id}
                    | _figures(set_code, parts)
                    | {
                        "is_met": met[-1],
                        "state_code": state_of(met),
                        "first_met_on": period(first)["data_to"] if first else None,
                    }
                )
    return {"fct_health_insurance": rows}


def _is_met(parts: dict[str, Row]) -> bool | None:
    if "total" not in parts or parts["total"]["computed_verdict"] is None:
        return None
    return all(row["computed_verdict"] != UNMET for row in parts.values())


def _figures(set_code: str, parts: dict[str, Row]) -> Row:
    title, indicator = INDICATORS[set_code]
    whole, men, women = (parts.get(part, {}) for part in ("total", "male", "female"))
    return {
        "title_code": title,
        "criteria_set_code": set_code,
        "indicator_no": indicator,
        "insured_count": whole.get("numerator"),
        "people_count": whole.get("denominator"),
        "insured_pct": whole.get("value"),
        "threshold_value": whole.get("threshold_value"),
        "distance": whole.get("distance"),
        "male_insured_count": men.get("numerator"),
        "male_people_count": men.get("denominator"),
        "female_insured_count": women.get("numerator"),
        "female_people_count": women.get("denominator"),
        "is_by_sex": {"male", "female"} <= set(parts) if parts else None,
    }


TOPIC = Topic(
    truth=no_tables,
    expected=_expected,
    keys={"fct_health_insurance": ("reporting_period_id", "unit_id", "title_code")},
)
