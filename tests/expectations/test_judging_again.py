"""What else a verdict rests on: earlier reports, receipts, waivers; a change judges again once, in any order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from ingest.settings import OFFICE_TIME_ZONE

BILLION = Decimal(1_000_000_000)
SENT = {
    "q1.xlsx": datetime(2023, 3, 20, 9, tzinfo=OFFICE_TIME_ZONE),
    "q1 again.xlsx": datetime(2023, 3, 24, 9, tzinfo=OFFICE_TIME_ZONE),
    "m06.xlsx": datetime(2023, 6, 20, 9, tzinfo=OFFICE_TIME_ZONE),
    "m09.xlsx": datetime(2023, 9, 20, 9, tzinfo=OFFICE_TIME_ZONE),
}
FALLS = """
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.disbursed_vnd__cell as cell,
    rows.row_id,
    'disbursed_vnd' as column_name,
    rows.disbursed_vnd__text as value,
    before.before_period_id || ': ' || before.disbursed_vnd__text as expected,
    rows.disbursed_vnd >= before.disbursed_vnd as is_ok
from funding_sources as rows
inner join funding_sources_before as before using (submission_id, source_code, plan_year)
"""

RuleBook = Callable[..., None]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workbooks")


def book(office: Any, folder: Path, name: str) -> Path:
    """Reports of a year: the first one of Q1 says 3 billion and the second 1, M06 says 2 and M09 says 4."""
    rows: dict[str, tuple[str, int]] = {
        "q1.xlsx": ("2023Q1", 3),
        "q1 again.xlsx": ("2023Q1", 1),
        "m06.xlsx": ("2023M06", 2),
        "m09.xlsx": ("2023M09", 4),
    }
    path = folder / name
    if not path.exists():
        period_id, billions = rows[name]
        office.write(path, period_id, [{"assigned_vnd": 9 * BILLION, "disbursed_vnd": billions * BILLION}])
    return path


def send(office: Any, folder: Path, *names: str) -> None:
    for name in names:
        office.receive(book(office, folder, name), SENT[name])
    office.take_in()


def told(office: Any) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """Status and findings of the test's rule by file."""
    return {
        name: (verdict.status.value, tuple((one.cell, one.expected) for one in office.found(name, "falls")))
        for name, verdict in office.verdicts().items()
    }


def test_a_corrected_quarter_judges_the_next_report_again_once(
    office: Any, workbooks: Path, rule_book: RuleBook
) -> None:
    rule_book("falls", FALLS)
    send(office, workbooks, "q1.xlsx", "m06.xlsx", "m09.xlsx")
    assert office.waiting() == ("2023Q1", "2023M06", "2023M09")
    assert office.judge() == 3
    assert [expected for _, expected in told(office)["m06.xlsx"][1]] == ["2023Q1: 3000"]
    assert told(office)["m09.xlsx"][1] == ()

    send(office, workbooks, "q1 again.xlsx")
    assert office.waiting() == ("2023Q1", "2023M06", "2023M09")
    assert office.judge() == 2, "the correction, and M06; M09 is compared with M06, which is as it was"
    assert told(office)["m06.xlsx"][1] == ()

    before = {table: office.rows(table) for table in ("verdicts", "findings")}
    assert office.waiting() == ()
    assert office.judge() == 0
    assert {table: office.rows(table) for table in before} == before


def test_a_period_judged_alone_is_not_settled_until_its_neighbour_is(
    office: Any, workbooks: Path, rule_book: RuleBook
) -> None:
    rule_book("falls", FALLS)
    send(office, workbooks, "q1.xlsx", "m06.xlsx")
    assert office.judge(["2023M06"]) == 1
    assert told(office)["m06.xlsx"][1] == ()
    assert office.waiting() == ("2023Q1", "2023M06")
    assert office.judge(["2023Q1"]) == 1
    assert office.waiting() == ("2023M06",)
    assert office.judge() == 1
    assert [expected for _, expected in told(office)["m06.xlsx"][1]] == ["2023Q1: 3000"]


@pytest.mark.slow
def test_the_order_of_processing_changes_no_verdict(
    tmp_path: Path, office: Any, workbooks: Path, rule_book: RuleBook
) -> None:
    from dataclasses import replace

    rule_book("falls", FALLS)
    names = ("q1.xlsx", "q1 again.xlsx", "m06.xlsx", "m09.xlsx")
    outcomes = []
    for number, order in enumerate(list(permutations(names))[2::9]):
        own = type(office)(
            replace(office.settings, data_dir=tmp_path / str(number), inbox=str(tmp_path / f"in{number}"))
        )
        for name in order:
            send(own, workbooks, name)
            own.judge()
        assert own.waiting() == ()
        outcomes.append({name: (own.verdicts()[name].version, *about) for name, about in told(own).items()})
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert {name: version for name, (version, *_) in outcomes[0].items()} == dict(zip(names, (1, 2, 1, 1), strict=True))


