"""A run may be killed between any two steps: nothing half done is ever seen, and the next run ends as if none had.

All kills happen to one province, one after the other, each further on the way; then one run is left alone, and every
published table is compared with those of a province that was never disturbed.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest import ledger
from ingest.settings import Settings
from orchestration.pipeline import run_pipeline
from publish.build import current_build

pytestmark = pytest.mark.slow

Tables = dict[str, list[tuple[Any, ...]]]

KILLED_RUN = Path(__file__).with_name("killed_run.py")
RENAME = "os.rename"
# (command, event, what it is about): in the order in which a run comes by
BEFORE_MARTS = [
    ("run", RENAME, "archive/??/*"),
    ("run", RENAME, "ledger/receipts/*"),  # archived
    ("run", RENAME, "ledger/problems/*"),  # received
    ("run", RENAME, "ledger/submissions/*"),  # problems of covers known
    ("run", RENAME, "ledger/findings/*"),  # identified
    ("run", RENAME, "ledger/verdicts/*"),  # findings on what has no cover
    ("run", RENAME, "feedback/*"),  # verdicts on what has no cover
    ("run", RENAME, "landing/funding_sources/2023Q1/*"),  # some forms landed
    ("run", RENAME, "ledger/reading_parts/*"),  # all forms landed
    ("run", RENAME, "ledger/problems/*"),  # parts known
    ("run", RENAME, "ledger/readings/*"),  # problems of tables known
    ("run", RENAME, "ledger/findings/*"),  # read
    ("run", RENAME, "ledger/verdicts/*"),  # findings known
    ("run", "subprocess.Popen", "* build *"),  # judged
    ("run", "stands", "warehouse/warehouse.duckdb"),  # dbt is building
    ("run", "os.mkdir", "published/.*.tmp"),  # dbt has built
    ("publish", "open", "published/.*.tmp/parquet/*"),  # a build grows
    ("publish", RENAME, "published/2*"),  # the build is whole, under its dot-name
    ("publish", RENAME, "published/current.json"),  # the build has its name, nothing points at it
]
BETWEEN_POINTER_AND_LINKS = [
    ("publish", RENAME, "published/marts.duckdb"),
    ("publish", RENAME, "published/parquet"),
]


NOT_OF_A_RUN = {"decisions", "waivers", "justifications"}  # recorded by commands, or where a sender explains something


def answers_in(settings: Settings) -> list[str]:
    folder = settings.data_dir / "feedback"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def fill(settings: Settings, send: Callable[..., Path]) -> None:
    """Workbooks that leave a row in every table that a run writes: good, contradicting itself, unopened, broken."""
    contradicting = {"nil_funding_sources": True, "signed_date": date(2023, 3, 1)}
    send(settings, "851/a.xlsx", "2023-03-20T09:00:00+07:00", unit="851", funding={"29515": 5_000_000}, **contradicting)
    send(settings, "851/b.xlsx", "2023-03-21T09:00:00+07:00", unit="851", funding={"29515": 6_000_000})
    send(settings, "842/early.xlsx", "2023-03-22T09:00:00+07:00", unit="842", period="2023Y")
    broken = Path(settings.inbox) / "842" / "broken.xlsx"
    broken.write_bytes(b"not a workbook")
    os.utime(broken, (1679450000, 1679450000))


def environment_of(settings: Settings) -> dict[str, str]:
    return {**os.environ, "NTM_DATA_DIR": str(settings.data_dir), "NTM_NOW": settings.now.isoformat()}


@pytest.fixture
def kill_before(tmp_path: Path, settings_in: Callable[[Path], Settings]) -> Iterator[Callable[..., None]]:
    """Run a command on the disturbed province until it is killed before a step."""
    settings = settings_in(tmp_path / "disturbed")
    environ = environment_of(settings)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, str(KILLED_RUN)], env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def run_until(*point: str) -> None:
            print(*point, file=asked, flush=True)
            assert answers.readline().strip() == str(-signal.SIGKILL), f"not killed before {point}"

        yield run_until
        asked.close()


def builds(settings: Settings) -> list[str]:
    return [file.parent.name for file in settings.published_dir.glob("*/build.json")]


def test_a_run_killed_between_any_two_steps_leaves_nothing_to_clean(
    tmp_path: Path,
    settings_in: Callable[[Path], Settings],
    send: Callable[..., Path],
    published: Callable[[Settings], Tables],
    kill_before: Callable[..., None],
) -> None:
    disturbed, left_alone = settings_in(tmp_path / "disturbed"), settings_in(tmp_path / "left_alone")
    fill(disturbed, send)
    shutil.copytree(disturbed.inbox, left_alone.inbox)
    undisturbed = subprocess.Popen(
        [sys.executable, "-c", "from orchestration.cli import main; main()", "run"],
        env=environment_of(left_alone),
        stdout=subprocess.DEVNULL,
    )
    for point in BEFORE_MARTS:
        kill_before(*point)
        assert current_build(disturbed) is None, f"half a build is seen after a kill before {point}"
    assert len(builds(disturbed)) == 1
    for point in BETWEEN_POINTER_AND_LINKS:
        kill_before(*point)
        build = current_build(disturbed)
        assert build is not None
        assert build.is_whole()
        assert not build.is_linked()

    run_pipeline(disturbed)
    assert undisturbed.wait() == 0

    build = current_build(disturbed)
    assert build is not None
    assert build.is_linked()
    assert builds(disturbed) == [build.build_id]
    assert [path.name for path in disturbed.published_dir.glob(".*")] == []
    written = set(ledger.TABLES) - NOT_OF_A_RUN
    assert all(ledger.read(disturbed.ledger_dir, table).num_rows for table in written)
    assert answers_in(disturbed) == answers_in(left_alone)
    expected, found = published(left_alone), published(disturbed)
    assert expected.keys() == found.keys()
    assert [table for table in expected if expected[table] != found[table]] == []
    assert not run_pipeline(disturbed).did_work
