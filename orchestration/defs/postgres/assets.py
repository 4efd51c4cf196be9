"""The published marts in PostgreSQL: an asset only where NTM_POSTGRES_DSN names a database."""

import dagster as dg

from ingest.settings import load_settings
from orchestration.resources import NtmSettings

if load_settings().postgres_dsn:

    @dg.asset(deps=["published_marts"], group_name="published", kinds={"postgres"}, owners=["team:ntm-data"])
    def postgres_marts(ntm: NtmSettings) -> dg.MaterializeResult[None]:
        """The current build in schema `marts` of PostgreSQL: rows replaced in one transaction."""
        from publish.postgres.publication import publish_to_postgres

        done = publish_to_postgres(ntm.load())
        return dg.MaterializeResult(
            metadata={
                "build_id": done.build_id,
                "tables_changed": len(done.changed),
                "tables_unchanged": len(done.unchanged),
                "notes": dg.MetadataValue.md("\n".join(f"- {note}" for note in done.notes) or "none"),
            }
        )
