"""Rules of what districts report about helping: bodies and their people, summaries of assignments, evaluations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Judge = Callable[..., list[Any]]
COMMUNE, DISTRICT = "29467", "849"


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def body(code: str | None, place: str | None, **more: Any) -> dict[str, Any]:
    return {"body_code": code, "place_code": place, "body_count": 1, "post_count": 5, "filled_count": 5, **more}


def test_boards_of_villages_stand_under_a_commune(findings_of_query: Judge) -> None:
    rows = [body("village_board", COMMUNE), body("village_board", DISTRICT), body("steering_committee", DISTRICT)]
    assert cells(findings_of_query("apparatus_place_does_not_fit", {"apparatus": rows})) == ["B11"]


def test_a_place_that_is_not_read_is_not_judged_again(findings_of_query: Judge) -> None:
    assert findings_of_query("apparatus_place_does_not_fit", {"apparatus": [body("village_board", None)]}) == []


def test_a_district_lists_its_own_committee_and_office(findings_of_query: Judge) -> None:
    both = [body("steering_committee", DISTRICT), body("coordination_office", DISTRICT)]
    assert findings_of_query("apparatus_body_missing", {"apparatus": both}) == []
    (found,) = findings_of_query("apparatus_body_missing", {"apparatus": both[:1]})
    assert (found.cell, found.expected) == ("A10", "Văn phòng Điều phối")
    of_a_commune = [both[0], body("coordination_office", COMMUNE)]
    assert len(findings_of_query("apparatus_body_missing", {"apparatus": of_a_commune})) == 1


def test_a_body_whose_name_is_not_read_may_be_the_missing_one(findings_of_query: Judge) -> None:
    rows = [body("steering_committee", DISTRICT), body(None, DISTRICT)]
    assert findings_of_query("apparatus_body_missing", {"apparatus": rows}) == []
