"""The same workbooks, processed in any order and in any grouping into runs, say the same.

Nine small workbooks: two periods, corrections, a late file, one that lay in the folder of another unit first, one that
cannot be opened. Their moments of receipt are their own; only the order in which the office works on them differs.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from expectations.judge import judge_pending, judge_unidentified
from expectations.judgement import latest_verdicts
from ingest import ledger
from ingest.intake import identify_pending
from ingest.reading import read_pending
from ingest.receive import receive_inbox
from ingest.settings import Settings, load_settings
from orchestration.pipeline import run_pipeline
from publish.build import current_build
from publish.diff import diff_builds

pytestmark = pytest.mark.slow

NOW = "2023-08-15T08:00:00+07:00"
TOWN, CITY = "851", "842"
HALF_YEAR = {"period": "2023M06", "data_as_of": date(2023, 6, 14), "report_date": date(2023, 6, 20)}

# folder and name in the inbox, moment of receipt
FILES = {
    "q1": ("851/q1.xlsx", "2023-03-20T09:00:00+07:00"),
    "q1_mended": ("851/q1_mended.xlsx", "2023-07-30T09:00:00+07:00"),
    "q1_city": ("842/q1.xlsx", "2023-03-21T09:00:00+07:00"),
    "q1_city_nil": ("842/q1_nil.xlsx", "2023-03-25T09:00:00+07:00"),
    "q1_misplaced": ("842/of_851.xlsx", "2023-03-19T09:00:00+07:00"),  # the bytes of q1, a day before
    "m06": ("851/m06.xlsx", "2023-06-20T09:00:00+07:00"),
    "m06_city_late": ("842/m06.xlsx", "2023-07-28T09:00:00+07:00"),
    "broken": ("842/broken.xlsx", "2023-06-21T09:00:00+07:00"),
    "broken_before": ("851/broken.xlsx", "2023-06-11T09:00:00+07:00"),  # the same bytes
}

ALL_AT_ONCE: list[list[str]] = [list(FILES)]
ORDERS: dict[str, list[list[str]]] = {
    "latest first": [
        ["q1_mended", "m06_city_late"],
        ["broken", "m06"],
        ["q1_city_nil", "q1_city", "q1"],
        ["q1_misplaced", "broken_before"],
    ],
    "corrections and later periods first": [
        ["q1_mended", "m06", "broken"],
        ["q1_city_nil", "m06_city_late", "q1_misplaced"],
        ["q1", "q1_city", "broken_before"],
    ],
}


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory, send: Callable[..., Path]) -> Path:
    """The nine files, each once, outside any inbox."""
    folder = tmp_path_factory.mktemp("written")
    settings = load_settings({"NTM_DATA_DIR": str(folder), "NTM_NOW": NOW})

    def write(name: str, **report: Any) -> None:
        send(settings, *FILES[name], **report)

    write("q1", unit=TOWN, funding={"29515": 5_000_000, "29518": 7_000_000})
    write("q1_mended", unit=TOWN, funding={"29515": 100_000_000, "29518": 7_000_000})
    write("q1_city", unit=CITY, funding={"29263": 3_000_000})
    write("q1_city_nil", unit=CITY)
    # a thousandth of what the correction of the first quarter says: what is found hangs on which of the two is current
    write("m06", unit=TOWN, funding={"29515": 100_000, "29518": 8_000_000}, **HALF_YEAR)
    write("m06_city_late", unit=CITY, funding={"29263": 4_000_000}, **HALF_YEAR)
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


def test_marts_are_equal_hash_by_hash_whatever_the_order_and_the_grouping_into_runs(
    tmp_path: Path, arrive: Callable[..., None]
) -> None:
    builds = []
    for number, groups in enumerate((ALL_AT_ONCE, ORDERS["corrections and later periods first"])):
        settings = settings_below(tmp_path / str(number))
        for names in groups:
            arrive(settings, names)
            run_pipeline(settings)
        build = current_build(settings)
        assert build is not None
        builds.append(build)
    at_once, in_groups = builds
    assert diff_builds(at_once, in_groups).periods == ()
    assert at_once.tables == in_groups.tables
