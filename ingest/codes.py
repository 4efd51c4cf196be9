"""Code lists as officials type them: a code, its label, an alias, or "Label (CODE)".

Belongs here: the lists of the reference data and those that depend on unit and period (its communes, its places).
Does not belong here: which field takes which list (the form specs say it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ingest import reference
from ingest.wording import fold

LABEL_AND_CODE = re.compile(r"(?P<label>.*\S)\s*\((?P<code>[^()]+)\)")
CODE_AND_LABEL = re.compile(r"(?P<code>[^\s()]+)\s+[-–]\s+(?P<label>\S.*)")
SHORT_TYPES = {
    "xa": ("X.",),
    "phuong": ("P.", "P"),
    "thi_tran": ("TT.", "TT"),
    "huyen": ("H.",),
    "thi_xa": ("TX.", "TX"),
    "thanh_pho": ("TP.", "TP"),
}


@dataclass(frozen=True)
class Entry:
    """One code and every text that names it. Where two entries share a text, the lower rank has it."""

    code: str
    texts: tuple[str, ...]
    rank: int = 0


class CodeList:
    """Entries by the texts that name them; a text that names two codes names none."""

    def __init__(self, entries: Iterable[Entry], code_width: int = 0) -> None:
        entries = list(entries)
        self._code_width = code_width
        self._codes = {fold(entry.code): entry.code for entry in entries}
        self._by_text: dict[str, str | None] = {}
        for rank in sorted({entry.rank for entry in entries}):
            named: dict[str, set[str]] = {}
            for entry in entries:
                if entry.rank == rank:
                    for text in entry.texts:
                        named.setdefault(fold(text), set()).add(entry.code)
            for text, codes in named.items():
                self._by_text.setdefault(text, codes.pop() if len(codes) == 1 else None)

    def find(self, text: str) -> str | None:
        """The code that a typed text names, or None."""
        folded = fold(text)
        if (code := self._code(folded) or self._by_text.get(folded)) is not None:
            return code
        for pattern in (LABEL_AND_CODE, CODE_AND_LABEL):
            if match := pattern.fullmatch(folded):
                code, named = self._code(match["code"]), self._by_text.get(match["label"].strip())
                if code is not None and named in (None, code):
                    return code
        return None

    def _code(self, folded: str) -> str | None:
        """The code itself; digits that a spreadsheet robbed of leading zeros count as the code."""
        if (code := self._codes.get(folded)) is None and folded.isdecimal() and len(folded) < self._code_width:
            return self._codes.get(folded.zfill(self._code_width))
        return code


class CodeBook:
    """The code lists of one reporting unit in one period."""

    def __init__(self, unit: Mapping[str, Any], period: Mapping[str, Any]) -> None:
        self._unit = unit
        self._day: date = period["data_to"]
        self._lists: dict[str, CodeList] = {}

    def get(self, list_code: str) -> CodeList:
        """Raises UnknownReference for a list that does not exist."""
        if list_code not in self._lists:
            self._lists[list_code] = self._make(list_code)
        return self._lists[list_code]

    def criteria_of(self, set_code: str | None) -> CodeList:
        """Criterion numbers of a set by number, "1. Quy hoạch" or name."""
        return _criteria(set_code)

    def _make(self, list_code: str) -> CodeList:
        if list_code not in ("communes_of_unit", "places_of_unit"):
            return _static(list_code, self._unit["province_code"], self._day)
        units = reference.communes_of(self._unit["reporting_unit_id"], self._day)
        if list_code == "places_of_unit":
            code = self._unit["unit_id"].partition(".")[0]
            itself = reference.unit_on(code, self._unit["unit_kind"], self._day)
            if itself is not None and all(itself["unit_id"] != unit["unit_id"] for unit in units):
                units = [itself, *units]
        return CodeList((Entry(unit["unit_code"], tuple(names_of(unit))) for unit in units), code_width=5)


def names_of(unit: Mapping[str, Any]) -> list[str]:
    """Every text that names an administrative unit among its neighbours."""
    short = unit["short_name_vi"]
    abbreviated = [f"{prefix} {short}" for prefix in SHORT_TYPES.get(unit["unit_type"], ())]
    return [unit["name_vi"], short, *abbreviated, *_aliases().get(unit["unit_id"], ())]


@cache
def _aliases() -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for row in reference.rows("unit_aliases"):
        if row["alias_kind"] != "earlier_bearer_of_code":
            found.setdefault(row["unit_id"], []).append(row["alias_vi"])
    return dict(found)


@cache
def _static(list_code: str, province_code: str, day: date) -> CodeList:
    """A list of the reference data. Entries in force come first, but one that has ended is still that entry."""
    in_force = {entry["code"] for entry in reference.code_list(list_code, day)}
    elsewhere = (
        {row["agency_code"] for row in reference.rows("agencies") if row["province_code"] not in (None, province_code)}
        if list_code == "agencies"
        else set()
    )
    return CodeList(
        Entry(
            entry["code"],
            (entry["label_vi"], *entry["aliases"]),
            rank=(entry["code"] not in in_force) + 2 * (entry["code"] in elsewhere),
        )
        for entry in reference.code_list(list_code)
    )


@cache
def _criteria(set_code: str | None) -> CodeList:
    entries = []
    for row in reference.rows("criteria"):
        if row["set_code"] == set_code:
            number, name = str(row["criterion_no"]), row["criterion_name_vi"]
            numbered = [f"{lead}{number}" for lead in ("TC ", "TC", "Tiêu chí ", "Tiêu chí số ")]
            joined = [f"{number}{mark}{name}" for mark in (". ", ".", " ", " - ", ": ", ") ", "- ")]
            entries.append(Entry(number, (name, f"{number}.", *numbered, *joined)))
    return CodeList(entries)
