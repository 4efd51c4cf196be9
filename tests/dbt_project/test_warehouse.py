"""What the warehouse says after resubmissions, nil returns, killed runs and the reform of 2025.

The ledger and the landed rows are written as ingest and expectations would, so that each state can be had in a moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from ingest import ledger
from ingest.settings import Settings, load_settings
from ingest.spec import landing_schema, load_specs
from orchestration import dbt

pytestmark = pytest.mark.slow

Row = dict[str, Any]


@dataclass
class Office:
    """A province's office on paper: what it received, and what was made of it."""

    settings: Settings

    def receives(
        self,
        name: str,
        unit: str,
        period: str,
        received_at: datetime,
        forms: Mapping[str, Sequence[Row] | None],
        *,
        status: str = "accepted",
        quarantined: Sequence[tuple[str, str]] = (),
        parse_id: str = "parser-1",
    ) -> None:
        """One submission, read and judged; a form without rows is declared nil."""
        run_id = f"run-{name}-{parse_id}"
        origin = {"submission_id": name, "parse_id": parse_id, "run_id": run_id}
        place = {"reporting_unit_id": unit, "reporting_period_id": period}
        folder = self.settings.ledger_dir
        identified = {"file_name": f"{name}.xlsx", "received_at": received_at, "outcome": "identified"}
        ledger.commit(folder, "submissions", [origin | place | identified])
        for form, rows in forms.items():
            self.lands(form, period, run_id, [origin | place | row for row in rows or ()])
        parts = [origin | {"form": form, "state": "nil" if rows is None else "present"} for form, rows in forms.items()]
        ledger.commit(folder, "reading_parts", parts)
        judged_at = datetime(2026, 1, 1 + int(parse_id[-1]), tzinfo=UTC)
        ledger.commit(folder, "readings", [origin | place | {"read_at": judged_at}])
        judgement = {"judgement_id": f"{name}/{parse_id}", "run_id": run_id}
        findings = [
            judgement
            | {"finding_no": number, "rule_id": "value_unreadable", "severity": "error"}
            | {"form": form, "row_id": row_id}
            for number, (form, row_id) in enumerate(quarantined)
        ]
        ledger.commit(folder, "findings", findings)
        ledger.commit(folder, "verdicts", [origin | judgement | {"status": status, "judged_at": judged_at}])

    def decides(self, kind: str, period: str, submissions: Sequence[str], decided_at: datetime) -> None:
        """One decision about every unit of a period."""
        decision = {"decision_id": f"{kind}-{period}", "kind": kind, "reporting_period_id": period}
        said = {"submission_ids": json.dumps(submissions), "decided_by": "office", "decided_at": decided_at}
        ledger.commit(self.settings.ledger_dir, "decisions", [decision | said])

    def lands(self, form: str, period: str, run_id: str, rows: Sequence[Row]) -> None:
        import pyarrow.parquet as pq

        schema = landing_schema(load_specs()[form])
        records = [{field.name: row.get(field.name) for field in schema} for row in rows]
        target = self.settings.landing_dir / form / period / f"{run_id}.parquet"
        ledger.write_atomically(pq, pa.Table.from_pylist(records, schema=schema), target)

    def builds(self) -> None:
        outcome = dbt.build(self.settings)
        assert outcome.error is None, outcome.error

    def asks(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.settings.warehouse_file), read_only=True) as con:
            return con.execute(sql).fetchall()


def line(number: int, content: str, disbursed: int, place: str = "29410") -> Row:
    return {
        "sheet": "05. Nguồn lực",
        "row_id": f"05!{number}",
        "row_kind": "data",
        "place_code": place,
        "programme_code": "NTM",
        "content_code": content,
        "source_code": "NSTW",
        "plan_year": 2025,
        "disbursed_vnd": Decimal(disbursed),
    }


