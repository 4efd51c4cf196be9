"""Reference data: the committed CSVs of data/reference, typed by their schema.yml.

Belongs here: reading them, the few lookups that every step needs (units on a day, periods, code lists, thresholds),
and their Parquet copies for dbt.
Does not belong here: judging reports, or keeping a value that a CSV could hold.

`valid_to` is always exclusive: the first day no longer valid; None = open. Decimals are decimal.Decimal.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

REFERENCE_DIR = Path(__file__).resolve().parent.parent / "data" / "reference"

Row = dict[str, Any]

_STAMP = b"reference_sha256"
# list_code -> (table, column of the code, column that tells what belongs in the list or None, its values)
_TABLE_LISTS: dict[str, tuple[str, str, str | None, tuple[Any, ...]]] = {
    "programmes": ("programmes", "programme_code", "level", ("programme",)),
    "programme_parts": (
        "programmes",
        "programme_code",
        "level",
        ("component", "project", "sub_project", "thematic_programme"),
    ),
    "thematic_programmes": ("programmes", "programme_code", "level", ("thematic_programme",)),
    "funding_contents": ("funding_contents", "content_code", None, ()),
    "funding_sources": ("funding_sources", "source_code", "is_leaf", (True,)),
    "capital_natures": ("capital_natures", "nature_code", None, ()),
    "thematic_indicators": ("thematic_indicators", "indicator_code", None, ()),
    "titles": ("titles", "title_code", None, ()),
    "unit_titles": ("titles", "title_code", "subject_kind", ("commune", "district", "province", "township_ward")),
    "area_titles": ("titles", "title_code", "subject_kind", ("residential_area", "garden")),
    "target_measures": ("target_measures", "measure_code", None, ()),
    "agencies": ("agencies", "agency_code", None, ()),
    "stages": ("stages", "stage_code", None, ()),
}


@dataclass(eq=False)
class ReferenceDataError(Exception):
    """The reference data cannot answer; `problem` says why and `remedy` what to do."""

    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem}. {self.remedy}"


@dataclass(eq=False)
class UnknownReference(ReferenceDataError):
    """A table, code list or code that the reference data does not hold."""


@dataclass(eq=False)
class InvalidReference(ReferenceDataError):
    """A CSV contradicts schema.yml."""


@cache
def schema() -> dict[str, Row]:
    """What schema.yml says, by table name."""
    import yaml

    with (REFERENCE_DIR / "schema.yml").open(encoding="utf-8") as file:
        tables: dict[str, Row] = yaml.safe_load(file)["tables"]
    return tables


def table_names() -> tuple[str, ...]:
    """Every table, in the order of schema.yml."""
    return tuple(schema())


def _spec(name: str) -> Row:
    try:
        return schema()[name]
    except KeyError:
        raise UnknownReference(
            f"no reference table {name!r}", f"Use one of: {', '.join(table_names())}; or add it to schema.yml"
        ) from None


@cache
def load_table(name: str) -> pa.Table:
    """One table, typed as schema.yml says. Columns that the CSV has and the schema has not are an error."""
    import pyarrow as pa
    from pyarrow import csv

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(18, 4),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }
    declared = {column: types[about["type"]] for column, about in _spec(name)["columns"].items()}
    path = REFERENCE_DIR / f"{name}.csv"
    try:
        table = csv.read_csv(
            path,
            convert_options=csv.ConvertOptions(
                column_types=declared,
                null_values=[""],
                strings_can_be_null=True,
                true_values=["true"],
                false_values=["false"],
            ),
        )
    except FileNotFoundError:
        raise InvalidReference(f"{path.name} is missing", "Restore it from version control") from None
    except pa.ArrowInvalid as error:
        raise InvalidReference(f"{path.name}: {error}", "Mend the cell or its type in schema.yml") from error
    if table.column_names != list(declared):
        raise InvalidReference(
            f"{path.name} has columns {table.column_names}, schema.yml says {list(declared)}",
            "Make header and schema.yml agree, in the same order",
        )
    return table


def _plain(value: Any) -> Any:
    """Decimals without the trailing zeros of their column type: 56, not 56.0000."""
    if not isinstance(value, Decimal):
        return value
    return whole if (whole := value.to_integral_value()) == value else value.normalize()


@cache
def rows(name: str) -> tuple[Row, ...]:
    """One table as dicts. They are shared: copy before changing one."""
    listed = load_table(name).to_pylist()
    decimals = [column for column, about in _spec(name)["columns"].items() if about["type"] == "decimal"]
    for row in listed:
        for column in decimals:
            row[column] = _plain(row[column])
    return tuple(listed)


def _sha256(name: str) -> str:
    """Digest of one table: its CSV (line ends made one) and its columns."""
    content = (REFERENCE_DIR / f"{name}.csv").read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(repr(_spec(name)["columns"]).encode() + b"\0" + content).hexdigest()


@cache
def digest() -> str:
    """One sha256 over schema.yml and every CSV: two equal digests are the same reference data."""
    whole = hashlib.sha256((REFERENCE_DIR / "schema.yml").read_bytes().replace(b"\r\n", b"\n"))
    for name in sorted(table_names()):
        whole.update(f"{name}\0{_sha256(name)}\n".encode())
    return whole.hexdigest()


def write_parquet(target_dir: Path) -> None:
    """`<name>.parquet` per table, by atomic rename; a file whose content would not change is left alone."""
    import pyarrow.parquet as pq

    target_dir.mkdir(parents=True, exist_ok=True)
    for name in table_names():
        target, stamp = target_dir / f"{name}.parquet", _sha256(name).encode()
        if target.exists() and (pq.read_schema(target).metadata or {}).get(_STAMP) == stamp:
            continue
        table = load_table(name).replace_schema_metadata({_STAMP: stamp})
        partial = target_dir / f".{name}.{os.getpid()}.{uuid.uuid4().hex}.partial"
        try:
            pq.write_table(table, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def is_valid(row: Row, day: date) -> bool:
    """Whether a row with valid_from and valid_to holds on a day; rows without an interval always hold."""
    begin, end = row.get("valid_from"), row.get("valid_to")
    return (begin is None or begin <= day) and (end is None or day < end)


@cache
def _units_by_code() -> dict[tuple[str, str], tuple[Row, ...]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows("administrative_units"):
        found.setdefault((row["level"], row["unit_code"]), []).append(row)
    return {key: tuple(value) for key, value in found.items()}


@cache
def _communes_by_district() -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows("administrative_units"):
        if row["level"] == "commune" and row["district_code"]:
            found.setdefault(row["district_code"], []).append(row)
    return {key: tuple(value) for key, value in found.items()}


def unit_on(code: str, level: str, day: date) -> Row | None:
    """The unit (level province, district or commune) that bears a GSO code on a day."""
    return next((row for row in _units_by_code().get((level, code), ()) if is_valid(row, day)), None)


@cache
def _reporting_units() -> dict[str, Row]:
    return {row["reporting_unit_id"]: row for row in rows("reporting_units")}


def reporting_unit(reporting_unit_id: str) -> Row | None:
    """The reporting unit of that id, whenever it was valid."""
    return _reporting_units().get(reporting_unit_id)


def communes_of(reporting_unit_id: str, day: date) -> list[Row]:
    """Communes, wards and townships of a reporting unit on a day; a commune reports on itself. Empty once it ended."""
    unit = reporting_unit(reporting_unit_id)
    if unit is None:
        raise UnknownReference(
            f"no reporting unit {reporting_unit_id!r}", "Use a code of reporting_units.csv, with its leading zeros"
        )
    if not is_valid(unit, day):
        return []
    if unit["unit_kind"] == "commune":
        itself = unit_on(reporting_unit_id, "commune", day)
        return [itself] if itself else []
    return [row for row in _communes_by_district().get(reporting_unit_id, ()) if is_valid(row, day)]


@cache
def _periods() -> dict[str, Row]:
    return {row["reporting_period_id"]: row for row in rows("reporting_periods")}


def period(reporting_period_id: str) -> Row | None:
    """The reporting period of that id, such as 2023Q1, 2023M06, 2023Y or 2021-2025."""
    return _periods().get(reporting_period_id)


def code_list(list_code: str, day: date | None = None) -> list[Row]:
    """Entries as {code, label_vi, label_en, aliases}; with a day, only those that may be entered then, as they are
    called then: those in force, and after them those whose money may still be carried over.

    `list_code` names a list of code_lists.csv or a table that serves as one (programmes: the programmes themselves;
    funding_sources: the leaves).
    """
    if list_code in _TABLE_LISTS:
        table, code, filter_column, wanted = _TABLE_LISTS[list_code]
        entries = [row for row in rows(table) if filter_column is None or row[filter_column] in wanted]
    else:
        code = "code"
        entries = [row for row in rows("code_lists") if row["list_code"] == list_code]
    if not entries:
        known = sorted({row["list_code"] for row in rows("code_lists")} | set(_TABLE_LISTS))
        raise UnknownReference(f"no code list {list_code!r}", f"Use one of: {', '.join(known)}")
    if day is not None:
        carried_over = [row for row in entries if _is_carried_over(row, day)]
        entries = [row for row in entries if is_valid(row, day)] + carried_over
    return [
        {
            "code": row[code],
            "label_vi": _label_on(row, day),
            "label_en": row.get("label_en") or row.get("name_en"),
            "aliases": (row.get("aliases") or "").split("|") if row.get("aliases") else [],
        }
        for row in entries
    ]


def _is_carried_over(row: Row, day: date) -> bool:
    """Whether an entry has ended, and money of its years may still be carried over."""
    last = row.get("carried_over_to")
    return last is not None and row["valid_to"] <= day < last


def _label_on(row: Row, day: date | None) -> str:
    renamed = day is not None and row.get("renamed_on") is not None and row["renamed_on"] <= day
    label: str = row["renamed_vi"] if renamed else row.get("label_vi") or row["name_vi"]
    return label
