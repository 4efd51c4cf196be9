"""What may be held against a period: the one before, the same one a year ago, and why not where it may not.

Belongs here: maps and sets of criteria of periods. Does not belong here: the figures compared (headlines.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Period:
    """A reporting period as the marts describe it; `base_set` judges every rural commune (None: no report)."""

    period_id: str
    label_vi: str
    year: int
    data_from: date
    data_to: date
    due_date: date
    map_date: date
    map_label_vi: str
    base_set: str | None
    previous_id: str | None
    year_ago_id: str | None


class UnknownPeriod(ValueError):
    """No such reporting period in the marts, or one that is a stage."""


def read_period(con: DuckDBPyConnection, period_id: str) -> Period:
    """Raises UnknownPeriod. The period before the first of a year is the last of the year before."""
    row = _row(
        con,
        """
        select periods.*, maps.map_date, maps.label_vi as map_label_vi
        from marts.dim_reporting_period as periods
        inner join marts.dim_map as maps
            on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
        where periods.reporting_period_id = ? and periods.period_type <> 'stage'
        """,
        [period_id],
    )
    if row is None:
        raise UnknownPeriod(f"There is no reporting period {period_id!r} in the published marts.")
    before = _row(
        con,
        "select reporting_period_id from marts.dim_reporting_period "
        "where period_type <> 'stage' and data_to < ? order by data_to desc limit 1",
        [row["data_to"]],
    )
    return Period(
        period_id=period_id,
        label_vi=row["label_vi"],
        year=row["year"],
        data_from=row["data_from"],
        data_to=row["data_to"],
        due_date=row["due_date"],
        map_date=row["map_date"],
        map_label_vi=row["map_label_vi"],
        base_set=_base_set(con, period_id),
        previous_id=row["previous_period_id"] or (before["reporting_period_id"] if before else None),
        year_ago_id=row["same_period_last_year_id"],
    )


def communes_changed(con: DuckDBPyConnection, earlier: Period, later: Period) -> int:
    """How many rural communes of the earlier period's map are not the same units on the later one."""
    if earlier.map_date == later.map_date:
        return 0
    row = _row(
        con,
        """
        select count(distinct bridge.from_unit_id) as changed
        from marts.bridge_unit_map as bridge
        inner join marts.dim_administrative_unit as units
            on bridge.from_unit_id = units.unit_id and units.is_rural_commune
        where bridge.from_map_date = ? and bridge.to_map_date = ? and not bridge.is_same_unit
        """,
        [earlier.map_date, later.map_date],
    )
    return row["changed"] if row else 0


def _base_set(con: DuckDBPyConnection, period_id: str) -> str | None:
    # every rural commune stands in the base set; in any other only those that reported on it
    row = _row(
        con,
        """
        select standings.criteria_set_code
        from marts.fct_unit_standing as standings
        inner join marts.dim_criteria_set as sets
            on standings.criteria_set_code = sets.set_code and sets.subject_kind = 'commune'
        where standings.reporting_period_id = ? and standings.subject_level = 'commune'
        group by standings.criteria_set_code
        order by count(*) desc, max(sets.based_on_set) nulls first, standings.criteria_set_code
        limit 1
        """,
        [period_id],
    )
    return row["criteria_set_code"] if row else None


def _row(con: DuckDBPyConnection, query: str, values: list[Any]) -> dict[str, Any] | None:
    found = con.execute(query, values)
    names = [name for name, *_ in found.description or []]
    first = found.fetchone()
    return dict(zip(names, first, strict=True)) if first else None
