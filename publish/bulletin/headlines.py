"""Headline figures: ratios of fct_metric with their change since the period before and since the same one a year ago.

Belongs here: which change may be told, and the words where none may. Does not belong here: the ratios' definitions
(fct_metric.yml), which of them are headlines (headlines.yml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from publish.bulletin.numbers import Number, Numbers
from publish.bulletin.periods import Period, communes_changed, read_period

SPEC = Path(__file__).with_name("headlines.yml")

SINCE_VI = {"previous": "so với kỳ trước", "year_ago": "so với cùng kỳ năm trước"}


@dataclass(frozen=True)
class Change:
    """A figure held against an earlier one. `amount` is None where they may not be compared: `note_vi` says why."""

    since_vi: str
    period_id: str | None
    was: Number | None
    amount: Number | None
    note_vi: str | None
    is_better: bool | None  # None: neither, or no change

    @property
    def arrow(self) -> str:
        value = self.amount.value if self.amount else None
        return "" if value is None else "▲" if value > 0 else "▼" if value < 0 else "="


@dataclass(frozen=True)
class Headline:
    """`parts` are numerator and denominator where people read them beside the ratio."""

    code: str
    label_vi: str
    unit_vi: str
    change_unit_vi: str
    figure: Number
    parts: tuple[Number, Number] | None
    parts_vi: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Compared:
    """An earlier period that headlines are held against, with its coverage; `period` None: there is none."""

    since_vi: str
    period: Period | None
    reported: Number | None
    expected: Number | None
    changed_communes: int
    commune_counts: tuple[Number, Number] | None


@cache
def headline_specs() -> tuple[Mapping[str, Any], ...]:
    import yaml

    return tuple(yaml.safe_load(SPEC.read_text(encoding="utf-8"))["headlines"])


def compared(numbers: Numbers, period: Period) -> tuple[Compared, ...]:
    """The period before and the same one a year ago, as headlines are held against them."""
    return tuple(
        _compared(numbers, period, SINCE_VI[kind], earlier)
        for kind, earlier in (("previous", period.previous_id), ("year_ago", period.year_ago_id))
    )


def headlines(numbers: Numbers, period: Period, against: tuple[Compared, ...]) -> tuple[Headline, ...]:
    """Every headline of headlines.yml that dim_metric knows."""
    words = {
        row[0]: row[1:]
        for row in numbers.con.execute(
            "select metric_code, label_vi, numerator_vi, unit, better from marts.dim_metric"
        ).fetchall()
    }
    return tuple(_headline(numbers, period, against, spec, *words[spec["metric"]]) for spec in headline_specs())


def _compared(numbers: Numbers, period: Period, since_vi: str, earlier_id: str | None) -> Compared:
    if earlier_id is None:
        return Compared(since_vi, None, None, None, 0, None)
    earlier = read_period(numbers.con, earlier_id)
    counts = tuple(
        numbers.value("rpt_overview", column, {"reporting_period_id": earlier_id, "area_level": "province"})
        for column in ("reported_unit_count", "expected_unit_count")
    )
    communes = tuple(
        numbers.value("rpt_overview", "commune_count", {"reporting_period_id": one, "area_level": "province"})
        for one in (earlier_id, period.period_id)
    )
    changed = communes_changed(numbers.con, earlier, period)
    return Compared(since_vi, earlier, counts[0], counts[1], changed, (communes[0], communes[1]))


def _headline(
    numbers: Numbers,
    period: Period,
    against: tuple[Compared, ...],
    spec: Mapping[str, Any],
    label_vi: str,
    numerator_vi: str,
    unit_vi: str,
    better: str,
) -> Headline:
    is_count = spec["show"] == "numerator"
    figure = _read(numbers, spec, period.period_id)
    parts = None if is_count else _parts(numbers, spec["metric"], period.period_id)
    unit = spec["unit_vi"] if is_count else unit_vi
    return Headline(
        code=spec["metric"],
        label_vi=numerator_vi if is_count else label_vi,
        unit_vi=unit,
        change_unit_vi="điểm %" if unit == "%" else unit,
        figure=figure,
        parts=parts if spec.get("parts_vi") else None,
        parts_vi=spec.get("parts_vi"),
        changes=tuple(_change(numbers, period, one, spec, figure, better) for one in against),
    )


def _read(numbers: Numbers, spec: Mapping[str, Any], period_id: str) -> Number:
    where = {"metric_code": spec["metric"], "reporting_period_id": period_id, "area_level": "province"}
    if spec["show"] == "numerator":
        return numbers.value("fct_metric", "numerator", where)
    return numbers.value("fct_metric", "value", where, decimals=1)


def _parts(numbers: Numbers, metric: str, period_id: str) -> tuple[Number, Number]:
    where = {"metric_code": metric, "reporting_period_id": period_id, "area_level": "province"}
    return (numbers.value("fct_metric", "numerator", where), numbers.value("fct_metric", "denominator", where))


def _change(
    numbers: Numbers, period: Period, earlier: Compared, spec: Mapping[str, Any], figure: Number, better: str
) -> Change:
    if earlier.period is None:
        return Change(earlier.since_vi, None, None, None, "danh mục không có kỳ này", None)
    was = _read(numbers, spec, earlier.period.period_id)
    note = _why_not(period, earlier, spec, figure, was)
    if note is not None:
        return Change(
            earlier.since_vi, earlier.period.period_id, was if was.value is not None else None, None, note, None
        )
    amount = figure.minus(was)
    good = {"up": 1, "down": -1}.get(spec.get("better", better), 0) * (amount.value or 0)
    crossed = "hai bản đồ hành chính, cùng địa bàn" if earlier.changed_communes else None
    return Change(earlier.since_vi, earlier.period.period_id, was, amount, crossed, good > 0 if good else None)


def _why_not(period: Period, earlier: Compared, spec: Mapping[str, Any], figure: Number, was: Number) -> str | None:
    assert earlier.period is not None
    if figure.value is None:
        return "kỳ này chưa có số liệu"
    if was.value is None:
        return f"{earlier.period.label_vi} chưa có số liệu"
    if spec["runs"] == "year" and earlier.period.year != period.year and earlier.since_vi == SINCE_VI["previous"]:
        return "lũy kế bắt đầu lại từ đầu năm báo cáo, không so với năm trước"
    if spec["of"] == "communes" and earlier.changed_communes:
        assert earlier.commune_counts is not None
        before, now = earlier.commune_counts
        return f"khác bản đồ hành chính ({before.text} xã → {now.text} xã), không so được"
    if spec.get("by_set") and earlier.period.base_set != period.base_set:
        return f"khác bộ tiêu chí ({earlier.period.base_set} → {period.base_set}), không so được"
    return None
