"""What is given to communes, by whom and on what ground: questions 61 to 64."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.answers.places import MATRIX_PERIODS, asked_period
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

GIVEN_BY = ("enterprise", "organisation", "individual")


def _grouped(listed: Iterable[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in listed:
        found.setdefault(tuple(row[name] for name in names), []).append(row)
    return found


def _sum(own: Iterable[Row], column: str, fits: Callable[[Row], bool] = lambda row: True) -> Decimal | None:
    return total(row[column] for row in own if fits(row))


def q61(truth: Truth, day: date) -> pd.DataFrame:
    """Support agreed by a day, by kind of donor and of support."""
    import pandas as pd

    agreed = [row for row in rows(truth, "support") if row["agreed_on"] <= day]
    found = []
    for (donor, kind), own in _grouped(agreed, "donor_kind_code", "support_kind_code").items():
        whole = [row for row in own if row["delivered_on"] is not None and row["delivered_on"] <= day]
        found.append(
            {
                "donor_kind_code": donor,
                "support_kind_code": kind,
                "support_count": len(own),
                "donor_count": len({row["donor_name"] for row in own}),
                "commune_count": len({row["unit_id"] for row in own}),
                "through_helper_count": sum(row["is_assigned"] for row in own),
                "promised_vnd": _sum(own, "promised_vnd"),
                "delivered_whole_count": len(whole),
                "delivered_whole_vnd": _sum(whole, "delivered_vnd") or Decimal(0),
                "delivered_latest_vnd": _sum(own, "delivered_vnd") or Decimal(0),
                "latest_report_day": max(row["as_of_date"] for row in own),
                "labour_days": _sum(own, "quantity") if kind == "labour_days" else None,
                "household_count": _sum(own, "household_count"),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q62(truth: Truth, day: date) -> pd.DataFrame:
    """What residents gave in the report year, by unit and kind, and in the province."""
    import pandas as pd

    period = asked_period(day, MATRIX_PERIODS)
    helped = {row["unit_id"] for row in rows(truth, "helper_assignment") if reference.is_valid(row, period["data_to"])}
    given = [
        row
        for row in of_period(rows(truth, "contribution"), period["reporting_period_id"])
        if row["giver_code"] == "residents"
    ]
    found = []
    groups = {(None, *key): own for key, own in _grouped(given, "kind_code").items()}
    for (unit, kind), own in (groups | _grouped(given, "reporting_unit_id", "kind_code")).items():
        prices = [row["unit_price_vnd"] for row in own if row["unit_price_vnd"] is not None]
        found.append(
            {
                "reporting_period_id": period["reporting_period_id"],
                "area_level": "province" if unit is None else "unit",
                "reporting_unit_id": unit,
                "kind_code": kind,
                "line_count": len(own),
                "commune_count": len({row["unit_id"] for row in own}),
                "household_count": _sum(own, "household_count"),
                "quantity": _sum(own, "quantity") if kind in ("labour_days", "land") else None,
                "lowest_price_vnd": min(prices, default=None),
                "highest_price_vnd": max(prices, default=None),
                "value_vnd": _sum(own, "value_vnd"),
                "computed_value_vnd": _sum(own, "computed_value_vnd"),
                "difference_vnd": _sum(own, "difference_vnd"),
                "unpriced_vnd": _sum(own, "value_vnd", lambda row: row["value_basis"] == "stated"),
                "in_helped_communes_vnd": _sum(own, "value_vnd", lambda row: row["unit_id"] in helped) or Decimal(0),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q63(truth: Truth, day: date) -> pd.DataFrame:
    """What enterprises, organisations and individuals give, by unit and in the province."""
    import pandas as pd

    name = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    funding, given = of_period(rows(truth, "funding"), name), of_period(rows(truth, "contribution"), name)
    units: list[str | None] = [None, *sorted({row["reporting_unit_id"] for row in (*funding, *given)})]
    found = []
    for unit in units:
        lines = [row for row in funding if unit in (None, row["reporting_unit_id"])]
        gifts = [row for row in given if unit in (None, row["reporting_unit_id"])]
        enterprises = [row for row in lines if row["source_code"] == "DN"]
        found.append(
            {
                "reporting_period_id": name,
                "area_level": "province" if unit is None else "unit",
                "reporting_unit_id": unit,
                "enterprise_funding_vnd": _sum(enterprises, "performed_vnd"),
                **{
                    f"{giver}_given_vnd": total(row["value_vnd"] for row in gifts if row["giver_code"] == giver)
                    for giver in GIVEN_BY
                },
            }
        )
    return pd.DataFrame(found, dtype=object)


def q64(truth: Truth, day: date) -> pd.DataFrame:
    """How much of what is given rests on a document."""
    import pandas as pd

    name = asked_period(day, MATRIX_PERIODS)["reporting_period_id"]
    mobilised = [
        {**row, "source": "contribution", "given_by": row["giver_code"], "amount": row["value_vnd"]}
        for row in of_period(rows(truth, "contribution"), name)
    ] + [
        {**row, "source": "support", "given_by": row["donor_kind_code"], "amount": row["promised_vnd"]}
        for row in rows(truth, "support")
        if row["agreed_on"] <= day
    ]
    found = []
    for (source, given_by), own in _grouped(mobilised, "source", "given_by").items():
        grounded = [row for row in own if row["ground_document"] is not None]
        found.append(
            {
                "source": source,
                "given_by": given_by,
                "line_count": len(own),
                "with_ground_count": len(grounded),
                "with_ground_pct": share(len(grounded), len(own)),
                "value_vnd": _sum(own, "amount"),
                "without_ground_vnd": _sum(own, "amount", lambda row: row["ground_document"] is None) or Decimal(0),
            }
        )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q61": (q61, ("donor_kind_code", "support_kind_code")),
    "q62": (q62, ("area_level", "reporting_unit_id", "kind_code")),
    "q63": (q63, ("area_level", "reporting_unit_id")),
    "q64": (q64, ("source", "given_by")),
}
