"""Builders in the words of the office: landed rows, batches, and what the rules say of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest import reference
from ingest.settings import Settings, load_settings
from ingest.spec import landing_schema, load_specs

FIRST_ROW = 10
TRA_CU = "849"


@dataclass(frozen=True)
class Cell:
    """A cell that is not simply its typed value: a text without a value, or a value typed in other words."""

    typed: Any
    text: str | None
    problem: str | None = None


def address(form: str, column: str, row_number: int) -> str:
    """Where the builder puts a column: in the order of the spec, from column A."""
    names = [one.name for one in load_specs()[form].columns]
    first, last = divmod(names.index(column), 26)
    return f"{chr(ord('A') + first - 1) if first else ''}{chr(ord('A') + last)}{row_number}"


def landed(form: str, rows: Sequence[Mapping[str, Any]], submission_id: str, period_id: str) -> Any:
    """Landed rows of a form; a row may name row_number, row_kind, sheet, form_version … beside its columns."""
    import pyarrow as pa

    spec = load_specs()[form]
    records = []
    for position, row in enumerate(rows):
        number = row.get("row_number", FIRST_ROW + position)
        kind, sheet = row.get("row_kind", "data"), row.get("sheet", spec.sheets[0].name)
        axis = f":{row.get(spec.axis.name)}" if spec.axis else ""
        record: dict[str, Any] = {
            "submission_id": row.get("submission_id", submission_id),
            "parse_id": "parse",
            "run_id": "run",
            "reporting_unit_id": TRA_CU,
            "reporting_period_id": period_id,
            "form_version": row.get("form_version", spec.version),
            "criteria_set_code": row.get("criteria_set_code", spec.sheets[0].criteria_set_code),
            "sheet": sheet,
            "row_id": f"{sheet}!{number}{':total' if kind == 'total' else ''}{axis}",
            "row_number": number,
            "row_kind": kind,
            **{name: row[name] for name in ("total_scope", "sums_from", "sums_to") if name in row},
        }
        for column in spec.columns:
            given = row.get(column.name)
            cell = given if isinstance(given, Cell) else Cell(given, None if given is None else str(given))
            record |= {
                column.name: cell.typed,
                f"{column.name}__text": cell.text,
                f"{column.name}__cell": address(form, column.name, number),
                f"{column.name}__problem": cell.problem,
            }
        records.append(record)
    return pa.Table.from_pylist(records, schema=landing_schema(spec))


def seen_before(form: str, rows: Sequence[Mapping[str, Any]], submissions: Sequence[str], period_id: str) -> Any:
    """Rows of an earlier report as evidence of each of these submissions sees them."""
    import pyarrow as pa

    from expectations.neighbours import schema_before

    tables = []
    for submission_id in submissions:
        seen = landed(form, rows, submission_id, period_id)
        for name, text in (("before_period_id", period_id), ("before_submission_id", "before")):
            seen = seen.append_column(name, pa.array([text] * len(seen), pa.string()))
        tables.append(seen.cast(schema_before(form)))
    return pa.concat_tables(tables)


@pytest.fixture(scope="session")
def cell() -> Callable[..., Cell]:
    return Cell


@pytest.fixture(scope="session")
def gx_context() -> Any:
    from expectations.validation import new_context

    return new_context()


@pytest.fixture(scope="session")
def make_batch() -> Callable[..., Any]:
    def make(
        forms: Mapping[str, Sequence[Mapping[str, Any]]],
        period_id: str = "2023M06",
        unit_id: str = TRA_CU,
        before: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        before_period_id: str = "2023Q1",
    ) -> Any:
        """A batch; `before`: the rows of an earlier period that every submission of the batch is compared with."""
        from expectations.landed import Batch

        reading = {"submission_id": "s1", "parse_id": "parse", "run_id": "run", "reporting_unit_id": unit_id}
        submissions = {row.get("submission_id", "s1") for rows in forms.values() for row in rows} | {"s1"}
        readings = [{**reading, "submission_id": one, "reporting_period_id": period_id} for one in sorted(submissions)]
        return Batch(
            period_id=period_id,
            readings=tuple(readings),
            parts=tuple(
                {**one, "form": form, "state": "present", "rows_sent": len(rows), "landing_file": None}
                for one in readings
                for form, rows in forms.items()
            ),
            tables={form: landed(form, forms.get(form, ()), "s1", period_id) for form in load_specs()},
            before={
                form: seen_before(form, rows, sorted(submissions), before_period_id)
                for form, rows in (before or {}).items()
            },
        )

    return make


@pytest.fixture(scope="session")
def findings_of_query(gx_context: Any, make_batch: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Findings of one query rule on landed rows, in reading order."""

    def judge(rule_id: str, forms: Mapping[str, Sequence[Mapping[str, Any]]], **about: Any) -> list[Any]:
        from expectations.batch import judge_queries
        from expectations.evidence import open_views
        from expectations.verdict import in_reading_order

        with open_views(make_batch(forms, **about)) as views:
            judged = judge_queries(gx_context, [rule_id], views)
        return in_reading_order(found for _, found in judged.found)

    return judge


