"""What is published of the sample province is its truth, row by row and value by value; and every fault is found."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import pytest

from simulate.expected import read_truth
from simulate.topics import TOPICS

pytestmark = pytest.mark.slow

Row = dict[str, Any]
Key = tuple[Any, ...]

REPORT = ("reporting_period_id", "reporting_unit_id")
KEYS = {
    "fct_indicator_result": (*REPORT, "unit_id", "criteria_set_code", "indicator_no", "part_code"),
    "fct_criterion_status": (*REPORT, "unit_id", "criteria_set_code", "criterion_no"),
    "fct_unit_standing": (*REPORT, "unit_id", "criteria_set_code"),
    "fct_recognition": ("unit_id", "title_code", "stage_code", "act_code", "decision_date"),
    "fct_funding": (*REPORT, "unit_id", "programme_code", "content_code", "source_code", "nature_code", "plan_year"),
    "fct_helper_assignment": ("agency_code", "unit_id", "role_code", "valid_from"),
    "fct_helper_activity": ("activity_no", "unit_id"),
    "fct_helper_period": (*REPORT, "agency_code", "unit_id", "role_code", "valid_from"),
    "fct_submission": REPORT,
    "fct_submission_version": ("submission_id",),
    "fct_metric": ("metric_code", "reporting_period_id", "area_level", "area_id"),
} | {mart: key for topic in TOPICS for mart, key in topic.keys.items()}
# truth names an assignment by what it is, marts by an identifier made of it
AS_TRUTH_SAYS = {
    "fct_helper_period": """
        select counted.*, named.role_code, named.valid_from
        from fct_helper_period as counted left join fct_helper_assignment as named using (assignment_id)
    """,
    "fct_helper_activity": "select *, assignment_id is not null as is_assigned from fct_helper_activity",
} | {mart: query for topic in TOPICS for mart, query in topic.queries.items()}
# where a row came from (test_trace_sample.py follows it), identifiers made of the key, counts of rows and findings
LINEAGE = {"submission_id", "judgement_id", "form", "sheet", "row_id", "known_at"}
IDENTIFIERS = {"assignment_id", "recognition_id", "activity_id", "helper_team_id"}
COUNTS = {
    "rows_sent",
    "rows_loaded",
    "rows_quarantined",
    "blocking_count",
    "error_count",
    "warning_count",
    "info_count",
}
# typed or copied beside the figures; the truth knows nothing of them
REMARKS = {"explanation", "owner_name", "planned_date", "is_deciding", "threshold_confidence"}
UNSPOKEN = LINEAGE | IDENTIFIERS | COUNTS | REMARKS | {name for topic in TOPICS for name in topic.unspoken}


@pytest.fixture(scope="module")
def marts(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def faults(sample: Any) -> list[Row]:
    return read_truth(sample.truth_dir, "faults")


@pytest.fixture(scope="module")
def findings(marts: duckdb.DuckDBPyConnection) -> list[Row]:
    return rows_of(marts, "from fct_submission_finding where severity in ('blocking', 'error', 'warning')")


def rows_of(con: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    found = con.execute(query)
    names = [column for column, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def plain(value: Any) -> Any:
    """A value without the nulls of pandas and its instants; nothing else is made equal."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def keyed(rows: list[Row], names: tuple[str, ...]) -> dict[Key, Row]:
    found = {tuple(plain(row[name]) for name in names): row for row in rows}
    assert len(found) == len(rows), f"{names} does not tell the rows apart"
    return found


def differences(published: list[Row], expected: list[Row], names: tuple[str, ...]) -> list[Any]:
    """Rows that only one side has, and every value that differs, with both: a full outer join."""
    left, right = keyed(published, names), keyed(expected, names)
    found: list[Any] = [("only published", key) for key in left.keys() - right.keys()]
    found += [("only true", key) for key in right.keys() - left.keys()]
    for key in left.keys() & right.keys():
        for name in right[key]:
            said, true = plain(left[key][name]), plain(right[key][name])
            if said != true or isinstance(said, bool) != isinstance(true, bool):
                found.append((key, name, said, true))
    return found


@pytest.mark.parametrize("table", KEYS)
def test_a_mart_says_what_is_true_and_nothing_else(
    table: str, marts: duckdb.DuckDBPyConnection, truth: dict[str, pd.DataFrame]
) -> None:
    published = rows_of(marts, AS_TRUTH_SAYS.get(table, f"from {table}"))
    expected = [{str(name): value for name, value in row.items()} for row in truth[table].to_dict("records")]
    assert expected
    assert differences(published, expected, KEYS[table]) == []