def test_a_neighbour_that_was_rejected_or_superseded_does_not_count(
    office: Any, workbooks: Path, rule_book: RuleBook
) -> None:
    rule_book("falls", FALLS)
    # Sent before its period opened, the first report of Q1 is rejected; the second alone counts.
    office.receive(book(office, workbooks, "q1.xlsx"), datetime(2023, 1, 10, tzinfo=OFFICE_TIME_ZONE))
    send(office, workbooks, "q1 again.xlsx", "m06.xlsx")
    office.judge()
    assert office.verdicts()["q1.xlsx"].status == "rejected"
    assert [one.rule_id for one in office.verdicts()["q1.xlsx"].findings if one.severity == "blocking"] == [
        "period_not_open"
    ]
    assert told(office)["m06.xlsx"][1] == ()


def test_quarantined_rows_of_a_neighbour_do_not_count(office: Any, tmp_path: Path, rule_book: RuleBook) -> None:
    rule_book("falls", FALLS)
    overspent = [{"assigned_vnd": BILLION, "disbursed_vnd": 5 * BILLION}]
    fine = [{"assigned_vnd": 9 * BILLION, "disbursed_vnd": BILLION}]
    office.receive(office.write(tmp_path / "q1.xlsx", "2023Q1", overspent), SENT["q1.xlsx"])
    office.receive(office.write(tmp_path / "m06.xlsx", "2023M06", fine), SENT["m06.xlsx"])
    office.take_in()
    office.judge()
    assert office.verdicts()["q1.xlsx"].status == "accepted_with_quarantine"
    assert told(office)["m06.xlsx"][1] == ()


def test_a_nil_return_sends_the_comparison_one_period_further_back() -> None:
    from expectations.neighbours import Report, neighbours_of

    def report(submission_id: str, period_id: str, number: int, state: str) -> Any:
        part = {"state": state, "parse_id": "parse"}
        return Report(submission_id, period_id, (number, submission_id), {"funding_sources": part}, {})

    reports = [
        report("a", "2023Q1", 1, "present"),
        report("b", "2023M06", 2, "present"),
        report("c", "2023M06", 3, "nil"),
        report("d", "2023M09", 4, "missing"),
        report("e", "2023Y", 5, "present"),
    ]
    (found,) = neighbours_of("2023Y", reports, {"funding_sources"})
    assert (found.submission_id, found.period_id) == ("a", "2023Q1")
    (found,) = neighbours_of("2023Y", reports[:2], {"funding_sources"})
    assert found.submission_id == "b"
    assert neighbours_of("2023Q1", reports, {"funding_sources"}) == ()


def test_a_file_sent_again_once_its_period_is_open_is_admitted_by_that_receipt(office: Any, workbooks: Path) -> None:
    path = book(office, workbooks, "m06.xlsx")
    office.receive(path, datetime(2023, 1, 10, tzinfo=OFFICE_TIME_ZONE))
    office.take_in()
    assert office.judge() == 1
    assert office.verdicts()["m06.xlsx"].status == "rejected"

    office.receive(path, SENT["m06.xlsx"], "m06 (2).xlsx")
    office.take_in()
    assert office.waiting() == ("2023M06",)
    assert office.judge() == 1
    (verdict,) = office.verdicts().values()
    assert (verdict.file, verdict.status.is_accepted, verdict.received_at) == ("m06 (2).xlsx", True, SENT["m06.xlsx"])
    (row,) = [row for row in office.rows("verdicts") if row["status"] != "rejected"]
    (receipt,) = [row for row in office.rows("receipts") if row["file_name"] == "m06 (2).xlsx"]
    assert (row["receipt_id"], row["received_at"]) == (receipt["receipt_id"], receipt["received_at"])
    assert office.judge() == 0


