"""Landed files hold the full schema of their form and one run's rows."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ingest.landing import ensure_schemas, land, to_table
from ingest.spec import landing_schema, load_specs

SPEC = load_specs()["recognitions"]


def table(submission_id: str, count: int = 1, run_id: str = "run") -> Any:
    keys = {
        "submission_id": submission_id,
        "parse_id": "p",
        "run_id": run_id,
        "reporting_unit_id": "849",
        "reporting_period_id": "2023Q1",
    }
    rows = [{"row_id": f"04!{number}", "row_number": number, "row_kind": "data"} for number in range(count)]
    return to_table(SPEC, rows, keys)


def submissions(landing_dir: Path, name: str) -> list[str]:
    return [row["submission_id"] for row in pq.read_table(landing_dir / name).to_pylist()]


def test_one_file_holds_all_submissions_of_a_run(tmp_path: Path) -> None:
    name = land(tmp_path, SPEC, "2023Q1", "run", [table("a", 2), table("b")])
    assert name == "recognitions/2023Q1/run.parquet"
    assert submissions(tmp_path, name) == ["a", "a", "b"]
    assert pq.read_schema(tmp_path / name).equals(landing_schema(SPEC), check_metadata=True)


def test_landing_again_in_the_same_run_doubles_nothing(tmp_path: Path) -> None:
    land(tmp_path, SPEC, "2023Q1", "run", [table("committed"), table("killed")])
    name = land(tmp_path, SPEC, "2023Q1", "run", [table("killed")], keep={"committed"})
    assert submissions(tmp_path, name) == ["committed", "killed"]


def test_nothing_unfinished_is_left_beside_a_landed_file(tmp_path: Path) -> None:
    name = land(tmp_path, SPEC, "2023Q1", "run", [table("a")])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]


def test_every_form_has_an_empty_file_of_its_schema(tmp_path: Path) -> None:
    ensure_schemas(tmp_path)
    for spec in load_specs().values():
        empty = pq.read_table(tmp_path / spec.form / "_schema.parquet")
        assert (empty.num_rows, empty.schema) == (0, landing_schema(spec))


def test_an_empty_file_of_an_older_schema_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / SPEC.form / "_schema.parquet"
    target.parent.mkdir()
    pq.write_table(landing_schema(SPEC).empty_table().select(["submission_id"]), target)
    ensure_schemas(tmp_path)
    assert pq.read_schema(target).names == landing_schema(SPEC).names
