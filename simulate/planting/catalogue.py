"""All plantings, by family."""

from __future__ import annotations

from simulate.planting import (
    activities,
    cover,
    criteria,
    declared,
    dossiers,
    files,
    funding,
    helper_reports,
    helpers,
    life,
    obstacles,
    programme,
    projects,
    recognitions,
    satisfaction,
    sheets,
    structure,
    themes_tasks_policies,
    values,
)
from simulate.planting.declaration import Planting

FAMILIES = (
    files,
    structure,
    sheets,
    life,
    cover,
    criteria,
    recognitions,
    funding,
    helpers,
    obstacles,
    helper_reports,
    programme,
    projects,
    values,
    activities,
    satisfaction,
    themes_tasks_policies,
    dossiers,
)


def plantings() -> tuple[Planting, ...]:
    """Every planting, in the order of the families; then those of what form specs declare."""
    by_hand = tuple(planting for family in FAMILIES for planting in family.PLANTINGS)
    return (*by_hand, *declared.plantings())
