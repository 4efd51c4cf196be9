"""Faults of what districts report about helping: bodies and their people, summaries, evaluations."""

from __future__ import annotations

from simulate.planting.base import CITY, COMMUNE
from simulate.planting.declaration import Planting
from simulate.planting.report import Report, Spot, key_of

APPARATUS = "apparatus"


def _board_of_the_city(report: Report) -> Spot:
    """The boards of the villages are written under the city itself."""
    return report.put(APPARATUS, {"body_code": "village_board", "place_code": COMMUNE}, place_code=CITY)


def _without_office(report: Report) -> Spot:
    report.rows[APPARATUS].remove(report.find(APPARATUS, body_code="coordination_office", place_code=CITY))
    return key_of(APPARATUS, report.rows[APPARATUS][0], "body_code")


PLANTINGS = (
    Planting("apparatus_place_does_not_fit", "boards of villages under the city", _board_of_the_city),
    Planting("apparatus_body_missing", "the city's office is not listed", _without_office),
)
