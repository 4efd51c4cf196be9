"""Table macros beside the published tables: what was known at an instant, and when a period was last closed."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from publish.inputs import DBT_PROJECT_DIR
from publish.macros import create_macros

FIRST, MENDED, LATER = "2023-03-20 09:00+07", "2023-03-25 09:00+07", "2023-06-20 09:00+07"
LOCKED = "2023-03-22 09:00+07"


@pytest.fixture
def marts(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two facts of one unit, the second a register; the first quarter was corrected after it was locked."""
    with duckdb.connect() as con:
        con.execute(f"attach '{tmp_path / 'marts.duckdb'}' as marts")
        con.execute("use marts")
        con.execute(
            f"""
            create table dim_history as from (values
                ('fct_told', 'fct_told__history', 'thing', null, null, 1),
                ('fct_listed', 'fct_listed__history', 'thing', 'thing', 'revision', 2)
            ) as t (fact, history, row_key, register_key, last_of, sort_order);
            create table dim_reporting_period as from (values
                ('2023Q1', date '2023-03-14'), ('2023M06', date '2023-06-14')
            ) as t (reporting_period_id, data_to);
            create table fct_period_lock as
                select '2023Q1' as reporting_period_id, 'u' as reporting_unit_id, timestamptz '{LOCKED}' as closed_at;
            create table fct_submission_part as
            select judgement_id, 'f' as form, 'u' as reporting_unit_id, period as reporting_period_id,
                known_from::timestamptz as known_from, known_to::timestamptz as known_to
            from (values ('j1', '2023Q1', '{FIRST}', '{MENDED}'), ('j2', '2023Q1', '{MENDED}', null),
                ('j3', '2023M06', '{LATER}', null)) as t (judgement_id, period, known_from, known_to);
            create table fct_told__history as
            select parts.* exclude (known_from, known_to), judgement_id as submission_id, '1' as row_id,
                known_from as known_at, 'a' as thing
            from fct_submission_part as parts;
            create table fct_listed__history as select *, 1 as revision from fct_told__history
            union all select *, 2 from fct_told__history where judgement_id = 'j2'
            """
        )
        create_macros(con)
        yield con


def judgements(con: duckdb.DuckDBPyConnection, call: str) -> list[str]:
    return [name for (name,) in con.execute(f"select judgement_id from marts.{call} order by 1").fetchall()]


@pytest.mark.parametrize(
    ("instant", "known"),
    [
        ("2023-03-20 08:59:59.999999+07", []),
        (FIRST, ["j1"]),
        ("2023-03-25 08:59:59.999999+07", ["j1"]),
        (MENDED, ["j2"]),
        ("infinity", ["j2", "j3"]),
    ],
)
def test_a_report_is_known_from_its_receipt_until_the_moment_of_its_correction(
    marts: duckdb.DuckDBPyConnection, instant: str, known: list[str]
) -> None:
    assert judgements(marts, f"fct_told__known_at('{instant}')") == known


def test_of_a_register_the_last_revision_speaks_by_the_latest_period_that_reports_it(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    assert judgements(marts, f"fct_listed__known_at('{FIRST}')") == ["j1"]
    rows = marts.execute("select judgement_id, revision from marts.fct_listed__known_at('infinity')").fetchall()
    assert rows == [("j2", 2)]


def test_at_lock_a_period_shows_what_was_known_when_it_was_closed_and_an_open_one_nothing(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    assert judgements(marts, "fct_told__at_lock()") == ["j1"]
    marts.execute(f"update fct_period_lock set closed_at = '{MENDED}'")
    assert judgements(marts, "fct_told__at_lock()") == ["j2"]


def test_macros_answer_whether_the_file_is_opened_alone_or_attached_as_marts(
    marts: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    marts.execute("use memory")
    marts.execute("detach marts")
    with duckdb.connect(str(tmp_path / "marts.duckdb"), read_only=True) as alone:
        assert judgements(alone, "fct_told__at_lock()") == ["j1"]
        assert alone.execute("select count(*) from fct_told__at_lock()").fetchone() == (1,)
    with duckdb.connect() as beside:
        beside.execute(f"attach '{tmp_path / 'marts.duckdb'}' as marts (read_only)")
        assert judgements(beside, f"fct_told__known_at('{FIRST}')") == ["j1"]


def test_the_keys_of_every_history_are_declared() -> None:
    models = {path.stem for path in (DBT_PROJECT_DIR / "models").rglob("*__history.sql")}
    declared = re.findall(r"'fact': '(\w+)'", (DBT_PROJECT_DIR / "macros" / "histories.sql").read_text("utf-8"))
    assert sorted(f"{fact}__history" for fact in declared) == sorted(models)
