"""A cumulative figure on an older map: what was reported on that map stands, only what came later is divided.

Nine months reported by a new commune hold the six months that its predecessors had reported for themselves. Does not
belong here: dividing (map_macros.py), figures that are no sums of a year (the whole of them is divided).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from publish.figure_question import Measure
from publish.map_macros import amounts_on_map

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PLACE_KEYS = ("unit_id", "reporting_unit_id")


def stands_before(measure: Measure) -> bool:
    """Whether earlier reports of the year tell part of the figure, line by line of a place."""
    return measure.additivity == "cumulative" and not measure.is_register and "unit_id" in measure.row_key


def placed_after_reports(con: DuckDBPyConnection, measure: Measure, rows: str, before: str, map_date: date) -> str:
    """Select like amounts_on_map by population; `before` are the rows of earlier periods of the same report years.

    A part told by a report on that map has map_basis_code `reported`. The parts of a row add up to it.
    """
    keys = [column for column in measure.row_key if column not in PLACE_KEYS]
    same = "".join(f" and current_rows.{key} is not distinct from told.{key}" for key in keys)
    listed = "".join(f", earlier.{key}" for key in keys)
    con.execute(
        f"create or replace temp table current_rows as select row_number() over () as figure_row, * from ({rows})"
    )
    con.execute(
        f"""
        create or replace temp table told_before as
        select
            bridge.to_unit_id as told_unit_id, earlier.unit_id, maps.map_date,
            periods.year, periods.data_to, earlier.map_figure{listed}
        from ({before}) as earlier
        inner join marts.dim_reporting_period as periods using (reporting_period_id)
        inner join marts.dim_map as maps
            on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
        inner join marts.bridge_unit_map as bridge
            on maps.map_date = bridge.from_map_date and earlier.unit_id = bridge.from_unit_id
            and bridge.to_map_date = date '{map_date}' and bridge.target_count = 1
        where earlier.map_figure is not null
        qualify row_number() over (
            partition by earlier.unit_id, periods.year{listed} order by periods.data_to desc
        ) = 1
        """
    )
    con.execute(
        f"""
        create or replace temp table bases as
        select current_rows.figure_row, told.told_unit_id, sum(told.map_figure) as told
        from current_rows
        inner join marts.dim_reporting_period as periods using (reporting_period_id)
        inner join marts.dim_map as maps
            on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
        inner join marts.bridge_unit_map as bridge
            on maps.map_date = bridge.from_map_date and current_rows.unit_id = bridge.from_unit_id
            and bridge.to_map_date = date '{map_date}' and bridge.target_count > 1 and bridge.people_count is not null
        inner join told_before as told
            on bridge.to_unit_id = told.told_unit_id
            and periods.year = told.year and periods.data_to > told.data_to{same}
        inner join marts.bridge_unit_map as onward
            on told.map_date = onward.from_map_date and told.unit_id = onward.from_unit_id
            and maps.map_date = onward.to_map_date and current_rows.unit_id = onward.to_unit_id
            and onward.target_count = 1
        where current_rows.map_figure is not null
        group by current_rows.figure_row, told.told_unit_id
        """
    )
    rest = f"""
        select current_rows.* exclude (figure_row) replace (
            cast(current_rows.map_figure - coalesce(of_row.told, 0) as {measure.data_type}) as map_figure
        )
        from current_rows
        left join (select figure_row, sum(told) as told from bases group by figure_row) as of_row using (figure_row)
    """
    return f"""
        {amounts_on_map(rest, f"date '{map_date}'", "'population'")}
        union all by name
        select
            current_rows.* exclude (figure_row, map_figure), bases.told_unit_id as map_unit_id,
            cast(bases.told as decimal(37, 6)) as map_amount, 'reported' as map_basis_code, true as map_is_exact,
            cast(null as varchar) as map_people_period_id
        from current_rows inner join bases using (figure_row)
    """
