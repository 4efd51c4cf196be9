"""Rules that form specs declare: what a spec says of a column is judged on the cell, in every form that says it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from expectations import declared
from ingest import reference, spec, spec_file
from ingest.spec import InvalidSpec, load_specs

Judge = Callable[..., list[Any]]
MILLION = Decimal(1_000_000)
TRIAL = """
form: trial
order: 99
version: "1"
title_vi: Biểu thử
title_en: Trial
grain: one row per number
layout: table
rows: free
nil_allowed: true
register: lasting
leaves_after: closed_on
due_in: [quarter, 6_months, 9_months, year]
sent_by: [district]
key: [row_no, note]
sheets: [{name: "99. Thử", anchor: "Biểu 99/NTM"}]
columns:
  - {name: row_no, header: Số, type: text, required: true}
  - {name: note, header: Ghi thêm, type: text}
  - {name: closed_on, header: Ngày đóng, type: date}
  - {name: asked, header: Số người được hỏi, type: integer, minimum: 0}
  - {name: pleased, header: Số người hài lòng, type: integer, at_most: asked}
  - {name: men, header: Nam, type: integer, minimum: 0}
  - {name: women, header: Nữ, type: integer, minimum: 0}
  - {name: people, header: Tổng số người, type: integer, sum_of: [men, women]}
  - {name: central_vnd, header: Trung ương, type: money, minimum: 0}
  - {name: local_vnd, header: Địa phương, type: money, minimum: 0}
  - {name: total_vnd, header: Tổng vốn, type: money, sum_of: [central_vnd, local_vnd]}
  - {name: paid_vnd, header: Đã chi, type: money, at_most: total_vnd}
  - {name: is_shown, header: Có nêu tên, type: boolean}
  - {name: person, header: Tên, type: text, needed_when: {is_shown: [true]}}
  - {name: visits, header: Số lần đi, type: integer, cumulative: true}
"""


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more form, which declares every constraint of numbers."""
    from expectations import catalogue, neighbours, verdict

    folder = tmp_path / "forms"
    shutil.copytree(spec.FORMS_DIR, folder)
    (folder / "trial.yml").write_text(TRIAL, encoding="utf-8")
    caches = (load_specs, catalogue.load_catalogue, neighbours.schema_before, verdict._form_ranks)
    monkeypatch.setattr(spec, "FORMS_DIR", folder)

    def forget() -> None:
        for cache in (*caches, verdict._column_ranks):
            cache.cache_clear()

    forget()
    yield
    monkeypatch.undo()
    forget()


def told(findings: list[Any]) -> list[tuple[str, str]]:
    return [(finding.cell, finding.severity.value) for finding in findings]


def cells(findings: list[Any]) -> list[str]:
    return [finding.cell for finding in findings]


def money(content: str = "ND02", **millions: Any) -> dict[str, Any]:
    row = {"place_code": "849", "programme_code": "NTM", "content_code": content, "source_code": "NSTW"}
    given = {name: None if value is None else Decimal(value) * MILLION for name, value in millions.items()}
    return {**row, "nature_code": "DTPT", "plan_year": 2023, **given}


def recognition(subject: Any, title: str = "NTM", act: str = "first", **more: Any) -> dict[str, Any]:
    row = {"subject_code": subject, "title_code": title, "act_code": act, "stage_code": "2021-2025"}
    return {**row, "decision_no": "12/QĐ-UBND", "decision_date": date(2022, 4, 7), **more}


def activity(number: str, **more: Any) -> dict[str, Any]:
    row = {"activity_no": number, "agency_code": "SO_XD", "commune_code": "29467", "kind_code": "visit"}
    return {**row, "activity_date": date(2023, 2, 3), **more}


def assignment(agency: str, ends: date | None = None, **more: Any) -> dict[str, Any]:
    row = {"agency_code": agency, "commune_code": "29467", "role_code": "main", "valid_from": date(2022, 1, 20)}
    return {**row, "valid_to": ends, **more}


