"""Rows of the truth as plain values, shares, and counting by area: what every answer is written with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
Truth = Mapping[str, "pd.DataFrame"]  # as simulate.expected makes it: facts by the name of their mart
MET = ("D", "KAD")  # a criterion or indicator that does not apply stands in nobody's way


def rows(truth: Truth, table: str) -> list[Row]:
    """One expected fact as dicts; what is missing is None, whatever pandas calls it."""
    import pandas as pd

    frame = truth[f"fct_{table}"].astype(object)
    plain = frame.where(pd.notna(frame), None)
    return [dict(zip(plain.columns, values, strict=True)) for values in plain.itertuples(index=False, name=None)]


def of_period(listed: Iterable[Row], reporting_period_id: str) -> list[Row]:
    return [row for row in listed if row["reporting_period_id"] == reporting_period_id]


def share(part: int | Decimal | None, whole: int | Decimal | None) -> float | None:
    """Percent with two decimals; None where there is nothing to take a share of."""
    if part is None or not whole:
        return None
    return float((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def total(amounts: Iterable[Decimal | int | None]) -> Decimal | None:
    """Sum of what is known; None, not 0, where nothing is."""
    known = [Decimal(amount) for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def average(numbers: Iterable[int | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return round(sum(known) / len(known), 2) if known else None


def by_reporting_unit(communes: Sequence[Row], count: Callable[[Sequence[Row]], Row]) -> pd.DataFrame:
    """`count` of the whole province and of each reporting unit, as rows of area_level and area_unit_id."""
    import pandas as pd

    found = [{"area_level": "province", "area_unit_id": None, **count(communes)}]
    for sender in sorted({commune["reported_by_unit_id"] for commune in communes}):
        own = [commune for commune in communes if commune["reported_by_unit_id"] == sender]
        found.append({"area_level": "unit", "area_unit_id": sender, **count(own)})
    return pd.DataFrame(found, dtype=object)
