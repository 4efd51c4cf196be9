"""Calling dbt: its environment, what must stand on disk before it, the manifest, one build per run.

Belongs here: the command line of dbt and the reading of its results. dbt runs in a process of its own, so that the
warehouse file is closed when it ends. Does not belong here: models (dbt_project), Dagster (defs/warehouse/).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import ledger, reference
from ingest.progress import track
from ingest.settings import Settings
from publish.inputs import (
    DBT_PROJECT_DIR,
    WarehouseRecord,
    basis_digest,
    dbt_project_digest,
    forget_warehouse,
    inputs_digest,
    record_warehouse,
    recorded_warehouse,
    write_json,
)
from publish.touched import expected_by_period, ledger_files, touched_periods

NODE_RESULTS = {"LogModelResult", "LogTestResult", "LogSeedResult", "LogSnapshotResult", "LogUnitTestResult"}
OK_STATUSES = {"success", "pass", "warn", "skipped", "no-op"}


class DbtFailed(RuntimeError):
    """dbt did not do what it was asked to; the message names the models or tests, and says what dbt said."""


@dataclass(frozen=True)
class NodeResult:
    """What dbt says of one model or test: status as dbt words it, failing rows of a test, its message."""

    unique_id: str
    status: str
    seconds: float
    failures: int | None
    message: str | None

    @property
    def is_ok(self) -> bool:
        return self.status in OK_STATUSES


@dataclass(frozen=True)
class DbtBuild:
    """The outcome of `dbt build`; `error` is None when every model and test did well."""

    results: tuple[NodeResult, ...]
    error: str | None


def environment(settings: Settings) -> dict[str, str]:
    """The variables that the dbt project reads."""
    return {
        "NTM_DATA_DIR": str(settings.data_dir),
        "NTM_WAREHOUSE_FILE": str(settings.warehouse_file),
        "NTM_REFERENCE_DIR": str(settings.reference_dir),
        "NTM_LEDGER_DIR": str(settings.ledger_dir),
        "NTM_LANDING_DIR": str(settings.landing_dir),
        "NTM_PROVINCE": settings.province_code,
        "NTM_NOW": settings.now.isoformat(),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "PYTHONUNBUFFERED": "1",
    }


def target_dir(settings: Settings) -> Path:
    """Where dbt writes its artifacts: beside the warehouse, so that the checkout stays clean."""
    return settings.warehouse_dir / "dbt" / "target"


def prepare_inputs(settings: Settings) -> None:
    """Lay what every source of the dbt project needs to exist: reference copies, empty ledger and landing files."""
    from ingest.expected import write_expected
    from ingest.landing import ensure_schemas

    reference.write_parquet(settings.reference_dir)
    write_expected(settings, settings.reference_dir)
    ledger.ensure_tables(settings.ledger_dir)
    ensure_schemas(settings.landing_dir)


def manifest(settings: Settings) -> Path:
    """The path of a manifest that speaks for the dbt project as it is; parsed again only where it does not.

    Raises DbtFailed when the project does not parse.
    """
    from filelock import FileLock

    path, stamp = target_dir(settings) / "manifest.json", settings.warehouse_dir / "dbt" / "parsed_from.json"
    state = {"project": dbt_project_digest(), "environment": _parse_environment(settings)}
    stamp.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(stamp.with_suffix(".lock"))):
        if not path.exists() or not stamp.exists() or json.loads(stamp.read_text(encoding="utf-8")) != state:
            _call(settings, ["parse"], steps=0)
            write_json(stamp, state)
    return path


def build(settings: Settings, select: Sequence[str] = (), *, tested: bool = True) -> DbtBuild:
    """Build the models and test them, all of them unless some are selected; untested, contracts hold all the same.

    A warehouse that nobody vouches for (a killed or failed build), or that was made on another basis (project,
    reference data, parser, rules), is begun anew: tables of models that are gone would be published for ever. Else the
    models are told which periods have news since. What it was built from is recorded only when everything did well.
    """
    prepare_inputs(settings)
    before, basis = recorded_warehouse(settings), basis_digest(settings)
    made_from = WarehouseRecord(inputs_digest(settings), basis, ledger_files(settings), expected_by_period(settings))
    results_file = target_dir(settings) / "run_results.json"
    results_file.unlink(missing_ok=True)
    forget_warehouse(settings)
    arguments = ["build" if tested else "run"]
    is_stale = before is None or before.basis_digest != basis
    if select:
        arguments += [*(("--full-refresh",) if is_stale else ()), "--select", *select]
    elif is_stale:
        settings.warehouse_file.unlink(missing_ok=True)
        settings.warehouse_file.with_name(f"{settings.warehouse_file.name}.wal").unlink(missing_ok=True)
    touched = None
    if before is not None and not is_stale and not select:
        touched = touched_periods(settings, before.ledger_files, before.expected)
    error = None
    try:
        _call(settings, arguments, steps=_count_nodes(settings, tested), touched=touched)
    except DbtFailed as failure:
        error = str(failure)
    results = tuple(_read_results(results_file))
    failed = [result for result in results if not result.is_ok]
    if failed:
        error = "\n".join(f"{result.unique_id}: {result.message or result.status}" for result in failed[:10])
    vouched = before if select else made_from
    if error is None and vouched is not None:
        record_warehouse(settings, vouched)
    return DbtBuild(results, error)


def docs(settings: Settings) -> Path:
    """dbt's own documentation of the project as one HTML file that asks for nothing from a network.

    Call it as the only writer: dbt reads the columns of the warehouse for it. Raises DbtFailed, also where there is no
    warehouse yet.
    """
    if not settings.warehouse_file.exists():
        raise DbtFailed(f"No warehouse to document ({settings.warehouse_file}). Run `uv run ntm run` first.")
    manifest(settings)
    # A folder of its own: what dbt writes here must not stand in for the artifacts of a build.
    target = target_dir(settings).with_name("docs")
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(target_dir(settings) / "partial_parse.msgpack", target)
    _call(settings, ["docs", "generate", "--static"], steps=0, target=target)
    return target / "static_index.html"


def _call(
    settings: Settings,
    arguments: Sequence[str],
    steps: int,
    touched: Sequence[str] | None = None,
    target: Path | None = None,
) -> None:
    """Run dbt and follow its JSON log; one tick of progress per finished node. `touched`: periods with news, None =
    any. Raises DbtFailed."""
    target = target or target_dir(settings)
    command = [
        *(sys.executable, "-m", "orchestration.dbt_child", "--log-format", "json", "--log-level-file", "none"),
        *("--no-use-colors", "--no-version-check", *arguments),
        *("--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)),
        *("--target", settings.dbt_target, "--target-path", str(target), "--log-path", str(target.parent / "logs")),
    ]
    ticks = iter(track(range(steps), "Building the marts"))
    errors: list[str] = []
    printed: deque[str] = deque(maxlen=3)  # outside the log: the end of a trace
    environ = {**os.environ, **environment(settings), "NTM_TOUCHED_PERIODS": json.dumps(touched)}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                event = _event(line)
                if event.get("name") in NODE_RESULTS:
                    next(ticks, None)
                if event.get("level") == "error":
                    errors.append(str(event["msg"]).strip())
                elif not event:
                    printed.append(line.strip())
        except BaseException:
            process.kill()
            raise
    for _ in ticks:
        pass
    if process.returncode != 0:
        said = filter(None, [*errors[:10], *printed])
        raise DbtFailed("\n".join(said) or f"dbt ended with code {process.returncode}")


def _event(line: str) -> dict[str, Any]:
    try:
        info = json.loads(line)["info"]
    except (ValueError, KeyError, TypeError):
        return {}
    return info if isinstance(info, dict) else {}


def _read_results(path: Path) -> Iterator[NodeResult]:
    if not path.exists():
        return
    for result in json.loads(path.read_text(encoding="utf-8"))["results"]:
        yield NodeResult(
            unique_id=result["unique_id"],
            status=str(result["status"]),
            seconds=float(result["execution_time"]),
            failures=result.get("failures"),
            message=result.get("message"),
        )


def _count_nodes(settings: Settings, tested: bool) -> int:
    path = target_dir(settings) / "manifest.json"
    if not path.exists():
        return 0
    content = json.loads(path.read_text(encoding="utf-8"))
    built = ("model", "seed", "snapshot", *(("test",) if tested else ()))
    of_kind = [node for node in content["nodes"].values() if node["resource_type"] in built]
    return len(of_kind) + (len(content.get("unit_tests", {})) if tested else 0)


def _parse_environment(settings: Settings) -> Mapping[str, str]:
    """What of the environment ends up in the manifest: the places of the sources, never the moment."""
    return {name: value for name, value in environment(settings).items() if name not in ("NTM_NOW",)}
