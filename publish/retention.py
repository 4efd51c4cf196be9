"""How long builds stay: old ones go, never one that a reader may be resolving or hold open.

Belongs here: which folders below `published` may be removed, and their removal. A folder with a file `keep` in it
stays, for builds that a signed report names. Does not belong here: leftovers of killed publications (publication.py).
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from ingest.settings import LEAST_KEPT, Settings
from publish.build import BUILD_FILE, POINTER, current_build

KEEP = "keep"
YOUNG_SECONDS = 3600.0


def drop_old_builds(settings: Settings, *, clock: float | None = None) -> tuple[str, ...]:
    """Remove builds beyond the latest NTM_KEEP_BUILDS; their ids, oldest first.

    Kept besides: the current build, at least the last three, whatever was current within the last hour, and whatever
    holds a file `keep`. `clock`: seconds since the epoch as files tell the time; by default the machine's, as readers
    live in the machine's time whatever NTM_NOW says.
    """
    current, moment = current_build(settings), time.time() if clock is None else clock
    if current is None:
        return ()
    folders = sorted(
        (file.parent for file in settings.published_dir.glob(f"*/{BUILD_FILE}") if not file.parent.is_symlink()),
        key=_made,
    )
    others = [folder for folder in folders if folder != current.folder]
    spared = max(settings.keep_builds, LEAST_KEPT) - 1
    dropped = []
    for position, folder in enumerate(others[: len(others) - spared] if spared < len(others) else []):
        # It was current until the next one was made, or until the pointer moved.
        following = others[position + 1] if position + 1 < len(others) else current.folder
        pointed = (settings.published_dir / POINTER).stat().st_mtime
        left = min(_made(following), pointed) if following is current.folder else _made(following)
        if moment - left > YOUNG_SECONDS and not (folder / KEEP).exists():
            _remove(folder)
            dropped.append(folder.name)
    return tuple(dropped)


def _made(folder: Path) -> float:
    return (folder / BUILD_FILE).stat().st_mtime


def _remove(folder: Path) -> None:
    # Out of sight in one step, so that nobody finds half a build; a kill leaves a dot-folder, which is swept.
    hidden = folder.with_name(f".{folder.name}.gone")
    os.rename(folder, hidden)
    shutil.rmtree(hidden)
