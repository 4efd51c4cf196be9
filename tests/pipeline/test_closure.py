"""One correction to an old period: what is built anew is the declared closure, and the result is that of a build from
nothing, hash by hash.

Three periods of a town, one of a city. The city corrects its first quarter of 2023: no report rests on it but its own.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from ingest.settings import Settings, load_settings
from orchestration.pipeline import run_pipeline
from publish.build import Build, current_build
from publish.diff import BuildDiff, diff_builds
from publish.publication import publish

pytestmark = pytest.mark.slow

NOW = "2023-08-15T08:00:00+07:00"
TOWN, CITY = "851", "842"
BEFORE, OLD, AFTER = "2022M09", "2023Q1", "2023M06"
FIGURES_OF_2022 = {"data_as_of": date(2022, 9, 14), "report_date": date(2022, 9, 20), "signed_date": date(2022, 9, 20)}
HALF_YEAR = {"data_as_of": date(2023, 6, 14), "report_date": date(2023, 6, 20), "signed_date": date(2023, 6, 20)}

# closure → periods that a change of the first quarter may reach, of those that were reported on
REACHED = {"period": {OLD}, "year": {OLD, AFTER}, "later": {OLD, AFTER}}
# marts that hold rows here whatever is reported, by closure
WATCHED = {
    "fct_submission": "period",
    "fct_submission_part": "period",
    "fct_funding": "year",
    "fct_matching_funds": "year",
    "fct_criterion_status": "later",
}
INSTANTS = {"fct_submission": "first_received_at", "fct_submission_part": "known_from"}  # others: known_at


@dataclass(frozen=True)
class Corrected:
    """The build before the correction, after it, and one from nothing of the same files."""

    before: Build
    after: Build
    from_nothing: Build
    marked: BuildDiff  # from_nothing → what was published after every row had been marked before the correction


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, send: Callable[..., Path]) -> Corrected:
    place = tmp_path_factory.mktemp("correction")
    grown, fresh = (load_settings({"NTM_DATA_DIR": str(place / name), "NTM_NOW": NOW}) for name in ("grown", "fresh"))
    send(
        grown,
        "851/m09.xlsx",
        "2022-09-20T09:00:00+07:00",
        unit=TOWN,
        period=BEFORE,
        funding={"29515": 4_000_000},
        **FIGURES_OF_2022,
    )
    send(grown, "851/q1.xlsx", "2023-03-20T09:00:00+07:00", unit=TOWN, funding={"29515": 5_000_000})
    send(grown, "842/q1.xlsx", "2023-03-21T09:00:00+07:00", unit=CITY, funding={"29263": 3_000_000})
    half_year = {"period": AFTER, "funding": {"29515": 6_000_000}, **HALF_YEAR}
    send(grown, "851/m06.xlsx", "2023-06-20T09:00:00+07:00", unit=TOWN, **half_year)
    before = built(grown)
    mark_every_row(grown)
    send(grown, "842/q1_mended.xlsx", "2023-07-30T09:00:00+07:00", unit=CITY, funding={"29263": 2_500_000})
    with_marks = built(grown)
    shutil.copytree(grown.inbox, fresh.inbox)  # with the moments of the files
    from_nothing = built(fresh)
    marked = diff_builds(from_nothing, with_marks)
    unmark(grown)
    shutil.rmtree(grown.published_dir / with_marks.build_id)
    after = publish(grown)
    return Corrected(before, after, from_nothing, marked)


def built(settings: Settings) -> Build:
    run_pipeline(settings)
    build = current_build(settings)
    assert build is not None
    return build


def mark_every_row(settings: Settings) -> None:
    """A millisecond on an instant of every row: a row that is written again loses it, for files come on the second."""
    with duckdb.connect(str(settings.warehouse_file)) as con:
        for table in WATCHED:
            column = INSTANTS.get(table, "known_at")
            con.execute(f"update marts.{table} set {column} = {column} + interval 1 millisecond")


def unmark(settings: Settings) -> None:
    """Take the marks off the rows that still bear them, also where another mart was made from such a row."""
    with duckdb.connect(str(settings.warehouse_file)) as con:
        bearing = con.execute(
            "select table_name, column_name from duckdb_columns() "
            "where schema_name = 'marts' and column_name in ('known_at', 'known_from', 'first_received_at')"
        ).fetchall()
        for table, column in bearing:
            con.execute(f"update marts.{table} set {column} = date_trunc('second', {column})")


def periods_marked(build: Build, table: str) -> set[str]:
    """Periods of a mart with an instant that could be marked: who sent nothing has none."""
    query = f"select distinct reporting_period_id from {table} where {INSTANTS.get(table, 'known_at')} is not null"
    with duckdb.connect(str(build.database), read_only=True) as con:
        return {row[0] for row in con.execute(query).fetchall()}


@pytest.mark.parametrize("table", WATCHED)
def test_rows_outside_the_closure_are_not_written_again(corrected: Corrected, table: str) -> None:
    kept = {
        one.period_id: one.columns
        for one in corrected.marked.periods
        if one.table == table and (one.added, one.removed) == (0, 0)
    }
    outside = periods_marked(corrected.from_nothing, table) - REACHED[WATCHED[table]]
    assert outside
    assert kept == {period: (INSTANTS.get(table, "known_at"),) for period in outside}


def test_the_result_is_that_of_a_build_from_nothing_hash_by_hash(corrected: Corrected) -> None:
    assert diff_builds(corrected.from_nothing, corrected.after).periods == ()
    assert corrected.after.tables == corrected.from_nothing.tables


def test_the_diff_of_the_marts_shows_the_correction_and_nothing_else(corrected: Corrected) -> None:
    differing = [one for one in diff_builds(corrected.before, corrected.after).periods if one.table in WATCHED]
    assert {(one.table, one.period_id) for one in differing} == {
        ("fct_submission", OLD),
        ("fct_submission_part", OLD),
        ("fct_funding", OLD),
        ("fct_matching_funds", OLD),
        ("fct_criterion_status", OLD),
    }
