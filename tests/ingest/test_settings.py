"""Claims about settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.settings import PROJECT_ROOT, InvalidSetting, load_settings


def test_defaults_need_nothing() -> None:
    settings = load_settings({})
    assert settings.data_dir == PROJECT_ROOT / "data"
    assert settings.inbox == str(PROJECT_ROOT / "data" / "inbox")
    assert settings.postgres_dsn is None
    assert settings.now.tzinfo is not None


def test_every_folder_lies_below_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({"NTM_DATA_DIR": str(tmp_path)})
    for folder in (settings.archive_dir, settings.ledger_dir, settings.landing_dir, settings.published_dir):
        assert folder.parent == tmp_path


def test_a_clock_without_offset_is_read_in_the_office_s_time_zone() -> None:
    assert load_settings({"NTM_NOW": "2023-04-12T08:00:00"}).now.isoformat() == "2023-04-12T08:00:00+07:00"


@pytest.mark.parametrize(("name", "value"), [("NTM_NOW", "yesterday"), ("NTM_DBT_TARGET", "oracle")])
def test_a_setting_that_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=name):
        load_settings({name: value})
