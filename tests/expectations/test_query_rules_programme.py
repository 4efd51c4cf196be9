"""Rules of commune profiles, residential areas, their criteria and targets, on landed rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Judge = Callable[..., list[Any]]


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def test_poor_households_exceed_households(findings_of_query: Judge) -> None:
    def place(poor: int | None, near_poor: int | None) -> dict[str, Any]:
        return {"commune_code": "29467", "household_count": 100, "poor_household_count": poor,
                "near_poor_household_count": near_poor}  # fmt: skip

    rows = [place(40, 60), place(None, 60), place(40, 61), place(101, 5)]
    found = findings_of_query("poor_households_exceed_households", {"commune_profile": rows})
    assert [(one.cell, one.expected) for one in found] == [("L12", "≤ 60")]


def area(code: str = "29467-01", **more: Any) -> dict[str, Any]:
    row = {"area_code": code, "commune_code": "29467", "kind_code": "ap", "title_code": "THON_NTM",
           "criteria_total": 10, "criteria_met": 10, "status_code": "recognised"}  # fmt: skip
    return {**row, **more}


def area_marks(code: str, met: int, unmet: int = 0, **more: Any) -> list[dict[str, Any]]:
    row = {"area_code": code, "commune_code": "29467", "row_number": 10, **more}
    return [
        {**row, "criterion_no": str(number), "mark": "D" if number <= met else "CD"}
        for number in range(1, met + unmet + 1)
    ]


def target(measure: str, subject: str = "29467", **more: Any) -> dict[str, Any]:
    return {"subject_code": subject, "measure_code": measure, "horizon_code": "year", "plan_year": 2024, **more}


def test_area_title_does_not_fit_kind(findings_of_query: Judge) -> None:
    rows = [
        area(),
        area(kind_code="vuon", title_code="VUON_MAU"),
        area(kind_code=None),
        area(kind_code="vuon", title_code="KDC_KM"),
        area(kind_code="kdc", title_code="VUON_MAU"),
    ]
    found = findings_of_query("area_title_does_not_fit_kind", {"residential_areas": rows})
    assert cells(found) == ["E13", "E14"]


def test_area_code_of_other_commune(findings_of_query: Judge) -> None:
    forms = {
        "residential_areas": [area(), area("29470-01"), area(None), area("2946-701")],  # type: ignore[arg-type]
        "area_criteria": area_marks("29470-01", 2),
    }
    found = findings_of_query("area_code_of_other_commune", forms)
    assert [(one.form, one.cell) for one in found] == [
        ("residential_areas", "A11"),
        ("residential_areas", "A13"),
        ("area_criteria", "A10"),
    ]


def test_area_year_after_decision(findings_of_query: Judge) -> None:
    decided = date(2023, 2, 1)
    rows = [area(year_recognised=year, decision_date=decided) for year in (2022, 2023, 2024)]
    rows += [area(year_recognised=2024), area(decision_date=decided)]
    found = findings_of_query("area_year_after_decision", {"residential_areas": rows})
    assert [(one.cell, one.expected) for one in found] == [("O12", "≤ 2023")]


def test_area_met_without_all_criteria(findings_of_query: Judge) -> None:
    rows = [
        area(),
        area(status_code="near", criteria_met=9),
        area(criteria_met=None),
        area(criteria_met=9),
        area(status_code="met", criteria_met=9),
        area(criteria_met=9, explanation="Hộ nghèo tăng sau bão"),
    ]
    found = findings_of_query("area_met_without_all_criteria", {"residential_areas": rows})
    assert cells(found) == ["I13", "I14"]


def test_area_criteria_met_differ_from_marks(findings_of_query: Judge) -> None:
    rows = [area("29467-01", criteria_met=8), area("29467-02", criteria_met=8), area("29467-03", criteria_met=8),
            area("29467-04", criteria_met=8), area("29467-05", criteria_met=8, title_code="KDC_KM")]  # fmt: skip
    blank = [*area_marks("29467-03", 7, 2, row_number=12), *area_marks("29467-03", 0, 0)]
    blank[0] = {**blank[0], "mark": None}
    marks = [
        *area_marks("29467-01", 8, 2),
        *area_marks("29467-02", 7, 3, row_number=11),
        *blank,
        *area_marks("29467-05", 3, 7, row_number=13),  # on the sheet of another title
    ]
    forms = {"residential_areas": rows, "area_criteria": marks}
    found = findings_of_query("area_criteria_met_differ_from_marks", forms)
    assert [(one.cell, one.expected) for one in found] == [("I11", "7")]


def test_area_under_review_without_marks(findings_of_query: Judge) -> None:
    rows = [
        area("29467-01", status_code="near"),
        area("29467-02"),
        area("29467-03", status_code="met"),
        area("29467-04", status_code="in_progress", ended_on=date(2023, 5, 1)),
    ]
    forms = {"residential_areas": rows, "area_criteria": area_marks("29467-01", 8, 2)}
    assert cells(findings_of_query("area_under_review_without_marks", forms)) == ["A12"]
    assert findings_of_query("area_under_review_without_marks", {"residential_areas": rows}) == []


def test_target_year_not_ahead(findings_of_query: Judge) -> None:
    rows = [target("TAP_HUAN", plan_year=year) for year in (2024, 2025, 2023, 2022, None)]
    found = findings_of_query("target_year_not_ahead", {"targets": rows}, period_id="2023Y")
    assert [(one.cell, one.expected) for one in found] == [("E12", "≥ 2024"), ("E13", "≥ 2024")]


def test_target_does_not_fit_subject(findings_of_query: Judge) -> None:
    rows = [target("XA_NC", "849"), target("DAT_NC"), target("THU_NHAP", "849"), target("THU_NHAP"),
            target("XA_NC"), target("DAT_NC", "849"), target("CHUA_KHA_NANG", "849")]  # fmt: skip
    assert cells(findings_of_query("target_does_not_fit_subject", {"targets": rows})) == ["B14", "B15", "B16"]


def test_unable_commune_already_recognised(findings_of_query: Judge) -> None:
    def title(commune: str, stage: str, act: str = "first") -> dict[str, Any]:
        return {"subject_code": commune, "title_code": "NTM", "stage_code": stage, "act_code": act,
                "decision_date": date(2022, 4, 7)}  # fmt: skip

    forms = {
        "targets": [target("CHUA_KHA_NANG", code) for code in ("29464", "29467", "29470")] + [target("DAT_NC")],
        "recognitions": [title("29464", "2016-2020"), title("29467", "2021-2025"),
                         title("29470", "2021-2025", "withdrawal")],
    }  # fmt: skip
    found = findings_of_query("unable_commune_already_recognised", forms, period_id="2023Y")
    assert [(one.cell, one.expected) for one in found] == [("A11", "07/04/2022")]


def test_unable_commune_without_area_target(findings_of_query: Judge) -> None:
    rows = [target("CHUA_KHA_NANG", code) for code in ("29464", "29467", "29470", "29473")]
    rows += [target("KDC_MOI", "29464", target_value=2), target("KDC_MOI", "29467", target_value=1),
             target("KDC_MOI", "29470", target_value=3, plan_year=2025)]  # fmt: skip
    found = findings_of_query("unable_commune_without_area_target", {"targets": rows}, period_id="2023Y")
    assert cells(found) == ["B11", "B12", "B13"]


def test_chosen_area_not_listed(findings_of_query: Judge) -> None:
    rows = [target("CHON_KM_THON", area_code=code) for code in ("29467-01", "29467-09")]
    forms = {"targets": rows, "residential_areas": [area()]}
    assert cells(findings_of_query("chosen_area_not_listed", forms)) == ["C11"]
    assert findings_of_query("chosen_area_not_listed", {"targets": rows}) == []
