"""What a table of a period is filled with beside figures: the period's words, the agency, the days, SQL literals.

Belongs here: the values that specs name as {word} in a text and $word in a SELECT. Does not belong here: the specs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SPANS = {"quarter": "quý I", "6_months": "6 tháng", "9_months": "9 tháng", "year": "năm"}
RESTS = {
    "quarter": "9 tháng cuối năm",
    "6_months": "6 tháng cuối năm",
    "9_months": "3 tháng cuối năm",
    "year": "phần còn lại của năm",
}
BASE_SETS = ((2026, "NTM_XA_2026"), (2021, "NTM_XA_2021"))  # the national set of communes, by its first year


class NotReportable(ValueError):
    """There is no official table of this; the message says of what there is."""


@dataclass(frozen=True)
class Words:
    """`values` are named in specs; None is null in SQL and an empty text."""

    values: Mapping[str, Any]

    def text(self, template: str, more: Mapping[str, Any] | None = None) -> str:
        """A text with its {words} filled in."""
        values = {**self.values, **(more or {})}
        return template.format_map({name: "" if value is None else value for name, value in values.items()})

    def sql(self, template: str) -> str:
        """A SELECT on one line, with its $words as literals, so that it runs as it is printed.

        $in_scope is a condition: the rows of the unit asked for, or of any.
        """
        return re.sub(r"\$(\w+)", lambda found: self._in_sql(found.group(1)), " ".join(template.split()))

    def _in_sql(self, name: str) -> str:
        if name == "in_scope":
            unit = self.values["unit"]
            return "reporting_unit_id is not null" if unit is None else f"reporting_unit_id = {literal(unit)}"
        return literal(self.values[name])


def words_of(con: DuckDBPyConnection, period_id: str, unit_id: str | None) -> Words:
    """The words of one period, for the province (`unit_id` None) or a reporting unit. Raises NotReportable."""
    found = con.execute(
        "select period_type, year, label_vi, data_from, data_to, previous_period_id, same_period_last_year_id "
        "from dim_reporting_period where reporting_period_id = ?",
        [period_id],
    ).fetchone()
    if found is None or found[1] is None:
        raise NotReportable(f"{period_id} has no official tables: they are of a quarter, 6 months, 9 months, a year.")
    kind, year, label, data_from, data_to, previous, last_year = found
    province_code, province = _province(con, period_id, data_to)
    return Words(
        {
            "period": period_id,
            "period_label": label,
            "PERIOD_LABEL": label.upper(),
            "span": SPANS[kind],
            "Span": SPANS[kind][0].upper() + SPANS[kind][1:],
            "rest": RESTS[kind],
            "year": year,
            "prev_year": year - 1,
            "prev_year_period": f"{year - 1}Y",
            "previous": previous,
            "last_year": last_year,
            "from_day": data_from,
            "closing_day": data_to,
            "closing_day_vi": f"{data_to:%d/%m/%Y}",
            "base_set": next(code for first, code in BASE_SETS if year >= first),
            "province_code": province_code,
            "province": province,
            "unit": unit_id,
            "unit_name": _unit_name(con, unit_id),
        }
    )


def literal(value: Any) -> str:
    """A value as SQL writes it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case date():
            return f"date '{value}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
    return str(value)


def _province(con: DuckDBPyConnection, period_id: str, day: date) -> tuple[str | None, str]:
    """The province that the period's reporting units belong to on its closing day."""
    found = con.execute(
        "select provinces.province_code, provinces.name_vi from fct_submission as submissions "
        "inner join dim_reporting_unit as units using (reporting_unit_id) "
        "inner join dim_administrative_unit as provinces on provinces.level = 'province' "
        "and units.province_code = provinces.province_code and provinces.valid_from <= $day "
        "and (provinces.valid_to is null or $day < provinces.valid_to) "
        "where submissions.reporting_period_id = $period group by all order by count(*) desc, 1 limit 1",
        {"period": period_id, "day": day},
    ).fetchone()
    if found is None:
        raise NotReportable(f"No unit reports for {period_id}: there is nothing to print.")
    return found


def _unit_name(con: DuckDBPyConnection, unit_id: str | None) -> str | None:
    if unit_id is None:
        return None
    found = con.execute("select name_vi from dim_reporting_unit where reporting_unit_id = ?", [unit_id]).fetchone()
    if found is None:
        raise NotReportable(f"There is no reporting unit {unit_id}.")
    return str(found[0])
