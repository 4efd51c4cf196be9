"""Discrete amounts by the SQL that dbt compiles, over generated reports: any order of arrival, restatement or gap.

A small province: two districts of three communes that become one commune, which reports for itself from then on.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest.settings import Settings, load_settings
from orchestration import dbt

pytestmark = pytest.mark.slow

Row = dict[str, Any]

CHAIN = (
    "int_unit_on_closing_day",
    "int_unit_line",
    "int_submission_version",
    "int_form_part_validity",
    "fct_funding",
    "int_cumulative_amount",
    "fct_discrete_amount",
)
FACTS = ("apparatus", "contribution", "helper_period", "helper_summary", "matching_funds", "project", "thematic_result")

# the closing days of decree 09/2019, and another decree's: months of the calendar, and one period fewer
DECREE = (("2025Q1", date(2025, 3, 14)), ("2025M06", date(2025, 6, 14)), ("2025M09", date(2025, 9, 14)))
DECREE_YEAR = (date(2024, 12, 15), (*DECREE, ("2025Y", date(2025, 12, 14))))
OTHER_YEAR = (date(2025, 1, 1), (("2025M04", date(2025, 4, 30)), ("2025M08", date(2025, 8, 31))))
CALENDARS = (DECREE_YEAR, OTHER_YEAR)

REFORM = date(2025, 7, 1)
BEGAN = date(2016, 1, 1)
COMMUNES = {"A": "D1", "B": "D1", "C": "D2"}  # commune: its district
LINES = ("ND01", "ND02")

STAGING = {
    "stg_reference__reporting_periods": "reporting_period_id text, period_type text, year int, stage text, "
    "data_from date, data_to date",
    "stg_reference__administrative_units": "unit_id text, unit_code text, level text, unit_type text, "
    "province_code text, parent_unit_id text, valid_from date, valid_to date",
    "stg_reference__reporting_units": "reporting_unit_id text, unit_id text, valid_from date, valid_to date",
    "stg_reference__unit_succession": "predecessor_unit_id text, successor_unit_id text, kind text, "
    "share decimal(9, 4), effective_date date",
    "stg_reference__expected_submissions": "reporting_period_id text, reporting_unit_id text, form text",
    "stg_submissions__quarantined_rows": "judgement_id text, form text, row_id text",
    "stg_submissions__accepted_readings": "submission_id text, parse_id text, run_id text",
    "stg_ledger__reading_parts": "submission_id text, parse_id text, run_id text, form text, state text",
    "stg_submissions__judged": "submission_id text, outcome text, reporting_unit_id text, reporting_period_id text, "
    "file_name text, received_at timestamptz, known_from timestamptz, judgement_id text, parse_id text, status text, "
    "is_accepted boolean, "
    "rows_sent int, rows_loaded int, rows_quarantined int, blocking_count int, error_count int, warning_count int, "
    "info_count int",
}


@dataclass(repr=False)
class Compiled:
    """The SQL of the chain as dbt compiles it, run in a warehouse of its own in memory."""

    sql: dict[str, str]
    schemas: dict[str, str]
    facts: dict[str, str]  # columns of the other facts, which stay empty
    con: duckdb.DuckDBPyConnection = field(init=False)

    def __post_init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("attach ':memory:' as warehouse")
        for schema in ("staging", "intermediate", "marts"):
            self.con.execute(f"create schema warehouse.{schema}")
        for name, columns in self.facts.items():
            self.con.execute(f"create table warehouse.marts.{name} ({columns})")
        for name, columns in STAGING.items():
            self.con.execute(f"create table warehouse.staging.{name} ({columns})")

    def fill(self, table: str, rows: Iterable[Row]) -> None:
        self.con.execute(f"truncate {table}")
        for row in rows:
            marks = ", ".join("?" for _ in row)
            self.con.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))

    def amounts(self) -> list[Row]:
        for model in CHAIN:
            name = f"warehouse.{self.schemas[model]}.{model}"
            self.con.execute(f"create or replace table {name} as {self.sql[model]}")
        query = "from warehouse.marts.fct_discrete_amount where measure = 'disbursed_vnd' order by all"
        found = self.con.execute(query)
        names = [column for column, *_ in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def compile_models(settings: Settings) -> None:
    settings.warehouse_file.parent.mkdir(parents=True, exist_ok=True)
    project = str(dbt.DBT_PROJECT_DIR)
    command = [sys.executable, "-m", "dbt.cli.main", "--no-version-check", "compile", "--quiet", "--select", *CHAIN]
    command += ["--project-dir", project, "--profiles-dir", project, "--target", settings.dbt_target]
    command += ["--target-path", str(dbt.target_dir(settings)), "--log-path", str(settings.warehouse_dir / "logs")]
    environ = {**os.environ, **dbt.environment(settings)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = tmp_path_factory.mktemp("compiled")
    settings = load_settings({"NTM_DATA_DIR": str(folder), "NTM_NOW": "2026-02-01T08:00:00+07:00"})
    dbt.prepare_inputs(settings)
    compile_models(settings)
    nodes = json.loads((dbt.target_dir(settings) / "manifest.json").read_text(encoding="utf-8"))["nodes"]

    def columns(model: str) -> str:
        declared = nodes[f"model.ntm.{model}"]["columns"].values()
        return ", ".join(f"{column['name']} {column['data_type']}" for column in declared)

    where = {model: Path(nodes[f"model.ntm.{model}"]["original_file_path"]) for model in CHAIN}
    root = dbt.target_dir(settings) / "compiled" / "ntm"
    return Compiled(
        sql={model: (root / path).read_text(encoding="utf-8") for model, path in where.items()},
        schemas={model: nodes[f"model.ntm.{model}"]["schema"] for model in CHAIN},
        facts={name: columns(name) for name in ("fct_funding__history", *(f"fct_{fact}" for fact in FACTS))},
    )


@dataclass(frozen=True)
class Report:
    """One accepted version of one unit's report; a line is an amount, 'blank', 'quarantined', or not there."""

    unit: str
    period: str
    lines: tuple[tuple[str, str, int | str], ...]  # place, content, what stands there


