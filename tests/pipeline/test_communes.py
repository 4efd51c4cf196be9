"""Since July 2025 communes and wards report for themselves: two of them, in the last quarters of one criteria set and
the first of the next, from template to published marts."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from expectations.held import held_before
from ingest import ledger, reference
from ingest.settings import OFFICE_TIME_ZONE, Settings, load_settings
from ingest.spec import load_specs
from ingest.template import write_workbook
from orchestration.pipeline import run_pipeline
from publish.build import current_build

pytestmark = pytest.mark.slow

COMMUNE, WARD = "29461", "29242"
SETS = {"2025M09": ("NTM_XA_2021", 19), "2026Q1": ("NTM_XA_2026", 10)}
MILLION = Decimal(1_000_000)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    place = tmp_path_factory.mktemp("communes")
    known = load_settings({"NTM_DATA_DIR": str(place / "data"), "NTM_NOW": "2026-04-10T08:00:00+07:00"})
    for period in SETS:
        for unit in (COMMUNE, WARD):
            send(known, unit, period)
    run_pipeline(known)
    return known


def send(settings: Settings, unit: str, period: str) -> None:
    """A report with marks (of the commune), money of the year, and in 2026 money carried over; all else is nil."""
    sender, about = reference.reporting_unit(unit), reference.period(period)
    assert sender is not None
    assert about is not None
    rows: dict[str, list[dict[str, Any]]] = {"funding_sources": [line(unit, about["year"])]}
    if about["year"] == 2026:
        rows["funding_sources"].append(line(unit, 2025))
    if unit == COMMUNE:
        rows["criteria_summary"] = marks(*SETS[period])
    owed = [spec for spec in load_specs().values() if spec.is_owed(sender["unit_kind"], sender["unit_type"], about)]
    day = about["due_date"] - timedelta(days=3)
    path = Path(settings.inbox) / unit / f"{period}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(
        path,
        reporting_unit_id=unit,
        reporting_period_id=period,
        filled=rows,
        cover={
            "report_number": "7/BC-UBND", "report_date": day, "data_as_of": about["data_to"], "preparer_name": "Kim Sa",
            "approver_name": "Lê Trí", "signed_date": day,
            **{f"nil_{spec.form}": True for spec in owed if spec.nil_allowed and spec.form not in rows},
        },
    )  # fmt: skip
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=OFFICE_TIME_ZONE).timestamp()
    os.utime(path, (moment, moment))


def marks(set_code: str, count: int) -> list[dict[str, Any]]:
    """All met but the last."""
    return [
        {"criteria_set_code": set_code, "commune_code": COMMUNE, "criterion_no": str(number),
         "mark": "D" if number < count else "CD", "criteria_met": count - 1}
        for number in range(1, count + 1)
    ]  # fmt: skip


def line(place: str, plan_year: int) -> dict[str, Any]:
    return {
        "place_code": place, "programme_code": "NTP-2026" if plan_year == 2026 else "NTM", "content_code": "ND02",
        "source_code": "NSTW", "nature_code": "DTPT", "plan_year": plan_year, "planned_vnd": 100 * MILLION,
        "assigned_vnd": 100 * MILLION, "performed_vnd": 50 * MILLION, "disbursed_vnd": 40 * MILLION,
        "estimated_year_end_vnd": 100 * MILLION,
    }  # fmt: skip


def ask(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    build = current_build(settings)
    assert build is not None
    with duckdb.connect(str(build.database), read_only=True) as con:
        return con.execute(query).fetchall()


def test_reports_of_communes_and_wards_are_accepted_without_a_word(settings: Settings) -> None:
    verdicts = ledger.read(settings.ledger_dir, "verdicts").to_pylist()
    assert [row["status"] for row in verdicts] == ["accepted"] * 4


def test_a_commune_stands_on_the_set_of_the_year_and_its_title_is_not_inherited(settings: Settings) -> None:
    found = ask(
        settings,
        "select reporting_period_id, criteria_set_code, criteria_met_declared, criteria_total, band_code, standing "
        "from fct_unit_standing where unit_id = '29461.2' order by 1",
    )
    assert [row[:5] for row in found] == [
        ("2025M09", "NTM_XA_2021", 18, 19, "15_18"),
        ("2026Q1", "NTM_XA_2026", 9, 10, "5_9"),
    ]
    assert not {"recognised", "withdrawn"} & {row[5] for row in found}


def test_marks_on_another_set_are_no_loss(settings: Settings) -> None:
    query = "select count(*) from fct_criterion_status where reporting_period_id = '2026Q1' and is_lost"
    assert ask(settings, query) == [(0,)]


def test_41_units_owe_a_report_and_wards_no_marks(settings: Settings) -> None:
    found = ask(
        settings,
        "select submissions.reporting_period_id, units.unit_type, count(*), min(submissions.expected_form_count) "
        "from fct_submission as submissions join dim_reporting_unit as units using (reporting_unit_id) "
        "where submissions.reporting_period_id in ('2025M09', '2026Q1') group by all order by 1, 2",
    )
    assert found == [
        ("2025M09", "phuong", 6, 8),
        ("2025M09", "xa", 35, 9),
        ("2026Q1", "phuong", 6, 8),
        ("2026Q1", "xa", 35, 9),
    ]


def test_a_commune_is_judged_by_its_group_from_2026(settings: Settings) -> None:
    found = ask(
        settings,
        "select reporting_period_id, criteria_set_code, judging_kind, judging_code from dim_judging_scope "
        "where unit_id = '29461.2' and criteria_set_code in ('NTM_XA_2021', 'NTM_XA_2026') "
        "and reporting_period_id in ('2025M09', '2026Q1') order by 1, 2",
    )
    assert [row for row in found if row[1] == "NTM_XA_2026"] == [
        ("2025M09", "NTM_XA_2026", "group", "unknown"),
        ("2026Q1", "NTM_XA_2026", "group", "group_2"),
    ]
    assert {row[2] for row in found if row[1] == "NTM_XA_2021"} == {"region"}


def test_money_carried_over_stays_with_the_programme_it_was_planned_for(settings: Settings) -> None:
    found = ask(
        settings,
        "select programme_code, plan_year, is_carried_over, disbursed_vnd from fct_funding "
        "where unit_id = '29461.2' and reporting_period_id = '2026Q1' order by 2",
    )
    assert found == [("NTM", 2025, True, 40 * MILLION), ("NTP-2026", 2026, False, 40 * MILLION)]


def test_no_district_budget_is_asked_to_match_once_there_is_no_district(settings: Settings) -> None:
    assert ask(settings, "select distinct budget_level from fct_matching_funds order by 1") == [
        ("commune",),
        ("province",),
    ]


def test_a_place_knows_the_unit_that_reports_for_it(settings: Settings) -> None:
    found = ask(
        settings,
        "select unit_id, reported_by_unit_id from dim_administrative_unit "
        "where unit_id in ('84.1', '849.1', '29461.1', '29461.2', '29242.2') order by 1",
    )
    assert dict(found) == {
        "84.1": None, "849.1": "849.1", "29461.1": "849.1", "29461.2": "29461.2", "29242.2": "29242.2",
    }  # fmt: skip


def test_the_next_template_shows_what_was_counted_on_the_same_set_only(settings: Settings, tmp_path: Path) -> None:
    def shown(period: str) -> list[Any]:
        path = tmp_path / f"{period}.xlsx"
        held = held_before(settings, COMMUNE, period)
        write_workbook(path, reporting_unit_id=COMMUNE, reporting_period_id=period, held=held)
        sheet = openpyxl.load_workbook(path)["01a. TH NTM"]
        (heading,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == HEADING] or [None]
        if heading is None:
            return []
        (row,) = [row for row in sheet.iter_rows() if row[0].value == COMMUNE]
        return [row[heading.column - 1].value]

    assert shown("2025Y") == [18]
    assert shown("2026Q1") in ([], [None])
    assert shown("2026M06") == [9]


HEADING = (
    load_specs()["criteria_summary"]
    .column("criteria_met")
    .shown_heading(load_specs()["criteria_summary"].column("criteria_met").shows[0])
)
