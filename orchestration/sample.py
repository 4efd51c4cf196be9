"""The sample province on disk: its workbooks in an inbox, its truth beside them.

Belongs here: where simulated files go. Does not belong here: simulating (simulate/province.py).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ingest.settings import Settings


def fill_inbox(settings: Settings, seed: int | None) -> None:
    """Put the sample province's workbooks into the inbox and its truth below the data folder.

    A file that is there already, the same in size and moment, is left alone, so that a second demo finds nothing new.
    """
    from ingest.receive import open_channel

    open_channel(settings.inbox)  # an inbox that cannot be read should not be filled
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sample-", dir=settings.data_dir) as made:
        simulate_into(Path(made), None, seed)
        for source in sorted((Path(made) / "inbox").rglob("*")):
            if source.is_file():
                _place(source, Path(settings.inbox) / source.relative_to(Path(made) / "inbox"))
        truth = settings.data_dir / "truth"
        shutil.rmtree(truth, ignore_errors=True)
        (Path(made) / "truth").rename(truth)


def simulate_into(out: Path, periods: Sequence[str] | None, seed: int | None) -> None:
    """Simulate into `out/inbox` and `out/truth`; periods and seed are the sample's own unless given."""
    from simulate.province import simulate
    from simulate.world import DEFAULT_SEED, EVERY_PERIOD

    simulate(out, tuple(periods or EVERY_PERIOD), DEFAULT_SEED if seed is None else seed)


def _place(source: Path, target: Path) -> None:
    made = source.stat()
    if target.exists():
        there = target.stat()
        if (there.st_size, there.st_mtime_ns) == (made.st_size, made.st_mtime_ns):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