@pytest.mark.parametrize("table", KEYS)
def test_no_column_of_a_mart_escapes_the_comparison_unnoticed(
    table: str, marts: duckdb.DuckDBPyConnection, truth: dict[str, pd.DataFrame]
) -> None:
    columns = {name for name, *_ in marts.execute(f"describe {table}").fetchall()}
    assert columns - set(truth[table].columns) - UNSPOKEN == set()


def test_truth_speaks_of_every_mart_that_it_is_compared_with(truth: dict[str, pd.DataFrame]) -> None:
    assert truth.keys() == KEYS.keys()


def test_no_more_than_the_planted_faults_and_the_report_never_sent_is_missing_from_the_truth(
    sample: Any, marts: duckdb.DuckDBPyConnection
) -> None:
    """Nothing hides in the expectation: what it takes away from the truth is one report and a handful of rows."""
    submissions = read_truth(sample.truth_dir, "submission")
    reported = {row["reporting_period_id"] for row in submissions if row["version_count"]}  # not the period to come
    unsent = {
        (row["reporting_period_id"], row["reporting_unit_id"])
        for row in submissions
        if row["reporting_period_id"] in reported and not row["version_count"]
    }
    assert unsent == {("2023M09", "851")}

    def lost(name: str) -> int:
        keys = KEYS[f"fct_{name}"]
        published = keyed(rows_of(marts, f"from fct_{name}"), keys)
        return sum(key[:2] not in unsent for key in keyed(read_truth(sample.truth_dir, name), keys).keys() - published)

    assert lost("indicator_result") == 2
    assert lost("criterion_status") == 1 + marks_of_the_commune_left_out(sample)
    assert lost("funding") == 4


def marks_of_the_commune_left_out(sample: Any) -> int:
    (fault,) = [row for row in read_truth(sample.truth_dir, "faults") if row["effect"] == "absent_row"]
    code = json.loads(fault["row_key"])["commune_code"]
    return sum(
        row["unit_id"].partition(".")[0] == code and row["reporting_period_id"] == fault["reporting_period_id"]
        for row in read_truth(sample.truth_dir, "criterion_status")
    )


def place_of(row: Row) -> Key:
    return row["submission_id"], row["form"], row["rule_id"], row["severity"], row["sheet"], row["cell"]


def test_every_planted_fault_is_found_on_its_cell_with_its_severity(faults: list[Row], findings: list[Row]) -> None:
    found = {place_of(finding) for finding in findings}
    assert [fault for fault in faults if fault["cell"] is not None and place_of(fault) not in found] == []


def test_a_commune_that_is_left_out_is_named(faults: list[Row], findings: list[Row]) -> None:
    """It stands in no cell; the finding points at the list and says who is missing."""
    absent = [fault for fault in faults if fault["effect"] == "absent_row"]
    assert absent
    named = [
        (finding["submission_id"], finding["severity"], finding["form"])
        for fault in absent
        for finding in findings
        if finding["rule_id"] == fault["rule_id"] and f"({fault['original']})" in finding["expected"]
    ]
    assert named == [(fault["submission_id"], fault["severity"], fault["form"]) for fault in absent]


def test_no_finding_is_without_a_planted_fault(faults: list[Row], findings: list[Row]) -> None:
    planted: dict[Key, set[str]] = {}
    for fault in faults:
        planted.setdefault(place_of(fault)[:4], set()).add(fault["cell"])
    assert sum(len(cells) for cells in planted.values()) == len(faults)
    found: dict[Key, set[str]] = {}
    for finding in findings:
        found.setdefault(place_of(finding)[:4], set()).add(finding["cell"])
    assert found.keys() == planted.keys()
    # a line written twice is wrong in both places, every other fault in one
    assert {key: len(cells) for key, cells in found.items()} == {
        key: 2 if key[2] == "row_repeated" else len(cells) for key, cells in planted.items()
    }


def test_a_changed_value_would_be_seen() -> None:
    """The comparison itself: a value, its kind, a row too few and a row too many all differ."""
    row = {"key": 1, "value": Decimal("1.5"), "at": datetime(2023, 1, 1)}
    assert differences([row], [dict(row)], ("key",)) == []
    assert differences([row], [row | {"value": Decimal("1.500001")}], ("key",)) != []
    assert differences([row], [row | {"value": None}], ("key",)) != []
    assert differences([row | {"value": True}], [row | {"value": 1}], ("key",)) != []
    assert differences([row], [row, row | {"key": 2}], ("key",)) == [("only true", (2,))]
    assert differences([row, row | {"key": 2}], [row], ("key",)) == [("only published", (2,))]
