"""What the office prints of a period once it is closed: not part of a build, made where somebody asks for it."""

import dagster as dg

from orchestration.partitions import REPORTING_PERIODS
from orchestration.resources import NtmSettings

BULLETIN = dg.AssetKey("bulletin")
FOLDER = "bulletins"


class BulletinConfig(dg.Config):
    """`draft`: of an open period, from the latest figures and marked so."""

    draft: bool = False


@dg.asset(
    key=BULLETIN,
    deps=[dg.AssetKey("published_marts"), dg.AssetKey(["ledger", "decisions"])],
    partitions_def=REPORTING_PERIODS,
    group_name="printed",
    kinds={"html"},
    owners=["team:ntm-office"],
)
def bulletin(context: dg.AssetExecutionContext, config: BulletinConfig, ntm: NtmSettings) -> dg.MaterializeResult[None]:
    """The bulletin of a closed period as one HTML file, from the snapshot of its lock."""
    from orchestration.snapshots import snapshot_of
    from publish.bulletin.page import write_bulletin

    settings, period_id = ntm.load(), context.partition_key
    snapshot = snapshot_of(settings, period_id, draft=config.draft)
    name = f"ban_tin_{period_id}{'_nhap' if snapshot.is_draft else ''}.html"
    path = write_bulletin(snapshot, settings.data_dir / FOLDER / name)
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(path),
            "snapshot_id": snapshot.snapshot_id,
            "is_draft": snapshot.is_draft,
        }
    )
