"""Which waivers may be given, and what the office is told where one may not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from expectations.catalogue import RuleKind, Severity, load_catalogue
from expectations.verdict import finding
from expectations.waivers import InvalidWaiver, load_waivers, record_waiver, waived

GOOD = {
    "reporting_unit_id": "849",
    "reporting_period_id": "2023Q1",
    "expires_on": date(2026, 11, 23),
    "approved_by": "Nguyễn Văn A",
    "reason": "theo công văn của tỉnh",
}


def test_a_waiver_is_recorded_once_and_read_back_whole(office: Any) -> None:
    given = [record_waiver(office.settings, "row_repeated", **GOOD) for _ in range(2)]
    assert given[0] == given[1]
    assert load_waivers(office.settings.ledger_dir) == (given[0],)
    assert given[0].recorded_at == office.settings.now


@pytest.mark.parametrize(
    ("rule_id", "changes", "said"),
    [
        ("row_repeatd", {}, "row_repeated"),
        ("row_repeated", {"reporting_unit_id": "nowhere"}, "nowhere"),
        ("row_repeated", {"reporting_period_id": "2023Q9"}, "2023Q9"),
        ("row_repeated", {"expires_on": date(2026, 11, 22)}, "is over"),
        ("row_repeated", {"approved_by": " "}, "name"),
        ("row_repeated", {"reason": ""}, "reason"),
        ("unsigned_report", {}, "only informs"),
        ("received_late", {}, "only informs"),
        ("workbook_encrypted", {}, "cannot be waived"),
        ("not_a_report", {}, "cannot be waived"),
        ("unit_unknown", {}, "cannot be waived"),
        ("period_not_open", {}, "cannot be waived"),
        ("received_after_lock", {}, "cannot be waived"),
        ("unit_differs_from_folder", {}, "cannot be waived"),
    ],
)
def test_a_waiver_that_cannot_be_given_says_why(office: Any, rule_id: str, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidWaiver, match=said):
        record_waiver(office.settings, rule_id, **{**GOOD, **changes})
    assert load_waivers(office.settings.ledger_dir) == ()


def test_no_rule_that_rejects_a_file_can_be_waived(office: Any) -> None:
    blocking = [rule for rule in load_catalogue().values() if rule.severity is Severity.BLOCKING]
    assert blocking
    assert {rule.kind for rule in blocking} == {RuleKind.STRUCTURE}
    for rule in blocking:
        with pytest.raises(InvalidWaiver):
            record_waiver(office.settings, rule.rule_id, **GOOD)


def test_of_two_waivers_the_longer_one_is_named_and_applies_once(office: Any) -> None:
    short = record_waiver(office.settings, "row_repeated", **GOOD)
    long = record_waiver(office.settings, "row_repeated", **{**GOOD, "expires_on": date(2027, 1, 1)})
    found = [finding("row_repeated", form="funding_sources", sheet="s", cell="A1"), finding("unsigned_report")]
    for waivers in ((short, long), (long, short)):
        lowered, other = waived(found, waivers)
        assert (lowered.waiver_id, lowered.severity) == (long.waiver_id, Severity.INFO)
        assert other == found[1]
        assert waived([lowered, other], waivers) == [lowered, other]


def test_a_waiver_covers_its_unit_its_period_and_reports_received_in_time(office: Any) -> None:
    waiver = record_waiver(office.settings, "row_repeated", **GOOD)
    assert waiver.covers("849", "2023Q1", date(2026, 11, 23))
    assert not waiver.covers("849", "2023Q1", date(2026, 11, 24))
    assert not waiver.covers("849", "2023M06", date(2023, 6, 1))
    assert not waiver.covers("847", "2023Q1", date(2023, 3, 1))
    general = record_waiver(office.settings, "row_repeated", **{**GOOD, "reporting_period_id": None})
    assert general.covers("849", "2021Y", date(2021, 12, 1))
