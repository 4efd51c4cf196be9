"""What one subject of the sample is made of: the rows its forms carry, its truth, and what the marts must say of it.

Belongs here: the shape of a topic. Does not belong here: the topics themselves, each a module of its own, listed in
topics.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulate.planted import Report

if TYPE_CHECKING:
    from simulate.reports import World

Row = dict[str, Any]
Rows = list[Row]
Truth = Mapping[str, Rows]  # tables of the truth by name


def no_rows(world: World, unit: str, reporting_period_id: str) -> dict[str, Rows]:
    """The reports of a topic that has no form of its own."""
    return {}


@dataclass(frozen=True)
class Topic:
    """One subject of the sample.

    `reports`: rows by form that a unit without error sends for a period; forms that the period does not owe are left
    out by the caller. `truth`: tables named in the singular, with the columns of the marts, for some periods.
    `expected`: marts by name, from the truth, the planted faults and the reports (unit, period) that were sent.
    `keys`: the columns that tell the rows of each expected mart apart. `queries`: a SELECT instead of the mart itself,
    where truth names a thing by what it is and the mart by an identifier. `unspoken`: columns of its marts that truth
    knows nothing of (remarks, identifiers). `goes_on`: it is reported after the sample's gap too.
    """

    truth: Callable[[World, Sequence[str]], dict[str, Rows]]
    expected: Callable[[Truth, Rows, set[Report]], dict[str, Rows]]
    keys: Mapping[str, tuple[str, ...]]
    reports: Callable[[World, str, str], dict[str, Rows]] = no_rows
    queries: Mapping[str, str] = field(default_factory=dict)
    unspoken: frozenset[str] = frozenset()
    goes_on: bool = False
