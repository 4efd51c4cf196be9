"""The office approves, closes and reopens; what comes in a closed period is turned away until it is reopened."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from expectations.judge import judge_pending, judge_unidentified
from expectations.judgement import latest_verdicts
from ingest import ledger, template
from ingest.decisions import Kind, load_decisions
from ingest.intake import identify_pending
from ingest.reading import read_pending
from ingest.receive import receive_inbox
from ingest.settings import Settings, load_settings
from orchestration import decisions
from orchestration.cli import run_command
from orchestration.decisions import Decided, current_reports
from orchestration.usage import WrongUsage

PERIOD = "2023Q1"
BY, WHY = "Nguyễn Văn A", "đã đối chiếu"


@dataclass
class Office:
    """An office whose clock the test sets; files come in at that moment."""

    settings: Settings

    def at(self, day: int, month: int = 3) -> "Office":
        self.settings = replace(self.settings, now=datetime(2023, month, day, 8, tzinfo=UTC))
        return self

    def send(self, name: str, unit: str = "849", **cover: Any) -> Path:
        path = Path(self.settings.inbox) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        template.write_workbook(
            path, reporting_unit_id=unit, reporting_period_id=PERIOD, forms=("recognitions",), cover=cover
        )
        return self.send_again(path)

    def send_again(self, path: Path) -> Path:
        moment = self.settings.now.timestamp()
        os.utime(path, (moment, moment))
        return path

    def run(self) -> "Office":
        run_id = f"run at {self.settings.now}"
        receive_inbox(self.settings, run_id)
        identify_pending(self.settings, run_id)
        read_pending(self.settings, run_id)
        judge_unidentified(self.settings, run_id)
        judge_pending(self.settings, run_id)
        return self

    def verdict(self, name: str) -> tuple[str, set[str]]:
        """Status of the submission first received under a name, and the rules of time and folder it breaks."""
        rows = ledger.read(self.settings.ledger_dir, "submissions").to_pylist()
        submission_id = next(row["submission_id"] for row in rows if row["file_name"] == name)
        verdict = latest_verdicts(self.settings.ledger_dir)[submission_id]
        findings = ledger.read(self.settings.ledger_dir, "findings").to_pylist()
        own = {row["rule_id"] for row in findings if row["judgement_id"] == verdict["judgement_id"]}
        admission = {"received_after_lock", "received_late", "unit_differs_from_folder", "period_not_open"}
        return "rejected" if verdict["status"] == "rejected" else "accepted", own & admission

    def submissions(self) -> dict[str, str]:
        rows = ledger.read(self.settings.ledger_dir, "submissions").to_pylist()
        return {row["file_name"]: row["submission_id"] for row in rows}

    def approve(self, unit: str | None = None) -> Decided:
        return decisions.approve(self.settings, PERIOD, unit, BY, None)

    def close(self) -> Decided:
        return decisions.close(self.settings, PERIOD, BY, WHY)

    def reopen(self, unit: str | None = None) -> Decided:
        return decisions.reopen(self.settings, PERIOD, unit, BY, WHY)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "inbox").mkdir()
    given = {"NTM_DATA_DIR": str(tmp_path), "NTM_PROVINCE": "84", "NTM_NOW": "2023-03-20T08:00:00+07:00"}
    return Office(load_settings(given))


def test_what_comes_after_the_lock_counts_once_it_is_sent_again_after_reopening(office: Office) -> None:
    office.send("849/first.xlsx")
    office.at(21).run()
    assert office.verdict("first.xlsx") == ("accepted", set())
    office.at(28).close()

    correction = office.at(29).send("849/correction.xlsx", report_number="2")
    office.run()
    assert office.verdict("correction.xlsx") == ("rejected", {"received_after_lock", "received_late"})
    assert office.verdict("first.xlsx")[0] == "accepted"
    assert current_reports(office.settings, PERIOD) == {"849": [office.submissions()["first.xlsx"]]}

    office.at(30).reopen("849")
    office.run()
    assert office.verdict("correction.xlsx")[0] == "rejected"  # its receipt still lies in the time of the lock
    office.at(31).send_again(correction)
    office.run()
    assert office.verdict("correction.xlsx") == ("accepted", {"received_late"})
    assert current_reports(office.settings, PERIOD) == {"849": [office.submissions()["correction.xlsx"]]}


def test_resending_an_earlier_version_leaves_the_later_one_current(office: Office) -> None:
    first = office.send("849/v1.xlsx")
    office.at(21).run()
    office.send("849/v2.xlsx", report_number="2")
    office.at(22).run()
    office.at(23).send_again(first)
    office.run()
    assert current_reports(office.settings, PERIOD) == {"849": [office.submissions()["v2.xlsx"]]}


def test_a_unit_cannot_report_for_another(office: Office) -> None:
    office.send("850/a.xlsx", unit="849")
    office.run()
    assert office.verdict("a.xlsx") == ("rejected", {"unit_differs_from_folder"})
    assert current_reports(office.settings, PERIOD) == {}


def test_an_approval_names_the_reports_that_speak_at_that_moment(office: Office) -> None:
    office.send("849/a.xlsx")
    office.send("850/b.xlsx", unit="850")
    office.at(21).run()
    own = office.submissions()
    decided = office.approve("849")
    assert (decided.decision.kind, decided.decision.reporting_unit_id) == (Kind.APPROVED, "849")
    assert decided.decision.submission_ids == (own["a.xlsx"],)
    whole = office.approve()
    assert set(whole.decision.submission_ids) == {own["a.xlsx"], own["b.xlsx"]}
    assert [unit["reporting_unit_id"] for unit in whole.units] == ["849", "850"]
    assert len(whole.left_out) == 7
    with pytest.raises(WrongUsage, match="approved already"):
        office.approve()


def test_a_unit_without_an_accepted_report_cannot_be_approved(office: Office) -> None:
    office.send("850/a.xlsx", unit="849")  # rejected: it lies in another unit's folder
    office.run()
    with pytest.raises(WrongUsage, match="no accepted report of 849 Huyện Trà Cú"):
        office.approve("849")
    with pytest.raises(WrongUsage, match="no accepted report of any unit"):
        office.approve()
    assert load_decisions(office.settings) == ()


def test_a_period_is_not_closed_while_files_or_readings_wait(office: Office) -> None:
    office.send("849/a.xlsx")
    with pytest.raises(WrongUsage, match=r"wait to be received \(849/a.xlsx\).*Run `ntm run` first"):
        office.close()
    receive_inbox(office.settings, "r")
    identify_pending(office.settings, "r")
    with pytest.raises(WrongUsage, match="wait to be read or judged"):
        office.close()
    office.run()
    assert len(office.close().left_out) == 8  # units without an accepted report are told
    assert len(load_decisions(office.settings)) == 1


def test_closing_twice_and_reopening_what_is_open_are_refused(office: Office) -> None:
    with pytest.raises(WrongUsage, match="not closed; there is nothing to reopen"):
        office.reopen()
    office.close()
    with pytest.raises(WrongUsage, match="closed already"):
        office.close()
    office.reopen("849")
    with pytest.raises(WrongUsage, match="not closed for 849"):
        office.reopen("849")
    office.close()  # one unit was open again
    office.reopen()
    assert [one.kind.value for one in load_decisions(office.settings)] == ["closed", "reopened", "closed", "reopened"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("approve --period 2023Q9 --by A", "no reporting period '2023Q9'"),
        ("approve --period 2023Q1 --unit 001 --by A", "No unit '001' reports for 2023Q1"),
        ("approve --period 2023Q1 --unit 29461 --by A", "No unit '29461' reports for 2023Q1"),
        ("approve --period 2023Q1 --unit 849 --by A", "no accepted report of 849"),
        ("approve --period 2023Q1", "Missing option '--by'"),
        ("close --period 2023Q1 --by A", "Missing option '--reason'"),
        ("close --period 2021-2025 --by A --reason x", "no reporting period '2021-2025'"),
        ("reopen --period 2023Q1 --by A --reason x", "nothing to reopen"),
        ("reopen --period 2023Q1 --unit Duyên --by A --reason x", "may be several units"),
    ],
)
def test_a_decision_that_cannot_be_made_is_wrong_usage(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, said: str
) -> None:
    monkeypatch.setenv("NTM_DATA_DIR", str(office.settings.data_dir))
    monkeypatch.setenv("NTM_NOW", office.settings.now.isoformat())
    monkeypatch.setenv("COLUMNS", "200")
    assert run_command(command.split()) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert load_decisions(office.settings) == ()


def test_a_decision_is_told_with_who_made_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NTM_DATA_DIR", str(office.settings.data_dir))
    monkeypatch.setenv("NTM_NOW", office.settings.now.isoformat())
    assert run_command(["close", "--period", "2023q1", "--by", "Bà B", "--reason", "hết hạn"]) == 0
    (made,) = load_decisions(office.settings)
    assert (made.kind, made.reporting_period_id, made.decided_by, made.reason) == (
        Kind.CLOSED,
        PERIOD,
        "Bà B",
        "hết hạn",
    )
    assert f"2023Q1: Closed for 9 unit(s), by Bà B (decision {made.decision_id})." in capsys.readouterr().out


def test_a_decision_without_a_name_or_a_reason_is_not_made(office: Office) -> None:
    with pytest.raises(WrongUsage, match="--reason is empty"):
        decisions.close(office.settings, PERIOD, BY, " ")
    with pytest.raises(WrongUsage, match="--by is empty"):
        decisions.close(office.settings, PERIOD, "", WHY)
    assert load_decisions(office.settings) == ()
