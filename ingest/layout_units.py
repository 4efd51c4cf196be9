"""The unit of money printed above a table or in a heading: it says how much a figure of 1 is.

Belongs here: finding "Đơn vị tính: tỷ đồng" and what it means for the money columns. Does not belong here: units typed
into the cells of figures (values.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.layout_tables import Table
from ingest.reader import cell_address
from ingest.values import MONEY_FACTORS
from ingest.wording import fold

SPELLINGS = {
    "tỷ đồng": ("tỷ đồng", "tỉ đồng", "tỷ đ", "tỉ đ", "tỷ", "tỉ"),
    "triệu đồng": ("triệu đồng", "triệu đ", "tr.đồng", "tr.đ", "trđ", "tr đ", "tr. đồng", "triệu", "1.000.000 đồng"),
    "nghìn đồng": ("nghìn đồng", "ngàn đồng", "1.000 đồng", "1000 đồng", "1.000đ", "1000đ", "nghìn đ", "ngàn đ"),
    "đồng": ("việt nam đồng", "vnđ", "vnd", "đồng", "đ"),
}
assert set(SPELLINGS) == set(MONEY_FACTORS)
UNIT_OF = {fold(text): unit for unit, texts in SPELLINGS.items() for text in texts}
MONEY_UNIT = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(text) for text in sorted(UNIT_OF, key=len, reverse=True))
    + r")(?![\w\u0300-\u0323])"
)
LEAD = re.compile(rf"(?:{fold('đơn vị tính')}|{fold('đơn vị')}|{fold('ĐVT')})\s*[:\-–]?\s*(?P<rest>.+)")
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


@dataclass(frozen=True)
class PrintedUnit:
    """What is printed: its text and cell, and the units of money it can mean; more than one is doubtful."""

    text: str
    cell: str
    units: tuple[str, ...]


def unit_above(table: Table) -> PrintedUnit | None:
    """The unit of money printed above a block, the nearest line if there are several; None where none is printed."""
    for row, cells in reversed(table.sheet.rows.items()):
        if row >= table.header_row:
            continue
        for index, value in cells.items():
            if not isinstance(value, str) or not (match := LEAD.search(fold(value))):
                continue
            units = tuple(dict.fromkeys(UNIT_OF[found] for found in MONEY_UNIT.findall(match["rest"])))
            if units:
                return PrintedUnit(value.strip(), cell_address(row, index), units)
    return None


def unit_in_heading(heading: str) -> str | None:
    """The unit of money that a heading states: in brackets, or as its last words. None if it states none or several."""
    folded = fold(heading)
    noted = [unit for note in IN_BRACKETS.findall(folded) for unit in MONEY_UNIT.findall(note)]
    if not noted:
        ending = re.search(MONEY_UNIT.pattern + r"\s*$", folded)
        noted = [ending.group().strip()] if ending and len(ending.group().strip()) > 1 else []
    units = {UNIT_OF[unit] for unit in noted}
    return units.pop() if len(units) == 1 else None
