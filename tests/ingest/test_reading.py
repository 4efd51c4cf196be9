"""Received files become identified submissions and committed readings, once."""

import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from ingest import fix_list, landing, ledger, parser, template
from ingest.reading import IdentifySummary, identify_pending, read_pending, touched_periods
from ingest.receive import receive_inbox
from ingest.settings import Settings, load_settings

RECEIVED = datetime(2023, 3, 20, 1, tzinfo=UTC)
RECOGNITION = {"subject_code": "29503", "title_code": "NTM", "stage_code": "2016-2020", "act_code": "first"} | {
    "year_recognised": 2021,
    "decision_date": date(2022, 4, 7),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "inbox").mkdir()
    return load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_PROVINCE": "84", "NTM_NOW": "2023-04-12T08:00:00"})


def send(
    settings: Settings,
    name: str = "a.xlsx",
    *,
    unit: str = "849",
    period: str = "2023Q1",
    cover: dict[str, Any] | None = None,
    received: datetime = RECEIVED,
    forms: tuple[str, ...] = ("recognitions",),
) -> Path:
    path = Path(settings.inbox) / name
    filled = {"recognitions": [RECOGNITION]} if unit == "849" else {}
    template.write_workbook(
        path, reporting_unit_id=unit, reporting_period_id=period, forms=forms, filled=filled, cover=cover or {}
    )
    os.utime(path, (received.timestamp(), received.timestamp()))
    return path


def intake(settings: Settings, run_id: str = "run") -> IdentifySummary:
    receive_inbox(settings, run_id)
    return identify_pending(settings, run_id)


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    return ledger.read(settings.ledger_dir, table).to_pylist()


