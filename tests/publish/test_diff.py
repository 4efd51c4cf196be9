"""What differs between two builds: rows added, removed and changed, by mart and period."""

from pathlib import Path

import duckdb
import pytest

from ingest.settings import load_settings
from publish.build import Build, PublishedTable
from publish.diff import NoSuchBuild, PeriodDiff, build_named, diff_builds, row_key

PROFILE = "fct_commune_profile"  # key: reporting_period_id, reporting_unit_id, unit_id


def build_of(folder: Path, **tables: str) -> Build:
    """A published build whose tables are what these queries say."""
    found = []
    for table, query in tables.items():
        target = folder / "parquet" / table / "data.parquet"
        target.parent.mkdir(parents=True)
        duckdb.sql(f"copy ({query}) to '{target}' (format parquet)")
        found.append(PublishedTable(table, 0, query))
    return Build(folder.name, "inputs", "2023-04-12T01:00:00+00:00", "84", tuple(found), folder)


def profiles(*rows: tuple[str, str, int | None]) -> str:
    values = ", ".join(f"('{period}', '851', '{unit}', {households or 'null'})" for period, unit, households in rows)
    return f"select * from (values {values}) as t(reporting_period_id, reporting_unit_id, unit_id, household_count)"


def test_the_key_of_a_mart_is_the_one_its_yaml_declares() -> None:
    assert row_key(PROFILE) == ("reporting_period_id", "reporting_unit_id", "unit_id")
    assert row_key("fct_of_nothing") == ()


def test_rows_are_told_apart_by_key_and_counted_by_period(tmp_path: Path) -> None:
    before = build_of(
        tmp_path / "before",
        fct_commune_profile=profiles(("2023Q1", "a", 5), ("2023Q1", "b", 6), ("2023Y", "a", 5), ("2023Y", "c", 9)),
    )
    after = build_of(
        tmp_path / "after",
        fct_commune_profile=profiles(("2023Q1", "a", 5), ("2023Q1", "b", 7), ("2023Y", "a", None), ("2023Y", "d", 9)),
    )
    diff = diff_builds(before, after)
    assert diff.periods == (
        PeriodDiff(PROFILE, "2023Q1", added=0, removed=0, changed=1, columns=("household_count",)),
        PeriodDiff(PROFILE, "2023Y", added=1, removed=1, changed=1, columns=("household_count",)),
    )
    assert not diff.is_empty


def test_a_mart_without_key_or_period_is_compared_row_by_row(tmp_path: Path) -> None:
    before = build_of(tmp_path / "before", fct_of_nothing="select * from (values (1), (1), (2)) as t(number)")
    after = build_of(tmp_path / "after", fct_of_nothing="select * from (values (1), (2), (3)) as t(number)")
    assert diff_builds(before, after).periods == (
        PeriodDiff("fct_of_nothing", None, added=1, removed=1, changed=0, columns=()),
    )


def test_tables_and_columns_that_came_and_went_are_named(tmp_path: Path) -> None:
    before = build_of(tmp_path / "before", old="select 1 as a", both="select 1 as a, 2 as b")
    after = build_of(tmp_path / "after", new="select 1 as a", both="select 1 as a, 3 as c")
    diff = diff_builds(before, after)
    assert (diff.tables_added, diff.tables_removed) == (("new",), ("old",))
    assert (diff.columns_added, diff.columns_removed, diff.periods) == (("both.c",), ("both.b",), ())


def test_equal_builds_do_not_differ(tmp_path: Path) -> None:
    query = profiles(("2023Q1", "a", 5))
    before = build_of(tmp_path / "before", fct_commune_profile=query)
    assert diff_builds(before, build_of(tmp_path / "after", fct_commune_profile=query + " limit 5")).is_empty


def test_a_build_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    settings = load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-04-12T08:00:00+07:00"})
    with pytest.raises(NoSuchBuild, match=r"no build 'current'.*Nothing is published yet"):
        build_named(settings, "current")
