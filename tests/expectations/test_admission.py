"""Through which receipt a report counts, and what keeps it out."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from expectations.admission import Admission, Receipt, admit, working_days_between
from expectations.catalogue import Severity
from ingest import reference
from ingest.decisions import Decision, Kind

OPEN = datetime(2023, 3, 10, 2, tzinfo=UTC)
LOCKED = datetime(2023, 4, 10, tzinfo=UTC)


def receipt(name: str, path: str = "a.xlsx", received: datetime = OPEN, recorded: datetime | None = None) -> Receipt:
    return Receipt(name, path.rpartition("/")[2], path, received, recorded)


def decision(kind: Kind, at: datetime, unit: str | None = None, period: str = "2023Q1") -> Decision:
    return Decision(f"{kind} {at}", kind, period, unit, (), "Nguyễn Văn A", "hết hạn", at)


def ask(*receipts: Receipt, decisions: tuple[Decision, ...] = (), period: str = "2023Q1", **more: Any) -> Admission:
    unit, row = reference.reporting_unit("849"), reference.period(period)
    assert unit is not None
    assert row is not None
    return admit(unit, row, receipts, decisions, **more)


def rules(admission: Admission) -> list[str]:
    return [found.rule_id for found in admission.findings]


def test_a_report_in_time_and_place_is_admitted_without_a_word() -> None:
    admission = ask(receipt("a", "849/2023Q1/bao cao.xlsx"))
    assert (admission.is_admitted, admission.receipt.receipt_id, admission.findings) == (True, "a", ())


def test_a_period_opens_at_midnight_in_the_office() -> None:
    before = ask(receipt("a", received=datetime(2023, 2, 28, 16, 59, tzinfo=UTC)))
    assert (rules(before), before.findings[0].expected) == (["period_not_open"], "01/03/2023")
    assert ask(receipt("a", received=datetime(2023, 2, 28, 17, 0, tzinfo=UTC))).is_admitted


def test_a_file_dated_ahead_of_its_intake_came_when_it_was_taken_in() -> None:
    ahead = receipt("a", received=datetime(2023, 6, 20, tzinfo=UTC), recorded=datetime(2023, 5, 20, tzinfo=UTC))
    assert rules(ask(ahead, period="2023M06")) == ["period_not_open"]


def test_the_same_bytes_sent_again_after_opening_count_by_their_later_receipt() -> None:
    early, later = receipt("early", received=datetime(2023, 2, 1, tzinfo=UTC)), receipt("later")
    admission = ask(later, early)
    assert (admission.is_admitted, admission.receipt.receipt_id) == (True, "later")


def test_of_receipts_that_all_fail_the_first_says_why() -> None:
    first = receipt("first", "850/a.xlsx")
    second = receipt("second", "845/a.xlsx", received=datetime(2023, 3, 11, tzinfo=UTC))
    admission = ask(second, first)
    assert (admission.is_admitted, admission.receipt.receipt_id) == (False, "first")
    assert [(one.rule_id, one.expected) for one in admission.findings] == [
        ("unit_differs_from_folder", "850 Huyện Duyên Hải")
    ]


@pytest.mark.parametrize(
    ("path", "rule_ids"),
    [
        ("a.xlsx", []),
        ("849/a.xlsx", []),
        ("Tra Cu/a.xlsx", []),
        ("849/2023/a.xlsx", []),  # the folder of a year
        ("849/lần 2/a.xlsx", []),
        ("moi/849/a.xlsx", []),
        ("850/a.xlsx", ["unit_differs_from_folder"]),
        ("Duyên Hải/a.xlsx", ["unit_differs_from_folder"]),
        ("849/6T 2023/a.xlsx", ["period_differs_from_folder"]),
        ("849/2023Y/a.xlsx", ["period_differs_from_folder"]),
        ("850/2022Q1/a.xlsx", ["unit_differs_from_folder", "period_differs_from_folder"]),
    ],
)
def test_a_report_is_held_against_the_folders_that_mean_something(path: str, rule_ids: list[str]) -> None:
    admission = ask(receipt("a", path))
    assert rules(admission) == rule_ids
    assert admission.is_admitted == (not rule_ids)


@pytest.mark.parametrize(
    ("decisions", "taken_in", "is_admitted"),
    [
        ([], 12, True),
        ([decision(Kind.CLOSED, LOCKED)], 9, True),
        ([decision(Kind.CLOSED, LOCKED)], 12, False),
        ([decision(Kind.CLOSED, LOCKED, period="2022Y")], 12, True),
        ([decision(Kind.APPROVED, LOCKED)], 12, True),
        ([decision(Kind.CLOSED, LOCKED), decision(Kind.REOPENED, LOCKED.replace(day=11))], 12, True),
        ([decision(Kind.CLOSED, LOCKED), decision(Kind.REOPENED, LOCKED.replace(day=11), "849")], 12, True),
        ([decision(Kind.CLOSED, LOCKED), decision(Kind.REOPENED, LOCKED.replace(day=11), "850")], 12, False),
        ([decision(Kind.CLOSED, LOCKED), decision(Kind.REOPENED, LOCKED.replace(day=13))], 12, False),
        (
            [
                decision(Kind.CLOSED, LOCKED),
                decision(Kind.REOPENED, LOCKED.replace(day=11), "849"),
                decision(Kind.CLOSED, LOCKED.replace(day=11, hour=5)),
            ],
            12,
            False,
        ),
    ],
)
def test_what_is_taken_in_while_the_period_is_closed_is_not_admitted(
    decisions: list[Decision], taken_in: int, is_admitted: bool
) -> None:
    admission = ask(receipt("a", recorded=datetime(2023, 4, taken_in, tzinfo=UTC)), decisions=tuple(decisions))
    assert admission.is_admitted == is_admitted
    assert is_admitted or rules(admission) == ["received_after_lock"]


def test_a_file_dated_before_the_lock_and_taken_in_after_it_came_after_it() -> None:
    backdated = receipt("a", received=datetime(2023, 3, 5, tzinfo=UTC), recorded=datetime(2023, 4, 12, tzinfo=UTC))
    assert rules(ask(backdated, decisions=(decision(Kind.CLOSED, LOCKED),))) == ["received_after_lock"]


def test_the_same_bytes_sent_again_after_reopening_are_admitted_by_their_later_receipt() -> None:
    decisions = (decision(Kind.CLOSED, LOCKED), decision(Kind.REOPENED, datetime(2023, 4, 20, tzinfo=UTC)))
    turned_away = receipt("first", recorded=datetime(2023, 4, 12, tzinfo=UTC))
    assert not ask(turned_away, decisions=decisions).is_admitted
    again = receipt("again", received=datetime(2023, 4, 21, tzinfo=UTC), recorded=datetime(2023, 4, 21, tzinfo=UTC))
    admission = ask(turned_away, again, decisions=decisions)
    assert (admission.is_admitted, admission.receipt.receipt_id) == (True, "again")


def test_a_late_report_is_admitted_with_its_days_and_working_days() -> None:
    admission = ask(receipt("a", received=datetime(2023, 3, 28, 2, tzinfo=UTC)))  # due on a Saturday, the 25th
    (found,) = admission.findings
    assert (admission.is_admitted, found.rule_id, found.severity) == (True, "received_late", Severity.INFO)
    assert (found.value, found.expected) == ("28/03/2023", "25/03/2023; muộn 3 ngày, trong đó 2 ngày làm việc")
    assert "3 days late, 2 of them working days" in found.message_en


def test_the_due_day_itself_is_in_time() -> None:
    assert ask(receipt("a", received=datetime(2023, 3, 25, 16, 59, tzinfo=UTC))).findings == ()
    assert rules(ask(receipt("a", received=datetime(2023, 3, 25, 17, 0, tzinfo=UTC)))) == ["received_late"]


def test_public_holidays_are_no_working_days() -> None:
    assert working_days_between(date(2023, 4, 28), date(2023, 5, 4)) == 1  # 30 April, 1 May and the days in lieu
    assert working_days_between(date(2023, 3, 24), date(2023, 3, 24)) == 0


def test_findings_point_at_the_cell_of_the_cover_where_it_is_known() -> None:
    cover = {"sheet": "Bìa", "reporting_unit_code__cell": "B6", "reporting_unit_code__text": "849"}
    (found,) = ask(receipt("a", "850/a.xlsx"), cover=cover).findings
    assert (found.form, found.sheet, found.cell, found.value) == ("cover", "Bìa", "B6", "849")


def test_a_report_without_a_receipt_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="without a receipt"):
        ask()


def test_rules_of_time_and_folder_have_dates_of_force_too(rule_book: Any) -> None:
    late = receipt("a", "850/2023Q1/a.xlsx", received=datetime(2023, 3, 29, tzinfo=UTC))
    assert rules(ask(late)) == ["unit_differs_from_folder", "received_late"]
    rule_book("received_late", in_force_from="2023M06")
    rule_book("unit_differs_from_folder", advice_from="2022Y", in_force_from="2023M06")
    admission = ask(late)
    assert [(one.rule_id, one.severity) for one in admission.findings] == [
        ("unit_differs_from_folder", Severity.WARNING)
    ]
    assert admission.is_admitted
