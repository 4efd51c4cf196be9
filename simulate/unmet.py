"""Which indicators a commune fails in which periods: the story that figures and marks then tell.

Most communes were recognised on the earlier set and close their gaps to the set of 2021-2025 from period to period. A
few lose what they had: health insurance, income against a threshold that rises every year, and some others by chance.
"""

from __future__ import annotations

import random
from collections.abc import Sequence, Set
from functools import cache

from ingest import reference
from simulate.recognitions import WAITING
from simulate.world import SAMPLE_PERIODS, Commune, District, all_communes, chance

BASE_SET, ADVANCED_SET = "NTM_XA_2021", "NTM_XA_NC_2021"
# base indicator -> the advanced one that measures the same thing in the same commune
TWINS = {"9.2": "9", "10": "10", "11": "11", "12.1": "12.1", "12.2": "12.2", "15.1": "14.1", "15.4": "14.4"}
HARD = ("2.3", "5", "6.2", "8.4", "9.1", "12.1", "12.2", "13.3", "14.2", "15.4", "16", "17.1", "17.4", "17.6", "17.9",
        "17.11", "17.12", "18.6")  # fmt: skip
HEALTH_INSURANCE, INCOME = "15.1", "10"
INSURANCE_LOSSES = (("2023M06",), ("2023M06", "2023M09"), ("2023M06", "2023M09", "2023Y"))
INCOME_LOSSES = (("2023Q1", "2023M06"), ("2023Q1", "2023M06", "2023M09"), ("2023Q1", "2023M06", "2023M09", "2023Y"))
OTHER_LOSSES = (("2023M06",), ("2023M09",), ("2023M06", "2023M09"))
EXTRA_CANDIDATES = 6


@cache
def _numbers(set_code: str) -> tuple[str, ...]:
    rows = [row for row in reference.rows("indicators") if row["set_code"] == set_code and not row["na_allowed"]]
    return tuple(row["indicator_no"] for row in sorted(rows, key=lambda row: row["sort_order"]))


def judged_advanced(districts: Sequence[District], seed: int, holders: Set[str]) -> frozenset[str]:
    """Communes judged on the advanced set: those that hold or will hold the title, and a few candidates."""
    others = [
        commune.unit_code for commune in all_communes(districts) if commune.unit_code not in holders | set(WAITING)
    ]
    return frozenset(holders) | frozenset(chance(seed, "candidates").sample(others, EXTRA_CANDIDATES))


def unmet_periods(commune: Commune, set_code: str, seed: int, judged: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Indicator -> the periods in which the commune does not meet it; indicators always met are absent."""
    draw = chance(seed, "unmet", set_code, commune.unit_code)
    if set_code == ADVANCED_SET:
        count = draw.choice((0, 0, 1, 2, 3, 5, 8))
        return {number: _until_closed(draw) for number in draw.sample(_numbers(set_code), count)}
    shared = set(TWINS) if commune.unit_code in judged else set()
    hard = [number for number in HARD if number not in shared]
    if commune.unit_code in WAITING:
        return {number: ("2022Y",) for number in draw.sample(hard, draw.randint(1, 2))}
    counts = (0, 0, 0, 1, 1, 2) if commune.unit_code in judged else (0, 0, 1, 2, 3, 4, 6)
    unmet = {number: _until_closed(draw) for number in draw.sample(hard, draw.choice(counts))}
    if commune.unit_code not in judged:
        unmet |= _losses(commune, seed, judged, unmet)
    return unmet


def _until_closed(draw: random.Random) -> tuple[str, ...]:
    """Unmet from the beginning until some period; one in eight is still open at the end."""
    return SAMPLE_PERIODS[: draw.choices((1, 2, 3, 4, 5), (3, 2, 2, 1, 1))[0]]


def _losses(
    commune: Commune, seed: int, judged: frozenset[str], unmet: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """What this commune loses after it had it; most lose nothing."""
    draw = chance(seed, "losses", commune.unit_code)
    kind = draw.randrange(0, 24)  # of some 40 communes: about five lose each
    if kind < 3:
        return {HEALTH_INSURANCE: INSURANCE_LOSSES[kind]}
    if kind < 6:
        return {INCOME: INCOME_LOSSES[kind - 3]}
    if kind < 9:
        free = [number for number in HARD if number not in unmet]
        return {draw.choice(free): OTHER_LOSSES[kind - 6]}
    return {}
