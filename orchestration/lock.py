"""One writer at a time: an operating-system lock over the data folder.

Belongs here: taking the lock and saying who has it. The lock goes with the process, so a killed run leaves none behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ingest.settings import Settings


class AnotherRunIsAtWork(RuntimeError):
    """Somebody else is writing to the data folder; nothing was done."""


@contextmanager
def one_writer(settings: Settings, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the only right to write below the data folder. May be taken again inside the same process.

    Raises AnotherRunIsAtWork when it is not free after `wait_seconds`.
    """
    from filelock import FileLock, Timeout

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    # thread_local off: Dagster may run a step in another thread than the one that took the lock.
    lock = FileLock(str(settings.lock_file), thread_local=False, is_singleton=True)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise AnotherRunIsAtWork(
            f"Another run is at work in {settings.data_dir}. Wait until it is done and run again; nothing was changed."
        ) from error
    try:
        yield
    finally:
        lock.release()
