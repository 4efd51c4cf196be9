"""The partitions of Dagster: reporting periods, run together over a range."""

import dagster as dg

from orchestration.periods import reporting_period_ids

REPORTING_PERIODS = dg.StaticPartitionsDefinition(list(reporting_period_ids()))

# A backfill over many periods is one run: processes start once, and dbt is called once.
ONE_RUN = dg.BackfillPolicy.single_run()
