"""The messy reports of the sample: their cells are kept as they were typed, and only the truth decides their status.

That their figures are those of clean reports is shown by test_truth.py, which compares every mart with the truth.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from simulate.channel import FOLDER_OF_OTHER, OTHER_FOLDER, SCANNED, WITH_NEXT, WITH_NEXT_IN
from simulate.expected import read_truth
from simulate.mangled.legacy_encodings import tcvn3, vni
from simulate.mess import BY_HAND, IN_TCVN3, IN_VNI, MESSES, RETYPED

pytestmark = pytest.mark.slow

Report = tuple[str, str]


@pytest.fixture(scope="module")
def marts(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def landed(sample: Any) -> Any:
    """The landed data rows of a report: `landed(form, report)`, one of them per worksheet row and group."""

    def rows(form: str, report: Report) -> list[dict[str, Any]]:
        files = f"{Path(sample.settings.landing_dir).as_posix()}/{form}/*/*.parquet"
        with duckdb.connect() as con:
            found = con.execute(
                f"from read_parquet('{files}', union_by_name = true) "
                "where reporting_unit_id = ? and reporting_period_id = ? and row_kind = 'data'",
                list(report),
            )
            names = [column for column, *_ in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return rows


def findings_of(marts: duckdb.DuckDBPyConnection, report: Report) -> list[tuple[Any, ...]]:
    return marts.execute(
        "select severity, rule_id, form, sheet, cell from fct_submission_finding "
        "where reporting_unit_id = ? and reporting_period_id = ?",
        list(report),
    ).fetchall()


def version_of(marts: duckdb.DuckDBPyConnection, report: Report) -> tuple[Any, ...]:
    (found,) = marts.execute(
        "select submission_id, received_at, status from fct_submission_version "
        "where reporting_unit_id = ? and reporting_period_id = ?",
        list(report),
    ).fetchall()
    return found


@pytest.mark.parametrize("report", [*MESSES, WITH_NEXT, OTHER_FOLDER])
def test_what_has_one_reading_is_only_told_and_changes_no_status(
    marts: duckdb.DuckDBPyConnection, report: Report
) -> None:
    asked = [finding for finding in findings_of(marts, report) if finding[0] != "info"]
    _, _, status = version_of(marts, report)
    if report == RETYPED:
        assert [(severity, rule) for severity, rule, *_ in asked] == [("warning", "hidden_rows_read")]
        assert status == "accepted_with_warnings"
    else:
        assert (asked, status) == ([], "accepted")


@pytest.mark.parametrize(("report", "encode"), [(IN_TCVN3, tcvn3), (IN_VNI, vni)])
def test_text_in_an_old_font_is_landed_in_unicode_beside_what_stands_in_the_file(
    landed: Any, report: Report, encode: Any
) -> None:
    rows = landed("funding_sources", report)
    assert rows
    for row in rows:
        assert row["source_code"] is not None
        assert row["source_code__problem"] is None
    names = {row["commune_name"]: row["commune_name__text"] for row in landed("criteria_summary", report)}
    assert any(typed != name for name, typed in names.items())
    assert names == {name: encode(name) for name in names}
    kinds = {row["kind_code__text"] for row in landed("helper_activities", report)}
    assert encode("Dự họp") in kinds or encode("Đi cơ sở") in kinds


def test_words_that_are_vietnamese_both_ways_are_read_by_the_font_of_the_whole_workbook(landed: Any) -> None:
    """In TCVN3 "Có" is written "Cã", "số" is written "sè", "hộ" is written "hé"."""
    activities = landed("helper_activities", IN_TCVN3)
    present = {(row["is_leader_present__text"], row["is_leader_present"]) for row in activities}
    assert ("Cã", True) in present
    units = {(row["measure_unit__text"], row["measure_unit"]) for row in landed("criteria_results", IN_TCVN3)}
    assert ("hé", "hộ") in units
    assert any(row["lent_vnd"] for row in landed("funding_sources", IN_TCVN3))


def test_retyped_amounts_and_days_keep_their_texts(landed: Any) -> None:
    rows = landed("funding_sources", RETYPED)
    amounts = {row["planned_vnd__text"]: row["planned_vnd"] for row in rows if row["planned_vnd__text"]}
    in_dong = {text: amount for text, amount in amounts.items() if text.endswith(("đồng", " đ")) and "." in text}
    assert in_dong
    for text, amount in in_dong.items():
        assert Decimal(text.rstrip("đồng ").replace(".", "")) == amount
    spaced = {text: amount for text, amount in amounts.items() if "\u00a0" in text}
    assert spaced
    for text, amount in spaced.items():
        assert Decimal(text.replace("\u00a0", "").replace(",", ".")) * 1_000_000 == amount
    days = {row["assigned_on__text"]: row["assigned_on"] for row in rows if row["assigned_on"]}
    in_words = {text: day for text, day in days.items() if "tháng" in text}
    assert in_words
    assert all(text == f"ngày {day:%d} tháng {day:%m} năm {day:%Y}" for text, day in in_words.items())


def test_retyped_sections_are_no_rows_and_their_sums_are_right(landed: Any, marts: duckdb.DuckDBPyConnection) -> None:
    rows = landed("funding_sources", RETYPED)
    assert {row["section"].partition(" ")[0] for row in rows} == {"Chương"}
    assert len({row["section"] for row in rows}) == 3
    told = findings_of(marts, RETYPED)
    assert not [rule for _, rule, *_ in told if rule in ("printed_total_differs_from_sum", "total_without_rows")]
    assert {rule for _, rule, *_ in told} >= {"header_repaired", "column_not_recognised", "value_repaired"}


def test_retyped_decomposed_text_is_landed_composed(landed: Any) -> None:
    rows = [row for row in landed("helper_assignments", RETYPED) if row["leader_name"]]
    assert rows
    assert all(row["leader_name"] == unicodedata.normalize("NFC", row["leader_name__text"]) for row in rows)
    assert any(row["leader_name"] != row["leader_name__text"] for row in rows)


def test_a_report_without_cover_is_known_by_its_titles_and_its_crosses_by_their_layout(
    landed: Any, marts: duckdb.DuckDBPyConnection
) -> None:
    assert landed("cover", BY_HAND) == []
    rows = landed("criteria_summary", BY_HAND)
    assert {row["form_version"] for row in rows} == {"communes-by-criterion"}
    assert {(row["mark__text"], row["mark"]) for row in rows} == {("x", "D"), ("0", "CD")}
    assert "identity_from_title" in {rule for _, rule, *_ in findings_of(marts, BY_HAND)}


def test_two_reports_in_one_workbook_are_two_submissions(marts: duckdb.DuckDBPyConnection) -> None:
    timely, received, _ = version_of(marts, WITH_NEXT_IN)
    late, same_moment, _ = version_of(marts, WITH_NEXT)
    assert (late, same_moment) == (f"{timely}-2", received)
    assert "received_late" in {rule for _, rule, *_ in findings_of(marts, WITH_NEXT)}
    assert "received_late" not in {rule for _, rule, *_ in findings_of(marts, WITH_NEXT_IN)}


def test_a_report_counts_from_the_day_it_lies_in_the_folder_of_its_unit(
    sample: Any, marts: duckdb.DuckDBPyConnection
) -> None:
    arrivals = sorted(
        (row["received_at"], row["folder"])
        for row in read_truth(sample.truth_dir, "submission_version")
        if (row["reporting_unit_id"], row["reporting_period_id"]) == OTHER_FOLDER
    )
    assert [folder for _, folder in arrivals] == [FOLDER_OF_OTHER, OTHER_FOLDER[0]]
    _, received, _ = version_of(marts, OTHER_FOLDER)
    assert received == arrivals[1][0]


def test_a_scan_is_returned_and_takes_nothing_from_the_report_that_follows(marts: duckdb.DuckDBPyConnection) -> None:
    returned = marts.execute(
        "select file_name, reporting_unit_id, version from fct_submission_version where status = 'unreadable'"
    ).fetchall()
    assert [(Path(name).suffix, unit, version) for name, unit, version in returned] == [(".pdf", None, None)]
    assert version_of(marts, SCANNED)[2] == "accepted"