def calendar_rows(calendar: Any) -> list[Row]:
    begins, periods = calendar
    return [
        {
            "reporting_period_id": name,
            "period_type": "part",
            "year": 2025,
            "stage": "2021-2025",
            "data_from": begins,
            "data_to": closes,
        }
        for name, closes in periods
    ]


def places_of(unit: str) -> tuple[str, ...]:
    return ("N",) if unit == "N" else tuple(place for place, district in COMMUNES.items() if district == unit)


def units_on(day: date) -> tuple[str, ...]:
    return ("D1", "D2") if day < REFORM else ("N",)


@st.composite
def years(draw: st.DrawFn) -> tuple[Any, list[Report], list[Report]]:
    """A calendar, reports in one order of arrival, and the same in another: versions of one report keep their order."""
    calendar = draw(st.sampled_from(CALENDARS))
    said = st.one_of(st.integers(0, 9), st.sampled_from(["blank", "quarantined", "absent"]))
    reports: list[Report] = []
    for name, closes in calendar[1]:
        for unit in units_on(closes):
            for _ in range(draw(st.integers(0, 2))):
                drawn = [(place, line, draw(said)) for place in places_of(unit) for line in LINES]
                reports.append(Report(unit, name, tuple(entry for entry in drawn if entry[2] != "absent")))
    order = draw(st.permutations(range(len(reports))))
    queues: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        queues.setdefault((report.unit, report.period), []).append(report)
    shuffled = [queues[reports[number].unit, reports[number].period].pop(0) for number in order]
    return calendar, reports, shuffled