@pytest.fixture(scope="session")
def findings_of_form(gx_context: Any) -> Callable[..., list[Any]]:
    """Findings of the column rules of a form, in reading order."""

    def judge(form: str, rows: Sequence[Mapping[str, Any]], period_id: str = "2023M06") -> list[Any]:
        from expectations.batch import judge_form
        from expectations.verdict import in_reading_order

        table = landed(form, rows, "s1", period_id)
        judged = judge_form(gx_context, load_specs()[form], table, period_id)
        return in_reading_order(found for _, found in judged.found)

    return judge


LINE = {"place_code": TRA_CU, "programme_code": "NTM", "content_code": "ND02", "source_code": "NSTW", "plan_year": 2023}


@dataclass
class Office:
    """An office with an inbox of Trà Cú's funding reports; what it says of them is read from its ledger."""

    settings: Settings
    runs: int = 0

    def write(self, path: Path, period_id: str, rows: Sequence[Mapping[str, Any]], **cover: Any) -> Path:
        """A workbook whose rows name what differs from a plain line of plan year 2023."""
        from ingest.template import write_workbook

        day = reference.period(period_id)["data_to"]
        write_workbook(
            path,
            reporting_unit_id=TRA_CU,
            reporting_period_id=period_id,
            forms=["funding_sources"],
            filled={"funding_sources": [{**LINE, "nature_code": "DTPT", **row} for row in rows]},
            cover={"signed_date": day + timedelta(days=1), "data_as_of": day, "report_number": "12/BC-UBND", **cover},
        )
        return path

    def receive(self, path: Path, received_at: datetime, name: str | None = None) -> None:
        """Put a copy of a workbook into the inbox, dated."""
        target = Path(self.settings.inbox) / (name or path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        os.utime(target, (received_at.timestamp(), received_at.timestamp()))

    def take_in(self) -> None:
        """Receive, identify and read what is in the inbox."""
        from ingest.intake import identify_pending
        from ingest.reading import read_pending
        from ingest.receive import receive_inbox

        self.runs += 1
        receive_inbox(self.settings, f"run{self.runs}")
        identify_pending(self.settings, f"run{self.runs}")
        read_pending(self.settings, f"run{self.runs}")

    def judge(self, period_ids: Sequence[str] | None = None) -> int:
        """Judge what waits; how many verdicts that gave."""
        from expectations.judge import judge_pending

        self.runs += 1
        return sum(judge_pending(self.settings, f"run{self.runs}", period_ids).verdicts.values())

    def waiting(self) -> tuple[str, ...]:
        from expectations.judge import unjudged_periods

        return unjudged_periods(self.settings)

    def verdicts(self) -> dict[str, Any]:
        """The latest verdicts by file name."""
        from expectations.judgement import load_verdicts

        return {verdict.file: verdict for verdict in load_verdicts(self.settings.ledger_dir).values()}

    def found(self, file_name: str, rule_id: str) -> list[Any]:
        return [finding for finding in self.verdicts()[file_name].findings if finding.rule_id == rule_id]

    def rows(self, table: str) -> list[dict[str, Any]]:
        from ingest import ledger

        listed: list[dict[str, Any]] = ledger.read(self.settings.ledger_dir, table).to_pylist()
        return listed


@pytest.fixture
def office(tmp_path: Path) -> Office:
    environ = {"NTM_DATA_DIR": str(tmp_path / "data"), "NTM_NOW": "2026-11-23T08:00:00+07:00", "NTM_PROVINCE": "84"}
    return Office(load_settings(environ))


@pytest.fixture
def rule_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Change the rule book for one test: `change(rule_id, sql=None, **fields)` adds a rule or edits one."""
    import csv
    import shutil

    from expectations import catalogue

    folder = tmp_path / "rules"
    shutil.copytree(catalogue.SQL_DIR, folder / "sql")
    shutil.copy(catalogue.RULES_FILE, folder / "rules.csv")
    monkeypatch.setattr(catalogue, "SQL_DIR", folder / "sql")
    monkeypatch.setattr(catalogue, "RULES_FILE", folder / "rules.csv")

    def forget() -> None:
        catalogue.load_catalogue.cache_clear()
        catalogue.rules_id.cache_clear()

    def change(rule_id: str, sql: str | None = None, **fields: str) -> None:
        path = folder / "rules.csv"
        with path.open(encoding="utf-8", newline="") as file:
            lines = {line["rule_id"]: line for line in csv.DictReader(file)}
        names = list(next(iter(lines.values())))
        words = {"message_vi": f"Ô {{cell}}: {rule_id}", "message_en": f"Cell {{cell}}: {rule_id}", "legal_source": "x"}
        new = dict.fromkeys(names, "") | {"rule_id": rule_id, "kind": "query", "severity": "warning"} | words
        lines[rule_id] = {**lines.get(rule_id, new), **fields}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(lines.values())
        if sql is not None:
            (folder / "sql" / f"{rule_id}.sql").write_text(sql, encoding="utf-8")
        forget()

    forget()
    yield change
    monkeypatch.undo()
    forget()
