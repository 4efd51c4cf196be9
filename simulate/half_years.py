"""The periods of the sample in which forms of six months and of the year are owed."""

from __future__ import annotations

from collections.abc import Sequence

from simulate.world import period


def half_years(names: Sequence[str]) -> list[str]:
    return [name for name in names if period(name)["period_type"] in ("6_months", "year")]
