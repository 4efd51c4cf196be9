"""What is asked of a figure, and what is answered: words that figure.py and the command share.

Does not belong here: what may be asked (figure_refusals.py), finding the answer (figure.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

NOT_DIVIDED_VI = "chưa phân bổ"
PLACES = ("unit", "district", "province")


class FigureRefused(ValueError):
    """What is asked cannot be answered rightly; the message says why by name, and what to ask instead."""


@dataclass(frozen=True)
class Question:
    """`name` is MART.MEASURE or the code of a published ratio; `by` are columns, or unit, reporting_unit, district,
    province, period. At most one of `known_at` (an instant with its zone) and `at_lock`."""

    name: str
    periods: tuple[str, ...] = ()
    known_at: datetime | None = None
    at_lock: bool = False
    on_map: date | None = None
    split: str | None = None
    by: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """A line of dim_measure."""

    mart: str
    measure: str
    label_vi: str
    additivity: str
    within: tuple[str, ...]
    is_register: bool
    row_key: tuple[str, ...]
    data_type: str


@dataclass(frozen=True)
class Map:
    """A map of dim_map; `is_own` = it is the one of every period asked for."""

    map_date: date
    label_vi: str
    has_districts: bool
    is_own: bool


@dataclass(frozen=True)
class Coverage:
    """Of how many units a figure of one period speaks; `closed` = units whose period was closed (at lock only)."""

    period: str
    reported: int
    expected: int
    missing: tuple[str, ...]
    closed: int | None = None


@dataclass(frozen=True)
class Line:
    """One line: its keys in the order of `by`, its figure; of a ratio its parts, and of how many units they speak."""

    keys: tuple[str, ...]
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    parts: int | None = None
    parts_of: int | None = None


@dataclass(frozen=True)
class Figure:
    """An answer. `total` is None where lines may not be added; amounts as stored (đồng, counts), ratios 0 to 100."""

    name: str
    label_vi: str
    additivity: str  # of dim_measure, or "ratio"
    unit_vi: str | None  # of a ratio: %, or what it counts per what
    periods: tuple[str, ...]
    clock: str  # now, known_at, at_lock
    known_at: datetime | None
    map_date: date | None
    map_label_vi: str | None
    is_own_map: bool
    split: str | None
    people_periods: tuple[str, ...]
    by: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Decimal | None
    not_divided: Decimal | None  # of the total, what stands on no unit of that map
    told_before: Decimal | None  # of the total, what earlier reports of the year had told on that very map
    is_exact: bool
    coverage: tuple[Coverage, ...]
    at_lock_total: Decimal | None
    build_id: str

    def as_json(self) -> dict[str, Any]:
        """The answer as one document; amounts as texts, so that no reader rounds them."""
        from dataclasses import asdict

        return {name: _json(value) for name, value in asdict(self).items()}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return shown_number(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _json(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value


def shown_number(value: Decimal) -> str:
    """A number without zeros behind its comma, never in powers of ten."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
