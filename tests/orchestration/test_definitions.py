"""What Dagster loads: one connected graph from receipts to published marts, partitioned, checked, scheduled."""

from typing import Any

import dagster as dg
import pytest

from ingest import reference
from ingest.spec import load_specs

RECORDED_BY_THE_OFFICE = {"ledger/decisions", "ledger/waivers"}  # by commands, not by runs
PRINTED = {"bulletin"}  # where somebody asks for it


@pytest.fixture(scope="module")
def repository() -> Any:
    from orchestration.definitions import defs

    loaded = defs()
    dg.Definitions.validate_loadable(loaded)
    return loaded.get_repository_def()


def keys_of(repository: Any) -> set[str]:
    return {key.to_user_string() for key in repository.asset_graph.get_all_asset_keys()}


def test_the_asset_graph_is_one_connected_graph(repository: Any) -> None:
    graph = repository.asset_graph
    start = dg.AssetKey(["ledger", "receipts"])
    reached, waiting = {start}, [start]
    while waiting:
        node = graph.get(waiting.pop())
        for key in {*node.parent_keys, *node.child_keys} - reached:
            reached.add(key)
            waiting.append(key)
    assert {key.to_user_string() for key in set(graph.get_all_asset_keys()) - reached} == set()


def test_published_marts_descend_from_receipts(repository: Any) -> None:
    graph = repository.asset_graph
    ancestors, waiting = set(), [dg.AssetKey("published_marts")]
    while waiting:
        for key in graph.get(waiting.pop()).parent_keys - ancestors:
            ancestors.add(key)
            waiting.append(key)
    assert dg.AssetKey(["ledger", "receipts"]) in ancestors


def test_every_form_and_reference_table_is_an_asset(repository: Any) -> None:
    expected = {f"landing/{form}" for form in load_specs()} | {f"reference/{name}" for name in reference.table_names()}
    assert expected <= keys_of(repository)


def test_no_source_of_the_dbt_project_lacks_an_asset_that_makes_it(repository: Any) -> None:
    graph = repository.asset_graph
    not_made = {key.to_user_string() for key in graph.get_all_asset_keys() if not graph.get(key).is_materializable}
    assert not_made == RECORDED_BY_THE_OFFICE


def test_every_asset_has_a_group_and_an_owner(repository: Any) -> None:
    graph = repository.asset_graph
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert [
        node.key.to_user_string() for node in nodes if node.group_name in (None, "default") or not node.owners
    ] == []


def test_what_follows_identification_is_partitioned_by_reporting_period(repository: Any) -> None:
    graph = repository.asset_graph
    partitioned = {key.to_user_string() for key in graph.get_all_asset_keys() if graph.get(key).is_partitioned}
    ledger = {f"ledger/{table}" for table in ("readings", "reading_parts", "problems", "verdicts", "findings")}
    assert partitioned == {f"landing/{form}" for form in load_specs()} | ledger | PRINTED
    keys = graph.get(dg.AssetKey(["ledger", "verdicts"])).partitions_def.get_partition_keys()
    assert keys.index("2023Q1") < keys.index("2023M06") < keys.index("2023Y") < keys.index("2024Q1")


def test_our_invariants_block_and_what_senders_typed_does_not(repository: Any) -> None:
    blocking = {key.name for key in repository.asset_graph.asset_check_keys if repository.asset_graph.get(key).blocking}
    assert {"every_receipt_is_archived", "every_row_sent_is_landed", "every_reading_has_a_verdict"} <= blocking
    assert not {"no_submission_is_rejected", "no_row_is_quarantined"} & blocking


def test_jobs_sensor_and_schedules_are_there(repository: Any) -> None:
    assert {"intake", "period_build", "print_period"} <= {job.name for job in repository.get_all_jobs()}
    assert [sensor.name for sensor in repository.sensor_defs] == ["inbox_sensor"]
    schedules = {schedule.name: schedule for schedule in repository.schedule_defs}
    assert set(schedules) == {"nightly_intake", "nightly_build"}
    assert {schedule.execution_timezone for schedule in schedules.values()} == {"Asia/Ho_Chi_Minh"}


def test_the_build_runs_everything_but_intake_in_one_process(repository: Any) -> None:
    job = repository.get_job("period_build")
    made = {key.to_user_string() for key in job.asset_layer.executable_asset_keys}
    assert made == keys_of(repository) - {"ledger/receipts", "ledger/submissions"} - RECORDED_BY_THE_OFFICE - PRINTED
    assert job.executor_def is dg.in_process_executor
