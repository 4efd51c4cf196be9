"""Reporting units by the texts that name them: code, name, type and name, alias, former name.

Belongs here: which reporting units a text can mean, in a cell, in a title or as the name of a folder, and which
provinces are the office's own. Does not belong here: what follows from it (identity.py, expectations/admission.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from ingest import reference
from ingest.code_list import CODE_AND_LABEL, LABEL_AND_CODE
from ingest.codes import names_of
from ingest.wording import fold

Unit = Mapping[str, Any]

LEADING_WORDS = ("uỷ ban nhân dân", "ubnd", "tm.", "đơn vị báo cáo:", "đơn vị:")
CODE_WIDTHS = {"district": 3, "commune": 5}
ABBREVIATED = re.compile(r"\b(h|tx|tp|tt|x|p)\.(?=\w)")
NUMBERING = re.compile(r"\d{1,2}\s*[.)\-]\s*")
LEADING_CODE = re.compile(r"(?P<code>\d{2,5})\s*[.\-–]?\s+(?P<label>\D.*)")


def shown_unit(unit: Unit) -> str:
    """A reporting unit as it is shown to a person: "849 Huyện Trà Cú"."""
    return f"{unit['reporting_unit_id']} {unit['name_vi']}"


def bare(text: str) -> str:
    """Folded text without any accent: how names are typed on keyboards and in folders that have none."""
    letters = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def units_by_code(text: str) -> list[Unit]:
    """Reporting units a code can mean; a spreadsheet that took it for a number dropped its leading zeros."""
    digits = re.sub(r"\s", "", text)
    codes = [digits]
    if digits.isdecimal():
        codes += [digits.zfill(width) for width in CODE_WIDTHS.values() if len(digits) < width]
    units = [unit for code in codes if (unit := reference.reporting_unit(code)) is not None]
    exact = [unit for unit in units if unit["reporting_unit_id"] == digits]
    return list(exact or units)


def units_by_name(text: str, province_code: str) -> list[Unit]:
    """Reporting units of the province that a name can mean; a name without any accent means what it can be read as."""
    wanted = _without_leading_words(fold(text))
    index = _by_name(province_code)
    if wanted in index:
        return list(index[wanted])
    return list(_by_bare_name(province_code).get(wanted, ())) if wanted.isascii() else []


def units_named_elsewhere(text: str) -> bool:
    """Whether a name is borne by reporting units of any province."""
    wanted = _without_leading_words(fold(text))
    return any(wanted == fold(unit["name_vi"]) for unit in reference.rows("reporting_units"))


def code_and_name(text: str) -> tuple[str, str] | None:
    """The two parts of "Huyện Trà Cú (849)" or "849 - Huyện Trà Cú"; None for a text of another shape."""
    for pattern in (LABEL_AND_CODE, CODE_AND_LABEL, LEADING_CODE):
        match = pattern.fullmatch(" ".join(text.split()))
        if match and units_by_code(match["code"]):
            return match["code"], match["label"]
    return None


def units_in_text(text: str, province_code: str) -> list[Unit]:
    """Reporting units whose name with its type stands in a running text, such as "UBND HUYỆN TRÀ CÚ".

    "Thị xã Duyên Hải" is not also "xã Duyên Hải": of names that overlap the longest counts.
    """
    folded = ABBREVIATED.sub(r"\1. ", fold(text))
    taken: list[tuple[int, int]] = []
    found: dict[str, Unit] = {}
    for name, units in _typed_names(province_code):
        if name not in folded:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?![\w\u0300-\u036f])", folded):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found |= {unit["reporting_unit_id"]: unit for unit in units}
    return list(found.values())


def units_of_folder(folder: str, unit: Unit, day: date) -> list[Unit]:
    """Reporting units of the same province and day that the name of a folder can mean; none for any other folder."""
    text = " ".join(folder.replace("_", " ").split())
    found: dict[str, Unit] = {}
    parts = code_and_name(text)
    for one in (text, *parts[:1]) if parts else (text,):
        found |= {row["reporting_unit_id"]: row for row in units_by_code(one)} if one.isdecimal() else {}
    neighbours = [row for row in found.values() if _is_neighbour(row, unit, day)]
    if neighbours:
        return neighbours
    label = bare(NUMBERING.sub("", text, count=1) if NUMBERING.match(text) else text)
    by_name = units_by_name(text, unit["province_code"])
    by_bare = _by_bare_name(unit["province_code"])
    tight = {name.replace(" ", ""): units for name, units in by_bare.items()}
    candidates = by_name or by_bare.get(label) or tight.get(label.replace(" ", ""), ())
    return [row for row in candidates if _is_neighbour(row, unit, day)]


def is_of_province(unit: Unit, province_code: str) -> bool:
    """Whether a reporting unit belongs to a province, or to one that it became part of and to that one only since."""
    since = provinces_of(province_code)
    if unit["province_code"] not in since:
        return False
    begins = since[unit["province_code"]]
    return begins is None or unit["valid_to"] is None or unit["valid_to"] > begins


@cache
def provinces_of(province_code: str) -> Mapping[str, date | None]:
    """The province's code (None: always its own) and those of the provinces it became part of, each since when."""
    by_id = {row["unit_id"]: row for row in reference.rows("administrative_units") if row["level"] == "province"}
    successors: dict[str, dict[str, date]] = {}
    for row in reference.rows("unit_succession"):
        before, after = by_id.get(row["predecessor_unit_id"]), by_id.get(row["successor_unit_id"])
        if before is not None and after is not None:
            successors.setdefault(before["unit_code"], {})[after["unit_code"]] = row["effective_date"]
    since: dict[str, date | None] = {province_code: None}
    waiting = [province_code]
    while waiting:
        for code, begins in successors.get(waiting.pop(), {}).items():
            if code not in since:
                since[code] = begins
                waiting.append(code)
    return since


