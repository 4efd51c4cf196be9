"""Claims about the dashboards as code: what they ask stands in the marts, and one thing is said once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from publish import dictionary
from publish.superset_bundle import bundle, column_words, dashboards, datasets, filters

FAMILIES = {"string": "VARCHAR", "int": "INTEGER", "timestamptz": "TIMESTAMP WITH TIME ZONE"}


@pytest.fixture(scope="module")
def marts(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        yield con


@pytest.mark.parametrize("name", list(datasets()))
def test_a_dataset_gives_the_columns_it_declares(marts: duckdb.DuckDBPyConnection, name: str) -> None:
    spec = datasets()[name]
    found = {column[0]: str(column[1]) for column in marts.sql(spec["sql"]).description}
    assert list(found) == list(spec["columns"])
    for column, declared in spec["columns"].items():
        data_type = column_words(declared)[1]
        expected = FAMILIES.get(data_type, data_type.upper())
        assert marts.sql(spec["sql"]).select(column).types[0] == expected.replace(", ", ","), column


@pytest.mark.parametrize("name", list(datasets()))
def test_every_measure_of_a_dataset_can_be_asked(marts: duckdb.DuckDBPyConnection, name: str) -> None:
    spec = datasets()[name]
    for measure in spec["measures"].values():
        marts.execute(f"select {measure['sql']} from ({spec['sql']}) as asked").fetchall()


def test_a_ratio_over_all_units_is_the_published_ratio_of_the_province(marts: duckdb.DuckDBPyConnection) -> None:
    spec = datasets()["ratios"]
    for metric in dictionary.metrics():
        measure = spec["measures"][metric.code]["sql"]
        different = marts.execute(
            f"""
            with asked as (
                select period_label_vi, cast({measure} as decimal(18, 4)) as value
                from ({spec["sql"]}) as asked group by period_label_vi
            )
            select periods.reporting_period_id, asked.value, metrics.value
            from asked
            inner join marts.dim_reporting_period as periods on asked.period_label_vi = periods.label_vi
            left join marts.fct_metric as metrics
                on periods.reporting_period_id = metrics.reporting_period_id
                and metrics.metric_code = ? and metrics.area_level = 'province'
            where abs(coalesce(asked.value, -1) - coalesce(metrics.value, -1)) > 0.00011
            """,
            [metric.code],
        ).fetchall()
        assert different == [], metric.code


def test_standings_on_a_map_are_those_of_the_published_file(marts: duckdb.DuckDBPyConnection) -> None:
    asked = datasets()["standings_on_map"]["sql"]
    maps = marts.execute("select map_date, label_vi from marts.dim_map").fetchall()
    assert maps
    for map_date, label in maps:
        ours = marts.execute(
            f"select period_label_vi, unit_id, standing, criteria_met_declared from ({asked}) as asked "
            "where map_label_vi = ? order by all",
            [label],
        ).fetchall()
        theirs = marts.execute(
            "select periods.label_vi, found.unit_id, found.standing, found.criteria_met_declared "
            "from standing_on_map(?) as found inner join marts.dim_reporting_period as periods "
            "using (reporting_period_id) order by all",
            [map_date],
        ).fetchall()
        assert ours == theirs


def test_ratios_on_a_map_are_those_of_the_published_file(marts: duckdb.DuckDBPyConnection) -> None:
    asked = datasets()["ratios_on_map"]["sql"]
    for map_date, label in marts.execute("select map_date, label_vi from marts.dim_map").fetchall():
        ours = marts.execute(
            f"select period_label_vi, metric_code, unit_id, sum(numerator), sum(denominator) from ({asked}) as asked "
            "where map_label_vi = ? and unit_id is not null group by all order by all",
            [label],
        ).fetchall()
        theirs = marts.execute(
            "select periods.label_vi, found.metric_code, found.unit_id, found.numerator, found.denominator "
            "from metric_on_map(?) as found inner join marts.dim_reporting_period as periods "
            "using (reporting_period_id) where found.unit_id is not null order by all",
            [map_date],
        ).fetchall()
        assert ours == theirs


def test_money_is_the_same_on_every_map(marts: duckdb.DuckDBPyConnection) -> None:
    asked = datasets()["funding_on_map"]["sql"]
    totals = marts.execute(
        f"select period_label_vi, map_label_vi, sum(disbursed_vnd) from ({asked}) as asked group by all"
    ).fetchall()
    by_period: dict[str, set[Any]] = {}
    for period, _, total in totals:
        by_period.setdefault(period, set()).add(total)
    assert by_period
    assert all(len(found) == 1 for found in by_period.values())


def test_every_filter_and_chart_names_what_its_dataset_has() -> None:
    for name, one in filters().items():
        assert one["column"] in datasets()[one["dataset"]]["columns"], name
        assert one.get("first") is None or one["first"] in datasets()[one["dataset"]]["measures"], name
    for dashboard in dashboards():
        assert set(dashboard["filters"]) <= set(filters())
        for row in dashboard["rows"]:
            assert sum(chart["width"] for chart in row["charts"]) == 12, dashboard["slug"]


def test_each_dashboard_is_cut_by_period_and_unit() -> None:
    assert all({"period", "unit"} <= set(dashboard["filters"]) for dashboard in dashboards())


def test_what_is_imported_refers_to_what_is_imported() -> None:
    files = bundle()
    uuids = {kind: {doc["uuid"] for path, doc in files.items() if path.startswith(kind)} for kind in KINDS}
    assert all(doc["database_uuid"] in uuids["databases"] for path, doc in files.items() if path.startswith("datasets"))
    assert all(doc["dataset_uuid"] in uuids["datasets"] for path, doc in files.items() if path.startswith("charts"))
    placed = [
        place["meta"]["uuid"]
        for path, doc in files.items()
        if path.startswith("dashboards")
        for place in doc["position"].values()
        if isinstance(place, dict) and place["type"] == "CHART"
    ]
    assert sorted(placed) == sorted(uuids["charts"])
    assert len([path for path in files if path.startswith("dashboards")]) == 5


def test_no_dashboard_asks_for_a_personal_column() -> None:
    """By name, in whatever mart: a dashboard does without, so that it works for every role."""
    names = "|".join(sorted({column for _, column in dictionary.personal_columns()}))
    asked = {name: re.findall(rf"\.({names})\b", spec["sql"]) for name, spec in datasets().items()}
    assert {name: found for name, found in asked.items() if found} == {}


KINDS = ("databases", "datasets", "charts", "dashboards")