def test_cumulative_figure_falls(findings_of_query: Judge) -> None:
    now = [
        money(performed_vnd=50, disbursed_vnd=40),
        money("ND03", performed_vnd=50, disbursed_vnd=None),
        money("ND04", performed_vnd=1),  # was not reported before
        money("ND05", planned_vnd=10, outstanding_vnd=10),  # neither is counted from the start of the year
        money("ND07", performed_vnd=50, disbursed_vnd=39, returned_vnd=1),
    ]
    before = [
        money(performed_vnd=50, disbursed_vnd=40),
        money("ND03", performed_vnd=50, disbursed_vnd=30),
        money("ND05", planned_vnd=20, outstanding_vnd=20),
        money("ND07", performed_vnd=50, disbursed_vnd=40, returned_vnd=2),
    ]
    found = findings_of_query("cumulative_figure_falls", {"funding_sources": now}, before={"funding_sources": before})
    assert cells(found) == ["M14", "N14"]
    assert found[0].expected == "≥ 40 triệu đồng (Quý I năm 2023)"


def test_cumulative_figure_falls_begins_anew_every_year(findings_of_query: Judge) -> None:
    rows = {"funding_sources": [money(performed_vnd=5)]}
    before = {"funding_sources": [money(performed_vnd=50)]}
    found = findings_of_query("cumulative_figure_falls", rows, before=before, before_period_id="2022Y")
    assert found == []


@pytest.mark.usefixtures("trial")
def test_a_count_that_falls_is_told_without_a_unit_of_money(findings_of_query: Judge) -> None:
    now, before = {"trial": [{"row_no": "1", "visits": 3}]}, {"trial": [{"row_no": "1", "visits": 4}]}
    (found,) = findings_of_query("cumulative_figure_falls", now, before=before)
    assert (found.cell, found.expected) == ("O10", "≥ 4 (Quý I năm 2023)")


def test_date_after_closing_day(findings_of_query: Judge) -> None:
    days = (date(2023, 6, 14), None, date(2023, 6, 15))
    forms = {
        "recognitions": [recognition("29467", decision_date=day) for day in days],
        "unit_criteria": [{"indicator_no": "1.1", "data_date": day} for day in days],
    }
    found = findings_of_query("date_after_closing_day", forms)
    assert [(one.form, one.cell, one.expected) for one in found] == [
        ("unit_criteria", "I12", "≤ 14/06/2023"),
        ("recognitions", "G12", "≤ 14/06/2023"),
    ]


def test_dates_out_of_order(findings_of_query: Judge) -> None:
    day = date(2023, 5, 10)
    rows = [activity("1", activity_date=day, notified_on=told) for told in (date(2023, 5, 1), day, None)]
    late = activity("1", activity_date=day, notified_on=date(2023, 5, 11))
    (found,) = findings_of_query("dates_out_of_order", {"helper_activities": [*rows, late]})
    assert (found.cell, found.expected) == ("E13", "≥ 11/05/2023 (cột “Ngày báo trước cho xã”)")
    assert "Ngày thực hiện" in found.message_vi


@pytest.mark.usefixtures("trial")
def test_a_part_above_its_whole_quarantines_its_row(findings_of_query: Judge) -> None:
    rows = [{"asked": whole, "pleased": part} for whole, part in ((40, 40), (None, 40), (40, None), (40, 41))]
    (found,) = findings_of_query("figure_above_its_limit", {"trial": rows})
    assert (found.cell, found.severity.value) == ("E13", "error")
    assert found.expected == "≤ 40 (cột “Số người được hỏi”)"


@pytest.mark.usefixtures("trial")
def test_what_reading_or_rounding_may_explain_only_warns(findings_of_query: Judge, cell: Any) -> None:
    typed = cell(Decimal(1500) * MILLION, "1.500 triệu")
    sure, unsure = Decimal(100) * MILLION, cell(Decimal(100) * MILLION, "100")
    rows = [
        {"total_vnd": unsure, "paid_vnd": typed},
        {"total_vnd": unsure, "paid_vnd": cell(sure + MILLION / 2, "100,5")},
        {"total_vnd": unsure, "paid_vnd": cell(sure * 2, "200")},
        {"total_vnd": unsure, "paid_vnd": cell(sure + 400, "100,0004")},
    ]
    assert told(findings_of_query("figure_above_its_limit", {"trial": rows})) == [
        ("L10", "warning"),
        ("L11", "warning"),
        ("L12", "error"),
    ]


@pytest.mark.usefixtures("trial")
def test_a_sum_is_that_of_its_parts(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        {"people": 10, "men": 4, "women": 6},
        {"people": 10, "men": 4},  # a part left blank may hold the rest
        {"people": 10},
        {"people": 10, "men": 4, "women": cell(None, "sáu", "unreadable")},
        {"people": 10, "men": 4, "women": 5},
        {"people": 10, "men": 14},
    ]
    found = findings_of_query("sum_differs_from_parts", {"trial": rows})
    assert told(found) == [("H14", "error"), ("H15", "warning")]
    assert [one.expected for one in found] == ["9 (= Nam, Nữ)", "≥ 14 (= Nam, Nữ)"]


