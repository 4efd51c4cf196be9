"""The same workbooks, processed in any order and in any grouping into runs, say the same; and one correction to an old
period builds anew what it can reach, and nothing else.

Nine small workbooks: three periods, corrections, late files, one that lay in the folder of another unit first, one that
cannot be opened. Their moments of receipt are their own; only the order in which the office works on them differs.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.judge import judge_pending, judge_unidentified
from expectations.judgement import latest_verdicts
from ingest import ledger
from ingest.intake import identify_pending
from ingest.reading import read_pending
from ingest.receive import receive_inbox
from ingest.settings import Settings, load_settings
from orchestration import dbt
from publish.build import Build
from publish.diff import BuildDiff, diff_builds
from publish.publication import publish

pytestmark = pytest.mark.slow

NOW = "2023-08-15T08:00:00+07:00"
TOWN, CITY = "851", "842"
BEFORE, OLD, AFTER = "2022M09", "2023Q1", "2023M06"
NINE_MONTHS = {"period": BEFORE, "data_as_of": date(2022, 9, 14), "report_date": date(2022, 9, 20)}
HALF_YEAR = {"period": AFTER, "data_as_of": date(2023, 6, 14), "report_date": date(2023, 6, 20)}

# folder and name in the inbox, moment of receipt
FILES = {
    "m09_before": ("851/m09.xlsx", "2022-09-20T09:00:00+07:00"),
    "q1": ("851/q1.xlsx", "2023-03-20T09:00:00+07:00"),
    "q1_mended": ("851/q1_mended.xlsx", "2023-07-30T09:00:00+07:00"),
    "q1_city": ("842/q1.xlsx", "2023-03-21T09:00:00+07:00"),
    "q1_city_nil": ("842/q1_nil.xlsx", "2023-07-25T09:00:00+07:00"),
    "q1_misplaced": ("842/of_851.xlsx", "2023-03-19T09:00:00+07:00"),  # the bytes of q1, a day before
    "m06": ("851/m06.xlsx", "2023-06-20T09:00:00+07:00"),
    "broken": ("842/broken.xlsx", "2023-06-21T09:00:00+07:00"),
    "broken_before": ("851/broken.xlsx", "2023-06-11T09:00:00+07:00"),  # the same bytes
}

ALL_AT_ONCE: list[list[str]] = [list(FILES)]
LATER_FIRST = [["q1_mended", "m06", "broken"], ["m09_before", "q1_city", "q1_misplaced", "q1", "broken_before"]]
CORRECTION = ["q1_city_nil"]  # no other report rests on it
ORDERS: dict[str, list[list[str]]] = {
    "latest first": [
        ["q1_mended", "broken"],
        ["q1_city_nil", "m06"],
        ["q1_city", "q1", "q1_misplaced"],
        ["m09_before", "broken_before"],
    ],
    "corrections and later periods first": [*LATER_FIRST, CORRECTION],
}

# closure → periods that a change of the first quarter may reach, of those that were reported on
REACHED = {"period": {OLD}, "year": {OLD, AFTER}, "later": {OLD, AFTER}}
# marts with rows in every report, their closure, and an instant of each row
WATCHED = {
    "fct_submission": ("period", "first_received_at"),
    "fct_submission_part": ("period", "known_from"),
    "fct_funding": ("year", "known_at"),
    "fct_matching_funds": ("year", "known_at"),
    "fct_criterion_status": ("later", "known_at"),
}


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory, send: Callable[..., Path]) -> Path:
    """The nine files, each once, outside any inbox."""
    folder = tmp_path_factory.mktemp("written")
    settings = load_settings({"NTM_DATA_DIR": str(folder), "NTM_NOW": NOW})

    def write(name: str, **report: Any) -> None:
        send(settings, *FILES[name], **report)

    write("m09_before", unit=TOWN, funding={"29515": 4_000_000}, **NINE_MONTHS)
    write("q1", unit=TOWN, funding={"29515": 5_000_000, "29518": 7_000_000})
    write("q1_mended", unit=TOWN, funding={"29515": 100_000_000, "29518": 7_000_000})
    write("q1_city", unit=CITY, funding={"29263": 3_000_000})
    write("q1_city_nil", unit=CITY)
    # a thousandth of what the correction of the first quarter says: what is found hangs on which of the two is current
    write("m06", unit=TOWN, funding={"29515": 100_000, "29518": 8_000_000}, **HALF_YEAR)
    inbox = Path(settings.inbox)
    shutil.copyfile(inbox / FILES["q1"][0], inbox / FILES["q1_misplaced"][0])
    for name in ("broken", "broken_before"):
        (inbox / FILES[name][0]).write_bytes(b"not a workbook")
    return inbox


@pytest.fixture(scope="module")
def arrive(workbooks: Path) -> Callable[[Settings, Sequence[str]], None]:
    """Lay some of the files into an inbox, with their moments."""

    def lay(settings: Settings, names: Sequence[str]) -> None:
        for name in names:
            path, received = FILES[name]
            target = Path(settings.inbox) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(workbooks / path, target)
            moment = datetime.fromisoformat(received).timestamp()
            os.utime(target, (moment, moment))

    return lay


def settings_below(folder: Path) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(folder), "NTM_NOW": NOW})


def judge_in_groups(settings: Settings, groups: Sequence[Sequence[str]], arrive: Callable[..., None]) -> None:
    """Everything up to the verdicts, group by group."""
    for number, names in enumerate(groups):
        arrive(settings, names)
        run_id = f"run-{number}"
        receive_inbox(settings, run_id)
        identify_pending(settings, run_id)
        judge_unidentified(settings, run_id)
        read_pending(settings, run_id)
        judge_pending(settings, run_id)


def spoken(settings: Settings) -> list[tuple[Any, ...]]:
    """The verdict in force of each submission with its findings, but for runs and moments of judging."""
    verdicts = latest_verdicts(settings.ledger_dir)
    own = {"run_id", "judged_at"}
    said = [tuple(value for name, value in row.items() if name not in own) for row in verdicts.values()]
    in_force = {(row["judgement_id"], row["run_id"]) for row in verdicts.values()}
    for row in ledger.read(settings.ledger_dir, "findings").to_pylist():
        if (row["judgement_id"], row["run_id"]) in in_force:
            said.append(tuple(value for name, value in row.items() if name not in own))
    return sorted(said, key=str)


@pytest.fixture(scope="module")
def judged_at_once(tmp_path_factory: pytest.TempPathFactory, arrive: Callable[..., None]) -> list[tuple[Any, ...]]:
    settings = settings_below(tmp_path_factory.mktemp("at_once"))
    judge_in_groups(settings, ALL_AT_ONCE, arrive)
    return spoken(settings)


@pytest.mark.parametrize("order", ORDERS)
def test_verdicts_and_findings_in_force_do_not_hang_on_the_order_of_processing(
    order: str, tmp_path: Path, arrive: Callable[..., None], judged_at_once: list[tuple[Any, ...]]
) -> None:
    settings = settings_below(tmp_path)
    judge_in_groups(settings, ORDERS[order], arrive)
    assert spoken(settings) == judged_at_once


def test_the_later_report_is_held_to_the_correction_of_the_earlier_one(judged_at_once: list[tuple[Any, ...]]) -> None:
    assert any("money_slips_against_before" in row for row in judged_at_once)


@dataclass(frozen=True)
class Corrected:
    """Marts before and after a correction, and made from nothing of the same files."""

    before: Build
    after: Build
    from_nothing: Build
    marked: BuildDiff  # from_nothing → marts after the correction, every row having been marked before it


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, arrive: Callable[..., None]) -> Corrected:
    grown, fresh = (settings_below(tmp_path_factory.mktemp(name)) for name in ("grown", "fresh"))
    judge_in_groups(fresh, ALL_AT_ONCE, arrive)
    from_nothing = built(fresh)
    judge_in_groups(grown, LATER_FIRST, arrive)
    before = built(grown)
    mark_every_row(grown)
    judge_in_groups(grown, [CORRECTION], arrive)
    with_marks = built(grown, tested=True)
    marked = diff_builds(from_nothing, with_marks)
    unmark(grown)
    shutil.rmtree(with_marks.folder)
    return Corrected(before, publish(grown), from_nothing, marked)


def built(settings: Settings, *, tested: bool = False) -> Build:
    outcome = dbt.build(settings, tested=tested)
    assert outcome.error is None, outcome.error
    return publish(settings)


def mark_every_row(settings: Settings) -> None:
    """A millisecond on an instant of every row: a row that is written again loses it, for files come on the second."""
    with duckdb.connect(str(settings.warehouse_file)) as con:
        for table, (_, instant) in WATCHED.items():
            con.execute(f"update marts.{table} set {instant} = {instant} + interval 1 millisecond")


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
    with duckdb.connect(str(build.database), read_only=True) as con:
        query = f"select distinct reporting_period_id from {table} where {WATCHED[table][1]} is not null"
        return {row[0] for row in con.execute(query).fetchall()}


def test_marts_are_equal_hash_by_hash_whatever_the_order_and_the_grouping_into_runs(corrected: Corrected) -> None:
    assert diff_builds(corrected.from_nothing, corrected.after).periods == ()
    assert corrected.after.tables == corrected.from_nothing.tables


@pytest.mark.parametrize("table", WATCHED)
def test_rows_outside_the_closure_are_not_written_again(corrected: Corrected, table: str) -> None:
    closure, instant = WATCHED[table]
    kept = {one.period_id: one.columns for one in corrected.marked.periods if one.table == table}
    outside = periods_marked(corrected.from_nothing, table) - REACHED[closure]
    assert outside
    assert kept == {period: (instant,) for period in outside}


def test_the_diff_of_the_marts_shows_the_correction_and_nothing_else(corrected: Corrected) -> None:
    differing = [one for one in diff_builds(corrected.before, corrected.after).periods if one.table in WATCHED]
    assert {(one.table, one.period_id) for one in differing} == {(table, OLD) for table in WATCHED}