def title(number: int, commune: str, title_code: str = "NTM") -> Row:
    return {
        "sheet": "04. Công nhận",
        "row_id": f"04!{number}",
        "row_kind": "data",
        "subject_code": commune,
        "title_code": title_code,
        "stage_code": "2021-2025",
        "act_code": "first",
        "year_recognised": 2023,
        "decision_date": date(2024, 1, 15),
    }


def marks(commune: str, unmet: int) -> list[Row]:
    return [
        {
            "criteria_set_code": "NTM_XA_2021",
            "sheet": "01a. TH NTM",
            "row_id": f"01a!{commune}:{criterion}",
            "row_kind": "data",
            "commune_code": commune,
            "criterion_no": str(criterion),
            "mark": "CD" if criterion <= unmet else "D",
        }
        for criterion in range(1, 20)
    ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """District 847 before the reform (one correction between two builds), one commune after it."""
    folder = tmp_path_factory.mktemp("office")
    office = Office(load_settings({"NTM_DATA_DIR": str(folder), "NTM_NOW": "2026-02-01T08:00:00+07:00"}))
    dbt.prepare_inputs(office.settings)
    office.receives(
        "first",
        "847",
        "2025Q1",
        datetime(2025, 3, 20, tzinfo=UTC),
        {
            "funding_sources": [line(1, "ND01", 100), line(2, "ND02", 40)],
            "recognitions": [title(1, "29410"), title(2, "29401")],
        },
    )
    neighbour = ("neighbour", "845", "2025Q1", datetime(2025, 3, 21, tzinfo=UTC))
    office.receives(*neighbour, {"funding_sources": [line(1, "ND01", 60, place="29311")]})
    office.builds()
    office.receives(*neighbour, {"funding_sources": [line(1, "ND01", 61, place="29311")]}, parse_id="parser-2")
    office.receives(
        "correction",
        "847",
        "2025Q1",
        datetime(2025, 4, 20, tzinfo=UTC),
        {"funding_sources": [line(1, "ND01", 90), line(2, "ND03", 5), line(3, "ND04", 7)]},
        status="accepted_with_quarantine",
        quarantined=[("funding_sources", "05!3")],
    )
    office.receives(
        "refused",
        "847",
        "2025Q1",
        datetime(2025, 5, 20, tzinfo=UTC),
        {"funding_sources": [line(1, "ND01", 999)]},
        status="rejected",
    )
    office.receives("nothing", "847", "2025M06", datetime(2025, 6, 20, tzinfo=UTC), {"funding_sources": None})
    left_behind = {"submission_id": "correction", "parse_id": "parser-1", "run_id": "killed"}
    office.lands("funding_sources", "2025Q1", "killed", [left_behind | line(1, "ND01", 90)])
    office.receives(
        "commune", "29410", "2025M09", datetime(2025, 9, 20, tzinfo=UTC), {"criteria_summary": marks("29410", unmet=2)}
    )
    office.decides("approved", "2025Q1", ["first", "neighbour"], datetime(2025, 4, 1, tzinfo=UTC))
    office.decides("closed", "2025Q1", [], datetime(2025, 6, 1, tzinfo=UTC))
    office.decides("approved", "2025M09", ["commune"], datetime(2025, 10, 1, tzinfo=UTC))
    office.builds()
    return office


def test_a_correction_replaces_the_whole_form_and_rows_that_vanished_go(office: Office) -> None:
    assert office.asks(
        "select content_code, disbursed_vnd from marts.fct_funding where reporting_unit_id = '847' order by 1"
    ) == [
        ("ND01", Decimal(90)),
        ("ND03", Decimal(5)),
    ]


def test_a_correction_of_one_form_leaves_the_others_in_force(office: Office) -> None:
    assert office.asks(
        "select submission_id, form, is_current from marts.fct_submission_part"
        " where reporting_unit_id = '847' and reporting_period_id = '2025Q1' order by 1, 2"
    ) == [
        ("correction", "funding_sources", True),
        ("first", "funding_sources", False),
        ("first", "recognitions", True),
    ]


def test_the_history_answers_what_was_known_before_the_correction(office: Office) -> None:
    known = """
        select history.content_code, history.disbursed_vnd
        from marts.fct_funding__history as history
        inner join marts.fct_submission_part as parts
            on history.judgement_id = parts.judgement_id and history.form = parts.form
        where parts.known_from <= timestamptz '2025-04-01 00:00:00+00'
            and (parts.known_to is null or parts.known_to > timestamptz '2025-04-01 00:00:00+00')
            and history.reporting_unit_id = '847'
        order by 1
    """
    assert office.asks(known) == [("ND01", Decimal(100)), ("ND02", Decimal(40))]


def test_the_status_is_of_the_latest_version_and_punctuality_of_the_first(office: Office) -> None:
    assert office.asks(
        "select status, punctuality, version_count, accepted_submission_id, accepted_form_count, expected_form_count"
        " from marts.fct_submission where reporting_unit_id = '847' and reporting_period_id = '2025Q1'"
    ) == [("rejected", "on_time", 3, "correction", 2, 10)]


def test_an_approval_counts_while_all_that_is_current_was_there_when_it_was_given(office: Office) -> None:
    approved = "select reporting_unit_id from marts.fct_submission where is_approved and reporting_period_id = '{}'"
    assert office.asks(approved.format("2025Q1")) == [("845",)]  # that of 847 was corrected afterwards
    assert len(office.asks(approved.format("2025M09"))) == 1  # who sent nothing has nothing to approve


def test_a_period_is_closed_by_decision_and_final_only_once_every_unit_is_approved(office: Office) -> None:
    assert office.asks(
        "select reporting_period_id, approved_count, is_final, is_closed, closed_by from marts.fct_period_status"
        " where reporting_period_id in ('2025Q1', '2025M09') order by 1"
    ) == [("2025M09", 1, False, False, None), ("2025Q1", 1, False, True, "office")]


def test_after_the_reform_the_units_the_province_became_report_for_themselves(office: Office) -> None:
    assert office.asks(
        "select count(*), count(*) filter (punctuality = 'missing') from marts.fct_submission"
        " where reporting_period_id = '2025M09'"
    ) == [(41, 40)]
    assert office.asks(
        "select count(*) from marts.fct_unit_standing"
        " where reporting_period_id = '2025M09' and criteria_set_code = 'NTM_XA_2021'"
    ) == [(35,)]


def test_a_title_outlives_a_new_code_and_not_a_merger(office: Office) -> None:
    assert office.asks(
        "select unit_id, standing, title_code, criteria_met_declared, criteria_missing from marts.fct_unit_standing"
        " where reporting_period_id = '2025M09' and unit_id in ('29410.2', '29407.2', '29413.2') order by 1"
    ) == [
        ("29407.2", "to_be_reassessed", None, None, None),
        ("29410.2", "recognised", "NTM", 17, "1, 2"),
        ("29413.2", "no_report", None, None, None),
    ]


def test_a_mended_parser_speaks_for_the_submission_and_what_the_old_one_read_leaves_the_history(office: Office) -> None:
    of_neighbour = "where reporting_unit_id = '845'"
    assert office.asks(f"select content_code, disbursed_vnd from marts.fct_funding {of_neighbour}") == [
        ("ND01", Decimal(61))
    ]
    assert office.asks(
        f"select judgement_id, disbursed_vnd from marts.fct_funding__history {of_neighbour} order by 1"
    ) == [("neighbour/parser-2", Decimal(61))]


def test_a_build_over_what_is_held_equals_one_from_nothing(office: Office) -> None:
    tables = ("fct_funding__history", "fct_recognition__history", "fct_criterion_status__history", "fct_funding")

    def content() -> dict[str, list[tuple[Any, ...]]]:
        return {table: sorted(office.asks(f"select * from marts.{table}"), key=str) for table in tables}

    grown = content()
    Path(office.settings.warehouse_file).unlink()
    office.builds()
    assert content() == grown