@pytest.mark.usefixtures("trial")
def test_a_sum_of_money_rounded_to_millions_only_warns(findings_of_query: Judge, cell: Any) -> None:
    def row(total: int, *parts: int) -> dict[str, Any]:
        amounts = [cell(Decimal(one) * MILLION, str(one)) for one in (total, *parts)]
        return dict(zip(("total_vnd", "central_vnd", "local_vnd"), amounts, strict=True))

    rows = [row(10, 4, 6), row(10, 3, 6), row(10, 3, 5)]
    found = findings_of_query("sum_differs_from_parts", {"trial": rows})
    assert told(found) == [("K11", "warning"), ("K12", "error")]
    assert found[1].expected == "8 triệu đồng (= Trung ương, Địa phương)"


def test_value_needed_beside(findings_of_query: Judge, cell: Any) -> None:
    ends = date(2023, 1, 10)
    pairs = [(None, None), (ends, "other"), (cell(None, "?", "unreadable"), "other"), (ends, None), (None, "other")]
    rows = [{"valid_to": day, "end_reason": reason} for day, reason in pairs]
    found = findings_of_query("value_needed_beside", {"helper_assignments": rows})
    assert cells(found) == ["K13", "J14"]
    assert found[0].expected == "phải ghi khi đã ghi cột “Đến ngày”"


def test_value_needed_when(findings_of_query: Judge, cell: Any) -> None:
    rows = [
        recognition("29467", "NTM_KM", model_field="VH"),
        recognition("29467", "NTM"),
        recognition("29467", "NTM_KM", model_field=cell(None, "?", "not_in_list")),
        recognition("29467", "NTM_KM", act="withdrawal"),
        recognition("29467", "NTM_KM"),
    ]
    (found,) = findings_of_query("value_needed_when", {"recognitions": rows})
    assert found.cell == "H14"
    assert "cột “Danh hiệu” là “" in found.expected


@pytest.mark.usefixtures("trial")
def test_a_yes_may_ask_for_more(findings_of_query: Judge) -> None:
    rows = [{"is_shown": True, "person": "Bà Sáu"}, {"is_shown": False}, {}, {"is_shown": True}]
    (found,) = findings_of_query("value_needed_when", {"trial": rows})
    assert (found.cell, found.expected) == ("N13", "phải ghi khi cột “Có nêu tên” là “Có”")


def test_a_sheet_without_the_column_is_not_asked_to_fill_it(make_batch: Any, gx_context: Any) -> None:
    import pyarrow as pa

    from expectations.batch import judge_queries
    from expectations.evidence import open_views

    batch = make_batch({"recognitions": [recognition("29467", "NTM_KM")]})
    table = batch.tables["recognitions"]
    at = table.column_names.index("model_field__cell")
    table = table.set_column(at, table.schema.field(at), pa.nulls(len(table), pa.string()))
    batch.tables["recognitions"] = table
    with open_views(batch) as views:
        assert judge_queries(gx_context, ["value_needed_when"], views).found == []


def test_row_missing_from_register_of_titles(findings_of_query: Judge, cell: Any) -> None:
    before = {"recognitions": [recognition("29467"), recognition("29470"), recognition("29470", "NTM_NC")]}
    corrected = recognition("29470", "NTM_NC", decision_date=date(2022, 5, 9))
    rows = {"recognitions": [recognition("29467"), recognition("29470"), corrected]}
    assert findings_of_query("row_missing_from_register", rows, before=before) == []
    found = findings_of_query("row_missing_from_register", {"recognitions": [corrected]}, before=before)
    assert [(one.cell, one.row_id) for one in found] == [("A10", None)] * 2
    unread = recognition(cell(None, "Xã ?", "not_in_list"))
    assert findings_of_query("row_missing_from_register", {"recognitions": [unread, corrected]}, before=before) == []


def test_row_missing_from_register_lets_a_unit_that_ended_go(findings_of_query: Judge) -> None:
    about = {"period_id": "2025M09", "before_period_id": "2025M06", "before": {"recognitions": [recognition("849")]}}
    assert findings_of_query("row_missing_from_register", {"recognitions": [recognition("29467")]}, **about) == []


