"""What stands around a name in a cell: a row number, a bullet, the committee, the district it lies in, its code.

Belongs here: taking these off a folded text. Does not belong here: what the rest names, and whether a code beside it
agrees (code_list.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.wording import fold

NUMBERED = re.compile(r"(?:\d{1,2}\s*[.)]\s*|\d{1,2}\s+[-–]\s+|[a-zđ]\)\s*|[-–—+*•]\s+)(?P<name>[^\W\d_].*)")
CODE_BEFORE = re.compile(r"(?P<code>\d{3,5})(?:\s*[.:–-]\s*|\s+)(?P<name>[^\W\d_].*)")
CODE_AFTER = re.compile(r"(?P<name>.*[^\s:–-])(?:\s*[:–-]\s*|\s+)(?P<code>\d{3,5})")
COMMITTEES = (fold("UBND"), fold("Ủy ban nhân dân"))


@dataclass(frozen=True)
class Wrapping:
    """What may stand around the names of a list; `parents` are folded names of where its units lie, with their type."""

    parents: tuple[str, ...] = ()
    has_committees: bool = False


def unwrapped(folded: str, wrapping: Wrapping) -> str | None:
    """The name inside, or None where nothing stands around the text that may."""
    name = folded
    if match := NUMBERED.fullmatch(name):
        name = match["name"]
    if wrapping.has_committees:
        name = next((name[len(lead) + 1 :] for lead in COMMITTEES if name.startswith(f"{lead} ")), name)
    while (shorter := _without_parent(name, wrapping.parents)) is not None:
        name = shorter
    return name if name != folded else None


def code_beside(folded: str) -> Iterator[tuple[str, str]]:
    """(code, name) of a text that may hold both: "29491 xã đại an", "xã đại an - 29491"."""
    for shape in (CODE_BEFORE, CODE_AFTER):
        if match := shape.fullmatch(folded):
            yield match["code"], match["name"]


def _without_parent(name: str, parents: tuple[str, ...]) -> str | None:
    for parent in parents:
        for tail in (f" {parent}", f",{parent}", f"-{parent}", f"({parent})"):
            rest = name.removesuffix(tail).rstrip(" ,-–")
            if rest and rest != name.rstrip(" ,-–"):
                return rest
    return None
