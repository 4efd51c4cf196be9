"""Every setting of the system, read from the environment in one place.

Belongs here: names, defaults and parsing of NTM_* variables, and the folder layout below NTM_DATA_DIR.
Does not belong here: secrets in defaults, anything that opens a file or a connection.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

PROJECT_ROOT = Path(__file__).resolve().parent.parent
OFFICE_TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

DBT_TARGETS = ("duckdb",)
LEAST_KEPT = 3  # builds: readers may still hold those before the current one


class InvalidSetting(ValueError):
    """A NTM_* variable holds something that cannot be used; the message says what to write instead."""


@dataclass(frozen=True)
class Settings:
    """The settings of one run. `now` is the only clock that any step may ask."""

    data_dir: Path
    inbox: str
    province_code: str
    postgres_dsn: str | None
    dbt_target: str
    now: datetime
    keep_builds: int = 10

    @property
    def archive_dir(self) -> Path:
        return self.data_dir / "archive"

    @property
    def ledger_dir(self) -> Path:
        return self.data_dir / "ledger"

    @property
    def landing_dir(self) -> Path:
        return self.data_dir / "landing"

    @property
    def reference_dir(self) -> Path:
        """Typed Parquet copies of data/reference, made at run time for dbt."""
        return self.data_dir / "warehouse" / "reference"

    @property
    def warehouse_dir(self) -> Path:
        return self.data_dir / "warehouse"

    @property
    def warehouse_file(self) -> Path:
        return self.warehouse_dir / "warehouse.duckdb"

    @property
    def published_dir(self) -> Path:
        return self.data_dir / "published"

    @property
    def lock_file(self) -> Path:
        return self.data_dir / ".ntm.lock"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the NTM_* variables; with none set, local folders, DuckDB and the present moment.

    NTM_NOW is an ISO instant; without an offset it is read in the office's time zone (Asia/Ho_Chi_Minh).
    Raises InvalidSetting.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("NTM_DATA_DIR") or PROJECT_ROOT / "data").expanduser().resolve()
    dbt_target = env.get("NTM_DBT_TARGET") or "duckdb"
    if dbt_target not in DBT_TARGETS:
        raise InvalidSetting(f"NTM_DBT_TARGET={dbt_target!r}: write one of {', '.join(DBT_TARGETS)}")
    return Settings(
        data_dir=data_dir,
        inbox=env.get("NTM_INBOX") or str(data_dir / "inbox"),
        province_code=env.get("NTM_PROVINCE") or "84",
        postgres_dsn=env.get("NTM_POSTGRES_DSN") or None,
        dbt_target=dbt_target,
        now=_parse_now(env.get("NTM_NOW")),
        keep_builds=_parse_keep(env.get("NTM_KEEP_BUILDS")),
    )


def _parse_keep(text: str | None) -> int:
    if not text:
        return Settings.keep_builds
    if not text.isdecimal() or int(text) < LEAST_KEPT:
        raise InvalidSetting(f"NTM_KEEP_BUILDS={text!r}: write a whole number, {LEAST_KEPT} or more")
    return int(text)


def _parse_now(text: str | None) -> datetime:
    if not text:
        return datetime.now(OFFICE_TIME_ZONE)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidSetting(f"NTM_NOW={text!r}: write an ISO instant such as 2023-04-12T08:00:00+07:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_TIME_ZONE)