def test_row_missing_from_register_lets_what_ended_before_the_year_go(findings_of_query: Judge) -> None:
    before = {
        "helper_assignments": [
            assignment("SO_XD"),
            assignment("SO_YT", date(2022, 12, 15)),  # had ended before the report year began
            assignment("SO_CT", date(2022, 12, 16)),
            assignment("SO_TP", role_code=None),
        ]
    }
    rows = {"helper_assignments": [assignment("SO_XD", date(2023, 3, 1))]}
    found = findings_of_query("row_missing_from_register", rows, before=before)
    assert cells(found) == ["A10"]
    assert "SO_CT" in found[0].expected


def test_a_register_of_the_year_begins_anew(findings_of_query: Judge) -> None:
    before = {"helper_activities": [activity("849-2023-001"), activity("849-2023-002")]}
    rows = {"helper_activities": [activity("849-2023-002", agency_code="SO_YT"), activity("849-2023-003")]}
    found = findings_of_query("row_missing_from_register", rows, before=before)
    assert cells(found) == ["A10"]
    assert found[0].expected.startswith("849-2023-001")
    assert findings_of_query("row_missing_from_register", rows, before=before, before_period_id="2022Y") == []


@pytest.fixture
def nil(make_batch: Any, gx_context: Any) -> Callable[..., list[str]]:
    """Cells of what is found in a report of June that declares a form nil, after these rows of an earlier one."""

    def found(form: str, before_period_id: str, **before: Any) -> list[str]:
        from dataclasses import replace

        from expectations.batch import judge_queries
        from expectations.evidence import open_views

        batch = make_batch({"cover": [{f"nil_{form}": True}]}, before=before, before_period_id=before_period_id)
        part = {**batch.parts[0], "form": form, "state": "nil"}
        with open_views(replace(batch, parts=(*batch.parts, part))) as views:
            return [
                str(one.column_name) for _, one in judge_queries(gx_context, ["nil_but_reported_before"], views).found
            ]

    return found


def test_nil_but_reported_before(nil: Callable[..., list[str]]) -> None:
    activities, gone = {"helper_activities": [activity("1")]}, [assignment("SO_XD", date(2022, 3, 1))]
    assert nil("helper_activities", "2023Q1", **activities) == ["nil_helper_activities"]
    assert nil("helper_activities", "2022Y", **activities) == []
    assert nil("helper_activities", "2023Q1", helper_assignments=[assignment("SO_XD")]) == []
    assert nil("helper_activities", "2023Q1") == []
    assert nil("helper_assignments", "2022Y", helper_assignments=[assignment("SO_XD")]) == ["nil_helper_assignments"]
    assert nil("helper_assignments", "2022Y", helper_assignments=gone) == []
    assert nil("funding_sources", "2023Q1", funding_sources=[money(planned_vnd=5)]) == []
    assert nil("funding_sources", "2023Q1", funding_sources=[money(disbursed_vnd=5)]) == ["nil_funding_sources"]


def test_every_code_that_a_spec_asks_about_is_in_its_list() -> None:
    for form in load_specs().values():
        for column in form.columns:
            for name, codes in column.needed_when:
                if (listed := form.column(name).code_list) is not None:
                    known = {entry["code"] for entry in reference.code_list(listed)}
                    assert (form.form, column.name, set(codes) - known) == (form.form, column.name, set())


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("rule_id", declared.RULES)
def test_the_evidence_of_every_form_runs(rule_id: str, findings_of_query: Judge) -> None:
    assert findings_of_query(rule_id, {"trial": [{"row_no": "1"}]}, before={"trial": [{"row_no": "1"}]}) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("type: integer, at_most: asked/type: money, at_most: asked", "money with money"),
        ("sum_of: [men, women]/sum_of: [men, note]", "numbers with numbers"),
        ("type: date}/type: text, by_closing_day: true}", "belong to dates"),
        ("header: Tên, type: text/header: Tên, type: text, cumulative: true", "belongs to numbers"),
        ("{is_shown: [true]}/{note: [x]}", "names codes"),
        ("leaves_after: closed_on/leaves_after: asked", "names a date column"),
    ],
)
def test_a_constraint_that_compares_the_incomparable_is_refused(tmp_path: Path, change: str, words: str) -> None:
    said, instead = change.split("/")
    wrong = TRIAL.replace(said, instead)
    assert wrong != TRIAL
    (tmp_path / "trial.yml").write_text(wrong, encoding="utf-8")
    with pytest.raises(InvalidSpec, match=words):
        spec_file.read_specs(tmp_path)
