"""Data Docs: Great Expectations' own account of a judged batch, as a static site for data engineers.

Belongs here: building the site below warehouse/data_docs. Does not belong here: what senders are told (verdict.py).
Building needs no network. The pages load their styles and scripts from CDNs: on a closed network they are plain HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.validation import new_context

if TYPE_CHECKING:
    from expectations.batch import JudgedBatch
    from ingest.settings import Settings

SITE = "ntm"


def site_dir(settings: Settings) -> Path:
    return settings.warehouse_dir / "data_docs"


def build_data_docs(settings: Settings, run_id: str, batches: Sequence[JudgedBatch]) -> Path | None:
    """Write the site of these batches in place of the earlier one; its index page, or None where nothing was judged.

    One page per form and period, and one of all query rules. Failing rows are named by submission, sheet and row,
    those of query rules counted by rule; the notes say how many things each rule looked at.
    """
    validations = [(batch.period_id, validation) for batch in batches for validation in batch.validations]
    if not validations:
        return None
    import shutil

    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    folder = site_dir(settings)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    context = new_context()
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(name)
    context.add_data_docs_site(
        SITE,
        {
            "class_name": "SiteBuilder",
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder", "show_cta_footer": False},
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
        },
    )
    for period_id, validation in validations:
        key = ValidationResultIdentifier(
            expectation_suite_identifier=ExpectationSuiteIdentifier(name=validation.name),
            run_id=RunIdentifier(run_name=f"{run_id}-{period_id}", run_time=settings.now),
            batch_identifier=period_id,
        )
        context.validation_results_store.set(key, validation.result)
    context.build_data_docs(site_names=[SITE])
    return folder / "index.html"