def _is_neighbour(row: Unit, unit: Unit, day: date) -> bool:
    return bool(row["province_code"] == unit["province_code"]) and reference.is_valid(dict(row), day)


@lru_cache(maxsize=4096)
def _without_leading_words(folded: str) -> str:
    """A folded name without the body that stands before it: "UBND huyện Trà Cú" names the district."""
    leads = [fold(word) for word in LEADING_WORDS]
    folded = ABBREVIATED.sub(r"\1. ", folded)
    while lead := next((word for word in leads if folded.startswith(f"{word} ")), None):
        folded = folded[len(lead) :].strip()
    return folded


@cache
def _by_name(province_code: str) -> dict[str, tuple[Unit, ...]]:
    """Reporting units of the province by folded name; a full name has precedence over another unit's short one."""
    full: dict[str, list[Unit]] = {}
    short: dict[str, list[Unit]] = {}
    for unit, place in _units_of(province_code):
        for name in {fold(name) for name in names_of(place)}:
            (short if name == fold(place["short_name_vi"]) else full).setdefault(name, []).append(unit)
    return {name: tuple(units) for name, units in {**short, **full}.items()}


@cache
def _by_bare_name(province_code: str) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, dict[str, Unit]] = {}
    for name, units in _by_name(province_code).items():
        found.setdefault(bare(name), {}).update({unit["reporting_unit_id"]: unit for unit in units})
    return {name: tuple(units.values()) for name, units in found.items()}


@cache
def _typed_names(province_code: str) -> tuple[tuple[str, tuple[Unit, ...]], ...]:
    """Names that show their type, longest first; a short name alone would be found in any sentence."""
    shorts = {fold(place["short_name_vi"]) for _, place in _units_of(province_code)}
    typed = [(name, units) for name, units in _by_name(province_code).items() if name not in shorts and " " in name]
    return tuple(sorted(typed, key=lambda one: (-len(one[0]), one[0])))


@cache
def _units_of(province_code: str) -> tuple[tuple[Unit, dict[str, Any]], ...]:
    """Reporting units of the province, each with its row among the administrative units."""
    places = {row["unit_id"]: row for row in reference.rows("administrative_units")}
    return tuple(
        (unit, places[unit["unit_id"]])
        for unit in reference.rows("reporting_units")
        if is_of_province(unit, province_code)
    )
