"""Questions that asset checks put to the ledger and the landing files; plain functions, without Dagster.

Belongs here: our own invariants, and counts of what senders typed. Does not belong here: rules about what was typed
(expectations), tests of models (dbt_project).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest import archive, ledger
from ingest.settings import Settings

MOST_SHOWN = 20


@dataclass(frozen=True)
class Answer:
    """Whether all is well, how many things are not, and the first of them."""

    count: int
    examples: tuple[dict[str, Any], ...]

    @property
    def holds(self) -> bool:
        return self.count == 0


def receipts_not_archived(settings: Settings) -> Answer:
    """Received files whose bytes are not in the archive."""
    receipts = ledger.read(settings.ledger_dir, "receipts").select(["sha256", "file_name"]).to_pylist()
    return _answer([row for row in receipts if not archive.path_of(settings.archive_dir, row["sha256"]).exists()])


def readings_without_verdict(settings: Settings, period_ids: tuple[str, ...]) -> Answer:
    """Committed readings of these periods without a verdict; in a closed period one on an earlier reading will do."""
    from ingest.decisions import load_decisions, lock_state

    decisions = load_decisions(settings)
    found = _ask(
        settings,
        "select submission_id, parse_id, reporting_unit_id, reporting_period_id, "
        "submission_id in (select submission_id from verdicts) as was_judged from readings "
        "anti join verdicts using (submission_id, parse_id) "
        "where list_contains($periods, reporting_period_id) order by all",
        period_ids,
    )
    return _answer(
        [
            row
            for row in found
            if not row.pop("was_judged")
            or lock_state(decisions, row["reporting_period_id"], row["reporting_unit_id"]) is None
        ]
    )


def landed_rows_missing(settings: Settings, period_ids: tuple[str, ...]) -> Answer:
    """Parts of committed readings of these periods whose landed data rows are not as many as were sent."""
    found = _ask(
        settings,
        """
        with parts as (
            select submission_id, parse_id, run_id, p.form, p.rows_sent
            from reading_parts as p join readings as r using (submission_id, parse_id, run_id)
            where p.state = 'present' and list_contains($periods, r.reporting_period_id)
        ),
        landed as (
            select submission_id, parse_id, run_id, form, count(*) as rows_landed
            from landed_rows where row_kind = 'data' group by all
        )
        select parts.*, coalesce(rows_landed, 0) as rows_landed
        from parts left join landed using (submission_id, parse_id, run_id, form)
        where rows_sent is distinct from coalesce(rows_landed, 0)
        order by all
        """,
        period_ids,
    )
    return _answer(found)


def verdict_counts(settings: Settings, period_ids: tuple[str, ...]) -> dict[str, int]:
    """How many submissions of these periods have which status by their latest judgement."""
    return _counts(
        settings,
        "select v.status, count(*) from latest_verdicts as v join latest_submissions as s using (submission_id) "
        "where list_contains($periods, s.reporting_period_id) group by 1 order by 1",
        period_ids,
    )


def finding_counts(settings: Settings, period_ids: tuple[str, ...]) -> dict[str, int]:
    """How many findings of which severity the latest judgements of these periods hold."""
    return _counts(
        settings,
        "select f.severity, count(*) from findings as f join latest_verdicts as v using (judgement_id, run_id) "
        "join latest_submissions as s on s.submission_id = v.submission_id "
        "where list_contains($periods, s.reporting_period_id) group by 1 order by 1",
        period_ids,
    )


def row_counts(settings: Settings, period_ids: tuple[str, ...]) -> dict[str, int]:
    """Rows sent per form in these periods, by committed readings."""
    return _counts(
        settings,
        "select p.form, sum(p.rows_sent)::bigint from reading_parts as p join readings as r "
        "using (submission_id, parse_id, run_id) where list_contains($periods, r.reporting_period_id) group by 1",
        period_ids,
    )


def _ask(settings: Settings, query: str, period_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    from orchestration.ledger_views import ledger_views

    with ledger_views(settings) as con:
        found = con.execute(query, {"periods": list(period_ids)})
        names = [name for name, *_ in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _counts(settings: Settings, query: str, period_ids: tuple[str, ...]) -> dict[str, int]:
    from orchestration.ledger_views import ledger_views

    with ledger_views(settings) as con:
        return {str(name): int(count) for name, count in con.execute(query, {"periods": list(period_ids)}).fetchall()}


def _answer(found: list[dict[str, Any]]) -> Answer:
    return Answer(len(found), tuple(found[:MOST_SHOWN]))
