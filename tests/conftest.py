"""The sample province through the real pipeline, once per test session: what tests of truth, trace and questions share.

NTM_TEST_BUILD names a data folder in which `ntm demo` has run: its build is used instead of a new one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from ingest.settings import Settings, load_settings

NOW = "2026-06-10T08:00:00+07:00"  # the first half of 2026 has opened, nothing of it has come


@dataclass(frozen=True)
class Sample:
    """A published build of the sample province, and the truth that its workbooks were made from."""

    settings: Settings
    truth_dir: Path
    database: Path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Sample:
    """Simulate, receive, read, judge, build and publish; the whole of it, by the code that the office runs.

    Test processes that run side by side share one build: the first makes it, the others wait.
    """
    from filelock import FileLock

    from orchestration.pipeline import run_pipeline
    from orchestration.sample import fill_inbox
    from publish.build import current_build

    ready = os.environ.get("NTM_TEST_BUILD")
    own = tmp_path_factory.getbasetemp()
    data_dir = Path(ready) if ready else (own if worker_id == "master" else own.parent) / "sample"
    settings = load_settings({"NTM_DATA_DIR": str(data_dir), "NTM_NOW": NOW})
    if not ready:
        with FileLock(data_dir.with_suffix(".lock")):
            if current_build(settings) is None:
                fill_inbox(settings, None)
                run_pipeline(settings)
    build = current_build(settings)
    assert build is not None, f"no build is published in {data_dir}"
    return Sample(settings, data_dir / "truth", build.database)


@pytest.fixture(scope="session")
def truth(sample: Sample) -> dict[str, pd.DataFrame]:
    """What every mart must say, computed from the truth alone."""
    from simulate.expected import expected_marts

    return expected_marts(sample.truth_dir)
