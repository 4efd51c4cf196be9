"""Old builds go; never one that a reader may be resolving."""

import os
from pathlib import Path

import pytest

from ingest.settings import InvalidSetting, Settings, load_settings
from publish.inputs import write_json
from publish.retention import drop_old_builds

HOUR = 3600


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_KEEP_BUILDS": "3"})


def make_builds(settings: Settings, hours: list[float]) -> None:
    """A build per hour named; the last is current."""
    for number, hour in enumerate(hours):
        content = {
            "build_id": f"b{number}", "inputs_digest": "", "made_at": "", "province_code": "84", "tables": [],
        }  # fmt: skip
        write_json(settings.published_dir / f"b{number}" / "build.json", content)
        write_json(settings.published_dir / "current.json", content)
        for file in (settings.published_dir / f"b{number}" / "build.json", settings.published_dir / "current.json"):
            os.utime(file, (hour * HOUR, hour * HOUR))


def test_the_latest_three_stay(settings: Settings) -> None:
    make_builds(settings, [0, 1, 2, 3, 4])
    assert drop_old_builds(settings, clock=100 * HOUR) == ("b0", "b1")
    assert sorted(path.name for path in settings.published_dir.glob("b*")) == ["b2", "b3", "b4"]


def test_what_was_current_within_the_hour_stays(settings: Settings) -> None:
    make_builds(settings, [0, 1, 99.5, 99.6, 99.7])
    assert drop_old_builds(settings, clock=100 * HOUR) == ("b0",)  # b1 was current until half an hour ago


def test_a_build_that_somebody_keeps_stays(settings: Settings) -> None:
    make_builds(settings, [0, 1, 2, 3, 4])
    (settings.published_dir / "b0" / "keep").touch()
    assert drop_old_builds(settings, clock=100 * HOUR) == ("b1",)


def test_too_few_builds_are_refused() -> None:
    with pytest.raises(InvalidSetting, match="NTM_KEEP_BUILDS"):
        load_settings({"NTM_KEEP_BUILDS": "2"})
