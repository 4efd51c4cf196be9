"""Whatever arrives gets a named outcome, in bounded time and memory, and nothing is taken that should not be."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from benchmarks.fuzz_mutations import KINDS
from benchmarks.fuzz_reader import MOST_BYTES, MOST_SECONDS, PAGE, Report, page, run

pytestmark = pytest.mark.fuzz

EACH = 22


@pytest.fixture(scope="module")
def report() -> Report:
    """Of a process of its own, forked from a small one: what a process of tests has used before counts as its peak."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("forkserver")) as pool:
        return pool.submit(run, EACH).result()


def test_at_least_two_thousand_damaged_workbooks_were_tried_of_every_kind(report: Report) -> None:
    assert report.cases >= 2_000
    assert set(report.outcomes) == {kind.name for kind in KINDS}


def test_every_claim_holds(report: Report) -> None:
    assert report.broken == []


def test_time_and_memory_stay_within_their_limits(report: Report) -> None:
    assert report.slowest[0] <= MOST_SECONDS
    assert max(report.child_bytes, report.own_bytes) <= MOST_BYTES


def test_the_page_tells_every_kind(report: Report) -> None:
    written = Path(PAGE).read_text(encoding="utf-8")
    assert [kind.name for kind in KINDS if f"| {kind.name} |" not in written] == []
    assert page(report).count("\n|") == written.count("\n|")
