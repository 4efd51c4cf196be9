"""Judging whole submissions: real workbooks through ingest, verdicts and findings in the ledger."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.settings import OFFICE_TIME_ZONE, Settings, load_settings

TRA_CU = "849"
NOW = datetime(2026, 11, 23, 8, tzinfo=OFFICE_TIME_ZONE)
BILLION = Decimal(1_000_000_000)
RECEIVED = datetime(2023, 3, 22, 9, tzinfo=OFFICE_TIME_ZONE)
COVER = {"signed_date": date(2023, 3, 20), "data_as_of": date(2023, 3, 14)}

Write = Callable[..., Path]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    environ = {"NTM_DATA_DIR": str(tmp_path / "data"), "NTM_NOW": NOW.isoformat(), "NTM_PROVINCE": "84"}
    return load_settings(environ)


@pytest.fixture
def write(settings: Settings) -> Write:
    """Put a Trà Cú workbook of the first quarter of 2023 into the inbox."""

    def put(name: str, funding: Sequence[Mapping[str, Any]], **cover: Any) -> Path:
        from ingest.template import write_workbook

        path = Path(settings.inbox) / name
        write_workbook(
            path,
            reporting_unit_id=TRA_CU,
            reporting_period_id="2023Q1",
            forms=["funding_sources"],
            filled={"funding_sources": funding},
            cover={**COVER, **cover},
        )
        os.utime(path, (RECEIVED.timestamp(), RECEIVED.timestamp()))
        return path

    return put


def funding(**fields: Any) -> dict[str, Any]:
    from ingest import reference

    row = {"place_code": TRA_CU, "programme_code": "NTM", "source_code": "NSTW", "plan_year": 2023}
    return {**row, "content_code": reference.rows("funding_contents")[0]["content_code"], **fields}


def read_inbox(settings: Settings, run_id: str) -> None:
    from ingest.intake import identify_pending
    from ingest.reading import read_pending
    from ingest.receive import receive_inbox

    receive_inbox(settings, run_id)
    identify_pending(settings, run_id)
    read_pending(settings, run_id)


def ledger_rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    from ingest import ledger

    rows: list[dict[str, Any]] = ledger.read(settings.ledger_dir, table).to_pylist()
    return rows


GOOD = [funding(assigned_vnd=2 * BILLION, disbursed_vnd=BILLION)]
OVERSPENT = [*GOOD, funding(plan_year=2022, assigned_vnd=BILLION, disbursed_vnd=2 * BILLION)]


def test_good_warned_and_rejected_workbooks_get_their_verdicts_and_a_second_run_changes_nothing(
    settings: Settings, write: Write
) -> None:
    from expectations.data_docs import build_data_docs
    from expectations.judge import judge_pending, judge_unidentified, unjudged_periods
    from expectations.judgement import load_verdicts

    write("a.xlsx", OVERSPENT)
    write("b.xlsx", GOOD, correction_reason="sửa số giải ngân")
    write("c.xlsx", GOOD, reporting_period_code="2023Q7")
    (Path(settings.inbox) / "d.xlsx").write_bytes(b"no workbook")
    read_inbox(settings, "run1")
    assert unjudged_periods(settings) == ("2023Q1",)

    unidentified, summary = judge_unidentified(settings, "run1"), judge_pending(settings, "run1")

    assert dict(unidentified.verdicts) == {"rejected": 1, "unreadable": 1}
    verdicts = {verdict.file: verdict for verdict in load_verdicts(settings.ledger_dir).values()}
    statuses = {name: verdict.status.value for name, verdict in sorted(verdicts.items())}
    owed = [finding.rule_id for finding in verdicts["b.xlsx"].findings]
    assert "form_missing" in owed
    assert statuses == {
        "a.xlsx": "accepted_with_quarantine",
        "b.xlsx": "accepted_with_warnings",
        "c.xlsx": "rejected",
        "d.xlsx": "unreadable",
    }
    spent = verdicts["a.xlsx"]
    assert (spent.row_counts.sent, spent.row_counts.loaded, spent.row_counts.quarantined) == (2, 1, 1)
    (error,) = [finding for finding in spent.findings if finding.severity == "error"]
    assert (error.rule_id, error.sheet) == ("disbursed_exceeds_assigned", "05. Nguồn lực")
    assert verdicts["c.xlsx"].row_counts.loaded == 0
    assert {verdicts["a.xlsx"].version, verdicts["b.xlsx"].version} == {1, 2}
    numbers = [row["finding_no"] for row in ledger_rows(settings, "findings") if row["rule_id"] == "period_unknown"]
    assert numbers == [1]

    before = {table: ledger_rows(settings, table) for table in ("verdicts", "findings")}
    assert judge_pending(settings, "run2").verdicts == {}
    assert judge_unidentified(settings, "run2").verdicts == {}
    assert unjudged_periods(settings) == ()
    assert {table: ledger_rows(settings, table) for table in before} == before

    index = build_data_docs(settings, "run1", summary.batches)
    assert index == settings.warehouse_dir / "data_docs" / "index.html"
    (page,) = (index.parent / "validations" / "query_rules").rglob("*.html")
    assert "disbursed_exceeds_assigned" in page.read_text(encoding="utf-8").partition("Unexpected Value")[2]


def test_a_period_that_is_not_asked_for_waits(settings: Settings, write: Write) -> None:
    from expectations.judge import judge_pending, unjudged_periods

    write("a.xlsx", GOOD)
    read_inbox(settings, "run1")
    assert judge_pending(settings, "run1", ["2023M06"]).verdicts == {}
    assert unjudged_periods(settings) == ("2023Q1",)
    assert sum(judge_pending(settings, "run1", ["2023Q1"]).verdicts.values()) == 1


def test_findings_of_a_run_that_was_killed_do_not_count(settings: Settings, write: Write) -> None:
    from expectations.judge import judge_pending
    from expectations.judgement import judgement_id_of, load_verdicts
    from ingest import ledger

    write("a.xlsx", GOOD)
    read_inbox(settings, "run1")
    (reading,) = ledger_rows(settings, "readings")
    left = {"judgement_id": judgement_id_of(reading["submission_id"], reading["parse_id"]), "finding_no": 1}
    ledger.commit(
        settings.ledger_dir, "findings", [{**left, "rule_id": "row_repeated", "severity": "error", "run_id": "killed"}]
    )
    judge_pending(settings, "run2")
    (verdict,) = load_verdicts(settings.ledger_dir).values()
    assert "row_repeated" not in {finding.rule_id for finding in verdict.findings}


def test_the_same_readings_give_the_same_findings_in_the_same_order(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    from expectations.judge import judge_pending

    write("a.xlsx", OVERSPENT)
    write("b.xlsx", [*OVERSPENT, *OVERSPENT])
    numbered = []
    for name in ("one", "two"):
        own = replace(settings, data_dir=tmp_path / name)
        read_inbox(own, name)
        judge_pending(own, name)
        rows = [{**row, "run_id": None} for row in ledger_rows(own, "findings")]
        numbered.append(sorted(rows, key=lambda row: (row["judgement_id"], row["finding_no"])))
    assert numbered[0] == numbered[1]
    assert len({(row["judgement_id"], row["finding_no"]) for row in numbered[0]}) == len(numbered[0])


def test_check_keeps_the_order_of_its_files_and_leaves_no_trace(settings: Settings, write: Write) -> None:
    from expectations.check import check_files

    good, bad = write("z.xlsx", GOOD), write("a.xlsx", OVERSPENT)
    again = good.with_name("copy of z.xlsx")
    again.write_bytes(good.read_bytes())
    settings = replace(settings, data_dir=settings.data_dir / "untouched")

    verdicts = check_files([bad, good, again], settings)

    assert [Path(verdict.file).name for verdict in verdicts] == ["a.xlsx", "z.xlsx", "copy of z.xlsx"]
    assert [verdict.status.value for verdict in verdicts] == [
        "accepted_with_quarantine",
        "accepted_with_warnings",
        "accepted_with_warnings",
    ]
    assert not settings.data_dir.exists()
    document = json.loads(json.dumps(verdicts[0].to_json()))
    assert list(document) == [
        *("file", "sha256", "reporting_unit", "period", "version", "status", "findings", "row_counts")
    ]
    assert document["reporting_unit"] == TRA_CU
    assert document["row_counts"] == {"sent": 2, "loaded": 1, "quarantined": 1}
    assert list(document["findings"][0]) == [
        *("rule_id", "severity", "sheet", "cell", "value", "expected", "message_vi", "message_en")
    ]


def test_a_file_of_two_reports_gets_two_verdicts_in_the_order_of_its_sheets(settings: Settings, write: Write) -> None:
    import openpyxl

    from expectations.check import check_files

    both, other = write("both.xlsx", GOOD), write("other.xlsx", GOOD, reporting_period_code="2023Y")
    book = openpyxl.load_workbook(both)
    second = book.create_sheet("Bìa 2")
    for row in openpyxl.load_workbook(other)["Bìa"].iter_rows():
        for cell in row:
            second.cell(cell.row, cell.column).value = cell.value
    book.save(both)
    os.utime(both, (RECEIVED.timestamp(), RECEIVED.timestamp()))

    verdicts = check_files([other, both], settings)

    assert [(Path(verdict.file).name, verdict.period) for verdict in verdicts] == [
        ("other.xlsx", "2023Y"),
        ("both.xlsx", "2023Q1"),
        ("both.xlsx", "2023Y"),
    ]
    assert [verdict.status.is_accepted for verdict in verdicts] == [False, True, False], "2023Y is not open in March"
    assert [verdict.submission_id.partition("-")[2] for verdict in verdicts] == ["", "", "2"]


def test_the_folder_a_checked_file_lies_in_says_nothing(settings: Settings, write: Write, tmp_path: Path) -> None:
    from expectations.check import check_files

    path = tmp_path / "847" / "2023M06" / "a.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(write("a.xlsx", GOOD).read_bytes())
    os.utime(path, (RECEIVED.timestamp(), RECEIVED.timestamp()))
    (verdict,) = check_files([path.parent.parent], settings)
    assert verdict.status.is_accepted


def test_a_folder_stands_for_its_workbooks(settings: Settings, tmp_path: Path) -> None:
    from expectations.check import workbooks_of

    for name in ("b.xlsx", "a.xls", "~$a.xls", "notes.txt", "deep/c.xlsx", "d.CSV"):
        (tmp_path / "sent" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sent" / name).write_bytes(b"")
    assert [path.name for path in workbooks_of([tmp_path / "sent"])] == ["a.xls", "b.xlsx", "d.CSV", "c.xlsx"]
    with pytest.raises(FileNotFoundError):
        workbooks_of([tmp_path / "nowhere.xlsx"])


def test_versions_count_by_moment_of_receipt() -> None:
    from expectations.judgement import versions

    def sent(submission_id: str, hours: int, outcome: str = "identified") -> dict[str, Any]:
        return {
            "submission_id": submission_id,
            "outcome": outcome,
            "reporting_unit_id": TRA_CU,
            "reporting_period_id": "2023Q1",
            "received_at": NOW + timedelta(hours=hours),
        }

    rows = [sent("c", 2), sent("a", 1), sent("b", 1), sent("x", 0, "unidentified"), sent("c", 2)]
    assert versions(rows) == {"a": 1, "b": 2, "c": 3}


def test_going_back_to_an_earlier_rule_book_judges_again(
    settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from expectations.judge import judge_pending, unjudged_periods
    from expectations.judgement import latest_verdicts

    write("a.xlsx", GOOD)
    read_inbox(settings, "run1")
    spoke = []
    for run_id, rule_book in (("run1", "old"), ("run2", "mended"), ("run3", "old")):
        monkeypatch.setattr("expectations.judgement.rules_id", lambda named=rule_book: named)
        judge_pending(settings, run_id)
        (verdict,) = latest_verdicts(settings.ledger_dir).values()
        spoke.append(verdict["rules_id"])
        assert unjudged_periods(settings) == ()
    assert spoke == ["old", "mended", "old"]
