"""Dagster assets, jobs, sensor and schedules from inbox to published marts, and the `ntm` command line.

Belongs here: what runs when, over which periods, and what a person sees of it. Does not belong here: any work on
figures; bodies call ingest, expectations, dbt and publish.
"""

import os

# Here, before any of them is imported: what the office does is nobody's telemetry.
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
