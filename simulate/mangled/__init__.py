"""Cells as districts spoil them, each with what a right reader makes of it.

Belongs here: `kinds()`, the whole corpus by kind. Does not belong here: reading the cells or judging what was read,
which is the product's side; benchmarks/value_repairs.py brings the two together.
"""

from __future__ import annotations

from simulate.mangled import (  # noqa: F401 -- each module enters its kinds
    amounts,
    clean,
    dates,
    legacy_fonts,
    listed_names,
    marks,
    not_numbers,
    number_bounds,
    number_spellings,
    place_doubts,
    place_spellings,
    scripts,
)
from simulate.mangled.case import SEED, Answer, Case, Group, Kind, registered

__all__ = ["SEED", "Answer", "Case", "Group", "Kind", "all_cases", "kinds"]


def kinds() -> tuple[Kind, ...]:
    """Every kind, the clean controls first."""
    return registered()


def all_cases(seed: int = SEED) -> list[Case]:
    """The whole corpus; the same seed makes the same cases."""
    return [case for kind in kinds() for case in kind.cases(seed)]
