"""The bulletin as an asset: made for one period where somebody asks, and refused of an open one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from orchestration.defs.printed.assets import bulletin
from orchestration.resources import NtmSettings
from orchestration.usage import WrongUsage

pytestmark = pytest.mark.slow

PERIOD = "2023Y"


@pytest.fixture
def data_dir(sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own that publishes what the sample published; no period is closed in it."""
    (tmp_path / "published").symlink_to(sample.settings.published_dir)
    monkeypatch.setenv("NTM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NTM_NOW", sample.settings.now.isoformat())
    return tmp_path


def materialized(draft: bool) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        [bulletin],
        partition_key=PERIOD,
        resources={"ntm": NtmSettings()},
        run_config={"ops": {"bulletin": {"config": {"draft": draft}}}},
    )


def test_a_draft_of_an_open_period_is_a_file_that_says_so_in_its_name(data_dir: Path) -> None:
    assert materialized(draft=True).success
    assert [path.name for path in (data_dir / "bulletins").iterdir()] == [f"ban_tin_{PERIOD}_nhap.html"]


def test_an_open_period_is_not_printed(data_dir: Path) -> None:
    with pytest.raises(WrongUsage, match="is not closed"):
        materialized(draft=False)
    assert not (data_dir / "bulletins").exists()
