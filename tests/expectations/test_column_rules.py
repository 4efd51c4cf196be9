"""Column rules made from the form specs: what they let pass, and the cell they point at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ingest.spec import load_specs

Judge = Callable[..., list[Any]]


def funding(**fields: Any) -> dict[str, Any]:
    row = {"place_code": "849", "programme_code": "NTM", "content_code": "02", "source_code": "NSTW", "plan_year": 2023}
    return {**row, **fields}


def told(findings: list[Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule_id, finding.cell) for finding in findings]


def test_a_good_row_with_blanks_where_nothing_is_required_passes(findings_of_form: Judge) -> None:
    assert findings_of_form("funding_sources", [funding()]) == []


def test_a_blank_required_cell_is_value_required(findings_of_form: Judge) -> None:
    (found,) = findings_of_form("funding_sources", [funding(plan_year=None)])
    assert (found.rule_id, found.cell, found.severity, found.row_id) == (
        "value_required",
        "F10",
        "error",
        "05. Nguồn lực!10",
    )
    assert "Năm kế hoạch vốn" in found.message_vi


def test_a_required_text_that_cannot_be_read_is_only_unreadable(findings_of_form: Judge, cell: Any) -> None:
    (found,) = findings_of_form("funding_sources", [funding(plan_year=cell(None, "năm ngoái", "unreadable"))])
    assert (found.rule_id, found.cell, found.value) == ("value_unreadable", "F10", "năm ngoái")


def test_a_text_that_says_nothing_does_not_answer_a_required_cell(findings_of_form: Judge, cell: Any) -> None:
    assert told(findings_of_form("funding_sources", [funding(plan_year=cell(None, "-"))])) == [
        ("value_required", "F10")
    ]


@pytest.mark.parametrize("column", ["disbursed_vnd", "assigned_on", "borrower_count"])
def test_an_unreadable_optional_cell_is_found(findings_of_form: Judge, cell: Any, column: str) -> None:
    (found,) = findings_of_form(
        "funding_sources", [funding(), funding(plan_year=2022, **{column: cell(None, "?", "unreadable")})]
    )
    assert (found.rule_id, found.column_name, found.value) == ("value_unreadable", column, "?")


def test_a_code_outside_its_list_is_found(findings_of_form: Judge, cell: Any) -> None:
    (found,) = findings_of_form("funding_sources", [funding(source_code=cell(None, "Quỹ khác", "not_in_list"))])
    assert (found.rule_id, found.cell, found.value) == ("value_not_in_list", "D10", "Quỹ khác")


def test_an_ambiguous_text_is_asked_with_its_readings(findings_of_form: Judge, cell: Any) -> None:
    (found,) = findings_of_form("funding_sources", [funding(disbursed_vnd=cell(None, "1.234", "ambiguous"))])
    assert (found.rule_id, found.cell, found.value, found.severity) == ("value_ambiguous", "M10", "1.234", "error")
    one, other = found.expected.split(" hoặc ")
    assert one != other
    assert found.expected in found.message_vi
    assert f"{one} or {other}" in found.message_en


@pytest.mark.parametrize(
    ("text", "problem", "expected"),
    [
        ("1.234", "ambiguous", "1,234 hoặc 1234"),
        ("1.234 tỷ", "ambiguous", "1.234 triệu đồng (1.234.000.000 đồng) hoặc 1.234.000 triệu đồng"),
        ("một ít", "unreadable", "số tiền theo đơn vị tính ghi trên biểu, ví dụ 1250,5"),
    ],
)
def test_an_amount_of_a_hand_made_sheet_is_asked_about_in_the_unit_of_that_sheet(
    findings_of_form: Judge, cell: Any, text: str, problem: str, expected: str
) -> None:
    layout = load_specs()["funding_sources"].layouts[0].name
    row = funding(disbursed_vnd=cell(None, text, problem), form_version=layout)
    (found,) = (one for one in findings_of_form("funding_sources", [row]) if one.column_name == "disbursed_vnd")
    assert found.rule_id == f"value_{problem}"
    assert expected in found.expected


def test_a_name_that_is_nearly_in_the_list_is_told_the_entry_it_comes_near(findings_of_form: Judge, cell: Any) -> None:
    row = {"part_code": "total", "indicator_no": "1.1", "verdict": "D", "row_number": 10}
    (found,) = findings_of_form(
        "criteria_results", [{**row, "commune_code": cell(None, "Xã Ngai Xuyênh", "not_in_list")}]
    )
    assert "Ngãi Xuyên" in found.expected


def test_a_text_of_a_legacy_font_is_shown_as_it_reads(findings_of_form: Judge, cell: Any) -> None:
    typed = "Huy\u00d6n Tr\u00b5 C\u00f3"
    (found,) = findings_of_form("funding_sources", [funding(source_code=cell(None, typed, "not_in_list"))])
    assert found.value == "Huyện Trà Cú"


def test_a_column_that_a_hand_made_layout_lets_out_is_not_required(
    monkeypatch: pytest.MonkeyPatch, gx_context: Any, make_batch: Any
) -> None:
    import pyarrow as pa

    from expectations.batch import judge_form
    from ingest.spec import FormSpec

    spec = load_specs()["funding_sources"]
    whole = FormSpec.required_in
    monkeypatch.setattr(
        FormSpec,
        "required_in",
        lambda self, version: whole(self, version) - ({"source_code"} if version == "hand-made" else set()),
    )
    rows = make_batch({"funding_sources": [funding(source_code=None), funding(source_code=None), funding()]}).tables[
        "funding_sources"
    ]
    versions = pa.array(["hand-made", "hand-made", spec.version], pa.string())
    rows = rows.set_column(rows.column_names.index("form_version"), "form_version", versions)
    found = [one for _, one in judge_form(gx_context, spec, rows, "2023M06").found]
    assert told(found) == [("row_repeated", "A10"), ("row_repeated", "A11")]
    assert told([one for _, one in judge_form(gx_context, spec, rows.slice(2), "2023M06").found]) == []


def test_a_heading_that_names_no_commune_is_one_finding_for_the_sender(findings_of_form: Judge, cell: Any) -> None:
    from expectations.verdict import one_per_place

    unknown = cell(None, "Xã Lạ", "not_in_list")
    row = {"part_code": "total", "commune_code": unknown, "verdict": "D", "row_number": 10}
    found = findings_of_form("criteria_results", [{**row, "indicator_no": no} for no in ("1.1", "1.2")])
    assert told(one_per_place(found)) == [("value_not_in_list", "F10")]


@pytest.mark.parametrize(
    ("fields", "cell_of"),
    [
        ({"disbursed_vnd": Decimal(-1)}, "M10"),
        ({"plan_year": 2036}, "F10"),
        ({"borrower_count": -1}, "R10"),
    ],
)
def test_a_value_outside_its_range_is_found(findings_of_form: Judge, fields: dict[str, Any], cell_of: str) -> None:
    assert told(findings_of_form("funding_sources", [funding(**fields)])) == [("value_out_of_range", cell_of)]


@pytest.mark.parametrize("fields", [{"disbursed_vnd": Decimal(0)}, {"plan_year": 2015}, {"adjusted_vnd": Decimal(-5)}])
def test_a_value_on_the_edge_of_its_range_passes(findings_of_form: Judge, fields: dict[str, Any]) -> None:
    assert findings_of_form("funding_sources", [funding(**fields)]) == []


def test_every_row_of_a_repeated_key_is_found(findings_of_form: Judge) -> None:
    rows = [funding(), funding(plan_year=2022), funding(), funding(nature_code="SN"), funding(submission_id="s2")]
    assert told(findings_of_form("funding_sources", rows)) == [("row_repeated", "A10"), ("row_repeated", "A12")]


def test_rows_whose_key_is_not_whole_are_not_called_repeated(findings_of_form: Judge, cell: Any) -> None:
    unknown = cell(None, "?", "not_in_list")
    rows = [funding(source_code=unknown), funding(source_code=unknown), funding(nature_code=unknown), funding()]
    assert {rule_id for rule_id, _ in told(findings_of_form("funding_sources", rows))} == {"value_not_in_list"}


def test_a_commune_that_stands_twice_is_found_on_both_of_its_rows(findings_of_form: Judge) -> None:
    from expectations.verdict import one_per_place

    rows = [
        {"commune_code": "29467", "criterion_no": no, "mark": "D", "criteria_met": 2, "row_number": number}
        for number in (10, 11)
        for no in ("1", "2")
    ]
    found = findings_of_form("criteria_summary", rows)
    assert len(found) == 4
    assert told(one_per_place(found)) == [("row_repeated", "A10"), ("row_repeated", "A11")]


def test_a_commune_that_heads_two_groups_is_found_on_its_heading(findings_of_form: Judge) -> None:
    row = {"indicator_no": "1.1", "part_code": "total", "commune_code": "29467", "verdict": "D", "row_number": 10}
    assert {cell for _, cell in told(findings_of_form("criteria_results", [row, row]))} == {"F10"}


def test_a_column_that_the_sheet_lacks_is_named_as_missing_for_each_row(gx_context: Any, make_batch: Any) -> None:
    import pyarrow as pa

    from expectations.batch import judge_form

    rows = make_batch({"funding_sources": [funding(), funding(plan_year=2022)]}).tables["funding_sources"]
    for name in ("source_code", "source_code__text", "source_code__cell"):
        rows = rows.set_column(rows.column_names.index(name), name, pa.nulls(len(rows), pa.string()))
    found = [finding for _, finding in judge_form(gx_context, load_specs()["funding_sources"], rows, "2023M06").found]
    assert {(finding.rule_id, finding.expected) for finding in found} == {("column_missing", "Nguồn vốn")}
    assert [finding.row_id for finding in found] == ["05. Nguồn lực!10", "05. Nguồn lực!11"]


def test_a_column_that_is_blank_throughout_is_judged(findings_of_form: Judge) -> None:
    rows = [{"activity_no": str(no), "activity_date": date(2023, 5, no)} for no in (1, 2)]
    found = findings_of_form("helper_activities", rows)
    assert {(finding.rule_id, finding.column_name) for finding in found} == {
        ("value_required", name) for name in ("agency_code", "commune_code", "kind_code")
    }


def test_a_crashed_expectation_is_our_failure_and_no_finding(gx_context: Any) -> None:
    import great_expectations as gx
    import great_expectations.expectations as gxe
    import pandas as pd

    from expectations.validation import ExpectationCrashed, validate

    broken = gxe.ExpectColumnValuesToNotBeNull(column="no_such", meta={"rule_id": "value_required", "column": "x"})
    suite = gx.ExpectationSuite(name="broken", expectations=[broken])
    frame = pd.DataFrame({"submission_id": ["s1"], "sheet": ["a"], "row_id": ["a!1"], "no": [0]})
    with pytest.raises(ExpectationCrashed, match="value_required"):
        validate(gx_context, "broken", frame, suite, row_no="no")


@pytest.mark.parametrize("form", list(load_specs()))
def test_every_expectation_names_its_rule_and_column(form: str) -> None:
    from expectations.catalogue import load_catalogue
    from expectations.suites import PROBLEM, build_suite

    spec = load_specs()[form]
    columns = {column.name for column in spec.columns}
    for expectation in build_suite(spec).expectations:
        assert expectation.meta is not None
        assert expectation.meta["rule_id"] in {*load_catalogue(), PROBLEM}
        assert expectation.meta["column"] in columns
