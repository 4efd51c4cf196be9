"""Figures that the documents print, and traps that the sample province does not hold, on marts made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow

Ask = Callable[..., list[dict[str, Any]]]
Report = Callable[[str, str, str, str, list[dict[str, Any]]], None]

UNIT = "849"  # Trà Cú
COMMUNE = "29467.1"  # Tập Sơn
BILLION = 1_000_000_000


def money(source: str, assigned: float | None, **changes: Any) -> dict[str, Any]:
    amount = None if assigned is None else Decimal(str(assigned)) * BILLION
    return {
        "unit_id": "849.1",
        "programme_code": "NTM",
        "content_code": "ND02",
        "source_code": source,
        "nature_code": "DTPT",
        "plan_year": 2023,
        "assigned_on": date(2023, 1, 20),
        "assigned_vnd": amount,
        **changes,
    }


def title(unit: str, code: str, decided: date | None, **changes: Any) -> dict[str, Any]:
    return {
        "unit_id": unit,
        "title_code": code,
        "stage_code": "2021-2025",
        "act_code": "first",
        "year_recognised": 2023,
        "decision_date": decided,
        **changes,
    }


def recognitions(report: Report, rows: list[dict[str, Any]], period: str = "2023Q1") -> None:
    report(UNIT, period, "recognitions", "fct_recognition__history", rows)


def test_upper_budgets_carry_ninety_percent_of_118_and_67_and_11_and_9(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    rows = [
        money("NSTW", 118),
        money("NST", 67),
        money("NSH", 11),
        money("DC", None, performed_vnd=Decimal(9 * BILLION)),
        money("LG", None, performed_vnd=Decimal(41 * BILLION)),
        money("TDCS", None, lent_vnd=Decimal(164 * BILLION)),
    ]
    report(UNIT, "2023Q1", "funding_sources", "fct_funding__history", rows)
    (province, unit) = ask(by_hand, "q11", date(2023, 4, 12))
    assert province["dependence_pct"] == unit["dependence_pct"] == 90.24
    assert unit["dependence_with_integrated_pct"] == 45.12


def test_a_district_recognised_for_2023_in_april_2024_is_not_recognised_at_the_end_of_2023(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    report(
        UNIT,
        "2023Y",
        "unit_criteria",
        "fct_criterion_status__history",
        [
            {"unit_id": "849.1", "subject_level": "district", "criteria_set_code": "NTM_HUYEN_2021",
             "criterion_no": number, "declared_mark": "D"}
            for number in range(1, 10)
        ],
    )  # fmt: skip
    recognitions(report, [title("849.1", "HUYEN_NTM", date(2024, 4, 8))], "2024M06")
    rows = ask(by_hand, "q03", date(2023, 12, 31))
    assert {(row["is_recognised_on_day"], row["decided_for_year_on"]) for row in rows} == {(False, date(2024, 4, 8))}


def test_a_higher_title_without_the_lower_one_is_a_finding_and_no_count(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    recognitions(report, [title(COMMUNE, "NTM_NC", date(2023, 2, 1))])
    row = ask(by_hand, "q01", date(2023, 4, 12))[0]
    assert (row["ntm_count"], row["advanced_count"], row["higher_without_lower_count"]) == (0, 0, 1)
    assert (row["advanced_of_communes_pct"], row["advanced_of_recognised_pct"]) == (0, None)


def test_a_withdrawn_title_is_held_until_the_day_of_the_withdrawal(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    withdrawal = title(COMMUNE, "NTM", date(2023, 3, 1), act_code="withdrawal")
    recognitions(report, [title(COMMUNE, "NTM", date(2019, 2, 1)), withdrawal])
    counts = [ask(by_hand, "q01", day)[0]["ntm_count"] for day in (date(2023, 2, 28), date(2023, 3, 1))]
    assert counts == [1, 0]
    province = ask(by_hand, "q02", date(2023, 4, 12))[0]
    assert (province["recognised_count"], province["withdrawn_count"], province["no_report_count"]) == (0, 1, 14)


def test_a_commune_born_of_a_merger_inherits_no_title_and_is_to_be_reassessed(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    recognitions(report, [title(COMMUNE, "NTM", date(2019, 2, 1)), title("29410.1", "NTM", date(2019, 2, 1))])
    for unit in ("29467", "29410"):  # the first was merged with others on 01/07/2025, the second kept as it was
        report(unit, "2025Y", "recognitions", "fct_recognition__history", [])
    row = ask(by_hand, "q01", date(2025, 12, 31))[0]
    assert (row["commune_count"], row["ntm_count"], row["to_be_reassessed_count"]) == (2, 1, 1)


def test_a_recognition_without_a_date_is_shown_and_not_counted(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    recognitions(report, [title(COMMUNE, "NTM", None)])
    row = ask(by_hand, "q01", date(2023, 4, 12))[0]
    assert (row["ntm_count"], row["undated_count"]) == (0, 1)


def test_two_main_leaders_are_a_hand_over_only_when_the_outgoing_one_leaves_first(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    def helper(agency: str, commune: str, begin: date, end: date | None) -> dict[str, Any]:
        place = {"agency_code": agency, "unit_id": commune, "helper_level": "province", "role_code": "main"}
        return {**place, "valid_from": begin, "valid_to": end}

    january = date(2023, 1, 16)
    rows = [
        helper("SO_XD", COMMUNE, date(2022, 1, 20), date(2023, 2, 15)),
        helper("SO_YT", COMMUNE, january, None),
        helper("SO_XD", "29464.1", january, None),
        helper("SO_YT", "29464.1", january, None),
        helper("SO_TP", "29470.1", january, date(2023, 2, 1)),
    ]
    report(UNIT, "2023Q1", "helper_assignments", "fct_helper_assignment__history", rows)
    found = {row["unit_id"]: row["status"] for row in ask(by_hand, "q12", date(2023, 2, 1))}
    assert (found[COMMUNE], found["29464.1"], found["29470.1"]) == ("hand_over", "double", "none")


def test_a_quarter_is_unknown_where_the_period_before_was_not_reported(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    spent = money("NSTW", 10, disbursed_vnd=Decimal(4 * BILLION))
    report(UNIT, "2023M06", "funding_sources", "fct_funding__history", [spent])
    row = ask(by_hand, "q09", date(2023, 6, 30))[0]
    assert (row["disbursed_pct"], row["disbursed_in_quarter_vnd"], row["lines_without_quarter"]) == (40, None, 1)


def test_a_fall_of_what_was_disbursed_is_a_restatement(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    for period, spent in (("2023Q1", 5), ("2023M06", 4)):
        rows = [money("NSTW", 10, disbursed_vnd=Decimal(spent * BILLION))]
        report(UNIT, period, "funding_sources", "fct_funding__history", rows)
    row = ask(by_hand, "q09", date(2023, 6, 30))[0]
    assert (row["disbursed_in_quarter_vnd"], row["is_restated"]) == (-BILLION, True)


def test_carried_over_money_never_enters_the_rate_of_this_year(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    rows = [
        money("NSTW", 10, disbursed_vnd=Decimal(2 * BILLION)),
        money("NSTW", 1, plan_year=2022, disbursed_vnd=Decimal(1 * BILLION)),
    ]
    report(UNIT, "2023Q1", "funding_sources", "fct_funding__history", rows)
    found = [row for row in ask(by_hand, "q09", date(2023, 4, 12)) if row["area_level"] == "province"]
    assert {(row["is_carried_over"], row["disbursed_pct"]) for row in found} == {(False, 20), (True, 100)}


def test_a_level_without_a_rule_owes_nothing_and_one_without_a_line_owes_all(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    rows = [money("NSTW", 10, programme_code="GNBV"), money("NST", 1, programme_code="GNBV")]
    report(UNIT, "2023Q1", "funding_sources", "fct_funding__history", rows)
    found = {row["budget_level"]: row for row in ask(by_hand, "q10", date(2023, 4, 12))}
    asked = {level: (row["required_vnd"], row["shortfall_assigned_vnd"]) for level, row in found.items()}
    assert asked == {
        "province": (Decimal("0.8") * BILLION, 0),
        "district": (Decimal("0.5") * BILLION, Decimal("0.5") * BILLION),
        "commune": (None, None),
        "all": (Decimal("1.3") * BILLION, Decimal("0.3") * BILLION),
    }


def test_the_matching_rule_is_the_one_in_force_when_the_base_was_assigned(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    rows = [money("NSTW", 10), money("NSTW", 10, content_code="ND03", assigned_on=date(2023, 7, 20))]
    report(UNIT, "2023M09", "funding_sources", "fct_funding__history", rows)
    found = {row["budget_level"]: row for row in ask(by_hand, "q10", date(2023, 9, 30))}
    assert found["district"]["required_vnd"] == Decimal("2.2") * BILLION  # 10% before July 2023, 12% since


def test_a_criterion_is_lost_neither_by_a_missing_report_nor_twice(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    def marks(income: str) -> list[dict[str, Any]]:
        of_criteria = {10: income, 19: "D"}
        return [
            {"unit_id": COMMUNE, "subject_level": "commune", "criteria_set_code": "NTM_XA_2021",
             "criterion_no": number, "declared_mark": mark}
            for number, mark in of_criteria.items()
        ]  # fmt: skip

    report(UNIT, "2022Y", "criteria_summary", "fct_criterion_status__history", marks("D"))
    assert ask(by_hand, "q04", date(2023, 4, 12)) == []
    report(UNIT, "2023Q1", "criteria_summary", "fct_criterion_status__history", marks("CD"))
    (lost,) = ask(by_hand, "q04", date(2023, 4, 12))
    assert (lost["comparison"], lost["criterion_no"], lost["lost_count"], lost["compared_count"]) == (
        "previous",
        10,
        1,
        2,
    )
    assert lost["cause"] == "new_threshold"  # the income asked for rises every year


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("D", "D"), "kept"),
        (("D", "CD"), "lost"),
        (("CD", "CD"), "never_met"),
        (("CD", "D"), "kept"),
        (("D", None), "unverified"),
        ((None, None), "no_data"),
    ],
)
def test_health_insurance_is_kept_only_when_every_report_since_proves_it(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask, states: tuple[str | None, ...], expected: str
) -> None:
    for period, state in zip(("2022Y", "2023M06"), states, strict=True):
        value = {"D": Decimal(93), "CD": Decimal(81)}.get(state or "")
        rows = [
            {"unit_id": COMMUNE, "subject_level": "commune", "criteria_set_code": "NTM_XA_2021",
             "indicator_no": "15.1", "part_code": "total", "value": value, "declared_verdict": state}
        ]  # fmt: skip
        report(UNIT, period, "criteria_results", "fct_indicator_result__history", rows if state else [])
    province = ask(by_hand, "q05", date(2023, 6, 30))[0]
    assert province[f"{expected}_count"] == (15 if expected == "no_data" else 1)
