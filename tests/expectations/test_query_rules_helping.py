"""Rules of what districts report about helping: bodies and their people, summaries of assignments, evaluations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
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


START = date(2023, 1, 16)


def summed(agency: str | None = "SO_CT", **more: Any) -> dict[str, Any]:
    row = {"agency_code": agency, "commune_code": COMMUNE, "role_code": "main", "valid_from": START, "visit_count": 2}
    return {**row, **more}


def assigned(agency: str | None = "SO_CT", **more: Any) -> dict[str, Any]:
    return {"agency_code": agency, "commune_code": COMMUNE, "role_code": "main", "valid_from": START, **more}


def visit(**more: Any) -> dict[str, Any]:
    row = {"agency_code": "SO_CT", "commune_code": COMMUNE, "kind_code": "visit"}
    return {**row, "activity_date": date(2023, 5, 10), **more}


def test_a_summary_names_an_assignment_of_the_same_report(findings_of_query: Judge) -> None:
    rows = [summed(), summed("SO_YT"), summed(valid_from=date(2023, 2, 1))]
    found = findings_of_query(
        "summary_without_assignment", {"helper_summary": rows, "helper_assignments": [assigned()]}
    )
    assert cells(found) == ["A11", "A12"]


def test_without_assignments_there_is_nothing_to_compare_a_summary_with(findings_of_query: Judge) -> None:
    assert findings_of_query("summary_without_assignment", {"helper_summary": [summed()]}) == []


def test_every_assigned_agency_has_its_line_in_the_summary(findings_of_query: Judge) -> None:
    assignments = [assigned(), assigned("SO_YT")]
    (found,) = findings_of_query(
        "assignment_missing_from_summary", {"helper_summary": [summed()], "helper_assignments": assignments}
    )
    assert (found.cell, "SO_YT" in found.expected) == ("A10", True)
    unread = {"helper_summary": [summed(), summed(None)], "helper_assignments": assignments}
    assert findings_of_query("assignment_missing_from_summary", unread) == []


def test_visits_summed_up_are_those_listed_or_explained(findings_of_query: Judge) -> None:
    two = [visit(), visit(activity_date=date(2023, 4, 1)), visit(kind_code="meeting")]
    rule = "summary_differs_from_activities"
    assert findings_of_query(rule, {"helper_summary": [summed()], "helper_activities": two}) == []
    (found,) = findings_of_query(rule, {"helper_summary": [summed(visit_count=3)], "helper_activities": two})
    assert (found.cell, found.expected) == ("I10", "2")
    explained = [summed(visit_count=3, explanation="Một lần chưa lập dòng")]
    assert findings_of_query(rule, {"helper_summary": explained, "helper_activities": two}) == []


def test_a_visit_that_is_not_read_leaves_the_sum_alone(findings_of_query: Judge) -> None:
    listed = [visit(), visit(activity_date=None)]
    rows = {"helper_summary": [summed(visit_count=9)], "helper_activities": listed}
    assert findings_of_query("summary_differs_from_activities", rows) == []


def evaluation(subject: str = "leader", **more: Any) -> dict[str, Any]:
    row = {"subject_code": subject, "agency_code": "SO_CT", "commune_code": COMMUNE, "evaluator_code": "VPDP"}
    return {**row, "evaluated_on": date(2023, 12, 8), **more}


def judged_in(findings_of_query: Judge, period: str, rule: str, *rows: dict[str, Any], **forms: Any) -> list[Any]:
    return findings_of_query(rule, {"evaluations": rows, **forms}, period_id=period)


def test_points_are_held_against_the_scale_of_the_year(findings_of_query: Judge) -> None:
    rule, row = "evaluation_points_exceed_weight", evaluation(visit_points=Decimal(28))
    assert judged_in(findings_of_query, "2022Y", rule, row) == []
    (found,) = judged_in(findings_of_query, "2023Y", rule, row)
    assert (found.cell, found.expected, "chưa được đối chiếu" in found.message_vi) == ("G10", "≤ 25", True)


def test_a_part_that_a_subject_is_not_judged_on_gives_no_points(findings_of_query: Judge) -> None:
    rule = "evaluation_points_exceed_weight"
    head = evaluation("unit_head", visit_points=Decimal(1), criteria_points=Decimal(55))
    (found,) = judged_in(findings_of_query, "2023Y", rule, head)
    assert (found.cell, found.expected) == ("G10", "≤ 0")


def test_a_rating_follows_from_the_total(findings_of_query: Judge) -> None:
    rule = "rating_differs_from_points"
    good = [
        evaluation(total_points=Decimal(points), rating_code=rating)
        for points, rating in ((90, "excellent"), (89, "good"), (50, "completed"), (0, "not_completed"))
    ]
    assert judged_in(findings_of_query, "2023Y", rule, *good) == []
    (found,) = judged_in(findings_of_query, "2023Y", rule, evaluation(total_points=Decimal(74), rating_code="good"))
    assert (found.cell, found.expected) == ("M10", "Hoàn thành (74)")


def test_four_bodies_evaluate_each_for_a_time(findings_of_query: Judge) -> None:
    rule = "evaluator_not_appointed"
    assert judged_in(findings_of_query, "2023Y", rule, evaluation(), evaluation(evaluator_code="BAN_DT")) == []
    rows = [evaluation(evaluator_code="CUC_TK"), evaluation(evaluator_code="BAN_DT", evaluated_on=date(2025, 3, 1))]
    assert cells(judged_in(findings_of_query, "2023Y", rule, *rows)) == ["E10", "E11"]


def test_who_is_evaluated_helps_the_commune(findings_of_query: Judge) -> None:
    rule = "evaluation_without_assignment"
    rows = [evaluation(), evaluation(agency_code="SO_YT"), evaluation("unit_head", agency_code=None)]
    found = judged_in(findings_of_query, "2023Y", rule, *rows, helper_assignments=[assigned()])
    assert cells(found) == ["B11"]
    assert judged_in(findings_of_query, "2023Y", rule, *rows) == []
