"""What activities, tasks and policies of the published sample promise beyond equalling the truth row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from publish.trace import trace

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def marts(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        yield con


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    (row,) = con.execute(query).fetchall()
    return tuple(row)


def test_the_helper_teams_activities_are_activities_under_the_same_identifier(marts: duckdb.DuckDBPyConnection) -> None:
    both, helping, missing = one(
        marts,
        """
        select
            count(*) filter (fct_activity.activity_id is not null and helping.activity_id is not null),
            count(helping.activity_id),
            count(*) filter (fct_activity.actor_kind = 'helper_team' and helping.activity_id is null)
        from fct_activity full join fct_helper_activity as helping using (activity_id)
        """,
    )
    assert both == helping > 0
    assert missing == 0


def test_an_activity_stands_once_however_many_reports_name_it(marts: duckdb.DuckDBPyConnection) -> None:
    reported, standing = one(
        marts,
        """
        select
            (select count(*) from fct_activity__history),
            (select count(*) from fct_activity where form = 'activities')
        """,
    )
    assert reported > standing > 0


def test_the_last_support_of_a_department_for_a_criterion_has_a_day_and_a_place(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    supports, without = one(
        marts,
        """
        select count(*), count(*) filter (unit_id is null or agency_code is null)
        from fct_activity
        where criterion_no is not null and activity_date is not null
        """,
    )
    assert supports > 0
    assert without == 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("fct_activity", "activity_no"),
        ("fct_thematic_result", "value"),
        ("fct_task_progress", "status_code"),
        ("fct_policy", "document_no"),
    ],
)
def test_a_row_is_followed_back_to_the_cell_it_was_typed_in(
    table: str, column: str, sample: Any, marts: duckdb.DuckDBPyConnection
) -> None:
    row_id, submission = one(
        marts,
        f"""
        select row_id, submission_id from {table}
        where {column} is not null and form <> 'helper_activities' order by all limit 1
        """,
    )
    (traced,) = trace(sample.settings, table, {"row_id": row_id, "submission_id": submission})
    (field,) = [field for field in traced.fields if field.column == column]
    assert field.cell is not None
    assert field.in_workbook is not None
