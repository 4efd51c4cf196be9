"""Rules of cover, criteria, titles and helping communes that look inside one report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

Judge = Callable[..., list[Any]]
BASE, ADVANCED = "NTM_XA_2021", "NTM_XA_NC_2021"


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def result(indicator_no: str, value: Any, verdict: str | None = "D", **more: Any) -> dict[str, Any]:
    row = {"indicator_no": indicator_no, "part_code": "total", "commune_code": "29467", **more}
    return {**row, "value": None if value is None else Decimal(str(value)), "verdict": verdict}


def mark(criterion_no: str, code: str | None, row_number: int = 10, **more: Any) -> dict[str, Any]:
    return {"commune_code": "29467", "criterion_no": criterion_no, "mark": code, "row_number": row_number, **more}


def recognition(title: str | None, decided: date | None = date(2023, 5, 10), **more: Any) -> dict[str, Any]:
    row = {"subject_code": "29467", "title_code": title, "stage_code": "2021-2025", "act_code": "first"}
    return {**row, "decision_no": "12/QĐ-UBND", "decision_date": decided, **more}


def activity(**more: Any) -> dict[str, Any]:
    row = {"agency_code": "SO_XD", "commune_code": "29467", "kind_code": "meeting"}
    return {**row, "activity_date": date(2023, 5, 10), **more}


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2023, 3, 15), []), (date(2023, 6, 14), []), (None, []), (date(2023, 3, 14), ["G10"]),
     (date(2023, 6, 15), ["G10"])],
)  # fmt: skip
def test_data_as_of_outside_period(findings_of_query: Judge, day: date | None, expected: list[str]) -> None:
    assert cells(findings_of_query("data_as_of_outside_period", {"cover": [{"data_as_of": day}]})) == expected


def test_report_number_missing(findings_of_query: Judge) -> None:
    assert findings_of_query("report_number_missing", {"cover": [{"report_number": "12/BC-UBND"}]}) == []
    (found,) = findings_of_query("report_number_missing", {"cover": [{}]})
    assert (found.cell, found.severity) == ("E10", "info")


def test_template_version_old(findings_of_query: Judge) -> None:
    for version, expected in (("2023.1", []), (None, []), ("2022.2", ["D10"])):
        found = findings_of_query("template_version_old", {"cover": [{"template_version": version}]})
        assert cells(found) == expected


def test_commune_judged_in_one_form_only(findings_of_query: Judge) -> None:
    marks = [mark("1", "D"), mark("1", "D", 11, commune_code="29470"), mark("1", None, 12, commune_code="29473")]
    results = [result("1.1", None), result("1.1", None, commune_code="29500")]
    results += [result("1", None, commune_code="29467", criteria_set_code=ADVANCED)]
    forms = {"criteria_summary": marks, "criteria_results": results}
    found = findings_of_query("commune_judged_in_one_form_only", forms)
    assert [(one.form, one.cell) for one in found] == [("criteria_summary", "A11"), ("criteria_results", "F12")]
    assert findings_of_query("commune_judged_in_one_form_only", {"criteria_summary": marks}) == []


def test_met_without_figure(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        result("2.2", 90),
        result("1.1", None),  # judged without a number
        result("2.2", None, "CD"),
        result("2.2", None, "KAD"),
        {**result("2.2", None), "value": cell(None, "khoảng 90", "unreadable")},
        result("2.2", None),
    ]
    found = findings_of_query("met_without_figure", {"criteria_results": rows})
    assert [(one.cell, one.expected) for one in found] == [("I15", "≥ 80")]


def test_data_year_outside_report(findings_of_query: Judge) -> None:
    years = [2023, 2022, None, 2021, 2024]
    rows = [result("2.2", 90, data_year=year) for year in years]
    assert cells(findings_of_query("data_year_outside_report", {"criteria_results": rows})) == ["E13", "E14"]


def test_planned_date_passed(findings_of_query: Judge) -> None:
    rows = [
        {"indicator_no": "1.1", "part_code": "total", "verdict": verdict, "planned_date": day}
        for verdict, day in (
            ("CD", date(2023, 6, 15)),
            ("D", date(2023, 1, 1)),
            ("CD", None),
            ("CD", date(2023, 6, 14)),
        )
    ]
    assert cells(findings_of_query("planned_date_passed", {"unit_criteria": rows})) == ["H13"]


def test_recognised_without_all_criteria(findings_of_query: Judge) -> None:
    marks = [mark("1", "D"), mark("2", "CD"), mark("1", "D", 11, commune_code="29470")]
    titles = [
        recognition("NTM", date(2022, 5, 10)),  # of another period
        recognition("NTM", stage_code="2016-2020"),  # on another set
        recognition("NTM", act_code="withdrawal"),
        recognition("NTM_NC"),  # not judged in the report
        recognition("NTM", subject_code="29470"),
        recognition("NTM"),
    ]
    forms = {"recognitions": titles, "criteria_summary": marks}
    found = findings_of_query("recognised_without_all_criteria", forms)
    assert [(one.cell, one.expected) for one in found] == [("B15", "tiêu chí (chỉ tiêu) chưa đạt: 2")]
    unit = [{"indicator_no": "4", "verdict": "CD", "criteria_set_code": "NTM_HUYEN_2021"}]
    forms = {"recognitions": [recognition("HUYEN_NTM", subject_code="849")], "unit_criteria": unit}
    assert cells(findings_of_query("recognised_without_all_criteria", forms)) == ["B10"]


def test_district_title_without_commune_titles(findings_of_query: Judge) -> None:
    from ingest import reference

    codes = [row["unit_code"] for row in reference.communes_of("849", date(2023, 6, 14)) if row["unit_type"] == "xa"]
    held = [recognition("NTM", date(2020, 1, 5), subject_code=code) for code in codes]
    held += [recognition("NTM_NC", date(2022, 1, 5), subject_code=code) for code in codes[:2]]
    title = recognition("HUYEN_NTM", subject_code="849")
    rule_id = "district_title_without_commune_titles"
    assert findings_of_query(rule_id, {"recognitions": [*held, title]}) == []
    found = findings_of_query(rule_id, {"recognitions": [*held[1:], title]})
    assert [one.cell for one in found] == [f"B{9 + len(held)}"]
    assert found[0].expected.startswith("≥ 100% số xã là Xã đạt chuẩn nông thôn mới; Biểu 04 có ")
    late = [{**row, "decision_date": date(2023, 6, 1)} for row in held]
    assert len(findings_of_query(rule_id, {"recognitions": [*late, title]})) == 1  # who is advanced, the office knows
    known = {**title, "decision_date": date(2022, 1, 1)}  # of another period
    assert findings_of_query(rule_id, {"recognitions": [known]}) == []


def test_title_does_not_fit_subject(findings_of_query: Judge) -> None:
    rows = [
        recognition("NTM"),
        recognition("HUYEN_NTM", subject_code="849"),
        recognition("THON_NTM"),
        recognition("NTM", subject_code=None),
        recognition("HUYEN_NTM"),
        recognition("NTM", subject_code="849"),
    ]
    assert cells(findings_of_query("title_does_not_fit_subject", {"recognitions": rows})) == ["B14", "B15"]


def test_act_without_first_recognition(findings_of_query: Judge) -> None:
    rows = [
        recognition("NTM", date(2020, 1, 5)),
        recognition("NTM", act_code="renewal"),
        recognition("NTM_NC", subject_code="29491", act_code="withdrawal"),  # known to the office
        recognition("NTM", date(2019, 1, 5), act_code="renewal"),
        recognition("NTM_NC", act_code="withdrawal"),
    ]
    assert cells(findings_of_query("act_without_first_recognition", {"recognitions": rows})) == ["D13", "D14"]


def test_first_recognition_repeated(findings_of_query: Judge) -> None:
    rows = [
        recognition("NTM", date(2022, 1, 5)),
        recognition("NTM", date(2016, 1, 5), stage_code="2011-2015"),
        recognition("NTM", act_code="renewal"),
        recognition("NTM", None),
        recognition("NTM"),
    ]
    found = findings_of_query("first_recognition_repeated", {"recognitions": rows})
    assert [(one.cell, one.expected) for one in found] == [("D14", "05/01/2022")]


def test_recognition_year_after_decision(findings_of_query: Judge) -> None:
    years = [2022, 2023, None, 2024]
    rows = [recognition("NTM", year_recognised=year) for year in years]
    assert cells(findings_of_query("recognition_year_after_decision", {"recognitions": rows})) == ["E13"]


def test_agency_not_in_force(findings_of_query: Judge) -> None:
    """The department of agriculture gave way to that of agriculture and environment on 1 March 2025."""
    old, new = {"agency_code": "SO_NNPTNT"}, {"agency_code": "SO_NNMT"}
    assignments = [{**old, "valid_from": date(2025, 2, 28)}, {**old, "valid_from": date(2025, 3, 1)}]
    activities = [activity(**new, activity_date=date(2025, 3, 1)), activity(**new, activity_date=date(2025, 2, 28))]
    forms = {"helper_assignments": assignments, "helper_activities": activities}
    found = findings_of_query("agency_not_in_force", forms, period_id="2025Q1")
    assert [(one.form, one.cell) for one in found] == [("helper_assignments", "A11"), ("helper_activities", "B11")]
    assert found[0].expected == "01/03/2025: kết thúc 01/03/2025, nay là Sở Nông nghiệp và Môi trường"


def test_meeting_without_participants(findings_of_query: Judge) -> None:
    rows = [
        activity(participant_count=1),
        activity(),
        activity(kind_code="visit", participant_count=0),
        activity(participant_count=0),
    ]
    assert cells(findings_of_query("meeting_without_participants", {"helper_activities": rows})) == ["I13"]


def test_rate_may_be_a_fraction(findings_of_query: Judge, cell: Any) -> None:
    def rate(text: str, indicator_no: str = "2.2", **parts: int) -> dict[str, Any]:
        about = {"indicator_no": indicator_no, "part_code": "total", "commune_code": "29467", "verdict": "CD"}
        figure = cell(Decimal(text.rstrip("%").replace(",", ".")), text)
        return {**about, "value": figure, **{name: Decimal(number) for name, number in parts.items()}}

    rows = [
        rate("0,885"),  # row 10: at least 80 is due
        rate("1"),
        rate("0"),
        rate("1,1"),
        rate("0,5%"),
        rate("0,885", "11"),  # at most 4: a small rate is as it should be
        rate("0,885", "10"),  # no rate
        rate("0,885", numerator=177, denominator=200),  # row 17: 88,5%
        rate("0,89", "11", numerator=177, denominator=200),
        rate("0,5", numerator=1, denominator=200),  # half a per cent indeed
        rate("0,5", numerator=1, denominator=10),  # neither: rate_differs_from_parts says so
    ]
    found = findings_of_query("rate_may_be_a_fraction", {"criteria_results": rows})
    assert [(one.cell, one.value, one.expected) for one in found] == [
        ("I10", "0,885", "88,5%"),
        ("I11", "1", "100%"),
        ("I17", "0,885", "88,5%"),
        ("I18", "0,89", "89%"),
    ]
    unit = {"criteria_set_code": "NTM_TXTP_2021", "part_code": "total", "verdict": "D", "value": Decimal("0.93")}
    found = findings_of_query("rate_may_be_a_fraction", {"unit_criteria": [{**unit, "indicator_no": "DT5"}]})
    assert [(one.form, one.cell, one.expected) for one in found] == [("unit_criteria", "E10", "93%")]