def lay(compiled: Compiled, calendar: Any, arrivals: Sequence[Report]) -> None:
    """The reference data, and the ledger and history as these reports leave them, in order of arrival."""
    compiled.fill("warehouse.staging.stg_reference__reporting_periods", calendar_rows(calendar))
    district = {"level": "district", "unit_type": "huyen", "province_code": "84", "valid_to": REFORM}
    commune = {"level": "commune", "unit_type": "xa", "province_code": "84", "valid_to": REFORM}
    new = {"level": "commune", "unit_type": "xa", "province_code": "86", "valid_from": REFORM}
    units = [
        {"unit_id": "P84", "unit_code": "84", "level": "province", "province_code": "84", "valid_from": BEGAN},
        {"unit_id": "P86", "unit_code": "86", "level": "province", "province_code": "86", "valid_from": BEGAN},
        *({"unit_id": name, "unit_code": name, "valid_from": BEGAN} | district for name in ("D1", "D2")),
        *(
            {"unit_id": name, "unit_code": name, "parent_unit_id": parent, "valid_from": BEGAN} | commune
            for name, parent in COMMUNES.items()
        ),
        {"unit_id": "N", "unit_code": "N"} | new,
    ]
    compiled.fill("warehouse.staging.stg_reference__administrative_units", units)
    senders = [
        {"reporting_unit_id": name, "unit_id": name, "valid_from": begins, "valid_to": ends}
        for name, begins, ends in (("D1", BEGAN, REFORM), ("D2", BEGAN, REFORM), ("N", REFORM, None))
    ]
    compiled.fill("warehouse.staging.stg_reference__reporting_units", senders)
    merged = {"kind": "merge", "share": Decimal(1), "effective_date": REFORM}
    pairs = [("P84", "P86"), *((name, "N") for name in COMMUNES)]
    successions = [{"predecessor_unit_id": before, "successor_unit_id": after} | merged for before, after in pairs]
    compiled.fill("warehouse.staging.stg_reference__unit_succession", successions)

    judged, readings, parts, quarantined, history = [], [], [], [], []
    for number, report in enumerate(arrivals):
        said_before = arrivals[:number].count(report)
        name = hashlib.sha256(repr((report, said_before)).encode()).hexdigest()[:8]
        received_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        about = {"reporting_unit_id": report.unit, "reporting_period_id": report.period}
        judged.append({"submission_id": name, "outcome": "identified", "received_at": received_at} | about)
        judged[-1] |= {"judgement_id": f"j-{name}", "is_accepted": True, "known_from": received_at}
        reading = {"submission_id": name, "parse_id": "p", "run_id": "r"}
        readings.append(reading)
        parts.append(reading | {"form": "funding_sources", "state": "present" if report.lines else "nil"})
        for place, line, said in report.lines:
            row = {"judgement_id": f"j-{name}", "form": "funding_sources", "row_id": f"05!{place}{line}"}
            if said == "quarantined":
                quarantined.append(row)
                continue
            key = {"unit_id": place, "programme_code": "NTM", "content_code": line, "source_code": "NSTW"}
            amount = {"plan_year": 2025, "disbursed_vnd": None if said == "blank" else said}
            told = {"submission_id": name, "sheet": "05", "known_at": received_at}
            history.append(row | about | key | amount | told)
    compiled.fill("warehouse.staging.stg_submissions__judged", judged)
    compiled.fill("warehouse.staging.stg_submissions__accepted_readings", readings)
    compiled.fill("warehouse.staging.stg_ledger__reading_parts", parts)
    compiled.fill("warehouse.staging.stg_submissions__quarantined_rows", quarantined)
    compiled.fill("warehouse.marts.fct_funding__history", history)


def last_known(calendar: Any, arrivals: Sequence[Report], place: str, line: str) -> int | None:
    """The cumulative of a place's line as its own reports leave it at the end of the year; None: never known."""
    latest = {(report.unit, report.period): report for report in arrivals}
    known: int | None = None
    for name, closes in calendar[1]:
        unit = "N" if place == "N" else COMMUNES[place]
        report = latest.get((unit, name)) if unit in units_on(closes) else None
        if report is None:
            continue
        said = next((entry[2] for entry in report.lines if entry[:2] == (place, line)), "absent")
        if isinstance(said, int):
            known = said
        elif said == "absent" and known is not None and all(entry[2] != "quarantined" for entry in report.lines):
            known = 0
    return known


def told_without_moment(rows: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "known_at"} for row in rows]


relaxed = hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@relaxed
@given(year=years())
def test_the_amounts_of_a_year_add_up_to_the_latest_cumulative(compiled: Compiled, year: Any) -> None:
    """Of the new commune, what its own reports say, else what its predecessors' last ones said."""
    calendar, arrivals, _ = year
    lay(compiled, calendar, arrivals)
    rows = compiled.amounts()
    for line in LINES:
        added = sum(row["discrete_value"] for row in rows if row["row_key"].split("|")[1] == line)
        own = last_known(calendar, arrivals, "N", line)
        before = sum(last_known(calendar, arrivals, place, line) or 0 for place in COMMUNES)
        assert added == (before if own is None else own)


@relaxed
@given(year=years())
def test_amounts_do_not_depend_on_the_order_of_arrival(compiled: Compiled, year: Any) -> None:
    calendar, arrivals, shuffled = year
    lay(compiled, calendar, arrivals)
    first = compiled.amounts()
    lay(compiled, calendar, shuffled)
    assert told_without_moment(compiled.amounts()) == told_without_moment(first)


