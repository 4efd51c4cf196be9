"""The one Dagster resource: the settings of the run, from the environment.

Belongs here: handing Settings to steps. Does not belong here: names and defaults of settings (ingest/settings.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from ingest.settings import Settings, load_settings
from orchestration.lock import one_writer

HOUR = 3600


class NtmSettings(dg.ConfigurableResource["NtmSettings"]):
    """What is left empty comes from the NTM_* variables at run time."""

    data_dir: str = ""
    inbox: str = ""
    province_code: str = ""
    dbt_target: str = ""
    now: str = ""

    @classmethod
    def of(cls, settings: Settings) -> NtmSettings:
        return cls(
            data_dir=str(settings.data_dir),
            inbox=settings.inbox,
            province_code=settings.province_code,
            dbt_target=settings.dbt_target,
            now=settings.now.isoformat(),
        )

    def load(self) -> Settings:
        """The settings of this run. Raises InvalidSetting."""
        given = {
            "NTM_DATA_DIR": self.data_dir,
            "NTM_INBOX": self.inbox,
            "NTM_PROVINCE": self.province_code,
            "NTM_DBT_TARGET": self.dbt_target,
            "NTM_NOW": self.now,
        }
        return load_settings({**os.environ, **{name: value for name, value in given.items() if value}})

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[NtmSettings]:
        """Whoever started the run, it alone writes while its steps are executed."""
        with one_writer(self.load(), wait_seconds=HOUR):
            yield self
