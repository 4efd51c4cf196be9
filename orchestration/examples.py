"""An example that truly works: a published figure that `ntm trace` can follow to its cell.

Belongs here: choosing it from the current build. Does not belong here: tracing (publish/trace.py).
"""

from __future__ import annotations

import shlex
from typing import Any

from publish.build import Build
from publish.trace import ORIGIN

# table → the keys that name one row of it
NATURAL_KEYS = {
    "fct_funding": (
        *("reporting_period_id", "unit_id", "programme_code", "content_code"),
        *("source_code", "nature_code", "plan_year"),
    ),
    "fct_criterion_status": ("reporting_period_id", "unit_id", "criteria_set_code", "criterion_no"),
    "fct_indicator_result": ("reporting_period_id", "unit_id", "criteria_set_code", "indicator_no", "part_code"),
    "fct_helper_activity": ("activity_id",),
}


def trace_example(build: Build) -> str | None:
    """`TABLE KEY=VALUE …` as to be typed in a shell, with as few keys as name one row; None where nothing was typed."""
    import duckdb

    with duckdb.connect(str(build.database), read_only=True) as con:
        for table, keys in NATURAL_KEYS.items():
            if not build.row_counts.get(table):
                continue
            columns = {name for name, *_ in con.execute(f'describe "{table}"').fetchall()}
            if not {*keys, *ORIGIN} <= columns:
                continue
            typed = " and ".join(f"{name} is not null" for name in ("submission_id", "row_id", *keys))
            row = con.execute(f'select {", ".join(keys)} from "{table}" where {typed} order by all limit 1').fetchone()
            if row is not None:
                return shlex.join([table, *_fewest(con, table, dict(zip(keys, row, strict=True)))])
    return None


def _fewest(con: Any, table: str, values: dict[str, Any]) -> list[str]:
    chosen: dict[str, Any] = {}
    for key, value in values.items():
        chosen[key] = value
        condition = " and ".join(f'"{name}" = ?' for name in chosen)
        if con.execute(f'select count(*) from "{table}" where {condition}', [*chosen.values()]).fetchone()[0] == 1:
            break
    return [f"{key}={value}" for key, value in chosen.items()]
