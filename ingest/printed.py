"""What is printed above the tables of a sheet: whose report it is and for which period.

Belongs here: the title block of a sheet and what it names. Does not belong here: what follows from it (identity.py),
the cover, and anything from the table down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.period_names import Mention, Period, mention_of, mentions_in
from ingest.reader import Sheet, cell_address
from ingest.unit_names import Unit, bare, units_in_text

TITLE_ROWS = 15
HEADER_CELLS = 3  # a row of as many texts is the header of the table; a title block has left and right halves
LETTERHEAD_ROWS = 3  # the first rows may hold one more, such as the number of the form
PERIOD_LABEL = re.compile(r"(?:ky\s+bao\s+cao|ky\s+so\s+lieu|ky)\s*:")
AS_OF = re.compile(r"so\s+lieu\s+(?:tinh\s+)?den")
SEGMENTS = re.compile(r"[,;()\n]")
# A line about another document or about another time than the report's own.
QUOTED = re.compile(r"kem\s+theo|ban\s+hanh|can\s+cu|quyet\s+dinh|thong\s+tu|nghi\s+quyet")


@dataclass(frozen=True)
class PrintedPeriod:
    """A period that a sheet says its figures are of. A loose year says which year, not which report of it."""

    text: str
    cell: str
    period: Period | None  # None: one that nobody reports, such as a second quarter
    year: int
    is_loose: bool = False

    def is_of(self, period: Period) -> bool:
        """Whether figures under these words can be those of a report for the period."""
        if self.is_loose:
            return bool(self.year == period["year"])
        return self.period is not None and self.period["reporting_period_id"] == period["reporting_period_id"]


@dataclass(frozen=True)
class PrintedUnit:
    """A reporting unit that the title of a sheet names."""

    text: str
    cell: str
    unit: Unit


@dataclass(frozen=True)
class Printed:
    """Everything that the title of a sheet says of its unit and period, in the order in which it stands there."""

    units: tuple[PrintedUnit, ...] = ()
    periods: tuple[PrintedPeriod, ...] = ()

    def contradicts(self, period: Period) -> PrintedPeriod | None:
        """What the sheet says, if it names periods and none of them is this one."""
        if self.periods and not any(said.is_of(period) for said in self.periods):
            return self.periods[0]
        return None


def printed_on(sheet: Sheet, province_code: str) -> Printed:
    """What stands above the table of a sheet; units are those that ever reported to the province."""
    units: dict[str, PrintedUnit] = {}
    labelled: list[PrintedPeriod] = []
    periods: list[PrintedPeriod] = []
    for text, cell in _title_texts(sheet):
        plain = bare(text)
        if not QUOTED.search(plain):
            for unit in units_in_text(text, province_code):
                units.setdefault(unit["reporting_unit_id"], PrintedUnit(text, cell, unit))
        is_labelled = PERIOD_LABEL.match(plain) is not None
        (labelled if is_labelled else periods).extend(_periods_of(text, cell, is_labelled=is_labelled))
    return Printed(tuple(units.values()), tuple(labelled or periods))


def _periods_of(text: str, cell: str, *, is_labelled: bool) -> Iterator[PrintedPeriod]:
    """Periods of one line. A year alone counts where it is all that a part of the line says; it is strict where the
    line is labelled as the period or says the day of its data."""
    segments = [segment.strip(" .:") for segment in SEGMENTS.split(text)]
    is_strict = is_labelled or AS_OF.search(bare(text)) is not None
    for segment in segments:
        value = segment.partition(":")[2].strip() if is_labelled and ":" in segment else segment
        whole = mention_of(value) if value else None
        if whole is not None and whole.is_year_only:
            yield _said(value, cell, whole, is_loose=not is_strict)
        elif whole is not None and whole.year:
            yield _said(value, cell, whole)
        elif not QUOTED.search(bare(segment)):
            yield from (_said(_as_typed(value, one), cell, one) for one in mentions_in(value) if not one.is_year_only)


def _said(text: str, cell: str, mention: Mention, *, is_loose: bool = False) -> PrintedPeriod:
    return PrintedPeriod(text, cell, mention.period, mention.year, is_loose)


def _as_typed(text: str, mention: Mention) -> str:
    """The label of the period, or the line itself where the calendar has no such period."""
    return str(mention.period["label_vi"]) if mention.period is not None else text


def _title_texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Texts above the header of the table with their cells; a label and the value right of it are one text."""
    for row, cells in sheet.rows.items():
        if row in sheet.hidden_rows:
            continue
        texts = {index: str(value).strip() for index, value in cells.items()}
        if row >= TITLE_ROWS or len(texts) >= HEADER_CELLS + (row < LETTERHEAD_ROWS):
            return
        label: tuple[int, str] | None = None
        for index, text in texts.items():
            if label is not None:
                yield f"{label[1]} {text}", cell_address(row, index)
                label = None
            elif text.endswith(":"):
                label = index, text
            else:
                yield text, cell_address(row, index)
