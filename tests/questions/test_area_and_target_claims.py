"""Claims about areas, flagged communes and targets, on marts made by hand and on the sample province."""

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

UNIT, COMMUNE = "849", "29467.1"
APRIL, DECEMBER = date(2023, 4, 12), date(2023, 12, 31)


def area(number: int, decided: date | None, title: str = "KDC_NTM", **changes: Any) -> dict[str, Any]:
    return {
        "area_code": f"29467-{number:03d}",
        "unit_id": COMMUNE,
        "title_code": title,
        "decision_date": decided,
        "year_recognised": decided.year if decided else None,
        **changes,
    }


def listed(report: Report, rows: list[dict[str, Any]], period: str = "2023Q1") -> None:
    report(UNIT, period, "residential_areas", "fct_residential_area_status__history", rows)


def stock(ask: Ask, con: duckdb.DuckDBPyConnection, day: date) -> dict[str, tuple[Any, Any]]:
    rows = [row for row in ask(con, "q14", day) if (row["part"], row["area_level"]) == ("stock", "province")]
    return {row["title_code"]: (row["held_count"], row["new_count"]) for row in rows}


def test_areas_of_phu_tho_at_the_end_of_2018_are_a_stock_of_113_of_which_109_new(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    listed(report, [area(number, date(2018, 11, 5) if number >= 4 else date(2017, 11, 6)) for number in range(113)])
    found = stock(ask, by_hand, date(2018, 12, 31))
    assert found == {"KDC_NTM": (113, 109), "KDC_KM": (None, None), "THON_NTM": (None, None), "VUON_MAU": (None, None)}


def test_an_area_with_two_titles_stands_once_under_each_and_is_never_added_up(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    listed(report, [area(1, date(2022, 3, 1)), area(1, date(2023, 2, 1), "KDC_KM")])
    found = stock(ask, by_hand, APRIL)
    assert (found["KDC_NTM"], found["KDC_KM"]) == ((1, 0), (1, 1))


def test_an_area_withdrawn_or_merged_is_no_longer_held_from_that_day(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    gone = date(2023, 3, 1)
    listed(report, [area(1, date(2022, 3, 1), withdrawn_on=gone), area(2, date(2022, 3, 1), ended_on=gone)])
    held = [stock(ask, by_hand, day)["KDC_NTM"][0] for day in (date(2023, 2, 28), gone)]
    assert held == [2, 0]


def test_a_flag_is_frozen_by_the_first_accepted_report_of_the_year_before(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    flag = {"unit_id": COMMUNE, "measure_code": "CHUA_KHA_NANG", "plan_year": 2023}
    report(UNIT, "2022Y", "targets", "fct_target__history", [flag])
    report(UNIT, "2023Y", "targets", "fct_target__history", [{**flag, "unit_id": "29470.1"}])
    listed(report, [area(number, date(2023, 2, number)) for number in (1, 2, 3)])
    rows = ask(by_hand, "q14", APRIL)
    unable = {row["area_unit_id"]: (row["new_count"], row["new_class"]) for row in rows if row["part"] == "unable"}
    assert unable == {COMMUNE: (3, "2_to_3")}  # what is said of a year once it has begun is no flag
    (target,) = [row for row in rows if row["part"] == "target"]
    assert (target["held_count"], target["new_count"]) == (1, 1)


def test_the_case_of_document_2332_two_or_three_new_areas_in_most_flagged_communes_fewer_in_some(
    published: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    rows = [row for row in ask(published, "q14", DECEMBER) if row["part"] == "unable"]
    assert sorted(row["new_count"] for row in rows) == [0, 1, 2, 2, 3, 4]
    assert sorted(row["new_class"] for row in rows) == ["2_to_3"] * 3 + ["above_3"] + ["below_2"] * 2
    flags = published.execute("from fct_commune_flag where plan_year = 2023").df()
    assert sorted(flags["new_area_count"]) == [0, 1, 2, 2, 3, 4]


def test_every_village_of_cau_ngang_is_a_new_rural_village(published: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    (row,) = [row for row in ask(published, "q75", APRIL) if row["area_unit_id"] == "848.1"]
    assert row["village_count"] == 90


def test_the_shares_of_tra_cu_are_those_that_its_report_prints(published: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    (row,) = [row for row in ask(published, "q67", DECEMBER) if row["area_unit_id"] == "849.1"]
    assert (row["household_count"], row["people_count"], row["minority_household_count"]) == (43_369, 147_419, 26_857)
    assert (row["poor_household_count"], row["near_poor_household_count"]) == (398, 924)
    assert [float(row[name]) for name in ("minority_pct", "poor_pct", "near_poor_pct")] == [61.93, 0.92, 2.13]
    assert (row["paved_road_km"], row["village_count"], row["place_count"]) == (Decimal("778.16"), 124, 17)


def test_66_communes_are_43_percent_of_152_and_not_of_184(
    by_hand: duckdb.DuckDBPyConnection, report: Report, ask: Ask
) -> None:
    """The press counts 184 units of Đắk Lắk, towns among them; the share it prints is of the 152 communes."""
    communes = by_hand.execute(
        "select unit_id, is_rural_commune from marts.dim_administrative_unit"
        " where parent_unit_id = '849.1' and level = 'commune' and valid_to > date '2023-01-01'"
    ).fetchall()
    towns = sum(not is_rural for _, is_rural in communes)
    stage = {"unit_id": "849.1", "measure_code": "XA_NTM", "horizon_code": "stage", "plan_year": 2025}
    lineage = {"reporting_unit_id": UNIT, "reporting_period_id": "2022Y"}
    names = {**stage, **lineage, "target_value": 12}
    by_hand.execute(
        f"insert into marts.fct_target ({', '.join(names)}) values ({', '.join('?' for _ in names)})",
        list(names.values()),
    )
    row = next(row for row in ask(by_hand, "q71", APRIL) if row["unit_id"] == "849.1")
    assert (row["commune_count"], row["commune_level_count"]) == (15, 15 + towns) == (15, 17)
    assert (float(row["target_of_communes_pct"]), float(row["target_of_commune_level_pct"])) == (80.00, 70.59)


def inserted(con: duckdb.DuckDBPyConnection, mart: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        con.execute(f"insert into marts.{mart} ({', '.join(row)}) values ({marks})", list(row.values()))


def decision(act: str, on: date) -> dict[str, Any]:
    return {"unit_id": COMMUNE, "title_code": "NTM_KM", "act_code": act, "decision_date": on}


def test_a_commune_whose_title_was_withdrawn_does_not_hold_it_until_it_is_given_again(
    by_hand: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    chosen = {"unit_id": COMMUNE, "measure_code": "CHON_KM_XA", "plan_year": 2023, "decided_on": date(2022, 12, 1)}
    inserted(by_hand, "fct_target", chosen)
    acts = [("first", date(2023, 1, 10)), ("withdrawal", date(2023, 4, 12)), ("renewal", date(2023, 6, 30))]
    inserted(by_hand, "fct_recognition", *(decision(act, on) for act, on in acts))
    days = [date(2023, 1, 9), date(2023, 1, 10), date(2023, 4, 11), APRIL, date(2023, 6, 30)]
    held = [row["is_title_held"] for day in days for row in ask(by_hand, "q66", day)]
    assert held == [False, True, True, False, True]


def test_an_area_stands_where_the_title_aimed_at_has_it_and_not_at_its_best_of_several(
    by_hand: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    chosen = {"unit_id": COMMUNE, "measure_code": "CHON_KM_THON", "plan_year": 2023, "decided_on": date(2022, 12, 1)}
    inserted(by_hand, "fct_target", *({**chosen, "area_code": code} for code in ("29467-001", "29467-002")))
    listing = {"unit_id": COMMUNE, "reporting_period_id": "2023Q1", "reporting_unit_id": UNIT}
    ntm = {**listing, "title_code": "THON_NTM", "criteria_met": 14, "criteria_total": 14, "is_held": True}
    model = {**listing, "title_code": "KDC_KM", "criteria_met": 3, "criteria_total": 5, "is_held": False}
    rows = [{**ntm, "area_code": "29467-001"}, {**model, "area_code": "29467-001"}, {**ntm, "area_code": "29467-002"}]
    inserted(by_hand, "fct_residential_area_status", *rows)
    names = ("criteria_title_code", "criteria_met", "criteria_total", "is_title_held")
    found = {row["area_code"]: tuple(row[name] for name in names) for row in ask(by_hand, "q66", APRIL)}
    assert found == {"29467-001": ("KDC_KM", 3, 5, False), "29467-002": ("THON_NTM", 14, 14, False)}


@pytest.mark.parametrize("day", [APRIL, date(2023, 6, 30), DECEMBER])
def test_a_target_of_the_year_has_a_result_on_every_day_that_a_report_of_the_year_was_closed_by(
    published: duckdb.DuckDBPyConnection, ask: Ask, day: date
) -> None:
    rows = [row for row in ask(published, "q65", day) if (row["measure_code"], row["plan_year"]) == ("XA_NTM", 2023)]
    assert len(rows) == 9
    assert [row["unit_id"] for row in rows if row["result"] is None or row["is_reached"] is None] == []


def test_rates_of_several_districts_are_not_added_up(by_hand: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    aim = {"plan_year": 2023, "horizon_code": "year", "is_priority": True, "is_in_force": True}
    for number, (measure, value) in enumerate([("HO_NGHEO", 2), ("HO_NGHEO", 3), ("XA_NTM", 4), ("XA_NTM", 5)]):
        row = {**aim, "measure_code": measure, "target_value": value, "reporting_unit_id": str(number)}
        inserted(by_hand, "fct_target", {**row, "decided_on": date(2022, 12, 1)})
    names = ("target_sum", "target_lowest", "target_highest")
    found = {row["measure_code"]: tuple(row[name] for name in names) for row in ask(by_hand, "q70", APRIL)}
    assert found == {"HO_NGHEO": (None, 2, 3), "XA_NTM": (9, 4, 5)}
