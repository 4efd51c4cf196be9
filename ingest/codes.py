"""The code lists of one reporting unit in one period: those of the reference data, its communes, its places.

Belongs here: the entries of each list and the texts that name them, former names of units as of the period among them.
Does not belong here: finding an entry by a text (code_list.py), and reporting units by name (unit_names.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from ingest import reference
from ingest.code_list import CODE_AND_LABEL, FORMER_NAME, LABEL_AND_CODE, NAME_ALIAS, UNIT_TYPE, CodeList, Entry
from ingest.name_wrapping import Wrapping
from ingest.wording import fold

__all__ = ["CODE_AND_LABEL", "LABEL_AND_CODE", "CodeBook", "CodeList", "Entry", "names_of"]

Unit = Mapping[str, Any]

SHORT_TYPES = {
    "xa": ("X.", "X"),
    "phuong": ("P.", "P"),
    "thi_tran": ("TT.", "TT"),
    "huyen": ("H.", "H"),
    "thi_xa": ("TX.", "TX"),
    "thanh_pho": ("TP.", "TP"),
    "quan": ("Q.",),
}
NUMBERED_WARD = re.compile(r"(?:Phường )?(\d{1,2})")
WARD_PREFIXES = ("Phường ", "Phường số ", "Ph. ", "Ph.", "P. ", "P.", "P ", "P")
COMMUNE_TYPES = {"xa": "Xã", "phuong": "Phường", "thi_tran": "Thị trấn"}
REPAIR_OF_ALIAS = {"spelling": NAME_ALIAS, "former_name": FORMER_NAME}


class CodeBook:
    """The code lists of one reporting unit in one period."""

    def __init__(self, unit: Unit, period: Mapping[str, Any]) -> None:
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
        own = {fold(name) for unit in units for name in names_of(unit)}
        return CodeList(
            [_entry(unit, self._day) for unit in units],
            code_width=5,
            elsewhere=_names_on(self._unit["province_code"], self._day) - own,
            divided=_divided_names(units, self._day),
            wrapping=Wrapping(self._parents(), has_committees=True),
        )

    def _parents(self) -> tuple[str, ...]:
        """Folded names, with their type, of where the places of the report lie: its province, its district."""
        rows = [reference.unit_on(self._unit["province_code"], "province", self._day)]
        if self._unit["unit_kind"] != "commune":
            code = self._unit["unit_id"].partition(".")[0]
            rows.append(reference.unit_on(code, self._unit["unit_kind"], self._day))
        return tuple(
            fold(name)
            for row in rows
            if row is not None
            for name in (row["name_vi"], *_abbreviated(row["unit_type"], row["short_name_vi"]))
        )


def names_of(unit: Unit) -> list[str]:
    """Every text that names an administrative unit among its neighbours."""
    return [*_own_names(unit), *(alias for alias, _ in _aliases().get(unit["unit_id"], ()))]


def _own_names(unit: Unit) -> list[str]:
    return [unit["name_vi"], unit["short_name_vi"], *_abbreviated(unit["unit_type"], unit["short_name_vi"])]


def _abbreviated(unit_type: str, short_name: str) -> list[str]:
    prefixes = SHORT_TYPES.get(unit_type, ())
    if (ward := NUMBERED_WARD.fullmatch(short_name)) is not None:
        numbers = (ward[1], f"0{ward[1]}") if len(ward[1]) == 1 else (ward[1],)
        return [f"{prefix}{number}" for prefix in WARD_PREFIXES for number in numbers]
    tight = [f"{prefix}{short_name}" for prefix in prefixes if prefix.endswith(".")]
    return [*(f"{prefix} {short_name}" for prefix in prefixes), *tight]


def _names_of_other_types(unit: Unit) -> list[str]:
    """A commune's name behind the type of another: "Phường Đại An" for "Xã Đại An"."""
    if unit["unit_type"] not in COMMUNE_TYPES:
        return []
    short = unit["short_name_vi"]
    types = [kind for kind in COMMUNE_TYPES if kind != unit["unit_type"]]
    return [name for kind in types for name in (f"{COMMUNE_TYPES[kind]} {short}", *_abbreviated(kind, short))]


def _entry(unit: Unit, day: date) -> Entry:
    own = _own_names(unit)
    known = {fold(name) for name in own}
    aliases = _aliases().get(unit["unit_id"], ())
    others = [(alias, REPAIR_OF_ALIAS[kind]) for alias, kind in aliases if kind in REPAIR_OF_ALIAS]
    others += [
        (name, FORMER_NAME)
        for before in _predecessors(unit["unit_id"])
        if len(_heirs(before["unit_id"], day)) == 1
        for name in names_of(before)
    ]
    others += [(name, UNIT_TYPE) for name in _names_of_other_types(unit)]
    return Entry(
        unit["unit_code"],
        (*own, *(alias for alias, kind in aliases if kind not in REPAIR_OF_ALIAS)),
        others=tuple((name, repair) for name, repair in others if fold(name) not in known),
    )


