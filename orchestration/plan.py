"""The plan of a build: which periods have work waiting, or why the marts must be made again without any.

Belongs here: the decision, from ledger and files alone, the same for `ntm run`, the sensor and the schedule.
Does not belong here: doing it (pipeline.py, defs/).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from ingest import ledger
from ingest.settings import Settings
from orchestration.periods import in_order, latest_open
from publish.build import current_build
from publish.inputs import inputs_digest, recorded_warehouse

RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"

WORK_WAITS = "workbooks wait to be read or judged"


@dataclass(frozen=True)
class Plan:
    """A build over the range of these periods, oldest first; the reason is shown to the person."""

    periods: tuple[str, ...]
    reason: str

    @property
    def reads(self) -> bool:
        """Whether workbooks are read or judged; else the marts are made again from what is known."""
        return self.reason == WORK_WAITS

    @property
    def tags(self) -> dict[str, str]:
        """The tags by which Dagster runs the range as one run."""
        return {RANGE_START: self.periods[0], RANGE_END: self.periods[-1]}


def plan_build(settings: Settings, only: Collection[str] | None = None) -> Plan | None:
    """What to build, or None where the published marts already say all there is to say.

    `only` narrows the reading and judging to these periods.
    """
    touched = waiting_periods(settings)
    wanted = touched if only is None else tuple(period_id for period_id in touched if period_id in only)
    if wanted:
        return Plan(wanted, WORK_WAITS)
    if ledger.read(settings.ledger_dir, "receipts").num_rows == 0:
        return None
    reason = _reason_to_rebuild(settings)
    return Plan((_any_period(settings),), reason) if reason else None


def waiting_periods(settings: Settings) -> tuple[str, ...]:
    """Periods with a workbook that is not read or not judged as parser and rules stand today, oldest first."""
    from expectations.judge import unjudged_periods
    from ingest.reading import touched_periods

    return in_order({*touched_periods(settings), *unjudged_periods(settings)})


def run_key(settings: Settings, plan: Plan) -> str:
    """A name for this plan on these inputs; a run that bears it is not started again."""
    return hashlib.sha256(f"{inputs_digest(settings)} {' '.join(plan.periods)}".encode()).hexdigest()[:16]


def _reason_to_rebuild(settings: Settings) -> str | None:
    build, record, digest = current_build(settings), recorded_warehouse(settings), inputs_digest(settings)
    if build is None or not build.is_whole():
        return "no published marts"
    if not build.is_linked():
        return "links do not lead to the current build"
    if record is None:
        return "no warehouse"
    if build.inputs_digest != digest or record.inputs_digest != digest:
        return "ledger, reference data or dbt project changed"
    return None


def _any_period(settings: Settings) -> str:
    """A build always runs over some period; where no period has work, the latest that was read."""
    readings = ledger.read(settings.ledger_dir, "readings")
    return (in_order(readings.column("reporting_period_id").to_pylist()) or (latest_open(settings),))[-1]
