"""Reporting periods by the texts that name them: codes, labels, and the common spellings of officials.

Belongs here: which period a cell, a line of a title or a folder names, among those the calendar has. Does not belong
here: what follows from it (identity.py, printed.py, expectations/admission.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest import reference
from ingest.unit_names import bare

Period = Mapping[str, Any]

REPORTED_PERIOD_TYPES = ("quarter", "6_months", "9_months", "year")  # a stage has a calendar, and no report
YEAR_ONLY = "Y"

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_GAP = r"[\s/.,\-–]*"
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
_NUMBERS |= {"sau": 6, "chin": 9}
_QUARTER_NO = r"(?P<number>0?[1-4]|iv|i{1,3}|mot|nhat|hai|ba|bon|tu)"
_MONTHS_NO = r"(?P<number>0?[1-9]|1[0-2]|ba|sau|chin)"
_PATTERNS = (
    ("quarter", re.compile(rf"\b(?:quy|q){_GAP}{_QUARTER_NO}{_GAP}(?:nam)?{_GAP}{_YEAR}\b")),
    ("quarter", re.compile(rf"\b{_YEAR}{_GAP}(?:quy|q)\s*{_QUARTER_NO}\b")),
    ("months", re.compile(rf"\b{_MONTHS_NO}\s*(?:thang|t)\b{_GAP}(?P<end>dau|cuoi)?{_GAP}(?:nam)?{_GAP}{_YEAR}\b")),
    ("months", re.compile(rf"\b{_MONTHS_NO}t{_YEAR}\b")),
    ("months", re.compile(rf"\b{_YEAR}{_GAP}(?:m\s*(?P<number>0?[369]|12)|(?P<other>0?[369]|12)\s*t(?:hang)?)\b")),
    (YEAR_ONLY, re.compile(rf"\b{_YEAR}{_GAP}y\b")),
    (YEAR_ONLY, re.compile(rf"\b(?:ca\s+)?nam(?:\s+bao\s+cao)?\s*:?\s*{_YEAR}\b(?!\s*[\-–]\s*(?:19|20)\d\d)")),
)
# What only looks like a period: days and months of the calendar, stages.
_DATES = re.compile(
    r"(?:\bngay\s*\d{1,2}\s*)?\bthang\s*\d{1,2}\s*(?:nam|[/.\-])\s*\d{4}\b"
    r"|\b\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}\b"
    r"|\bgiai\s+doan\s+\d{4}\s*[\-–]\s*\d{4}\b"
    r"|\b\d{4}\s*[\-–]\s*\d{4}\b"
)
_MONTHS_OF_CODE = {3: "Q1", 6: "M06", 9: "M09", 12: "Y"}
# Words before a period that is not the report's own.
_OTHER_PERIOD = re.compile(
    r"(?:so\s+voi|cung\s+ky|ky\s+truoc|ke\s+hoach|du\s+kien|uoc|nhiem\s+vu|phuong\s+huong)\b[^,;()]*$"
)


@dataclass(frozen=True)
class Mention:
    """A period named in a text. `period` is None for one that nobody reports, such as a second quarter."""

    text: str
    period: Period | None
    year: int
    is_year_only: bool = False


def period_named(text: str) -> Period | None:
    """The one period that the whole of a text names, by code, label or a common spelling; None for any other text."""
    mention = mention_of(text)
    return mention.period if mention else None


def mention_of(text: str) -> Mention | None:
    """What the whole of a text names, whether or not the calendar has it; None for a text that names no period."""
    period = reference.period(re.sub(r"\s", "", text).upper())
    if period is not None:
        reported = period["period_type"] in REPORTED_PERIOD_TYPES
        return Mention(text, period if reported else None, period["year"] or 0)
    wanted = _LEAD.sub("", bare(text)).strip(" :.()")
    for kind, pattern in _PATTERNS:
        if match := pattern.fullmatch(wanted):
            return _mention(kind, match)
    return None


def mentions_in(text: str) -> list[Mention]:
    """Periods that a line of a title names as its own, in order; dates, stages and comparisons are none."""
    plain = _DATES.sub(lambda match: "#" * len(match.group()), bare(text))
    found: list[tuple[int, Mention]] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if not _OTHER_PERIOD.search(plain[: match.start()]):
                found.append((match.start(), _mention(kind, match)))
    return [mention for _, mention in sorted(found, key=lambda one: one[0])]


def period_of_folder(folder: str) -> Period | None:
    """The period that the name of a folder says; in a folder named by a mere year lie all reports of that year."""
    text = folder.replace("_", " ")
    mention = mention_of(text)
    if mention is None or mention.period is None:
        return None
    is_code = bare(text).strip().endswith("y") or not mention.is_year_only
    return mention.period if is_code else None


def periods_of_year(year: int) -> list[Period]:
    """The periods that are reported for a year, in order; those of every year's pattern where it has none."""
    rows = [row for row in reference.rows("reporting_periods") if row["period_type"] in REPORTED_PERIOD_TYPES]
    return sorted((row for row in rows if row["year"] == year), key=lambda row: row["sort_order"])


_LEAD = re.compile(r"^(?:bao\s+cao|ky\s+bao\s+cao|ky)\s*:?\s*")


def _mention(kind: str, match: re.Match[str]) -> Mention:
    year = int(match["year"])
    if kind == YEAR_ONLY:
        return Mention(match.group(), _period(f"{year}Y"), year, is_year_only=not match.group().endswith("y"))
    groups = match.groupdict()
    text = groups["number"] or groups.get("other") or ""
    number = int(text) if text.isdecimal() else _NUMBERS[text]
    if kind == "quarter":
        return Mention(match.group(), _period(f"{year}Q{number}"), year)
    suffix = _MONTHS_OF_CODE.get(number)
    is_end = groups.get("end") == "cuoi"
    return Mention(match.group(), None if suffix is None or is_end else _period(f"{year}{suffix}"), year)


@cache
def _period(period_id: str) -> Period | None:
    period = reference.period(period_id)
    return period if period is not None and period["period_type"] in REPORTED_PERIOD_TYPES else None
