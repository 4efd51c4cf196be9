"""What the office itself puts into the ledger by `ntm approve`, `close`, `reopen` and `waive`; nothing here runs."""

import dagster as dg

decisions = dg.AssetSpec(
    ["ledger", "decisions"],
    description="Approvals, closings and reopenings of periods. Grain: one decision.",
    group_name="office",
    kinds={"parquet"},
    owners=["team:ntm-office"],
)

waivers = dg.AssetSpec(
    ["ledger", "waivers"],
    description="Rules waived for a unit until a day. Grain: one waiver.",
    group_name="office",
    kinds={"parquet"},
    owners=["team:ntm-office"],
)
