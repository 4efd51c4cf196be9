"""Forms of residential areas: their titles stand on one form only, and each set has its own sheet of criteria."""

from __future__ import annotations

import pytest

from ingest import reference
from ingest.codes import CodeBook
from ingest.spec import load_specs
from ingest.template_rows import axis_values, load_unit


def codes() -> CodeBook:
    unit, period = reference.reporting_unit("849"), reference.period("2023Y")
    assert unit is not None
    assert period is not None
    return CodeBook(unit, period)


def test_a_title_is_one_of_units_or_one_of_areas_and_never_both() -> None:
    of_units = {entry["code"] for entry in reference.code_list("unit_titles")}
    of_areas = {entry["code"] for entry in reference.code_list("area_titles")}
    assert of_areas == {"THON_NTM", "KDC_NTM", "KDC_KM", "VUON_MAU"}
    assert of_units | of_areas == {entry["code"] for entry in reference.code_list("titles")}
    assert of_units & of_areas == set()
    assert load_specs()["recognitions"].column("title_code").code_list == "unit_titles"


@pytest.mark.parametrize("typed", ["Khu dân cư kiểu mẫu", "KDC NTM", "Ấp NTM", "Thôn nông thôn mới", "Vườn mẫu"])
def test_the_title_of_an_area_is_never_taken_for_one_of_a_commune(typed: str) -> None:
    assert codes().get("unit_titles").match(typed).code is None


def test_a_sheet_of_criteria_carries_the_set_that_judges_its_title_in_the_province() -> None:
    spec, unit = load_specs()["area_criteria"], load_unit("849", "2023Y")
    sets = {row["set_code"] for row in reference.rows("title_sets") if row["province_code"] == "84"}
    assert {sheet.criteria_set_code for sheet in spec.sheets} == sets
    assert [len(axis_values(spec, sheet, unit, None)) for sheet in spec.sheets] == [10, 10, 10, 5]
