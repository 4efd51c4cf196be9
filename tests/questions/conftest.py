"""Questions put to the published sample province (tests/conftest.py builds it), and to marts made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

QUESTIONS = Path(__file__).resolve().parents[2] / "dbt_project" / "analyses" / "questions"

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def questions() -> dict[str, Path]:
    """Every file of the question book by its number, such as q01."""
    return {path.name.partition("_")[0]: path for path in sorted(QUESTIONS.glob("*.sql"))}


@pytest.fixture(scope="session")
def ask(questions: dict[str, Path]) -> Ask:
    """Puts a question, as it stands in its file, to marts on a day and as known at a moment."""

    def put(
        con: duckdb.DuckDBPyConnection, name: str, day: date, known_at: datetime | None = None
    ) -> list[dict[str, Any]]:
        query = questions[name].read_text(encoding="utf-8")
        asked = {"day": day, "known_at": known_at}
        found = con.execute(query, {parameter: asked[parameter] for parameter in asked if f"${parameter}" in query})
        names = [column for column, *_ in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return put


@pytest.fixture(scope="session")
def published(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file as an analyst opens it."""
    with duckdb.connect(str(sample.database), read_only=True) as con:
        yield con


@pytest.fixture
def by_hand(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    """Marts with every dimension of the sample and no fact; a test inserts the few facts that its claim needs."""
    with duckdb.connect() as con:
        con.execute(f"attach '{sample.database}' as sample (read_only)")
        con.execute("attach ':memory:' as marts")
        for (table,) in con.execute("select table_name from duckdb_tables() where database_name = 'sample'").fetchall():
            rows = "true" if table.startswith(("dim_", "bridge_")) else "false"
            con.execute(f'create table marts."{table}" as select * from sample."{table}" where {rows}')
        yield con


@pytest.fixture
def report(by_hand: duckdb.DuckDBPyConnection) -> Callable[..., None]:
    """Puts one accepted report of one form into the marts made by hand, with its rows in the history of a fact."""

    def add(unit: str, period: str, form: str, history: str, rows: list[dict[str, Any]]) -> None:
        judgement = f"{unit}-{period}-{form}"
        place = {"reporting_unit_id": unit, "reporting_period_id": period}
        lineage = {**place, "form": form, "submission_id": judgement, "judgement_id": judgement}
        known = datetime.fromisoformat("2017-01-01T00:00:00+07:00")
        _insert(by_hand, "fct_submission", [place])
        _insert(by_hand, "fct_submission_part", [{**lineage, "version": 1, "known_from": known, "is_current": True}])
        _insert(by_hand, history, [{**lineage, "row_id": str(number), **row} for number, row in enumerate(rows)])

    return add


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" for _ in row)
        con.execute(f"insert into marts.{table} ({names}) values ({marks})", list(row.values()))
