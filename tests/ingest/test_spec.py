"""Claims about form specs and what is made from them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from ingest.spec import InvalidSpec, Layout, landing_schema, load_specs
from ingest.spec_file import _spec_from


def document(**changes: Any) -> dict[str, Any]:
    return {
        "form": "sample",
        "order": 1,
        "version": "1",
        "title_vi": "Biểu thử",
        "title_en": "Sample",
        "grain": "one row per place",
        "layout": "table",
        "rows": "free",
        "due_in": ["year"],
        "sent_by": ["district"],
        "key": ["place_code"],
        "sheets": [{"name": "A", "anchor": "Biểu A"}],
        "columns": [{"name": "place_code", "header": "Địa bàn", "type": "code", "code_list": "places_of_unit"}],
        **changes,
    }


def test_every_form_of_the_first_release_has_a_spec_in_workbook_order() -> None:
    first = [
        "cover",
        "criteria_summary",
        "criteria_results",
        "unit_criteria",
        "recognitions",
        "funding_sources",
        "helper_assignments",
        "helper_activities",
    ]
    assert list(load_specs())[: len(first)] == first


def test_landing_keeps_typed_value_text_cell_and_problem_of_every_field() -> None:
    schema = landing_schema(load_specs()["funding_sources"])
    assert schema.field("disbursed_vnd").type == pa.decimal128(20, 0)
    for part in ("text", "cell", "problem"):
        assert schema.field(f"disbursed_vnd__{part}").type == pa.string()
    assert schema.names[:3] == ["submission_id", "parse_id", "run_id"]


def test_no_money_column_lands_as_a_float() -> None:
    for spec in load_specs().values():
        assert not any(pa.types.is_floating(field.type) for field in landing_schema(spec))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"key": ["nowhere"]}, "key column"),
        ({"layout": "matrix"}, "axis"),
        ({"columns": [{"name": "place_code", "header": "Địa bàn", "type": "code"}]}, "code_list"),
        ({"columns": [{"name": "place_code", "header": "Địa bàn", "type": "colour"}]}, "place_code"),
    ],
)
def test_a_spec_that_contradicts_itself_is_refused_by_name(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InvalidSpec, match=complaint):
        _spec_from(document(**changes))


def test_a_matrix_has_one_axis() -> None:
    for spec in load_specs().values():
        assert (spec.axis is not None) == (spec.layout is Layout.MATRIX)
