"""Expected submissions: which unit owes which form for which period by now, so that what is missing is a row.

Expected are all periods from the first to the latest that any report was identified for, and the one after it once it
has opened. For the years before the office used the system nobody is in arrears; and where reports stop altogether, one
period is missing, not every period since.

Belongs here: the rows and their Parquet copy for dbt. Does not belong here: what was received (dbt compares).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ingest import ledger, reference
from ingest.parser import IDENTIFIED
from ingest.period_names import REPORTED_PERIOD_TYPES
from ingest.settings import OFFICE_TIME_ZONE, Settings
from ingest.spec import load_specs

TABLE = "expected_submissions"
COVER = "cover"
FIELDS = {
    "reporting_period_id": "text",
    "period_type": "text",
    "reporting_unit_id": "text",
    "unit_id": "text",
    "unit_kind": "text",
    "form": "text",
    "form_order": "integer",
    "opens_on": "date",
    "due_date": "date",
}

Row = dict[str, Any]


def expected_submissions(settings: Settings) -> list[Row]:
    """One row per reporting unit, period and owed form (FIELDS), periods oldest first; the cover is no form of its own.

    The same ledger, reference data, province and `settings.now` give the same rows.
    """
    rows = []
    for period in expected_periods(settings):
        for unit in units_owing(settings.province_code, period):
            for order, spec in enumerate(load_specs().values()):
                if spec.form != COVER and spec.is_owed(unit["unit_kind"], unit["unit_type"], period):
                    about = {**unit, **period, "form": spec.form, "form_order": order}
                    rows.append({name: about[name] for name in FIELDS})
    return rows


def expected_periods(settings: Settings) -> list[Mapping[str, Any]]:
    """Every period from the first to the latest that was reported on, and the next once it has opened; oldest first.

    A period for which the office did not collect reports through the system is owed by nobody, unless one came in.
    """
    received = {
        row["reporting_period_id"]
        for row in ledger.read(settings.ledger_dir, "submissions")
        .select(["reporting_period_id", "outcome"])
        .to_pylist()
        if row["outcome"] == IDENTIFIED
    }
    calendar = sorted(
        (row for row in reference.rows("reporting_periods") if row["period_type"] in REPORTED_PERIOD_TYPES),
        key=lambda period: (period["data_to"], period["sort_order"]),
    )
    reported = [place for place, period in enumerate(calendar) if period["reporting_period_id"] in received]
    if not reported:
        return []
    waived = {
        row["reporting_period_id"]
        for row in reference.rows("uncollected_periods")
        if row["province_code"] == settings.province_code
    }
    expected = [
        period
        for period in calendar[reported[0] : reported[-1] + 2]
        if period["reporting_period_id"] in received or period["reporting_period_id"] not in waived
    ]
    today = settings.now.astimezone(OFFICE_TIME_ZONE).date()
    return [period for period in expected if period["opens_on"] <= today]


def units_owing(province_code: str, period: Mapping[str, Any]) -> list[Row]:
    """The reporting units of the office on the period's closing day: those of its province, and where that has become
    part of another by then, those that its own units became there."""
    valid = [unit for unit in reference.rows("reporting_units") if reference.is_valid(unit, period["data_to"])]
    own = [unit for unit in valid if unit["province_code"] == province_code]
    return own or [unit for unit in valid if unit["unit_id"] in _heirs_of(province_code)]


@cache
def _heirs_of(province_code: str) -> frozenset[str]:
    """The units that the communes and districts of a province became, in whatever province."""
    own = {
        unit["unit_id"]
        for unit in reference.rows("administrative_units")
        if unit["province_code"] == province_code and unit["level"] != "province"
    }
    successions = reference.rows("unit_succession")
    return frozenset(row["successor_unit_id"] for row in successions if row["predecessor_unit_id"] in own)


def expected_digest(settings: Settings) -> str:
    """Changes whenever another submission is expected: with the calendar alone, as a period opens."""
    digest = hashlib.sha256()
    for row in expected_submissions(settings):
        digest.update("\0".join(str(value) for value in row.values()).encode() + b"\n")
    return digest.hexdigest()


def write_expected(settings: Settings, target_dir: Path) -> None:
    """`expected_submissions.parquet` beside the copies of the reference tables, by atomic rename."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "integer": pa.int32(), "date": pa.date32()}
    schema = pa.schema([pa.field(name, types[kind]) for name, kind in FIELDS.items()])
    table = pa.Table.from_pylist(expected_submissions(settings), schema=schema)
    ledger.write_atomically(pq, table, target_dir / f"{TABLE}.parquet")
