"""Faults of the cover: its dates, its number, what it declares, and whose report it says it is."""

from __future__ import annotations

from datetime import date

from simulate.planting.declaration import Plant, Planting
from simulate.planting.report import Report, Spot, cover_key

ACTIVITIES = "helper_activities"


def _says(column: str, value: object) -> Plant:
    def plant(report: Report) -> Spot:
        report.cover[column] = value
        return cover_key(report, column)

    return plant


def _names_unit(code: str | None, name: str | None, column: str = "reporting_unit_code") -> Plant:
    """Another code of unit and another name; the finding stands in one of the two."""

    def plant(report: Report) -> Spot:
        report.cover |= {"reporting_unit_code": code, "reporting_unit_name": name}
        return cover_key(report, column)

    return plant


PLANTINGS = (
    Planting("data_as_of_outside_period", "figures stand for a day of the quarter before",
             _says("data_as_of", date(2023, 3, 10))),
    Planting("signed_date_before_data_as_of", "signed four days before the closing day",
             _says("signed_date", date(2023, 6, 10))),
    Planting("unsigned_report", "no date of signature", _says("signed_date", None)),
    Planting("report_number_missing", "no number of the report", _says("report_number", None)),
    Planting("template_version_old", "a template of the year before", _says("template_version", "2022.1")),
    Planting("nil_contradicted", "a form declared nil that holds rows", _says("nil_helper_activities", True)),
    Planting("unit_missing", "neither code nor name of the unit", _names_unit(None, None)),
    Planting("unit_unknown", "a code that no unit bears", _names_unit("999", None)),
    Planting("unit_outside_province", "the code of a city of another province",
             _names_unit("855", "Thành phố Vĩnh Long")),
    Planting("unit_not_reporting", "the code of a commune before communes reported",
             _names_unit("29263", "Xã Long Đức")),
    Planting("unit_contradictory", "the code of one unit beside the name of another",
             _names_unit("842", "Huyện Trà Cú", "reporting_unit_name")),
    Planting("unit_ambiguous", "no code, and a name that a district and a town share",
             _names_unit(None, "Duyên Hải", "reporting_unit_name")),
    Planting("period_missing", "no period", _says("reporting_period_code", None)),
    Planting("period_contradictory", "the cover of another period than every form",
             _says("reporting_period_code", "2023Q1")),
    Planting("period_unknown", "a fifth quarter", _says("reporting_period_code", "2023Q5")),
)  # fmt: skip
