"""What the office holds of a unit stands in its next template, and a template sent back says no more than it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from expectations.held import held_before
from ingest.template import write_workbook
from ingest.template_held import Held

TRA_CU, COMMUNE, OTHER = "849", "29467", "29470"
BASE = "NTM_XA_2021"
MILLION = Decimal(1_000_000)
LINE = {
    "place_code": TRA_CU,
    "programme_code": "NTM",
    "content_code": "ND02",
    "source_code": "NSTW",
    "nature_code": "DTPT",
    "plan_year": 2023,
    "planned_vnd": 900 * MILLION,
    "assigned_vnd": 900 * MILLION,
    "performed_vnd": 200 * MILLION,
    "disbursed_vnd": 125 * MILLION,
}
ASSIGNMENT = {
    "agency_code": "SO_XD",
    "commune_code": COMMUNE,
    "helper_level": "province",
    "role_code": "main",
    "decision_no": "88/QĐ-UBND",
    "decision_date": date(2022, 1, 5),
    "valid_from": date(2022, 1, 20),
}
ENDED = ASSIGNMENT | {"agency_code": "SO_YT", "valid_to": date(2022, 11, 30), "end_reason": "other"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "funding_sources": [LINE],
    "helper_assignments": [ASSIGNMENT, ENDED],
    "unit_criteria": [
        {"criteria_set_code": "NTM_HUYEN_2021", "indicator_no": "1.1", "part_code": "total", "verdict": "CD"}
        | {"value": Decimal("61.5"), "planned_date": date(2024, 6, 30)}
    ],
}

Send = Callable[..., None]


@pytest.fixture
def send(office: Any, tmp_path: Path) -> Send:
    def send(period_id: str, received_at: datetime, **rows: Any) -> None:
        """A signed report of these forms, received, read and judged."""
        path = tmp_path / f"{period_id}.xlsx"
        cover = {"signed_date": date(2023, 7, 1), "report_number": "1/BC"}
        write_workbook(
            path, reporting_unit_id=TRA_CU, reporting_period_id=period_id, forms=list(rows), filled=rows, cover=cover
        )
        office.receive(path, received_at)
        office.take_in()
        office.judge()

    return send


def cells(sheet: Any, heading: str) -> list[Any]:
    """The cells below a heading."""
    (at,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == heading]
    return [sheet.cell(row, at.column) for row in range(at.row + 2, sheet.max_row + 1)]


def landed(office: Any, form: str, period_id: str) -> list[dict[str, Any]]:
    from expectations.landed import load_rows

    parts = [part for part in office.rows("reading_parts") if part["form"] == form]
    rows = load_rows(office.settings.landing_dir, form, parts).to_pylist()
    return [row for row in rows if row["reporting_period_id"] == period_id and row["row_kind"] == "data"]


def test_where_nothing_was_accepted_nothing_is_shown(office: Any, tmp_path: Path) -> None:
    held = held_before(office.settings, TRA_CU, "2023M06")
    assert held == Held()
    blank, same = tmp_path / "blank.xlsx", tmp_path / "same.xlsx"
    write_workbook(blank, reporting_unit_id=TRA_CU, reporting_period_id="2023M06")
    write_workbook(same, reporting_unit_id=TRA_CU, reporting_period_id="2023M06", held=held)
    assert blank.read_bytes() == same.read_bytes()


def test_earlier_figures_stand_locked_beside_the_entry_cells(office: Any, send: Send, tmp_path: Path) -> None:
    send("2023Q1", datetime(2023, 3, 20, tzinfo=UTC), **ROWS)
    path = tmp_path / "next.xlsx"
    held = held_before(office.settings, TRA_CU, "2023M06")
    write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023M06", held=held)
    book = openpyxl.load_workbook(path)
    money = book["05. Nguồn lực"]
    earlier, entry = cells(money, "Giải ngân lũy kế - kỳ trước")[1], cells(money, "Giải ngân lũy kế")[1]
    assert (earlier.value, earlier.protection.locked) == (125, True)
    assert (entry.value, entry.protection.locked) == (None, False)
    assert earlier.column == entry.column + 1
    assert cells(money, "Kế hoạch")[1].value == 900
    own = book["03. TC cấp huyện"]
    assert [cell.value for cell in cells(own, "Hiện trạng - kỳ trước") if cell.value is not None] == [61.5]
    notes = [cell.comment.text for row in own.iter_rows() for cell in row if cell.comment]
    assert any("Quý I năm 2023" in note for note in notes)
    assert "Hiện trạng - cùng kỳ năm trước" not in {cell.value for row in own.iter_rows() for cell in row}


def test_a_register_begins_with_the_rows_that_still_stand(office: Any, send: Send, tmp_path: Path) -> None:
    send("2023Q1", datetime(2023, 3, 20, tzinfo=UTC), **ROWS)
    path = tmp_path / "next.xlsx"
    held = held_before(office.settings, TRA_CU, "2023M06")
    write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023M06", held=held)
    sheet = openpyxl.load_workbook(path)["06. Phân công giúp đỡ"]
    agencies = [cell for cell in cells(sheet, "Cơ quan giúp đỡ") if cell.value]
    assert [str(cell.value).endswith("(SO_XD)") for cell in agencies[:2]] == [True, False]
    assert not agencies[0].protection.locked


def test_last_year_is_shown_beside_the_period_before(office: Any, send: Send, tmp_path: Path) -> None:
    send("2022M06", datetime(2022, 6, 20, tzinfo=UTC), unit_criteria=ROWS["unit_criteria"])
    now = [row | {"value": Decimal("64.25")} for row in ROWS["unit_criteria"]]
    send("2023Q1", datetime(2023, 3, 20, tzinfo=UTC), unit_criteria=now)
    path = tmp_path / "next.xlsx"
    held = held_before(office.settings, TRA_CU, "2023M06")
    write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023M06", held=held)
    sheet = openpyxl.load_workbook(path)["03. TC cấp huyện"]
    shown = ("Hiện trạng - kỳ trước", "Hiện trạng - cùng kỳ năm trước")
    assert [[cell.value for cell in cells(sheet, one) if isinstance(cell.value, float)] for one in shown] == [
        [64.25],
        [61.5],
    ]


def test_figures_that_begin_anew_with_the_year_are_not_compared_with_last_year(office: Any, send: Send) -> None:
    send("2022Y", datetime(2022, 12, 20, tzinfo=UTC), funding_sources=[LINE | {"plan_year": 2022}])
    from ingest.spec import load_specs
    from ingest.template_held import HeldOfForm
    from ingest.template_rows import load_unit

    spec = load_specs()["funding_sources"]
    held = held_before(office.settings, TRA_CU, "2023Q1")
    of_form = HeldOfForm(spec, load_unit(TRA_CU, "2023Q1").period, held)
    assert held.previous["funding_sources"].period_id == "2022Y"
    assert of_form.shows(spec.column("disbursed_vnd")) == ()
    assert of_form.carried_rows() == []


def test_a_template_sent_back_says_what_it_carries_and_nothing_of_what_it_shows(
    office: Any, send: Send, tmp_path: Path
) -> None:
    """Every form at once: shown cells are no data, and no finding speaks of them."""
    marks = [
        {"criteria_set_code": BASE, "commune_code": code, "criterion_no": str(no), "mark": "D", "criteria_met": 19}
        for code in (COMMUNE, OTHER)
        for no in range(1, 20)
    ]
    figure = {"criteria_set_code": BASE, "indicator_no": "10", "part_code": "total", "commune_code": COMMUNE}
    results = [figure | {"data_year": 2022, "value": Decimal("57.5"), "verdict": "D"}]
    send("2022Y", datetime(2022, 12, 20, tzinfo=UTC), criteria_results=results)
    send("2023Q1", datetime(2023, 3, 20, tzinfo=UTC), **ROWS, criteria_summary=marks)
    path = tmp_path / "2023M06.xlsx"
    held = held_before(office.settings, TRA_CU, "2023M06")
    write_workbook(path, reporting_unit_id=TRA_CU, reporting_period_id="2023M06", held=held)
    office.receive(path, datetime(2023, 6, 20, tzinfo=UTC))
    office.take_in()
    office.judge()
    structure = {
        "sheet_not_recognised",
        "sheet_of_other_period",
        "column_not_recognised",
        "header_repaired",
        "value_repaired",
        "column_repeated",
        "rows_below_table",
    }
    shown = cells(openpyxl.load_workbook(path)["01a. TH NTM"], "Tổng số tiêu chí đạt - kỳ trước")
    assert [cell.value for cell in shown].count(19) == 2
    told = {finding.rule_id for finding in office.verdicts()["2023M06.xlsx"].findings}
    assert told & {*structure, "picture_not_read", "embedded_object_not_read", "old_sheet_ignored"} == set()
    (assigned,) = landed(office, "helper_assignments", "2023M06")
    assert {name: assigned[name] for name in ASSIGNMENT} == ASSIGNMENT
    (line,) = landed(office, "funding_sources", "2023M06")
    assert (line["planned_vnd"], line["disbursed_vnd"]) == (900 * MILLION, None)
    for form, column in (
        ("unit_criteria", "value"),
        ("criteria_results", "value"),
        ("criteria_summary", "criteria_met"),
    ):
        assert {row[column] for row in landed(office, form, "2023M06")} <= {None}
