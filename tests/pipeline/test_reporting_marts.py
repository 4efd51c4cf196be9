"""The wide marts say what the facts and the metrics say; every published ratio is defined once, with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from simulate.expected_metrics import METRICS

pytestmark = pytest.mark.slow

REPORTS = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "marts" / "reports"
READS = re.compile(r"metric_(value|numerator|denominator)\('(\w+)'.*?\) }} as (\w+)")


@pytest.fixture(scope="module")
def marts(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        yield con


def wide_columns() -> list[tuple[str, str, str, str]]:
    """(mart, column, metric, part) of every column of an rpt_ mart by area that is read from fct_metric."""
    return [
        (path.stem, column, metric, part)
        for path in sorted(REPORTS.glob("rpt_*.sql"))
        for part, metric, column in READS.findall(path.read_text(encoding="utf-8"))
        if path.stem != "rpt_submissions"
    ]


@pytest.mark.parametrize(("mart", "column", "metric", "part"), wide_columns(), ids=lambda value: str(value))
def test_a_wide_column_is_the_metric_it_is_named_for(
    mart: str, column: str, metric: str, part: str, marts: duckdb.DuckDBPyConnection
) -> None:
    query = f"""
        select count(*), count(*) filter (wide.{column} is distinct from metrics.{part})
        from {mart} as wide
        left join fct_metric as metrics
            on wide.reporting_period_id = metrics.reporting_period_id
            and wide.area_level = metrics.area_level
            and wide.area_id is not distinct from metrics.area_id
            and metrics.metric_code = '{metric}'
    """
    row = marts.execute(query).fetchone()
    assert row is not None
    assert row[0] > 0
    assert row[1] == 0


def test_every_metric_has_words_in_both_languages_and_a_truth_to_be_held_against(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    rows = marts.execute(
        "select metric_code, label_vi, label_en, numerator_vi, denominator_vi from dim_metric"
    ).fetchall()
    assert {code for code, *_ in rows} == METRICS.keys()
    assert all(all(words) for words in rows)


def test_a_metric_of_the_province_is_made_of_the_parts_of_its_units(marts: duckdb.DuckDBPyConnection) -> None:
    query = """
        select province.metric_code, province.reporting_period_id
        from fct_metric as province
        where province.area_level = 'province' and province.numerator is distinct from (
            select sum(units.numerator) from fct_metric as units
            where units.area_level = 'unit' and units.metric_code = province.metric_code
                and units.reporting_period_id = province.reporting_period_id
        )
    """
    assert marts.execute(query).fetchall() == []


@pytest.mark.parametrize("mart", ["rpt_overview", "rpt_funding", "rpt_helper_teams"])
def test_a_province_says_of_how_many_units_it_speaks(mart: str, marts: duckdb.DuckDBPyConnection) -> None:
    query = f"""
        select area_id, reported_unit_count, expected_unit_count from {mart} where reporting_period_id = '2023M09'
    """
    said = {area: counts for area, *counts in marts.execute(query).fetchall()}
    assert said.pop(None) == [8, 9]
    assert said.pop("851", [0, 1]) == [0, 1]  # it sent nothing
    assert set(map(tuple, said.values())) == {(1, 1)}


def test_the_marks_of_a_commune_stand_side_by_side_as_declared(marts: duckdb.DuckDBPyConnection) -> None:
    query = """
        select count(*)
        from (unpivot rpt_criteria on columns('criterion_\\d+') into name mark_no value mark) as wide
        full join (
            select * from fct_criterion_status where subject_level = 'commune' and declared_mark is not null
        ) as status
            on wide.reporting_period_id = status.reporting_period_id
            and wide.unit_id = status.unit_id
            and wide.criteria_set_code = status.criteria_set_code
            and wide.mark_no = 'criterion_' || lpad(status.criterion_no::text, 2, '0')
        where wide.mark is distinct from status.declared_mark
    """
    assert marts.execute(query).fetchone() == (0,)


def test_no_mart_defines_a_published_ratio_beside_the_metrics() -> None:
    """A wide mart divides nothing itself."""
    for path in REPORTS.glob("rpt_*.sql"):
        assert "nullif(" not in path.read_text(encoding="utf-8"), path.name


def test_every_mart_that_a_metric_reads_is_known_to_dbt_beforehand() -> None:
    """dbt learns what a model reads when it parses; the definitions are known only later."""
    text = (REPORTS / "fct_metric.sql").read_text(encoding="utf-8")
    (model,) = yaml.safe_load((REPORTS / "fct_metric.yml").read_text(encoding="utf-8"))["models"]
    read = {metric["mart"] for metric in model["config"]["meta"]["metrics"]}
    assert set(re.findall(r"depends_on: \{\{ ref\('(\w+)'\) \}\}", text)) == read
