"""What assets are given: the settings, read from the environment when a run starts."""

import dagster as dg

from orchestration.resources import NtmSettings


@dg.definitions
def resources() -> dg.Definitions:
    return dg.Definitions(resources={"ntm": NtmSettings()}, executor=dg.in_process_executor)
