"""Snapshots: the marts as known when a period was closed, kept once made, for whatever is signed and sent out.

A locked snapshot is a replay as of the closing, below `snapshots/`. It is made the first time something is printed from
it and never made again: what was printed yesterday is printed again today, whatever has since been mended in parser,
rules or models. Belongs here: finding or making it. Does not belong here: the replay itself (replay.py), printing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.decisions import load_decisions, lock_state
from ingest.settings import Settings
from orchestration.periods import units_owing
from orchestration.replay import replay
from orchestration.usage import WrongUsage
from publish.build import current_build
from publish.snapshot import Snapshot

FOLDER = "snapshots"
MOST_NAMED = 4


def snapshot_of(settings: Settings, period_id: str, *, draft: bool = False) -> Snapshot:
    """The locked snapshot of a closed period; of an open one, where a draft is asked for, the current build.

    The first call for a closing builds all marts as of that moment (some minutes), later ones find them. Raises
    WrongUsage for an open period of which no draft is asked, and for a draft where nothing is published.
    """
    open_units, closed_at = _locks(settings, period_id)
    if closed_at is not None and not open_units:
        return _locked(settings, period_id, closed_at)
    if not draft:
        names = ", ".join(open_units[:MOST_NAMED]) + (" …" if len(open_units) > MOST_NAMED else "")
        about = "is not closed" if closed_at is None else f"is open again for {names}"
        raise WrongUsage(
            f"{period_id} {about}: what is printed from an open period may change. Close it (ntm close --period "
            f"{period_id} --by … --reason …), or ask for a draft with --draft."
        )
    build = current_build(settings)
    if build is None:
        raise WrongUsage("Nothing is published yet. Run `uv run ntm run` (or `uv run ntm demo`) first.")
    return Snapshot(period_id, build, None)


def settings_of_snapshot(settings: Settings, period_id: str) -> Settings:
    """Settings of the folder that a closed period's snapshot was made in: what is traced there is traced as locked.

    Raises WrongUsage as snapshot_of.
    """
    return replace(settings, data_dir=snapshot_of(settings, period_id).build.folder.parents[1])


def _locks(settings: Settings, period_id: str) -> tuple[list[str], datetime | None]:
    """Names of the units for which the period is open, and when it was last closed for any other; None: for none."""
    decisions, units = load_decisions(settings), units_owing(settings, period_id)
    locks = {unit["name_vi"]: lock_state(decisions, period_id, unit["reporting_unit_id"]) for unit in units}
    moments = [lock.decided_at for lock in locks.values() if lock is not None]
    return [name for name, lock in locks.items() if lock is None], max(moments, default=None)


def _locked(settings: Settings, period_id: str, closed_at: datetime) -> Snapshot:
    folder = _folder(settings, period_id, closed_at)
    held = current_build(replace(settings, data_dir=folder))
    if held is None or not held.is_whole():
        held = replay(settings, closed_at, folder).build
    return Snapshot(period_id, held, closed_at)


def _folder(settings: Settings, period_id: str, closed_at: datetime) -> Path:
    utc = closed_at.astimezone(UTC)
    return settings.data_dir / FOLDER / f"{period_id}-{utc:%Y%m%dT%H%M%S}.{utc.microsecond:06d}Z"
