"""What the office knew before the one correction of the sample arrived: the facts of that moment, from the truth.

Belongs here: the moment, and the expected facts as the first version of the corrected report had them.
Does not belong here: answers.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from simulate.channel import CORRECTED, Content
from simulate.expected import expected_marts, read_truth
from simulate.faults import Draft, undo_correction
from simulate.reports import World, build_world, report_of
from simulate.truth import truth_tables, write_tables
from simulate.world import DEFAULT_SEED, SAMPLE_PERIODS

if TYPE_CHECKING:
    import pandas as pd

KNOWN_PERIODS = SAMPLE_PERIODS[: SAMPLE_PERIODS.index(CORRECTED[1]) + 1]


def moment_before_correction(truth_dir: Path) -> datetime:
    """A moment when every report of the corrected period had come in, and the correction had not."""
    moment: datetime = _versions(truth_dir)[Content.FINAL]["received_at"] - timedelta(days=1)
    return moment


def expected_before_correction(truth_dir: Path, scratch_dir: Path, seed: int = DEFAULT_SEED) -> dict[str, pd.DataFrame]:
    """Expected facts of that moment, by the name of their mart; `scratch_dir` takes the truth of that moment."""
    world = _with_first_version(build_world(seed), seed)
    tables = truth_tables(world, KNOWN_PERIODS)
    for name in ("faults", "submission"):
        tables[name] = [row for row in read_truth(truth_dir, name) if row["reporting_period_id"] in KNOWN_PERIODS]
    tables["submission"] = [
        row | {"version_count": row["version_count"] - 1} if _report(row) == CORRECTED else row
        for row in tables["submission"]
    ]
    moment = moment_before_correction(truth_dir)
    tables["submission_version"] = [
        row for row in read_truth(truth_dir, "submission_version") if row["received_at"] <= moment
    ]
    write_tables(scratch_dir, tables)
    return expected_marts(scratch_dir)


def first_funding(seed: int = DEFAULT_SEED) -> list[dict[str, object]]:
    """The rows of money that the corrected report said in its first version, as typed."""
    return list(_with_first_version(build_world(seed), seed).funding[CORRECTED])


def _with_first_version(world: World, seed: int) -> World:
    unit, name = CORRECTED
    draft = Draft(copy.deepcopy(report_of(world, unit, name)), [])
    undo_correction(draft, seed)
    return replace(world, funding={**world.funding, CORRECTED: draft.rows["funding_sources"]})


def _versions(truth_dir: Path) -> Mapping[str, Mapping[str, datetime]]:
    found = [row for row in read_truth(truth_dir, "submission_version") if _report(row) == CORRECTED]
    return {row["content"]: row for row in found}


def _report(row: Mapping[str, object]) -> tuple[object, object]:
    return row["reporting_unit_id"], row["reporting_period_id"]
