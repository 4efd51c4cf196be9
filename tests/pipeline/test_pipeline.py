"""The whole way, from the inbox to published marts, through the jobs that the daemon runs.

One province lives through a quarter once: each step is run, what it published is kept, and the tests look at it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest import ledger
from ingest.settings import Settings
from orchestration.pipeline import RunReport, run_pipeline
from publish.build import current_build
from publish.trace import TraceFailed, trace

pytestmark = pytest.mark.slow

Tables = dict[str, list[tuple[Any, ...]]]

TOWN, CITY = "851", "842"
FIRST = {"29515": 5_000_000, "29518": 7_000_000, "29524": 9_000_000}
MENDED = {"29515": 6_000_000, "29518": 7_000_000}
OF_CITY = {"29263": 3_000_000}


@dataclass
class Story:
    """What happened, step by step."""

    settings: Settings
    reports: dict[str, RunReport] = field(default_factory=dict)
    funding: dict[str, dict[str, dict[str, Decimal]]] = field(default_factory=dict)
    tables: dict[str, Tables] = field(default_factory=dict)
    files: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def story(
    tmp_path_factory: pytest.TempPathFactory,
    settings_in: Callable[[Path], Settings],
    send: Callable[..., Path],
    published: Callable[[Settings], Tables],
) -> Story:
    place = tmp_path_factory.mktemp("province")
    settings = settings_in(place / "data")
    told = Story(settings)

    def step(name: str) -> None:
        told.reports[name] = run_pipeline(settings)
        told.funding[name] = {unit: funding_of(settings, unit) for unit in (TOWN, CITY)}
        told.tables[name] = published(settings)
        told.files[name] = files_below(settings.data_dir)

    send(settings, "851/first.xlsx", "2023-03-20T09:00:00+07:00", unit=TOWN, funding=FIRST)
    # signed before the day its figures are of: a warning
    early = {"signed_date": date(2023, 3, 1)}
    send(settings, "842/warned.xlsx", "2023-03-21T09:00:00+07:00", unit=CITY, funding=OF_CITY, **early)
    # for a period that has not opened: rejected
    send(settings, "842/rejected.xlsx", "2023-03-22T09:00:00+07:00", unit=CITY, period="2023Y")
    (Path(settings.inbox) / "842" / "broken.xlsx").write_bytes(b"not a workbook")
    step("first")
    step("again")
    send(settings, "851/mended.xlsx", "2023-03-24T09:00:00+07:00", unit=TOWN, funding=MENDED)
    send(settings, "842/nil.xlsx", "2023-03-25T09:00:00+07:00", unit=CITY)
    step("mended")
    for folder in (settings.warehouse_dir, settings.landing_dir, settings.published_dir):
        shutil.rmtree(folder)
    step("rebuilt")
    return told


def funding_of(settings: Settings, unit: str) -> dict[str, Decimal]:
    """Published disbursement of a reporting unit, by commune code."""
    return {
        unit_id.partition(".")[0]: disbursed
        for unit_id, disbursed in ask(
            settings, "select unit_id, disbursed_vnd from fct_funding where reporting_unit_id = ?", unit
        )
    }


def as_money(figures: dict[str, int]) -> dict[str, Decimal]:
    return {place: Decimal(vnd) for place, vnd in figures.items()}


def ask(settings: Settings, query: str, *values: object) -> list[tuple[Any, ...]]:
    build = current_build(settings)
    assert build is not None
    with duckdb.connect(str(build.database), read_only=True) as con:
        return con.execute(query, values).fetchall()


def files_below(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and moment of every file, but for the lock."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".ntm.lock"
    }


def test_every_workbook_gets_its_verdict(story: Story) -> None:
    submissions = ledger.read(story.settings.ledger_dir, "submissions").to_pylist()
    status = {
        row["submission_id"]: row["status"] for row in ledger.read(story.settings.ledger_dir, "verdicts").to_pylist()
    }
    assert {row["file_name"]: status[row["submission_id"]] for row in submissions} == {
        "first.xlsx": "accepted",
        "mended.xlsx": "accepted",
        "nil.xlsx": "accepted",
        "warned.xlsx": "accepted_with_warnings",
        "rejected.xlsx": "rejected",
        "broken.xlsx": "unreadable",
    }


def test_accepted_figures_are_published_as_typed(story: Story) -> None:
    assert story.funding["first"] == {TOWN: as_money(FIRST), CITY: as_money(OF_CITY)}


def test_the_first_run_says_what_it_did(story: Story) -> None:
    report = story.reports["first"]
    assert report.files_received == 4
    assert report.plan is not None
    assert report.plan.periods == ("2023Q1", "2023Y")  # what came before its period opened is read, and refused
    assert report.build is not None


def test_a_second_run_changes_nothing(story: Story) -> None:
    assert not story.reports["again"].did_work
    assert story.files["again"] == story.files["first"]


def test_a_mended_workbook_replaces_the_earlier_file_and_drops_its_vanished_row(story: Story) -> None:
    assert story.funding["mended"][TOWN] == as_money(MENDED)


def test_a_new_version_makes_a_new_build(story: Story) -> None:
    first, mended = story.reports["first"].build, story.reports["mended"].build
    assert first is not None
    assert mended is not None
    assert first.build_id != mended.build_id


def test_what_was_deleted_is_rebuilt_table_by_table(story: Story) -> None:
    assert story.reports["rebuilt"].files_received == 0
    before, after = story.tables["mended"], story.tables["rebuilt"]
    assert before.keys() == after.keys()
    assert [table for table in before if before[table] != after[table]] == []


def test_a_nil_return_empties_what_the_earlier_report_said(story: Story) -> None:
    assert story.funding["mended"][CITY] == {}


def test_versions_are_numbered_and_the_earlier_ones_stay(story: Story) -> None:
    versions = ask(
        story.settings,
        "select version, file_name, is_current from fct_submission_version "
        "where reporting_unit_id = '851' and reporting_period_id = '2023Q1' order by version",
    )
    assert versions == [(1, "first.xlsx", False), (2, "mended.xlsx", True)]


def test_a_rejected_workbook_moves_no_figure(story: Story) -> None:
    rejected = [
        row["submission_id"]
        for row in ledger.read(story.settings.ledger_dir, "submissions").to_pylist()
        if row["file_name"] in ("rejected.xlsx", "broken.xlsx")
    ]
    assert rejected
    assert ask(
        story.settings, "select count(*) from fct_criterion_status where list_contains(?, submission_id)", rejected
    ) == [(0,)]


def test_a_published_figure_is_traced_to_its_cell(story: Story) -> None:
    (row,) = trace(story.settings, "fct_criterion_status", first_mark(story.settings))
    (mark,) = [traced for traced in row.fields if traced.column == "mark"]
    assert row.file_name in ("nil.xlsx", "mended.xlsx")
    assert (mark.text, mark.in_workbook) == ("Đ", "Đ")
    assert row.archived_file.exists()


def first_mark(settings: Settings) -> dict[str, str]:
    keys = ("reporting_period_id", "unit_id", "criteria_set_code", "criterion_no")
    ((*values,),) = ask(
        settings, f"select {', '.join(keys)} from fct_criterion_status where row_id is not null order by all limit 1"
    )
    return {key: str(value) for key, value in zip(keys, values, strict=True)}


@pytest.mark.parametrize(
    ("table", "keys", "said"),
    [
        ("fct_fundin", {"plan_year": "2023"}, "Did you mean fct_funding"),
        ("fct_criterion_status", {"unit": "29515"}, "Did you mean unit_id"),
        ("fct_criterion_status", {"reporting_period_id": "2023Q2"}, "holds for example 2023Q1"),
        ("fct_criterion_status", {"reporting_period_id": "2023Q1"}, "more than 20 rows"),
        ("dim_programme", {"programme_code": "NTM"}, "not a fact that can be traced"),
    ],
)
def test_a_question_that_cannot_be_traced_says_what_to_ask(
    story: Story, table: str, keys: dict[str, str], said: str
) -> None:
    with pytest.raises(TraceFailed, match=said):
        trace(story.settings, table, keys)


def test_the_command_line_shows_the_same_state(story: Story) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "from orchestration.cli import main; main()", "status"],
        env={**os.environ, "NTM_DATA_DIR": str(story.settings.data_dir)},
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 0
    assert "v2" in shown.stdout
    assert "broken.xlsx" in shown.stdout


def test_current_json_names_the_build(story: Story) -> None:
    pointer = json.loads((story.settings.published_dir / "current.json").read_text(encoding="utf-8"))
    build = story.reports["rebuilt"].build
    assert build is not None
    assert pointer["build_id"] == build.build_id
    assert (story.settings.published_dir / "parquet" / "fct_funding" / "data.parquet").exists()
