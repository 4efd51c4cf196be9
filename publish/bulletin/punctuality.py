"""Who is late: expected reports of the period that came late, were returned, or have not come.

Does not belong here: what late means (fct_submission).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from publish.bulletin.numbers import Number, Numbers
from publish.bulletin.periods import Period

KINDS_VI = {
    "missing": "Chưa gửi",
    "returned": "Bị trả lại, chưa có bản được nhận",
    "late": "Gửi muộn",
    "on_time": "Đúng hạn",
}


@dataclass(frozen=True)
class LateUnit:
    """A unit that is not on time; `days_late` is unknown of a report that has not come."""

    unit_vi: str
    kind: str
    kind_vi: str
    received_at: datetime | None
    days_late: Number
    working_days_late: Number


@dataclass(frozen=True)
class Punctuality:
    expected: Number
    counts: tuple[tuple[str, str, Number], ...]  # kind, its words, how many units
    late: tuple[LateUnit, ...]


def punctuality(numbers: Numbers, period: Period) -> Punctuality:
    """Units in the order missing, returned, late; the latest first."""
    of_period = {"reporting_period_id": period.period_id}
    found = numbers.con.execute(
        """
        select sent.reporting_unit_id, units.name_vi, sent.punctuality, sent.first_received_at
        from marts.fct_submission as sent
        inner join marts.dim_reporting_unit as units on sent.reporting_unit_id = units.reporting_unit_id
        where sent.reporting_period_id = ? and sent.punctuality <> 'on_time'
        order by
            list_position(['missing', 'returned', 'late'], sent.punctuality),
            sent.days_late desc nulls last,
            sent.reporting_unit_id
        """,
        [period.period_id],
    ).fetchall()
    return Punctuality(
        expected=numbers.count("fct_submission", of_period),
        counts=tuple(
            (kind, words, numbers.count("fct_submission", {**of_period, "punctuality": kind}))
            for kind, words in KINDS_VI.items()
        ),
        late=tuple(
            LateUnit(
                name,
                kind,
                KINDS_VI[kind],
                received_at,
                *(
                    numbers.value("fct_submission", column, {**of_period, "reporting_unit_id": unit_id})
                    for column in ("days_late", "working_days_late")
                ),
            )
            for unit_id, name, kind, received_at in found
        ),
    )
