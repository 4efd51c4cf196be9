"""Money of the period by programme: planned, assigned, performed, disbursed.

Belongs here: which rows of fct_funding make a line. Does not belong here: drawing (plots.py), the published ratio of
the whole budget (fct_metric).
"""

from __future__ import annotations

from dataclasses import dataclass

from publish.bulletin.numbers import MILLION, Number, Numbers
from publish.bulletin.periods import Period

STEPS = (
    ("planned_vnd", "Kế hoạch"),
    ("assigned_vnd", "Đã giao"),
    ("performed_vnd", "Thực hiện"),
    ("disbursed_vnd", "Giải ngân"),
)
OTHER_CAPITAL_VI = {
    "integrated": "Vốn lồng ghép",
    "enterprise": "Vốn doanh nghiệp",
    "community": "Cộng đồng và người dân",
}


@dataclass(frozen=True)
class FundingLine:
    """One line: amounts in the order of STEPS, and disbursed of assigned in percent."""

    label_vi: str
    amounts: tuple[Number, ...]
    disbursed_share: Number
    is_drawn: bool  # a programme's budget of the year, which the bars show


def funding_lines(numbers: Numbers, period: Period) -> tuple[FundingLine, ...]:
    """The year's budget money by programme, then what was carried over, then capital beside the budget; cumulative."""
    sources = _sources(numbers)
    budget = sources.get("central", ()) + sources.get("local", ())
    programmes = numbers.con.execute(
        """
        select distinct programmes.programme_code, programmes.name_vi, programmes.sort_order
        from marts.fct_funding as funding
        inner join marts.dim_programme as programmes on funding.programme_code = programmes.programme_code
        where funding.reporting_period_id = ? and list_contains(?, funding.source_code)
        order by programmes.sort_order
        """,
        [period.period_id, list(budget)],
    ).fetchall()
    lines = []
    for is_carried_over in (False, True):
        for code, name, _ in programmes:
            where = {"programme_code": code, "source_code": budget, "is_carried_over": is_carried_over}
            label = f"{name} (vốn kéo dài)" if is_carried_over else name
            lines.append(_line(numbers, period, label, where, is_drawn=not is_carried_over))
    for group, label in OTHER_CAPITAL_VI.items():
        lines.append(_line(numbers, period, label, {"source_code": sources.get(group, ())}, is_drawn=False))
    return tuple(line for line in lines if any(amount.value is not None for amount in line.amounts))


def _line(numbers: Numbers, period: Period, label: str, where: dict[str, object], *, is_drawn: bool) -> FundingLine:
    of = {"reporting_period_id": period.period_id, **where}
    amounts = tuple(numbers.sum("fct_funding", column, of, decimals=1, per=MILLION) for column, _ in STEPS)
    _, assigned, _, disbursed = amounts
    return FundingLine(label, amounts, disbursed.share_of(assigned), is_drawn)


def _sources(numbers: Numbers) -> dict[str, tuple[str, ...]]:
    found = numbers.con.execute(
        "select group_code, list(source_code order by sort_order) from marts.dim_funding_source group by 1"
    ).fetchall()
    return {group: tuple(codes) for group, codes in found}
