"""What a unit of the sample must reach: by its province, or by another region while it is specially difficult.

Belongs here: the truth of which threshold judges. Figures and verdicts are in indicators.py.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from ingest import reference, thresholds
from simulate.world import PROVINCE_CODE, period

UPLANDS = "tdmnpb"  # communes judged on it, and by which set: what 318/QĐ-TTg says of specially difficult communes
UPLAND_SETS = ("NTM_XA_2021",)
DIFFICULT = ("specially_difficult", "safe_zone_poor_district")


@cache
def is_judged_on_uplands(unit_code: str, set_code: str, reporting_period_id: str) -> bool:
    """Whether a unit (code, or identifier with its generation) is difficult on the closing day of a period."""
    closing = period(reporting_period_id)["data_to"]
    return set_code in UPLAND_SETS and any(
        row["unit_code"] == unit_code.partition(".")[0]
        and row["attribute_code"] in DIFFICULT
        and row["valid_from"] <= closing
        and (row["valid_to"] is None or closing < row["valid_to"])
        for row in reference.rows("commune_attributes")
    )


def asked_of(
    unit_code: str | None, set_code: str, indicator_no: str, part_code: str, reporting_period_id: str
) -> dict[str, Any] | None:
    """The threshold that judges a unit in the year of a period; None where it is not known. No unit: the province's."""
    is_upland = unit_code is not None and is_judged_on_uplands(unit_code, set_code, reporting_period_id)
    year = int(period(reporting_period_id)["year"])
    region = UPLANDS if is_upland else None
    return thresholds.threshold(set_code, indicator_no, part_code, PROVINCE_CODE, year, judging_code=region)


def number_asked(row: dict[str, Any] | None, denominator: int | None = None) -> Decimal | None:
    """The number of a threshold, eased where what it judges is of few; None where there is none."""
    if row is None:
        return None
    most = row["small_denominator_max"]
    is_of_few = denominator is not None and most is not None and denominator <= most
    threshold: Decimal | None = row["small_denominator_value" if is_of_few else "threshold_value"]
    return threshold
