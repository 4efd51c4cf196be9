"""Expected submissions are rows, whether or not anything came."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest import ledger
from ingest.expected import TABLE, expected_digest, expected_submissions, write_expected
from ingest.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_PROVINCE": "84", "NTM_NOW": "2023-06-10T08:00:00"})


def reported(settings: Settings, period: str, outcome: str = "identified") -> None:
    row = {"submission_id": period, "reporting_unit_id": "849", "reporting_period_id": period, "outcome": outcome}
    ledger.commit(settings.ledger_dir, "submissions", [row])


def periods(settings: Settings) -> list[str]:
    return list(dict.fromkeys(row["reporting_period_id"] for row in expected_submissions(settings)))


def test_nothing_is_expected_before_the_first_report(settings: Settings) -> None:
    reported(settings, "2022Y", outcome="unidentified")
    assert expected_submissions(settings) == []


def test_the_periods_reported_on_the_gaps_between_them_and_the_next_one_that_has_opened_are_expected(
    settings: Settings,
) -> None:
    reported(settings, "2022Y")
    assert periods(settings) == ["2022Y", "2023Q1"]
    reported(settings, "2022M06")
    assert periods(settings) == ["2022M06", "2022M09", "2022Y", "2023Q1"]
    reported(settings, "2023Q1")
    assert periods(settings)[-1] == "2023M06"
    assert periods(replace(settings, now=datetime(2023, 5, 31, 16, 59, tzinfo=UTC)))[-1] == "2023Q1"
    assert periods(replace(settings, now=datetime(2023, 5, 31, 17, 0, tzinfo=UTC)))[-1] == "2023M06"


def test_every_unit_owes_the_forms_of_its_kind_and_of_the_period(settings: Settings) -> None:
    reported(settings, "2023Q1")
    rows = [row for row in expected_submissions(settings) if row["reporting_period_id"] == "2023Q1"]
    assert {row["reporting_unit_id"] for row in rows} == {"842", *map(str, range(844, 852))}
    own = [row for row in rows if row["reporting_unit_id"] == "849"]
    assert [row["form"] for row in own][:1] == ["criteria_summary"]
    assert "cover" not in {row["form"] for row in own}
    assert {(str(row["opens_on"]), str(row["due_date"])) for row in own} == {("2023-03-01", "2023-03-25")}
    half_year = [row["form"] for row in expected_submissions(settings) if row["reporting_period_id"] == "2023M06"]
    assert set(half_year) > {row["form"] for row in own}  # more forms are owed at six months


def test_after_the_merger_communes_of_the_province_it_became_part_of_are_expected(settings: Settings) -> None:
    later = replace(settings, now=datetime(2025, 9, 20, tzinfo=UTC))
    reported(later, "2025M06")
    kinds = {row["reporting_period_id"]: row["unit_kind"] for row in expected_submissions(later)}
    assert kinds == {"2025M06": "district", "2025M09": "commune"}
    after = {row["unit_id"] for row in expected_submissions(later) if row["reporting_period_id"] == "2025M09"}
    assert len(after) == 41  # the units that the province became, not all 124 of the province they are in now


def test_nobody_owes_a_report_of_a_period_that_the_office_did_not_collect(settings: Settings) -> None:
    later = replace(settings, now=datetime(2025, 9, 20, tzinfo=UTC))
    reported(later, "2023Y")
    reported(later, "2025M06")
    assert periods(later) == ["2023Y", "2025M06", "2025M09"]
    reported(later, "2024Y")  # it came all the same: the period was collected after all
    assert periods(later) == ["2023Y", "2024Y", "2025M06", "2025M09"]


def test_what_is_expected_is_written_for_the_warehouse(settings: Settings, tmp_path: Path) -> None:
    write_expected(settings, tmp_path)
    assert pq.read_table(tmp_path / f"{TABLE}.parquet").num_rows == 0
    reported(settings, "2023Q1")
    write_expected(settings, tmp_path)
    assert pq.read_table(tmp_path / f"{TABLE}.parquet").to_pylist() == expected_submissions(settings)


def test_the_digest_moves_when_a_period_opens_and_not_before(settings: Settings) -> None:
    reported(settings, "2023Q1")
    reported(settings, "2023M06")
    same_day = replace(settings, now=datetime(2023, 6, 30, tzinfo=UTC))
    opened = replace(settings, now=datetime(2023, 9, 1, tzinfo=UTC))
    assert expected_digest(settings) == expected_digest(same_day) != expected_digest(opened)
