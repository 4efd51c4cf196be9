"""Money as the press printed it, on marts made by hand: totals that do not close, credit that swells them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow

Ask = Callable[..., list[dict[str, Any]]]
DAY = date(2023, 4, 12)
BILLION = Decimal(1_000_000_000)
# mobilised in the whole country in 2022, billion đồng: the budget of 77,397.8 holds the matching 66,397.8
MOBILISED = {"NSTW": "11000", "NST": "66397.8", "LG": "49967", "TDCS": "436738", "DN": "35503", "DC": "21848"}
PRINTED = Decimal("621324")


def put(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" for _ in row)
        con.execute(f"insert into marts.{table} ({names}) values ({marks})", list(row.values()))


@pytest.fixture
def mobilised(by_hand: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    put(
        by_hand,
        "fct_funding",
        [
            {
                "reporting_period_id": "2023Q1",
                "reporting_unit_id": "849",
                "source_code": source,
                "plan_year": 2023,
                "lent_vnd" if source == "TDCS" else "performed_vnd": Decimal(amount) * BILLION,
            }
            for source, amount in MOBILISED.items()
        ],
    )
    return by_hand


def test_what_was_mobilised_is_told_with_and_without_credit(mobilised: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    province = next(row for row in ask(mobilised, "q40", DAY) if row["area_level"] == "province")
    assert province["with_credit_vnd"] == Decimal("621453.8") * BILLION
    assert province["without_credit_vnd"] == Decimal("184715.8") * BILLION
    assert float(province["credit_pct"]) == 70.28


def test_integrated_money_is_no_budget_money(mobilised: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    province = next(row for row in ask(mobilised, "q40", DAY) if row["area_level"] == "province")
    assert province["central_vnd"] + province["local_vnd"] == Decimal("77397.8") * BILLION
    assert province["integrated_vnd"] == Decimal("49967") * BILLION


def test_what_was_mobilised_is_told_without_money_another_programme_may_tell_too(
    mobilised: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    province = next(row for row in ask(mobilised, "q40", DAY) if row["area_level"] == "province")
    assert province["own_without_credit_vnd"] == Decimal("134748.8") * BILLION
    assert province["own_with_credit_vnd"] == Decimal("571486.8") * BILLION


def test_a_printed_total_that_does_not_close_keeps_its_difference(by_hand: duckdb.DuckDBPyConnection, ask: Ask) -> None:
    summed = sum(map(Decimal, MOBILISED.values()), Decimal(0))
    total = {
        "reporting_period_id": "2023Q1",
        "reporting_unit_id": "849",
        "column_name": "performed_vnd",
        "printed_vnd": PRINTED * BILLION,
        "summed_vnd": summed * BILLION,
        "loaded_vnd": summed * BILLION,
        "difference_vnd": (PRINTED - summed) * BILLION,
        "is_agreed": False,
    }
    put(by_hand, "fct_printed_total", [total])
    (row,) = ask(by_hand, "q44", DAY)
    assert (row["difference_vnd"], row["is_agreed"]) == (Decimal("-129.8") * BILLION, False)


def test_a_commune_no_longer_specially_difficult_is_not_counted_as_one(
    by_hand: duckdb.DuckDBPyConnection, ask: Ask
) -> None:
    def project(code: str, unit: str) -> dict[str, Any]:
        about = {"reporting_period_id": "2023Q1", "reporting_unit_id": "849", "unit_id": unit, "project_code": code}
        return about | {"assigned_year_vnd": BILLION}

    ended, lasting = "29503.1", "29536.1"  # Ngọc Biên until 2022, Đông Hải
    put(by_hand, "fct_project", [project("a", ended), project("b", lasting)])
    province = next(row for row in ask(by_hand, "q47", DAY) if row["area_level"] == "province")
    assert (province["project_count"], province["difficult_project_count"]) == (2, 1)
    assert (float(province["difficult_pct"]), province["concentration_index"]) == (50.0, 5000)
