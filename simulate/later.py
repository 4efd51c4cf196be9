"""The periods after the sample's gap: what the units of 2025 and 2026 send, on other maps than before.

Few forms carry rows: marks by criterion, money, new recognitions; of the rest the units have nothing to report. A
commune merged from others begins anew: it has no earlier report, and no title until it is given one.
Money is in later_money.py.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from ingest import reference
from simulate.indicators import MET, UNMET
from simulate.recognitions import Recognition
from simulate.world import DISTRICT_PERIODS, MERGED_ON, chance, period, units_in

Marks = dict[tuple[str, str, str], str]  # (commune, set, criterion) -> mark
# communes given their title anew after they were merged: day, number and year of the decision
RECOGNISED_ANEW = {
    "29278": (date(2025, 8, 27), "1204/QĐ-UBND", 2025),
    "29365": (date(2025, 9, 5), "1287/QĐ-UBND", 2025),
    "29491": (date(2025, 12, 24), "2416/QĐ-UBND", 2025),
    "29317": (date(2026, 2, 12), "305/QĐ-UBND", 2026),
}
# the last report of a district is short: these registers are handed over with the district, and declared nil
HANDED_OVER = ("dossiers", "roadmap", "residential_areas", "projects", "obstacles", "support", "policies")
LAST_OF_DISTRICTS = DISTRICT_PERIODS[-1]
MOST_UNMET = 4  # criteria that a merged commune does not meet yet


def is_later(name: str) -> bool:
    """Whether the communes report for themselves in a period."""
    return bool(period(name)["data_to"] >= MERGED_ON)


@cache
def base_set_of(stage: str) -> str:
    """The national set that judges rural communes in a stage."""
    (row,) = [
        row
        for row in reference.rows("title_sets")
        if (row["title_code"], row["stage"], row["province_code"]) == ("NTM", stage, None)
    ]
    return str(row["set_code"])


def later_recognitions() -> list[Recognition]:
    """Titles given to communes after 1 July 2025, in order of day; theirs are the only ones that new units report."""
    found = [
        Recognition(code, code, "commune", "NTM", "2021-2025", "first", year, number, day)
        for code, (day, number, year) in RECOGNISED_ANEW.items()
    ]
    return sorted(found, key=lambda event: event.decision_date)


@cache
def later_marks(seed: int, name: str) -> Marks:
    """Every mark of every commune that reports for itself, on the set of the period's stage."""
    set_code = base_set_of(period(name)["stage"])
    numbers = sorted(row["criterion_no"] for row in reference.rows("criteria") if row["set_code"] == set_code)
    found: Marks = {}
    for unit in units_in(seed, name):
        for commune in unit.communes:
            draw = chance(seed, "later marks", commune.unit_code, set_code)
            is_given = commune.unit_code in RECOGNISED_ANEW
            unmet = set() if is_given else set(draw.sample(numbers, draw.randint(0, MOST_UNMET)))
            for number in numbers:
                found[commune.unit_code, set_code, str(number)] = UNMET if number in unmet else MET
    return found
