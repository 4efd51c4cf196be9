"""What a template says for one unit and period: its communes, its indicators, the labels of its drop-downs.

Belongs here: choosing from reference data and turning codes into the labels officials read. Cells and formats are in
template_layout.py. Everything is taken as it stood on the closing day of the period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ingest import reference
from ingest.spec import FormSpec, Layout, Position, SheetSpec

PART_LABELS = {"total": "chung", "male": "nam", "female": "nữ"}
PART_NAMES = {"male": "Nam", "female": "Nữ"}
UNIT_LABELS = {"bool": "Đạt/CĐ"}
VERDICT_LABELS = {"D": "Đ", "CD": "CĐ", "KAD": "KAD"}  # short: one cell per commune and criterion
BOOLEAN_LABELS = {True: "Có", False: "Không"}


@dataclass(frozen=True)
class Unit:
    """A reporting unit in one period, with what its workbook must list."""

    reporting_unit_id: str
    unit_code: str
    unit_id: str
    unit_kind: str
    unit_type: str
    province_code: str
    name_vi: str
    period: Mapping[str, Any]
    communes: Mapping[str, str]  # unit_code -> name of the communes (type xã) below the unit, in order of code
    towns: Mapping[str, str]  # the same of townships and wards
    places: Mapping[str, str]  # the unit itself and every commune-level unit below it
    listed: Mapping[str, str]  # the communes its sheets list: its own, unless the caller names others
    _labels: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)

    @property
    def closing_day(self) -> date:
        closing: date = self.period["data_to"]
        return closing

    @property
    def lowest_places(self) -> dict[str, str]:
        """Communes, wards and townships by code: all places of a district but itself, the place itself of a commune."""
        return {
            code: name for code, name in self.places.items() if self.unit_kind == "commune" or code != self.unit_code
        }

    def labels(self, list_code: str) -> dict[str, str]:
        """Labels of a code list by code, in the order of the drop-down; only what was valid in the period."""
        if list_code not in self._labels:
            self._labels[list_code] = self._make_labels(list_code)
        return self._labels[list_code]

    def _make_labels(self, list_code: str) -> dict[str, str]:
        if list_code == "communes_of_unit":
            return {code: f"{name} ({code})" for code, name in self.communes.items()}
        if list_code == "places_of_unit":
            return {code: f"{name} ({code})" for code, name in self.places.items()}
        if list_code == "agencies":
            return {
                row["agency_code"]: f"{row['name_vi']} ({row['agency_code']})"
                for row in reference.rows("agencies")
                if row["province_code"] in (None, self.province_code) and self._valid_in_period(row)
            }
        if list_code == "verdict":
            return dict(VERDICT_LABELS)
        return {entry["code"]: entry["label_vi"] for entry in reference.code_list(list_code, self.closing_day)}

    def _valid_in_period(self, row: Mapping[str, Any]) -> bool:
        starts, ends = row.get("valid_from"), row.get("valid_to")
        return (starts is None or starts <= self.closing_day) and (ends is None or ends > self.period["data_from"])


def load_unit(reporting_unit_id: str, reporting_period_id: str, communes: Sequence[str] | None = None) -> Unit:
    """The unit as it stood on the closing day of the period; `communes` are listed instead of its own.

    Raises UnknownReference where unit or period is unknown.
    """
    period = reference.period(reporting_period_id)
    if period is None:
        raise reference.UnknownReference(
            f"no reporting period {reporting_period_id!r}", "Use an id of reporting_periods.csv, such as 2023Q1"
        )
    closing = period["data_to"]
    row = reference.reporting_unit(reporting_unit_id)
    own = None
    if row is not None and reference.is_valid(row, closing):
        own = reference.unit_on(row["unit_id"].partition(".")[0], row["unit_kind"], closing)
    if row is None or own is None:
        raise reference.UnknownReference(
            f"{reporting_unit_id!r} is no reporting unit on {closing:%d/%m/%Y}", "Use an id of reporting_units.csv"
        )
    below = sorted(reference.communes_of(reporting_unit_id, closing), key=lambda unit: unit["unit_code"])
    own_communes = {unit["unit_code"]: unit["name_vi"] for unit in below if unit["unit_type"] == "xa"}
    return Unit(
        reporting_unit_id=reporting_unit_id,
        unit_code=own["unit_code"],
        unit_id=own["unit_id"],
        unit_kind=row["unit_kind"],
        unit_type=row["unit_type"],
        province_code=row["province_code"],
        name_vi=row["name_vi"],
        period=period,
        communes=own_communes,
        towns={unit["unit_code"]: unit["name_vi"] for unit in below if unit["unit_type"] != "xa"},
        places={own["unit_code"]: own["name_vi"]} | {unit["unit_code"]: unit["name_vi"] for unit in below},
        listed=own_communes if communes is None else {code: _commune_name(code, closing) for code in communes},
    )


def _commune_name(code: str, day: date) -> str:
    unit = reference.unit_on(code, "commune", day)
    return str(unit["name_vi"]) if unit else code


def axis_values(
    spec: FormSpec, sheet: SheetSpec, unit: Unit, filled: Sequence[Mapping[str, object]] | None
) -> dict[str, str]:
    """Values and labels of the column groups of a matrix; empty for other layouts."""
    if spec.layout is not Layout.MATRIX:
        return {}
    if spec.axis_list == "criteria_of_set":
        return criteria_of(sheet.criteria_set_code)
    axis = spec.axis
    assert axis is not None
    labels = unit.labels("communes_of_unit")
    return {code: labels.get(code, code) for code in _communes_listed(axis.name, unit, filled, sheet)}


def criteria_of(set_code: str | None) -> dict[str, str]:
    """Criterion numbers of a set with their headings, in order."""
    rows = [row for row in reference.rows("criteria") if row["set_code"] == set_code]
    rows.sort(key=lambda row: int(row["criterion_no"]))
    return {str(row["criterion_no"]): f"{row['criterion_no']}. {row['criterion_name_vi']}" for row in rows}


def template_rows(
    spec: FormSpec, sheet: SheetSpec, unit: Unit, filled: Sequence[Mapping[str, object]] | None
) -> list[dict[str, object]]:
    """The rows the office fills in: per commune, township, any of these, indicator and part; none where free."""
    if spec.rows == "communes":
        return [
            {"commune_code": code, "commune_name": unit.listed[code]}
            for code in _communes_listed("commune_code", unit, filled, sheet)
        ]
    if spec.rows == "places":
        return [{"commune_code": code, "commune_name": name} for code, name in unit.lowest_places.items()]
    if spec.rows == "townships":
        return [{"commune_code": code, "commune_name": name} for code, name in unit.towns.items()]
    if spec.rows == "indicators":
        return indicator_rows(sheet.criteria_set_code)
    return []


def indicator_rows(set_code: str | None) -> list[dict[str, object]]:
    """One row per indicator and part of a set, in the order of the set."""
    indicators = {row["indicator_no"]: row for row in reference.rows("indicators") if row["set_code"] == set_code}
    order = {number: row["sort_order"] for number, row in indicators.items()}
    parts = [row for row in reference.rows("indicator_parts") if row["set_code"] == set_code]
    parts.sort(key=lambda part: order[part["indicator_no"]])  # stable: parts keep their own order
    rows: list[dict[str, object]] = []
    for part in parts:
        indicator = indicators[part["indicator_no"]]
        code = part["part_code"]
        name = indicator["indicator_name_vi"]
        if code in PART_NAMES:
            name = f"    trong đó: {PART_NAMES[code]}"
        elif code != "total":
            name = f"{name} - {code}) {part['part_name_vi']}"
        rows.append(
            {
                "indicator_no": part["indicator_no"],
                "indicator_name": name,
                "part_code": code,
                "measure_unit": UNIT_LABELS.get(part["unit"], part["unit"]),
                "criterion_no": indicator["criterion_no"],
            }
        )
    return rows


def _communes_listed(
    column_name: str, unit: Unit, filled: Sequence[Mapping[str, object]] | None, sheet: SheetSpec
) -> list[str]:
    """All communes of the unit for the base set; for another set only those that are judged on it, once known."""
    if filled is None or _is_base_set(sheet.criteria_set_code):
        return list(unit.listed)
    judged = {row[column_name] for row in filled if row.get("criteria_set_code") == sheet.criteria_set_code}
    return [code for code in unit.listed if code in judged] or list(unit.listed)


def _is_base_set(set_code: str | None) -> bool:
    """A set that every commune is judged on: the set of a title that builds on no other title."""
    bases = {row["title_code"] for row in reference.rows("titles") if row["base_title_code"] is None}
    return any(row["set_code"] == set_code and row["title_code"] in bases for row in reference.rows("title_sets"))


def shown(value: object, spec: FormSpec, column_name: str, unit: Unit) -> object:
    """A typed value as an official reads it: codes as labels, parts as words, truth values as Có / Không."""
    column = spec.column(column_name)
    if value is None:
        return None
    if column.name == "part_code":
        return PART_LABELS.get(str(value), value)
    if isinstance(value, bool):
        return BOOLEAN_LABELS[value]
    if column.code_list is not None and not (column.prefilled and column.position is Position.ROW):
        return unit.labels(column.code_list).get(str(value), value)
    return value
