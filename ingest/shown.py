"""Typed values as officials read them: 12,5 · 1.250 triệu đồng · 05/04/2023 · Xã Ngãi Xuyên.

Belongs here: Vietnamese notation of typed values. Does not belong here: reading what people type (values.py).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ingest.code_list import CodeList
from ingest.numbers import money_factor
from ingest.spec import Column, ColumnType

UNGROUPED_BELOW = 10_000  # 1.234 in a cell is what people are asked about, so an answer writes 1234
ENGLISH_TO_VIETNAMESE = str.maketrans(",.", ".,")


def shown(value: Any, column: Column, codes: CodeList | None = None) -> str:
    """A typed value of a column as a person reads it; money in the column's unit; "" for null."""
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case date():
            return f"{value:%d/%m}/{value.year:04}"
        case Decimal() if column.type is ColumnType.MONEY:
            return show_money(value, column.unit)
        case int() | Decimal():
            return show_number(value)
    text = str(value)
    return codes.label(text) if codes is not None else text


def show_number(number: int | Decimal, *, grouped: bool = False) -> str:
    """A number with a decimal comma; thousands grouped by dots from 10.000 on, or always where `grouped`."""
    exact = Decimal(number)
    text = f"{exact:,f}" if grouped or abs(exact) >= UNGROUPED_BELOW else f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(ENGLISH_TO_VIETNAMESE)


def show_money(dong: Decimal, unit: str | None, *, with_dong: bool = False) -> str:
    """An amount in đồng as so many of the unit, on request with the đồng beside it."""
    factor = money_factor(unit) or 1
    text = f"{show_number(dong / factor, grouped=True)} {unit if unit and money_factor(unit) else 'đồng'}"
    return f"{text} ({show_number(dong, grouped=True)} đồng)" if with_dong and factor != 1 else text