def test_a_waiver_makes_its_findings_information_and_judges_again_once(office: Any, tmp_path: Path) -> None:
    from expectations.waivers import record_waiver

    overspent = [{"assigned_vnd": BILLION, "disbursed_vnd": 5 * BILLION}]
    for name, period_id in (("q1.xlsx", "2023Q1"), ("m06.xlsx", "2023M06")):
        office.receive(office.write(tmp_path / name, period_id, overspent), SENT[name])
    office.take_in()
    office.judge()
    waiver = record_waiver(
        office.settings,
        "disbursed_exceeds_assigned",
        reporting_unit_id="849",
        reporting_period_id="2023M06",
        expires_on=date(2027, 1, 31),
        approved_by="Nguyễn Văn A",
        reason="vốn ứng trước theo quyết định của tỉnh",
    )
    assert office.waiting() == ("2023M06",)
    assert office.judge() == 1
    assert office.judge() == 0
    (lowered,), (kept,) = (office.found(name, "disbursed_exceeds_assigned") for name in ("m06.xlsx", "q1.xlsx"))
    assert (lowered.severity, lowered.waiver_id) == ("info", waiver.waiver_id)
    assert "31/01/2027" in lowered.message_vi
    assert "Nguyễn Văn A" in lowered.message_vi
    assert lowered.to_json()["waiver_id"] == waiver.waiver_id
    assert (kept.severity, kept.waiver_id, "waiver_id" in kept.to_json()) == ("error", None, False)
    assert office.verdicts()["m06.xlsx"].row_counts.loaded == 1
    assert office.verdicts()["q1.xlsx"].row_counts.loaded == 0


def test_a_report_received_after_a_waiver_ended_is_not_covered(office: Any, tmp_path: Path) -> None:
    from dataclasses import replace

    from expectations.waivers import record_waiver

    overspent = [{"assigned_vnd": BILLION, "disbursed_vnd": 5 * BILLION}]
    path = office.write(tmp_path / "q1.xlsx", "2023Q1", overspent)
    then = replace(office.settings, now=datetime(2023, 3, 1, tzinfo=OFFICE_TIME_ZONE))
    record_waiver(
        then,
        "disbursed_exceeds_assigned",
        reporting_unit_id="849",
        reporting_period_id=None,
        expires_on=date(2023, 3, 20),
        approved_by="A",
        reason="b",
    )
    office.receive(path, datetime(2023, 3, 20, 23, 59, tzinfo=OFFICE_TIME_ZONE))
    office.take_in()
    office.judge()
    (found,) = office.found("q1.xlsx", "disbursed_exceeds_assigned")
    assert found.severity == "info"

    (row,) = office.rows("receipts")
    late = type(office)(replace(office.settings, data_dir=tmp_path / "late", inbox=str(tmp_path / "late in")))
    record_waiver(
        replace(then, data_dir=late.settings.data_dir),
        "disbursed_exceeds_assigned",
        reporting_unit_id="849",
        reporting_period_id=None,
        expires_on=date(2023, 3, 20),
        approved_by="A",
        reason="b",
    )
    late.receive(path, row["received_at"] + timedelta(minutes=2))
    late.take_in()
    late.judge()
    (found,) = late.found("q1.xlsx", "disbursed_exceeds_assigned")
    assert (found.severity, found.waiver_id) == ("error", None)


def test_what_the_sender_explains_travels_with_the_warning(office: Any, tmp_path: Path, rule_book: RuleBook) -> None:
    from ingest import ledger

    rule_book("falls", FALLS)
    rows = [
        {"assigned_vnd": 9 * BILLION, "disbursed_vnd": 5 * BILLION},
        {"source_code": "NSX", "assigned_vnd": 9 * BILLION, "disbursed_vnd": 5 * BILLION},
    ]
    less = [{**row, "disbursed_vnd": BILLION} for row in rows]
    less[0]["explanation"] = "thu hồi vốn tạm ứng"
    office.receive(office.write(tmp_path / "q1.xlsx", "2023Q1", rows), SENT["q1.xlsx"])
    office.receive(office.write(tmp_path / "m06.xlsx", "2023M06", less), SENT["m06.xlsx"])
    office.take_in()
    office.judge()
    explained, silent = office.found("m06.xlsx", "falls")
    assert (explained.severity, explained.justification) == ("warning", "thu hồi vốn tạm ứng")
    assert (silent.justification, "justification" in silent.to_json()) == (None, False)

    (reading,) = [row for row in office.rows("readings") if row["reporting_period_id"] == "2023M06"]
    said = {"rule_id": "falls", "sheet": silent.sheet, "cell": silent.cell, "justification": "nộp trả ngân sách"}
    keys = {name: reading[name] for name in ("submission_id", "parse_id", "run_id")}
    ledger.commit(office.settings.ledger_dir, "justifications", [{**keys, **said}])
    ledger.commit(
        office.settings.ledger_dir,
        "justifications",
        [{**keys, **said, "justification": "của một lần chạy bị ngắt", "run_id": "killed"}],
    )
    assert office.judge() == 1
    assert office.judge() == 0
    explained, silent = office.found("m06.xlsx", "falls")
    assert (explained.justification, silent.justification) == ("thu hồi vốn tạm ứng", "nộp trả ngân sách")
    assert silent.severity == "warning"
    assert silent.to_json()["justification"] == "nộp trả ngân sách"