def landed(settings: Settings, form: str) -> list[dict[str, Any]]:
    files = sorted((settings.landing_dir / form).rglob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def cover_rules(settings: Settings) -> list[str]:
    assert {row["outcome"] for row in rows(settings, "submissions")} == {"unidentified"}
    return sorted(row["rule_id"] for row in rows(settings, "problems"))


def test_a_cover_names_unit_and_period(settings: Settings) -> None:
    send(settings)
    assert intake(settings) == IdentifySummary(identified=1, period_ids=("2023Q1",))
    (submission,) = rows(settings, "submissions")
    assert submission["submission_id"] == submission["sha256"][:16]
    assert (submission["reporting_unit_id"], submission["reporting_period_id"]) == ("849", "2023Q1")
    assert (submission["template_version"], submission["received_at"]) == ("2023.1", RECEIVED)
    assert rows(settings, "problems") == []


@pytest.mark.parametrize(
    ("cover", "rules"),
    [
        ({"reporting_unit_code": template.AsTyped(""), "reporting_unit_name": template.AsTyped("")}, ["unit_missing"]),
        ({"reporting_unit_code": "999"}, ["unit_unknown"]),
        ({"reporting_unit_code": "001"}, ["unit_outside_province"]),
        ({"reporting_unit_code": "29461"}, ["unit_not_reporting"]),  # reports since July 2025, for the merged province
        ({"reporting_unit_code": "857"}, ["unit_outside_province"]),  # Vĩnh Long's own, and gone before the merger
        ({"reporting_period_code": template.AsTyped("")}, ["period_missing"]),
        ({"reporting_period_code": "2023Q2"}, ["period_unknown"]),
        ({"reporting_period_code": "2021-2025"}, ["period_unknown"]),  # a stage: no form is owed for it
        ({"reporting_period_code": "Giai đoạn 2021-2025"}, ["period_unknown"]),
        ({"reporting_period_code": "2025Y"}, ["unit_not_reporting"]),
        ({"reporting_unit_code": "850"}, ["unit_contradictory"]),
        ({"reporting_unit_code": "999", "reporting_period_code": "quý"}, ["period_unknown", "unit_unknown"]),
    ],
)
def test_a_cover_that_names_no_unit_or_period_is_not_identified(
    settings: Settings, cover: dict[str, Any], rules: list[str]
) -> None:
    send(settings, cover=cover)
    intake(settings)
    assert cover_rules(settings) == rules


@pytest.mark.parametrize(
    ("unit", "period", "rules"),
    [
        ("29461", "2025Y", []),  # a commune of the merged province, since July 2025
        ("28807", "2025Y", []),  # once of Bến Tre, today of the same province
        ("29461", "2025Q1", ["unit_not_reporting"]),
        ("857", "2025Q1", ["unit_outside_province"]),
        ("849", "2025Q1", []),
        ("849", "2025Y", ["unit_not_reporting"]),
    ],
)
def test_the_successor_province_counts_only_since_the_merger(
    settings: Settings, unit: str, period: str, rules: list[str]
) -> None:
    later = replace(settings, now=datetime(2026, 1, 5, tzinfo=UTC))
    named = {"reporting_unit_code": unit, "reporting_unit_name": "", "reporting_period_code": period}
    send(later, cover=named, received=datetime(2025, 12, 20, tzinfo=UTC), forms=())
    intake(later)
    assert [row["rule_id"] for row in rows(later, "problems") if row["rule_id"] != "form_missing"] == rules


def test_a_problem_of_the_cover_points_at_its_cell(settings: Settings) -> None:
    send(settings, cover={"reporting_unit_code": "999"})
    intake(settings)
    (problem,) = rows(settings, "problems")
    assert (problem["stage"], problem["form"], problem["sheet"], problem["cell"], problem["value"]) == (
        "cover",
        "cover",
        "Bìa",
        "B6",
        "999",
    )


@pytest.mark.parametrize(
    "cover",
    [
        {"reporting_period_code": " 2023q1 "},
        {"reporting_period_code": "Quý I  năm 2023"},
    ],
)
def test_unit_and_period_may_be_written_otherwise(settings: Settings, cover: dict[str, Any]) -> None:
    send(settings, cover=cover)
    assert intake(settings).identified == 1


def test_a_code_without_its_leading_zeros_is_the_code(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    hanoi = load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_PROVINCE": "01", "NTM_NOW": "2023-04-12"})
    path = send(hanoi, unit="018")
    book = openpyxl.load_workbook(path)
    book["Bìa"]["B6"] = 18
    book.save(path)
    intake(hanoi)
    assert rows(hanoi, "submissions")[0]["reporting_unit_id"] == "018"


def test_a_workbook_of_other_sheets_is_not_a_report(settings: Settings) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Danh sách cán bộ"
    book.save(Path(settings.inbox) / "a.xlsx")
    intake(settings)
    assert cover_rules(settings) == ["not_a_report"]


def test_a_text_that_is_titled_like_a_report_is_not_a_report(settings: Settings) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI năm 2023"
    book.save(Path(settings.inbox) / "a.xlsx")
    intake(settings)
    assert cover_rules(settings) == ["not_a_report"]


def test_a_report_without_a_cover_lacks_unit_and_period(settings: Settings) -> None:
    path = send(settings)
    book = openpyxl.load_workbook(path)
    del book["Bìa"]
    for row in (1, 5):  # who issues the form, and for which period
        book.worksheets[0].cell(row, 1).value = None
    book.save(path)
    intake(settings)
    assert cover_rules(settings) == ["period_missing", "unit_missing"]


def test_a_file_that_cannot_be_opened_stops_no_other(settings: Settings) -> None:
    (Path(settings.inbox) / "a.xlsx").write_bytes(b"no workbook")
    send(settings, "b.xlsx")
    assert intake(settings) == IdentifySummary(identified=1, unreadable=1, period_ids=("2023Q1",))
    (problem,) = rows(settings, "problems")
    assert (problem["rule_id"], problem["stage"]) == ("workbook_unreadable", "cover")


def test_a_reading_lands_its_rows_and_is_committed(settings: Settings) -> None:
    send(settings)
    intake(settings)
    assert touched_periods(settings) == ("2023Q1",)
    summary = read_pending(settings, "run")
    assert (summary.readings, summary.period_ids) == (1, ("2023Q1",))
    (committed,) = rows(settings, "readings")
    (row,) = landed(settings, "recognitions")
    identity = ("submission_id", "parse_id", "run_id", "reporting_unit_id", "reporting_period_id")
    assert [row[name] for name in identity] == [committed[name] for name in identity]
    assert (row["subject_code"], row["subject_code__text"]) == ("29503", "Xã Ngọc Biên (29503)")
    parts = {part["form"]: part for part in rows(settings, "reading_parts")}
    assert (parts["recognitions"]["state"], parts["recognitions"]["rows_sent"]) == ("present", 1)
    assert parts["recognitions"]["landing_file"] == "recognitions/2023Q1/run.parquet"
    assert (parts["funding_sources"]["state"], parts["funding_sources"]["landing_file"]) == ("missing", None)
    assert Counter(problem["rule_id"] for problem in rows(settings, "problems")) == {"form_missing": 9}


def test_a_second_run_changes_nothing(settings: Settings) -> None:
    send(settings)
    intake(settings, "first")
    read_pending(settings, "first")
    before = sorted(path for path in settings.data_dir.rglob("*") if path.is_file())
    intake(settings, "second")
    assert touched_periods(settings) == ()
    assert read_pending(settings, "second").readings == 0
    assert sorted(path for path in settings.data_dir.rglob("*") if path.is_file()) == before


def test_all_units_of_a_period_land_in_one_file(settings: Settings) -> None:
    send(settings, "a.xlsx", unit="849")
    send(settings, "b.xlsx", unit="844")
    intake(settings)
    read_pending(settings, "run")
    assert [path.name for path in (settings.landing_dir / "cover" / "2023Q1").iterdir()] == ["run.parquet"]
    assert {row["reporting_unit_id"] for row in landed(settings, "cover")} == {"849", "844"}


def test_only_the_periods_asked_for_are_read(settings: Settings) -> None:
    send(settings, "a.xlsx", period="2022Y")
    send(settings, "b.xlsx", period="2023Q1")
    intake(settings)
    assert touched_periods(settings) == ("2022Y", "2023Q1")
    assert read_pending(settings, "run", period_ids=["2022Y"]).period_ids == ("2022Y",)
    assert touched_periods(settings) == ("2023Q1",)


def test_a_lost_landing_file_is_landed_again_under_its_old_name(settings: Settings) -> None:
    send(settings)
    intake(settings, "first")
    read_pending(settings, "first")
    before = {form: landed(settings, form) for form in ("cover", "recognitions")}
    for file in settings.landing_dir.rglob("first.parquet"):
        file.unlink()
    assert touched_periods(settings) == ("2023Q1",)
    summary = read_pending(settings, "second")
    assert (summary.readings, summary.restored) == (0, 1)
    assert {form: landed(settings, form) for form in before} == before
    assert len(rows(settings, "readings")) == 1


def test_what_a_killed_run_landed_counts_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    send(settings)
    intake(settings)
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "commit", lambda *_: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception):
            read_pending(settings, "run")
    assert landed(settings, "recognitions")
    assert rows(settings, "readings") == []
    read_pending(settings, "run")
    assert len(landed(settings, "recognitions")) == 1
    assert len(rows(settings, "readings")) == 1


def test_another_parser_reads_the_archive_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    send(settings)
    intake(settings, "first")
    read_pending(settings, "first")
    parser.parse_id.cache_clear()
    monkeypatch.setattr(parser, "PARSER_VERSION", "next")
    try:
        (Path(settings.inbox) / "a.xlsx").unlink()
        assert intake(settings, "second").identified == 1
        assert read_pending(settings, "second").readings == 1
        assert len({row["parse_id"] for row in rows(settings, "readings")}) == 2
        assert len({row["run_id"] for row in landed(settings, "recognitions")}) == 2
    finally:
        parser.parse_id.cache_clear()


def test_a_glob_over_a_form_nobody_sent_finds_its_schema(settings: Settings) -> None:
    read_pending(settings, "run")
    assert (settings.landing_dir / "helper_activities" / "_schema.parquet").exists()
    assert landing.landing_file("cover", "2023Q1", "r") == "cover/2023Q1/r.parquet"


def test_a_file_of_two_reports_is_two_submissions_that_are_read_apart(settings: Settings) -> None:
    later = replace(settings, now=datetime(2023, 7, 1, tzinfo=UTC))
    send(later, "q1.xlsx", period="2023Q1", forms=())
    send(later, "m06.xlsx", period="2023M06", forms=())
    inbox = Path(later.inbox)
    book, other = openpyxl.load_workbook(inbox / "q1.xlsx"), openpyxl.load_workbook(inbox / "m06.xlsx")
    second = book.create_sheet("Bìa 2")
    for row in other["Bìa"].iter_rows():
        for cell in row:
            second.cell(cell.row, cell.column).value = cell.value
    book.save(inbox / "q1.xlsx")
    (inbox / "m06.xlsx").unlink()
    assert intake(later).identified == 2
    first, second_row = sorted(rows(later, "submissions"), key=lambda row: row["submission_id"])
    assert second_row["submission_id"] == f"{first['sha256'][:16]}-2"
    assert [(row["reporting_period_id"], row["cover_sheet"]) for row in (first, second_row)] == [
        ("2023Q1", "Bìa"),
        ("2023M06", "Bìa 2"),
    ]
    assert read_pending(later, "run").period_ids == ("2023Q1", "2023M06")
    assert {row["reporting_period_id"]: row["sheet"] for row in landed(later, "cover")} == {
        "2023Q1": "Bìa",
        "2023M06": "Bìa 2",
    }
    assert intake(later, "again") == IdentifySummary()


def test_when_and_where_a_file_came_does_not_change_what_it_is(settings: Settings) -> None:
    (Path(settings.inbox) / "850" / "2022Y").mkdir(parents=True)
    send(settings, "850/2022Y/a.xlsx", received=datetime(2023, 2, 1, tzinfo=UTC))
    assert intake(settings).identified == 1
    assert rows(settings, "problems") == []


def test_the_same_bytes_again_are_a_receipt_and_nothing_to_read(settings: Settings) -> None:
    path = send(settings)
    intake(settings, "first")
    os.utime(path, (RECEIVED.timestamp() + 60, RECEIVED.timestamp() + 60))
    assert intake(settings, "second") == IdentifySummary()
    assert (len(rows(settings, "receipts")), len(rows(settings, "submissions"))) == (2, 1)


@pytest.mark.parametrize("step", [1, 2, 3])
def test_an_intake_that_is_killed_at_any_commit_is_done_again_whole(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    send(settings, cover={"reporting_unit_code": "999"})
    receive_inbox(settings, "receive")
    commit, calls = ledger.commit, []

    def killed(folder: Path, table: str, of_table: Any) -> int:
        calls.append(table)
        return pytest.fail("killed") if len(calls) == step else commit(folder, table, of_table)

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "commit", killed)
        with pytest.raises(pytest.fail.Exception):
            identify_pending(settings, "killed")
    assert rows(settings, "submissions") == []
    assert identify_pending(settings, "again").unidentified == 1
    (submission,) = rows(settings, "submissions")
    counted = [row["rule_id"] for row in rows(settings, "problems") if row["run_id"] == submission["run_id"]]
    assert counted == ["unit_unknown"]
    assert identify_pending(settings, "once more") == IdentifySummary()


def test_explanations_that_come_back_with_a_workbook_are_kept(settings: Settings) -> None:
    path = send(settings)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet(fix_list.SHEET_NAME, 0)
    headings = [*fix_list.HEADINGS, *fix_list.HIDDEN_HEADINGS]
    line = {fix_list.RULE: "unsigned_report", fix_list.CELLS: "B16", fix_list.JUSTIFICATION: "ký sau"}
    sheet.append(headings)
    sheet.append([line.get(heading) for heading in headings])
    book.save(path)
    intake(settings)
    (said,) = rows(settings, "justifications")
    (submission,) = rows(settings, "submissions")
    assert (said["rule_id"], said["sheet"], said["cell"], said["justification"]) == (
        "unsigned_report",
        None,
        "B16",
        "ký sau",
    )
    assert [said[key] for key in ("submission_id", "run_id")] == [
        submission[key] for key in ("submission_id", "run_id")
    ]
    assert rows(settings, "problems") == []
