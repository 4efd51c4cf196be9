"""Progress of long work: a bar where a person watches, silence elsewhere.

The command line turns it on; packages call `track` and need not know who watches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

Item = TypeVar("Item")

_consoles: list[Console] = []  # module-wide: Dagster runs steps in threads of its own


@contextmanager
def shown_on(console: Console) -> Iterator[None]:
    """Show the progress of everything called inside the block on this console."""
    _consoles.append(console)
    try:
        yield
    finally:
        _consoles.remove(console)


def track(items: Sequence[Item], description: str) -> Iterator[Item]:
    """Yield the items, with a progress bar where one is wanted. Description is shown to the person, in English."""
    if not _consoles or not items:
        yield from items
        return
    from rich.progress import track as rich_track

    yield from rich_track(items, description=description, console=_consoles[-1], transient=False)
