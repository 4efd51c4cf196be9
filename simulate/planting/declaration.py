"""What a planting says of itself: the rule that must find it, where, and what else truly follows from it.

Belongs here: the shape of a declaration. Does not belong here: the plantings (by family) and running them, which is
done where rules are judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.template import WrittenCells
from simulate.planting.report import Report, Spot

Plant = Callable[[Report], Spot | list[Spot] | None]
Edit = Callable[[Path, WrittenCells], Spot | list[Spot] | None]


@dataclass(frozen=True)
class Planting:
    """One fault for one rule. `plant` changes the report, `edit` the written file; what they return is the cell.

    A rule about a whole workbook has no cell (None). `consequences`: rules whose finding truly follows from the fault;
    `may_follow`: rules that speak of the same fault unless the finding of the rule says it all.
    `base` names the valid report that is spoilt; `decided` names what the office has decided beforehand.
    """

    rule_id: str
    fault: str
    plant: Plant | None = None
    edit: Edit | None = None
    consequences: tuple[str, ...] = ()
    base: str = "city"
    may_follow: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.plant is None and self.edit is None:
            raise ValueError(f"the planting of {self.rule_id} changes nothing")
