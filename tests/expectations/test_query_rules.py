"""Every query rule: it passes on good, blank and unrelated rows, and fails on the bad row with exactly its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

Judge = Callable[..., list[Any]]

BILLION = Decimal(1_000_000_000)


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def money(**amounts: Any) -> dict[str, Any]:
    return {"place_code": "849", "programme_code": "NTM", "source_code": "NSTW", "plan_year": 2023, **amounts}


def result(indicator_no: str, value: Any, verdict: str | None = "D", **more: Any) -> dict[str, Any]:
    row = {"indicator_no": indicator_no, "part_code": "total", "commune_code": "29467", **more}
    return {**row, "value": None if value is None else Decimal(str(value)), "verdict": verdict}


def mark(criterion_no: str, code: str | None, row_number: int = 10, **more: Any) -> dict[str, Any]:
    return {"commune_code": "29467", "criterion_no": criterion_no, "mark": code, "row_number": row_number, **more}


def activity(day: date | None, **more: Any) -> dict[str, Any]:
    return {"agency_code": "SO_XD", "commune_code": "29467", "activity_date": day, **more}


def assignment(starts: date | None, ends: date | None = None, **more: Any) -> dict[str, Any]:
    return {"agency_code": "SO_XD", "commune_code": "29467", "valid_from": starts, "valid_to": ends, **more}


def recognition(title: str, decided: date | None, **more: Any) -> dict[str, Any]:
    row = {"subject_code": "29467", "title_code": title, "stage_code": "2021-2025", "act_code": "first"}
    return {**row, "decision_no": "12/QĐ-UBND", "decision_date": decided, **more}


def test_disbursed_exceeds_assigned(findings_of_query: Judge, cell: Any) -> None:
    found = findings_of_query(
        "disbursed_exceeds_assigned",
        {
            "funding_sources": [
                money(assigned_vnd=5 * BILLION, disbursed_vnd=5 * BILLION),
                money(assigned_vnd=5 * BILLION, adjusted_vnd=BILLION, disbursed_vnd=6 * BILLION),
                money(assigned_vnd=5 * BILLION),
                money(disbursed_vnd=BILLION),
                money(assigned_vnd=5 * BILLION, adjusted_vnd=cell(None, "?", "unreadable"), disbursed_vnd=6 * BILLION),
                money(assigned_vnd=5 * BILLION, adjusted_vnd=-BILLION, disbursed_vnd=cell(BILLION * 9 / 2, "4500")),
                money(assigned_vnd=Decimal(0), disbursed_vnd=BILLION),
            ]
        },
    )
    assert cells(found) == ["M15", "M16"]
    assert found[0].severity == "error"
    assert found[0].row_id == "05. Nguồn lực!15"
    assert (found[0].value, found[0].expected) == ("4500", "≤ 4000 triệu đồng")
    assert "4500" in found[0].message_vi
    assert "million VND" in found[0].message_en


def test_printed_total_differs_from_sum(findings_of_query: Judge, cell: Any) -> None:
    found = findings_of_query(
        "printed_total_differs_from_sum",
        {
            "funding_sources": [
                money(planned_vnd=2 * BILLION, assigned_vnd=BILLION, performed_vnd=cell(None, "x", "unreadable")),
                money(planned_vnd=BILLION, assigned_vnd=None, performed_vnd=BILLION),
                {
                    "row_kind": "total",
                    "planned_vnd": 3 * BILLION,
                    "assigned_vnd": cell(4 * BILLION, "4000"),
                    "performed_vnd": 9 * BILLION,
                    "disbursed_vnd": None,
                    "returned_vnd": Decimal(0),
                },
            ]
        },
    )
    assert cells(found) == ["J12"]
    assert (found[0].severity, found[0].value, found[0].expected) == ("warning", "4000", "1000 triệu đồng")
    assert found[0].row_id == "05. Nguồn lực!12:total"


def test_credit_fields_on_other_source(findings_of_query: Judge) -> None:
    found = findings_of_query(
        "credit_fields_on_other_source",
        {
            "funding_sources": [
                money(source_code="TDCS", lent_vnd=BILLION, outstanding_vnd=BILLION, borrower_count=3),
                money(lent_vnd=Decimal(0)),
                money(source_code=None, lent_vnd=BILLION),
                money(outstanding_vnd=BILLION, borrower_count=7),
            ]
        },
    )
    assert cells(found) == ["Q13", "R13"]
    assert {finding.expected for finding in found} == {"Ngân sách trung ương"}


def test_planned_year_after_report_year(findings_of_query: Judge) -> None:
    rows = [money(plan_year=2022), money(), money(plan_year=None), money(plan_year=2024)]
    found = findings_of_query("planned_year_after_report_year", {"funding_sources": rows})
    assert cells(found) == ["F13"]
    assert (found[0].severity, found[0].expected) == ("error", "≤ 2023")


def test_recognition_without_decision(findings_of_query: Judge, cell: Any) -> None:
    found = findings_of_query(
        "recognition_without_decision",
        {
            "recognitions": [
                recognition("NTM", date(2022, 4, 7)),
                recognition("NTM", cell(None, "31/11/2016", "unreadable")),
                recognition("NTM", None),
                recognition("NTM", date(2022, 4, 7), decision_no=None),
                recognition(None, None, decision_no=None),  # type: ignore[arg-type]
            ]
        },
    )
    assert cells(found) == ["G12", "F13"]
    assert {finding.severity.value for finding in found} == {"error"}


def test_advanced_without_base_title(findings_of_query: Judge) -> None:
    found = findings_of_query(
        "advanced_without_base_title",
        {
            "recognitions": [
                recognition("NTM", date(2021, 1, 5), subject_code="29500"),
                recognition("NTM_NC", date(2023, 1, 5), subject_code="29500"),
                recognition("NTM_NC", date(2023, 1, 5), subject_code="29473"),  # its first title is known to the office
                recognition("NTM_NC", None, subject_code="29501"),
                recognition("NTM_NC", date(2023, 1, 5), subject_code="29501", act_code="withdrawal"),
                recognition("NTM_NC", date(2020, 1, 5), subject_code="29500"),
                recognition("NTM_NC", date(2023, 1, 5), subject_code="29502"),
            ]
        },
    )
    assert cells(found) == ["B15", "B16"]
    assert found[0].expected == "Xã đạt chuẩn nông thôn mới"


def test_rate_differs_from_parts(findings_of_query: Judge) -> None:
    parts: dict[str, Any] = {"numerator": Decimal(2), "denominator": Decimal(3)}
    found = findings_of_query(
        "rate_differs_from_parts",
        {
            "criteria_results": [
                result("2.1", "66.67", **parts),
                result("2.1", "66.7", **parts),
                result("2.1", None, **parts),
                result("2.1", 50, numerator=Decimal(1), denominator=Decimal(0)),
                result("2.1", 50, numerator=Decimal(1)),
                result("10", 50, **parts),
                result("2.1", "66.8", **parts),
            ]
        },
    )
    assert cells(found) == ["I16"]
    assert (found[0].value, found[0].expected) == ("66.8", "66,67%")


def test_numerator_exceeds_denominator(findings_of_query: Judge) -> None:
    three = Decimal(3)
    found = findings_of_query(
        "numerator_exceeds_denominator",
        {
            "criteria_results": [
                result("2.1", 100, numerator=three, denominator=three),
                result("2.1", 100, numerator=three),
                result("10", 100, numerator=three, denominator=Decimal(2)),
                result("2.1", 100, numerator=three, denominator=Decimal(2)),
            ]
        },
    )
    assert cells(found) == ["G13"]


def test_rate_above_hundred(findings_of_query: Judge) -> None:
    found = findings_of_query(
        "rate_above_hundred",
        {
            "criteria_results": [result("2.1", 100), result("2.1", None), result("10", 101), result("2.1", "100.5")],
            "unit_criteria": [
                {"indicator_no": "2.2", "part_code": "total", "value": Decimal(120), "verdict": "D"},
                {"indicator_no": "2.2", "part_code": "total", "value": Decimal(99), "verdict": "D"},
            ],
        },
    )
    assert [(finding.form, finding.cell) for finding in found] == [
        ("criteria_results", "I13"),
        ("unit_criteria", "E10"),
    ]


def test_verdict_differs_from_threshold(findings_of_query: Judge) -> None:
    found = findings_of_query(
        "verdict_differs_from_threshold",
        {
            "criteria_results": [
                result("15.1", 90, "D"),  # common: at least 90
                result("15.1", None, "D"),
                result("15.1", 10, "KAD"),
                result("1.1", 10, "CD"),  # judged without a number
                result("11", 4, "D"),  # region: at most 4
                result("10", 55, "D"),  # region and year 2023: at least 56
                result("2.2", 79, "D"),  # province 84: at least 80
                result("3.1", "80.5", "CD"),  # common and confirmed: at least 80
                result("9.1", 1, "D"),  # exactly 0
            ]
        },
    )
    assert cells(found) == ["J15", "J16", "J17", "J18"]
    assert [finding.expected for finding in found] == [
        "CĐ (55, ngưỡng ≥ 56)",
        "CĐ (79, ngưỡng ≥ 80)",
        "Đ (80,5, ngưỡng ≥ 80)",
        "CĐ (1, ngưỡng = 0)",
    ]
    assert {finding.severity.value for finding in found} == {"warning"}
    unchecked = ["chưa được đối chiếu" in finding.message_vi for finding in found]
    assert unchecked == [True, True, False, True]
    assert ["has not been checked" in finding.message_en for finding in found] == unchecked


def test_verdict_differs_from_threshold_judges_a_difficult_commune_on_its_region(findings_of_query: Judge) -> None:
    difficult, other, no_longer = "29500", "29497", "29503"  # the last one until 01/01/2023
    rows = [result("11", 8, "D", commune_code=code) for code in (difficult, other, no_longer)]  # 13, else at most 4
    rows.append(result("17.1", 20, "D", commune_code=difficult, part_code="b"))  # its region before the province
    rows.append(result("17.1", 20, "D", commune_code=other, part_code="b"))
    rows.append(result("12.1", 10, "D", commune_code=difficult))  # what that region asks is not known
    found = findings_of_query("verdict_differs_from_threshold", {"criteria_results": rows})
    assert [(finding.cell, finding.expected) for finding in found] == [
        ("J11", "CĐ (8, ngưỡng ≤ 4)"),
        ("J12", "CĐ (8, ngưỡng ≤ 4)"),
        ("J14", "CĐ (20, ngưỡng ≥ 35)"),
    ]


def test_verdict_differs_from_threshold_knows_small_denominators(findings_of_query: Judge) -> None:
    three, four = {"part_code": "a", "denominator": Decimal(3)}, {"part_code": "a", "denominator": Decimal(4)}
    rows = [result("5", 60, "D", **three), result("5", 60, "D", **four), result("5", 60, "D", part_code="a")]
    rows.append(result("5", 40, "D", **three))
    found = findings_of_query("verdict_differs_from_threshold", {"criteria_results": rows})
    assert [(finding.cell, finding.expected) for finding in found] == [
        ("J11", "CĐ (60, ngưỡng ≥ 70)"),
        ("J12", "CĐ (60, ngưỡng ≥ 70)"),  # of how many is not known
        ("J13", "CĐ (40, ngưỡng ≥ 50)"),
    ]


def test_verdict_differs_from_threshold_lets_one_sex_decide_the_whole(findings_of_query: Judge) -> None:
    rows = [
        result("15.1", 91, "CD"),
        result("15.1", 93, "D", part_code="male"),
        result("15.1", 89, "CD", part_code="female"),
        result("15.1", 91, "CD", commune_code="29470"),
        result("15.1", 92, "D", part_code="male", commune_code="29470"),
    ]
    assert cells(findings_of_query("verdict_differs_from_threshold", {"criteria_results": rows})) == ["J13"]


def test_verdict_differs_from_threshold_judges_the_unit_itself(findings_of_query: Judge) -> None:
    rows = [
        {"indicator_no": "2.2", "part_code": "total", "value": Decimal(100), "verdict": "D"},
        {"indicator_no": "2.2", "part_code": "total", "value": Decimal(90), "verdict": "D"},
    ]
    found = findings_of_query("verdict_differs_from_threshold", {"unit_criteria": rows})
    assert [(finding.form, finding.cell) for finding in found] == [("unit_criteria", "F11")]


def test_criteria_met_differs_from_marks(findings_of_query: Judge, cell: Any) -> None:
    found = findings_of_query(
        "criteria_met_differs_from_marks",
        {
            "criteria_summary": [
                *(mark(no, code, criteria_met=2) for no, code in (("1", "D"), ("2", "D"), ("3", "CD"))),
                *(mark(no, code, 11, criteria_met=2) for no, code in (("1", "D"), ("2", None))),
                *(mark(no, code, 12, criteria_met=None) for no, code in (("1", "D"), ("2", "D"))),
                *(mark(no, code, 13, criteria_met=cell(3, "3")) for no, code in (("1", "D"), ("2", "KAD"))),
            ]
        },
    )
    assert cells(found) == ["E13"]
    assert (found[0].value, found[0].expected) == ("3", "2")


def test_a_criterion_that_does_not_apply_is_counted_as_met(findings_of_query: Judge, cell: Any) -> None:
    total = {"row_kind": "total", "row_number": 12, "criterion_no": "1", "mark": cell(None, "2")}
    marks = [mark(no, code, criteria_met=2) for no, code in (("1", "D"), ("2", "KAD"), ("3", "CD"))]
    summary = {"criteria_summary": [*marks, mark("1", "KAD", 11, criteria_met=1), total]}
    for rule in ("criteria_met_differs_from_marks", "printed_count_differs_from_marks"):
        assert findings_of_query(rule, summary) == []


def test_printed_count_differs_from_marks(findings_of_query: Judge, cell: Any) -> None:
    total = {"row_kind": "total", "row_number": 12}
    found = findings_of_query(
        "printed_count_differs_from_marks",
        {
            "criteria_summary": [
                *(mark(no, "D") for no in ("1", "2", "3")),
                *(mark(no, code, 11) for no, code in (("1", "D"), ("2", "CD"), ("3", "D"))),
                mark("4", cell(None, "?", "not_in_list")),
                *(
                    {**total, "criterion_no": no, "mark": cell(None, text)}
                    for no, text in (("1", "2"), ("2", "2"), ("3", None), ("4", "9"))
                ),
            ]
        },
    )
    assert [(finding.row_id, finding.expected) for finding in found] == [("01a. TH NTM!12:total:2", "1")]


def test_criterion_mark_differs_from_indicators(findings_of_query: Judge) -> None:
    found = findings_of_query(
        "criterion_mark_differs_from_indicators",
        {
            "criteria_summary": [mark("2", "D"), mark("3", "CD"), mark("15", "D"), mark("17", None)],
            "criteria_results": [
                result("2.1", 100, "D"),
                result("2.2", 100, "KAD"),
                result("3.1", 10, "CD"),
                result("15.1", 10, "CD"),
                result("15.1", 10, "CD", part_code="male"),
                result("17.1", 10, "CD"),
                result("2.1", 10, "CD", commune_code="29470"),
                result("2.1", 10, "CD", submission_id="s2"),
            ],
        },
    )
    assert [(finding.row_id, finding.expected) for finding in found] == [("01a. TH NTM!10:15", "chỉ tiêu 15.1")]


def test_commune_missing_from_list(findings_of_query: Judge) -> None:
    from ingest import reference

    communes = [row for row in reference.communes_of("849", date(2023, 6, 14)) if row["unit_type"] == "xa"]
    listed = [mark("1", "D", 10 + at, commune_code=row["unit_code"]) for at, row in enumerate(communes)]
    assert findings_of_query("commune_missing_from_list", {"criteria_summary": listed}) == []
    found = findings_of_query("commune_missing_from_list", {"criteria_summary": listed[1:]})
    assert [(finding.cell, finding.row_id, finding.severity) for finding in found] == [("A11", None, "warning")]
    assert found[0].expected == f"{communes[0]['name_vi']} ({communes[0]['unit_code']})"
    advanced = [{**listed[0], "criteria_set_code": "NTM_XA_NC_2021"}]
    assert findings_of_query("commune_missing_from_list", {"criteria_summary": advanced}) == []
    assert findings_of_query("commune_missing_from_list", {"criteria_summary": []}) == []


def test_commune_missing_from_list_of_a_commune_that_reports_itself(findings_of_query: Judge) -> None:
    from ingest import reference

    unit = next(
        row
        for row in reference.rows("reporting_units")
        if row["unit_kind"] == "commune" and row["unit_type"] == "xa" and row["province_code"] == "86"
    )
    about = {"period_id": "2025M09", "unit_id": unit["reporting_unit_id"]}
    own = [mark("1", "D", commune_code=unit["reporting_unit_id"])]
    assert findings_of_query("commune_missing_from_list", {"criteria_summary": own}, **about) == []
    assert len(findings_of_query("commune_missing_from_list", {"criteria_summary": [mark("1", "D")]}, **about)) == 1


def test_assignment_ends_before_it_starts(findings_of_query: Judge) -> None:
    starts = date(2023, 1, 10)
    rows = [
        assignment(starts),
        assignment(starts, starts),
        assignment(None, starts),
        assignment(starts, date(2023, 1, 9)),
    ]
    found = findings_of_query("assignment_ends_before_it_starts", {"helper_assignments": rows})
    assert cells(found) == ["J13"]
    assert found[0].severity == "error"


def test_activity_outside_assignment(findings_of_query: Judge) -> None:
    assignments = [
        assignment(date(2022, 1, 1), date(2023, 2, 1)),
        assignment(date(2023, 3, 1)),
        assignment(date(2023, 1, 1), commune_code="29470"),
        assignment(date(2023, 1, 1), agency_code="SO_YT", submission_id="s2"),
    ]
    activities = [
        activity(date(2023, 1, 31)),
        activity(date(2023, 3, 1)),
        activity(None),
        activity(date(2023, 3, 1), agency_code=None),
        activity(date(2023, 2, 1)),
        activity(date(2023, 3, 1), agency_code="SO_YT"),
    ]
    forms = {"helper_assignments": assignments, "helper_activities": activities}
    assert cells(findings_of_query("activity_outside_assignment", forms)) == ["E14", "B15"]
    assert findings_of_query("activity_outside_assignment", {"helper_activities": activities}) == []


def test_activity_outside_report_year(findings_of_query: Judge) -> None:
    days = [date(2022, 12, 15), date(2023, 6, 14), None, date(2022, 12, 14), date(2023, 6, 15)]
    rows = [activity(day) for day in days]
    assert cells(findings_of_query("activity_outside_report_year", {"helper_activities": rows})) == ["E13", "E14"]


def test_signed_date_before_data_as_of(findings_of_query: Judge) -> None:
    as_of = date(2023, 6, 14)
    for signed, expected in ((as_of, []), (None, []), (date(2023, 6, 13), ["K10"])):
        cover = [{"data_as_of": as_of, "signed_date": signed}]
        assert cells(findings_of_query("signed_date_before_data_as_of", {"cover": cover})) == expected


def test_unsigned_report(findings_of_query: Judge, cell: Any) -> None:
    for signed, expected in ((date(2023, 6, 20), []), (cell(None, "?", "unreadable"), []), (None, ["K10"])):
        found = findings_of_query("unsigned_report", {"cover": [{"signed_date": signed}]})
        assert [finding.cell for finding in found if finding.severity == "info"] == expected


def test_a_rule_never_looks_at_another_submission(findings_of_query: Judge) -> None:
    rows = [
        money(planned_vnd=BILLION),
        money(planned_vnd=BILLION, submission_id="s2"),
        {"row_kind": "total", "planned_vnd": BILLION},
        {"row_kind": "total", "planned_vnd": BILLION, "submission_id": "s2"},
    ]
    assert findings_of_query("printed_total_differs_from_sum", {"funding_sources": rows}) == []
