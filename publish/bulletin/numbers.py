"""Numbers of the bulletin: each is read by a query that stands beside it on the page, in words a person can follow.

`sum fct_funding.disbursed_vnd {reporting_period_id=2023Y; programme_code=NTM}` is a query: a column of a mart, taken as
it is or summed, over the rows in which each column holds one of the values named (`a|b`; nothing after `=`: blank).
`count mart {…}` counts rows; `days mart.column {…} to 2023-12-01` is from the earliest day told to that one.
Differences and shares are two queries with ` - ` or ` / ` between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNKNOWN_VI = "chưa có số liệu"
MINUS = "−"
ENGLISH_TO_VIETNAMESE = str.maketrans(",.-", f".,{MINUS}")
MILLION = 1_000_000
HUNDRED = 100

Where = Mapping[str, object]


@dataclass(frozen=True)
class Number:
    """A figure: exact `value` (None: unknown), the `key` that tells it, and how it is written for a person."""

    key: str
    value: Decimal | int | None
    decimals: int = 0
    per: int = 1  # written in so many (đồng in millions)
    is_change: bool = False  # written with its sign

    @property
    def text(self) -> str:
        """As the office writes it: 1.234,5; of what is unknown the words that say so."""
        if self.value is None:
            return UNKNOWN_VI
        written = shown(Decimal(self.value) / self.per, self.decimals)
        return f"+{written}" if self.is_change and Decimal(self.value) > 0 else written

    @property
    def attributes(self) -> Markup:
        """What the element that shows it carries: the key, the exact value, and by how much the text is divided."""
        value = "" if self.value is None else f"{self.value:f}" if isinstance(self.value, Decimal) else str(self.value)
        return Markup('data-key="{}" data-value="{}" data-per="{}"').format(self.key, value, self.per)

    def __html__(self) -> str:
        kind = "unknown" if self.value is None else "n"
        return f'<span class="{kind}" {self.attributes}>{escape(self.text)}</span>'

    def minus(self, other: Number) -> Number:
        """What changed since `other`; unknown where either is."""
        known = None if self.value is None or other.value is None else Decimal(self.value) - Decimal(other.value)
        return Number(f"{self.key} - {other.key}", known, self.decimals, self.per, is_change=True)

    def share_of(self, whole: Number) -> Number:
        """Percent, one decimal; unknown where either is, or where the whole is nothing."""
        value = None
        if self.value is not None and whole.value:
            exact = Decimal(self.value) * HUNDRED / Decimal(whole.value)
            value = exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)
        return Number(f"{self.key} / {whole.key}", value, 1)


class Numbers:
    """Reads numbers from the marts of one build."""

    def __init__(self, con: DuckDBPyConnection) -> None:
        self.con = con

    def value(self, mart: str, column: str, where: Where, *, decimals: int = 0) -> Number:
        """A column of the one row that is meant; unknown where there is no such row, or it is blank."""
        return self._read(f"{mart}.{column}", f'any_value("{column}")', mart, where, decimals)

    def sum(self, mart: str, column: str, where: Where, *, decimals: int = 0, per: int = 1) -> Number:
        """The sum of a column; unknown where no row tells anything."""
        return self._read(f"sum {mart}.{column}", f'sum("{column}")', mart, where, decimals, per)

    def count(self, mart: str, where: Where) -> Number:
        """How many rows there are; nought is an answer."""
        return self._read(f"count {mart}", "count(*)", mart, where)

    def days(self, mart: str, column: str, where: Where, until: date) -> Number:
        """Days from the earliest day that a column holds to another; unknown where it holds none."""
        told = self._read(f"days {mart}.{column}", f"date '{until}' - min(\"{column}\")", mart, where)
        return replace(told, key=f"{told.key} to {until}")

    def _read(self, what: str, expression: str, mart: str, where: Where, decimals: int = 0, per: int = 1) -> Number:
        conditions, values = ["true"], []
        for column, wanted in where.items():
            texts = _texts(wanted)
            if texts == [""]:
                conditions.append(f'"{column}" is null')
            else:
                conditions.append(f'list_contains(?, cast("{column}" as varchar))')
                values.append(texts)
        found = self.con.execute(
            f'select {expression} from marts."{mart}" where {" and ".join(conditions)}', values
        ).fetchall()
        named = "; ".join(f"{column}={'|'.join(_texts(wanted))}" for column, wanted in where.items())
        return Number(f"{what} {{{named}}}", found[0][0], decimals, per)


def shown(value: Decimal, decimals: int) -> str:
    """1.234.567,8: points between thousands, a comma before decimals, halves away from nought."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(ENGLISH_TO_VIETNAMESE)


def _texts(wanted: object) -> list[str]:
    if wanted is None:
        return [""]
    if isinstance(wanted, bool):
        return [str(wanted).lower()]
    if isinstance(wanted, tuple | list):
        return [text for one in wanted for text in _texts(one)]
    return [str(wanted)]