def _divided_names(units: Sequence[Unit], day: date) -> dict[str, dict[str, str]]:
    """Names of former units that were divided among several, some of them of the list: who bears which part of them."""
    found: dict[str, dict[str, str]] = {}
    for unit in units:
        for before in _predecessors(unit["unit_id"]):
            heirs = _heirs(before["unit_id"], day)
            if len(heirs) > 1:
                for name in names_of(before):
                    found.setdefault(fold(name), {}).update({heir["unit_code"]: heir["name_vi"] for heir in heirs})
    return found


def _predecessors(unit_id: str) -> list[Unit]:
    """Every unit that came before a unit, near or far, in whole or in part."""
    found: dict[str, Unit] = {}
    waiting = [unit_id]
    while waiting:
        for before, _ in _successions("successor_unit_id", "predecessor_unit_id").get(waiting.pop(), ()):
            if before not in found and before != unit_id:
                found[before] = _units()[before]
                waiting.append(before)
    return list(found.values())


def _heirs(unit_id: str, day: date) -> list[Unit]:
    """The units that have what a former unit was, as of a day."""
    found: dict[str, Unit] = {}
    waiting, seen = [unit_id], {unit_id}
    while waiting:
        one = waiting.pop()
        successors = _successions("predecessor_unit_id", "successor_unit_id").get(one, ())
        after = [unit for unit, since in successors if since <= day]
        if not after:
            found[one] = _units()[one]
        waiting += [unit for unit in after if unit not in seen]
        seen.update(after)
    return list(found.values())


@cache
def _units() -> dict[str, Unit]:
    return {row["unit_id"]: row for row in reference.rows("administrative_units")}


@cache
def _successions(of: str, to: str) -> dict[str, list[tuple[str, date]]]:
    """The units on the one side of a succession by those on the other, each with its day; moved boundaries are none."""
    found: dict[str, list[tuple[str, date]]] = {}
    for row in reference.rows("unit_succession"):
        if row["kind"] != "boundary":
            found.setdefault(row[of], []).append((row[to], row["effective_date"]))
    return found


@cache
def _names_on(province_code: str, day: date) -> frozenset[str]:
    """Folded names of the communes, wards and townships of a province on a day."""
    return frozenset(
        fold(name)
        for row in reference.rows("administrative_units")
        if row["level"] == "commune" and row["province_code"] == province_code and reference.is_valid(row, day)
        for name in names_of(row)
    )


@cache
def _aliases() -> dict[str, tuple[tuple[str, str], ...]]:
    """(alias, kind) by unit."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in reference.rows("unit_aliases"):
        if row["alias_kind"] != "earlier_bearer_of_code":
            found.setdefault(row["unit_id"], []).append((row["alias_vi"], row["alias_kind"]))
    return {unit: tuple(aliases) for unit, aliases in found.items()}


@cache
def _static(list_code: str, province_code: str, day: date) -> CodeList:
    """A list of the reference data. Entries in force come first, but one that has ended is still that entry."""
    in_force = {entry["code"] for entry in reference.code_list(list_code, day)}
    elsewhere = (
        {row["agency_code"] for row in reference.rows("agencies") if row["province_code"] not in (None, province_code)}
        if list_code == "agencies"
        else set()
    )
    province = reference.unit_on(province_code, "province", day) if list_code == "agencies" else None
    return CodeList(
        (
            Entry(
                entry["code"],
                (entry["label_vi"], *entry["aliases"], *_with_province(entry, province, elsewhere)),
                rank=(entry["code"] not in in_force) + 2 * (entry["code"] in elsewhere),
            )
            for entry in reference.code_list(list_code)
        ),
        wrapping=Wrapping((fold("tỉnh"),) if list_code == "agencies" else ()),
    )


def _with_province(entry: Unit, province: Unit | None, elsewhere: set[str]) -> tuple[str, ...]:
    """An agency's name with that of its province: "Sở Y tế tỉnh Trà Vinh", "Công an tỉnh Trà Vinh"."""
    if province is None or entry["code"] in elsewhere:
        return ()
    type_word = province["name_vi"].removesuffix(province["short_name_vi"]).strip().lower()
    name = entry["label_vi"].removesuffix(f" {type_word}")
    return (f"{name} {type_word} {province['short_name_vi']}",)


@cache
def _criteria(set_code: str | None) -> CodeList:
    entries = []
    for row in reference.rows("criteria"):
        if row["set_code"] == set_code:
            number, name = str(row["criterion_no"]), row["criterion_name_vi"]
            numbered = [f"{lead}{number}" for lead in ("TC ", "TC", "Tiêu chí ", "Tiêu chí số ")]
            joined = [f"{number}{mark}{name}" for mark in (". ", ".", " ", " - ", ": ", ") ", "- ")]
            entries.append(Entry(number, (*joined, name, f"{number}.", *numbered)))
    return CodeList(entries)
