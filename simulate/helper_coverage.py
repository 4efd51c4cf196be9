"""In which intervals a commune has one main helper of the province, a hand-over, several or nobody; counted from truth.

Belongs here: what mart fct_helper_coverage must say. It has no form: it follows from the register of assignments.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.expected_registers import expected_assignments
from simulate.planted import Report
from simulate.topic import Rows, Topic, Truth
from simulate.world import period

if TYPE_CHECKING:
    from simulate.reports import World

FAR = date.max


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Nothing of its own."""
    return {}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    register = [
        row
        for row in expected_assignments(list(truth["helper_assignment"]), faults, sent)
        if (row["role_code"], row["helper_level"]) == ("main", "province")
    ]
    begins = min(row["valid_from"] for row in register)
    found: Rows = []
    for commune in _communes(sent):
        own = [row for row in register if row["unit_id"] == commune["unit_id"]]
        days = {max(commune["valid_from"], begins)}
        days |= {day for row in own for day in (row["valid_from"], row["valid_to"]) if day is not None}
        ends = commune["valid_to"]
        ordered = sorted(day for day in days if ends is None or day < ends)
        for day, until in zip(ordered, [*ordered[1:], ends], strict=True):
            found.append(_interval(commune["unit_id"], day, until, own))
    return {"fct_helper_coverage": found}


def _communes(sent: set[Report]) -> list[dict[str, Any]]:
    """Rural communes that stood on the closing day of a period with a report."""
    found: dict[str, dict[str, Any]] = {}
    for unit, name in sent:
        for row in reference.communes_of(unit, period(name)["data_to"]):
            if row["unit_type"] == "xa":
                found[row["unit_id"]] = dict(row)
    return list(found.values())


def _interval(unit_id: str, day: date, until: date | None, own: Rows) -> dict[str, Any]:
    mains = [row for row in own if row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"])]
    mains.sort(key=lambda row: (row["valid_from"], row["agency_code"]))
    return {
        "unit_id": unit_id,
        "valid_from": day,
        "valid_to": until,
        "status": _status(mains),
        "main_count": len(mains),
        "agency_codes": ", ".join(row["agency_code"] for row in mains) or None,
        "day_count": None if until is None else (until - day).days,
    }


def _status(mains: Rows) -> str:
    if len(mains) < 2:
        return "main" if mains else "none"
    for outgoing, incoming in pairwise(mains):
        is_same = outgoing["agency_code"] == incoming["agency_code"]
        is_later = outgoing["valid_from"] < incoming["valid_from"]
        is_longer = (outgoing["valid_to"] or FAR) < (incoming["valid_to"] or FAR)
        if not is_same and not (is_later and is_longer):
            return "double"
    return "hand_over"


TOPIC = Topic(
    truth=truth,
    expected=expected,
    keys={"fct_helper_coverage": ("unit_id", "valid_from")},
)