@relaxed
@given(year=years())
def test_amounts_of_a_line_follow_each_other_without_hole_or_overlap(compiled: Compiled, year: Any) -> None:
    """Each runs from the day after the amount before it, or from the start of the year; a fall is a restatement."""
    calendar, arrivals, _ = year
    lay(compiled, calendar, arrivals)
    closing = dict(calendar[1])
    lines: dict[tuple[str, str], list[Row]] = {}
    for row in compiled.amounts():
        assert (row["state"] == "restated") == (row["discrete_value"] < 0)
        assert (row["gap_reason"] is not None) == (row["period_count"] > 1)
        assert row["runs_to"] == closing[row["reporting_period_id"]]
        lines.setdefault((row["unit_id"], row["row_key"]), []).append(row)
    for (place, _), rows in lines.items():
        rows.sort(key=lambda row: row["runs_to"])
        assert place == "N" or rows[0]["value_before"] == 0
        for before, row in pairwise(rows):
            assert row["value_before"] == before["cumulative_value"]
            is_next = row["runs_from"] == before["runs_to"] + timedelta(days=1)
            assert is_next or (before["cumulative_value"] == 0 and row["runs_from"] > before["runs_to"])


@pytest.fixture
def one_line(compiled: Compiled) -> Any:
    def tell(*reports: Report) -> list[tuple[Any, ...]]:
        lay(compiled, DECREE_YEAR, reports)
        shown = ("unit_id", "reporting_period_id", "discrete_value", "state", "period_count", "gap_reason")
        return sorted(
            (tuple(row[name] for name in shown) for row in compiled.amounts()),
            key=lambda row: (dict(DECREE_YEAR[1])[row[1]], row[0]),
        )

    return tell


def report(unit: str, period: str, **amounts: int | str) -> Report:
    return Report(unit, period, tuple((place, "ND01", said) for place, said in amounts.items()))


def test_an_amount_after_a_gap_covers_the_gap_and_says_so(one_line: Any) -> None:
    assert one_line(report("D2", "2025M06", C=7)) == [("C", "2025M06", 7, "after_gap", 2, "not_owed")]


def test_a_row_kept_out_of_the_report_before_leaves_a_gap(one_line: Any) -> None:
    told = one_line(report("D1", "2025Q1", A=3, B="quarantined"), report("D1", "2025M06", A=5, B=9))
    assert told[1:] == [("A", "2025M06", 2, "consecutive", 1, None), ("B", "2025M06", 9, "after_gap", 2, "quarantined")]


def test_a_fall_is_a_restatement_and_a_line_that_vanished_has_fallen_to_nothing(one_line: Any) -> None:
    told = one_line(report("D1", "2025Q1", A=3, B=4), report("D1", "2025M06", A=1))
    assert told[2:] == [("A", "2025M06", -2, "restated", 1, None), ("B", "2025M06", -4, "restated", 1, None)]


def test_a_new_commune_goes_on_from_what_its_predecessors_had_reported(one_line: Any) -> None:
    told = one_line(report("D1", "2025M06", A=3, B=4), report("D2", "2025M06", C=5), report("N", "2025M09", N=20))
    assert told[-1] == ("N", "2025M09", 8, "consecutive", 1, None)


def test_a_new_commune_goes_on_from_the_last_report_that_each_predecessor_sent(one_line: Any) -> None:
    told = one_line(report("D1", "2025M06", A=3, B=4), report("D2", "2025Q1", C=5), report("N", "2025M09", N=20))
    assert told[-1] == ("N", "2025M09", 8, "after_gap", 2, "not_owed")


def test_a_row_kept_out_of_the_report_or_left_blank_has_not_fallen(one_line: Any) -> None:
    told = one_line(
        *(report("D1", "2025Q1", A=3, B=4), report("D2", "2025Q1", C=0)),
        *(report("D1", "2025M06", A="quarantined", B="blank"), report("N", "2025M09", N=9)),
    )
    assert told[3:] == [("N", "2025M09", 2, "after_gap", 2, "blank")]


def test_a_line_that_the_new_commune_left_out_is_not_taken_for_nothing(one_line: Any) -> None:
    other = Report("N", "2025M09", (("N", "ND02", 1),))
    told = one_line(report("D1", "2025M06", A=3), report("D2", "2025M06", C=5), other, report("N", "2025Y", N=10))
    assert told[-2] == ("N", "2025Y", 2, "after_gap", 2, "reporting_unit_changed")
